"""New notices: ``/yeni``, documents, forwarded messages, and other plain text of staff."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from telegram import Document as TelegramFile
from telegram import Update
from telegram.error import TelegramError

from bot.domain.notice import Document
from bot.domain.outgoing import Button, Send
from bot.domain.permissions import Action
from bot.errors import DocumentError, Refused, SirkulerError
from bot.flows import drafts
from bot.flows.desk import Desk, Reply
from bot.store import dialogues
from handlers.command import Command, Run
from handlers.context import Context, Services
from handlers.staff.guard import serve
from handlers.staff.words import after_command, callback_data, written

MAX_FILE_BYTES = 20_000_000
"""What getFile hands out at most (https://core.telegram.org/bots/api#getfile)."""
STEP_NEW = "staff_new"
STEP_TEXT = "staff_text"
QUESTION_TAP = "aq"
"""The tap by which the text is answered like a member's question: ``take_text`` hands it over."""
ENDINGS = (".pdf", ".docx", ".txt")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A staff member's file, read before the transaction: what was understood, or why not."""

    document: Document | None
    problem: SirkulerError | None
    file_id: str
    file_name: str


async def prepare(update: Update, services: Services) -> Prepared | None:
    """Fetch and read a file that staff sent in a private chat; None for every other update."""
    message, user = update.message, update.effective_user
    if message is None or user is None or message.document is None or message.chat.type != "private":
        return None
    if not services.staff.allows(user.id, Action.WRITE_DRAFT):
        return None
    file = message.document
    name = (file.file_name or "")[:200]
    try:
        content = await _fetch(file, name, services)
        document = await services.circulars.from_file(content, name)
    except SirkulerError as problem:
        return Prepared(None, problem, file.file_id, name)
    return Prepared(document, None, file.file_id, name)


async def new(update: Update, context: Context) -> None:
    """``/yeni`` with the text behind it, or the question for it."""
    text = after_command(update)

    async def work(desk: Desk) -> Reply:
        desk.require(Action.WRITE_DRAFT)
        if text:
            return await _announce(context, desk, text)
        await dialogues.put(desk.connection, desk.chat_id, desk.user_id, STEP_NEW, {}, desk.now)
        cancel = Button(desk.texts.plain("draft.button.cancel"), data="sq:cancel")
        return Reply((Send(desk.chat_id, desk.texts("staff.new.ask"), ((cancel,),)),))

    await serve(context, work)


async def announced(update: Update, context: Context) -> None:
    """The message that ``/yeni`` asked for."""

    async def work(desk: Desk) -> Reply:
        return await _announce(context, desk, written(update))

    await serve(context, work)


async def document(update: Update, context: Context) -> None:
    """A file of staff, read already: a draft, or one sentence on why there is none."""
    prepared = context.prepared

    async def work(desk: Desk) -> Reply:
        desk.require(Action.WRITE_DRAFT)
        if not isinstance(prepared, Prepared) or prepared.document is None:
            problem = prepared.problem if isinstance(prepared, Prepared) else None
            raise problem or Refused("Nothing was read.", key="staff.unreadable")
        file_id, file_name = prepared.file_id, prepared.file_name
        return await drafts.create(desk, prepared.document, file_id=file_id, file_name=file_name)

    await serve(context, work)


async def plain_text(update: Update, context: Context) -> None:
    """Other text of staff: is it an announcement or a question? Two buttons decide."""
    text = written(update)

    async def work(desk: Desk) -> Reply:
        desk.require(Action.WRITE_DRAFT)
        if not text:
            raise Refused("No text.", key="staff.no_text")
        data = {"text": text}
        await dialogues.put(desk.connection, desk.chat_id, desk.user_id, STEP_TEXT, data, desk.now)
        keyboard = tuple(
            (Button(desk.texts.plain(f"staff.choice.{choice}"), data=data),)
            for choice, data in (("announce", "sq:announce"), ("question", QUESTION_TAP))
        )
        return Reply((Send(desk.chat_id, desk.texts("staff.choice"), keyboard),))

    await serve(context, work)


async def chosen(update: Update, context: Context) -> None:
    """``Duyuru taslağı hazırla`` under a text of staff, or ``Vazgeç`` under the question for one."""
    choice = callback_data(update)

    async def work(desk: Desk) -> Reply:
        desk.require(Action.WRITE_DRAFT)
        text = await take_text(context)
        if choice == "sq:cancel":
            await dialogues.clear(desk.connection, desk.chat_id, desk.user_id)
            return Reply(toast=desk.texts.plain("staff.cancelled"))
        if choice != "sq:announce" or not text:
            raise Refused("The text is gone.", key="staff.choice.gone")
        return await _announce(context, desk.anew(), text)

    await serve(context, work)


async def take_text(context: Context) -> str:
    """The text that waits for staff's choice, taken out of the dialogue; empty when there is none."""
    question = await dialogues.get(context.conn, context.chat_id, context.user_id)
    if question is None or question.step != STEP_TEXT:
        return ""
    await dialogues.clear(context.conn, context.chat_id, context.user_id)
    return str(question.data.get("text", ""))


async def _announce(context: Context, desk: Desk, text: str) -> Reply:
    desk.require(Action.WRITE_DRAFT)
    if not text.strip():
        raise Refused("No text.", key="staff.no_text")
    return await drafts.create(desk, context.services.circulars.from_text(text))


async def _fetch(file: TelegramFile, name: str, services: Services) -> bytes:
    """The file's bytes. Raises ``DocumentError`` saying what is wrong with it."""
    if not name.lower().endswith(ENDINGS):
        raise DocumentError("Neither PDF, DOCX nor TXT.", key="staff.unreadable")
    if (file.file_size or 0) > MAX_FILE_BYTES:
        raise DocumentError("Larger than 20 MB.", key="staff.too_big")
    try:
        found = await services.bot.get_file(file.file_id)
        return bytes(await found.download_as_bytearray())
    except TelegramError as error:
        key = "staff.too_big" if "too big" in str(error).lower() else "staff.not_fetched"
        log.warning("A file of staff could not be fetched: %s", type(error).__name__)
        raise DocumentError("The file could not be fetched.", key=key) from error


COMMANDS = (
    Command("new", {"tr": "yeni", "en": "new"}, new, aliases=("broadcast",), action=Action.WRITE_DRAFT),
)
CALLBACKS: dict[str, Run] = {"sq": chosen}
DIALOGUES: dict[str, Run] = {STEP_NEW: announced}

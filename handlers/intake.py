"""From inbox rows to handlers: each update's effects, answers and done mark in one transaction.

Updates of one chat are handled in order, chats side by side. What needs time (fetching and reading a
file) comes before the transaction; taps are answered after it. A handler that fails leaves its row
as it was; after three failures the row is given up and the person reads one sentence.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from telegram import Update, User
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    ContextTypes,
    ExtBot,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.domain.outgoing import ChatCommands, Send, Toast
from bot.domain.permissions import Action
from bot.store import answers, inbox, members, staff_people
from bot.store.db import TROUBLE
from bot.store.inbox import InboxRow
from handlers import router
from handlers.command import Run
from handlers.commands import menu
from handlers.context import FRAME, Context, Frame, Services
from handlers.member import subscription
from handlers.staff import intake as staff_intake

log = logging.getLogger(__name__)

ATTEMPTS = 3
CHATS_AT_ONCE = 16
RETRY_SECONDS = 0.5
FLOOD_UPDATES = 60
FLOOD_SECONDS = 60.0
REMEMBERED_CHATS = 20_000

BotApplication = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]


def build_application(token: str, api_base_url: str, request: BaseRequest) -> BotApplication:
    """PTB's application with our handlers: no updater (the inbox feeds it) and no job queue (rows do)."""
    application: BotApplication = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api_base_url}/bot")
        .base_file_url(f"{api_base_url}/file/bot")
        .request(request)
        .get_updates_request(request)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .build()
    )
    application.add_handler(CallbackQueryHandler(_seen(router.tapped)))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE, _seen(router.message)))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, _seen(router.edited)))
    application.add_handler(ChatMemberHandler(_seen(subscription.left), ChatMemberHandler.MY_CHAT_MEMBER))
    return application


def _seen(run: Run) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    """``run`` with its error kept in the frame: ``process_update`` itself swallows exceptions."""

    async def seen(update: Update, context: Context) -> None:
        try:
            await run(update, context)
        except Exception as error:
            context.frame.error = error

    return seen


@dataclass(frozen=True, slots=True)
class Sender:
    """Who caused an update, where: from Telegram's own fields, never from what a message quotes."""

    user: User
    chat_id: int
    private: bool
    message_id: int | None
    callback_id: str | None


def sender_of(update: Update) -> Sender | None:
    """None for what has no person behind it (channels, anonymous admins, bots) and for edits that are no
    new wording in a private chat: a live location moves on, a group is none of our business."""
    query, member = update.callback_query, update.my_chat_member
    if query is not None:
        if query.message is None or query.from_user.is_bot:
            return None
        chat = query.message.chat
        return Sender(query.from_user, chat.id, chat.type == "private", query.message.message_id, query.id)
    if member is not None:
        return Sender(member.from_user, member.chat.id, member.chat.type == "private", None, None)
    message = update.message or update.edited_message
    if update.edited_message is not None:
        written = update.edited_message.text or update.edited_message.caption
        if update.edited_message.chat.type != "private" or not written:
            return None
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    if message.sender_chat is not None:
        return None
    return Sender(message.from_user, message.chat.id, message.chat.type == "private", None, None)


class Intake:
    """Works off the inbox until it is cancelled; ``wake`` it after rows were stored."""

    def __init__(self, services: Services, application: BotApplication) -> None:
        self._services = services
        self._application = application
        self._wake = asyncio.Event()
        self._busy: dict[int | None, asyncio.Task[None]] = {}
        self._later: dict[int | None, float] = {}
        self._recent: dict[int, deque[float]] = {}

    def wake(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        """Handle rows for ever; on cancellation the updates at work are finished first."""
        try:
            while True:
                self._wake.clear()
                try:
                    await self._start_chats()
                except TROUBLE as error:
                    log.error("The inbox cannot be read now: %s", getattr(error, "orig", error))
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), 1.0)
        finally:
            if self._busy:
                await asyncio.wait(self._busy.values(), timeout=20)

    async def _start_chats(self) -> None:
        async with self._services.db.read() as connection:
            rows = await inbox.open_rows(connection)
        by_chat: dict[int | None, list[InboxRow]] = {}
        for row in rows:
            by_chat.setdefault(row.chat_id, []).append(row)
        now = time.monotonic()
        for chat_id, waiting in by_chat.items():
            if len(self._busy) >= CHATS_AT_ONCE:
                return
            if chat_id not in self._busy and self._later.get(chat_id, 0.0) <= now:
                task = asyncio.create_task(self._work_off(chat_id, waiting))
                self._busy[chat_id] = task

    async def _work_off(self, chat_id: int | None, rows: list[InboxRow]) -> None:
        try:
            for row in rows:
                if not await self._handle(row):
                    self._later[chat_id] = time.monotonic() + RETRY_SECONDS * (row.attempts + 1)
                    break
            else:
                self._later.pop(chat_id, None)
        except Exception:
            log.exception("An update could not be worked off")
            self._later[chat_id] = time.monotonic() + 5.0
        finally:
            del self._busy[chat_id]
            self._wake.set()

    async def _handle(self, row: InboxRow) -> bool:
        """One update; False when it failed and is to be tried again."""
        try:
            update = Update.de_json(row.body, self._services.bot)
            sender = sender_of(update)
            if sender is None or self._flooded(sender):
                await self._skip(row, sender)
                return True
            prepared = await self._prepare(update, sender)
            frame = await self._transact(row, update, sender, prepared)
        except Exception as error:
            return await self._failed(row, error)
        if frame is not None:
            await self._answer_tap(frame)
            self._services.wake()
        return True

    async def _prepare(self, update: Update, sender: Sender) -> object | None:
        message = update.message
        if message is not None and message.document is not None and sender.private:
            if self._services.staff.allows(sender.user.id, Action.WRITE_DRAFT):
                with contextlib.suppress(TelegramError):
                    await self._services.bot.send_chat_action(sender.chat_id, "typing")
            return await staff_intake.prepare(update, self._services)
        return None

    async def _transact(
        self, row: InboxRow, update: Update, sender: Sender, prepared: object | None
    ) -> Frame | None:
        now = self._services.clock.now()
        async with self._services.db.write() as connection:
            if not await inbox.done(connection, row.update_id, now):
                return None  # another worker, or this one before a crash, has done it
            frame = await self._frame(connection, row, sender, prepared)
            token = FRAME.set(frame)
            try:
                await self._application.process_update(update)
            finally:
                FRAME.reset(token)
            if frame.error is not None:
                raise frame.error
            if frame.menu_language is not None:
                frame.answers.append(self._menu(frame))
            await answers.add(connection, frame.answers, now, update_id=row.update_id)
        return frame

    async def _frame(
        self, connection: AsyncConnection, row: InboxRow, sender: Sender, prepared: object | None
    ) -> Frame:
        services, now = self._services, self._services.clock.now()
        member = await members.get(connection, sender.chat_id)
        role = services.staff.role(sender.user.id)
        language = member.language if member else guess_language(sender.user, services)
        frame = Frame(
            services=services,
            conn=connection,
            now=now,
            update_id=row.update_id,
            user_id=sender.user.id,
            chat_id=sender.chat_id,
            message_id=sender.message_id,
            callback_id=sender.callback_id,
            private=sender.private,
            member=member,
            role=role,
            language=language,
            prepared=prepared,
        )
        if role is not None and sender.private:
            await self._note_staff(frame, sender.user)
        return frame

    async def _note_staff(self, frame: Frame, user: User) -> None:
        """Names of staff stand on drafts; at their first message they get their own menu."""
        known = await staff_people.get(frame.conn, frame.user_id)
        if known is not None and frame.member is None:
            frame.language = known.language
        await staff_people.seen(frame.conn, frame.user_id, user.full_name, frame.language, frame.now)
        if known is None:
            frame.menu_language = frame.language

    def _menu(self, frame: Frame) -> ChatCommands:
        texts = self._services.catalogs[frame.menu_language or frame.language]
        return ChatCommands(frame.chat_id, menu(texts, self._services.staff, frame.user_id))

    async def _answer_tap(self, frame: Frame) -> None:
        """One answer to every tap, so that its button stops spinning."""
        if frame.callback_id is None:
            return
        toast = frame.toasts[-1] if frame.toasts else Toast(frame.callback_id)
        await self._services.toast(toast)

    def _flooded(self, sender: Sender) -> bool:
        """Whether a chat writes more than anybody can mean; staff are never held up."""
        if self._services.staff.role(sender.user.id) is not None:
            return False
        now = time.monotonic()
        if len(self._recent) > REMEMBERED_CHATS:
            self._recent = {c: t for c, t in self._recent.items() if t and t[-1] > now - FLOOD_SECONDS}
        times = self._recent.setdefault(sender.chat_id, deque(maxlen=FLOOD_UPDATES + 2))
        while times and times[0] < now - FLOOD_SECONDS:
            times.popleft()
        times.append(now)
        return len(times) > FLOOD_UPDATES

    async def _skip(self, row: InboxRow, sender: Sender | None) -> None:
        """Mark as done without effect; a flood is told once."""
        now = self._services.clock.now()
        async with self._services.db.write() as connection:
            await inbox.done(connection, row.update_id, now)
            if sender is not None and len(self._recent[sender.chat_id]) == FLOOD_UPDATES + 1:
                texts = self._services.catalogs[guess_language(sender.user, self._services)]
                said = Send(sender.chat_id, texts("member.flood"))
                await answers.add(connection, [said], now, update_id=row.update_id)
        if sender is not None and sender.callback_id is not None:
            texts = self._services.catalogs[guess_language(sender.user, self._services)]
            await self._services.toast(Toast(sender.callback_id, texts.plain("member.flood")))
        self._services.wake()

    async def _failed(self, row: InboxRow, error: Exception) -> bool:
        """Count the failure; True when the row is given up."""
        final = row.attempts + 1 >= ATTEMPTS
        log.error(
            "Update %d failed (attempt %d of %d)", row.update_id, row.attempts + 1, ATTEMPTS, exc_info=error
        )
        now = self._services.clock.now()
        async with self._services.db.write() as connection:
            await inbox.failed(connection, row.update_id, now, final=final)
            if final and row.chat_id is not None:
                member = await members.get(connection, row.chat_id)
                texts = self._services.catalogs[member.language if member else "tr"]
                sorry = Send(row.chat_id, texts("member.failure"))
                await answers.add(connection, [sorry], now, update_id=row.update_id)
        self._services.wake()
        return final


def guess_language(user: User, services: Services) -> str:
    """Telegram's language code first; without one the association's own language."""
    languages = services.catalogs.languages
    code = (user.language_code or languages[0])[:2].lower()
    return code if code in languages else "en"

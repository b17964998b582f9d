"""Drafts: the list, every button under a draft, and the replies that correct a fact."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from telegram import Update

from bot.domain.draft_tap import PREFIX, DraftTap, parse_draft_tap
from bot.domain.permissions import Action
from bot.errors import Refused
from bot.flows import drafts, edits, relate, release, translate
from bot.flows.desk import Desk, Reply
from bot.store import dialogues
from handlers.command import Command, Run
from handlers.context import Context
from handlers.staff.guard import serve
from handlers.staff.words import callback_data, written

TapRun = Callable[[Desk, DraftTap], Awaitable[Reply]]

TAPS: Mapping[str, tuple[Action, TapRun]] = {
    "view": (Action.VIEW_DRAFTS, drafts.view_tap),
    "item": (Action.VIEW_DRAFTS, drafts.view_item),
    "preview": (Action.VIEW_DRAFTS, drafts.preview),
    "topics": (Action.EDIT_DRAFT, drafts.view_topics),
    "kinds": (Action.EDIT_DRAFT, drafts.view_kinds),
    "edit": (Action.EDIT_DRAFT, edits.ask),
    "ok": (Action.EDIT_DRAFT, edits.confirm),
    "topic": (Action.EDIT_DRAFT, edits.choose_topic),
    "everyone": (Action.EDIT_DRAFT, edits.choose_everyone),
    "kind": (Action.EDIT_DRAFT, edits.choose_kind),
    "belongs": (Action.EDIT_DRAFT, relate.belongs),
    "unrelated": (Action.EDIT_DRAFT, relate.unrelated),
    "trright": (Action.EDIT_DRAFT, translate.accept),
    "trdrop": (Action.EDIT_DRAFT, translate.drop),
    "natures": (Action.EDIT_DRAFT, drafts.view_natures),
    "nature": (Action.EDIT_DRAFT, edits.choose_nature),
    "urgent": (Action.EDIT_DRAFT, edits.switch_urgent),
    "exclude": (Action.EDIT_DRAFT, edits.exclude),
    "delete": (Action.DELETE_DRAFT, edits.ask_delete),
    "erase": (Action.DELETE_DRAFT, edits.delete),
    "submit": (Action.SUBMIT_DRAFT, release.submit),
    "release": (Action.RELEASE, release.release),
    "return": (Action.RETURN_DRAFT, release.ask_reason),
}
"""What the buttons under a draft do, and the right each needs."""


async def list_drafts(update: Update, context: Context) -> None:
    await serve(context, drafts.list_open)


async def tapped(update: Update, context: Context) -> None:
    """Any button under a draft. A tap on an older version shows the draft as it stands."""
    tap = parse_draft_tap(callback_data(update))

    async def work(desk: Desk) -> Reply:
        if tap is None or tap.action not in TAPS:
            raise Refused("Not a button of ours.", key="draft.gone")
        action, run = TAPS[tap.action]
        desk.require(action)
        try:
            return await run(desk, tap)
        except Refused as refused:
            if refused.key == "draft.outdated":
                return await drafts.outdated(desk, tap)
            raise

    await serve(context, work)


async def corrected(update: Update, context: Context) -> None:
    """The reply to ``Düzelt``: a new wording, day, address."""

    async def work(desk: Desk) -> Reply:
        question = await dialogues.get(desk.connection, desk.chat_id, desk.user_id)
        data = question.data if question else {}
        try:
            return await edits.answer(desk, data, written(update))
        except Refused as refused:
            if refused.key == "draft.outdated":
                return await drafts.outdated(desk, edits.tap_of(data))
            raise

    await serve(context, work)


async def returned(update: Update, context: Context) -> None:
    """The reply to ``İade et``: the reason."""

    async def work(desk: Desk) -> Reply:
        question = await dialogues.get(desk.connection, desk.chat_id, desk.user_id)
        return await release.give_back(desk, question.data if question else {}, written(update))

    await serve(context, work)


COMMANDS = (Command("drafts", {"tr": "taslaklar", "en": "drafts"}, list_drafts, action=Action.VIEW_DRAFTS),)
CALLBACKS: dict[str, Run] = {PREFIX: tapped}
DIALOGUES: dict[str, Run] = {edits.STEP_EDIT: corrected, release.STEP_RETURN: returned}

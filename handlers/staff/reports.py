"""How sendings go: the status, the list as CSV and the picture; and the application link that was missing."""

from __future__ import annotations

import re

from telegram import Update

from bot.domain.permissions import Action
from bot.errors import Refused
from bot.flows import chart, control, links, log, reports, restored
from bot.flows.desk import Desk, Reply
from bot.store import dialogues
from handlers.command import Command, Run
from handlers.context import Context
from handlers.staff.guard import serve
from handlers.staff.words import callback_data, written

_LIST = re.compile(r"^sr:(\d{1,12}):(csv|chart)(?::(\d{1,12}))?$", re.ASCII)
_LINK = re.compile(r"^sl:(\d{1,12})$", re.ASCII)


async def status(update: Update, context: Context) -> None:
    await serve(context, reports.status)


async def download(update: Update, context: Context) -> None:
    found = _LIST.fullmatch(callback_data(update))

    async def work(desk: Desk) -> Reply:
        if found is None:
            raise Refused("Not a button of ours.", key="report.none")
        give = reports.download if found[2] == "csv" else chart.picture
        return await give(desk, int(found[1]), int(found[3] or 0))

    await serve(context, work)


async def control_tapped(update: Update, context: Context) -> None:
    """A button under a sending: pause, go on, stop, send again to those it failed for."""
    tap = control.parse_control_tap(callback_data(update))

    async def work(desk: Desk) -> Reply:
        return await control.tapped(desk, tap)

    await serve(context, work)


async def resume_copy(update: Update, context: Context) -> None:
    """The button under the word that a restored copy sends nothing."""
    await serve(context, restored.tapped)


async def ask_link(update: Update, context: Context) -> None:
    found = _LINK.fullmatch(callback_data(update))

    async def work(desk: Desk) -> Reply:
        if found is None:
            raise Refused("Not a button of ours.", key="draft.gone")
        return await links.ask(desk, int(found[1]))

    await serve(context, work)


async def link_entered(update: Update, context: Context) -> None:
    async def work(desk: Desk) -> Reply:
        question = await dialogues.get(desk.connection, desk.chat_id, desk.user_id)
        return await links.answer(desk, question.data if question else {}, written(update))

    await serve(context, work)


async def show_log(update: Update, context: Context) -> None:
    """``/kayit``: what staff did."""
    await serve(context, log.newest)


async def log_tapped(update: Update, context: Context) -> None:
    async def work(desk: Desk) -> Reply:
        return await log.tapped(desk, callback_data(update))

    await serve(context, work)


COMMANDS = (
    Command("status", {"tr": "durum", "en": "status"}, status, action=Action.VIEW_STATUS),
    Command("log", {"tr": "kayit", "en": "log"}, show_log, aliases=("audit",), action=Action.VIEW_AUDIT),
)
CALLBACKS: dict[str, Run] = {
    "sr": download,
    "sl": ask_link,
    "rs": resume_copy,
    "sc": control_tapped,
    "au": log_tapped,
}
DIALOGUES: dict[str, Run] = {links.STEP_LINK: link_entered}

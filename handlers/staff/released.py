"""What was released: the list, one notice, and the buttons that correct or change it."""

from __future__ import annotations

import re

from telegram import Update

from bot.domain.permissions import Action
from bot.errors import Refused
from bot.flows import amend
from bot.flows.desk import Desk, Reply
from handlers.command import Command, Run
from handlers.context import Context
from handlers.staff.guard import serve
from handlers.staff.words import callback_data

_TAP = re.compile(r"^lv:([a-z]{4,10}):(\d{1,12})$", re.ASCII)


async def released(update: Update, context: Context) -> None:
    await serve(context, amend.list_released)


async def tapped(update: Update, context: Context) -> None:
    """A button under the list or under a released notice."""
    found = _TAP.fullmatch(callback_data(update))

    async def work(desk: Desk) -> Reply:
        if found is None:
            raise Refused("Not a button of ours.", key="living.gone")
        action, number = found[1], int(found[2])
        if action == "list":
            return await amend.list_released(desk, number)
        if action == "show":
            return await amend.show(desk, number)
        if action not in set(amend.Change):
            raise Refused("Not a button of ours.", key="living.gone")
        return await amend.begin(desk, number, amend.Change(action))

    await serve(context, work)


COMMANDS = (
    Command(
        "released",
        {"tr": "yayinlananlar", "en": "released"},
        released,
        aliases=("yayimlananlar", "gonderilenler"),
        action=Action.VIEW_STATUS,
    ),
)
CALLBACKS: dict[str, Run] = {"lv": tapped}

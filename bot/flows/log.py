"""``/kayit``: what staff did, newest first, for those who may know."""

from __future__ import annotations

import re

from bot.domain.outgoing import Button, Keyboard
from bot.domain.permissions import Action
from bot.errors import Refused
from bot.flows.desk import Desk, Reply
from bot.rendering.log import log_message
from bot.rendering.messages import Rendered
from bot.store import audit, staff_people

SHOWN = 20
_TAP = re.compile(r"^au:(\d{1,18})$", re.ASCII)


async def newest(desk: Desk) -> Reply:
    """The last lines, with a button for the ones before. Raises ``NotAllowed`` for who is no admin."""
    return await _page(desk.anew(), None)


async def tapped(desk: Desk, data: str) -> Reply:
    """``Daha eskiler``: the page before, in place of the one shown."""
    found = _TAP.fullmatch(data)
    desk.require(Action.VIEW_AUDIT)
    if found is None:
        raise Refused("Not a button of ours.", key="member.button.old")
    return await _page(desk, int(found[1]))


async def _page(desk: Desk, before: int | None) -> Reply:
    desk.require(Action.VIEW_AUDIT)
    lines = await audit.page(desk.connection, SHOWN + 1, before=before)
    shown = lines[:SHOWN]
    names = {}
    for user_id in {line.user_id for line in shown} - {None}:
        assert user_id is not None
        names[user_id] = await staff_people.name(desk.connection, user_id) or str(user_id)
    keyboard: Keyboard = ()
    if len(lines) > SHOWN:
        keyboard = ((Button(desk.texts.plain("log.button.older"), data=f"au:{shown[-1].id}"),),)
    text = log_message(shown, names, desk.texts, desk.kit.association)
    return Reply((desk.show(Rendered(text, keyboard)),))

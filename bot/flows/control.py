"""Buttons under the status: pause, go on, stop a sending, or send it again to those it failed for."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.outgoing import Button
from bot.domain.permissions import Action
from bot.errors import Refused
from bot.flows import reports
from bot.flows.desk import Desk, Reply
from bot.rendering.markup import shorten, untrusted
from bot.rendering.messages import Rendered
from bot.store import control, notices
from bot.store import reports as sendings

_TAP = re.compile(r"^sc:(\d{1,12}):(pause|resume|stop|end|resend|back)$", re.ASCII)

Step = Callable[[AsyncConnection, Sequence[int]], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class ControlTap:
    """A button under a sending: the circular and what is to be done."""

    root_id: int
    action: str


def parse_control_tap(data: str) -> ControlTap | None:
    """The tap that callback data describe; None for anything that is not ours."""
    found = _TAP.fullmatch(data)
    return ControlTap(int(found[1]), found[2]) if found else None


async def tapped(desk: Desk, tap: ControlTap | None) -> Reply:
    """Do it, write it down, show the status as it is now.

    Raises ``NotAllowed`` for who may not release, ``Refused`` when the sending is not in such a state any
    more: two taps at once do it once.
    """
    desk.require(Action.CONTROL_SENDING)
    if tap is None:
        raise Refused("Not a button of ours.", key="report.none")
    sending = await sendings.sending(desk.connection, tap.root_id)
    if not sending.broadcast_ids:
        raise Refused("There is no such sending.", key="report.none")
    if tap.action == "back":
        return await reports.status_again(desk)
    if tap.action == "stop":
        return await _ask_stop(desk, tap.root_id)
    done = await _do(desk, tap.action, sending.broadcast_ids)
    if not done:
        raise Refused("The sending is not in that state any more.", key="control.changed")
    await desk.note(f"{tap.action}_sending", tap.root_id, count=done)
    reply = await reports.status_again(desk)
    return Reply(reply.answers, toast=desk.texts.plain(f"control.done.{tap.action}"))


async def _do(desk: Desk, action: str, broadcast_ids: Sequence[int]) -> int:
    if action == "end":
        return await control.stop(desk.connection, broadcast_ids, desk.now)
    steps: dict[str, Step] = {
        "pause": control.pause,
        "resume": control.resume,
        "resend": control.resend_failed,
    }
    return await steps[action](desk.connection, broadcast_ids)


async def _ask_stop(desk: Desk, root_id: int) -> Reply:
    """A stop cannot be undone: it is asked for twice."""
    root = await notices.get(desk.connection, root_id)
    title = untrusted(shorten(root.facts.title, 300)) if root else ""
    keyboard = (
        (Button(desk.texts.plain("control.button.end"), data=f"sc:{root_id}:end"),),
        (Button(desk.texts.plain("control.button.back"), data=f"sc:{root_id}:back"),),
    )
    return Reply((desk.show(Rendered(desk.texts("control.ask.stop", title=title), keyboard)),))

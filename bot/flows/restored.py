"""A restored copy: it starts paused, what may have been sent meanwhile is put aside, admins let it go on."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.association import Association
from bot.domain.outgoing import Button, Keyboard, Send
from bot.domain.permissions import Action, Staff
from bot.domain.timing import automatic_reminder_at
from bot.errors import Refused
from bot.flows.desk import Desk, Reply
from bot.flows.remind import HORIZON
from bot.rendering.catalog import Texts
from bot.rendering.kit import RenderingKit
from bot.rendering.markup import join
from bot.rendering.messages import Rendered
from bot.store import answers, audit, pause, reminders, staff_people
from bot.store.pause import Pause
from bot.store.settle import Settled, settle


async def settle_copy(connection: AsyncConnection, now: datetime, association: Association) -> Settled | None:
    """Put aside what the copy's original may have done since the backup; None when that is done already
    or the database is no copy.

    Automatic reminders are written only when they are near: those whose moment has passed are written
    now, to be ended with the others, so that nobody is reminded twice.
    """
    if await pause.get(connection) is not Pause.COPY:
        return None
    for deadline in await reminders.deadlines_without_automatic(connection, now, now + HORIZON):
        at = automatic_reminder_at(deadline.at, association)
        if now >= at - timedelta(hours=1):
            await reminders.write_automatic(connection, deadline.event_id, deadline.notice_id, min(at, now))
    settled = await settle(connection, now)
    await pause.put(connection, Pause.SETTLED)
    detail = {"broadcasts": settled.broadcasts, "reminders": settled.reminders, "answers": settled.answers}
    await audit.write(connection, now, None, "settle_copy", "database", detail)
    return settled


async def resume(connection: AsyncConnection, now: datetime, user_id: int | None) -> bool:
    """Let the copy send; False when it was not paused. ``user_id`` None: said at the terminal."""
    if not await pause.end(connection):
        return False
    await audit.write(connection, now, user_id, "resume_copy", "database")
    return True


async def announce(connection: AsyncConnection, now: datetime, kit: RenderingKit, staff: Staff) -> int:
    """At the start: settle a copy and tell who may release why nothing is sent, at most once a day each;
    returns how many are told."""
    await settle_copy(connection, now, kit.association)
    if await pause.get(connection) is None:
        return 0
    told = 0
    for user_id in staff.who_may(Action.RELEASE):
        texts = kit.catalogs[await staff_people.language(connection, user_id)]
        rendered = note(texts, may_resume=staff.allows(user_id, Action.RESUME_COPY))
        message = Send(user_id, rendered.text, rendered.keyboard)
        told += await answers.add(connection, [message], now, dedupe=[f"paused:{now:%Y%m%d}:{user_id}"])
    return told


def note(texts: Texts, *, may_resume: bool) -> Rendered:
    """Why nothing is sent, with the button that ends it or the word who can."""
    if not may_resume:
        return Rendered(join([texts("restored.note"), texts("restored.operator")]), ())
    keyboard: Keyboard = ((Button(texts.plain("restored.button.resume"), data="rs:resume"),),)
    return Rendered(texts("restored.note"), keyboard)


async def tapped(desk: Desk) -> Reply:
    """``Gönderimi başlat``. Raises ``NotAllowed`` for who is no admin, ``Refused`` when nothing is paused."""
    desk.require(Action.RESUME_COPY)
    if not await resume(desk.connection, desk.now, desk.user_id):
        raise Refused("Nothing is paused.", key="restored.not_paused")
    return Reply((desk.show(Rendered(desk.texts("restored.resumed"), ())),))

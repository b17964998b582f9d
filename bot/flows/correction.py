"""A correction in place: every copy that was delivered is edited, and the notice's dates follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.association import Association
from bot.domain.notice import Notice
from bot.domain.outgoing import Edit, Send
from bot.domain.relation import Amend
from bot.domain.timing import asked_reminder_times
from bot.errors import Refused
from bot.flows.broadcast import PURPOSE_NEW, message_body
from bot.flows.links import tell_those_who_asked
from bot.rendering.kit import RenderingKit
from bot.store import audit, copies, events, notices, outbox, relations, reminders
from bot.store.notices import StoredNotice
from bot.store.outbox import Broadcast
from bot.store.tables import EventKind, NoticeState

PURPOSE_CORRECTION = "correction:"
ANEW = ":new"
"""Ends the purpose of the broadcast that sends a new message where a copy cannot be edited."""


async def release(
    connection: AsyncConnection,
    draft: StoredNotice,
    now: datetime,
    *,
    released_by: int | None,
    rendering: RenderingKit,
    expected: Sequence[NoticeState],
) -> list[Broadcast]:
    """Correct a released notice as ``draft`` says, in the caller's transaction: the broadcast of the edits.

    Rows that wait still take the corrected text. Raises ``Refused`` when the draft is not (or no longer)
    in an ``expected`` state, or the notice is not what the draft was made of any more.
    """
    target = await standing(connection, draft)
    await copies.lock(connection, target.id)
    moved = await notices.set_state(
        connection,
        draft.id,
        NoticeState.RELEASED,
        now,
        expected=expected,
        version=draft.version,
        approver_id=released_by,
    )
    if not moved:
        raise Refused("The draft is not open any more.", key="draft.not_open")
    number = len(await relations.corrections(connection, target.id))
    await notices.update_facts(connection, target.id, draft.facts, now)
    await _move_dates(connection, target.id, draft.facts, now, rendering.association)
    corrected = await notices.get(connection, target.id)
    assert corrected is not None
    await _correct_waiting(connection, corrected, target.facts, now, rendering)
    sending = await _send(connection, corrected, target.facts, number, now, released_by, rendering)
    await tell_those_who_asked(connection, corrected, now, rendering)
    detail = {"version": draft.version, "of": target.id, "broadcasts": [one.id for one in sending]}
    await audit.write(connection, now, released_by, "correct", f"notice:{draft.id}", detail)
    return sending


async def standing(connection: AsyncConnection, draft: StoredNotice) -> StoredNotice:
    """The notice that ``draft`` changes, as it stands. Raises ``Refused`` when it was changed since the
    draft was begun, by another one or by its link."""
    target = await notices.get(connection, draft.related_id) if draft.related_id else None
    if target is None or target.state is not NoticeState.RELEASED:
        raise Refused("The notice is gone.", key="living.gone")
    facts = target.facts if draft.amend is Amend.EDIT else await standing_facts(connection, target)
    if target.replaced_by is not None or facts != draft.former:
        raise Refused("The notice has changed.", key="living.changed")
    return target


async def standing_facts(connection: AsyncConnection, stored: StoredNotice) -> Notice:
    """What holds of a released notice now: a later circular may have given another day for some of it."""
    facts = stored.facts
    for later_id in await relations.family(connection, stored.id):
        later = await notices.get(connection, later_id) if later_id > stored.id else None
        if later is not None:
            facts = replace(
                facts,
                deadlines=later.facts.deadlines or facts.deadlines,
                meetings=later.facts.meetings or facts.meetings,
            )
    return facts


async def _send(
    connection: AsyncConnection,
    corrected: StoredNotice,
    before: Notice,
    number: int,
    now: datetime,
    released_by: int | None,
    rendering: RenderingKit,
) -> list[Broadcast]:
    view = replace(corrected.view(before, now), amend=Amend.EDIT)
    purpose = f"{PURPOSE_CORRECTION}{number}"
    sending = []
    for name, method in ((purpose, Edit.method), (purpose + ANEW, Send.method)):
        made = await outbox.create_broadcast(connection, corrected.id, name, now, released_by=released_by)
        for language in rendering.catalogs.languages:
            body = message_body(view, rendering, language, made.token)
            if method == Send.method:
                body["reply_parameters"] = copies.REPLY
            await outbox.add_message(connection, made.id, language, method, body)
        sending.append(made)
    edits, anew = sending
    await copies.follow(connection, anew.id, edits.id, now)
    await copies.fan_out_edits(connection, edits.id, corrected.id, now)
    return sending


async def _correct_waiting(
    connection: AsyncConnection,
    corrected: StoredNotice,
    before: Notice,
    now: datetime,
    rendering: RenderingKit,
) -> None:
    for earlier in await outbox.broadcasts_of(connection, [corrected.id]):
        view = corrected.view()
        if earlier.purpose != PURPOSE_NEW:
            view = replace(corrected.view(before, now), amend=Amend.EDIT)
        for language in rendering.catalogs.languages:
            body = message_body(view, rendering, language, earlier.token)
            await copies.correct_waiting(connection, earlier.id, language, body)


async def _move_dates(
    connection: AsyncConnection, notice_id: int, facts: Notice, now: datetime, association: Association
) -> None:
    before = {event.id: event for event in await events.of_notice(connection, notice_id)}
    await events.write_events(connection, notice_id, facts, association)
    for event in await events.of_notice(connection, notice_id):
        former = before.get(event.id)
        if former is None or former.starts_at == event.starts_at:
            continue
        moments = dict(
            asked_reminder_times(
                event.starts_at,
                association,
                meeting=event.kind is EventKind.MEETING,
                has_hour=event.has_hour,
            )
        )
        await reminders.move_event(connection, event.id, former.starts_at, event.starts_at, moments, now)

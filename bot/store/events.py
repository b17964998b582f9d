"""The dated facts of released notices: what calendars show and reminders hang on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch, moment
from bot.domain.association import Association
from bot.domain.notice import Notice, Status
from bot.domain.timing import deadline_instant, meeting_end, meeting_instant
from bot.store.notices import StoredNotice, concerns, get
from bot.store.relations import superseded
from bot.store.tables import EventKind, NoticeState, event, notice


@dataclass(frozen=True, slots=True)
class Event:
    """A deadline's end or a meeting's beginning; ``position`` counts among the notice's facts of its kind."""

    id: int
    notice_id: int
    kind: EventKind
    position: int
    starts_at: datetime
    ends_at: datetime | None
    has_hour: bool


async def write_events(
    connection: AsyncConnection, notice_id: int, facts: Notice, association: Association
) -> None:
    """Make the event rows of a notice say what its facts say; rows keep their id, reminders their event."""
    wanted = _events(facts, association)
    rows = await connection.execute(
        select(event.c.id, event.c.kind, event.c.position).where(event.c.notice_id == notice_id)
    )
    existing = {(row.kind, row.position): row.id for row in rows}
    for key, values in wanted.items():
        if key in existing:
            await connection.execute(update(event).where(event.c.id == existing[key]).values(**values))
        else:
            kind, position = key
            await connection.execute(
                insert(event).values(notice_id=notice_id, kind=kind, position=position, **values)
            )
    for key in existing.keys() - wanted.keys():
        await connection.execute(delete(event).where(event.c.id == existing[key]))


async def of_notice(connection: AsyncConnection, notice_id: int) -> tuple[Event, ...]:
    rows = await connection.execute(
        select(event).where(event.c.notice_id == notice_id).order_by(event.c.starts_at, event.c.id)
    )
    return tuple(_record(row) for row in rows)


async def get_event(connection: AsyncConnection, event_id: int) -> tuple[Event, StoredNotice] | None:
    """An event of a released notice; None for any other."""
    row = (await connection.execute(select(event).where(event.c.id == event_id))).one_or_none()
    stored = await get(connection, row.notice_id) if row is not None else None
    if row is None or stored is None or stored.state is not NoticeState.RELEASED or stored.excluded:
        return None
    return _record(row), stored


async def upcoming_events(
    connection: AsyncConnection,
    now: datetime,
    *,
    topics: Iterable[str] | None = None,
    limit: int = 50,
    offset: int = 0,
) -> tuple[tuple[Event, StoredNotice], ...]:
    """Events of released notices that are neither over nor replaced by another notice, soonest first,
    ``offset`` of them left out; ``topics`` as in ``latest_released``."""
    query = (
        select(event)
        .join(notice, notice.c.id == event.c.notice_id)
        .where(
            notice.c.state == NoticeState.RELEASED,
            notice.c.excluded == 0,
            ~superseded(),
            (event.c.starts_at >= epoch(now)) | (event.c.ends_at >= epoch(now)),
        )
        .order_by(event.c.starts_at, event.c.id)
        .limit(limit)
        .offset(offset)
    )
    if topics is not None:
        query = query.where(concerns(topics))
    found: list[tuple[Event, StoredNotice]] = []
    for row in (await connection.execute(query)).all():
        stored = await get(connection, row.notice_id)
        if stored is not None:
            found.append((_record(row), stored))
    return tuple(found)


def _events(facts: Notice, association: Association) -> dict[tuple[int, int], dict[str, Any]]:
    wanted: dict[tuple[int, int], dict[str, Any]] = {}
    if facts.status is Status.CANCELLED:  # what is called off has no day, even if its letter names one
        return wanted
    for position, deadline in enumerate(facts.deadlines):
        instant = deadline_instant(deadline, association)
        if instant is not None:
            wanted[EventKind.DEADLINE, position] = _values(instant, None, deadline.time is not None)
    for position, meeting in enumerate(facts.meetings):
        begins = meeting_instant(meeting, association)
        if begins is not None:
            ends = meeting_end(meeting, association)
            wanted[EventKind.MEETING, position] = _values(begins, ends, meeting.time is not None)
    return wanted


def _values(starts: datetime, ends: datetime | None, has_hour: bool) -> dict[str, Any]:
    return {
        "starts_at": epoch(starts),
        "ends_at": epoch(ends) if ends else None,
        "has_hour": int(has_hour),
    }


def _record(row: Any) -> Event:
    return Event(
        row.id,
        row.notice_id,
        EventKind(row.kind),
        row.position,
        moment(row.starts_at),
        moment(row.ends_at) if row.ends_at is not None else None,
        bool(row.has_hour),
    )

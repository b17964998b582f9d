"""Reminders: who is to be reminded of which date, when; each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch, moment
from bot.domain.member import LANGUAGES, MemberState
from bot.store.relations import superseded
from bot.store.tables import (
    DeliveryState,
    EventKind,
    NoticeState,
    ReminderState,
    broadcast,
    delivery,
    event,
    member,
    notice,
    reminder,
)


@dataclass(frozen=True, slots=True)
class UpcomingDeadline:
    """A deadline that has no automatic reminders written yet."""

    event_id: int
    notice_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder whose moment has come."""

    id: int
    member_id: int
    chat_id: int
    language: str
    event_id: int
    event_kind: EventKind
    position: int
    notice_id: int
    at: datetime


async def deadlines_without_automatic(
    connection: AsyncConnection, now: datetime, until: datetime
) -> list[UpcomingDeadline]:
    """Deadlines of released notices between two moments of which somebody who has the notice is not
    automatically reminded yet: one member's own "remind me" says nothing of the others."""
    mine = exists().where(
        reminder.c.event_id == event.c.id,
        reminder.c.member_id == delivery.c.member_id,
        reminder.c.rule == "auto",
    )
    unwritten = (
        exists()
        .select_from(
            delivery.join(broadcast, broadcast.c.id == delivery.c.broadcast_id).join(
                member, member.c.id == delivery.c.member_id
            )
        )
        .where(
            broadcast.c.notice_id == event.c.notice_id,
            delivery.c.state == DeliveryState.SENT,
            member.c.state == MemberState.ACTIVE,
            ~mine.correlate(event, delivery),
        )
        .correlate(event)
    )
    rows = await connection.execute(
        select(event.c.id, event.c.notice_id, event.c.starts_at)
        .join(notice, notice.c.id == event.c.notice_id)
        .where(
            event.c.kind == EventKind.DEADLINE,
            event.c.starts_at > epoch(now),
            event.c.starts_at <= epoch(until),
            notice.c.state == NoticeState.RELEASED,
            ~superseded(),
            unwritten,
        )
    )
    return [UpcomingDeadline(row.id, row.notice_id, moment(row.starts_at)) for row in rows]


async def write_automatic(
    connection: AsyncConnection, event_id: int, notice_id: int, due_at: datetime
) -> int:
    """One reminder for every active member who got the notice; who has one already keeps it."""
    rows = (
        select(
            delivery.c.member_id,
            literal(event_id),
            literal("auto"),
            literal(epoch(due_at)),
            literal(int(ReminderState.DUE)),
        )
        .join(broadcast, broadcast.c.id == delivery.c.broadcast_id)
        .join(member, member.c.id == delivery.c.member_id)
        .where(
            broadcast.c.notice_id == notice_id,
            delivery.c.state == DeliveryState.SENT,
            member.c.state == MemberState.ACTIVE,
        )
        .distinct()
    )
    maker = sqlite_insert if connection.dialect.name == "sqlite" else pg_insert
    statement = maker(reminder).from_select(["member_id", "event_id", "rule", "due_at", "state"], rows)
    result = await connection.execute(statement.on_conflict_do_nothing())
    return max(result.rowcount, 0)


async def write(
    connection: AsyncConnection, member_id: int, event_id: int, rule: str, due_at: datetime
) -> None:
    """A reminder that a member asked for; one that ended before is set anew."""
    maker = sqlite_insert if connection.dialect.name == "sqlite" else pg_insert
    statement = maker(reminder).values(
        member_id=member_id, event_id=event_id, rule=rule, due_at=epoch(due_at), state=ReminderState.DUE
    )
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=["member_id", "event_id", "rule"],
            set_={"due_at": epoch(due_at), "state": ReminderState.DUE},
            where=reminder.c.state == ReminderState.ENDED,
        )
    )


async def due(connection: AsyncConnection, now: datetime, limit: int = 5000) -> list[Due]:
    """Reminders whose moment has come, by member; on PostgreSQL they are locked until the transaction's
    end, so that another worker does not find them too."""
    rows = await connection.execute(
        select(
            reminder.c.id,
            member.c.id,
            member.c.chat_id,
            member.c.language,
            member.c.state,
            event.c.id,
            event.c.kind,
            event.c.position,
            event.c.notice_id,
            event.c.starts_at,
        )
        .join(member, member.c.id == reminder.c.member_id)
        .join(event, event.c.id == reminder.c.event_id)
        .where(reminder.c.state == ReminderState.DUE, reminder.c.due_at <= epoch(now))
        .order_by(member.c.id, event.c.starts_at)
        .limit(limit)
        .with_for_update(skip_locked=True, of=reminder)
    )
    return [
        Due(
            row[0],
            row[1],
            row[2],
            LANGUAGES[row[3]],
            row[5],
            EventKind(row[6]),
            row[7],
            row[8],
            moment(row[9]),
        )
        for row in rows
        if row[4] == MemberState.ACTIVE
    ]


async def next_due(connection: AsyncConnection, chat_id: int) -> datetime | None:
    """When the next reminder of a chat falls due; None when none is set."""
    rows = await connection.execute(
        select(func.min(reminder.c.due_at))
        .join(member, member.c.id == reminder.c.member_id)
        .where(member.c.chat_id == chat_id, reminder.c.state == ReminderState.DUE)
    )
    found = rows.scalar()
    return None if found is None else moment(found)


async def has_deadline_ahead(connection: AsyncConnection, chat_id: int, now: datetime) -> bool:
    """Whether a notice sent to a chat has a deadline after ``now``: a reminder will be set for it."""
    rows = await connection.execute(
        select(event.c.id)
        .join(broadcast, broadcast.c.notice_id == event.c.notice_id)
        .join(delivery, delivery.c.broadcast_id == broadcast.c.id)
        .join(member, member.c.id == delivery.c.member_id)
        .where(
            member.c.chat_id == chat_id,
            delivery.c.state == DeliveryState.SENT,
            event.c.kind == EventKind.DEADLINE,
            event.c.starts_at > epoch(now),
        )
        .limit(1)
    )
    return rows.first() is not None


async def mark(connection: AsyncConnection, ids: Iterable[int], state: ReminderState) -> None:
    for group in _groups(sorted(ids)):
        await connection.execute(update(reminder).where(reminder.c.id.in_(group)).values(state=state))


async def end_for_stopped(connection: AsyncConnection, now: datetime) -> None:
    """Due reminders of members who no longer receive end."""
    inactive = select(member.c.id).where(member.c.state != MemberState.ACTIVE)
    await connection.execute(
        update(reminder)
        .where(
            reminder.c.state == ReminderState.DUE,
            reminder.c.due_at <= epoch(now),
            reminder.c.member_id.in_(inactive),
        )
        .values(state=ReminderState.ENDED)
    )


async def end_for_notice(connection: AsyncConnection, member_id: int, notice_id: int) -> int:
    """ "We have applied": no more reminders of this notice for the member, automatic ones included."""
    events = select(event.c.id).where(event.c.notice_id == notice_id)
    maker = sqlite_insert if connection.dialect.name == "sqlite" else pg_insert
    rows = select(
        literal(member_id), event.c.id, literal("auto"), event.c.starts_at, literal(int(ReminderState.ENDED))
    ).where(event.c.notice_id == notice_id)
    await connection.execute(
        maker(reminder)
        .from_select(["member_id", "event_id", "rule", "due_at", "state"], rows)
        .on_conflict_do_nothing()
    )
    result = await connection.execute(
        update(reminder)
        .where(
            reminder.c.member_id == member_id,
            reminder.c.event_id.in_(events),
            reminder.c.state == ReminderState.DUE,
        )
        .values(state=ReminderState.ENDED)
    )
    return result.rowcount


async def asked_before(connection: AsyncConnection, notice_id: int) -> list[int]:
    """The members who asked to be reminded of a date that another notice has replaced, and did not apply."""
    rows = await connection.execute(
        select(reminder.c.member_id)
        .join(event, event.c.id == reminder.c.event_id)
        .where(
            event.c.notice_id == notice_id,
            reminder.c.rule != "auto",
            reminder.c.state != ReminderState.ENDED,
            superseded(),
        )
        .distinct()
        .order_by(reminder.c.member_id)
    )
    return [row.member_id for row in rows]


async def applied_before(connection: AsyncConnection, notice_id: int, now: datetime) -> list[int]:
    """The members who said that they have applied: their automatic reminder ended before its moment.

    Those who stopped, and those whose moment was missed, have theirs ended at or after it.
    """
    rows = await connection.execute(
        select(reminder.c.member_id)
        .join(event, event.c.id == reminder.c.event_id)
        .where(
            event.c.notice_id == notice_id,
            reminder.c.rule == "auto",
            reminder.c.state == ReminderState.ENDED,
            (reminder.c.due_at > epoch(now)) | (reminder.c.due_at == event.c.starts_at),
        )
        .distinct()
        .order_by(reminder.c.member_id)
    )
    return [row.member_id for row in rows]


async def move_event(
    connection: AsyncConnection,
    event_id: int,
    former: datetime,
    at: datetime,
    moments: Mapping[str, datetime],
    now: datetime,
) -> None:
    """A date was corrected from ``former`` to ``at``: its reminders move to ``moments`` (by rule), those
    whose new moment is over end; who has applied stays in peace.

    One that was sent for the former date is due again for the new one.
    """
    await connection.execute(
        update(reminder)
        .where(
            reminder.c.event_id == event_id,
            reminder.c.state == ReminderState.ENDED,
            (reminder.c.due_at == epoch(former)) | (reminder.c.due_at > epoch(now)),
        )
        .values(due_at=epoch(at))  # the sign of those who have applied, see ``applied_before``
    )
    alive = (reminder.c.event_id == event_id) & (reminder.c.state != ReminderState.ENDED)
    for rule, moment_ in moments.items():
        comes = now < moment_ < at
        state = ReminderState.DUE if comes else ReminderState.ENDED
        await connection.execute(
            update(reminder)
            .where(alive, reminder.c.rule == rule)
            .values(state=state, due_at=epoch(moment_ if comes else min(moment_, now)))
        )
    gone = (reminder.c.state == ReminderState.DUE) & reminder.c.rule.not_in(list(moments))
    await connection.execute(
        update(reminder).where(reminder.c.event_id == event_id, gone).values(state=ReminderState.ENDED)
    )


async def end_superseded(connection: AsyncConnection, notice_id: int) -> int:
    """End the open reminders of dates that another notice has replaced; returns how many."""
    replaced = select(event.c.id).where(event.c.notice_id == notice_id, superseded())
    result = await connection.execute(
        update(reminder)
        .where(reminder.c.event_id.in_(replaced), reminder.c.state == ReminderState.DUE)
        .values(state=ReminderState.ENDED)
    )
    return result.rowcount


async def waiting(connection: AsyncConnection) -> int:
    return (
        await connection.execute(
            select(func.count()).select_from(reminder).where(reminder.c.state == ReminderState.DUE)
        )
    ).scalar_one()


def _groups(ids: list[int], size: int = 500) -> list[list[int]]:
    return [ids[start : start + size] for start in range(0, len(ids), size)]

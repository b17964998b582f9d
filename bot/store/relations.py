"""Notices and their kin: candidates for a match, confirmed relations, and what a released one replaces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.domain.notice import Notice, notice_from_json
from bot.domain.relation import Hints, Relation
from bot.store.notices import StoredNotice, get, released_query, to_record
from bot.store.tables import NoticeState, event, notice
from bot.understanding.relations import Known

CANDIDATE_DAYS = timedelta(days=400)
"""How far back an extension may reach: a little over a year, as for yearly fairs and quotas."""
_MOST = 2_000
_LONGEST_ROW = 10
_MOVING = (Relation.EXTENSION.value, Relation.POSTPONED.value, Relation.CORRECTION.value)


async def released_since(
    connection: AsyncConnection, since: datetime, *, limit: int = _MOST
) -> tuple[StoredNotice, ...]:
    """What members have got since a moment, newest first."""
    rows = await connection.execute(released_query().where(notice.c.released_at >= epoch(since)).limit(limit))
    return tuple(to_record(row) for row in rows)


def known(stored: Sequence[StoredNotice], zone: ZoneInfo) -> tuple[Known, ...]:
    """Released notices as the matching knows them."""
    return tuple(
        Known(one.id, one.facts, one.number, one.document_date, one.released_at.astimezone(zone).date())
        for one in stored
        if one.released_at is not None
    )


async def set_relation(
    connection: AsyncConnection, notice_id: int, related_id: int | None, relation: Relation | None
) -> None:
    """Keep what a notice belongs to, as staff have confirmed it."""
    values = {"related_id": related_id, "relation": relation.value if relation else None}
    await connection.execute(update(notice).where(notice.c.id == notice_id).values(**values))


async def set_hints(connection: AsyncConnection, notice_id: int, hints: Hints) -> None:
    """Keep what staff are asked about a draft's kin."""
    await connection.execute(
        update(notice)
        .where(notice.c.id == notice_id)
        .values(hints=hints.to_json() if hints != Hints() else None)
    )


async def set_path(connection: AsyncConnection, notice_id: int, path: Sequence[str]) -> None:
    """Keep every way by which a notice's news came."""
    await connection.execute(update(notice).where(notice.c.id == notice_id).values(path=list(path)))


async def former_facts(connection: AsyncConnection, stored: StoredNotice) -> Notice | None:
    """The facts of the notice that ``stored`` changes; None when there is none."""
    if stored.related_id is None:
        return None
    row = (
        await connection.execute(select(notice.c.facts).where(notice.c.id == stored.related_id))
    ).one_or_none()
    return notice_from_json(row.facts) if row else None


async def latest_of(connection: AsyncConnection, notice_id: int) -> StoredNotice | None:
    """The notice itself, or the newest released one that took its dates' place."""
    found = await get(connection, notice_id)
    for _ in range(_LONGEST_ROW):
        row = (
            await connection.execute(
                select(notice.c.id)
                .where(
                    notice.c.related_id == notice_id,
                    notice.c.state == NoticeState.RELEASED,
                    notice.c.excluded == 0,
                    notice.c.relation.in_(_MOVING),
                    exists().where(event.c.notice_id == notice.c.id),
                )
                .order_by(notice.c.released_at.desc(), notice.c.id.desc())
                .limit(1)
            )
        ).one_or_none()
        if row is None:
            return found
        notice_id = row.id
        found = await get(connection, notice_id)
    return found


def superseded() -> ColumnElement[bool]:
    """The condition on ``event`` that a released notice has called it off or given another day for it.

    An extension's deadline replaces deadlines, a postponement's new day meetings, and so on: only dates
    of the same kind; a cancellation ends all.
    """
    later, day = notice.alias("later"), event.alias("later_day")
    anew = (
        exists()
        .where(day.c.notice_id == later.c.id, day.c.kind == event.c.kind)
        .correlate(later, event)  # two levels up is not found by itself
    )
    moved = and_(later.c.relation.in_(_MOVING), anew)
    return (
        exists()
        .where(
            later.c.related_id == event.c.notice_id,
            later.c.state == NoticeState.RELEASED,
            later.c.excluded == 0,
            or_(later.c.relation == Relation.CANCELLED.value, moved),
        )
        .correlate(event)
    )


async def sent_day(connection: AsyncConnection, notice_id: int, zone: ZoneInfo) -> tuple[str, date] | None:
    """A released notice's title and the day it went out; None when it is not released (any more)."""
    stored = await get(connection, notice_id)
    if stored is None or stored.released_at is None:
        return None
    return stored.facts.title, stored.released_at.astimezone(zone).date()

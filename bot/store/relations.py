"""Notices and their kin: candidates for a match, confirmed relations, and what a released one replaces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.domain.notice import Notice, notice_from_json, notice_to_json
from bot.domain.relation import Amend, Hints, Relation
from bot.store.notices import OPEN_STATES, StoredNotice, get, released_query, to_record
from bot.store.tables import NoticeState, event, notice
from bot.understanding.relations import Known

CANDIDATE_DAYS = timedelta(days=400)
"""How far back an extension may reach: a little over a year, as for yearly fairs and quotas."""
_MOST = 2_000
_LONGEST_ROW = 10
_MOVING = (
    Relation.EXTENSION.value,
    Relation.POSTPONED.value,
    Relation.CORRECTION.value,
    Relation.UPDATE.value,
)


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
    if stored.former is not None:
        return stored.former
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
        if found is not None and found.replaced_by is not None:
            notice_id = found.replaced_by
            found = await get(connection, notice_id)
            continue
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
    of the same kind; a cancellation ends all, and so does what replaces the notice as a whole.
    """
    own, later, day = notice.alias("own"), notice.alias("later"), event.alias("later_day")
    replaced = (
        exists().where(own.c.id == event.c.notice_id, own.c.replaced_by_id.is_not(None)).correlate(event)
    )
    anew = (
        exists()
        .where(day.c.notice_id == later.c.id, day.c.kind == event.c.kind)
        .correlate(later, event)  # two levels up is not found by itself
    )
    moved = and_(later.c.relation.in_(_MOVING), anew)
    changed = (
        exists()
        .where(
            later.c.related_id == event.c.notice_id,
            later.c.state == NoticeState.RELEASED,
            later.c.excluded == 0,
            or_(later.c.relation == Relation.CANCELLED.value, moved),
        )
        .correlate(event)
    )
    return or_(replaced, changed)


async def family(connection: AsyncConnection, notice_id: int) -> tuple[int, ...]:
    """The released notices that change one another, this one included, oldest first.

    A follow-up only speaks of another notice: it neither changes it nor is called off with it.
    """
    rows = await connection.execute(
        select(notice.c.id, notice.c.related_id).where(
            notice.c.related_id.is_not(None),
            notice.c.state == NoticeState.RELEASED,
            notice.c.excluded == 0,
            notice.c.relation != Relation.FOLLOW_UP.value,
            or_(notice.c.amend.is_(None), notice.c.amend != Amend.EDIT.value),
        )
    )
    pairs = [(row.id, row.related_id) for row in rows]
    known = {notice_id}
    while more := {one for pair in pairs if known & set(pair) for one in pair} - known:
        known |= more
    return tuple(sorted(known))


async def changed_by(connection: AsyncConnection, notice_id: int) -> tuple[int, ...]:
    """The notices whose copies a sending of this one is about: its own, and those it replaces."""
    rows = await connection.execute(select(notice.c.id).where(notice.c.replaced_by_id == notice_id))
    return tuple(sorted({notice_id, *(row.id for row in rows)}))


async def replace_all(connection: AsyncConnection, notice_ids: Sequence[int], by: int) -> None:
    """From now on ``by`` says all that still holds of these notices."""
    await connection.execute(
        update(notice).where(notice.c.id.in_(notice_ids), notice.c.id != by).values(replaced_by_id=by)
    )


async def set_amend(
    connection: AsyncConnection, notice_id: int, amend: Amend, former: Notice, *, everyone: bool
) -> None:
    """Make a new draft one that changes the notice it is related to, whose facts are ``former`` now."""
    values = {"amend": amend.value, "former": notice_to_json(former), "everyone": int(everyone)}
    await connection.execute(update(notice).where(notice.c.id == notice_id).values(**values))


async def open_amendments(connection: AsyncConnection, notice_id: int) -> tuple[StoredNotice, ...]:
    """The drafts under way that change a notice, newest first."""
    rows = await connection.execute(
        select(notice)
        .where(
            notice.c.related_id == notice_id,
            notice.c.amend.is_not(None),
            notice.c.state.in_(OPEN_STATES),
        )
        .order_by(notice.c.id.desc())
    )
    return tuple(to_record(row) for row in rows)


async def corrections(connection: AsyncConnection, notice_id: int) -> tuple[StoredNotice, ...]:
    """The released corrections in place of a notice, oldest first."""
    rows = await connection.execute(
        select(notice)
        .where(
            notice.c.related_id == notice_id,
            notice.c.amend == Amend.EDIT.value,
            notice.c.state == NoticeState.RELEASED,
        )
        .order_by(notice.c.released_at, notice.c.id)
    )
    return tuple(to_record(row) for row in rows)


async def sent_day(connection: AsyncConnection, notice_id: int, zone: ZoneInfo) -> tuple[str, date] | None:
    """A released notice's title and the day it went out; None when it is not released (any more)."""
    stored = await get(connection, notice_id)
    if stored is None or stored.released_at is None:
        return None
    return stored.facts.title, stored.released_at.astimezone(zone).date()

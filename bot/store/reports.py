"""Which circulars are being sent or have been: their broadcasts, whether all are finished and told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, exists, func, literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.domain.member import LANGUAGES
from bot.store.tables import (
    HELD_DELIVERY,
    OPEN_BROADCAST_ID,
    OPEN_DELIVERY,
    BroadcastState,
    DeliveryState,
    broadcast,
    delivery,
    member,
    notice,
)


@dataclass(frozen=True, slots=True)
class Sending:
    """A circular's broadcasts; ``paused`` when one of them is, by a fault or by hand; ``stopped`` when one
    was ended by hand. ``finished_at``: epoch seconds of the last end, 0 before.

    A correction is a sending of its own: ``correction`` is the broadcast of its edits (0: none), the other
    one sends new messages where that was refused.
    """

    root_id: int
    broadcast_ids: tuple[int, ...]
    finished: bool
    paused: bool
    stopped: bool = False
    finished_at: int = 0
    correction: int = 0


_correction_of = case(
    (broadcast.c.purpose.like("correction:%"), func.coalesce(broadcast.c.follows_id, broadcast.c.id)),
    else_=literal_column("0"),
)


async def sendings(
    connection: AsyncConnection, *, unreported: bool = False, limit: int = 10
) -> tuple[Sending, ...]:
    """The newest sendings first; with ``unreported`` those that ended and were not told of, oldest first.

    For a report a sending has ended when nothing is left but rows that wait for their members' digests:
    staff do not wait a week for the result of the others.
    """
    root = func.coalesce(notice.c.parent_id, notice.c.id)
    newest = func.max(broadcast.c.id)
    still_open = exists().where(OPEN_DELIVERY, broadcast.c.id == OPEN_BROADCAST_ID).select_from(delivery)
    held = exists().where(HELD_DELIVERY, broadcast.c.id == delivery.c.broadcast_id)
    ended = or_(
        broadcast.c.state.in_((BroadcastState.FINISHED, BroadcastState.STOPPED)),
        and_(broadcast.c.state == BroadcastState.SENDING, ~still_open, held),
    )
    query = (
        select(root, _correction_of)
        .select_from(broadcast.join(notice, notice.c.id == broadcast.c.notice_id))
        .group_by(root, _correction_of)
        .limit(limit)
    )
    if unreported:
        all_ended = func.count() == func.count().filter(ended)
        told = func.count().filter(broadcast.c.reported_at.is_(None)) == 0
        query = query.having(all_ended, ~told).order_by(newest)
    else:
        query = query.order_by(newest.desc())
    found = [(row[0], row[1]) for row in await connection.execute(query)]
    return tuple([await sending(connection, root_id, number) for root_id, number in found])


async def sending(connection: AsyncConnection, root_id: int, correction: int = 0) -> Sending:
    """The broadcasts of one circular, in the order of its items, or those of one ``correction`` of it."""
    rows = (
        await connection.execute(
            select(broadcast.c.id, broadcast.c.state, broadcast.c.finished_at)
            .join(notice, notice.c.id == broadcast.c.notice_id)
            .where((notice.c.id == root_id) | (notice.c.parent_id == root_id), _correction_of == correction)
            .order_by(broadcast.c.id)
        )
    ).all()
    states = [row.state for row in rows]
    ended = (BroadcastState.FINISHED, BroadcastState.STOPPED)
    return Sending(
        root_id,
        tuple(row.id for row in rows),
        all(state in ended for state in states),
        BroadcastState.PAUSED in states,
        BroadcastState.STOPPED in states,
        max((row.finished_at or 0 for row in rows), default=0),
        correction,
    )


async def by_language(connection: AsyncConnection, broadcast_id: int) -> dict[str, dict[str, int]]:
    """The rows of a broadcast by their members' language and the name of their state."""
    rows = await connection.execute(
        select(member.c.language, delivery.c.state, func.count())
        .join(member, member.c.id == delivery.c.member_id)
        .where(delivery.c.broadcast_id == broadcast_id)
        .group_by(member.c.language, delivery.c.state)
    )
    counts: dict[str, dict[str, int]] = {language: {} for language in LANGUAGES}
    for language, state, number in rows:
        counts[LANGUAGES[language]][DeliveryState(state).name.lower()] = number
    return counts


async def mark_reported(connection: AsyncConnection, broadcast_ids: Sequence[int], now: datetime) -> None:
    await connection.execute(
        update(broadcast).where(broadcast.c.id.in_(list(broadcast_ids))).values(reported_at=epoch(now))
    )

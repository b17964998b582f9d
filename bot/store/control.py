"""A hand on a running sending: pause, go on, stop, once more to those it failed for.

Every step is a guarded UPDATE: of two people who tap at once one is told that it has happened already.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, delete, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.domain.member import MemberState
from bot.store.tables import (
    OPEN_DELIVERY,
    BroadcastState,
    DeliveryState,
    broadcast,
    delivery,
    delivery_error,
    member,
)


async def pause(connection: AsyncConnection, broadcast_ids: Sequence[int]) -> int:
    """Lease nothing more of these; what is on its way arrives. How many were running."""
    return await _move(connection, broadcast_ids, (BroadcastState.SENDING,), BroadcastState.PAUSED)


async def resume(connection: AsyncConnection, broadcast_ids: Sequence[int]) -> int:
    """Go on with those that are paused; how many were."""
    return await _move(connection, broadcast_ids, (BroadcastState.PAUSED,), BroadcastState.SENDING)


async def stop(connection: AsyncConnection, broadcast_ids: Sequence[int], now: datetime) -> int:
    """End these for good: who has not got it gets it no more. How many were open."""
    open_states = (BroadcastState.SENDING, BroadcastState.PAUSED)
    moved = await _move(connection, broadcast_ids, open_states, BroadcastState.STOPPED, epoch(now))
    await skip_stopped(connection)
    return moved


async def skip_stopped(connection: AsyncConnection) -> int:
    """Skip what waits in stopped broadcasts; also what was on its way at the stop and came back."""
    stopped = select(broadcast.c.id).where(broadcast.c.state == BroadcastState.STOPPED)
    result = await connection.execute(
        update(delivery)
        .where(
            OPEN_DELIVERY,
            delivery.c.state == DeliveryState.QUEUED,
            delivery.c.broadcast_id.in_(stopped),
        )
        .values(state=DeliveryState.SKIPPED)
    )
    return result.rowcount


async def count_failed(connection: AsyncConnection, broadcast_ids: Sequence[int]) -> int:
    """Messages that failed for members who are still there."""
    query = select(func.count()).select_from(_failed(broadcast_ids).subquery())
    return int((await connection.execute(query)).scalar_one())


async def resend_failed(connection: AsyncConnection, broadcast_ids: Sequence[int]) -> int:
    """Queue anew what failed in ended broadcasts for members who are still there; how many messages.

    Who blocked the bot, stopped or may have got it (unknown) is left alone.
    """
    ended = (BroadcastState.FINISHED, BroadcastState.STOPPED)
    query = _failed(broadcast_ids).where(broadcast.c.state.in_(ended))
    rows = [(row.broadcast_id, row.member_id) for row in await connection.execute(query)]
    if not rows:
        return 0
    # In groups: a statement takes only so many values.
    for start in range(0, len(rows), 400):
        group = rows[start : start + 400]
        await connection.execute(
            update(delivery)
            .where(tuple_(delivery.c.broadcast_id, delivery.c.member_id).in_(group))
            .values(state=DeliveryState.QUEUED, attempts=0, not_before=None)
        )
        error_of = tuple_(delivery_error.c.broadcast_id, delivery_error.c.member_id)
        await connection.execute(delete(delivery_error).where(error_of.in_(group)))
    await connection.execute(
        update(broadcast)
        .where(broadcast.c.id.in_({broadcast_id for broadcast_id, _ in rows}))
        .values(state=BroadcastState.SENDING, finished_at=None, reported_at=None)
    )
    return len(rows)


def _failed(broadcast_ids: Sequence[int]) -> Select[tuple[int, int]]:
    return (
        select(delivery.c.broadcast_id, delivery.c.member_id)
        .join(member, member.c.id == delivery.c.member_id)
        .join(broadcast, broadcast.c.id == delivery.c.broadcast_id)
        .where(
            delivery.c.broadcast_id.in_(list(broadcast_ids)),
            delivery.c.state == DeliveryState.FAILED,
            member.c.state == MemberState.ACTIVE,
        )
    )


async def _move(
    connection: AsyncConnection,
    broadcast_ids: Sequence[int],
    expected: Sequence[BroadcastState],
    to: BroadcastState,
    finished_at: int | None = None,
) -> int:
    result = await connection.execute(
        update(broadcast)
        .where(broadcast.c.id.in_(list(broadcast_ids)), broadcast.c.state.in_(list(expected)))
        .values(state=to, finished_at=finished_at, trouble=None)
    )
    return result.rowcount

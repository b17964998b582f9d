"""What is erased when its time is over, by moments that the settings give."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.domain.member import MemberState
from bot.store import erase
from bot.store.tables import BroadcastState, audit, broadcast, delivery, delivery_error, member

ERASED_AT_ONCE = 500
"""A write lock is not held for longer than so many erasures take."""


async def erase_inactive(connection: AsyncConnection, before: datetime) -> int:
    """Erase who stopped, blocked the bot or left before a moment; how many, at most 500 a time."""
    rows = await connection.execute(
        select(member.c.chat_id, member.c.id)
        .where(member.c.state != MemberState.ACTIVE, member.c.state_at < epoch(before))
        .limit(ERASED_AT_ONCE)
    )
    found = rows.all()
    for chat_id, member_id in found:
        await erase.erase(connection, chat_id, member_id)
    return len(found)


async def purge_deliveries(connection: AsyncConnection, before: datetime) -> int:
    """Forget who got what of broadcasts that ended before a moment; how many rows."""
    ended = select(broadcast.c.id).where(
        broadcast.c.state.in_((BroadcastState.FINISHED, BroadcastState.STOPPED)),
        broadcast.c.finished_at < epoch(before),
    )
    await connection.execute(
        delete(delivery_error).where(
            exists().where(and_(broadcast.c.id == delivery_error.c.broadcast_id, broadcast.c.id.in_(ended)))
        )
    )
    gone = await connection.execute(delete(delivery).where(delivery.c.broadcast_id.in_(ended)))
    return gone.rowcount


async def purge_audit(connection: AsyncConnection, before: datetime) -> int:
    """Forget audit lines older than a moment; how many."""
    return (await connection.execute(delete(audit).where(audit.c.at < epoch(before)))).rowcount

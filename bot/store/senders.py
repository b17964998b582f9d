"""The senders at work on one PostgreSQL database: they share one rate. Times are the database's own."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    bindparam,
    delete,
    func,
    literal_column,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.db import APPLICATION, FROZEN_MS
from bot.store.tables import sender

ALIVE_MS = 5_000
"""Who said nothing for so long is taken for dead: its share goes to the others."""

_NOW_MS: ColumnElement[int] = literal_column(
    "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)", BigInteger
)


async def end_frozen(connection: AsyncConnection, frozen_ms: int = FROZEN_MS) -> int:
    """End our connections that hold up a statement for longer than ``frozen_ms``; how many. PostgreSQL only.

    asyncpg prepares a statement without a Sync
    (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY). For the server a
    process frozen there is not idle in its transaction but active, waiting for its client: none of its
    timeouts ends that, and the rows it locked would be locked for as long as the process is frozen.
    """
    ended = await connection.execute(_END_FROZEN, {"application": APPLICATION, "frozen_ms": frozen_ms})
    return sum(1 for (done,) in ended if done)


_END_FROZEN = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND usename = current_user AND application_name = :application"
    " AND pid <> pg_backend_pid() AND state = 'active' AND wait_event = 'ClientRead'"
    " AND query_start < clock_timestamp() - :frozen_ms * interval '1 millisecond'"
).bindparams(bindparam("frozen_ms", type_=Integer))


async def beat(connection: AsyncConnection, owner: int) -> int:
    """``owner`` lives; how many senders do, itself included. PostgreSQL only."""
    statement = insert(sender).values(owner=owner, seen_ms=_NOW_MS)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["owner"], set_={"seen_ms": _NOW_MS})
    )
    alive = select(func.count()).select_from(sender).where(sender.c.seen_ms > _NOW_MS - ALIVE_MS)
    return int((await connection.execute(alive)).scalar_one())


async def leave(connection: AsyncConnection, owner: int) -> None:
    """``owner`` sends no more."""
    await connection.execute(delete(sender).where(sender.c.owner == owner))

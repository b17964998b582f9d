"""The senders at work on one PostgreSQL database: they share one rate. Times are the database's own."""

from __future__ import annotations

from sqlalchemy import BigInteger, ColumnElement, delete, func, literal_column, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import sender

ALIVE_MS = 5_000
"""Who said nothing for so long is taken for dead: its share goes to the others."""

_NOW_MS: ColumnElement[int] = literal_column(
    "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)", BigInteger
)


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

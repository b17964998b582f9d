"""Telegram's "retry after", kept over restarts."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import throttle


async def put(connection: AsyncConnection, scope: str, until_ms: int) -> None:
    """``scope`` (``all`` or ``chat:<id>``) is closed until an epoch millisecond; the last word counts."""
    insert = sqlite_insert if connection.dialect.name == "sqlite" else pg_insert
    # In one statement: workers side by side may be told the same at once.
    statement = insert(throttle).values(scope=scope, until_ms=until_ms)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["scope"], set_={"until_ms": until_ms})
    )


async def load(connection: AsyncConnection, now_ms: int) -> dict[str, int]:
    """The scopes that are still closed, with their ends; the others are forgotten."""
    await connection.execute(delete(throttle).where(throttle.c.until_ms <= now_ms))
    rows = await connection.execute(select(throttle.c.scope, throttle.c.until_ms))
    return {row.scope: row.until_ms for row in rows}

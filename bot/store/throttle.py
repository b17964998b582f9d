"""Telegram's "retry after", kept over restarts."""

from __future__ import annotations

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import throttle


async def put(connection: AsyncConnection, scope: str, until_ms: int) -> None:
    """``scope`` (``all`` or ``chat:<id>``) is closed until an epoch millisecond."""
    await connection.execute(delete(throttle).where(throttle.c.scope == scope))
    await connection.execute(insert(throttle).values(scope=scope, until_ms=until_ms))


async def load(connection: AsyncConnection, now_ms: int) -> dict[str, int]:
    """The scopes that are still closed, with their ends; the others are forgotten."""
    await connection.execute(delete(throttle).where(throttle.c.until_ms <= now_ms))
    rows = await connection.execute(select(throttle.c.scope, throttle.c.until_ms))
    return {row.scope: row.until_ms for row in rows}

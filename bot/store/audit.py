"""Who of the staff did what, when: rows are only ever added."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch, moment
from bot.rendering.log import LogLine
from bot.store.tables import audit


async def write(
    connection: AsyncConnection,
    now: datetime,
    user_id: int | None,
    action: str,
    object: str,
    detail: dict[str, Any] | None = None,
) -> None:
    """One line of the audit log; ``object`` like ``notice:12``, ``detail`` without personal data."""
    await connection.execute(
        insert(audit).values(at=epoch(now), user_id=user_id, action=action, object=object, detail=detail)
    )


async def page(connection: AsyncConnection, limit: int, *, before: int | None = None) -> list[LogLine]:
    """The newest lines first; with ``before`` those older than that line."""
    query = select(audit).order_by(audit.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(audit.c.id < before)
    rows = await connection.execute(query)
    return [LogLine(row.id, moment(row.at), row.user_id, row.action, row.object) for row in rows]

"""Who of the staff did what, when: rows are only ever added."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
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

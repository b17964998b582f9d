"""The pause of a copy: a database taken from a backup sends nothing until somebody says so.

Its original may still live, or have lived on after the backup was made: what the copy believes to be
unsent may have been sent (a mail server restored from a snapshot sent a finished campaign again:
https://github.com/knadh/listmonk/issues/1801). The mark stands in the copy itself, so that it also holds
for one that was put in place by hand.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import meta as values
from bot.store.tables import meta

KEY = "paused"


class Pause(StrEnum):
    """``COPY``: a copy as it was made; ``SETTLED``: what may have been sent meanwhile is put aside."""

    COPY = "copy"
    SETTLED = "settled"


async def get(connection: AsyncConnection) -> Pause | None:
    """The database's pause; None when it may send."""
    value = await values.get(connection, KEY)
    return None if value is None else Pause(value)


async def put(connection: AsyncConnection, pause: Pause) -> None:
    await values.put(connection, KEY, pause)


async def end(connection: AsyncConnection) -> bool:
    """Send from now on; False when nothing was paused."""
    return (await connection.execute(delete(meta).where(meta.c.key == KEY))).rowcount == 1


def no_pause() -> ColumnElement[bool]:
    """The condition under which anything may be leased."""
    return ~exists(select(meta.c.key).where(meta.c.key == KEY))

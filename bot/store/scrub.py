"""The traces of an erasure: what was deleted from the database must not stay in its WAL.

``secure_delete`` writes zeros over deleted content in the pages, but the WAL holds the pages as they were
until it is written back and cut (https://sqlite.org/wal.html, https://sqlite.org/pragma.html#pragma_secure_delete).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.store import meta
from bot.store.db import Database
from bot.store.tables import OPEN_ANSWER, answer

KEY = "scrub"


async def ask(connection: AsyncConnection, now: datetime) -> None:
    """Remember, with the erasure itself, that the WAL is to be cut."""
    await meta.put(connection, KEY, str(epoch(now)))


async def scrub(db: Database) -> bool:
    """Cut the WAL when an erasure asked for it and its last answer is gone; True when nothing is left to
    do. PostgreSQL keeps no such file within our reach."""
    async with db.read() as connection:
        asked = await meta.get(connection, KEY)
        if asked is None:
            return True
        waiting = exists().where(OPEN_ANSWER, answer.c.created_at <= int(asked))
        if await connection.scalar(select(waiting)):
            return False
    if db.is_sqlite:
        async with db.engine.connect() as connection:
            busy = (await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]
        if busy:
            return False
    async with db.write() as connection:
        if await meta.get(connection, KEY) == asked:
            await meta.remove(connection, KEY)
    return True

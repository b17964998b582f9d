"""A stop in the middle of much work at the database: nothing hangs, no connection is given up."""

from __future__ import annotations

import asyncio
import logging
import random
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store.db import Database, open_database
from bot.store.migrate import upgrade

STOPS = 80


async def work(db: Database) -> None:
    """At the database most of the time."""
    while True:
        async with db.write() as connection:
            await connection.execute(text("SELECT 1"))
        await db.read_at_once(lambda raw: raw.execute("SELECT 1").fetchone())
        await db.write_at_once(lambda raw: raw.execute("SELECT 1").fetchone())
        async with db.read() as connection:
            await connection.execute(text("SELECT 1"))
        await asyncio.sleep(0.003)


async def test_who_is_cancelled_when_it_is_quiet_leaves_every_connection_whole(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    db = open_database(f"sqlite+aiosqlite:///{tmp_path / 'quiet.db'}")
    await upgrade(db)
    chance = random.Random(7)
    with caplog.at_level(logging.WARNING, logger="sqlalchemy.pool"):
        for _ in range(STOPS):
            task = asyncio.create_task(work(db))
            await asyncio.sleep(chance.uniform(0, 0.01))
            await db.quiet()
            task.cancel()
            done, _ = await asyncio.wait([task], timeout=20)
            assert done
    await asyncio.wait_for(db.close(), 20)
    assert not caplog.records


async def test_who_stays_at_the_database_is_waited_for_a_while_only(tmp_path: Path) -> None:
    db = open_database(f"sqlite+aiosqlite:///{tmp_path / 'busy.db'}")
    async with db.read():
        await asyncio.wait_for(db.quiet(0.05), 20)
    await db.close()

"""The dispatcher alone in a process of its own, to be killed.

``python -m tests.programs.sender DATABASE API_URL TOKEN [FLAG…]`` sends what waits and ends when no
broadcast is under way any more. ``DATABASE`` is a file's path or a database's address; ``resend`` and
``hold`` are other ways after a crash than to probe. Two flags are mutants that prove that the test of the
crash can fail: ``cursor`` takes rows as sent before it sends them, ``batch`` marks them when a batch is done.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime

import aiohttp
from sqlalchemy import Dialect, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import SystemClock
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.ledger import AfterCrash
from bot.delivery.limiter import Limiter
from bot.delivery.owner import own
from bot.delivery.sender import Sender
from bot.errors import SirkulerError
from bot.metrics import Metrics
from bot.store import leases
from bot.store.db import Database, open_database
from bot.store.leases import Claim, Result
from bot.store.straight import in_one_go
from bot.store.tables import BroadcastState, DeliveryState, broadcast

RATE = 1000.0
IN_FLIGHT = 64
LEASE = 6  # short: with several senders the next one waits for its end
SETTLE = 0.5  # the sandbox's slowest answer takes a tenth of it
BATCH = 500


async def send(database: str, url: str, token: str, after_crash: AfterCrash) -> None:
    """Send until everything is. Raises ``DatabaseError`` when another process owns the file."""
    db = open_database(database if "://" in database else f"sqlite+aiosqlite:///{database}")

    with own(db) as owner:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            dispatcher = Dispatcher(
                db,
                Sender(session, url, token),
                Limiter(RATE),
                SystemClock(),
                Metrics(),
                owner=owner,
                in_flight=IN_FLIGHT,
                after_crash=after_crash,
                settle=SETTLE,
                lease_seconds=LEASE,
            )
            running = asyncio.create_task(dispatcher.run())
            while not running.done() and await under_way(db):  # noqa: ASYNC110 - a row has no event
                await asyncio.sleep(0.1)
            await dispatcher.stop()
            await running
    await db.close()


async def under_way(db: Database) -> bool:
    """Whether a broadcast is still being sent."""
    async with db.read() as connection:
        running = select(broadcast.c.id).where(broadcast.c.state == BroadcastState.SENDING).limit(1)
        return (await connection.execute(running)).first() is not None


def keep_a_cursor() -> None:
    """Claim by marking as sent, in the same transaction: no lease is left for anybody to find. (SQLite.)"""
    sound = leases.claim_at_once

    def careless(
        raw: sqlite3.Connection, dialect: Dialect, owner: int, at: int, lease_seconds: int, limit: int
    ) -> list[Claim]:
        claims = sound(raw, dialect, owner, at, lease_seconds, limit)
        leases.mark_sent_at_once(raw, dialect, owner, [(one, None) for one in claims])
        return claims

    leases.claim_at_once = careless


def mark_in_batches() -> None:
    """Write down what was sent only when much has come together, and without what a successor must know.
    (SQLite.)"""
    sound, sound_at_once = leases.mark, leases.mark_sent_at_once
    waiting: list[tuple[Claim, int | None]] = []

    def late_at_once(
        raw: sqlite3.Connection, dialect: Dialect, owner: int, sent: Iterable[tuple[Claim, int | None]]
    ) -> None:
        waiting.extend(sent)
        queued = f"SELECT 1 FROM delivery WHERE delivery.state = {int(DeliveryState.QUEUED)} LIMIT 1"
        if len(waiting) >= BATCH or raw.execute(queued).fetchone() is None:
            batch, waiting[:] = list(waiting), []
            sound_at_once(raw, dialect, owner, batch)

    async def late(
        connection: AsyncConnection, results: Sequence[Result], owner: int, now: datetime
    ) -> int | None:
        sent = [(one.claim, one.telegram_message_id) for one in results if one.state is DeliveryState.SENT]
        dialect = connection.dialect
        await in_one_go(connection, lambda raw: late_at_once(raw, dialect, owner, sent))
        rest = [one for one in results if one.state is not DeliveryState.SENT]
        return await sound(connection, rest, owner, now)

    leases.mark, leases.mark_sent_at_once = late, late_at_once


def main(database: str, url: str, token: str, flags: Sequence[str]) -> None:
    if "cursor" in flags:
        keep_a_cursor()
    if "batch" in flags:
        mark_in_batches()
    after_crash: AfterCrash = "resend" if "resend" in flags else "hold" if "hold" in flags else "probe"
    asyncio.run(send(database, url, token, after_crash))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:4], flags=sys.argv[4:])
    except SirkulerError as error:
        sys.exit(error.sentence)

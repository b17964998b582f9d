"""The dispatcher alone in a process of its own, to be killed.

``python -m tests.programs.sender DATABASE_FILE API_URL TOKEN [careless]`` sends what waits and ends with
the first broadcast that is complete. ``careless`` is a mutant: it takes rows as sent before it sends them,
as a cursor does, and so proves that the test of the crash can fail.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime

import aiohttp
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import SystemClock
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.limiter import Limiter
from bot.delivery.owner import own
from bot.delivery.sender import Sender
from bot.errors import SirkulerError
from bot.metrics import Metrics
from bot.store import leases
from bot.store.db import open_database
from bot.store.leases import Claim, Result
from bot.store.tables import DeliveryState

RATE = 1000.0
IN_FLIGHT = 64


async def send(file: str, url: str, token: str) -> None:
    """Send until a broadcast is complete. Raises ``DatabaseError`` when another process owns the file."""
    db = open_database(f"sqlite+aiosqlite:///{file}")
    complete = asyncio.Event()

    async def on_finished(_: list[int]) -> None:
        complete.set()

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
                on_finished=on_finished,
            )
            running = asyncio.create_task(dispatcher.run())
            await complete.wait()
            await dispatcher.stop()
            await running
    await db.close()


def become_careless() -> None:
    """Claim by marking as sent, in the same transaction: no lease is left for anybody to find."""
    sound = leases.claim

    async def careless(
        connection: AsyncConnection, owner: int, now: datetime, lease_seconds: int, limit: int
    ) -> list[Claim]:
        claims = await sound(connection, owner, now, lease_seconds, limit)
        await leases.mark(connection, [Result(one, DeliveryState.SENT) for one in claims], owner, now)
        return claims

    leases.claim = careless


if __name__ == "__main__":
    if "careless" in sys.argv[4:]:
        become_careless()
    try:
        asyncio.run(send(*sys.argv[1:4]))
    except SirkulerError as error:
        sys.exit(error.sentence)

"""Messages per second of the whole outbox, as a ratio to a peer in the same run.

Ours: rows leased, sent and marked in an SQLite file (synchronous=FULL). The peer: python-telegram-bot's
own ``Bot.send_message`` on its own transport, as many calls in flight, and nothing written down. Both
send the same text to the same sandbox, a process of its own on loopback that answers at once.

``python benchmarks/fan_out.py [MESSAGES [IN_FLIGHT…]]``; figures move with the machine, ratios hold.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import tempfile
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import aiohttp
from sqlalchemy import insert
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.clock import SystemClock, epoch
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.limiter import Limiter
from bot.delivery.sender import Sender
from bot.domain.audience import Audience
from bot.domain.notice import Document, Kind, Notice
from bot.metrics import Metrics
from bot.sandbox.server import Server
from bot.sandbox.world import DEFAULT_TOKEN, World
from bot.store import notices, outbox
from bot.store.db import Database, open_database
from bot.store.migrate import upgrade
from bot.store.tables import member

TEXT = "<b>SKDM bilgilendirme toplantısı</b>\n" + "Bilgilendirme toplantısı yapılacaktır. " * 14
KEYBOARD = {
    "inline_keyboard": [[{"text": "Başvuru", "url": "https://a.example/"}, {"text": "Takvim", "url": "https://b.example/"}]]
}  # fmt: skip
FIRST_CHAT = 1_000_001
UNLIMITED = 1e6
REPETITIONS = 2


async def ours(url: str, in_flight: int, number: int) -> float:
    """Seconds from the first lease to the last mark of a broadcast."""
    with tempfile.TemporaryDirectory(prefix="sirkuler-bench-") as folder:
        db = open_database(f"sqlite+aiosqlite:///{folder}/bench.db")
        try:
            await upgrade(db)
            await fill(db, number)
            return await dispatch(db, url, in_flight)
        finally:
            await db.close()


async def fill(db: Database, number: int) -> None:
    """So many subscribers and one broadcast to them all."""
    now = SystemClock().now()
    at = epoch(now)
    async with db.write() as connection:
        rows = [
            {"chat_id": FIRST_CHAT + n, "language": 0, "created_at": at, "state_at": at}
            for n in range(number)
        ]
        await connection.execute(insert(member), rows)
        document = Document("tr", None, None, (Notice(title="Duyuru", kind=Kind.TRAINING),))
        notice_id = await notices.add_document(connection, document, now)
        made = await outbox.create_broadcast(connection, notice_id, "new", now, released_by=None)
        body = {"text": TEXT, "parse_mode": "HTML", "reply_markup": KEYBOARD}
        await outbox.add_message(connection, made.id, "tr", "sendMessage", body)
        await outbox.fan_out(connection, made.id, Audience(everyone=True), now)


async def dispatch(db: Database, url: str, in_flight: int) -> float:
    complete = asyncio.Event()

    async def on_finished(_: list[int]) -> None:
        complete.set()

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        sender = Sender(session, url, DEFAULT_TOKEN)
        dispatcher = Dispatcher(
            db,
            sender,
            Limiter(UNLIMITED),
            SystemClock(),
            Metrics(),
            owner=1,
            in_flight=in_flight,
            on_finished=on_finished,
        )
        began = time.perf_counter()
        running = asyncio.create_task(dispatcher.run())
        await complete.wait()
        took = time.perf_counter() - began
        await dispatcher.stop()
        await running
    return took


async def peer(url: str, in_flight: int, number: int) -> float:
    """Seconds for ``number`` calls of python-telegram-bot, ``in_flight`` of them at any time."""
    request = HTTPXRequest(connection_pool_size=in_flight, pool_timeout=60, read_timeout=60)
    async with Bot(DEFAULT_TOKEN, base_url=f"{url}/bot", request=request) as bot:
        chats = itertools.count(FIRST_CHAT)

        async def send() -> None:
            for _ in range(number // in_flight):
                await bot.send_message(next(chats), TEXT, parse_mode="HTML", reply_markup=KEYBOARD)  # type: ignore[arg-type]

        began = time.perf_counter()
        await asyncio.gather(*(send() for _ in range(in_flight)))
        return time.perf_counter() - began


@asynccontextmanager
async def sandbox() -> AsyncIterator[str]:
    """The sandbox in a process of its own; its address."""
    process = await asyncio.create_subprocess_exec(sys.executable, __file__, "serve", stdin=PIPE, stdout=PIPE)
    assert process.stdout is not None
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.terminate()
        await process.wait()


async def serve() -> None:
    """Answer until the parent closes our standard input."""
    server = Server(World(ledger_only=True), show_page=False)
    print(await server.start(), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await server.stop()


async def main(number: int, levels: list[int]) -> None:
    print(f"{number} messages each, the better of {REPETITIONS} runs; messages a second")
    print(f"{'in flight':>9} {'outbox':>9} {'peer':>9} {'ratio':>7}")
    async with sandbox() as url:
        for in_flight in levels:
            mine, theirs = [], []
            for _ in range(REPETITIONS):
                mine.append(number / await ours(url, in_flight, number))
                few = (
                    max(number // 4 // in_flight, 1) * in_flight
                )  # the peer is slower: a quarter tells as much
                theirs.append(few / await peer(url, in_flight, few))
            best, other = max(mine), max(theirs)
            print(f"{in_flight:>9} {best:>9.0f} {other:>9.0f} {best / other:>7.1f}")


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        asyncio.run(serve())
    else:
        numbers = [int(one) for one in sys.argv[1:]]
        asyncio.run(main(numbers[0] if numbers else 1_500, numbers[1:] or [16, 64]))

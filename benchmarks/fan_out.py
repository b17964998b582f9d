"""Messages per second of the whole outbox, as a ratio to a peer in the same run.

Ours: rows leased, sent and marked in an SQLite file (synchronous=FULL). The peer: python-telegram-bot's
own ``Bot.send_message`` on its own transport, as many calls in flight, and nothing written down. Both
send the same text to the same sandbox, a process of its own on loopback that answers at once.

``python benchmarks/fan_out.py [MESSAGES [IN_FLIGHT…]]``; figures move with the machine, ratios hold. The
server answers at once and after 50 ms; CPU is this process's, in milliseconds a message. A last table tells
the fan-out by itself: seconds and bytes a delivery.
"""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
import sys
import tempfile
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import aiohttp
from sqlalchemy import insert, update
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
from bot.store.tables import DeliveryState, delivery, member

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


async def fill(db: Database, number: int) -> float:
    """So many subscribers and one broadcast to them all; the seconds that the broadcast's rows took."""
    now = SystemClock().now()
    at = epoch(now)
    async with db.write() as connection:
        rows = [
            {"chat_id": FIRST_CHAT + n, "language": 0, "created_at": at, "state_at": at}
            for n in range(number)
        ]
        await connection.execute(insert(member), rows)
    began = time.perf_counter()
    async with db.write() as connection:
        document = Document("tr", None, None, (Notice(title="Duyuru", kind=Kind.TRAINING),))
        notice_id = await notices.add_document(connection, document, now)
        made = await outbox.create_broadcast(connection, notice_id, "new", now, released_by=None)
        body = {"text": TEXT, "parse_mode": "HTML", "reply_markup": KEYBOARD}
        await outbox.add_message(connection, made.id, "tr", "sendMessage", body)
        await outbox.fan_out(connection, made.id, Audience(everyone=True), now)
    return time.perf_counter() - began


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
async def sandbox(delay: float = 0.0) -> AsyncIterator[str]:
    """The sandbox in a process of its own, answering after ``delay`` seconds; its address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "serve", str(delay), stdin=PIPE, stdout=PIPE
    )
    assert process.stdout is not None
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.terminate()
        await process.wait()


async def serve(delay: float) -> None:
    """Answer until the parent closes our standard input."""
    world = World(ledger_only=True)
    if delay:
        world.faults.add(kind="delay", seconds=delay)
    server = Server(world, show_page=False)
    print(await server.start(), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await server.stop()


async def main(number: int, levels: list[int]) -> None:
    print(f"{number} messages each, the better of {REPETITIONS} runs; messages a second, CPU ms a message")
    print(f"{'answer':>7}{'in flight':>10}{'outbox':>9}{'CPU':>7}{'peer':>8}{'CPU':>7}{'ratio':>7}{'CPU':>7}")
    for delay in (0.0, 0.05):
        for in_flight in levels:
            async with sandbox(delay) as url:
                # The peer is slower: a quarter of the messages tells as much.
                few = max(number // 4 // in_flight, 1) * in_flight
                mine = [await _measured(ours(url, in_flight, number), number) for _ in range(REPETITIONS)]
                theirs = [await _measured(peer(url, in_flight, few), few) for _ in range(REPETITIONS)]
            (rate, cpu), (their_rate, their_cpu) = max(mine), max(theirs)
            print(f"{delay * 1000:>5.0f}ms{in_flight:>10}{rate:>9.0f}{cpu:>7.2f}{their_rate:>8.0f}"
                  f"{their_cpu:>7.2f}{rate / their_rate:>7.1f}{their_cpu / cpu:>7.1f}",
                  flush=True)  # fmt: skip
    print(f"\n{'members':>8}{'fan-out':>9}{'bytes a delivery':>18}")
    for members in (10_000, 50_000, 150_000):
        seconds, size = await fan_out_alone(members)
        print(f"{members:>8}{seconds:>8.2f}s{size:>18.0f}")


async def _measured(run: Awaitable[float], number: int) -> tuple[float, float]:
    """Messages a second of a run that tells its seconds, and its CPU in milliseconds a message."""
    cpu = time.process_time()
    seconds = await run
    return number / seconds, (time.process_time() - cpu) * 1000 / number


async def fan_out_alone(members: int) -> tuple[float, float]:
    """Seconds of the transaction that writes a broadcast's rows, and bytes a row when all are sent."""
    with tempfile.TemporaryDirectory(prefix="sirkuler-bench-") as folder:
        db = open_database(f"sqlite+aiosqlite:///{folder}/bench.db")
        try:
            await upgrade(db)
            took = await fill(db, members)
            async with db.write() as connection:
                sent = {"state": int(DeliveryState.SENT), "attempts": 1}
                number = 5_000_000 + delivery.c.member_id
                await connection.execute(update(delivery).values(telegram_message_id=number, **sent))
        finally:
            await db.close()
        with closing(sqlite3.connect(f"{folder}/bench.db", isolation_level=None)) as file:
            file.execute("VACUUM")
            pages = "SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%delivery%'"
            return took, float(file.execute(pages).fetchone()[0]) / members


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        asyncio.run(serve(float(sys.argv[2])))
    else:
        numbers = [int(one) for one in sys.argv[1:]]
        asyncio.run(main(numbers[0] if numbers else 1_500, numbers[1:] or [16, 64]))

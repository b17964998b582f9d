"""A ledger with one broadcast in it, and what sends it."""

from __future__ import annotations

import asyncio
import time

import aiohttp
from sqlalchemy import insert, select

from bot.clock import SystemClock, epoch
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.limiter import Limiter
from bot.delivery.sender import Sender
from bot.domain.audience import Audience
from bot.domain.notice import Document, Kind, Notice
from bot.metrics import Metrics
from bot.store import notices, outbox
from bot.store.db import Database
from bot.store.tables import OPEN_DELIVERY, BroadcastState, DeliveryState, broadcast, delivery, member

TEXT = "<b>SKDM bilgilendirme toplantısı</b>\n" + "Bilgilendirme toplantısı yapılacaktır. " * 14
KEYBOARD = {
    "inline_keyboard": [[{"text": "Başvuru", "url": "https://a.example/"}, {"text": "Takvim", "url": "https://b.example/"}]]
}  # fmt: skip
FIRST_CHAT = 1_000_001
UNLIMITED = 1e6


async def fill(db: Database, number: int) -> float:
    """So many subscribers and one broadcast to them all; the seconds that the broadcast's rows took."""
    now = SystemClock().now()
    at = epoch(now)
    async with db.write() as connection:
        for start in range(0, number, 10_000):
            rows = [
                {"chat_id": FIRST_CHAT + n, "language": n % 2, "created_at": at, "state_at": at}
                for n in range(start, min(start + 10_000, number))
            ]
            await connection.execute(insert(member), rows)
    began = time.perf_counter()
    async with db.write() as connection:
        document = Document("tr", None, None, (Notice(title="Duyuru", kind=Kind.TRAINING),))
        notice_id = await notices.add_document(connection, document, now)
        made = await outbox.create_broadcast(connection, notice_id, "new", now, released_by=None)
        body = {"text": TEXT, "parse_mode": "HTML", "reply_markup": KEYBOARD}
        for language in ("tr", "en"):
            await outbox.add_message(connection, made.id, language, "sendMessage", body)
        await outbox.fan_out(connection, made.id, Audience(everyone=True), now)
    return time.perf_counter() - began


async def send(
    db: Database, url: str, token: str, in_flight: int, *, rate: float = UNLIMITED, owner: int = 1
) -> tuple[float, float]:
    """Send all there is; when the first call left and when nothing was open any more (epoch seconds)."""
    began = 0.0
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        dispatcher = Dispatcher(
            db,
            Sender(session, url, token),
            Limiter(rate),
            SystemClock(),
            Metrics(),
            owner=owner,
            in_flight=in_flight,
        )
        running = asyncio.create_task(dispatcher.run())
        while await _open(db):
            began = began or (await _begun(db) and time.time()) or 0.0
            await asyncio.sleep(0.05 if began else 0.005)
        ended = time.time()
        await dispatcher.stop()
        await running
    return began, ended


async def _open(db: Database) -> bool:
    async with db.read() as connection:
        query = select(broadcast.c.id).where(broadcast.c.state == BroadcastState.SENDING).limit(1)
        return (await connection.execute(query)).first() is not None


async def _begun(db: Database) -> bool:
    async with db.read() as connection:
        query = select(delivery.c.member_id).where(OPEN_DELIVERY, delivery.c.state == DeliveryState.LEASED)
        return (await connection.execute(query.limit(1))).first() is not None

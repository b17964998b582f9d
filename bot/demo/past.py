"""What the demo's members received the day before: who opens the page sees at once what arrives."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.app import App
from bot.clock import Clock
from bot.flows import broadcast
from bot.store import notices, outbox

CIRCULAR = "dunku-sirkuler.txt"
PATIENCE = 50  # tenths of a second until it must have arrived; the demo starts without it too


async def send_yesterdays(app: App, clock: Clock, data: Path) -> None:
    """Send a circular to everybody who has subscribed by now; nothing where kept data has notices."""
    services = app.services
    document = services.circulars.from_text((data / CIRCULAR).read_text(encoding="utf-8"))
    async with app.db.write() as connection:
        if await notices.latest_released(connection, 1):
            return
        notice_id = await notices.add_document(connection, document, clock.now())
        await broadcast.release(connection, notice_id, clock.now(), released_by=None, rendering=services.kit)
    services.wake()
    for _ in range(PATIENCE):
        async with app.db.read() as connection:
            if not await outbox.open_count(connection):
                return
        await asyncio.sleep(0.1)

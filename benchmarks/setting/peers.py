"""One way of sending many messages: ``python peers.py WAY URL TOKEN NUMBER IN_FLIGHT``.

Prints one JSON object: messages a second, milliseconds of CPU a message, peak memory in MB. Each way imports
only what it needs, so that memory is its own; ways other than ``ours`` write nothing down.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TEXT = "<b>SKDM bilgilendirme toplantısı</b>\n" + "Bilgilendirme toplantısı yapılacaktır. " * 14
BUTTONS = [{"text": "Başvuru", "url": "https://a.example/"}, {"text": "Takvim", "url": "https://b.example/"}]
FIRST_CHAT = 1_000_001

Send = Callable[[int], Awaitable[Any]]


async def in_flight(send: Send, number: int, level: int) -> tuple[float, float]:
    """Seconds and CPU seconds of ``number`` calls, ``level`` of them at any time."""
    chats = itertools.count(FIRST_CHAT)

    async def one_after_the_other() -> None:
        for _ in range(number // level):
            await send(next(chats))

    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(one_after_the_other() for _ in range(level)))
    return time.perf_counter() - began, time.process_time() - cpu


async def ours(url: str, token: str, number: int, level: int) -> tuple[float, float]:
    import tempfile

    from benchmarks.setting.outbox import fill, send
    from bot.store.db import open_database
    from bot.store.migrate import upgrade

    with tempfile.TemporaryDirectory(prefix="sirkuler-bench-") as folder:
        db = open_database(f"sqlite+aiosqlite:///{folder}/bench.db")
        await upgrade(db)
        await fill(db, number)
        cpu = time.process_time()
        began, ended = await send(db, url, token, level * 4)
        spent = time.process_time() - cpu
        await db.close()
    return ended - began, spent


async def ptb(
    url: str, token: str, number: int, level: int, request: Any = None, limiter: Any = None
) -> tuple[float, float]:
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup
    from telegram.ext import ExtBot
    from telegram.request import HTTPXRequest

    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton(**button) for button in BUTTONS]])
    request = request or HTTPXRequest(connection_pool_size=level, pool_timeout=60, read_timeout=60)
    bot: Any = ExtBot(token, base_url=f"{url}/bot", request=request, rate_limiter=limiter)
    async with bot:
        return await in_flight(
            lambda chat: bot.send_message(chat, TEXT, parse_mode="HTML", reply_markup=keyboard), number, level
        )


async def ptb_limited(url: str, token: str, number: int, level: int) -> tuple[float, float]:
    from telegram.ext import AIORateLimiter

    return await ptb(url, token, number, level, limiter=AIORateLimiter(overall_max_rate=1e6))


async def ptb_aiohttp(url: str, token: str, number: int, level: int) -> tuple[float, float]:
    import aiohttp

    from bot.delivery.telegram import AiohttpRequest

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        return await ptb(url, token, number, level, request=AiohttpRequest(session))


async def aiogram(url: str, token: str, number: int, level: int) -> tuple[float, float]:
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(**button) for button in BUTTONS]])
    session = AiohttpSession(api=TelegramAPIServer.from_base(url), limit=level)
    async with Bot(token, session=session) as bot:
        return await in_flight(
            lambda chat: bot.send_message(chat, TEXT, parse_mode="HTML", reply_markup=keyboard), number, level
        )


WAYS = {
    "ours": ours,
    "ptb": ptb,
    "ptb-limited": ptb_limited,
    "ptb-aiohttp": ptb_aiohttp,
    "aiogram": aiogram,
}


def main() -> None:
    way, url, token = sys.argv[1:4]
    number, level = int(sys.argv[4]), int(sys.argv[5])
    sys.path.insert(0, str(ROOT))
    try:
        import uvloop

        runner = asyncio.Runner(loop_factory=uvloop.new_event_loop)
    except ImportError:
        runner = asyncio.Runner()
    with runner:
        seconds, cpu = runner.run(WAYS[way](url, token, number, level))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(json.dumps({"rate": number / seconds, "cpu": cpu * 1000 / number, "peak": peak}))


if __name__ == "__main__":
    main()

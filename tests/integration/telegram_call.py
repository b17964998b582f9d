"""A sandbox over HTTP for its own tests: a world with people, and raw calls to its Bot API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.sandbox.server import Server
from bot.sandbox.world import World

TOKEN = "4242:sandbox-test-token"
NOW = 1_795_503_600.0  # 24 November 2026, 10:00 in Istanbul
AYSE, OLIVER, BLOCKER, NOBODY = 501_001, 501_002, 501_003, 999_999
GROUP, BASIC, MOVED, LEFT, KICKED, CHANNEL = -1001, -2002, -3003, -1004, -1005, -1006


@dataclass
class Telegram:
    """A running sandbox; ``time`` is its world's clock in epoch seconds."""

    world: World
    url: str
    session: aiohttp.ClientSession
    time: list[float] = field(default_factory=lambda: [NOW])

    async def answer(self, method: str, _token: str = TOKEN, **parameters: Any) -> tuple[int, Any]:
        """HTTP status and JSON of a call with a JSON body."""
        async with self.session.post(f"{self.url}/bot{_token}/{method}", json=parameters) as response:
            return response.status, await response.json()

    async def call(self, method: str, **parameters: Any) -> Any:
        """The ``result`` of a call that must succeed."""
        status, body = await self.answer(method, **parameters)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def refusal(self, method: str, **parameters: Any) -> str:
        """Code and text of a call that must fail; status and ``error_code`` are the same number."""
        status, body = await self.answer(method, **parameters)
        assert body["ok"] is False, body
        assert status == body["error_code"]
        return f"{status} {body['description']}"

    async def updates(self) -> list[Any]:
        """What waits for the bot; it is confirmed."""
        found = await self.call("getUpdates", timeout=0)
        if found:
            await self.call("getUpdates", offset=found[-1]["update_id"] + 1, timeout=0)
        return list(found)


@asynccontextmanager
async def telegram(**options: Any) -> AsyncIterator[Telegram]:
    """A sandbox with four people, groups in every state and a channel."""
    time = [NOW]
    world = World(token=TOKEN, clock=lambda: time[0], **options)
    world.add_person(AYSE, "Ayşe", "Demir", "aysedemir", "tr")
    world.add_person(OLIVER, "Oliver", "Brandt", None, "en")
    world.add_person(BLOCKER, "Kemal")
    world.blocked.add(BLOCKER)
    world.add_crowd([700_001, 700_002])
    world.add_group(GROUP, "Üyeler", [AYSE, OLIVER])
    world.add_group(BASIC, "Kurul", [AYSE, OLIVER], "group")
    world.add_group(MOVED, "Eski", [AYSE], "group").moved_to = -1003
    world.add_group(-1003, "Eski", [AYSE])
    world.add_group(LEFT, "Başka", [AYSE], with_bot=False)
    world.add_group(KICKED, "Kapalı", [AYSE]).bot_status = "kicked"
    world.add_group(CHANNEL, "Haberler", [AYSE], "channel")
    server = Server(world)
    url = await server.start()
    try:
        async with aiohttp.ClientSession() as session:
            yield Telegram(world, url, session, time)
    finally:
        await server.stop()

"""The sandbox by itself: a Telegram on this machine for any bot."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys

from bot.sandbox.server import Server
from bot.sandbox.world import DEFAULT_TOKEN, World


async def serve(port: int) -> None:
    """Serve until stopped; prints the address and the token once."""
    world = World(bot_name="Sandbox", bot_username="sandbox_bot")
    world.add_person(501_001, "Ayşe", "Demir", "aysedemir", "tr", tag="member")
    world.add_person(501_002, "Oliver", "Brandt", "obrandt", "en", tag="member")
    world.add_person(502_001, "Elif", "Kaya", "elifkaya", "tr", tag="editor")
    world.add_person(502_002, "Murat", "Şahin", "muratsahin", "tr", tag="approver")
    world.add_group(-1_001_000_000_001, "Üyeler", world.persons.keys(), "supergroup")
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(name, stop.set)
    server = Server(world, port=port)
    url = await server.start()
    sys.stdout.write(f"Bot API and chat page: {url}\nToken: {DEFAULT_TOKEN}\n")
    sys.stdout.flush()
    await stop.wait()
    await server.stop()

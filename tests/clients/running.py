"""A sandbox that runs beside other people's test suites, in a thread of their own process or by itself."""

from __future__ import annotations

import asyncio
import sys
import threading
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2]))

from bot.sandbox.records import StoredFile
from bot.sandbox.server import Server
from bot.sandbox.world import World

USER, OWNER, GROUP = 675_666_224, 675_666_225, -1_001_001
PIXEL = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\xa0\0\0\0\xa0".ljust(5403, b"\0")  # as large as a test states


def usual() -> World:
    """A person with a picture and somebody else's forum that the bot administers; a game, a sticker set."""
    world = World(bot_name="Sandbox", bot_username="sandbox_bot")
    world.add_person(USER, "Somebody", language_code="en")
    world.add_person(OWNER, "An owner", language_code="en")
    group = world.add_group(GROUP, "A group", [USER, OWNER])
    group.bot_status, group.creator, group.topics = "administrator", OWNER, {}
    group.bot_rights.add("can_promote_members")
    picture = world.store_file(StoredFile("p.png", "image/png", PIXEL, "photo"))
    world.photos[USER] = [picture]
    world.games["e2e"] = {"title": "A game", "description": "Of tests", "photo": picture}
    return world


def started(world: World) -> str:
    """The address of a sandbox in a thread of its own, which ends with the tests."""
    ready: list[str] = []
    running = threading.Event()

    async def serve() -> None:
        ready.append(await Server(world, show_page=False).start())
        running.set()
        await asyncio.Event().wait()

    threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()
    running.wait(10)
    return ready[0]


if __name__ == "__main__":
    print(started(usual()), flush=True)
    sys.stdin.read()

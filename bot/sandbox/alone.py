"""The sandbox by itself: a Telegram on this machine for any bot."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable

from bot.sandbox.server import Server
from bot.sandbox.world import DEFAULT_TOKEN, World

WELCOME = """\
Bot API and chat page: {url}
Token:                 {token}

Point a bot at it:
  sirkuler             [telegram] api_base_url = "{url}"
  python-telegram-bot  builder.base_url("{url}/bot").base_file_url("{url}/file/bot")
  aiogram              AiohttpSession(api=TelegramAPIServer.from_base("{url}"))
  pyTelegramBotAPI     apihelper.API_URL = "{url}/bot{{0}}/{{1}}"
  grammY               new Bot(token, {{ client: {{ apiRoot: "{url}" }} }})
  node-telegram-bot-api  new TelegramBot(token, {{ apiRoot: "{url}" }})
  curl                 curl "{url}/bot{token}/getMe"

Faults, limits, people and chats on demand: POST {url}/sandbox/… (docs/sandbox.md), for example
  curl -H "Content-Type: application/json" -d '{{"kind": "flood", "seconds": 7}}' {url}/sandbox/faults

Open the chat page in a browser to write to the bot. Ctrl+C stops it.
"""


def run(port: int) -> None:
    """``serve`` on the fastest loop there is."""
    with asyncio.Runner(loop_factory=fastest_loop()) as runner:
        runner.run(serve(port))


def fastest_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop's, where it is installed (it is not made for Windows); None for asyncio's own."""
    try:
        import uvloop
    except ImportError:
        return None
    factory: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
    return factory


async def serve(port: int) -> None:
    """Serve until stopped; prints the address, the token and how to point a bot at it.

    Exits with 1 and one sentence when the port cannot be used.
    """
    server = Server(furnished(), port=port)
    try:
        url = await server.start()
    except OSError:
        await server.stop()
        sys.stderr.write(f"Port {port} is in use: choose another with --port, or --port 0 for a free one.\n")
        raise SystemExit(1) from None
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(name, stop.set)
    sys.stdout.write(WELCOME.format(url=url, token=DEFAULT_TOKEN))
    sys.stdout.flush()
    try:
        await stop.wait()
    finally:
        await server.stop()


def furnished() -> World:
    """A world to begin with: four people, a group with the bot and one without it."""
    world = World(bot_name="Sandbox", bot_username="sandbox_bot")
    world.add_person(501_001, "Ayşe", "Demir", "aysedemir", "tr", tag="member")
    world.add_person(501_002, "Oliver", "Brandt", "obrandt", "en", tag="member")
    world.add_person(502_001, "Elif", "Kaya", "elifkaya", "tr", tag="editor")
    world.add_person(502_002, "Murat", "Şahin", "muratsahin", "tr", tag="approver")
    world.add_group(-1_001_000_000_001, "Üyeler", world.persons.keys(), "supergroup")
    world.add_group(-1_001_000_000_002, "Yönetim", world.persons.keys(), "supergroup", with_bot=False)
    return world

"""A pytest plugin that points python-telegram-bot's own live tests at a sandbox, their files unchanged.

In an unpacked source distribution, with its test dependencies, aiohttp and Pillow installed::

    PYTHONPATH=…/sirkuler/tests/clients python -m pytest -m req -p ptb_suite -p no:flaky -o addopts= tests

The source distribution leaves out most media (telegram.jpg, .png, .webp, .mp4, .mp3, .ogg, telegram2.mp4,
game.gif in tests/data): put any files of these names and of the sizes that the tests state in their place.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from telegram.request import HTTPXRequest

sys.path.append(str(Path(__file__).parents[2]))

from bot.sandbox.records import StoredFile, member
from bot.sandbox.server import Server
from bot.sandbox.world import DEFAULT_TOKEN, World

USER, SUPERGROUP, FORUM, CHANNEL, SUBSCRIPTION = 675_666_224, -1001, -1002, -1003, -1004
CHANNEL_NAME = "pythontelegrambottests"
PIXEL = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\xa0\0\0\0\xa0".ljust(5403, b"\0")  # as large as a test states
MOTION = {"width": 160, "height": 160, "duration": 1}
ABOUT = {
    "token": DEFAULT_TOKEN,
    "payment_provider_token": "1:TEST:x",
    "chat_id": str(USER),
    "super_group_id": str(SUPERGROUP),
    "forum_group_id": str(FORUM),
    "channel_id": f"@{CHANNEL_NAME}",
    "subscription_channel_id": SUBSCRIPTION,
    "name": "Sandbox",
    "username": "@sandbox_bot",
}


def furnished() -> World:
    """The people and chats that the tests speak of, the bot an administrator everywhere."""
    world = World(bot_name="Sandbox", bot_username="sandbox_bot")
    world.add_person(USER, "PTB", "Test user", language_code="en")
    for number in (1_325_859_552, 95_205_500, 9001, 9002):
        world.add_person(number, "Somebody", language_code="en")
    world.add_group(SUPERGROUP, ">>> telegram.Bot(test) @sandbox_bot", [USER])
    world.add_group(FORUM, "Forum", [USER]).topics = {}
    world.add_group(SUBSCRIPTION, "Subscription", [USER], "channel")
    channel = world.add_group(CHANNEL, "Channel", [USER, 95_205_500, 9001, 9002], "channel")
    channel.username, channel.creator = CHANNEL_NAME, USER
    other = world.add_person(4243, "Another bot", username="another_bot", is_bot=True)
    channel.members.add(other.id)
    channel.standing[other.id] = member(other.user(), "administrator")
    world.personal_chats[USER] = CHANNEL
    for text in ("one", "two"):
        world.new_message(CHANNEL, {"text": text})
    photo: dict[str, str] = {}
    for side in ("small", "big"):
        photo[f"{side}_file_id"] = world.store_file(StoredFile("p.png", "image/png", PIXEL, "photo"))
        photo[f"{side}_file_unique_id"] = world.document(photo[f"{side}_file_id"])["file_unique_id"]
    for chat in (world.chats[SUPERGROUP], channel):
        chat.settings["photo"] = photo
    world.games["test_game"] = {
        "title": "A test game",
        "description": "A no-op test game, for python-telegram-bot bot framework testing.",
        "photo": world.store_file(StoredFile("g.png", "image/png", PIXEL[:851], "photo")),
        "animation": world.store_file(StoredFile("g.mp4", "video/mp4", b"x", "animation", MOTION)),
    }
    for chat in world.chats.values():
        chat.bot_status = "member" if chat.type == "private" else "administrator"
    world.photos[USER] = [world.store_file(StoredFile("p.png", "image/png", PIXEL, "photo"))]
    for _ in range(3):  # message 1 of the private chat is an old one
        world.next_message_id(USER)
    return world


def started() -> str:
    """The address of a sandbox in a thread of its own, which ends with the tests."""
    ready: list[str] = []
    running = threading.Event()

    async def serve() -> None:
        ready.append(await Server(furnished(), show_page=False).start())
        running.set()
        await asyncio.Event().wait()

    threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()
    running.wait(10)
    return ready[0]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "flaky(*, **): repeated tests are not repeated here")


def pytest_load_initial_conftests() -> None:
    """Before the tests' own conftest reads which bot it is to use."""
    bots = base64.b64encode(json.dumps([ABOUT, ABOUT]).encode()).decode()
    os.environ |= {"GITHUB_ACTIONS": "true", "TEST_WITH_OPT_DEPS": "true", "JOB_INDEX": "1", "BOTS": bots}
    address, real = started(), HTTPXRequest.do_request

    async def do_request(self: HTTPXRequest, url: str, *rest: Any, **more: Any) -> Any:
        return await real(self, url.replace("https://api.telegram.org", address), *rest, **more)

    HTTPXRequest.do_request = do_request  # type: ignore[method-assign]

"""Bots written on other people's libraries work on the sandbox unchanged.

Each library is tried where it is installed: the Python ones for the interpreter in ``CLIENTS_PYTHON``
(by default this one), those for Node in ``CLIENTS_NODE_MODULES`` or where Node looks by itself.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from tests.integration.telegram_call import AYSE, TOKEN, Telegram, telegram

CLIENTS = Path(__file__).parents[1] / "clients"
PATIENCE = 30.0
PYTHON = os.environ.get("CLIENTS_PYTHON", sys.executable)
NODE = {**os.environ, "NODE_PATH": os.environ.get("CLIENTS_NODE_MODULES", "")}
BOTS = {
    "aiogram": [PYTHON, "aiogram_bot.py"],
    "telebot": [PYTHON, "telebot_bot.py"],
    "grammy": ["node", "grammy_bot.cjs"],
    "node-telegram-bot-api": ["node", "node_telegram_bot.cjs"],
}


def installed(library: str, program: str) -> bool:
    """Whether the library is there for its interpreter."""
    if which(program) is None:
        return False
    probe = ["-e", f"require.resolve('{library}')"] if program == "node" else ["-c", f"import {library}"]
    return subprocess.run([program, *probe], env=NODE, capture_output=True, timeout=60).returncode == 0


@asynccontextmanager
async def running(library: str) -> AsyncIterator[Telegram]:
    """A sandbox and the bot of ``library`` in a child process, stopped at the end."""
    program, script = BOTS[library]
    if not installed(library, program):
        pytest.skip(f"{library} is not installed.")
    async with telegram(strict=True) as tg:
        arguments = [program, str(CLIENTS / script), tg.url, TOKEN]
        child = await asyncio.create_subprocess_exec(*arguments, env=NODE)
        try:
            yield tg
        finally:
            if child.returncode is None:
                child.kill()
            await child.wait()


async def until(tg: Telegram, found: Callable[[dict[str, Any]], Any], what: str) -> Any:
    """The newest message in Ayşe's chat that fits, once there is one."""
    for _ in range(int(PATIENCE / 0.02)):
        fitting = [one for one in tg.world.messages(AYSE) if found(one)]
        if fitting:
            return fitting[-1]
        await asyncio.sleep(0.02)
    raise AssertionError(f"waited in vain for {what}: {tg.world.messages(AYSE)}")


@pytest.mark.parametrize("library", BOTS)
async def test_the_usual_bot(library: str) -> None:
    async with running(library) as tg:
        events = tg.world.subscribe()
        tg.world.person_text(AYSE, AYSE, "/start deep-link_1")
        greeting = await until(tg, lambda one: one.get("text") == "start deep-link_1", "the greeting")
        assert greeting["entities"][0]["type"] == "bold"
        tg.world.person_tap(AYSE, AYSE, greeting["message_id"], "tap")
        await until(tg, lambda one: one.get("text") == "edited", "the edit")
        told = [events.get_nowait() for _ in range(events.qsize())]
        assert [one["text"] for one in told if one["type"] == "callback_answer"] == ["toast"]
        tg.world.person_text(AYSE, AYSE, "/poll")
        assert len((await until(tg, lambda one: "poll" in one, "the poll"))["poll"]["options"]) == 2
        tg.world.person_document(AYSE, AYSE, "in.txt", "içerik".encode(), "text/plain")
        last = await until(tg, lambda one: "media_group_id" in one, "the album")
        back = next(one for one in tg.world.messages(AYSE) if one.get("caption") == "back")
        assert tg.world.file(back["document"]["file_id"]).content == "içerik".encode()
        assert back["document"]["file_name"] == "back.txt"
        assert last["document"]["file_id"] == back["document"]["file_id"]
        tg.world.person_text(AYSE, AYSE, "/leave")
        while not any(one["type"] == "delete" for one in told):
            told.append(await asyncio.wait_for(events.get(), PATIENCE))
        assert tg.world.invalid == []

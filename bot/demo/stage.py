"""The demo's stage: its three steps, its buttons and what the clock does."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.app import App
from bot.clock import ShiftedClock
from bot.demo.news import NewsServer
from bot.demo.people import AYSE, ELIF, MURAT
from bot.sandbox.world import Control, World

SAMPLE = "ornek-sirkuler.pdf"
REMINDERS = ("HATIRLATMA", "REMINDER")


async def set_stage(world: World, app: App, clock: ShiftedClock, news: NewsServer, data: Path) -> None:
    """Put the guide and the controls into the sandbox's page; poll once so that news is news."""
    await app.ticker.run_now("poll")  # the first poll announces nothing old

    async def send_circular() -> None:
        world.person_document(ELIF.id, ELIF.id, SAMPLE, (data / SAMPLE).read_bytes(), "application/pdf")

    async def publish() -> None:
        if news.publish() is not None:
            clock.advance(timedelta(minutes=6))  # the source is due again
            await app.ticker.run_now("poll")

    def advance(seconds: float) -> None:
        clock.advance(timedelta(seconds=seconds))
        app.ticker.wake()

    words = tomllib.loads((data / "stage.toml").read_text(encoding="utf-8"))
    world.advance = advance
    world.controls = [
        Control(name, words[name]["label"], run, words[name]["hint"])
        for name, run in (("circular", send_circular), ("news", publish))
    ]
    done = (lambda: _drafted(world), lambda: _sent(world), lambda: _reminded(world))
    world.guide = [_step(step, is_done) for step, is_done in zip(words["steps"], done, strict=True)]


def _step(words: dict[str, Any], done: Callable[[], bool]) -> dict[str, Any]:
    return {**words, "done": done}


def _drafted(world: World) -> bool:
    return any(_has_button(message, "sd:") for message in world.messages(ELIF.id))


def _sent(world: World) -> bool:
    return any(_has_button(message, "sr:") for message in world.messages(MURAT.id))


def _reminded(world: World) -> bool:
    return any(str(message.get("text", "")).startswith(REMINDERS) for message in world.messages(AYSE.id))


def _has_button(message: dict[str, Any], prefix: str) -> bool:
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", ())
    return any(str(button.get("callback_data", "")).startswith(prefix) for row in rows for button in row)

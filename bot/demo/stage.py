"""The demo's stage: its people's cards, its three steps, its buttons and what the clock does."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import App
from bot.clock import ShiftedClock
from bot.demo.news import NewsServer
from bot.demo.people import AYSE, ELIF, EVERYBODY, MURAT
from bot.domain.member import LANGUAGES
from bot.domain.outgoing import ChatCommands
from bot.sandbox.world import Control, World
from bot.store import answers, reminders, staff_people
from handlers.commands import menu

SAMPLE = "ornek-sirkuler.pdf"
REMINDERS = ("HATIRLATMA", "REMINDER")
ISTANBUL = ZoneInfo("Europe/Istanbul")
FARTHEST = 200  # days the clock is moved at most in search of a reminder
A_MOMENT = 0.12  # seconds between two days, so that one sees them pass


async def set_stage(world: World, app: App, clock: ShiftedClock, news: NewsServer, data: Path) -> None:
    """Put the guide and the controls into the sandbox's page; poll once so that news is news."""
    await app.ticker.run_now("poll")  # the first poll announces nothing old
    words = tomllib.loads((data / "stage.toml").read_text(encoding="utf-8"))

    async def send_circular() -> None:
        world.person_document(ELIF.id, ELIF.id, SAMPLE, (data / SAMPLE).read_bytes(), "application/pdf")

    async def publish() -> None:
        if news.publish() is None:
            world.emit({"type": "notice", "text": words["news"]["none"]})
            return
        clock.advance(timedelta(minutes=6))  # the source is due again
        world.emit({"type": "clock"})
        await app.ticker.run_now("poll")

    async def skip() -> None:
        if not await skip_to_reminder(world, app, clock):
            world.emit({"type": "notice", "text": words["reminder"]["none"]})

    async def follow(language: str) -> None:
        if language in LANGUAGES:
            await speak(world, app, clock, language)

    def advance(seconds: float) -> None:
        clock.advance(timedelta(seconds=seconds))
        app.ticker.wake()

    world.advance = advance
    world.page_language = follow
    world.subtitle = words["subtitle"]
    for person in EVERYBODY:
        world.persons[person.id] = replace(world.persons[person.id], note=words["people"][person.username])
    world.controls = [
        Control(name, words[name]["label"], run, words[name]["hint"])
        for name, run in (("circular", send_circular), ("news", publish), ("reminder", skip))
    ]
    await speak(world, app, clock, "tr")
    world.guide = _guide(world, words["steps"])


async def speak(world: World, app: App, clock: ShiftedClock, language: str) -> None:
    """The staff speak ``language``, that of the page's reader, and have their menu in it; members do not."""
    services = app.services
    texts = services.catalogs[language]
    async with app.db.write() as connection:
        for one in (ELIF, MURAT):
            world.persons[one.id] = replace(world.persons[one.id], language_code=language)
            await staff_people.set_language(connection, one.id, language)
            commands = ChatCommands(one.id, menu(texts, services.staff, one.id))
            await answers.add(connection, [commands], clock.now())
    await app.ticker.run_now("dispatch")


async def skip_to_reminder(world: World, app: App, clock: ShiftedClock) -> bool:
    """Move the clock morning by morning to Ayşe's next reminder and let it come; False when there is none.

    Automatic reminders are set in the hour before they fall due, at 09.30: each stop is just before.
    """
    for _ in range(FARTHEST):
        await app.ticker.run_now("reminders")
        async with app.db.read() as connection:
            due = await reminders.next_due(connection, AYSE.id)
            if due is None and not await reminders.has_deadline_ahead(connection, AYSE.id, clock.now()):
                return False
        stop = _next_stop(clock.now())
        clock.advance(max(min(due or stop, stop) - clock.now(), timedelta(0)))
        world.emit({"type": "clock"})
        if due is not None and due <= stop:
            app.ticker.wake()
            return True
        await asyncio.sleep(A_MOMENT)
    return False


def _next_stop(now: datetime) -> datetime:
    """The next 09:29 in Istanbul, however soon after ``now``."""
    here = now.astimezone(ISTANBUL)
    stop = here.replace(hour=9, minute=29, second=0, microsecond=0)
    return stop if stop > here else stop + timedelta(days=1)


def _guide(world: World, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps of the page; their texts and whose phone they are about follow what has happened."""
    done = (lambda: _drafted(world), lambda: _sent(world), lambda: _reminded(world))
    now = (lambda: ("send", ELIF.id), lambda: _turn(world), lambda: _last(world))
    return [_step(*asked) for asked in zip(steps, done, now, strict=True)]


def _step(
    words: dict[str, Any], done: Callable[[], bool], now: Callable[[], tuple[str, int]]
) -> dict[str, Any]:
    def text() -> dict[str, str]:
        found: dict[str, str] = words["texts"][now()[0]]
        return found

    shown = {key: value for key, value in words.items() if key != "texts"}
    return {**shown, "done": done, "text": text, "show": lambda: now()[1]}


def _turn(world: World) -> tuple[str, int]:
    """What is to be done between draft and sending, and by whom."""
    if _has(world, MURAT.id, ":release:"):
        return "approve", MURAT.id
    # Messages of all private chats are numbered by one counter: the newer one tells whose turn it is.
    if max(world.chats[MURAT.id].messages, default=0) > _newest(world, ELIF.id, ":submit:"):
        return "watch", AYSE.id
    return ("check" if _has(world, ELIF.id, ":ok:") else "submit"), ELIF.id


def _last(world: World) -> tuple[str, int]:
    return ("done" if _reminded(world) else "wait"), AYSE.id


def _drafted(world: World) -> bool:
    return _has(world, ELIF.id, "sd:")


def _sent(world: World) -> bool:
    return _has(world, MURAT.id, "sr:")


def _reminded(world: World) -> bool:
    return any(str(message.get("text", "")).startswith(REMINDERS) for message in world.messages(AYSE.id))


def _has(world: World, person: int, data: str) -> bool:
    return _newest(world, person, data) > 0


def _newest(world: World, person: int, data: str) -> int:
    """The newest message of a person with a button whose callback data contains ``data``; 0: none."""
    found = (
        int(message["message_id"])
        for message in world.messages(person)
        for row in (message.get("reply_markup") or {}).get("inline_keyboard", ())
        for button in row
        if data in str(button.get("callback_data", ""))
    )
    return max(found, default=0)

"""A town to test in: a sandbox with people, the whole bot running against it over HTTP, and their phones."""

from __future__ import annotations

import asyncio
import html
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.app import App, running
from bot.clock import ShiftedClock
from bot.config import build_settings
from bot.sandbox.server import Server
from bot.sandbox.world import World
from bot.store import inbox, members, outbox
from bot.store.tables import answer

TOKEN = "5151515151:AAEtown-token-of-the-tests-00000000000"
OPENING = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
PATIENCE = 20.0
AYSE, OLIVER, EDITOR, APPROVER = 601_001, 601_002, 602_001, 602_002

Json = dict[str, Any]


@dataclass
class Phone:
    """One person's private chat with the bot."""

    world: World
    id: int

    def messages(self) -> list[Json]:
        return self.world.messages(self.id)

    def from_bot(self) -> list[Json]:
        return [message for message in self.messages() if message["from"].get("is_bot")]

    def texts(self) -> list[str]:
        return [message.get("text") or message.get("caption") or "" for message in self.from_bot()]

    async def write(self, text: str, answers: int = 1) -> Json:
        """Write and wait for ``answers`` new messages of the bot; the last of them."""
        before = len(self.from_bot())
        self.world.person_text(self.id, self.id, text)
        return await self.wait_for(before + answers)

    async def send_file(self, name: str, content: bytes, mime: str = "application/pdf") -> Json:
        before = len(self.from_bot())
        self.world.person_document(self.id, self.id, name, content, mime)
        return await self.wait_for(before + 1)

    async def tap(self, words: str, message: Json | None = None) -> str:
        """Tap the newest button that has these words (or callback data); the callback query's id."""
        found = self.button(words, message)
        assert found is not None, f"no button {words!r} in {[self.buttons(m) for m in self.from_bot()]}"
        return self.world.person_tap(self.id, self.id, *found)

    async def tap_and_hear(self, words: str, message: Json | None = None) -> str:
        """Tap and wait for the short answer that is shown over the chat."""
        events = self.world.subscribe()
        try:
            query = await self.tap(words, message)
            async with asyncio.timeout(PATIENCE):
                while True:
                    event = await events.get()
                    if event.get("callback_query_id") == query and event["type"] == "callback_answer":
                        return str(event["text"])
        finally:
            self.world.unsubscribe(events)

    async def tap_and_read(self, words: str, message: Json | None = None) -> Json:
        """Tap and wait until the bot has written or edited a message; that message."""
        before = [_state(message) for message in self.from_bot()]
        await self.tap(words, message)
        return await self._changed(before)

    async def wait_for(self, count: int) -> Json:
        """The newest message of the bot once there are ``count``."""
        await until(lambda: len(self.from_bot()) >= count, f"{count} messages, {self.texts()}")
        return self.from_bot()[-1]

    async def wait_for_text(self, words: str) -> Json:
        """The newest message of the bot that holds ``words``, once there is one."""
        await until(lambda: any(words in text for text in self.texts()), f"{words!r} in {self.texts()}")
        found = [m for m in self.from_bot() if words in (m.get("text") or m.get("caption") or "")]
        return found[-1]

    def button(self, words: str, message: Json | None = None) -> tuple[int, str] | None:
        for one in [message] if message else reversed(self.from_bot()):
            for label, data in self.buttons(one).items():
                if label == words or data.startswith(words):
                    return one["message_id"], data
        return None

    @staticmethod
    def buttons(message: Json) -> dict[str, str]:
        rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
        return {b["text"]: b.get("callback_data") or b.get("url") or "" for row in rows for b in row}

    async def _changed(self, before: list[tuple[Any, ...]]) -> Json:
        await until(
            lambda: [_state(message) for message in self.from_bot()] != before, f"a change in {self.texts()}"
        )
        now = self.from_bot()
        for message, old in zip(now, before, strict=False):
            if _state(message) != old:
                return message
        return now[-1]


@dataclass
class Town:
    """The running parts."""

    world: World
    url: str
    app: App
    clock: ShiftedClock
    server: Server
    folder: Path
    phones: dict[int, Phone] = field(default_factory=dict)

    def phone(self, person: int) -> Phone:
        return self.phones.setdefault(person, Phone(self.world, person))

    async def subscribe(self, person: int, language: str, *topics: str) -> Phone:
        """Subscribe without the talk; for tests of what comes after."""
        people = [{"chat_id": person, "language": language, "topics": list(topics)}]
        async with self.app.db.write() as connection:
            await members.subscribe_many(connection, people, self.clock.now(), "test")
        return self.phone(person)

    async def idle(self) -> None:
        """Wait until every update is worked off and all that is due is sent; what is held may wait."""

        async def busy() -> bool:
            async with self.app.db.read() as connection:
                waiting = bool(await inbox.open_rows(connection)) or await _open_answers(connection)
                return waiting or bool(await outbox.due_count(connection, self.clock.now()))

        end = time.monotonic() + PATIENCE
        while await busy():
            assert time.monotonic() < end, "still busy"
            await asyncio.sleep(0.02)


async def _open_answers(connection: Any) -> bool:
    return (
        await connection.execute(select(answer.c.id).where(answer.c.state < 2).limit(1))
    ).first() is not None


async def until(met: Any, what: str, seconds: float = PATIENCE) -> None:
    """Wait until ``met()``; fails with ``what`` was waited for."""
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, f"waited in vain for {what}"
        await asyncio.sleep(0.02)


def plain(text: str) -> str:
    return html.unescape(text)


def _state(message: Json) -> tuple[Any, ...]:
    return message["message_id"], message.get("text"), str(message.get("reply_markup"))


@asynccontextmanager
async def town(folder: Path, world: World | None = None, **sections: Any) -> AsyncIterator[Town]:
    """Two members-to-be, an editor and an approver, and the bot; ``sections`` add to the settings.

    With the ``world`` of an earlier town in the same folder its life goes on after a restart.
    """
    clock = ShiftedClock(OPENING)
    if world is None:
        world = World(token=TOKEN, clock=lambda: clock.now().timestamp(), strict=True)
        world.add_person(AYSE, "Ayşe", "Demir", None, "tr")
        world.add_person(OLIVER, "Oliver", "Brandt", None, "en")
        world.add_person(EDITOR, "Elif", "Kaya", None, "tr")
        world.add_person(APPROVER, "Murat", "Şahin", None, "tr")
    server = Server(world)
    url = await server.start()
    data: Json = {
        "telegram": {"token": TOKEN, "api_base_url": url},
        "database": {"url": f"sqlite+aiosqlite:///{folder / 'town.db'}"},
        "association": {"name": "Örnek Birlik"},
        "delivery": {"rate_per_second": 500},
        "staff": {"editors": [EDITOR], "approvers": [APPROVER]},
        "privacy": {"contact": "kvkk@ornek.example"},
    }
    for name, section in sections.items():
        data[name] = {**data[name], **section} if isinstance(section, dict) and name in data else section
    try:
        async with running(build_settings(data, folder), clock) as app:
            yield Town(world, url, app, clock, server, folder)
        assert world.invalid == []  # every request of the bot is one that Telegram describes
    finally:
        await server.stop()

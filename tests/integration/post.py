"""A post office to test with: a sandbox on loopback, a database file and broadcasts to send."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from markupsafe import Markup
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock, SystemClock, epoch
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.ledger import AfterCrash
from bot.delivery.limiter import Limiter
from bot.delivery.sender import Sender
from bot.domain.audience import Audience
from bot.domain.member import LANGUAGES
from bot.domain.notice import Document, Kind, Notice
from bot.domain.outgoing import Send
from bot.metrics import Metrics
from bot.sandbox.server import Server
from bot.sandbox.world import World
from bot.store import answers, notices, outbox
from bot.store.db import Database, open_database
from bot.store.migrate import upgrade
from bot.store.outbox import Tally
from bot.store.tables import answer, member

START = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
EVERYONE = Audience(everyone=True)
FIRST_CHAT = 1_000_001


@dataclass
class Post:
    """The database, the world that messages reach, and what the dispatcher reported."""

    db: Database
    world: World
    url: str
    clock: Clock = field(default_factory=SystemClock)
    finished: list[int] = field(default_factory=list)
    failing_reports: int = 0
    troubles: list[tuple[int, str]] = field(default_factory=list)

    async def members(self, number: int, first: int = FIRST_CHAT, language: str = "tr") -> list[int]:
        """So many subscribers with silent chats; their chat ids."""
        chats = list(range(first, first + number))
        self.world.add_crowd(chats)
        await self.subscribe(chats, language)
        return chats

    async def subscribe(self, chats: Iterable[int], language: str = "tr") -> None:
        at = epoch(self.clock.now())
        rows = [
            {"chat_id": chat, "language": LANGUAGES.index(language), "created_at": at, "state_at": at}
            for chat in chats
        ]
        async with self.db.write() as connection:
            await connection.execute(insert(member), rows)

    async def broadcast(self, text: str = "Sayın üyemiz, <b>duyuru</b>") -> int:
        """A broadcast to every subscriber; its id."""
        async with self.db.write() as connection:
            return await add_broadcast(connection, self.clock.now(), text)

    async def answer(self, chat_id: int, *texts: str) -> None:
        async with self.db.write() as connection:
            await answers.add(connection, [Send(chat_id, Markup(text)) for text in texts], self.clock.now())

    async def tally(self, broadcast_id: int) -> Tally:
        async with self.db.read() as connection:
            return await outbox.tally(connection, broadcast_id)

    async def answer_states(self) -> list[int]:
        async with self.db.read() as connection:
            return list((await connection.execute(select(answer.c.state).order_by(answer.c.id))).scalars())

    def copies(self) -> dict[int, int]:
        """How many messages each chat got."""
        return self.world.ledger.per_chat()

    @asynccontextmanager
    async def sending(
        self,
        *,
        rate: float = 1000.0,
        in_flight: int = 16,
        owner: int = 7,
        url: str | None = None,
        after_crash: AfterCrash = "probe",
        settle: float = 0.3,
        limiter: Limiter | None = None,
    ) -> AsyncIterator[Dispatcher]:
        """A running dispatcher; stopped at the end. Raises what the dispatcher raised."""

        async def on_finished(ids: list[int]) -> None:
            if self.failing_reports:
                self.failing_reports -= 1
                raise OSError("the report's disk is full")
            self.finished += ids

        async def on_trouble(broadcast_id: int, text: str) -> None:
            self.troubles.append((broadcast_id, text))

        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            dispatcher = Dispatcher(
                self.db,
                Sender(session, url or self.url, self.world.token),
                limiter or Limiter(rate),
                self.clock,
                Metrics(),
                owner=owner,
                in_flight=in_flight,
                on_finished=on_finished,
                on_trouble=on_trouble,
                after_crash=after_crash,
                settle=settle,
            )
            running = asyncio.create_task(dispatcher.run())
            try:
                yield dispatcher
            finally:
                await dispatcher.stop()
                await running


@asynccontextmanager
async def post(folder: Path, clock: Clock | None = None, world: World | None = None) -> AsyncIterator[Post]:
    """An empty post office in ``folder``; the sandbox serves until the end."""
    db = open_database(f"sqlite+aiosqlite:///{folder / 'post.db'}")
    await upgrade(db)
    async with post_at(db, clock, world) as office:
        yield office


@asynccontextmanager
async def post_at(
    db: Database, clock: Clock | None = None, world: World | None = None
) -> AsyncIterator[Post]:
    """A post office over a database with its schema; the database is closed at the end."""
    world = world or World(strict=True)
    server = Server(world, show_page=False)
    try:
        yield Post(db, world, await server.start(), clock or SystemClock())
        assert world.invalid == []  # every request of the bot is one that Telegram describes
    finally:
        await server.stop()
        await db.close()


async def add_broadcast(
    connection: AsyncConnection, now: datetime, text: str, *, siblings: Sequence[int] = ()
) -> int:
    """A notice of its own, its broadcast to everyone, its messages and its rows."""
    document = Document("tr", None, None, (Notice(title="Duyuru", kind=Kind.ANNOUNCEMENT),))
    notice_id = await notices.add_document(connection, document, now)
    made = await outbox.create_broadcast(connection, notice_id, "new", now, released_by=None)
    for language in LANGUAGES:
        button = {"text": "?", "callback_data": f"wy:{made.token}:{notice_id}"}
        markup = {"inline_keyboard": [[button]]}
        body = {"text": f"{text} ({language})", "parse_mode": "HTML", "reply_markup": markup}
        await outbox.add_message(connection, made.id, language, "sendMessage", body)
    await outbox.fan_out(connection, made.id, EVERYONE, now, siblings=siblings)
    return made.id


async def until(holds: Callable[[], bool | Awaitable[bool]], seconds: float = 30.0) -> None:
    """Wait until something holds. Raises ``TimeoutError`` when it does not in so many seconds."""
    async with asyncio.timeout(seconds):
        while True:
            held = holds()
            if held if isinstance(held, bool) else await held:
                return
            await asyncio.sleep(0.01)


async def arrived(office: Post, number: int, chat_id: int | None = None) -> None:
    """Wait until so many messages arrived, in all or in one chat. Raises ``TimeoutError``."""
    ledger = office.world.ledger
    await until(lambda: number <= (ledger.count() if chat_id is None else len(ledger.for_chat(chat_id))), 60)

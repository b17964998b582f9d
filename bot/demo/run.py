"""``sirkuler demo``: sandbox, sample news and the bot in one process, on loopback alone."""

from __future__ import annotations

import contextlib
import tempfile
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import typer

from bot.app import App, running
from bot.clock import ShiftedClock
from bot.config import Settings, build_settings
from bot.demo.news import NewsServer, load_news
from bot.demo.past import send_yesterdays
from bot.demo.people import CROWD, ELIF, EVERYBODY, MURAT, crowd, subscribe
from bot.demo.stage import set_stage
from bot.sandbox.server import Server
from bot.sandbox.world import World
from bot.stop import stop_asked
from bot.store import staff_people

DATA = Path(__file__).parent / "data"
TOKEN = "4242424242:AAEdemo-token-of-the-sandbox-0000000000"
# A working Tuesday morning: the sample circular's dates lie in the weeks after it.
OPENING = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
YESTERDAY = OPENING - timedelta(hours=18, minutes=20)


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo and its tests hold in hand."""

    url: str
    world: World
    app: App
    clock: ShiftedClock
    news: NewsServer


async def run_demo(port: int = 0, open_page: bool = False, keep: Path | None = None) -> None:
    """Run the demo until it is stopped; prints one line with the address."""
    stop = stop_asked()
    async with demo(port, keep) as stage:
        typer.echo(f"Sirküler is running: {stage.url}  (stop with Ctrl+C)")
        if open_page:
            webbrowser.open(stage.url)
        await stop.wait()


@asynccontextmanager
async def demo(port: int = 0, keep: Path | None = None, *, subscribers: int = CROWD) -> AsyncIterator[Demo]:
    """The demo's parts, running; fresh data in a temporary folder unless ``keep`` names one.

    ``subscribers`` are simulated beside the people one can speak as.
    """
    with contextlib.ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sirkuler-demo-")))
        folder.mkdir(parents=True, exist_ok=True)
        clock = ShiftedClock(YESTERDAY)
        world = World(token=TOKEN, clock=lambda: clock.now().timestamp(), strict=True)
        world.time_zone = "Europe/Istanbul"
        for person in EVERYBODY:
            world.add_person(
                person.id,
                person.first_name,
                person.last_name,
                person.username,
                person.language,
                tag=person.tag,
            )
        news = NewsServer(load_news(DATA / "news.toml"))
        feed = await news.start()
        server = Server(world, port=port)
        url = await server.start()
        try:
            async with running(_settings(url, feed, folder), clock) as app:
                await _fill(app, world, clock, subscribers)
                await set_stage(world, app, clock, news, DATA)
                yield Demo(url, world, app, clock, news)
        finally:
            await server.stop()
            await news.stop()


def _settings(url: str, feed: str, folder: Path) -> Settings:
    data: dict[str, Any] = {
        "telegram": {"token": TOKEN, "api_base_url": url},
        "database": {"url": f"sqlite+aiosqlite:///{folder / 'demo.db'}"},
        "association": {
            "name": "Örnek Kimya İhracatçıları Birliği",
            "alliance_name": "Kritik Kimyasallar İttifakı",
            "alliance_name_en": "Critical Chemicals Alliance",
        },
        "delivery": {"rate_per_second": 300, "in_flight": 32},
        # Whoever moves the clock by weeks makes every source silent.
        "staff": {"editors": [ELIF.id], "approvers": [MURAT.id], "silent_source_days": 0},
        "privacy": {"contact": "kvkk@ornekkimya.example"},
        "sources": [
            {
                "name": "news.example",
                "url": feed,
                "policy": "auto",
                "delivery": "at_once",
                "language": "en",
                "interval": timedelta(minutes=5),
                "allow_private": True,
            }
        ],
    }
    return build_settings(data, folder)


async def _fill(app: App, world: World, clock: ShiftedClock, subscribers: int) -> None:
    """Subscribe the two members, who got a circular the day before, and the crowd, unless the kept data
    has them already; then it is today."""
    topics = app.services.topics
    people = crowd(topics.keys(), topics.recommended(), subscribers)
    world.add_crowd(person["chat_id"] for person in people)
    named = [
        {"chat_id": person.id, "language": person.language, "topics": list(person.topics)}
        for person in EVERYBODY
        if person.topics is not None
    ]
    async with app.db.write() as connection:
        await subscribe(connection, named, clock.now(), "demo")
    await send_yesterdays(app, clock, DATA)
    clock.advance(OPENING - clock.now())
    async with app.db.write() as connection:
        await subscribe(connection, people, clock.now(), "demo")
        for person in (ELIF, MURAT):
            name = f"{person.first_name} {person.last_name}"
            await staff_people.seen(connection, person.id, name, person.language, clock.now())

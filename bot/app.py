"""The composition root: builds every part, passes it on, closes in reverse."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import tomllib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import aiohttp
from aiohttp import web
from telegram import Bot

import bot as package
from bot.app_parts import read_glossary, read_topics, source_specs
from bot.clock import Clock, SystemClock
from bot.config import Settings, SourceSettings
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.limiter import Limiter
from bot.delivery.redaction import install_redaction
from bot.delivery.sender import Sender
from bot.delivery.telegram import AiohttpRequest
from bot.delivery.updates import UpdatePoller
from bot.domain.glossary import Glossary, parse_glossary
from bot.domain.topic import TopicTable, parse_topics
from bot.errors import ConfigError
from bot.metrics import Metrics
from bot.rendering.catalog import load_catalogs
from bot.rendering.kit import RenderingKit
from bot.sources.registry import SourceSpec
from bot.store.db import Database, open_database
from bot.store.migrate import check_version, upgrade
from bot.web.server import web_application
from handlers.context import Services
from handlers.intake import Intake, build_application
from jobs import JOBS
from jobs.context import JobContext
from jobs.ticker import Ticker

LOCALES = Path(package.__file__).resolve().parent.parent / "locales"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class App:
    """The running parts that the demo, the tests and the terminal may touch."""

    settings: Settings
    db: Database
    services: Services
    dispatcher: Dispatcher
    intake: Intake
    ticker: Ticker
    bot: Bot
    tasks: tuple[asyncio.Task[None], ...]


async def run_until_stopped(settings: Settings, clock: Clock | None = None) -> None:
    """Run the bot until SIGINT or SIGTERM; a part that dies ends the process with its error."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers in loops
            loop.add_signal_handler(name, stop.set)
    async with running(settings, clock or SystemClock()) as app:
        log.info("Running.")
        waiting = asyncio.create_task(stop.wait())
        done, _ = await asyncio.wait({waiting, *app.tasks}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        for task in done - {waiting}:
            task.result()  # a part that ended by itself ended by an error: raise it

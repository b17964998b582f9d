"""The composition root: builds every part, passes it on, closes in reverse."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import aiohttp
from aiohttp import web
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.app_parts import read_glossary, read_topics, source_specs, translating
from bot.clock import Clock, SystemClock
from bot.config import Settings
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.limiter import Limiter
from bot.delivery.outcomes import Sent
from bot.delivery.owner import own
from bot.delivery.redaction import install_redaction
from bot.delivery.sender import Sender
from bot.delivery.telegram import AiohttpRequest
from bot.delivery.updates import UpdatePoller
from bot.domain.outgoing import Toast
from bot.domain.permissions import Staff
from bot.errors import ConfigError, TelegramFatal
from bot.flows import reports, restored
from bot.flows.circulars import CircularReader
from bot.metrics import Metrics
from bot.rendering.catalog import load_catalogs
from bot.rendering.kit import RenderingKit
from bot.sources.fetch import Fetcher
from bot.stop import stop_asked
from bot.store.db import Database, open_database
from bot.store.migrate import prepare
from bot.web.server import web_application
from handlers.commands import menu
from handlers.context import Services
from handlers.intake import BotApplication, Intake, build_application
from jobs.context import JobContext
from jobs.ticker import Ticker

log = logging.getLogger(__name__)

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
TOAST_SECONDS = 8.0


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
    set_up_logging()
    stop = stop_asked()
    async with running(settings, clock or SystemClock()) as app:
        log.info("Running as @%s.", app.bot.username)
        waiting = asyncio.create_task(stop.wait())
        done, _ = await asyncio.wait({waiting, *app.tasks}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        for task in done - {waiting}:
            task.result()  # a part that ended by itself ended by an error: raise it
        log.info("Stopping.")


async def run_worker(settings: Settings, clock: Clock | None = None) -> None:
    """One more sender beside a running bot, until SIGINT or SIGTERM: it takes no updates and does no jobs.

    Several senders share the database, its leases and one rate. Raises ``ConfigError`` without a token or
    on SQLite, where one process owns the file, and what ``running`` raises for the database.
    """
    set_up_logging()
    token = settings.token()
    if token is None:
        raise ConfigError(["[telegram] token is missing; @BotFather gives one."])
    stop = stop_asked()
    async with AsyncExitStack() as stack:
        db = open_database(settings.database.url)
        stack.push_async_callback(db.close)
        if db.is_sqlite:
            raise ConfigError(["[database] url: workers need PostgreSQL; SQLite has one process."])
        owner = stack.enter_context(own(db))
        await prepare(db)
        connector = aiohttp.TCPConnector(limit=settings.delivery.in_flight + 32)
        session = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))
        sender = Sender(session, settings.telegram.api_base_url, token, settings.telegram.proxy)
        dispatcher = _dispatcher(settings, db, sender, clock or SystemClock(), Metrics(), owner)
        sending = asyncio.create_task(dispatcher.run(), name="dispatcher")
        stack.push_async_callback(_end_sending, dispatcher, sending)
        log.info("Sending.")
        waiting = asyncio.create_task(stop.wait())
        await asyncio.wait({waiting, sending}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if sending.done():
            sending.result()
        log.info("Stopping.")


def _dispatcher(
    settings: Settings,
    db: Database,
    sender: Sender,
    clock: Clock,
    metrics: Metrics,
    owner: int,
    troubles: _Troubles | None = None,
) -> Dispatcher:
    """The dispatcher of the settings; without ``troubles`` the running bot's sweep tells staff."""
    return Dispatcher(
        db,
        sender,
        Limiter(settings.delivery.rate_per_second),
        clock,
        metrics,
        owner=owner,
        in_flight=settings.delivery.in_flight,
        after_crash=settings.delivery.after_crash,
        paid=settings.delivery.allow_paid_broadcast,
        on_finished=troubles.finished if troubles else None,
        on_trouble=troubles.paused if troubles else None,
    )


def set_up_logging(level: int = logging.INFO) -> None:
    """Log to standard error, one line an event, the token masked in every line."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    install_redaction()


@asynccontextmanager
async def running(settings: Settings, clock: Clock) -> AsyncIterator[App]:
    """The bot, running. Raises ``ConfigError`` without a token, ``DatabaseError`` for a database that cannot
    be used or is in use, ``TelegramFatal`` for a token that Telegram refuses.

    Closing takes no more updates, finishes those at work and records what is under way.
    """
    token = settings.token()
    if token is None:
        raise ConfigError(["[telegram] token is missing; @BotFather gives one."])
    async with AsyncExitStack() as stack:
        db = open_database(settings.database.url)
        stack.push_async_callback(db.close)
        owner = stack.enter_context(own(db))
        await prepare(db)
        connector = aiohttp.TCPConnector(limit=settings.delivery.in_flight + 32)
        session = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))
        proxy = settings.telegram.proxy
        sender = Sender(session, settings.telegram.api_base_url, token, proxy)
        application = build_application(token, settings.telegram.api_base_url, AiohttpRequest(session, proxy))
        await _initialize(application)
        stack.push_async_callback(application.shutdown)
        app = await _assemble(settings, clock, db, sender, application, owner, stack)
        app.ticker.start()
        stack.push_async_callback(app.ticker.stop)
        yield app


async def _assemble(
    settings: Settings,
    clock: Clock,
    db: Database,
    sender: Sender,
    application: BotApplication,
    owner: int,
    stack: AsyncExitStack,
) -> App:
    delivery = settings.delivery
    paid_rate = delivery.rate_per_second if delivery.allow_paid_broadcast else None
    kit = RenderingKit(
        load_catalogs(),
        settings.the_association(),
        read_topics(settings),
        read_glossary(settings),
        paid_rate=paid_rate,
    )
    metrics, staff = Metrics(), settings.the_staff()
    troubles = _Troubles(db, clock, kit, staff)
    dispatcher = _dispatcher(settings, db, sender, clock, metrics, owner, troubles)
    troubles.dispatcher = dispatcher
    toasts = _Toasts(sender)
    services = Services(
        db=db,
        association=kit.association,
        staff=staff,
        topics=kit.topics,
        glossary=kit.glossary,
        catalogs=kit.catalogs,
        kit=kit,
        clock=clock,
        bot=application.bot,
        wake=dispatcher.wake,
        toast=toasts.show,
        circulars=CircularReader(kit.topics),
    )
    intake = Intake(services, application)
    poller = UpdatePoller(db, sender, clock, intake.wake)
    context = JobContext(
        db=db,
        clock=clock,
        kit=kit,
        staff=staff,
        sources=source_specs(settings),
        fetcher=Fetcher(),
        wake=dispatcher.wake,
        metrics=metrics,
        translating=translating(settings, kit),
        retention=settings.the_retention(),
        limits=settings.the_limits(),
        updates_silent=poller.silent_seconds,
    )
    await _greet(sender, services)
    async with db.write() as connection:
        await restored.announce(connection, clock.now(), kit, staff)
    sending = asyncio.create_task(dispatcher.run(), name="dispatcher")
    stack.push_async_callback(_end_sending, dispatcher, sending)
    tasks = [sending]
    for work, name in ((intake.run(), "intake"), (poller.run(), "updates")):
        task = asyncio.create_task(work, name=name)
        stack.push_async_callback(_cancel, db, task)
        tasks.append(task)
    if settings.web.port:
        await _serve_web(settings, db, metrics, tasks, stack)
    return App(settings, db, services, dispatcher, intake, Ticker(context), application.bot, tuple(tasks))


class _Troubles:
    """What staff are told of a sending: that it ended, or that it was paused."""

    def __init__(self, db: Database, clock: Clock, kit: RenderingKit, staff: Staff) -> None:
        self._db, self._clock, self._kit, self._staff = db, clock, kit, staff
        self.dispatcher: Dispatcher | None = None

    async def finished(self, _broadcasts: list[int]) -> None:
        async with self._db.write() as connection:
            await reports.report_finished(connection, self._clock.now(), self._kit, self._staff)
        self._wake()

    async def paused(self, broadcast_id: int, reason: str) -> None:
        log.error("A sending was paused: %s", reason)
        async with self._db.write() as connection:
            await reports.report_trouble(
                connection, broadcast_id, reason, self._clock.now(), self._kit, self._staff
            )
        self._wake()

    def _wake(self) -> None:
        if self.dispatcher is not None:
            self.dispatcher.wake()


class _Toasts:
    """Answers to taps, sent at once beside everything else and never retried."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._running: set[asyncio.Task[None]] = set()

    async def show(self, toast: Toast) -> None:
        task = asyncio.create_task(self._send(toast))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _send(self, toast: Toast) -> None:
        body: dict[str, object] = {"callback_query_id": toast.callback_id}
        if toast.text:
            body |= {"text": toast.text[:200], "show_alert": toast.alert}
        await self._sender.call("answerCallbackQuery", body, seconds=TOAST_SECONDS)


async def _initialize(application: BotApplication) -> None:
    """Ask Telegram who we are until it answers; only a refused token ends it."""
    pause = FIRST_PAUSE
    while True:
        try:
            await application.initialize()
            return
        except InvalidToken:
            raise TelegramFatal("Telegram refuses the bot token; see [telegram] token.") from None
        except TelegramError as error:
            log.warning("Telegram cannot be reached (%s); again in %.0f s", type(error).__name__, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


async def _greet(sender: Sender, services: Services) -> None:
    """Polling needs no webhook; strangers get the menu in Turkish or, by default, in English."""
    await sender.call("deleteWebhook", {"drop_pending_updates": False})
    for language, code in (("en", ""), ("tr", "tr")):
        commands = [
            {"command": name, "description": text}
            for name, text in menu(services.catalogs[language], services.staff, 0)
        ]
        body: dict[str, object] = {"commands": commands}
        if code:
            body["language_code"] = code
        outcome = await sender.call("setMyCommands", body)
        if not isinstance(outcome, Sent):
            log.warning("The command menu could not be set (%s)", type(outcome).__name__)


async def _serve_web(
    settings: Settings,
    db: Database,
    metrics: Metrics,
    tasks: list[asyncio.Task[None]],
    stack: AsyncExitStack,
) -> None:
    async def ready() -> dict[str, bool]:
        parts = {task.get_name(): not task.done() for task in tasks}
        try:
            async with db.read() as connection:
                await connection.exec_driver_sql("SELECT 1")
            parts["database"] = True
        except Exception:
            parts["database"] = False
        return parts

    runner = web.AppRunner(web_application(ready, metrics.text), access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, settings.web.host, settings.web.port).start()


async def _end_sending(dispatcher: Dispatcher, task: asyncio.Task[None]) -> None:
    await dispatcher.stop()
    with contextlib.suppress(Exception):  # its error, if any, was raised where the tasks are watched
        await task


async def _cancel(db: Database, task: asyncio.Task[None]) -> None:
    await db.quiet()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await task

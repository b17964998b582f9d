"""The canary: whatever fails, however much is logged, the token stands in no line."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from telegram import Bot
from telegram.error import TelegramError

from bot.delivery.redaction import install_redaction
from bot.delivery.sender import Sender
from bot.delivery.telegram import AiohttpRequest
from bot.errors import TelegramFatal
from tests.integration.post import Post, post, until

LOUD = ("", "aiohttp", "sqlalchemy", "asyncio", "telegram", "httpx", "httpcore", "bot")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Canary:
    """Two logs of the same lines: as they come, and as our handlers show them."""

    plain: io.StringIO
    redacted: io.StringIO

    def sings(self, token: str) -> bool:
        return token in self.plain.getvalue()

    def is_safe(self, token: str) -> bool:
        secret = token.split(":")[1]
        return bool(self.redacted.getvalue()) and secret not in self.redacted.getvalue()


@pytest.fixture
def canary() -> Iterator[Canary]:
    """Everything at DEBUG. The plain handler stands before the one that is filtered."""
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    levels = {name: logging.getLogger(name).level for name in LOUD}
    both = Canary(io.StringIO(), io.StringIO())
    root.handlers = [logging.StreamHandler(both.plain)]
    shown = logging.StreamHandler(both.redacted)
    root.addHandler(shown)
    install_redaction()
    root.handlers[0].filters.clear()
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        yield both
    finally:
        root.handlers = before
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


async def test_no_line_of_a_failing_dispatcher_holds_the_token(tmp_path: Path, canary: Canary) -> None:
    asyncio.get_running_loop().set_debug(True)
    async with post(tmp_path) as office:
        chats = await office.members(6)
        for chat, kind in zip(
            chats, ("reset_before", "reset_after", "garbage", "server_error", "error", "flood"), strict=True
        ):
            office.world.faults.add(kind=kind, chat_id=chat, times=1)
        broadcast_id = await office.broadcast()
        async with office.sending():
            await until(lambda: broadcast_id in office.finished)
        office.world.faults.add(kind="error", code=401, text="Unauthorized")
        await office.broadcast("iki")
        with suppress(TelegramFatal):
            async with office.sending(owner=8):
                await asyncio.sleep(0.5)
        async with office.sending(owner=9, url="http://127.0.0.1:9"):
            await asyncio.sleep(0.3)
        log.debug("the canary itself: %s", office.world.token)
        assert canary.sings(office.world.token)
        assert canary.is_safe(office.world.token)
        assert "sqlalchemy" in canary.redacted.getvalue() or "UPDATE delivery" in canary.redacted.getvalue()


async def test_the_librarys_own_transport_and_errors_are_redacted(tmp_path: Path, canary: Canary) -> None:
    async with post(tmp_path) as office:
        token = office.world.token
        async with Bot(token, base_url=f"{office.url}/bot") as bot:  # its httpx logs every address at INFO
            log.info("using %r", bot)
        office.world.faults.add(kind="error", code=401, text="Unauthorized")
        async with aiohttp.ClientSession() as session:
            request = AiohttpRequest(session)
            bot = Bot(token, base_url=f"{office.url}/bot", request=request, get_updates_request=request)
            try:
                await bot.initialize()
            except TelegramError:
                log.exception("refused")
        assert canary.sings(token)
        assert canary.is_safe(token)
        assert "<token>" in canary.redacted.getvalue()


async def test_exceptions_arguments_and_stacks_are_redacted(tmp_path: Path, canary: Canary) -> None:
    async with post(tmp_path) as office:
        token = office.world.token
        address = f"{office.url}/bot{token}/sendMessage"
        try:
            try:
                raise ConnectionError(f"cannot reach {address}")
            except ConnectionError as error:
                raise RuntimeError("while sending") from error
        except RuntimeError:
            log.exception("failed at %s", address)
        log.warning({"url": address})
        log.warning("percent: %s", address.replace(":", "%3A"))
        log.warning("too few arguments: %s %s", address)
        assert canary.sings(token)
        assert canary.is_safe(token)
        assert "while sending" in canary.redacted.getvalue()
        assert "cannot reach" in canary.redacted.getvalue()


def test_a_stop_shows_no_trace_of_connections_that_were_given_back(canary: Canary) -> None:
    pool = logging.getLogger("sqlalchemy.pool.impl.AsyncAdaptedQueuePool")
    for error in (asyncio.CancelledError(), OSError("the disk is gone")):
        pool.error("Exception during reset", exc_info=error)
    assert "CancelledError" in canary.plain.getvalue()
    assert "CancelledError" not in canary.redacted.getvalue()
    assert "the disk is gone" in canary.redacted.getvalue()


async def test_the_senders_own_outcomes_hold_no_address(tmp_path: Path) -> None:
    async with post(tmp_path) as office, aiohttp.ClientSession() as session:
        await office.members(1)
        for kind in ("reset_before", "garbage", "server_error"):
            office.world.faults.clear()
            office.world.faults.add(kind=kind)
            outcome = await _sender(session, office).call("sendMessage", {"chat_id": 1_000_001, "text": "x"})
            assert office.world.token not in repr(outcome)
            assert office.url not in repr(outcome)
        assert office.world.token not in repr(_sender(session, office))


def _sender(session: aiohttp.ClientSession, office: Post) -> Sender:
    return Sender(session, office.url, office.world.token)

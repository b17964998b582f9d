"""The wire over real sockets: what is known of a message's arrival, whatever the server does."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import ssl
import struct
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.delivery import wire as wires
from bot.delivery.letter import Letter
from bot.delivery.outcomes import Fatal, Gone, NotSent, Outcome, Rejected, RetryAt, Sent, Unknown
from bot.delivery.wire import Wire
from bot.domain.member import MemberState

TOKEN = "42:wire-token-of-the-tests"
OK = b'{"ok":true,"result":{"message_id":17,"chat":{"id":5}}}'
Talk = Callable[["Visit"], Awaitable[None]]


class Visit:
    """One connection as the server sees it."""

    def __init__(self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.number, self.reader, self.writer = number, reader, writer

    async def request(self) -> tuple[str, bytes]:
        """The request's first line and its body."""
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        body = await self.reader.readexactly(int(length.partition(b":")[2]))
        return head.split(b"\r\n")[0].decode(), body

    def say(self, body: bytes = OK, status: int = 200, fields: bytes = b"") -> None:
        self.writer.write(
            b"HTTP/1.1 %d X\r\n%bContent-Length: %d\r\n\r\n%b" % (status, fields, len(body), body)
        )

    def reset(self) -> None:
        """End with RST instead of FIN."""
        raw = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


@asynccontextmanager
async def serving(talk: Talk, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """A server that ``talk``s with every visitor; its port."""
    visits: set[asyncio.Task[None]] = set()
    count = 0

    async def visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        count += 1
        task = asyncio.current_task()
        assert task is not None
        visits.add(task)
        try:
            await talk(Visit(count, reader, writer))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(visit, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in visits:
            task.cancel()
        await asyncio.gather(*visits, return_exceptions=True)


@asynccontextmanager
async def wire_to(port: int, *, scheme: str = "http", seconds: float = 20.0) -> AsyncIterator[Wire]:
    wire = Wire(
        f"{scheme}://127.0.0.1:{port}/bot{TOKEN}/", connect_seconds=min(5.0, seconds), answer_seconds=seconds
    )
    try:
        yield wire
    finally:
        wire.close()
        await asyncio.sleep(0)


async def post(wire: Wire, body: bytes = b'{"chat_id":5,"text":"x"}') -> Outcome:
    outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
    wire.post("sendMessage", body, outcome.set_result)
    return await asyncio.wait_for(outcome, 30)


async def outcome_of(talk: Talk, seconds: float = 20.0) -> Outcome:
    async with serving(talk) as port, wire_to(port, seconds=seconds) as wire:
        return await post(wire)


async def test_a_message_goes_out_as_it_was_prepared_and_connections_are_kept() -> None:
    seen: list[tuple[int, str, bytes]] = []

    async def talk(visit: Visit) -> None:
        while True:
            line, body = await visit.request()
            seen.append((visit.number, line, body))
            visit.say()

    letter = Letter({"text": "Sayın üyemiz", "reply_markup": {"inline_keyboard": []}}, paid=True)
    async with serving(talk) as port, wire_to(port) as wire:
        for chat in (5, -100_123):
            assert await post(wire, letter.to(chat, silent=chat < 0)) == Sent({"message_id": 17})
    assert [number for number, _, _ in seen] == [1, 1]
    assert {line for _, line, _ in seen} == {f"POST /bot{TOKEN}/sendMessage HTTP/1.1"}
    shared = {"text": "Sayın üyemiz", "reply_markup": {"inline_keyboard": []}, "allow_paid_broadcast": True}
    assert [json.loads(body) for _, _, body in seen] == [
        {"chat_id": 5, **shared},
        {"chat_id": -100_123, **shared, "disable_notification": True},
    ]


async def test_many_at_once_each_get_their_own_answer() -> None:
    async def talk(visit: Visit) -> None:
        while True:
            chat = json.loads((await visit.request())[1])["chat_id"]
            await asyncio.sleep(0.02)
            visit.say(b'{"ok":true,"result":{"message_id":%d}}' % (chat + 1000))

    async with serving(talk) as port, wire_to(port) as wire:
        for _ in range(3):
            outcomes = await asyncio.gather(*(post(wire, b'{"chat_id":%d}' % chat) for chat in range(40)))
            assert outcomes == [Sent({"message_id": chat + 1000}) for chat in range(40)]


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (429, {"error_code": 429, "description": "x", "parameters": {"retry_after": 7}}, RetryAt(7.0)),
        (401, {"error_code": 401, "description": "Unauthorized"}, Fatal("Unauthorized")),
        (
            403,
            {"error_code": 403, "description": "Forbidden: bot was blocked by the user"},
            Gone(MemberState.BLOCKED, "Forbidden: bot was blocked by the user"),
        ),
        (400, {"error_code": 400, "description": "Bad Request: x"}, Rejected(400, "Bad Request: x", False)),
        (500, {"error_code": 500, "description": "Internal"}, Unknown("500 Internal")),
    ],
)
async def test_a_refusal_is_what_it_is_everywhere(
    status: int, body: dict[str, object], outcome: Outcome
) -> None:
    async def talk(visit: Visit) -> None:
        await visit.request()
        visit.say(json.dumps({"ok": False, **body}).encode(), status)
        await visit.writer.drain()

    assert await outcome_of(talk) == outcome


@pytest.mark.parametrize("status", [200, 302, 404, 502, 504])
async def test_a_gateways_page_says_nothing_about_arrival(status: int) -> None:
    async def talk(visit: Visit) -> None:
        await visit.request()
        visit.say(b"<html>gateway</html>", status, b"Location: /elsewhere\r\n")
        await visit.writer.drain()

    assert isinstance(await outcome_of(talk), Unknown)


async def test_a_chunked_answer_in_small_pieces_is_read() -> None:
    async def talk(visit: Visit) -> None:
        await visit.request()
        visit.writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for byte in OK:
            visit.writer.write(b"1\r\n%c\r\n" % byte)
            await visit.writer.drain()
        visit.writer.write(b"0\r\n\r\n")
        await visit.writer.drain()
        await asyncio.sleep(0.2)

    assert await outcome_of(talk) == Sent({"message_id": 17})


async def _reset_at_once(visit: Visit) -> None:
    visit.reset()


async def _reset_after_reading(visit: Visit) -> None:
    await visit.request()
    visit.reset()


async def _closed_after_reading(visit: Visit) -> None:
    await visit.request()


async def _truncated(visit: Visit) -> None:
    await visit.request()
    visit.writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n" + OK)
    await visit.writer.drain()


async def _truncated_chunk(visit: Visit) -> None:
    await visit.request()
    visit.writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b" % (len(OK), OK))
    await visit.writer.drain()


async def _garbage(visit: Visit) -> None:
    await visit.request()
    visit.writer.write(b"\x16\x03\x01 no HTTP\r\n\r\n")
    await visit.writer.drain()


async def _endless(visit: Visit) -> None:
    await visit.request()
    visit.writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        visit.writer.write(b"x" * 65_536)
        await visit.writer.drain()


@pytest.mark.parametrize(
    "talk",
    [
        _reset_at_once,
        _reset_after_reading,
        _closed_after_reading,
        _truncated,
        _truncated_chunk,
        _garbage,
        _endless,
    ],
    ids=lambda talk: talk.__name__.strip("_"),
)
async def test_once_it_may_have_left_only_an_answer_tells(talk: Talk) -> None:
    outcome = await outcome_of(talk)
    assert isinstance(outcome, Unknown)
    assert TOKEN not in outcome.text


async def test_an_answer_that_never_comes_is_given_up_and_its_connection_not_used_again() -> None:
    async def talk(visit: Visit) -> None:
        await visit.request()
        if visit.number == 1:
            await asyncio.sleep(60)
        visit.say()
        await visit.writer.drain()

    async with serving(talk) as port, wire_to(port, seconds=1.0) as wire:
        began = time.monotonic()
        assert await post(wire) == Unknown("no answer in time")
        assert time.monotonic() - began >= 1.0
        assert await post(wire) == Sent({"message_id": 17})


async def test_a_refused_connection_sent_nothing() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with wire_to(port) as wire:
        outcomes = await asyncio.gather(*(post(wire) for _ in range(5)))
    assert all(isinstance(outcome, NotSent) for outcome in outcomes)


async def test_a_connection_that_is_never_made_sent_nothing() -> None:
    with socket.socket() as full:  # a full backlog lets nobody in
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        try:
            async with wire_to(port, seconds=1.0) as wire:
                assert isinstance(await post(wire), NotSent)
        finally:
            for filler in fillers:
                filler.close()


async def test_a_name_that_is_none_sent_nothing() -> None:
    wire = Wire("http://no-such-host.invalid/bot1:x/", connect_seconds=20, answer_seconds=20)
    assert isinstance(await post(wire), NotSent)
    wire.close()


async def test_a_connection_closed_while_idle_is_replaced_and_nothing_is_in_doubt() -> None:
    async def talk(visit: Visit) -> None:
        await visit.request()
        visit.say()
        await visit.writer.drain()  # and then the server goes, as with a keep-alive that ran out

    async with serving(talk) as port, wire_to(port) as wire:
        for _ in range(20):
            assert await post(wire) == Sent({"message_id": 17})
            await asyncio.sleep(0.01)


async def test_an_end_that_came_while_the_loop_was_busy_is_seen_before_writing() -> None:
    ended: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()

    async def talk(visit: Visit) -> None:
        await visit.request()
        visit.say()
        await visit.writer.drain()
        if visit.number == 1:
            await asyncio.sleep(wires.UNWATCHED_SECONDS + 0.1)
            with socket.socket(fileno=os.dup(visit.writer.get_extra_info("socket").fileno())) as raw:
                raw.shutdown(socket.SHUT_RDWR)
            # The wire's side has not been told yet: both run in this loop, and it has not come round.
            wire.post("sendMessage", b'{"chat_id":5}', ended.set_result)
        await asyncio.sleep(5)

    async with serving(talk) as port, wire_to(port) as wire:
        assert await post(wire) == Sent({"message_id": 17})
        assert await asyncio.wait_for(ended, 20) == Sent({"message_id": 17})


async def test_something_said_unasked_ends_the_connection() -> None:
    async def talk(visit: Visit) -> None:
        await visit.request()
        visit.say(OK)
        await visit.writer.drain()
        await asyncio.sleep(0.05)
        if visit.number == 1:
            visit.say(b'{"ok":true,"result":{"message_id":666}}')
            await visit.writer.drain()
        await asyncio.sleep(5)

    async with serving(talk) as port, wire_to(port) as wire:
        assert await post(wire) == Sent({"message_id": 17})
        await asyncio.sleep(0.2)
        assert await post(wire) == Sent({"message_id": 17})


async def test_what_is_under_way_at_the_end_is_told_nothing() -> None:
    arrived = asyncio.Event()

    async def talk(visit: Visit) -> None:
        await visit.request()
        arrived.set()
        await asyncio.sleep(60)

    told: list[Outcome] = []
    async with serving(talk) as port, wire_to(port) as wire:
        wire.post("sendMessage", b'{"chat_id":5}', told.append)
        await asyncio.wait_for(arrived.wait(), 10)
        wire.close()
        await asyncio.sleep(0.1)
    assert told == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 with its key, in one file."""
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    key = file.with_suffix(".key")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(file)],
        check=True, capture_output=True,
    )  # fmt: skip
    file.write_bytes(file.read_bytes() + key.read_bytes())
    return file


@pytest.mark.parametrize("trusted", [True, False])
async def test_over_tls_only_a_trusted_server_gets_anything(
    certificate: Path, trusted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bytes] = []

    async def talk(visit: Visit) -> None:
        while True:
            seen.append((await visit.request())[1])
            visit.say()

    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    async with serving(talk, context) as port, wire_to(port, scheme="https") as wire:
        outcomes = [await post(wire), await post(wire)]
    if trusted:
        assert outcomes == [Sent({"message_id": 17})] * 2
        assert len(seen) == 2
    else:
        assert all(isinstance(outcome, NotSent) for outcome in outcomes)
        assert seen == []

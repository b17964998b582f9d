"""The fast path to the Bot API: prepared bodies out over kept connections, outcomes back by callback.

A task, a timeout and a dozen objects for each call cost more than the call itself at a thousand messages a
second; see docs/adr/0007-a-wire-of-our-own.md. What is known of a message's arrival is the same as on
aiohttp: a connection that was never made sent nothing, and once a byte may have left only an answer tells.
"""

from __future__ import annotations

import asyncio
import select
import socket as sockets
import ssl
import time
from collections import deque
from collections.abc import Callable
from typing import cast
from urllib.parse import urlsplit

import aiohappyeyeballs

from bot.delivery.answer import Answer, AnswerReader, Malformed, whole
from bot.delivery.outcomes import NotSent, Outcome, Unknown, classify_sending

Heed = Callable[[Outcome], None]

IDLE_SECONDS = 4.0
"""Connections that nobody needed for so long are closed by us, before a server does it in the very moment in
which we write (the shortest usual time that servers keep them is five seconds)."""
UNWATCHED_SECONDS = 0.25  # a connection that rested longer is looked at before it is used
STAGGER_SECONDS = 0.25  # the next address is tried beside one that does not answer (RFC 8305)
TICK_SECONDS = 0.5


class _Call:
    """A request that waits for its answer; ``connection`` once it was written to one."""

    __slots__ = ("connection", "data", "deadline", "heed")

    def __init__(self, data: bytes, heed: Heed, deadline: float) -> None:
        self.data = data
        self.heed: Heed | None = heed
        self.deadline = deadline
        self.connection: _Connection | None = None

    def settle(self, outcome: Outcome) -> None:
        """Tell the outcome, the first one only."""
        heed, self.heed, self.data, self.connection = self.heed, None, b"", None
        if heed is not None:
            heed(outcome)


class Wire:
    """POST requests to one bot at one server. Its token stands in no error. ``close`` it in the end.

    ``answer_seconds`` is how long a call may take from the beginning, making a connection included;
    ``connect_seconds`` how long that alone. Raises ``ValueError`` for an address that is not http(s).
    """

    def __init__(self, base: str, *, connect_seconds: float, answer_seconds: float) -> None:
        parts = urlsplit(base)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("the Bot API's address begins with http:// or https://")
        self._secure = parts.scheme == "https"
        self._host = parts.hostname
        self._port = parts.port or (443 if self._secure else 80)
        host = parts.netloc.rpartition("@")[2]
        self._path = parts.path
        self._fields = f" HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: "
        self._heads: dict[str, bytes] = {}
        self._tls: ssl.SSLContext | None = None
        self._connect_seconds = connect_seconds
        self._answer_seconds = answer_seconds
        self._idle: list[_Connection] = []  # those used last at the end: the others age and are closed
        self._open: set[_Connection] = set()
        self._waiting: deque[_Call] = deque()  # for a connection
        self._calls: deque[_Call] = deque()  # all, by their deadlines
        self._connecting: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None

    def post(self, method: str, body: bytes, heed: Heed) -> None:
        """Call ``method`` with a JSON object; ``heed`` gets what came of it, never within this call."""
        head = self._heads.get(method)
        if head is None:
            head = self._heads[method] = f"POST {self._path}{method}{self._fields}".encode()
        now = time.monotonic()
        call = _Call(b"%b%d\r\n\r\n%b" % (head, len(body), body), heed, now + self._answer_seconds)
        self._calls.append(call)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(TICK_SECONDS, self._tick)
        while self._idle:
            connection = self._idle.pop()
            if connection.usable(now):
                connection.send(call)
                return
            connection.abort()
        self._waiting.append(call)
        task = asyncio.get_running_loop().create_task(self._connect())
        self._connecting.add(task)
        task.add_done_callback(self._connecting.discard)

    def close(self) -> None:
        """End all connections; what is under way is told nothing any more."""
        for call in self._calls:
            call.heed = None
        self._calls.clear()
        self._waiting.clear()
        for task in self._connecting:
            task.cancel()
        for connection in list(self._open):
            connection.abort()
        self._idle.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def _connect(self) -> None:
        """One more connection for whoever waits longest; that none can be made is told to one caller."""
        try:
            async with asyncio.timeout(self._connect_seconds):
                await self._open_one()
        # Timeouts and refused certificates are OSErrors, too; a name that is none is a ValueError.
        except (OSError, ValueError) as error:
            while self._waiting:
                call = self._waiting.popleft()
                if call.heed is not None:
                    call.settle(NotSent(type(error).__name__))
                    break

    async def _open_one(self) -> None:
        loop = asyncio.get_running_loop()
        if self._secure and self._tls is None:
            self._tls = ssl.create_default_context()
        found = await loop.getaddrinfo(self._host, self._port, type=sockets.SOCK_STREAM)
        socket = await aiohappyeyeballs.start_connection(
            found, happy_eyeballs_delay=STAGGER_SECONDS, interleave=1, loop=loop
        )
        try:
            await loop.create_connection(
                lambda: _Connection(self),
                sock=socket,
                ssl=self._tls,
                server_hostname=self._host if self._secure else None,
            )
        except BaseException:
            socket.close()
            raise

    def _tick(self) -> None:
        """End what took too long and close what rested too long."""
        now, calls = time.monotonic(), self._calls
        while calls and (calls[0].heed is None or calls[0].deadline <= now):
            call = calls.popleft()
            connection = call.connection
            if call.heed is None:
                continue
            if connection is None:
                call.settle(NotSent("no connection in time"))
            else:
                connection.call = None
                connection.abort()
                call.settle(Unknown("no answer in time"))
        while self._idle and self._idle[0].rested_since < now - IDLE_SECONDS:
            self._idle.pop(0).abort()
        busy = calls or self._idle
        self._timer = asyncio.get_running_loop().call_later(TICK_SECONDS, self._tick) if busy else None

    def _made(self, connection: _Connection) -> None:
        self._open.add(connection)
        self._free(connection)

    def _free(self, connection: _Connection) -> None:
        """A connection that can take a call."""
        while self._waiting:
            call = self._waiting.popleft()
            if call.heed is not None:
                connection.send(call)
                return
        connection.rested_since = time.monotonic()
        self._idle.append(connection)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(TICK_SECONDS, self._tick)

    def _lost(self, connection: _Connection) -> None:
        self._open.discard(connection)
        if connection in self._idle:
            self._idle.remove(connection)


class _Connection(asyncio.Protocol):
    """One connection: a call at a time."""

    __slots__ = ("_reader", "_transport", "_wire", "call", "rested_since")

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._transport: asyncio.Transport | None = None
        self._reader: AnswerReader | None = None  # of an answer that came in pieces
        self.call: _Call | None = None
        self.rested_since = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._wire._made(self)

    def usable(self, now: float) -> bool:
        """Whether the other side has neither closed it nor said anything unasked."""
        transport = self._transport
        if transport is None or transport.is_closing():
            return False
        if now - self.rested_since < UNWATCHED_SECONDS or not hasattr(select, "poll"):
            return True
        poll = select.poll()
        poll.register(transport.get_extra_info("socket").fileno(), select.POLLIN)
        return not poll.poll(0)

    def send(self, call: _Call) -> None:
        self.call = call
        call.connection = self
        self._reader = None
        assert self._transport is not None
        self._transport.write(call.data)
        call.data = b""

    def abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        call = self.call
        if call is None:  # nobody asked
            self.abort()
            return
        try:
            answer = self._read(data)
        except Malformed as error:
            self.call = None
            self.abort()
            call.settle(Unknown(f"an answer that is not HTTP: {error}"))
            return
        if answer is None:
            return
        self.call = None
        if answer.keep and self._transport is not None and not self._transport.is_closing():
            self._wire._free(self)
        else:
            self.abort()
        call.settle(classify_sending(answer.status, answer.body))

    def _read(self, data: bytes) -> Answer | None:
        """The answer, once it is complete. Raises ``Malformed``."""
        if self._reader is None:
            if (answer := whole(data)) is not None:
                return answer
            self._reader = AnswerReader()
        return self._reader.feed(data)

    def connection_lost(self, error: Exception | None) -> None:
        self._wire._lost(self)
        call, self.call = self.call, None
        if call is None:
            return
        answer = self._reader.end() if self._reader is not None else None
        if answer is not None and error is None:
            call.settle(classify_sending(answer.status, answer.body))
        elif self._reader is not None:
            call.settle(Unknown("an answer that was cut off"))
        else:
            call.settle(Unknown(type(error).__name__ if error else "the server closed the connection"))

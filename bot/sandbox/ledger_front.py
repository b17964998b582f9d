"""The short way of ledger mode: a whole sendMessage in one packet is answered before aiohttp sees it.

Everything else, and everything while a fault is set, goes on to aiohttp's own protocol unchanged.
"""

from __future__ import annotations

import asyncio
import re
from typing import cast

from bot.sandbox.api.messages import to_ledger
from bot.sandbox.requests import ENCODER, Parameters, json_object
from bot.sandbox.world import World

HEAD = re.compile(rb"content-length: *([0-9]{1,7})\r\n", re.IGNORECASE)
JSON_BODY = re.compile(rb"content-type: *application/json", re.IGNORECASE)
BARRED = re.compile(
    rb"\r\n(?:transfer-encoding|expect|upgrade|connection: *close|content-encoding)", re.IGNORECASE
)
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"


class LedgerFront(asyncio.Protocol):
    """Stands before ``inner``, aiohttp's protocol of one connection."""

    def __init__(self, inner: asyncio.Protocol, world: World) -> None:
        self._inner = inner
        self._world = world
        self._begins = f"POST /bot{world.token}/sendMessage HTTP/1.1\r\n".encode()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one by its methods only
        self._inner.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        answer = self._answer(data) if data.startswith(self._begins) else None
        if answer is None or self._transport is None:
            self._inner.data_received(data)
        else:
            self._transport.write(ANSWER % (len(answer), answer))

    def eof_received(self) -> bool | None:
        return self._inner.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()

    def _answer(self, data: bytes) -> bytes | None:
        """The answer to a whole and usual call; None for one that takes the long way."""
        world = self._world
        if world.faults.listed() or world.limits.on or world.logged_out or world.closed or world.strict:
            return None
        head, _, body = data.partition(b"\r\n\r\n")
        length = HEAD.search(head + b"\r\n")
        if length is None or int(length[1]) != len(body) or not JSON_BODY.search(head) or BARRED.search(head):
            return None
        parameters = Parameters(json_object(body), {})
        text = parameters.text("text")
        if not text.strip():
            return None
        return ENCODER.encode({"ok": True, "result": to_ledger(world, parameters, text)}).encode()

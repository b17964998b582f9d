"""The least a client can do: ``python bare.py URL TOKEN FIRST_CHAT RATE SECONDS``.

For every message a kept connection is written to and read from, in uvloop's time, and nothing else happens:
no turn is looked for, nothing is understood, nothing written down. Prints CPU seconds, seconds and messages.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import cast
from urllib.parse import urlsplit

import uvloop

CONNECTIONS = 160
AT_ONCE_SECONDS = 0.008  # as the bot: what falls due within it leaves together
TEXT = "Bilgilendirme toplantısı yapılacaktır. " * 16


class Connection(asyncio.Protocol):
    """Free again when something came back."""

    def __init__(self, free: list[Connection]) -> None:
        self._free = free
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._free.append(self)

    def data_received(self, data: bytes) -> None:
        self._free.append(self)


async def main(url: str, token: str, first_chat: int, rate: float, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    address = urlsplit(url)
    free: list[Connection] = []
    for _ in range(CONNECTIONS):
        await loop.create_connection(lambda: Connection(free), address.hostname, address.port)
    head = f"POST /bot{token}/sendMessage HTTP/1.1\r\nHost: {address.netloc}\r\n"
    head += "Content-Type: application/json\r\n"
    sent, began, cpu = 0, time.monotonic(), time.process_time()
    while (passed := time.monotonic() - began) < seconds:
        while sent < passed * rate and free:
            body = json.dumps({"chat_id": first_chat + sent, "text": TEXT}, ensure_ascii=False).encode()
            transport = free.pop().transport
            assert transport is not None
            transport.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            sent += 1
        await asyncio.sleep(max((sent + 1) / rate - (time.monotonic() - began), AT_ONCE_SECONDS))
    print(json.dumps([time.process_time() - cpu, time.monotonic() - began, sent]))


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:3], int(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5])))

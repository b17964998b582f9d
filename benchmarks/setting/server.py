"""A Bot API server that does nothing but answer: fast enough not to be what is measured.

``python -m benchmarks.setting.server DELAY`` prints its address and answers after so many seconds until its
standard input is closed. It numbers messages like Telegram, knows ``getMe``, and speaks just enough HTTP for
the clients that are measured: a length, or chunks, after the head.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

from bot.cli.loop import run

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "4242424242:AAEbenchmark-token-00000000000000000000"
BOT = {"id": 4242424242, "is_bot": True, "first_name": "Sirküler", "username": "sirkuler_bot"}
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_CHAT = re.compile(rb'chat_id(?:"\s*:\s*"?|=|"\r\n(?:[^\r\n]+\r\n)*\r\n)(-?\d+)')
_ME = json.dumps({"ok": True, "result": BOT | {"can_join_groups": True, "can_read_all_group_messages": False,
                                               "supports_inline_queries": False}}).encode()  # fmt: skip
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
_MESSAGE = (
    b'{"ok":true,"result":{"message_id":%d,"from":' + json.dumps(BOT).encode() + b',"chat":{"id":%d,'
    b'"first_name":"\\u00dcye","type":"private"},"date":1764000000,"text":"' + b"Bilgilendirme " * 40 + b'",'
    b'"reply_markup":{"inline_keyboard":[[{"text":"Takvim","url":"https://b.example/"}]]}}}'
)


class Connection(asyncio.Protocol):
    """Answers one request after the other; all connections share one counter of messages."""

    number = 0

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._buffer = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head, body = self._buffer[:end], self._buffer[end + 4 :]
        length = _LENGTH.search(head)
        if length is None and b"chunked" in head.lower():
            if not body.endswith(b"0\r\n\r\n"):
                return
        elif length is not None and len(body) < int(length[1]):
            return
        self._buffer = b""
        if self._delay:
            asyncio.get_running_loop().call_later(self._delay, self._answer, head, body)
        else:
            self._answer(head, body)

    def _answer(self, head: bytes, body: bytes) -> None:
        if head.startswith((b"POST /bot%b/getMe" % TOKEN.encode(), b"GET")):
            answer = _ME
        else:
            chat = _CHAT.search(body)
            Connection.number += 1
            answer = _MESSAGE % (Connection.number, int(chat[1]) if chat else 0)
        if not self._transport.is_closing():
            self._transport.write(_HEAD % len(answer) + answer)


@asynccontextmanager
async def server(delay: float = 0.0) -> AsyncIterator[str]:
    """The server in a process of its own, answering after ``delay`` seconds; its address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.setting.server", str(delay), cwd=ROOT, stdin=PIPE, stdout=PIPE
    )
    assert process.stdout is not None
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.terminate()
        await process.wait()


async def serve(delay: float) -> None:
    """Answer until standard input is closed."""
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: Connection(delay), "127.0.0.1", 0)
    print(f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    listening.close()


if __name__ == "__main__":
    run(serve(float(sys.argv[1])))

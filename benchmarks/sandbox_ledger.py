"""Messages per second that the sandbox takes in ledger mode, beside a bare aiohttp handler in the same run.

Each server is a process of its own on loopback; one client process keeps ``IN_FLIGHT`` calls going over
raw connections, so that the servers, not the client, are what is measured. Beside the rate by the clock
stands the rate by the processor time that the server used: what it does on a core of its own, however
busy the machine is.

``python benchmarks/sandbox_ledger.py [MESSAGES]``; figures move with the machine, the ratio holds.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sys
import time
from asyncio.subprocess import PIPE
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from aiohttp import web

from bot.sandbox.alone import fastest_loop
from bot.sandbox.server import Server
from bot.sandbox.world import DEFAULT_TOKEN, World

IN_FLIGHT = 32
TEXT = "<b>SKDM bilgilendirme toplantısı</b>\n" + "Bilgilendirme toplantısı yapılacaktır. " * 14


async def serve(kind: str) -> None:
    """Serve until killed; prints the port."""
    if kind == "sandbox":
        url = await Server(World(ledger_only=True), show_page=False).start()
        print(url.rsplit(":", 1)[1], time.process_time(), flush=True)
    else:
        application = web.Application()
        application.router.add_post("/bot{token}/{method}", bare)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        print(runner.addresses[0][1], time.process_time(), flush=True)
    asked = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, asked.set)
    await asked.wait()
    print(time.process_time(), flush=True)


async def bare(request: web.Request) -> web.Response:
    """The peer: the body decoded, an answer of the same shape, nothing kept."""
    body = json.loads(await request.read())
    result = {"message_id": 1, "date": 1, "chat": {"id": body["chat_id"]}, "text": body["text"]}
    answer = json.dumps({"ok": True, "result": result})
    return web.Response(text=answer, content_type="application/json")


async def rate(kind: str, messages: int) -> tuple[float, float]:
    """Accepted messages of one server per second by the clock and per second of its processor time."""
    server = await asyncio.create_subprocess_exec(sys.executable, __file__, "--serve", kind, stdout=PIPE)
    assert server.stdout is not None
    try:
        port, used_before = (await server.stdout.readline()).split()
        began = time.perf_counter()
        await asyncio.gather(*(post(int(port), messages // IN_FLIGHT) for _ in range(IN_FLIGHT)))
        seconds, done = time.perf_counter() - began, messages // IN_FLIGHT * IN_FLIGHT
        server.terminate()
        used = float(await server.stdout.readline()) - float(used_before)
        return done / seconds, done / used
    finally:
        with contextlib.suppress(ProcessLookupError):
            server.kill()
        await server.wait()


async def post(port: int, number: int) -> None:
    """``number`` calls one after another over one connection."""
    body = json.dumps({"chat_id": 1_000_001, "text": TEXT, "parse_mode": "HTML"}).encode()
    head = (
        f"POST /bot{DEFAULT_TOKEN}/sendMessage HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(number):
        writer.write(head.encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 200"), answer
        length = next(line for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length"))
        await reader.readexactly(int(length.split(b":")[1]))
    writer.close()
    await writer.wait_closed()


async def main() -> None:
    """Print both rates, the sandbox first, and their ratio."""
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    for _ in range(3):
        (ours, own), (peer, peers) = await rate("sandbox", messages), await rate("bare", messages)
        print(
            f"sandbox {ours:8.0f}/s, {own:8.0f} per second of processor time   "
            f"bare aiohttp {peer:8.0f}/s, {peers:8.0f}   ratio {own / peers:.2f}"
        )


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=fastest_loop()) as runner:
        runner.run(serve(sys.argv[2]) if sys.argv[1:2] == ["--serve"] else main())

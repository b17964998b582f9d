"""The sandbox by itself, as a program of its own."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import sys

import aiohttp


async def start(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "sandbox", *arguments,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def test_it_tells_how_to_point_a_bot_at_it_and_stops_when_asked() -> None:
    process = await start("--port", "0")
    assert process.stdout is not None
    try:
        said = (await asyncio.wait_for(process.stdout.readuntil(b"Ctrl+C"), 60)).decode()
        found = re.search(r'curl "(http://127\.0\.0\.1:\d+)(/bot\S+/getMe)"', said)
        assert found, said
        assert said.count(found[1]) >= 5
        async with aiohttp.ClientSession() as session:
            async with session.get(found[1] + found[2]) as response:
                assert (await response.json())["result"]["username"] == "sandbox_bot"
            async with session.get(found[1]) as response:
                assert "<title>Sandbox</title>" in await response.text()
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 60) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_a_port_in_use_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        process = await start("--port", port)
        out, error = await asyncio.wait_for(process.communicate(), 60)
    assert (process.returncode, out) == (1, b"")
    assert error.decode() == (
        f"Port {port} is in use: choose another with --port, or --port 0 for a free one.\n"
    )

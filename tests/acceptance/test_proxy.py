"""Behind an HTTP proxy: every call goes through it, sendings too, and none beside it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.domain.notice import Document, Notice
from bot.flows import broadcast
from bot.sandbox.server import Server
from bot.sandbox.world import World
from bot.store import notices
from tests.town import AYSE, EDITOR, TOKEN, town

UNREACHABLE = "http://telegram.example"
"""No such host: only the proxy knows where it stands."""


@asynccontextmanager
async def proxy(target: str) -> AsyncIterator[tuple[str, list[str]]]:
    """A forwarding proxy on loopback: its address, and the methods that were called through it."""
    called: list[str] = []

    async def forward(request: web.Request) -> web.Response:
        assert str(request.url).startswith(UNREACHABLE)
        called.append(request.path.rpartition("/")[2])
        headers = {"Content-Type": request.headers.get("Content-Type", "application/json")}
        body = await request.read()
        async with session.request(request.method, target + request.path, data=body, headers=headers) as got:
            return web.Response(status=got.status, body=await got.read(), content_type="application/json")

    application = web.Application(client_max_size=1 << 25)
    application.router.add_route("*", "/{path:.*}", forward)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    async with aiohttp.ClientSession() as session:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}", called
        finally:
            await runner.cleanup()


async def test_updates_answers_and_sendings_go_through_the_proxy(tmp_path: Path) -> None:
    world = World(token=TOKEN, clock=time.time, strict=True)
    for person, name in ((AYSE, "Ayşe"), (EDITOR, "Elif")):
        world.add_person(person, name, "Demir", None, "tr")
    server = Server(world)
    target = await server.start()
    try:
        async with proxy(target) as (url, called):
            through = {"api_base_url": UNREACHABLE, "proxy": url}
            async with town(tmp_path, world, telegram=through) as place:
                ayse = await place.subscribe(AYSE, "tr", "cbam")
                assert "/konular" in (await ayse.write("/yardim"))["text"]
                now = place.clock.now()
                circular = Document("tr", None, None, (Notice(title="Anket daveti", topics=("cbam",)),))
                async with place.app.db.write() as connection:
                    root = await notices.add_document(connection, circular, now)
                    kit = place.app.services.kit
                    await broadcast.release(connection, root, now, released_by=None, rendering=kit)
                place.app.dispatcher.wake()
                await ayse.wait_for_text("Anket daveti")
                assert {"getUpdates", "sendMessage"} <= set(called)
    finally:
        await server.stop()

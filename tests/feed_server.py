"""A small web server on loopback that answers as sources do, well or badly."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FeedServer:
    """Pages by path. ``body``, ``etag`` and ``status`` may be changed between two requests."""

    def __init__(self) -> None:
        self.url = ""
        self.body = b""
        self.etag: str | None = None
        self.status = 200
        self.headers: dict[str, str] = {}
        self.requests: list[dict[str, str]] = []
        self.targets: dict[str, str] = {}

    async def feed(self, request: web.Request) -> web.Response:
        """The body as it stands; 304 when the visitor knows its ETag."""
        self.requests.append(dict(request.headers))
        headers = dict(self.headers)
        if self.etag:
            headers["ETag"] = self.etag
            if request.headers.get("If-None-Match") == self.etag:
                return web.Response(status=304, headers=headers)
        return web.Response(status=self.status, body=self.body, headers=headers, content_type="text/xml")

    async def packed(self, _request: web.Request) -> web.Response:
        """Gzip although nobody asked for it."""
        return web.Response(body=gzip.compress(self.body), headers={"Content-Encoding": "gzip"})

    async def bomb(self, _request: web.Request) -> web.Response:
        """200 MB of zeroes in 200 kB."""
        packer = zlib.compressobj(9, wbits=31)
        parts = [packer.compress(b"\0" * (1 << 20)) for _ in range(200)] + [packer.flush()]
        return web.Response(body=b"".join(parts), headers={"Content-Encoding": "gzip"})

    async def odd(self, _request: web.Request) -> web.Response:
        return web.Response(body=b"abc", headers={"Content-Encoding": "br"})

    async def endless(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b"x" * 65536)
        except ConnectionError:
            return response

    async def slow(self, request: web.Request) -> web.StreamResponse:
        """A byte now and then, so that no single read takes long."""
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            for _ in range(1200):
                await response.write(b" ")
                await asyncio.sleep(0.05)
        except ConnectionError:
            pass
        return response

    async def elsewhere(self, request: web.Request) -> web.Response:
        """A redirect to what ``targets`` says for this name."""
        return web.Response(status=302, headers={"Location": self.targets[request.match_info["name"]]})

    async def busy(self, request: web.Request) -> web.Response:
        return web.Response(status=429, headers={"Retry-After": request.query["wait"]})


@asynccontextmanager
async def feed_server(host: str = "127.0.0.1") -> AsyncIterator[FeedServer]:
    """A server on a free port of a loopback address, until the block ends."""
    server = FeedServer()
    app = web.Application()
    pages: dict[str, Handler] = {
        "/feed.xml": server.feed,
        "/packed": server.packed,
        "/bomb": server.bomb,
        "/odd": server.odd,
        "/endless": server.endless,
        "/slow": server.slow,
        "/to/{name}": server.elsewhere,
        "/busy": server.busy,
    }
    for path, handler in pages.items():
        app.router.add_get(path, handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, host, 0)
    await site.start()
    server.url = f"http://{host}:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()

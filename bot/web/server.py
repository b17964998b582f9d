"""The operator's window: is the process alive, is it ready, what has it done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

Readiness = Callable[[], Awaitable[dict[str, bool]]]


def web_application(ready: Readiness, metrics: Callable[[], bytes]) -> web.Application:
    """Routes: ``/healthz`` (the process answers), ``/readyz`` (each part works; 503 where one does not) and
    ``/metrics`` (Prometheus text)."""

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def readyz(_request: web.Request) -> web.Response:
        parts = await ready()
        good = all(parts.values())
        return web.json_response({"ok": good, "parts": parts}, status=200 if good else 503)

    async def show_metrics(_request: web.Request) -> web.Response:
        return web.Response(
            body=metrics(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
        )

    application = web.Application()
    application.add_routes(
        [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", show_metrics)]
    )
    return application

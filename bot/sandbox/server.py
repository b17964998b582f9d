"""The sandbox's HTTP server: the Bot API, files, the control API on loopback and the chat page."""

from __future__ import annotations

import asyncio
import re
import time
from typing import Any

from aiohttp import web

from bot.sandbox import control, page, schema
from bot.sandbox.faults import Fault
from bot.sandbox.known_methods import KNOWN
from bot.sandbox.ledger_front import LedgerFront
from bot.sandbox.methods import METHODS
from bot.sandbox.problems import ApiError, bad_request, flood
from bot.sandbox.requests import ENCODER, NOT_UTF_8, Parameters, TooMuch, decode, is_text
from bot.sandbox.world import World

UPLOAD_LIMIT = 52 << 20
LOGGED_LENGTH = 2000
WELL_FORMED = re.compile(r"\d{1,19}:[A-Za-z0-9_-]{1,80}")


class Server:
    """Serves one world on loopback."""

    def __init__(
        self, world: World, *, show_page: bool = True, host: str = "127.0.0.1", port: int = 0
    ) -> None:
        self.world = world
        self._host = host
        self._port = port
        self._show_page = show_page
        self._runner: web.AppRunner | None = None
        self._front: asyncio.Server | None = None
        world.webhook.call = self._webhook_answer

    async def start(self) -> str:
        """Listen; the server's address without a slash at its end. Raises ``OSError`` for a port in use."""
        application = web.Application(client_max_size=UPLOAD_LIMIT)
        application.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]*}", self._call)
        application.router.add_route("*", "/bot{token:[^/]*}", self._nowhere)
        application.router.add_route("*", "/bot{token:[^/]+}/test/{method:[^/]*}", self._call)
        application.router.add_get("/file/bot{token:[^/]+}/{folder:[a-z_]+}/{file_id}", self._file)
        control.add_routes(application, self.world)
        if self._show_page:
            page.add_routes(application, self.world)
        application.router.add_route("*", "/{anywhere:.*}", self._nowhere)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        if self.world.ledger_only:
            return f"http://{self._host}:{await self._listen_before(self._runner)}"
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        return f"http://{self._host}:{self._runner.addresses[0][1]}"

    async def _listen_before(self, runner: web.AppRunner) -> int:
        """Listen with the short way of ledger mode before aiohttp's protocol; the port."""
        inner = runner.server
        assert inner is not None
        loop = asyncio.get_running_loop()
        self._front = await loop.create_server(
            lambda: LedgerFront(inner(), self.world), self._host, self._port
        )
        return int(self._front.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Stop listening and posting."""
        await self.world.webhook.remove()
        if self._front is not None:
            self._front.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        began = time.perf_counter()
        method = request.match_info["method"].lower()
        refused = self._refused(request)
        if refused is not None:
            return _answer(refused.json(), refused.code)
        try:
            parameters = await decode(request)
        except web.HTTPRequestEntityTooLarge:
            return _answer(ApiError(413, "Request Entity Too Large").json(), 413)
        except TooMuch:
            return web.Response(status=413)
        except ApiError as error:
            return _answer(error.json(), error.code)
        method = method or parameters.text("method").lower()
        fault = self.world.faults.strike(method, parameters.number("chat_id") or None)
        if fault is not None and fault.kind in ("delay", "reset_before"):
            if fault.kind == "reset_before":
                return _reset(request)
            await asyncio.sleep(fault.seconds)
        status, body = await self._work(method, parameters, fault)
        if not self.world.ledger_only and method != "getupdates":
            self._note(method, parameters, status, body, time.perf_counter() - began)
        if fault is not None:
            spoiled = await _spoil(request, fault)
            if spoiled is not None:
                return spoiled
        return _answer(body, status)

    def _refused(self, request: web.Request) -> ApiError | None:
        """Why a request does not get as far as its method."""
        if request.method not in ("GET", "POST"):
            return ApiError(501, "Not Implemented")
        token = request.match_info["token"]
        if not WELL_FORMED.fullmatch(token):
            return ApiError(404, "Not Found")
        if request.raw_path.startswith(("http://", "https://")):
            return ApiError(404, "Not Found: absolute URI is specified in the Request-Line")
        return None if token == self.world.token else ApiError(401, "Unauthorized")

    async def _nowhere(self, request: web.Request) -> web.StreamResponse:
        return _answer(ApiError(404, "Not Found").json(), 404)

    async def _webhook_answer(self, answer: dict[str, Any]) -> None:
        """Run the method that a bot gave as its answer to an update, as far as Telegram lets it."""
        method = str(answer["method"]).lower()
        if method.startswith("get") or method in ("setwebhook", "deletewebhook", "close", "logout"):
            return
        parameters = Parameters(answer, {})
        status, body = await self._work(method, parameters, None)
        self._note(method, parameters, status, body, 0.0)

    async def _work(
        self, method: str, parameters: Parameters, fault: Fault | None
    ) -> tuple[int, dict[str, Any]]:
        try:
            if fault is not None and fault.kind == "flood":
                raise flood(int(fault.seconds))
            if fault is not None and fault.kind == "error":
                extra = {"migrate_to_chat_id": fault.migrate_to} if fault.migrate_to else None
                raise ApiError(fault.code, fault.text, extra)
            if self.world.strict:
                self._check(method, parameters)
            if self.world.logged_out:
                raise ApiError(400, "Logged out")
            if not self.world.ledger_only and not is_text(parameters.values):
                raise bad_request(NOT_UTF_8)
            if self.world.closed and method != "close":
                self.world.closed = False
            if method not in METHODS:
                if method in KNOWN:
                    raise ApiError(501, f"Not Implemented: the sandbox does not have {KNOWN[method]} yet")
                raise ApiError(404, "Not Found: method not found")
            return 200, {"ok": True, "result": await METHODS[method](self.world, parameters)}
        except ApiError as error:
            return error.code, error.json()

    def _check(self, method: str, parameters: Parameters) -> None:
        """Refuse and remember what Telegram would let through but its description does not know."""
        found = schema.faults(method, parameters)
        if found and method in KNOWN:
            self.world.invalid += found
            raise ApiError(400, f"Bad Request: strict mode: {found[0]}")

    def _note(
        self, method: str, parameters: Parameters, status: int, body: dict[str, Any], seconds: float
    ) -> None:
        shown = {key: parameters.text(key)[:LOGGED_LENGTH] for key in parameters.values}
        entry = {
            "at": self.world.clock(),
            "method": KNOWN.get(method, method),
            "status": status,
            "ms": round(seconds * 1000, 1),
            "parameters": shown,
            "error": body.get("description"),
        }
        self.world.log.append(entry)
        self.world.emit({"type": "log", "entry": entry})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.world.token:
            return _answer(ApiError(401, "Unauthorized").json(), 401)
        file = self.world.files.get(request.match_info["file_id"])
        if file is None:
            return _answer(ApiError(404, "Not Found").json(), 404)
        return web.Response(body=file.content, content_type="application/octet-stream")


def _answer(body: dict[str, Any], status: int) -> web.Response:
    headers = {}
    retry = (body.get("parameters") or {}).get("retry_after") if not body["ok"] else None
    if retry:
        headers["Retry-After"] = str(retry)
    return web.Response(
        body=ENCODER.encode(body).encode(),
        status=status,
        content_type="application/json",
        headers=headers,
    )


async def _spoil(request: web.Request, fault: Fault) -> web.StreamResponse | None:
    """The answer of a fault that strikes after the work was done."""
    if fault.kind == "hang":
        await asyncio.sleep(fault.seconds)
        return _reset(request)
    if fault.kind == "reset_after":
        return _reset(request)
    if fault.kind == "server_error":
        return web.Response(
            status=502, text="<html><h1>502 Bad Gateway</h1></html>", content_type="text/html"
        )
    if fault.kind == "garbage":
        return web.Response(status=200, body=b"\x00\xffnot json", content_type="application/json")
    return None


def _reset(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=499)

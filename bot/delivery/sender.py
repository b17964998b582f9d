"""Calls to the Bot API: prepared bodies out, outcomes back.

Two ways with the same outcomes and timeouts: ``call`` on the shared aiohttp session for everything, and
``post`` with a callback for what is sent in masses, on connections of its own (``wire``).
"""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Awaitable, Mapping
from typing import Any

import aiohttp

from bot.delivery.outcomes import NotSent, Outcome, Unknown, classify
from bot.delivery.wire import Heed, Wire

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 30.0


class Sender:
    """One bot at one Bot API server. Its token stands in no error and no log line.

    Behind a ``proxy`` everything goes over the session.
    """

    def __init__(
        self, session: aiohttp.ClientSession, api_base_url: str, token: str, proxy: str | None = None
    ) -> None:
        self._session = session
        self._base = f"{api_base_url}/bot{token}/"
        self._proxy = proxy
        self._wire: Wire | None = None
        if proxy is None:
            seconds = ANSWER_SECONDS + CONNECT_SECONDS
            self._wire = Wire(self._base, connect_seconds=CONNECT_SECONDS, answer_seconds=seconds)
        self._posts: set[asyncio.Task[None]] = set()

    async def call(self, method: str, body: Mapping[str, Any], seconds: float = ANSWER_SECONDS) -> Outcome:
        """Call ``method``; never raises for what the network or the server does."""
        return await self._call(method, _payload(body), seconds)

    def post(self, method: str, body: bytes | Mapping[str, Any], heed: Heed) -> None:
        """Call ``method``, with parameters or a JSON object of them; ``heed`` gets what came of it, later and
        unless the calls are ended before."""
        if not isinstance(body, bytes):
            if self._wire is None or _upload(body):
                self._start(self._heeded(self.call(method, body), heed))
                return
            body = json.dumps(body, ensure_ascii=False).encode()
        if self._wire is not None:
            self._wire.post(method, body, heed)
        else:
            payload = {"data": body, "headers": _JSON}
            self._start(self._heeded(self._call(method, payload, ANSWER_SECONDS), heed))

    def end_posts(self) -> None:
        """End what was posted and is under way: nobody is told what comes of it."""
        if self._wire is not None:
            self._wire.close()
        for task in self._posts:
            task.cancel()

    async def _call(self, method: str, payload: dict[str, Any], seconds: float) -> Outcome:
        timeout = aiohttp.ClientTimeout(total=seconds + CONNECT_SECONDS, sock_connect=CONNECT_SECONDS)
        try:
            async with self._session.post(
                self._base + method, timeout=timeout, proxy=self._proxy, **payload
            ) as response:
                return classify(response.status, await response.read())
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return NotSent(type(error).__name__)
        except aiohttp.ClientHttpProxyError as error:
            return NotSent(f"proxy answered {error.status}")
        except TimeoutError:
            return Unknown("no answer in time")
        except (aiohttp.ClientError, OSError) as error:
            return Unknown(type(error).__name__)

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._posts.add(task)
        task.add_done_callback(self._posts.discard)

    @staticmethod
    async def _heeded(call: Awaitable[Outcome], heed: Heed) -> None:
        heed(await call)


def _upload(body: Mapping[str, Any]) -> str | None:
    """The parameter that holds a file's content, if one does."""
    return next((key for key in ("document", "photo") if isinstance(body.get(key), dict)), None)


def _payload(body: Mapping[str, Any]) -> dict[str, Any]:
    kind = _upload(body)
    if kind is None:
        return {"data": json.dumps(body, ensure_ascii=False).encode(), "headers": _JSON}
    upload, form = body[kind], aiohttp.FormData()
    for key, value in body.items():
        if key == kind:
            form.add_field(
                kind,
                base64.b64decode(upload["base64"]),
                filename=upload["file_name"],
                content_type="application/octet-stream",
            )
        else:
            form.add_field(key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return {"data": form}


_JSON = {"Content-Type": "application/json"}

"""python-telegram-bot's transport on aiohttp.

Its own one (httpx) slows down with every request under way; see docs/adr/0002-dependencies.md.
"""

from __future__ import annotations

from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.delivery.sender import ANSWER_SECONDS, CONNECT_SECONDS


class AiohttpRequest(BaseRequest):
    """A ``BaseRequest`` on a session that the composition root owns and closes."""

    def __init__(self, session: aiohttp.ClientSession, proxy: str | None = None) -> None:
        self._session = session
        self._proxy = proxy

    @property
    def read_timeout(self) -> float:
        return ANSWER_SECONDS

    async def initialize(self) -> None:
        """Nothing to do: the session is open."""

    async def shutdown(self) -> None:
        """Nothing to do: the session's owner closes it."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One request; network faults become the library's own errors, without the address."""
        seconds = read_timeout if isinstance(read_timeout, (int, float)) else ANSWER_SECONDS
        timeout = aiohttp.ClientTimeout(total=seconds + CONNECT_SECONDS, sock_connect=CONNECT_SECONDS)
        try:
            async with self._session.request(
                method, url, data=_form(request_data), timeout=timeout, proxy=self._proxy
            ) as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None


def _form(request_data: RequestData | None) -> aiohttp.FormData | None:
    if request_data is None or not request_data.parameters:
        return None
    form = aiohttp.FormData()
    files = request_data.multipart_data or {}
    for key, value in request_data.json_parameters.items():
        form.add_field(key, value)
    for key, (name, content, kind) in files.items():
        form.add_field(key, content, filename=name, content_type=kind)
    return form

"""One GET: limited in time, size and redirects, never into the own network, asked again only if changed."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver

from bot.errors import FetchError
from bot.sources.guard import Guard, public_address

USER_AGENT = "Sirkuler/0.1 (news bot of a trade association; polls at most every few minutes)"
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_BUSY = frozenset((429, 503))
_LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bytes of body (as sent and unpacked), seconds in all, redirects followed."""

    body: int = 5 << 20
    seconds: float = 20.0
    redirects: int = 3


@dataclass(frozen=True, slots=True)
class NotChanged:
    """The server says that nothing has changed since the last visit (304)."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer; ``url`` is where it came from after redirects. The validators are fit to be sent back."""

    body: bytes
    content_type: str
    etag: str | None
    last_modified: str | None
    url: str


class Fetcher:
    """Gets sources over HTTP. Holds no connection between two calls, so there is nothing to close.

    ``allowed`` judges an IP address literal; ``resolver`` is aiohttp's own unless given.
    """

    def __init__(
        self,
        limits: FetchLimits | None = None,
        *,
        resolver: AbstractResolver | None = None,
        allowed: Callable[[str], bool] = public_address,
    ) -> None:
        self._limits = limits or FetchLimits()
        self._resolver = resolver
        self._allowed = allowed

    async def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        allow_private: bool = False,
    ) -> NotChanged | Fetched:
        """Get ``url``, conditionally when validators of the last visit are given.

        Raises ``FetchError`` with one sentence and a key ``source.…`` for an address that is not http(s),
        carries credentials or leads into a private network (unless ``allow_private``), for too many
        redirects, a body over the limit, an answer that takes too long, another status than 200 or 304,
        or none at all. After 429 and 503 its ``retry_after`` is the wait that the server asks for.
        """
        guard = Guard((lambda _address: True) if allow_private else self._allowed)
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", "Accept": _ACCEPT}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        try:
            async with asyncio.timeout(self._limits.seconds), self._session(guard, headers) as session:
                return await self._follow(session, url)
        except TimeoutError:
            raise _error("too_slow", "The source takes too long to answer.") from None
        except zlib.error:
            raise _error("encoding", "The source's answer cannot be unpacked.") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if guard.refused:
                raise _error(
                    "private_address", "The address leads into a private network, which is not allowed."
                ) from None
            if isinstance(error, aiohttp.ClientSSLError):
                raise _error("certificate", "The source's certificate cannot be trusted.") from None
            if isinstance(error, aiohttp.InvalidURL):
                raise _error("address", _BAD_ADDRESS) from None
            raise _error("unreachable", "The source cannot be reached.") from error

    def _session(self, guard: Guard, headers: dict[str, str]) -> aiohttp.ClientSession:
        # A connector of its own for each fetch: a pooled connection would have been checked for another one.
        connector = aiohttp.TCPConnector(
            resolver=self._resolver, socket_factory=guard, force_close=True, use_dns_cache=False
        )
        return aiohttp.ClientSession(
            connector=connector,
            headers=headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=None),
        )

    async def _follow(self, session: aiohttp.ClientSession, url: str) -> NotChanged | Fetched:
        for _ in range(self._limits.redirects + 1):
            _check_address(url)
            async with session.get(url, allow_redirects=False) as response:
                target = response.headers.get("Location")
                if response.status not in _REDIRECTS or not target:
                    return await self._answer(response, url)
                url = urljoin(url, target)
        raise _error("redirects", "The source redirects too often.")

    async def _answer(self, response: aiohttp.ClientResponse, url: str) -> NotChanged | Fetched:
        if response.status == 304:
            return NotChanged()
        if response.status in _BUSY:
            wait = _retry_after(response.headers.get("Retry-After"), response.headers.get("Date"))
            raise FetchError("The source asks to come back later.", key="source.busy", retry_after=wait)
        if response.status != 200:
            raise _error(
                "status", f"The source answers with an error ({response.status}).", status=response.status
            )
        body = await self._body(response)
        return Fetched(
            body,
            _clean(response.headers.get("Content-Type"), 200) or "",
            _clean(response.headers.get("ETag"), 500),
            _clean(response.headers.get("Last-Modified"), 100),
            url,
        )

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding not in ("identity", "", "gzip", "x-gzip"):
            raise _error("encoding", "The source sends its answer packed in a way that was not asked for.")
        unpack = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
        parts: list[bytes] = []
        raw = size = 0
        async for chunk in response.content.iter_chunked(65536):
            raw += len(chunk)
            room = self._limits.body - size + 1
            # Never more than the room that is left: a bomb unpacks no further than the limit.
            part = unpack.decompress(chunk, room) if unpack else chunk
            size += len(part)
            if size > self._limits.body or raw > self._limits.body:
                raise _error("too_large", "The source's answer is larger than 5 MB.")
            parts.append(part)
        return b"".join(parts)


_BAD_ADDRESS = "The source's address must begin with https:// or http:// and name a host."
_ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        host, with_credentials = parts.hostname, parts.username is not None or parts.password is not None
    except ValueError:
        raise _error("address", _BAD_ADDRESS) from None
    if parts.scheme not in ("http", "https") or not host:
        raise _error("address", _BAD_ADDRESS)
    if with_credentials:
        raise _error("credentials", "The source's address must not carry a user name or password.")


def _retry_after(value: str | None, date: str | None) -> timedelta | None:
    """Seconds, or an HTTP date counted from the answer's own ``date`` (RFC 9110, 10.2.3); at most a day."""
    if not value:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit() and len(text) < 12:
        return min(timedelta(seconds=int(text)), _LONGEST_WAIT)
    try:
        wait = parsedate_to_datetime(text) - parsedate_to_datetime(date or "")
    except (ValueError, TypeError, OverflowError):
        return None
    return max(timedelta(), min(wait, _LONGEST_WAIT))


def _clean(value: str | None, longest: int) -> str | None:
    """A header from outside if it is short printable ASCII, fit to be kept and sent back; else None."""
    if value and len(value) <= longest and value.isascii() and value.isprintable():
        return value
    return None


def _error(key: str, sentence: str, **arguments: object) -> FetchError:
    return FetchError(sentence, key=f"source.{key}", retry_after=None, **arguments)

"""Files that a bot names by their address: fetched as Telegram does, but from this machine only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

import aiohttp

from bot.sandbox.problems import bad_request
from bot.sandbox.requests import Parameters, Upload
from bot.sandbox.text.links import normal_url

LIMIT = 20 << 20
PATIENCE = aiohttp.ClientTimeout(total=20)
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
FIELDS = ("photo", "audio", "document", "video", "animation", "voice", "sticker", "thumbnail", "media")


async def fetched(p: Parameters) -> Parameters:
    """The arguments with every file address replaced by an upload. Raises ``ApiError``."""
    values, files = dict(p.values), dict(p.files)
    for key in FIELDS:
        given = values.get(key)
        if isinstance(given, str) and given[:1] in ("[", "{"):
            try:
                given = json.loads(given)
            except ValueError:
                continue
        for holder, name in _places(values, key, given):
            address = str(holder[name])
            upload = f"fetched:{address}"
            files.setdefault(upload, await _fetch(address))
            holder[name] = f"attach://{upload}"
        if isinstance(given, dict | list):
            values[key] = given
    return Parameters(values, files)


def _places(values: dict[str, Any], key: str, given: object) -> Iterator[tuple[dict[str, Any], str]]:
    """Where addresses stand: in the parameter itself, or in the ``media`` of one or several objects."""
    if isinstance(given, str) and is_address(given):
        yield values, key
    for one in given if isinstance(given, list) else [given]:
        if isinstance(one, dict) and is_address(one.get("media")):
            yield one, "media"


def is_address(given: object) -> bool:
    """Whether a file is named by its address."""
    return isinstance(given, str) and given.lower().startswith(("http://", "https://"))


async def _fetch(address: str) -> Upload:
    parts = urlsplit(address)
    if parts.hostname not in LOOPBACK and normal_url(address) is None:
        raise bad_request("wrong HTTP URL specified")
    failed = bad_request("failed to get HTTP URL content")
    if parts.hostname not in LOOPBACK:  # this sandbox reaches nothing but its own machine
        raise failed
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE, trust_env=False) as session,
            session.get(address, allow_redirects=False) as response,
        ):
            if response.status != 200 or (response.content_length or 0) > LIMIT:
                raise failed
            content = await response.content.read(LIMIT + 1)
            while not response.content.at_eof() and len(content) <= LIMIT:
                content += await response.content.read(LIMIT + 1 - len(content))
            mime = response.content_type
    except (aiohttp.ClientError, TimeoutError, ValueError):
        raise failed from None
    if len(content) > LIMIT:
        raise failed
    if mime == "text/html" or not content:
        raise bad_request("wrong type of the web page content")
    return Upload(unquote(parts.path.rsplit("/", 1)[-1]) or "file", mime, content)

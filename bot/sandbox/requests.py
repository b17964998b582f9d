"""Requests as the Bot API decodes them: query, form, multipart and JSON bodies; lenient values."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.sandbox.problems import bad_request

ARGUMENTS_LIMIT = 1 << 20
MOST_FILES = 50
NOT_UTF_8 = "strings must be encoded in UTF-8"
WHOLE_NUMBER = re.compile(r"-?[0-9]+", re.ASCII)
NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)", re.ASCII)
ENCODER = json.JSONEncoder(ensure_ascii=False)


class TooMuch(Exception):
    """More arguments or files than Telegram reads: a bare 413."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart body."""

    name: str
    mime: str
    content: bytes


def whole(value: object) -> int:
    """The whole number that a value's text begins with; 0 for garbage."""
    found = WHOLE_NUMBER.match(str(value).strip())
    return int(found[0][:20]) if found else 0


class Parameters:
    """The arguments of one call; the first occurrence of a name wins."""

    def __init__(self, values: dict[str, Any], files: dict[str, Upload]) -> None:
        self.values = values
        self.files = files

    def text(self, key: str) -> str:
        """The raw value as text; a JSON value as its JSON; "" when it is missing."""
        value = self.values.get(key)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        return str(value) if type(value) is int else ENCODER.encode(value)

    def number(self, key: str, default: int = 0) -> int:
        """The whole number that a value begins with; garbage counts as 0."""
        text = self.text(key).strip()
        return whole(text) if text else default

    def real(self, key: str) -> float:
        """The number that a value begins with; garbage counts as 0."""
        found = NUMBER.match(self.text(key).strip())
        return float(found[0][:40]) if found else 0.0

    def flag(self, key: str) -> bool:
        return self.text(key).strip().lower() in ("true", "yes", "1")

    def json(self, key: str, what: str) -> Any:
        """A JSON value, None when missing. Raises "can't parse …" for malformed JSON."""
        value = self.values.get(key)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def numbers(self, key: str, what: str) -> list[int]:
        """A JSON array of whole numbers, [] when it is missing or something else."""
        given = self.json(key, what)
        return [whole(one) for one in given] if isinstance(given, list) else []

    def parsed(self, key: str, what: str) -> Any:
        """As ``json``, but the refusal tells what is wrong with malformed JSON, as Telegram's does here."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            return None if isinstance(value, str) else value
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {what}: {str(error).split(': ')[0]}") from None


async def decode(request: web.Request) -> Parameters:
    """All arguments of a request; the query's come before the body's, and the first of a name wins.

    Raises ``TooMuch``. Malformed JSON is ignored, as Telegram does.
    """
    query = request.raw_path.partition("?")[2]
    values: dict[str, Any] = _pairs(query) if query else {}
    files: dict[str, Upload] = {}
    kind = request.content_type
    if kind == "application/json":
        body = await request.read()
        if len(body) > ARGUMENTS_LIMIT:
            raise TooMuch
        values = json_object(body) | values
    elif kind == "application/x-www-form-urlencoded":
        body = await request.read()
        if len(body) > ARGUMENTS_LIMIT:
            raise TooMuch
        values = _pairs(body.decode("utf-8", "surrogateescape")) | values
    elif kind == "multipart/form-data":
        await _parts(request, values, files)
    return Parameters(values, files)


def _pairs(encoded: str) -> dict[str, str]:
    """Arguments of a query or form; bytes that are no UTF-8 stay as lone surrogates, to be refused later."""
    found: dict[str, str] = {}
    for key, value in parse_qsl(encoded, keep_blank_values=True, errors="surrogateescape"):
        found.setdefault(key, value)
    return found


def json_object(body: bytes) -> dict[str, Any]:
    try:
        found = DECODER.decode(body.decode("utf-8", "surrogateescape") or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict) or (b"\\ud" in body.lower() and not is_text(found)):
        return {}
    return found


def _first(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else dict(reversed(pairs))


def is_text(value: Any) -> bool:
    """Whether all strings in ``value`` can be written as UTF-8."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


DECODER = json.JSONDecoder(object_pairs_hook=_first)


async def _parts(request: web.Request, values: dict[str, Any], files: dict[str, Upload]) -> None:
    size = 0
    try:
        given = await request.post()
    except UnicodeDecodeError:
        raise bad_request(NOT_UTF_8) from None
    if sum(isinstance(value, web.FileField) for value in given.values()) > MOST_FILES:
        raise TooMuch
    for key, value in given.items():
        if isinstance(value, web.FileField):
            files.setdefault(key, Upload(value.filename, value.content_type, value.file.read()))
            continue
        text = value.decode("utf-8", "surrogateescape") if isinstance(value, bytes | bytearray) else value
        size += len(key) + len(text)
        values.setdefault(key, text)
    if size > ARGUMENTS_LIMIT:
        raise TooMuch

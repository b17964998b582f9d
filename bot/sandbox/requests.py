"""Requests as the Bot API decodes them: query, form, multipart and JSON bodies; lenient values."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.sandbox.problems import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart body."""

    name: str
    mime: str
    content: bytes


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
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def number(self, key: str, default: int = 0) -> int:
        """A whole number; garbage counts as 0."""
        text = self.text(key).strip()
        if not text:
            return default
        try:
            return int(text)
        except ValueError:
            return 0

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


async def decode(request: web.Request) -> Parameters:
    """All arguments of a request. Malformed JSON is ignored, as Telegram does."""
    values: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    kind = request.content_type
    if kind == "application/json":
        with contextlib.suppress(ValueError, UnicodeDecodeError):
            body = json.loads(await request.read() or b"{}")
            if isinstance(body, dict):
                values |= {key: value for key, value in body.items() if key not in values}
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        for key, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files.setdefault(key, Upload(value.filename, value.content_type, value.file.read()))
            elif isinstance(value, (str, bytes)):
                values.setdefault(key, value if isinstance(value, str) else value.decode())
    return Parameters(values, files)

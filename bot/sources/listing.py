"""Lists of announcements that an office gives as JSON: their entries, like those of a feed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urljoin

from bot.errors import FeedError
from bot.sources.feed import Feed, FeedEntry
from bot.sources.feed_entry import to_text

ENTRIES = 500
"""Entries taken of one list."""
_TITLE = ("title", "baslik", "başlık", "headline", "konu")
_TEXT = (
    "snippet",
    "text",
    "icerik",
    "içerik",
    "ozet",
    "özet",
    "summary",
    "description",
    "htmlContent",
    "content",
)
_ADDRESS = ("link", "url", "href")
_DAY = ("tarih", "date", "publishDate", "published", "eventDate")


def looks_like_json(data: bytes) -> bool:
    """Whether a file begins as a JSON object or list does."""
    return re.match(rb"\xef?\xbb?\xbf?\s*(?:\{\s*\"|\[\s*[\[{\"])", data[:200]) is not None


def parse_listing(data: bytes, base_url: str) -> Feed:
    """The entries of a JSON list; each has a title of its own, its day and its address where given.

    Raises ``FeedError`` with one sentence for what is no JSON or holds nothing with a title.
    """
    try:
        root = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise FeedError("The file begins like JSON but cannot be read as such.") from None
    entries = tuple(_entry(found, day, base_url) for found, day in _titled(root))
    if not entries:
        raise FeedError("This is JSON without any announcement that has a title.")
    return Feed("", None, entries, 0)


def _titled(root: Any) -> Iterator[tuple[dict[str, Any], Any]]:
    """Objects with a title, in order, and the day that they or what they stand in give."""
    waiting: list[tuple[Any, Any]] = [(root, None)]
    given = 0
    while waiting and given < ENTRIES:
        value, day = waiting.pop()
        if isinstance(value, dict):
            day = _first(value, _DAY) or day
            if _first(value, _TITLE):
                given += 1
                yield value, day
            else:
                waiting += [(inner, day) for inner in reversed(list(value.values()))]
        elif isinstance(value, list):
            waiting += [(inner, day) for inner in reversed(value[:ENTRIES])]


def _first(value: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    return next((value[key] for key in keys if isinstance(value.get(key), str) and value[key].strip()), None)


def _entry(value: dict[str, Any], day: Any, base_url: str) -> FeedEntry:
    title = to_text({"value": _first(value, _TITLE)}, html=True)
    text = to_text({"value": _first(value, _TEXT) or ""}, html=True)
    address = _first(value, _ADDRESS)
    url = urljoin(base_url, address) if address else None
    if url and not url.startswith(("http://", "https://")):
        url = None
    told = f"{title}\n{text}"
    digest = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
    return FeedEntry(url or digest, title, url, text, None, _day(day), digest)


def _day(written: Any) -> date | None:
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)|(\d{1,2})[./](\d{1,2})[./](\d{4})", str(written or ""))
    if found is None:
        return None
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None

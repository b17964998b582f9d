"""Feeds to entries: parsed in a child process with limits, checked and put into plain text there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.errors import FeedError
from bot.sources.child import ChildBroken, ChildOverrun, ask_child


@dataclass(frozen=True, slots=True)
class FeedLimits:
    """Seconds of wall and processor time, bytes of memory, entries read (the rest is not looked at)."""

    seconds: float = 30.0
    cpu_seconds: int = 10
    memory: int = 512 << 20
    entries: int = 1000


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry in plain text.

    ``identity`` stays the same when the entry is edited (guid, else link, else the content's hash),
    ``content_hash`` (SHA-256, hexadecimal) does not. ``url`` is absolute http(s) or None. ``published`` is
    the feed's moment (aware UTC), ``published_on`` the day a reader would name: the publisher's own.
    """

    identity: str
    title: str
    url: str | None
    text: str
    published: datetime | None
    published_on: date | None
    content_hash: str


@dataclass(frozen=True, slots=True)
class Feed:
    """``language`` is the feed's own word (``en``, ``tr-TR``), ``quarantined`` counts unusable entries."""

    title: str
    language: str | None
    entries: tuple[FeedEntry, ...]
    quarantined: int = 0


async def parse_feed(data: bytes, base_url: str, limits: FeedLimits | None = None) -> Feed:
    """The entries of an RSS, RDF or Atom feed in the feed's order, one per identity.

    ``base_url`` is the address the bytes came from; relative links count from it. An entry without title
    and text, with an absurd date or broken XML is quarantined, the others go on. Raises ``FeedError`` with
    one sentence (and a catalog key) for what is no feed at all, or takes too long.
    """
    answer = await _ask_child(data, base_url, limits or FeedLimits())
    problem = answer.get("error")
    if problem is not None:
        key = str(problem) if problem in _SENTENCES else "not_a_feed_other"
        raise FeedError(_SENTENCES[key], key=f"source.{key}")
    rows = answer.get("entries")
    entries = tuple(_entry(row) for row in rows) if isinstance(rows, list) else ()
    language = answer.get("language")
    return Feed(
        str(answer.get("title") or ""),
        str(language) if language else None,
        entries,
        int(str(answer.get("quarantined") or 0)),
    )


_SENTENCES = {
    "not_a_feed_html": "This is a web page (HTML), not a feed.",
    "not_a_feed_json": "This is JSON, not a feed.",
    "not_a_feed_empty": "The answer is empty: no feed.",
    "not_a_feed_other": "This is no RSS or Atom feed.",
    "feed_entities": "The feed defines XML entities of its own and is not read.",
    "feed_too_heavy": "The feed takes too long or too much memory to read.",
}


def _entry(row: dict[str, str | None]) -> FeedEntry:
    published, day = row["published"], row["published_on"]
    return FeedEntry(
        identity=str(row["identity"]),
        title=str(row["title"]),
        url=row["url"],
        text=str(row["text"]),
        published=datetime.fromisoformat(published) if published else None,
        published_on=date.fromisoformat(day) if day else None,
        content_hash=str(row["content_hash"]),
    )


async def _ask_child(data: bytes, base_url: str, limits: FeedLimits) -> dict[str, object]:
    settings = {
        "base_url": base_url[:2000],
        "cpu": limits.cpu_seconds,
        "memory": limits.memory,
        "entries": limits.entries,
    }
    try:
        return await ask_child("bot.sources.feed_child", settings, data, limits.seconds)
    except (ChildOverrun, ChildBroken):
        return {"error": "feed_too_heavy"}

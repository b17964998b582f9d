"""The child that parses feeds: bytes on standard input, one JSON object on standard output.

feedparser is tolerant, but no sanitiser and not crash-proof: one bad character reference makes the
whole parse raise (https://github.com/kurtmckee/feedparser/issues/599). Then the entries are parsed one
by one and the bad ones counted. It only ever gets a BytesIO: bytes that look like a path would be opened.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import feedparser

from bot.sources.confine import confine
from bot.sources.feed_entry import Unusable, read_entry, settle_identities, to_text

_ENTRY = re.compile(rb"<(item|entry)[\s>].*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(rb"<(?:rss|feed|(?:rdf:)?rdf|channel)[\s>]", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|a|p|table|script|span|ul)[\s>]", re.IGNORECASE)
_XML_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*?(?:encoding=[\"']([\w.:-]+)[\"'])?[^>]*\?>")


class NoFeed(Exception):
    """The reason as a key of ``feed._SENTENCES``."""


def main() -> None:
    """Parse one feed within the limits given as JSON in the first argument."""
    settings = json.loads(sys.argv[1])
    data = sys.stdin.buffer.read()
    confine(memory=settings["memory"], cpu_seconds=settings["cpu"])
    try:
        answer = parse(data, settings["base_url"], settings["entries"])
    except NoFeed as reason:
        answer = {"error": str(reason)}
    except (MemoryError, RecursionError):
        answer = {"error": "feed_too_heavy"}
    except Exception:  # whatever a parser raises at a hostile feed: the parent tells it in one sentence
        answer = {"error": "not_a_feed_other"}
    json.dump(answer, sys.stdout)


def parse(data: bytes, base_url: str, limit: int) -> dict[str, Any]:
    """The feed as JSON values. Raises ``NoFeed``."""
    data = _readable(data)
    _refuse_what_is_no_feed(data)
    quarantined = 0
    try:
        parsed = _parse(data)
        found = parsed.entries[:limit]
    except MemoryError:
        raise
    except Exception:
        parsed, found, quarantined = _one_by_one(data, limit)
    if not parsed.get("version") and not found:
        raise NoFeed("not_a_feed_other")
    rows = []
    for entry in found:
        try:
            rows.append(read_entry(entry, base_url, parsed.feed.get("link")))
        except Unusable:
            quarantined += 1
    return {
        "title": to_text(parsed.feed.get("title_detail")),
        "language": parsed.feed.get("language"),
        "entries": settle_identities(rows),
        "quarantined": quarantined,
    }


def _readable(data: bytes) -> bytes:
    """The same as UTF-8 when it says UTF-8 (or nothing) and is not: then it is what Turkish servers send
    without saying so, windows-1254."""
    declaration = _XML_DECLARATION.match(data)
    declared = (declaration[1] or b"").lower() if declaration else b""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or declared not in (b"", b"utf-8", b"utf8"):
        return data
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if not broken:
        return data
    if broken < sum(letter > "\x7f" for letter in text) - broken:  # UTF-8 with a broken letter here and there
        return text.encode()
    return data.decode("windows-1254", "replace").encode()


def _refuse_what_is_no_feed(data: bytes) -> None:
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise NoFeed("not_a_feed_empty")
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if start[:1] in b"{[" and not wide:
        raise NoFeed("not_a_feed_json")
    head = data[:5000].replace(b"\0", b"")
    if re.search(rb"<!ENTITY\s", head, re.IGNORECASE):
        raise NoFeed("feed_entities")
    root, page = _ROOT.search(head), _HTML.search(head)
    if page and (root is None or page.start() < root.start()):
        raise NoFeed("not_a_feed_html")


def _parse(data: bytes) -> Any:
    return feedparser.parse(
        io.BytesIO(data),
        resolve_relative_uris=False,
        sanitize_html=False,
        response_headers={"content-type": "application/xml"},
    )


def _one_by_one(data: bytes, limit: int) -> tuple[Any, list[Any], int]:
    """Each entry within the feed's frame; returns the frame, the entries and how many could not be read."""
    frame = _parse(_ENTRY.sub(b"", data))
    found: list[Any] = []
    broken: Counter[str] = Counter()
    for document in _single_entry_documents(data, limit):
        try:
            found += _parse(document).entries[:1]
        except MemoryError:
            raise
        except Exception:
            broken["entry"] += 1
    return frame, found, broken["entry"]


def _single_entry_documents(data: bytes, limit: int) -> Iterator[bytes]:
    places = [match.span() for match in _ENTRY.finditer(data)][:limit]
    if not places:
        return
    head, tail = data[: places[0][0]], data[places[-1][1] :]
    for start, end in places:
        yield head + data[start:end] + tail


if __name__ == "__main__":
    main()

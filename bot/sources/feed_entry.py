"""One entry of a feed made plain: text without markup, a safe absolute link, the publisher's day.

Runs inside ``feed_child``. What single publishers do (measured in their feeds) stands here:

- Press Corner: dates are Brussels midnight written in GMT, a day early; the text begins with boilerplate.
- The Commission's Drupal sites: pubDate is the last edit, the day of the news ends the address.
- EUR-Lex: ``CELEX:32026R2001: title``; corrigenda have the number alone.
- TOBB: links relative to a folder that the feed's own link does not name.
"""

from __future__ import annotations

import hashlib
import html.parser
import re
from collections import Counter
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

TITLE_LIMIT, TEXT_LIMIT, URL_LIMIT = 500, 20_000, 1000
_EARLIEST, _LATEST = date(1990, 1, 1), date(2100, 1, 1)
_BRUSSELS = ZoneInfo("Europe/Brussels")
_TOBB = "https://www.tobb.org.tr/Sayfalar/"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SLUG_DAY = re.compile(r"-(20\d\d)-(\d\d)-(\d\d)(?:_[a-z]{2})?/?$")
_CELEX = re.compile(r"^CELEX:(\d)(\d{4})([A-Z]{1,2})(\d{4})(R\((\d{2})\))?(?::\s*(.*))?$", re.DOTALL)
_CELEX_KINDS = {"R": "Regulation", "L": "Directive", "D": "Decision"}
_BOILERPLATE = re.compile(
    r"^European Commission\s+[A-Z][A-Za-z &]{2,40}?\s+[A-Z][\w -]{2,30}, \d{1,2} [A-Z][a-z]{2,8} \d{4}\s*"
)
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}")


class Unusable(Exception):
    """The entry cannot be used: it says nothing, or its date is absurd."""


def read_entry(entry: Any, base_url: str, feed_link: str | None) -> dict[str, Any]:
    """The entry as JSON values with ``guid`` beside them. Raises ``Unusable``."""
    link = _link(entry, base_url, feed_link)
    contents = entry.get("content") or [entry.get("summary_detail")]
    title = _celex(to_text(entry.get("title_detail")))[:TITLE_LIMIT]
    text = _BOILERPLATE.sub("", to_text(contents[0], html=True))[:TEXT_LIMIT].strip()
    if not title and not text:
        raise Unusable
    moment, day = _dates(entry)
    address = link or ""
    if moment is not None and moment.utcoffset() == UTC.utcoffset(None) and _is_eu(address, feed_link):
        day = moment.astimezone(_BRUSSELS).date()
    day = _slug_day(address) or day
    title = title or text.split("\n", 1)[0][:TITLE_LIMIT]
    content = "\0".join((title, text, address))
    return {
        "guid": _clean(str(entry.get("id") or ""))[:URL_LIMIT],
        "title": title,
        "url": link,
        "text": text,
        "published": moment.astimezone(UTC).isoformat() if moment else None,
        "published_on": day.isoformat() if day else None,
        "content_hash": hashlib.sha256(content.encode()).hexdigest(),
    }


def settle_identities(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each row its ``identity`` and keep the first of those with the same.

    A guid that stands at several different links is no identity (feeds that give every entry the same one).
    """
    links = {(row["guid"], row["url"]) for row in rows if row["guid"]}
    seen_at = Counter(guid for guid, _link in links)
    settled: dict[str, dict[str, Any]] = {}
    for row in rows:
        guid = row.pop("guid")
        own = guid if guid and seen_at[guid] == 1 else ""
        row["identity"] = own or row["url"] or row["content_hash"]
        settled.setdefault(row["identity"], row)
    return list(settled.values())


def to_text(detail: Any, *, html: bool = False) -> str:
    """The plain text of a feedparser detail: entities unescaped once, tags gone, controls gone.

    Titles are markup only when feedparser takes them for that; in others ``<`` is a character.
    """
    if not detail:
        return ""
    value = str(detail.get("value") or "")
    if detail.get("type") == "text/plain" and not (html and re.search(r"</?[a-z]+[\s>/]|&#?\w+;", value)):
        lines = value.split("\n") if html else [value]
    else:
        reader = _Reader()
        reader.feed(value)
        reader.close()
        lines = "".join(reader.parts).split("\n")
    plain = [" ".join(_clean(line).split()) for line in lines]
    return ("\n" if html else " ").join(line for line in plain if line)


class _Reader(html.parser.HTMLParser):
    """The visible text, a line per block."""

    BLOCKS = frozenset(
        ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table")
    )
    HIDDEN = frozenset(("script", "style"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in self.HIDDEN
        if tag in self.BLOCKS:
            self.parts.append("\n• " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in self.HIDDEN and self._hidden > 0
        if tag in self.BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(re.sub(r"\s+", " ", data))


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text)


def _link(entry: Any, base_url: str, feed_link: str | None) -> str | None:
    """The entry's address, absolute; None when there is none or it is not http(s)."""
    raw = _clean(str(entry.get("link") or "")).strip()
    if entry.get("guidislink") and raw == entry.get("id") and not raw.startswith(("http://", "https://")):
        return None  # feedparser takes a guid for a link when there is no other
    if not raw:
        return None
    try:
        url = urljoin(_base(base_url, feed_link), raw)
        parts = urlsplit(url)
    except ValueError:
        return None
    safe = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    return url if safe and len(url) <= URL_LIMIT and not re.search(r"[\s<>\"]", url) else None


def _base(base_url: str, feed_link: str | None) -> str:
    if base_url.startswith(("http://", "https://")):
        return base_url
    # A feed read from a file: its own link says where it belongs.
    if feed_link and (urlsplit(feed_link).hostname or "").endswith("tobb.org.tr"):
        return _TOBB
    return feed_link or base_url


def _is_eu(*addresses: str | None) -> bool:
    hosts = [urlsplit(address).hostname or "" for address in addresses if address]
    return any(host == "europa.eu" or host.endswith(".europa.eu") for host in hosts)


def _dates(entry: Any) -> tuple[datetime | None, date | None]:
    """The entry's moment (aware) and the day as its publisher wrote it. Raises ``Unusable``."""
    raw = str(entry.get("published") or entry.get("updated") or "").strip()
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    if not raw and not parsed:
        return None, None
    moment = _as_written(raw)
    if moment is None and parsed:
        try:
            year, month, day, hour, minute, second = parsed[:6]
            moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
        except (ValueError, OverflowError):
            raise Unusable from None
    if moment is None:
        return None, None
    if not _EARLIEST <= moment.date() < _LATEST:
        raise Unusable
    return moment, moment.date()


def _as_written(raw: str) -> datetime | None:
    """The date with the offset that stands in it; UTC when there is none."""
    try:
        moment = datetime.fromisoformat(raw) if _ISO.match(raw) else parsedate_to_datetime(raw)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _slug_day(address: str) -> date | None:
    match = _SLUG_DAY.search(address)
    if match is None or not _is_eu(address):
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _celex(title: str) -> str:
    """A EUR-Lex title without its number; one that is only a number is put into words."""
    match = _CELEX.match(title)
    if match is None:
        return title
    sector, year, kind, number, corrigendum, part, words = match.groups()
    if words:
        return str(words)
    celex = f"CELEX {sector}{year}{kind}{number}{corrigendum or ''}"
    act = f"{_CELEX_KINDS.get(kind, 'Act')} {year}/{int(number)}"
    return f"Corrigendum {int(part)} to {act} ({celex})" if corrigendum else f"{act} ({celex})"

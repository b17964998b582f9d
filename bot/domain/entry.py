"""What staff type when they correct a fact: days, hours, meetings and addresses. Pure and strict.

Each function raises ``Refused`` with a catalog key when the text cannot be read; nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time
from urllib.parse import urlsplit

from bot.domain.notice import Deadline, Meeting
from bot.errors import Refused

NONE_WORDS = frozenset({"yok", "none", "no", "hayır", "-"})
MAX_ADDRESS = 1000

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "ocak oca january jan",
            "şubat subat şub february feb",
            "mart mar march",
            "nisan nis april apr",
            "mayıs mayis may",
            "haziran haz june jun",
            "temmuz tem july jul",
            "ağustos agustos ağu august aug",
            "eylül eylul eyl september sep sept",
            "ekim eki october oct",
            "kasım kasim kas november nov",
            "aralık aralik ara december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\s+([^\W\d_]+)\.?,?\s+(\d{4})(?!\d)")
_MONTH_DAY = re.compile(r"\b([^\W\d_]+)\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_ANY_YEAR = r"(?:\s+(\d{4})(?!\d))?"
_WRITTEN_DAYS = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?:\s*(?:[-–]|ve|and)\s*(\d{1,2})(?:st|nd|rd|th)?)?\s+"
    rf"({'|'.join(_MONTHS)})\b\.?,?{_ANY_YEAR}"
)
_WRITTEN_MONTH_DAY = re.compile(rf"\b({'|'.join(_MONTHS)})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b,?{_ANY_YEAR}")
_HOUR = re.compile(r"(?<![\d.:])([01]?\d|2[0-3])[.:]([0-5]\d)(?![\d.:])")
_BRUSSELS = re.compile(r"\b(?:cet|cest|brüksel saati\w*|brussels time)\b")
_ONLINE = re.compile(r"\b(?:online|on-line|çevrim ?içi|cevrim ?ici|zoom|teams)\b")
_FILLER = re.compile(r"\b(?:saat|saati|at|tarihi?nde|günü|on)\b|[()–-]")


def means_none(text: str) -> bool:
    """Whether the person says that there is none of it."""
    return _lower(text).strip(" .!") in NONE_WORDS


def parse_deadline(text: str) -> Deadline:
    """``30.11.2026``, ``30 Kasım 2026 saat 17.00``, ``30 Nov 2026 17:00``; an hour is local unless
    it says Brussels time."""
    days, at, zone, _rest = _read(text)
    if len(days) != 1:
        raise Refused(f"No single date in {text!r}.", key="draft.bad_date")
    return Deadline(days[0], at, quote=_quote(text), time_zone=zone)


def parse_meeting(text: str) -> Meeting:
    """``15.12.2026 10.00, Brüksel``; two dates are its first and last day; ``online`` is understood."""
    days, at, zone, rest = _read(text)
    if not 1 <= len(days) <= 2 or days != sorted(days):
        raise Refused(f"No date or range of dates in {text!r}.", key="draft.bad_meeting")
    online = _ONLINE.search(_lower(text)) is not None
    place = re.sub(r"\s+", " ", rest).strip(" ,.;:") or None
    if place and _ONLINE.fullmatch(_lower(place)):
        place = None
    end = days[1] if len(days) == 2 and days[1] != days[0] else None
    return Meeting(days[0], end, at, zone, place, online, quote=_quote(text))


def keep_words(new: Meeting, old: Meeting) -> Meeting:
    """A corrected meeting with what the correction does not speak of: its place and its name."""
    place = new.place or (None if new.online else old.place)
    return replace(new, place=place, online=new.online or (old.online and new.place is None), label=old.label)


def parse_address(text: str) -> str:
    """An ``https://`` address with a host name and nothing else around it."""
    address = text.strip()
    try:
        parts = urlsplit(address)
        port_ok = parts.port is None or parts.port > 0
    except ValueError:
        raise Refused("Not an address.", key="draft.bad_address") from None
    host = parts.hostname or ""
    whole = re.fullmatch(r"[^\s<>\"'\\\x00-\x1f]+", address) is not None
    if parts.scheme != "https" or "." not in host or not whole or parts.username or not port_ok:
        raise Refused("Not an https address.", key="draft.bad_address")
    if len(address) > MAX_ADDRESS:
        raise Refused("The address is too long.", key="draft.bad_address")
    return address


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as a text names it, perhaps without its year, and where: ``start`` to ``end`` in the text."""

    year: int | None
    month: int
    day: int
    start: int
    end: int

    def is_day(self, day: date) -> bool:
        return (self.month, self.day) == (day.month, day.day) and self.year in (None, day.year)

    def same(self, other: WrittenDay) -> bool:
        years = {self.year, other.year} - {None}
        return (self.month, self.day) == (other.month, other.day) and len(years) < 2


def written_days(text: str) -> tuple[WrittenDay, ...]:
    """Every day a text names in figures or by month, in both languages; ``9-12 Mart`` names two."""
    lowered = _lower(text)
    found: list[WrittenDay] = []
    for form, order in ((_ISO, "ymd"), (_NUMERIC, "dmy")):
        for match in form.finditer(lowered):
            parts = dict(zip(order, map(int, match.groups()), strict=True))
            found.append(WrittenDay(parts["y"], parts["m"], parts["d"], *match.span()))
    for match in _WRITTEN_DAYS.finditer(lowered):
        year = int(match[4]) if match[4] else None
        days = [int(day) for day in match.group(1, 2) if day]
        found += [WrittenDay(year, _MONTHS[match[3]], day, *match.span()) for day in days]
    for match in _WRITTEN_MONTH_DAY.finditer(lowered):
        year = int(match[3]) if match[3] else None
        found.append(WrittenDay(year, _MONTHS[match[1]], int(match[2]), *match.span()))
    return tuple(found)


def parse_words(text: str, limit: int) -> str:
    """A title or summary: not empty, at most ``limit`` characters, blanks collapsed line by line."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    words = "\n".join(line for line in lines if line)
    if not words:
        raise Refused("The text is empty.", key="draft.empty_text")
    if len(words) > limit:
        raise Refused("The text is too long.", key="draft.too_long", limit=limit, length=len(words))
    return words


def _read(text: str) -> tuple[list[date], time | None, str | None, str]:
    """The days, the hour, the zone and what is left of ``text``."""
    rest = " ".join(text.split())
    found: list[tuple[int, date]] = []
    for form, order in ((_ISO, "ymd"), (_NUMERIC, "dmy"), (_DAY_MONTH, "dmy"), (_MONTH_DAY, "mdy")):
        for match in list(form.finditer(_lower(rest))):
            day = _day(dict(zip(order, match.groups(), strict=True)))
            if day is not None:
                found.append((match.start(), day))
                rest = rest[: match.start()] + " " * (match.end() - match.start()) + rest[match.end() :]
    hours = list(_HOUR.finditer(rest))
    at = time(int(hours[0][1]), int(hours[0][2])) if hours else None
    rest = _HOUR.sub(" ", rest)
    zone = "Europe/Brussels" if at and _BRUSSELS.search(_lower(rest)) else None
    rest = _blank(_BRUSSELS, _blank(_FILLER, rest)) if zone else _blank(_FILLER, rest)
    return [day for _place, day in sorted(found)], at, zone, rest


def _blank(form: re.Pattern[str], text: str) -> str:
    """``text`` without what ``form`` finds in its lower-case twin of the same length."""
    for match in reversed(list(form.finditer(_lower(text)))):
        text = text[: match.start()] + " " + text[match.end() :]
    return text


def _day(parts: dict[str, str]) -> date | None:
    month = parts["m"] if parts["m"].isdigit() else str(_MONTHS.get(parts["m"], 0))
    try:
        return date(int(parts["y"]), int(month), int(parts["d"]))
    except ValueError:
        return None


def _lower(text: str) -> str:
    """Turkish lower case of the same length: ``I`` as ``i`` too, so that English months are found."""
    return "".join("i" if letter in "Iİ" else letter.lower()[:1] or letter for letter in text)


def _quote(text: str) -> str:
    return " ".join(text.split())[:200]

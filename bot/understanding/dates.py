"""Dates in Turkish and English letters. Every expression here is linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import islice

MONTHS = {
    "ocak": 1, "oca": 1, "january": 1, "jan": 1,
    "subat": 2, "sub": 2, "february": 2, "feb": 2,
    "mart": 3, "mar": 3, "march": 3,
    "nisan": 4, "nis": 4, "april": 4, "apr": 4,
    "mayis": 5, "may": 5,
    "haziran": 6, "haz": 6, "june": 6, "jun": 6,
    "temmuz": 7, "tem": 7, "july": 7, "jul": 7,
    "agustos": 8, "agu": 8, "august": 8, "aug": 8,
    "eylul": 9, "eyl": 9, "september": 9, "sep": 9, "sept": 9,
    "ekim": 10, "eki": 10, "october": 10, "oct": 10,
    "kasim": 11, "kas": 11, "november": 11, "nov": 11,
    "aralik": 12, "ara": 12, "december": 12, "dec": 12,
}  # fmt: skip
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d"
_WEEKDAY = (
    r"(?:pazartesi|sali|carsamba|persembe|cumartesi|cuma|pazar"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
)
WEEKDAYS = {
    "pazartesi": 0, "sali": 1, "carsamba": 2, "persembe": 3, "cuma": 4, "cumartesi": 5, "pazar": 6,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
_DASH = r"\s?(?:-|ila|ile|ve|to|and|until)\s?"
# "from Tuesday 5 to Friday 8 October": the second day's own name.
_NAMED = rf"(?:{_WEEKDAY},?\s)?"

# One alternation, longest forms first; groups are named by form.
_DATES = re.compile(
    rf"(?<![\w./])(?:(?=\d)(?:"
    # 30 Mart - 3 Nisan 2026 · 28 Aralık 2026 - 3 Ocak 2027
    rf"(?P<a1>{_DAY})\.?\s(?P<am1>{_MONTH})(?:\s{_WEEKDAY})?(?:\s(?P<ay1>{_YEAR})(?:\s{_WEEKDAY})?)?(?:'?[a-z]{{2,4}})?"
    rf"{_DASH}{_NAMED}(?P<a2>{_DAY})"
    rf"\.?\s(?P<am2>{_MONTH})(?:(?:\s{_WEEKDAY})?,?\s(?P<ay2>{_YEAR})|(?![\w]))"
    # 5-8 Nisan 2021 · 5-8 April 2021
    rf"|(?P<b1>{_DAY}){_DASH}{_NAMED}(?P<b2>{_DAY})\s(?P<bm>{_MONTH})(?:,?\s(?P<by>{_YEAR}))?(?![\w])"
    # 05.04.2021 - 08.04.2021 · 05-08.04.2021
    rf"|(?P<n1>{_DAY})(?P<ns>[./])(?P<nm1>0?[1-9]|"
    rf"1[0-2])(?P=ns)(?P<ny1>{_YEAR})\s?(?:-|ila|ile|to|until)\s?(?P<n2>{_DAY})(?P=ns)(?P<nm2>0?[1-9]|"
    rf"1[0-2])(?P=ns)(?P<ny2>{_YEAR})"
    rf"|(?P<c1>{_DAY})\s?-\s?(?P<c2>{_DAY})[./](?P<cm>0?[1-9]|1[0-2])[./](?P<cy>{_YEAR})"
    # 23 Ekim 2026 · 23rd of October 2026 · 20 Mart
    rf"|(?P<d>{_DAY})(?:st|nd|rd|th)?\.?\s(?:of\s)?(?P<dm>{_MONTH})\.?(?:,?\s(?P<dy>{_YEAR}))?(?![\w])"
    # 23.10.2026 · 23/10/2026 · 23-10-2026
    rf"|(?P<e>{_DAY})(?P<es>[./-])(?P<em>0?[1-9]|1[0-2])(?P=es)(?P<ey>{_YEAR})(?![\d])"
    # 2026-10-23
    rf"|(?P<iy>{_YEAR})-(?P<im>0[1-9]|1[0-2])-(?P<id>0[1-9]|[12]\d|3[01])(?![\d])"
    # April 5-8, 2027 · April 5, 2027
    rf")|(?P<um>{_MONTH})\.?\s(?P<u1>{_DAY})(?:{_DASH}(?P<u2>{_DAY}))?(?:st|nd|rd|th)?,?\s(?P<uy>{_YEAR}))"
)  # fmt: skip
_AFTER_WEEKDAY = re.compile(rf"['\s,(/]{{0,4}}(?:[a-z]{{1,4}}\s)?(?P<w>{_WEEKDAY})(?![a-z]{{4,}})")
_BEFORE_WEEKDAY = re.compile(rf"(?P<w>{_WEEKDAY}),?\s$")


# Where a number begins, and the month right before it.
_NUMBER = re.compile(r"[0-9](?<![\w./][0-9])")
_MONTH_BEFORE = re.compile(rf"(?<![\w./])(?:{_MONTH})\.?\s\Z")
LONGEST_MONTH = 16

DATES = 40
"""Dates looked at in one sentence."""


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date or range in folded text; ``start`` and ``end`` are offsets. ``year_given`` False: no year;
    ``of_the_letter``: told by the letter's own month ("bu ayın 20’si")."""

    start: int
    end: int
    first: date
    last: date
    year_given: bool = True
    weekday_wrong: bool = False
    ranged: bool = False
    of_the_letter: bool = False


def _matches(folded: str) -> Iterator[re.Match[str]]:
    """What ``_DATES`` finds, asked only where a number begins: most places of a text begin no date."""
    end = 0
    for number in _NUMBER.finditer(folded):
        start = number.start()
        if start < end:
            continue
        month = None
        if start and folded[start - 1].isspace():
            month = _MONTH_BEFORE.search(folded, max(end, start - LONGEST_MONTH), start)
        match = (month and _DATES.match(folded, month.start())) or _DATES.match(folded, start)
        if match:
            yield match
            end = match.end()


def find_dates(folded: str, reference: date | None) -> Iterator[DateFound]:
    """All dates of folded text, in order. Without a year: the next such day on or after ``reference``."""
    found = _written(folded, reference)
    if reference is not None and (own := [*_of_this_month(folded, reference)]):
        found = iter(sorted((*found, *own), key=lambda one: one.start))
    return _spanned(folded, found)


_THIS_MONTH = re.compile(
    r"\b(?P<which>bu|icinde bulundugumuz|icinde oldugumuz|cari|onumuzdeki|gelecek) ayin (?P<d>[12]?\d|3[01])"
    r"(?![\d./]|\.\d)(?! (?:gun|ay|yil|kisi|firma))"
    r"|\b(?:the )?(?P<d2>[12]?\d|3[01])(?:st|nd|rd|th)? (?:of )?(?:this|the current) month\b"
)


def _of_this_month(folded: str, reference: date) -> Iterator[DateFound]:
    """ "bu ayın 20’si", "the 20th of this month": days of the letter's month, or of the next."""
    if " ayin " not in folded and " month" not in folded:
        return
    for match in _THIS_MONTH.finditer(folded):
        later = match["which"] in ("onumuzdeki", "gelecek")
        year, month = divmod(reference.year * 12 + reference.month - 1 + later, 12)
        try:
            day = date(year, month + 1, int(match["d"] or match["d2"]))
        except ValueError:
            continue
        yield DateFound(match.start(), match.end(), day, day, of_the_letter=True)


# "4 Ocak 2027 saat 10.00 - 22 Ocak 2027 saat 17.30": one range, its hours between.
_TO = re.compile(r"(?: gunu)?,? ?(?:\(?(?:saat )?\d{1,2}[.:]\d\d\)?)? ?- ?")


def _spanned(folded: str, found: Iterator[DateFound]) -> Iterator[DateFound]:
    last: DateFound | None = None
    for one in found:
        if (
            last
            and last.year_given
            and not (last.ranged or one.ranged)
            and last.first < one.first
            and _TO.fullmatch(folded, last.end, one.start)
        ):
            last = replace(one, start=last.start, first=last.first, ranged=True)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _written(folded: str, reference: date | None) -> Iterator[DateFound]:
    """The dates with a month's name or number."""
    for match in _matches(folded):
        found = None if _in_address(folded, match.start()) else _from(match, reference)
        if found is None:
            continue
        first, last, given, ranged = found
        after = _AFTER_WEEKDAY.match(folded, match.end())
        before = _BEFORE_WEEKDAY.search(folded[max(0, match.start() - 14) : match.start()])
        end = after.end() if after else match.end()
        name = (after or before)["w"] if (after or before) else None  # type: ignore[index]
        wrong = name is not None and not ranged and first.weekday() != WEEKDAYS[name]
        for single in _listed(folded, match, first, last):
            yield DateFound(match.start(), match.end(), single, single, given)
        if _separate(match, first, last) and not folded[: match.start()].endswith("between "):
            yield DateFound(match.start(), match.end(), first, first, given)
            first, ranged = last, False
        yield DateFound(match.start(), end, first, last, given, wrong, ranged)


@lru_cache(maxsize=2048)  # last days and events are looked for in the same sentences
def dates_of(sentence: str, reference: date | None) -> tuple[DateFound, ...]:
    """The dates of one folded sentence, not more than ``DATES``."""
    return tuple(islice(find_dates(sentence, reference), DATES))


def _in_address(folded: str, start: int) -> bool:
    word = folded[max(0, start - 200) : start].rpartition(" ")[2]
    return "://" in word or "www." in word or "@" in word


_DAYS_BEFORE = re.compile(rf"(?<![\d.,/])((?:{_DAY}\s?,\s?){{1,8}})$")


def _listed(folded: str, match: re.Match[str], first: date, last: date) -> Iterator[date]:
    """The days listed before "… 15 ve 22 Aralık": each is a day of the same month."""
    if match["b1"] is None and match["d"] is None:
        return
    before = _DAYS_BEFORE.search(folded[max(0, match.start() - 36) : match.start()])
    for word in re.findall(r"\d+", before[1]) if before else ():
        if int(word) < first.day:
            yield last.replace(day=int(word))


def _separate(match: re.Match[str], first: date, last: date) -> bool:
    """Whether "15 ve 22 Aralık" names two days: neighbours are one event of two days."""
    if match["a1"]:  # "31 Mayıs ve 31 Ağustos": days of two months are never one event
        return bool(re.search(r"\s(?:ve|and)\s", match[0])) and (last - first).days > 1
    words = re.search(r"\d\s(?:ve|and)\s(?:[a-z]+,?\s)?\d", match[0]) if match["b1"] else None
    return bool(words) and (last - first).days > 1


def _from(match: re.Match[str], reference: date | None) -> tuple[date, date, bool, bool] | None:
    g = match.groupdict()
    try:
        if g["a1"]:
            month = MONTHS[g["am1"]]
            if g["ay1"] and not g["ay2"]:
                until = int(g["ay1"]) + (month > MONTHS[g["am2"]])
                given = True
            else:
                until, given = _year(g["ay2"], MONTHS[g["am2"]], int(g["a2"]), reference)
            last = date(until, MONTHS[g["am2"]], int(g["a2"]))
            year = int(g["ay1"]) if g["ay1"] else last.year - (month > last.month)
            return date(year, month, int(g["a1"])), last, given, True
        if g["b1"]:
            year, given = _year(g["by"], MONTHS[g["bm"]], int(g["b2"]), reference)
            first, last = date(year, MONTHS[g["bm"]], int(g["b1"])), date(year, MONTHS[g["bm"]], int(g["b2"]))
            if first > last:  # "note 14 - 5 May": a number and a day
                return last, last, given, False
            return first, last, given, True
        if g["n1"]:
            return (
                date(int(g["ny1"]), int(g["nm1"]), int(g["n1"])),
                date(int(g["ny2"]), int(g["nm2"]), int(g["n2"])),
                True,
                True,
            )
        if g["c1"]:
            month, year = int(g["cm"]), int(g["cy"])
            return date(year, month, int(g["c1"])), date(year, month, int(g["c2"])), True, True
        if g["um"]:
            month, year = MONTHS[g["um"]], int(g["uy"])
            first = date(year, month, int(g["u1"]))
            return first, date(year, month, int(g["u2"] or g["u1"])), True, bool(g["u2"])
        if g["d"]:
            year, given = _year(g["dy"], MONTHS[g["dm"]], int(g["d"]), reference)
            day = date(year, MONTHS[g["dm"]], int(g["d"]))
            return day, day, given, False
        if g["e"]:
            day = date(int(g["ey"]), int(g["em"]), int(g["e"]))
            return day, day, True, False
        day = date(int(g["iy"]), int(g["im"]), int(g["id"]))
        return day, day, True, False
    except (ValueError, TypeError):
        return None


def _year(given: str | None, month: int, day: int, reference: date | None) -> tuple[int, bool]:
    if given:
        return int(given), True
    if reference is None:
        raise ValueError("a day without a year needs a reference")
    return (reference.year if date(reference.year, month, day) >= reference else reference.year + 1), False

"""Terms in days, weeks, months and years, and the days they lead to."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from bot.domain.notice import Deadline
from bot.understanding.dates import find_dates

BY_OTHERS = re.compile(
    r"iade|degerlendiril|sonuclandiril|yururlu|enter into force|odeme yapil(?!m[ae]\w* (?:gerek|zorunlu|"
    r"sart|rica))|cevaplan(?:ac|ir|makta)|"
    r"tamamlanac|sonuclanac|bitiril|yayimlan(?:ac|ir)|ilan edil|"
    r"tarafimizca"
)


_BEGINS_THEN = re.compile(r"'?[a-z]{0,4}(?: tarihinde)? (?:yururlu|baslayac|uygulanmaya)")


def day_in_force(folded: str) -> date | None:
    """The day that a rule comes into force by the text."""
    return next((one.first for one in find_dates(folded, None) if _BEGINS_THEN.match(folded, one.end)), None)


def quoted(original: str, match: re.Match[str], day: date | None) -> Deadline:
    return relative(day, " ".join(original[match.start() : match.end()].split()))


def relative(day: date | None, quote: str) -> Deadline:
    return Deadline(day, None, True, quote, None, 0.7 if day else 0.5)


def count(base: date, number: int, unit: str, working: bool) -> date | None:
    """The day so many of ``unit`` ("day", "week", "month", "year") after ``base``; None beyond all years."""
    try:
        return _count(base, number, unit, working)
    except (OverflowError, ValueError):
        return None


def _count(base: date, number: int, unit: str, working: bool) -> date:
    if unit == "week":
        return base + timedelta(weeks=number)
    if unit in ("month", "year"):
        months = base.year * 12 + base.month - 1 + number * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(base.day, monthrange(year, month + 1)[1]))
    if not working:
        return base + timedelta(days=number)
    step, left, day = (1 if number > 0 else -1), abs(number), base
    while left:
        day += timedelta(days=step)
        left -= day.weekday() < 5
    return day

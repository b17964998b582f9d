"""Numbers in words, terms in days, weeks, months and years, and the days they lead to."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from bot.domain.notice import Deadline
from bot.understanding.dates import find_dates

NUMBERS = {
    "bir": 1, "iki": 2, "uc": 3, "dort": 4, "bes": 5, "alti": 6, "yedi": 7, "sekiz": 8, "dokuz": 9, "on": 10,
    "on bes": 15, "onbes": 15, "yirmi": 20, "yirmi bir": 21, "otuz": 30, "otuz yedi": 37, "kirk bes": 45,
    "altmis": 60, "doksan": 90,
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10,
    "fifteen": 15, "twenty": 20, "twenty-one": 21, "thirty": 30, "forty-five": 45, "sixty": 60, "ninety": 90,
}  # fmt: skip


N = (
    r"(?<![\w.,/])(?P<n>\d{1,3}|"
    + "|".join(sorted(NUMBERS.keys() - {"a", "an"}, key=len, reverse=True))
    + r")"
)


TR_UNIT = r"\)?\s(?:\([\w ]{1,12}\)\s)?(?P<work>is )?(?P<unit>gun|hafta|ay|yil)"


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


def number_of(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def count(base: date, number: int, unit: str, working: bool) -> date:
    if unit in ("hafta", "week"):
        return base + timedelta(weeks=number)
    if unit == "yil":
        number, unit = number * 12, "ay"
    if unit in ("ay", "month"):
        months = base.year * 12 + base.month - 1 + number
        year, month = divmod(months, 12)
        return date(year, month + 1, min(base.day, monthrange(year, month + 1)[1]))
    if not working:
        return base + timedelta(days=number)
    step, left, day = (1 if number > 0 else -1), abs(number), base
    while left:
        day += timedelta(days=step)
        left -= day.weekday() < 5
    return day

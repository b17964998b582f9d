"""What can be a code of the Harmonised System, and what only looks like one. Pure."""

from __future__ import annotations

import re

# The last heading of each chapter from 1 to 97 (edition of 2022); 77 is empty, 98 and 99 are each country's.
_LAST = (
    6, 10, 9, 10, 11, 4, 14, 14, 10, 8, 9, 14, 2, 4, 22, 5, 4, 6, 5, 9, 6, 9, 9, 4, 30, 21, 16, 53, 42, 6, 5,
    15, 7, 7, 7, 6, 7, 27, 26, 17, 15, 6, 4, 21, 4, 2, 7, 23, 11, 7, 13, 12, 11, 8, 16, 9, 5, 11, 11, 6, 17,
    17, 10, 6, 7, 3, 4, 15, 14, 20, 18, 29, 26, 19, 8, 16, 0, 6, 7, 7, 13, 15, 11, 87, 49, 9, 16, 7, 8, 33,
    14, 9, 7, 6, 8, 20, 6,
)  # fmt: skip
_NATIONAL = ("98", "99")
_YEAR = re.compile(r"(?:19|20)\d\d$")
# What an amount of something is counted in.
AMOUNT = re.compile(
    r"\s?(?:tl\b|lira|usd|eur|avro|dolar|ton|kg|kilo|adet|litre|m2\b|m3\b|metre|"
    r"(?:mil[iy]on|milyar|bin|million|billion|thousand|firma|kisi)\b|"
    r"tonnes?\b|%(?! ?\d))"
)


def is_code(code: str) -> bool:
    """Whether digits, with or without signs between them, begin with a heading that exists."""
    digits = re.sub(r"\D", "", code)
    if digits[:2] in _NATIONAL:
        return len(digits) >= 8
    chapter, heading = int(digits[:2]), int(digits[2:4])
    return 1 <= chapter <= len(_LAST) and 1 <= heading <= _LAST[chapter - 1]


def looks_like_year(digits: str) -> bool:
    """Whether these are four digits of a year."""
    return _YEAR.match(digits) is not None


def may_be_year(number: str) -> bool:
    """Whether four digits are a year rather than a heading: chapters 19 and 20 end at 1905 and 2009."""
    return len(number) == 4 and number[:2] in ("19", "20") and int(number[2:]) > 9


def is_date(groups: list[str]) -> bool:
    """Whether the groups of a number are a year, a month and a day."""
    if len(groups) == 3 and len(groups[0]) == 4 and groups[0][:2] in ("19", "20"):
        return 1 <= int(groups[1]) <= 12 and 1 <= int(groups[2]) <= 31
    return False

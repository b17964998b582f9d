"""Numbers from 1 to 999 in digits and in Turkish and English words, as they stand before a unit of time."""

from __future__ import annotations

import re

_TR_ONES = {"bir": 1, "iki": 2, "uc": 3, "dort": 4, "dord": 4, "bes": 5, "alti": 6, "yedi": 7, "sekiz": 8,
            "dokuz": 9}  # fmt: skip
_TR_TENS = {"on": 10, "yirmi": 20, "otuz": 30, "kirk": 40, "elli": 50, "altmis": 60, "yetmis": 70,
            "seksen": 80, "doksan": 90}  # fmt: skip
_EN_ONES = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
            "nine": 9}  # fmt: skip
_EN_TEENS = {"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
             "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}  # fmt: skip
_EN_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
            "ninety": 90}  # fmt: skip
_VALUES = {**_TR_ONES, **_TR_TENS, **_EN_ONES, **_EN_TEENS, **_EN_TENS, "a": 1, "an": 1}


def _any(names: dict[str, int]) -> str:
    return "(?:" + "|".join(sorted(names, key=len, reverse=True)) + ")"


_ONES, _TENS = _any(_TR_ONES), _any(_TR_TENS)
_UNITS, _TEENS, _TIES = _any(_EN_ONES), _any(_EN_TEENS), _any(_EN_TENS)
_TO_99 = rf"(?:{_TIES}(?:[- ]{_UNITS})?|{_TEENS}|{_UNITS})"

TR_NUMBER = rf"(?:\d{{1,3}}|(?:{_ONES} ?)?yuz(?: ?{_TENS})?(?: ?{_ONES})?|{_TENS}(?: ?{_ONES})?|{_ONES})"
"""Turkish: "30", "on sekiz", "onsekiz", "yüz yirmi"."""
EN_NUMBER = rf"(?:\d{{1,3}}|(?:an?|{_UNITS}) hundred(?:(?: and)? {_TO_99})?|{_TO_99}|an?)"
"""English: "30", "twenty-eight", "a hundred and twenty", "a"."""

_PARTS = re.compile(rf"yuz|hundred|{_any(_VALUES)}")


def number_of(words: str) -> int:
    """The number that a match of one of the patterns above names."""
    if words.isdigit():
        return int(words)
    total = 0
    for part in _PARTS.findall(words):
        if part in ("yuz", "hundred"):
            total = max(total, 1) * 100
        else:
            total += _VALUES[part]
    return total

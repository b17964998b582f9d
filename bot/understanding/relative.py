"""Deadlines that count from another day: "within thirty days of publication"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.domain.notice import Deadline
from bot.understanding.dates import find_dates
from bot.understanding.marks import READER

_NUMBERS = {
    "bir": 1, "iki": 2, "uc": 3, "dort": 4, "bes": 5, "alti": 6, "yedi": 7, "sekiz": 8, "dokuz": 9, "on": 10,
    "on bes": 15, "onbes": 15, "yirmi": 20,
    "yirmi bir": 21, "otuz": 30, "kirk bes": 45, "altmis": 60, "doksan": 90,
}  # fmt: skip
_RELATIVE = re.compile(
    r"(?:(?P<base>(?:teblig|ilan|karar|yonetmelik|duyuru|bu yazi|sirkuler|"
    r"bildirim)\w*(?:'?[a-z]{2,4})?\s)?(?P<pub>yayi[mn](?:i|lan(?:digi|ma(?:si)?))?\w*|ilani?|"
    r"teblig)\s?(?:tarihi?n?[dt]en|gun[ud]en|gunden|tarihten)\s(?:itibaren|sonra)?|"
    r"(?P<since>(?:bu |isbu )?(?:sirkuler|yazi|duyuru)\w*(?:imizin)? (?:tarihi?n?[dt]en|"
    r"yayi\w+ tarihinden)) itibaren)\s(?:en gec )?(?:\()?(?P<n>\d{1,3}|on bes|onbes|yirmi bir|kirk bes|"
    r"[a-z]{2,7})\)?\s(?:\(\w+\)\s)?(?P<work>is )?(?P<unit>gun|hafta|ay)"
    r"|within (?P<en>\d{1,3}|thirty|fifteen|ten|twenty|sixty) (?P<ework>working )?(?P<eunit>days|weeks|"
    r"months) (?:of|from|after) (?:the )?(?:date of )?(?:its )?(?P<ebase>publication|initiation|"
    r"this notice|notification)"
)
_EN_NUMBERS = {"thirty": 30, "fifteen": 15, "ten": 10, "twenty": 20, "sixty": 60}
_GAZETTE = re.compile(r"resmi gazete|official journal|tarihli (?:ve )?(?:\d{4,5}|l \d+) sayili")


def relative_deadlines(original: str, sentence: str, folded: str, reference: date | None) -> list[Deadline]:
    made: list[Deadline] = []
    for match in _RELATIVE.finditer(sentence):
        rest = sentence[match.end() : match.end() + 120]
        if re.search(
            r"iade|degerlendiril|sonuclandiril|yururlu|enter into force", rest[:60]
        ) or not READER.search(sentence):
            continue
        word = match["n"] or match["en"]
        number = int(word) if word.isdigit() else _NUMBERS.get(word) or _EN_NUMBERS.get(word)
        if number is None:
            continue
        base = reference if match["since"] else _publication(folded, reference)
        unit = (match["unit"] or match["eunit"] or "gun")[:3]
        working = bool(match["work"] or match["ework"])
        day = _count(base, number, unit, working) if base else None
        end = re.match(r"(?:u?n?\w*)?\s?(?:icinde|icerisinde|sonuna kadar)?", rest)
        stop = match.end() + (end.end() if end else 0)
        quote = " ".join(original[match.start() : stop].split())
        made.append(Deadline(day, None, True, quote, None, 0.7 if day else 0.5))
    return made


def _publication(folded: str, reference: date | None) -> date | None:
    """The day of publication that the text names beside the gazette."""
    for match in _GAZETTE.finditer(folded):
        before = folded[max(0, match.start() - 70) : match.end()]
        dates = list(find_dates(before, reference))
        if dates:
            return dates[-1].first
    return None


def _count(base: date, number: int, unit: str, working: bool) -> date:
    if unit in ("haf", "wee"):
        return base + timedelta(weeks=number)
    if unit in ("ay", "mon"):
        month = base.month - 1 + number
        return date(base.year + month // 12, month % 12 + 1, min(base.day, 28))
    if not working:
        return base + timedelta(days=number)
    day = base
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day

"""Days from to that a sentence tells in several words: first and last day, the first and their number."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from bot.understanding.attended import BEGINS
from bot.understanding.dates import DateFound

_FROM = re.compile(r"'?n?[dt][ae]n(?: baslayarak)?,? ")
_LASTS_UNTIL = re.compile(
    r"'?[a-z]{0,4}\W*$|[^.;]{0,40}(?:kadar|degin|dek)\b[^.;]{0,20}(?:sur|devam|acik|gez|ziyaret)|"
    r"[^.;]{0,30}(?:sona er|son bul|bitecek|bitiyor|noktalan|tamamlan|kapanac|"
    r"kapilarini kapat|kapatac|clos(?:e|es)\b)"
)


def spanned(dates: list[DateFound], joined: str) -> list[DateFound]:
    """ "opens on 1 September and lasts until the 3rd": one event of three days."""
    made: list[DateFound] = []
    for one in dates:
        last = made[-1] if made else None
        if (
            last
            and not (last.ranged or one.ranged)
            and last.first < one.first
            and (BEGINS.match(joined[last.end : one.start]) or _FROM.fullmatch(joined[last.end : one.start]))
            and _LASTS_UNTIL.match(joined, one.end)
        ):
            made[-1] = replace(last, last=one.last, ranged=True)
        else:
            made.append(one)
    return made


_DAYS = {"two": 2, "three": 3, "four": 4, "five": 5, "iki": 2, "uc": 3, "dort": 4, "bes": 5}
# "12 Ocak'ta açılarak dört gün sürecektir", "opens on 12 January and lasts four days"
_LASTING = re.compile(
    r"(?!'?[yn]?[ae]\b)[^.;]{0,70}?\b(?P<n>[2-5]|iki|uc|dort|bes) gun (?:sureyle |boyunca |"
    r"sureli )?(?:sur(?:ec|uyor|er\b|mekte)|"
    r"devam ed|acik (?:kal|ol)|gezil|ziyaret)|"
    r"[^.;]{0,70}?\b(?:lasts?|runs?|continues?|go(?:es)? on) (?:for )?(?P<m>[2-5]|two|three|four|five) days\b"
)


def _lasting(one: DateFound, joined: str) -> DateFound:
    """The days of an event of which the first and their number are told."""
    told = None if one.ranged else _LASTING.match(joined, one.end)
    if told is None or re.search(r"\d{1,2} [a-z]{3,9} \d{4}", told[0]):
        return one
    number = told["n"] or told["m"]
    days = int(number) if number.isdigit() else _DAYS[number]
    return replace(one, last=one.first + timedelta(days=days - 1), ranged=True)


def settled(one: DateFound, joined: str) -> DateFound:
    """ "postponed from 8 December to 12 January" is no range: only the new day holds."""
    one = _lasting(one, joined)
    moved = re.search(
        r"(?:postponed|moved|rescheduled|brought forward|put (?:back|off)|shifted|delayed|deferred|"
        r"changed)[^.;]{0,30} from $",
        joined[: one.start],
    )
    return replace(one, first=one.last, ranged=False) if one.ranged and moved else one

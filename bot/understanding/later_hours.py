"""Hours of last days that stand apart from their days: "…; the system is open until 23:59 that day"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.notice import Deadline
from bot.understanding.dates import DateFound
from bot.understanding.hours import hour_beside

_CLOCK = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
# An hour with an end of its own: "23.59'a kadar", "saat 17.00'de kapanacak", "until 17:00".
_ENDS_AT = re.compile(
    rf"(?:\w+ (?:saatiyle|saati ile) )?(?:saat )?(?<![\d.:,]){_CLOCK}'?[a-z]{{0,3}}(?: \([^)]{{2,24}}\))?"
    r"(?: itibariyla)? (?:kadar|dek|degin|kapan|sona er|son bul)\w*|"
    rf"\b(?:until|till|by|closes? at|ends? at|shuts? at) {_CLOCK}(?: hrs| hours)?(?: [a-z]{{2,9}}(?: time)?)?"
)
# What the next sentence speaks of when it tells the hour of the day just named.
_OF_THAT_DAY = re.compile(
    r"\b(?:sistem|basvuru|kayit|portal|ekran|anket|ayni gun|o gun|(?:son|anilan|bu|soz konusu) gun|teklif|"
    r"system|portal|form|that day|same day|applications?|registration|submissions?)"
)
_ANOTHER_DAY = re.compile(
    r"(?<!\bayni )(?<!\bo )(?<!\bson )(?<!\banilan )(?<!\bbu )\bgunu(?:ne)?,? (?:en gec )?$"
)
_OFFICE_HOURS = re.compile(
    r"\b(?:hafta ici|her gun|mesai saatleri|ofisimiz|weekdays|office hours|every day|daily)\b"
)


def with_later_hours(
    found: Sequence[Deadline], sentence: str, dates: Sequence[DateFound], in_sentence: bool
) -> list[Deadline]:
    """``found`` with the hour that ``sentence`` (folded) tells apart from their day, if it is one day's.

    ``found``: the last days of this sentence, or (``in_sentence`` False) of the one before it.
    """
    open_days = {one.date for one in found if one.time is None and one.date and not one.relative}
    if len(open_days) != 1 or any(one.time for one in found):
        return list(found)
    if not in_sentence and (dates or not _OF_THAT_DAY.search(sentence)):
        return list(found)
    if _OFFICE_HOURS.search(sentence):
        return list(found)
    ends = [match for match in _ENDS_AT.finditer(sentence) if not _belongs(match, dates, sentence)]
    if len(ends) != 1:
        return list(found)
    hour, zone, _ = hour_beside(ends[0][0], DateFound(0, 0, date.min, date.min), len(ends[0][0]))
    day = next(iter(open_days))
    return [replace(one, time=hour, time_zone=zone) if one.date == day else one for one in found]


def _belongs(match: re.Match[str], dates: Sequence[DateFound], sentence: str) -> bool:
    """Whether the hour is another day's: behind a date that is no last day, or "seminer günü saat …"."""
    if _ANOTHER_DAY.search(sentence, 0, match.start()) or re.search(r"\bertesi\b", match[0]):
        return True
    return any(
        0 <= match.start() - one.end <= 24
        and not re.search(r"[;.]|\bolup\b", sentence[one.end : match.start()])
        for one in dates
    )

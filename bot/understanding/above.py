"""Labels on a line of their own above a day: "Feedback period" and the days below it."""

from __future__ import annotations

import re

LONGEST = 60
"""Letters of a label's line; what is longer is prose."""

_LAST_DAY = re.compile(
    r"\W*(?:(?:[^\W\d]+ ){0,4}(?:icin |bildirme |verme )?son "
    r"(?:basvuru|kayit|katilim|teklif|odeme|gorus|bildirim|tale[pb])\w*(?: tarihi| gunu)?|"
    r"(?:[^\W\d]+ ){0,4}(?:icin )?son (?:gun|tarih|teslim)\w*(?: (?:gun|tarih)\w*)?|"
    r"(?:basvuru|kayit|gorus|tale[pb]|teklif|anket|cagri)\w* (?:kapanis|bitis|bitim)\w*"
    r"(?: (?:gun|tarih)\w*)?|"
    r"(?:basvuru|kayit|on kayit|gorus|tale[pb]|teklif) (?:tarih|sure|donem|gunler)\w*|"
    r"(?:feedback|consultation|application|registration|submission|comments?|response) (?:period|window|"
    r"deadline|dates?)|period of (?:the )?(?:consultation|application|registration)|(?:submission |"
    r"application |registration )?deadline(?: date| for [a-z ]{3,30})?|"
    r"closing (?:date|day)|end date|last day|(?:apply|register|submit|reply|respond|rsvp) by)\W*"
)
_EVENT = re.compile(
    r"\W*(?:(?:toplanti |etkinlik |fuar |egitim |webinar |seminer )?(?:tarih(?:i|leri)?|tarih ve saati?|"
    r"gunu?)|"
    r"ne zaman|(?:event |meeting |session )?dates?(?: and time)?|when|"
    # "1. oturum", "Session 2": one of several
    r"(?:\d{1,2}\. ?)?(?:oturum|seans|modul|ders|atolye|calistay|session|workshop|module)(?: ?\d{1,2})?)\W*"
)


def _line_above(folded: str, start: int) -> str:
    head = folded[max(0, start - LONGEST - 40) : start].rstrip()
    line = head.rpartition("\n")[2]
    return line if len(line) <= LONGEST else ""


def names_last_day(line: str) -> int:
    """Where the label of a last day at the start of a folded line ends; 0 without one."""
    found = _LAST_DAY.match(line)
    return found.end() if found else 0


def last_day_above(folded: str, start: int) -> bool:
    """Whether the line above the one that begins at ``start`` names a last day, or a time to apply in."""
    return bool(_LAST_DAY.fullmatch(_line_above(folded, start)))


def event_above(folded: str, start: int) -> bool:
    """Whether the line above the one that begins at ``start`` names the day of an event."""
    return bool(_EVENT.fullmatch(_line_above(folded, start)))

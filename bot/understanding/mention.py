"""One date as a sentence mentions it, and words of opening and of lateness beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.notice import Status
from bot.understanding.dates import DateFound

OPENING = re.compile(
    r"(?:acilis|baslangic|baslama)\w*(?: tarih\w*)?\s?:?\s?$|\b(?:opens|open (?:from|on)|starts?|"
    r"begins?)(?: on)?[^.;!?]{0,12}$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One date in its sentence (folded, and with the dots of numbers joined), what the notice does, and the
    letter's day (``reference``)."""

    original: str
    sentence: str
    joined: str
    one: DateFound
    floor: int
    limit: int
    status: Status
    reference: date | None

    @property
    def after(self) -> str:
        """The folded words between this date and the next."""
        return self.joined[self.one.end : self.limit]


# "… not considered if they come after": the day itself is the last one.
LATE = re.compile(
    r"^(?:'?n?|(?: (?:tarih|gun|saat|mesai|bitim|son|aksam|is|[a-z]*day|\d\d:\d\d)\w*(?: saati)?){1,5}?'?n?)"
    r"(?<![a-z]{14})(?:[dt][ae]n)? sonra(?:ya|ki)?\b[^.;]{0,60}"
    r"(?:dikkate alinma|degerlendir(?:me(?:ye)? alinma|ilme)|kabul edilme|isleme (?:konul|alin)ma|"
    r"teslim alinma)"
)

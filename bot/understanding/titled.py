"""Events whose days only the title of a notice tells: "Gulfood Fuarı (8-12 Şubat 2027)"."""

from __future__ import annotations

import re

from bot.domain.notice import Meeting, Status
from bot.understanding.attended import Letter, to_come
from bot.understanding.dates import dates_of
from bot.understanding.held import EVENT
from bot.understanding.hours import hour_beside

# What makes the day of a title another one: a last day, a law, a letter, what is over or moved.
_ANOTHER = re.compile(
    r"\bson\b|basvuru|kayit|tarihli|sayili|itibar|kadar|teklif|odeme|yururlu|sonuc|iptal|ertele|degis|"
    r"ileri|yeni|"
    r"duzeltme|deadline|until|\bby\b|register|appl|before|postpone|cancel|moved|result|report|sonrasi|"
    r"degerlendirme"
)


def event_of_title(title: str, letter: Letter) -> Meeting | None:
    """The event that a title names with its days, for a notice whose text tells no day of an event."""
    if letter.status not in (Status.NEW, Status.EXTENSION) or _ANOTHER.search(letter.title):
        return None
    if len(title) != len(letter.title) or not EVENT.search(letter.title):
        return None
    dates = [one for one in dates_of(letter.title, letter.reference) if one.year_given]
    if len(dates) != 1 or dates[0].last in letter.last_days or not to_come(dates[0], letter):
        return None
    one = dates[0]
    if not one.ranged and (letter.reference is None or one.first == letter.reference):
        return None
    hour, zone, stop = hour_beside(letter.title, one, len(title))
    quote = " ".join(title[one.start : max(one.end, stop)].split())
    zone = zone or ("Europe/Istanbul" if letter.language == "tr" else "Europe/Brussels")
    return Meeting(one.first, one.last, hour, zone if hour else None, None, False, quote, 0.7)

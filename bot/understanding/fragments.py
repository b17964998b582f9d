"""Days that stand alone, without a verb of their own: what they are the sentence before or the title "
"tells."""

from __future__ import annotations

import re
from datetime import date

from bot.understanding.dates import DateFound
from bot.understanding.held import EVENT
from bot.understanding.hours import HOUR

# Before the day: a bullet, a number, a weekday.
_ALONE = re.compile(r"\W*(?:\d{1,2}[.)] )?(?:[a-z]+day,? )?(?:the )?")
# A verb, or a word of a last day, of a paper, of what is already over.
_SAYS_MORE = re.compile(
    r"\b\w+(?:acak|ecek|acag|eceg|m[iu]s|makta|mekte|iyor|uyor|m[ae]l[iu]|[dt][iu]r|[dt][iu])(?:tir|tur|lar|"
    r"ler|iz|siniz)?\b|"
    r"\b(?:kadar|dek|degin|tarihli|sayili|itibaren|itibariyla|sonra|once|son|gerek\w*|basvur\w*|kayit\w*|"
    r"yururlu\w*|is|are|was|were|will|shall|must|may|has|have|had|by|until|till|before|after|since|deadline|clos\w+|"
    r"ends?|opens?|published|dated|issue)\b"
)
# Behind day and hour a new clause may tell anything; only what stands beside them counts.
_BESIDE = 90
_PLAIN_END = re.compile(r"[.;]\s")
# What the sentence before has to be of, and what makes it tell of a last day instead.
_OF_LAST_DAYS = re.compile(
    r"\bson (?:\w+ )?(?:gun|tarih|basvuru|kayit|teslim|odeme|teklif)|\b(?:basvuru|kayit|odeme|teslim|sonuc|"
    r"ilan|yururlu[gk])\w* (?:\w+ )?(?:tarih|gun|sure|takvim|donem)|\bdeadline|\bclosing\b|\bdue\b|"
    r"\b(?:apply|register|submit|reply|respond|rsvp|sign up|book)(?:ing)?\b[^.;]*:?\s*$|\biptal\b|\bcancel|"
    r"\b(?:gecen|onceki|last) (?:yil|year)|\bdavet mektub"
)
_ANNOUNCED = re.compile(
    r":\s*$|\b(?:var|vardir|mevcut|olacak|bekliyoruz|sizi|davetlisiniz|bulusuyoruz|bulusalim|gorusmek uzere|"
    r"katilin|there (?:is|are|will)|join|invit\w+|welcome|we (?:are|will|hold|meet)|come|see you|meet us)\b|"
    r"\w(?:iyor|uyor|acak|ecek|acag|eceg)(?:tir|tur|uz|iz|lar|ler)?\W*$|"
    r"\b(?:will|is to|are to|takes?|holds?|hosts?|organi[sz]es?|offers?|plans?|runs?)\b"
)
LONGEST_TITLE = 110
"""Letters of a heading that may name an event."""


def _without_verb(joined: str, one: DateFound) -> bool:
    rest = joined[one.end :]
    closing = _PLAIN_END.search(rest)
    beside = rest[: closing.start() if closing else len(rest)]
    return len(beside) <= _BESIDE and not _SAYS_MORE.search(beside)


def alone_event(
    joined: str, one: DateFound, before: str, after: str, title: str, reference: date | None
) -> bool:
    """Whether a sentence that is no more than a day, an hour and a place tells an event's day.

    ``before`` and ``after`` are the folded sentences around it, "" at the ends of the text; ``title`` is the
    notice's.
    """
    if not _ALONE.fullmatch(joined, 0, one.start) or not _without_verb(joined, one):
        return False
    if one.first == reference or not (one.year_given or one.ranged or HOUR.search(joined, one.end)):
        return False
    before = before.strip()
    if before:
        return bool(
            EVENT.search(before) and _ANNOUNCED.search(before) and not _OF_LAST_DAYS.search(before)
        ) or (_is_heading(before) and bool(HOUR.search(joined, one.end) or one.ranged))
    told = HOUR.search(joined, one.end) or one.ranged
    closing = _PLAIN_END.search(joined, one.end)
    own = joined[closing.end() :] if closing else ""  # the dot behind a year ends no sentence everywhere
    named = _is_heading(title) or _names_beside(own) or (not own and _names_beside(after))
    return bool(told and named)


def _is_heading(line: str) -> bool:
    """Whether a short line without a verb names an event."""
    line = line.strip()
    return (
        len(line) <= LONGEST_TITLE
        and not line.endswith((".", ";"))
        and bool(EVENT.search(line))
        and not (_SAYS_MORE.search(line) or _OF_LAST_DAYS.search(line))
    )


def _names_beside(after: str) -> bool:
    """ "20-22 Nisan 2027. Fas’ın en büyük boya fuarı.": the next sentence is the event's name."""
    named = after.strip()[:LONGEST_TITLE]
    return bool(EVENT.search(named)) and not (_SAYS_MORE.search(named) or _OF_LAST_DAYS.search(named))


# "7 Mayıs 2026, aynı salon, aynı saat": beside an event told before.
_SAME = re.compile(
    r"[^.;]{0,24}\b(?:ayni (?:salon|yer|saat|mekan|adres|bina|otel)|same (?:place|time|venue|hall|room|hour))"
)


def like_the_one_before(joined: str, one: DateFound) -> bool:
    """Whether a day is told at the place or the hour of an event before, and without a last day's words."""
    same = _SAME.match(joined, one.end)
    return same is not None and not re.search(r"\b(?:kadar|dek|until|by)\b", joined[one.end :])

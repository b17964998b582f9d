"""Meetings: dated events a member could attend, and announced ones without a day."""

from __future__ import annotations

import re
from datetime import date

from bot.domain.notice import Deadline, Meeting, Status
from bot.understanding.dates import DateFound, find_dates
from bot.understanding.fold import fold
from bot.understanding.hours import hour_beside
from bot.understanding.marks import BACKGROUND, ENDS, OLD_VALUE, PAST_REPORT, UNTIL
from bot.understanding.places import place_after
from bot.understanding.sentences import sentences

_EVENT = re.compile(
    r"toplanti|genel kurul|fuar|heyet|webinar|seminer|egitim|calistay|konferans|zirve|etkinlik|"
    r"organizasyon|forum|ikili is gorusme|kongre|panel|oturum|"
    r"durusma|dinleme|saha ziyaret|meeting|assembly|session|workshop|hearing|fair|conference|summit|"
    r"seminar|course|training|info day|exhibition|expo|plast|kurs"
)
_HELD = re.compile(
    r"yapil(?:ac|ma|mas|iyor)|duzenlen(?:ec|me|mes)|gerceklestiril(?:ec|me)|gerceklesec|toplan(?:ac|mas)|"
    r"kapilarini ac|organize edil|ev sahipligi|baslay|"
    r"katil|yer alac|duzenleyec|will (?:be held|take place|meet|hold|host|organi[sz]e)|takes place|"
    r"is planned|is scheduled|scheduled for|join|"
    r"olacak|sunulac|icra edil|tertip|tarih(?:i)?:|tarih ve saat"
)
_OVER = re.compile(
    r"duzenlenen|gerceklestirilen|yapilan|bir onceki|gecen yil|onceki (?:fuar|yil)|katilmisti|katilmis,|"
    r"gerceklestirilmis|duzenlenmis|yapilmis|was held|took place|were held"
)
_ONLINE = re.compile(
    r"zoom|teams|webex|cevrim ?ici|online|webinar|google meet|youtube|web-?stream|sanal ortam|virtual"
)
_UNDATED = re.compile(
    r"(?:daha sonra|ayrica|bilahare|ileri(?:ki)? bir tarihte|ilerleyen)[^.;]{0,60}(?:ilan|duyurul|"
    r"bildirilec|aciklan|tarih)|henuz[^.;]{0,30}(?:gun|tarih|takvim)[^.;]{0,30}(?:belir|kesin|netles|"
    r"aciklan|duyurul)|"
    r"tarihi? (?:daha sonra|ayrica|bilahare)|(?:date|day)[^.;]{0,40}(?:to be announced|will be announced|"
    r"will follow|not yet|be confirmed)|(?:foreseen|planned|expected) (?:in|for) (?:spring|summer|autumn|"
    r"winter|early|late|the (?:first|second))"
)
_ASSEMBLY = re.compile(r"genel kurul|toplanti|general assembly|meeting|webinar|seminer|fuar|heyet")


def meetings(
    text: str, status: Status, reference: date | None, taken: tuple[Deadline, ...], language: str
) -> tuple[Meeting, ...]:
    """Dated events a member could attend, and announced ones without a day."""
    if status is Status.CANCELLED:
        return ()
    found: list[Meeting] = []
    folded = fold(text)
    last_days = {one.date for one in taken}
    for start, end in sentences(text):
        sentence, original = folded[start:end], text[start:end]
        dates = list(find_dates(sentence, reference))
        for number, one in enumerate(dates):
            limit = dates[number + 1].start if number + 1 < len(dates) else len(sentence)
            made = _meeting(original, sentence, folded, one, limit, status, reference, last_days, language)
            if made is not None:
                made = _same_hour(made, sentence, one, found)
                found.append(made)
        if not dates or not any(event.start_date for event in found):
            undated = _undated(original, sentence)
            if undated is not None:
                found.append(undated)
    unique: dict[tuple[object, ...], Meeting] = {}
    for event in found:  # one undated event at most: its several mentions are one assembly
        unique.setdefault((event.start_date, event.end_date, event.time), event)
    return tuple(unique.values())


def _meeting(
    original: str,
    sentence: str,
    folded: str,
    one: DateFound,
    limit: int,
    status: Status,
    reference: date | None,
    last_days: set[date | None],
    language: str,
) -> Meeting | None:
    after, before = sentence[one.end : limit], sentence[: one.start]
    if BACKGROUND.match(after) or UNTIL.match(after) or ENDS.match(after):
        return None
    if one.last in last_days and not one.ranged:
        return None
    if not _EVENT.search(sentence) and not (_HELD.search(after) and _EVENT.search(folded)):
        return None
    if not _HELD.search(sentence):
        return None
    if _OVER.search(after[:70]) or (reference is not None and one.last < reference):
        return None
    if status is Status.POSTPONED and (OLD_VALUE.match(after) or PAST_REPORT.search(sentence)):
        return None
    if re.search(r"\b(?:stant|askida|yururlu|alinan belge|doneminde alinan)", after[:60]):
        return None
    if re.match(
        r"[^.]{0,40}(?:kabul edil|acikla(?:n|d)|kurul(?:du|an)|yayimlan|adopted|requested|announced)", after
    ):
        return None
    if not one.ranged and re.search(
        r"(?:adopted|requested|published|announced) on $|communication .{0,40}on $", before
    ):
        return None
    hour, zone, stop = hour_beside(sentence, one, limit)
    zone = zone or (("Europe/Istanbul" if language == "tr" else "Europe/Brussels") if hour else None)
    near = sentence[max(0, one.start - 120) : one.end + 260]
    online = bool(_ONLINE.search(near))
    place = place_after(original, one.end, limit)
    quote = " ".join(original[one.start : max(one.end, stop)].split())
    confidence = 0.4 if one.weekday_wrong else 0.9 if _EVENT.search(sentence) else 0.7
    return Meeting(one.first, one.last, hour, zone, place, online, quote, confidence)


def _same_hour(made: Meeting, sentence: str, one: DateFound, earlier: list[Meeting]) -> Meeting:
    """ "aynı yerde ve aynı saatte": the second date of an assembly takes place and hour of the first."""
    if earlier and re.search(
        r"ayni (?:yer|saat)|same (?:place|time|venue)", sentence[max(0, one.start - 80) : one.end + 60]
    ):
        first = earlier[0]
        return Meeting(
            made.start_date,
            made.end_date,
            made.time or first.time,
            made.time_zone or first.time_zone,
            first.place,
            first.online,
            made.quote,
            made.confidence,
        )
    return made


def _undated(original: str, sentence: str) -> Meeting | None:
    found = _UNDATED.search(sentence)
    if found is None or not _ASSEMBLY.search(sentence):
        return None
    begin = max(
        (match.start() for match in _ASSEMBLY.finditer(sentence[: found.end()])), default=found.start()
    )
    begin = min(begin, found.start())
    quote = " ".join(original[begin : found.end()].split())
    return Meeting(None, None, None, None, None, False, quote, 0.85)

"""The hours of events that are told beside no day: in the next sentence, after the last day, for all rows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.domain.notice import Meeting
from bot.understanding.attended import Letter
from bot.understanding.dates import DateFound
from bot.understanding.held import EVENT
from bot.understanding.hours import HOUR, hour_beside, zone_near
from bot.understanding.sentences import sentences
from bot.understanding.stacked import stacked_cells

_STARTS_AT = re.compile(
    r"\bkeynote at\b|\bher (?:hafta|(?:iki |uc |dort |bes )?gun|pazartesi|sali|carsamba|persembe|cuma|"
    r"cumartesi)\b[^.;]{0,20}(?=\d)|"
    r"\b(?:iki|uc|dort|bes) gun de\b[^.;]{0,20}(?=\d)|\b(?:each|every|both) days?\b[^.;]{0,20}(?=\d)|"
    r"\bfrom (?=\d\d?:\d\d (?:to|until)\b)|\b(?:basl[ai]|start|begin|commenc|open)|"
    r"\b(?:leaves?|departs?|sets? (?:off|out)|starts? out)\b[^.;]{0,60}?(?=\bat \d)|"
    r"\b(?:kalk(?:acak|iyor|ar\b)|hareket ed(?:ecek|iyor|er\b)|yola cik(?:acak|iyor|ar\b))|"
    r"\b(?:hareket|kalkis|bulusma|toplanma) saati\b|\b(?:departure|departing|leaving) (?:at |time:? )?(?=\d)|"
    r"^\W*(?:(?:gorusme|toplanti|etkinlik|oturum|seminer|egitim|webinar|program|bulusma|baslama|meeting|"
    r"session|"
    r"event) )?"
    r"(?:saat(?:i|leri)?|times?)\s?:|^\W*(?:(?:toplanti|etkinlik|oturum|seminer|egitim|webinar|bulusma|"
    r"baslama) )?"
    r"saat(?:i|imiz|leri)?,? (?:(?:yine|ayni|ise|da|de|olarak|degismedi\W|tsi) ){0,2}(?=\d)|"
    r"(?<=;)\s?saat\w*\W{1,3}(?=\d)"
)
# What opens before the event does: "Doors open at 8.30", "kayıtlar 09.00’da başlayacak".
_DOORS = re.compile(
    r"\b(?:doors|registration(?: desk)?) opens? (?:at|from) \d\d?[.:]\d\d|\bkayit\w*(?: masasi|"
    r" islemleri)? (?:saat )?"
    r"\d\d?[.:]\d\d'?[dt][ae] (?:basla|acil)"
)
_STARTS = re.compile(r"\b(?:start(?:s|ing)?|begin(?:s|ning)?)\b(?: at)?(?= [\d])")
_NOT_ITS_START = re.compile(
    r"^\W*(?:otobus|servis|arac|ucak|gemi|feribot)\w*\b|kayit(?!la )|basvuru|registration|application|"
    r"ikinci|second|kadar|until|ogle|lunch"
)


def hour_told_next(event: Meeting, sentence: str, joined: str, letter: Letter) -> Meeting:
    """ "… on 2 February. It starts at 09.30": the hour that the sentence after the day's tells."""
    starts = _STARTS_AT.search(joined)
    if event.time or event.start_date is None or starts is None:
        return event
    comma = joined.find(",", starts.end())
    if _NOT_ITS_START.search(joined, 0, comma if comma > 0 else len(joined)):
        return event
    sentence, joined = (_DOORS.sub(lambda match: " " * len(match[0]), one) for one in (sentence, joined))
    told = _STARTS.search(joined) or _STARTS_AT.search(joined)
    told_at = sentence.rfind(";", 0, told.start()) + 1 if told else 0
    clock = list(HOUR.finditer(sentence, max(0, told.start() - 24), told.start())) if told else []
    if clock:  # "oturumların 09.30’da başlayıp": the hour right before its verb
        told_at = clock[-1].start()
    if told and (
        told.re is _STARTS or told[0].startswith(("from", "leave", "depart", "set"))
    ):  # "the plenary starts at 09:30"
        told_at = told.start()
    nowhere = DateFound(told_at, told_at, date.min, date.min)
    hour, zone, _ = hour_beside(sentence, nowhere, len(sentence))
    if hour is None:
        return event
    zone = zone or zone_near(sentence, letter.folded)
    return replace(
        event,
        time=hour,
        time_zone=zone or ("Europe/Istanbul" if letter.language == "tr" else "Europe/Brussels"),
    )


# A cell of a row with an hour in it and nothing else.
_HOUR_CELL = re.compile(r"(?:^|[\s|;])(?P<at>(?:[01]\d|2[0-3])[.:][0-5]\d)(?=\s|\||-|$)")
_LINE = 60


def at_its_rows_hour(event: Meeting, sentence: str, one: DateFound, start: int, letter: Letter) -> Meeting:
    """An event of a row without an hour behind its day, at that in a cell before it or in a cell of its own
    line; ``start`` is where the row starts in the letter."""
    if event.time or event.start_date is None:
        return event
    told = sentence[: one.start]
    cell = stacked_cells(letter.folded).get(start)
    if cell is not None and cell.hour >= 0:
        told = letter.folded[cell.hour : cell.hour + _LINE].partition("\n")[0]
    elif (found := _HOUR_CELL.search(told)) is not None:
        told = told[found.start("at") :]
    else:
        return event
    hour, zone, _ = hour_beside(told, DateFound(0, 0, date.min, date.min), len(told))
    zone = zone or ("Europe/Istanbul" if letter.language == "tr" else "Europe/Brussels")
    return replace(event, time=hour, time_zone=zone if hour else None)


# Between two days that share the hour told after the second: places and conjunctions, no other verb.
_NO_SHARED_HOUR = re.compile(
    r";|\bkadar\b|\bdek\b|yapilac|duzenlenec|gerceklestirilec|takdirde|halinde|ikinci"
)


_EVERY_DAY = re.compile(
    r"\bher (?:iki |uc |dort |bes )?(?:gun|oturum)\b|\b(?:each|every) (?:day|"
    r"session)\b|\bboth (?:days|sessions)\b"
)


def at_one_hour(joined: str, made: list[tuple[DateFound, Meeting]]) -> list[Meeting]:
    """ "on 6 and 13 October at 09.30": days of one sentence share the hour that the last of them has."""
    events: list[Meeting] = []
    following: tuple[DateFound, Meeting] | None = None
    for one, event in reversed(made):
        if following is not None and event.time is None and following[1].time is not None:
            between = joined[one.end : following[0].start]
            if len(between) <= 60 and not _NO_SHARED_HOUR.search(between):
                event = replace(event, time=following[1].time, time_zone=following[1].time_zone)
        following = (one, event)
        events.insert(0, event)
    if (
        len(events) > 1
        and _EVERY_DAY.search(joined)
        and len({event.time for event in events if event.time}) == 1
    ):
        timed = next(event for event in events if event.time)
        events = [replace(event, time=timed.time, time_zone=timed.time_zone) for event in events]
    return events


_ALL_OF_THEM = re.compile(
    r"\b(?:egitimler|oturumlar|seminerler|webinarlar|toplantilar|"
    r"dersler)\w*(?: saat)? \d\d?[.:]\d\d'?[dt][ae] basla|"
    r"\b(?:sessions|courses|webinars|trainings|meetings|classes) (?:all )?(?:start|begin)"
)
_OF_ALL = re.compile(r"\b(?:all|each|every|tum|butun|her)\b")


def at_the_hour_of_all(found: list[Meeting], text: str, letter: Letter) -> list[Meeting]:
    """Rows of a table without hours at the hour that a sentence gives for all of them."""
    for start, end in sentences(text):
        sentence = letter.folded[start:end]
        together = _ALL_OF_THEM.search(sentence) is not None
        leads = together or (
            sentence.rstrip().endswith(":")
            and not re.search(
                r"kadar|until|"
                r"\bby\b",
                sentence,
            )
        )
        if not (leads or (_OF_ALL.search(sentence) and EVENT.search(sentence))):
            continue
        everywhere = DateFound(0, 0, date.min, date.min)
        hour, zone, _ = hour_beside(sentence, everywhere, len(sentence))
        if hour:
            zone = zone or ("Europe/Istanbul" if letter.language == "tr" else "Europe/Brussels")
            return [
                one if one.time or one.start_date is None else replace(one, time=hour, time_zone=zone)
                for one in found
            ]
    return found

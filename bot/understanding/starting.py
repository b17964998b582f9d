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

_STARTS_AT = re.compile(
    r"\bkeynote at\b|\bher (?:hafta|gun|pazartesi|sali|carsamba|persembe|cuma|cumartesi)\b[^.;]{0,20}(?=\d)|"
    r"\bfrom (?=\d\d?:\d\d (?:to|until)\b)|\b(?:basla|start|begin|commenc|open)|"
    r"\b(?:hareket|kalkis|bulusma|toplanma) saati\b|\b(?:departure|departing|leaving) (?:at |time:? )?(?=\d)|"
    r"^\W*(?:saati?|time)\s?:|(?<=;)\s?saat\w*\W{1,3}(?=\d)"
)
# What opens before the event does: "Doors open at 8.30", "kayıtlar 09.00’da başlayacak".
_DOORS = re.compile(
    r"\b(?:doors|registration(?: desk)?) opens? (?:at|from) \d\d?[.:]\d\d|\bkayit\w*(?: masasi|"
    r" islemleri)? (?:saat )?"
    r"\d\d?[.:]\d\d'?[dt][ae] (?:basla|acil)"
)
_STARTS = re.compile(r"\b(?:start(?:s|ing)?|begin(?:s|ning)?)\b(?: at)?(?= [\d])")
_NOT_ITS_START = re.compile(
    r"kayit(?!la )|basvuru|registration|application|ikinci|second|kadar|until|ogle|lunch"
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
    if told and (told.re is _STARTS or told[0].startswith("from")):  # "the plenary starts at 09:30"
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

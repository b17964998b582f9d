"""Meetings: dated events a member could attend, and announced ones without a day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.notice import Deadline, Meeting, Status
from bot.understanding.above import event_above
from bot.understanding.attended import (
    Letter,
    is_attended,
    is_last_day,
    is_unmistakable,
    to_come,
)
from bot.understanding.dates import DateFound, dates_of
from bot.understanding.fold import fold
from bot.understanding.fragments import alone_event, like_the_one_before
from bot.understanding.goingahead import goes_ahead
from bot.understanding.held import EVENT, GATHERS, HELD, ONLINE, TELLS, names_an_event
from bot.understanding.hours import hour_beside
from bot.understanding.marks import BACKGROUND, ENDS, UNTIL, joined_dots
from bot.understanding.neighbours import neighbouring_days
from bot.understanding.openings import is_opened, public_opening
from bot.understanding.places import place_after
from bot.understanding.sentences import sentences
from bot.understanding.spans import settled, spanned
from bot.understanding.stacked import EVENT as EVENT_COLUMN
from bot.understanding.starting import at_its_rows_hour, at_one_hour, at_the_hour_of_all, hour_told_next
from bot.understanding.tables import STEP, dated_rows, role
from bot.understanding.titled import event_of_title
from bot.understanding.undated import (
    NEW_DAY,
    UNDATED,
    new_day_later,
    planned_beside,
    put_off,
    undated_event,
)
from bot.understanding.weighing import BEFORE, BEHIND, RULE_OF_EVENTS, Odds, weigh


def meetings(
    text: str,
    status: Status,
    reference: date | None,
    taken: tuple[Deadline, ...],
    language: str,
    title: str = "",
) -> tuple[Meeting, ...]:
    """Dated events a member could attend, and announced ones without a day, each once.

    ``taken`` are the notice's last days, which are no events; ``language`` tells whose clock an hour
    without a zone is told by.
    """
    if status is Status.CANCELLED:
        kept = [
            (one, event)
            for one, told in goes_ahead(text)
            for event in meetings(told, Status.NEW, reference, taken, language)
        ]
        return tuple(
            event if event.quote in one else replace(event, quote=one.strip()) for one, event in kept
        )
    folded = fold(text)
    last_days = frozenset(one.date for one in taken)
    quotes = frozenset((one.date, fold(one.quote)) for one in taken)
    rows = dated_rows(folded)
    letter = Letter(
        folded,
        bool(
            EVENT.search(folded)
            or EVENT.search(fold(title))
            or GATHERS.search(folded)
            or TELLS.search(folded)
        ),
        status,
        reference,
        last_days,
        quotes,
        language,
        fold(title),
    )
    found = _found(text, letter, rows)
    if status is Status.CORRECTION and not any(event.start_date for event in found):
        found += _unchanged(text, letter, rows)
    if rows:
        found = at_the_hour_of_all(found, text, letter)
    if not any(event.start_date for event in found) and (named := event_of_title(title, letter)):
        found.append(named)
    timed = {(event.start_date, event.end_date) for event in found if event.start_date and event.time}
    unique: dict[tuple[object, ...], Meeting] = {}
    for event in found:  # one undated event at most: its several mentions are one assembly
        if event.time or (event.start_date, event.end_date) not in timed:
            unique.setdefault((event.start_date, event.end_date, _instant(event)), event)
    return tuple(unique.values())


def _instant(event: Meeting) -> datetime | None:
    """When an event starts; both languages of a letter may tell it, each by its own clock."""
    if event.start_date is None or event.time is None:
        return None
    return datetime.combine(event.start_date, event.time, ZoneInfo(event.time_zone or "UTC")).astimezone(UTC)


def _found(text: str, letter: Letter, rows: dict[int, tuple[str, ...]]) -> list[Meeting]:
    """The events of a text, sentence by sentence; those told twice stand there twice."""
    found: list[Meeting] = []
    sentences_told = True  # no event in the sentence before
    waiting: tuple[Meeting, set[str]] | None = None  # put off to a day not told yet, and what it is called
    spans = sentences(text)
    for place, (start, end) in enumerate(spans):
        sentence, original = letter.folded[start:end], text[start:end]
        joined = joined_dots(sentence)
        possible = letter.has_event or UNDATED.search(joined)
        dates = spanned(list(dates_of(sentence, letter.reference)), joined)
        odds = _odds(letter, start, end) if dates else {}
        opened = is_opened(joined)
        made: list[tuple[DateFound, Meeting]] = []
        last_read: DateFound | None = None
        for number, one in enumerate(dates):
            limit = next(
                (other.start for other in dates[number + 1 :] if other.start >= one.end), len(sentence)
            )
            one = last_read = settled(one, joined)
            if not possible:
                attended = False
            elif start in rows:
                column = role(rows[start], number)
                told = column == EVENT_COLUMN or (column == STEP and names_an_event(joined))
                attended = told and to_come(one, letter)
            elif not re.search(r"\w", sentence[: one.start] + sentence[one.end :]) and _PROGRAMME.match(
                letter.folded, end
            ):
                attended = letter.has_event and to_come(one, letter)
            elif not re.search(r"\w", sentence[: one.start]) and event_above(letter.folded, start):
                attended = one.last not in letter.last_days and to_come(one, letter)
            elif (
                not number
                and one.last not in letter.last_days
                and alone_event(
                    joined, one, *_around(letter.folded, spans, place), letter.title, letter.reference
                )
            ):
                attended = to_come(one, letter)
            elif found and like_the_one_before(joined, one):
                attended = not is_last_day(joined, one, letter) and to_come(one, letter)
            else:
                attended = is_attended(joined, one, limit, letter) or (
                    bool(made) and _goes_on(joined, made[-1][0], one, limit, letter)
                )
            if attended or not opened:
                sure = attended and is_unmistakable(joined, one, limit, letter)
                attended = sure or _weighed(attended, odds[one.start], one, letter)
            if attended:
                event = _made(original, sentence, one, limit, letter)
                if start in rows:
                    event = at_its_rows_hour(event, sentence, one, start, letter)
                earlier = [*found, *(held for _, held in made)]
                made.append((one, _like_first(event, sentence, one, earlier)))
        if len(made) == 1 and made[0][0] is last_read:
            one, event = made[0]
            made = [(one, hour_told_next(event, sentence[one.end :], joined[one.end :], letter))]
        made_here = at_one_hour(joined, made)
        found += made_here
        found += _next_door(original, sentence, joined, made_here or found[-1:], letter)
        if not dates and found and not sentences_told:
            found[-1] = hour_told_next(found[-1], sentence, joined, letter)
        sentences_told = not made
        if not dates or all(event.start_date is None for event in found[:2]):
            undated = undated_event(original, joined)
            if undated is None and letter.status is Status.POSTPONED and not (dates or found):
                undated = new_day_later(original, joined)
        else:
            undated = planned_beside(original, joined, dates)
        if waiting and made_here and (_are_one(waiting[1], _names(joined)) or NEW_DAY.search(joined)):
            found.remove(waiting[0])
            waiting = None
        if undated is not None:
            found.append(undated)
            if waiting is None and put_off(undated.quote):
                waiting = (undated, _names(joined))
        if opened:
            found += _opening(text, spans, place, letter)
    return found


def _odds(letter: Letter, start: int, end: int) -> dict[int, Odds]:
    """The odds of the dates of a sentence, by where they begin."""
    around = letter.folded[max(0, start - BEFORE) : start], letter.folded[end : end + BEHIND]
    sentence = letter.folded[start:end]
    told = weigh(sentence, *around, letter.status, letter.reference)
    return {one.start: odds for one, odds in zip(dates_of(sentence, letter.reference), told, strict=True)}


def _weighed(rule: bool, odds: Odds, one: DateFound, letter: Letter) -> bool:
    """What the rules say of a day and what its words are worth, together."""
    if rule:
        return odds.event + RULE_OF_EVENTS > 0
    if odds.event < max(RULE_OF_EVENTS, odds.last_day):
        return False
    return one.last not in letter.last_days and to_come(one, letter)


def _around(folded: str, spans: list[tuple[int, int]], place: int) -> tuple[str, str]:
    """The sentences before and after the one at ``place``; "" at the ends of the text."""
    before = next(
        (
            folded[start:end]
            for start, end in reversed(spans[max(0, place - 3) : place])
            if folded[start:end].strip()
        ),
        "",
    )
    after = next(
        (folded[start:end] for start, end in spans[place + 1 : place + 3] if folded[start:end].strip()), ""
    )
    return before, after


# Below a day alone on its line: "10.00 Açılış", "11.00 - 12.00 Panel".
_PROGRAMME = re.compile(r"\s*[•*-]?\s?\d\d?[.:]\d\d(?: ?- ?\d\d?[.:]\d\d)? ?[:|-]? ?[a-z]{3}")


def _names(joined: str) -> set[str]:
    return {match[0] for match in EVENT.finditer(joined)}


def _are_one(put_off: set[str], held: set[str]) -> bool:
    """Whether the event put off is the one whose day a later sentence tells; "etkinlik" is any."""
    return bool(put_off & held) or bool(held & {"etkinlik", "etkinlig", "organizasyon", "event"})


def _opening(text: str, spans: list[tuple[int, int]], place: int, letter: Letter) -> list[Meeting]:
    """The public opening of bids told in the sentence at ``place``, if it is still to come."""
    start, end = spans[place]
    sentence = letter.folded[start:end]
    before: date | None = None
    for first, last in reversed(spans[max(0, place - 4) : place]):
        if told := dates_of(letter.folded[first:last], letter.reference):
            before = told[-1].last
            break
    zone = "Europe/Istanbul" if letter.language == "tr" else "Europe/Brussels"
    dates = dates_of(sentence, letter.reference)
    opened = public_opening(text[start:end], joined_dots(sentence), sentence, dates, before, zone)
    if opened is None or opened.start_date is None:
        return []
    return [opened] if letter.reference is None or opened.start_date >= letter.reference else []


def _next_door(
    original: str, sentence: str, joined: str, held: list[Meeting], letter: Letter
) -> list[Meeting]:
    """ "… bir gün önce ise saat 18.00’de resepsiyon verilecektir": an event beside the one told last."""
    events: list[Meeting] = []
    base = held[-1] if held else None
    if base is None or base.start_date is None:
        return events
    for start, place, end, shift in neighbouring_days(joined):
        clause = joined[start:end]
        if not (EVENT.search(clause) and HELD.search(clause)):
            continue
        day = (base.start_date if shift <= 0 else base.end_date or base.start_date) + timedelta(days=shift)
        hour, zone, _ = hour_beside(sentence, DateFound(place, place, day, day), end)
        zone = zone or base.time_zone or ("Europe/Istanbul" if letter.language == "tr" else "Europe/Brussels")
        if not shift and (hour is None or hour == base.time):
            continue  # the event itself once more
        quote = " ".join(original[start:end].split())
        events.append(Meeting(day, day, hour, zone if hour else None, None, False, quote, 0.7))
    return events


_LISTED_WITH = re.compile(
    r"(?:'?[dt][ae])?,?\s?\(?(?:\d\d?:\d\d[^.;()]{0,20})?\)?(?:[,;]|\s?and|\s?ve|,? or)\s(?:on )?"
    r"(?:[a-z]+day,? )?"
)


def _goes_on(joined: str, last: DateFound, one: DateFound, limit: int, letter: Letter) -> bool:
    """ "1 December (10:00) and 3 December (14:00)": a day listed with the day of an event is one, too."""
    after = joined[one.end : limit]
    if last.end >= one.start or not _LISTED_WITH.fullmatch(joined, last.end, one.start):
        return False
    other = (
        UNTIL.match(after) or ENDS.match(after) or BACKGROUND.match(after) or is_last_day(joined, one, letter)
    )
    return not other and to_come(one, letter)


_WRONG_DAY = re.compile(r"sehven|yanlis|hatali|mistaken|wrong|in error|erroneous|tarihi? (?:ise )?$")
_NEW_HOUR = re.compile(
    r"(?:saat|start|time|begin)[^.;]{0,60}?\b\d{1,2}:\d{2}(?:'?[a-z]{1,4})?,? (?:yerine|iken|to|and not|"
    r"degil)[^.;]{0,24}?"
    r"\b(?P<h>\d{1,2}):(?P<m>\d{2})(?:'?[a-z]{1,4})?"
)


def _unchanged(text: str, letter: Letter, rows: dict[int, tuple[str, ...]]) -> list[Meeting]:
    """Events that a correction of something else (an address, an hour) leaves on the day first told."""
    joined = joined_dots(letter.folded)
    hour = _NEW_HOUR.search(joined)
    new = time(int(hour["h"]) % 24, int(hour["m"]) % 60) if hour else None
    zone = "Europe/Istanbul" if letter.language == "tr" else "Europe/Brussels"
    kept = []
    for event in _found(text, replace(letter, status=Status.NEW), rows):
        place = joined.find(joined_dots(fold(event.quote)))
        stop = place + len(event.quote)
        if event.start_date is None or _WRONG_DAY.search(
            joined[max(0, place - 40) : place] + joined[stop : stop + 40]
        ):
            continue
        kept.append(replace(event, time=new, time_zone=event.time_zone or zone) if new else event)
    return kept


_TURKISH_MONTH = re.compile(r"ocak|subat|\bmart\b|nisan|mayis|haziran|temmuz|agustos|eylul|ekim|kasim|aralik")


def _made(original: str, sentence: str, one: DateFound, limit: int, letter: Letter) -> Meeting:
    hour, zone, stop = hour_beside(sentence, one, limit)
    if hour and zone is None:  # a letter in two languages tells the hour in each by its own clock
        turkish = letter.language == "tr" or _TURKISH_MONTH.search(sentence, one.start, one.end)
        zone = "Europe/Istanbul" if turkish else "Europe/Brussels"
    near = sentence[max(0, one.start - 120) : one.end + 260]
    if len(near) < 120:  # a line of a table: what kind of event it is stands elsewhere
        near = letter.folded[:1500]
    quote = " ".join(original[one.start : max(one.end, stop)].split())
    confidence = 0.4 if one.weekday_wrong else 0.9 if EVENT.search(sentence) else 0.7
    return Meeting(
        one.first,
        one.last,
        hour,
        zone if hour else None,
        place_after(original, one.end, limit),
        bool(ONLINE.search(near)),
        quote,
        confidence,
    )


def _like_first(made: Meeting, sentence: str, one: DateFound, earlier: list[Meeting]) -> Meeting:
    """ "aynı yerde ve aynı saatte": the second date of an assembly takes place and hour of the first."""
    if earlier and re.search(
        r"ayni (?:yer|saat|mahal|adres|salon|mekan|\w+ ve saat)|same (?:place|time|venue)",
        sentence[max(0, one.start - 80) : one.end + 60],
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

"""Deadlines: which dates are the last day for something that is asked of the reader."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

from bot.domain.notice import Deadline, Status
from bot.understanding.above import last_day_above
from bot.understanding.bases import counted_from, dates_an_event
from bot.understanding.dates import DateFound, dates_of
from bot.understanding.duty import missed, only_holds
from bot.understanding.endings import (
    THERE_BY,
    TOO_LATE,
    ends_then,
    fixed_as,
    lasts_from_to,
    moved_to,
    paid_on,
    to_be_done_before,
)
from bot.understanding.fold import fold
from bot.understanding.hours import hour_beside
from bot.understanding.introduced import introduction, labelled_period, shares_label
from bot.understanding.labels import set_right, was_said
from bot.understanding.later_hours import with_later_hours
from bot.understanding.marks import (
    BACKGROUND,
    ENDS,
    UNTIL,
    asks,
    joined_dots,
    told_as_past,
)
from bot.understanding.mention import LATE, Mention
from bot.understanding.oldday import UNCHANGED, is_old
from bot.understanding.owed import owed_until
from bot.understanding.planlines import line_of_a_plan
from bot.understanding.proposed import only_proposed, term_renamed
from bot.understanding.published import publication
from bot.understanding.relative import relative_deadlines, row_terms
from bot.understanding.replaced import no_longer
from bot.understanding.sentences import sentences
from bot.understanding.stacked import LAST_DAY, OTHER
from bot.understanding.stillopen import share_due, with_us_by
from bot.understanding.tables import closes_something, dated_rows, role, term_rows
from bot.understanding.weighing import RULE, Odds, weigh
from bot.understanding.windows import WINDOW_SUBJECT, stands_open, window

_ENDS_AS_OF = re.compile(
    r"'?[a-z]{0,4}(?: tarihi| gunu)? itibar\w* (?:\w+ )?(?:bit|sona er|dol|kapa[nt]|son bul|sonlan|tamamlan)"
)


def deadlines(
    text: str, status: Status, reference: date | None, gazette: bool = False, head: str = ""
) -> tuple[Deadline, ...]:
    """The last days for something the reader may or must do, in order, each once.

    ``reference`` is the letter's day: a day without a year is the next such day on or after it, and a
    last day before it is none. ``gazette``: the letter is itself a page of a gazette of that day;
    ``head``: the lines above the text, in which the day of a publication may stand.
    """
    found: list[Deadline] = []
    lately = 0  # last days of the sentence before
    folded = fold(text)
    letter = f"{fold(head)}\n{folded}" if head else folded
    published = publication(letter, reference) or (reference if gazette else None)
    rows, rows_of_terms = dated_rows(folded), term_rows(folded)
    for start, end in sentences(text):
        sentence = folded[start:end]
        joined = joined_dots(sentence)
        dates = list(dates_of(sentence, reference))
        shared = _sharing(dates, joined)
        row = rows.get(start) or _row_cut(folded, start, rows)
        around = folded[max(0, start - 700) : start], folded[end : end + 300]
        made: list[Deadline | None] = []
        places: list[Mention] = []
        for number, one in enumerate(dates):
            limit = dates[number + 1].start if number + 1 < len(dates) else len(sentence)
            floor = dates[number - 1].end if number else 0
            place = Mention(text[start:end], sentence, joined, one, floor, limit, status, reference)
            places.append(place)
            made.append(_by_rules(place, number, dates[0].start, row, around))
        for number in sorted(shared, reverse=True):  # a day shares what the day after it has
            if made[number] is None and made[shared[number]] is not None:
                place = places[number]
                if not place.one.ranged and not no_longer(place):
                    made[number] = _made(place, None, None, "")
        for number in range(1, len(dates)):
            if made[number] is None and made[number - 1] and shares_label(places[number - 1], places[number]):
                made[number] = _made(places[number], None, None, "")
        if dates:
            odds = weigh(sentence, *around, status, reference)
            # a column's name, a label above: they say more than the words of a sentence
            told = RULE * (2 if row or _labelled_above(places[0], around[0]) else 1)
            ruled = {rule.date for rule in made if rule}
            made = [
                _weighed(place, rule, one, told, around[1]) if rule or place.one.last not in ruled else None
                for place, rule, one in zip(places, made, odds, strict=True)
            ]
        own = [one for one in made if one is not None]
        if own:
            found += with_later_hours(own, sentence, dates, in_sentence=True)
        elif lately and not dates:
            found[-lately:] = with_later_hours(found[-lately:], sentence, dates, in_sentence=False)
        lately = len(own)
        counted = relative_deadlines(text[start:end], sentence, around, published, reference, letter)
        if start in rows_of_terms and all(one.date is None for one in counted):
            counted = row_terms(text[start:end], sentence, rows_of_terms[start], published) or counted
        found += counted
        lately = 0 if counted else lately
    if rows:
        found = _at_the_hour_of_all(found, text, folded)
    return _each_once(found)


def _by_rules(
    place: Mention, number: int, first: int, row: tuple[str, ...] | None, around: tuple[str, str]
) -> Deadline | None:
    """What the rules make of the ``number``-th date of a sentence, or of a table's ``row``.

    ``first``: where the first date stands; ``around``: the folded text before and behind.
    """
    if row:
        kind = role(row, number)
        if kind != OTHER and UNTIL.match(place.after):
            return _deadline(place)
        if kind == OTHER and UNCHANGED.match(place.after) and _is_last_by_label(place, first):
            return _in_row(place)  # in the column of old days, and the new one is the same
        last = kind == LAST_DAY or (kind != OTHER and _is_last_by_label(place, first))
        return _in_row(place) if last else None
    sure: bool | None = None
    if _labelled_above(place, around[0]):
        return None if _is_over(place) else _in_row(place)
    if dates_an_event(place.sentence, place.one.end) or was_said(place, around[1][:160]):
        sure = False
    elif set_right(place, around[0][-220:]):
        sure = True
    elif is_old(place, around[1]):
        return None
    elif only_proposed(place, around[0], around[1][:80]):
        sure = False
    elif place.status is not Status.NEW and term_renamed(place, around[0][-300:]):
        sure = True
    if sure is None:
        return _deadline(place)
    return _made(place, None, None, "") if sure and not _is_over(place) else None


def _labelled_above(place: Mention, before: str) -> bool:
    """Whether the day begins its line and the line above names a last day."""
    return bool(_NOTHING_BEFORE.fullmatch(place.sentence, 0, place.one.start)) and last_day_above(
        before, len(before)
    )


def _row_cut(folded: str, start: int, rows: dict[int, tuple[str, ...]]) -> tuple[str, ...] | None:
    """The row that a short word's dot cut ("CMR Kat. 1 31 Aralık 2026") before its first day."""
    line = folded.rfind("\n", 0, start) + 1
    row = rows.get(line) if line < start else None
    return None if row is None or next(iter(dates_of(folded[line:start], None)), None) else row


_NOTHING_BEFORE = re.compile(r"\W*(?:from |between )?")
_HOUR_OF_ALL = re.compile(
    r"(?:tum|butun|her|all|every|each)\b[^.;]{0,60}(?:son (?:basvuru )?saat|basvuru|cagri|deadline|"
    r"application|call|"
    r"closing|submission)|(?:son saat|kapanis saati)"
)


def _at_the_hour_of_all(found: list[Deadline], text: str, folded: str) -> list[Deadline]:
    """Days of a table without hours at the hour that a sentence gives for all of them."""
    for start, end in sentences(text):
        sentence = folded[start:end]
        if not _HOUR_OF_ALL.search(joined_dots(sentence)):
            continue
        hour, zone, _ = hour_beside(sentence, DateFound(0, 0, date.min, date.min), len(sentence))
        if hour:
            return [
                replace(one, time=hour, time_zone=zone)
                if one.time is None and one.confidence == IN_A_ROW and not one.relative
                else one
                for one in found
            ]
    return found


LEARNED = 0.7
"""Confidence of a day that only its words make one."""
IN_A_ROW = 0.75
"""Confidence of a day that a table's column of last days makes one."""


# "16 April, the rest by 18 June": between two last days stand no verb and no other cue.
_SHARED = re.compile(
    r"(?:'?[yn]?[ae]\b)?(?: \w{3,9}){0,2}(?: \d{1,2}:\d\d(?:'?\w{1,4})?)?(?:, | ve | ise |,? and )[^;]{0,70}$"
)
# "yarısının 18 Aralık'ta, kalanının 15 Ocak'ta tahsil edileceği"
_SHARED_ON = re.compile(r"'?[dt][ae](?:, | ve |,? ise )[^.;]{0,50}$")
_NO_SHARED = re.compile(
    r"tarihli|sayili|\bbasl(?:a|iyor)|kadar|dek\b|\d{4} yil|toplanti|fuar|(?:mekte|makta|ecek|acak|mistir|"
    r"[dt][iu]r)\b|"
    r"\b(?:will|is|are|was|were|has|have)\b|\w(?:digi|dugu|tigi|tugu)\b"
)


_ASIDE = re.compile(r"\([^()]{0,80}\) ?")


def _aside(before: str) -> bool:
    """Whether a bracket is open: "süresi ise (önceki hâli 25 Şubat) 17 Mart"."""
    return before.rfind("(") > before.rfind(")")


def _sharing(dates: list[DateFound], joined: str) -> dict[int, int]:
    """Numbers of the dates that share the "kadar" of a date after them, and that date's number."""
    numbers: dict[int, int] = {}
    told = [number for number, one in enumerate(dates) if not _aside(joined[: one.start])]
    for number, after in reversed(list(pairwise(told))):
        one, following = dates[number], dates[after]
        between = _ASIDE.sub("", joined[one.end : following.start])
        rest = joined[following.end :]
        until = UNTIL.match(rest) or ENDS.match(rest) or paid_on(rest, joined) or after in numbers
        if (
            until
            and following.first != one.first
            and (_SHARED.match(between) or (_SHARED_ON.match(between) and paid_on(rest, joined)))
            and not _NO_SHARED.search(between)
        ):
            numbers[number] = after
    return numbers


def _each_once(found: list[Deadline]) -> tuple[Deadline, ...]:
    """A day with an hour wins over the same day without one."""
    timed = {one.date for one in found if one.date and one.time}
    unique: dict[tuple[object, ...], Deadline] = {}
    for one in found:
        if one.time is None and one.date in timed:
            continue
        unique.setdefault((one.date, one.time), one)
    return tuple(unique.values())


def _in_row(place: Mention) -> Deadline | None:
    """A day of a table's column of last days."""
    over = place.reference is not None and place.one.last < place.reference
    return None if over else _made(place, None, None, "")


def _is_last_by_label(place: Mention, first: int) -> bool:
    cell = place.joined[place.floor : place.one.start]
    if not _HOURS.sub("", cell).strip(
        " ;,/|–-"
    ):  # "Registration 30 November 11 December": the row's first cell names both
        cell = place.joined[:first]
    return closes_something(cell) or line_of_a_plan(place)


_HOURS = re.compile(r"\b\d\d?:\d\d\b")
_SET_RIGHT = re.compile(r"\b(?:dogrusu|asli)\b")
_OTHERWISE = re.compile(r"\W*(?:aksi (?:halde|takdirde|durumda)|otherwise|failing (?:which|that))\b")


def _deadline(place: Mention) -> Deadline | None:
    one = place.one
    if _OTHERWISE.match(place.joined):  # what follows if the last day is missed
        return None
    before = place.joined[max(0, one.start - 70) : one.start]
    until = UNTIL.match(place.after)
    introduced = introduction(place, before)
    told = told_as_past(place.joined, one.start, one.end)
    if until and missed(place.joined[one.end + until.end() :]) and not told:
        return None if _is_over(place) else _made(place, until, introduced, before)
    if not (until or introduced) and not ends_then(place):
        return None
    if not (until or one.year_given) and place.reference and (one.last - place.reference).days > 300:
        return None  # a day just past, told without its year
    if until and lasts_from_to(place):
        return None
    if one.ranged and not (until or window(place) or labelled_period(before) or line_of_a_plan(place)):
        return None
    there = THERE_BY.match(place.after) or line_of_a_plan(place) or moved_to(place) or stands_open(place)
    there = bool(there) or fixed_as(place) or to_be_done_before(place)
    there = there or with_us_by(place) or share_due(place)
    if (
        not there
        and BACKGROUND.match(place.after)
        and not (until or introduced or window(place))
        and not _ENDS_AS_OF.match(place.after)
    ):
        return None
    its_own = one.ranged and WINDOW_SUBJECT.search(
        before
    )  # "the votes from 5 to 9 April …": nothing else holds
    its_own = its_own or LATE.match(place.after) or TOO_LATE.match(place.after)
    if (
        only_holds(place.joined, one.start, one.end) and not (its_own or moved_to(place) or with_us_by(place))
    ) or (no_longer(place) and not (introduced and _SET_RIGHT.search(introduced[0]))):
        return None
    if not introduced and not asks(place.sentence) and not (there or its_own or ENDS.match(place.after)):
        if not until or one.ranged:
            return None
        if not owed_until(place.joined, one.start, one.end + until.end(), until[0]):
            return None
    return None if _is_over(place) else _made(place, until, introduced, before)


def _weighed(place: Mention, rule: Deadline | None, odds: Odds, told: float, later: str) -> Deadline | None:
    """What the rules say of a day and what its words are worth, together."""
    if rule is not None:
        return rule if odds.last_day + told > 0 else None
    if odds.last_day < max(told, odds.event) or _is_over(place):
        return None
    if counted_from(place.sentence, place.one.start, place.one.end) or is_old(place, later):
        return None
    return replace(_made(place, UNTIL.match(place.after), None, ""), confidence=LEARNED)


def _is_over(place: Mention) -> bool:
    return place.reference is not None and place.one.last < place.reference and place.one.year_given


def _made(
    place: Mention, until: re.Match[str] | None, introduced: re.Match[str] | None, before: str
) -> Deadline:
    one, sentence = place.one, place.sentence
    hour, zone, hour_end = hour_beside(sentence, one, place.limit)
    first = one.start
    if introduced:
        first = max(first - len(before) + introduced.start(), min(place.floor, first))
        first += len(sentence[first:]) - len(sentence[first:].lstrip(" ,;:("))
        first = min(first, one.start)  # a label is looked for in more of the text than ``before``
    stop = one.end + until.end() if until else max(one.end, hour_end)
    quote = " ".join(place.original[first:stop].split())
    confidence = 0.95 if until or introduced else IN_A_ROW
    if one.weekday_wrong:
        confidence = 0.4
    elif not one.year_given:
        confidence = min(confidence, 0.7)
    return Deadline(one.last, hour, one.of_the_letter, quote, zone, confidence)

"""Last days that count from an event: back from its start or on from its end, and those on its eve."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.domain.notice import Deadline, Meeting
from bot.understanding.basedays import closing_day, closing_later
from bot.understanding.bases import Base, Told, base_words, event_noun, named
from bot.understanding.counting import count, quoted, relative
from bot.understanding.dates import find_dates
from bot.understanding.fold import fold
from bot.understanding.marks import asks
from bot.understanding.published import publication
from bot.understanding.relative import day_told, of_events, quote
from bot.understanding.sentences import sentences
from bot.understanding.termduty import asked, readers
from bot.understanding.terms import Term, terms


@dataclass(frozen=True, slots=True)
class Held:
    """The notice's events with a day, the day of one that is only a range in the text, and its first last
    day. ``each``: a table lists the events as sessions; else later ones are a fallback or another part."""

    events: tuple[Meeting, ...]
    day: date | None
    last_day: date | None
    each: bool

    def starts(self, noun: str = "") -> list[date]:
        """First days of the events, of those that are called by ``noun`` if it tells them apart."""
        named = [one for one in self.events if noun and noun in fold(f"{one.label or ''} {one.quote}")]
        days = [one.start_date for one in (not self.each and named) or self.events if one.start_date]
        return list(dict.fromkeys(days or ([self.day] if self.day else [])))

    def end(self, noun: str = "") -> date | None:
        """The last day of the event."""
        named = [one for one in self.events if noun and noun in fold(f"{one.label or ''} {one.quote}")]
        return next((one.end_date or one.start_date for one in named or self.events), self.day)


SESSIONS = 40
"""Sessions of a table from which last days are counted."""
_HINT = re.compile(
    r"once|evvel|\bkala\b|gunu saat|gunune|icinde|icerisinde|zarfinda|sonra|before|prior to|ahead|in advance|"
    r"beforehand|within|after|\bdays? (?:of|from)|weeks? (?:of|from)"
)
_HOUR_AFTER = re.compile(
    r"[^.;]{0,12}?saat (?P<h>[01]?\d|2[0-3])[.:](?P<m>[0-5]\d)'?[a-z]{0,3} (?:kadar|dek|degin|kapan|bit|"
    r"sona er|itibar)"
)
_AT_LEAST = re.compile(
    r"\ben (?:az|gec|son)\s*$|\b(?:at least|(?:no|not) later than|latest|until|till|up to|by)\s*$"
)
_UP_TO = re.compile(r"\bonceden\b|\b(?:oncesine|onceye) (?:kadar|dek|degin)")
# "ruhsat süresinin bitiminden en az altı ay önce": counted from no event.
_END_OF_A_TERM = re.compile(r"\b(?:bitim|sona erme|dolma)\w*(?: tarihinden)?\s*$|\bexpir\w+\s*$")
_OF_A_CALL = re.compile(
    r"\bkapanis|\bson (?:basvuru|kayit|teklif|tarih|gun)|\b(?:cagri|basvuru|kayit|teklif|tale[pb])\w* "
    r"(?:\w+ )?(?:bitim|bitis|kapan|sona |son )|\bclos|\bdeadline|\b(?:call|consultation|window)\b"
)
_FIRST_OF = re.compile(r"\bilk \w|\bfirst\b")


def from_events(text: str, folded: str, held: Held, reference: date | None) -> list[Deadline]:
    """The last days of a text that count from the notice's events, or back from the closing of its call."""
    if not _HINT.search(folded):
        return []
    published = publication(folded, reference)
    days: dict[str, date | None] = {}  # told for the name of an event that was not read as one
    made: dict[Deadline, None] = {}
    starts: list[date | None] = [*(held.starts() if held.each else held.starts()[:1])] or [None]
    for one in (*_on_the_day(text, folded, starts), *_on_the_eve(text, folded, starts, held.starts())):
        made.setdefault(one)
    for start, end in sentences(text):
        found = terms(folded[start:end])
        if not found:
            continue
        around = folded[max(0, start - 700) : start], folded[end : end + 300]
        told = Told(text[start:end], folded[start:end], *around, published, reference)
        known = asked(told)
        noun = ""  # of the term before: "fuardan altı hafta önce, vize için ise bir ay önce"
        for term in found:
            base = named(told, term)
            counts = of_events(term, base) and (bool(noun) or _counts(told, term, base))
            if counts and readers(told, term, base, known):
                noun = event_noun(told, term) or noun
                if not held.events and noun and noun not in days:
                    days[noun] = _day_told_for(noun, folded, held, reference) or held.day
                its = held if held.events or not noun else replace(held, day=days[noun])
                made |= dict.fromkeys(_counted(told, term, base, its, noun))
    return list(made)


def _counts(told: Told, term: Term, base: Base) -> bool:
    """Whether the term counts at all: "three days before" alone may only say how long ago."""
    if base is not Base.NOTHING or term.english:
        return True
    words = told.sentence[term.start : term.end + 8]
    return bool(_AT_LEAST.search(told.sentence[: term.start][-20:]) or _UP_TO.search(words))


_MOVES = {"departure": "(?:depart|leav|travel)", "arrival": "arriv"}


def _day_told_for(noun: str, folded: str, held: Held, reference: date | None) -> date | None:
    """The day to come that is told right behind the event's name, where no event was read."""
    stem = _MOVES.get(noun, noun)
    of_it = re.compile(rf"\b{stem}[a-z]{{0,8}}\b[^.;]{{0,50}}$")
    for one in find_dates(folded, reference):
        to_come = reference is None or one.first > reference
        if to_come and one.last != held.last_day and of_it.search(folded[max(0, one.start - 80) : one.start]):
            return one.first
    return None


def _counted(told: Told, term: Term, base: Base, held: Held, noun: str) -> Iterator[Deadline]:
    words = base_words(told, term)
    days: Sequence[date | None]
    if (itself := day_told(told, term)) is not None:
        yield replace(relative(itself, quote(told, term)), relative=False)
        return
    if base is Base.CLOSING:
        closing = closing_day(told.earlier + told.sentence[: term.start], told.reference)
        closing = closing or closing_later(told, term)
        days = [held.last_day or closing if _OF_A_CALL.search(words) else closing]
        if days == [None] and _END_OF_A_TERM.search(words):
            return
    elif base is Base.EVENT_END:
        days = [held.end(noun) or _over(told, term)]
    elif base is Base.PUBLICATION and told.published:
        days = [told.published]
    else:
        starts = held.starts(noun)
        days = (starts if held.each and term.back else starts[:1]) or [None]
    if _FIRST_OF.search(words[-40:]):
        days = [min(held.starts(noun), default=None)]
    if (
        days == [None]
        and base is Base.NOTHING
        and (own := list(find_dates(told.sentence[: term.start], told.reference)))
    ):
        days = [own[-1].first]  # "on 2 February; names three weeks beforehand"
    for day in days:
        one = relative(term.counted(day), quote(told, term))
        hour = _HOUR_AFTER.match(told.sentence, term.end)
        yield replace(one, time=time(int(hour["h"]), int(hour["m"]))) if hour else one


def _over(told: Told, term: Term) -> date | None:
    """The end of an event that is over, which is none of the notice's: its days are the last ones told."""
    days = list(find_dates((told.earlier + told.sentence[: term.start])[-300:], None))
    return days[-1].last if days else None


_A_PERIOD = re.compile(r"[^.;]{0,12}\bdonem")


def only_range(folded: str, reference: date | None, last_days: Set[date | None]) -> date | None:
    """The first day of the one range of days to come that the text names, where no event was told: "20-22
    Nisan 2027. Fas'ın en büyük boya fuarı." None if there are several, or it is a time to apply in."""
    if reference is None or not _HINT.search(folded):
        return None
    ranges = [
        one
        for one in find_dates(folded, reference)
        if one.ranged and one.first >= reference and not _A_PERIOD.match(folded, one.end)
    ]
    named = {(one.first, one.last) for one in ranges if one.year_given}
    if len(named) != 1 or any(last in last_days for _, last in named):
        return None
    return named.pop()[0]


_ON_THE_DAY = re.compile(
    r"\b(?:egitim|toplanti|seminer|webinar|fuar|etkinli[kg]|calistay|program|oturum|"
    r"sinav)\w{0,4} gun(?:une|u saat "
    r"(?P<h>[01]?\d|2[0-3])[.:](?P<m>[0-5]\d)'?[a-z]{0,3}) (?:kadar|dek|degin)"
)


# "up to the day before": the eve of each session
_EVE_EN = re.compile(r"\b(?:up to|until|till|by|no later than) the (?:day|evening) before\b")
_EACH_OF_THEM = re.compile(r"\b(?:either|each|both|every)\b")
# "toplantıdan önceki gün saat 17.00’ye kadar"
_DAY_BEFORE = re.compile(
    r"\b(?:egitim|toplanti|seminer|webinar|fuar|etkinli[kg]|calistay|program|oturum|sinav|genel kurul|"
    r"ihale)\w*"
    r"(?: tarihinden| gununden)? (?:bir )?onceki (?P<work>is )?gun[ue]?(?: saat (?P<h>[01]?\d|2[0-3])[.:]"
    r"(?P<mm>[0-5]\d)'?[a-z]{0,3})?(?: mesai (?:saati )?(?:bitimine|sonuna)| sonuna)? (?:kadar|dek|degin)"
)


def _hour(match: re.Match[str], minutes: str) -> time | None:
    return time(int(match["h"]), int(match[minutes])) if match["h"] else None


def _on_the_day(text: str, folded: str, starts: Sequence[date | None]) -> Iterator[Deadline]:
    """ "eğitim günü saat 12.00’ye kadar" """
    for match in _ON_THE_DAY.finditer(folded):
        if asks(folded[max(0, match.start() - 100) : match.end() + 120]):
            for day in starts:
                yield replace(quoted(text, match, day), time=_hour(match, "m"))


def _on_the_eve(
    text: str, folded: str, starts: Sequence[date | None], days: Sequence[date]
) -> Iterator[Deadline]:
    """ "toplantıdan önceki gün", "up to the day before" """
    for match in _DAY_BEFORE.finditer(folded):
        if asks(folded[max(0, match.start() - 160) : match.end() + 120]):
            for day in starts:
                eve = count(day, -1, "day", bool(match["work"])) if day else None
                yield replace(quoted(text, match, eve), time=_hour(match, "mm"))
    for match in _EVE_EN.finditer(folded):
        before = folded[max(0, match.start() - 120) : match.start()]
        if asks(before + folded[match.start() : match.end() + 60]):
            for day in days if _EACH_OF_THEM.search(before) else days[:1]:
                yield quoted(text, match, day - timedelta(days=1))

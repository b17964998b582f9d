"""Deadlines that count from another day: "within thirty days of publication"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.notice import Deadline
from bot.understanding.basedays import base_day, made_known, opened_before
from bot.understanding.bases import PUBLICATION, Base, Told, named
from bot.understanding.counting import BY_OTHERS, relative
from bot.understanding.dates import find_dates
from bot.understanding.fold import fold
from bot.understanding.months import in_month
from bot.understanding.prolonged import prolonged
from bot.understanding.termduty import ITS_TERM, MUST, asked, readers, states, surely
from bot.understanding.terms import Term, amounts, terms
from bot.understanding.thatday import by_that_day, same_day, while_shown
from bot.understanding.weighing import RULE, weigh_span
from bot.understanding.whose import others_term


def relative_deadlines(
    original: str,
    sentence: str,
    around: tuple[str, str],
    published: date | None,
    reference: date | None,
    letter: str = "",
) -> list[Deadline]:
    """Last days of one sentence that count from another day; ``date`` None when that day is not given.

    ``sentence`` is ``original`` folded, ``around`` what stands before and after it, ``published`` the
    ``publication`` day, ``letter`` the whole text folded. No shift for weekends: a count
    of calendar days is what circulars mean unless they say "iş günü". What
    counts from an event is left to ``from_events``, when the events are known.
    """
    told = Told(original, sentence, *around, published, reference, letter)
    known = asked(told)
    found = [*_counted(told, known), *prolonged(told)]
    if known:
        found += by_that_day(original, sentence, around[0], reference)
        found += while_shown(original, sentence, around[0], reference)
        found += same_day(original, sentence, around[0], reference)
    return [*found, *(one for one in in_month(original, sentence, reference, known) if _likely(told, one))]


def _likely(told: Told, one: Deadline) -> bool:
    """Whether the words around a day told by its month or week let it be a last day."""
    start = told.sentence.find(fold(one.quote))
    if one.date is None or start < 0:
        return True
    around = told.earlier, told.later, told.reference
    return weigh_span(told.sentence, start, start + len(one.quote), one.date, *around) + 3 * RULE > 0


def of_events(term: Term, base: Base) -> bool:
    """Whether a term counts from an event, or back from what only the whole notice may tell."""
    if base in (Base.EVENT, Base.EVENT_END):
        return True
    return term.back and base in (Base.OTHER, Base.NOTHING, Base.CLOSING, Base.OPENING, Base.PUBLICATION)


# "iki ay içinde (28 Şubat 2027)", "that is, by 20 December": the day itself is told beside the count.
_IN_BRACKETS = re.compile(r"\w{0,3},? (?:\(|yani )(?:en gec |yani |son gun:? )?(?=\d)")
_THAT_IS = re.compile(r",? \(?(?:i\.?e\.?,?|that is,?|namely,?) (?:by|until|on|no later than) (?=\d)")
# "takip eden günden itibaren": the count starts a day later.
_DAY_AFTER = re.compile(r"(?:izleyen|takip eden|sonraki|ertesi) (?:gunden|gun)|\bertesi gun\w*$")


def _counted(told: Told, known: bool) -> Iterator[Deadline]:
    before: tuple[int, date | None] | None = None
    found = terms(told.sentence)
    for number, term in enumerate(found):
        base = named(told, term)
        if of_events(term, base) or not readers(told, term, base, known):
            continue
        if (beside := day_told(told, term)) is not None:
            yield replace(relative(beside, quote(told, term)), relative=False)
            continue
        if term.english and _THAT_IS.match(told.sentence, term.base_end):
            continue
        if base is Base.NOTHING and not term.english:
            unlinked = _unlinked(told, term, before)
            if unlinked is None:
                continue
            (day,) = unlinked
        elif base is Base.NOTHING and _COMING.search(told.sentence[: term.start]):
            day = told.reference
        elif base is Base.NOTHING and (opened := opened_before(told, term)) and states(told, term):
            day = opened
        elif base is Base.NOTHING and number + 1 < len(found) and found[number + 1].english:
            # "within seven days, and … within 37 days of publication": both count from the same day
            day = base_day(told, found[number + 1], named(told, found[number + 1]), before)
        else:
            day = base_day(told, term, base, before)
            if base is Base.PUBLICATION and day and told.reference and (told.reference - day).days > AGED:
                day = None  # of another paper, long ago
            if day and _DAY_AFTER.match(term.link):
                day += timedelta(days=1)
        last = term.counted(day)
        before = (term.end, day)
        if term.back and last and told.reference and last < told.reference:
            continue
        if last is not None or surely(told, term):
            yield relative(last, quote(told, term))


def day_told(told: Told, term: Term) -> date | None:
    """The last day itself where it stands beside the count."""
    match = _IN_BRACKETS.match(told.sentence, term.end)
    if match is None:
        return None
    beside = next(find_dates(told.sentence[match.end() : match.end() + 30], told.reference), None)
    return beside.last if beside else None


# "… Resmî Gazete’de yayımlanmış olup 60 gün içinde dava açılabilir"
_PUBLISHED_AND = re.compile(r"\byayi[mn]lan(?:mis|arak|mistir)\w*(?: olup)?,? (?:\w+ ){0,3}$")
# "… itibaren 7 gün içinde, görüşlerin 37 gün içinde": one beginning for both
_ALSO = re.compile(r"(?:icinde|icerisinde|gun|hafta|ay)\b[^.;]{0,30}(?:,| ve)(?: \S+){1,9} $")
# "within the next ten days", "önümüzdeki on gün içinde": counted from the letter
_COMING = re.compile(r"\b(?:the (?:next|coming)|onumuzdeki)\s$")
# "firmalara soru formu gönderilecek ve 30 gün süre tanınacaktır"
_TIME_GIVEN = re.compile(r"\bsure\w* (?:tanin|veril)")
_TO_READERS = re.compile(
    r"\b(?:firma|uye|taraf|katilimci|isletme|sirket|uretici|ihracatci|sahip|basvuran|tesis|kurulus)\w*[ae]\b"
)
_AT_THE_LATEST = re.compile(r"\ben gec\s?\(?$")


def _unlinked(told: Told, term: Term, before: tuple[int, date | None] | None) -> tuple[date | None] | None:
    """The day that a term counts from whose base is not told beside it; None if it is no term at all."""
    head = told.sentence[term.base_start : term.start]
    tail = told.sentence[term.end :]
    if _PUBLISHED_AND.search(head):
        return (told.published,)
    if term.form == "state":
        return (opened_before(told, term),) if ITS_TERM.search(head) else None
    if before and before[1] and _ALSO.search(head):
        return (before[1],)
    if _COMING.search(head) and MUST.match(told.sentence, term.end):
        return (told.reference,)
    if _TIME_GIVEN.search(told.sentence, term.start, term.end) and _TO_READERS.search(head):
        return (None,)
    if MUST.match(told.sentence, term.end):
        return (made_known(told.sentence[: term.start], told.reference),)
    if _AT_THE_LATEST.search(head) and not BY_OTHERS.search(tail[:60]):
        return (None,)
    return None


AGED = 400
"""Days after which nothing that is asked now counts from a publication."""
QUOTED = 60
"""Letters of the base that a quote shows."""


def quote(told: Told, term: Term) -> str:
    """The term as written: with its base, cut at a word."""
    start, end = term.start, term.end
    if term.english:
        end = max(end, term.base_end)
    else:
        start = max(term.base_start, term.start - QUOTED)
    words = _to_the_words_end(told.original, start, end)
    if start and told.original[start - 1].isalnum() and start != term.start:
        words = words.partition(" ")[2]
    return " ".join(words.split())


def _to_the_words_end(original: str, start: int, end: int) -> str:
    rest = re.match(r"\w*", original[end:])
    return original[start : end + (rest.end() if rest else 0)]


def row_terms(original: str, sentence: str, heading: str, published: date | None) -> list[Deadline]:
    """The term in a table's row ("within 7 days"), counted from what the row or the column's name says."""
    found = next(amounts(sentence), None)
    if found is None or BY_OTHERS.search(sentence):
        return []
    if others_term(sentence[: found.start].removesuffix("within ")):
        return []
    base = published if PUBLICATION.search(sentence) or PUBLICATION.search(heading) else None
    words = _to_the_words_end(original, found.start, found.end)
    return [relative(found.counted(base), " ".join(words.split()))]

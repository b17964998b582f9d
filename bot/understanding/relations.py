"""Which earlier notice a new one belongs to: references, rare words, kind, places, codes and dates, weighed.

Pure: what is known is passed in. The answer is a suggestion to staff, never more.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.notice import Notice, Status
from bot.domain.relation import Relation, relation_of
from bot.understanding.dates import find_dates
from bot.understanding.fold import fold
from bot.understanding.references import Reference, number_key, references, stems

ENOUGH = 0.55
"""From this score on a match is worth a question to staff."""
_MARGIN = 0.05
_SAME_SERIES = 0.6


class Reason(StrEnum):
    """What weighed most for a match."""

    NUMBER = "number"
    TITLE = "title"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Known:
    """A notice sent earlier; ``sent_on`` is its day in the association's zone."""

    id: int
    facts: Notice
    number: str | None
    day: date | None
    sent_on: date


@dataclass(frozen=True, slots=True)
class Match:
    """The notice ``id`` with the weight for it, from 0 to 1 and a little above."""

    id: int
    relation: Relation
    score: float
    reason: Reason


def related(notice: Notice, known: Sequence[Known], *, number: str | None = None) -> Match | None:
    """The earlier notice this one belongs to, or None when there is none, or two are equally likely.

    ``number`` is the circular's own: a mention of it is no reference. Asked only of notices that change
    something or name an earlier one; everything else stands for itself.
    """
    named = [
        one
        for one in references(f"{notice.title}\n{notice.text}")
        if one.number is None or number_key(one.number) != number_key(number)
    ]
    if notice.status is Status.NEW and not any(one.number or one.date for one in named):
        return None
    weights = _weights(known)
    mine = stems(notice.title)
    mentioned = _days(notice)
    scored = [_score(notice, mine, named, one, weights, mentioned) for one in known]
    ranked = sorted(
        zip(scored, known, strict=True),
        key=lambda pair: (-round(pair[0][0], 2), -pair[1].sent_on.toordinal()),
    )
    if not ranked or ranked[0][0][0] < ENOUGH:
        return None
    (score, reason), best = ranked[0]
    for (other_score, _), other in ranked[1:4]:
        if score - other_score >= _MARGIN:
            break
        # An extension of an extension belongs to the newest of the row; strangers of one weight to none.
        if not _one_row(best.facts, other.facts, weights):
            return None
    return Match(best.id, relation_of(notice.status), round(score, 3), reason)


def _score(
    notice: Notice,
    mine: frozenset[str],
    named: Sequence[Reference],
    one: Known,
    weights: dict[str, float],
    mentioned: frozenset[date],
) -> tuple[float, Reason]:
    theirs = stems(one.facts.title)
    title = max(
        [_similarity(mine, theirs, weights)]
        + [_similarity(reference.words, theirs, weights) for reference in named if len(reference.words) > 1]
    )
    by_number = max((_named(reference, one) for reference in named), default=0.0)
    days = 0.15 if mentioned & _fact_days(one.facts) else 0.0
    rest = 0.1 * (notice.kind is one.facts.kind) + _places(notice, one.facts)
    if by_number > 0 and title < 0.15 and not days and notice.kind is not one.facts.kind:
        by_number /= 2  # another subject of the same circular
    parts = {Reason.NUMBER: by_number, Reason.TITLE: 0.5 * title, Reason.DATE: days}
    return sum(parts.values()) + rest, max(parts, key=lambda reason: parts[reason])


def _named(reference: Reference, one: Known) -> float:
    """How surely a reference names a circular, by number and date."""
    wanted, found = number_key(reference.number), number_key(one.number)
    own_day = one.day or one.sent_on
    if wanted is not None and found is not None:
        if wanted[1] != found[1] or (wanted[0] and found[0] and wanted[0] != found[0]):
            return 0.0
        if reference.date is not None:
            return 0.6 if abs((reference.date - own_day).days) <= 3 else 0.2
        return 0.5 if wanted[0] and found[0] else 0.4
    if reference.date is not None and reference.date == own_day:
        return 0.35 if wanted is None or found is None else 0.0
    return 0.0


def _places(notice: Notice, other: Notice) -> float:
    score = 0.0
    countries, others = set(notice.countries) - {"TR"}, set(other.countries) - {"TR"}
    if countries and others:
        score += 0.1 if countries & others else -0.15
    if notice.hs_codes and other.hs_codes:
        shared = any(a.startswith(b[:6]) for a in notice.hs_codes for b in other.hs_codes)
        score += 0.1 if shared else -0.1
    return score


def _weights(known: Sequence[Known]) -> dict[str, float]:
    """How rare a title's word is: a word of every second title says nothing."""
    counts = Counter(word for one in known for word in stems(one.facts.title))
    return {word: math.log(1 + len(known) / count) for word, count in counts.items()}


def _similarity(a: frozenset[str], b: frozenset[str], weights: dict[str, float]) -> float:
    """The weight of the shared words in that of the shorter title, 0 to 1; one shared word is never all."""
    shared = a & b
    if not shared:
        return 0.0
    usual = max(weights.values(), default=1.0)

    def weight(words: Iterable[str]) -> float:
        return sum(weights.get(word, usual) for word in words)

    return weight(shared) / max(weight(a if len(a) < len(b) else b), 2 * usual if len(shared) == 1 else 0.0)


def _one_row(a: Notice, b: Notice, weights: dict[str, float]) -> bool:
    """Whether two earlier notices are about one thing: nearly all of their titles' rare words are shared."""
    ours, theirs = stems(a.title), stems(b.title)
    shared = sum(weights.get(word, 1.0) for word in ours & theirs)
    either = sum(weights.get(word, 1.0) for word in ours | theirs)
    return shared >= _SAME_SERIES * either and _places(a, b) >= 0


def _days(notice: Notice) -> frozenset[date]:
    folded = fold(f"{notice.title}\n{notice.text[:6000]}")
    spoken = {day for one in find_dates(folded, None) for day in (one.first, one.last)}
    return frozenset(spoken) | _fact_days(notice)


def _fact_days(notice: Notice) -> frozenset[date]:
    days = {one.date for one in notice.deadlines} | {one.start_date for one in notice.meetings}
    return frozenset(day for day in days if day is not None)

"""A second opinion on a day, learned from letters: how likely it is a last day, and how likely an event.

The rules beside this module know what they were told; a letter in other words slips through them. This one
has read every labelled letter of ``tests/data`` and weighs the words around a day: which stand before and
after it, how near, with which endings, in which clause, under which heading. It is a logistic regression;
``training/days.py`` fits it, and prints how it reads letters that it was not fitted to. What it learned is in
``weights/days.tsv``: a feature, its weight for a last day and its weight for an event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import fsum
from pathlib import Path

from bot.domain.notice import Status
from bot.understanding.dates import DateFound, dates_of
from bot.understanding.terms import terms

WEIGHTS = Path(__file__).with_name("weights") / "days.tsv"
TERM_WEIGHTS = WEIGHTS.with_name("terms.tsv")
CHANGED = "C|"
"""What begins a feature that counts in notices which change something only."""
BEFORE, BEHIND = 200, 120
"""Letters of the text around a sentence that are looked at."""
NEAR, WHOLE = 18, 25
"""Words on each side of a day whose place counts, and words of its clause."""
RULE, RULE_OF_EVENTS, RULE_OF_TERMS = 1.25, 1.0, 1.5
"""What a rule's verdict weighs beside the words: fitted on rounds of letters that neither had seen."""
DISTANCE = ((60, "near"), (200, "mid"))
"""Days from the letter up to which a day is near, or not far."""
SCALE = {"s": 0.5, "p": 0.5, "x": 0.3, "c": 0.7, "h": 0.7}
"""How much a feature counts by its first letter: of the sentence, the text before and behind it, the clause,
the heading; any other 1."""

_TOKEN = re.compile(r"[a-z]+|\d+(?:[.:]\d\d)?|[:;()|,\n–%-]")
_CLOCK = re.compile(r"\d{1,2}[.:]\d\d")
# A verb that closes a clause or makes it a noun: "kapanacak", "iletilmesi", "belirtilmektedir".
_VERB = re.compile(
    r"(?:acak|ecek|acag|eceg|mekte|makta|iyor|ilir|inir|enir|anir|unur|malid|melid|malari|meleri|masi|mesi|maniz|"
    r"meniz|mistir|mustur|dik|digi|dugu|tigi|tugu|erek|arak|misti|abil|ebil|iniz|unuz|elim|alim|idir|udur|dir|"
    r"tir|dur|tur)\w{0,8}$"
)
_DATE, _TERM = "XDATE", "XTERM"
_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Odds:
    """Log-odds that a day is a last day for the reader, or the day of an event that he could attend."""

    last_day: float
    event: float


def weigh(
    sentence: str, before: str, behind: str, status: Status, reference: date | None
) -> tuple[Odds, ...]:
    """The odds of every date of a folded sentence, in the order of ``dates_of``.

    ``before`` and ``behind``: the folded text around the sentence, of which ``BEFORE`` and ``BEHIND`` letters
    count.
    """
    return _weigh(sentence, before[-BEFORE:], behind[:BEHIND], status, reference)


@lru_cache(maxsize=2048)  # last days and events are looked for in the same sentences
def _weigh(
    sentence: str, before: str, behind: str, status: Status, reference: date | None
) -> tuple[Odds, ...]:
    found = features_of(sentence, before, behind, status, reference)
    return tuple(Odds(*_summed(WEIGHTS, features)) for features in found)


def weigh_terms(sentence: str, before: str, behind: str) -> tuple[float, ...]:
    """Log-odds that the counted terms of a folded sentence are the reader's, in the order of ``terms``."""
    return _weigh_terms(sentence, before[-BEFORE:], behind[:BEHIND])


@lru_cache(maxsize=512)
def _weigh_terms(sentence: str, before: str, behind: str) -> tuple[float, ...]:
    found = features_of_terms(sentence, before, behind)
    return tuple(_summed(TERM_WEIGHTS, features)[0] for features in found)


def _summed(weights: Path, features: Iterable[str]) -> list[float]:
    """What the features weigh together, a number for each column: the same whatever their order."""
    known = _known(weights)
    found = (known[""], *(known[feature] for feature in features if feature in known))
    return [fsum(column) for column in zip(*found, strict=True)]


@lru_cache(maxsize=2)
def _known(weights: Path) -> dict[str, tuple[float, ...]]:
    """Weights by feature; what is there before any feature stands under ""."""
    known: dict[str, tuple[float, ...]] = {}
    for line in weights.read_text("utf-8").splitlines():
        feature, *told = line.split("\t")
        known[feature.replace("\\n", "\n")] = tuple(float(one) for one in told)
    return known


def features_of(
    sentence: str, before: str, behind: str, status: Status, reference: date | None
) -> Iterator[set[str]]:
    """The features of every date of a folded sentence."""
    dates = dates_of(sentence, reference)
    if not dates:
        return
    tokens, spans = _tokens(sentence), _spans_of(dates)
    around = _around(before, behind) | {f"nd{min(4, len(dates))}", f"st={status}"}
    changed = status not in (Status.NEW, Status.CANCELLED)
    for number, one in enumerate(dates):
        told = around | _of_the_day(one, number, reference) | _beside(tokens, one.start, one.end, spans)
        # what changes something tells old days beside new ones: words may mean something else there
        yield told | {CHANGED + feature for feature in told} if changed else told


def weigh_span(
    sentence: str, start: int, end: int, day: date, before: str, behind: str, reference: date | None
) -> float:
    """Log-odds that ``day``, told by the words at these offsets ("Mart ayı sonuna kadar"), is a last day."""
    spans = _spans_of(dates_of(sentence, reference))
    features = _around(before[-BEFORE:], behind[:BEHIND]) | {"nd1", f"st={Status.NEW}"}
    features |= _of_the_day(DateFound(start, end, day, day), 0, reference)
    features |= _beside(_tokens(sentence), start, end, spans)
    return _summed(WEIGHTS, features)[0]


def features_of_terms(sentence: str, before: str, behind: str) -> Iterator[set[str]]:
    """The features of every counted term of a folded sentence."""
    found = terms(sentence)
    if not found:
        return
    tokens = _tokens(sentence)
    around = _around(before, behind) | {f"nt{min(4, len(found))}"}
    spans = sorted(
        {*_spans_of(dates_of(sentence, _ANY_DAY)), *((one.start, one.end, _TERM) for one in found)}
    )
    for term in found:
        told = {
            f"unit{term.unit}", f"form{term.form}", "working" if term.working else "calendar",
            "based" if term.base_end > term.base_start else "baseless", "linked" if term.link else "unlinked",
            "en" if term.english else "tr", "short" if term.number < 8 else "long",
        }  # fmt: skip
        yield around | told | _beside(tokens, term.start, term.end, spans)


def _token(word: str) -> str:
    if not word[0].isdigit():
        return word
    return "TIME" if _CLOCK.fullmatch(word) else "0" * min(len(word), 4)


def _tokens(sentence: str) -> list[tuple[int, str]]:
    """The words of a sentence, and where they begin."""
    return [(match.start(), _token(match[0])) for match in _TOKEN.finditer(sentence)]


def _words(text: str) -> list[str]:
    return [word for _, word in _tokens(text)]


def _stem(word: str) -> str:
    return word[:5] if word[0].islower() else word


_Span = tuple[int, int, str]
"""Where another date or term stands, and the one word it counts as."""


def _spans_of(dates: Iterable[DateFound]) -> list[_Span]:
    return sorted({(one.start, one.end, _DATE) for one in dates})


def _masked(tokens: list[tuple[int, str]], start: int, end: int, others: list[_Span]) -> list[str]:
    """The words between two offsets; another date or term in them is one word."""
    words: list[str] = []
    inside: _Span | None = None
    for offset, word in tokens:
        if offset < start:
            continue
        if offset >= end:
            break
        span = next((span for span in others if span[0] <= offset < span[1]), None)
        if span is None:
            words.append(word)
        elif span != inside:
            words.append(span[2])
        inside = span
    return words


def _around(before: str, behind: str) -> set[str]:
    told = {"p=" + _stem(word) for word in _words(before)[-12:]}
    return told | {"x=" + _stem(word) for word in _words(behind)[:6]} | _heading(before)


def _heading(before: str) -> set[str]:
    """The words of a short line above that ends without a dot."""
    if not before.endswith("\n"):
        return set()
    line = before.rstrip("\n").rpartition("\n")[2]
    if len(line) >= 90 or line.rstrip().endswith("."):
        return set()
    return {"h=" + _stem(word) for word in _words(line)} | {"h"}


def _of_the_day(one: DateFound, number: int, reference: date | None) -> set[str]:
    told = {"ranged" if one.ranged else "single", f"n{min(3, number)}"}
    if not one.year_given:
        told.add("noyear")
    if reference is None:
        told.add("noref")
    else:
        told.add(_distance((one.last - reference).days))
    return told


def _distance(days: int) -> str:
    if days <= 0:
        return "past" if days < 0 else "same"
    return next((name for most, name in DISTANCE if days <= most), "far")


def _beside(tokens: list[tuple[int, str]], start: int, end: int, spans: list[_Span]) -> set[str]:
    """What the words on both sides of a day say by themselves and by their place."""
    left = _masked(tokens, 0, start, [span for span in spans if span[1] <= start])
    left.reverse()  # the nearest first
    right = _masked(tokens, end, 1 << 30, [span for span in spans if span[0] >= end])
    told: set[str] = set()
    for side, words in (("r", right), ("l", left)):
        for place, word in enumerate(words[:NEAR]):
            zone = side + ("0" if place == 0 else "1" if place < 3 else "2" if place < 8 else "3")
            told.add(zone + _stem(word))
            if word[0].islower() and len(word) > 5:
                told |= {f"{zone}={word}", f"{zone}~{word[-4:]}"}
        for one, two in pairwise(words[:5]):
            told.add(f"{side}b{_stem(one)}_{_stem(two)}")
        clause = words[: next((n for n, word in enumerate(words) if word in (";", _DATE, _TERM)), len(words))]
        told |= {f"c{side}={_stem(word)}" for word in clause[:WHOLE]}
    if right:
        told.add("R0=" + right[0])
        told.add("R012=" + "_".join(_stem(word) for word in right[:3]))
        told.add("R01=" + "_".join(right[:2]))
    else:
        told.add("atend")
    if not left:
        told.add("atstart")
    if left and right:
        told.add(f"lr={_stem(left[0])}_{_stem(right[0])}")
    verb = next(
        (word for word in right[:40] if len(word) > 4 and word[0].islower() and _VERB.search(word)), None
    )
    told |= {f"v={verb[:5]}", f"vs={verb[-5:]}"} if verb else {"nov"}
    return told | {"s=" + _stem(word) for word in (*left, *right)}


def scale_of(feature: str) -> float:
    """How much a feature counts when it is there."""
    feature = feature.removeprefix(CHANGED)
    return SCALE.get(feature[0], 1.0) if feature[1:2] == "=" or feature[0] in "ch" else 1.0

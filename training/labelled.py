"""What is known of the labelled letters in ``tests/data``: every date, and what it is to the reader."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.domain.notice import Status
from bot.understanding.dates import DateFound, dates_of
from bot.understanding.fold import fold
from bot.understanding.sentences import sentences
from bot.understanding.status import status_of
from bot.understanding.structure import Item, take_apart
from bot.understanding.terms import Term, terms
from bot.understanding.text import RawDocument, paragraphs
from bot.understanding.weighing import BEFORE, BEHIND, features_of, features_of_terms, scale_of

DATA = Path(__file__).parents[1] / "tests" / "data"
WORDINGS_DAY = date(2026, 11, 25)
"""The letter's day of the single sentences in ``tests/data/wordings``."""
PASSAGE, WORDING, TERM_OF_PASSAGE, LINES = 0.15, 0.5, 1.0, 1.0
"""What a day of a passage, a day of a single sentence, a counted term of either and a day in lines of labels
count beside a letter's: passages and sentences are crowded with hard cases."""
LAST_DAY, EVENT, NEITHER, BOTH = "last day", "event", "neither", "both"
NO_LAST_DAY, NO_EVENT = "no last day", "no event"
"""Labels of single sentences, which tell only one of the two."""
ROUNDS = {
    "30": ("an", "ao", "ap"), "31": ("aq", "ar", "as"), "32": ("at", "au", "av"), "33": ("aw", "ax", "ay"),
    "34": ("az", "ba"), "35": ("bb", "bc", "bd"), "36": ("be", "bf", "bg"), "37": ("bh", "bi", "bj"),
    "38": ("bk", "bl", "bm"), "39": ("bn", "bo", "bp"), "40": ("bq", "br", "bs"),
    "41": ("bt", "bu", "bv"), "42": ("bw", "bx", "by"), "43": ("bz", "ca", "cb"),
    "44": ("cc", "cd", "ce"), "45": ("cf", "cg", "ch"),
}  # fmt: skip
"""Rounds of letters by authors who did not know the reader, by how their files' names begin."""


@dataclass(frozen=True)
class Day:
    """One date or counted term of a text, what it is, and how it looks."""

    source: str
    day: date | Term
    label: str
    features: dict[str, float]
    weight: float = 1.0


def _days(
    source: str,
    text: str,
    status: Status,
    reference: date | None,
    label: Callable[[DateFound], str],
    weight: float = 1.0,
) -> Iterator[Day]:
    folded = fold(text)
    for start, end in sentences(text):
        sentence = folded[start:end]
        around = folded[max(0, start - BEFORE) : start], folded[end : end + BEHIND]
        dates = dates_of(sentence, reference)
        for one, features in zip(dates, features_of(sentence, *around, status, reference), strict=True):
            yield Day(source, one.last, label(one), {name: scale_of(name) for name in features}, weight)


def _label(last_days: set[date], counted: set[date], events: set[date]) -> Callable[[DateFound], str]:
    """``counted``: last days that count from another day, or are told by the letter's month."""

    def label(one: DateFound) -> str:
        held = one.last in events or one.first in events
        if one.last in (last_days | counted if one.of_the_letter else last_days):
            return BOTH if held else LAST_DAY
        return EVENT if held else NEITHER

    return label


@dataclass(frozen=True)
class Labelled:
    """One notice of a letter as the reader takes it apart, and its truth as the letter's JSON tells it."""

    source: str
    item: Item
    reference: date | None
    truth: dict[str, Any]

    @property
    def text(self) -> str:
        return "\n\n".join(self.item.paragraphs)


def notices() -> Iterator[Labelled]:
    """The notices of the circulars in ``tests/data/unseen``; a letter taken apart wrongly teaches nothing."""
    for path in sorted((DATA / "unseen").glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))["notices"]
        lines = path.with_suffix(".txt").read_text("utf-8").split("\n")
        letter = take_apart(paragraphs(RawDocument(tuple(lines))), None)
        if len(letter.items) == len(truth):
            for item, told in zip(letter.items, truth, strict=True):
                yield Labelled(path.stem, item, letter.date, told)


def letters() -> Iterator[Day]:
    """The dates of the circulars in ``tests/data/unseen``."""
    for one in notices():
        last_days, events = one.truth["deadlines"], one.truth["meetings"]
        counted = _dates(told["date"] for told in last_days if told["relative"])
        label = _label(
            _dates(told["date"] for told in last_days) - counted,
            counted,
            _dates(told[key] for told in events for key in ("start_date", "end_date")),
        )
        yield from _days(one.source, one.text, status_of(one.item.title, one.text), one.reference, label)


def _dates(told: Iterable[str | None]) -> set[date]:
    return {date.fromisoformat(one) for one in told if one}


def wordings_of(name: str) -> Iterator[tuple[str, str, str]]:
    """The sentences of a file in ``tests/data/wordings``: where each stands, its text and what it gives."""
    for number, line in enumerate((DATA / "wordings" / f"{name}.txt").read_text("utf-8").splitlines()):
        text, arrow, told = line.rpartition("=>")
        if arrow:
            yield f"{name}{number}", text.strip().replace("\\n", "\n"), told.strip()


def wordings() -> Iterator[Day]:
    """The dates of the single sentences in ``tests/data/wordings``."""
    for kind, yes, no in (
        ("deadlines", LAST_DAY, NO_LAST_DAY), ("olddays", LAST_DAY, NO_LAST_DAY),
        ("terms", LAST_DAY, NO_LAST_DAY), ("meetings", EVENT, NO_EVENT),
    ):  # fmt: skip
        for language, title in (("tr", "Duyuru"), ("en", "Notice")):
            for source, text, told in wordings_of(f"{kind}-{language}"):
                label = _told_label(told, yes, no)
                yield from _days(source, text, status_of(title, text), WORDINGS_DAY, label, WORDING)


def _told_label(told: str, yes: str, no: str) -> Callable[[DateFound], str]:
    every = _dates(re.findall(r"\d{4}-\d\d-\d\d", told))
    days = _dates(re.findall(r"\d{4}-\d\d-\d\d(?![^,]*relative)", told))

    def label(one: DateFound) -> str:
        meant = every if one.of_the_letter else days
        return yes if one.last in meant or one.first in meant else no

    return label


def _passages() -> Iterator[tuple[str, dict[str, Any]]]:
    """The passages of ``tests/data/passages``, and where each stands."""
    for path in sorted((DATA / "passages").glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            yield f"{path.stem}-{number}", json.loads(line)


def passages() -> Iterator[Day]:
    """The dates of the passages in ``tests/data/passages``, written to be learned from."""
    for source, told in _passages():
        label = _label(
            _dates(one["date"] for one in told["deadlines"] if not one["relative"]),
            _dates(one["date"] for one in told["deadlines"] if one["relative"]),
            _dates(one[key] for one in told["events"] for key in ("start", "end")),
        )
        status, reference = status_of("", told["text"]), date.fromisoformat(told["reference"])
        weight = LINES if source.startswith("labels-") else PASSAGE
        yield from _days(source, told["text"], status, reference, label, weight)


def letters_terms() -> Iterator[Day]:
    """The counted terms of the circulars in ``tests/data/unseen`` whose truths quote theirs."""
    for one in notices():
        counted = [told for told in one.truth["deadlines"] if told["relative"]]
        if all(told.get("quote") for told in counted):
            others = [told.get("quote") or "" for told in one.truth["deadlines"] if not told["relative"]]
            yield from _terms(one.source, one.text, [told["quote"] for told in counted], others, 1.0)


def passages_terms() -> Iterator[Day]:
    """Those of the passages in ``tests/data/passages``."""
    for source, told in _passages():
        quotes = [one["quote"] for one in told["deadlines"] if one["relative"]]
        others = [one["quote"] for one in told["deadlines"] if not one["relative"]]
        yield from _terms(source, told["text"], quotes, others, TERM_OF_PASSAGE)


def wordings_terms() -> Iterator[Day]:
    """Those of the single sentences in ``tests/data/wordings`` of which all or none are the reader's."""
    for name in ("deadlines-tr", "deadlines-en", "terms-tr", "terms-en"):
        for source, text, told in wordings_of(name):
            counted = told.count("relative")
            found = sum(len(terms(fold(text)[start:end])) for start, end in sentences(text))
            if counted == found if counted else not told:
                yield from _terms(source, text, [text] if counted else [], [], TERM_OF_PASSAGE)


def _terms(
    source: str, text: str, quotes: Iterable[str], others: Iterable[str], weight: float
) -> Iterator[Day]:
    """``quotes`` of what is counted; ``others``: of last days told by their date, maybe as a term, too."""
    folded = fold(text)
    told, dated = ([" ".join(fold(quote).split()) for quote in some] for some in (quotes, others))
    found: list[Day] = []
    for start, end in sentences(text):
        sentence = folded[start:end]
        around = folded[max(0, start - BEFORE) : start], folded[end : end + BEHIND]
        for term, features in zip(terms(sentence), features_of_terms(sentence, *around), strict=True):
            words = " ".join(sentence[term.start : term.end].split())
            if any(words in quote for quote in dated):
                continue
            label = LAST_DAY if any(words in quote for quote in told) else NEITHER
            found.append(Day(source, term, label, {name: scale_of(name) for name in features}, weight))
    asked = {(one.day.number, one.day.unit) for one in found if one.label == LAST_DAY}  # type: ignore[union-attr]
    for one in found:  # a letter's other language tells the same term without a quote
        if one.label == LAST_DAY or (one.day.number, one.day.unit) not in asked:  # type: ignore[union-attr]
            yield one

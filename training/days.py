"""Fit ``bot/understanding/weights/days.tsv`` to the labelled letters of ``tests/data``.

    pip install -e '.[training]'
    python -m training.days            fit, and print how letters of rounds not fitted to are weighed
    python -m training.days --measure  only that

A logistic regression for last days and one for events, over the features of ``bot.understanding.weighing``. What a
letter's truth lists as a last day is one, what it lists as an event is one, every other date is neither. The measure
leaves out one round of letters by other hands at a time, fits to all the rest and weighs the round: the words alone,
without any rule.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bot.domain.notice import Status
from bot.understanding.dates import dates_of
from bot.understanding.fold import fold
from bot.understanding.sentences import sentences
from bot.understanding.status import status_of
from bot.understanding.structure import take_apart
from bot.understanding.text import RawDocument, paragraphs
from bot.understanding.weighing import BEFORE, BEHIND, WEIGHTS, features_of, scale_of

DATA = Path(__file__).parents[1] / "tests" / "data"
WORDINGS_DAY = date(2026, 11, 25)
"""The letter's day of the single sentences in ``tests/data/wordings``."""
KEPT = 15_000
"""Features kept: fewer read worse, more hardly better."""
STRENGTH = 2.0
"""Inverse strength of the regularisation (scikit-learn's C)."""
PASSAGE, WORDING = 0.15, 0.5
"""What a day of a passage and of a single sentence counts: they are crowded with hard cases, letters are read."""
LAST_DAY, EVENT, NEITHER, BOTH = "last day", "event", "neither", "both"
NO_LAST_DAY, NO_EVENT = "no last day", "no event"
"""Labels of single sentences, which tell only one of the two."""
ROUNDS = {
    "30": ("an", "ao", "ap"), "31": ("aq", "ar", "as"), "32": ("at", "au", "av"), "33": ("aw", "ax", "ay"),
    "34": ("az", "ba"), "35": ("bb", "bc", "bd"), "36": ("be", "bf", "bg"), "37": ("bh", "bi", "bj"),
    "38": ("bk", "bl", "bm"), "39": ("bn", "bo", "bp"),
}  # fmt: skip
"""Rounds of letters by authors who did not know the reader, by how their files' names begin."""


@dataclass(frozen=True)
class Day:
    """One date of a text, what it is, and how it looks."""

    source: str
    day: date
    label: str
    features: dict[str, float]
    weight: float = 1.0


def _days(
    source: str, text: str, status: Status, reference: date | None, label: Any, weight: float = 1.0
) -> Iterator[Day]:
    folded = fold(text)
    for start, end in sentences(text):
        sentence = folded[start:end]
        around = folded[max(0, start - BEFORE) : start], folded[end : end + BEHIND]
        dates = dates_of(sentence, reference)
        for one, features in zip(dates, features_of(sentence, *around, status, reference), strict=True):
            told = label(one)
            if told:
                yield Day(source, one.last, told, {name: scale_of(name) for name in features}, weight)


def _label(last_days: set[date], events: set[date]) -> Any:
    def label(one: Any) -> str:
        held = one.last in events or one.first in events
        if one.last in last_days:
            return BOTH if held else LAST_DAY
        return EVENT if held else NEITHER

    return label


def letters() -> Iterator[Day]:
    """The dates of the circulars in ``tests/data/unseen``."""
    for path in sorted((DATA / "unseen").glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        raw = RawDocument(tuple(path.with_suffix(".txt").read_text("utf-8").split("\n")))
        letter = take_apart(paragraphs(raw), None)
        if len(letter.items) != len(truth["notices"]):
            continue
        for item, notice in zip(letter.items, truth["notices"], strict=True):
            counted = {one["date"] for one in notice["deadlines"] if one["relative"]}
            last_days = {
                date.fromisoformat(one["date"]) for one in notice["deadlines"] if one["date"] and one["date"] not in counted
            }
            events = {
                date.fromisoformat(one[key])
                for one in notice["meetings"]
                for key in ("start_date", "end_date")
                if one[key]
            }
            text = "\n\n".join(item.paragraphs)
            yield from _days(path.stem, text, status_of(item.title, text), letter.date, _label(last_days, events))


def wordings() -> Iterator[Day]:
    """The dates of the single sentences in ``tests/data/wordings``."""
    for name, yes, no in (
        ("deadlines-tr", LAST_DAY, NO_LAST_DAY), ("deadlines-en", LAST_DAY, NO_LAST_DAY),
        ("meetings-tr", EVENT, NO_EVENT), ("meetings-en", EVENT, NO_EVENT),
    ):  # fmt: skip
        for number, line in enumerate((DATA / "wordings" / f"{name}.txt").read_text("utf-8").splitlines()):
            text, arrow, told = line.rpartition("=>")
            if not arrow:
                continue
            days = {date.fromisoformat(one) for one in re.findall(r"\d{4}-\d\d-\d\d(?![^,]*relative)", told)}

            def label(one: Any, days: set[date] = days, yes: str = yes, no: str = no) -> str:
                return yes if one.last in days or one.first in days else no

            yield from _days(f"{name}{number}", text.strip().replace("\\n", "\n"), Status.NEW, WORDINGS_DAY, label, WORDING)


def passages() -> Iterator[Day]:
    """The dates of the passages in ``tests/data/passages``, written to be learned from."""
    for path in sorted((DATA / "passages").glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            told = json.loads(line)
            last_days = {date.fromisoformat(one["date"]) for one in told["deadlines"] if one["date"] and not one["relative"]}
            events = {date.fromisoformat(one[key]) for one in told["events"] for key in ("start", "end") if one.get(key)}
            reference = date.fromisoformat(told["reference"])
            yield from _days(
                f"{path.stem}-{number}", told["text"], status_of("", told["text"]), reference, _label(last_days, events), PASSAGE
            )


def fit(days: list[Day], vectors: Any, chosen: Any, wanted: str, unknown: str) -> LogisticRegression:
    known = numpy.array([one.label != unknown for one in days]) & chosen
    is_so = numpy.array([one.label in (wanted, BOTH) for one in days])
    return LogisticRegression(C=STRENGTH, max_iter=2000).fit(
        vectors[known], is_so[known], sample_weight=numpy.array([one.weight for one in days])[known]
    )


def measure(days: list[Day], vectors: Any) -> None:
    """Precision and recall of letters' days, each round weighed by what the others taught."""
    prefix = numpy.array([re.match("[a-z]*", one.source)[0] for one in days])  # type: ignore[index]
    for wanted, unknown in ((LAST_DAY, NO_EVENT), (EVENT, NO_LAST_DAY)):
        right = wrong = missed = 0
        for name, prefixes in ROUNDS.items():
            left_out = numpy.isin(prefix, prefixes)
            if not left_out.any():
                continue
            odds = fit(days, vectors, ~left_out, wanted, unknown).decision_function(vectors[left_out])
            told: dict[tuple[str, date], float] = {}
            true: set[tuple[str, date]] = set()
            for number, value in zip(numpy.flatnonzero(left_out), odds, strict=True):
                key = days[number].source, days[number].day
                told[key] = max(value, told.get(key, value))
                if days[number].label in (wanted, BOTH):
                    true.add(key)
            yes = {key for key, value in told.items() if value > 0}
            print(f"{wanted}, round {name}: {len(yes & true)} right, {len(yes - true)} wrong, {len(true - yes)} missed")
            right, wrong, missed = right + len(yes & true), wrong + len(yes - true), missed + len(true - yes)
        if right:
            print(f"{wanted}: precision {right / (right + wrong):.3f}, recall {right / (right + missed):.3f}")


def main() -> None:
    """Fit, measure, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true", help="only measure, write nothing")
    parser.add_argument("--no-measure", action="store_true", help="only fit and write")
    said = parser.parse_args()
    days = [*letters(), *wordings(), *passages()]
    vectorizer = DictVectorizer()
    vectors = vectorizer.fit_transform([one.features for one in days]).tocsr()
    print(f"{len(days)} dates, {vectors.shape[1]} features")
    if not said.no_measure:
        measure(days, vectors)
    if said.measure:
        return
    everything = numpy.ones(len(days), dtype=bool)
    last_day = fit(days, vectors, everything, LAST_DAY, NO_EVENT)
    event = fit(days, vectors, everything, EVENT, NO_LAST_DAY)
    weight = numpy.maximum(abs(last_day.coef_[0]), abs(event.coef_[0]))
    least = numpy.sort(weight)[-min(KEPT, len(weight))]
    lines = [f"\t{last_day.intercept_[0]:.3f}\t{event.intercept_[0]:.3f}"]
    for number, name in enumerate(vectorizer.get_feature_names_out()):
        if weight[number] >= least:
            share = scale_of(name)
            one, two = last_day.coef_[0][number] * share, event.coef_[0][number] * share
            lines.append(f"{name}\t{one:.3f}\t{two:.3f}".replace("\n", "\\n"))
    WEIGHTS.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines) - 1} weights in {WEIGHTS}")


if __name__ == "__main__":
    main()

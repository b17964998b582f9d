"""Fit ``bot/understanding/weights/days.tsv`` and ``terms.tsv`` to the labelled letters of ``tests/data``.

    pip install -e '.[training]'
    python -m training.days            fit, and print how letters of rounds not fitted to are weighed
    python -m training.days --measure  only that

A logistic regression for last days, one for events and one for counted terms, over the features of
``bot.understanding.weighing``. What a letter's truth lists as a last day is one, what it lists as an event is
one, every other date is neither. The measure leaves out one round of letters by other hands at a time, fits
to all the rest and weighs the round: the words alone, without any rule.
"""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path
from typing import Any

import numpy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bot.understanding.terms import Term
from bot.understanding.weighing import TERM_WEIGHTS, WEIGHTS, scale_of
from training.labelled import (
    BOTH,
    EVENT,
    LAST_DAY,
    NO_EVENT,
    NO_LAST_DAY,
    ROUNDS,
    Day,
    letters,
    letters_terms,
    passages,
    passages_terms,
    wordings,
    wordings_terms,
)

KEPT = 20_000
"""Features kept: fewer read worse, more hardly better."""
STRENGTH = 2.0
"""Inverse strength of the regularisation (scikit-learn's C)."""


def fit(days: list[Day], vectors: Any, chosen: Any, wanted: str, unknown: str) -> LogisticRegression:
    known = numpy.array([one.label != unknown for one in days]) & chosen
    is_so = numpy.array([one.label in (wanted, BOTH) for one in days])
    return LogisticRegression(C=STRENGTH, max_iter=2000).fit(
        vectors[known], is_so[known], sample_weight=numpy.array([one.weight for one in days])[known]
    )


def measure(days: list[Day], vectors: Any, wanted: str, unknown: str) -> None:
    """Precision and recall of letters' days, each round weighed by what the others taught."""
    prefix = numpy.array([re.match("[a-z]*", one.source)[0] for one in days])  # type: ignore[index]
    right = wrong = missed = 0
    for name, prefixes in ROUNDS.items():
        left_out = numpy.isin(prefix, prefixes)
        if not left_out.any():
            continue
        odds = fit(days, vectors, ~left_out, wanted, unknown).decision_function(vectors[left_out])
        told: dict[tuple[str, date | Term], float] = {}
        true: set[tuple[str, date | Term]] = set()
        for number, value in zip(numpy.flatnonzero(left_out), odds, strict=True):
            key = days[number].source, days[number].day
            told[key] = max(value, told.get(key, value))
            if days[number].label in (wanted, BOTH):
                true.add(key)
        yes = {key for key, value in told.items() if value > 0}
        here = len(yes & true), len(yes - true), len(true - yes)
        print(f"{wanted}, round {name}: {here[0]} right, {here[1]} wrong, {here[2]} missed")
        right, wrong, missed = right + here[0], wrong + here[1], missed + here[2]
    if right:
        print(f"{wanted}: precision {right / (right + wrong):.3f}, recall {right / (right + missed):.3f}")


def learn(path: Path, days: list[Day], wanted: tuple[tuple[str, str], ...], said: argparse.Namespace) -> None:
    """Fit one regression for each label of ``wanted`` (and the label that says nothing of it)."""
    vectorizer = DictVectorizer()
    vectors = vectorizer.fit_transform([one.features for one in days]).tocsr()
    print(f"{path.stem}: {len(days)} learned from, {vectors.shape[1]} features")
    if not said.no_measure:
        for label, unknown in wanted:
            measure(days, vectors, label, unknown)
    if said.measure:
        return
    everything = numpy.ones(len(days), dtype=bool)
    models = [fit(days, vectors, everything, label, unknown) for label, unknown in wanted]
    weight = numpy.max([abs(model.coef_[0]) for model in models], axis=0)
    least = numpy.sort(weight)[-min(KEPT, len(weight))]
    lines = ["\t".join(("", *(f"{model.intercept_[0]:.3f}" for model in models)))]
    for number, name in enumerate(vectorizer.get_feature_names_out()):
        if weight[number] >= least:
            shares = (model.coef_[0][number] * scale_of(name) for model in models)
            line = "\t".join((name, *(f"{share:.3f}" for share in shares)))
            lines.append(line.replace("\n", "\\n"))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines) - 1} weights written")


def main() -> None:
    """Fit, measure, and write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--measure", action="store_true", help="only measure, write nothing")
    parser.add_argument("--no-measure", action="store_true", help="only fit and write")
    said = parser.parse_args()
    days = [*letters(), *wordings(), *passages()]
    learn(WEIGHTS, days, ((LAST_DAY, NO_EVENT), (EVENT, NO_LAST_DAY)), said)
    terms = [*letters_terms(), *wordings_terms(), *passages_terms()]
    learn(TERM_WEIGHTS, terms, ((LAST_DAY, NO_LAST_DAY),), said)


if __name__ == "__main__":
    main()

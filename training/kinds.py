"""Fit ``bot/understanding/weights/kinds.tsv`` to the labelled letters of ``tests/data``.

pip install -e '.[training]'
python -m training.kinds           fit, and print how letters of rounds not fitted to are sorted
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bot.understanding.fold import fold
from bot.understanding.kinds import LONGEST
from bot.understanding.sorting import SCALE, WEIGHTS, features_of
from training.labelled import ROUNDS, notices, wordings_of

KEPT = 8_000
"""Features kept: fewer sort worse."""
SEEN = 3
"""Notices in which a feature has to stand."""
STRENGTH = 4.0
"""Inverse strength of the regularisation (scikit-learn's C)."""
LEAST = 0.02
"""Weights smaller than this are left out."""


@dataclass(frozen=True)
class Sorted:
    """One notice, its kind and its features."""

    source: str
    kind: str
    features: dict[str, float]


def letters() -> Iterator[Sorted]:
    """The notices of the circulars in ``tests/data/unseen``."""
    for one in notices():
        features = features_of(fold(one.item.title), fold(one.text[:LONGEST]))
        yield Sorted(one.source, one.truth["kind"], {name: SCALE[name[0]] for name in features})


def wordings() -> Iterator[Sorted]:
    """The titles and single sentences in ``tests/data/wordings``: feeds send items as short as these."""
    for source, text, kind in wordings_of("kinds"):
        title, _, body = text.partition(" | ")
        features = features_of(fold(title), fold(body))
        yield Sorted(source, kind, {one: SCALE[one[0]] for one in features})


def main() -> None:
    """Measure, fit and write the weights."""
    known = [*letters(), *wordings()]
    vectorizer = DictVectorizer()
    vectors = vectorizer.fit_transform([one.features for one in known]).tocsr()
    often = numpy.asarray((vectors > 0).sum(0)).ravel() >= SEEN
    vectors, names = vectors[:, often], vectorizer.get_feature_names_out()[often]
    kinds = numpy.array([one.kind for one in known])
    prefix = numpy.array([re.match("[a-z]*", one.source)[0] for one in known])  # type: ignore[index]
    right = number = 0
    for name, prefixes in ROUNDS.items():
        left_out = numpy.isin(prefix, prefixes)
        if left_out.any():
            model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(vectors[~left_out], kinds[~left_out])
            good = int((model.predict(vectors[left_out]) == kinds[left_out]).sum())
            print(f"round {name}: {good} of {left_out.sum()} kinds right by their words alone")
            right, number = right + good, number + int(left_out.sum())
    print(f"{len(known)} notices, {vectors.shape[1]} features; {right} of {number} right")
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(vectors, kinds)
    weight = abs(model.coef_).max(axis=0)
    least = numpy.sort(weight)[-min(KEPT, len(weight))]
    lines = ["\t".join(("", *model.classes_)), "\t".join(("", *(f"{one:.3f}" for one in model.intercept_)))]
    for number, name in enumerate(names):
        if weight[number] >= least:
            shares = model.coef_[:, number] * SCALE[name[0]]
            lines.append("\t".join((name, *(f"{one:.2f}" if abs(one) >= LEAST else "" for one in shares))))
    WEIGHTS.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()

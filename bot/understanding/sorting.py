"""A second opinion on a notice's kind, learned from letters: which words its title and text hold.

A logistic regression over the stems of title and text, beside the rules of ``kinds``;
``training/kinds.py`` fits it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from math import exp, fsum, log
from pathlib import Path

from bot.domain.notice import Kind

WEIGHTS = Path(__file__).with_name("weights") / "kinds.tsv"
OPENING = 60
"""Words at the beginning of a text that count by themselves: what is asked or offered stands there."""
SCALE = {"t": 2.0, "T": 1.5, "f": 0.6, "b": 0.4, "B": 0.3}
"""How much a feature counts by its first letter: a word and a pair of words of the title, a word of the
opening, a word and a pair of words of the text."""
_WORD = re.compile(r"[a-z]{3,}|\d{4}")


def features_of(head: str, body: str) -> set[str]:
    """The features of a notice with this folded title and text."""
    title, text = _stems(head), _stems(body)
    told = {"t" + word for word in title} | {f"T{one}_{two}" for one, two in pairwise(title)}
    told |= {"f" + word for word in text[:OPENING]} | {"b" + word for word in text}
    return told | {f"B{one}_{two}" for one, two in pairwise(text)}


def log_shares(head: str, body: str) -> Mapping[Kind, float]:
    """The logarithm of every kind's probability for a folded title and text."""
    kinds, intercepts, known = _weights()
    told: list[list[float]] = [[one] for one in intercepts]
    for feature in features_of(head, body):
        for place, weight in known.get(feature, ()):
            told[place].append(weight)
    sums = [fsum(weights) for weights in told]  # the same whatever the features' order
    most = max(sums)
    whole = most + log(sum(exp(one - most) for one in sums))
    return {kind: one - whole for kind, one in zip(kinds, sums, strict=True)}


def _stems(text: str) -> list[str]:
    return [word[:6] for word in _WORD.findall(text)]


@lru_cache(maxsize=1)
def _weights() -> tuple[tuple[Kind, ...], tuple[float, ...], dict[str, tuple[tuple[int, float], ...]]]:
    lines = WEIGHTS.read_text("utf-8").splitlines()
    kinds = tuple(Kind(name) for name in lines[0].split("\t")[1:])
    intercepts = tuple(float(one) for one in lines[1].split("\t")[1:])
    known: dict[str, tuple[tuple[int, float], ...]] = {}
    for line in lines[2:]:
        feature, *weights = line.split("\t")
        known[feature] = tuple((place, float(one)) for place, one in enumerate(weights) if one)
    return kinds, intercepts, known

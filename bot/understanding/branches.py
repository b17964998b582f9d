"""Long lists of words as patterns, so that they are looked for in less time.

``re`` tries one alternative after the other at every place of the text. Here those that begin with the same
letter are behind that letter once, and those at a word's beginning behind one look at whether it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD = r"\b"
_REPEATED = frozenset("?*+{")


def words(pattern: str) -> re.Pattern[str]:
    """``pattern``, a list of alternatives, compiled: it finds something where the list does; where several
    fit, perhaps another of them. Raises ``re.error`` for what is no pattern."""
    return re.compile(_grouped(list(_alternatives(pattern))))


def _grouped(alternatives: list[str]) -> str:
    """The alternatives as one pattern, grouped by how they begin."""
    groups: dict[str, list[str]] = {}
    for number, alternative in enumerate(alternatives):
        head = _head(alternative)
        groups.setdefault(head or f"{number}:", []).append(alternative[len(head) :])
    parts = []
    for head, rests in groups.items():
        if head.endswith(":"):
            parts += rests
        elif len(rests) == 1:
            parts.append(head + rests[0])
        else:
            parts.append(f"{head}(?:{_grouped(rests) if head == _WORD else '|'.join(rests)})")
    return "|".join(parts)


def _head(alternative: str) -> str:
    r"""``\b``, or the letter that every match begins with; else nothing."""
    if alternative.startswith(_WORD):
        return _WORD
    first, second = alternative[:1], alternative[1:2]
    return first if first.isalpha() and second not in _REPEATED else ""


def _alternatives(pattern: str) -> Iterator[str]:
    """What stands between the bars that are in no brackets."""
    depth, start, place = 0, 0, 0
    while place < len(pattern):
        letter = pattern[place]
        if letter == "\\":
            place += 1
        elif letter == "[":
            place += 3 if pattern[place + 1] == "^" else 2
            while pattern[place] != "]":
                place += 2 if pattern[place] == "\\" else 1
        elif letter in "()":
            depth += 1 if letter == "(" else -1
        elif letter == "|" and not depth:
            yield pattern[start:place]
            start = place + 1
        place += 1
    yield pattern[start:]

"""Sentences of a text, told apart from the dots of dates, hours and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.understanding.fold import fold

_SENTENCE = re.compile(
    r"[.!?\n](?:(?<=\n)|(?<=[a-zçğıöşüA-ZÇĞİÖŞÜ)”\"’'%\]][.!?])(?=\s+[A-ZÇĞİÖŞÜ“\"(0-9])|"
    r"(?<=\d[a-zçğıöşü]{2}\.)(?=\s)|(?<=\d\.)(?=\s+(?:[A-ZÇĞİÖŞÜ][a-zçğıöşü]+|An?)\s))"
)


# Words whose dot ends no sentence, also before a capital letter.
_SHORT = frozenset((
    "no", "sn", "vb", "vd", "av", "dr", "prof", "doc", "yrd", "ltd", "sti", "cad", "mah", "sok", "bulv", "md",
    "art",
    "p.m", "a.m", "tel", "ing", "mr", "mrs", "ms", "st", "bkz", "org", "san", "tic", "dis", "ulus", "inc",
    "co",
))  # fmt: skip


def _is_short(word: str) -> bool:
    return fold(word) in _SHORT or (len(word) == 1 and word.isalpha())


@lru_cache(maxsize=4)  # last days and events are looked for in the same text
def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of the sentences of a text; dots of dates, hours and numbers do not end one."""
    spans, start = [], 0
    for match in _SENTENCE.finditer(text):
        word = text[max(start, match.start() - 6) : match.start()].rsplit(maxsplit=1)[-1:]
        if text[match.start()] == "." and word and _is_short(word[0]):
            continue
        if text[match.start()] == "." and text[start : match.start()].strip(" (").isdigit():
            continue  # a line's number
        if match.end() - start > 1:
            spans.append((start, match.end()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return [piece for span in spans for piece in _pieces(text, *span)]


LONGEST = 1_500
"""Letters of a sentence; what is longer is read in pieces, so that work stays in proportion to the text."""


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST) + 1 or start + LONGEST
        yield start, cut
        start = cut
    yield start, end

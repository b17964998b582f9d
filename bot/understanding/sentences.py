"""Sentences of a text, told apart from the dots of dates, hours and numbers."""

from __future__ import annotations

import re

from bot.understanding.fold import fold

_SENTENCE = re.compile(
    r"(?<=[a-zçğıöşüA-ZÇĞİÖŞÜ)”\"’'%\]])[.!?](?=\s+[A-ZÇĞİÖŞÜ“\"(0-9])|(?<=\d[a-zçğıöşü]{2})\.(?=\s)|"
    r"(?<=\d)\.(?=\s+[A-ZÇĞİÖŞÜ][a-zçğıöşü]+\s)|\n"
)


# Words whose dot ends no sentence, also before a capital letter.
_SHORT = frozenset(
    (
        "no",
        "vb",
        "vd",
        "av",
        "dr",
        "prof",
        "doc",
        "yrd",
        "ltd",
        "sti",
        "cad",
        "mah",
        "sok",
        "bulv",
        "md",
        "art",
    )
    + (
        "p.m",
        "a.m",
        "tel",
        "ing",
        "mr",
        "mrs",
        "ms",
        "st",
        "bkz",
        "org",
        "san",
        "tic",
        "dis",
        "ulus",
        "inc",
        "co",
    )
)


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of the sentences of a text; dots of dates, hours and numbers do not end one."""
    spans, start = [], 0
    for match in _SENTENCE.finditer(text):
        word = text[max(start, match.start() - 6) : match.start()].rsplit(maxsplit=1)[-1:]
        if text[match.start()] == "." and word and (fold(word[0]) in _SHORT or len(word[0]) == 1):
            if not word[0].isdigit() and word[0] not in ")”\"’'%]":
                continue
        if match.end() - start > 1:
            spans.append((start, match.end()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans

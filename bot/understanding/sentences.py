"""Sentences of a text, told apart from the dots of dates, hours and numbers."""

from __future__ import annotations

import re

_SENTENCE = re.compile(
    r"(?<=[a-zçğıöşüA-ZÇĞİÖŞÜ)”\"’'%\]])[.!?](?=\s+[A-ZÇĞİÖŞÜ“\"(0-9])|(?<=\d[a-zçğıöşü]{2})\.(?=\s)|"
    r"(?<=\d)\.(?=\s+[A-ZÇĞİÖŞÜ][a-zçğıöşü]+\s)|\n"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of the sentences of a text; dots of dates, hours and numbers do not end one."""
    spans, start = [], 0
    for match in _SENTENCE.finditer(text):
        if match.end() - start > 1:
            spans.append((start, match.end()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans

"""A newsletter's subjects where they have no numbers: headings below the names of its sections."""

from __future__ import annotations

import re

from bot.understanding.fold import fold
from bot.understanding.text import Paragraph

PAPER = re.compile(r"\b(?:weekly|newsletter|bulletin|bulten\w*|news digest)\b")
# "CONSULTATIONS", "IT TOOLS", "EĞİTİM VE FUAR"
_SECTION = re.compile(r"[^\W\d_a-zçğıöşü]{2,}(?:[ &/,-]{1,3}[^\W\d_a-zçğıöşü]{1,}){0,4}")
_RULE = re.compile(r"[-–—_*=~]{2,}$")
_HEADING = re.compile(r"(?![>•*·–—-])[^\n]{8,120}(?<![.;:,!])$")
_SENTENCE = re.compile(r"[.!?](?:\s|$)")
BODY = 80
"""Letters that a heading's first paragraph has at least; a line of an index is followed by less."""


def subjects(head: list[str], letter: list[Paragraph]) -> list[tuple[str, list[Paragraph]]]:
    """The headings with their paragraphs; none unless ``head`` names a newsletter, and two sections hold one
    each at least."""
    if not any(PAPER.search(fold(line)) for line in head):
        return []
    found: list[tuple[str, list[Paragraph]]] = []
    sections, within, opened = 0, False, False
    for place, one in enumerate(letter):
        following = letter[place + 1].text if place + 1 < len(letter) else ""
        if _SECTION.fullmatch(one.text) and len(one.text) <= 40 and following:
            within, opened = True, False
        elif _RULE.match(one.text):
            within = opened = False
        elif within and _HEADING.match(one.text) and len(following) >= BODY and _SENTENCE.search(following):
            sections += not opened
            opened = True
            found.append((one.text, []))
        elif opened:
            found[-1][1].append(one)
    return found if sections > 1 else []

"""A short summary from the text's own leading statements; nothing is invented."""

from __future__ import annotations

import re

from bot.understanding.fold import fold
from bot.understanding.plain import direct
from bot.understanding.sentences import sentences

ROOM = 520
MOST = 4
"""Sentences of a summary."""
_LEAD = re.compile(
    r"^(?:.{0,260}?(?:yazısına|yazısında|yazıda|bildirimde|yazıya|notuna)\s?(?:atfen|atıfla|istinaden|"
    r"dayanarak)?[^,]{0,140},\s)",
    re.DOTALL,
)


# Addresses and last days stand among the facts; last year's fair is no news.
_NO_STATEMENT = re.compile(
    r"https?://|www\.|^(?:son basvuru|basvuru form|tarih|saat|yer|basvuru|iletisim|irtibat|bilgi icin|"
    r"kayit|deadline|date|"
    r"venue)[^:]{0,30}:|"
    r"bir onceki (?:yil|fuar|toplanti)|tiklayiniz|\b(?:tel|e-posta|dahili)\s?:"
)


def summarize(paragraphs: tuple[str, ...], language: str) -> str:
    """The first ``MOST`` statements within ``ROOM`` letters, without the chain of letters before them."""
    chosen: list[str] = []
    size = 0
    for paragraph in paragraphs:
        if (len(paragraph) < 40 and not paragraph.endswith(".")) or paragraph.startswith(
            ("•", "-", "–", "►")
        ):
            continue
        for start, end in sentences(paragraph):
            sentence = paragraph[start:end].strip()
            if len(sentence) < 25 or sentence.endswith(":") or _NO_STATEMENT.search(fold(sentence)):
                continue
            if language == "tr":
                sentence = _direct(sentence, first=not chosen)
            if size + len(sentence) > ROOM:
                return " ".join(chosen) if chosen else sentence
            chosen.append(sentence)
            size += len(sentence)
            if len(chosen) == MOST:
                return " ".join(chosen)
    return " ".join(chosen) or " ".join(" ".join(paragraphs).split())[:ROOM]


def _direct(sentence: str, *, first: bool) -> str:
    plain = direct(sentence)
    if plain != sentence:
        return plain
    if first:
        lead = _LEAD.match(sentence)
        if lead and len(sentence) - lead.end() > 60 and "yazı" in fold(lead[0]).replace("yazi", "yazı"):
            rest = sentence[lead.end() :].lstrip()
            sentence = (rest[0].replace("i", "İ") if rest[:1] == "i" else rest[:1].upper()) + rest[1:]
    return sentence

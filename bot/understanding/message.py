"""A message that staff typed or pasted: often no letter at all, so nothing of it may be taken for one."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.domain.notice import Document
from bot.domain.topic import TopicTable
from bot.understanding.extract import language_of, understand, understand_item
from bot.understanding.text import RawDocument, paragraphs

TITLE_ROOM = 160
_GREETING = re.compile(
    r"^(?:(?:çok\s)?(?:değerli|sayın|kıymetli)\s[^.!?\n]{0,60}?|dear\s[^.!?\n]{0,60}?|merhaba|"
    r"hello)\s*[,;:!]\s*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"^(.{10,}?[.!?…])(?=\s|$)", re.DOTALL)


def understand_message(text: str, *, topics: TopicTable) -> Document:
    """What a chat message says. At least one notice with a title, whatever was written.

    A pasted letter (it has a number, several items, or nothing of it is lost) is read as a letter; anything
    else is a title with the whole message below it.
    """
    raw = RawDocument(tuple(text.splitlines()), (), "text", False, is_wrapped(text))
    letter = understand(raw, topics=topics)
    if letter.number is not None or len(letter.notices) > 1 or _keeps(letter, text):
        return letter
    healed = [paragraph.text for paragraph in paragraphs(raw)]
    whole = "\n\n".join(healed) or text.strip()
    title, body = _title(healed, whole)
    language = language_of(whole)
    notice = understand_item(title, body, None, topics=topics, published=letter.date, language=language)
    return Document(language, None, letter.date, (notice,), letter.chain, title, letter.partial)


def _keeps(letter: Document, text: str) -> bool:
    """Whether nearly all of the message stands in the one notice that was found, under a title."""
    (notice,) = letter.notices
    kept = len(notice.title) + len(notice.text)
    return (
        bool(notice.title) and len(notice.title) <= TITLE_ROOM and kept >= 0.7 * len(" ".join(text.split()))
    )


def is_wrapped(text: str) -> bool:
    """Whether lines were broken by a program: one ends in mid-sentence, the next goes on in small letters."""
    lines = [line.strip() for line in text.splitlines()]
    return any(
        len(one) >= 50 and one[-1] not in ".:;!?…" and following[:1].islower()
        for one, following in pairwise(lines)
    )


def _title(healed: list[str], whole: str) -> tuple[str, str]:
    """The title and the text below it: a first line that is one, else the first sentence, kept there too."""
    rest = [paragraph for paragraph in healed if _GREETING.sub("", paragraph)]
    first = rest[0] if rest else whole
    if (
        len(rest) > 1
        and len(first) <= TITLE_ROOM
        and not _GREETING.match(first)
        and first[-1] not in ".!?:;,"
    ):
        return first, "\n\n".join(rest[1:])
    bare = _GREETING.sub("", first).strip() or first
    found = _SENTENCE.match(bare)
    sentence = (found[1] if found else bare).strip()
    return _capital(_cut(sentence.rstrip(".")), whole), whole


def _cut(sentence: str) -> str:
    if len(sentence) <= TITLE_ROOM:
        return sentence
    cut = sentence[: TITLE_ROOM - 1]
    return cut[: cut.rfind(" ")].rstrip(" ,;:–-") + "…"


def _capital(title: str, whole: str) -> str:
    if title.startswith("i"):
        return ("İ" if language_of(whole) == "tr" else "I") + title[1:]
    return title[:1].upper() + title[1:]

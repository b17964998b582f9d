"""The topics a notice is filed under."""

from __future__ import annotations

import re

from bot.domain.topic import TopicTable
from bot.understanding.fold import fold


def topics_of(title: str, text: str, table: TopicTable) -> tuple[str, ...]:
    """The topics whose words begin a word of the title or the text, those of the title first."""
    head, body = f" {_plain(title)}", f" {_plain(text[:8000])}"
    scored: list[tuple[int, int, str]] = []
    for order, topic in enumerate(table.topics):
        score = 0
        for word in topic.words:
            needle = f" {_plain(word)}"
            score += 5 * (needle in head) + min(body.count(needle), 3)
        if score >= 2 or (score and needle_is_long(topic.words, body)):
            scored.append((-score, order, topic.key))
    return tuple(key for _, _, key in sorted(scored)[:5])


def needle_is_long(words: tuple[str, ...], body: str) -> bool:
    """One mention is enough for a phrase or a long word; a short one must come twice."""
    return any(len(word) >= 7 and f" {_plain(word)}" in body for word in words)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()

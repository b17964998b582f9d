"""Topics that members choose and notices are filed under, as the association's table has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import ConfigError

KEY_FORM = re.compile(r"^[a-z][a-z0-9_]{0,23}$")


@dataclass(frozen=True, slots=True)
class Topic:
    """``labels`` by language; ``words`` are phrases (either language) whose beginnings are looked for."""

    key: str
    labels: Mapping[str, str]
    words: tuple[str, ...]
    recommended: bool = False


@dataclass(frozen=True, slots=True)
class TopicTable:
    """All topics in the order in which they are shown."""

    topics: tuple[Topic, ...]

    def keys(self) -> tuple[str, ...]:
        return tuple(topic.key for topic in self.topics)

    def label(self, key: str, language: str) -> str:
        """The label of a topic; the key itself when the table no longer has it."""
        for topic in self.topics:
            if topic.key == key:
                return topic.labels.get(language) or topic.labels["tr"]
        return key

    def labels(self, keys: frozenset[str] | tuple[str, ...], language: str) -> tuple[str, ...]:
        """The labels of ``keys`` in the table's order."""
        return tuple(self.label(key, language) for key in self.keys() if key in keys)

    def recommended(self) -> frozenset[str]:
        return frozenset(topic.key for topic in self.topics if topic.recommended)


def parse_topics(data: Mapping[str, Any]) -> TopicTable:
    """The table of a topics file: ``[topic_key]`` with ``tr``, ``en``, ``words``, ``recommended``.

    Raises ``ConfigError`` naming every topic that cannot be used.
    """
    problems: list[str] = []
    topics: list[Topic] = []
    for key, entry in data.items():
        if not KEY_FORM.match(key):
            problems.append(f"Topic {key!r}: the name must be a-z, 0-9 and _, at most 24 characters.")
        elif not isinstance(entry, Mapping) or not entry.get("tr") or not entry.get("en"):
            problems.append(f"Topic {key!r}: it needs a label in both languages (tr, en).")
        else:
            words = tuple(str(word) for word in entry.get("words", ()))
            labels = {"tr": str(entry["tr"]), "en": str(entry["en"])}
            topics.append(Topic(key, labels, words, bool(entry.get("recommended", False))))
    if not problems and not topics:
        problems.append("The topics file has no topics.")
    if problems:
        raise ConfigError(problems)
    return TopicTable(tuple(topics))

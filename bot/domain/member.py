"""Who receives: a member is any receiving chat (a person, a group, a channel)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from bot.domain.notice import Nature
from bot.domain.schedule import USUAL, Preferences

LANGUAGES: tuple[str, ...] = ("tr", "en")
"""The product's languages; their index is the store's small integer."""


class ChatKind(IntEnum):
    PERSON = 0
    GROUP = 1
    CHANNEL = 2


class MemberState(IntEnum):
    ACTIVE = 0
    STOPPED = 1
    BLOCKED = 2
    GONE = 3


@dataclass(frozen=True, slots=True)
class Member:
    """A subscriber: the chat, its language, its choice of topics, how often it wants to hear, and which
    notices that are not merely informational it consented to."""

    id: int
    chat_id: int
    kind: ChatKind
    language: str
    state: MemberState
    topics: frozenset[str]
    subscribed_at: datetime
    preferences: Preferences = USUAL
    consents: frozenset[Nature] = frozenset()

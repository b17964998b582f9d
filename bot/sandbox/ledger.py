"""What the server accepted, when and for whom: the truth against which delivery is measured."""

from __future__ import annotations

import sys
from collections import Counter
from typing import NamedTuple


class Accepted(NamedTuple):
    """One accepted message; ``text`` as it was parsed."""

    n: int
    time: float
    method: str
    chat_id: int
    message_id: int
    text: str


class Ledger:
    """All accepted sends, in order."""

    def __init__(self) -> None:
        self.accepted: list[Accepted] = []
        self._keyboards: dict[tuple[int, int], str] = {}

    def add(
        self, time: float, method: str, chat_id: int, message_id: int, text: str, keyboard: str = ""
    ) -> None:
        """One accepted message; ``keyboard`` is the inline keyboard as JSON, "" without one."""
        self.accepted.append(Accepted(len(self.accepted) + 1, time, method, chat_id, message_id, text))
        self._keyboards[chat_id, message_id] = sys.intern(keyboard)

    def keyboard(self, chat_id: int, message_id: int) -> str | None:
        """The inline keyboard of an accepted message as JSON, "" without one; None: no such message."""
        return self._keyboards.get((chat_id, message_id))

    def set_keyboard(self, chat_id: int, message_id: int, keyboard: str) -> None:
        self._keyboards[chat_id, message_id] = sys.intern(keyboard)

    def count(self) -> int:
        return len(self.accepted)

    def for_chat(self, chat_id: int) -> list[Accepted]:
        return [row for row in self.accepted if row.chat_id == chat_id]

    def copies(self) -> Counter[tuple[int, str]]:
        """How often each text reached each chat."""
        return Counter((row.chat_id, row.text) for row in self.accepted)

    def per_chat(self) -> Counter[int]:
        """How many messages each chat got."""
        return Counter(row.chat_id for row in self.accepted)

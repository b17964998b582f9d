"""What the server accepted, when and for whom: the truth against which delivery is measured."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accepted:
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

    def add(self, time: float, method: str, chat_id: int, message_id: int, text: str) -> None:
        self.accepted.append(Accepted(len(self.accepted) + 1, time, method, chat_id, message_id, text))

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

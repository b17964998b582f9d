"""Faults on demand: what a server does wrong, per method and chat, by chance and by number."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

KINDS = ("delay", "hang", "reset_before", "reset_after", "server_error", "garbage", "error", "flood")


@dataclass
class Fault:
    """``kind`` is one of ``KINDS``; ``method`` and ``chat_id`` narrow it (None: all); it strikes with
    ``probability``, at most ``times`` times (None: for ever). ``seconds`` is the delay or retry_after,
    ``code`` and ``text`` the answer of ``error``, ``migrate_to`` its ``migrate_to_chat_id``."""

    kind: str
    method: str | None = None
    chat_id: int | None = None
    probability: float = 1.0
    times: int | None = None
    seconds: float = 1.0
    code: int = 403
    text: str = "Forbidden: bot was blocked by the user"
    migrate_to: int | None = None


class Faults:
    """The scripted faults; the first that fits strikes."""

    def __init__(self, seed: int = 1) -> None:
        self._faults: list[Fault] = []
        self._chance = random.Random(seed)

    def add(self, **fault: Any) -> Fault:
        """Add a fault. Raises ``ValueError`` for an unknown kind."""
        made = Fault(**fault)
        if made.kind not in KINDS:
            raise ValueError(f"There is no fault {made.kind!r}; there are {', '.join(KINDS)}.")
        self._faults.append(made)
        return made

    def listed(self) -> list[Fault]:
        """The faults in the order they are tried."""
        return list(self._faults)

    def clear(self) -> None:
        self._faults.clear()

    def strike(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that hits this call, if any."""
        for fault in self._faults:
            if fault.times == 0 or (fault.method and fault.method.lower() != method):
                continue
            if fault.chat_id is not None and fault.chat_id != chat_id:
                continue
            if self._chance.random() < fault.probability:
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None

"""Faults on demand: what a server does wrong, per method and chat, by chance and by number."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields
from typing import Any

KINDS = ("delay", "hang", "reset_before", "reset_after", "server_error", "garbage", "error", "flood")
# Refusals by name: an ``error`` fault of this name has its code and words.
NAMED = {
    "unauthorized": (401, "Unauthorized"),
    "blocked": (403, "Forbidden: bot was blocked by the user"),
    "deactivated": (403, "Forbidden: user is deactivated"),
    "not_started": (403, "Forbidden: bot can't initiate conversation with a user"),
    "bot": (403, "Forbidden: the bot can't send messages to the bot"),
    "kicked_from_group": (403, "Forbidden: bot was kicked from the group chat"),
    "kicked_from_supergroup": (403, "Forbidden: bot was kicked from the supergroup chat"),
    "kicked_from_channel": (403, "Forbidden: bot was kicked from the channel chat"),
    "not_in_group": (403, "Forbidden: bot is not a member of the group chat"),
    "not_in_supergroup": (403, "Forbidden: bot is not a member of the supergroup chat"),
    "not_in_channel": (403, "Forbidden: bot is not a member of the channel chat"),
    "group_deleted": (403, "Forbidden: the group chat was deleted"),
    "chat_not_found": (400, "Bad Request: chat not found"),
    "migrated": (400, "Bad Request: group chat was upgraded to a supergroup chat"),
    "no_write_access": (400, "Bad Request: have no write access to the chat"),
    "logged_out": (400, "Logged out"),
    "conflict": (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    ),
    "restart": (500, "Internal Server Error: restart"),
}


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
        """Add a fault; ``kind`` may also be one of ``NAMED``. Raises ``ValueError`` for an unknown one."""
        if fault.get("kind") in NAMED:
            code, text = NAMED[fault["kind"]]
            fault = {"code": code, "text": text, **fault, "kind": "error"}
        try:
            made = Fault(**fault)
        except TypeError:
            known = ", ".join(one.name for one in fields(Fault))
            raise ValueError(f"A fault has a kind and perhaps {known.removeprefix('kind, ')}.") from None
        if made.kind not in KINDS:
            raise ValueError(f"There is no fault {made.kind!r}; there are {', '.join((*KINDS, *NAMED))}.")
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

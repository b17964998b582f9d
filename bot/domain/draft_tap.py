"""What a button under a draft says: which circular, which version of it, what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

PREFIX = "sd"
_FORM = re.compile(r"^sd:(\d{1,12}):(\d{1,9}):([a-z]{1,9}):(\d{1,4}):([a-z0-9_]{0,24})$", re.ASCII)


@dataclass(frozen=True, slots=True)
class DraftTap:
    """``position`` is the item's place in the circular (0: the circular itself or its only item)."""

    root_id: int
    version: int
    action: str
    position: int = 0
    argument: str = ""

    def data(self) -> str:
        """The callback data, at most 64 bytes."""
        return f"{PREFIX}:{self.root_id}:{self.version}:{self.action}:{self.position}:{self.argument}"


def parse_draft_tap(data: str) -> DraftTap | None:
    """The tap of callback data; None for anything this bot would not have written itself."""
    found = _FORM.fullmatch(data)
    if found is None:
        return None
    root_id, version, action, position, argument = found.groups()
    return DraftTap(int(root_id), int(version), action, int(position), argument)

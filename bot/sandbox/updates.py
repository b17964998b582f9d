"""The bot's update queue, by the rules of getUpdates."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from typing import Any

DEFAULT_OFF = {"chat_member", "message_reaction", "message_reaction_count"}
Update = dict[str, Any]


class UpdateQueue:
    """Updates until they are acknowledged by a higher offset."""

    def __init__(self, seed: int | None = None) -> None:
        self._next = random.Random(seed).randint(2_000_001, 900_000_000)
        self._waiting: deque[Update] = deque()
        self._changed = asyncio.Event()
        self._allowed: set[str] | None = None
        self._poller = 0

    def put(self, kind: str, payload: Any) -> None:
        """Queue an update unless its kind was not asked for; only then it takes an id."""
        if (kind not in self._allowed) if self._allowed else (kind in DEFAULT_OFF):
            return
        self._waiting.append({"update_id": self._next, kind: payload})
        self._next += 1
        self._changed.set()

    def allow(self, kinds: object) -> None:
        """What ``allowed_updates`` says; an empty list or nothing known means the default."""
        if isinstance(kinds, list):
            self._allowed = {str(kind) for kind in kinds} or None

    @property
    def pending(self) -> int:
        return len(self._waiting)

    async def get(self, offset: int, limit: int, timeout: float) -> list[Update] | None:
        """The oldest updates from ``offset`` on; None when a newer poller took over (409)."""
        self._poller += 1
        me = self._poller
        self._changed.set()
        self._confirm(offset)
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while not self._waiting:
            self._changed.clear()
            left = end - loop.time()
            if left <= 0:
                return []
            try:
                await asyncio.wait_for(self._changed.wait(), left)
            except TimeoutError:
                return []
            if self._poller != me:
                return None
        await asyncio.sleep(0.001)
        if self._poller != me:
            return None
        return list(self._waiting)[:limit]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        while self._waiting and offset > 0 and self._waiting[0]["update_id"] < offset:
            self._waiting.popleft()

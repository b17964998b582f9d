"""Telegram's limits as token buckets: off unless switched on."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class _Bucket:
    tokens: float
    at: float
    rate: float


class Limits:
    """30 messages a second overall, 1 in a private chat (a burst of 3), 20 a minute in a group.

    Edits count as messages. ``clock`` tells seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.on = False
        self.clock = clock
        self.overall = (30.0, 30.0)
        self.private = (1.0, 3.0)
        self.group = (20 / 60, 20.0)
        self._buckets: dict[int, _Bucket] = {}
        self._done: dict[str, float] = {}

    def refuse(self, chat_id: int) -> int | None:
        """Book a message to ``chat_id``; the seconds to wait when it is too many."""
        if not self.on:
            return None
        now = self.clock()
        buckets = [
            self._bucket(0, *self.overall, now),
            self._bucket(chat_id, *(self.private if chat_id > 0 else self.group), now),
        ]
        longest = max((1 - bucket.tokens) / bucket.rate for bucket in buckets)
        if longest > 0:
            return math.ceil(longest)
        for bucket in buckets:
            bucket.tokens -= 1
        return None

    def too_soon(self, what: str, seconds: float) -> bool:
        """Whether ``what`` was done less than so many seconds ago; if not, it is done now."""
        now = self.clock()
        if self.on and now - self._done.get(what, now - seconds) < seconds:
            return True
        self._done[what] = now
        return False

    def forget(self) -> None:
        """Begin with full buckets."""
        self._buckets.clear()

    def _bucket(self, key: int, rate: float, size: float, now: float) -> _Bucket:
        bucket = self._buckets.setdefault(key, _Bucket(size, now, rate))
        bucket.tokens = min(size, bucket.tokens + (now - bucket.at) * rate)
        bucket.at = now
        return bucket

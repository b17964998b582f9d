"""Telegram's limits as token buckets: off unless switched on."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass


@dataclass
class _Bucket:
    tokens: float
    at: float


class Limits:
    """30 messages a second overall, 1 in a private chat (a burst of 3), 20 a minute in a group; edits count."""

    def __init__(self) -> None:
        self.on = False
        self.overall = (30.0, 30.0)
        self.private = (1.0, 3.0)
        self.group = (20 / 60, 20.0)
        self._buckets: dict[int, _Bucket] = {}

    def refuse(self, chat_id: int) -> int | None:
        """Book a message to ``chat_id``; the seconds to wait when it is too many."""
        if not self.on:
            return None
        now = time.monotonic()
        waits = [
            self._take(0, *self.overall, now),
            self._take(chat_id, *(self.private if chat_id > 0 else self.group), now),
        ]
        longest = max(waits)
        return math.ceil(longest) if longest > 0 else None

    def _take(self, key: int, rate: float, size: float, now: float) -> float:
        bucket = self._buckets.setdefault(key, _Bucket(size, now))
        bucket.tokens = min(size, bucket.tokens + (now - bucket.at) * rate)
        bucket.at = now
        if bucket.tokens < 1:
            return (1 - bucket.tokens) / rate
        bucket.tokens -= 1
        return 0.0

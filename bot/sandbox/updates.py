"""The bot's update queue, by the rules of getUpdates."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from itertools import islice
from typing import Any

DEFAULT_OFF = {"chat_member", "message_reaction", "message_reaction_count"}
FAR_AHEAD = 10
KINDS = {
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
}
Update = dict[str, Any]


class UpdateQueue:
    """Updates until they are acknowledged by a higher offset."""

    def __init__(self, seed: int | None = None) -> None:
        self._next = random.Random(seed).randint(2_000_001, 900_000_000)
        self._waiting: deque[Update] = deque()
        self._changed = asyncio.Event()
        self.allowed: set[str] | None = None
        self._poller = 0
        self.held = asyncio.Event()  # set while a poll waits

    def put(self, kind: str, payload: Any) -> None:
        """Queue an update unless its kind was not asked for; only then it takes an id."""
        if (kind not in self.allowed) if self.allowed else (kind in DEFAULT_OFF):
            return
        self._waiting.append({"update_id": self._next, kind: payload})
        self._next += 1
        self._changed.set()

    def allow(self, kinds: object) -> None:
        """What ``allowed_updates`` says; an empty list or nothing known means the default."""
        if isinstance(kinds, list):
            self.allowed = {str(kind) for kind in kinds} & KINDS or None

    def take_over(self) -> None:
        """End a waiting poll: it gets None."""
        self._poller += 1
        self._changed.set()

    def drop(self) -> None:
        """Forget all that waits."""
        self._waiting.clear()

    async def first(self) -> Update:
        """The oldest update, once there is one; it stays until ``confirm``."""
        while not self._waiting:
            self._changed.clear()
            await self._changed.wait()
        return self._waiting[0]

    def confirm(self, update_id: int) -> None:
        """Forget this update and those before it."""
        while self._waiting and self._waiting[0]["update_id"] <= update_id:
            self._waiting.popleft()

    def unseen(self, most: int = 500) -> list[tuple[int, int]]:
        """Chat and number of the oldest messages that the bot has not taken yet."""
        found = []
        for update in islice(self._waiting, most):
            message = update.get("message") or update.get("channel_post")
            if message:
                found.append((message["chat"]["id"], message["message_id"]))
        return found

    @property
    def pending(self) -> int:
        return len(self._waiting)

    async def get(self, offset: int, limit: int, timeout: float) -> list[Update] | None:
        """The oldest updates from ``offset`` on; None when a newer poller took over (409)."""
        self.take_over()
        me = self._poller
        self._confirm(offset)
        self.held.set()
        try:
            if not await self._wait(me, timeout):
                return []
            await asyncio.sleep(0.001)  # as Telegram does, so that a burst comes together
            return list(self._waiting)[:limit] if self._poller == me else None
        finally:
            if self._poller == me:
                self.held.clear()

    async def _wait(self, me: int, timeout: float) -> bool:
        """Whether there is something to say within ``timeout`` seconds: updates, or a newer poller."""
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while not self._waiting and self._poller == me:
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), max(end - loop.time(), 0))
            except TimeoutError:
                return False
        return True

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        # An offset far ahead is of another server's numbering: Telegram then begins at the oldest update.
        elif 0 < offset <= self._next + FAR_AHEAD:
            self.confirm(offset - 1)

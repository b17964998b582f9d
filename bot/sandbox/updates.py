"""The bot's update queue, by the rules of getUpdates."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from itertools import islice
from typing import Any

DEFAULT_OFF = {"chat_member", "message_reaction", "message_reaction_count"}
FAR_AHEAD = 10
MOST_WAITING = 100_000
DAY = 86_400.0
# How many seconds an update waits for its bot; all other kinds a day.
LIFE = {
    "callback_query": 150.0,
    "shipping_query": 150.0,
    "pre_checkout_query": 150.0,
    "inline_query": 30.0,
    "chosen_inline_result": 600.0,
}
HURRY = 3.0  # seconds within which a poll repeated with the same offset is held back
RUSH = 0.5  # and within which it gets one update only
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
    """Updates until they are acknowledged by a higher offset, or too old.

    ``clock`` tells seconds that only go forward, for the updates' age; at most ``most`` wait.
    """

    def __init__(self, seed: int | None = None) -> None:
        self._next = random.Random(seed).randint(2_000_001, 900_000_000)
        self._waiting: dict[int, tuple[float, Update]] = {}  # when it goes, by id
        self._changed = asyncio.Event()
        self.allowed: set[str] | None = None
        self._poller = 0
        self.clock: Callable[[], float] = time.monotonic
        self.most = MOST_WAITING
        self._looked = 0.0
        self._last_poll: tuple[int, float] = (0, -HURRY)
        self._last_conflict = -HURRY
        self.held = asyncio.Event()  # set while a poll waits

    def put(self, kind: str, payload: Any) -> None:
        """Queue an update unless its kind was not asked for or too many wait; only then it takes an id."""
        if (kind not in self.allowed) if self.allowed else (kind in DEFAULT_OFF):
            return
        self._drop_old()
        if len(self._waiting) >= self.most:
            return
        update = {"update_id": self._next, kind: payload}
        self._waiting[self._next] = (self.clock() + LIFE.get(kind, DAY), update)
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

    async def after(self, update_id: int) -> list[Update]:
        """The updates with higher ids, once there are some; they stay until they are forgotten."""
        while True:
            self._drop_old()
            found = [update for number, (_, update) in self._waiting.items() if number > update_id]
            if found:
                return found
            self._changed.clear()
            await self._changed.wait()

    def waits(self, update_id: int) -> bool:
        """Whether an update is still to be delivered."""
        self._drop_old()
        return update_id in self._waiting

    def forget(self, update_id: int) -> None:
        """This update has been taken."""
        self._waiting.pop(update_id, None)

    def confirm(self, update_id: int) -> None:
        """Forget this update and those before it."""
        for number in [number for number in self._waiting if number <= update_id]:
            del self._waiting[number]

    def unseen(self, most: int = 500) -> list[tuple[int, int]]:
        """Chat and number of the oldest messages that the bot has not taken yet."""
        found = []
        for _, update in islice(self._waiting.values(), most):
            message = update.get("message") or update.get("channel_post")
            if message:
                found.append((message["chat"]["id"], message["message_id"]))
        return found

    @property
    def pending(self) -> int:
        self._drop_old()
        return len(self._waiting)

    async def get(
        self, offset: int, limit: int, timeout: float, *, patient: bool = False
    ) -> list[Update] | None:
        """The oldest updates from ``offset`` on; None when a newer poller took over (409).

        ``patient``: with Telegram's brakes on polls that come too fast.
        """
        self.take_over()
        me = self._poller
        if patient:
            limit, timeout = self._braked(offset, limit, timeout)
        self._confirm(offset)
        self.held.set()
        try:
            if not await self._wait(me, timeout):
                return []
            await asyncio.sleep(0.001)  # as Telegram does, so that a burst comes together
            if self._poller == me:
                return [update for _, update in self._waiting.values()][:limit]
        finally:
            if self._poller == me:
                self.held.clear()
        if patient:
            await self._brake_conflict()
        return None

    def _braked(self, offset: int, limit: int, timeout: float) -> tuple[int, float]:
        """Limit and timeout of a poll; one that repeats the offset at once waits, and gets little."""
        last, at = self._last_poll
        since = self.clock() - at
        self._last_poll = (offset, self.clock())
        if offset != last:
            return limit, timeout
        return 1 if since < RUSH else limit, max(timeout, HURRY) if since < HURRY else timeout

    async def _brake_conflict(self) -> None:
        since = self.clock() - self._last_conflict
        self._last_conflict = self.clock()
        if since < HURRY:
            await asyncio.sleep(HURRY)

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
        self._drop_old()
        if offset < 0:
            for number in list(self._waiting)[:offset]:
                del self._waiting[number]
        # An offset far ahead is of another server's numbering: Telegram then begins at the oldest update.
        elif 0 < offset <= self._next + FAR_AHEAD:
            self.confirm(offset - 1)

    def _drop_old(self) -> None:
        """Forget what is too old; looked for at most once a second."""
        now = self.clock()
        if now - self._looked >= 1:
            self._looked = now
            for number in [number for number, (end, _) in self._waiting.items() if end <= now]:
                del self._waiting[number]

"""Telegram's side of the dispatcher: every call leaves when its turn comes.

By timer and callback, without a task for each call: at a thousand messages a second those cost more than the
messages. Monotonic time only.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Iterable
from functools import partial

from bot.delivery.limiter import TICK_SECONDS, Limiter
from bot.delivery.line import Line, Waiting
from bot.delivery.outcomes import Outcome
from bot.delivery.sender import Sender

log = logging.getLogger(__name__)

Landed = Callable[[Waiting, Outcome, float, int], None]
Withdraw = Callable[[Iterable[Waiting]], None]


class Departures:
    """Starts the calls of ``line`` one by one as ``limiter`` lets them.

    ``landed`` is told what came of each: the row, the outcome, when its call began and which message number
    was to come next then (``next_number``). Rows that waited longer than ``stale_seconds`` are another's by
    now: they go to ``withdraw`` instead.
    """

    def __init__(
        self,
        line: Line,
        limiter: Limiter,
        sender: Sender,
        *,
        landed: Landed,
        withdraw: Withdraw,
        next_number: Callable[[], int],
        stale_seconds: float,
    ) -> None:
        self._line = line
        self._limiter = limiter
        self._sender = sender
        self._landed = landed
        self._withdraw = withdraw
        self._next_number = next_number
        self._stale_seconds = stale_seconds
        self._under_way: dict[int, Waiting] = {}
        self._calls = 0
        self._closed = self._held = False
        self._timer: asyncio.TimerHandle | None = None
        self._empty = asyncio.Event()
        self._ended: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        return len(self._under_way)

    def under_way(self) -> Iterable[Waiting]:
        """The rows whose calls have no answer yet."""
        return self._under_way.values()

    def open(self) -> asyncio.Future[None]:
        """Let calls leave; done, perhaps with an error, once none leaves any more."""
        self._ended = asyncio.get_running_loop().create_future()
        if self._closed:
            self._ended.set_result(None)
        return self._ended

    def close(self) -> None:
        """No call leaves any more."""
        self._closed = True
        self._cancel_timer()
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(None)

    def hold(self) -> None:
        """Let none leave for the time being."""
        self._held = True
        self._cancel_timer()

    def go_on(self) -> None:
        """Let them leave again."""
        self._held = False
        self.look()

    def look(self) -> None:
        """After rows came: start every call whose turn it is, and the others when theirs comes."""
        soon = asyncio.get_running_loop().time() + self._pause()
        if self._timer is None or self._line.urgent or self._timer.when() > soon:
            self._go()

    def _go(self) -> None:
        self._cancel_timer()
        if self._closed or self._held or self._ended is None:
            return
        try:
            wait = self._start_ready()
        except Exception as error:  # out of a timer nobody would hear of it
            self._closed = True
            if not self._ended.done():
                self._ended.set_exception(error)
            return
        if wait is not None and not self._closed:
            # uvloop cuts a delay to whole milliseconds: rounded up, so that nobody wakes up in vain.
            least = TICK_SECONDS if self._line.urgent else self._pause()
            self._timer = asyncio.get_running_loop().call_later(max(wait, least) + 0.001, self._go)

    def _pause(self) -> float:
        return self._limiter.pause(time.monotonic())

    async def finish(self, seconds: float) -> None:
        """Wait for what is under way, at most so many seconds; then nobody hears of it any more."""
        if self._under_way:
            self._empty.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._empty.wait()
        self._under_way.clear()
        self._sender.end_posts()

    def _start_ready(self) -> float | None:
        """Seconds until the next call's turn; None without one."""
        while True:
            now = time.monotonic()
            ready = self._line.take_ready(self._limiter, now)
            if ready is None:
                return None
            if not isinstance(ready, Waiting):
                return ready - now
            if now - ready.since > self._stale_seconds:  # we were asleep: others may hold this row by now
                self._withdraw([ready])
                continue
            self._limiter.take(ready.row.chat_id, now)
            self._calls += 1
            self._under_way[self._calls] = ready
            heed = partial(self._answered, self._calls, now, self._next_number())
            self._sender.post(ready.method, ready.call(), heed)

    def _answered(self, number: int, started: float, expected: int, outcome: Outcome) -> None:
        waiting = self._under_way.pop(number, None)
        if waiting is None:
            return
        try:
            self._landed(waiting, outcome, started, expected)
        except Exception:
            log.exception("A message was left under way")
        if not self._under_way:
            self._empty.set()

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

"""How fast we may send. Pure: the caller passes monotonic seconds.

Telegram's public limits: about 30 messages a second over all chats, one a second in a chat, 20 a
minute in a group; edits count like messages (https://core.telegram.org/bots/faq, tdlib/td#3034).
There is no burst: a pacer that catches up after a stall breaks the limit in the worst second. But to wake
up for each call costs more than the call, so a few that follow each other may leave together.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping

GROUP_PER_MINUTE = 20
CHAT_SECONDS = 1.0
LONG_SECONDS = 5.0  # a 429 that lasts longer is meant for the bot
STORM = 3  # so are 429s to so many chats at once
REMEMBERED_CHATS = 10_000
# Timers are coarse and fire late: at a high rate so much may be made up for. The gap between calls
# is longer by a larger share, so that no second has more than its rate, at the server neither: there calls
# arrive together that a busy network or machine held up for as long as the rest.
LATENESS = 0.01
SPARE = 0.02
TICK_SECONDS = 0.008  # what falls due within it leaves together
# At a low rate so many leave together at most, at this distance at most; fewer for a while after somebody
# waited for an answer, since who asks twice in a second waits for the next group.
TOGETHER = (6, 0.21)
TOGETHER_ASKED = (3, 0.11)
ASKED_SECONDS = 5.0
WHOLE_GROUPS = 0.985  # and only where whole groups make up so much of the rate
SECOND = 1.01  # a second, at the server too, has one call more than the rate at most
DECREASE = 0.7  # a 429 that is meant for the bot lowers the rate to so much of what it was
RECOVERY = 0.005  # it grows again by so much of the full rate a second
LOWEST = 0.1


class Limiter:
    """Tells when the next call may leave; ``take`` books it.

    ``rate_per_second`` calls (at least 1), in no second more than one above it, one a second to a chat, 20 a
    minute to a group (a negative ``chat_id``). After a 429 that is meant for the bot the rate is lower and
    grows again (additive increase, multiplicative decrease). Raises ``ValueError`` for a rate that is not
    above zero.
    """

    def __init__(self, rate_per_second: float) -> None:
        if rate_per_second <= 0:
            raise ValueError("the rate must be above zero")
        self.rate_per_second = rate_per_second
        self._senders = 1
        self._full_at = 0.0
        self._next = 0.0
        self._second: deque[float] = deque(maxlen=math.ceil(rate_per_second) + 1)
        self._chats: dict[int, float] = {}
        self._groups: dict[int, deque[float]] = {}
        self._closed_until = 0.0
        self._asked_until = -math.inf
        self._refusals: deque[tuple[float, int]] = deque(maxlen=STORM * 4)

    def ready_at(self, chat_id: int, now: float) -> float:
        """The earliest moment for a call to ``chat_id``, not before ``now``."""
        at = self.overall_ready_at(now)
        closed = self._chats.get(chat_id)
        if closed is not None and closed > at:
            at = closed
        sent = self._groups.get(chat_id) if chat_id < 0 else None
        if sent and len(sent) == GROUP_PER_MINUTE:
            return max(at, sent[0] + 60.0)
        return at

    def take(self, chat_id: int, now: float) -> None:
        """Book a call that leaves now."""
        gap = self._gap(now)
        earliest = now - LATENESS - gap * (self._together(gap, now) - 1)
        self._second.append(now)
        self._next = (self._next if self._next > earliest else earliest) + gap
        self._close_chat(chat_id, now + CHAT_SECONDS, now)
        if chat_id < 0:
            self._groups.setdefault(chat_id, deque(maxlen=GROUP_PER_MINUTE)).append(now)

    def refused(self, chat_id: int, seconds: float, now: float) -> None:
        """A 429 to ``chat_id``. It closes the chat; a long one, or one to the third chat within a second,
        concerns the bot as a whole and closes everything (https://github.com/tdlib/td/issues/1062)."""
        self._refusals.append((now, chat_id))
        recent = {chat for at, chat in self._refusals if now - at < 1.0}
        whole = seconds > LONG_SECONDS or len(recent) >= STORM
        if whole and now >= self._closed_until:  # those that were under way together count once
            self._slow_down(now + seconds)
        self.close(now + seconds, None if whole else chat_id)

    def rate(self, now: float) -> float:
        """Calls a second at the moment: what 429s left of the full rate, shared among all senders."""
        if now >= self._full_at:
            return self.rate_per_second / self._senders
        missing = RECOVERY * (self._full_at - now)
        return self.rate_per_second * max(LOWEST, 1.0 - missing) / self._senders

    def pause(self, now: float) -> float:
        """How long nobody needs to wake up, if nobody waits for an answer: what falls due meanwhile may leave
        together."""
        gap = self._gap(now)
        return max(TICK_SECONDS, self._next + gap * (self._together(gap, now) - 1) - now)

    def asked(self, now: float) -> None:
        """Somebody waits for an answer and may ask again soon."""
        self._asked_until = now + ASKED_SECONDS

    def _gap(self, now: float) -> float:
        return (1.0 + SPARE) / self.rate(now)

    def _together(self, gap: float, now: float) -> int:
        """How many calls may leave together; with several senders each for itself."""
        if self._senders > 1:
            return 1
        most, seconds = TOGETHER_ASKED if now < self._asked_until else TOGETHER
        whole = math.ceil(self.rate_per_second)
        for number in range(most, 1, -1):
            if number * gap <= seconds and whole // number * number >= WHOLE_GROUPS * whole:
                return number
        return 1

    def share(self, senders: int) -> None:
        """So many senders (at least 1) have one rate among them."""
        self._senders = max(1, senders)

    @property
    def full_at(self) -> float:
        """When the full rate is reached again; kept over restarts and given back to ``slow_until``."""
        return self._full_at

    def slow_until(self, full_at: float) -> None:
        """The rate grows to its full value until then."""
        self._full_at = max(self._full_at, full_at)

    def _slow_down(self, again: float) -> None:
        """Multiplicative decrease from ``again`` on, additive increase after it."""
        kept = max(LOWEST, max(LOWEST, 1.0 - RECOVERY * max(0.0, self._full_at - again)) * DECREASE)
        self._full_at = again + (1.0 - kept) / RECOVERY

    def overall_ready_at(self, now: float) -> float:
        """The earliest moment for any call at all."""
        at = self._next if self._next > now else now
        if len(self._second) == self._second.maxlen and self._second[0] + SECOND > at:
            at = self._second[0] + SECOND
        return self._closed_until if self._closed_until > at else at

    def close(self, until: float, chat_id: int | None = None) -> None:
        """Nothing to ``chat_id`` (None: to nobody) before ``until``."""
        if chat_id is None:
            self._closed_until = max(self._closed_until, until)
        else:
            self._chats[chat_id] = max(self._chats.get(chat_id, 0.0), until)

    def _close_chat(self, chat_id: int, until: float, now: float) -> None:
        if len(self._chats) > REMEMBERED_CHATS:
            self._chats = {chat: at for chat, at in self._chats.items() if at > now}
        closed = self._chats.get(chat_id)
        if closed is None or closed < until:
            self._chats[chat_id] = until


def reopen(limiter: Limiter, closed: Mapping[str, int], offset: float) -> None:
    """Tell a new limiter what an earlier one had learnt: scopes of the throttle with their ends in epoch
    milliseconds; ``offset`` turns epoch seconds into its own."""
    for scope, until_ms in closed.items():
        until = until_ms / 1000 + offset
        if scope == "rate":
            limiter.slow_until(until)
        else:
            limiter.close(until, int(scope.removeprefix("chat:")) if scope.startswith("chat:") else None)

"""How fast we may send. Pure: the caller passes monotonic seconds.

Telegram's public limits: about 30 messages a second over all chats, one a second in a chat, 20 a
minute in a group; edits count like messages (https://core.telegram.org/bots/faq, tdlib/td#3034).
There is no burst: a pacer that catches up after a stall breaks the limit in the worst second.
"""

from __future__ import annotations

from collections import deque

GROUP_PER_MINUTE = 20
PRIVATE_SECONDS = 1.0
REMEMBERED_CHATS = 50_000


class Limiter:
    """Tells when the next call may leave; ``take`` books it."""

    def __init__(self, rate_per_second: float) -> None:
        if rate_per_second <= 0:
            raise ValueError("the rate must be above zero")
        self._gap = 1.0 / rate_per_second
        self._next = 0.0
        self._chats: dict[int, float] = {}
        self._groups: dict[int, deque[float]] = {}
        self._closed_until = 0.0
        self._chat_closed: dict[int, float] = {}

    def ready_at(self, chat_id: int, now: float) -> float:
        """The earliest moment for a call to ``chat_id``, not before ``now``."""
        at = max(now, self._next, self._closed_until, self._chat_closed.get(chat_id, 0.0))
        if chat_id > 0:
            return max(at, self._chats.get(chat_id, 0.0))
        sent = self._groups.get(chat_id)
        if sent and len(sent) >= GROUP_PER_MINUTE:
            return max(at, sent[-GROUP_PER_MINUTE] + 60.0)
        return at

    def take(self, chat_id: int, now: float) -> None:
        """Book a call that leaves now."""
        self._next = max(self._next, now) + self._gap if self._next > now else now + self._gap
        if chat_id > 0:
            if len(self._chats) > REMEMBERED_CHATS:
                self._chats = {chat: at for chat, at in self._chats.items() if at > now}
            self._chats[chat_id] = now + PRIVATE_SECONDS
        else:
            self._groups.setdefault(chat_id, deque(maxlen=GROUP_PER_MINUTE)).append(now)

    def overall_ready_at(self, now: float) -> float:
        """The earliest moment for any call at all."""
        return max(now, self._next, self._closed_until)

    def close(self, until: float, chat_id: int | None = None) -> None:
        """A 429: nothing to ``chat_id`` (None: to nobody) before ``until``."""
        if chat_id is None:
            self._closed_until = max(self._closed_until, until)
        else:
            self._chat_closed[chat_id] = max(self._chat_closed.get(chat_id, 0.0), until)

"""The dispatcher's doubts: what it tells the reconciler of rows, calls and Telegram's numbers."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from datetime import datetime

from bot.delivery.ledger import Done, Ledger, TakenOver
from bot.delivery.line import Question, Waiting
from bot.delivery.outcomes import Outcome, Sent, Unknown
from bot.delivery.policy import Unsent
from bot.delivery.reconcile import (
    CRASH,
    NO_ANSWER,
    PROBED_METHODS,
    Ask,
    Decide,
    Held,
    Numbering,
    Reconciler,
)
from bot.domain.counter import shares_counter
from bot.store.suspects import Numbers


class Doubt:
    """Rows whose arrival is not known, and what is known of Telegram's numbers.

    Without ``probes`` nothing is held. ``ask`` and ``decide`` as for ``Reconciler``.
    """

    def __init__(self, ledger: Ledger, ask: Ask, decide: Decide, *, probes: bool, settle: float) -> None:
        self._probes = probes
        self._numbering = Numbering()
        self.reconciler = Reconciler(self._numbering, ask, ledger.records, decide, settle)

    def __len__(self) -> int:
        return len(self.reconciler)

    @property
    def last(self) -> int:
        """The highest number known: what is leased now gets a higher one."""
        return self._numbering.last

    def take_over(self, taken: TakenOver, now: datetime) -> list[Done]:
        """Hold what another process lost; what may simply be repeated comes back, to be given back."""
        known = taken.numbers
        self._numbering.last = max(self._numbering.last, taken.highest)
        if known is not None:
            self._numbering.last = max(self._numbering.last, known.last)
            self._numbering.broken = self._numbering.broken or known.broken
        repeated = []
        for lost in taken.lost:
            if lost.method not in PROBED_METHODS:
                repeated.append(Done(lost.row, Unsent(), now))
                continue
            held = Held(lost.row, lost.body, lost.floor, lost.expected, time.monotonic(), lost.at, CRASH)
            self.reconciler.add(held)
        return repeated

    def heed(self, waiting: Waiting, outcome: Outcome, started: float, expected: int, now: datetime) -> bool:
        """Learn from a call that ``started`` (monotonic) when ``expected`` was the next number; whether the
        row is held from now on."""
        row = waiting.row
        if isinstance(row, Question) or waiting.method not in PROBED_METHODS:
            return False
        if isinstance(outcome, Sent):
            number = outcome.message_id
            if number is not None and shares_counter(row.chat_id):
                self._numbering.saw(number, waiting.floor)
                self.reconciler.saw(number, started)
            return False
        if not isinstance(outcome, Unknown) or not self._probes:
            return False
        ended = time.monotonic()
        at = math.floor(now.timestamp() - (ended - waiting.since))
        self.reconciler.add(Held(row, waiting.body, waiting.floor, expected, ended, at, NO_ANSWER))
        return True

    def numbers(self, waiting: Iterable[Waiting], now: datetime) -> Numbers:
        """What a successor must know to look for what we hold: nothing of it has a lower number."""
        rows = [one for one in waiting if not isinstance(one.row, Question)]
        floors = [row.floor for row in rows]
        clock = time.monotonic()
        since = math.floor(now.timestamp() - (clock - min((row.since for row in rows), default=clock)))
        held_floor, held_since = self.reconciler.floor, self.reconciler.since
        return Numbers(
            min([self.last, *floors, *([] if held_floor is None else [held_floor])]),
            self.last,
            self._numbering.broken,
            since if held_since is None else min(since, held_since),
        )

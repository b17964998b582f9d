"""The line of leased rows that wait for their slot: answers to people first, nobody behind a closed chat."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.delivery.letter import Letter
from bot.delivery.limiter import Limiter
from bot.delivery.outcomes import Outcome
from bot.delivery.policy import Unsent
from bot.store.answers import AnswerRow
from bot.store.leases import Claim


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A call about a message in a chat; ``answer`` gets what came of it."""

    chat_id: int
    answer: asyncio.Future[Outcome | Unsent]

    def reply(self, outcome: Outcome | Unsent) -> None:
        if not self.answer.done():
            self.answer.set_result(outcome)


@dataclass(slots=True, eq=False)
class Waiting:
    """A leased row or a question with its call; ``since`` is the monotonic second of its lease, ``floor``
    the highest message number known then. Without a ``letter`` the ``body`` holds all parameters, else the
    letter only needs an address."""

    row: AnswerRow | Claim | Question
    method: str
    body: Mapping[str, Any]
    since: float
    floor: int = 0
    letter: Letter | None = None

    def call(self) -> bytes | Mapping[str, Any]:
        """What is to be posted."""
        row = self.row
        if self.letter is None:
            return self.body
        return self.letter.to(row.chat_id, silent=isinstance(row, Claim) and row.silent)


class Line:
    """Rows in order of their leases; answers overtake questions, and these overtake broadcasts."""

    def __init__(self) -> None:
        self._answers: list[Waiting] = []
        self._questions: list[Waiting] = []
        self._claims: list[Waiting] = []

    def __len__(self) -> int:
        return len(self._answers) + len(self._questions) + len(self._claims)

    @property
    def claims(self) -> int:
        """How many rows of broadcasts wait."""
        return len(self._claims)

    @property
    def urgent(self) -> bool:
        """Whether somebody waits for an answer or a question."""
        return bool(self._answers or self._questions)

    def add(self, waiting: Waiting) -> None:
        match waiting.row:
            case AnswerRow():
                self._answers.append(waiting)
            case Question():
                self._questions.append(waiting)
            case Claim():
                self._claims.append(waiting)

    def rows(self) -> Iterator[Waiting]:
        """All that wait."""
        return itertools.chain(self._answers, self._questions, self._claims)

    def take_ready(self, limiter: Limiter, now: float) -> Waiting | float | None:
        """The row whose turn it is, out of the line; or the second when there will be one; None when the
        line is empty. A row that may not go yet does not hold up the rows behind it."""
        if not len(self):
            return None
        overall = limiter.overall_ready_at(now)
        if overall > now:
            return overall
        soonest = float("inf")
        for rows in (self._answers, self._questions, self._claims):
            for n, waiting in enumerate(rows):
                at = limiter.ready_at(waiting.row.chat_id, now)
                if at <= now:
                    return rows.pop(n)
                soonest = min(soonest, at)
        return soonest

    def take_out(self, unfit: Callable[[Waiting], bool]) -> list[Waiting]:
        """Remove the rows that are ``unfit`` and return them."""
        out = [waiting for waiting in self.rows() if unfit(waiting)]
        if out:
            self._answers = [waiting for waiting in self._answers if waiting not in out]
            self._questions = [waiting for waiting in self._questions if waiting not in out]
            self._claims = [waiting for waiting in self._claims if waiting not in out]
        return out

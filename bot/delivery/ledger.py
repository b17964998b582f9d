"""The dispatcher's side of the store: results and what follows from them in, leased rows out.

One transaction does both, so that a crash finds either all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.limiter import LONG_SECONDS
from bot.delivery.outcomes import Gone, Moved, Outcome, Rejected, RetryAt
from bot.delivery.policy import ATTEMPT_CAP, Unsent, answer_result, delivery_result
from bot.store import answers, copies, leases, outbox, throttle
from bot.store.answers import AnswerRow
from bot.store.db import TROUBLE, Database
from bot.store.leases import Claim

STORE_TROUBLE = TROUBLE

LEASE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Done:
    """A leased row and what became of it ``at`` a moment."""

    row: AnswerRow | Claim
    outcome: Outcome | Unsent
    at: datetime


@dataclass(frozen=True, slots=True)
class Paused:
    """A broadcast that a fault of its content stopped, with Telegram's words."""

    broadcast_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Broadcasts that have no open row left."""

    broadcast_ids: tuple[int, ...]


News = Paused | Finished


@dataclass(slots=True)
class Exchange:
    """What one transaction brought: rows to send, the methods and bodies of their messages, the messages
    that edits and replies are about, what to tell others, and whether there may be ``more`` rows than
    there was room for."""

    answers: list[AnswerRow] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    bodies: dict[int, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    targets: dict[tuple[int, int], int] = field(default_factory=dict)
    news: list[News] = field(default_factory=list)
    more: bool = False


class Ledger:
    """What one owner of leases reads and writes. All methods may raise one of ``STORE_TROUBLE``, and then
    nothing of them has happened."""

    def __init__(self, db: Database, owner: int, *, broadcasts: bool) -> None:
        self._db = db
        self._owner = owner
        self._broadcasts = broadcasts
        self.shared = not db.is_sqlite

    async def take_over(self, now: datetime) -> tuple[int, dict[str, int]]:
        """Give back what an earlier process left unfinished; how many rows, and the scopes that a 429
        closed with their ends in epoch milliseconds.

        An SQLite file has one owner (``delivery.owner``): every other's lease is dead. On PostgreSQL
        several workers live side by side, and a lease is dead when it has run out.
        """
        async with self._db.write() as connection:
            given_back = 0
            for recover in (leases.recover, answers.recover):
                given_back += await recover(
                    connection, now, self._owner, ATTEMPT_CAP, run_out_only=self.shared
                )
            return given_back, await throttle.load(connection, int(now.timestamp() * 1000))

    async def anything(self, now: datetime) -> bool:
        """Whether ``exchange`` would find work; reads only."""
        async with self._db.read() as connection:
            return await answers.waiting(connection, now) or await leases.waiting(connection, now)

    async def exchange(
        self,
        done: Sequence[Done],
        now: datetime,
        *,
        answer_room: int,
        room: int,
        claim_room: int,
        finish: bool,
    ) -> Exchange:
        """Record what is done, then lease up to ``answer_room`` answers and, in what they leave of ``room``,
        up to ``claim_room`` rows of broadcasts; ``finish`` also closes complete broadcasts."""
        found = Exchange()
        async with self._db.write() as connection:
            found.news += await self._record(connection, done, now)
            if answer_room > 0:
                found.answers = await answers.claim(connection, self._owner, now, LEASE_SECONDS, answer_room)
                found.more = len(found.answers) >= answer_room
            wanted = min(claim_room, room - len(found.answers))
            if self._broadcasts:
                if wanted > 0:
                    found.claims = await leases.claim(connection, self._owner, now, LEASE_SECONDS, wanted)
                found.more = found.more or len(found.claims) >= wanted
            if found.claims:
                ids = {claim.message_id for claim in found.claims}
                found.bodies = await outbox.message_bodies(connection, sorted(ids))
                addressed = await copies.address(connection, found.claims, found.bodies, now)
                found.claims, found.targets = addressed.claims, addressed.targets
            if finish and (complete := await leases.finish(connection, now)):
                found.news.append(Finished(tuple(complete)))
        return found

    async def _record(self, connection: AsyncConnection, done: Sequence[Done], now: datetime) -> list[News]:
        results = [
            delivery_result(one.row, one.outcome, one.at) for one in done if isinstance(one.row, Claim)
        ]
        if results:
            await leases.mark(connection, results, self._owner, now)
        paused: list[News] = []
        for one in done:
            if isinstance(one.row, AnswerRow):
                await self._record_answer(connection, one.row, one)
            if isinstance(one.outcome, RetryAt):
                await _record_throttle(connection, one.outcome, one)
            if isinstance(one.row, Claim) and await _record_claim(connection, one.row, one.outcome, now):
                assert isinstance(one.outcome, Rejected)
                paused.append(Paused(one.row.broadcast_id, one.outcome.text))
        return paused

    async def _record_answer(self, connection: AsyncConnection, row: AnswerRow, done: Done) -> None:
        result = answer_result(row.attempts, done.outcome, done.at)
        await answers.mark(
            connection,
            row,
            self._owner,
            result.state,
            done.at,
            telegram_message_id=result.message_id,
            not_before=result.not_before,
            counted=result.counted,
        )


async def _record_throttle(connection: AsyncConnection, outcome: RetryAt, done: Done) -> None:
    until = int((done.at.timestamp() + outcome.after_seconds) * 1000)
    scope = "all" if outcome.after_seconds > LONG_SECONDS else f"chat:{done.row.chat_id}"
    await throttle.put(connection, scope, until)


async def _record_claim(
    connection: AsyncConnection, claim: Claim, outcome: Outcome | Unsent, now: datetime
) -> bool:
    """What an outcome tells of the member and the broadcast; True when it paused the broadcast."""
    if isinstance(outcome, Moved):
        await outbox.move_member(connection, claim.member_id, outcome.chat_id)
    if isinstance(outcome, Gone):
        await outbox.set_member_state(connection, claim.member_id, outcome.state, now)
    if isinstance(outcome, Rejected) and not outcome.content:
        await copies.send_anew(connection, claim.broadcast_id, claim.member_id)
    if isinstance(outcome, Rejected) and outcome.content:
        return await outbox.pause(connection, claim.broadcast_id, outcome.text)
    return False

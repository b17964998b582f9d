"""The dispatcher's side of the store: results and what follows from them in, leased rows out.

One transaction does both, so that a crash finds either all of it or nothing.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.delivery.limiter import LONG_SECONDS
from bot.delivery.outcomes import Gone, Moved, Rejected, RetryAt, Sent
from bot.delivery.policy import (
    CAPS,
    Absent,
    Foreign,
    Found,
    Happened,
    Undecided,
    answer_result,
    delivery_result,
)
from bot.delivery.records import Records
from bot.store import answers, copies, digests, explained, leases, outbox, senders, suspects, throttle
from bot.store.answers import AnswerRow
from bot.store.db import TROUBLE, Database
from bot.store.leases import Claim
from bot.store.suspects import Decision, Numbers, Suspect

log = logging.getLogger(__name__)

STORE_TROUBLE = TROUBLE

LEASE_SECONDS = 120
SLOW = "rate"
"""The throttle's scope that tells until when the rate is lowered."""

AfterCrash = Literal["probe", "resend", "hold"]


@dataclass(slots=True)
class Done:
    """A leased row and what became of it ``at`` a moment."""

    row: AnswerRow | Claim
    outcome: Happened | Foreign
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


@dataclass(slots=True)
class TakenOver:
    """What an earlier process left: rows ``given_back``, or ``lost`` ones that are ours now; what it knew of
    Telegram's ``numbers``, or the ``highest`` in any row when that is nothing; and the scopes that a 429
    ``closed`` (ends in epoch milliseconds)."""

    given_back: int = 0
    lost: list[Suspect] = field(default_factory=list)
    numbers: Numbers | None = None
    highest: int = 0
    closed: dict[str, int] = field(default_factory=dict)


class Ledger:
    """What one owner of leases reads and writes. All methods may raise one of ``STORE_TROUBLE``, and then
    nothing of them has happened. ``after_crash`` is what to do with rows whose arrival is not known."""

    def __init__(
        self,
        db: Database,
        owner: int,
        *,
        broadcasts: bool,
        after_crash: AfterCrash,
        lease_seconds: int = LEASE_SECONDS,
    ) -> None:
        self._lease_seconds = lease_seconds
        self._slow_until = 0.0
        self._db = db
        self._owner = owner
        self._broadcasts = broadcasts
        self._after_crash = after_crash
        self._look = after_crash != "hold"
        self._quick = True
        self._cap = CAPS[after_crash]
        self.shared = not db.is_sqlite
        self.records = Records(db, owner)

    async def take_over(self, now: datetime) -> TakenOver:
        """Take over what an earlier process left unfinished: to be looked into, or given back at once.

        An SQLite file has one owner (``delivery.owner``): every other's lease is dead. On PostgreSQL
        several workers live side by side, and a lease is dead when it has run out.
        """
        taken = TakenOver()
        if self.shared:
            await self._end_frozen()
        async with self._db.write() as connection:
            if self._look:
                await self._hold_what_was_lost(connection, now, taken)
            else:
                for recover in (leases.recover, answers.recover):
                    taken.given_back += await recover(
                        connection, now, self._owner, self._cap, run_out_only=self.shared
                    )
            await digests.settle(connection, now)
            taken.closed = await throttle.load(connection, int(now.timestamp() * 1000))
        return taken

    async def _end_frozen(self) -> None:
        async with self._db.write() as connection:
            if ended := await senders.end_frozen(connection):
                log.warning("Ended %d database connections of frozen processes", ended)

    async def _hold_what_was_lost(self, connection: AsyncConnection, now: datetime, taken: TakenOver) -> None:
        # Who asked waits: a second copy of an answer harms nobody, a minute's search in a busy chat does.
        # What is lost a second time is looked for: there is no third copy, and nobody is left out.
        resend = self._after_crash == "resend"
        cap, run_out = CAPS["resend"], self.shared
        if resend:
            taken.given_back += await leases.repeat(connection, now, self._owner, cap, run_out_only=run_out)
        taken.given_back += await answers.repeat(
            connection, now, self._owner, cap, run_out_only=run_out, to_updates=not resend
        )
        if self.shared:
            await suspects.renew(connection, self._owner, now, self._lease_seconds)
        taken.lost, taken.numbers = await suspects.take_over(
            connection, now, self._owner, self._lease_seconds, run_out_only=self.shared
        )
        if taken.numbers is not None:
            await suspects.note_numbers(connection, self._owner, taken.numbers)
            await suspects.forget_numbers(connection, self._owner, now, alone=not self.shared)
        else:
            taken.highest = await explained.highest_number(connection)

    async def quiet(self) -> None:
        """Until nobody is at the database: see ``Database.quiet``."""
        await self._db.quiet()

    async def beat(self) -> int:
        """Say that this sender lives; how many do."""
        async with self._db.write() as connection:
            return await senders.beat(connection, self._owner)

    async def leave(self) -> None:
        """Say that this sender ends."""
        async with self._db.write() as connection:
            await senders.leave(connection, self._owner)

    async def anything(self, now: datetime) -> bool:
        """Whether ``exchange`` would find work; reads only."""
        if self._db.is_sqlite:
            dialect, at = self._db.engine.dialect, epoch(now)
            return await self._db.read_at_once(
                lambda raw: (
                    answers.waiting_at_once(raw, dialect, at) or leases.waiting_at_once(raw, dialect, at)
                )
            )
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
        numbers: Numbers,
        slow_until: float = 0.0,
        told: bool = False,
    ) -> Exchange:
        """Record what is done and the ``numbers`` known before anything is leased, then lease up to
        ``answer_room`` answers and, in what they leave of ``room``, up to ``claim_room`` rows of broadcasts;
        ``finish`` also closes complete broadcasts; ``slow_until`` (epoch seconds) is when the full rate is
        reached again; ``told`` that something new waits."""
        slow = slow_until > max(now.timestamp(), self._slow_until + 1.0)
        if not slow and not told:
            quickly = await self._exchange_quickly(
                done, now, min(claim_room, room), numbers, look=answer_room > 0, finish=finish
            )
            if quickly is not None:
                return quickly

        async def exchange(connection: AsyncConnection) -> Exchange:
            found = Exchange()
            found.news += await self._record(connection, done, now)
            if answer_room > 0:
                claimed = await answers.claim(connection, self._owner, now, self._lease_seconds, answer_room)
                found.more = len(claimed) >= answer_room
                unwanted = await digests.withdraw(connection, [row.id for row in claimed], now)
                found.answers = [row for row in claimed if row.id not in unwanted]
            wanted = min(claim_room, room - len(found.answers))
            if self._broadcasts:
                if wanted > 0:
                    found.claims = await leases.claim(
                        connection, self._owner, now, self._lease_seconds, wanted
                    )
                found.more = found.more or len(found.claims) >= wanted
            if found.claims:
                ids = {claim.message_id for claim in found.claims}
                found.bodies = await outbox.message_bodies(connection, sorted(ids))
                addressed = await copies.address(connection, found.claims, found.bodies, now)
                found.claims, found.targets = addressed.claims, addressed.targets
                self._quick = not any(copies.is_about_another(*body) for body in found.bodies.values())
            if self._look:
                await suspects.note_numbers(connection, self._owner, numbers)
            if self._look and self.shared:
                await suspects.note_floors(connection, found.claims)
            if slow:
                await throttle.put(connection, SLOW, int(slow_until * 1000))
            if finish and (complete := await leases.finish(connection, now)):
                found.news.append(Finished(tuple(complete)))
            return found

        found = await self._db.write_whole(exchange)
        if slow:
            self._slow_until = slow_until
        return found

    async def _exchange_quickly(
        self,
        done: Sequence[Done],
        now: datetime,
        wanted: int,
        numbers: Numbers,
        *,
        look: bool,
        finish: bool,
    ) -> Exchange | None:
        """``exchange`` where all that is done arrived and only more of the same waits, as nearly always
        at full speed: in one go. None where that is not so; then nothing has happened."""
        if self.shared or not self._quick or not self._broadcasts:
            return None
        sent = [
            (one.row, one.outcome.message_id)
            for one in done
            if isinstance(one.row, Claim) and isinstance(one.outcome, Sent)
        ]
        if len(sent) < len(done):
            return None
        owner, dialect, at = self._owner, self._db.engine.dialect, epoch(now)

        def mark_and_claim(raw: sqlite3.Connection) -> Exchange:
            found = Exchange()
            if look and answers.waiting_at_once(raw, dialect, at):
                raise _NotSoQuick
            leases.mark_sent_at_once(raw, dialect, owner, sent)
            if wanted > 0:
                found.claims = leases.claim_at_once(raw, dialect, owner, at, self._lease_seconds, wanted)
            ids = {claim.message_id for claim in found.claims}
            found.bodies = outbox.message_bodies_at_once(raw, dialect, ids)
            if any(copies.is_about_another(*body) for body in found.bodies.values()):
                self._quick = False
                raise _NotSoQuick
            if finish and leases.complete_at_once(raw, dialect):
                raise _NotSoQuick
            if self._look:
                suspects.note_numbers_at_once(raw, dialect, owner, numbers)
            found.more = len(found.claims) >= wanted
            return found

        try:
            return await self._db.write_at_once(mark_and_claim)
        except _NotSoQuick:
            return None

    async def _record(self, connection: AsyncConnection, done: Sequence[Done], now: datetime) -> list[News]:
        await suspects.note_decisions(connection, _decisions(done), now)
        results = [
            delivery_result(one.row, one.outcome, one.at, self._cap)
            for one in done
            if isinstance(one.row, Claim) and not isinstance(one.outcome, Foreign)
        ]
        if results:
            await leases.mark(connection, results, self._owner, now)
        paused: list[News] = []
        answered = []
        for one in done:
            row, outcome = one.row, one.outcome
            # Nothing more follows from a message of a broadcast that arrived, and most did.
            if isinstance(outcome, Foreign) or (isinstance(row, Claim) and isinstance(outcome, Sent)):
                continue
            if isinstance(row, AnswerRow):
                answered.append(row.id)
                await self._record_answer(connection, row, outcome, one.at)
            if isinstance(outcome, RetryAt):
                await _record_throttle(connection, outcome, one)
            if isinstance(row, Claim) and await _record_claim(connection, row, outcome, now):
                assert isinstance(outcome, Rejected)
                paused.append(Paused(row.broadcast_id, outcome.text))
        if answered:
            await digests.settle(connection, now, answered)
        return paused

    async def _record_answer(
        self, connection: AsyncConnection, row: AnswerRow, outcome: Happened, at: datetime
    ) -> None:
        if isinstance(outcome, Gone):
            await outbox.set_chat_state(connection, row.chat_id, outcome.state, at)
        if isinstance(outcome, Undecided) and await suspects.reminder_is_over(connection, row.id, at):
            outcome = replace(outcome, over=True)
        result = answer_result(row.attempts, outcome, at, self._cap)
        await answers.mark(
            connection,
            row,
            self._owner,
            result.state,
            at,
            telegram_message_id=result.message_id,
            not_before=result.not_before,
            counted=result.counted,
        )


class _NotSoQuick(Exception):
    """There is more to do than to mark and to lease."""


def _decisions(done: Sequence[Done]) -> list[Decision]:
    decisions = []
    for one in done:
        match one.outcome:
            case Found(message_id, cause, probes):
                decisions.append(Decision(one.row, cause, "found", message_id, probes))
            case Absent(cause, _, probes):
                decisions.append(Decision(one.row, cause, "absent", None, probes))
            case Undecided(cause, probes):
                decisions.append(Decision(one.row, cause, "undecided", None, probes))
            case Foreign(message_id, cause):
                decisions.append(Decision(one.row, cause, "foreign", message_id))
    return decisions


async def _record_throttle(connection: AsyncConnection, outcome: RetryAt, done: Done) -> None:
    until = int((done.at.timestamp() + outcome.after_seconds) * 1000)
    scope = "all" if outcome.after_seconds > LONG_SECONDS else f"chat:{done.row.chat_id}"
    await throttle.put(connection, scope, until)


async def _record_claim(connection: AsyncConnection, claim: Claim, outcome: Happened, now: datetime) -> bool:
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

"""The dispatcher: one long-lived loop from rows to Telegram and back to rows.

Answers to people go before broadcasts. What is leased bounds what a crash makes ambiguous, so rows
are leased as they can be sent, and results are recorded in small groups. The clock given moves due
work only; the limiter and the waits use monotonic time.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from sqlalchemy.exc import OperationalError

from bot.clock import Clock
from bot.delivery.limiter import Limiter
from bot.delivery.outcomes import Fatal, Gone, Moved, NotSent, Outcome, Rejected, RetryAt, Sent, Unknown
from bot.delivery.sender import Sender
from bot.domain.member import MemberState
from bot.errors import TelegramFatal
from bot.metrics import Metrics
from bot.store import answers, outbox, throttle
from bot.store.answers import AnswerRow
from bot.store.db import Database
from bot.store.outbox import Claim, Result
from bot.store.tables import AnswerState, DeliveryState

log = logging.getLogger(__name__)

LEASE_SECONDS = 120
ATTEMPT_CAP = 2
GROUP_SECONDS = 0.05
NOT_SENT_PAUSE = timedelta(seconds=5)
IDLE_SECONDS = 1.0

OnFinished = Callable[[list[int]], Awaitable[None]]
OnTrouble = Callable[[int, str], Awaitable[None]]


class Dispatcher:
    """Sends what waits until it is stopped; ``wake`` it after a commit that queued something."""

    def __init__(
        self,
        db: Database,
        sender: Sender,
        limiter: Limiter,
        clock: Clock,
        metrics: Metrics,
        *,
        owner: int,
        in_flight: int,
        on_finished: OnFinished | None = None,
        on_trouble: OnTrouble | None = None,
        broadcasts: bool = True,
    ) -> None:
        self._db = db
        self._sender = sender
        self._limiter = limiter
        self._clock = clock
        self._metrics = metrics
        self._owner = owner
        self._in_flight = in_flight
        self._on_finished = on_finished
        self._on_trouble = on_trouble
        self._broadcasts = broadcasts
        self._wake = asyncio.Event()
        self._stopping = False
        self._running: set[asyncio.Task[None]] = set()
        self._results: list[Result] = []
        self._bodies: dict[int, tuple[str, dict[str, Any]]] = {}
        self._fatal: str | None = None

    def wake(self) -> None:
        self._wake.set()

    async def stop(self) -> None:
        """Lease nothing more; what is under way is finished and recorded by ``run``."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Send until stopped. Raises ``TelegramFatal`` when the token is refused; rows stay queued."""
        await self._recover()
        try:
            while not self._stopping and self._fatal is None:
                self._wake.clear()
                worked = await self._round()
                if not worked:
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._wake.wait(), IDLE_SECONDS)
        finally:
            await self._drain()
        if self._fatal is not None:
            raise TelegramFatal(f"Telegram refuses the bot token: {self._fatal}")

    async def _recover(self) -> None:
        async with self._db.write() as connection:
            now = self._clock.now()
            given_back = await outbox.recover(connection, now, self._owner, ATTEMPT_CAP)
            given_back += await answers.recover(connection, now, self._owner, ATTEMPT_CAP)
            closed = await throttle.load(connection, _now_ms(self._clock))
        for scope, until_ms in closed.items():
            wait = (until_ms - _now_ms(self._clock)) / 1000
            self._limiter.close(time.monotonic() + wait, _chat_of(scope))
        if given_back:
            log.info("Took over %d messages that an earlier process left unfinished", given_back)

    async def _round(self) -> bool:
        """Lease what there is room for and send it; True when there was something to do."""
        room = self._in_flight - len(self._running)
        if room <= 0:
            await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED, timeout=GROUP_SECONDS)
            await self._record()
            return True
        waiting, claims = await self._claim(room)
        for row in waiting:
            self._start(self._answer(row))
        for claim in claims:
            await self._pace(claim.chat_id)
            self._start(self._deliver(claim))
        if self._results:
            await self._record()
        if not waiting and not claims and self._running:
            await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED, timeout=GROUP_SECONDS)
            await self._record()
            return True
        return bool(waiting or claims)

    async def _claim(self, room: int) -> tuple[list[AnswerRow], list[Claim]]:
        now = self._clock.now()
        async with self._db.write() as connection:
            await self._mark(connection)
            waiting = await answers.claim(connection, self._owner, now, LEASE_SECONDS, room)
            claims: list[Claim] = []
            if self._broadcasts and room > len(waiting) and not self._stopping:
                claims = await outbox.claim(connection, self._owner, now, LEASE_SECONDS, room - len(waiting))
            missing = {claim.message_id for claim in claims} - self._bodies.keys()
            if missing:
                self._bodies |= await outbox.message_bodies(connection, sorted(missing))
            finished = [] if claims or self._running else await outbox.finish(connection, now)
        if finished and self._on_finished:
            await self._on_finished(finished)
        return waiting, claims

    async def _pace(self, chat_id: int) -> None:
        while True:
            now = time.monotonic()
            at = self._limiter.ready_at(chat_id, now)
            if at <= now:
                self._limiter.take(chat_id, now)
                return
            await asyncio.sleep(min(at - now, 1.0))
            if self._results:
                await self._record()

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _deliver(self, claim: Claim) -> None:
        method, body = self._bodies[claim.message_id]
        call = {**body, "chat_id": claim.chat_id}
        if claim.silent:
            call["disable_notification"] = True
        outcome = await self._sender.call(method, call)
        self._count(outcome)
        await self._note_refusal(outcome, claim.chat_id)
        if isinstance(outcome, Rejected) and outcome.content:
            await self._pause(claim.broadcast_id, outcome.text)
        if isinstance(outcome, Moved):
            async with self._db.write() as connection:
                await outbox.move_member(connection, claim.member_id, outcome.chat_id)
        if isinstance(outcome, Gone):
            async with self._db.write() as connection:
                await outbox.set_member_state(connection, claim.member_id, outcome.state, self._clock.now())
        self._results.append(self._result(claim, outcome))

    def _result(self, claim: Claim, outcome: Outcome) -> Result:
        """The policy: what an outcome means for the row."""
        now = self._clock.now()
        match outcome:
            case Sent():
                return Result(claim, DeliveryState.SENT, outcome.message_id)
            case RetryAt():
                later = now + timedelta(seconds=outcome.after_seconds)
                return Result(claim, DeliveryState.QUEUED, not_before=later, counted=False)
            case NotSent():
                return Result(claim, DeliveryState.QUEUED, not_before=now + NOT_SENT_PAUSE, counted=False)
            case Moved():
                return Result(claim, DeliveryState.QUEUED, counted=False)
            case Fatal():
                return Result(claim, DeliveryState.QUEUED, counted=False)
            case Gone():
                state = (
                    DeliveryState.BLOCKED if outcome.state is MemberState.BLOCKED else DeliveryState.FAILED
                )
                return Result(claim, state, error_code=403, error_text=outcome.text)
            case Rejected():
                if outcome.content:  # the broadcast is paused; once it is mended the row goes again
                    return Result(claim, DeliveryState.QUEUED, counted=False, error_text=outcome.text)
                return Result(claim, DeliveryState.FAILED, error_code=outcome.code, error_text=outcome.text)
            case Unknown():
                again = claim.attempts < ATTEMPT_CAP
                state = DeliveryState.QUEUED if again else DeliveryState.UNKNOWN
                return Result(claim, state, error_text=outcome.text)

    async def _answer(self, row: AnswerRow) -> None:
        await self._pace(row.chat_id)
        outcome = await self._sender.call(row.method, row.body)
        self._count(outcome)
        await self._note_refusal(outcome, row.chat_id)
        now = self._clock.now()
        state, later, counted, message_id = AnswerState.FAILED, None, True, None
        match outcome:
            case Sent():
                state, message_id = AnswerState.SENT, outcome.message_id
            case RetryAt():
                state, counted = AnswerState.QUEUED, False
                later = now + timedelta(seconds=outcome.after_seconds)
            case NotSent():
                state, counted, later = AnswerState.QUEUED, False, now + NOT_SENT_PAUSE
            case Fatal():
                state, counted = AnswerState.QUEUED, False
            case Rejected() if "message is not modified" in outcome.text:
                state = AnswerState.SENT
            case Unknown():
                again = row.attempts < ATTEMPT_CAP
                state = AnswerState.QUEUED if again else AnswerState.UNKNOWN
            case _:
                log.warning("An answer was refused: %s", getattr(outcome, "text", outcome))
        async with self._db.write() as connection:
            await answers.mark(
                connection,
                row,
                self._owner,
                state,
                now,
                telegram_message_id=message_id,
                not_before=later,
                counted=counted,
            )
        self._wake.set()

    async def _note_refusal(self, outcome: Outcome, chat_id: int) -> None:
        if isinstance(outcome, Fatal):
            self._fatal = outcome.text
        if not isinstance(outcome, RetryAt):
            return
        # A long wait concerns the bot as a whole; a short one usually the chat (tdlib/td#1062).
        scope = None if outcome.after_seconds > 5 else chat_id
        self._limiter.close(time.monotonic() + outcome.after_seconds, scope)
        until = _now_ms(self._clock) + int(outcome.after_seconds * 1000)
        async with self._db.write() as connection:
            await throttle.put(connection, "all" if scope is None else f"chat:{chat_id}", until)

    async def _pause(self, broadcast_id: int, text: str) -> None:
        async with self._db.write() as connection:
            paused = await outbox.pause(connection, broadcast_id, text)
        if paused and self._on_trouble:
            await self._on_trouble(broadcast_id, text)

    async def _record(self) -> None:
        if not self._results:
            return
        async with self._db.write() as connection:
            await self._mark(connection)

    async def _mark(self, connection: Any) -> None:
        """Record what is known; on a locked database the mark is tried again, never the send."""
        results, self._results = self._results, []
        try:
            await outbox.mark(connection, results, self._owner, self._clock.now())
        except OperationalError:
            self._results = results + self._results
            raise

    async def _drain(self) -> None:
        if self._running:
            await asyncio.wait(self._running, timeout=20)
        await self._record()

    def _count(self, outcome: Outcome) -> None:
        self._metrics.calls.labels(outcome=type(outcome).__name__).inc()


def _now_ms(clock: Clock) -> int:
    return int(clock.now().timestamp() * 1000)


def _chat_of(scope: str) -> int | None:
    return int(scope.removeprefix("chat:")) if scope.startswith("chat:") else None

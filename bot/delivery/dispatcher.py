"""The dispatcher: from leased rows to Telegram and back to rows, until it is stopped.

One loop exchanges results for leased rows with the store; beside it what is leased departs, each row when
the limiter lets it, answers to people before broadcasts. What is leased bounds
what a crash makes ambiguous, so only rows are leased that can be sent soon. The clock given moves due
work only; the limiter, the waits and the age of a lease in this process use monotonic time.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.delivery.departures import Departures
from bot.delivery.doubt import Doubt
from bot.delivery.ledger import (
    LEASE_SECONDS,
    STORE_TROUBLE,
    AfterCrash,
    Done,
    Exchange,
    Ledger,
)
from bot.delivery.letter import Letter
from bot.delivery.limiter import Limiter, reopen
from bot.delivery.line import Line, Question, Waiting
from bot.delivery.outcomes import Fatal, Gone, Moved, Outcome, Rejected, RetryAt, Sent
from bot.delivery.policy import Unsent
from bot.delivery.reconcile import SETTLE_SECONDS, Verdict
from bot.delivery.sender import Sender
from bot.delivery.tidings import OnFinished, OnTrouble, Tidings
from bot.domain.outgoing import Edit
from bot.errors import TelegramFatal
from bot.metrics import Metrics
from bot.store.answers import AnswerRow
from bot.store.db import Database
from bot.store.leases import Claim

log = logging.getLogger(__name__)

# Results are recorded in groups, one commit for many rows: half of what may be in flight, for a crash
# puts them in doubt as well.
GROUP_SHARE = 2
GROUP_LEAST = 32
GROUP_SECONDS = 1.0
AHEAD_SECONDS = 0.2  # rows are leased for so long ahead, at a low rate for up to SLOW_AHEAD_SECONDS
SLOW_AHEAD_SECONDS = 1.0
SLOW_AHEAD_ROWS = 32
REFILL_SECONDS = 0.1  # and anew when what is left lasts for so long
HOLD_SECONDS = 5.0  # a row that must wait longer for its chat goes back
ANSWER_ROOM = 8  # answers leased beyond in_flight: a hanging broadcast does not silence the bot
IDLE_SECONDS = 1.0
TROUBLE_SECONDS = 1.0
DRAIN_SECONDS = 20.0
BEAT_SECONDS = 1.0
DRAIN_TRIES = 3
# With so many times in_flight rows in doubt one at a time is leased: a later number tells where doubts end.
DOUBTFUL = 4


class Dispatcher:
    """Sends what waits until it is stopped; ``wake`` it after a commit that queued something.
    ``owner`` is this process's number in leases (``delivery.owner``); ``in_flight`` is how many rows are
    leased at most, waiting or under way (answers: a few more). ``on_finished`` is told the broadcasts that
    are complete, ``on_trouble`` a broadcast that a fault of its content paused, with Telegram's words.
    ``after_crash`` says what becomes of messages whose arrival is not known: "probe" looks for them at
    Telegram once ``settle`` seconds have passed, "resend" sends them once more, "hold" leaves them unknown.
    ``paid`` lets Telegram charge for broadcasts above its free rate. A lease of ``lease_seconds`` is for
    databases with several senders: what one leaves behind is another's after that.
    """

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
        after_crash: AfterCrash = "probe",
        paid: bool = False,
        settle: float = SETTLE_SECONDS,
        lease_seconds: int = LEASE_SECONDS,
    ) -> None:
        self._ledger = Ledger(
            db, owner, broadcasts=broadcasts, after_crash=after_crash, lease_seconds=lease_seconds
        )
        self._lease_seconds = lease_seconds
        look = after_crash == "probe"
        self._doubt = Doubt(self._ledger, self._ask, self._decided, probes=look, settle=settle)
        self._limiter = limiter
        self._clock = clock
        self._metrics = metrics
        self._in_flight = in_flight
        self._paid = paid
        rate = limiter.rate_per_second
        few = min(SLOW_AHEAD_ROWS, math.ceil(rate * SLOW_AHEAD_SECONDS))
        self._group = max(GROUP_LEAST, in_flight // GROUP_SHARE)
        self._ahead = min(in_flight, max(few, math.ceil(rate * AHEAD_SECONDS)))
        self._refill = min(self._ahead // 2, math.ceil(rate * REFILL_SECONDS))
        self._tidings = Tidings(on_finished, on_trouble)
        self._line = Line()
        self._done: list[Done] = []
        self._halted: set[int] = set()
        self._more = True  # the store may hold rows that there was no room for
        self._look = True  # somebody says that there is something new
        self._look_at = self._finish_at = self._give_back_at = self._take_over_at = self._beat_at = 0.0
        self._troubled = self._stopping = False
        self._fatal: str | None = None
        self._exchange_now = asyncio.Event()
        self._group_timer: asyncio.TimerHandle | None = None
        self._outcomes: dict[str, int] = {}
        self._letters: dict[int, Letter] = {}
        self._departures = Departures(
            self._line,
            limiter,
            sender,
            landed=self._landed,
            withdraw=self._withdraw,
            next_number=lambda: self._doubt.last + 1,
            stale_seconds=lease_seconds / 2,
        )

    def wake(self) -> None:
        self._look = True
        self._exchange_now.set()

    async def stop(self) -> None:
        """Lease nothing more; what is under way is finished and recorded by ``run``."""
        self._end()

    async def run(self) -> None:
        """Send until stopped. Raises ``TelegramFatal`` when the token is refused; rows stay queued."""
        loops = [self._departures.open(), asyncio.create_task(self._keep())]
        looking = asyncio.create_task(self._doubt.reconciler.run(STORE_TROUBLE))
        looking.add_done_callback(lambda _: self._end())
        try:
            await asyncio.wait(loops, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._end()
            await asyncio.wait(loops)
            await self._ledger.quiet()
            looking.cancel()
            await asyncio.wait([looking])
            await self._drain()
        for loop in (*loops, looking):
            if not loop.cancelled():
                loop.result()
        if self._fatal is not None:
            raise TelegramFatal(f"Telegram refuses the bot token: {self._fatal}")

    def _end(self) -> None:
        self._stopping = True
        self._exchange_now.set()
        self._departures.close()

    # The store's side
    async def _keep(self) -> None:
        """Exchange results for rows; a database in trouble is tried again, a message never."""
        try:
            while not self._stopping:
                self._exchange_now.clear()
                try:
                    await self._share()
                    await self._take_over()
                    await self._exchange()
                    self._recovered()
                except STORE_TROUBLE as error:
                    self._in_trouble(error)
                await self._rest()
        finally:
            self._end()

    async def _share(self) -> None:
        """Where several senders work on one database, each takes its part of the rate. A new one waits
        until the others must have heard of it."""
        if not self._ledger.shared or time.monotonic() < self._beat_at:
            return
        if self._beat_at == 0.0:
            await self._ledger.beat()
            await asyncio.sleep(BEAT_SECONDS * 4)
        self._limiter.share(await self._ledger.beat())
        self._beat_at = time.monotonic() + BEAT_SECONDS

    async def _take_over(self) -> None:
        """Once at the start; where several workers share the store again and again, for one may have died."""
        if time.monotonic() < self._take_over_at:
            return
        now = self._clock.now()
        taken = await self._ledger.take_over(now)
        self._done += self._doubt.take_over(taken, now)
        reopen(self._limiter, taken.closed, time.monotonic() - now.timestamp())
        self._take_over_at = time.monotonic() + self._lease_seconds / 2 if self._ledger.shared else math.inf
        if left := taken.given_back + len(taken.lost):
            log.info("Took over %d messages that another process left unfinished", left)

    async def _exchange(self) -> None:
        """Record what is done and lease what there is room for; results stay ours until they are stored."""
        now, at = self._clock.now(), time.monotonic()
        self._give_back_what_must_wait(at)
        told, self._look = self._look, False
        look = told or at >= self._look_at
        await self._tidings.tell()
        soon = self._limiter.overall_ready_at(at) - at < HOLD_SECONDS
        if not self._done and not (soon and (self._more or await self._ledger.anything(now))):
            return
        finish = at >= self._finish_at or not self._more
        if finish:
            self._finish_at = at + IDLE_SECONDS
        room, floor = self._room() if soon else 0, self._doubt.last
        found = await self._store(
            now,
            answer_room=room + ANSWER_ROOM if soon and look else 0,
            room=room,
            claim_room=self._ahead - self._line.claims,
            finish=finish,
            told=told,
        )
        if look:
            self._look_at = at + IDLE_SECONDS
        self._more = found.more
        self._enter(found, at, floor)
        await self._tidings.tell()

    async def _store(self, now: datetime, **room: Any) -> Exchange:
        done, self._done = self._done, []
        if self._group_timer is not None:
            self._group_timer.cancel()
            self._group_timer = None
        self._count()
        holding = (*self._line.rows(), *self._departures.under_way())
        slow = self._limiter.full_at - time.monotonic() + now.timestamp()
        try:
            found = await self._ledger.exchange(
                done,
                now,
                numbers=self._doubt.numbers(holding, now),
                slow_until=slow,
                **room,
            )
        except BaseException:
            self._done, self._look = done + self._done, True
            raise
        for one in done:
            if isinstance(one.row, Claim) and isinstance(one.outcome, Rejected):
                self._halted.discard(one.row.broadcast_id)
        self._tidings.add(found.news)
        return found

    def _count(self) -> None:
        """Bring the metrics up to date."""
        outcomes, self._outcomes = self._outcomes, {}
        for name, number in outcomes.items():
            self._metrics.calls.labels(outcome=name).inc(number)

    def _room(self) -> int:
        room = self._in_flight - len(self._line) - len(self._departures)
        return min(room, 1) if len(self._doubt) > DOUBTFUL * self._in_flight else room

    def _enter(self, found: Exchange, at: float, floor: int) -> None:
        """Into the line with what was leased, except for broadcasts that stopped meanwhile."""
        if any(row.awaited for row in found.answers):
            self._limiter.asked(time.monotonic())
        for row in found.answers:
            self._line.add(Waiting(row, row.method, row.body, at, floor))
        letters = {n: self._letter(n, body) for n, (_, body) in found.bodies.items()}
        self._letters = letters
        for claim in found.claims:
            method, body = found.bodies[claim.message_id]
            target = found.targets.get((claim.broadcast_id, claim.member_id))
            if method == Edit.method or "reply_parameters" in body:
                self._line.add(Waiting(claim, method, self._addressed(claim, body, target), at, floor))
            else:
                self._line.add(Waiting(claim, method, body, at, floor, letters[claim.message_id]))
        self._withdraw_halted()
        self._departures.look()

    def _letter(self, message_id: int, body: dict[str, Any]) -> Letter:
        """The message's bytes, made anew only if its body has changed."""
        known = self._letters.get(message_id)
        return known if known is not None and known.body == body else Letter(body, paid=self._paid)

    def _addressed(self, claim: Claim, body: dict[str, Any], target: int | None) -> dict[str, Any]:
        """The parameters of an edit or a reply: ``target`` differs from member to member."""
        call = {**body, "chat_id": claim.chat_id}
        if "reply_parameters" in call:
            del call["reply_parameters"]
            if target is not None:
                call["reply_parameters"] = {**body["reply_parameters"], "message_id": target}
        elif target is not None:
            call["message_id"] = target
        if claim.silent:
            call["disable_notification"] = True
        if self._paid:
            call["allow_paid_broadcast"] = True
        return call

    async def _rest(self) -> None:
        """Until there is something to exchange or it is time to look again."""
        if self._stopping or (self._look and not self._troubled):
            return
        if self._troubled:
            self._exchange_now.clear()
        await _wait(self._exchange_now, TROUBLE_SECONDS if self._troubled else IDLE_SECONDS)

    def _in_trouble(self, error: Exception) -> None:
        if not self._troubled:  # once, and without the statement: it holds what people wrote
            log.error("The database cannot be used now, nothing is sent: %s", getattr(error, "orig", error))
        self._troubled = True
        self._departures.hold()

    def _recovered(self) -> None:
        if self._troubled:
            log.info("The database can be used again")
            self._troubled = False
            self._departures.go_on()

    # Telegram's side

    def _landed(self, waiting: Waiting, outcome: Outcome, started: float, expected: int) -> None:
        """What came of a call that was started when ``expected`` was the next number."""
        name = type(outcome).__name__
        self._outcomes[name] = self._outcomes.get(name, 0) + 1
        row, now = waiting.row, self._clock.now()
        if not isinstance(outcome, Sent):
            self._heed(outcome, row)
        if isinstance(row, Question):
            row.reply(outcome)
        elif not self._doubt.heed(waiting, outcome, started, expected, now):
            self._finish(Done(row, outcome, now))
        # In groups, but not so late that calls could leave and no row is there.
        if self._more and self._line.claims <= self._refill and self._room() >= (self._in_flight + 3) // 4:
            self._exchange_now.set()

    async def _ask(self, chat_id: int, call: dict[str, Any]) -> Outcome | Unsent:
        """Edit the buttons of a message when its chat's turn comes; behind answers, before broadcasts."""
        question = Question(chat_id, asyncio.get_running_loop().create_future())
        self._line.add(Waiting(question, "editMessageReplyMarkup", call, time.monotonic()))
        self._departures.look()
        return await question.answer

    def _decided(self, row: AnswerRow | Claim, verdict: Verdict) -> None:
        self._finish(Done(row, verdict, self._clock.now()))
        self.wake()

    def _heed(self, outcome: Outcome, row: AnswerRow | Claim | Question) -> None:
        """What an outcome means for the calls that wait; the store learns of it with the result."""
        match outcome:
            case Fatal():
                self._fatal = outcome.text
                self._end()
            case RetryAt():
                self._limiter.refused(row.chat_id, outcome.after_seconds, time.monotonic())
                self._give_back_at = 0.0
                self._exchange_now.set()
            case Rejected() if isinstance(row, Claim) and outcome.content:
                self._halted.add(row.broadcast_id)
                self._withdraw_halted()
                self._exchange_now.set()
            case Rejected() | Gone() | Moved() if isinstance(row, AnswerRow):
                log.warning("An answer was refused: %s", getattr(outcome, "text", "the chat has moved"))

    def _finish(self, done: Done) -> None:
        if self._group_timer is None:
            loop = asyncio.get_running_loop()
            self._group_timer = loop.call_later(GROUP_SECONDS, self._exchange_now.set)
        self._done.append(done)
        if len(self._done) == self._group:
            self._exchange_now.set()
        # The next answer of a chat waits for this one's result, and for the chat itself: a second.
        if isinstance(done.row, AnswerRow) and isinstance(done.outcome, Sent):
            self._look = True

    def _withdraw_halted(self) -> None:
        if self._halted:
            halted = self._halted
            self._withdraw(
                self._line.take_out(lambda one: isinstance(one.row, Claim) and one.row.broadcast_id in halted)
            )

    def _give_back_what_must_wait(self, now: float) -> None:
        """Rows whose chat is closed for long: a lease must not run out in the line."""
        if now < self._give_back_at:
            return
        self._give_back_at = now + IDLE_SECONDS
        held = self._line.take_out(
            lambda one: self._limiter.ready_at(one.row.chat_id, now) - now > HOLD_SECONDS
        )
        for one in held:
            self._withdraw([one], self._limiter.ready_at(one.row.chat_id, now) - now)

    def _withdraw(self, rows: Iterable[Waiting], wait: float = 0.0) -> None:
        for one in rows:
            if isinstance(one.row, Question):
                one.row.reply(Unsent(wait))
            else:
                self._finish(Done(one.row, Unsent(wait), self._clock.now()))

    async def _drain(self) -> None:
        """Finish and record what is under way, give back what waits; what cannot be recorded is taken over
        by the next process."""
        await self._departures.finish(DRAIN_SECONDS)
        self._withdraw(self._line.take_out(lambda _: True))
        for _ in range(DRAIN_TRIES):
            try:
                await self._store(self._clock.now(), answer_room=0, room=0, claim_room=0, finish=True)
                await self._tidings.tell()
                if self._ledger.shared:
                    await self._ledger.leave()
                return
            except STORE_TROUBLE as error:
                self._in_trouble(error)
                await asyncio.sleep(TROUBLE_SECONDS)
        log.error("%d results could not be recorded", len(self._done))


async def _wait(event: asyncio.Event, seconds: float | None) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()

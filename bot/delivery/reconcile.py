"""Messages whose arrival is not known: held, looked for at Telegram, and decided one way or the other.

The Bot API has no idempotency key, but an edit that changes nothing tells whether a message is there:
"message is not modified" or "message to edit not found". ``probing`` says what to ask; this asks, when what
was under way has had time to arrive and there is a number that was surely given later.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.delivery.outcomes import Gone, Moved, NotSent, Outcome, Rejected, RetryAt, Sent, Unknown
from bot.delivery.policy import Absent, Foreign, Found, Undecided, Unsent
from bot.delivery.probing import Place, Probe, Search
from bot.delivery.records import Records
from bot.domain.counter import shares_counter
from bot.rendering.markup import parsed
from bot.store.answers import AnswerRow
from bot.store.leases import Claim

log = logging.getLogger(__name__)

SETTLE_SECONDS = 3.0
"""A call that was under way is done with, or never will be, after so long."""
PATIENCE_SECONDS = 1.0  # how long to wait for a later number of our own
SLACK = 4  # messages of people of which we have not heard, where no later number of ours is known
WIDEST = 100_000  # a wider range of numbers is not the one counter's
PROBES_MOST = 200
"""So many numbers are tried for one message, the likeliest first. Numbers follow the order of sending: a
broadcast's row that a crash left and that has none of them counts as one that never left."""
GROUP_PROBES = 15  # in a supergroup, where others' messages count too; edits share its 20 a minute
AT_ONCE = 16
STUCK_SECONDS = 600.0  # Telegram answers no probe at all: decide without
PAUSE_SECONDS = 1.0
PUT_BACK_TRIES = 60

PROBED_METHODS = frozenset({"sendMessage", "sendDocument"})
"""Other methods of ours may be repeated: they change nothing the second time."""

_NOT_THERE = ("message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID")

Verdict = Found | Absent | Undecided | Foreign
Ask = Callable[[int, dict[str, Any]], Awaitable[Outcome | Unsent]]
Decide = Callable[[Claim | AnswerRow, Verdict], None]


@dataclass(slots=True, eq=False)
class Held:
    """A leased row whose message may have arrived since ``since`` (monotonic) or not.

    Its number is above ``floor`` (None: nothing is known) and probably ``expected``; ``at`` is when it was
    leased (epoch seconds). ``cause`` is why it is held; one that a crash left was perhaps never tried.
    """

    row: Claim | AnswerRow
    body: Mapping[str, Any]
    floor: int | None
    expected: int
    since: float
    at: int
    cause: str
    ceiling: int | None = None
    asked: set[int] = field(default_factory=set)
    """Numbers that are ruled out."""

    @property
    def crashed(self) -> bool:
        return self.cause == CRASH

    @property
    def may_have_stayed(self) -> bool:
        """Whether it may never have been tried, and nobody is harmed by a word that comes late."""
        return self.crashed and isinstance(self.row, Claim)


CRASH = "crash"
NO_ANSWER = "no answer"


class Numbering:
    """What this process has seen of Telegram's numbers. ``last`` is the highest of the one counter;
    ``broken`` once numbers came that one counter cannot have given."""

    def __init__(self) -> None:
        self.last = 0
        self.broken = False

    def saw(self, message_id: int, floor: int) -> None:
        """A message of ours was numbered; ``floor`` was known before it was sent."""
        if message_id <= floor and not self.broken:
            log.warning("Telegram's numbers do not follow one counter: lost messages are not looked for")
            self.broken = True
        self.last = max(self.last, message_id)


class Reconciler:
    """Holds rows until it is decided whether their messages arrived.

    ``ask`` edits a message's buttons and gives the outcome, within the limiter's budget; ``records`` is what
    rows explain; ``decide`` takes the verdicts.
    """

    def __init__(
        self, numbering: Numbering, ask: Ask, records: Records, decide: Decide, settle: float
    ) -> None:
        self._numbering = numbering
        self._ask_telegram = ask
        self._records = records
        self._decide = decide
        self._settle = settle
        self._held: dict[int, Held] = {}
        self._seen: set[int] = set()
        self._search: Search | None = None
        self._keys = 0
        self._news = asyncio.Event()
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._chats: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    def __len__(self) -> int:
        return len(self._held)

    @property
    def floor(self) -> int | None:
        """The lowest floor of what is held, None when nothing is; without what a crash left, whose rows tell
        theirs."""
        return min((held.floor or 0 for held in self._held.values() if not held.crashed), default=None)

    @property
    def since(self) -> int | None:
        """When the oldest row held was leased, in epoch seconds."""
        return min((held.at for held in self._held.values()), default=None)

    def add(self, held: Held) -> None:
        self._keys += 1
        self._held[self._keys] = held
        self._news.set()

    def saw(self, message_id: int, started: float) -> None:
        """A message that was sent at ``started`` (monotonic) has a number of the one counter: it explains
        that number, and what settled before it was sent lies below."""
        if not self._held:
            self._seen.clear()
            return
        if message_id in self._seen:
            self._numbering.broken = True
        self._seen.add(message_id)
        if self._search is not None:
            self._search.explained(message_id)
        for key, held in self._held.items():
            if started >= held.since + self._settle and (held.ceiling is None or message_id < held.ceiling):
                held.ceiling = message_id
                self._news.set()
                if self._search is not None and shares_counter(held.row.chat_id):
                    self._search.bounded(key, message_id)

    async def run(self, trouble: tuple[type[Exception], ...]) -> None:
        """Decide what is held until cancelled; what raises ``trouble`` is tried again."""
        while True:
            self._news.clear()
            due, wait = self._due(time.monotonic())
            if not due:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self._news.wait()
                continue
            try:
                await self._round(due)
            except trouble as error:
                log.warning("What has arrived cannot be decided now: %s", getattr(error, "orig", error))
                await asyncio.sleep(PAUSE_SECONDS)

    def _due(self, now: float) -> tuple[dict[int, Held], float | None]:
        """What can be decided now, and else in how many seconds (None: nothing is held)."""
        due, waits = {}, []
        for key, held in self._held.items():
            at = held.since + self._settle + (0.0 if held.ceiling else PATIENCE_SECONDS)
            if at <= now:
                due[key] = held
            waits.append(at - now)
        return due, min(waits, default=None)

    def _has_more_due(self, search: Search) -> bool:
        due, _ = self._due(time.monotonic())
        return any(
            key not in search.keys and shares_counter(held.row.chat_id) and held.floor is not None
            for key, held in due.items()
        )

    async def _round(self, due: dict[int, Held]) -> None:
        shared = {key: held for key, held in due.items() if shares_counter(held.row.chat_id)}
        await self._round_of_counter(shared)
        for key, held in due.items():
            if key in self._held and key not in shared:
                await self._round_of_group(key, held)

    async def _round_of_counter(self, due: dict[int, Held]) -> None:
        blind = {key for key, held in due.items() if held.floor is None}
        if self._numbering.broken:
            blind = set(due)
        for key in blind:
            self._settle_one(key, Undecided(due[key].cause))
        floors = {key: held.floor for key, held in due.items() if held.floor is not None and key not in blind}
        if not floors:
            return
        lowest, since = min(floors.values()), min(due[key].at for key in floors)
        known = await self._records.known(lowest, since)
        known |= {number for number in self._seen if number > lowest}
        highest = max(self._numbering.last, max(known, default=lowest))
        others = len(self._held) - len(floors) + await self._records.elsewhere() + SLACK
        bound = highest + len(floors) + others + 1
        places = [
            Place(key, due[key].row.chat_id, floor, due[key].expected, due[key].ceiling or bound)
            for key, floor in floors.items()
        ]
        top = max(place.ceiling for place in places)
        if top - lowest > WIDEST:
            for key in floors:
                self._settle_one(key, Undecided(due[key].cause))
            return
        free = [number for number in range(lowest + 1, top) if number not in known]
        await self._look(places, free, since=(lowest, since), above=highest, others=others)

    async def _round_of_group(self, key: int, held: Held) -> None:
        """A supergroup numbers everybody's messages: what is not found near our last one stays open."""
        floor, known = await self._records.known_in(held.row, held.at)
        top = floor + len(known) + GROUP_PROBES + 1
        free = [number for number in range(floor + 1, top) if number not in known][:GROUP_PROBES]
        await self._look([Place(key, held.row.chat_id, floor, floor + 1, top)], free, complete=False)

    async def _look(
        self,
        places: Sequence[Place],
        free: Sequence[int],
        *,
        complete: bool = True,
        since: tuple[int, int] | None = None,
        above: int | None = None,
        others: int = 0,
    ) -> None:
        """Ask wave by wave; in the end what was not found is absent, or undecided if not all was asked.

        With ``since`` (floor and moment for ``known``) what other senders explain meanwhile is asked no more.
        ``above`` and ``others`` as for ``Search``: what is given above the highest number known belongs to
        what is in doubt, here or elsewhere, and to a few messages of people of which we have not heard.
        """
        asked = {place.key: self._held[place.key].asked for place in places}
        search = Search(places, free, PROBES_MOST, asked, above=above, others=others)
        self._search = search
        self._chats.clear()
        moved_at = read_at = time.monotonic()
        try:
            while (wave := search.next_wave()) and not (complete and self._numbering.broken):
                progress = await asyncio.gather(*(self._probe(search, probe) for probe in wave))
                if since and self._has_more_due(search):
                    return  # what came meanwhile explains numbers: look anew for all of it together
                if since and self._records.shared and time.monotonic() >= read_at:
                    read_at = time.monotonic() + PAUSE_SECONDS
                    for number in await self._records.known(*since):
                        search.explained(number)
                if any(progress):
                    moved_at = time.monotonic()
                elif time.monotonic() - moved_at > STUCK_SECONDS:
                    complete = False
                    break
                else:
                    await asyncio.sleep(PAUSE_SECONDS)
        finally:
            self._search = None
        for key in search.open:
            cause, probes = self._held[key].cause, search.probes_of(key)
            sure = search.exhausted(key) or (self._held[key].may_have_stayed and probes >= PROBES_MOST)
            counted = not self._held[key].crashed
            if complete and sure and not self._numbering.broken:
                self._settle_one(key, Absent(cause, counted, probes))
            else:
                self._settle_one(key, Undecided(cause, probes))

    async def _probe(self, search: Search, probe: Probe) -> bool:
        """Ask one question; whether the answer told anything. One at a time in a chat, so that a message that
        was hit by mistake has its buttons back before the next question."""
        async with self._chats[probe.chat_id], self._gate:
            if probe.key not in search.open or not search.is_free(probe.message_id):
                return True
            held = self._held[probe.key]
            outcome = await self._ask(probe, held.body)
            if not search.is_free(probe.message_id):  # explained while we asked
                return True
            match outcome:
                case Rejected() if "message is not modified" in outcome.text:
                    self._found(search, probe)
                case Rejected() if any(words in outcome.text for words in _NOT_THERE):
                    search.absent(probe)
                case Sent() if _shown(outcome.result) == _text(held.body) != "":
                    self._found(search, probe)  # a question for another had changed its buttons
                case Sent():
                    await self._put_back(search, probe, held, _shown(outcome.result))
                case Rejected() | Gone() | Moved():  # this chat answers no edit: the next send will tell
                    search.give_up(probe.key)
                    self._settle_one(probe.key, Undecided(held.cause, search.probes_of(probe.key)))
                case RetryAt() | NotSent() | Unknown() | Unsent() | _:
                    return False
            return True

    def _found(self, search: Search, probe: Probe) -> None:
        search.found(probe)
        self._settle_one(
            probe.key, Found(probe.message_id, self._held[probe.key].cause, search.probes_of(probe.key))
        )

    async def _ask(self, probe: Probe, body: Mapping[str, Any]) -> Outcome | Unsent:
        call: dict[str, Any] = {"chat_id": probe.chat_id, "message_id": probe.message_id}
        if "reply_markup" in body:
            call["reply_markup"] = body["reply_markup"]
        return await self._ask_telegram(probe.chat_id, call)

    async def _put_back(self, search: Search, probe: Probe, held: Held, shown: str) -> None:
        """The question hit another message of ours, which says ``shown``: one that is in doubt in this chat
        too, and found thereby, or the first copy of one that was sent again. It gets its buttons back."""
        search.absent(probe)
        self._decide(held.row, Foreign(probe.message_id, held.cause))
        here = {
            key: other
            for key, other in self._held.items()
            if other is not held and other.row.chat_id == probe.chat_id
        }
        hit = next((key for key, other in here.items() if shown and _text(other.body) == shown), None)
        if hit is None and not shown and len(here) == 1:
            hit = next(iter(here))
        if hit is not None:
            body = here[hit].body
        else:
            repeated = await self._records.repeated(probe.chat_id, probe.message_id)
            body = next((one for one in repeated if not shown or _text(one) == shown), {})
        log.warning("A question changed another message's buttons; they are put back")
        for _ in range(PUT_BACK_TRIES):
            if not isinstance(await self._ask(probe, body), RetryAt | NotSent | Unknown | Unsent):
                break
            await asyncio.sleep(PAUSE_SECONDS)
        if hit is not None and hit in search.open and shown:
            self._found(search, Probe(hit, probe.chat_id, probe.message_id))

    def _settle_one(self, key: int, verdict: Verdict) -> None:
        held = self._held.pop(key)
        self._decide(held.row, verdict)


def _shown(message: Any) -> str:
    """The text of a Bot API Message, blanks apart."""
    if not isinstance(message, dict):
        return ""
    return " ".join(str(message.get("text") or message.get("caption") or "").split())


def _text(body: Mapping[str, Any]) -> str:
    """As ``_shown``, of the call that sends the message."""
    return " ".join(parsed(str(body.get("text") or body.get("caption") or "")).split())

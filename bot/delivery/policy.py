"""What an outcome means for the row that was sent: pure, so that the policy is one table to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery.outcomes import Fatal, Gone, Moved, NotSent, Outcome, Rejected, RetryAt, Sent, Unknown
from bot.domain.member import MemberState
from bot.store.leases import Claim, Result
from bot.store.tables import AnswerState, DeliveryState

ATTEMPT_CAP = 2
"""How often a message whose arrival is unknown is sent at most: nobody gets a third copy."""

ABSENT_CAP = 5
"""How often a message is sent that is found not to have arrived."""
NEVER_ARRIVES = "Telegram gave no answer and the message did not arrive, again and again"

CAPS = {"probe": ATTEMPT_CAP, "resend": ATTEMPT_CAP, "hold": 0}
"""How often a message is sent without knowing, by ``[delivery] after_crash``."""
NOT_MODIFIED = "message is not modified"

NOT_SENT_PAUSE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Unsent:
    """Leased but not tried: given back, to be taken again after so many seconds."""

    after_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """Its arrival was not known; it is there, under this number."""

    message_id: int
    cause: str
    probes: int = 0


@dataclass(frozen=True, slots=True)
class Absent:
    """Its arrival was not known; it never arrived. ``counted``: the attempt was really made."""

    cause: str
    counted: bool
    probes: int = 0


@dataclass(frozen=True, slots=True)
class Undecided:
    """Nobody can tell whether it arrived. ``over``: it would be of no use any more."""

    cause: str
    probes: int = 0
    over: bool = False


@dataclass(frozen=True, slots=True)
class Foreign:
    """A question about it hit another message of ours, whose buttons were put back; it is still in doubt."""

    message_id: int
    cause: str


Looked = Found | Absent | Undecided
Happened = Outcome | Unsent | Looked


@dataclass(frozen=True, slots=True)
class AnswerResult:
    """The new state of an answer; ``counted`` False: the attempt does not count."""

    state: AnswerState
    message_id: int | None = None
    not_before: datetime | None = None
    counted: bool = True


def delivery_result(claim: Claim, outcome: Happened, now: datetime, cap: int = ATTEMPT_CAP) -> Result:
    """What becomes of a broadcast's row; ``cap`` is how often it is sent without knowing."""
    match outcome:
        case Found():
            return Result(claim, DeliveryState.SENT, outcome.message_id)
        case Absent() if outcome.counted and claim.attempts >= ABSENT_CAP:
            return Result(claim, DeliveryState.FAILED, error_text=NEVER_ARRIVES)
        case Absent():
            later = now + NOT_SENT_PAUSE if outcome.counted else None
            return Result(claim, DeliveryState.QUEUED, not_before=later, counted=outcome.counted)
        case Undecided():
            again = claim.attempts < cap and not outcome.over
            return Result(claim, DeliveryState.QUEUED if again else DeliveryState.UNKNOWN)
        case Sent():
            return Result(claim, DeliveryState.SENT, outcome.message_id)
        case RetryAt() | NotSent() | Unsent():
            later = now + _pause(outcome)
            return Result(claim, DeliveryState.QUEUED, not_before=later, counted=False)
        case Moved() | Fatal():
            return Result(claim, DeliveryState.QUEUED, counted=False)
        case Gone():
            blocked = outcome.state is MemberState.BLOCKED
            state = DeliveryState.BLOCKED if blocked else DeliveryState.FAILED
            return Result(claim, state, error_code=403, error_text=outcome.text)
        case Rejected() if NOT_MODIFIED in outcome.text:  # an edit repeated: it says this already
            return Result(claim, DeliveryState.SENT)
        case Rejected() if outcome.content:  # the broadcast is paused; once it is mended the row goes again
            return Result(claim, DeliveryState.QUEUED, counted=False, error_text=outcome.text)
        case Rejected():
            return Result(claim, DeliveryState.FAILED, error_code=outcome.code, error_text=outcome.text)
        case Unknown():
            again = claim.attempts < cap
            state = DeliveryState.QUEUED if again else DeliveryState.UNKNOWN
            return Result(claim, state, error_text=outcome.text)


def answer_result(attempts: int, outcome: Happened, now: datetime, cap: int = ATTEMPT_CAP) -> AnswerResult:
    """What becomes of an answer that was tried ``attempts`` times, this one included."""
    match outcome:
        case Found():
            return AnswerResult(AnswerState.SENT, outcome.message_id)
        case Absent() if outcome.counted and attempts >= ABSENT_CAP:
            return AnswerResult(AnswerState.FAILED)
        case Absent():
            return AnswerResult(AnswerState.QUEUED, counted=outcome.counted)
        case Undecided():
            again = attempts < cap and not outcome.over
            return AnswerResult(AnswerState.QUEUED if again else AnswerState.UNKNOWN)
        case Sent():
            return AnswerResult(AnswerState.SENT, outcome.message_id)
        case RetryAt() | NotSent() | Unsent():
            return AnswerResult(AnswerState.QUEUED, not_before=now + _pause(outcome), counted=False)
        case Fatal():
            return AnswerResult(AnswerState.QUEUED, counted=False)
        case Rejected() if NOT_MODIFIED in outcome.text:
            return AnswerResult(AnswerState.SENT)
        case Unknown():
            again = attempts < cap
            return AnswerResult(AnswerState.QUEUED if again else AnswerState.UNKNOWN)
        case Rejected() | Gone() | Moved():
            return AnswerResult(AnswerState.FAILED)


def _pause(outcome: RetryAt | NotSent | Unsent) -> timedelta:
    return NOT_SENT_PAUSE if isinstance(outcome, NotSent) else timedelta(seconds=outcome.after_seconds)

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

NOT_MODIFIED = "message is not modified"

NOT_SENT_PAUSE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Unsent:
    """Leased but not tried: given back, to be taken again after so many seconds."""

    after_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class AnswerResult:
    """The new state of an answer; ``counted`` False: the attempt does not count."""

    state: AnswerState
    message_id: int | None = None
    not_before: datetime | None = None
    counted: bool = True


def delivery_result(claim: Claim, outcome: Outcome | Unsent, now: datetime) -> Result:
    """What becomes of a broadcast's row."""
    match outcome:
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
            again = claim.attempts < ATTEMPT_CAP
            state = DeliveryState.QUEUED if again else DeliveryState.UNKNOWN
            return Result(claim, state, error_text=outcome.text)


def answer_result(attempts: int, outcome: Outcome | Unsent, now: datetime) -> AnswerResult:
    """What becomes of an answer that was tried ``attempts`` times, this one included."""
    match outcome:
        case Sent():
            return AnswerResult(AnswerState.SENT, outcome.message_id)
        case RetryAt() | NotSent() | Unsent():
            return AnswerResult(AnswerState.QUEUED, not_before=now + _pause(outcome), counted=False)
        case Fatal():
            return AnswerResult(AnswerState.QUEUED, counted=False)
        case Rejected() if NOT_MODIFIED in outcome.text:
            return AnswerResult(AnswerState.SENT)
        case Unknown():
            again = attempts < ATTEMPT_CAP
            return AnswerResult(AnswerState.QUEUED if again else AnswerState.UNKNOWN)
        case Rejected() | Gone() | Moved():
            return AnswerResult(AnswerState.FAILED)


def _pause(outcome: RetryAt | NotSent | Unsent) -> timedelta:
    return NOT_SENT_PAUSE if isinstance(outcome, NotSent) else timedelta(seconds=outcome.after_seconds)

"""What became of a call to Telegram, as data: policy reads outcomes, never exception classes.

The classes follow what is known of the message's arrival: a connection that was never made sent
nothing; an answer that never came, a 5xx or garbage says nothing about it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.domain.member import MemberState


@dataclass(frozen=True, slots=True)
class Sent:
    """Accepted; ``result`` is what Telegram answered."""

    result: Any

    @property
    def message_id(self) -> int | None:
        return self.result.get("message_id") if isinstance(self.result, dict) else None


@dataclass(frozen=True, slots=True)
class RetryAt:
    """Refused for now: try after so many seconds. The attempt does not count."""

    after_seconds: float


@dataclass(frozen=True, slots=True)
class Moved:
    """A group became a supergroup."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Gone:
    """This chat cannot be reached any more, and why that is."""

    state: MemberState
    text: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """Refused for good; ``content`` True when the fault lies in the message, not in the chat."""

    code: int
    text: str
    content: bool


@dataclass(frozen=True, slots=True)
class NotSent:
    """Telegram never got it."""

    text: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have arrived or not."""

    text: str


@dataclass(frozen=True, slots=True)
class Fatal:
    """The token is refused: nothing more can be sent with it."""

    text: str


Outcome = Sent | RetryAt | Moved | Gone | Rejected | NotSent | Unknown | Fatal

# Exact texts only: an unknown 403 disables nobody.
GONE_TEXTS: dict[str, MemberState] = {
    "Forbidden: bot was blocked by the user": MemberState.BLOCKED,
    "Forbidden: user is deactivated": MemberState.GONE,
    "Forbidden: bot was kicked from the group chat": MemberState.GONE,
    "Forbidden: bot was kicked from the supergroup chat": MemberState.GONE,
    "Forbidden: bot was kicked from the channel chat": MemberState.GONE,
    "Forbidden: bot is not a member of the channel chat": MemberState.GONE,
    "Forbidden: bot is not a member of the supergroup chat": MemberState.GONE,
    "Forbidden: the group chat was deleted": MemberState.GONE,
    "Bad Request: chat not found": MemberState.GONE,
}

_CONTENT_BEGINNINGS = (
    "Bad Request: can't parse",
    "Bad Request: message is too long",
    "Bad Request: message text is empty",
    "Bad Request: text is too long",
    "Bad Request: BUTTON_",
    "Bad Request: MESSAGE_TOO_LONG",
    "Bad Request: wrong file",
    "Bad Request: object expected",
    "Bad Request: inline keyboard",
    "Bad Request: ENTITY",
)


def classify(status: int, body: bytes) -> Outcome:
    """The outcome of an HTTP answer of the Bot API."""
    try:
        answer = json.loads(body)
    except ValueError:
        return Unknown(f"an answer with status {status} that is no JSON")
    if not isinstance(answer, dict) or "ok" not in answer:
        return Unknown(f"an answer with status {status} of an unknown form")
    if answer["ok"]:
        return Sent(answer.get("result"))
    return _refusal(int(answer.get("error_code") or status), answer)


def _refusal(code: int, answer: dict[str, Any]) -> Outcome:
    text = str(answer.get("description") or "")
    parameters = answer.get("parameters") or {}
    if code == 429:
        return RetryAt(max(float(parameters.get("retry_after") or 1), 1.0))
    if parameters.get("migrate_to_chat_id"):
        return Moved(int(parameters["migrate_to_chat_id"]))
    if code >= 500:
        return Unknown(f"{code} {text}")
    if code == 401 or (code == 404 and text == "Not Found"):
        return Fatal(text)
    if text in GONE_TEXTS:
        return Gone(GONE_TEXTS[text], text)
    return Rejected(code, text, content=text.startswith(_CONTENT_BEGINNINGS))

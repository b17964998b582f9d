"""What became of a call to Telegram, as data: policy reads outcomes, never exception classes.

The classes follow what is known of the message's arrival: a connection that was never made sent
nothing; an answer that never came, a 5xx or garbage says nothing about it.
"""

from __future__ import annotations

import json
import re
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

GATEWAY_SECONDS = 5.0
"""How long to wait after a 429 that does not say."""

# Exact texts only: an unknown 403 disables nobody.
GONE_TEXTS: dict[str, MemberState] = {
    "Forbidden: bot was blocked by the user": MemberState.BLOCKED,
    "Forbidden: user is deactivated": MemberState.GONE,
    "Forbidden: bot was kicked from the group chat": MemberState.GONE,
    "Forbidden: bot was kicked from the supergroup chat": MemberState.GONE,
    "Forbidden: bot was kicked from the channel chat": MemberState.GONE,
    "Forbidden: bot is not a member of the group chat": MemberState.GONE,
    "Forbidden: bot is not a member of the channel chat": MemberState.GONE,
    "Forbidden: bot is not a member of the supergroup chat": MemberState.GONE,
    "Forbidden: the group chat was deleted": MemberState.GONE,
    "Bad Request: chat not found": MemberState.GONE,
}

# What every chat would refuse: the message is at fault, so the broadcast stops.
_CONTENT_BEGINNINGS = tuple(
    f"Bad Request: {beginning}"
    for beginning in (
        "can't parse",
        "message is too long",
        "message caption is too long",
        "message text is empty",
        "text is too long",
        "text must be non-empty",
        "strings must be encoded",
        "unsupported parse_mode",
        "MESSAGE_TOO_LONG",
        "ENTITY",
        "ENTITIES",
        "entity begin",
        "BUTTON_",
        "inline keyboard",
        'field "',
        "object expected",
        "reply markup is too long",
        "wrong file",
        "wrong remote file",
        "wrong HTTP URL",
        "wrong type of the web page",
        "failed to get HTTP URL",
        "file must be non-empty",
        "there is no document",
    )
)

# Words of a server that takes no call with this token at all.
_FATAL_TEXTS = ("Not Found", "Logged out", "Misdirected Request: unallowed token specified")


def classify(status: int, body: bytes) -> Outcome:
    """The outcome of an HTTP answer of the Bot API (or of a gateway before it)."""
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if isinstance(answer, dict) and "ok" in answer:
        return Sent(answer.get("result")) if answer["ok"] is True else _refusal(status, answer)
    if status == 429:
        return RetryAt(GATEWAY_SECONDS)
    if status == 413:  # without JSON, from the gateway: it read no further
        return Rejected(413, "Request Entity Too Large", content=True)
    return Unknown(f"an answer with status {status} that is not the Bot API's")


# As Telegram and its server program write it: the number comes first.
_ACCEPTED = re.compile(rb'\{"ok": ?true, ?"result": ?\{"message_id": ?(\d{1,18})[,}]')


def classify_sending(status: int, body: bytes) -> Outcome:
    """As ``classify`` for a message that was sent or edited: of what was accepted only its number is read."""
    found = _ACCEPTED.match(body) if status == 200 and body.endswith(b"}") else None
    return Sent({"message_id": int(found[1])}) if found else classify(status, body)


def _refusal(status: int, answer: dict[str, Any]) -> Outcome:
    code = _number(answer.get("error_code")) or status
    text = str(answer.get("description") or "")
    parameters = answer.get("parameters")
    given = parameters if isinstance(parameters, dict) else {}
    if code == 429:
        return RetryAt(float(max(_number(given.get("retry_after")), 1)))
    if moved_to := _number(given.get("migrate_to_chat_id")):
        return Moved(moved_to)
    if code >= 500:
        return Unknown(f"{code} {text}")
    if code == 401 or text in _FATAL_TEXTS:
        return Fatal(text)
    if text in GONE_TEXTS:
        return Gone(GONE_TEXTS[text], text)
    at_fault = code in (404, 413) or text.startswith(_CONTENT_BEGINNINGS)
    return Rejected(code, text, content=at_fault)


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0

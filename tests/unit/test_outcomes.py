"""What the server's words mean: the known texts, the unknown ones, and answers that are none."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.outcomes import (
    Fatal,
    Gone,
    Moved,
    NotSent,
    Outcome,
    Rejected,
    RetryAt,
    Sent,
    Unknown,
    classify,
)
from bot.delivery.policy import Unsent, answer_result, delivery_result
from bot.domain.member import MemberState
from bot.store.leases import Claim
from bot.store.tables import AnswerState, DeliveryState

REFUSALS = [
    tuple(part.strip() for part in line.split("|", 2))
    for line in (Path(__file__).parents[1] / "data" / "telegram_refusals.txt").read_text().splitlines()
    if not line.startswith("#")
]
NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)


def refusal(code: int, text: str, **parameters: object) -> Outcome:
    answer = {"ok": False, "error_code": code, "description": text}
    return classify(code, json.dumps({**answer, "parameters": parameters} if parameters else answer).encode())


@pytest.mark.parametrize(("meaning", "code", "text"), REFUSALS)
def test_a_known_refusal_means_what_the_table_says(meaning: str, code: str, text: str) -> None:
    wanted: dict[str, Outcome] = {
        "fatal": Fatal(text),
        "unknown": Unknown(f"{code} {text}"),
        "blocked": Gone(MemberState.BLOCKED, text),
        "gone": Gone(MemberState.GONE, text),
        "chat": Rejected(int(code), text, content=False),
        "content": Rejected(int(code), text, content=True),
    }
    assert refusal(int(code), text) == wanted[meaning]


@given(st.text().filter(lambda text: not text.startswith("Forbidden: bot")))
def test_an_unknown_403_disables_nobody(text: str) -> None:
    outcome = refusal(403, f"Forbidden: bot {text}")
    assert isinstance(outcome, Rejected) or outcome.text in {row[2] for row in REFUSALS}  # type: ignore[union-attr]
    assert not isinstance(refusal(403, text), Gone)


def test_an_accepted_message_tells_its_number() -> None:
    outcome = classify(200, b'{"ok": true, "result": {"message_id": 17}}')
    assert isinstance(outcome, Sent)
    assert outcome.message_id == 17
    assert Sent(True).message_id is None


@pytest.mark.parametrize(
    ("parameters", "seconds"), [({"retry_after": 43_837}, 43_837.0), ({"retry_after": 0}, 1.0), ({}, 1.0)]
)
def test_a_429_tells_how_long_to_wait(parameters: dict[str, object], seconds: float) -> None:
    assert refusal(429, "Too Many Requests: retry after 5", **parameters) == RetryAt(seconds)


def test_a_429_of_a_gateway_is_a_refusal_too() -> None:
    assert classify(429, b"<html>Too Many Requests</html>") == RetryAt(5.0)


def test_a_gateway_that_found_the_message_too_large_sent_nothing() -> None:
    assert classify(413, b"") == Rejected(413, "Request Entity Too Large", content=True)


def test_a_moved_group_tells_its_new_chat() -> None:
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    assert refusal(400, text, migrate_to_chat_id=-1001) == Moved(-1001)


@pytest.mark.parametrize("status", [200, 400, 502, 504])
@pytest.mark.parametrize(
    "body", [b"", b"\x00\xffnot json", b"<html></html>", b"[]", b"null", b'{"result": 1}']
)
def test_an_answer_that_is_none_says_nothing_about_arrival(status: int, body: bytes) -> None:
    assert isinstance(classify(status, body), Unknown)


@given(
    st.integers(100, 599),
    st.dictionaries(
        st.sampled_from(["ok", "result", "error_code", "description", "parameters"]),
        st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner)),
    ),
)
def test_no_answer_makes_it_raise(status: int, answer: dict[str, object]) -> None:
    classify(status, json.dumps(answer).encode())


@pytest.mark.parametrize(
    ("outcome", "attempts", "state", "counted", "seconds"),
    [
        (Sent({"message_id": 5}), 1, DeliveryState.SENT, True, None),
        (RetryAt(7.0), 1, DeliveryState.QUEUED, False, 7),
        (NotSent("refused"), 2, DeliveryState.QUEUED, False, 5),
        (Unsent(3.0), 2, DeliveryState.QUEUED, False, 3),
        (Moved(-1001), 1, DeliveryState.QUEUED, False, None),
        (Fatal("Unauthorized"), 1, DeliveryState.QUEUED, False, None),
        (Gone(MemberState.BLOCKED, "x"), 1, DeliveryState.BLOCKED, True, None),
        (Gone(MemberState.GONE, "x"), 1, DeliveryState.FAILED, True, None),
        (Rejected(400, "x", content=True), 1, DeliveryState.QUEUED, False, None),
        (Rejected(400, "x", content=False), 1, DeliveryState.FAILED, True, None),
        (Unknown("x"), 1, DeliveryState.QUEUED, True, None),
        (Unknown("x"), 2, DeliveryState.UNKNOWN, True, None),
    ],
)
def test_what_an_outcome_means_for_a_row(
    outcome: Outcome | Unsent, attempts: int, state: DeliveryState, counted: bool, seconds: int | None
) -> None:
    result = delivery_result(Claim(1, 2, 3, 4, attempts, False), outcome, NOW)
    later = NOW + timedelta(seconds=seconds) if seconds is not None else None
    assert (result.state, result.counted, result.not_before) == (state, counted, later)


def test_an_answer_that_changes_nothing_counts_as_sent_and_an_unknown_one_is_tried_once_more() -> None:
    same = Rejected(400, "Bad Request: message is not modified: specified new message …", content=False)
    assert answer_result(1, same, NOW).state is AnswerState.SENT
    assert answer_result(1, Unknown("x"), NOW).state is AnswerState.QUEUED
    assert answer_result(2, Unknown("x"), NOW).state is AnswerState.UNKNOWN
    assert answer_result(1, Gone(MemberState.BLOCKED, "x"), NOW).state is AnswerState.FAILED

"""The limiter: one too many in a second at most, never in a chat or a group; no burst after a stall."""

from __future__ import annotations

from bisect import bisect_left

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.limiter import DECREASE, GROUP_PER_MINUTE, LOWEST, RECOVERY, Limiter, reopen

CHATS = st.sampled_from([1, 2, 3, 4, 5, -1, -2])
# How long after the earliest moment the call really leaves: late timers, stalls, long breaks.
DELAYS = st.one_of(st.just(0.0), st.floats(0, 0.004), st.floats(0, 0.1), st.floats(0, 90))
# Spans are half open; the float sums of a thousand gaps may be off by this.
EPSILON = 1e-6


def calls(rate: float, wanted: list[tuple[int, float]], start: float = 1000.0) -> list[tuple[float, int]]:
    """When calls leave that are made one after the other, each with its delay."""
    limiter, now, left = Limiter(rate), start, []
    for chat, delay in wanted:
        now = limiter.ready_at(chat, now) + delay
        now = limiter.ready_at(chat, now)
        limiter.take(chat, now)
        left.append((now, chat))
    return left


def most_in(times: list[float], span: float) -> int:
    """The largest number of calls in any span of so many seconds."""
    return max((bisect_left(times, at + span - EPSILON) - n for n, at in enumerate(times)), default=0)


@settings(deadline=None)
@given(
    rate=st.sampled_from([1, 7, 28, 30, 200, 1000]),
    wanted=st.lists(st.tuples(st.integers(1, 10**6), DELAYS), max_size=60),
)
def test_no_second_has_two_calls_more_than_the_rate(rate: int, wanted: list[tuple[int, float]]) -> None:
    assert most_in([at for at, _ in calls(rate, wanted)], 1.0) <= rate + 1


@pytest.mark.parametrize("rate", [28, 30, 200, 1000])
@pytest.mark.parametrize("late", [0.0, 0.0007, 0.0031, 0.0049])
def test_no_second_has_two_calls_more_than_the_rate_when_every_timer_is_late(rate: int, late: float) -> None:
    limiter, now, left = Limiter(rate), 0.0, []
    for chat in range(1, 4 * rate):
        at = limiter.ready_at(chat, now)
        now = at if at <= now else at + late
        limiter.take(chat, now)
        left.append(now)
    assert most_in(left, 1.0) <= rate + 1


def test_timers_that_are_a_little_late_do_not_lower_a_high_rate() -> None:
    limiter, now, left = Limiter(1000), 0.0, 0
    while now < 10.0:
        at = limiter.ready_at(left + 1, now)
        now = at if at <= now else at + 0.0012
        limiter.take(left + 1, now)
        left += 1
    assert left > 9_700


@settings(deadline=None)
@given(wanted=st.lists(st.tuples(CHATS, DELAYS), max_size=80))
def test_a_chat_gets_one_a_second_and_a_group_twenty_a_minute(wanted: list[tuple[int, float]]) -> None:
    left = calls(1000, wanted)
    for chat in {chat for _, chat in left}:
        times = [at for at, to in left if to == chat]
        assert most_in(times, 1.0) <= 1
        if chat < 0:
            assert most_in(times, 60.0) <= GROUP_PER_MINUTE


def test_a_group_is_full_for_a_minute_and_a_person_is_not() -> None:
    limiter = Limiter(1000)
    now = 0.0
    for _ in range(GROUP_PER_MINUTE):
        now = limiter.ready_at(-5, now)
        limiter.take(-5, now)
    assert limiter.ready_at(-5, now) == pytest.approx(60.0)
    assert limiter.ready_at(5, now) < now + 0.1


CALM = {1: 1, 9: 1, 10: 2, 20: 4, 25: 5, 28: 4, 30: 6}
ASKED = {1: 1, 9: 1, 10: 1, 20: 2, 25: 1, 28: 2, 30: 3}


@pytest.mark.parametrize(
    ("rate", "together", "asked"),
    [(rate, number, how is ASKED) for how in (CALM, ASKED) for rate, number in how.items()],
)
def test_after_a_stall_no_more_leave_together_than_at_any_time(rate: int, together: int, asked: bool) -> None:
    limiter = Limiter(rate)
    for chat in range(1, 4):
        limiter.take(chat, limiter.ready_at(chat, 0.0))
    now = 600.0
    if asked:
        limiter.asked(now - 1.0)
    for chat in range(4, 4 + together):
        assert limiter.ready_at(chat, now) == now
        limiter.take(chat, now)
    assert limiter.ready_at(99, now) > now


@pytest.mark.parametrize("rate", [7, 20, 28, 30, 60, 200, 1000])
@pytest.mark.parametrize("late", [0.0, 0.0017])
@pytest.mark.parametrize("ask_every", [0.37, 1.05, 99.0])
@pytest.mark.parametrize("told", [True, False])
def test_who_sleeps_between_calls_uses_nearly_all_of_the_rate(
    rate: int, late: float, ask_every: float, told: bool
) -> None:
    limiter, now, left, asked = Limiter(rate), 0.0, [], 0.5
    while now < 60.0:
        while limiter.ready_at(len(left) + 1, now) <= now:
            limiter.take(len(left) + 1, now)
            left.append(now)
        now = max(now + limiter.pause(now), limiter.overall_ready_at(now)) + EPSILON + late
        if now > asked:  # an answer comes between: whoever waits for it wakes up
            now, asked = max(asked, left[-1], limiter.overall_ready_at(left[-1])), asked + ask_every
            if told:
                limiter.asked(now)
    assert most_in(left, 1.0) <= rate + 1
    assert len(left) / now >= 0.97 * rate


def test_who_asks_again_within_a_second_waits_less_while_fewer_leave_together() -> None:
    def longest_wait(told: bool) -> float:
        limiter, now, left, ask, longest = Limiter(30), 0.0, 0, 5.0, 0.0
        while ask < 60.0:
            while limiter.ready_at(left + 1, now) <= now:
                limiter.take(left + 1, now)
                left += 1
            now += limiter.pause(now)
            if now > ask:
                ready = limiter.overall_ready_at(ask)
                longest, now, ask = max(longest, ready - ask), ready, ask + 0.53
                left += 1
                limiter.take(left, now)
                if told:
                    limiter.asked(now)
        return longest

    assert longest_wait(told=True) < 0.1 < longest_wait(told=False)


def test_several_senders_do_not_leave_together() -> None:
    limiter = Limiter(30)
    limiter.share(2)
    limiter.take(1, 600.0)
    assert limiter.ready_at(2, 600.0) > 600.0
    assert limiter.pause(600.0) == pytest.approx(2 * 1.02 / 30 - 0.01)


def test_a_429_closes_one_chat_or_all_and_is_never_shortened() -> None:
    limiter = Limiter(30)
    limiter.close(50.0, 5)
    limiter.close(20.0, 5)
    assert limiter.ready_at(5, 0.0) == 50.0
    assert limiter.ready_at(6, 0.0) == 0.0
    limiter.close(70.0)
    limiter.close(60.0)
    assert limiter.ready_at(6, 0.0) == limiter.overall_ready_at(0.0) == 70.0


def test_a_short_429_closes_its_chat_and_a_long_one_everything() -> None:
    limiter = Limiter(30)
    limiter.refused(5, 3.0, 100.0)
    assert (limiter.ready_at(5, 100.0), limiter.ready_at(6, 100.0)) == (103.0, 100.0)
    limiter.refused(6, 43_837.0, 100.0)
    assert limiter.ready_at(7, 100.0) == 43_937.0


def test_429s_to_three_chats_at_once_close_everything() -> None:
    limiter = Limiter(30)
    for now, chat in ((100.0, 1), (100.2, 2), (100.3, 2), (101.1, 3)):
        limiter.refused(chat, 4.0, now)
        assert limiter.overall_ready_at(now) == now
    limiter.refused(4, 4.0, 101.15)
    assert limiter.overall_ready_at(101.15) == pytest.approx(105.15)


def test_closed_chats_outlive_the_forgetting_of_quiet_ones() -> None:
    limiter = Limiter(10_000)
    limiter.close(1e9, 7)
    now = 0.0
    for chat in range(100, 12_000):
        now = limiter.ready_at(chat, now)
        limiter.take(chat, now)
    assert limiter.ready_at(7, now) == 1e9


def test_a_429_for_all_lowers_the_rate_which_grows_again() -> None:
    limiter = Limiter(100)
    limiter.refused(1, 10.0, 50.0)
    assert limiter.rate(60.0) == pytest.approx(100 * DECREASE)
    assert limiter.rate(70.0) == pytest.approx(100 * (DECREASE + 10 * RECOVERY))
    assert limiter.rate(limiter.full_at) == limiter.rate(1e9) == 100
    limiter.refused(2, 10.0, 70.0)
    assert limiter.rate(80.0) == pytest.approx(100 * (DECREASE + 20 * RECOVERY) * DECREASE)


def test_429s_to_calls_that_were_under_way_together_lower_the_rate_once() -> None:
    limiter = Limiter(100)
    for chat in range(1, 20):
        limiter.refused(chat, 10.0, 50.0 + chat / 100)
    assert limiter.rate(60.01) == pytest.approx(100 * DECREASE, rel=0.001)


def test_a_short_429_of_one_chat_lowers_nothing_and_the_rate_never_dies() -> None:
    limiter = Limiter(100)
    limiter.refused(1, 3.0, 50.0)
    assert limiter.rate(50.0) == 100
    now = 100.0
    for chat in range(2, 40):
        limiter.refused(chat, 10.0, now)
        now += 10.0
    assert limiter.rate(now) >= 100 * LOWEST


@given(senders=st.integers(1, 8), slow=st.floats(0, 200))
@settings(deadline=None)
def test_shares_of_a_lowered_rate_add_up_to_it(senders: int, slow: float) -> None:
    total = 0
    for _ in range(senders):
        limiter, now = Limiter(100), 0.0
        limiter.slow_until(slow)
        limiter.share(senders)
        while now < 1.0:
            limiter.take(total, now)
            total += 1
            now = limiter.overall_ready_at(now)
    assert total <= 100 * max(LOWEST, 1 - RECOVERY * (slow - 1)) + senders


def test_what_a_limiter_learnt_is_given_to_the_next() -> None:
    old, new = Limiter(100), Limiter(100)
    old.refused(1, 10.0, 50.0)
    reopen(new, {"rate": int(old.full_at * 1000), "all": 60_000, "chat:5": 90_000}, -40.0)
    assert new.overall_ready_at(0.0) == pytest.approx(20.0)
    assert new.ready_at(5, 0.0) == pytest.approx(50.0)
    assert new.rate(20.0) == pytest.approx(100 * DECREASE)


@pytest.mark.parametrize("rate", [0, -1])
def test_a_rate_is_above_zero(rate: int) -> None:
    with pytest.raises(ValueError):
        Limiter(rate)

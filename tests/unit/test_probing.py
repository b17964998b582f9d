"""The search for lost messages: every message is found where it is, and few questions are asked."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.probing import AT_ONCE_FOR_A_NUMBER, Place, Probe, Search
from bot.domain.counter import shares_counter


def solve(search: Search, truth: dict[int, int]) -> tuple[dict[int, int], int]:
    """Ask until nothing is left; what was found by key, and how many questions it took."""
    found: dict[int, int] = {}
    asked = 0
    while wave := search.next_wave():
        chats = [probe.chat_id for probe in wave]
        assert len(set(chats)) == len(chats)
        for probe in wave:
            if not search.is_free(probe.message_id):
                continue
            asked += 1
            if truth.get(probe.key) == probe.message_id:
                found[probe.key] = probe.message_id
                search.found(probe)
            else:
                search.absent(probe)
    return found, asked


def places(number: int, floor: int, ceiling: int) -> list[Place]:
    return [Place(n, 1000 + n, floor, floor + 1 + n, ceiling) for n in range(number)]


@given(st.integers(1, 24), st.integers(0, 8), st.data())
def test_every_arrived_message_is_found_and_no_other(
    number: int, strangers: int, data: st.DataObject
) -> None:
    arrived = data.draw(st.lists(st.integers(0, number - 1), unique=True))
    numbers = data.draw(st.permutations(range(101, 101 + len(arrived) + strangers)))
    truth = dict(zip(arrived, numbers, strict=False))
    search = Search(places(number, 100, 102 + len(arrived) + strangers), range(101, 101 + len(numbers)))
    found, _ = solve(search, truth)
    assert found == truth
    assert all(search.exhausted(key) for key in search.open)


def test_numbers_that_follow_the_order_of_sending_cost_one_question_each() -> None:
    truth = {n: 101 + n for n in range(64)}
    _, asked = solve(Search(places(64, 100, 165), range(101, 165)), truth)
    assert asked == 64


def test_calls_that_overtook_each_other_cost_few_questions_more() -> None:
    chance = random.Random(3)
    order = sorted(range(64), key=lambda n: n + chance.uniform(0, 8))
    truth = {key: 101 + n for n, key in enumerate(order)}
    found, asked = solve(Search(places(64, 100, 165), range(101, 165)), truth)
    assert found == truth
    assert asked < 64 * 12


def test_once_every_free_number_is_found_nothing_more_is_asked() -> None:
    truth = {n: 101 + n for n in range(10)}
    search = Search(places(60, 100, 111), range(101, 111))
    found, asked = solve(search, truth)
    assert found == truth
    assert asked <= 20
    assert len(search.open) == 50


def test_a_number_that_turns_out_to_be_explained_is_asked_no_more() -> None:
    search = Search([Place(1, 5, 100, 101, 104)], [101, 102, 103])
    assert search.next_wave() == [Probe(1, 5, 101)]
    search.explained(101)
    assert search.next_wave() == [Probe(1, 5, 102)]
    search.explained(102)
    search.explained(103)
    assert search.next_wave() == []
    assert search.exhausted(1)


def test_no_number_outside_a_places_range_is_asked() -> None:
    search = Search([Place(1, 5, 110, 105, 113)], range(101, 120))
    asked = []
    while wave := search.next_wave():
        asked += [probe.message_id for probe in wave]
        search.absent(wave[0])
    assert sorted(asked) == [111, 112]


def test_with_a_budget_a_place_is_left_open_and_not_called_empty() -> None:
    search = Search([Place(1, 5, 0, 1, 1000)], range(1, 1000), most=3)
    while wave := search.next_wave():
        search.absent(wave[0])
    assert search.probes_of(1) == 3
    assert search.open == {1}
    assert not search.exhausted(1)


def test_persons_and_basic_groups_share_a_counter_and_supergroups_do_not() -> None:
    assert [shares_counter(chat) for chat in (5, -500, -999_999_999_999, -1_000_000_000_001)] == [
        True, True, True, False,
    ]  # fmt: skip


@given(st.integers(1, 12), st.integers(1, 12), st.data())
def test_of_two_senders_that_interleave_every_message_is_found_by_whoever_looks_later_too(
    first: int, second: int, data: st.DataObject
) -> None:
    """Rows of two senders, each above the floor that its lease noted; the search is broken off, and goes on
    with what was ruled out when the other sender's rows join in."""
    arrived = data.draw(st.lists(st.integers(0, first + second - 1), unique=True))
    order = data.draw(st.permutations(arrived))
    numbers = {key: 101 + n for n, key in enumerate(order)}
    floors = {
        key: data.draw(st.integers(90, min(numbers.get(key, 101 + len(order)) - 1, 100 + len(order))))
        for key in range(first + second)
    }
    top = 102 + len(order)
    rows = [Place(key, 1000 + key, floors[key], floors[key] + 1, top) for key in range(first + second)]
    asked: dict[int, set[int]] = {row.key: set() for row in rows}
    free = set(range(91, top)) - set(range(91, 101))
    search = Search(rows[:first], free, asked=asked)
    found: dict[int, int] = {}
    for probe in search.next_wave():
        if numbers.get(probe.key) == probe.message_id:
            search.found(probe)
            found[probe.key] = probe.message_id
        else:
            search.absent(probe)
    left = [row for row in rows if row.key not in found]
    joined = Search(left, free - set(found.values()), asked=asked)
    later, _ = solve(joined, numbers)
    assert found | later == numbers
    assert all(joined.exhausted(key) for key in joined.open)


def test_a_number_is_asked_for_by_few_places_at_once() -> None:
    wave = Search(places(64, 100, 102), [101]).next_wave()
    assert len(wave) == AT_ONCE_FOR_A_NUMBER
    assert wave[0].key == 0


def test_a_bound_that_is_learnt_later_ends_the_search_for_what_never_arrived() -> None:
    search = Search(places(2, 100, 300), range(101, 300))
    search.bounded(0, 103)
    search.bounded(1, 400)  # no higher than it was
    _, asked = solve(search, {})
    assert asked == 2 + 199


@given(st.integers(1, 24), st.integers(0, 4), st.integers(0, 60), st.data())
def test_without_a_later_number_the_end_of_the_counter_is_found(
    number: int, strangers: int, beyond: int, data: st.DataObject
) -> None:
    """Numbers above those known are given one after the other; nobody told how far."""
    arrived = data.draw(st.lists(st.integers(0, number - 1), unique=True))
    numbers = data.draw(st.permutations(range(101, 101 + len(arrived) + strangers)))
    truth = dict(zip(arrived, numbers, strict=False))
    top = 102 + number + strangers + beyond
    search = Search(places(number, 100, top), range(101, top), above=100, others=strangers)
    found, _ = solve(search, truth)
    assert found == truth
    assert all(search.exhausted(key) for key in search.open)


def test_what_never_arrived_is_known_after_few_questions_without_a_later_number() -> None:
    """Thirty messages that never left, behind them room for a hundred: each is asked for near the end of the
    counter, not for all that room."""
    truth = {n: 101 + n for n in range(34)}
    search = Search(places(64, 100, 233), range(101, 233), above=100, others=4)
    found, asked = solve(search, truth)
    assert found == truth
    assert all(search.exhausted(key) for key in search.open)
    assert max(search.probes_of(key) for key in search.open) <= 30
    assert asked < 1_100


def test_a_place_that_was_given_up_may_have_any_number() -> None:
    search = Search(places(2, 100, 104), [101, 102, 103], above=100, others=0)
    search.give_up(1)
    search.absent(Probe(0, 1000, 101))
    assert search.next_wave() == [Probe(0, 1000, 102)]
    search.absent(Probe(0, 1000, 102))
    assert search.next_wave() == []
    assert search.exhausted(0)


def test_after_many_crashes_few_waves_find_everything() -> None:
    """Five senders one after the other, each lost 51 messages that arrived and 13 that never left: guesses
    count on those as well, so that they are off by thirteen more each time."""
    rows = [Place(n, 1000 + n, 100 + n // 64, 101 + n, 400) for n in range(5 * 64)]
    arrived = [n for n in range(5 * 64) if n % 64 < 51]
    truth = {key: 101 + n for n, key in enumerate(arrived)}
    search = Search(rows, truth.values())
    waves = asked = 0
    while wave := search.next_wave():
        waves += 1
        for probe in wave:
            if search.is_free(probe.message_id) and probe.key in search.open:
                asked += 1
                (search.found if truth.get(probe.key) == probe.message_id else search.absent)(probe)
    assert not search.open & truth.keys()
    assert waves <= 20, waves
    assert asked <= 10 * len(rows), asked

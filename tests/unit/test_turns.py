"""How often a large sending is counted, and a long one shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.turns import ROWS_A_LOOK, its_turn, shown_again

START = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
EVERY = timedelta(seconds=5)


def shown(rows: int, since: timedelta, until: timedelta) -> int:
    """How many of the looks between two ages of a sending show it."""
    looks = range(int(since / EVERY), int(until / EVERY))
    return sum(shown_again(START + look * EVERY, EVERY, rows, START) for look in looks)


@pytest.mark.parametrize(
    ("since", "until", "times"),
    [(0, 30, 6), (30, 60, 3), (60, 120, 4), (3600, 3660, 4), (86400, 86460, 4)],
)
def test_what_takes_longer_is_shown_more_rarely_but_every_quarter_of_a_minute(
    since: int, until: int, times: int
) -> None:
    assert shown(1_500, timedelta(seconds=since), timedelta(seconds=until)) == times


def test_a_large_sending_is_shown_no_more_often_than_it_is_counted() -> None:
    for rows in (ROWS_A_LOOK, 5 * ROWS_A_LOOK):
        counted = sum(its_turn(START + look * EVERY, EVERY, rows) for look in range(60))
        assert shown(rows, timedelta(hours=1), timedelta(hours=1) + 60 * EVERY) <= counted


def test_a_clock_that_was_put_back_stops_nothing() -> None:
    assert any(shown_again(START - timedelta(hours=2) + look * EVERY, EVERY, 10, START) for look in range(3))

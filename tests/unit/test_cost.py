"""The cost of a paid broadcast, as staff read it before they release."""

from __future__ import annotations

import pytest

from bot.rendering.catalog import load_catalogs
from bot.rendering.cost import cost_line, stars


@pytest.mark.parametrize(
    ("messages", "rate", "cost"),
    [(150_000, 1000, 14_550), (1000, 60, 50), (1, 60, 1), (1000, 30, 0), (1000, 28, 0), (0, 1000, 0)],
)
def test_only_messages_above_the_free_rate_are_charged(messages: int, rate: float, cost: int) -> None:
    assert stars(messages, rate) == cost


def test_staff_read_the_cost_in_their_language_and_nothing_when_it_is_free() -> None:
    catalogs = load_catalogs()
    assert "14.550 Yıldız" in cost_line(150_000, 1000, catalogs["tr"])[0]
    assert "14,550 Stars" in cost_line(150_000, 1000, catalogs["en"])[0]
    assert cost_line(150_000, None, catalogs["en"]) == cost_line(5, 28.0, catalogs["en"]) == []

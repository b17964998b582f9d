"""Grouped alternatives find what the list finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import marks
from bot.understanding.branches import words

PARTS = (
    "ab",
    "a?c",
    r"\bab",
    r"\bb(?:c|d)",
    "[a|]b",
    "(?:a|b)c",
    r"[\]|]d",
    r"\|a",
    "[^]|]a",
    "b{2}",
    "",
    "bc",
)


@given(parts=st.lists(st.sampled_from(PARTS), min_size=1, max_size=8), text=st.text("abcd|] ", max_size=20))
def test_grouped_alternatives_find_something_where_the_list_does(parts: list[str], text: str) -> None:
    pattern = "|".join(parts)
    grouped, plain = words(pattern).search(text), re.search(pattern, text)
    assert (grouped and grouped.start()) == (plain and plain.start())


@pytest.mark.parametrize("asked", ["basvurularin iletilmesi", "please register", "\u0131 the ballot closes"])
def test_a_long_list_of_words_still_finds_them(asked: str) -> None:
    assert marks.READER.search(asked)
    assert len(marks.READER.pattern) > 1000
    assert "|basvur|" not in marks.READER.pattern  # "b" stands once before all of its words


def test_what_is_no_pattern_is_told() -> None:
    with pytest.raises(re.error):
        words("a|(b")

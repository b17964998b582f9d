"""Events told by first persons, outings, moves, tables of cells and titles, and days beside them."""

from __future__ import annotations

import pytest

from tests.unit.reading import meetings, wordings


@pytest.mark.parametrize(("notice", "expected"), wordings("events-told"))
def test_a_notice_gives_exactly_the_events_that_its_words_tell(notice: str, expected: str) -> None:
    """``language :: title :: text``; `` // `` ends a line of the text."""
    language, title, text = notice.split(" :: ")
    told = meetings(text.replace(" // ", "\n"), title, language)
    assert sorted(told.split(", ")) == sorted(expected.split(", "))

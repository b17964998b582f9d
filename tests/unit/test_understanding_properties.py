"""What holds for any text: no exception, honest quotes, and no form that takes time without end."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.notice import Deadline, Meeting, document_to_json, notice_from_json, notice_to_json
from bot.understanding.extract import understand
from tests.unit.reading import LETTER_DATE, topics, wordings

HANG_GUARD = 20.0
"""Seconds of processor time for a million letters: far above the usual one or two."""

_PIECES = st.sampled_from(
    [text for name in ("deadlines-tr", "deadlines-en", "meetings-tr", "codes", "links") for text,
    _ in wordings(name)]
    + ["\n", "\n\n", "1. ", "2) ", "a) ", "Sayın Üyemiz,", "SİRKÜLER NO: 5", "31 Şubat 2027", "00.00.0000",
    "\0", "ﬁ", "İ", "’"]
)  # fmt: skip
_ANY = st.one_of(
    st.text(max_size=400), st.lists(_PIECES, max_size=12).map(" ".join), st.lists(_PIECES).map("".join)
)


@settings(max_examples=150, deadline=None)
@given(_ANY)
def test_any_text_is_understood_and_every_quote_stands_in_it(text: str) -> None:
    document = understand(text, topics=topics(), published=LETTER_DATE)
    assert document.notices
    json.dumps(document_to_json(document), ensure_ascii=False)
    for notice in document.notices:
        body = " ".join(notice.text.split())
        found: list[Deadline | Meeting] = [*notice.deadlines, *notice.meetings]
        for fact in found:
            assert fact.quote
            assert fact.quote in body
            assert 0 <= fact.confidence <= 1
        assert notice_from_json(notice_to_json(notice)) == notice


_LONG = [pair for pair in wordings("deadlines-tr") + wordings("meetings-tr") if len(pair[0]) > 75]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(_LONG), st.integers(0, 9))
def test_a_sentence_wrapped_at_a_full_line_says_the_same(pair: tuple[str, str], at: int) -> None:
    words = pair[0].split(" ")
    place = max(3, len(words) - 1 - at % 3)
    wrapped = " ".join(words[:place]) + "\n" + " ".join(words[place:])
    plain, healed = (
        understand("Sayın Üyemiz,\n\n" + text, topics=topics(), published=LETTER_DATE).notices[0]
        for text in (pair[0], wrapped)
    )
    assert plain.text == healed.text
    assert plain.deadlines == healed.deadlines
    assert plain.meetings == healed.meetings


HOSTILE = {
    "digits": "1" * 1_000_000,
    "dots": "." * 1_000_000,
    "numbering": "1. " * 330_000,
    "dates": "24.11.2026 " * 90_000,
    "dates of events": "toplantı 24.12.2026 yapılacak " * 35_000,
    "open quotes": "“" * 500_000 + '"' * 500_000,
    "capital words": "Ticaret Bakanlığı " * 55_000,
    "tabs and letters": "a\t" * 500_000,
    "letters before a mail sign": "a" * 1_000_000 + "@",
    "dotted host": "a." * 500_000 + "com",
    "brackets": "(" * 500_000 + ")" * 500_000,
    "codes": "3907.61 " * 125_000,
    "short words without an end": "en geç saat günü mesai bitimi " * 33_000,
    "reporting": "görüş bildir " * 75_000,
    "dashes": "a-" * 500_000,
    "terms back from no event": "Formun fuardan 10 gün önce bildirilmesi gerekir. " * 20_000,
    "terms": "on gün, ilanı izleyen on gün içinde, within a week of a day after " * 15_000,
    "disguised mails": "a [at] " * 140_000,
}


@pytest.mark.parametrize("form", HOSTILE)
def test_a_million_hostile_letters_are_read_in_bounded_time(form: str) -> None:
    started = time.process_time()
    understand(HOSTILE[form], topics=topics(), published=LETTER_DATE)
    assert time.process_time() - started < HANG_GUARD


def test_a_million_letters_of_circulars_are_read_in_bounded_time() -> None:
    text = "\n".join(
        text for name in ("deadlines-tr", "meetings-tr", "links", "codes") for text, _ in wordings(name)
    )
    long = (text + "\n\n") * (1_000_000 // len(text))
    started = time.process_time()
    understand(long, topics=topics(), published=LETTER_DATE)
    assert time.process_time() - started < HANG_GUARD

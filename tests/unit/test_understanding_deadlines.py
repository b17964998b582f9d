"""Wordings of last days, in Turkish and English, and dates that are none."""

from __future__ import annotations

import pytest

from tests.unit.reading import deadlines, read, wordings


@pytest.mark.parametrize(("text", "expected"), wordings("deadlines-tr"))
def test_a_turkish_wording_gives_exactly_its_last_days(text: str, expected: str) -> None:
    assert deadlines(text) == expected


@pytest.mark.parametrize(("text", "expected"), wordings("deadlines-en"))
def test_an_english_wording_gives_exactly_its_last_days(text: str, expected: str) -> None:
    assert deadlines(text, "Notice", "en") == expected


def test_a_quote_is_the_wording_with_what_makes_it_a_last_day() -> None:
    found = read(
        "Başvuruların en geç 15 Ocak 2027 Cuma mesai bitimine kadar iletilmesi gerekmektedir."
    ).deadlines
    assert found[0].quote == "en geç 15 Ocak 2027 Cuma mesai bitimine kadar"


def test_a_weekday_that_does_not_fit_its_date_is_doubtful() -> None:
    fitting = read("Formun 15 Ocak 2027 Cuma gününe kadar iletilmesi gerekmektedir.").deadlines[0]
    wrong = read("Formun 15 Ocak 2027 Salı gününe kadar iletilmesi gerekmektedir.").deadlines[0]
    assert wrong.confidence < 0.6 <= fitting.confidence

"""Wordings of events, in Turkish and English, and dates that are none."""

from __future__ import annotations

import pytest

from tests.unit.reading import meetings, read, wordings


@pytest.mark.parametrize(("text", "expected"), wordings("meetings-tr"))
def test_a_turkish_wording_gives_exactly_its_events(text: str, expected: str) -> None:
    assert meetings(text) == expected


@pytest.mark.parametrize(("text", "expected"), wordings("meetings-en"))
def test_an_english_wording_gives_exactly_its_events(text: str, expected: str) -> None:
    assert meetings(text, "Notice", "en") == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Toplantı 10 Aralık 2026 tarihinde Ankara’da yapılacaktır.", "Ankara"),
        ("Webinar 9 Aralık 2026 günü saat 14.00'te Zoom üzerinden gerçekleştirilecektir.", "Zoom"),
        ("Fuar 5-8 Nisan 2027 tarihleri arasında Almanya'nın Köln şehrinde düzenlenecektir.", "Köln"),
    ],
)
def test_the_place_of_an_event_is_told(text: str, place: str) -> None:
    assert read(text).meetings[0].place == place


def test_a_weekday_that_does_not_fit_its_date_is_doubtful() -> None:
    fitting = read("Toplantı 10 Aralık 2026 Perşembe günü yapılacaktır.").meetings[0]
    wrong = read("Toplantı 10 Aralık 2026 Salı günü yapılacaktır.").meetings[0]
    assert wrong.confidence < 0.6 <= fitting.confidence

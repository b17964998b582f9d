"""Reported Turkish as direct statements: what the tables know, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.plain import direct
from bot.understanding.summary import summarize

LINES = [
    [part.strip() for part in line.split(" | ")]
    for line in (Path(__file__).parent.parent / "data/wordings/plain-tr.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("before", "after"), LINES)
def test_a_reported_sentence_becomes_a_direct_one_or_stays(before: str, after: str) -> None:
    assert direct(before) == (before if after == "=" else after)


def test_a_summary_says_directly_what_a_letter_reports_and_names_who_says_it() -> None:
    text = (
        "Amman Ticaret Müşavirliğimizden alınan yazıda, 25.000 ton gübre alımı için ihale açıldığı "
        "bildirilmektedir. Tekliflerin 22 Aralık 2026 Salı günü yerel saatle 12.00’ye kadar verilmesi "
        "gerekmektedir."
    )
    assert summarize((text,), "tr") == (
        "25.000 ton gübre alımı için ihale açıldı (kaynak: Amman Ticaret Müşavirliğimiz). Tekliflerin "
        "22 Aralık 2026 Salı günü yerel saatle 12.00’ye kadar verilmesi gerekmektedir."
    )


def test_a_summary_has_at_most_four_sentences() -> None:
    sentence = "Sektör için yeni bir düzenleme yapılmıştır."
    assert summarize((" ".join([sentence] * 9),), "tr").count(".") == 4


WORDS = st.sampled_from(
    [
        "fuarın",
        "fuar",
        "açıldığı,",
        "açıldığı",
        "yapılacağı",
        "ve",
        "toplantının",
        "gerektiği",
        "5",
        "Mayıs",
        "Bakanlığından",
        "alınan",
        "yazıda,",
        "bildirilmektedir.",
        "tarafından",
        "bildirilmiştir.",
        "yapılmasının",
        "öngörüldüğü",
        "İptal",
        "edildiği",
    ]
)


@given(st.lists(WORDS, max_size=14))
def test_no_word_is_invented(words: list[str]) -> None:
    """Every word of the answer begins as one of the sentence's words does, apart from the source's mark."""
    sentence = " ".join(words)
    answer = direct(sentence).replace("(kaynak: ", "").replace(")", "")
    starts = {word[:3].lower() for word in words}
    assert all(word[:3].lower() in starts for word in answer.split())

"""What a translation must keep: names, links and codes by their place, numbers and dates by value."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.glossary import Glossary, parse_glossary
from bot.rendering.catalog import LOCALES
from bot.understanding.translation import mask, same_facts, unmask

GLOSSARY = Glossary(
    (
        ("Kritik Kimyasallar İttifakı", "Critical Chemicals Alliance"),
        ("SKDM", "CBAM"),
        ("kayıt", "registration"),
        ("Ek-17", "Annex XVII"),
    )
)
TEXT = (
    "The Critical Chemicals Alliance & CBAM: apply by 18 December 2026 at https://ec.europa.eu/join?a=1&b=2, "
    "ask cca@ec.example about 2905.31.00 and Annex XVII (12,500 tonnes)."
)


def test_names_links_addresses_and_codes_are_replaced_by_places() -> None:
    masked = mask(TEXT, GLOSSARY, "en", "tr")
    assert masked.text == (
        'The <x id="0"/> &amp; <x id="1"/>: apply by 18 December 2026 at <x id="2"/>, ask <x id="3"/> '
        'about <x id="4"/> and <x id="5"/> (12,500 tonnes).'
    )
    assert masked.kept == (
        "Kritik Kimyasallar İttifakı", "SKDM", "https://ec.europa.eu/join?a=1&b=2", "cca@ec.example",
        "2905.31.00", "Ek-17",
    )  # fmt: skip


def test_what_was_kept_comes_back_in_its_place() -> None:
    masked = mask(TEXT, GLOSSARY, "en", "tr")
    answer = (
        '<x id="0"/> &amp; <x id="1" />: 18 Aralık 2026’ya kadar <x id="2"></x>, sorular <x id="3"/>: '
        '<x id="4"/>, <x id="5"/> (12.500 ton).'
    )
    assert unmask(answer, masked) == (
        "Kritik Kimyasallar İttifakı & SKDM: 18 Aralık 2026’ya kadar https://ec.europa.eu/join?a=1&b=2, "
        "sorular cca@ec.example: 2905.31.00, Ek-17 (12.500 ton)."
    )


def test_a_name_loses_its_turkish_suffix_and_common_words_are_left_to_the_translator() -> None:
    masked = mask("Kritik Kimyasallar İttifakı’na kayıt", GLOSSARY, "tr", "en")
    assert (masked.text, masked.kept) == ('<x id="0"/> kayıt', ("Critical Chemicals Alliance",))


@pytest.mark.parametrize(
    "answer",
    [
        "18 Aralık 2026 (12.500 ton)",  # the name is gone
        '<x id="0"/> <x id="0"/> 18 Aralık 2026 (12.500 ton)',  # it is there twice
        '<x id="0"/> 19 Aralık 2026 (12.500 ton)',  # another day
        '<x id="0"/> 18 Ocak 2026 (12.500 ton)',  # another month
        '<x id="0"/> 18 Aralık 2026 (12.000 ton)',  # another number
        '<x id="0"/> 18 Aralık 2026 (12.500 ton, 3 gün)',  # one more
        '<x id="0"/> 18 Aralık 2026 (12.500 ton) https://elsewhere.example',
        '<x id="0"/> 18 Aralık 2026 (12.500 ton) a@elsewhere.example',
        '<b><x id="0"/></b> 18 Aralık 2026 (12.500 ton)',  # a tag nobody sent
        "",
    ],
)
def test_a_translation_that_says_something_else_is_discarded(answer: str) -> None:
    masked = mask("The Critical Chemicals Alliance, 18 December 2026 (12,500 tonnes)", GLOSSARY, "en", "tr")
    right = '<x id="0"/>, 18 Aralık 2026 (12.500 ton)'
    assert unmask(right, masked) == "Kritik Kimyasallar İttifakı, 18 Aralık 2026 (12.500 ton)"
    assert unmask(answer, masked) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("until 5 March 2027", "5 Mart 2027 tarihine kadar", True),
        ("until 5 March 2027", "5 Mayıs 2027 tarihine kadar", False),
        ("http://a.example/x", "http://a.example/y", False),
        ("code 3904.10", "3904.10 kodu", True),
        ("code 3904.10", "3904.21 kodu", False),
    ],
)
def test_facts_are_compared_in_both_languages(one: str, other: str, same: bool) -> None:
    assert same_facts(one, other) is same


@given(st.text(max_size=200))
def test_a_translation_that_changes_nothing_is_the_text_itself(text: str) -> None:
    masked = mask(text, Glossary(), "en", "tr")
    assert unmask(masked.text, masked) in (text.strip(), None)


def test_every_term_of_the_shipped_glossary_is_a_pair_of_words() -> None:
    pairs = parse_glossary(tomllib.loads((LOCALES / "glossary.toml").read_text("utf-8"))).pairs
    assert len(pairs) > 80
    assert not [pair for pair in pairs if min(map(len, pair)) < 2 or pair[0] == pair[1]]
    assert ("çıktı", "deliverable") in pairs
    assert ("Kritik Kimyasallar İttifakı", "Critical Chemicals Alliance") in pairs

"""The same news under two addresses or two spellings."""

from __future__ import annotations

import pytest

from bot.domain.identity import title_key, url_key


@pytest.mark.parametrize(
    "other",
    [
        "https://www.news.example/a/b?x=1&y=2",
        "http://news.example/a/b/?y=2&x=1",
        "https://NEWS.example/a/b?x=1&y=2&utm_source=rss&fbclid=3#top",
    ],
)
def test_addresses_that_lead_to_the_same_page_are_alike(other: str) -> None:
    assert url_key(other) == url_key("https://news.example/a/b?x=1&y=2")


@pytest.mark.parametrize(
    "other",
    ["https://news.example/a/b?x=1", "https://news.example/a", "https://other.example/a/b?x=1&y=2"],
)
def test_addresses_of_other_pages_differ(other: str) -> None:
    assert url_key(other) != url_key("https://news.example/a/b?x=1&y=2")


def test_no_address_is_like_no_other() -> None:
    assert url_key(None) is None
    assert url_key("") is None


def test_titles_are_alike_in_any_spelling_of_theirs() -> None:
    assert title_key("İTTİFAK: ışık ve GÜMRÜK") == title_key("ittifak – ışık ve gümrük!")
    assert title_key("Commission adopts guidelines") != title_key("Commission adopts guidelines 2")


def test_a_short_title_identifies_nothing() -> None:
    assert title_key("Daily news") is None

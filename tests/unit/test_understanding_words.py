"""Codes, countries, addresses, status and kind: a line of a text and what it gives."""

from __future__ import annotations

import pytest

from tests.unit.reading import read, wordings


@pytest.mark.parametrize(("text", "expected"), wordings("codes"))
def test_tariff_codes_are_found_and_other_numbers_are_not(text: str, expected: str) -> None:
    assert " ".join(read(text).hs_codes) == expected


@pytest.mark.parametrize(("text", "expected"), wordings("countries"))
def test_countries_are_found_in_any_case_and_form(text: str, expected: str) -> None:
    assert " ".join(sorted(read(text).countries)) == expected


@pytest.mark.parametrize(("text", "expected"), wordings("emails"))
def test_mail_addresses_are_found_also_when_disguised(text: str, expected: str) -> None:
    assert " ".join(read(text).emails) == expected


@pytest.mark.parametrize(("text", "expected"), wordings("links"))
def test_links_have_a_role_and_a_lost_one_has_no_address(text: str, expected: str) -> None:
    found = [f"{link.role.value} {link.url or 'lost'}" for link in read(text).links]
    assert ", ".join(found) == expected


@pytest.mark.parametrize(("text", "expected"), wordings("status"))
def test_the_status_is_what_the_letter_does_to_an_earlier_one(text: str, expected: str) -> None:
    title, _, body = text.partition(" | ")
    assert read(body, title).status.value == expected


@pytest.mark.parametrize(("text", "expected"), wordings("kinds"))
def test_the_kind_is_what_a_clerk_would_file_it_under(text: str, expected: str) -> None:
    title, _, body = text.partition(" | ")
    assert read(body, title).kind.value == expected

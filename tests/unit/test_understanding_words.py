"""Codes, countries, addresses, status and kind: a line of a text and what it gives."""

from __future__ import annotations

import pytest

from tests.unit.reading import read, read_circular, wordings


@pytest.mark.parametrize(("text", "expected"), wordings("codes"))
def test_tariff_codes_are_found_and_other_numbers_are_not(text: str, expected: str) -> None:
    assert " ".join(read(text).hs_codes) == expected


@pytest.mark.parametrize(("text", "expected"), wordings("countries"))
def test_countries_are_found_in_any_case_and_form(text: str, expected: str) -> None:
    assert " ".join(sorted(read(text.replace(" || ", "\n")).countries)) == expected


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


@pytest.mark.parametrize(("text", "expected"), wordings("code-tables"))
def test_codes_of_a_table_are_told_by_its_head(text: str, expected: str) -> None:
    assert set(read(text.replace(" || ", "\n")).hs_codes) == set(expected.split())


@pytest.mark.parametrize(("head", "expected"), wordings("letter-numbers"))
def test_the_number_that_a_letter_goes_by(head: str, expected: str) -> None:
    found = read_circular(
        head.replace(" | ", "\n")
        + "\n\nSayın Üyemiz,\n\n30.12.2025 tarihli ve 33200 sayılı Karar yayımlanmıştır.\n"
    ).number
    assert (found or "-") == expected

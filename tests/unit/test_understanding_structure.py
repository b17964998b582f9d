"""How a letter is taken apart: wrapped lines, feet of pages, heads with facts, parts of one subject."""

from __future__ import annotations

import pytest

from bot.understanding.text import RawDocument, paragraphs
from tests.unit.reading import read_circular, wordings


@pytest.mark.parametrize(("lines", "expected"), wordings("wraps"))
def test_a_line_goes_on_in_the_next_one_unless_that_is_a_label_or_a_list(lines: str, expected: str) -> None:
    first, _, second = lines.partition(" | ")
    found = paragraphs(RawDocument((first, second)))
    assert len(found) == {"one": 1, "two": 2}[expected]


BODY = """Sirküler No: 2027/12
12.01.2027

Konu: Kayıtların Güncellenmesi

Sayın Üyemiz,

Üyelerimizin kayıtlarında yer alan bilgileri 12 Şubat 2027 tarihine kadar gözden geçirmeleri beklenmektedir.

Bilgilerini rica ederim.

Genel Sekreter

"""


@pytest.mark.parametrize(("foot", "expected"), wordings("feet"))
def test_addresses_of_the_foot_are_no_part_of_a_letter(foot: str, expected: str) -> None:
    (notice,) = read_circular(BODY + foot).notices
    assert [*notice.emails, *(link.url for link in notice.links)] == expected.split()

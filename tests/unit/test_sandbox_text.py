"""The sandbox reads HTML and Markdown as TDLib does: answers of TDLib 1.8.69 to many texts, kept as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.problems import ApiError
from bot.sandbox.text.automatic import automatic
from bot.sandbox.text.entities import Entity, normalized
from bot.sandbox.text.message import PARSERS, cleaned, message_text

ROOT = Path(__file__).parents[2]
OWN = json.loads((ROOT / "tests/data/sandbox/parse_cases.json").read_text("utf-8"))
REFERENCE = ROOT.parent / "shared/reference/telegram/html_cases.json"


def read(mode: str, text: str) -> tuple[str, list[Entity]] | str:
    """What a parser makes of a text: text and entities, or the error's words."""
    try:
        return PARSERS[mode.lower()](text)
    except ApiError as error:
        return error.description


def plain(entities: list[Entity]) -> list[Entity]:
    """Without the format of times, which TDLib keeps in a form of its own."""
    return [{key: value for key, value in one.items() if key != "date_time_format"} for one in entities]


def kept(read_text: str, entities: list[Entity]) -> dict[str, Any]:
    text, moved = cleaned(read_text, entities)
    return {"text": text, "entities": plain(normalized(moved))}


@pytest.mark.parametrize("case", OWN, ids=lambda case: f"{case['mode']} {case['input']!r}")
def test_a_text_is_read_as_tdlib_reads_it(case: dict[str, Any]) -> None:
    found = read(case["mode"], case["input"])
    if "error" in case:
        assert found == f"Bad Request: {case['error']}"
        return
    assert isinstance(found, tuple), found
    assert {"text": found[0], "entities": plain(found[1])} == {
        "text": case["text"],
        "entities": case["entities"],
    }
    if "kept" in case:
        assert kept(*found) == case["kept"]


@pytest.mark.skipif(not REFERENCE.exists(), reason="The reference cases are not beside this checkout.")
def test_every_reference_case_is_equal() -> None:
    cases = json.loads(REFERENCE.read_text("utf-8"))["cases"]
    assert len(cases) == 98
    for case in cases:
        found = read(case["parse_mode"], case["input"])
        if "error" in case:
            assert found == case["error"], case
            continue
        assert isinstance(found, tuple), case
        assert {"text": found[0], "entities": plain(found[1])} == case["parsed"], case
        # TDLib empties a text of white space alone; here that is done where the text is trimmed.
        if case.get("normalized", {}).get("text"):
            assert kept(*found) == case["normalized"], case


def test_a_message_is_trimmed_and_its_entities_move_along() -> None:
    assert message_text("  \n<b> x </b>\r\n ", "HTML") == ("x", [{"type": "bold", "offset": 0, "length": 1}])
    assert message_text("a\u202e<i>b\t</i>c", "html") == (
        "ab c",
        [{"type": "italic", "offset": 1, "length": 2}],
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([{"type": "bold", "offset": 5, "length": 1}], "entity begins after the end of the text"),
        ([{"type": "bold", "offset": 1, "length": 9}], "entity beginning at UTF-16 offset 1 ends after"),
        ([{"type": "shiny", "offset": 0, "length": 1}], "Unsupported type specified"),
        ([{"type": "bold", "length": 1}], 'Can\'t find field "offset"'),
    ],
)
def test_given_entities_are_checked(given: list[Entity], words: str) -> None:
    with pytest.raises(ApiError) as caught:
        message_text("😀x", "", given)
    assert words in caught.value.description


def test_given_entities_are_kept_and_found_ones_are_not_asked_for() -> None:
    given = [{"type": "bold", "offset": 2, "length": 1}, {"type": "url", "offset": 0, "length": 1}]
    assert message_text("😀x", "", given) == ("😀x", [{"type": "bold", "offset": 2, "length": 1}])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/takvim ve (/ara), /x@sirkuler_bot", ["/takvim", "/ara", "/x@sirkuler_bot"]),
        ("/başvuru a/b /a/b //a /a@b", []),
        ("/a.b", ["/a"]),
        ("bkz. www.ticaret.gov.tr/x. Ayrıca tobb.org.tr!", ["www.ticaret.gov.tr/x", "tobb.org.tr"]),
        (
            '(https://a.org/x) "https://b.org" https://c.org/x… https://d.org/(x)',
            ["https://a.org/x", "https://b.org", "https://c.org/x", "https://d.org/(x)"],
        ),
        (
            "https://ticaret.gov.tr/ş?x=1&y, http://127.0.0.1:80/x",
            ["https://ticaret.gov.tr/ş?x=1&y", "http://127.0.0.1:80/x"],
        ),
        ("http://localhost:8080/x dosya.pdf 8703.23 15.12.2026 a.b.c", []),
        ("info@ticaret.gov.tr, a@b.org. mailto:c@d.org", ["info@ticaret.gov.tr", "a@b.org", "c@d.org"]),
        ("@ayse_demir, @ay e@ayse", ["@ayse_demir"]),
        ("#ihracat #1 #a_b $USD", ["#ihracat", "#a_b", "$USD"]),
    ],
)
def test_what_telegram_finds_by_itself(text: str, found: list[str]) -> None:
    assert [text[one["offset"] :][: one["length"]] for one in automatic(text, [])] == found


def test_nothing_is_found_inside_code_and_a_find_comes_before_a_style() -> None:
    code: Entity = {"type": "code", "offset": 0, "length": 6}
    bold: Entity = {"type": "bold", "offset": 0, "length": 6}
    assert [one["type"] for one in automatic("/start", [code])] == ["code"]
    assert [one["type"] for one in automatic("/start", [bold])] == ["bot_command", "bold"]

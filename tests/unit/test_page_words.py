"""The chat page says the same in both languages, and knows the server's sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SANDBOX = Path(__file__).parents[2] / "bot" / "sandbox"
SCRIPTS = sorted((SANDBOX / "static" / "js").glob("*.js"))
WORDS = (SANDBOX / "static" / "js" / "words.js").read_text(encoding="utf-8")
ENTRY = re.compile(r'(\w+): "((?:[^"\\]|\\.)*)"')


def block(name: str) -> dict[str, str]:
    """The words of one language."""
    found = re.search(rf"^  {name}: \{{\n(.*?)^  \}},\n", WORDS, re.MULTILINE | re.DOTALL)
    assert found
    return dict(ENTRY.findall(found[1]))


TR, EN = block("tr"), block("en")


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    known_only_in_turkish = {"refused"}  # English shows the server's own sentence
    assert set(TR) - known_only_in_turkish == set(EN)
    for key, text in EN.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", TR[key])), key


def test_no_text_is_the_same_in_both_languages_but_for_names() -> None:
    same = {key for key in EN if EN[key] == TR[key]}
    assert same <= {"bot", "apiLog", "video", "animation"}, same


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_word_asked_for_is_there(script: Path) -> None:
    asked = set(re.findall(r'\bt\("(\w+)"', script.read_text(encoding="utf-8")))
    assert asked <= set(TR), asked - set(TR)


def test_the_sentences_translated_are_those_the_server_says() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in SANDBOX.glob("*.py"))
    reasons = re.search(r"const REASONS = \{\n(.*?)\n\};", WORDS, re.DOTALL)
    assert reasons
    for sentence in re.findall(r'^  "([^"]+)":', reasons[1], re.MULTILINE):
        assert sentence == "Failed to fetch" or sentence in code, sentence

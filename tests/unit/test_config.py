"""Settings: all mistakes at once, each one sentence; the example names every setting there is."""

from __future__ import annotations

import os
import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from bot.app_parts import read_glossary, read_topics, source_specs
from bot.config import Settings, SourceSettings, build_settings, load_settings
from bot.errors import ConfigError

EXAMPLE = Path(__file__).parent.parent.parent / "config.example.toml"
FORM = "123456789:" + "A" * 35


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of whoever runs the tests do not count."""
    for name in os.environ:
        if name.startswith("SIRKULER_"):
            monkeypatch.delenv(name)


def problems(data: dict[str, Any], folder: Path = Path()) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        build_settings(data, folder)
    return caught.value.problems


def test_three_mistakes_are_three_sentences_that_name_their_places() -> None:
    found = problems(
        {
            "telegram": {"token": "not-a-token"},
            "association": {"time_zone": "Mars/Olympus"},
            "sources": [{"name": "A", "url": "ftp://news.example"}],
        }
    )
    assert len(found) == 3
    telegram, zone, url = sorted(found, key=lambda sentence: ["tele", "asso", "sour"].index(sentence[1:5]))
    assert telegram.startswith("[telegram] token: is not a bot token")
    assert "not-a-token" not in telegram
    assert zone == "[association] time_zone: is not a time zone; write it like Europe/Istanbul."
    assert url == "[sources] no. 1 url: must be an address that begins with https:// or http://."


def test_a_setting_that_does_not_exist_is_named_with_where_to_look() -> None:
    (found,) = problems({"telegram": {"tokn": "x"}})
    assert found == "[telegram] tokn: is not a setting; see config.example.toml for the names."


def test_a_missing_file_and_broken_toml_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"copy config\.example\.toml"):
        load_settings(tmp_path / "none.toml")
    broken = tmp_path / "broken.toml"
    broken.write_text("[telegram\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings(broken)


def test_sources_need_different_names_and_some_patience() -> None:
    source = {"name": "A", "url": "https://news.example/rss"}
    (found,) = problems({"sources": [source, source]})
    assert "two sources are named 'A'" in found
    (found,) = problems({"sources": [source | {"interval": 1}]})
    assert "must be at least 5 (minutes)" in found


def test_the_token_may_stand_in_a_file_beside_the_settings(tmp_path: Path) -> None:
    (tmp_path / "token.txt").write_text(FORM + "\n", encoding="utf-8")
    settings = build_settings({"telegram": {"token_file": "token.txt"}}, tmp_path)
    assert settings.token() == FORM
    assert FORM not in repr(settings)
    (found,) = problems({"telegram": {"token_file": "none.txt"}}, tmp_path)
    assert found.startswith("[telegram] token_file: ")


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIRKULER_ASSOCIATION__NAME", "Öteki Birlik")
    assert build_settings({"association": {"name": "Birlik"}}, Path()).association.name == "Öteki Birlik"


@pytest.mark.parametrize(
    ("variable", "value"),
    [("SIRKULER_DELIVERY", "x"), ("SIRKULER_STAFF__APPROVERS", "12,13"), ("SIRKULER_SOURCES", "[")],
)
def test_an_environment_variable_that_is_no_json_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    (found,) = problems({})
    assert found.startswith(f"The environment variable {variable.split('__')[0]} ")


@pytest.mark.parametrize(
    ("section", "setting", "value", "sentence"),
    [
        ("telegram", "proxy", "nonsense", "must be an HTTP proxy like http://proxy.example:3128"),
        ("telegram", "proxy", "socks5://127.0.0.1:9050", "must be an HTTP proxy like"),
        ("telegram", "mode", "webhook", "must be 'polling'"),
        ("database", "url", "postgresql+asyncpg://u:p@host:abc/x", "has a port that is no number"),
        ("association", "languages", [], "must not be empty"),
        ("association", "name", "", "must not be empty"),
        ("staff", "approvers", [-100123], "must be more than 0"),
        ("web", "port", 99999, "must be at most 65535"),
        ("telegram", "api_base_url", "https://[bad", "is not an address"),
    ],
)
def test_a_wrong_value_is_one_sentence_that_says_what_would_be_right(
    section: str, setting: str, value: object, sentence: str
) -> None:
    (found,) = problems({section: {setting: value}})
    assert found.startswith(f"[{section}] {setting}")
    assert sentence in found


def test_an_interval_that_is_no_number_is_told_in_minutes() -> None:
    (found,) = problems({"sources": [{"name": "A", "url": "https://news.example/rss", "interval": "soon"}]})
    assert found == "[sources] no. 1 interval: must be a whole number (minutes)."


def test_a_file_of_a_windows_editor_is_read_and_another_encoding_is_told(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes('[association]\nname = "Örnek"\n'.encode("utf-8-sig"))
    assert load_settings(file).association.name == "Örnek"
    file.write_bytes('[association]\nname = "Örnek"\n'.encode("utf-16"))
    with pytest.raises(ConfigError, match="not written in UTF-8"):
        load_settings(file)


def test_the_example_is_valid_and_its_tables_can_be_read() -> None:
    settings = load_settings(EXAMPLE)
    assert settings.token() is None
    assert len(settings.sources) > 10
    keys = read_topics(settings).keys()
    assert all(topic in keys for source in settings.sources for topic in source.topics)
    assert read_glossary(settings).pairs
    first = source_specs(settings)[0]
    assert (first.policy, first.interval) == ("review", timedelta(minutes=30))
    assert len(source_specs(settings)) < len(settings.sources)


def test_the_example_shows_the_defaults_it_claims() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    shown = re.sub(
        r"^# (?=(?:mode|api_base_url|time_zone|office_\w+|languages|second_person|rate_per_second|in_flight"
        r"|inbox_hours|host|port|digest_at|silent_source_days|provider|after_crash|allow_paid_broadcast"
        r"|\w+_days|alliance_application_url) =)",
        "",
        text,
        flags=re.MULTILINE,
    )
    assert shown != text
    assert build_settings(tomllib.loads(shown), EXAMPLE.parent) == load_settings(EXAMPLE)


def test_the_example_names_every_setting() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for section, field in Settings.model_fields.items():
        model = SourceSettings if section == "sources" else field.annotation
        assert isinstance(model, type)
        assert issubclass(model, BaseModel)
        heading = f"[[{section}]]" if section == "sources" else f"[{section}]"
        assert heading in text, heading
        # A source's settings stand in its first entry, a section's between its heading and the next.
        body = text.split(f"\n{heading}\n", 1)[1].split("\n[", 1)[0]
        for name in model.model_fields:
            assert re.search(rf"^(?:# )?{name} = ", body, re.MULTILINE), f"{heading} {name}"

"""The README names every command of members, staff and the terminal, and every section of the settings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from bot.cli import application
from bot.config import Settings
from handlers.commands import COMMANDS

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
TERMINAL = typer.main.get_command(application)


def part(heading: str) -> str:
    """What stands under a heading of the README."""
    return README.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize("command", [one for one in COMMANDS if one.listed], ids=lambda one: one.key)
def test_every_command_of_the_chat_is_named_in_both_languages(command: object) -> None:
    names = getattr(command, "names")  # noqa: B009
    where = part("For members") if getattr(command, "action") is None else README  # noqa: B009
    for name in names.values():
        assert re.search(rf"/{name}\b", where), name


def test_every_command_of_the_terminal_is_named() -> None:
    first, second = re.findall(r"^sirkuler (.*)$", part("The terminal"), re.MULTILINE)
    commands = getattr(TERMINAL, "commands")  # noqa: B009
    assert set(first.split(" | ")) == set(commands) - {"db"}
    assert set(second.removeprefix("db ").split(" | ")) == set(commands["db"].commands)


def test_every_section_of_the_settings_is_named() -> None:
    named = re.findall(r"`\[+(\w+)\]+`", part("Settings"))
    assert set(named) == set(Settings.model_fields)


def test_every_picture_is_there() -> None:
    pictures = re.findall(r"(docs/pictures/[\w.-]+)", README)
    assert pictures
    assert [one for one in pictures if not (ROOT / one).is_file()] == []


def test_a_version_of_the_changelog_has_each_heading_once() -> None:
    for version in CHANGELOG.split("\n## ")[1:]:
        headings = re.findall(r"^### (\w+)$", version, re.MULTILINE)
        assert len(headings) == len(set(headings)), headings

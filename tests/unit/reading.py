"""One paragraph read as a circular of 24 November 2026, for the tables of the understanding tests."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from bot.domain.notice import Document, Notice
from bot.domain.topic import TopicTable, parse_topics
from bot.rendering.catalog import LOCALES
from bot.understanding.extract import understand, understand_item

LETTER_DATE = date(2026, 11, 24)
WORDINGS = Path(__file__).parents[1] / "data" / "wordings"


def wordings(name: str) -> list[tuple[str, str]]:
    """(text, expected facts) of the lines ``text => facts`` of a file; nothing after the arrow: no fact."""
    lines = (WORDINGS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("=>") for line in lines if line.strip()]
    return [(text.strip(), facts.strip()) for text, _, facts in pairs]


@cache
def topics() -> TopicTable:
    """The topics that the bot ships with."""
    return parse_topics(tomllib.loads((LOCALES / "topics.toml").read_text(encoding="utf-8")))


def read_circular(text: str) -> Document:
    """A whole letter."""
    return understand(text, topics=topics())


def read(text: str, title: str = "Duyuru Hk.", language: str = "tr") -> Notice:
    """The notice with this title and body in a letter of ``LETTER_DATE``."""
    return understand_item(title, text, None, topics=topics(), published=LETTER_DATE, language=language)


def deadlines(text: str, title: str = "Duyuru Hk.", language: str = "tr") -> str:
    """The last days as ``2027-01-15 17:00``, several joined by a comma; ``-`` without a day."""
    found = read(text, title, language).deadlines
    return ", ".join(
        " ".join(
            part
            for part in (
                one.date.isoformat() if one.date else "-",
                one.time.strftime("%H:%M") if one.time else "",
                one.time_zone or "",
                "relative" if one.relative else "",
            )
            if part
        )
        for one in found
    )


def meetings(text: str, title: str = "Duyuru Hk.", language: str = "tr") -> str:
    """The events as ``2027-04-05..2027-04-08 10:00 Europe/Istanbul``; ``-`` without a day."""
    return ", ".join(
        " ".join(
            part
            for part in (
                "-"
                if one.start_date is None
                else one.start_date.isoformat()
                + (f"..{one.end_date.isoformat()}" if one.end_date not in (None, one.start_date) else ""),
                one.time.strftime("%H:%M") if one.time else "",
                one.time_zone or "" if one.time else "",
                "online" if one.online else "",
            )
            if part
        )
        for one in read(text, title, language).meetings
    )

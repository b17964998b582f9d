"""What the running bot and the terminal both make of the settings."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from bot.config import Settings, SourceSettings
from bot.domain.glossary import Glossary, parse_glossary
from bot.domain.topic import TopicTable, parse_topics
from bot.errors import ConfigError
from bot.rendering.catalog import LOCALES
from bot.sources.registry import SourceSpec


def read_topics(settings: Settings) -> TopicTable:
    """The association's topics. Raises ``ConfigError`` when the file cannot be used."""
    return parse_topics(_toml(settings.association.topics_file or LOCALES / "topics.toml"))


def read_glossary(settings: Settings) -> Glossary:
    """The glossary for the other language. Raises ``ConfigError`` when the file cannot be used."""
    return parse_glossary(_toml(settings.association.glossary_file or LOCALES / "glossary.toml"))


def source_specs(settings: Settings) -> tuple[SourceSpec, ...]:
    """The sources that are switched on."""
    return tuple(source_spec(source) for source in settings.sources if source.enabled)


def source_spec(source: SourceSettings) -> SourceSpec:
    return SourceSpec(
        name=source.name,
        url=source.url,
        kind=source.kind,
        policy="review" if source.policy == "review" else "auto",
        language=source.language,
        topics=source.topics,
        interval=source.interval,
        allow_private=source.allow_private,
        digest=source.in_digest,
    )


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError([f"{file} cannot be read: {error.strerror}."]) from error
    except ValueError as error:
        raise ConfigError([f"{file} is not valid TOML: {error}."]) from error

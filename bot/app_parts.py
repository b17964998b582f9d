"""What the running bot and the terminal both make of the settings."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from bot.config import Settings, SourceSettings
from bot.domain.glossary import Glossary, parse_glossary
from bot.domain.topic import TopicTable, parse_topics
from bot.errors import ConfigError
from bot.flows.translate import Translating, Translator
from bot.rendering.catalog import LOCALES
from bot.rendering.kit import RenderingKit
from bot.sources.registry import SourceSpec
from bot.sources.translate import DeepL, LibreTranslate


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


def translating(settings: Settings, kit: RenderingKit) -> Translating | None:
    """Machine translation as the operator has set it up; None when it is off."""
    chosen = settings.translation
    if chosen.provider == "off":
        return None
    service: Translator = DeepL(chosen.the_key(), chosen.url)
    if chosen.provider == "libretranslate":
        service = LibreTranslate(chosen.url, chosen.the_key())
    return Translating(service, kit.glossary, kit.catalogs.languages)


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError([f"{file} cannot be read: {error.strerror}."]) from error
    except ValueError as error:
        raise ConfigError([f"{file} is not valid TOML: {error}."]) from error

"""Terms of the field in both languages, as the association translates them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Glossary:
    """``pairs`` of (Turkish, English) terms and ``places`` whose names differ."""

    pairs: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, str], ...] = ()

    def found_in(self, text: str, language: str) -> tuple[tuple[str, str], ...]:
        """The (original, translated) terms that stand in ``text`` of ``language``, longest first.

        A term is found by its beginning, so that Turkish suffixes do not hide it; one that stands only
        inside a longer term found already is left out.
        """
        here = 0 if language == "tr" else 1
        rest = _lower(text)
        found: list[tuple[str, str]] = []
        for pair in sorted(self.pairs, key=lambda pair: -len(pair[here])):
            form = rf"(?<!\w){re.escape(_lower(pair[here]))}" + (r"s?(?!\w)" if here else "")
            rest, hits = re.subn(form, "\0", rest)
            if hits:
                found.append((pair[here], pair[1 - here]))
        return tuple(found)

    def name(self, name: str, language: str) -> str | None:
        """What a place or an institution is called in ``language``; None when the glossary does not say."""
        wanted = _lower(name.strip())
        for turkish, english in (*self.places, *self.pairs):
            if wanted in (_lower(turkish), _lower(english)):
                return turkish if language == "tr" else english
        return None


def parse_glossary(data: Mapping[str, Any]) -> Glossary:
    """The glossary of a file with ``[[terms]] tr = …, en = …`` and, in the same form, ``[[places]]``.

    Raises ``ConfigError`` for any other form.
    """
    return Glossary(_pairs(data, "terms"), _pairs(data, "places"))


def _pairs(data: Mapping[str, Any], section: str) -> tuple[tuple[str, str], ...]:
    entries = data.get(section, [])
    if not isinstance(entries, list) or not all(
        isinstance(entry, Mapping) and entry.get("tr") and entry.get("en") for entry in entries
    ):
        raise ConfigError([f"The glossary needs [[{section}]], each with tr and en."])
    return tuple((str(entry["tr"]), str(entry["en"])) for entry in entries)


def _lower(text: str) -> str:
    """Lower case by which both languages meet: the Turkish ``I`` and ``İ`` as ``i``, ``ı`` too."""
    return text.replace("İ", "i").replace("ı", "i").lower()

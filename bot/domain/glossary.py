"""Terms of the field in both languages, as the association translates them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Glossary:
    """``pairs`` of (Turkish, English) terms."""

    pairs: tuple[tuple[str, str], ...] = ()

    def found_in(self, text: str, language: str) -> tuple[tuple[str, str], ...]:
        """The (original, translated) terms that stand in ``text`` of ``language``, longest first."""
        here = 0 if language == "tr" else 1
        lowered = text.casefold()
        found = [
            (pair[here], pair[1 - here])
            for pair in self.pairs
            if len(pair[here]) > 3 and pair[here].casefold() in lowered
        ]
        return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def parse_glossary(data: Mapping[str, Any]) -> Glossary:
    """The glossary of a file with ``[[terms]] tr = …, en = …``. Raises ``ConfigError`` otherwise."""
    terms = data.get("terms", [])
    if not isinstance(terms, list) or not all(
        isinstance(term, Mapping) and term.get("tr") and term.get("en") for term in terms
    ):
        raise ConfigError(["The glossary needs [[terms]], each with tr and en."])
    return Glossary(tuple((str(term["tr"]), str(term["en"])) for term in terms))

"""Names of places in the reader's language: the glossary's, else those of CLDR."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale

from bot.domain.glossary import Glossary
from bot.domain.member import LANGUAGES


def country_name(code: str, language: str) -> str:
    """The territory's name by CLDR (``EU``: the Union); the code itself for one that it does not know."""
    name: str | None = Locale(language).territories.get(code)
    return name or code


def city_name(zone: str, language: str) -> str:
    """The city of a time zone: ``Brüksel``, ``Brussels``. CLDR gives it only where it differs from the zone's
    own name."""
    city: str | None = Locale(language).time_zones.get(zone, {}).get("city")
    return city or zone.split("/")[-1].replace("_", " ")


def place_words(place: str, language: str, glossary: Glossary) -> str:
    """``Brüksel`` as ``Brussels`` and back; only what stands alone between commas, slashes or brackets.

    Street names and halls stay as they were written.
    """
    return "".join(
        _name(part, language, glossary) if index % 2 == 0 else part
        for index, part in enumerate(re.split(r"(\s*[,/();–]\s*|\s+-\s+)", place))
    )


def _name(part: str, language: str, glossary: Glossary) -> str:
    return glossary.name(part, language) or _known_to_cldr(language).get(part.strip(), part)


@lru_cache(maxsize=len(LANGUAGES))
def _known_to_cldr(language: str) -> dict[str, str]:
    """Names in any of our languages with the one in ``language``: cities of time zones, territories."""
    names: dict[str, str] = {}
    here, others = Locale(language), [Locale(one) for one in LANGUAGES if one != language]
    for other in others:
        for zone in {*here.time_zones, *other.time_zones}:
            names[city_name(zone, other.language)] = city_name(zone, language)
        for code, name in other.territories.items():
            if code.isalpha():  # the figures are continents
                names[name] = country_name(code, language)
    return names

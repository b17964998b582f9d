"""What a translation must not touch: names of the field, links, e-mails and codes out, and back in; numbers
and dates compared. Pure: who translates is not known here."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from bot.domain.glossary import Glossary
from bot.understanding.dates import find_dates
from bot.understanding.fold import fold

_FIXED = r"https?://[^\s<>\"]+[^\s<>\".,;:)]|www\.[^\s<>\"]+[^\s<>\".,;:)]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\d{4}(?:\.\d{2}){1,5}"
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]+[^\s<>\".,;:)]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CODE = re.compile(r"(?<![\d.])\d{4}(?:\.\d{2}){1,5}(?![\d.])")
_PLACE = re.compile(r"<x id=\"(\d{1,4})\"\s?(?:/>|>\s?</x>)")
_SUFFIX = r"(?:['’]?[a-zçğıöşü]{1,8})?"
_DAY = date(2026, 1, 1)
"""Days without a year are read from here on both sides."""


@dataclass(frozen=True, slots=True)
class Masked:
    """``text`` is escaped XML with ``<x id="0"/>`` where ``kept[0]`` belongs in the answer."""

    text: str
    kept: tuple[str, ...]


def mask(text: str, glossary: Glossary, source: str, target: str) -> Masked:
    """``text`` ready to be handed out. Of the glossary, names are kept: terms of several words and
    abbreviations; a single common word inflects, and the translator knows it."""
    terms = _terms(glossary, source, target)
    # Turkish joins suffixes to a name; the other language needs none of them.
    ending = _SUFFIX if source == "tr" else r"(?:s|['’]s)?"
    names = "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True))
    form = f"(?P<fixed>{_FIXED})" + (rf"|(?<!\w)(?P<term>{names}){ending}(?!\w)" if names else "")
    kept: list[str] = []
    parts: list[str] = []
    end = 0
    for found in re.finditer(form, text):
        parts.append(html.escape(text[end : found.start()], quote=False))
        parts.append(f'<x id="{len(kept)}"/>')
        term = found.groupdict().get("term")
        kept.append(terms[term] if term else found[0])
        end = found.end()
    parts.append(html.escape(text[end:], quote=False))
    return Masked("".join(parts), tuple(kept))


def unmask(answer: str, masked: Masked) -> str | None:
    """The translation with what was kept put back; None unless everything is there exactly once and the
    numbers, dates, links, e-mails and codes are those of the original."""
    places = [int(number) for number in _PLACE.findall(answer)]
    if sorted(places) != list(range(len(masked.kept))):
        return None
    if _numbers(answer) != _numbers(masked.text):
        return None
    rest = _PLACE.sub("", answer)
    if re.search(r"</?\w", rest):
        return None  # a tag that nobody sent
    text = html.unescape(_PLACE.sub(lambda found: html.escape(masked.kept[int(found[1])]), answer)).strip()
    original = html.unescape(_PLACE.sub(lambda found: html.escape(masked.kept[int(found[1])]), masked.text))
    return text if text and same_facts(original, text) else None


def same_facts(original: str, translated: str) -> bool:
    """Whether links, e-mails, tariff codes and dates are the same on both sides, each as often."""
    return (
        Counter(_LINK.findall(original)) == Counter(_LINK.findall(translated))
        and Counter(_CODE.findall(original)) == Counter(_CODE.findall(translated))
        and _dates(original) == _dates(translated)
    )


def _terms(glossary: Glossary, source: str, target: str) -> dict[str, str]:
    order = {"tr": 0, "en": 1}
    here, there = order[source], order[target]
    return {
        pair[here]: pair[there]
        for pair in glossary.pairs
        if (" " in pair[here] and any(letter.isupper() for letter in pair[here])) or pair[here].isupper()
    }


def _numbers(text: str) -> Counter[str]:
    """Digits in a row, so that ``12,500.5`` and ``12.500,5`` are one; placeholders' own left out."""
    return Counter(re.findall(r"\d+", _PLACE.sub(" ", html.unescape(text))))


def _dates(text: str) -> Counter[tuple[date, date]]:
    return Counter((found.first, found.last) for found in find_dates(fold(text), _DAY))

"""What a notice says about an earlier one of the same association: number, date and subject words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.understanding.dates import find_dates
from bot.understanding.fold import fold

MOST = 6
_READ = 6_000
_BEFORE = 220

# "sirkülerimiz", "duyurumuz", "yazımız", "our circular": a letter of our own. A ministry's "yazısı" is none.
_OWN = re.compile(
    r"\b(?:(?:genel )?sirkuler(?:imiz|lerimiz|inde|imizde|imizle|imize|i|e|de|le|in)?"
    r"|(?:duyuru|bulten)(?:muz|miz|larimiz|lerimiz|sunda|yla|da|su)?\w{0,5}"
    r"|(?:yazi|mektub|mesaj|e-posta|elektronik posta)(?:miz|muz|imiz|umuz)\w{0,5}"
    r"|(?:our|the)(?: earlier| previous| general)? (?:circular|notice|announcement|bulletin)"
    r"|circular(?= (?:no|nr|number)))\b"
)
_NUMBER = re.compile(
    r"(?<![\w./-])(?P<n>\d{1,4}(?:\s?[/-]\s?\d{1,5})?)\s(?:no\s?'?lu|numarali|sayili|sayi ile)\b"
)
_AFTER = re.compile(
    r"^\W{0,3}(?:(?:no|nr|sayi|number)\W{0,3}(?P<n>\d{1,4}(?:\s?[/-]\s?\d{1,5})?)|"
    r"(?P<m>20\d\d\s?[/-]\s?\d{1,5}))(?![\d.])"
)
_SUBJECT = re.compile(
    r"(?P<words>[^.;:!?\n]{6,160}?)['\"]?\s(?:konulu|baslikli|hakkindaki|hakkinda|iliskin|ile ilgili|dair)\b"
    r"[^.;:\n]{0,60}$"
)
_ABOUT = re.compile(r"^[^.;\n]{0,60}?\b(?:on|about|concerning|regarding)\s(?P<words>[^.;,\n]{6,120})")
_RG = re.compile(r"resmi gazete|teblig|yonetmelik|kanun|karar|tuzu[gk]|genelge|regulation|directive|official")
STOP = frozenset((
    "tarihli", "tarih", "sayili", "sirkuler", "sirkulerimiz", "duyuru", "duyurumuz", "konulu", "hakkinda",
    "iliskin", "ilgili", "uzere", "ile", "icin", "olan", "olarak", "birligimiz", "bilindigi", "basliki",
    "our", "the", "and", "for", "with", "circular", "notice", "dated", "number", "about", "ilgi",
    "suresi", "sure", "uzatildi", "uzatilmasi", "uzatimi", "ertelendi", "ertelenmesi", "iptal", "iptali",
    "edildi", "duzeltme", "son", "basvuru", "basvurusu", "yeni", "tarihi", "extension", "deadline",
    "extended", "postponed", "cancelled", "correction", "corrigendum", "application", "applications",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """An earlier notice as a text speaks of it; at least one of number, date and words is there.

    ``number`` as written without blanks (``2026/331``), ``words`` the stems (see ``stems``) of its subject.
    """

    number: str | None = None
    date: date | None = None
    words: frozenset[str] = frozenset()
    quote: str = ""


def references(text: str) -> tuple[Reference, ...]:
    """The earlier notices of the same association that a text names, in order, ``MOST`` at most."""
    text = text[:_READ]
    folded = fold(text).replace("\n", " ")
    found: list[Reference] = []
    for match in _OWN.finditer(folded):
        start = max(folded.rfind(". ", 0, match.start()) + 1, match.start() - _BEFORE, 0)
        before, after = folded[start : match.start()], folded[match.end() : match.end() + 140]
        one = _reference(before, after, " ".join(text[start : match.end()].split()))
        if one is not None and all(_key(one) != _key(other) for other in found):
            found.append(one)
        if len(found) == MOST:
            break
    return tuple(found)


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The beginnings of the words that tell one subject from another: ``fuarı`` and ``fuar`` are one."""
    words = re.findall(r"[a-z0-9]{3,}", fold(text).replace("'", " "))
    return frozenset(_stem(word) for word in words if word not in STOP)


def number_key(number: str | None) -> tuple[int | None, int] | None:
    """(year, serial) of ``2026/331``, ``2026-331`` or ``331``; None for what is no such number."""
    match = re.fullmatch(r"(?:((?:19|20)\d\d)\s?[/-]\s?)?0*(\d{1,5})", (number or "").strip())
    return (int(match[1]) if match[1] else None, int(match[2])) if match else None


def _stem(word: str) -> str:
    if word[0].isdigit():
        return word
    return word[:4] if len(word) > 4 and word[4] in "aeiou" else word[:5]


def _reference(before: str, after: str, quote: str) -> Reference | None:
    numbers = [hit["n"] for hit in _NUMBER.finditer(before)]
    number = numbers[-1] if numbers else None
    if number is None:
        hit = _AFTER.match(after)
        number = (hit["n"] or hit["m"]) if hit else None
    clause = before + after[:60] if re.match(r"\W{0,3}(?:\(|no|of|dated|\d)", after) else before
    days = [one.first for one in find_dates(clause, None) if one.year_given and not one.ranged]
    subject = _SUBJECT.search(before) or _ABOUT.match(after)
    words = stems(subject["words"]) if subject else frozenset()
    if number is None and not days and len(words) < 2:
        return None
    if number and _RG.search(before[before.rfind(number) :]):
        return None
    plain = re.sub(r"\s", "", number) if number else None
    return Reference(plain, days[-1] if days else None, words, quote[-200:])


def _key(one: Reference) -> tuple[object, ...]:
    return (number_key(one.number), one.date, one.words)

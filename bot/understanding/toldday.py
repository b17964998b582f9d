"""The day of a deed told in a line of its own or in a phrase: "Date of circulation: 3 March"."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from bot.understanding.bases import nearest
from bot.understanding.dates import DateFound, find_dates

# What each reader does himself: no day of the letter tells when.
_THEIR_OWN = re.compile(
    r"(?:submi|appli|reque|deliv|payme|order|purch|invoi|regis|recei|arriv|award|selec|basvu|kayit|kayda|"
    r"odeme|sevk|fatur|tesli|ihrac|ithal|beyan|talep|uygun|onayl|kabul|secil)"
)
_NOUN_EN = re.compile(
    r"(?:the |its |their |our )?(?:date|day) of (?:the |its )?(?P<a>[a-z]{4,})|(?:the |its )?(?P<b>[a-z]{4,})"
)
_NOUN_TR = re.compile(r"\b(?P<word>[a-z]{4,}?)(?:n?[iu]n)?(?:d[ae]n)?(?: (?:tarih|gun)\w*)?\s*$")
_ENDINGS = re.compile(r"(?:ification|ation|ing|ion|ature|ment|ance|al|e)$")
_ON_EN = r"(?:\bon |\b)?(?:[a-z]+day,? )?(?:the )?$"


@lru_cache(maxsize=4)
def _days(letter: str, reference: date | None) -> tuple[DateFound, ...]:
    return tuple(find_dates(letter, reference))


@lru_cache(maxsize=64)  # the same words stand in many terms of a letter
def told_day(letter: str, words: str, english: bool, reference: date | None) -> date | None:
    """The day that the letter tells for what a base names; of several the last one that is not to come."""
    stem = _stem_en(words) if english else _stem_tr(words)
    if not stem or _THEIR_OWN.match(stem) or stem not in letter:
        return None
    label, deed = _told_en(stem) if english else _told_tr(stem)
    found: list[date] = []
    for one in _days(letter, reference):
        before = letter[max(0, one.start - 110) : one.start]
        behind = letter[one.end : one.end + 60]
        if label.search(before) or (deed.search(before) if english else deed.match(behind)):
            day = nearest(one, one.last, reference)
            if reference is None or day <= reference or label.search(before):
                found.append(day)
    return found[-1] if found else None


def _stem_en(words: str) -> str:
    noun = _NOUN_EN.match(words)
    if noun is None:
        return ""
    return _ENDINGS.sub("", noun["a"] or noun["b"])[:7]


def _stem_tr(words: str) -> str:
    noun = _NOUN_TR.search(words)
    return noun["word"][:5] if noun else ""


@lru_cache(maxsize=64)
def _told_en(stem: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    label = re.compile(
        rf"\b(?:(?:date|day) of (?:the |its )?{stem}\w*|{stem}\w* (?:date|day))\s?[:|=–-]?\s*{_ON_EN}"
    )
    deed = re.compile(rf"\b{stem}\w*(?:ed|nt|pt|ut)\b(?:[^.;\d]{{0,70}}\b(?:on|of) |\s?:?\s){_ON_EN}")
    return label, deed


@lru_cache(maxsize=64)
def _told_tr(stem: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    label = re.compile(rf"\b{stem}\w*(?: \w+)? (?:tarihi|gunu)\s?[:|=–-]?\s*$")
    deed = re.compile(
        rf"'?[a-z]{{0,4}}(?: tarihinde| gunu)? (?:(?!kadar|dek|once|sonra|tarihli)[^\s.;\d]+ ){{0,5}}"
        rf"{stem}\w*(?:m[iu]s|[dt][iu]|[ae]n)\w*"
    )
    return label, deed

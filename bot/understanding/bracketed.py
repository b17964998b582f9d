"""Codes of a tariff that stand in brackets behind goods: "un (1101)", "soya (1201 90 00)". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.tariff import AMOUNT, is_code, is_date, looks_like_year, may_be_year

_BRACKET = re.compile(r"\(([^()\n]{4,160})\)")
_NUMBER = re.compile(
    r"(?<![\w.,/%])(?:(?P<strong>\d{4}(?:\.\d{2}){1,4}|\d{4}\.\d{4}(?:\.\d{2}){0,2}|\d{4}(?: \d{2}){2,4})|"
    r"(?P<plain>\d{12}|\d{10}|\d{8}|\d{6}|\d{4} \d{2})|(?P<heading>\d{4}))(?![\w/]|[.,]\d|-\d(?!\d{3})| \d)"
)
# What may stand before a code in its bracket: nothing, a sign, a word that joins or names codes.
_LEAD = re.compile(
    r"(?:^|[;,:/] ?| ?- ?|\b(?:ve|veya|ile|ila|and|or|to|through|until|ex|gtip|gtp|hs|cn|kn|gn|hts|"
    r"htsus|taric|"
    r"particular|particularly|especially|including|notably|ozellikle|dahil|basta|codes?|kod[ui]?|headings?|"
    r"subheadings?|chapter|pozisyon\w*|icin|for) )$"
)
_JOINTS = re.compile(r"\b(?:ve|veya|ile|ila|and|or|to|through|ex)\b|[\s;,/-]+")
_MONEY = re.compile(r"\b(?:tl|usd|eur|euro|avro|dolar\w*|fiyat\w*|bedel\w*|tutar\w*|price|fee|saat\w*)\b")
# "(33.03, 33.05)": from 25 on, as no hour is.
_SHORT = re.compile(
    r"\((?:ex )?(?:2[5-9]|[3-9]\d)\.\d{2}(?:(?:[,;] ?| ve | and | ile )(?:ex )?(?:2[5-9]|"
    r"[3-9]\d)\.\d{2}){0,20}\)"
)
_BEHIND_GOODS = re.compile(r"(?<=[a-z] )\((?:ex )?(\d{4}(?:\.\d{2}){0,4}|\d{2}\.\d{2})\)")
# "kozmetik ürünler (3303-3307)"
_HEADINGS = re.compile(
    r"(?<=[a-z] )\((?:ex )?(?!\d\d00-\d\d00)\d{4}(?:(?:\s?[-–,;/]\s?| ve | and | ile | ila |"
    r" to )(?:ex )?\d{4})"
    r"{1,20}\)"
)
# One number in brackets is a code behind goods ("doğal kauçuk (4001)"), not behind a law, a room, an office.
_NO_GOODS = re.compile(
    r"\b(?:kanun|yasa|karar|teblig|yonetmeli|genelge|sirkuler|sayi|evrak|standart|iso|oda|salon|kapi|"
    r"dahili|"
    r"posta kod|blok|kat|stant|stand|hat|numara|no|kod|cagri|program|proje|form|model|sinif|uye|firma|kisi|"
    r"katilimci|adet|ton|kg|law|act|decree|regulation|directive|decision|circular|letter|notice|standard|"
    r"room|"
    r"hall|booth|ext|extension|code|call|programme|project|form|members?|firms?|companies|participants?|"
    r"people|units?|tonnes?|yili?|year|since|founded|kurulus)\w{0,6} \Z|(?:\d|tl|usd|eur|avro|dolar\w*) \Z"
)


def bracketed(folded: str, context: bool) -> list[tuple[int, str]]:
    """Where codes in brackets begin, and their digits; ``context``: the text speaks of a tariff."""
    found = [*_telling(folded), *_short(folded), *_lists_of_headings(folded), *_behind_goods(folded)]
    if found or context:  # beside codes that tell themselves a bare number is one, too
        found += _bare(folded)
    return found


def _numbers(bracket: re.Match[str]) -> Iterator[re.Match[str]]:
    inner = bracket[1]
    for number in _NUMBER.finditer(inner):
        if (
            _LEAD.search(inner, 0, number.start())
            and not AMOUNT.match(inner, number.end())
            and is_code(number[0])
        ):
            yield number


def _is_behind_goods(folded: str, bracket: re.Match[str]) -> bool:
    """Whether a bracket holds nothing but numbers and stands behind words of no law, room or form."""
    ahead = folded[max(0, bracket.start() - 80) : bracket.start()].rpartition("\n")[2]
    if not ahead.strip() or _NO_GOODS.search(ahead):
        return False
    return not _JOINTS.sub("", _NUMBER.sub("", bracket[1]))


def _telling(folded: str) -> Iterator[tuple[int, str]]:
    """Brackets that hold one code in groups: their other numbers are codes as well."""
    for bracket in _BRACKET.finditer(folded):
        if _MONEY.search(bracket[1]):
            continue
        numbers = list(_numbers(bracket))
        told = any(one["strong"] and not is_date(one[0].split(".")) for one in numbers)
        if not told and not (any(" " in one[0] for one in numbers) and _is_behind_goods(folded, bracket)):
            continue
        for one in numbers:
            if not may_be_year(one[0]) and not is_date(one[0].split(".")):
                yield bracket.start(1) + one.start(), re.sub(r"\D", "", one[0])


def _bare(folded: str) -> Iterator[tuple[int, str]]:
    """Brackets behind goods that hold nothing but numbers as long as a code."""
    for bracket in _BRACKET.finditer(folded):
        numbers = list(_numbers(bracket))
        if not any(one["plain"] for one in numbers) or not _is_behind_goods(folded, bracket):
            continue
        for one in numbers:
            if not may_be_year(one[0]):
                yield bracket.start(1) + one.start(), re.sub(r"\D", "", one[0])


def _short(folded: str) -> Iterator[tuple[int, str]]:
    for listed in _SHORT.finditer(folded):
        for one in re.finditer(r"\d{2}\.\d{2}", listed[0]):
            if is_code(one[0]):
                yield listed.start() + one.start(), one[0].replace(".", "")


def _lists_of_headings(folded: str) -> Iterator[tuple[int, str]]:
    for listed in _HEADINGS.finditer(folded):
        numbers = list(re.finditer(r"\d{4}", listed[0]))
        ahead = folded[max(0, listed.start() - 80) : listed.start()].rpartition("\n")[2]
        if all(looks_like_year(one[0]) for one in numbers) or _NO_GOODS.search(ahead):
            continue
        for number in numbers:
            if is_code(number[0]):
                yield listed.start() + number.start(), number[0]


def _behind_goods(folded: str) -> Iterator[tuple[int, str]]:
    """ "flour (1101), pasta (1902)": numbers behind goods, of which one can be no year."""
    for line in re.finditer(r"[^\n]+", folded):
        ones = [one for one in _BEHIND_GOODS.finditer(line[0]) if is_code(one[1])]
        if all(looks_like_year(one[1]) for one in ones):
            continue
        if any(_NO_GOODS.search(line[0], 0, one.start()) for one in ones):
            continue
        for one in ones:
            code = one[1].replace(".", "")
            if one[1][2:3] != "." or int(code[:2]) >= 25:
                yield line.start() + one.start(), code

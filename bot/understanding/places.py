"""The place that a text names after a date."""

from __future__ import annotations

import re

_LOCATIVE = re.compile(
    r"((?:[A-ZÇĞİÖŞÜ][\wçğıöşüÇĞİÖŞÜ&.-]*|ve|[A-Z])(?:\s(?:[A-ZÇĞİÖŞÜ][\wçğıöşüÇĞİÖŞÜ&.-]*|"
    r"ve(?=\s[A-ZÇĞİÖŞÜ]))){0,6})(?:['’](?:[dt][ea]|n[dt][ea])|(?<=[ıiuü])n[dt][ea]|"
    r"(?<=\w)(?<!n)[dt][ea])(?=\s)"
)
_IN = re.compile(
    r"\b(?:in|at) (?:the )?((?:[A-Z][\w-]*|building|in)(?:,? (?:[A-Z][\w-]*|building|in|of|the)){0,6})"
)
_CITY = re.compile(
    r"([A-ZÇĞİÖŞÜ][\wçğıöşü]+(?: ve [A-ZÇĞİÖŞÜ][\wçğıöşü]+)?) (?:şeh(?:ri|ir)\w*|kent\w*)|"
    r"başkenti ([A-ZÇĞİÖŞÜ][\wçğıöşü]+?)['’]?(?:da|de|ta|te)\b"
)
_NO_PLACE = re.compile(
    r"^(?:Saat|Pazartesi|Salı|Çarşamba|Perşembe|Cuma|Cumartesi|Pazar|"
    r"Brüksel saati|Birli|Toplant|Genel Kurul)",
    re.IGNORECASE,
)


def place_after(original: str, start: int, limit: int) -> str | None:
    """A platform, a city or a name in the locative, within 160 letters after ``start``; None without one."""
    piece = original[start : min(limit, start + 160)]
    if re.search(r"\bZoom\b", piece):
        return "Zoom"
    if re.search(r"\bTeams\b", piece):
        return "Microsoft Teams"
    city = _CITY.search(piece)
    if city:
        return city[1] or city[2]
    for pattern in (_LOCATIVE, _IN):
        for match in pattern.finditer(piece):
            name = match[1].strip(" ,")
            if len(name) > 2 and not _NO_PLACE.match(name):
                return name
    return None

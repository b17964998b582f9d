"""The hour beside a date, and the clock it is told by."""

from __future__ import annotations

import re
from datetime import time

from bot.understanding.dates import DateFound

HOUR = re.compile(
    r"(?<![\d.,:/-])(?P<h>[01]?\d|2[0-4])(?P<s>[.:])(?P<m>[0-5]\d)(?::[0-5]\d\b)?"
    r"(?!\d|[.:,]\d|\s?(?:tl|usd|eur|euro|avro|dolar|ton|m2|kg|%|milyon|bin\b|milyar|puan))"
)
_HALF_DAY = re.compile(
    r"(?<![\d.,:/-])(?P<h>1[0-2]|0?[1-9])(?:[.:](?P<m>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?"
)
_FULL_HOUR = re.compile(r"\bsaat[:\s]{1,2}(?P<h>[01]?\d|2[0-4])(?='?[yd]?[aeiu]|[\s,;)]|$)(?![.:]\d)")

_NOON = re.compile(r"\b(?:12 )?noon\b|\bmidday\b")

_CITIES = {
    "bruksel": "Europe/Brussels", "brussels": "Europe/Brussels", "orta avrupa": "Europe/Brussels",
    "central european": "Europe/Brussels", "belcika": "Europe/Brussels", "luksemburg": "Europe/Luxembourg",
    "helsinki": "Europe/Helsinki", "turkiye": "Europe/Istanbul", "turkish": "Europe/Istanbul",
    "istanbul": "Europe/Istanbul", "ankara": "Europe/Istanbul", "londra": "Europe/London",
    "london": "Europe/London", "uk": "Europe/London", "cenevre": "Europe/Zurich", "geneva": "Europe/Zurich",
    "paris": "Europe/Paris", "berlin": "Europe/Berlin", "almanya": "Europe/Berlin",
    "frankfurt": "Europe/Berlin",
    "dusseldorf": "Europe/Berlin", "roma": "Europe/Rome", "rome": "Europe/Rome", "milano": "Europe/Rome",
    "madrid": "Europe/Madrid", "viyana": "Europe/Vienna", "vienna": "Europe/Vienna",
    "varsova": "Europe/Warsaw",
    "warsaw": "Europe/Warsaw", "bukres": "Europe/Bucharest", "sofya": "Europe/Sofia",
    "atina": "Europe/Athens",
    "amsterdam": "Europe/Amsterdam", "lahey": "Europe/Amsterdam", "dubai": "Asia/Dubai",
    "taskent": "Asia/Tashkent", "tashkent": "Asia/Tashkent", "moskova": "Europe/Moscow",
    "moscow": "Europe/Moscow", "baku": "Asia/Baku", "almati": "Asia/Almaty", "astana": "Asia/Almaty",
    "kahire": "Africa/Cairo", "cairo": "Africa/Cairo", "riyad": "Asia/Riyadh", "tokyo": "Asia/Tokyo",
    "pekin": "Asia/Shanghai", "beijing": "Asia/Shanghai", "sanghay": "Asia/Shanghai", "cin": "Asia/Shanghai",
    "new york": "America/New_York", "washington": "America/New_York", "bogota": "America/Bogota",
    "yeni delhi": "Asia/Kolkata", "mumbai": "Asia/Kolkata", "seul": "Asia/Seoul", "nairobi": "Africa/Nairobi",
    "lagos": "Africa/Lagos", "kazablanka": "Africa/Casablanca", "doha": "Asia/Qatar", "kuveyt": "Asia/Kuwait",
    "dakka": "Asia/Dhaka", "dhaka": "Asia/Dhaka", "karaci": "Asia/Karachi", "karachi": "Asia/Karachi",
    "islamabad": "Asia/Karachi", "hanoi": "Asia/Ho_Chi_Minh", "bangkok": "Asia/Bangkok",
    "cakarta": "Asia/Jakarta", "jakarta": "Asia/Jakarta", "singapur": "Asia/Singapore",
    "singapore": "Asia/Singapore", "maskat": "Asia/Muscat", "muscat": "Asia/Muscat",
    "bagdat": "Asia/Baghdad", "baghdad": "Asia/Baghdad", "erbil": "Asia/Baghdad", "amman": "Asia/Amman",
    "beyrut": "Asia/Beirut", "tahran": "Asia/Tehran", "tehran": "Asia/Tehran", "tiflis": "Asia/Tbilisi",
    "tbilisi": "Asia/Tbilisi", "biskek": "Asia/Bishkek", "asgabat": "Asia/Ashgabat",
    "cezayir": "Africa/Algiers", "algiers": "Africa/Algiers", "tunus": "Africa/Tunis",
    "trablus": "Africa/Tripoli", "akra": "Africa/Accra", "accra": "Africa/Accra", "dakar": "Africa/Dakar",
    "abidjan": "Africa/Abidjan", "lusaka": "Africa/Lusaka", "johannesburg": "Africa/Johannesburg",
    "addis ababa": "Africa/Addis_Ababa", "stockholm": "Europe/Stockholm", "kopenhag": "Europe/Copenhagen",
    "lizbon": "Europe/Lisbon", "lisbon": "Europe/Lisbon", "budapeste": "Europe/Budapest",
    "saraybosna": "Europe/Sarajevo", "uskup": "Europe/Skopje", "minsk": "Europe/Minsk",
    "katar": "Asia/Qatar", "belgrad": "Europe/Belgrade", "kiev": "Europe/Kiev", "prag": "Europe/Prague",
}  # fmt: skip
_EVERY_CITY = "|".join(sorted(_CITIES, key=len, reverse=True))
_NAMED = re.compile(
    r"\b("
    + "|".join(sorted(_CITIES, key=len, reverse=True))
    + r")(?:'?[dt][ae])?\s(?:(?:yerel|mahalli|yaz|kis)\s)?(?:saati|(?:local |summer |winter |standard )?time)"
)
# "17:00 (Brussels)", "saat 17.00’ye kadar (Brüksel)"
_IN_BRACKETS = re.compile(
    r"\d[.:]\d\d(?:'?[a-z]{1,3})?(?: kadar)? (?:\(("
    + _EVERY_CITY
    + r")\)|("
    + _EVERY_CITY
    + r")\b(?! ?[a-z']))"
)
_INITIALS = re.compile(
    r"\b(?:(?P<b>ce?s?t(?= |\W|$))|(?P<i>tsi|trt|gmt ?\+ ?0?3)|(?P<u>gmt|utc)|(?P<l>bst)|(?P<e>ee?s?t))\b"
)
_LOCAL = re.compile(r"\b(?:yerel|mahalli) saat|\blocal time")
_ANY_CITY = re.compile(r"\b(" + "|".join(sorted(_CITIES, key=len, reverse=True)) + r")(?:'?n?[dt][ae])?\b")


def zone_near(folded: str, around: str = "") -> str | None:
    """The IANA zone that folded text beside an hour names; "local time" is that of a city in ``around``."""
    named = _NAMED.search(folded) or _IN_BRACKETS.search(folded)
    if named:
        return _CITIES[next(name for name in named.groups() if name)]
    for match in _INITIALS.finditer(folded):
        if match["b"] and match[0] in ("cet", "cest"):
            return "Europe/Brussels"
        if match["i"]:
            return "Europe/Istanbul"
        if match["u"]:
            return "UTC"
        if match["e"]:
            return "Europe/Helsinki"
        if match["l"]:
            return "Europe/London"
    if _LOCAL.search(folded):
        city = _ANY_CITY.search(around)
        return _CITIES[city[1]] if city else None
    return None


def _read(piece: str) -> tuple[time, int, int] | None:
    """The first hour of a piece of folded text with its start and end."""
    found: list[tuple[int, int, time]] = [
        (match.start(), match.end(), time(12)) for match in list(_NOON.finditer(piece))[:1]
    ]
    for pattern in (_HALF_DAY, HOUR, _FULL_HOUR):
        match = pattern.search(piece)
        if match is None:
            continue
        groups = match.groupdict()
        hour, minute = int(groups["h"]), int(groups.get("m") or 0)
        if groups.get("half"):
            hour = hour % 12 + (12 if groups["half"] == "p" else 0)
        if hour == 24:  # "24.00" is the day's last minute
            hour, minute = 23, 59
        found.append((match.start(), match.end(), time(hour, minute)))
    if not found:
        return None
    start, end, hour_read = min(found, key=lambda one: (one[0], -one[1]))  # "2:30 pm" is longer than "2:30"
    return hour_read, start, end


_OF_ANOTHER = re.compile(r", .*\b(?:icin|(?<!\bsaati )(?<!\bsaatinin )(?<!\bsaat )ise)\b")
# "saat 10.00’da değil, 14.00’te", "10.00 yerine", "10.00’dan 14.00’e alındı", "not at 10:00 but at 14:00":
# that hour was said wrongly or holds no longer; the one behind it is right.
_NOT_THAT_HOUR = re.compile(
    r"\d'?(?:[dt][ae])?,? (?:degil|yerine)\b(?=[^.;]{0,30}\d[.:]\d\d)|"
    r"\d'?[dt][ae]n (?=(?:saat )?\d\d?[.:]\d\d'?[yn]?[ae] (?:alin|cekil|kaydir|degis|otele|ertele|al|cek))"
)
_NOT_BEFORE = re.compile(r"\bnot (?:at |from )?$")


def hour_beside(sentence: str, one: DateFound, limit: int) -> tuple[time | None, str | None, int]:
    """The hour beside a date, its zone and where it ends: after the date, or "by 23:59 CET on 15 January"."""
    beside = _hour_before(sentence, one)
    after = _right_hour(sentence[one.end : min(limit, one.end + 70)])
    read = _read(after)
    if read and beside and _ANOTHER_MATTER.search(after[: read[1]]):
        return beside
    if read and ";" not in after[: read[1]] and not _OF_ANOTHER.search(after[: read[1]]):
        beside_it = after[: read[2] + 28]
        other = _OTHER_CLOCK.match(after, read[2])  # "15.00 (TSİ) / 13.00 (Brüksel)"
        if other:
            beside_it = after[: other.end()]
        bracket = after.find("(", read[2])  # "14.00’te (Londra saatiyle 11.00)": the other hour's own clock
        if bracket >= 0 and HOUR.search(after[bracket:].split(")")[0]):
            beside_it = beside_it[:bracket]
        near = sentence[max(0, one.start - 30) : one.start] + " " + beside_it
        return read[0], zone_near(near, sentence), one.end + read[2]
    return beside or (None, None, 0)


# Up to another hour behind a stroke: "15:00 Istanbul / ".
_OTHER_CLOCK = re.compile(r"'?[a-z]{0,2} ?\(?[a-z ]{2,20}\)? ?[/|](?= ?\d\d?[.:]\d\d)")


def _right_hour(after: str) -> str:
    """The text with an hour that holds no longer blotted out."""
    read = _read(after)
    if read is None:
        return after
    wrong = _NOT_THAT_HOUR.match(after, read[2] - 1) or _NOT_BEFORE.search(after, 0, read[1])
    return " " * read[2] + after[read[2] :] if wrong and _read(after[read[2] :]) else after


# "by 10:00 on 14 January and will be opened at 10:30"
_ANOTHER_MATTER = re.compile(r"\b(?:and|will|shall|is|are|ve|olup|ise)\b")


def _hour_before(sentence: str, one: DateFound) -> tuple[time, str | None, int] | None:
    """The hour that ends right before a date: "by 23:59 CET on 15 January"."""
    first = max(0, one.start - 44)
    before = sentence[first : one.start]
    last = None
    for match in HOUR.finditer(before):
        last = match.start()
    for pattern in (_HALF_DAY, _NOON):
        for match in pattern.finditer(before):
            last = match.start()
    if last is None:
        return None
    read = _read(before[last:])
    between = before[last:][read[2] :] if read else "."
    if read is None or not _ONLY_CLOCK.fullmatch(between):
        return None
    return read[0], zone_near(sentence[max(0, first - 30) : one.start], sentence), 0


_ONLY_CLOCK = re.compile(
    r"(?:'[a-z]{0,3}|\b[a-z]{1,3}\b|\s|,|\(|\)|\d\d[.:]\d\d|cet|cest|on|of|en gec|kadar|[a-z]+ time|"
    r"bruksel saati|[a-z]+day|tsi){0,14}"
)

"""Last days of before that stand beside the new ones: "bitiyordu", "no longer until", "30 Kasım'a değil"."""

from __future__ import annotations

import re

from bot.domain.notice import Status
from bot.understanding.dates import find_dates
from bot.understanding.mention import Mention

# "süresi 26 Şubat'ta dolacaktı", "14 Mayıs'ta bitiyordu", "… kadar alınacaktı": what was to be and is not.
_WAS_TO_BE = re.compile(
    r"'?[a-z]{0,4}(?: (?!degil)[^\s.;,]+){0,4} \w*(?:[ae]c[ae]kt[iu]|[iu]yordu|m[ae]kt[ae]yd[iu])\b"
    # "son gün 4 Aralık idi, yeni son gün …"
    r"|(?:'?(?: tarihi| gunu)? idi|'?ydi)\b"
)
# "27 Kasım olan son başvuru tarihi 10 gün uzatıldı", "… olan süre 11 Aralık'a ertelendi"
_IS_MOVED = re.compile(
    r"'?[a-z]{0,4} olan (?:son )?(?:\w+ ){0,2}(?:tarih|gun|sure)\w*[^.;]{0,80}?"
    r"\b(?:uzat|otele|ertele|ileri al|kaydir)\w*(?:d[iu]|m[iu]s|mekte|makta|yor)"
)
_STAYS = re.compile(r"[^.;]{0,30}\b(?:degisme|ayni\b|aynen|gecerli|korun)")
# "30 Kasım'a kadar değil, 14 Aralık'a kadar"
_NOT_TR = re.compile(r"'?[yn]?[ae]?(?: tarihine| gunune)?(?: kadar| dek)? degil\b")
_WEEKDAY_EN = r"(?:[a-z]+day,? )?(?:the )?$"
# "no longer only until 18 December", "rather than 4 December", "not by 4 December"
_NOT_EN = re.compile(
    r"\b(?:no longer(?: only| just| merely)?|rather than|instead of|in place of|(?:and|but|,) not(?: only)?)"
    r"(?: (?:until|till|by|on|from|for|before))? " + _WEEKDAY_EN
)
# "was given as 1 September", "had been 2 December"
_WAS_EN = re.compile(
    r"\bwas (?:\w+ )?(?:given|stated|shown|printed|listed|quoted|indicated|misprinted|written)(?: \w+){0,2} "
    r"as (?:being )?" + _WEEKDAY_EN + r"|"
    r"\b(?:had (?:\w+ )?been|(?:was|were) (?:originally|initially|previously|first|formerly))"
    r"(?: (?:set|fixed|due|announced|planned|scheduled|open))?(?: (?:for|as|at|on|by|until|to be))? "
    + _WEEKDAY_EN
)
# "the original closing date was 7 July", "asked for applications by 8 January"
_WAS_ON_EN = re.compile(
    r"\b(?:date|deadline|day|period|window|call|registration|consultation|limit) (?:was|were)"
    r"(?: (?:on|until|for|to (?:be|close|end)))? "
    + _WEEKDAY_EN
    + r"|\b(?:asked|called) for [\w ]{3,40} by "
    + _WEEKDAY_EN
)
# "… arasında alınacağı duyurulmuştur": what a letter before this one said
_REPORTED = re.compile(
    r"[^.;]{0,120}\b(?:duyurul|bildiril|ilan edil|belirtil|aciklan|yazil|iletil|duyur|bildir|ilet|yaz)"
    r"(?P<how>m[iu]s(?:t[iu][rkn]?\w{0,2}))\b"
)
_MENDED = re.compile(
    r"\b(?:maddi |yazim )?hata|\bsehven|\byanlis|\bduzelt|\bdogru(?:su)?\b|\buzat|\buza[dm]|\bertele|\botele|"
    r"\bdegis(?!me)|\byeni (?:son )?(?:gun|tarih|sure|takvim)|\bartik\b|\bikinci (?:bir )?yazi|"
    r"\bek sure|\bilave sure"
)
_HOLDS_NOW = re.compile(r"'?[a-z]{0,4}(?: [a-z]+){0,3} (?:kadar|dek|degin|sonuna|bitimine|arasinda|olarak)\b")
# "26 Şubat 2027   değişmedi": a table's new day is the old one.
UNCHANGED = re.compile(
    r"\s*(?:[;|,–-]\s*)?(?:degis(?:me|iklik yok)\w*|ayni\w*|unchanged|no change|not changed|the same|same\b|"
    r"stays|remains)"
)
_ANEW = (Status.EXTENSION, Status.CORRECTION, Status.POSTPONED)


def is_old(place: Mention, later: str) -> bool:
    """Whether a day is the one that held before; ``later``: the folded text behind the sentence."""
    one, tail = place.one, place.joined[place.one.end :]
    was = _WAS_TO_BE.match(place.after)
    if was:
        return not _STAYS.match(place.joined, one.end + was.end())
    if _NOT_TR.match(tail) or _IS_MOVED.match(tail):
        return True
    before = place.joined[max(0, one.start - 80) : one.start]
    if _NOT_EN.search(before) or _WAS_EN.search(before):
        return True
    if place.status in _ANEW and _WAS_ON_EN.search(before):
        return True
    said = _REPORTED.match(place.after)
    return said is not None and _told_anew(place, said, tail[said.end() :] + " " + later)


def _told_anew(place: Mention, said: re.Match[str], rest: str) -> bool:
    """Whether another day follows that holds now."""
    over = not said["how"].endswith("r")  # "duyurulmuştu" is over, "duyurulmuştur" only if it is mended
    days = [
        one
        for one in find_dates(rest, place.reference)
        if one.last != place.one.last and _HOLDS_NOW.match(rest, one.end)
    ]
    if not days:
        return False
    return over or place.status in _ANEW or bool(_MENDED.search(rest, 0, days[0].start))

"""What a notice is in law, by its words: information, an activity with a fee, advertising. Pure.

Law 6563 and its regulation (15.07.2015): messages that promote goods, services or a business need
consent; a letter about law or markets does not. What is in doubt counts as information: staff see the
answer on the draft and can change it.
"""

from __future__ import annotations

import re

from bot.domain.notice import Kind, Nature
from bot.understanding.fold import fold

_ACTIVITIES = frozenset({Kind.FAIR, Kind.TRADE_MISSION, Kind.TRAINING, Kind.MEETING})

# On folded text: lower case, Turkish letters without their signs.
_FEE = re.compile(
    r"\b(?:katilim|kayit|egitim|kurs|heyet|fuar|stant?|stand|basvuru|organizasyon)\s+"
    r"(?:ucreti|bedeli|maliyeti|fiyati)"
    r"|\b(?:katilimci|firma|kisi)\s+basi(?:na)?\b[^.;\n]{0,60}?\b(?:tl|eur|euro|avro|usd|abd dolari|dolar)\b"
    r"|\b(?:tl|eur|euro|avro|usd|dolar)\s*(?:/|\+)\s*(?:m2|m²|metrekare|kdv|kisi)"
    r"|\b(?:metrekare|m2|m²)\s+(?:birim\s+)?(?:fiyati|bedeli|ucreti)"
    r"|\bucretlidir\b|\bucretli\s+(?:egitim|kurs|seminer|etkinli[kg]|katilim)"
    r"|\b(?:participation|registration|admission|course|conference|entry|stand)\s+fees?\b"
    r"|\bfee\s+of\s+(?:eur|usd|gbp|try|€|\$|£)"
)
_FREE = re.compile(
    r"\bucretsiz|\bucret\s+(?:alinmayacak|talep edilmeyecek|odenmeyecek)|\bbedelsiz|\bfree of charge\b"
    r"|\bno (?:registration |participation |admission )?fee\b|\bfor free\b|\bbedel(?:i)? alinmayacak"
)
_ADVERT = re.compile(
    r"\breklamdir\b|\breklam icerigi\b|\bsponsorlu (?:icerik|duyuru|ileti)|\bsponsorumuz(?:un|dan)?\b"
    r"|\btanitim(?:\s+ve\s+reklam)?\s+(?:ilanidir|iletisidir)|\bticari elektronik ileti\b"
    r"|\b(?:uyelerimize|uyelere|ihracatcilarimiza)\s+(?:ozel\s+)?(?:%\s?\d+\s+)?(?:indirim|kampanya)"
    r"|\bozel indirim|\bindirim kodu\b|\bpromosyon kodu\b"
    r"|\b(?:this is an )?advertisement\b(?! of)|\badvertorial\b|\bsponsored (?:content|post|message)\b"
    r"|\bdiscount (?:code|for (?:our )?members)\b|\bmembers['’]? discount\b"
)


def nature_of(title: str, text: str, kind: Kind) -> Nature:
    """What a notice of ``kind`` is: advertising by its own words; an activity that names a fee is paid,
    unless it says that it is free; all else is information."""
    folded = fold(f"{title}\n{text}")
    if _ADVERT.search(folded):
        return Nature.COMMERCIAL
    if kind in _ACTIVITIES and _FEE.search(folded) and not _FREE.search(folded):
        return Nature.PAID_ACTIVITY
    return Nature.INFORMATIONAL

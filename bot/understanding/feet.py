"""Feet and stamps of pages, and how to leave a mailing list: lines that are no part of a letter."""

from __future__ import annotations

import re

from bot.understanding.fold import fold
from bot.understanding.linestarts import is_labelled

_PAGE = re.compile(
    r"^(?:\W*(?:sayfa|page|s\.)?\W*\d{1,3}\s*(?:/|of|-)\s*\d{1,3}\W*|sayfa\s*:?\s*\d+|page\s+\d+|"
    r"[^.:;]{3,80} (?:page|sayfa|s\.) \d{1,3} (?:of|/) \d{1,3}|-\s*\d+\s*-)$"
)
_STAMP = re.compile(
    r"^(?:evrak (?:tarih|(?:kayit|dogrulama|takip)(?: \w+)?\s?:)|"
    r"dogrulama(?=\s?:| (?:kod|adres|link|baglanti|no\b|icin))|"
    r"bu belge\w*(?=[^.]{0,80}(?:imza|dogrula|5070|barkod|karekod|teyit))|"
    r"belge dogrulama|(?:evrak|belge)\w*(?: \w+){0,2} dogrulan|"
    r"(?:evrak|belge)\w*[^.:]{0,60} (?:suret|asl|e-?imza|elektronik imza|dogrul|teyit)"
    r"(?=.{0,120}(?:kod|barkod|karekod))(?=.{0,160}(?:eris|ulas|teyit|dogrul|gorul))|"
    r"e-?imza(?:li)?(?:dir|\W|$)(?![^.]*\w(?:m[ae]s[iu]|m[ae]l[ae]ri)\b)|"
    r"(?:eli|issn)\b ?:? ?(?:http|\d)|evrak no|elektronik imza(?![^.]*\w(?:m[ae]s[iu]|"
    r"m[ae]l[ae]ri)\b)|5070 sayili)"
)


def is_mark_of_a_page(folded: str) -> bool:
    """Whether a folded line is a page's number or the stamp of a signed paper."""
    return bool(_PAGE.match(folded) or _STAMP.match(folded))


def leaves_a_list(folded: str) -> bool:
    """Whether folded text tells how to leave a mailing list."""
    return _LEAVE_LIST.search(folded) is not None


_CONTACT_LINE = re.compile(
    r"(?:irtibat|iletisim|bilgi icin|(?:ayrintili|detayli) bilgi|sorular|ilgili (?:kisi|uzman|personel)|"
    r"contact|"
    r"for (?:more|further)? ?information|questions)"
)
_CONTACT_BEFORE = re.compile(
    r"\b(?:soru\w* icin|irtibat|iletisim|bilgi icin|contact|questions|e-?posta|e-?mail)\b"
)
# How to leave a mailing list is no part of a letter.
_LEAVE_LIST = re.compile(
    r"\bunsubscribe|\bopt[ -]out\b|(?:manage|update|change) your (?:e-?mail )?(?:subscription|preferences)|"
    r"\bliste\w*den (?:cik|ayril)(?:mak|abil|in\b|iniz|is|$)|\byou (?:are receiving|receive) this\b|"
    r"\b(?:stop|no longer wish|do not wish|prefer not)(?: to)? (?:receiv|get)\w*|\babonelik@|"
    r"\b(?:bulten|e-?posta|ileti)\w* (?:uyelig|abonelig|aboneli[kg])\w* (?:ayril|sonlandir|iptal|cik)|"
    r"abonelik\w* (?:ayril|sonlandir|iptal|cik)|(?:almak|almaya devam etmek) istemiyorsaniz"
)


_FOOT_SIGN = re.compile(r"[\d@]|www", re.IGNORECASE)
_FOOT_WORD = re.compile(
    r"\b(?:t|f|tel|telefon|faks|fax|kep)\s?[:.]?\s?[+(\d:]|\b(?:mah|cad|sok)\.|bulv|"
    r"\bno ?:|www|@|sayfa|\btel|\bp\.? ?o\.? ?box"
)
_FOOT_PARTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\btel(?:efon)?\b|(?:^|\s)t\s?[:.]\s?[+(\d]",
        r"\b(?:faks|fax)\b|(?:^|\s)f\s?[:.]\s?[+(\d]",
        r"\bkep\s?:",
        r"\bmah\.|\bcad\.|\bsok\.|\bbulv|\bno ?:",
        r"www\.|@",
        r"\bsayfa(?: no)?\s?[:.]?\s?\d|\d\.? ?sayfa$",
    )
)


# "… mesai bitimine kadar heyet@x.example adresine": a line of the letter
_ASKED = re.compile(r"\b(?:kadar|dek|adresine|gerekmekte\w*)\b")
# Parts of a postal address that are words of no sentence.
_STREET = re.compile(
    r"\b(?:blok|kompleksi|plaza|apt|han|kat|sanayi bolgesi|osb|is merkezi)\b[^.@]{0,60} / [a-z]+ "
)
# The address of a desk below its name, and no association's general one.
_DESK = re.compile(
    r"(?!(?:info|bilgi|iletisim|office|contact|mail|birlik|dernek|genel|sekreter\w*|posta|"
    r"hello)@)[\w.+-]+@\S+$"
)


_BOX = re.compile(r"^(?:[^.|]{3,60}[|,·•] )?p\.? ?o\.? ?box \d[^@]*\s[|·•]\s")


# "Trakya DASD - Çorlu - www.x.example    1/2": a site, and behind it the page.
_PAGED = re.compile(
    r"(?:^|\s)(?:www\.)[\w.-]+/?(?=\s)(?:(?! (?:ve|and|icin|for|uzerinden|adresi\w*|sitesi\w*)\b).)*?"
    r"\s(?:(?:sf|sayfa|page|s|p)\b[. :]*)?\d{1,3} ?(?:/|of) ?\d{1,3}$"
)
# What a foot names: who sends the letter, or a street. No desk and no person, who are written to.
_SENDER = re.compile(
    r"\b(?:birlig[iu]|birlikleri|dernegi|federasyonu|konfederasyonu|odasi|borsasi|meclisi|vakfi|"
    r"sekreterlig[iu]|"
    r"sendikasi|kurumu|ajansi|association|federation|confederation|alliance|chamber|agency|aisbl|institute|"
    r"society|council|union|secretariat|ihracatcilari|sanayicileri)\b"
)
_PLACE = re.compile(
    r"\b(?:rue|avenue|street|road|square|boulevard|plot|box|lane|cad|cadde\w*|mah|mahalle\w*|sok|sokak|"
    r"bulv\w*|"
    r"kompleksi|plaza|osb|organize sanayi|house|tower|building|str)\b|"
    r"\b\w+(?:strasse|straat|weg) \d|\b\d{4,5} [a-z]{4,}"
)
_WRITTEN_TO = re.compile(
    r"\b(?:sube\w*|uzman\w*|birimi|masasi|desk|unit|dahili|ext|irtibat|iletisim|contact|sor\w+|questions?|"
    r"enquiries|bilgi(?! ?@)\b|basvur\w+|kayit\w*|form\w*|registration|programme|hanim|bey)\b"
)
_GENERAL = re.compile(
    r"(?:info|bilgi|iletisim|office|contact|mail|birlik|dernek|genel|sekreter\w*|posta|hello|secretariat|"
    r"registry|kurum\w*|destek|chamber|admin|general)@"
)
_BARE = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,60}\.[a-z]{2,12}|"
    r"(?<![\w.-])(?:https?://)?(?:www\.)?(?:[\w-]{1,40}\.){1,4}[a-z]{2,12}/?(?=[\s,;|]|$)"
)
_TELEPHONE = re.compile(
    r"\b(?:tel|phone|faks|fax|kep|web|e-?posta|e-?mail|t|f)\b[:. ]*|\(?\+?\d[\d ()/-]{6,24}\d|"
    r"\b(?:page|sayfa) \d+ ?(?:of|/) ?\d+|\d+/\d+$",
    re.IGNORECASE,
)
_SMALL = frozenset(
    (
        "ve",
        "of",
        "and",
        "the",
        "for",
        "de",
        "la",
        "le",
        "des",
        "du",
        "der",
        "no",
        "ile",
        "et",
        "&",
        "a",
        "an",
        "in",
    )
)


def _is_imprint(line: str, folded: str) -> bool:
    """Whether a line tells nothing but a sender or a street and a general address, or the bare site."""
    if line.endswith(":") or len(folded) != len(line) or _WRITTEN_TO.search(folded):
        return False
    bare = list(_BARE.finditer(folded))
    if not bare:
        return False
    rest, start = "", 0
    for one in bare:
        rest += f"{line[start : one.start()]} "
        start = one.end()
    rest = rest + line[start:]
    rest = _TELEPHONE.sub(" ", rest)
    if "@" in rest or "://" in rest or ":" in rest or re.search(r"\w{5}[.!?] [A-ZÇĞİÖŞÜ]", rest):
        return False
    words = [word for word in re.split(r"[\s|•·/,()–-]+", rest) if word]
    if any(
        word[0].islower() and word.rstrip(".") not in _SMALL and not _SENDER.match(word) for word in words
    ):
        return False
    site = any("@" not in one[0] for one in bare)
    if len(bare) > 1 and site and len(words) < 4:
        return any(_GENERAL.match(one[0]) for one in bare)
    own = _own_name(bare[0][0], words)
    if not words or not (own or _SENDER.search(fold(rest)) or _PLACE.search(fold(rest))):
        return False
    return all("@" not in one[0] or _is_general(one[0]) for one in bare)


def _own_name(address: str, words: list[str]) -> bool:
    """Whether the words hold the name that an address goes by: "Trakya DASD", "trakyadasd.example"."""
    name = re.sub(r"^(?:https?://)?(?:www\.)?", "", address.rpartition("@")[2]).partition(".")[0]
    return len(name) > 2 and name in fold("".join(words))


def _is_general(address: str) -> bool:
    """Whether an address is an association's own and no desk's: "info@…", "baced@baced.example"."""
    desk, _, site = address.partition("@")
    return bool(_GENERAL.match(address)) or desk == site.partition(".")[0]


def is_footer(line: str, folded: str, before: list[str], at_foot: bool) -> bool:
    """A line of address, telephone, site: the letterhead's foot. ``before``: the line before it, if any,
    ``at_foot``: it stands below a page's stamp or on several pages."""
    if not _FOOT_SIGN.search(line):  # most lines: no telephone, no address, no site
        return False
    if not _FOOT_WORD.search(folded):  # nor any of these words
        return False
    if _BOX.search(folded):
        return True
    if _PAGED.search(folded) and not _WRITTEN_TO.search(folded):
        return True
    parts = sum(bool(pattern.search(folded)) for pattern in _FOOT_PARTS)
    if _CONTACT_LINE.match(folded):
        return False
    if parts >= 2:
        return not _ASKED.search(folded)
    if re.search(r"\+\d{2}", line) and "@" in line and len(re.findall(r"\s[|•·]\s", line)) > 1:
        return True
    # "Name - Street 3, 1150 Brussels - info@x.example - www.x.example"
    if _is_imprint(line, folded):
        return True
    joints = len(re.findall(r"\s[|•·–-]\s", line))
    if joints > 1 and re.search(r"\S@\S", line) and re.search(r"(?:^|\s)(?:www\.|https?://)\S+$", line):
        return True
    if before and (_CONTACT_BEFORE.search(fold(before[-1])) or (not at_foot and is_labelled(before[-1]))):
        return False
    if (
        not at_foot and before and len(before[-1]) > 60 and not before[-1].endswith((".", ";", ":", "!"))
    ):  # the end of a sentence
        return False
    if at_foot and "@" in line and "www." in folded:
        return True
    if re.search(r"\S+@\S+$", line) and ":" not in line and _STREET.search(folded):
        return True
    tokens = line.split()
    if not at_foot and len(tokens) == 1 and _DESK.match(folded):
        return False
    return bool(tokens) and all(re.match(r"^(?:www\.\S+|\S+@\S+\.\S+|[|·-])$", token) for token in tokens)

"""Tariff codes, countries, e-mail addresses and links of a text."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale

from bot.domain.notice import Link, LinkRole
from bot.understanding.fold import fold

_CONTEXT = re.compile(
    r"\b(?:gtip|gtp|g\.t\.i\.p|tarife|pozisyon|hs code|cn code|taric|kn kod|armonize|fasil|heading|customs code)"
)
_DOTTED = re.compile(
    r"(?<![\w./-])(?:\d{4}\.\d{2}(?:\.\d{2}){0,4}|\d{2}\.\d{2}\.\d{2}(?:\.\d{2}){1,3})(?![\w/]|\.\d)"
)
_SPACED = re.compile(r"(?<![\w./-])\d{4}(?: \d{2}){1,4}(?![\w/]|\.\d)")
_PLAIN = re.compile(r"(?<![\w./-])(?:\d{12}|\d{10}|\d{8}|\d{6})(?![\w/.-]*\d|[\w])")
_HEADING = re.compile(
    r"(?<![\w./-])(\d{4})(?=(?:\s?(?:,|ve|ile|and|veya)\s?\d{4})*\s(?:gtip|tarife|pozisyon|fasil|numarali|no'?lu))"
    r"|(?:gtip|pozisyon(?:u|larinda)?|heading|cn code|hs code)s?\s?:?\s(\d{4})(?![\d.,/-])"
)


def hs_codes(text: str) -> tuple[str, ...]:
    """Tariff codes as digits, in order; never dates, grades, standards or money."""
    folded = fold(text)
    found: list[tuple[int, str]] = []
    context = bool(_CONTEXT.search(folded))
    for match in _DOTTED.finditer(folded):
        groups = match[0].split(".")
        if _is_date(groups) or (len(groups) == 2 and not context):
            continue
        if _chapter(match[0]) and (context or len(groups) > 2):
            found.append((match.start(), re.sub(r"\D", "", match[0])))
    if context:
        for pattern in (_SPACED, _PLAIN):
            for match in pattern.finditer(folded):
                if _chapter(match[0]) and not re.match(
                    r"\s?(?:tl|usd|eur|avro|dolar|ton|kg|adet)", folded[match.end() :]
                ):
                    found.append((match.start(), re.sub(r"\D", "", match[0])))
        for match in _HEADING.finditer(folded):
            code = match[1] or match[2]
            if _chapter(code):
                found.append((match.start(), code))
    ordered = [code for _, code in sorted(found)]
    return tuple(dict.fromkeys(ordered))


def _chapter(code: str) -> bool:
    return 1 <= int(code[:2]) <= 97


def _is_date(groups: list[str]) -> bool:
    if len(groups) == 3 and len(groups[0]) == 4 and groups[0][:2] in ("19", "20"):
        return int(groups[1]) <= 12 and int(groups[2]) <= 31
    return False


_EXTRA = {
    "cin halk cumhuriyeti": "CN", "cin": "CN", "guney kore": "KR", "kore cumhuriyeti": "KR", "south korea": "KR",
    "amerika birlesik devletleri": "US", "abd": "US", "usa": "US", "united states": "US", "ingiltere": "GB",
    "birlesik krallik": "GB", "united kingdom": "GB", "birlesik arap emirlikleri": "AE", "bae": "AE", "fas": "MA",
    "rusya federasyonu": "RU", "rusya": "RU", "hollanda": "NL", "the netherlands": "NL", "ozbekistan": "UZ",
    "kktc": "CY", "tayvan": "TW", "chinese taipei": "TW", "cek cumhuriyeti": "CZ", "cekya": "CZ", "suudi arabistan": "SA",
    "vietnam": "VN", "misir": "EG", "suriye": "SY", "iran": "IR", "kosova": "XK", "filistin": "PS", "bosna-hersek": "BA",
    "bosna hersek": "BA", "makedonya": "MK", "kuzey makedonya": "MK", "fildisi sahili": "CI", "tanzanya": "TZ",
    "turkmenistan": "TM", "kirgizistan": "KG", "hong kong": "HK", "guney afrika": "ZA", "south africa": "ZA",
}  # fmt: skip
# Names that are also everyday words, or that stand in letters without being meant.
_NOT_ALONE = {"TR", "ML", "IM", "GU", "NE", "TO", "NU", "JE", "NF", "UM", "ZZ", "EU", "EZ", "UN", "QO", "TD"}
_EU = re.compile(
    r"(?<!\w)(?:AB(?=['’\s.,;)/-])|EU(?=['’\s.,;)/-])|Avrupa Birliği|Avrupa Komisyonu|Avrupa Kimyasallar Ajansı|European Union|"
    r"European Commission|European Chemicals Agency|European Economic Area|REACH|CLP|ECHA|SKDM|CBAM)"
)
_TURKISH_GOODS = re.compile(
    r"(?:ulkemiz|turkiye|turk)(?:'?n?in|den|'den)? (?:menseli|cikisli|kaynakli)|turkiye'?den (?:ithal|ihrac)|originating in turk|"
    r"turkish (?:origin|exports)|ulkemizden (?:ithal|ihrac)"
)


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    words = sorted(_table(), key=len, reverse=True)
    return re.compile(
        r"(?<![\w])(" + "|".join(re.escape(word) for word in words) + r")(?=(?:'?[a-z]{0,9})(?![\w]))"
    )


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for language in ("tr", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code not in _NOT_ALONE and len(name) > 3:
                table[fold(name)] = code
    return table | _EXTRA


_SUFFIX = re.compile(
    r"'?(?:n?[iu]n|[yn]?[aeiu]|[dt][ae]n?|l[ae]r(?:[iu]n?)?|y?l[ae]|l[iu]|d[ae]ki|n?[iu]n?|c[ae]|nin|yi|ya|ye|nda|nde)?(?![\w'])"
)
_NOT_A_COUNTRY = re.compile(
    r"\s?(?:dinari|dolari|lirasi|somu|rublesi|yeni|manati|tengesi|dirhemi|riyali|sterlini|yuani|rupisi|pesosu|franki|dollars?|"
    r"ticaret musavirligi|musavirligi|buyukelciligi|konsoloslugu|ticaret ataseligi|merkez bankasi)"
)


def countries(title: str, text: str) -> tuple[str, ...]:
    """ISO codes of the countries a notice is about; ``EU`` for the Union, its law and alliances."""
    whole = f"{title}\n{text}"
    folded = fold(whole)
    codes: dict[str, None] = {}
    if _EU.search(whole):
        codes["EU"] = None
    if _TURKISH_GOODS.search(folded):
        codes["TR"] = None
    table = _table()
    for match in _names().finditer(folded):
        if not whole[match.start()].isupper():
            continue
        tail = _SUFFIX.match(folded, match.end())
        if tail is None or _NOT_A_COUNTRY.match(folded, tail.end()):
            continue
        codes[table[match[1]]] = None
    return tuple(codes)


_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![\w@])")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"«»“”‘’]+", re.IGNORECASE)


def emails(text: str) -> tuple[str, ...]:
    """E-mail addresses as written, each once."""
    found = [match[0].strip(".") for match in _EMAIL.finditer(text)]
    return tuple(dict.fromkeys(found))


def links(paragraphs: list[str]) -> tuple[Link, ...]:
    """Addresses with their role and label, and lost ones (``url`` None) with their words."""
    found: list[Link] = []
    previous = ""
    for paragraph in paragraphs:
        spans = list(_URL.finditer(paragraph))
        start = 0
        for match in spans:
            url = match[0].rstrip(".,;:!?)]}'’")
            before = paragraph[start : match.start()]
            if not before.strip(" :–-") and start == 0:
                before = previous
            after = paragraph[match.end() : match.end() + 60]
            found.append(Link(url, role_of(before, after, url), _label(before)))
            start = match.end()
        if not spans:
            lost = _lost(paragraph, previous)
            if lost is not None:
                found.append(lost)
        previous = paragraph
    unique: dict[str | None, Link] = {}
    for link in found:
        unique.setdefault(link.url or f"lost {link.label}", link)
    return tuple(unique.values())


_APPLY = re.compile(
    r"basvur|katilim formu|apply|application|uyelik formu|call-for-members|membership|webform|anket|soru formu|gorus formu|questionnaire"
)
_REGISTER = re.compile(r"kayit|kaydol|register|registration|sign up|katilim icin")
_ATTACH = re.compile(r"\.(?:docx?|xlsx?|zip)$")


def role_of(before: str, after: str, url: str) -> LinkRole:
    """What a link is for, from the words around it and the address itself."""
    near = fold(before[-110:])
    sentence = re.split(r"[.!?]\s", near)[-1]
    follows = fold(after.split(".")[0])
    address = url.lower()
    for pattern, role in ((_REGISTER, LinkRole.REGISTRATION), (_APPLY, LinkRole.APPLICATION)):
        if pattern.search(sentence[-60:]):
            if role is LinkRole.APPLICATION and re.search(r"kilavuz|rehber|guide|metni|duyuru", sentence):
                continue
            return role
    if (
        re.search(
            r"form(?:u|un|unu)?\b.{0,40}(?:doldur|gonder)|basvuru yap|uzerinden basvur|kayit ol", follows
        )
        or "eusurvey" in address
    ):
        return LinkRole.APPLICATION
    return LinkRole.ATTACHMENT if _ATTACH.search(address) else LinkRole.SOURCE


def _label(before: str) -> str | None:
    words = before.strip()
    if not words.endswith(":"):
        return None
    label = re.split(r"(?<=[.!?;])\s", words)[-1].rstrip(": ").strip()
    return label if 0 < len(label) <= 80 else None


_LOST = re.compile(r"\b(?:tiklayiniz|tiklayin|buradan|click here|baglantidan ulas)")
_SITE = re.compile(r"\((?:[\w-]+\.)+(?:eu|com|org|tr|gov|net|int|example)\)\s*$")
_FORM_END = re.compile(r":\s*((?:\w+ ){0,3}(?:formu|form|baglantisi|linki|link|sayfasi))\s*\.?$")


def _lost(paragraph: str, previous: str) -> Link | None:
    folded = fold(paragraph)
    if _SITE.search(folded) and len(paragraph) < 120:
        label = re.split(r":\s", paragraph)[-1].strip()
        context = previous if previous.endswith(":") or len(previous) < 120 else ""
        return Link(None, role_of(f"{context} {paragraph}", "", ""), label)
    if _LOST.search(folded):
        sentence = next(
            (part for part in re.split(r"(?<=[.!?])\s", paragraph) if _LOST.search(fold(part))), paragraph
        )
        return Link(None, role_of(sentence, "", ""), sentence.strip().rstrip("."))
    end = _FORM_END.search(folded)
    if end and len(end[1]) < 60:
        label = paragraph[end.start(1) : end.end(1)]
        return Link(None, role_of(f"{paragraph}", "", ""), label)
    return None

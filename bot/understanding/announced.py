"""Whether a letter says that it holds several subjects, or its headings name different ones."""

from __future__ import annotations

import re

from bot.understanding.fold import fold

_COUNT = r"(?:iki|uc|dort|bes|alti|yedi|sekiz|dokuz|on|[2-9]|1\d)"
_TIMES = r"(?:haftalik|haftanin|aylik|ayin|gunluk|gunun|onbes gunluk|on bes gunluk|bu hafta(?:ki|nin)?)"
_SUBJECTS = (
    r"(?:duyuru(?:lar\w*|muz|su)?|haber(?:ler\w*|imiz|i)?|gelisme\w*|basli[kg]\w*|konu(?:lar\w*|muz|su)?|"
    r"gundem\w*|not(?:lar\w*|umuz)|yazi(?:lar\w*)?|sirkuler\w*|bulten\w*|ozet\w*|baslar)"
)
# What only a letter of several subjects says of itself.
_SEVERAL = re.compile(
    rf"\b{_TIMES}(?: \w+){{0,3}}? {_SUBJECTS}\b|"
    r"\b(?:duyurular(?:imiz)?|haberler(?:imiz)?|kisa kisa|kisa (?:haberler|duyurular|notlar)|basliklar|"
    r"(?:duyuru|haber|yazi|sirkuler) (?:ozetleri|derlemesi|basliklari)|toplu (?:duyuru|sirkuler)|"
    r"muhtelif konular|cesitli (?:konular|duyurular))\W*$|"
    rf"\b{_COUNT} (?:(?:ayri|farkli|kisa|yeni|onemli) )?(?:konu|basli[kg]|duyuru|haber|gelisme|"
    r"bilgilendirme)\w*\b|"
    r"\b(?:birden (?:fazla|cok)|cesitli|muhtelif|birkac|bir dizi) (?:konu|duyuru|haber|gelisme|basli[kg])\w*|"
    r"\b(?:asagidaki|one cikan|ozet) (?:konu|duyuru|haber|gelisme|basli[kg])(?:lar|ler)\w*|"
    r"\b(?:yazi|duyuru|haber|gelisme|konu|bildirim|not)(?:lar|ler)\w*[^.]{0,60}"
    r"(?:ozetle(?:dik|nmis|yerek|di)|derle(?:dik|nmis|yerek|di)|kisaltarak|bir araya getir|"
    r"sirala(?:dik|nmis))|"
    r"\bbu sayi(?:da|mizda)(?: \w+){0,3}:|\bthis (?:week|month) (?:at|in|from|with)\b|\bhaftalik bilgi notu|"
    r"\b(?:this (?:week|month)|in brief|news|announcements|headlines|notices)\W*$|"
    r"\bin this (?:issue|edition|week's|month's)|\b(?:weekly|monthly|fortnightly) (?:news|notices|"
    r"announcements|round-?up|digest|circular|summary|mailing|update)|"
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|several|various|a few|[2-9]) (?:short |"
    r"separate |different |brief )?"
    r"(?:items|topics|subjects|notices|announcements|matters|pieces of news|news items|stories)\b|"
    r"\bthe following (?:items|topics|subjects|notices|announcements|matters)\b|\bround-?up\b"
)
# "Eğitimde üç konu ele alınacaktır", "Gündemde öne çıkan başlıklar": what an event is about.
_OF_AN_EVENT = re.compile(
    r"\b(?:ele alin|islen[ei]c|anlatil|tartisil|gorusulec|gundem(?:de|in|imiz)|"
    r"(?:egitim|seminer|toplanti|oturum|webinar|calistay|kurul|program)\w*(?:da|de|n[iu]n|[iu]n)\b)|"
    r"\b(?:will cover|covers|agenda|to be discussed|sessions?|on the programme)\b"
)
# A paper that may also be about one thing.
_PAPER = re.compile(r"\b(?:e-?bulten\w*|bulten\w*|newsletter|bulletin|digest|weekly|gundem|updates)\b")
# What a heading names last if it names a subject of its own, by kind.
_KINDS = tuple(
    re.compile(
        rf"(?:{nouns})(?=\W*$|\W+(?:hk\b|hakkinda|duyurusu|iptali?\b|ertelen\w+|uzat\w+|daveti|20\d\d))"
    )
    for nouns in (
        r"\b(?:fuari?|fuarlari|expo|fair)",
        r"\b(?:heyeti?|misyonu|inceleme gezisi|mission)",
        r"\b(?:egitimi?|egitimleri|semineri?|webinari?|calistayi?|kursu?|atolyesi|atolye|training|workshop|"
        r"webinar|seminar)",
        r"\b(?:anketi?|gorus talebi|gorusu?|survey|consultation)",
        r"\b(?:ihalesi|ihale|tender)",
        r"\b(?:sorusturmasi?|onlemi?|onlemleri|damping|vergisi|duty|duties|investigation)",
        r"\b(?:kontenjani|kontenjanlari|quotas?)",
        r"\b(?:destegi|destekleri|hibesi|cagrisi|kredisi|programi destegi|grants?)",
        r"\b(?:genel kurulu?|genel kurul toplantisi|yonetim kurulu toplantisi|assembly)",
        r"\b(?:yonetmeligi?|yonetmelik degisikligi|tebligi?|tuzugu|karari|mevzuati?|regulation)",
        r"\b(?:aidati?|aidatlari?|taksi[td]i|uyelik bilgileri|odemeler|odemeleri)",
        r"\b(?:bakimi?|kesintisi|tasinmasi?|maintenance)",
    )
)
OWN = 0.6
"""Share of the headings that name a subject of their own."""


def says_several(lead: str) -> bool:
    """Whether a line or a sentence ahead of the headings says that there are several subjects."""
    folded = fold(lead)
    return _SEVERAL.search(folded) is not None and not _OF_AN_EVENT.search(folded)


def is_paper(line: str) -> bool:
    """Whether a line names a paper that usually holds several subjects."""
    return _PAPER.search(fold(line)) is not None


def name_several(headings: list[str]) -> bool:
    """Whether headings name subjects of different kinds, most of them one."""
    found = [
        next((number for number, kind in enumerate(_KINDS) if kind.search(fold(one))), None)
        for one in headings
    ]
    named = [one for one in found if one is not None]
    return len(set(named)) > 1 and len(named) >= OWN * len(headings)

"""What the words of a term's base name: a day itself, the publication, the letter, an event …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from bot.understanding.dates import DateFound, find_dates
from bot.understanding.terms import Term, terms


class Base(Enum):
    """What the words of a term's base name."""

    DAY = auto()
    THAT_DAY = auto()
    LETTER = auto()
    RECEIPT = auto()
    RESULT = auto()
    SERVICE = auto()
    FORCE = auto()
    PUBLICATION = auto()
    OPENING = auto()
    CLOSING = auto()
    EVENT = auto()
    EVENT_END = auto()
    OTHER = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence (as written and folded), what stands around it, and the two days of the letter."""

    original: str
    sentence: str
    earlier: str
    later: str
    published: date | None
    reference: date | None
    letter: str = ""
    """The whole text, folded."""

    @property
    def whole(self) -> str:
        return self.earlier + self.sentence + self.later


_EVENTS = (
    r"fuar|heyet|etkinli[kg]|egitim|organizasyon|toplanti|program|gorev|seyahat|modul|ders|etap|seminer|"
    r"webinar|"
    r"kurs|sinav|oturum|calistay|konferans|genel kurul|kurultay|zirve|forum|secim|ihale|gezi|ziyaret|kamp|"
    r"yarisma|"
    r"panel|kongre|sempozyum|brifing|lansman|toren|sergi|muzayede|dinleme|durusma|mulakat|yolculu[kg]|"
    r"bulusma|gala"
)
_EVENT = re.compile(
    rf"\b(?P<noun>{_EVENTS})[a-z]{{0,12}}(?: (?:ilk gun|baslangic|baslama|acilis|ilk)\w*)?(?: tarih\w*|"
    rf" gun\w*)?\s*$"
)
_EVENT_END = re.compile(
    rf"\b(?P<noun>{_EVENTS})\w*(?: \w+)? (?:bitis|bitim|bittig|bitme|donus|sona er|kapanis|tamamlan|son "
    rf"gun)\w*"
    rf"(?: tarih\w*| gun\w*)?\s*$"
)
_EVENT_OVER = re.compile(rf"\b(?:{_EVENTS})\w*\s*$")
# "ilk sınav tarihinden itibaren bir yıl içinde": of each one's own
_EACH_ONES_FIRST = re.compile(
    r"\bilk (?:sinav|basvuru|kayit|ihracat|ithalat|sevkiyat|odeme)\w*(?: tarih\w*)?\s*$"
)
_FROM_IT = re.compile(r"(?:[dt][ae]n|tarihi|oncesi)\s*$")  # the ablative
_TO_IT = re.compile(r"[ae]\s*$")  # the dative: "fuara on gün kala"
_THAT_DAY = re.compile(
    r"\b(?:bu|anilan|soz konusu|belirtilen|mezkur|ayni|isbu) (?:tarih|gun)\w*\s*$|\b(?:ondan|bundan)\s*$"
)
_RECEIPT = re.compile(
    r"\b(?:ulas(?:tig|ma)|tebellug|elinize gec|teslim alin|teslim aldig|alindig|aldig|alinma)\w*[^.;]{0,24}$"
)
# "listenin ilan edildiği günden": of what is still to come, and not of the rule.
_RESULT = re.compile(
    r"\b(?:liste|sonuc|dagitim|puan|siralama|kazanan|hak sahip|karar\w* size)\w* (?:\w+ ){0,2}?(?:ilan|"
    r"duyur|acikla|yayi[mn]|teblig|bildir)"
)
_SERVICE = re.compile(
    r"\bteblig(?:in|inden| tarihi\w*| edildigi (?:tarih|gun)\w*| edilmesi\w*|i|ini|den)?[^.;]{0,10}$"
)
_LETTER = re.compile(
    r"(?:\bbu|\bis ?bu)\s(?:sirkuler|yazi|mektub|e-?posta|duyuru)\w*|(?:sirkuler|yazi|mektub|duyuru)\w*m[iu]z"
)
_FORCE = re.compile(r"yururlu\w+(?: gir\w+)?(?: tarih\w+)?\s*$")
PUBLICATION = re.compile(
    r"yayi[mn]|\bnes[ir]|\bilan|teblig|gazete|duyuru|publication|published|initiation|official journal"
)
_OPENING = re.compile(r"\b(?:acilis|baslangic|baslama|acilma)\w* tarihin")
_CLOSING = re.compile(
    r"\b(?:bitim|bitis|kapanis|kapanma|sona erme|dolma|son gunu|son (?:basvuru|teklif|kayit|tarih|gun))\w*"
    r"(?: (?:tarih|gun)\w*)?\s*$"
)

# English words stand behind the link, so what they name stands first.
_THAT_DAY_EN = re.compile(r"it$|(?:that|this|the said|the same|such) (?:date|day)\b")
_LETTER_EN = re.compile(
    r"(?:the (?:date|publication|sending|day) of )?this (?:\w+ )?(?:letter|circular|message|announcement|"
    r"e-?mail|release|alert|bulletin|newsletter|note|update|mailing)\b|the date of this notice"
)
_NOW_EN = re.compile(r"(?:now|today)\b")
_FORCE_EN = re.compile(r"(?:the )?(?:date of )?(?:its |the )?(?:ent(?:ry|ers?|ered|ering)) into force")
_CLOSING_EN = re.compile(
    r"(?:the |that |its |our )?(?:\w+ )?(?:closing|closure|closes|deadline|end of the (?:consultation|call|"
    r"window))\b"
)
_EVENT_END_EN = re.compile(
    r"(?:the )?(?:end|close|conclusion|last day) of (?:the |our |its )?(?:[a-z-]+ ){0,2}?(?P<noun>event|"
    r"meeting|"
    r"session|workshop|fair|exhibition|show|trip|mission|webinar|seminar|conference|congress|assembly|"
    r"hearing|"
    r"course|training|visit|summit|forum|auction)\b"
)
_EVENT_EN = re.compile(
    r"(?:the |our |its |your |each |this )?(?:[a-z-]+ )?(?:day of the )?(?P<noun>event|meeting|session|"
    r"workshop|"
    r"fair|exhibition|show|trip|mission|webinar|seminar|conference|congress|assembly|hearing|course|training|"
    r"visit|summit|forum|auction|departure|arrival)s?\b(?! (?:report|minutes|notice|result|decision))"
)
_RECEIPT_EN = re.compile(r"(?:the )?(?:date of )?(?:receipt|receiving|reception|delivery|notification)\b")


def named(told: Told, term: Term) -> Base:
    """What the words of the term's base name."""
    words = base_words(told, term)
    if day_beside(told, term):
        return Base.DAY
    return _named_en(words, term) if term.english else _named_tr(told, words, term)


def base_words(told: Told, term: Term) -> str:
    return told.sentence[term.base_start : term.base_end].strip() if term.base_end > term.base_start else ""


def _named_tr(told: Told, words: str, term: Term) -> Base:
    if not words or not (term.link or term.back or term.form == "after"):
        return Base.NOTHING
    near = words[-80:]
    if not term.back and _EACH_ONES_FIRST.search(near):
        return Base.OTHER
    if (term.back or term.form == "after") and not (
        _TO_IT if "kala" in told.sentence[term.start : term.end] else _FROM_IT
    ).search(near):
        return Base.NOTHING
    if _THAT_DAY.search(near):
        return Base.THAT_DAY
    if _FORCE.search(near):
        return Base.FORCE
    if not term.back and term.link and term.link != "itibaren" and _EVENT_OVER.search(near):
        return Base.EVENT_END  # "fuardan sonraki on gün", "fuarı izleyen on gün": of one that lasts its end
    for pattern, base in ((_EVENT, Base.EVENT), (_EVENT_END, Base.EVENT_END)):
        if pattern.search(near):
            return base
    if _RECEIPT.search(near):
        return Base.RECEIPT
    if _RESULT.search(near):
        return Base.RESULT
    served = _SERVICE.search(near)
    # "tebliğ tarihinden": of a paper served on the reader; "Tebliğ" is the communiqué
    if (
        served
        and told.original[term.base_start : term.base_end].rstrip()[-len(near) :][
            served.start() : served.start() + 1
        ]
        == "t"
    ):
        return Base.SERVICE
    if _LETTER.search(near) and "gazete" not in words:
        return Base.LETTER
    if _CLOSING.search(near):
        return Base.CLOSING
    if _OPENING.search(near):
        return Base.OPENING
    return Base.PUBLICATION if PUBLICATION.search(near) else Base.OTHER


def _named_en(words: str, term: Term) -> Base:
    if not words:
        return Base.NOTHING
    if term.back and words == "it":
        return Base.EVENT
    for pattern, base in (
        (_THAT_DAY_EN, Base.THAT_DAY),
        (_NOW_EN, Base.LETTER),
        (_LETTER_EN, Base.LETTER),
        (_FORCE_EN, Base.FORCE),
        (_RECEIPT_EN, Base.RECEIPT),
        (_CLOSING_EN, Base.CLOSING),
        (_EVENT_END_EN, Base.EVENT_END),
        (_EVENT_EN, Base.EVENT),
    ):
        if pattern.match(words):
            over = base is Base.EVENT and term.link in ("after", "following")
            return Base.EVENT_END if over and not words.startswith("the start") else base
    return Base.PUBLICATION if PUBLICATION.search(words) else Base.OTHER


def event_noun(told: Told, term: Term) -> str:
    """The word by which the base calls an event, "" if it is none that is known."""
    words = base_words(told, term)
    if term.english:
        found = _EVENT_END_EN.match(words) or _EVENT_EN.match(words)
    else:
        found = _EVENT.search(words[-80:]) or _EVENT_END.search(words[-80:])
    return (found["noun"] or "") if found else ""


_WEEKDAY = r"(?:pazartesi|sali|carsamba|persembe|cumartesi|cuma|pazar)"
_DIRECTLY = re.compile(
    rf"\)?'?[a-z]{{0,5}}(?:,? \(?{_WEEKDAY}\w*\)?)?(?: tarih[a-z]*| gun[a-z]*)?[ ,(]*(?:en gec ?\(?)?"
)
# "20 Kasım 2026 tarihinde yayımlanmasını müteakip", "23 Kasım'da yayımlanan bildirimi izleyen"
_DONE_THEN = re.compile(
    r"\)?(?:'?[dt][ae]|'?[a-z]{0,3} (?:tarihinde|gunu))(?: (?!itibaren|kadar|dek|once|sonra|arasinda|yururlu)"
    r"(?!\w+(?:ecek|acak|eceg|acag))[a-z'-]+){1,4}\s*"
)
# "22 Kasım 2026 tarihli ilanımızdan itibaren"
_DATED = re.compile(
    r"'?[a-z]{0,4} ?(?:tarihli|gunlu)(?: ve [\w/.-]{1,20} sayili)? [a-z']+"
    r"(?: (?:yayi[mn]|nes[ir]|ilan)[a-z]*)?"
    r"(?: (?:tarih|gun)[a-z]*)?\s*"
)
# "3 Aralık’ta düzenlenecek eğitimden iki gün önce"
_HELD_THEN = re.compile(
    r"(?:'?[dt][ae]|'?[a-z]{0,3} (?:tarih(?:ler)?inde|gunu))(?: [a-z'-]+){0,3} (?:yapil|duzenlen|"
    r"gerceklestiril|"
    r"toplan|basla|kapan|sona er)y?[ae]c[ae]k(?: ol[ae]n)?(?: [a-z'-]+){1,2}\s*"
)
_NO_VERB = (
    r"(?!(?:until|till|by|before|between|and|or|must|should|shall|may|can|will|is|are|was|were|has|have|to|"
    r"which)\b)"
)
_TO_DAY_EN = re.compile(
    rf"(?:\s{_NO_VERB}[a-z'-]+){{0,10}}(?:,? which (?:will be|is|was|were|takes?|took|starts?|begins?)"
    rf"(?:\s{_NO_VERB}[a-z'-]+){{0,6}}|,? (?:to be )?(?:held|taking place)(?:\s{_NO_VERB}[a-z'-]+){{0,5}})?"
    r",?\s\(?(?:i\.e\.,? )?(?:[a-z]+day,? )?(?:the )?"
)


def dates_an_event(sentence: str, end: int) -> bool:
    """Whether the day that ends here is that of an event from which the sentence counts back: no last day."""
    return any(
        term.back and not term.english and _HELD_THEN.fullmatch(sentence, end, max(end, term.base_end))
        for term in terms(sentence)
    )


LINKED = 40
"""Letters between a day and the words that count from it."""


def counted_from(sentence: str, start: int, end: int) -> bool:
    """Whether the day that stands there is the one that a term of the sentence counts from."""
    return any(
        term.base_start <= start <= term.base_start + LINKED
        if term.english
        else start >= term.base_start and term.base_end - LINKED <= end <= term.base_end
        for term in terms(sentence)
        if term.base_end > term.base_start
    )


NEAREST = 300


def nearest(one: DateFound, day: date, reference: date | None) -> date:
    """``day`` in the year that is meant for what may be over: without a year the one next to the letter."""
    if (
        not one.year_given
        and reference
        and (day - reference).days > NEAREST
        and (day.month, day.day) != (2, 29)
    ):
        return day.replace(year=day.year - 1)
    return day


def day_beside(told: Told, term: Term) -> date | None:
    """The day that stands itself in the base ("10 Eylül 2026 tarihinden itibaren", "of 1 December")."""
    if term.english:
        if not term.link.endswith(("beforehand", "advance", "ahead")):
            window = told.sentence[term.end : term.end + 150]
            one = next(find_dates(window, told.reference), None)
            if one and _TO_DAY_EN.fullmatch(window, 0, one.start):
                over = term.link in ("after", "following")
                return nearest(one, one.last if over else one.first, told.reference)
        return None
    if not (term.link or term.back or term.form == "after"):
        return None
    words = told.sentence[term.base_start : term.base_end]
    found = list(find_dates(words, told.reference))
    if not found:
        return None
    one = found[-1]
    if any(pattern.fullmatch(words, one.end) for pattern in (_DIRECTLY, _DATED, _DONE_THEN, _HELD_THEN)):
        return nearest(one, one.first if term.back else one.last, told.reference)
    return None

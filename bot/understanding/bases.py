"""The day that a term counts from: what its words name, and the day that the letter tells for that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from bot.understanding.counting import day_in_force
from bot.understanding.dates import DateFound, find_dates
from bot.understanding.published import force_counted
from bot.understanding.marks import LETTER_OF, joined_dots
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

    @property
    def whole(self) -> str:
        return self.earlier + self.sentence + self.later


_EVENTS = (
    r"fuar|heyet|etkinli[kg]|egitim|organizasyon|toplanti|program|gorev|seyahat|modul|ders|etap|seminer|webinar|"
    r"kurs|sinav|oturum|calistay|konferans|genel kurul|kurultay|zirve|forum|secim|ihale|gezi|ziyaret|kamp|yarisma|"
    r"panel|kongre|sempozyum|brifing|lansman|toren|sergi|muzayede|dinleme|durusma|mulakat|yolculu[kg]|bulusma|gala"
)
_EVENT = re.compile(
    rf"\b(?P<noun>{_EVENTS})[a-z]{{0,12}}(?: (?:ilk gun|baslangic|baslama|acilis|ilk)\w*)?(?: tarih\w*| gun\w*)?\s*$"
)
_EVENT_END = re.compile(
    rf"\b(?P<noun>{_EVENTS})\w*(?: \w+)? (?:bitis|bitim|bittig|bitme|sona er|kapanis|tamamlan|son gun)\w*"
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
_PUBLICATION = re.compile(
    r"yayi[mn]|\bilan|teblig|gazete|duyuru|publication|published|initiation|official journal"
)
_OPENING = re.compile(r"\b(?:acilis|baslangic|baslama|acilma)\w* tarihin")
_CLOSING = re.compile(
    r"\b(?:bitim|bitis|kapanis|kapanma|sona erme|dolma|son gunu|son (?:basvuru|teklif|kayit|tarih|gun))\w*"
    r"(?: (?:tarih|gun)\w*)?\s*$"
)

# English words stand behind the link, so what they name stands first.
_THAT_DAY_EN = re.compile(r"(?:that|this|the said|the same|such) (?:date|day)\b")
_LETTER_EN = re.compile(
    r"(?:the (?:date|publication|sending|day) of )?this (?:\w+ )?(?:letter|circular|message|announcement|"
    r"e-?mail|release|alert|bulletin|newsletter|note|update|mailing)\b|the date of this notice"
)
_NOW_EN = re.compile(r"(?:now|today)\b")
_FORCE_EN = re.compile(r"(?:the )?(?:date of )?(?:its |the )?(?:ent(?:ry|ers?|ered|ering)) into force")
_CLOSING_EN = re.compile(
    r"(?:the |that |its |our )?(?:\w+ )?(?:closing|closure|closes|deadline|end of the (?:consultation|call|window))\b"
)
_EVENT_END_EN = re.compile(
    r"(?:the )?(?:end|close|conclusion|last day) of (?:the |our |its )?(?:[a-z-]+ ){0,2}?(?P<noun>event|meeting|"
    r"session|workshop|fair|exhibition|show|trip|mission|webinar|seminar|conference|congress|assembly|hearing|"
    r"course|training|visit|summit|forum|auction)\b"
)
_EVENT_EN = re.compile(
    r"(?:the |our |its |your |each |this )?(?:[a-z-]+ )?(?:day of the )?(?P<noun>event|meeting|session|workshop|"
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
    if term.link.startswith("sonra") and _EVENT_OVER.search(near):
        return Base.EVENT_END
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
    return Base.PUBLICATION if _PUBLICATION.search(near) else Base.OTHER


def _named_en(words: str, term: Term) -> Base:
    if not words:
        return Base.NOTHING
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
            return base
    return Base.PUBLICATION if _PUBLICATION.search(words) else Base.OTHER


def event_noun(told: Told, term: Term) -> str:
    """The word by which the base calls an event, "" if it is none that is known."""
    words = base_words(told, term)
    if term.english:
        found = _EVENT_END_EN.match(words) or _EVENT_EN.match(words)
    else:
        found = _EVENT.search(words[-80:]) or _EVENT_END.search(words[-80:])
    return (found["noun"] or "") if found else ""


# --- a day that stands in or beside the base -------------------------------------------------------

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
    r"'?[a-z]{0,4} ?(?:tarihli|gunlu)(?: ve [\w/.-]{1,20} sayili)? [a-z']+(?: (?:yayi[mn]|ilan)[a-z]*)?"
    r"(?: (?:tarih|gun)[a-z]*)?\s*"
)
# "3 Aralık’ta düzenlenecek eğitimden iki gün önce"
_HELD_THEN = re.compile(
    r"(?:'?[dt][ae]|'?[a-z]{0,3} (?:tarih(?:ler)?inde|gunu))(?: [a-z'-]+){0,3} (?:yapil|duzenlen|gerceklestiril|"
    r"toplan|basla|kapan|sona er)y?[ae]c[ae]k(?: ol[ae]n)?(?: [a-z'-]+){1,2}\s*"
)
_NO_VERB = r"(?!(?:until|till|by|before|between|and|or|must|should|shall|may|can|will|is|are|was|were|has|have|to|which)\b)"
_TO_DAY_EN = re.compile(
    rf"(?:\s{_NO_VERB}[a-z'-]+){{0,10}}(?:,? which (?:will be|is|was|were|takes?|took|starts?|begins?)"
    rf"(?:\s{_NO_VERB}[a-z'-]+){{0,6}}|,? (?:to be )?(?:held|taking place)(?:\s{_NO_VERB}[a-z'-]+){{0,5}})?"
    r",?\s\(?(?:i\.e\.,? )?(?:[a-z]+day,? )?(?:the )?"
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
                return nearest(one, one.first, told.reference)
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


# --- the day told for what the base names -------------------------------------------------------------


def base_day(told: Told, term: Term, base: Base, before: tuple[int, date | None] | None) -> date | None:
    """The day that the letter tells for ``base``, events aside; ``before``: where the sentence's term
    before this one ends, and what it counted from."""
    upto = told.earlier + told.sentence[: term.start]
    match base:
        case Base.DAY:
            return day_beside(told, term)
        case Base.THAT_DAY:
            return _that_day(told, term, before)
        case Base.LETTER:
            return told.reference
        case Base.RECEIPT | Base.RESULT | Base.NOTHING:
            return None
        case Base.SERVICE:
            return served_day(told.earlier + told.sentence, told.reference)
        case Base.FORCE:
            return _in_force(told)
        case Base.CLOSING:
            return closing_day(upto, told.reference) or closing_day(told.later, told.reference)
    words = told.sentence[max(term.base_start, term.base_end - NEAREST) : term.base_end]
    if base is Base.OPENING and (opened := opened_day(told.sentence, told.reference)):
        return opened
    if base is Base.PUBLICATION or base is Base.OPENING:
        later = re.search(r"ilan tarih", words[-40:]) and re.search(r"ilan edile?cek", told.earlier[-160:])
        published = told.published if _PUBLICATION.search(words[-80:]) or term.english else None
        if published and not later:  # not of results that are still to be announced
            return published
    return day_of_paper(upto, words, told.reference) or day_of_deed(upto, words, told.reference)


_PAPER_OF = re.compile(r"'?[a-z]{0,4} ?(?:tarihli|tarih ve|gunlu|sayili)\b")


def _that_day(told: Told, term: Term, before: tuple[int, date | None] | None) -> date | None:
    own = list(find_dates(told.sentence[: term.start], told.reference))
    if before and not (own and own[-1].start >= before[0]):
        return before[1]
    if own:
        return own[-1].last
    named_before = list(find_dates(told.earlier, told.reference))
    plain = [one for one in named_before if not _of_paper(told.earlier, one)] or named_before
    counted = terms(told.earlier)
    if counted and not (plain and plain[-1].start > counted[-1].start):
        return _base_of_earlier(told, counted[-1])
    return plain[-1].last if plain else None


def _of_paper(text: str, one: DateFound) -> bool:
    """Whether a day only tells which paper is meant: "13 Mayıs 2026 tarihli", "Regulation … of 7 May"."""
    return bool(_PAPER_OF.match(text, one.end) or LETTER_OF.search(text[max(0, one.start - 70) : one.start]))


def _base_of_earlier(told: Told, term: Term) -> date | None:
    """What a term of the sentences before counted from: "within 15 days of publication. … of that date"."""
    whole = Told(told.earlier, told.earlier, "", told.sentence, told.published, told.reference)
    base = named(whole, term)
    return None if base is Base.THAT_DAY else base_day(whole, term, base, None)


_FORCE_AT_ONCE = re.compile(
    r"yayi[mn]\w* (?:tarihinde|gunu|tarihi itibar\w*) yururlu|yayi[mn]lanarak yururlu"
)
_DAY_FOLLOWING = re.compile(r"\bday (?:following|after) (?:that of |the date of )?(?:its|the) publication")


_INTO_FORCE_ON = re.compile(
    r"\b(?:enter(?:s|ed|ing)?|com(?:es?|ing)|came) into (?:force|effect) (?:on|from) (?:[a-z]+day,? )?(?:the )?$"
)


def _into_force(told: Told) -> date | None:
    text = told.whole
    days = (
        one.first
        for one in find_dates(text, told.reference)
        if _INTO_FORCE_ON.search(text[max(0, one.start - 50) : one.start])
    )
    return next(days, None)


def _in_force(told: Told) -> date | None:
    if (english := _into_force(told)) is not None:
        return english
    day = day_in_force(told.whole) or force_counted(told.whole, told.published)
    if day is None and _FORCE_AT_ONCE.search(told.whole):
        return told.published
    if day is None and told.published and _DAY_FOLLOWING.search(told.sentence):
        return told.published.fromordinal(told.published.toordinal() + 1)
    return day


# "Komisyon raporunu 15 Mart'a kadar yayımlayacak, taraflar rapora 20 gün içinde cevap verebilecektir"
_MADE_KNOWN = re.compile(
    r"[^.;]{0,60}\b(?:yayi[mn]la|gonderil|iletil|acikla|bildiril|duyur)\w*(?:[ae]c|m[ae]s)"
)


def made_known(before: str, reference: date | None) -> date | None:
    named = list(find_dates(before, reference))
    return named[-1].last if named and _MADE_KNOWN.match(before, named[-1].end) else None


_SERVED_ON = re.compile(r"'?[a-z]{0,3}(?: tarihinde| gunu)?,? [^.;\d]{0,60}\bteblig (?:ed|olun)")


def served_day(text: str, reference: date | None) -> date | None:
    """The day on which the text says that a paper was served."""
    served = (one.last for one in find_dates(text, reference) if _SERVED_ON.match(text, one.end))
    return next(served, None)


_OPENED_THEN = re.compile(r"[^.;]{0,60}(?:sorusturma|inceleme|gozden gecirme)\w* (?:acil|baslat)")


def opened_day(sentence: str, reference: date | None) -> date | None:
    """ "açılış tarihinden itibaren": the day on which the sentence tells a proceeding was opened."""
    opened = (one.first for one in find_dates(sentence, reference) if _OPENED_THEN.match(sentence, one.end))
    return next(opened, None)


_PAPERS_DAY = re.compile(
    r"\b(?P<paper>bildirim|ilan|duyuru|karar|genelge|nota|cagri|davet|aciklama|teblig|rapor|yazi)\w*\s"
    r"(?:(?:yayi[mn]\w*|ilan\w*) )?(?:tarih(?:inden|ini|inin)?)? *$"
)


# "9 Kasım tarihinde … bildirilmiş olup": the verb of the paper tells its day too.
_TOLD_BY = {"bildirim": "bildiril", "ilan": "ilan edil", "duyuru": "duyurul", "aciklama": "aciklan"}


def day_of_paper(told: str, words: str, reference: date | None) -> date | None:
    """ "bildirim tarihinden itibaren": the day of the paper that the text calls by this name."""
    paper = _PAPERS_DAY.search(f"{words.rstrip()} "[-80:])
    if paper is None:
        return None
    of_it = re.compile(
        rf"'?[a-z]{{0,4}} (?:tarihli|tarih ve|gunlu)\b[^.;\d]{{0,12}}(?:[\w/.-]{{1,20}} sayili )?"
        rf"(?:\w+ ){{0,2}}{paper['paper']}"
        rf"|'?[a-z]{{0,4}} (?:tarihinde )?[^.;\d]{{0,60}}"
        rf"\b{_TOLD_BY.get(paper['paper'], '$')}\w*(?:m[iu]s|d[iu]|[ae]n|[ae]c[ae]k\w*)\b"
    )
    days = (one.last for one in find_dates(told, reference) if of_it.match(told, one.end))
    return next(days, None)


_LAST_WORD = re.compile(r"\b(?P<word>[a-z]{6,})(?: (?:tarih|gun)\w*)?\s*$")
STEM = 5


def day_of_deed(told: str, words: str, reference: date | None) -> date | None:
    """ "sözleşmenin imzalandığı tarihten": the day of which the text says that the same was done."""
    deed = _LAST_WORD.search(words)
    if deed is None:
        return None
    done = re.compile(
        rf"'?[a-z]{{0,4}}(?: tarihinde| gunu)? (?:(?!kadar|dek|once|sonra|tarihli)[^\s.;\d]+ ){{0,6}}"
        rf"{re.escape(deed['word'][:STEM])}\w*(?:m[iu]s|[dt][iu]|[ae]n|[ae]c[ae]k)\w*"
    )
    days = [nearest(one, one.last, reference) for one in find_dates(told, reference) if done.match(told, one.end)]
    return days[-1] if days else None


_CLOSES = re.compile(
    r"[^.;]{0,60}\b(?:kadar|dek|degin|sona er|son bul|dol[aumd]|bit(?:ec|er|iy|en|mek)|kapan)|"
    r"'?[a-z]{0,4} (?:bitis|kapanis|son (?:basvuru|kayit|teklif|gun|tarih))"
)
_CLOSING_ON = re.compile(
    r"\b(?:bitis|kapanis|sona erme|gecerlilik|son \w+)\w*(?: tarih\w*| gun\w*)?[^.;]{0,20}$|"
    r"\b(?:clos(?:es?|ing)|ends?|expires?|until|till|deadline|last (?:day|date)|by)\b[^.;]{0,30}$"
)


def closing_day(before: str, reference: date | None) -> date | None:
    """ "kayıt bitiminden itibaren": the day told last on which something closes or ends."""
    before = joined_dots(before)
    for one in reversed(list(find_dates(before, reference))):
        if (
            one.ranged
            or _CLOSES.match(before, one.end)
            or _CLOSING_ON.search(before[max(0, one.start - 60) : one.start])
        ):
            return one.last
    return None

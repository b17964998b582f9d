"""Turkish labels of last days without a verb, and last days that are set right: "Doğrusu 19 Temmuz"."""

from __future__ import annotations

import re

from bot.understanding.mention import OPENING, Mention

_ASKED = (
    r"(?:basvuru|muracaat|kayi[td]|cagri|anket|itiraz|tale[pb]|teklif|gorus(?!me|ul)|odeme|bildirim|beyan|"
    r"adaylik|aday|oylama|"
    r"soru|cevap|yanit|katilim|siparis|rezervasyon|numune|evrak|belge|dosya|proje|form|bildiri|istisare|"
    r"portal|ihale|iptal|"
    r"duzeltme|iade|dilekce|aidat|taksit|imza|yukleme|teslim)\w*"
)
_NO_TERM_OF_READERS = re.compile(
    r"\b(?:fuar|sergi|kongre|toplanti|egitim|seminer|degerlendirme|sonuc|gecerlilik|yururluk|gecis|"
    r"destek odeme|hibe odeme|"
    r"muafiyet|onlem|sorusturma|proje sure|projenin sure|projelerin sure|ihalenin sure)\w*"
)
# What its last day is called, and that it stays: "itiraz süresi değişmedi".
_CALLED = (
    r"(?:kapanis|bitis|bitim|sonu|son an|son gun|son tarih|son sans|son firsat|sure|son saat|vade|gunu|"
    r"tarihi)\w*"
    r"(?: (?:tarih|gun)\w*)?"
)
_STAYS = (
    r"(?:,? (?:ise|da|de|ayni(?: kal\w+| sekilde\w*)?|degis(?:me|miyor|tirilme)\w*|eskisi gibi\w*|"
    r"korun\w+|sabit\w*|gecerli\w*|"
    r"bellidir|belli|belirlendi|kesin)){0,3}"
)
_TERM_LABEL = re.compile(
    r"(?:^|[.;:,(!?–•-] ?|\n)[^.;:,\d]{0,60}?\b"
    + _ASKED
    + r" (?:\w+ ){0,3}?"
    + _CALLED
    + _STAYS
    + r"\s?[:,=–-]?\s?$"
)
_NOTHING_BUT_THE_HOUR = re.compile(
    r"'?(?:[dt][iu]r)?(?:[\s,(/-]{0,3}(?:\w+ saat\w*|saat\w*|tsi|cet|cest|gunu|aksami|sonu|mesai|bitimi|"
    r"\d\d?:\d\d(?:'\w{1,4})?)){0,5}"
    r"\)?\s?(?:[.;,)!]|$)"
)


_OPENS = re.compile(r"\b(?:acilis|baslangic|baslama|yayi[mn]|ilan|duyuru|degerlendirme|inceleme)\w* ")


def term_label(place: Mention, before: str) -> re.Match[str] | None:
    """The label of a last day, "Çağrının kapanışı: ", right before a day that nothing but an hour follows."""
    if place.one.ranged or not _NOTHING_BUT_THE_HOUR.match(place.joined[place.one.end :]):
        return None
    found = _TERM_LABEL.search(before)
    if (
        found is None
        or _OPENS.search(found[0])
        or _NO_TERM_OF_READERS.search(found[0])
        or OPENING.search(before)
    ):
        return None
    return found


_TERM_TOLD = re.compile(
    r"\bson (?:\w+ )?(?:gun|tarih|saat)\w*|\b(?:kapanis|bitis)\w*|\b(?:basvuru|kayit|tale[pb]|teklif|"
    r"odeme|gorus|itiraz|"
    r"beyan|bildirim|teslim) (?:sure|tarih|gun)\w*"
)
# "16 Temmuz yazmıştık", "10 Aralık idi", "27 Kasım'dı", "diye duyurmuştuk"
_WAS_SAID = re.compile(
    r"'?[a-z]{0,4}(?: (?:tarihi|gunu|saat \d\d?:\d\d))?(?: (?:olarak|diye|seklinde))?(?: \w+){0,2}? "
    r"(?:yaz|duyur|bildir|ver|belirt|acikla|ilan e[dt]|goster|ilet|paylas|an)(?:il|"
    r"in)?m[iu]s(?:t[iu]\w{0,3}|[iu]z|[iu]m)?\b"
)
_WAS = re.compile(
    r"(?:'[a-z]{0,2}[dt][iu]|'?(?: (?:tarihi|gunu))?(?: saat)?(?: \d\d?:\d\d)? idi|'?ydi)(?=[\s,.;)]|$)"
)
_SET_RIGHT = re.compile(
    r"\bdogru(?:su)?\b|\byeni (?:son )?(?:gun|tarih)|\bhata\w*|\byanlis\w*|\bduzelt|\buzat|\buza[dm]|"
    r"\bertele|\botele|"
    r"\bdegis(?!me)\w*|\bsimdi\b|\bartik\b|\bolacak\b|\bcekil|\balin(?:di|mis)"
)
_ANEW = re.compile(
    r"(?:^|[.;:,]|\bve)[\W]{0,3}(?:\w+ ){0,2}?(?:dogrusu|dogru (?:gun|tarih)\w*|yeni (?:son )?(?:gun|"
    r"tarih)\w*|simdi|artik)"
    r"(?: (?:ise|son gun\w*|soyle))?\s?[:,]?\s?$"
)
_WILL_BE = re.compile(r"[,;] (?:\w+ ){0,2}$")
_ON_IT = re.compile(
    r"(?: (?:gunu|tarihi|aksami))?(?: saat \d\d?:\d\d)? (?:olacak|oldu\b|olarak (?:duzelt|degis|guncelle))"
)


_NOT_CHANGED = re.compile(r"[,;.]? ?(?:ve |bu )?(?:\w+ )?(?:degismedi|degismiyor|ayni kal|aynen|hala)")


def was_said(place: Mention, later: str) -> bool:
    """Whether the day is only the one that was told first, and the text (or ``later``) sets it right."""
    tail = place.joined[place.one.end :]
    was = _WAS.match(tail)
    if was:
        return not _NOT_CHANGED.match(tail, was.end())
    said = _WAS_SAID.match(tail)
    return bool(said and _SET_RIGHT.search(tail[said.end() :] + " " + later))


def set_right(place: Mention, earlier: str) -> bool:
    """Whether the day stands for a last day that was told wrongly, or before, right ahead of it."""
    head = place.joined[: place.one.start]
    told = earlier + " " + head
    if not _TERM_TOLD.search(told) or not (_WAS_TOLD.search(told)):
        return False
    if _ANEW.search(head):
        return bool(_NOTHING_BUT_THE_HOUR.match(place.joined[place.one.end :]) or _ON_IT.match(place.after))
    return bool(_WILL_BE.search(head) and _ON_IT.match(place.after))


_WAS_TOLD = re.compile(
    r"\d\w*(?: [a-z]{3,9})?(?: \d{4})?(?:'?[a-z]{0,4})(?: (?:olarak|diye|seklinde|tarihi|"
    r"gunu))?(?: \w+){0,2}? "
    r"(?:(?:yaz|duyur|bildir|ver|belirt|acikla|ilan e[dt]|goster|ilet|paylas|an)(?:il|"
    r"in)?m[iu]s(?:t[iu]\w{0,3}|[iu]z|[iu]m)?\b|idi\b)|"
    r"\d [a-z]{3,9}(?: \d{4})?'[a-z]{0,2}[dt][iu]\b"
)

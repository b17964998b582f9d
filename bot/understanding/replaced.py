"""Last days that hold no longer: replaced, called off, told only as past."""

from __future__ import annotations

import re

from bot.domain.notice import Status
from bot.understanding.marks import (
    LETTER_OF,
    MOVED_FROM,
    NOW_SET,
    OLD_VALUE,
    SET_BEFORE,
    WAS_BEFORE,
    told_as_past,
)
from bot.understanding.mention import LATE, Mention

_EXTENDED = re.compile(
    r"uzat|ertelen|degistir|cekil|alin(?:mis|di)|extended|moved|prolonged|postponed|"
    r"changed"
)


_CALLED_OFF = re.compile(r"iptal ed|iptali|cancelled|called off|withdrawn|vazgecil")


_REPLACED = re.compile(r"[^.;]{0,40}(?:'?[dt][ae]n|iken|olarak(?! uzat))\b[^.;]{0,60}uzat")


# What the date no longer holds for, and papers that must be valid for as long.
_VOID = re.compile(
    r"'?[a-z]{0,4}(?: tarihi| gunu)? degil\b|(?:(?!aksi|sonra)[^.;]){0,60}(?:hukumsuz|gecersiz|"
    r"gecerliligini yitir|"
    r"dikkate alinma|no longer (?:applies|valid))"
)


_STILL_VALID = re.compile(
    r"[^.;]{0,16}(?:kadar|dek|degin) (?:\w+ ){0,2}(?:gecerli|gecerliligi|"
    r"sureli)\b(?! (?:olmak uzere )?basvuru)"
)


# "Erken kayıt indirimi … kadar geçerli olup": who wants it must act by then.
_OFFER = re.compile(
    r"\b(?:indirim|kampanya|promosyon|avantajli|"
    r"erken (?:kayit|rezervasyon|odeme|basvuru|katilim))\w*[^.;,]{0,24}$"
)


_OLD_LAST_DAY = re.compile(r"^[^.;]{0,4} olan\b|^[^.;]{0,40}\bolan (?:son|basvuru|kayit)")


_OLD_DAY_IS = re.compile(r"\b(?:son|kapanis|basvuru|kayit)\w* (?:\w+ )?(?:gunu|tarihi|suresi) olan $")


# "Meclise iletilmesi gereken son tarih 14 Mayıs olduğundan …": why the reader's own day is an earlier one.
_THEIR_LAST_DAY = re.compile(
    r"\b(?:bakanlig|meclis|tim'|kurum|komisyon|mudurlug|idare|musavirlig|merci)\w*[ae] [^.;]{0,60}$"
)
_AS_A_REASON = re.compile(
    r"^(?:'?[a-z]{0,4}| gunu\w*| tarihi\w*){0,2} (?:kadar|dek) (?:\w+ ){0,3}?"
    r"(?:\w+(?:il|ul|n)[ae]c[ae]g[iu]nd[ae]n|\w+m[ae]s[iu] (?:gerektiginden|istendiginden))|"
    r"^(?:'?[a-z]{0,4}| gunu| tarihi){0,2} (?:oldugundan|oldugu icin|olmasi (?:nedeniyle|sebebiyle|"
    r"dolayisiyla))"
)


# "30 Nisan'da kapanacağını ilan ettiği çağrının süresi uzadı", "4 Aralık iken 18 Aralık'a alındı"
_TOLD_END = re.compile(
    r"(?:'?[a-z]{0,5}(?: [^.;,]{0,20})? (?:kapan|bit|dol|sona er|son bul|"
    r"tamamlan)\w*[ae]c[ae]g\w* (?:daha once |once )?"
    r"(?:duyur|bildir|ilan|acikla|belirt|yaz|ilet)\w*(?: e[td]\w*)?(?<!mekte)(?<!makta)(?:[dt][iu]g\w*|"
    r"[iu]l[ae]n|n[ae]n|"
    r"m[iu]st[iu])"
    r"|[^.;,]{0,24} iken|(?:'?[a-z]{0,4})?(?: tarihi| gunu)? yerine)\b"
)
_CHANGED = re.compile(r"uza(?:t|d|m|y)|ertele|otele|\balin(?:mis|di)|kaydir|degis|sarkit|\d")
# "which was to close on 7 April", "originally closing on 30 November"
_WAS_TO_CLOSE = re.compile(
    r"\b(?:(?:was|were|had been)(?: originally| initially)? (?:due |set |scheduled |meant |supposed )?to "
    r"(?:close|end|expire|run|finish)|(?:originally|initially|previously|formerly) (?:closing|ending|"
    r"due|open|"
    r"running|expiring))(?: on| by| until)?(?: [a-z]+day,?)? $"
)
# "16 Ekim olarak verilmiş ise de": granted, and set right at once.
_CONCEDED = re.compile(r"[^.;]{0,60}\w+m[iu]s(?:se| ise) de\b")
_NEW_LAST_DAY = re.compile(
    r"olarak (?:degistir|guncelle|duzenle|belirle)|uza|cekil|alin|ertele|otele|tasin(?:mis|di)|kaydir|"
    r"sarkit|degis|olarak (?:oku|anla|dikkate|uygula|dusun)|olacak\b|olmali|\basli\b|\bdogrusu\b"
)
# "19 Mart olarak verilen son gün, 16 Nisan …", "ilanda 18 Şubat olarak gösterilen girişler 10 Mart …": what a
# participle tells of the one day is replaced by the day that follows.
_GIVEN_AS = re.compile(
    r"(?: tarihi| gunu)?(?: saat \d\d?:\d\d)? (?:olarak (?:\w+ )?\w{2,}(?:[iu]l|n)(?:[ae]n|m[iu]s olan)|"
    r"(?:olarak |diye )?(?:yazan|gecen|gorunen|cikan|yer alan|yazdig\w+|verdig\w+))\b"
)
# "30 Ekim'e kadar olan sürenin yetersiz kaldığı": the term is known, and spoken of.
_TERM_SPOKEN_OF = re.compile(
    r"[^.;,]{0,24}\b(?:kadar|dek|degin) (?:\w+ )?(?:olan|\w{2,}(?:[iu]l|n)[ae]n|m[iu]s olan) (?!ek )(?:\w+ )?"
    r"sure(?:nin|yi|y[iu])?\b(?! (?:icinde|icerisinde|zarfinda|boyunca))"
)
_SET_ANEW = (Status.EXTENSION, Status.CORRECTION, Status.POSTPONED)
# "Geçen yıl 30 Kasım'da sona eren başvurular"
# "başvuruların sona ereceği 31 Mayıs tarihinin … 30 Haziran'a ötelendiği"
_WAS_TO_END = re.compile(r"\b(?:er|bit|dol|kapan|bul|sonlan|tamamlan)[ae]?c[ae][gk]i $")
_LAST_TIME = re.compile(
    r"\b(?:gecen|gectigimiz|onceki|bir onceki) (?:yil|sene|donem|ay|hafta|cagri)\w*(?: ise)?,? $|"
    r"\blast (?:year|month|week|time),?(?: on| by| until)? $"
)


def no_longer(place: Mention) -> bool:
    """An old value that the sentence replaces or only reports."""
    before = place.joined[max(0, place.one.start - 60) : place.one.start]
    if WAS_BEFORE.search(place.joined[max(0, place.one.start - 50) : place.one.start]):
        return True
    if LETTER_OF.search(place.joined[max(0, place.one.start - 60) : place.one.start]):
        return True
    if (_VOID.match(place.after) and not LATE.match(place.after)) or (
        _STILL_VALID.match(place.after) and not _OFFER.search(before)
    ):
        return True
    told = _TOLD_END.match(place.after)
    if told and _CHANGED.search(place.joined, place.one.end + told.end()):
        return True
    if _WAS_TO_END.search(before) and _NEW_LAST_DAY.search(place.joined[place.limit : place.limit + 120]):
        return True
    if _WAS_TO_CLOSE.search(before) or _LAST_TIME.search(before):
        return True
    if _CONCEDED.match(place.after):
        return True
    rest = place.joined[place.limit :]
    if _GIVEN_AS.match(place.after) and rest and (place.status in _SET_ANEW or _NEW_LAST_DAY.search(rest)):
        return True
    if _TERM_SPOKEN_OF.match(place.after) and (place.status in _SET_ANEW or _NEW_LAST_DAY.search(rest)):
        return True
    if _AS_A_REASON.match(place.after) and _THEIR_LAST_DAY.search(place.joined[: place.one.start]):
        return True
    if SET_BEFORE.search(before) and (
        NOW_SET.search(place.joined, place.one.end) or place.status is Status.EXTENSION
    ):
        return True
    if MOVED_FROM.match(place.after) and _EXTENDED.search(place.sentence[place.limit :]):
        return True
    if _OLD_DAY_IS.search(place.joined[: place.one.start]) and _NEW_LAST_DAY.search(
        place.joined[place.limit : place.limit + 120]
    ):
        return True
    if _OLD_LAST_DAY.match(place.after) and _NEW_LAST_DAY.search(
        place.joined[place.limit : place.limit + 80]
    ):
        return True
    if place.status is Status.CANCELLED and _CALLED_OFF.search(place.joined[place.one.end :]):
        return True
    if place.status in _SET_ANEW and (
        told_as_past(place.joined, place.one.start, place.one.end) or OLD_VALUE.match(place.after)
    ):
        return True
    return place.status is Status.EXTENSION and bool(_REPLACED.match(place.after))

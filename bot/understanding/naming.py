"""What names a day as an event's without any verb: labels, lines of a programme, the noun before it."""

from __future__ import annotations

import re

from bot.understanding.dates import DateFound
from bot.understanding.held import EVENT

LABEL = re.compile(
    r"(?:tarih\w*|tarih ve (?:yer|saat)\w*|yer ve tarih|zaman|tarih/saat|gun(?:u|leri)?|dates?|date and time|"
    r"when)\s?:\s?\(?(?:[a-z]+,? )?$"
)
_OTHER_LABEL = re.compile(
    r"basvuru|son |kayit|odeme|teslim|yururlu|ilan|sonuc|yayi[mn]|karar|imza|gecerlilik|sevk|kapanis|"
    r"clos(?:es|ing (?:date|day|time)|ure)|publi|issue|payment|delivery|adopt|deadline|expir|uretim|"
    r"tescil|belge|fatura"
)
# "Tarih   9-12 Şubat 2028": a line of facts whose columns have no colon between them.
ROW_LABEL = re.compile(
    r"^\W*(?:(?:"
    + EVENT.pattern
    + r"|faaliyet|program|seyahat|ziyaret|gosteri)[a-z]* )?(?:tarih(?:i|leri)?|tarih(?:i|leri)? (?:ve|"
    r"/) (?:saat|yer)\w{0,4}|"
    r"gun(?:u|leri)?|ne zaman|dates?|date (?:and|/) time|when)\s?\|?\s?(?:[a-z]+day,? )?$"
)
# "2. bölüm - Etiketleme: 9 Mart 2027", "Session 2, Labelling: 9 March 2027": parts of one event.
_PART_LABEL = re.compile(
    r"^\W*(?:(?:\d{1,2}|[ivx]{1,4}|ilk|birinci|ikinci|ucuncu|dorduncu|besinci|first|second|third|fourth)\.? "
    r"(?:bolum|oturum|gun|hafta|modul|etap|ders|seans|part|session|day|week|module|webinar)|"
    r"(?:part|session|day|week|module|lecture|bolum|oturum|modul) (?:\d{1,2}|[ivx]{1,4}|one|two|three))\b"
    r"[^.;]{0,90}:\s(?:[a-z]+day,? )?$"
)
# "Info session: 20 May 2026" in a list of days.
_EVENT_LABEL = re.compile(
    r"(?:" + EVENT.pattern + r")[a-z]*(?: [a-z0-9&-]+){0,4}(?: \([a-z ]{3,20}\))?\s?(?::|"
    r"-)\s?(?:on )?(?:[a-z]+,? )?$"
)
# "Info day, Brussels and live stream: 11 May": the label names an event, and what else it is.
_LINE_LABEL = re.compile(
    r"^\W*(?:\w{1,2}[.)] )?(?:[\w'-]+ ){0,3}(?:" + EVENT.pattern + r")[a-z]*(?:,? [\w&()'/-]+,?){0,8}\s?:\s?"
    r"(?:on )?(?:[a-z]+day,? )?$"
)
# "repeats its webinar on 20 May": whatever the verb.
_EVENT_ON = re.compile(
    r"\b(?:webinar|seminar|workshop|conference|hearing|assembly|plenary|forum|summit|fair|exhibition|"
    r"info(?:rmation)? (?:day|session)|briefing|ceremony|dinner|reception|(?:site|company|field|factory|"
    r"plant|guided|"
    r"study) (?:visit|tour)|clinic|"
    r"town hall|open house|dialogue|round ?table|training|course|"
    r"open day)s?\b(?: (?:[a-z'-]+|\d\d?:\d\d)){0,4} on (?:[a-z]+day,? )?(?:the )?$"
)
# "18 March, 10.00: opening meeting", and "… was taken to 18 March".
_DAY_FIRST = re.compile(r"^(?:[^.;:]|\d:\d){0,30}(?::| [–-]) [^.;]{0,60}(?:" + EVENT.pattern + ")")
# "13 Ekim Salı - İncoterms 2020 (çevrim içi, 14.00)": a line of a programme.
_DAY_AND_TITLE = re.compile(r"^\s?(?:-|–|:)\s[^.;]{3,90}\b\d\d?:\d\d\W*$")
_AT_PLACE = re.compile(r"^[^.;]{0,20}\d\d?:\d\d'?[dt][ae] [^.;]{3,60}[dt][ae]\W*$")
# "20 Nisan Salı 14.00, Trabzon Dünya Ticaret Merkezi.": day, hour and place alone.
_HOUR_AND_PLACE = re.compile(
    r"^[ ,]{0,2}(?:saat |tsi )?\d\d?:\d\d(?: ?- ?\d\d?:\d\d)?(?:,| [|–-]) (?!.*(?:kadar|dek\b|d[iu]r\b|"
    r"[ae]c[ae]k))[^.;:]{3,70}\W*$"
)
# "Webinarımız 14 Ocak Perşembe 14.00’te Zoom’da.": no verb at all, a place at the end.
_VERBLESS = re.compile(
    r"^(?:'?[dt][ae])?(?: gunu)?,?(?: saat)? (?:\d\d?:\d\d'?[dt][ae]|"
    r"\d\d?:\d\d ?- ?\d\d?:\d\d(?: saatleri)?(?: arasi(?:nda)?)?),?"
    r" [^.;]{2,60}[dt][ae]\W*$"
)
# "… 29 Ocak’ta Konferans Salonunda, saat 19.00’da."
_PLACE_AND_HOUR = re.compile(r"^'?[dt][ae],? [^.;]{2,60}[dt][ae],? (?:saat )?\d\d?:\d\d(?:'?[dt][ae])?\W*$")
_NOUN_FIRST = re.compile(r"^[^.;]{0,60}(?:" + EVENT.pattern + r")[a-z]*,?(?: [^.;]{0,70})?$")
_TAKEN_TO = re.compile(
    r"^'?(?:[dt][ae])?[dt][iu]r\b|^(?: gunu)? saat \d\d?:\d\d'?(?:[dt][ae])?[dt][iu]r\b|"
    r"^(?:'?[yn]?[ae]| (?:[a-z]+ )?(?:tarih(?:ler)?i|gun(?:u|leri))ne)"
    r" (?:alin(?:mis|di|dig)|al(?:dik|mis|di)\b|kaydir(?:il(?:mis|di|dig)|dik|mis|di)|cek(?:il(?:mis|di|"
    r"dig)|tik|mis|ti)|"
    r"ote(?:len(?:mis|di|dig)|ledi)|ertele(?:n(?:mis|di|dig)|dik|mis|di)|tasi(?:n(?:mis|di|dig)|dik)|"
    r"birak(?:il(?:mis|di|"
    r"dig)|tik)|sark(?:mis|ti)|kal(?:mis|di)\b)"
)
_RIGHT_DAY = re.compile(
    r"\bdogrusu(?: ise)?:? $|\bdogru (?:tarih|gun)\w*(?: ise)?:? $|correct(?:ed)? date(?: is|:) $"
)
_NTH_DAY = re.compile(r"\b(?:(?:ilk|birinci|ikinci|ucuncu) gunu(?: ise)?|ilki|birincisi|ikincisi|ucuncusu) $")
_IN_BRACKETS = re.compile(r"\b(?:" + EVENT.pattern + r")[a-z]*(?: [\w'-]+){0,4} \($")
# "a) Beautyworld, 26-28 October 2027, Dubai: …": the name, the days and the place of an event in a list.
_NAMED_LINE = re.compile(r"^\W*(?:\w{1,2}[.)] )?(?:[\w&'\"“”’/.-]+ ){0,7}[\w&'\"“”’/-]+(?:,| -| –|:| \() ?$")
_LINE_GOES_ON = re.compile(r"^\)?(?:,| -| –|:|;| \() ?[a-z]|^\)?\W*$")
# "Tanıtım toplantımız 2 Eylül Perşembe günü saat 15.00’te:": the line ends with the hour.
_HOUR_ENDS = re.compile(
    r"^(?:'?[dt][ae])?(?: gunu)?,?(?: [|–-])?(?: saat| (?:[a-z]+ ){1,2}saat(?:le|iyle|"
    r"i ile))? \d\d?:\d\d(?: ?- ?\d\d?:\d\d)?(?:'?[dt][ae])?"
    r"(?: (?:ce?s?t|tsi|gmt|ee?s?t|utc|bst|[a-z]+ time))?\s?"
    r"(?:[:.;]|$|(?:,| [|–-]|\() ?(?![^.;]*(?:kadar|dek\b|until|by\b|d[iu]r\b|"
    r"[ae]c[ae]k))[^.;:]{3,80}\W*(?:;|$)|\([^()]{3,40}\)\W*(?:;|$))"
)
# "1. modül 11 Ocak, 2. modül 18 Ocak"
_PART_BESIDE = re.compile(
    r"\b(?:(?:\d{1,2}|ilk|birinci|ikinci|ucuncu|dorduncu|first|second|third|fourth)\.? "
    r"(?:bolum|oturum|modul|etap|ders|seans|session|module|webinar)\w{0,3}|(?:session|"
    r"module) \d{1,2}),? (?:ise |on )?$|"
    r"^\W*(?:(?:\d{1,2}|ilk|birinci|ikinci|ucuncu|first|second|third)\.? (?:gun|hafta|oturum|day|"
    r"session|week)|day \d{1,2}) ?\($"
)
# "closing meeting, 28 June (Brussels)"
_BRACKETED_PLACE = re.compile(r"^ ?\([a-z][^()]{2,40}\)\W*(?:;|$)")
# "Two workshops are lined up: Ghent on 12 January and Lyon on 19 January"
_EACH_ON = re.compile(
    r"(?:" + EVENT.pattern + r")[a-z]*[^.;:]{0,40}: [^.;:]{2,70} on (?:[a-z]+day,? )?(?:the )?$"
)
# "; tarih 19 Ocak 2027, saat 11.00"
_DATE_WITHIN = re.compile(r"[;,.(] ?(?:tarih(?:i|leri)?|gunu?|date) $")
_NOUN_BESIDE = re.compile(r"(?:" + EVENT.pattern + r")[a-z]*\)?,? (?:ise |[|–-] )?$")
# "presented at our meeting in Istanbul on 3 December": an event told in passing.
_AT_EVENT_ON = re.compile(
    r"\b(?:at|in|during|via|to) (?:the|our|its|an?|this)\b[^.;]{0,40}(?:meeting|assembly|conference|forum|"
    r"summit|"
    r"workshop|fair|exhibition|seminar|webinar|\bcall|session|dialogue|training|course|briefing|hearing|"
    r"visit|tour)"
    r"(?: (?:in|at|with|for|of) [a-z ]{3,30}(?: \([a-z ]{3,20}\))?)?,? on (?:[a-z]+day,? )?$"
)
# "Experts will explain … on Wednesday, 9 June 2027, at 16:00": whatever the verb, somebody is awaited.
_WILL_ON = re.compile(
    r"\bwill (?!(?:also |then |now )?(?:close|end|open\b|expire|publish|adopt|vote|decide|be (?:published|"
    r"available|closed|"
    r"announced|switched|offline|down|adopted|sent|issued|"
    r"carried)))[^.;]{3,160}\bon (?:[a-z]+day,? )?(?:the )?$"
)
# "Experts take questions on Thursday, 10 December, at 14:00 in an online session": now, and not of an ending.
_DOES_ON = re.compile(
    r"^(?![^.;]*\b(?:clos\w+|ends?|ended|ending|expir\w+|opens?|publish\w*|adopt\w*|due|was|were|had|did|"
    r"until|by|before|"
    r"offline|down|unavailable|submit\w*|sent|send|arrive\w*|deliver\w*|vot\w+|decid\w+|switch\w*|leaves?|"
    r"departs?|flies|"
    r"appl\w+|regist\w+|deadline|issued?|announc\w+)\b)[^.;]{8,160}\bon (?:[a-z]+day,? )?(?:the )?$"
)
_COURSE_OF = re.compile(
    r"\b(?:webinar|seminar|workshop|conference|course|training|forum|summit|fair|mission|congress|"
    r"symposium) of "
    r"(?:[a-z]+day,? )?(?:the )?$"
)
_HOUR_NEXT = re.compile(r"^,? (?:at|from|starting at) \d\d?(?::\d\d| ?[ap]m)")
# "2-5 Kasım 2026 tarihli heyete başvurular": a paper has such a day too, but is no event.
DATED_EVENT = re.compile(
    r"^ tarih(?:li|lerindeki|indeki|leri arasindaki) (?:\w+ ){0,3}?(?:" + EVENT.pattern + ")"
    r"|^ tarihli (?:\S+ ){0,9}?(?:fuar|heyet|toplanti|seminer|webinar|genel kurul)"
)

_NO_EVENT_LABEL = re.compile(
    r"opening|closing|submission|deadline|result|basvuru|kayit|son |acilis|\blcv\b|rsvp"
)

# "at the SEAC plenary of 7-9 September"
_EVENT_OF = re.compile(
    r"\b(?:at|for|to|attend|join) (?:the |our |its )?(?:[\w-]+ ){0,3}(?:plenary|"
    r"assembly|conference|workshop|meeting|"
    r"session|fair|exhibition) of $"
)
# "On the eve of the meeting, 9 November, members can visit …", "bir gün önce, 9 Mart’ta".
_BESIDE_IT = re.compile(
    r"\b(?:on the eve|(?:on )?the (?:day|evening|afternoon) (?:before|after)|(?:on )?the (?:previous|"
    r"following|next) "
    r"(?:day|evening)|a day (?:earlier|later|before|after)|bir gun (?:once|sonra)(?:si\w*)?|(?:onceki|"
    r"ertesi) gun)"
    r"(?: (?:of )?(?:the |our )?[a-z]+)?(?:,| \(| olan)? (?:(?:on |yani )?(?:[a-z]+day,? )?)$"
)
# "9 Mart’ta tesis gezisi vardır"
_THERE_IS = re.compile(
    r"'?[dt][ae](?: gunu)?,? [^.;,]{0,60}(?:"
    + EVENT.pattern
    + r")[a-z]*(?:m[iu]z)? (?:da |de |ise )?(?:var|vardir|"
    r"mevcut(?:tur)?)\b"
)
# "keep 18 March free", "save the date: 18 March".
_KEEP_FREE = re.compile(r"\b(?:keep|reserve|block)(?: the)? $|save the date\s?:? $")

# "On 13 April, at 11:00 EEST, our experts will show …": an event's notice, whatever the verb.
_AT_HOUR_WILL = re.compile(
    r"^,? (?:at|from) \d\d?(?::\d\d)?[^.;]{0,40}\bwill\b(?! (?:close|end|open\b|expire|be (?:published|"
    r"available|"
    r"announced|closed|switched|offline)))"
)

# "Toplantı 5 Mart’ta": nothing comes behind the day.
_ON_IT = re.compile(r"'?[dt][ae]\s*(?:;|\.?$)")


# "12, 19 and 26 January": what stands before all of them.
_LISTED_DAYS = re.compile(r"(?:\b\d{1,2}\s?,\s?){1,8}$")


# "Takvim: 2 Aralık tanıtım semineri (Denizli), 4 Aralık uygulama atölyesi (Uşak)"
_IN_A_LIST = re.compile(r"[:;,|]\s(?:[a-z]+day,? )?$")
_EVENT_NEXT = re.compile(r"^:? (?:[\w'&-]+ ){0,5}(?:" + EVENT.pattern + r")[a-z]*(?: \([^()]{2,40}\))?\W*$")


# "It is now to take place from 9 to 11 March", "the new date is 5 May", "yeni tarih 5 Mayıs": quite sure.
_NOW_ON = re.compile(
    r"\b(?:now|instead) (?:to )?(?:be )?(?:tak(?:e|ing) place|held|planned|scheduled|set|fixed)(?: for| on|"
    r" from|"
    r" between)*(?: [a-z]+day,?)? $|"
    r"\bnew dates? (?:is|are|will be)(?: now)? (?:[a-z]+day,? )?$|"
    r"\byeni (?:tarih|gun)(?:i|u|ler|leri|imiz|umuz)?(?: ise| olarak)?,?:? $"
)


def is_moved_to(after: str) -> bool:
    """Whether the words behind a day say that something was moved to it."""
    return _TAKEN_TO.match(after) is not None


def is_set_anew(before: str, after: str) -> bool:
    """Whether the words around a day tell that it is the one that holds now."""
    if is_moved_to(after):
        return True
    return _NOW_ON.search(before[-70:]) is not None and not _OTHER_LABEL.search(before[-120:])


def is_labelled(before: str, after: str, rest: str, one: DateFound) -> bool:
    """Whether a label, the line it begins or the noun before it make this day an event's, without a verb.

    ``after`` is the text up to the next day, ``rest`` all of it.
    """
    before = _LISTED_DAYS.sub("", before)
    label = LABEL.search(before[-40:]) or ROW_LABEL.match(before) or _PART_LABEL.match(before)
    if label and _OTHER_LABEL.search(before[-40:]):
        label = None
    if label or (_EVENT_LABEL.search(before[-60:]) and not _NO_EVENT_LABEL.search(before[-60:])):
        return True
    if _LINE_LABEL.match(before) and not (_NO_EVENT_LABEL.search(before) or _OTHER_LABEL.search(before)):
        return True
    if re.fullmatch(r"\W*(?:\w{1,2}[.)])?\W*", before) and _DAY_FIRST.match(rest):
        return True
    alone = re.fullmatch(r"\W*", before)
    if alone and (_DAY_AND_TITLE.match(rest) or _HOUR_AND_PLACE.match(rest) or _AT_PLACE.match(rest)):
        return True
    if one.ranged and _NAMED_LINE.match(before) and _LINE_GOES_ON.match(after):
        return True
    if _IN_A_LIST.search(before[-12:]) and _EVENT_NEXT.match(after):
        return True
    if _PART_BESIDE.search(before[-40:]) and not _OTHER_LABEL.search(before[-70:]):
        return True
    if _BRACKETED_PLACE.match(rest) and _NOUN_BESIDE.search(before[-60:]):
        return True
    if _HOUR_ENDS.match(rest) and not _OTHER_LABEL.search(before[-40:]):
        beside = _NOUN_BESIDE.search(before[-60:]) or _DATE_WITHIN.search(before[-20:])
        if beside or _NOUN_FIRST.match(before):
            return True
    return bool(
        (_ON_IT.match(rest) or _VERBLESS.match(rest) or _PLACE_AND_HOUR.match(rest))
        and _NOUN_FIRST.match(before)
    )


def is_named(before: str, after: str, rest: str, one: DateFound) -> bool:
    """Whether the words around this day name it as an event's; the texts as for ``is_labelled``."""
    return bool(
        _AT_EVENT_ON.search(before[-90:])
        or _EVENT_ON.search(before[-90:])
        or DATED_EVENT.match(after)
        or _TAKEN_TO.match(after)
        or _RIGHT_DAY.search(before[-30:])
        or ((one.ranged or one.year_given) and _EVENT_OF.search(before[-40:]))
        or _KEEP_FREE.search(before[-30:])
        or _BESIDE_IT.search(before[-70:])
        or _THERE_IS.match(after)
        or _NTH_DAY.search(before[-30:])
        or (_AT_HOUR_WILL.match(rest) and re.search(r"\bon (?:[a-z]+day,? )?$", before))
        or (_EACH_ON.search(before[-150:]) and not _NO_EVENT_LABEL.search(before[-60:]))
        or (_HOUR_NEXT.match(rest) and (_WILL_ON.search(before) or _DOES_ON.match(before.rpartition(";")[2])))
        or (one.year_given and _COURSE_OF.search(before[-50:]))
        or (_IN_BRACKETS.search(before[-70:]) and after.startswith(")"))
    )

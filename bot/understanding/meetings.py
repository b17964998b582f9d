"""Meetings: dated events a member could attend, and announced ones without a day."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.domain.notice import Deadline, Meeting, Status
from bot.understanding.above import event_above
from bot.understanding.branches import words
from bot.understanding.bystanders import nobody_attends
from bot.understanding.dates import MONTHS, DateFound, dates_of
from bot.understanding.fold import fold
from bot.understanding.hours import HOUR, hour_beside, zone_near
from bot.understanding.marks import (
    BACKGROUND,
    ENDS,
    LETTER_OF,
    MOVED_FROM,
    NOW_SET,
    OLD_VALUE,
    SET_BEFORE,
    UNTIL,
    WAS_BEFORE,
    joined_dots,
    told_as_past,
)
from bot.understanding.neighbours import neighbouring_days
from bot.understanding.places import place_after
from bot.understanding.sentences import sentences
from bot.understanding.tables import EVENT, dated_rows, role

_EVENT = words(
    r"\bsinav|\bakademi(?!k|sy)|bir araya gel(?:ec|iyo|in)|\bbulus(?:ac|uyo)|toplanti|genel kurul|fuar|"
    r"heyet|webinar|"
    r"seminer|egitim|calistay|konferans|zirve|etkinli[kg]|"
    r"organizasyon|forum|ikili is gorusme|kongre|panel|oturum|brifing|bulusma|sempozyum|konusmaci|sunum|gezi|"
    r"iftar|yemeg|yemek|resepsiyon|kokteyl|kahvalti|\bgala\b|dinner|reception|luncheon|plenary|\bq&a\b|"
    r"yer gorme|ziyaret(?:i|ler|leri|lerine|ine| programi?)\b|(?<!geri )(?<!altinda )toplanac|toplanil|"
    r"resepsiyon|"
    r"durusma|dinleme|"
    r"saha ziyaret|meeting|"
    r"assembly|session|workshop|hearing|\bfair|conference|"
    r"summit|"
    r"gorusme|bilgilendirme|calisma gru[pb]|tanitim gun|bilgi gun|lansman|toren|briefing|round ?table|"
    r"working group|"
    r"(?:site|guided|factory|plant|study|company|field) (?:visit|tour)|(?:board|committee|council|"
    r"task force|expert group) (?:will )?(?:next )?(?:meets?|convenes?)\b|\btour of\b|"
    r"networking (?:dinner|reception)|"
    r"(?:drop-in|conference|video|information|teams|zoom|introductory) call\b|"
    r"seminar|course|training|info day|exhibition|expo|plast\b|kurs|\bevent\b|symposium|open day|mission|"
    r"delegation"
)
_HELD = words(
    r"(?:icra|tertip|organize) edec|yapil(?:ac|ma|mas|iyor)|duzenlen(?:ec|me|mes)|gerceklestiril(?:ec|"
    r"me)|gerceklesec|toplan(?:ac|mas)|"
    r"kapilarini [a-z]{0,14} ?ac|canli yayi[mn]|bir araya ge[lt]|kapsa(?:makta|yac)|\bmeets?\b|"
    r"will (?:travel|visit)\b|returns? to\b|repeated on|opens its doors|welcom(?:e|ing) you|"
    r"organize edil|ev sahipligi|baslay|basliyor|\bicrasi|will follow\b|bulus(?:ac|uyor)|agirla|"
    r"arasindadir|(?:tarih|gun)\w*dedir|gerceklestirece[gk]|duzenleyece[gk]|ayrilmis(?:tir)?\b|gelecek|"
    r"olarak (?:belirlen|guncellen|revize|degis|tespit|kesinles|netles)|"
    r"will run|look(?:ing)? forward to (?:seeing|welcoming|meeting)|see you|"
    r"tarihi(?:nin)? (?:belirlenmis|belirlendi|kararlastiril|secilmis|uygun gor)|tasin(?:di|mis)|"
    r"\bruns? (?:on|from)|"
    r"is set for|\bdiar(?:y|ies)\b|gathers?\b|brings? together|\bbring(?:s|ing)? (?:\w+ ){1,4}together|"
    r"duzenliyor|duzenle(?:n?mekte)|"
    r"gerceklestiriyor|katil(?!im)|katilim sag|yer alac|duzenleyec|to (?:be held|take place)\b|"
    r"will (?:(?:[a-z]+ ){0,2}be held|"
    r"take place|meet|hold|host|be organi[sz]ed|organi[sz]e|"
    r"start|begin|open)|takes? place|"
    r"would (?:be held|take place|meet)|\bholds?\b|\bhosts?\b|hosting|\borgani[sz]es?\b|convenes?\b|"
    r"is planned|is scheduled|(?:is|are) (?:offered|foreseen|arranged)|scheduled (?:for|on)|join|(?:is|"
    r"are) (?:organi[sz]ed|held)|"
    r"(?:first|next|second|last) (?:one|session|edition|of them) (?:is|will be)|olacak|sunulac|"
    r"icra edil|tertip|tarih(?:i|leri)?\s?:|tarih ve saat|ertelen|postponed|rescheduled|"
    r"moved to|"
    r"uygulanac|getirilec|konuk edil|gidilec|ziyaret edilec|yurutulec|acilac|attend\b|taking place|"
    r"(?:is|are) (?:taking|leading|sending|bringing)\b|will be (?:held|hosted|offered|broadcast|"
    r"streamed|given|"
    r"delivered|rescheduled)|invites? (?:you|members|"
    r"stakeholders)|"
    r"verilec|date\s?:|date and time|when\s?:|planlan(?:mis|mak)|ongorul(?:mus|mek)|"
    r"\bwe (?:are|will be) (?:holding|hosting|running|meeting)"
)
# Any verb of what is to come beside an event's name, but for those of papers, payments and terms.
_TO_COME = re.compile(r"(\w+(?:acak|ecek|acag|eceg))(?:tir|lar|ler|i\b|in|dir)")
_NO_EVENT_VERB = re.compile(
    r"sayil|onaylan|hareket|^don[ae]?e|tamamla|acikla|duyur|ilan|edilece[kg]|bildiril|gonder|iletil|yayi[mn]|paylas|alinac|uygulan|oden|"
    r"baslan|erecek|kapan|"
    r"dolac|girec|gecerli|degerlendir|sonuclan|kalk|belirlen|kullanil|sagla|saglan|sunulac|verilec|"
    r"yuksel|artac|"
    r"yola c|\bcik|dagit|basil|yenilen|silin|kesil|yatir|teslim|hazirlan|olusturul|imzala|yururl|aran|"
    r"iste[nr]|gerek"
)


# "… tarihlerinde Milano’da kurulacak Lineapelle Fuarı": a participle before the event's name.
_COMING = re.compile(
    r"^[^.;]{0,80}?\b(\w+(?:acak|ecek|acagi|ecegi)) (?:olan )?[^.;,]{0,60}?(?:fuar|brifing|oturum|heyet|"
    r"toplanti|seminer|webinar|"
    r"calistay|egitim|"
    r"genel kurul|zirve|forum|konferans|bulusma|etkinli)"
)


def _comes(after: str) -> bool:
    found = _COMING.search(after) or _TO_COME.search(after)
    return found is not None and not _NO_EVENT_VERB.search(found[1])


_BY_DAY = re.compile(r"\b(?:by|until|till|before|no later than|not later than)(?: the)?(?: [a-z]+day,?)? $")
_LABEL = re.compile(
    r"(?:tarih\w*|tarih ve (?:yer|saat)\w*|yer ve tarih|zaman|tarih/saat|gun|date|date and time|"
    r"when)\s?:\s?\(?(?:[a-z]+,? )?$"
)
# "Info session: 20 May 2026" in a list of days.
_EVENT_LABEL = re.compile(
    r"(?:" + _EVENT.pattern + r")[a-z]*(?: [a-z0-9&-]+){0,4}(?: \([a-z ]{3,20}\))?\s?(?::|"
    r"-)\s?(?:on )?(?:[a-z]+,? )?$"
)
# "repeats its webinar on 20 May": whatever the verb.
_EVENT_ON = re.compile(
    r"\b(?:webinar|seminar|workshop|conference|hearing|assembly|plenary|forum|summit|fair|exhibition|"
    r"info(?:rmation)? (?:day|session)|briefing|"
    r"round ?table|training|course|"
    r"open day)s?\b(?: [a-z'-]+){0,4} on (?:[a-z]+day,? )?(?:the )?$"
)
# "18 March, 10.00: opening meeting", and "… was taken to 18 March".
_DAY_FIRST = re.compile(r"^(?:[^.;:]|\d:\d){0,30}(?::| [–-]) [^.;]{0,60}(?:" + _EVENT.pattern + ")")
# "13 Ekim Salı - İncoterms 2020 (çevrim içi, 14.00)": a line of a programme.
_DAY_AND_TITLE = re.compile(r"^\s?(?:-|–|:)\s[^.;]{3,90}\b\d\d?:\d\d\W*$")
_AT_PLACE = re.compile(r"^[^.;]{0,20}\d\d?:\d\d'?[dt][ae] [^.;]{3,60}[dt][ae]\W*$")
# "20 Nisan Salı 14.00, Trabzon Dünya Ticaret Merkezi.": day, hour and place alone.
_HOUR_AND_PLACE = re.compile(
    r"^[ ,]{0,2}(?:saat )?\d\d?:\d\d(?: ?- ?\d\d?:\d\d)?, (?!.*(?:kadar|dek\b|d[iu]r\b|"
    r"[ae]c[ae]k))[^.;:]{3,70}\W*$"
)
# "Webinarımız 14 Ocak Perşembe 14.00’te Zoom’da.": no verb at all, a place at the end.
_VERBLESS = re.compile(
    r"^(?:'?[dt][ae])?(?: gunu)?,?(?: saat)? (?:\d\d?:\d\d'?[dt][ae]|"
    r"\d\d?:\d\d ?- ?\d\d?:\d\d(?: saatleri)?(?: arasi(?:nda)?)?),?"
    r" [^.;]{2,60}[dt][ae]\W*$"
)
_NOUN_FIRST = re.compile(r"^[^.;]{0,60}(?:" + _EVENT.pattern + r")[a-z]*,?(?: [^.;]{0,70})?$")
_TAKEN_TO = re.compile(
    r"^'?(?:[dt][ae])?[dt][iu]r\b|^(?: gunu)? saat \d\d?:\d\d'?(?:[dt][ae])?[dt][iu]r\b|"
    r"^(?:'?[yn]?[ae]| tarihine| gunune|"
    r" tarihlerine) (?:alin(?:mis|di)|"
    r"kaydiril|cekil|otelen|tasin|birakil)"
)
_RIGHT_DAY = re.compile(r"\bdogrusu(?: ise)?:? $|correct(?:ed)? date(?: is|:) $")
_NTH_DAY = re.compile(r"\b(?:(?:ilk|birinci|ikinci|ucuncu) gunu(?: ise)?|ilki|birincisi|ikincisi|ucuncusu) $")
_IN_BRACKETS = re.compile(r"\b(?:" + _EVENT.pattern + r")[a-z]*(?: [\w'-]+){0,4} \($")
# "a) Beautyworld, 26-28 October 2027, Dubai: …": the name, the days and the place of an event in a list.
_NAMED_LINE = re.compile(r"^\W*(?:\w{1,2}[.)] )?(?:[\w&'\"“”’/.-]+ ){0,7}[\w&'\"“”’/-]+(?:,| -| –|:| \() ?$")
_LINE_GOES_ON = re.compile(r"^\)?(?:,| -| –|:|;| \() ?[a-z]|^\)?\W*$")
# "presented at our meeting in Istanbul on 3 December": an event told in passing.
_AT_EVENT_ON = re.compile(
    r"\bat (?:the|our|its|a|an)\b[^.;]{0,40}(?:meeting|assembly|conference|forum|summit|workshop|fair|"
    r"exhibition|seminar)"
    r"(?: (?:in|at) [a-z ]{3,30}(?: \([a-z ]{3,20}\))?)?,? on (?:[a-z]+day,? )?$"
)
# "2-5 Kasım 2026 tarihli heyete başvurular": a paper has such a day too, but is no event.
_DATED_EVENT = re.compile(
    r"^ tarih(?:li|lerindeki|indeki|leri arasindaki) (?:\w+ ){0,3}?(?:" + _EVENT.pattern + ")"
    r"|^ tarihli (?:\S+ ){0,9}?(?:fuar|heyet|toplanti|seminer|webinar|genel kurul)"
)
# A duty or a term that begins on a day.
_RULE_BEGINS = re.compile(
    r"(?:zorunlulu|yururlu|uygulama|yasa[gk]|donem|sure|kural|yukumlulu|vergi|onlem|kisitlama|muafiyet)\w* $"
)
_TO_AN_OPEN_DAY = re.compile(
    r"(?:ileri|daha sonraki) bir tarihe|until further notice|to a later date|bilinmeyen"
)
_NO_EVENT_LABEL = re.compile(
    r"opening|closing|submission|deadline|result|basvuru|kayit|son |acilis|\blcv\b|rsvp"
)
_WAS_SET_FOR = re.compile(
    r"(?:scheduled|planned|foreseen|due to (?:be held|take place|meet)|set)(?: to (?:be held|take place))?"
    r"(?: for| on)?(?: [a-z]+day,?)? $"
)
_HELD_ON = re.compile(
    r"\b(?:meeting|workshop|session|webinar|assembly|seminar|conference|hearing|"
    r"event)s? of(?: [a-z]+day,?)? $"
)
# "at the SEAC plenary of 7-9 September"
_EVENT_OF = re.compile(
    r"\b(?:at|for|to|attend|join) (?:the |our |its )?(?:[\w-]+ ){0,3}(?:plenary|"
    r"assembly|conference|workshop|meeting|"
    r"session|fair|exhibition) of $"
)
# "keep 18 March free", "save the date: 18 March".
_KEEP_FREE = re.compile(r"\b(?:keep|reserve|block)(?: the)? $|save the date\s?:? $")
_MOVED_AWAY = re.compile(r"[^.;]{0,60}(?:postponed|cancel|moved|rescheduled|put off)")
_OVER = re.compile(
    r"duzenlenen|gerceklestirilen|yapilan|bir onceki|gecen yil|onceki (?:fuar|yil)|katilmisti|katilmis,|"
    r"gerceklestirilmis|duzenlenmis|yapilmis|was held|took place|were held"
)
_ONLINE = re.compile(
    r"zoom|teams|web semin|webex|cevrim ?ici|online|webinar|google meet|youtube|web-?stream|sanal ortam|"
    r"virtual"
)
_NAMED_EVENT = re.compile(r"(?:genel kurul |general assembly )?(?:" + _EVENT.pattern + ")")
_MONTHS = "|".join(name for name in MONTHS if len(name) > 3)
_UNDATED = re.compile(
    r"ileride[^.;]{0,20}(?:ilan|duyurul|bildirilec|aciklan)|tarih\w*[^.;]{0,20}netles|"
    r"(?:tarih|takvim|program|gun)\w* (?:kesinlestig|belirlendig|netlestig|"
    r"belli oldug)\w*[^.;]{0,40}(?:duyurul|paylasil|bildiril|"
    r"ilan edil|aciklan)|(?:kesin|net) (?:gun|tarih)\w*[^.;]{0,60}(?:aciklan|duyurul|bildiril|"
    r"ilan edil)(?:ac|ec)|"
    rf"(?<!\d )\b(?:{_MONTHS}) (?:20\d\d'?[dt][ae]|ayi(?:nda| icinde))[^.;]{{0,60}}"
    r"(?:toplan|yapil|duzenlen|gerceklestiril)(?:ma|me)\w*[^.;]{0,10}(?:planlan|ongorul)|"
    r"(?:date|day|dates)\b[^.;]{0,60}(?:yet to be|still to be|not been) (?:set|fixed|announced|decided|"
    r"confirmed)|"
    r"(?:daha sonra|ayrica|bilahare|ileri(?:ki)? bir tarihte|ilerleyen)[^.;]{0,60}(?:ilan|duyurul|"
    r"bildirilec|aciklan|tarih)|yeni (?:tarih|takvim|gun)\w*[^.;]{0,60}(?:bildiril|duyurul|ilan edil|aciklan|"
    r"paylasil)(?:ac|ec)|henuz[^.;]{0,30}(?:gun|tarih|takvim)[^.;]{0,30}(?:belir|kesin|netles|"
    r"aciklan|duyurul)|(?:gun|tarih|takvim)\w*[^.;]{0,20}henuz[^.;]{0,20}(?:belir|kesin|netles|aciklan|"
    r"duyurul)|"
    r"(?:tarih|gun|takvim|program)\w*[^.;]{0,40}(?:sonra|ayrica|bilahare|ileride|ilerleyen|onumuzdeki)"
    r"[^.;]{0,40}(?:bildir|duyur|ilan ed|aciklan|paylas|iletil)|"
    rf"(?<!\d )\b(?:{_MONTHS}|bahara|sonbahara|ilkbahara|yaza|kisa) (?:20\d\d )?"
    r"(?:ayina |aylarina |doneminde)?"
    r"(?:ertelen|otelen|alin|"
    rf"kaydiril)|"
    rf"(?<!\d )\b(?:{_MONTHS}) ayi(?:nda| icinde) (?:yapilacak|duzenlenecek|gerceklestirilecek|toplanacak)|"
    r"(?:yarisinda|ceyreginde|\b(?:ilk|son)?bahar|\bguz|\byaz|\bkis|aylarinda|doneminde)[^.;]{0,60}"
    r"(?:yapil|duzenlen|gerceklestiril|toplan|tekrarlan)(?:ma|me)\w*[^.;]{0,10}(?:planlan|ongorul|dusunul|beklen|"
    r"hedeflen)|"
    r"(?:tarih|gun)\w* (?:daha sonra|ayrica|bilahare)|(?:date|day)[^.;]{0,40}(?:to be announced|"
    r"will be (?:announced|communicated|notified|fixed|set|shared|published|sent)|"
    r"will follow|not yet|be confirmed)|planning an? [a-z -]{0,40}(?:in|for) (?:the )?(?:spring|summer|"
    r"autumn|winter|first|second|new year)|"
    r"(?:expected|plans?|planned|due|intends?) to (?:hold|meet|convene|organi[sz]e)\b[^.;]{0,50} in (?:the )?"
    r"(?:spring|summer|autumn|winter|early|late|first|second)\b|"
    r"(?:foreseen|planned|expected) (?:in|for) (?:the )?(?:spring|summer|autumn|"
    r"winter|early|late|the (?:first|second))|ileri bir tarihe (?:ertelen|birak)|postponed to a later date"
)
# "whose date was to be announced … has been fixed"
_MEANWHILE = re.compile(
    r"kesinles(?:mis|ti\b)|belli olmus|netles(?:mis|ti\b)|belirlenmis(?:tir|ti)?\b|has (?:now )?been (?:set|"
    r"fixed)"
)
_UNDATED_OTHER = re.compile(
    r"(?:teslim|sevk|yukleme|nakliye)\w*(?: \w+){0,2} tarih|(?:basvuru|son|kayit|odeme)\w* tarih|"
    r"odeme takvim|deadline"
)
_CLOSES = re.compile(r"\b(?:clos(?:e|es|ed|ing)|ends?|expires?|deadline\w*)(?: on| by| of)?(?: the)? $")
# A call, a portal or a shop opens on a day; no one attends that. A booth is built before the fair.
_OPENS = re.compile(r"(?:cagri|basvuru|portal|sistem|kayit|teklif|zarf)[^.;]{0,80}$")
_OPENED = re.compile(r"^'?[a-z]{0,4}(?: tarihinde| gunu)?(?: saat [\d:'a-z]+)? acil(?:ac|is)")
_BUILT = re.compile(
    r"(?:kurulum(?!u[zn])|\btahsis|yerlesim|dagitim(?:i|in)|cekilis|odemeler|gonderiler|\bucus|gidis|"
    r"donus|montaj|"
    r"sokum|nakliye|sevkiyat|yukleme|tahliye|set-?up|dismantling|stant\w* teslim|\bgemi|\bucak|kamyon|"
    r"konteyner)\w*[^.;,]{0,20}$"
)
# Words right after a day that make it another kind of day: of a booth, a document, an adoption.
_OTHER_DAY = re.compile(
    r"\b(?:stant\w* (?:kurul|teslim|hazirl|sok)|askida|yururlu|alinan belge|doneminde alinan|yuklen|"
    r"sevk edil|"
    r"nakledil|odenecek|yatiril|teslim (?:al|ed))"
)
_DECIDED = re.compile(
    r"[^.]{0,40}(?:kesinles|belli ol|kabul edil|acikla(?:n|d)|kurul(?:du|an)|(?<!canli )yayimlan|"
    r"adopted|requested|"
    r"announced)"
)
_DECIDED_BEFORE = re.compile(r"(?:adopted|requested|published|announced) on $|communication .{0,40}on $")
_MOVED_TO = re.compile(
    r"ertelen|alinm|degis(?:tir|mis|ti\b)|dogru(?:su)? (?:tarih|gun)|dogrusu|gerceklestirilec|yapilac|"
    r"duzenlenec|"
    r"toplanac|rescheduled|postponed|moved"
)


# "25 Mart’ta yapılmak üzere ilan edilen … ertelenmiştir": every day before it is what was said first.
_TO_BE_HELD_THEN = re.compile(
    r"(?:yapil|duzenlen|gerceklestiril|toplan)\w* (?:uzere )?(?:ilan edil|duyurul|bildiril|planlan|"
    r"ongorul)en\b"
    r"[^.;]*ertelen"
)
# "On 13 April, at 11:00 EEST, our experts will show …": an event's notice, whatever the verb.
_AT_HOUR_WILL = re.compile(
    r"^,? (?:at|from) \d\d?(?::\d\d)?[^.;]{0,40}\bwill\b(?! (?:close|end|open\b|expire|be (?:published|"
    r"available|"
    r"announced|closed|switched|offline)))"
)


@dataclass(frozen=True, slots=True)
class _Letter:
    """What is the same for all dates of a notice."""

    folded: str
    has_event: bool
    status: Status
    reference: date | None
    last_days: frozenset[date | None]
    last_quotes: frozenset[tuple[date | None, str]]
    language: str


def meetings(
    text: str,
    status: Status,
    reference: date | None,
    taken: tuple[Deadline, ...],
    language: str,
    title: str = "",
) -> tuple[Meeting, ...]:
    """Dated events a member could attend, and announced ones without a day, each once.

    ``taken`` are the notice's last days, which are no events; ``language`` tells whose clock an hour
    without a zone is told by.
    """
    if status is Status.CANCELLED:
        return ()
    folded = fold(text)
    last_days = frozenset(one.date for one in taken)
    quotes = frozenset((one.date, fold(one.quote)) for one in taken)
    rows = dated_rows(folded)
    letter = _Letter(
        folded,
        bool(_EVENT.search(folded) or _EVENT.search(fold(title))),
        status,
        reference,
        last_days,
        quotes,
        language,
    )
    found = _found(text, letter, rows)
    if status is Status.CORRECTION and not any(event.start_date for event in found):
        found += _unchanged(text, letter, rows)
    if rows:
        found = _at_the_hour_of_all(found, text, letter)
    timed = {(event.start_date, event.end_date) for event in found if event.start_date and event.time}
    unique: dict[tuple[object, ...], Meeting] = {}
    for event in found:  # one undated event at most: its several mentions are one assembly
        if event.time or (event.start_date, event.end_date) not in timed:
            unique.setdefault((event.start_date, event.end_date, event.time), event)
    return tuple(unique.values())


def _found(text: str, letter: _Letter, rows: dict[int, tuple[str, ...]]) -> list[Meeting]:
    """The events of a text, sentence by sentence; those told twice stand there twice."""
    found: list[Meeting] = []
    sentences_told = True  # no event in the sentence before
    for start, end in sentences(text):
        sentence, original = letter.folded[start:end], text[start:end]
        joined = joined_dots(sentence)
        possible = letter.has_event or _UNDATED.search(joined)
        dates = list(dates_of(sentence, letter.reference)) if possible else []
        dates = _spanned(dates, joined)
        made: list[tuple[DateFound, Meeting]] = []
        settled: DateFound | None = None
        for number, one in enumerate(dates):
            limit = next(
                (other.start for other in dates[number + 1 :] if other.start >= one.end), len(sentence)
            )
            one = settled = _settled(one, joined)
            if start in rows:
                attended = role(rows[start], number) == EVENT and _to_come(one, letter)
            elif not re.search(r"\w", sentence[: one.start]) and event_above(letter.folded, start):
                attended = one.last not in letter.last_days and _to_come(one, letter)
            else:
                attended = _attended(joined, one, limit, letter) or (
                    bool(made) and _goes_on(joined, made[-1][0], one, limit, letter)
                )
            if attended:
                event = _made(original, sentence, one, limit, letter)
                earlier = [*found, *(held for _, held in made)]
                made.append((one, _like_first(event, sentence, one, earlier)))
        if len(made) == 1 and made[0][0] is settled:
            one, event = made[0]
            made = [(one, _hour_told_next(event, sentence[one.end :], joined[one.end :], letter))]
        made_here = _at_one_hour(joined, made)
        found += made_here
        found += _next_door(original, sentence, joined, made_here or found[-1:], letter)
        if not dates and found and not sentences_told:
            found[-1] = _hour_told_next(found[-1], sentence, joined, letter)
        sentences_told = not made
        if not dates or all(event.start_date is None for event in found[:2]):
            undated = _undated(original, joined)
        else:
            undated = _beside(original, joined, dates)
        if undated is not None:
            found.append(undated)
    return found


def _next_door(
    original: str, sentence: str, joined: str, held: list[Meeting], letter: _Letter
) -> list[Meeting]:
    """ "… bir gün önce ise saat 18.00’de resepsiyon verilecektir": an event beside the one told last."""
    events: list[Meeting] = []
    base = held[-1] if held else None
    if base is None or base.start_date is None:
        return events
    for start, place, end, shift in neighbouring_days(joined):
        clause = joined[start:end]
        if not (_EVENT.search(clause) and _HELD.search(clause)):
            continue
        day = (base.start_date if shift < 0 else base.end_date or base.start_date) + timedelta(days=shift)
        hour, zone, _ = hour_beside(sentence, DateFound(place, place, day, day), end)
        zone = zone or base.time_zone or ("Europe/Istanbul" if letter.language == "tr" else "Europe/Brussels")
        quote = " ".join(original[start:end].split())
        events.append(Meeting(day, day, hour, zone if hour else None, None, False, quote, 0.7))
    return events


_LISTED_WITH = re.compile(
    r"(?:'?[dt][ae])?\s?\(?(?:\d\d?:\d\d[^.;()]{0,20})?\)?(?:,|\s?and|\s?ve|,? or)\s(?:on )?"
)


def _goes_on(joined: str, last: DateFound, one: DateFound, limit: int, letter: _Letter) -> bool:
    """ "1 December (10:00) and 3 December (14:00)": a day listed with the day of an event is one, too."""
    after = joined[one.end : limit]
    if last.end >= one.start or not _LISTED_WITH.fullmatch(joined, last.end, one.start):
        return False
    other = (
        UNTIL.match(after)
        or ENDS.match(after)
        or BACKGROUND.match(after)
        or _is_last_day(joined, one, letter)
    )
    return not other and _to_come(one, letter)


_STARTS_AT = re.compile(
    r"\bkeynote at\b|\bher (?:hafta|gun|pazartesi|sali|carsamba|persembe|cuma|cumartesi)\b[^.;]{0,20}(?=\d)|"
    r"\bfrom (?=\d\d?:\d\d (?:to|until)\b)|\b(?:basla|start|begin|commenc|open)|"
    r"^\W*(?:saati?|time)\s?:"
)
# What opens before the event does: "Doors open at 8.30", "kayıtlar 09.00’da başlayacak".
_DOORS = re.compile(
    r"\b(?:doors|registration(?: desk)?) opens? (?:at|from) \d\d?[.:]\d\d|\bkayit\w*(?: masasi|"
    r" islemleri)? (?:saat )?"
    r"\d\d?[.:]\d\d'?[dt][ae] (?:basla|acil)"
)
_STARTS = re.compile(r"\b(?:start(?:s|ing)?|begin(?:s|ning)?)\b(?: at)?(?= [\d])")
_NOT_ITS_START = re.compile(
    r"kayit(?!la )|basvuru|registration|application|ikinci|second|kadar|until|ogle|lunch"
)


def _hour_told_next(event: Meeting, sentence: str, joined: str, letter: _Letter) -> Meeting:
    """ "… on 2 February. It starts at 09.30": the hour that the sentence after the day's tells."""
    starts = _STARTS_AT.search(joined)
    if event.time or event.start_date is None or starts is None:
        return event
    comma = joined.find(",", starts.end())
    if _NOT_ITS_START.search(joined, 0, comma if comma > 0 else len(joined)):
        return event
    sentence, joined = (_DOORS.sub(lambda match: " " * len(match[0]), one) for one in (sentence, joined))
    told = _STARTS.search(joined) or _STARTS_AT.search(joined)
    told_at = sentence.rfind(";", 0, told.start()) + 1 if told else 0
    clock = list(HOUR.finditer(sentence, max(0, told.start() - 24), told.start())) if told else []
    if clock:  # "oturumların 09.30’da başlayıp": the hour right before its verb
        told_at = clock[-1].start()
    if told and (told.re is _STARTS or told[0].startswith("from")):  # "the plenary starts at 09:30"
        told_at = told.start()
    nowhere = DateFound(told_at, told_at, date.min, date.min)
    hour, zone, _ = hour_beside(sentence, nowhere, len(sentence))
    if hour is None:
        return event
    zone = zone or zone_near(sentence, letter.folded)
    return replace(
        event,
        time=hour,
        time_zone=zone or ("Europe/Istanbul" if letter.language == "tr" else "Europe/Brussels"),
    )


_WRONG_DAY = re.compile(r"sehven|yanlis|hatali|mistaken|wrong|in error|erroneous|tarihi? (?:ise )?$")
_NEW_HOUR = re.compile(
    r"(?:saat|start|time|begin)[^.;]{0,60}?\b\d{1,2}:\d{2}(?:'?[a-z]{1,4})?,? (?:yerine|iken|to|and not|"
    r"degil)[^.;]{0,24}?"
    r"\b(?P<h>\d{1,2}):(?P<m>\d{2})(?:'?[a-z]{1,4})?"
)


def _unchanged(text: str, letter: _Letter, rows: dict[int, tuple[str, ...]]) -> list[Meeting]:
    """Events that a correction of something else (an address, an hour) leaves on the day first told."""
    joined = joined_dots(letter.folded)
    hour = _NEW_HOUR.search(joined)
    new = time(int(hour["h"]) % 24, int(hour["m"]) % 60) if hour else None
    zone = "Europe/Istanbul" if letter.language == "tr" else "Europe/Brussels"
    kept = []
    for event in _found(text, replace(letter, status=Status.NEW), rows):
        place = joined.find(joined_dots(fold(event.quote)))
        stop = place + len(event.quote)
        if event.start_date is None or _WRONG_DAY.search(
            joined[max(0, place - 40) : place] + joined[stop : stop + 40]
        ):
            continue
        kept.append(replace(event, time=new, time_zone=event.time_zone or zone) if new else event)
    return kept


_LASTS_UNTIL = re.compile(
    r"'?[a-z]{0,4}\W*$|[^.;]{0,40}(?:kadar|degin|dek)\b[^.;]{0,20}(?:sur|devam|acik)|"
    r"[^.;]{0,30}(?:sona er|bitecek|kapanac|"
    r"kapilarini kapat|kapatac|clos(?:e|es)\b)"
)
_BEGINS = re.compile(
    r"[^.;]{0,50}(?:basla|acac|acilac|acilip|acarak|acip|kapilarini ac)|[^.;]{0,20}(?:and|"
    r",) closes on (?:the )?$"
)


def _spanned(dates: list[DateFound], joined: str) -> list[DateFound]:
    """ "opens on 1 September and lasts until the 3rd": one event of three days."""
    made: list[DateFound] = []
    for one in dates:
        last = made[-1] if made else None
        if (
            last
            and not (last.ranged or one.ranged)
            and last.first < one.first
            and _BEGINS.match(joined[last.end : one.start])
            and _LASTS_UNTIL.match(joined, one.end)
        ):
            made[-1] = replace(last, last=one.last, ranged=True)
        else:
            made.append(one)
    return made


def _settled(one: DateFound, joined: str) -> DateFound:
    """ "postponed from 8 December to 12 January" is no range: only the new day holds."""
    moved = re.search(
        r"(?:postponed|moved|rescheduled|brought forward|put (?:back|off)|shifted|delayed|deferred|"
        r"changed)[^.;]{0,30} from $",
        joined[: one.start],
    )
    return replace(one, first=one.last, ranged=False) if one.ranged and moved else one


# Between two days that share the hour told after the second: places and conjunctions, no other verb.
_NO_SHARED_HOUR = re.compile(
    r";|\bkadar\b|\bdek\b|yapilac|duzenlenec|gerceklestirilec|takdirde|halinde|ikinci"
)


_EVERY_DAY = re.compile(
    r"\bher (?:iki |uc |dort |bes )?(?:gun|oturum)\b|\b(?:each|every) (?:day|"
    r"session)\b|\bboth (?:days|sessions)\b"
)


def _at_one_hour(joined: str, made: list[tuple[DateFound, Meeting]]) -> list[Meeting]:
    """ "on 6 and 13 October at 09.30": days of one sentence share the hour that the last of them has."""
    events: list[Meeting] = []
    following: tuple[DateFound, Meeting] | None = None
    for one, event in reversed(made):
        if following is not None and event.time is None and following[1].time is not None:
            between = joined[one.end : following[0].start]
            if len(between) <= 60 and not _NO_SHARED_HOUR.search(between):
                event = replace(event, time=following[1].time, time_zone=following[1].time_zone)
        following = (one, event)
        events.insert(0, event)
    if (
        len(events) > 1
        and _EVERY_DAY.search(joined)
        and len({event.time for event in events if event.time}) == 1
    ):
        timed = next(event for event in events if event.time)
        events = [replace(event, time=timed.time, time_zone=timed.time_zone) for event in events]
    return events


_ALL_OF_THEM = re.compile(
    r"\b(?:egitimler|oturumlar|seminerler|webinarlar|toplantilar|"
    r"dersler)\w*(?: saat)? \d\d?[.:]\d\d'?[dt][ae] basla|"
    r"\b(?:sessions|courses|webinars|trainings|meetings|classes) (?:all )?(?:start|begin)"
)
_OF_ALL = re.compile(r"\b(?:all|each|every|tum|butun|her)\b")


def _at_the_hour_of_all(found: list[Meeting], text: str, letter: _Letter) -> list[Meeting]:
    """Rows of a table without hours at the hour that a sentence gives for all of them."""
    for start, end in sentences(text):
        sentence = letter.folded[start:end]
        together = _ALL_OF_THEM.search(sentence) is not None
        leads = together or (
            sentence.rstrip().endswith(":")
            and not re.search(
                r"kadar|until|"
                r"\bby\b",
                sentence,
            )
        )
        if not (leads or (_OF_ALL.search(sentence) and _EVENT.search(sentence))):
            continue
        everywhere = DateFound(0, 0, date.min, date.min)
        hour, zone, _ = hour_beside(sentence, everywhere, len(sentence))
        if hour:
            zone = zone or ("Europe/Istanbul" if letter.language == "tr" else "Europe/Brussels")
            return [
                one if one.time or one.start_date is None else replace(one, time=hour, time_zone=zone)
                for one in found
            ]
    return found


def _to_come(one: DateFound, letter: _Letter) -> bool:
    return letter.reference is None or one.last >= letter.reference


# "1 Aralık tarihinden 15 Aralık tarihine kadar": a time begins.
_FROM_HERE = re.compile(r"(?:'?n?[dt][ae]n| tarihinden| gununden)(?: itibaren)?,? ?")


def _attended(joined: str, one: DateFound, limit: int, letter: _Letter) -> bool:
    """Whether this date of a sentence is the day of an event to come."""
    after, before = joined[one.end : limit], joined[: one.start]
    moved = letter.status in (Status.POSTPONED, Status.CORRECTION)
    if (
        re.match(r"(?:'?n?[dt][ae]n| tarihinden| gununden) sonra\b", after)
        or (BACKGROUND.match(after) and not _DATED_EVENT.match(after))
        or (
            (ends := ENDS.match(after))
            and "basla" not in ends[0]
            and not (one.ranged and _BEGINS.match(after))
        )
        or nobody_attends(before, after, one.ranged)
        or (limit < len(joined) and _FROM_HERE.fullmatch(after))
        or WAS_BEFORE.search(before[-50:])
        or re.match(r"(?: gunu| tarihi)? yerine\b", after)
    ):
        return False
    if UNTIL.match(after) and not re.search(r"ertelen|postponed|rescheduled|moved", joined):
        return False
    if _is_last_day(joined, one, letter):
        return False
    if not _to_come(one, letter):
        return False
    if one.last in letter.last_days and not _EVENT.search(joined):
        return False
    if letter.status is Status.POSTPONED and _TO_AN_OPEN_DAY.search(after):
        return False
    if (_WAS_SET_FOR.search(before[-50:]) or _HELD_ON.search(before[-40:])) and _MOVED_AWAY.match(after):
        return False
    if limit < len(joined) and SET_BEFORE.search(before[-60:]) and NOW_SET.search(joined, one.end):
        return False
    if one.first == letter.reference and _LABEL.search(before[-40:]):  # the day of the letter itself
        return False
    rest = joined[one.end :]
    labelled = _labelled(before, after, rest, one)
    named = _named(before, after, rest, one)
    held = _HELD.search(after) or _HELD.search(before[-40:]) or _comes(after)
    if not _EVENT.search(joined) and not ((held or labelled or named) and letter.has_event):
        return False
    if (
        not (_HELD.search(joined) or _comes(rest.split(";")[0]) or labelled or named)
        or _BY_DAY.search(before[-40:])
        or _OVER.search(after[:70])
    ):
        return False
    if _replaced(joined, after, limit) or (
        moved
        and (
            OLD_VALUE.match(after)
            or _TO_BE_HELD_THEN.search(joined, one.end)
            or told_as_past(joined, one.start, one.end)
        )
    ):
        return False
    if _RULE_BEGINS.search(before[-40:]) and re.match(r"[^.;]{0,24}basla", after):
        return False
    if _CLOSES.search(before[-40:]) or LETTER_OF.search(before[-60:]):
        return False
    if _BUILT.search(before[-50:]) or (_OPENED.match(after) and _OPENS.search(before[-120:])):
        return False
    if _OTHER_DAY.search(after[:60]) or _DECIDED.match(after):
        return False
    return one.ranged or not _DECIDED_BEFORE.search(before)


# "Toplantı 5 Mart’ta": nothing comes behind the day.
_ON_IT = re.compile(r"'?[dt][ae]\s*(?:;|\.?$)")


def _labelled(before: str, after: str, rest: str, one: DateFound) -> bool:
    """Whether a label, the line it begins or the noun before it make this day an event's, without a verb.

    ``after`` is the text up to the next day, ``rest`` all of it.
    """
    label = _LABEL.search(before[-40:]) and not re.search(r"basvuru|son |kayit", before[-40:])
    if label or (_EVENT_LABEL.search(before[-60:]) and not _NO_EVENT_LABEL.search(before[-60:])):
        return True
    if re.fullmatch(r"\W*(?:\w{1,2}[.)])?\W*", before) and _DAY_FIRST.match(rest):
        return True
    alone = re.fullmatch(r"\W*", before)
    if alone and (_DAY_AND_TITLE.match(rest) or _HOUR_AND_PLACE.match(rest) or _AT_PLACE.match(rest)):
        return True
    if one.ranged and _NAMED_LINE.match(before) and _LINE_GOES_ON.match(after):
        return True
    return bool((_ON_IT.match(rest) or _VERBLESS.match(rest)) and _NOUN_FIRST.match(before))


def _named(before: str, after: str, rest: str, one: DateFound) -> bool:
    """Whether the words around this day name it as an event's; the texts as for ``_labelled``."""
    return bool(
        _AT_EVENT_ON.search(before[-90:])
        or _EVENT_ON.search(before[-90:])
        or _DATED_EVENT.match(after)
        or _TAKEN_TO.match(after)
        or _RIGHT_DAY.search(before[-30:])
        or ((one.ranged or one.year_given) and _EVENT_OF.search(before[-40:]))
        or _KEEP_FREE.search(before[-30:])
        or _NTH_DAY.search(before[-30:])
        or (_AT_HOUR_WILL.match(rest) and re.search(r"\bon (?:[a-z]+day,? )?$", before))
        or (_IN_BRACKETS.search(before[-70:]) and after.startswith(")"))
    )


def _is_last_day(joined: str, one: DateFound, letter: _Letter) -> bool:
    """Whether this very date, and not one like it elsewhere, is a last day of the notice."""
    if one.last not in letter.last_days:
        return False
    told = " ".join(joined[one.start : one.end].split())
    here = [quote for day, quote in letter.last_quotes if day == one.last and told in joined_dots(quote)]
    if one.ranged:
        return any(
            re.match(r"[^a-z]*" + re.escape(told) + r"[^.;]{0,24}$", joined_dots(quote)) for quote in here
        )
    return bool(here) or not _EVENT.search(joined)


def _replaced(joined: str, after: str, limit: int) -> bool:
    """ "planned for 8 December, will be held on the 15th": a new day for the same event."""
    if not (OLD_VALUE.match(after) or MOVED_FROM.match(after) or re.match(r" olan (?:tarih|gun)", after)):
        return False
    rest = joined[limit:]
    return bool(_MOVED_TO.search(rest)) and not re.search(r"kadar|dek\b|son basvuru|en gec", rest)


def _made(original: str, sentence: str, one: DateFound, limit: int, letter: _Letter) -> Meeting:
    hour, zone, stop = hour_beside(sentence, one, limit)
    if hour and zone is None:
        zone = "Europe/Istanbul" if letter.language == "tr" else "Europe/Brussels"
    near = sentence[max(0, one.start - 120) : one.end + 260]
    if len(near) < 120:  # a line of a table: what kind of event it is stands elsewhere
        near = letter.folded[:1500]
    quote = " ".join(original[one.start : max(one.end, stop)].split())
    confidence = 0.4 if one.weekday_wrong else 0.9 if _EVENT.search(sentence) else 0.7
    return Meeting(
        one.first,
        one.last,
        hour,
        zone if hour else None,
        place_after(original, one.end, limit),
        bool(_ONLINE.search(near)),
        quote,
        confidence,
    )


def _like_first(made: Meeting, sentence: str, one: DateFound, earlier: list[Meeting]) -> Meeting:
    """ "aynı yerde ve aynı saatte": the second date of an assembly takes place and hour of the first."""
    if earlier and re.search(
        r"ayni (?:yer|saat|mahal|adres|salon|mekan|\w+ ve saat)|same (?:place|time|venue)",
        sentence[max(0, one.start - 80) : one.end + 60],
    ):
        first = earlier[0]
        return Meeting(
            made.start_date,
            made.end_date,
            made.time or first.time,
            made.time_zone or first.time_zone,
            first.place,
            first.online,
            made.quote,
            made.confidence,
        )
    return made


# "ilk Genel Kurulun yılın son çeyreğinde toplanmasının planlandığı, … 30 Haziran’da düzenleneceği"
_IN_A_SEASON = re.compile(
    r"(?:yarisinda|ceyreginde|\b(?:ilk|son)?bahar\w*|aylarinda|ayinda|ayi icinde) [^.;,]{0,50}"
    r"(?:yapil|duzenlen|gerceklestiril|toplan)(?:ma|me)\w*[^.;,]{0,10}(?:planlan|ongorul|hedeflen)\w*"
)


def _beside(original: str, joined: str, dates: list[DateFound]) -> Meeting | None:
    """An event planned for a season in a clause of its own, beside days of other things."""
    found = _IN_A_SEASON.search(joined)
    if found is None:
        return None
    begin = joined.rfind(",", 0, found.start()) + 1
    named = _EVENT.search(joined, begin, found.end())
    if named is None or any(begin <= one.start < found.end() for one in dates):
        return None
    quote = " ".join(original[named.start() : found.end()].split())
    return Meeting(None, None, None, None, None, False, quote, 0.8)


# "Dinleme toplantısı yapılmasına karar verilirse günü ilan edilecektir": perhaps there will be none.
_ONLY_IF = re.compile(r"\bkarar (?:verilirse|alinirsa)|\b(?:gerek|ihtiyac) (?:gorulurse|duyulursa|olursa)")


def _undated(original: str, sentence: str) -> Meeting | None:
    found = _UNDATED.search(sentence)
    if found is not None and _MEANWHILE.search(sentence):
        return None
    if found is not None and _ONLY_IF.search(sentence, 0, found.end()):
        return None
    if found is None or not _EVENT.search(sentence) or _UNDATED_OTHER.search(sentence):
        return None
    named = [match.start() for match in _NAMED_EVENT.finditer(sentence[: found.end()])]
    begin = min(named[-1] if named else found.start(), found.start())
    stop = found.end() + len(re.split(r"\W", sentence[found.end() :], maxsplit=1)[0])
    quote = " ".join(original[begin:stop].split())
    return Meeting(None, None, None, None, None, False, quote, 0.85)

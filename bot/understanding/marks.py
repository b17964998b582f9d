"""Words that tell a last day, a background date and an old value; shared by deadlines and meetings."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.understanding.branches import words

_WEEKDAYS = (
    "pazartesi", "sali", "carsamba", "persembe", "cuma", "cumartesi", "pazar",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
# What may stand between a date and its "kadar": day, hour, whose clock, end of the working day.
_BETWEEN = (
    "tarih", "gun", "aksam", "saat", "mesai", "bitim", "son(?!ra)", "is", "en gec", "tsi", "cet", "cest",
    "bruksel",
    "turkiye", "yerel", "orta avrupa", "ile", "itibar", "dahil", "ogle", "gece yarisi", "icerisinde", "de",
    "sabah", "bu tarih", "hafta", "istanbul", "olmak uzere", "gece", "nihayet",
    "da",
    "te", "ta", *_WEEKDAYS,
)  # fmt: skip
UNTIL = re.compile(
    r"^'?[a-z]{0,5}(?:[\s,()/:'-]{1,3}(?:(?:"
    + "|".join(sorted(_BETWEEN, key=len, reverse=True))
    + r")[a-z]{0,7}"
    r"|\d{1,2}(?:[.:]\d{2})?(?:'?[a-z]{1,4})?|(?:[a-z]{2,12} ){1,3}saat[a-z]{0,6})){0,12}[\s,)']{0,3}"
    r"(?:[yn]?[ae]\s)?(?<![a-z])(?:kadar|dek|degin|uzat|uza(?:mis|di\b|yacak)|cekil(?!en|me)|otelen|"
    r"gecmeyecek|gecmeme|gecirme(?:den|mek|ksizin|meniz|meleri|mesi|meli|yiniz)|asmamak|gecmemek|"
    r"asma(?:yacak|dan|yiniz)|gec olma(?:mak|yacak)|yetistir|itibar(?:iyla|iyle|"
    r"i ile) (?=[^.;]{0,60}(?:teslim|ulas|"
    r"iletil|gonder|tamamla|yukle(?:n|m)|sisteme gir)))"
)
# "4 Aralık 2026'dan 18 Aralık 2026'ya": the first of them no longer holds.
MOVED_FROM = re.compile(r"^'?(?:[dt][ae]n|(?:\s?tarihi|\s?gunu)n?[dt]en)\b|^\s?yerine\b")
# "in our note 2027/24 of 15 February": the day of a paper.
LETTER_OF = re.compile(
    r"\b(?:note|circular|letter|notice|communication|message|e-?mail|decision|minutes|report|proposal|"
    r"regulation|"
    r"act|judgment)s?(?: (?:no\.? )?[\w()/.-]{1,24}){0,3} (?:of|dated)(?: [a-z]+day,?)? $"
)
# "announced for 24 November … will now take place on 8 December"
SET_BEFORE = re.compile(
    r"(?:was (?:due )?to (?:be held|take place|meet)|would (?:close|end|expire)|announced|scheduled|planned|"
    r"foreseen|set|fixed|due|"
    r"advertised)(?: to (?:be held|take place|close|end))?"
    r"(?: originally)? (?:for|on)(?: [a-z]+day,?)? (?:the )?$"
)
NOW_SET = re.compile(
    r"\b(?:now|instead|new date|moved|rescheduled|postponed|put off|put back|brought forward|has been "
    r"(?:extended|changed))\b"
)
# "(previously 30 November)", "instead of 30 November": the day before a change.
WAS_BEFORE = re.compile(
    r"(?:previously|formerly|initially|originally(?: planned| scheduled| set| due)?(?: to (?:close|end|"
    r"expire))?(?: for| on)?|instead of|rather than|"
    r"eski tarih\w*:?|onceki tarih\w*:?)"
    r"\s(?:as |on |for )?$"
)
ENDS = re.compile(
    r"^(?![^.;]{0,60}?(?:dolacak|erecek|bitecek|dolan|eren|biten) (?!olup|ve\b|basvuru|kayit|tale[pb])\w)"
    r"'?[a-z]{0,4}\s?(?:[a-z]+ )?(?:olan )?son (?:basvuru|kayit|katilim|teklif|odeme|gorus|bildirim|"
    r"tale[pb]) (?:tarih|gun)|"
    r"^(?![^.;]{0,60}?(?:dolacak|erecek|bitecek|dolan|eren|biten) (?!olup|ve\b|basvuru|kayit|tale[pb])\w)"
    r"[^.;]{0,60}?(?:sona er|son bul|son gun|son (?:\w+ )?saat|bitecek|biter|kapanac|kapatilac|sonlan|dolaca|"
    r"bitece|mesai bitiminde|"
    r"tamamlanmis olma|icinde (?:tamamla|yap)|son tarihtir|dolacak|dolmakta|doluyor|son veril|(?:gir|"
    r"ulas|teslim edil|gonderil|oden|yapil|iletil|alin|kapat|kapatil|sunul|yuklen)mis olma|"
    r"(?:kapan|bit|dol|sona er|tamamlan)mis ol(?:acak|ur|mali)|"
    r"bitiyor|bitmekte|kapaniyor|kapatiliyor|kapatilmakta|kapatiyoruz|kapatacagiz|"
    r"kapanmakta|nihayet|itibariyla kapan)"
)
BACKGROUND = re.compile(
    r"^(?:'?[a-z]{0,4}\s)?(?:tarihli|tarih ve|tarih,|tarihinde yayim|gun ve|tarihinde yururlu|"
    r"tarihi itibar|tarihinden itibaren|'?[dt][ae]n itibaren|itibariyl[ae]|"
    r"tarihinde kabul|tarihinde (?:resmen )?kurul|donemi|arasinda alinan|tarihli ve)|^ ?,? ?\d{4,5} sayili"
)
PAST_REPORT = re.compile(
    r"(?<=\w\w)(?:m[ae]l[iu]yd[iu]|(?<=gerek)(?:iyordu|irdi|mekteydi)|(?<=zorunlu)ydu)\b|"
    r"\w+m[iu]s(?:se| ise) de\b|\w(?:misti|mustu)(?:k|niz)?\b|(?:bildiril|duyurul|belirtil|iletil|"
    r"aciklan|ilan edil|yazil|planlan|"
    r"duyur)\w*mis olup"
)
_PAST_BEFORE = re.compile(
    r"\b(?:sehven(?! (?:\w+ )?(?:belirtilm|yazilm|bildirilm|duyurulm|verilm)[ae]yen| eksik| unutul)|"
    r"yanlislikla|(?:hatali|yanlis) (?:olarak|sekilde|bicimde)|had been (?:announced|set)|"
    r"previously announced|was originally|"
    r"mistakenly|wrongly|erroneously|in error)\b[^.;]{0,60}$"
)
OLD_VALUE = re.compile(
    r"^[^.;]{0,80}?(?:olarak (?:(?:sehven|hatali|yanlis\w*) )?(?:yazil|bildiril|belirtil|duyurul|"
    r"verilmis|gecmis|ilan edilmis|"
    r"yer al(?!makta))|"
    r"iken|"
    r"yerine|planlanan|"
    r"(?:sona er|dol|bit|kapan)\w*m[ae]s\w* (?:beklen|planlan|ongorul)en|"
    r"(?:yapilmasi|duzenlenmesi|gerceklestirilmesi) (?:planlan|ongorul)|ongorulen|(?:yapil|duzenlen|"
    r"gerceklestiril|toplan|basla)(?:y?acagi|ecegi)(?:nin)? (?:duyur|bildir|ilan|yazil|belirtil|ifade|"
    r"aciklan)|"
    r"(?:duzenlenecek|yapilacak|gerceklestirilecek) seklinde|"
    # "yapılacağını belirttiğimiz", "ilan edilen": what an earlier letter said
    r"(?:belirttig|duyurd[iu]g|bildirdig|acikladig|ilan ettig|ilettig|paylastig|yazdig|"
    r"soyled[iu]g)[iu]m[iu]z|"
    r"(?:duyurulan|bildirilen|ilan edilen|belirtilen|aciklanan)\b)"
)
READER = words(
    r"basvur|gonder|ilet|kayit|kaydol|doldur|ode(?:m[ei]|n|y)|yatir|tamamla|bildir|teslim|teklif|itiraz|"
    r"ulastir|yonelt|yerine getir|yetistir|yurda getir|tevdi|ibraz|havale|irtibat kur|irtibata gec|"
    r"iletisime gec|temasa gec|tahsil edil|"
    r"\bulas(?:mas|tir|"
    r"an|acak)|kapat|satin al|oneri\w* |"
    r"yapil|yapma|tale[pb]|gorus|bekl|katil|sunul|sunma|\bsunab|savunma|yenile(?:me|nme)(?:si|leri|niz)|"
    r"beyan|guncelle|abone|rezervasyon|imzala|yukle|iste|"
    r"\byou(?:r|rs)?\b|\bpropose\b|suggest|\btickets?\b|must be (?:a )?members?\b|become members?\b|"
    r"\biptal(?:ler|inizi)|vazgec|discount|\bdue by|\bare due\b|payable|stand for|"
    r"randevu|early.?bird|"
    r"\b(?:fee|price|ticket)s?\b[^.;]{0,70}\b(?:afterwards|thereafter|after that|from then on)\b|"
    r"\bcan be (?:cancelled|changed|booked|ordered|reserved|withdrawn|amended|swapped)|"
    r"cancellations?\b|apply|appl|submit|send|sent|register|registration|comment|repl|respond|"
    r"response|"
    r"\bbids?\b|tender|"
    r"\bpay|object|"
    r"\badres\w* yaz|\byazma(?:si|lari|niz)|uygun hale getir|hale getirmek|\bsign|contribut|request|"
    r"feedback|declare|notify|views|consult|complete|nominat|order|book|return|"
    r"make themselves known|come forward|proposals?\b|the call\b|interest|answer|upload|inform us|"
    r"let \w+ know|verilen sure|taninan sure|tanimak|tanit|fill (?:in|out)|questionnaire|\bsurvey\b|"
    r"\bballot|\bvot(?:e|es|ing)\b|not be considered|not be accepted|not be taken|dikkate alinma|(?:has|"
    r"have) until|"
    r"may lodge|lodge|provide|indirim|istisare(?!\w* toplanti)|sure (?:veril|tanin)|onayla(?:nmas|narak|"
    r"ma(?:si|lari|kla|niz))|"
    r"onaylat|"
    r"\bcagri(?:si|sina|lari)?\b|\balinmasi (?:gerek|zorunlu|sart)|"
    r"\bdava(?:lar|si|nin|ci)?|\blcv\b|\balmaz(?:lar)?sa|\balinmaz|\balmalari|"
    r"muracaat|uyum sagla|anket|yanitla|cevapla|dilekce|submission|welcome|comply|confirm|"
    r"\brevert\b|\b(?:is|are) (?:needed|required|expected|wanted|requested) (?:by|from|no later|not later|"
    r"on)\b|\bwe (?:ask|request|await|need)\b|\bwith us\b|\bgiven (?:until|till)\b|\bput forward\b|"
    r"\b(?:members|companies|firms|exporters|importers|suppliers|producers|manufacturers|operators|users|participants|"
    r"applicants|holders|exhibitors|consortia|partners|parties)\b[^.;]{0,40}\b(?:is|are) to (?!(?:be|"
    r"receive|get|benefit|obtain|hear|learn|see|have)\b)[a-z]{3}|"
    r"\b(?:those|anyone|members|companies|firms|exhibitors|participants|applicants|exporters|importers|"
    r"suppliers) (?:who|that|"
    r"which) (?:do|does|did|have|has) not\b|"
    r"open (?:until|till)|\breach\b|(?:asked|invited|requested|encouraged) to|please|should (?:be )?|"
    r"announce|\brsvp\b|takes? questions|firmalarca|uyelerce|"
    r"ureticilerce|"
    r"\bmust\b|\bneeds? to\b|\bha(?:s|ve) to\b|\brequired to\b|\bobliged to\b|gorevlendir|istihdam e|"
    r"\b(?:members|companies|firms|organi[sz]ations|stakeholders|participants|exporters|importers|"
    r"suppliers|applicants|"
    r"everyone|anyone)\b[^.;]{0,12}\b(?:can|may|should|could)\b"
)
REPORTING = re.compile(
    r"(?:bildir|ilet|belirt|acikla|duyur|ifade ed|aktar|kaydet|sun|paylas|tale[pb] ed)(?:il)?"
    r"(?:n?mekte|n?mis|n?makta|n?mistir|digi|en\b|diler|[nd]i\b)\w*"
)


# What others will do by a day: "candidates will hear back by", "results will be published before".
THEY_WILL = re.compile(
    r"\b(?:intends?|aims?|plans?|expects?) to (?:publish|adopt|present|propose|conclude|decide|issue|"
    r"finali[sz]e)\b"
    r"[^.;]{0,60}$|"
    r"\b(?:investigations?|proceedings?|measures?|dut(?:y|ies)|inquiry|procedure)\b[^.;]{0,20}\b(?:will|"
    r"may|shall|must)"
    r" (?:normally )?be \w+[^.;]{0,40}$|"
    r"\b(?:committee|commission|council|parliament|authority|agency|ministry|board|"
    r"member states)\b[^.;]{0,20}"
    r"\b(?:is|are) (?:expected|due|set|scheduled) to\b[^.;]{0,60}$|"
    r"\b(?:secretariat|agency|organi[sz]ers?|jury|evaluators|commission|committee|ministry|council|"
    r"authority)\b"
    r"[^.;]{0,30}\bwill (?!accept|take|welcome|receive|consider|be (?:open|accept|tak)|remain|"
    r"collect)\w+[^.;]{0,70}$|"
    r"\bwith a view to (?:its )?(?:adoption|adopting|concluding|publication)\b[^.;]{0,30}$|"
    r"\b(?:selection|evaluation|results?|decisions?|assessment|review|payments?|refunds?|ruling|list|"
    r"minutes)\b"
    r"[^.;]{0,30}\b(?:will|is|are|shall)\b[^.;]{0,60}$|"
    r"\bwill (?:receive|hear|publish|announce|adopt|issue|inform|notify|decide|report|get|be (?!accept|"
    r"open\b|consider|"
    r"received|possible|able|required|asked|expected to|eligible|entitled|due\b|taken|collected|"
    r"treated)\w+(?:ed|wn|nt|"
    r"ld|available))\b[^.;]{0,70}$"
)


@lru_cache(maxsize=64)
def asks(folded: str) -> bool:
    """Whether folded text asks something of the reader; reporting verbs ("bildirilmektedir") do not."""
    return bool(READER.search(REPORTING.sub("", folded)))


def told_as_past(joined: str, start: int, end: int) -> bool:
    """Whether the date at these offsets is only what an earlier letter said: Turkish puts the verb behind."""
    clause = joined.find(";", end)
    return bool(
        PAST_REPORT.search(joined, end, clause if clause > 0 else len(joined))
        or _PAST_BEFORE.search(joined[max(0, start - 90) : start])
    )


def joined_dots(folded: str) -> str:
    """The text with the dots inside numbers and of "p.m." as colons, so that ``[^.]`` runs over them."""
    return _INNER_DOT.sub(":", folded)


# The dot first: text is searched for it, and only there for what stands around it.
_INNER_DOT = re.compile(r"\.(?:(?<=\d\.)(?=\d)|(?<= [ap]\.)(?=m\b)|(?<= [ap]\.m\.))")

"""Words behind a date that end something on it: closings, windows to apply in, lines of a timetable."""

from __future__ import annotations

import re

from bot.domain.notice import Status
from bot.understanding.duty import MOOD, clause_before
from bot.understanding.marks import ENDS, asks
from bot.understanding.mention import LATE, OPENING, Mention

_PRIOR = re.compile(
    r"^(?:'?n?[dt][ae]n)? ?(?:(?:gunu )?(?:saat )?\d\d:\d\d'?[dt][ae]n |gunu (?:ogleden|"
    r"mesaiden) |(?:gunu )?mesai(?: saati)? (?:bitimin|sonun)den )?(?:tarihinden |"
    r"gununden )?(?:daha )?once\b(?! (?!beyan)\w+(?:en|an|mis|mus|digi|dugu)\b)"
)


_WINDOW = re.compile(
    r"\s?(?:tarihleri?\s)?(?:tarih araliginda|arasinda|doneminde|tarihlerinde|suresince|haftasi(?:nda|"
    r" icinde)|"
    r"boyunca)"
)


# What is applied for in a window stands right before it as the subject, or follows before any event does.
WINDOW_SUBJECT = re.compile(
    r"\b(?:basvur|tale[pb]|kayit|kaydi|teklif|(?<!uygun )gorus(?!me|ul)|anket|bildirim|muracaat|beyan|"
    r"odeme|itiraz|oy|"
    r"teslim)\w*"
    r"(?:, |(?:(?! (?:fuar|heyet|toplanti|egitim|seminer))[^.;,]){0,45})$"
)


_WINDOW_FOR = re.compile(
    r"\b(?:oy kullan|oylar|basvur|muracaat|tale[pb]|kayit|kaydi|kaydol|teklif|gorus(?!me|ul)|anket|bildir|"
    r"beyan|odeme|"
    r"odenme|itiraz|"
    r"yukle|sisteme gir|sunul|gonderil|iletil|teslim|yatiril|oden(?:ecek|ir\b))"
)


# "1 Mart - 28 Mayıs tarihleri arasında yürütülecek ikinci döneme …": the days are the noun's.
_OF_A_NOUN = re.compile(
    r"\s?(?:tarihleri?\s)?(?:arasinda|tarihlerinde)\s(?:\w+\s){0,2}?\w+(?:[iu]l|n)(?:[ae]c[ae]k|[ae]n) "
    r"(?!basvuru|tale[pb]|kayit|teklif|gorus|muracaat|olup|ve\b|bildirim|beyan|anket)\w+"
)


# "üye kayıt listesi 1-5 Mart tarihlerinde görülebilir": nothing is asked.
_TO_BE_SEEN = re.compile(r"\b(?:gor|incele|goruntule|izle|gez)\w*ebil|\baskida")


# "28-29 Kasım tarihlerinde başvuru alınamayacaktır"
_NOT_TAKEN_THEN = re.compile(r"[^,]{0,80}?\w[ae]m[ae](?:y[ae]c|m[ae]kt|z\b)")
_EVENT_HELD = re.compile(
    r"gorusulec|denetlenec|"
    r"(?:duzenlen|gerceklestiril|organize edil|toplan)(?:ecek|acak|en|an|mesi|masi|digi|dugu)|"
    r"yapilacak (?:ol|[a-z]+ )|"
    r"\b(?:fuar|heyet|toplanti|egitim|seminer|webinar|genel kurul|forum|konferans|zirve)"
)


_ENGLISH_WINDOW = re.compile(
    r"\b(?:you|members|companies|firms|applicants|stakeholders|parties|can|may|must|should|to|please) "
    r"(?:\w+ )?(?:apply|register|submit|lodge|sign up|enrol|nominate|vote)\b[^.;]{0,40}\b(?:between|"
    r"from) (?:the )?$|"
    r"\b(?:should|must|can|may|to|shall) be (?:uploaded|submitted|sent|filed|lodged|paid|made|returned|"
    r"reported|raised|entered|"
    r"declared|provided)\b[^.;]{0,60}\b(?:between|from) (?:the )?$|"
    r"(?:applications?|registrations?|(?:expressions? of )?interest|nominations?|entries|abstracts|"
    r"papers|feedback|consultation|submissions?|comments?|replies|call|bids|"
    r"proposals)\b"
    r"[^.;]{0,60}?(?:accept|open|possible|receiv|\brun|between|from|period|window|submitted|made|taken|"
    r"collected|welcome|invited|"
    r"sent)[^.;]{0,24}$"
)


# "The webform is open from 5 May to 18 June": but nothing through which goods or guests pass.
_OPEN_FROM = re.compile(
    r"\b(?:is|are|will be|stays?|remains?|be|now|kept) (?:now |again )?open(?:ed)?(?: (?:for|"
    r"to) (?!visitors|the public|guests|trade)"
    r"[^.;,]{3,40})?,? (?:between|from) (?:[a-z]+day,? )?(?:the )?$|"
    r"\b(?:accepts?|accepting|collects?|welcomes?|(?:will|can|to|shall) (?:take|receive)) (?!place|part|"
    r"effect)"
    r"(?:[a-z-]+ ){1,5}(?:between|from) (?:[a-z]+day,? )?(?:the )?$"
)
_NOTHING_TO_ENTER = re.compile(
    r"\b(?:visitors?|guests|fairs?|exhibitions?|expo|shows?|halls?|offices?|stands?|booths?|venues?|doors|museum|shops?|desks?|secretariat|"
    r"buildings?|cloakroom|cent(?:re|er)|gates?|quotas?|tariff|border|market|airport|port|hotline|exhibits?|congress)\b[^.;]{0,60}$"
)


# "The call ran from 3 June to 1 July": over, or no window at all.
_NOT_TO_COME_EN = re.compile(
    r"\bdates? (?:from|of) $|\b(?:implemented|carried out|incurred|spent)\b[^.;]{0,12}$|\b(?:ran|"
    r"took place|closed|ended|(?:was|were) (?:held|open|accepted|received|"
    r"collected|carried out))\b[^.;]{0,30}$"
)


_EXTENDED_FROM = re.compile(
    r"(?:extend(?:ed|ing|s)?|mov(?:ed|ing)|prolong(?:ed|ing|s)?|pushed|pushing)[^.;]{0,60} from $"
)


# "… tarihlerinde eşit taksitler ödenecektir": what is paid on a day is due then.
_PAID_ON = re.compile(
    r"'?[a-z]{0,4}(?: tarih\w*| gun\w*)? [^.;]{0,40}\b(?:oden(?:ece[gk]|mesi|ir)|odeyece[gk]|odeme(?:leri|"
    r"si) gerek|yatir(?:aca[gk]|ilaca[gk])|odenmeli|yatirilmali|tahsil edil(?:ece[gk]|mekte|ir)|"
    r"veril(?:ece[gk]|mesi gerek))"
)


def paid_on(after: str, sentence: str) -> bool:
    found = _PAID_ON.match(after)
    if found and "veril" in found[0]:
        return bool(re.search(r"\bbeyanname(?:si|leri|nin|ler)? ", sentence))
    return bool(found and re.search(r"taksi[td]|aidat|odeme|bakiye", sentence))


# What ends by itself: a transition, a measure, a licence.
_TERM = re.compile(
    r"(?:gecis (?:donem|sure)|"
    r"(?<!basvuru )(?<!kayit )(?<!tale[pb] )(?<!toplama )(?<!teklif )(?<!odeme )(?<!on )(?<!beyan )"
    r"(?<!bildirim )(?<!gorus )(?<!anket )\b(?:pilot )?donem(?:i|in)?\b|nezdindeki|isletme kayit|(?:belge|"
    r"sertifika|pasaport|izin)l?[ae]?r?|"
    r"muafiyet|onlem|yururluk|gecerlilik|uygulama|kisitlama|yasa[gk]|tedbir|ruhsat|"
    r"lisans|"
    r"\b(?:saha |arastirma )?calismasi|(?<!dosya )(?<!dosyasi )(?<!dokuman )"
    r"(?<!dokumani )(?<!sartname )(?<!bilet )\bsatis|"
    r"\bithalat|\bkullanim|\buretim|vergi|anlasma|sozlesme|"
    r"gorev sure|kontenjan don|"
    r"(?:karar|sorusturma|inceleme|degerlendirme|denetim)\w* (?:icin )?(?:\w+ )?sure)"
    r"\w*[^.;,]{0,40}$"
)


_OFFICE_ENDS = re.compile(
    r"^'?[a-z]{0,4}(?: [a-z]{3,9}){0,3} mesai(?: saati)? (?:bitimi|sonu)|^[^.;]{0,24} gun sonu\b"
)


_LATE_EN = re.compile(
    r"(?:applications?|submissions?|comments?|bids|tenders|forms?|replies|samples|files|papers|entries|requests|"
    r"documents|orders|received|submitted|"
    r"sent|offers|arriving)\b[^.;]{0,30}\bafter (?:\d\d?:\d\d (?:[a-z]{2,9} (?:time )?)?on )?(?:the )?$"
)


_NOT_TAKEN = re.compile(
    r"[^.;]{0,30}(?:(?:will|can|shall|may) not|cannot) be (?:considered|accepted|"
    r"taken(?: into account)?|processed|evaluated)|[^.;]{0,30}(?:rejected|disregarded|returned|"
    r"discarded|refused|excluded)"
)


# "17 Şubat gününe, … için seminer günü saat 10.00’a kadar": the "kadar" of both stands at the end.
_DATIVE = re.compile(r"^(?: gunune|'?[yn]?[ae]),[^.;]{0,90}\b(?:kadar|dek|degin)\b")


_DONE_THEN = re.compile(
    r"^'?[a-z]{0,4}(?: tarih\w*| gun\w*)? (?:tamamlan(?:ac|iyor|makta|ir\b)|"
    r"bitirilec|noktalanac)"
)


_ASKED_PERIOD = re.compile(
    r"\b(?:basvur|kayit|tale[pb]|teklif|muracaat|oylama|anket)\w*(?: \w+){0,2}(?: \S+){0,6} ?$"
)


# "… sonra gelen talepler karşılanamayacaktır": any negated verb of what comes late.
TOO_LATE = re.compile(
    r"^(?:'?n?[dt][ae]n sonra(?:ya|ki)?|(?: tarih\w*| gun\w*)n[dt]en sonra(?:ya|ki)?|(?:'?[yn]?[iu]|"
    r" tarihini) takiben) ?[^.;]{0,30}(?:gelen|ulasan|kalan|"
    r"yapilan|iletilen|"
    r"gonderilen|basvuru|tale[pb]|teklif|gorus|kayit|bildirim)\w*[^.;]{0,60}\w(?:m[ae]y[ae]c[ae][kg]|"
    r"m[ae]mekte|m[ae]z\b)|"
    r"^(?:'?n?[dt][ae]n| tarihinden| gununden) sonraya (?:kal|birak|sark)\w*m[ae]|"
    r"^(?:'?n?[dt][ae]n| tarihinden| gununden) (?:itibaren|sonra) (?:\w+ ){0,3}?"
    r"gecikme (?:zamm|faiz|ceza|bedel)"
)


# "… tarihinde Birliğimizde olacak şekilde", "… tarihinde hesaba geçmiş olması"
THERE_BY = re.compile(
    r"^'?[a-z]{0,4}(?: tarih\w*| gun\w*)?(?: itibar\w*)? [^.;]{0,60}(?:olacak sekilde|(?:elimizde|"
    r"birligimizde|dernegimizde|tarafimizda) olma|bulundurul(?:mali|"
    r"masi)|\w+mis olma|"
    r"(?:ulas|var|gel|yetis|teslim edil|hazir ol)[ae]c[ae]k (?:sekilde|bicimde)|"
    r"hazir (?:edil|bulundur)\w*m[ae])"
)


# "Fuar 20 Şubat’ta başlayacak ve 23 Şubat’ta sona erecektir": an event, and no time to apply in.
_EVENT_RUNS = re.compile(
    r"\b(?:fuar|egitim|kongre|sempozyum|zirve|sergi|festival|kurs|heyet|calistay)\w*,? (?:(?!basvur|"
    r"kayi[td]|tale[pb]|"
    r"teklif)[^.;]){0,60}\bbasla\w*,? (?:ve |olup,? )?$"
)


# "23 Mart’ta açılıp 25 Mart’ta kapanacak olan … Fuarı"
_OPENED_AND = re.compile(r"\b(?:acilip|baslayip|(?:acil|basla)\w*,? (?:ve|olup,?)) $")
_OF_AN_EVENT = re.compile(
    r"[^.;]{0,30}(?:acak|ecek) (?:olan )?[^.;]{0,60}\b(?:fuar|sergi|kongre|zirve|"
    r"festival|kurs|egitim)"
)


# "14 Mart'ta başlayıp 16 Mart'ta son bulacaktır": something lasts till then.
_BEGAN = re.compile(r"\b(?:basla|acil|ac(?:ip|arak|acak|mak))\w*(?:[^.;\d]{0,40})$")
_MAY_BE_ASKED = re.compile(
    r"\b(?:basvur|muracaat|kayi[td]|kayd|tale[pb]|teklif|gorus(?!me|ul)|anket|oylama|beyan|bildirim|odeme|itiraz|"
    r"cagri|proje|sistem|portal|ekran|modul|adaylik|bildiri|satis|rezervasyon|sure\b|suresi)"
)
# "Kamp 30 Kasım'dan 4 Aralık'a kadar … düzenlenecektir"
_FROM_A_DAY = re.compile(r"[a-z\d](?:'?[dt][ae]n| tarihinden| gununden)(?: itibaren)?,? $")
_HELD_TO = re.compile(
    r"[^.;]{0,40}\b(?:kadar|dek) [^.;]{0,60}\b(?:duzenlen|gerceklestiril|sur(?:ec|uyor|mekt)|devam ed|konuk|"
    r"ziyaret|acik|yapilac|hizmet|calis|kapali)"
)


def lasts_from_to(place: Mention) -> bool:
    """Whether the day ends what goes on from the day before it, and that is nothing to apply for."""
    head = place.joined[: place.one.start]
    return bool(
        place.floor
        and _FROM_A_DAY.fullmatch(head, max(0, place.floor - 1))
        and _HELD_TO.match(place.joined, place.one.end)
        and not _MAY_BE_ASKED.search(head)
    )


_ASKED_NOUN = re.compile(r"donem\w* (?:basvuru|kayit|tale[pb]|teklif|odeme|anket)")


# "Başvuru süresi uzatılarak 22 Ocak olarak belirlenmiştir"
_ASKED_TERM = re.compile(
    r"\b(?:basvuru|kayit|teklif|tale[pb]|gorus|odeme|anket|oneri|katilim)\w* (?:\w+ )?(?:sure|tarih|"
    r"gun)\w*[^.;]{0,60}$"
)


_FIXED_AS = re.compile(
    r"^(?: tarihi| gunu)?,?(?: saat)?(?: \d\d?:\d\d)? olarak (?:yeniden )?(?:belirlen|"
    r"guncellen|degistiril|tespit|revize|uzatil|"
    r"duyurul|saptan)"
)


# A line of a timetable, "Esas başvuruların alınması 1 - 26 Mart 2027".
_PLAN_LINE = re.compile(
    r"\W*(?:\w{1,2}[.)] )?(?:\w+ ){0,3}?(?:basvuru|kayit|tale[pb]|teklif|odeme|gorus|bildirim|belge|"
    r"evrak|taksi[td]|bakiye|"
    r"kalan tutar|katalog|numune|tasarim|sozlesme|taahhutname|pesinat|kapora|"
    r"depozito)\w*(?: ?\([^)]{1,24}\))?"
    r"(?: (?:\w+ )?(?:bilgi|alin|yapil|topla|gonderil|iletil|sunul|teslim|veril|yuklen|kabul)\w*)?\s?:?\s?"
)


def line_of_a_plan(place: Mention) -> bool:
    before = place.joined[: place.one.start]
    return bool(_PLAN_LINE.fullmatch(before)) and not re.search(r"\w", place.joined[place.one.end :])


_NEXT_ROUND = re.compile(
    r" will be (?:considered|taken|treated|evaluated|assessed|processed|examined|tested|"
    r"answered)[^.;]{0,12} (?:for|in|"
    r"with) the (?:next|second|following)"
)


_ITS_DEADLINE = re.compile(
    r" (?:deadline|cut-?off|closing date)\b(?! (?:has been|was|is) (?:extended|"
    r"moved))"
)


# "Depozito 7 Aralık’tan önce yapılan iptallerde iade edilir"
_DONE_BEFORE = re.compile(
    r"^(?:'?n?[dt][ae]n| tarihinden| gununden) once (?:yapilan|bildirilen|gelen|iletilen) (?:iptal|"
    r"vazgecme|basvuru|"
    r"kayit|tale[pb])"
)
# "Sınava başvurular 1-11 Aralık, sınav ise 20 Aralık’tadır": no verb at all.
_APPLIED_FOR = re.compile(r"\b(?:basvuru|kayit|tale[pb]|teklif|muracaat)(?:lar|ler)(?:i)?,? $")
# "kapanışının 2 Ekim saat 23.59'a alındığı": a term moved to this day, in any of the verbs of moving.
_MOVED_TO = re.compile(
    r"^(?:'?[yn]?[ae]\b| (?:tarihi|gunu)ne\b|(?: gunu| tarihi)? (?:saat )?\d\d?:\d\d'?[yn]?[ae]\b) ?"
    r"(?:kadar )?"
    r"(?:alin|cekil|kaydir|tasin|ertelen|otelen|uzat|sarkit|cikaril|birakil)"
    r"(?:il)?(?:mis|d[iu]|arak|erek|makta|mekte|m[ae]s[iu])"
)
_TERM_MOVED = re.compile(
    r"(?:basvuru|kayit|kayd|teklif|tale[pb]|gorus(?!me|ul)|odeme|anket|oneri|cagri|muracaat|beyan|bildirim|"
    r"teslim|"
    r"son (?:gun|tarih)|kapanis|\b(?:bu|soz konusu|anilan|ek|verilen|taninan) sure|"
    r"\bsurenin\b)\w*[^;]{0,110}$"
)
_EVENT_MOVED = re.compile(
    r"\b(?:fuar|heyet|toplanti|egitim|seminer|webinar|genel kurul|forum|konferans|zirve|calistay|sinav|"
    r"ziyaret|"
    r"program|baslangi|baslama|acilis|yururlu|uygulama)\w*[^;]{0,110}$"
)


def moved_to(place: Mention) -> bool:
    """Whether the day is the one to which a time to act in was moved."""
    head = place.joined[: place.one.start]
    return bool(
        _MOVED_TO.match(place.after) and _TERM_MOVED.search(head) and not _EVENT_MOVED.search(head[-120:])
    )


# "14 Mart’ta Johannesburg’da başlayıp 16 Mart’ta son bulacaktır": the end of what began, and that is no term.
_BEGAN = re.compile(
    r"\b(?:basla|acil|(?:kapilarini|kapisini) ac)\w*?(?:[iu]p|[ae]r[ae]k|(?:[ae]c[ae]k|iyor|makta|"
    r"mekte)(?:tir|tir)?,?(?: ve| olup)?),? "
    r"[^.;]{0,30}$"
)
_TERM_THAT_BEGAN = re.compile(
    r"\b(?:basvur|kayit|kayd|tale[pb]|teklif|muracaat|oylama|anket|gorus(?!me)|cagri|beyan|bildirim|odeme|istisare|itiraz|"
    r"donem|sure|on tale)\w*"
)


_LAST = re.compile(r"^(?:'?[a-z]{1,4})? son\W*$")  # "Unutmayın: 11 Aralık son!"
_AT_THE_LATEST = re.compile(r"^(?:,? (?:at )?\d\d?:\d\d(?: ce?s?t)?)?,? at (?:the (?:very )?)?latest\b")
_NOTHING_MORE = re.compile(r"^\s?(?:,|;|\.|$)")


def ends_then(place: Mention) -> bool:
    if (
        _ITS_DEADLINE.match(place.after)
        or line_of_a_plan(place)
        or TOO_LATE.match(place.after)
        or _DONE_BEFORE.match(place.after)
        or _LAST.match(place.after)
        or (_AT_THE_LATEST.match(place.after) and asks(place.sentence))
        or moved_to(place)
        or (THERE_BY.match(place.after) and MOOD.search(place.after))
    ):
        return True
    if (
        _DATIVE.match(place.joined[place.one.end :])
        or LATE.match(place.after)
        or (
            _LATE_EN.search(place.joined[: place.one.start])
            and (_NOT_TAKEN.match(place.after) or _NEXT_ROUND.match(place.after))
        )
    ):
        return True
    if _DONE_THEN.match(place.after) and _ASKED_PERIOD.search(place.joined[: place.one.start]):
        return True
    head = place.joined[: place.one.start]
    if _FIXED_AS.match(place.after) and _ASKED_TERM.search(head) and not OPENING.search(head[-60:]):
        return True
    prior = _PRIOR.match(place.after)
    if _OFFICE_ENDS.match(place.after) and not re.search(r"\bile\b|bakim|kesinti", place.sentence):
        return True
    before = place.joined[max(0, place.one.start - 80) : place.one.start]
    ended = ENDS.match(place.after)
    if ended and not ended[0].endswith("mis olma") and (term := _TERM.search(before)):
        ended = ended if _ASKED_NOUN.search(term[0]) else None
    if ended and _OPENED_AND.search(place.joined[: place.one.start]) and _OF_AN_EVENT.match(place.after):
        return False
    gap = place.joined[place.floor : place.one.start] if place.floor else ""
    begun = ended and _BEGAN.search(gap)
    if begun and not (_MAY_BE_ASKED.search(place.joined[: place.one.start]) or _TERM_THAT_BEGAN.search(head)):
        return False
    if ended and "basla" in ended[0]:  # begins and ends on the day: hours of an event
        return False
    if ended and _EVENT_RUNS.search(place.joined[max(0, place.one.start - 110) : place.one.start]):
        return False
    if not place.one.ranged and paid_on(place.joined[place.one.end :], place.joined):
        return True
    return bool(ended or window(place) or (prior and asks(place.sentence)))


def stands_open(place: Mention) -> bool:
    """Whether a range of days is the time in which something can be filled in, sent or answered."""
    before = place.joined[max(0, place.one.start - 110) : place.one.start]
    if place.one.ranged and place.status is Status.EXTENSION and _EXTENDED_FROM.search(before):
        return True
    return place.one.ranged and bool(_OPEN_FROM.search(before)) and not _NOTHING_TO_ENTER.search(before)


def window(place: Mention) -> bool:
    """Whether a range of days is the time to apply in, of which the end is the last day."""
    if not place.one.ranged:
        return False
    before = place.joined[max(0, place.one.start - 110) : place.one.start]
    if _APPLIED_FOR.search(before) and _NOTHING_MORE.match(place.joined[place.one.end :]):
        return True
    after = place.joined[place.one.end :]
    turkish = _WINDOW.match(place.after) and (_window_for(after, before) or _taken_in(place, after))
    moved = place.status is not Status.NEW and _EXTENDED_FROM.search(
        before
    )  # "extended from 4 to 18 December": no range, an old and a new day
    english = (stands_open(place) or _ENGLISH_WINDOW.search(before)) and not _NOT_TO_COME_EN.search(before)
    return bool(turkish or moved or english)


# "Başvurular, … ekranı üzerinden 11-29 Ocak tarihleri arasında yapılacaktır"
_HANDED_IN = re.compile(
    r"\W*(?:(?:bu|soz konusu|ilgili|anilan|yeni|ilk|ikinci|on) )?(?:\w+ ){0,3}?(?:basvuru|muracaat|kayit|"
    r"tale[pb]|teklif|gorus|beyanname|bildirim|itiraz|odeme|dosya)(?:l[ae]r)?(?:iniz|unuz|i|u|si|su)?"
    r"(?:in|un|nin|nun)?,? (?P<how>[^.;]*)$"
)
_TAKES_IN = re.compile(
    r"[^.;]{0,50}?\b(?:yapil|al[iı]n|kabul|topla|gonderil|iletil|sunul|tamamla|yuklen|teslim|gerceklestiril)"
    r"(?:[ae]c|m[ae]s|m[ae]kt|[ae]bil|[iu]yor|m[ae]l|\w* (?:ed|gerek))"
)


def _taken_in(place: Mention, after: str) -> bool:
    head = _HANDED_IN.match(clause_before(place.joined, place.one.start, 240))
    return bool(head and not _EVENT_HELD.search(head["how"]) and _TAKES_IN.match(after))


def _window_for(after: str, before: str) -> bool:
    clause = after[:110].split(";")[0]
    subject = WINDOW_SUBJECT.search(before)
    if not subject and _OF_A_NOUN.match(after):
        return False
    if _TO_BE_SEEN.search(clause) or _NOT_TAKEN_THEN.match(clause):
        return False
    # "başvuruların … gerçekleştirilmesi", "talepler … toplanacaktır": said of papers, it is no event
    gathered = subject and not re.search(r"oy|kayit", subject[0])  # "talepler … toplanacaktır"
    told = clause.replace("gerceklestiril", "alin") if subject else clause
    held = _EVENT_HELD.search(told.replace("toplan", "alin") if gathered else told)
    asked = _WINDOW_FOR.search(clause, 10)
    event_first = held is not None and (asked is None or held.start() < asked.start())
    if subject:
        return not (event_first and held is not None and held.start() < 45)
    return asked is not None and not event_first

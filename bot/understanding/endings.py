"""Words behind a date that end something on it: closings, windows to apply in, lines of a timetable."""

from __future__ import annotations

import re

from bot.understanding.duty import MOOD
from bot.understanding.marks import ENDS, asks
from bot.understanding.mention import LATE, OPENING, Mention
from bot.understanding.planlines import line_of_a_plan
from bot.understanding.stillopen import share_due, with_us_by
from bot.understanding.windows import window

_PRIOR = re.compile(
    r"^(?:'?n?[dt][ae]n?)? ?(?:(?:gunu )?(?:saat )?\d\d:\d\d'?[dt][ae]n |gunu (?:ogleden|"
    r"mesaiden) |(?:gunu )?mesai(?: saati)? (?:bitimin|sonun)den )?(?:tarihinden |"
    r"gununden )?(?:daha )?once\b(?! (?!beyan|yeniden)\w+(?:en|an|mis|mus|digi|dugu)\b)"
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
    return bool(found and re.search(r"taksi[td]|aidat|odeme|bakiye|ucret|bedel", sentence))


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


_CLAUSE_ENDS = re.compile(r"\w(?:[ae]c[ae]k|m[ae]kt[ae]|iyor|uyor)(?:t[iu]r|d[iu]r)?(?: olup)?, ")
_OFFICE_ENDS = re.compile(
    r"^'?[a-z]{0,4}(?: [a-z]{3,9}){0,3} mesai(?: saati)? (?:bitimi|sonu)|^[^.;]{0,24} gun sonu\b"
)


_LATE_EN = re.compile(
    r"(?:applications?|submissions?|comments?|bids|tenders|forms?|replies|samples|files|papers|entries|"
    r"requests|"
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
    r"\b(?:basvur|muracaat|kayi[td]|kayd|tale[pb]|teklif|gorus(?!me|ul)|anket|oylama|beyan|bildirim|odeme|"
    r"itiraz|"
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


# "Kredi başvurularında ikinci dönem"
_ITS_ROUND = re.compile(
    r"\b(?:basvuru|kayit|tale[pb]|teklif|odeme|beyan|gorus)\w* (?:icin )?(?:\w+ ){0,2}?donem\w*[^.;,]{0,40}$"
)
_ASKED_NOUN = re.compile(r"donem\w* (?:basvuru|kayit|tale[pb]|teklif|odeme|anket)")


# "Başvuru süresi uzatılarak 22 Ocak olarak belirlenmiştir"
_ASKED_TERM = re.compile(
    r"\b(?:basvuru|kayit|teklif|tale[pb]|gorus|odeme|anket|oneri|katilim)\w* (?:\w+ )?(?:sure|tarih|"
    r"gun)\w*[^.;]{0,60}$|\bson (?:\w+ ){0,2}?(?:gun|tarih|saat)\w*[^.;]{0,60}$"
)


_FIXED_AS = re.compile(
    r"^(?: tarihi| gunu| aksami| mesai(?: saati)?(?: bitimi|"
    r" sonu)?){0,2},?(?: \(?(?:saat )?\d\d?:\d\d\)?)? olarak (?:yeniden )?(?:belirlen|"
    r"guncellen|degistiril|tespit|revize|uzatil|"
    r"duyurul|saptan)"
)


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
# "kapanışının 2 Ekim saat 23.59'a alındığı": a term moved to this day, in any of the verbs of moving.
_MOVED_TO = re.compile(
    r"^(?:'?[yn]?[ae]\b| (?:tarihi|gunu)ne\b|(?: gunu| tarihi)? (?:saat )?\d\d?:\d\d'?[yn]?[ae]\b) ?"
    r"(?:kadar )?"
    r"(?:alin|al(?=[dt]i|mis|iyor)|cek(?=ti|mis|iyor)|cekil|kaydir|tasin|ertelen|otelen|uzat|sarkit|"
    r"cikaril|birakil)"
    r"(?:il)?(?:mis|[dt][iu]|iyor|arak|erek|makta|mekte|m[ae]s[iu])"
)
_TERM_MOVED = re.compile(
    r"(?:basvuru|kayit|kayd|teklif|tale[pb]|gorus(?!me|ul)|odeme|anket|oneri|cagri|muracaat|beyan|"
    r"bildirim|cevap|yanit|"
    r"teslim|"
    r"son (?:gun|tarih)|kapanis|\b(?:bu|soz konusu|anilan|ek|verilen|taninan) sure|"
    r"\bsurenin\b|\bsureyi\b)\w*[^;]{0,110}$"
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
    r"\b(?:basvur|kayit|kayd|tale[pb]|teklif|muracaat|oylama|anket|gorus(?!me)|cagri|beyan|bildirim|odeme|"
    r"istisare|itiraz|"
    r"donem|sure|on tale)\w*"
)


_LAST = re.compile(r"^(?:'?[a-z]{1,4})? son\W*$")  # "Unutmayın: 11 Aralık son!"
_AT_THE_LATEST = re.compile(r"^(?:,? (?:at )?\d\d?:\d\d(?: ce?s?t)?)?,? at (?:the (?:very )?)?latest\b")


def fixed_as(place: Mention) -> bool:
    """Whether the last day for something was set to this one: "… olarak belirlenmiştir"."""
    head = place.joined[: place.one.start]
    return bool(_FIXED_AS.match(place.after) and _ASKED_TERM.search(head) and not OPENING.search(head[-60:]))


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
    if fixed_as(place) or with_us_by(place) or share_due(place):
        return True
    prior = _PRIOR.match(place.after)
    if _OFFICE_ENDS.match(place.after) and not re.search(r"\bile\b|bakim|kesinti", place.sentence):
        return True
    before = place.joined[max(0, place.one.start - 80) : place.one.start]
    ended = ENDS.match(place.after)
    if ended and _CLAUSE_ENDS.search(ended[0]):
        ended = None  # "20 Nisan'da yola çıkacak, kayıtlar … kapanacaktır": said of something else
    if ended and not ended[0].endswith("mis olma") and (term := _TERM.search(before)):
        ended = ended if _ASKED_NOUN.search(term[0]) or _ITS_ROUND.search(head) else None
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
    return bool(ended or window(place) or (prior and asks(place.sentence)) or to_be_done_before(place))


# "1 Ekim'den önce … biçime getirilecektir": a future passive tells a duty, whatever its verb
_TO_BE_DONE = re.compile(
    r"(?P<what>[^.;:]{0,90}?)\b(?P<stem>[a-z]{2,}?(?:[iu]l|n))(?:[ae]c[ae]k(?:t[iu]r|l[ae]rd[iu]r)?|"
    r"m[ae]l[iu](?:d[iu]r)?|"
    r"m[ae]s[iu] (?:gerek|zorunlu|sart|lazim|beklen|iste)\w*)(?=[\s,.;:]|$)"
)
_SORTS = re.compile(
    r"\b(?!(?:birden|neden|yeniden|kamu)\b)\w{3,}(?:m[iu]s(?: olan)?|d[iu]g[iu]|t[iu]g[iu]) \w|"
    r"\b(?:uretil|yuklen|ithal edil|ihrac edil|duzenlen|tescil edil|arz edil|sat[iu]l|imzalan|alin|veril|"
    r"yapil|sevk edil|basvur|"
    r"bildiril|kurul|ac[iu]l|basla)y?[ae]n \w"
)
_NO_DUTY = re.compile(
    r"(?:yayi[mn]lan|aciklan|duyurul|uygulan|duzenlen|gerceklestiril|toplan|sonuclan|sonuclandiril|"
    r"degerlendiril|"
    r"bilgilendiril|belirlen|gorusul|yururlu\w+|ilan edil|sat[iu]l|kullan[iu]l|kaldiril|acil|basla\w*|"
    r"iade edil|davet edil|"
    r"kabul edil|planlan|ongorul|hedeflen|tahsis edil|devam edil|izin veril|imzalan|kurul)"
)


def to_be_done_before(place: Mention) -> bool:
    """Whether something of the reader's is to be done before the day."""
    prior = _PRIOR.match(place.after)
    if prior is None or place.one.ranged:
        return False
    duty = _TO_BE_DONE.match(place.joined, place.one.end + prior.end())
    return bool(
        duty and not _SORTS.search(duty["what"]) and not _NO_DUTY.search(duty["what"][-14:] + duty["stem"])
    )

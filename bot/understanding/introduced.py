"""Words before a date that make it a last day: "en geç", "no later than", labels."""

from __future__ import annotations

import re

from bot.understanding.branches import words
from bot.understanding.labels import term_label
from bot.understanding.marks import THEY_WILL, asks
from bot.understanding.mention import OPENING, Mention
from bot.understanding.whose import only_to_be_seen, others_act, shut_until

_BEFORE = re.compile(
    r"\b(?:en gec\b|en son|son (?:basvuru|muracaat|itiraz|beyan|oy verme|gun|tarih|teslim|kayit|teklif|"
    r"katilim|gorus|odeme|bildirim|onay|"
    r"tale[pb])\w*"
    r"(?: (?:icin |verme |gonderme |alma |yapma )?(?:tarih|gun|saat)\w*)?|teklif verme tarihi|"
    r"(?:belirlenen|taninan|verilen) (?:son )?(?:sure|gun)(?: ise)?|(?:basvuru|kayit|tale[pb]|beyan|"
    r"bildirim) (?:donem|sure)inin (?:sonu|bitimi)|(?:sure|basvuru|kayit|"
    r"tale[pb]|teklif)\w* bit(?:imi|is)\w*(?: tarih\w*)?\s?:|(?:lcv|rsvp)\s?:\s?|(?:teslim|sunum|bildirim|"
    r"gonderim|onay) (?:tarihi|gunu)|kapanis (?:tarihi|gunu)|"
    r"(?:basvuru|kayit) bitis\w*|bitis tarihi|no later than|not later than|"
    r"at the latest by|by(?! e-?mail| post\b| phone| letter| fax| courier)|until|till|before|deadline\w*|"
    r"cut-?off(?: date)?|(?:pushed|put) back to|(?:accepted|booked|made|submitted|open|available) through|"
    r"at the latest (?:on|by)|(?:offer|discount|rate|voucher|call|tender|invitation|poll|campaign|survey|"
    r"window)s? (?:expires?|ends?) on|ending(?: on)?|"
    r"(?:taken offline|switched off)(?: on)?|"
    r"(?:registrations?|applications?|call|period|window|consultation|survey) ends?|(?:clos(?:e|es|ing|"
    r"ed)|shuts?)(?: date)?(?: on)?|ends? on|due(?: by| on| date)?|latest by|dogru tarih\w*|"
    r"up to(?: and including)?|last da(?:y|te))"
    r"[^.;!?]{0,38}$"
)


# "Ön kayıt: 19 Mart, kesin kayıt: 26 Mart"
_LABELLED_DAY = re.compile(
    r"\b(?:(?:on|kesin|erken) kayit|kayit|basvuru|on basvuru|gorus|odeme|"
    r"(?:katilim|kayit) (?:bildirimi|teyidi)|nominations|abstracts|(?<!on )(?<!of )applications|"
    r"(?<!on )(?<!of )submissions|kapanis|"
    r"bitis)(?: icin)?\s?:\s?$"
)


# "Başvuru süresi: 1-26 Mart", "kayıt tarihleri 8-26 Mart olarak belirlenmiştir"
_PERIOD_LABEL = re.compile(
    r"\b(?:basvuru|kayit|teklif|tale[pb]|oylama|odeme|gorus)\w* (?:tarih(?:i|leri)|suresi|donemi|gunleri)\s?"
    r"(?::|olarak)?\s?$|"
    r"\b(?:(?:feedback|consultation|application|registration|submission|comments?) (?:period|window)|"
    r"period of (?:the )?(?:consultation|application|registration))\s?:?\s?(?:from |between )?$"
)


_BY_ALONE = re.compile(r"\b(?:by|before|until|till)\b(?! (?:the |its )?(?:closing|deadline))[^.;!?]{0,38}$")


# "three months before the expiry date of 12 July": that day is only counted from.
_COUNTED_BACK = re.compile(
    r"\b(?:\d{1,3}|an?|one|two|three|four|five|six|seven|ten|fifteen|thirty) (?:\(\d+\) )?(?:calendar |"
    r"working |"
    r"business )?(?:days?|weeks?|months?) (?:before|prior to|ahead of|"
    r"in advance of)\b(?![^.;]{0,24}\b(?:closing|deadline))[^.;]{0,50}$"
)


# "The office will be closed on 13 May": a holiday.
_CLOSED_DAY = re.compile(
    r"\b(?:office|secretariat|building|premises|library|help ?desk|headquarters)s?\b[^.;]{0,20}\b(?:is|"
    r"are|will be|"
    r"remains?) closed\b[^.;]{0,40}$"
)
_SINCE = re.compile(r"\b(?:since|as of|as from)(?: [a-z]+day,?)?(?: the)? $")
# "If you have already replied by 10 November …": nothing more is asked.
_DONE_ALREADY = re.compile(
    r"\b(?:have|has|had) already \w+[^.;]{0,30}\b(?:by|before)[^.;]{0,12}$|"
    r"\b(?:which|that) (?:had |has )?(?:closed|ended|expired)\b[^.;]{0,6}$"
)


_OF_OTHERS = words(
    r"\b(?:karar|sorusturma|inceleme|degerlendirme|denetim)\w*(?: verme\w*)? (?:icin )?(?:belirlenen|taninan|"
    r"verilen|ongorulen)[^.;]{0,30}$|"
    r"\bwe (?:will|shall|can|could|are going to|intend to|plan to|are to) (?!accept|welcome|take|"
    r"receive|consider|be happy|"
    r"be grateful|need|ask|expect|await|only accept)[^.;]{0,60}\b(?:by|before|until|till)[^.;]{0,12}$|"
    r"\btakes? effect\b[^.;]{0,60}$|\b(?:opinions?|reports?|rulings?|decisions?|"
    r"findings) of\b[^.;]{0,40}\b(?:is|are) "
    r"(?:due|expected)\b[^.;]{0,10}$|"
    r"\b(?:continue to|sell|sold|market|be used|keep using)\b[^.;]{0,40}(?:until|till)[^.;]{0,10}$|"
    r"\b(?:imports|goods|shipments|products|contracts|orders|certificates|stocks?|"
    r"consignments)\b[^.;]{0,20}\b(?:declared|"
    r"shipped|loaded|produced|manufactured|placed|concluded|issued|bonded|signed)\b[^.;]{0,20}(?:before|"
    r"by|until) $|"
    r"\b(?:commission|council|parliament|member states|authorit\w+|court|echa|agency|board|panel|jury|"
    r"committee)\b[^.;]{0,20}\bha(?:s|ve) "
    r"(?:until|till)[^.;]{0,10}$|\b(?:hall|rooms?|venue|office)\b[^.;]{0,12}\bis \w+ (?:until|"
    r"till)[^.;]{0,10}$|"
    r"\b(?:exhibition|fair|expo|show|stands?) (?:\w+ )?(?:is|are|will be|stays?|remains?) open (?:until|"
    r"till)[^.;]{0,10}$|"
    r"(?:scrutiny|transition(?:al)?|validity|standstill|objection|review|sales?|sell-?(?:off|through)|investigation|reporting|"
    r"quota|grace|phase-?(?:in|out)|contract|project|warranty|probation|holiday|maintenance|reference|trial|pilot|support|"
    r"funding|implementation) period\b[^.;]{0,30}$|"
    r"(?:measures?|dut(?:y|ies)|suspension|moratorium|quota(?: period)?|licen[cs]es?|guarantees?|derogation|"
    r"exemption|member states|(?:the|national) authorities|"
    r"(?:commission|council|parliament) (?:will|is to|shall|must|has to|needs to|intends))\b"
    r"[^.;]{0,60}(?:ends?|clos\w+|until|till|before|by)(?: on)?[^.;]{0,10}$"
)


# "Refund claims will not be entertained after 31 December"
_NOT_AFTER_EN = re.compile(
    r"\b(?:claims?|applications?|registrations?|requests?|comments?|offers?|bids?|changes?|"
    r"cancellations?|submissions?|entries|forms?|"
    r"payments?|replies|bookings?|orders?|proposals?|nominations?|documents?)\b[^.;]{0,30}"
    r"\b(?:(?:will|can|shall|may) (?:not|no longer)|cannot|will) be \w+(?: \w+){0,2} after (?:the )?$"
)
# "After 18 December no further changes are possible"
_AFTER = re.compile(r"(?:^|[.;:] )\W*(?:as (?:of|from) )?after (?:[a-z]+day,? )?(?:the )?$")
_NOTHING_THEN = re.compile(
    r",? (?:it will (?:not|no longer) be possible to|(?:you|members|firms|companies|exhibitors|"
    r"participants) (?:can|may) (?:not|"
    r"no longer)|no (?:further |more |new |late |other )?(?:changes|claims|applications|registrations|"
    r"requests|comments|offers|"
    r"bids|cancellations|submissions|entries|forms|payments|replies|bookings|orders|proposals|nominations|"
    r"amendments|"
    r"corrections|withdrawals)\b|(?:changes|claims|applications|registrations|requests|comments|bids|"
    r"cancellations|"
    r"submissions|entries|replies|bookings|orders|nominations)\b[^.;]{0,30}\b(?:not|no longer|cannot|"
    r"refused|rejected))"
)
# "The closing date for comments, initially 27 November, is now 11 December"
_IS_NOW = re.compile(
    r"\b(?:closing date|deadline|last da(?:y|te)|cut-?off|end date)\b[^.;]{0,80}\b(?:is|becomes|"
    r"will be) (?:now |therefore )?"
    r"(?:on |set (?:at|for|to) )?(?:[a-z]+day,? )?(?:the )?$"
)
# "Çağrı takvimi: açılış 1 Aralık, ön başvuru 15 Ocak, kapanış 26 Şubat": names and days alone.
_BARE_LABEL = re.compile(
    r"(?:^|[:,;(–-]) ?(?:on basvuru|son basvuru|son kayit|kapanis|bitis|tam metin|nihai basvuru|closing|"
    r"full proposals?) $"
)
_BARE_END = re.compile(r"^\s?(?:[,.;)]|$)")


# "başvurular için 9 Ekim 2026 saat 23.59, … imzalanması için 14 Ekim 2026 olarak yer almaktadır"
_FOR_WHAT = re.compile(
    r"\b(?:basvuru|kayit|itiraz|adaylik|yanit|cevap|soru|oylama|katilim|rezervasyon|odeme|imza|teslim|"
    r"gonder|sunul|yuklen|bildirim|tale[pb])\w*(?: \w+)? icin (?:ise )?$"
)
_FIXED = re.compile(
    r"[^;]*\bolarak (?:\w+ )?(?:yer al|belirlen|ilan ed|duyurul|guncellen|tespit|"
    r"kararlastiril)"
)
# "teslim süresi ise aynı kaldı: 28 Mayıs"
_UNCHANGED = re.compile(
    r"\b(?:son \w+|(?:basvuru|teslim|kayit|teklif|odeme|gorus|bildirim|tale[pb]|sunum|yukleme|"
    r"beyan)\w* (?:\w+ )?"
    r"(?:sure|tarih|gun)\w*)(?: ise| da| de)? (?:ayni (?:kal|sekilde)|degis(?:me|"
    r"tiril?me))\w*(?: (?:olup|ve))?\s?[:,]?\s?$"
)
# "Fuarın kapanış günü", "proje süresinin bitimi": what ends by itself
_ENDS_ITSELF = re.compile(
    r"\b(?:(?:fuar|sergi|kongre|festival|kamp|kurs|egitim|sempozyum|zirve)\w*|(?:(?:proje|sozlesme|"
    r"anlasma|destek|lisans|kira|gorev|"
    r"garanti|police|izin|uygulama)\w*)(?: suresi\w*)?)(?<=n) (?:bitis|bitim|kapanis)\w*[^.;]{0,20}$"
)
# "Söz konusu tarihin 13 Temmuz 2026 olması gerekmektedir"
_THE_DAY = re.compile(r"\b(?:soz konusu|bu|anilan|belirtilen) tarihin(?: ise)? $")
_NEW_DAY = re.compile(
    r"\b(?:basvuru|kayit|ek sure|teklif|"
    r"tale[pb])[^.;]{0,60}\byeni tarih(?:i)?(?: ise)?:? $"
)


def labelled_period(before: str) -> bool:
    return bool(_LABELLED_DAY.search(before) or _PERIOD_LABEL.search(before))


# "… için son gün hatalı yazılmış olup doğrusu 5 Temmuz’dur": the day itself has no label.
_RIGHT_DAY = re.compile(r"\b(?:dogrusu|asli)(?: ise)?:? (?:[a-z]+, )?$")


_RIGHT_LAST_DAY = re.compile(
    r"(?:son (?:gun|tarih|basvuru|kayit|teslim|teklif|odeme)|bitis|kapanis|"
    r"sure|(?:teslim|basvuru|kayit|odeme|itiraz|beyan) (?:gun|tarih))\w*[^.]{0,140}\b(?:dogrusu|"
    r"asli)(?: ise)?:? $"
)


# "son tarih 12 Şubat, sevkiyat tarihi 19 Şubat": the second day has a name of its own.
_OTHER_DAY = re.compile(r"\b\w+ (?:tarihi|gunu|tarihleri)\s?:?(?: ise)? $")


_ASKED_DAY = re.compile(
    r"(?:son|basvuru|kayit|odeme|teslim|teklif|gorus|bitis|kapanis|tale[pb]|bildirim|muracaat|itiraz|onay|"
    r"sunum|"
    r"gonderim|katilim|beyan|verme) (?:tarihi|gunu|tarihleri)\s?:?(?: ise)? $"
)


_TERM_NAMED_EN = re.compile(
    r"\b(?:deadline|closing|cut-?off|last da|end date|due|submission|registration|application|call\b|"
    r"consultation|survey|"
    r"time limit|window|payment|nomination|comment|entr|bid|tender)"
)


# "Submission of full proposals: 9 September": a label that names what is handed in, booked or paid.
_DUTY_EN = (
    r"(?:^|[;|] |\. )\W*(?:\w{1,2}[.)] )?(?:(?:round|stage|phase|step|part|lot|cut-?off|call) (?:\d|"
    r"[ivx]{1,3}|one|two|"
    r"three)\b\W{1,3})?(?:(?:the|your|online|on-site|early|late|final|first|second|full|written|advance|"
    r"electronic|initial) ){0,2}"
    r"(?:submissions?|bookings?|(?:pre-?)?registrations?|enrolment|sign-?up|applications?|(?:down ?|"
    r"pre-?|advance )?payments?(?! of (?:\w+ )?(?:grants?|refunds?|subsid|support|compensation|"
    r"dividends?|prizes?|aid\b))|"
    r"deposits?|return|"
    r"nominations?|lodging|filing|receipt|transmission|upload(?:ing)?|comments|feedback|repl(?:y|ies)|responses?|"
    r"requests?|questions|"
    r"queries|bids|tenders|offers|quotations|concept notes?|(?:full |outline |draft |pre-?)?proposals?|"
    r"abstracts?|papers|"
    r"expressions? of interest|letters? of intent|notice of intent|notifications?|declarations?|orders?|"
    r"reservations?|cancellations?|withdrawals?|(?:changes|amendments) (?:to|of|in)|"
    r"votes?|voting|claims?|appeals?|objections|samples?|questionnaires?|forms?|documents|dossiers?|entries|"
    r"contributions?|proof of [a-z]+|confirmation of [a-z]+)\b"
    r"(?! (?:opens?|opened|starts?|begins?|open|results?|evaluation|received|approved|start|opening)\b)"
    r"(?:(?! (?:opens?|opening|starts?|begins?|will|results?|evaluat\w+|decisions?|announce\w+|open from|"
    r"fees?|received|approved|granted|accepted|processed|published|handled|decided|rejected|version|as of|"
    r"phase|meeting|session|webinar)\b)[^.;:|]){0,60}"
)
_NAMED_DUTY_EN = re.compile(_DUTY_EN + r"\s?(?::|[|–-]|(?<=\))) ?(?:on )?(?:[a-z]+day,? )?(?:the )?$")
# "Round 1   Concept note, 10 pages   5 October 2027, 17:00 (Brussels)": nothing between them, and an hour.
_DUTY_AND_HOUR_EN = re.compile(_DUTY_EN + r" (?:[a-z]+day,? )?$")
# "Booking of on-site seats ends: 4 May", "Helpdesk closes for questions on", "Last call:"
_CLOSES_EN = re.compile(
    r"\b(?:early[ -]?bird(?: [a-z]+)?|discount|pre-?sales?|bookings?|registrations?|applications?|call|"
    r"round|cut-?off|ticket sales?|poll|survey|consultation|submissions?|window|"
    r"portal|desk|list|"
    r"entries|voting|tenders?|offer|enrolment|sign-?up|(?:comment|consultation|application|registration|"
    r"submission|feedback|booking|voting) period|reservations?|nominations?|intake|form|stage|phase|"
    r"ballot)\b(?:(?! (?:opens?|starts?|begins?)\b)[^.;:]){0,50}? (?:ends?|closes?|stops?|finish(?:es)?|"
    r"shuts|"
    r"runs out|ceases)\s?"
    r"(?::|–|-|on)? ?(?:[a-z]+day,? )?(?:the )?$"
)
# "The consultation opened on 12 October and runs to 26 November"
_RUNS_TO = re.compile(
    r"\b(?:consultations?|calls?(?! cent)|surveys?|registrations?|bookings?|applications?|nominations?|"
    r"polls?|voting|feedback|"
    r"tenders?|submissions?|"
    r"comment(?:ing|s)?|ballot|questionnaire|invitation|offer|discount|enrolment|window|submission period|"
    r"(?:comment|consultation|application|registration|submission|feedback|booking) period)\b[^.;]{0,90}"
    r"\b(?:runs?|lasts?|goes on|go on|continues?|stays? open|remains? open|is open|are open|open|extends?|"
    r"(?:is|are|has been|have been|been) (?:extended|prolonged|open|kept open))"
    r"(?: for [a-z ]{3,30})? (?:to|through|until|till|up to)(?: and including)? (?:[a-z]+day,? )?(?:the )?$"
)
_RUN_BEFORE = re.compile(
    r"\b(?:previous|earlier|last (?:year|call|round)|former|ran|closed|was open)\b[^.;]*$"
)


def introduction(place: Mention, before: str) -> re.Match[str] | None:
    """The words before the date that make it a last day ("en geç", "no later than")."""
    late = _NOT_AFTER_EN.search(before)
    if late:
        return late
    found = (
        _BEFORE.search(before)
        or _UNCHANGED.search(before)
        or _LABELLED_DAY.search(before)
        or _NEW_DAY.search(before)
        or term_label(place, before)
    )
    if found is None and _FIXED.match(place.joined[place.one.end :]):
        found = _FOR_WHAT.search(before)
    if found is None:
        found = _IS_NOW.search(before)
    if found is None:
        found = _english_label(place)
    if found is None and place.joined.startswith(" olmasi gerek", place.one.end):
        found = _THE_DAY.search(before)
    if found is None and _BARE_END.match(place.joined[place.one.end :]):
        found = _BARE_LABEL.search(before)
    if found is None and _RIGHT_LAST_DAY.search(place.joined[: place.one.start]):
        found = _RIGHT_DAY.search(before)
    if found is None and _NOTHING_THEN.match(place.joined[place.one.end :]):
        found = _AFTER.search(before)
    if found is None and place.one.ranged:
        found = _PERIOD_LABEL.search(before)
    none = (OPENING, _OF_OTHERS, THEY_WILL, _COUNTED_BACK, _ENDS_ITSELF)
    if found is None or any(kind.search(before) for kind in none):
        return None
    if found[0].startswith(("put back", "pushed back")) and not _TERM_NAMED_EN.search(
        place.joined, 0, place.one.start
    ):
        return None  # an event put off
    head = place.joined[max(0, place.one.start - 240) : place.one.start]
    if shut_until(head) or others_act(head) or only_to_be_seen(head):
        return None
    gap = place.joined[place.floor : place.one.start] if place.floor else ""
    if _OTHER_DAY.search(gap) and not _ASKED_DAY.search(gap):
        return None
    if _CLOSED_DAY.search(before) or _DONE_ALREADY.search(before) or _SINCE.search(before):
        return None
    return None if _BY_ALONE.search(before) and not asks(place.sentence) else found


def _english_label(place: Mention) -> re.Match[str] | None:
    """The label of an English line, or the verb of a window, that makes the day after it a last day."""
    head = place.joined[max(0, place.one.start - 150) : place.one.start]
    if place.floor:
        head = head[max(0, len(head) - (place.one.start - place.floor)) :] if ";" in head else head
    found = _CLOSES_EN.search(head) or _RUNS_TO.search(head)
    if found is not None:
        return None if _RUN_BEFORE.search(found[0]) else found
    if place.one.ranged:
        return None
    if place.floor:  # "Final payment: 15 January, deposit: 4 December": a label for each
        head = place.joined[place.floor : place.one.start].lstrip(" ,;")
    only = _ONLY_HOUR.match(place.joined, place.one.end)
    if only is None:
        return None
    return _NAMED_DUTY_EN.search(head) or (
        _DUTY_AND_HOUR_EN.fullmatch(head) if re.search(r"\d", only[0]) else None
    )


_ONLY_HOUR = re.compile(
    r"(?:,? (?:at )?(?:\d\d?[:.]\d\d|\d\d? ?[ap]\.?m\b\.?|noon|midnight)(?: ?h(?:rs|ours)?)?)?"
    r"(?:,? \(?(?:ce?s?t|ee?s?t|gmt|utc|bst|tsi|trt|[a-z]+(?: local)?(?: summer)? time|[a-z]+)\)?)?"
    r"(?:,? (?:at the )?latest)?(?:\W*$|[;.] | \(|, [a-z][a-z ]{2,40}: )"
)


# "… teslimi için son tarih 14 Ocak, listelerin gönderilmesi için 21 Aralık’tır": one label for both.
_AND_FOR = re.compile(r"[^.;]{0,16}(?:,| ve) [^.;]{0,90}\w (?:icin|ise)(?: ise)?:? ")
_LAST_FOR = re.compile(
    r"\bson (?:tarih|gun|basvuru|teslim|kayit|odeme)\w*(?: \w+)?:? $|\bdeadlines?\b[^.;]{0,60}$"
)
_NOTHING_ELSE = re.compile(r"'?[dt]?[iu]?r?(?: olarak [a-z]+)?\W*$")


def shares_label(earlier: Mention, place: Mention) -> bool:
    """Whether the label of the last day before holds for this one too, with what it is for between them."""
    gap = place.joined[earlier.one.end : place.one.start]
    return bool(
        _LAST_FOR.search(place.joined[: earlier.one.start])
        and _AND_FOR.fullmatch(gap)
        and _NOTHING_ELSE.match(place.joined[place.one.end :])
    )

"""Deadlines: which dates are the last day for something that is asked of the reader."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.notice import Deadline, Status
from bot.understanding.dates import DateFound, dates_of
from bot.understanding.duty import MOOD, missed, only_holds
from bot.understanding.fold import fold
from bot.understanding.hours import hour_beside
from bot.understanding.marks import (
    BACKGROUND,
    ENDS,
    LETTER_OF,
    MOVED_FROM,
    NOW_SET,
    OLD_VALUE,
    SET_BEFORE,
    THEY_WILL,
    UNTIL,
    WAS_BEFORE,
    asks,
    joined_dots,
    told_as_past,
)
from bot.understanding.relative import publication, relative_deadlines
from bot.understanding.sentences import sentences
from bot.understanding.tables import LAST_DAY, dated_rows, role

_BEFORE = re.compile(
    r"(?:en gec|en son|son (?:basvuru|muracaat|itiraz|beyan|oy verme|gun|tarih|teslim|kayit|teklif|"
    r"katilim|gorus|odeme|bildirim|onay|"
    r"tale[pb])\w*"
    r"(?: (?:icin |verme |gonderme |alma |yapma )?(?:tarih|gun|saat)\w*)?|teklif verme tarihi|"
    r"(?:belirlenen|taninan|verilen) (?:son )?(?:sure|gun)(?: ise)?|(?:basvuru|kayit|tale[pb]|beyan|"
    r"bildirim) (?:donem|sure)inin (?:sonu|bitimi)|(?:sure|basvuru|kayit|"
    r"tale[pb]|teklif)\w* bit(?:imi|is)\w*(?: tarih\w*)?\s?:|(?:lcv|rsvp)\s?:\s?|(?:teslim|sunum|bildirim|"
    r"gonderim|onay) (?:tarihi|gunu)|kapanis (?:tarihi|gunu)|"
    r"(?:basvuru|kayit) bitis\w*|bitis tarihi|no later than|not later than|"
    r"at the latest by|by|until|till|before|deadline\w*|"
    r"cut-?off(?: date)?|(?:pushed|put) back to|accepted through|ending(?: on)?|"
    r"(?:registrations?|applications?|call|period|window|consultation|survey) ends?|clos(?:e|es|ing|"
    r"ed)(?: date)?(?: on)?|ends? on|due(?: by| on| date)?|latest by|dogru tarih\w*|"
    r"up to(?: and including)?|last da(?:y|te))"
    r"[^.;!?]{0,38}$"
)
_ENDS_AS_OF = re.compile(
    r"'?[a-z]{0,4}(?: tarihi| gunu)? itibar\w* (?:\w+ )?(?:bit|sona er|dol|kapa[nt]|son bul)"
)
# "Ön kayıt: 19 Mart, kesin kayıt: 26 Mart"
_LABELLED_DAY = re.compile(
    r"\b(?:(?:on|kesin|erken) kayit|kayit|basvuru|on basvuru|gorus|odeme)(?: icin)?\s?:\s?$"
)
# "Başvuru süresi: 1-26 Mart", "kayıt tarihleri 8-26 Mart olarak belirlenmiştir"
_PERIOD_LABEL = re.compile(
    r"\b(?:basvuru|kayit|teklif|tale[pb]|oylama|odeme|gorus)\w* (?:tarih(?:i|leri)|suresi|donemi|gunleri)\s?"
    r"(?::|olarak)?\s?$"
)
_BY_ALONE = re.compile(r"\b(?:by|before|until|till)\b[^.;!?]{0,38}$")
_OPENING = re.compile(
    r"(?:acilis|baslangic|baslama)\w*(?: tarih\w*)?\s?:?\s?$|\b(?:opens|open (?:from|on)|starts?|"
    r"begins?)(?: on)?[^.;!?]{0,12}$"
)
_PRIOR = re.compile(
    r"^(?:'?n?[dt][ae]n)? ?(?:(?:gunu )?(?:saat )?\d\d:\d\d'?[dt][ae]n |gunu (?:ogleden|"
    r"mesaiden) )?(?:tarihinden |gununden )?(?:daha )?once\b(?! \w+(?:en|an|mis|mus|digi|dugu)\b)"
)
_WINDOW = re.compile(
    r"\s?(?:tarihleri?\s)?(?:tarih araliginda|arasinda|doneminde|tarihlerinde|suresince|"
    r"boyunca)"
)
# What is applied for in a window stands right before it as the subject, or follows before any event does.
_WINDOW_SUBJECT = re.compile(
    r"\b(?:basvur|tale[pb]|kayit|kaydi|teklif|gorus(?!me)|anket|bildirim|muracaat|beyan|odeme|itiraz|oy|"
    r"teslim)\w*"
    r"(?:, |(?:(?! (?:fuar|heyet|toplanti|egitim|seminer))[^.;,]){0,45})$"
)
_WINDOW_FOR = re.compile(
    r"\b(?:oy kullan|oylar|basvur|muracaat|tale[pb]|kayit|kaydi|kaydol|teklif|gorus(?!me)|anket|bildir|"
    r"beyan|odeme|"
    r"odenme|itiraz|"
    r"yukle|sunul|gonderil|iletil|teslim|yatiril|oden(?:ecek|ir\b))"
)
_EVENT_HELD = re.compile(
    r"(?:duzenlen|gerceklestiril|organize edil|toplan)(?:ecek|acak|en|an|mesi|masi|digi|dugu)|"
    r"yapilacak (?:ol|[a-z]+ )|"
    r"\b(?:fuar|heyet|toplanti|egitim|seminer|webinar|genel kurul|forum|konferans|zirve)"
)
_ENGLISH_WINDOW = re.compile(
    r"\b(?:you|members|companies|firms|applicants|stakeholders|parties|can|may|must|should|to|please) "
    r"(?:\w+ )?(?:apply|register|submit|lodge|sign up|enrol|nominate|vote)\b[^.;]{0,40}\b(?:between|"
    r"from) (?:the )?$|"
    r"(?:applications?|registrations?|(?:expressions? of )?interest|nominations?|entries|abstracts|"
    r"papers|feedback|consultation|submissions?|comments?|replies|call|bids|"
    r"proposals)\b"
    r"[^.;]{0,60}?(?:accept|open|possible|receiv|\brun|between|from|period|window|submitted|made|taken|"
    r"collected|welcome|invited|"
    r"sent)[^.;]{0,24}$"
)
_EXTENDED = re.compile(
    r"uzat|ertelen|degistir|cekil|alin(?:mis|di)|extended|moved|prolonged|postponed|"
    r"changed"
)
_EXTENDED_FROM = re.compile(r"(?:extended|moved|prolonged)[^.;]{0,40} from $")
_CALLED_OFF = re.compile(r"iptal ed|iptali|cancelled|called off|withdrawn|vazgecil")
_REPLACED = re.compile(r"[^.;]{0,40}(?:'?[dt][ae]n|iken|olarak(?! uzat))\b[^.;]{0,60}uzat")


# What the date no longer holds for, and papers that must be valid for as long.
_VOID = re.compile(
    r"'?[a-z]{0,4}(?: tarihi| gunu)? degil\b|[^.;]{0,60}(?:hukumsuz|gecersiz|gecerliligini yitir|"
    r"dikkate alinma|no longer (?:applies|valid))"
)
_STILL_VALID = re.compile(
    r"[^.;]{0,16}(?:kadar|dek|degin) (?:\w+ ){0,2}(?:gecerli|gecerliligi|"
    r"sureli)\b(?! (?:olmak uzere )?basvuru)"
)
_OF_OTHERS = re.compile(
    r"\b(?:commission|council|parliament|member states|authorit\w+|court|echa|"
    r"committee)\b[^.;]{0,20}\bha(?:s|ve) "
    r"(?:until|till)[^.;]{0,10}$|\b(?:hall|rooms?|venue|office)\b[^.;]{0,12}\bis \w+ (?:until|"
    r"till)[^.;]{0,10}$|"
    r"\b(?:exhibition|fair|expo|show|stands?) (?:\w+ )?(?:is|are|will be|stays?|remains?) open (?:until|"
    r"till)[^.;]{0,10}$|"
    r"(?:scrutiny|transition(?:al)?|validity|standstill|objection) period\b[^.;]{0,30}$|"
    r"(?:measures?|dut(?:y|ies)|suspension|moratorium|quota(?: period)?|licen[cs]es?|guarantees?|derogation|"
    r"exemption|member states|(?:the|national) authorities|commission (?:will|is to|shall|intends))\b"
    r"[^.;]{0,60}(?:ends?|clos\w+|until|till|before|by)(?: on)?[^.;]{0,10}$"
)


_OLD_LAST_DAY = re.compile(r"^[^.;]{0,4} olan\b|^[^.;]{0,40}\bolan (?:son|basvuru|kayit)")
_OLD_DAY_IS = re.compile(r"\b(?:son|kapanis|basvuru|kayit)\w* (?:\w+ )?(?:gunu|tarihi|suresi) olan $")
_NEW_LAST_DAY = re.compile(r"olarak (?:degistir|guncelle|duzenle|belirle)|uzat|cekil|alin|ertele|otele")


@dataclass(frozen=True, slots=True)
class _Place:
    """One date in its sentence (folded, and with the dots of numbers joined) and what the notice does."""

    original: str
    sentence: str
    joined: str
    one: DateFound
    floor: int
    limit: int
    status: Status

    @property
    def after(self) -> str:
        """The folded words between this date and the next."""
        return self.joined[self.one.end : self.limit]


def deadlines(
    text: str, status: Status, reference: date | None, gazette: bool = False
) -> tuple[Deadline, ...]:
    """The last days for something the reader may or must do, in order, each once.

    ``reference`` is the letter's day: a day without a year is the next such day on or after it, and a
    last day before it is none. ``gazette``: the letter is itself a page of a gazette of that day.
    """
    found: list[Deadline] = []
    folded = fold(text)
    published = publication(folded, reference) or (reference if gazette else None)
    rows = dated_rows(folded)
    for start, end in sentences(text):
        sentence = folded[start:end]
        joined = joined_dots(sentence)
        dates = list(dates_of(sentence, reference))
        shared = _sharing(dates, joined)
        for number, one in enumerate(dates):
            limit = dates[number + 1].start if number + 1 < len(dates) else len(sentence)
            floor = dates[number - 1].end if number else 0
            place = _Place(text[start:end], sentence, joined, one, floor, limit, status)
            if start in rows:
                made = _in_row(place, reference) if role(rows[start], number) == LAST_DAY else None
            else:
                made = _deadline(place, reference)
            if made is None and number in shared and not one.ranged and not _no_longer(place):
                made = _made(place, None, None, "")
            if made is not None:
                found.append(made)
        around = folded[max(0, start - 300) : start], folded[end : end + 300]
        found += relative_deadlines(text[start:end], sentence, around, published, reference)
    if rows:
        found = _at_the_hour_of_all(found, text, folded)
    return _each_once(found)


_HOUR_OF_ALL = re.compile(
    r"(?:tum|butun|her|all|every|each)\b[^.;]{0,60}(?:son (?:basvuru )?saat|basvuru|cagri|deadline|"
    r"application|call|"
    r"closing|submission)|(?:son saat|kapanis saati)"
)


def _at_the_hour_of_all(found: list[Deadline], text: str, folded: str) -> list[Deadline]:
    """Days of a table without hours at the hour that a sentence gives for all of them."""
    for start, end in sentences(text):
        sentence = folded[start:end]
        if not _HOUR_OF_ALL.search(joined_dots(sentence)):
            continue
        hour, zone, _ = hour_beside(sentence, DateFound(0, 0, date.min, date.min), len(sentence))
        if hour:
            return [
                replace(one, time=hour, time_zone=zone)
                if one.time is None and one.confidence == IN_A_ROW and not one.relative
                else one
                for one in found
            ]
    return found


IN_A_ROW = 0.75
"""Confidence of a day that a table's column of last days makes one."""


# "16 April, the rest by 18 June": between two last days stand no verb and no other cue.
_SHARED = re.compile(
    r"(?:'?[yn]?[ae]\b)?(?: \w{3,9}){0,2}(?: \d{1,2}:\d\d(?:'?\w{1,4})?)?(?:, | ve | ise |,? and )[^;]{0,70}$"
)
# "… tarihlerinde eşit taksitler ödenecektir": what is paid on a day is due then.
_PAID_ON = re.compile(
    r"'?[a-z]{0,4}(?: tarih\w*| gun\w*)? [^.;]{0,40}\b(?:oden(?:ecek|mesi|ir)|odeyecek|odeme(?:leri|"
    r"si) gerek|yatir(?:acak|ilacak)|odenmeli|yatirilmali|tahsil edil(?:ecek|mekte|ir))"
)
_NO_SHARED = re.compile(
    r"tarihli|sayili|\bbasl(?:a|iyor)|kadar|dek\b|\d{4} yil|toplanti|fuar|(?:mekte|makta|ecek|acak|mistir|"
    r"[dt][iu]r)\b|"
    r"\b(?:will|is|are|was|were|has|have)\b|\w(?:digi|dugu|tigi|tugu)\b"
)


def _paid_on(after: str, sentence: str) -> bool:
    return bool(_PAID_ON.match(after)) and bool(re.search(r"taksi[td]|aidat|odeme|bakiye", sentence))


def _sharing(dates: list[DateFound], joined: str) -> set[int]:
    """Numbers of the dates that share the "kadar" of the date after them."""
    numbers: set[int] = set()
    for number in range(len(dates) - 2, -1, -1):
        one, following = dates[number], dates[number + 1]
        between = joined[one.end : following.start]
        rest = joined[following.end :]
        until = UNTIL.match(rest) or ENDS.match(rest) or _paid_on(rest, joined) or number + 1 in numbers
        if (
            until
            and following.first != one.first
            and _SHARED.match(between)
            and not _NO_SHARED.search(between)
        ):
            numbers.add(number)
    return numbers


def _each_once(found: list[Deadline]) -> tuple[Deadline, ...]:
    """A day with an hour wins over the same day without one."""
    timed = {one.date for one in found if one.date and one.time}
    unique: dict[tuple[object, ...], Deadline] = {}
    for one in found:
        if one.time is None and one.date in timed:
            continue
        unique.setdefault((one.date, one.time), one)
    return tuple(unique.values())


def _in_row(place: _Place, reference: date | None) -> Deadline | None:
    """A day of a table's column of last days."""
    if reference is not None and place.one.last < reference:
        return None
    return _made(place, None, None, "")


_OTHERWISE = re.compile(r"\W*(?:aksi (?:halde|takdirde|durumda)|otherwise|failing (?:which|that))\b")


def _deadline(place: _Place, reference: date | None) -> Deadline | None:
    one = place.one
    if _OTHERWISE.match(place.joined):  # what follows if the last day is missed
        return None
    before = place.joined[max(0, one.start - 70) : one.start]
    until = UNTIL.match(place.after)
    introduced = _introduced(place, before)
    told = told_as_past(place.joined, one.start, one.end)
    if until and missed(place.joined[one.end + until.end() :]) and not told:
        return None if _is_over(place, reference) else _made(place, until, introduced, before)
    if not (until or introduced) and not _ends_then(place):
        return None
    if one.ranged and not (until or _window(place) or _labelled_period(before) or _line_of_a_plan(place)):
        return None
    there = _THERE_BY.match(place.after) or _line_of_a_plan(place)
    if (
        not there
        and BACKGROUND.match(place.after)
        and not (until or introduced or _window(place))
        and not _ENDS_AS_OF.match(place.after)
    ):
        return None
    its_own = one.ranged and _WINDOW_SUBJECT.search(
        before
    )  # "the votes from 5 to 9 April …": nothing else holds
    if (only_holds(place.joined, one.start, one.end) and not its_own) or (
        _no_longer(place) and not (introduced and introduced[0].startswith("dogrusu"))
    ):
        return None
    if not introduced and not asks(place.sentence) and not (there or ENDS.match(place.after)):
        tail = place.joined[one.end : one.end + 130]
        if not until or one.ranged or not MOOD.search(tail):
            return None
    return None if _is_over(place, reference) else _made(place, until, introduced, before)


def _is_over(place: _Place, reference: date | None) -> bool:
    return reference is not None and place.one.last < reference and place.one.year_given


def _labelled_period(before: str) -> bool:
    return bool(_LABELLED_DAY.search(before) or _PERIOD_LABEL.search(before))


# "… için son gün hatalı yazılmış olup doğrusu 5 Temmuz’dur": the day itself has no label.
_RIGHT_DAY = re.compile(r"\bdogrusu(?: ise)?:? (?:[a-z]+, )?$")
_RIGHT_LAST_DAY = re.compile(
    r"(?:son (?:gun|tarih|basvuru|kayit|teslim|teklif|odeme)|bitis|kapanis|"
    r"sure)\w*[^.;]{0,140}\bdogrusu(?: ise)?:? $"
)


# "son tarih 12 Şubat, sevkiyat tarihi 19 Şubat": the second day has a name of its own.
_OTHER_DAY = re.compile(r"\b\w+ (?:tarihi|gunu|tarihleri)\s?:?(?: ise)? $")
_ASKED_DAY = re.compile(
    r"(?:son|basvuru|kayit|odeme|teslim|teklif|gorus|bitis|kapanis|tale[pb]|bildirim|muracaat|itiraz|onay|"
    r"sunum|"
    r"gonderim|katilim|beyan|verme) (?:tarihi|gunu|tarihleri)\s?:?(?: ise)? $"
)


def _introduced(place: _Place, before: str) -> re.Match[str] | None:
    """The words before the date that make it a last day ("en geç", "no later than")."""
    found = _BEFORE.search(before) or _LABELLED_DAY.search(before)
    if found is None and _RIGHT_LAST_DAY.search(place.joined[: place.one.start]):
        found = _RIGHT_DAY.search(before)
    if found is None and place.one.ranged:
        found = _PERIOD_LABEL.search(before)
    if found is None or any(kind.search(before) for kind in (_OPENING, _OF_OTHERS, THEY_WILL)):
        return None
    gap = place.joined[place.floor : place.one.start] if place.floor else ""
    if _OTHER_DAY.search(gap) and not _ASKED_DAY.search(gap):
        return None
    return None if _BY_ALONE.search(before) and not asks(place.sentence) else found


# What ends by itself: a transition, a measure, a licence.
_TERM = re.compile(
    r"(?:gecis (?:donem|sure)|"
    r"(?<!basvuru )(?<!kayit )(?<!tale[pb] )(?<!toplama )(?<!teklif )(?<!odeme )(?<!on )(?<!beyan )"
    r"(?<!bildirim )(?<!gorus )(?<!anket )\b(?:pilot )?donem(?:i|in)?\b|nezdindeki|isletme kayit|(?:belge|"
    r"sertifika|pasaport|izin)l?[ae]?r?|"
    r"muafiyet|onlem|yururluk|gecerlilik|uygulama|kisitlama|yasa[gk]|tedbir|ruhsat|"
    r"lisans|"
    r"vergi|anlasma|sozlesme|gorev sure|kontenjan don)\w*[^.;,]{0,40}$"
)
_OFFICE_ENDS = re.compile(
    r"^'?[a-z]{0,4}(?: [a-z]{3,9}){0,3} mesai(?: saati)? (?:bitimi|sonu)|^[^.;]{0,24} gun sonu\b"
)


# "… not considered if they come after": the day itself is the last one.
_LATE = re.compile(
    r"^'?n?[dt][ae]n sonra[^.;]{0,60}(?:dikkate alinma|degerlendir(?:me(?:ye)? alinma|ilme)|"
    r"kabul edilme|isleme (?:konul|alin)ma)|"
    r"^(?: tarih\w*| gun\w*)n[dt]en sonra[^.;]{0,60}(?:dikkate alinma|degerlendir(?:me(?:ye)? alinma|"
    r"ilme)|kabul edilme|"
    r"isleme (?:konul|alin)ma)"
)
_LATE_EN = re.compile(
    r"(?:applications?|submissions?|comments?|bids|tenders|forms?|replies|received|submitted|"
    r"sent)\b[^.;]{0,30}\bafter (?:the )?$"
)
_NOT_TAKEN = re.compile(
    r"[^.;]{0,30}(?:(?:will|can|shall|may) not|cannot) be (?:considered|accepted|"
    r"taken(?: into account)?|processed|evaluated)|[^.;]{0,30}(?:rejected|disregarded)"
)
# "17 Şubat gününe, … için seminer günü saat 10.00’a kadar": the "kadar" of both stands at the end.
_DATIVE = re.compile(r"^(?: gunune|'?[yn]?[ae]),[^.;]{0,90}\b(?:kadar|dek|degin)\b")
_DONE_THEN = re.compile(r"^'?[a-z]{0,4}(?: tarih\w*| gun\w*)? (?:tamamlanac|bitirilec|noktalanac)")
_ASKED_PERIOD = re.compile(
    r"\b(?:basvur|kayit|tale[pb]|teklif|muracaat|oylama|anket)\w*(?: \w+){0,2}(?: \S+){0,6} ?$"
)


# "… sonra gelen talepler karşılanamayacaktır": any negated verb of what comes late.
_TOO_LATE = re.compile(
    r"^(?:'?n?[dt][ae]n|(?: tarih\w*| gun\w*)n[dt]en) sonra(?:ya|ki)? ?[^.;]{0,30}(?:gelen|ulasan|kalan|"
    r"yapilan|iletilen|"
    r"gonderilen|basvuru|tale[pb]|teklif|gorus|kayit|bildirim)\w*[^.;]{0,60}\w(?:m[ae]y[ae]c[ae][kg]|"
    r"m[ae]mekte|m[ae]z\b)"
)
# "… tarihinde Birliğimizde olacak şekilde", "… tarihinde hesaba geçmiş olması"
_THERE_BY = re.compile(
    r"^'?[a-z]{0,4}(?: tarih\w*| gun\w*)?(?: itibar\w*)? [^.;]{0,60}(?:olacak sekilde|(?:elimizde|"
    r"birligimizde|dernegimizde|tarafimizda) olma|bulundurul(?:mali|"
    r"masi)|\w+mis olma|"
    r"hazir (?:edil|bulundur)\w*m[ae])"
)


_ASKED_NOUN = re.compile(r"donem\w* (?:basvuru|kayit|tale[pb]|teklif|odeme|anket)")
# "Başvuru süresi uzatılarak 22 Ocak olarak belirlenmiştir"
_ASKED_TERM = re.compile(
    r"\b(?:basvuru|kayit|teklif|tale[pb]|gorus|odeme|anket|oneri|katilim)\w* (?:\w+ )?(?:sure|tarih|"
    r"gun)\w*[^.;]{0,60}$"
)
_FIXED_AS = re.compile(
    r"^(?: tarihi| gunu)? olarak (?:yeniden )?(?:belirlen|guncellen|degistiril|tespit|revize|uzatil|"
    r"duyurul|saptan)"
)


# A line of a timetable, "Esas başvuruların alınması 1 - 26 Mart 2027".
_PLAN_LINE = re.compile(
    r"\W*(?:\w{1,2}[.)] )?(?:\w+ ){0,3}?(?:basvuru|kayit|tale[pb]|teklif|odeme|gorus|bildirim|belge|evrak)\w*"
    r"(?: (?:\w+ )?(?:alin|yapil|topla|gonderil|iletil|sunul|teslim|veril|yuklen|kabul)\w*)?\s?:?\s?"
)


def _line_of_a_plan(place: _Place) -> bool:
    before = place.joined[: place.one.start]
    return bool(_PLAN_LINE.fullmatch(before)) and not re.search(r"\w", place.joined[place.one.end :])


_NEXT_ROUND = re.compile(
    r" will be (?:considered|taken|treated|evaluated)[^.;]{0,12} (?:for|in|"
    r"with) the (?:next|second|following)"
)
_ITS_DEADLINE = re.compile(
    r" (?:deadline|cut-?off|closing date)\b(?! (?:has been|was|is) (?:extended|"
    r"moved))"
)


def _ends_then(place: _Place) -> bool:
    if (
        _ITS_DEADLINE.match(place.after)
        or _line_of_a_plan(place)
        or _TOO_LATE.match(place.after)
        or (_THERE_BY.match(place.after) and MOOD.search(place.after))
    ):
        return True
    if (
        _DATIVE.match(place.joined[place.one.end :])
        or _LATE.match(place.after)
        or (
            _LATE_EN.search(place.joined[: place.one.start])
            and (_NOT_TAKEN.match(place.after) or _NEXT_ROUND.match(place.after))
        )
    ):
        return True
    if _DONE_THEN.match(place.after) and _ASKED_PERIOD.search(place.joined[: place.one.start]):
        return True
    head = place.joined[: place.one.start]
    if _FIXED_AS.match(place.after) and _ASKED_TERM.search(head) and not _OPENING.search(head[-60:]):
        return True
    prior = _PRIOR.match(place.after)
    if _OFFICE_ENDS.match(place.after) and not re.search(r"\bile\b|bakim|kesinti", place.sentence):
        return True
    before = place.joined[max(0, place.one.start - 80) : place.one.start]
    ended = ENDS.match(place.after)
    if ended and not ended[0].endswith("mis olma") and (term := _TERM.search(before)):
        ended = ended if _ASKED_NOUN.search(term[0]) else None
    if not place.one.ranged and _paid_on(place.joined[place.one.end :], place.joined):
        return True
    return bool(ended or _window(place) or (prior and asks(place.sentence)))


def _window(place: _Place) -> bool:
    """Whether a range of days is the time to apply in, of which the end is the last day."""
    if not place.one.ranged:
        return False
    before = place.joined[max(0, place.one.start - 110) : place.one.start]
    turkish = _WINDOW.match(place.after) and _window_for(place.joined[place.one.end :], before)
    moved = place.status is not Status.NEW and _EXTENDED_FROM.search(
        before
    )  # "extended from 4 to 18 December": no range, an old and a new day
    english = _ENGLISH_WINDOW.search(before) and not re.search(r"\bdates? (?:from|of) $", before)
    return bool(turkish or moved or english)


def _window_for(after: str, before: str) -> bool:
    clause = after[:110].split(";")[0]
    subject = _WINDOW_SUBJECT.search(before)
    gathered = subject and not re.search(r"oy|kayit", subject[0])  # "talepler … toplanacaktır"
    held = _EVENT_HELD.search(clause.replace("toplan", "alin") if gathered else clause)
    asked = _WINDOW_FOR.search(clause, 10)
    event_first = held is not None and (asked is None or held.start() < asked.start())
    if subject:
        return not (event_first and held is not None and held.start() < 45)
    return asked is not None and not event_first


def _no_longer(place: _Place) -> bool:
    """An old value that the sentence replaces or only reports."""
    if WAS_BEFORE.search(place.joined[max(0, place.one.start - 50) : place.one.start]):
        return True
    if LETTER_OF.search(place.joined[max(0, place.one.start - 60) : place.one.start]):
        return True
    if (_VOID.match(place.after) and not _LATE.match(place.after)) or _STILL_VALID.match(place.after):
        return True
    before = place.joined[max(0, place.one.start - 60) : place.one.start]
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
    if place.status in (Status.EXTENSION, Status.CORRECTION, Status.POSTPONED) and (
        told_as_past(place.joined, place.one.start, place.one.end) or OLD_VALUE.match(place.after)
    ):
        return True
    return place.status is Status.EXTENSION and bool(_REPLACED.match(place.after))


def _made(
    place: _Place, until: re.Match[str] | None, introduced: re.Match[str] | None, before: str
) -> Deadline:
    one, sentence = place.one, place.sentence
    hour, zone, hour_end = hour_beside(sentence, one, place.limit)
    first = one.start
    if introduced:
        first = max(first - len(before) + introduced.start(), min(place.floor, first))
        first += len(sentence[first:]) - len(sentence[first:].lstrip(" ,;:("))
    stop = one.end + until.end() if until else max(one.end, hour_end)
    quote = " ".join(place.original[first:stop].split())
    confidence = 0.95 if until or introduced else IN_A_ROW
    if one.weekday_wrong:
        confidence = 0.4
    elif not one.year_given:
        confidence = min(confidence, 0.7)
    return Deadline(one.last, hour, False, quote, zone, confidence)

"""Whether a day of a sentence is that of an event to come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.notice import Status
from bot.understanding.bystanders import nobody_attends
from bot.understanding.dates import DateFound
from bot.understanding.held import EVENT, GATHERS, HELD, TELLS, another_happens, comes
from bot.understanding.hours import HOUR
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
from bot.understanding.naming import (
    DATED_EVENT,
    LABEL,
    ROW_LABEL,
    is_labelled,
    is_moved_to,
    is_named,
    is_set_anew,
)

_BY_DAY = re.compile(
    r"\b(?:by|until|till|before|no later than|not later than|latest(?: on)?)(?: the)?(?: [a-z]+day,?)? $|"
    r"\ben gec $"
)

# "9 Şubat’tan 12 Şubat’a kadar gezilebilecek": all of these days are the event's.
_LASTS = re.compile(
    r"'?[a-z]{0,4} (?:kadar|dek|degin)\b[^.;]{0,20}\b(?:sur(?:ec|uyor)|devam ed|acik|gez|ziyaret)"
)
# "16.00’da (TSİ; 15.00 CEST)"
_ASIDE = re.compile(r"\([^()]{0,60}\)")
_CALLED_OFF = re.compile(
    r"[^.;]{0,100}\biptal (?:ol(?:mus|du)|ed(?:il)?(?:mis|di|iyor|ilec|ec)|ett?i)|"
    r"[^.;]{0,100}\b(?:yap[iı]l|duzenlen|gerceklestiril|toplan|gerceklesm?)[ae]?m[ae]y[ae]c[ae][gk]|"
    r"[^.;]{0,100}\bvazgec(?:til|il|ti\b|tik\b|mis)|"
    r"[^.;]{0,80}\b(?:(?:has|have|had|is|are) (?:now )?been|was|were|is|are) (?:cancelled|canceled|"
    r"called off|scrapped|"
    r"dropped|abandoned)\b|"
    r"[^.;]{0,80}\b(?:will not|no longer|cannot|can not|could not|won't|can no longer) (?:take place|"
    r"be held|go ahead|"
    r"happen|proceed)\b"
)
# "Webinar iptal edildi: 4 Aralık için …", "CANCELLED: …"
_OFF_BEFORE = re.compile(
    r"\biptal(?: (?:edil|ol)(?:di|mis(?:tir)?|du|mus(?:tur)?))?\s?[:!–-]\s?$|\b(?:cancelled|canceled|"
    r"called off)\s?[:!–-]\s?$"
)
# "the rules presented at the seminar on 12 November": over, though the next such day is to come.
_SAID_THERE = re.compile(
    r"\b(?:presented|discussed|agreed|shown|given|held|announced|made|signed|adopted|raised|taken) (?:at|"
    r"during|in)\b[^.;]{0,60} on $"
)
# "1-3 Eylül değil, 8-10 Eylül", "not on 1 September but on the 8th".
_SAID_WRONGLY = re.compile(r"'?[a-z]{0,5}(?: (?:tarih|gun)\w*)?,? degil(?:dir)?\b")
_NOT = re.compile(r"\bnot (?:on |from )?(?:[a-z]+day,? )?(?:the )?$")
# "1 Eylül 2027’de başlayacak 24 aylık dönem": what begins then is a term.
_TERM_BEGINS = re.compile(
    r"'?[a-z]{0,4}(?: tarih\w*| gun\w*)?(?: itibaren)? basla(?:yacak|"
    r"yan)(?: olan)? (?!ve\b)(?:[^\s,;]+ ){0,4}?(?:donem|"
    r"sure(?:si|li|ye|nin)?\b|sozlesme|uygulama|yil\b|sezon|hizmet|calisma|abonelik|indirim)"
)
# A duty or a term that begins on a day.
_RULE_BEGINS = re.compile(
    r"(?:zorunlulu|yururlu|uygulama|yasa[gk]|donem|sure|kural|yukumlulu|vergi|onlem|kisitlama|muafiyet)\w* $"
)
_TO_AN_OPEN_DAY = re.compile(
    r"(?:ileri|daha sonraki) bir tarihe|until further notice|to a later date|bilinmeyen"
)

# "18-21 Ocak tarihlerinde yapılacak olan fuar … ertelenmiştir": put off from that day, not to it.
_WAS_PUT_OFF = re.compile(
    r"(?!'?[yn]?[ae]\b| (?:tarih|gun)(?:ler)?ine\b)[^;]*?\b\w+(?:[ae]c[ae]k|[ae]c[ae][gk]i\w*|il[ae]n|"
    r"[iu]lm[iu]s|n[ae]n)(?: olan)?\b"
    r"(?![^;]*\b(?:uzere|sekilde|yeni|olarak|tarih(?:ler)?ine|gunune)\b)(?![^;]*\d'?[yn]?[ae] (?:ertele|"
    r"otele|alin|kaydir))"
    r"[^;]*\b(?:erte|ote)len(?:mis|di)"
)
_WAS_SET_FOR = re.compile(
    r"(?:scheduled|planned|foreseen|due to (?:be held|take place|meet)|set)(?: to (?:be held|take place))?"
    r"(?: for| on)?(?: [a-z]+day,?)? $"
)
_HELD_ON = re.compile(
    r"\b(?:meeting|workshop|session|webinar|assembly|seminar|conference|hearing|"
    r"event)s? of(?: [a-z]+day,?)? $"
)

_MOVED_AWAY = re.compile(
    r"[^.;]{0,60}(?:postponed|cancel|moved|rescheduled|put off|called off|"
    r"(?:cannot|can not|could not|will not|no longer) (?:take place|be held|go ahead))"
)
_OVER = re.compile(
    r"duzenlenen|gerceklestirilen|yapilan|(?:bir araya|yan yana) gelen|\btoplanan|\bbulusan|"
    r"bir araya gel(?:di|mis|inen)|toplan(?:di|mis)|bulus(?:tu|mus)|bir onceki|gecen yil|onceki (?:fuar|"
    r"yil)|katilmisti|katilmis,|"
    r"gerceklestirilmis|duzenlenmis|yapilmis|was held|took place|were held"
)

_CLOSES = re.compile(r"\b(?:clos(?:e|es|ed|ing)|ends?|expires?|deadline\w*)(?: on| by| of)?(?: the)? $")
# A call, a portal or a shop opens on a day; no one attends that. A booth is built before the fair.
_OPENS = re.compile(r"(?:cagri|basvuru|portal|sistem|kayit|teklif|zarf)[^.;]{0,80}$")
_OPENED = re.compile(r"^'?[a-z]{0,4}(?: tarihinde| gunu)?(?: saat [\d:'a-z]+)? acil(?:ac|is)")
_BUILT = re.compile(
    r"(?:kurulum(?!u[zn])|\btahsis|yerlesim|dagitim(?:i|in)|cekilis|odemeler|gonderiler|\bucus|gidis|"
    r"donus|montaj|"
    r"sokum|malzeme giris|build-?up|dismantl|nakliye|sevkiyat|yukleme|tahliye|set-?up|dismantling|"
    r"stant\w* teslim|\bgemi|\bucak|kamyon|"
    r"konteyner)\w*[^.;,]{0,20}$"
)
# Words right after a day that make it another kind of day: of a booth, a document, an adoption.
_OTHER_DAY = re.compile(
    r"\b(?:stant\w* (?:kurul|teslim|hazirl|sok)|askida|yururlu|alinan belge|doneminde alinan|yuklen|"
    r"sevk edil|"
    r"nakledil|odenecek|yatiril|teslim (?:al|ed))"
)
_DECIDED = re.compile(
    r"[^.]{0,40}(?:(?<!olarak )kesinles|belli ol|kabul edil|acikla(?:n|d)|kurul(?:du|an)|(?<!canli )yayimlan|"
    r"adopted|requested|"
    r"announced)"
)
_DECIDED_BEFORE = re.compile(r"(?:adopted|requested|published|announced) on $|communication .{0,40}on $")
_MOVED_TO = re.compile(
    r"ertelen|alinm|\bkay(?:di\b|mis|dir|acak|iyor)|\bsark(?:ti|mis|it)|\bcekil(?:di|mis)|\botelen|"
    r"\batildi|\btasin(?:di|mis)|"
    r"degis(?:tir|mis|ti\b)|dogru(?:su)? (?:tarih|gun)|dogrusu|gerceklestirilec|yapilac|"
    r"duzenlenec|"
    r"toplanac|rescheduled|postponed|moved"
)


# "25 Mart’ta yapılmak üzere ilan edilen … ertelenmiştir": every day before it is what was said first.
_TO_BE_HELD_THEN = re.compile(
    r"(?:yapil|duzenlen|gerceklestiril|toplan)\w* (?:uzere )?(?:ilan edil|duyurul|bildiril|planlan|"
    r"ongorul|belirtil|aciklan)[ae]n\b"
    r"[^.;]*(?:erte|ote)len|(?:yapil|duzenlen|gerceklestiril|toplan)\w*(?:acagi|ecegi)\w* (?:ilan edil|"
    r"duyurul|bildiril|"
    r"planlan|belirtil|aciklan)[ae]n\b[^.;]*(?:birakil|alinmis|kaydiril|tasin|cekil|degis|guncellen|revize)"
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is the same for all dates of a notice."""

    folded: str
    has_event: bool
    status: Status
    reference: date | None
    last_days: frozenset[date | None]
    last_quotes: frozenset[tuple[date | None, str]]
    language: str
    title: str = ""


BEGINS = re.compile(
    r"[^.;]{0,110}(?:basla|acac|acilac|acilip|acarak|acip|kapilarini ac)|[^.;]{0,20}(?:and|"
    r",) closes on (?:the )?$"
)


def to_come(one: DateFound, letter: Letter) -> bool:
    return letter.reference is None or one.last >= letter.reference


# "1 Aralık tarihinden 15 Aralık tarihine kadar": a time begins.
_FROM_HERE = re.compile(r"(?:'?n?[dt][ae]n| tarihinden| gununden)(?: itibaren)?,? ?")


def _far(one: DateFound, letter: Letter) -> bool:
    """Whether a day without a year is nearly a year ahead: rather the one that has just been."""
    return not one.year_given and letter.reference is not None and (one.first - letter.reference).days > 300


def is_attended(joined: str, one: DateFound, limit: int, letter: Letter) -> bool:
    """Whether this date of a sentence is the day of an event to come."""
    after, before = joined[one.end : limit], joined[: one.start]
    moved = letter.status in (Status.POSTPONED, Status.CORRECTION)
    if (
        re.match(r"(?:'?n?[dt][ae]n| tarihinden| gununden) sonra\b", after)
        or (BACKGROUND.match(after) and not DATED_EVENT.match(after))
        or (
            (ends := ENDS.match(after))
            and "basla" not in ends[0]
            and not (one.ranged and BEGINS.match(after))
        )
        or nobody_attends(before, after, one.ranged)
        or (limit < len(joined) and _FROM_HERE.fullmatch(after))
        or WAS_BEFORE.search(before[-50:])
        or re.match(r"(?: gunu| tarihi)? yerine\b", after)
        or _SAID_WRONGLY.match(after)
        or _CALLED_OFF.match(after)
        or _OFF_BEFORE.search(before[-40:])
        or (limit < len(joined) and another_happens(after))
        or (_SAID_THERE.search(before[-90:]) and _far(one, letter))
        or (_NOT.search(before[-20:]) and re.match(r",? but\b", after))
    ):
        return False
    if (
        UNTIL.match(after)
        and not (one.ranged and _LASTS.match(after))
        and not (is_moved_to(after) or re.search(r"ertelen|postponed|rescheduled|moved", joined))
    ):
        return False
    if is_last_day(joined, one, letter):
        return False
    if not to_come(one, letter):
        return False
    if one.last in letter.last_days and not EVENT.search(joined):
        return False
    if letter.status is Status.POSTPONED and _TO_AN_OPEN_DAY.search(after):
        return False
    if letter.status is Status.POSTPONED and _WAS_PUT_OFF.match(joined, one.end):
        return False
    if (_WAS_SET_FOR.search(before[-50:]) or _HELD_ON.search(before[-40:])) and _MOVED_AWAY.match(after):
        return False
    if limit < len(joined) and SET_BEFORE.search(before[-60:]) and NOW_SET.search(joined, one.end):
        return False
    if one.first == letter.reference and (
        LABEL.search(before[-40:]) or ROW_LABEL.match(before)
    ):  # the day of the letter itself
        return False
    rest = joined[one.end :]
    labelled = is_labelled(before, after, rest, one)
    named = is_named(before, after, rest, one) or is_set_anew(before, after)
    held = HELD.search(after) or HELD.search(before[-40:])
    if not held and comes(after):  # without the name of an event an hour must tell that somebody is awaited
        held = EVENT.search(joined) or HOUR.search(after[:40])
    hour = HOUR.search(after[:50])
    gathers = bool((one.ranged or hour) and GATHERS.search(joined)) or bool(
        hour and TELLS.search(joined, one.end)
    )
    if not gathers and not EVENT.search(joined) and not ((held or labelled or named) and letter.has_event):
        return False
    if (
        not (gathers or HELD.search(joined) or comes(_ASIDE.sub("", rest).split(";")[0]) or labelled or named)
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
    if _TERM_BEGINS.match(after):
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


def is_unmistakable(joined: str, one: DateFound, limit: int, letter: Letter) -> bool:
    """Whether a day that the rules take for an event's is told in words that hardly mean another."""
    if is_set_anew(joined[: one.start], joined[one.end : limit]):
        moved = letter.status in (Status.POSTPONED, Status.CORRECTION)
        return moved or bool(EVENT.search(joined) or HELD.search(joined))
    if _ITS_HOUR.match(joined, one.end):
        return True
    return one.ranged and bool(GATHERS.search(joined))


# "12 Ocak tarihli webinarın saati 10.00’dan 14.00’e alınmıştır"
_ITS_HOUR = re.compile(r" tarihli (?:[^\s.;]+ ){1,8}?(?:baslama |baslangic )?saati\b")


def is_last_day(joined: str, one: DateFound, letter: Letter) -> bool:
    """Whether this very date, and not one like it elsewhere, is a last day of the notice."""
    if one.last not in letter.last_days:
        return False
    told = " ".join(joined[one.start : one.end].split())
    here = [quote for day, quote in letter.last_quotes if day == one.last and told in joined_dots(quote)]
    if one.ranged:
        return any(
            re.match(r"[^a-z]*" + re.escape(told) + r"[^.;]{0,24}$", joined_dots(quote)) for quote in here
        )
    return bool(here) or not EVENT.search(joined)


def _replaced(joined: str, after: str, limit: int) -> bool:
    """ "planned for 8 December, will be held on the 15th": a new day for the same event."""
    if not (OLD_VALUE.match(after) or MOVED_FROM.match(after) or re.match(r" olan (?:tarih|gun)", after)):
        return False
    rest = joined[limit:]
    return bool(_MOVED_TO.search(rest)) and not re.search(r"kadar|dek\b|son basvuru|en gec", rest)

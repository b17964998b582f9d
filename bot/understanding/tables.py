"""Tables with a column of days: what the days of each row are, told by the line of column names above."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from bot.understanding.dates import find_dates
from bot.understanding.stacked import EVENT, LAST_DAY, OTHER, stacked_cells

STEP, NEW = "step", "new"
_COLUMN = re.compile(
    r"(?P<other>(?:yururlu[gk]|yayi[mn]|karar|teblig|ilan|baslangic|acilis|gecerlilik|imza|adoption|"
    r"publication|opening)\w* (?:tarih(?:i|leri)?|dates?)\b|gecerlilik (?:son|bitis|sure)\w*|"
    r"\b(?:gecerli|yururlukte|kullanil|yararlan|tuket|satil)\w* (?:ol\w+ )?(?:son )?(?:tarih|gun)\w*|"
    r"valid(?:ity)? (?:until|to|end|period)|"
    r"\b(?:onceki|eski|previous|former|old|original) (?:son )?(?:basvuru )?(?:sure|tarih|gun|takvim|donem|"
    r"dates?|schedule|deadlines?|time limits?|timetable|calendar)\w*)"
    r"|(?P<new>\b(?:yeni|guncel|revize|new|revised|current) (?:tarih|gun|takvim|donem|dates?|schedule)\w*)"
    r"|(?P<last>(?:son )?(?:on )?(?:basvuru|kayit|teklif|talep|odeme|gorus|katilim bildirim|teslim)\w*"
    r"(?: \w+){0,2}? (?:tarih(?:i|leri)?|gun[ulerni]*)\b|son (?:basvuru|kayit|teklif|talep|odeme|gun|"
    r"tarih)\w*|"
    r"(?:application |registration |submission )?deadline|closing date|(?:apply|register|submit) by|"
    r"time[ -]limits?|due (?:date|by)|last (?:day|date)|\bsure(?:si)?\b(?: sonu)?)"
    r"|(?P<event>\b(?:tarih(?:i|leri)?|gunu?|ne zaman|zamani?|dates?|day|when|"
    r"(?:yeni|guncel|new|revised|updated) (?:takvim|schedule|timetable|calendar))\b)"
)
_OTHER_COLUMN = re.compile(
    r"\b(?:saati?|yeri?|il|ilce|sehir|kent|ulke(?:si)?|konu(?:su)?|adi|adim|etkinli[kg]|fuar|egitim|toplanti|"
    r"seminer|salon|sektor|heyet|organizasyon|program|mekan|time|place|venue|city|country|topic|event|"
    r"subject|title|session|fair|mission|language|miktar|band[i]?|tonaj|dilim|asama|adim|surec|faaliyet|"
    r"islem|belge|"
    r"donem|pay|oran|kategori|grup|grubu|urun|madde|gtip|firma|taksit|tutar[i]?|bedel[i]?|ucret[i]?|kalem|"
    r"amount|fee|step|stage|phase|action|category|"
    r"band|tonnage|product|who|"
    r"what|activity|document)\b"
)
# "Aşama | Tarih": what is on a row's day is told by the row alone.
_STEPS = re.compile(r"^\W*(?:asama|islem|adim|faaliyet|surec|step|stage|phase|action|milestone)\w*\b")
# "The following courses will be given:" and a list of lines that begin with their days.
_LIST_OF_EVENTS = re.compile(
    r"(?:asagida|su (?:tarih|egitim)|program|takvim|following|schedule|dates)[^\n]{0,200}[:.]$|"
    r"(?:verilecek|yapilacak|duzenlenecek|gerceklestirilecek|toplanacak|will be held|take place|we will hold)"
    r"[^\n.]{0,40}:$|(?:bir araya gel|bulus|toplan)(?:iyoruz|ecegiz|acagiz)[^\n.]{0,40}:$"
)
# "Kasım ayı eğitimleri", "Seminerler": a heading that names several of them.
_HEADING_OF_EVENTS = re.compile(
    r"^(?:[a-z0-9&'./-]+ ){0,4}(?:seminer|egitim|webinar|toplanti|fuar|calistay|etkinlik|heyet)l[ae]r(?:i|"
    r"imiz)?\s?:?$|"
    r"^(?:[a-z0-9&'./-]+ ){0,4}(?:trainings?|webinars|seminars|events|meetings|workshops|fairs|"
    r"sessions)\s?:?$"
)
_EVENTS = re.compile(
    r"egitim|seminer|webinar|toplanti|calistay|fuar|heyet|etkinli[kg]|session|training|meeting|workshop|"
    r"events?\b|fair|bir araya gel|\bbulus"
)
_NO_EVENTS = re.compile(
    r"\bson (?:kayit|gun|teslim|katilim|teklif|bildirim)|\bkayit (?:tarih|gun|sure)|basvuru|son tarih|"
    r"deadline|odeme|taksit|yururlu"
)
# What may stand before the day in a line of such a list: a bullet, a number, a place or a name.
_BULLET = re.compile(
    r"^(?:[•●▪*>·-]\s|\(?\w{1,2}[.)]\s)?(?:[a-z0-9&'(][\w&'()./ -]{1,40}\s?[:–-])?\s*(?:[a-z]{4,9},?\s)?$"
)
_PROSE = re.compile(r"[.;:,]$")
LONGEST = 160
"""Letters of a table's line."""
_TERM = re.compile(
    r"\bwithin (?:\w+ )?(?:\(\d+\) )?(?:calendar |working |business )?(?:day|week|month)s?\b|"
    r"\b\w+ (?:takvim |is )?(?:gun|hafta|ay) (?:icinde|icerisinde|zarfinda)\b|"
    r"\b(?:\d{1,3}) (?:calendar |working |business )?(?:days?|weeks?|months?|(?:is )?gun|hafta|ay)\W*$"
)


@lru_cache(maxsize=4)  # last days and events are looked for in the same text
def dated_rows(folded: str) -> dict[int, tuple[str, ...]]:
    """Where a row with days starts in folded text: what its days are, in order of the columns."""
    rows: dict[int, tuple[str, ...]] = {}
    roles: tuple[str, ...] = ()
    offset = 0
    listed = False
    for line in folded.split("\n"):
        if line.strip() and len(line) > 4 * LONGEST:  # prose, whatever it says
            roles, listed = (), False
        elif line.strip():
            day = next(find_dates(line, None), None)
            if listed and day is None and _day_alone(line):
                day = next(find_dates(line, date(2000, 1, 1)), None)  # only its place in the line counts
            if listed and day and _is_listed(line, day.start):
                rows[offset] = (EVENT,)
            elif day is not None or (roles and _day_alone(line)):
                if roles and len(line) < LONGEST:
                    told = _told_by_label(line, day.start) if day and len(roles) == 1 else ()
                    if day and NEW in roles:
                        told = _told_anew(line, day.start, roles)
                    rows[offset] = told or roles
            else:
                named = _LIST_OF_EVENTS.search(line) or _HEADING_OF_EVENTS.match(line.strip())
                listed = bool(named and _EVENTS.search(line) and not _NO_EVENTS.search(line))
                goes_on = len(line) < LONGEST and bool(_TERM.search(line)) if roles else False
                goes_on = goes_on or len(line) < 60
                roles = (
                    _roles(line)
                    or _days_of_asking(line)
                    or (roles if goes_on and not _PROSE.search(line) else ())
                )
        offset += len(line) + 1
    return rows | {start: (cell.role,) for start, cell in stacked_cells(folded).items()}


# "26 Şubat 2027 | değişmedi": the day of the old column holds.
_UNCHANGED = re.compile(
    r"\b(?:degismedi|degismemistir|ayni(?:dir)?|ayni kaldi|unchanged|(?:the )?same|no change)\W*$"
)
_OF_A_LAST_DAY = re.compile(
    r"\bson\b|basvuru|kayit|odeme|teklif|teslim|deadline|clos|appl|regist|payment|last day"
)
_OF_A_DAY = re.compile(r"\b(?:tarih|gun|zaman)\w*\W*$|\b(?:dates?|days?|when)\W*$")


def _told_anew(line: str, day: int, roles: tuple[str, ...]) -> tuple[str, ...]:
    """What the days of a row are in a table of old and new days: the row's label tells it."""
    label = line[:day]
    if closes_something(label) or _OF_A_LAST_DAY.search(label):
        told = LAST_DAY
    elif not _OF_OTHERS.search(label) and (_EVENTS.search(label) or _OF_A_DAY.search(label)):
        told = EVENT
    else:
        told = OTHER
    if _UNCHANGED.search(line):
        return (told,)
    return tuple(told if one == NEW else one for one in roles)


# "The following time limits run from the date of publication:" above a list of terms.
_TERMS_RUN = re.compile(
    r"(?:time[ -]limits?|deadlines?|periods?|terms?|\bsureler)\b[^.;]{0,60}\b(?:runs?|count(?:ed|ing)?|"
    r"starts?|begins?|"
    r"apply|calculated|follow\w*|isle\w*|hesapla\w*|basla\w*|gecerli\w*)\b[^.;]{0,120}:\s*$"
)


@lru_cache(maxsize=4)
def term_rows(folded: str) -> dict[int, str]:
    """Where a row with a term ("within 7 days") starts in a table whose column of last days says so, and
    the line of column names."""
    rows: dict[int, str] = {}
    heading = ""
    offset = 0
    for line in folded.split("\n"):
        if line.strip():
            roles = _roles(line)
            if run := _TERMS_RUN.search(line[-300:]):
                heading = run[0]
            elif roles:
                heading = line if LAST_DAY in roles and not _TERM.search(line) else ""
            elif heading and len(line) < LONGEST and _TERM.search(line):
                rows[offset] = heading
            elif len(line) > LONGEST or (_PROSE.search(line) and next(find_dates(line, None), None) is None):
                heading = ""
        offset += len(line) + 1
    return rows


_NAMES_A_DUTY = re.compile(
    r"(?:\w+ ){0,2}(?:registrations?|applications?|submissions?|comments|abstracts|papers|bids|tenders|"
    r"offers|"
    r"nominations?|payments?|fees?|proposals?|expressions? of interest|replies|questionnaire|feedback|"
    r"basvuru|kayit|teklif|tale[pb]|odeme|gorus|bildirim|itiraz|muracaat)(?:lar|ler|iniz)?\W*"
)
# What a row's own first cell says of its day, whatever the column is called: "başvuru kapanışı 11 Haziran".
_OF_A_CLOSING = re.compile(
    r"\bson (?:gun|tarih|basvuru|kayit|teklif|gorus|odeme|teslim|tale[pb])\w*(?: (?:tarih|gun)\w*)?\W*$|"
    r"\b(?:basvuru|kayit|cagri|teklif|dosya|proje|gorus|anket|oneri|tale[pb]|sistem|soru|itiraz|odeme|"
    r"beyan)\w* (?:\w+ ){0,3}?"
    r"(?:sonu\b|kapanis|bitis|bitim|son bulma|sona erme)\w*(?: (?:tarih|gun)\w*)?\W*$|"
    r"\b(?:taahhutname|evrak|belge|form|dosya|teklif|basvuru|numune|rapor|odeme|bedel|ucret|aidat|beyan|"
    r"bildirim|liste|proje)\w* (?:\S+ ){0,3}?(?:teslimi|gonderilmesi|iletilmesi|yuklenmesi|sunulmasi|"
    r"yatirilmasi|odenmesi|ulastirilmasi)\W*$|"
    r"\b(?:deadline|closing date|last (?:day|date)|due (?:date|by)|cut-?off(?: date)?|(?:registration|"
    r"application|call|submission)s? (?:closes?|ends?|closing|closure))(?: for [a-z ]{3,40})?\W*$"
)


def closes_something(cell: str) -> bool:
    """Whether the words of a row before its day name the closing of what one may apply for or hand in."""
    return bool(_OF_A_CLOSING.search(cell) or _NAMES_A_DUTY.fullmatch(cell))


# Lines of a call's timetable that are neither an event nor the reader's last day.
_OF_OTHERS = re.compile(
    r"\b(?:acilis|acilma|baslangic|baslama|sonuc\w* (?:ilan|acik|duyur)|ilan|degerlendirme|"
    r"yururlu[gk]\w*|yayi[mn]\w*|opening|opens|"
    r"publication|results?|evaluation|announcement of (?:the )?\w+|"
    r"entry into force)(?:\w{0,10})(?: (?:tarih|gun|date)\w*)?\W*$"
)
_OF_AN_EVENT = re.compile(
    r"fuar|egitim|toplanti|seminer|webinar|sergi|kongre|zirve|etkinli|fair|exhibition|session|training"
)


def _told_by_label(line: str, day: int) -> tuple[str, ...]:
    """What the first cell of a row says of its one day, whatever its column is called; () if nothing."""
    label = line[:day]
    if closes_something(label):
        return (LAST_DAY,)
    return (OTHER,) if _OF_OTHERS.search(label) and not _OF_AN_EVENT.search(line) else ()


def role(roles: tuple[str, ...], number: int) -> str:
    """What the day of this number (from 0) in a row is; more days than columns are like the last one."""
    return roles[min(number, len(roles) - 1)]


# "Görüş bildirme takvimi:" and a line for each group below it.
_CALENDAR = re.compile(
    r"\b(?:basvuru|kayit|teklif|tale[pb]|odeme|gorus|bildirim|beyan|teslim|itiraz|bildirme|verme|"
    r"gonderme)\w* "
    r"(?:\w+ )?(?:takvim|gunler|tarihler|son gun|son tarih)\w*(?: [^.;:]{0,40})?:$"
)


_PAID_OUT = re.compile(r"\b(?:hibe|destek|desteg|tesvik|hak ?edis|prim|iade)\w* ")


def _days_of_asking(line: str) -> tuple[str, ...]:
    return (
        (LAST_DAY,)
        if len(line) < LONGEST and _CALENDAR.search(line.strip()) and not _PAID_OUT.search(line)
        else ()
    )


def _day_alone(line: str) -> bool:
    return bool(re.search(r"\b\d{1,2}\.? (?:ocak|subat|mart|nisan|mayis|haziran|temmuz|agustos|eylul|ekim|"
    r"kasim|"
                          r"aralik|january|february|march|april|may|june|july|august|september|october|"
                          r"november|december)\b", line))  # fmt: skip


def _is_listed(line: str, day: int) -> bool:
    return len(line) < LONGEST and bool(_BULLET.match(line[:day])) and not _NO_EVENTS.search(line[:day])


@lru_cache(maxsize=2048)  # asked for days and for terms
def _roles(line: str) -> tuple[str, ...]:
    if len(line) > LONGEST or _PROSE.search(line.strip()) or len(line.split()) > 16:
        return ()
    named = list(_COLUMN.finditer(line))
    rest = _COLUMN.sub(" ", line)
    anew = any(match["new"] for match in named)
    old_and_new = len(named) == 2 and not rest.strip() and bool(named[0]["other"]) != bool(named[1]["other"])
    if not named or not ((anew and len(named) > 1) or old_and_new or _OTHER_COLUMN.search(rest)):
        return ()
    plain = STEP if _STEPS.match(line) else EVENT
    compared = anew and any(match["other"] for match in named)
    return tuple(
        LAST_DAY
        if match["last"]
        else OTHER
        if match["other"]
        else NEW
        if match["new"] and compared
        else plain
        for match in named
    )

"""Last days that count back from an event, a closing or an entry into force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from datetime import date, time

from bot.domain.notice import Deadline
from bot.understanding.counting import BY_OTHERS, TR_UNIT, N, count, day_in_force, number_of, quoted
from bot.understanding.dates import find_dates
from bot.understanding.given import given_to_them
from bot.understanding.marks import THEY_WILL, asks

_BEFORE_EVENT = re.compile(
    r"(?:en az|en gec|at least)\s" + N + TR_UNIT + r"\w*\s(?:once|evvel|kala|oncesin)"
    r"|" + N.replace("<n>", "<n4>") + r" (?P<work4>is )?(?P<unit4>gun|hafta|ay) onceden\b"
    r"|(?<!den )(?<!dan )(?<!ten )(?<!tan )"
    + N.replace("<n>", "<n3>")
    + r" (?P<work3>is )?(?P<unit3>gun|hafta|ay) once(?:sine|ye) (?:kadar|dek|degin)"
    r"|(?:\b(?:ilk )?(?:modul|ders|etap)|ilk gun|egitim|toplanti|seminer|webinar|fuar|etkinli[kg]|heyet|kurs|"
    r"sinav|program|oturum|calistay|"
    r"konferans|"
    r"genel kurul|zirve|forum|organizasyon|"
    r"secim|ihale|gezi|ziyaret|kamp|yarisma|panel|kongre|sempozyum|brifing|lansman|toren|sergi|muzayede|"
    r"kapanis|acilis|baslangic|son basvuru|son teklif)\w*(?: (?:baslangic|baslama|acilis|"
    r"ilk)\w*)?(?: tarihi?n?den| "
    r"gunu?nden)? (?:en (?:az|gec|son) )?"
    + N.replace("<n>", "<n2>")
    + r" (?P<work2>is )?(?P<unit2>gun|hafta|ay)\w{0,2} once(?:si|sine|sinde|sinden|den|ye)?\b"
)


_HOUR_AFTER = re.compile(
    r"[^.;]{0,12}?saat (?P<h>[01]?\d|2[0-3])[.:](?P<m>[0-5]\d)'?[a-z]{0,3} (?:kadar|dek|degin|kapan|bit|"
    r"sona er|itibar)"
)


_BEFORE_EVENT_EN = re.compile(
    r"(?:(?:no later than|not later than|at least|latest|until|up to|by) |(?<!\w)"
    r"(?=(?:\d{1,2}|an?|one|two|three|four|five|six|seven|ten|fifteen|thirty) (?:working |"
    r"business )?(?:days?|weeks?|months?) (?:before|ahead of|prior to|in advance of) (?:the |its |our |"
    r"your )?(?:clos|deadline|"
    r"event|meeting|session|start|open|begin|first|workshop|fair|exhibition|show|trip|"
    r"mission|departure|arrival|webinar|seminar|conference|congress|assembly|hearing|course|training|visit|summit|forum|"
    r"auction|"
    r"info|set-?up|build-?up)))"
    + N.replace("|one|", "|an?|one|")
    + r" (?P<work>working |business )?(?P<unit>day|week|month)s? "
    r"(?:before|prior to|ahead of|in advance|beforehand|ahead)(?! (?:that|this|the said|such) (?:date|day))"
)


# "Katılım bağlantısı seminerden bir gün önce paylaşılacaktır": sent to those who are registered.
_ACCESS = re.compile(r"\b(?:baglanti|link|giris bilgi|sifre|parola|davetiye|erisim bilgi)\w*[^.;]{0,50}$")
_SENT_OUT = re.compile(r"[^.;]{0,50}\b(?:gonderil|iletil|paylasil|bildiril|duyurul)[ae]c")


_OF_CLOSING = re.compile(
    r"(?:kapanis|son basvuru|son tarih|son gun|bitis|closing date|deadline)\w*(?: tarih\w*| gun\w*)?"
    r"(?: en (?:az|gec))?\s?$"
)


_BEFORE_CLOSING = re.compile(r"kapanis|son (?:basvuru|teklif)")
# "Requests will be answered if received at least ten days before …": the reader's condition.
_UNLESS = re.compile(r"\b(?:if|provided(?: that)?|when|where|unless|only)\b")
_MUST_EN = re.compile(
    r"\b(?:(?:falls?|is|are|becomes?) (?:due|payable|expected|wanted|needed)|must|should|(?:is|are) to|"
    r"ha(?:s|ve) to|needs? to|please)\b[^.;]{0,60}$"
)
# "fuardan 20 gün önce bitmiş olmalı": a duty, whatever its verb
_MUST = re.compile(
    r"[^.;]{0,60}\b(?:\w{2,}m[ae]l[iu](?:d[iu]r|y[iu]z|s[iu]n[iu]z|l[ae]r)?\b|\w{3,}m[ae]s[iu] (?:gerek|"
    r"zorunlu|sart\b))"
)
_OF_CLOSING_EN = re.compile(
    r" (?:the |that )?(?:\w+ )?(?:closing|closes|deadline|end of the (?:consultation|call|window))"
)


# "ten days ahead of the meeting on 15 January": the day counted from follows.
_NAMED_AFTER = re.compile(
    r" (?:the |its |our |their )?(?:[a-z-]+ ){0,5}?(?:on|of|scheduled for|held on|"
    r"\()\s?(?:[a-z]+day,? )?(?:the )?(?=\d)"
)


_ON_THE_DAY = re.compile(
    r"\b(?:egitim|toplanti|seminer|webinar|fuar|etkinli[kg]|calistay|program|oturum|"
    r"sinav)\w{0,4} gun(?:une|u saat "
    r"(?P<h>[01]?\d|2[0-3])[.:](?P<m>[0-5]\d)'?[a-z]{0,3}) (?:kadar|dek|degin)"
)


_COUNTED_BACK_HINT = re.compile(
    r"once|evvel|\bkala\b|gunu saat|gunune|before|prior to|ahead|in advance|"
    r"beforehand"
)


def _counted_in(pattern: re.Pattern[str], folded: str) -> Iterator[re.Match[str]]:
    """Matches in the paragraphs that hold a word of counting back: few do."""
    start = 0
    while start < len(folded):
        end = folded.find("\n\n", start)
        end = len(folded) if end < 0 else end
        if _COUNTED_BACK_HINT.search(folded, start, end):
            yield from pattern.finditer(folded, start, end)
        start = end + 2


def before_events(
    text: str, folded: str, days: Sequence[date], last_day: date | None = None, *, each: bool = True
) -> list[Deadline]:
    """Last days that count back from the start of the notice's event, or from that of each of its sessions.

    ``days``: their first days; without any the last days have no date. ``each``: a table lists them as
    sessions; else later days are a fallback or another part. ``last_day``: the notice's first last
    day, for what counts back from the closing of a call.
    """
    if not _COUNTED_BACK_HINT.search(folded):
        return []
    made: dict[Deadline, None] = {}
    starts: Sequence[date | None] = (days if each else days[:1]) or [None]
    for match in _ON_THE_DAY.finditer(folded):
        if asks(folded[max(0, match.start() - 100) : match.end() + 120]):
            hour = time(int(match["h"]), int(match["m"])) if match["h"] else None
            for day in starts:
                made.setdefault(replace(quoted(text, match, day), time=hour))
    for match in _DAY_BEFORE.finditer(folded):
        if asks(folded[max(0, match.start() - 160) : match.end() + 120]):
            hour = time(int(match["h"]), int(match["mm"])) if match["h"] else None
            for day in starts:
                eve = count(day, -1, "gun", bool(match["work"])) if day else None
                made.setdefault(replace(quoted(text, match, eve), time=hour))
    for match in _EVE_EN.finditer(folded):
        before = folded[max(0, match.start() - 120) : match.start()]
        if asks(before + folded[match.start() : match.end() + 60]):
            every = days if _EACH_OF_THEM.search(before) else days[:1]
            made |= dict.fromkeys(quoted(text, match, count(day, -1, "day", False)) for day in every)
    for pattern in (_BEFORE_EVENT, _BEFORE_EVENT_EN):
        for match in _counted_in(pattern, folded):
            before = folded[max(0, match.start() - 160) : match.start()]
            after = folded[match.end() : match.end() + 120]
            if _FROM_THAT_DAY.search(before[-30:]):
                continue  # counted where days are named
            if THEY_WILL.search(_UNLESS.split(before)[-1][-80:]) or given_to_them(after):
                continue
            if _ACCESS.search(before[-80:] + match[0]) and _SENT_OUT.match(folded, match.end()):
                continue
            closing = (
                _OF_CLOSING.search(before[-50:])
                or _BEFORE_CLOSING.match(match[0])
                or _OF_CLOSING_EN.match(folded, match.end())
            )
            asked = asks(before + match[0] + after) or _MUST_EN.search(before) or _MUST.match(after)
            if not (closing or asked):
                continue
            if _END_OF_A_TERM.search(before[-50:]) and not closing:
                continue
            bases: Sequence[date | None] = [last_day] if closing and last_day else starts
            if _FIRST_OF.search(before[-5:] + match[0]):
                bases = bases[:1]
            named = _NAMED_AFTER.match(folded, match.end())
            if named and pattern is _BEFORE_EVENT_EN:
                counted = next(find_dates(folded[named.end() : named.end() + 30], None), None)
                bases = [counted.first] if counted and counted.start == 0 else bases
            if told := _from_a_named_day(before):
                bases = [told]
            if _IN_FORCE_BEFORE.search(before[-50:]):
                bases = [day_in_force(folded)]
            made |= dict.fromkeys(_counted_back(text, folded, match, base) for base in bases)
    return list(made)


def only_range(folded: str, reference: date | None, last_days: Set[date | None]) -> list[date]:
    """The first day of the one range of days to come that the text names, where no event was told: "20-22
    Nisan 2027. Fas'ın en büyük boya fuarı." Nothing if there are several, or it is a time to apply in."""
    if reference is None or not _COUNTED_BACK_HINT.search(folded):
        return []
    ranges = [one for one in find_dates(folded, reference) if one.ranged and one.first >= reference]
    named = {(one.first, one.last) for one in ranges if one.year_given}
    if len(named) != 1 or any(last in last_days for _, last in named):
        return []
    return [named.pop()[0]]


# "fuarın bitiş tarihinden itibaren üç ay içinde"
FROM_AN_EVENTS_END = re.compile(
    r"\b(?:fuar|heyet|etkinli[kg]|egitim|organizasyon|toplanti|program|gorev|seyahat)\w* (?:bitis|bitim|"
    r"bittig|sona er|"
    r"kapanis|tamamlan|son gun)\w*(?: tarih\w*| gun\w*)? (?:itibaren|izleyen|takip eden|takiben|"
    r"sonra)\w*(?: en gec)? ?$|"
    r"\b(?:fuar|heyet|etkinli[kg]|egitim|organizasyon|toplanti|gorev|seyahat)\w* sonra(?:si|sinda|"
    r"ki)?(?: en gec)? $"
)
_REFUNDS = re.compile(r"\biade(?:ler|ler[iu]|si)\b")
# "dinleme toplantısından yedi gün sonrasına kadar"
_TILL_AFTER = re.compile(
    r"(?:toplanti|fuar|egitim|heyet|durusma|seminer|calistay|etkinli[kg])\w*[dt][ae]n (?:en gec )?"
    + N
    + TR_UNIT
    + r"\w{0,4} sonrasina (?:kadar|dek|degin)"
)
_AFTER_ITS_END = re.compile(N + TR_UNIT + r"\w{0,4} (?:icinde|icerisinde|zarfinda)")


def after_events(text: str, folded: str, last: date | None) -> list[Deadline]:
    """Last days that count from the end of the notice's event, which is on ``last``."""
    made: dict[Deadline, None] = {}
    for match in _TILL_AFTER.finditer(folded):
        if asks(folded[max(0, match.start() - 100) : match.end() + 120]):
            day = count(last, number_of(match["n"]), match["unit"], bool(match["work"])) if last else None
            made.setdefault(quoted(text, match, day))
    for match in _AFTER_ITS_END.finditer(folded):
        before = folded[max(0, match.start() - 90) : match.start()]
        if BY_OTHERS.match(folded[match.end() :].strip()) or _REFUNDS.search(before):
            continue
        if FROM_AN_EVENTS_END.search(before) and asks(folded[match.end() : match.end() + 120]):
            if last is None:  # an event that is over: its days are the last ones told
                told = list(find_dates(folded[max(0, match.start() - 300) : match.start()], None))
                last = told[-1].last if told else None
            day = count(last, number_of(match["n"]), match["unit"], bool(match["work"])) if last else None
            made.setdefault(quoted(text, match, day))
    return list(made)


# "up to the day before": the eve of each session
_EVE_EN = re.compile(r"\b(?:up to|until|till|by|no later than) the (?:day|evening) before\b")
_EACH_OF_THEM = re.compile(r"\b(?:either|each|both|every)\b")
# "toplantıdan önceki gün saat 17.00’ye kadar"
_DAY_BEFORE = re.compile(
    r"\b(?:egitim|toplanti|seminer|webinar|fuar|etkinli[kg]|calistay|program|oturum|sinav|genel kurul|"
    r"ihale)\w*"
    r"(?: tarihinden| gununden)? (?:bir )?onceki (?P<work>is )?gun[ue]?(?: saat (?P<h>[01]?\d|2[0-3])[.:]"
    r"(?P<mm>[0-5]\d)'?[a-z]{0,3})?(?: mesai (?:saati )?(?:bitimine|sonuna)| sonuna)? (?:kadar|dek|degin)"
)


# "ruhsat süresinin bitiminden en az altı ay önce": counted from no event.
_END_OF_A_TERM = re.compile(r"\b(?:bitim|sona erme|dolma)\w*(?: tarihinden)? $")


# "sona erme tarihi olan 10 Mart 2027'den en az üç ay önce": the day itself stands there.
_FROM_IT = re.compile(r"(?:'?[dt][ae]n|(?: tarihi| gunu)nden) $")


def _from_a_named_day(before: str) -> date | None:
    named = list(find_dates(before[-60:], None))
    return named[-1].last if named and _FROM_IT.fullmatch(before[-60:], named[-1].end) else None


_FROM_THAT_DAY = re.compile(
    r"\b(?:bu|anilan|soz konusu|belirtilen|mezkur) (?:tarih|gun)\w* $|\b(?:ondan|bundan) $"
)
_FIRST_OF = re.compile(r"\bilk \w")


_IN_FORCE_BEFORE = re.compile(r"yururlu\w+ (?:gir\w+ )?(?:tarih\w+ )?$")


def _counted_back(text: str, folded: str, match: re.Match[str], base: date | None) -> Deadline:
    said = {key.rstrip("234"): value for key, value in match.groupdict().items() if value}
    day = count(base, -number_of(said["n"]), said["unit"], "work" in said) if base else None
    one = quoted(text, match, day)
    hour = _HOUR_AFTER.match(folded, match.end())
    return replace(one, time=time(int(hour["h"]), int(hour["m"]))) if hour else one

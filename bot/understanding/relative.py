"""Deadlines that count from another day: "within thirty days of publication", "the 27th of this month"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from bot.domain.notice import Deadline
from bot.understanding.dates import MONTHS, find_dates
from bot.understanding.duty import only_holds
from bot.understanding.marks import THEY_WILL, asks

_NUMBERS = {
    "bir": 1, "iki": 2, "uc": 3, "dort": 4, "bes": 5, "alti": 6, "yedi": 7, "sekiz": 8, "dokuz": 9, "on": 10,
    "on bes": 15, "onbes": 15, "yirmi": 20, "yirmi bir": 21, "otuz": 30, "otuz yedi": 37, "kirk bes": 45,
    "altmis": 60, "doksan": 90,
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10,
    "fifteen": 15, "twenty": 20, "twenty-one": 21, "thirty": 30, "forty-five": 45, "sixty": 60, "ninety": 90,
}  # fmt: skip
_N = (
    r"(?<![\w.,/])(?P<n>\d{1,3}|"
    + "|".join(sorted(_NUMBERS.keys() - {"a", "an"}, key=len, reverse=True))
    + r")"
)
_TR_UNIT = r"\)?\s(?:\([\w ]{1,12}\)\s)?(?P<work>is )?(?P<unit>gun|hafta|ay|yil)"
_WITHIN = re.compile(
    _N
    + _TR_UNIT
    + r"(?:luk|lik)?(?:\s?sure)?\w{0,4}\s(?:icinde|icerisinde|zarfinda|sonuna kadar|sonunda|tanin|"
    r"ongorul|belirlen|verilmi|"
    r"mehil|sure(?:leri)? (?:var|bulun)|"
    r"(?:sureyle|sure ile|boyunca) (?:kabul|alin|basvur|gorus|yorum|itiraz))"
    r"|" + _N.replace("<n>", "<n2>") + r"\)?\s(?P<work2>is )?(?P<unit2>gun|hafta|ay)(?:d[iu]r\b| oldug)"
)
_WITHIN_EN = re.compile(
    r"(?:within|no later than|not later than|have|has|given|(?:period|time limit) of) "
    + _N
    + r" (?:\(\d+\) )?(?:calendar )?(?P<work>working |business )?(?P<unit>day|week|month)s?"
    r" (?:of|from|after|following) (?P<base>[a-z ]{2,60})"
)
_WITHIN_EN_DAY = re.compile(
    r"within " + _N + r" (?:\(\d+\) )?(?:calendar )?(?P<work>working |business )?(?P<unit>day|week|month)s?"
    r" (?:of|from|after|following) (?=(?:[a-z]+day,? )?(?:the )?\d)"
)
_FROM = re.compile(
    r"itibaren|baslamak uzere|baslayarak|izleyen|takip eden|takiben|sonra(?:ki)?\b|muteakip|en gec\s?\(?$"
)
_THIS_LETTER = re.compile(
    r"(?:\bbu|\bisbu)\s(?:sirkuler|yazi|mektub|e-?posta|duyuru)\w*|(?:sirkuler|yazi|mektub|duyuru)\w*m[iu]z"
)
# "takip eden günden itibaren": the count starts a day later.
_DAY_AFTER = re.compile(r"(?:izleyen|takip eden|sonraki|ertesi) (?:gunden|gun) (?:itibaren|baslayarak)")
_IN_FORCE = re.compile(r"ent(?:ry|ers?|ered) into force")
_DAY_FOLLOWING = re.compile(r"\bday (?:following|after) (?:that of |the date of )?(?:its|the) publication")
_PUBLISHED = re.compile(r"yayi[mn]|ilan|teblig|gazete|duyuru|publication|initiation|official journal")
_OTHERS = re.compile(
    r"iade|degerlendiril|sonuclandiril|yururlu|enter into force|odeme yapil|cevaplan(?:ac|ir|makta)|"
    r"tamamlanac|sonuclanac|bitiril|yayimlan(?:ac|ir)|ilan edil|"
    r"tarafimizca"
)
_BEFORE_EVENT = re.compile(
    r"(?:en az|en gec|at least)\s" + _N + _TR_UNIT + r"\w*\s(?:once|evvel|kala|oncesin)"
    r"|(?<!den )(?<!dan )(?<!ten )(?<!tan )"
    + _N.replace("<n>", "<n3>")
    + r" (?P<work3>is )?(?P<unit3>gun|hafta|ay) once(?:sine|ye) (?:kadar|dek|degin)"
    r"|(?:\b(?:ilk )?(?:modul|ders|etap)|egitim|toplanti|seminer|webinar|fuar|etkinli[kg]|heyet|kurs|"
    r"sinav|program|oturum|calistay|"
    r"konferans|"
    r"genel kurul|zirve|forum|organizasyon)\w*(?: (?:baslangic|baslama|acilis|ilk)\w*)?(?: tarihi?n?den| "
    r"gunu?nden)? (?:en (?:az|gec|son) )?"
    + _N.replace("<n>", "<n2>")
    + r" (?P<work2>is )?(?P<unit2>gun|hafta|ay)\w{0,2} once(?:si|sine|sinde|sinden|den|ye)?\b"
)
_HOUR_AFTER = re.compile(
    r"[^.;]{0,12}?saat (?P<h>[01]?\d|2[0-3])[.:](?P<m>[0-5]\d)'?[a-z]{0,3} (?:kadar|"
    r"dek)"
)
_BEFORE_EVENT_EN = re.compile(
    r"(?:(?:no later than|not later than|at least|latest|until|up to|by) |(?<!\w)"
    r"(?=(?:\d{1,2}|an?|one|two|three|four|five|six|seven|ten|fifteen|thirty) (?:working |"
    r"business )?(?:days?|weeks?) (?:before|ahead of|prior to) (?:the )?(?:clos|deadline|event|meeting|"
    r"session|start|"
    r"workshop|fair)))"
    + _N.replace("|one|", "|an?|one|")
    + r" (?P<work>working |business )?(?P<unit>day|week|month)s? "
    r"(?:before|prior to|ahead of|in advance|beforehand|ahead)(?! (?:that|this|the said|such) (?:date|day))"
)
_MONTH_DAY = re.compile(
    r"(?P<which>bu|icinde bulundugumuz|onumuzdeki|gelecek) ayin (?P<d>[12]?\d|"
    r"3[01])(?:'?[a-z]{1,4})?\b(?=[^.;]{0,40}(?:kadar|dek|onc))"
)
_DAY_WORDS = {
    f"{ten} {one}".strip(): number + digit
    for ten, number in (("", 0), ("on", 10), ("yirmi", 20), ("otuz", 30))
    for one, digit in (("", 0), ("bir", 1), ("iki", 2), ("uc", 3), ("dort", 4), ("bes", 5), ("alti", 6),
                       ("yedi", 7),
                       ("sekiz", 8),
                       ("dokuz", 9))
    if 0 < number + digit <= 31
}  # fmt: skip
# "nisan ayının 25'ine kadar", "nisan ayının yirmi beşine kadar"
_DAY_OF_MONTH = re.compile(
    r"\b(?P<m>"
    + "|".join(sorted(MONTHS, key=len, reverse=True))
    + r") ayi(?:nin)? (?P<d>[12]?\d|3[01]|"
    + "|".join(sorted(_DAY_WORDS, key=len, reverse=True))
    + r")(?:'?[a-z]{1,4})? (?:gunu(?:ne)? |aksamina )?(?:kadar|dek|degin)"
)
_MONTH_END = re.compile(
    r"\b(?P<m>"
    + "|".join(sorted(MONTHS, key=len, reverse=True))
    + r")(?: ayi(?:nin)?)?(?: (?P<y>20\d\d))?'?\w{0,3} sonu(?:na|nun)?(?: (?:mesai bitimine )?(?:kadar|dek))"
    r"|(?:by|before|until) (?:the )?end of (?P<m2>"
    + "|".join(sorted(MONTHS, key=len, reverse=True))
    + r")(?: (?P<y2>20\d\d))?"
)
# "ilk taksit şubat ayı sonuna, ikincisi 30 Nisan’a kadar": both share the "kadar".
_MONTH_END_SHARED = re.compile(
    r"\b(?P<m>"
    + "|".join(sorted(MONTHS, key=len, reverse=True))
    + r")(?: ayi(?:nin)?)? sonuna(?=(?:,| ve| ise)[^.;]{0,60}\d[^.;]{0,30}(?:kadar|dek))"
)
# "mart ve eylül aylarının sonuna kadar"
_MONTH_ENDS = re.compile(
    r"\b(?P<m>"
    + "|".join(name for name in MONTHS if len(name) > 3)
    + r") ve (?P<m2>"
    + "|".join(name for name in MONTHS if len(name) > 3)
    + r") aylari(?:nin)? (?:sonuna|son gunune) (?:kadar|dek)"
)
_YEAR_END = re.compile(
    r"(?:\b(?P<y>20\d\d)? ?(?:yili?|bu yil|yil) sonuna|"
    r"(?<!izleyen )(?<!eden )(?<!sonraki )(?<!her )(?<!ilgili )\b(?P<this>bu ay|ay)(?:in)? sonuna|"
    r"\b(?P<week>bu hafta)(?:nin)? sonuna) (?:kadar(?!ki)|dek)"
)
# "başvuruyu izleyen ayın sonuna kadar": counted from what each reader does himself.
_NEXT_MONTH_END = re.compile(
    r"(?<!donemi )(?<!her ayi )\b(?:izleyen|takip eden) ayin (?:son(?:una|u)|"
    r"\d{1,2}(?:'?[a-z]{1,4})?)(?: gunu(?:ne)?)? (?:kadar|dek)"
)
_DAYS_AWAY = re.compile(r"\b(?P<w>bugun|yarin)\b(?: \w+| \d\d[.:]\d\d(?:'\w+)?){0,4} (?:kadar|dek)\b")


_ENDS_OF_MONTH = re.compile(
    r"\b(?P<m>"
    + "|".join(sorted(MONTHS, key=len, reverse=True))
    + r")(?: (?P<y>20\d\d))? ayi?(?:nin)? son (?P<work>is )?gun(?=[^.;]{0,50}(?:kadar|dek|itibar|once))"
    r"|(?:by|before|until|on) the last (?P<work2>working |business )?day of (?P<m2>"
    + "|".join(sorted(MONTHS, key=len, reverse=True))
    + r")(?: (?P<y2>20\d\d))?"
)


def relative_deadlines(
    original: str,
    sentence: str,
    around: tuple[str, str],
    published: date | None,
    reference: date | None,
) -> list[Deadline]:
    """Last days of one sentence that count from another day; ``date`` None when that day is not given.

    ``sentence`` is ``original`` folded, ``around`` what stands before and after it, ``published`` the
    ``publication`` day. No shift for weekends: a count of calendar days is what circulars mean unless they
    say "iş günü".
    """
    if not asks(sentence):
        return []
    return [
        *_within(original, sentence, around, published, reference),
        *_nth_day(original, sentence, published),
        *_by_that_day(original, sentence, around[0], reference),
        *_same_day(original, sentence, reference),
        *_from_that_day(original, sentence, around[0], reference),
        *_in_month(original, sentence, reference),
    ]


_OF_CLOSING = re.compile(
    r"(?:kapanis|son basvuru|son tarih|son gun|bitis|closing date|deadline)\w*(?: tarih\w*| gun\w*)?"
    r"(?: en (?:az|gec))?\s?$"
)
_OF_CLOSING_EN = re.compile(
    r" (?:the |that )?(?:\w+ )?(?:closing|closes|deadline|end of the (?:consultation|call|window))"
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


def before_events(
    text: str, folded: str, days: Sequence[date], last_day: date | None = None
) -> list[Deadline]:
    """Last days that count back from the start of the notice's event, or from that of each of its sessions.

    ``days``: their first days; without any the last days have no date. ``last_day``: the notice's first last
    day, for what counts back from the closing of a call.
    """
    if not _COUNTED_BACK_HINT.search(folded):
        return []
    made: dict[Deadline, None] = {}
    starts: Sequence[date | None] = days or [None]
    for match in _ON_THE_DAY.finditer(folded):
        if asks(folded[max(0, match.start() - 100) : match.end() + 120]):
            hour = time(int(match["h"]), int(match["m"])) if match["h"] else None
            for day in starts:
                made.setdefault(replace(_quoted(text, match, day), time=hour))
    for match in _DAY_BEFORE.finditer(folded):
        if asks(folded[max(0, match.start() - 160) : match.end() + 120]):
            hour = time(int(match["h"]), int(match["mm"])) if match["h"] else None
            for day in starts:
                eve = _count(day, -1, "gun", bool(match["work"])) if day else None
                made.setdefault(replace(_quoted(text, match, eve), time=hour))
    for pattern in (_BEFORE_EVENT, _BEFORE_EVENT_EN):
        for match in pattern.finditer(folded):
            if asks(folded[max(0, match.start() - 160) : match.end() + 120]):
                closing = _OF_CLOSING.search(folded[max(0, match.start() - 50) : match.start()])
                closing = closing or _OF_CLOSING_EN.match(folded, match.end())
                in_force = _IN_FORCE_BEFORE.search(folded[max(0, match.start() - 50) : match.start()])
                if _END_OF_A_TERM.search(folded[max(0, match.start() - 50) : match.start()]) and not closing:
                    continue
                first = _FIRST_OF.search(folded[max(0, match.start() - 5) : match.end()])
                bases: Sequence[date | None] = [last_day] if closing and last_day else starts
                bases = bases[:1] if first else bases
                if in_force:
                    bases = [_force(folded)]
                made |= dict.fromkeys(_counted_back(text, folded, match, base) for base in bases)
    return list(made)


# "toplantıdan önceki gün saat 17.00’ye kadar"
_DAY_BEFORE = re.compile(
    r"\b(?:egitim|toplanti|seminer|webinar|fuar|etkinli[kg]|calistay|program|oturum|sinav|genel kurul|"
    r"ihale)\w*"
    r"(?: tarihinden| gununden)? (?:bir )?onceki (?P<work>is )?gun[ue]?(?: saat (?P<h>[01]?\d|2[0-3])[.:]"
    r"(?P<mm>[0-5]\d)'?[a-z]{0,3})?(?: mesai (?:saati )?(?:bitimine|sonuna))? (?:kadar|dek|degin)"
)
# "ruhsat süresinin bitiminden en az altı ay önce": counted from no event.
_END_OF_A_TERM = re.compile(r"\b(?:bitim|sona erme|dolma)\w*(?: tarihinden)? $")
_FIRST_OF = re.compile(r"\bilk \w")
_IN_FORCE_BEFORE = re.compile(r"yururlu\w+ (?:gir\w+ )?(?:tarih\w+ )?$")
_BEGINS_THEN = re.compile(r"'?[a-z]{0,4}(?: tarihinde)? (?:yururlu|baslayac|uygulanmaya)")


def _force(folded: str) -> date | None:
    """The day that a rule comes into force by the text."""
    return next((one.first for one in find_dates(folded, None) if _BEGINS_THEN.match(folded, one.end)), None)


def _counted_back(text: str, folded: str, match: re.Match[str], base: date | None) -> Deadline:
    said = {key.rstrip("23"): value for key, value in match.groupdict().items() if value}
    day = _count(base, -_number(said["n"]), said["unit"], "work" in said) if base else None
    one = _quoted(text, match, day)
    hour = _HOUR_AFTER.match(folded, match.end())
    return replace(one, time=time(int(hour["h"]), int(hour["m"]))) if hour else one


# "5 iş günü içinde itiraz etmesi gerekmektedir": a term whose beginning is not told.
_MUST = re.compile(
    r"\w* (?:\S+ ){0,3}(?:iade|itiraz|bildir|basvur|gonder|ilet|tamamla|teslim|yatir|ode|sun|ulastir|cevap|"
    r"yanit)\w*(?: \S+){0,3} "
    r"(?:gerek|zorunlu|sart\b|rica)"
)
# "45 gün içinde tescil edilecek beyannameler": the term sorts papers.
_SORTED_BY = re.compile(
    r"\w* (?:\w+ )?(?:tescil|ithal|ihrac|sevk|uret|yukle)\w*(?: edil)?(?:ec[ae]k|en|mis|il[ae]n|ilec[ae]k|"
    r"\w*[ae]c[ae]k) \w+"
    r"|[^.;]{0,110}(?:uygulanmayac|kapsam disi)"
)
_FROM_FORCE = re.compile(r"yururlu\w+(?: gir\w+)?(?: tarih\w+)? (?:itibaren|izleyen|sonra)")
_FORCE_AT_ONCE = re.compile(r"yayi[mn]\w* (?:tarihinde|gunu|tarihi itibar\w*) yururlu")
_FORCE_COUNTED = re.compile(
    r"yayi[mn]\w*(?: tarih\w*)?(?: itibaren| (?:takip eden|izleyen))? (?P<n>\d{1,3}|"
    r"[a-z]{2,8})(?:'?[iu]?nci|'?[iu]ncu| inci| uncu|"
    r" nci)? gun(?:unde|u|den)?[^.;]{0,16} yururlu"
)


def _force_counted(folded: str, published: date | None) -> date | None:
    """ "yayımını takip eden 15 inci gün yürürlüğe girer": counted from the day of publication."""
    match = _FORCE_COUNTED.search(folded)
    if match is None or published is None:
        return None
    number = int(match["n"]) if match["n"].isdigit() else _NUMBERS.get(re.sub(r"[iu]nc[iu]$", "", match["n"]))
    return published + timedelta(days=number) if number else None


def _within(
    original: str,
    sentence: str,
    around: tuple[str, str],
    published: date | None,
    reference: date | None,
) -> Iterator[Deadline]:
    for match in _WITHIN.finditer(sentence):
        before = sentence[max(0, match.start() - 100) : match.start()]
        if re.search(r"\b(?:iade(?:ler|si)|odemeler)\b", before) and re.match(
            r" (?:yap|gercek|ode)", sentence[match.end() :]
        ):
            continue
        if _SORTED_BY.match(sentence, match.end()):
            continue
        if not _FROM.search(before) and _MUST.match(sentence, match.end()):
            yield _counted(original, match, match.start(), None)
            continue
        if not _FROM.search(before) or _OTHERS.search(sentence[match.end() : match.end() + 60]):
            continue
        if _THIS_LETTER.search(before[-70:]) and not re.search(r"gazete", before):
            base = reference
        else:
            base = published if _PUBLISHED.search(before[-70:]) else None
            if "ilan tarih" in before[-40:] and re.search(r"ilan edile?cek", around[0][-160:]):
                base = None  # of results that are still to be announced
        base = (
            _named_day(before)
            or base
            or _closing_day(around[0] + sentence[: match.start()], reference)
            or _opened_day(sentence, before, reference)
        )
        if base and _DAY_AFTER.search(before[-70:]):
            base += timedelta(days=1)
        if _FROM_FORCE.search(before[-60:]):
            whole = around[0] + sentence + around[1]
            base = _force(whole) or _force_counted(whole, published)
            if base is None and _FORCE_AT_ONCE.search(whole):
                base = published
        yield _counted(original, match, max(0, match.start() - 60), base)
    for match in _WITHIN_EN_DAY.finditer(sentence):
        following = next(find_dates(sentence[match.end() : match.end() + 40], reference), None)
        if following is not None and following.start <= 12:
            yield _counted(original, match, match.start(), following.first)
    for match in _WITHIN_EN.finditer(sentence):
        if re.match(r"[^.;]{0,40}enter into force", sentence[match.end() :]):
            continue
        named = match["base"]
        base = published if _PUBLISHED.search(named) else None
        if re.match(r"(?:the date of )?this (?:letter|circular|message)", named):
            base = reference
        if published and _IN_FORCE.search(named):
            base = published + timedelta(days=1) if _DAY_FOLLOWING.search(sentence) else None
        yield _counted(original, match, match.start(), base)


# "yayımını izleyen on beşinci günün mesai bitimine kadar"
_NTH_DAY = re.compile(
    r"(?:izleyen|takip eden|muteakip) (?P<n>\d{1,3}|[a-z]{2,6}(?: [a-z]{2,6})?)(?:'? ?[iu]?nc[iu]) gun\w*"
    r"(?: [a-z]{3,9}){0,3} (?:kadar|dek|degin)"
)


def _nth_day(original: str, sentence: str, published: date | None) -> Iterator[Deadline]:
    for match in _NTH_DAY.finditer(sentence):
        word = re.sub(r"[iu]$", "", match["n"]) if match["n"] not in _NUMBERS else match["n"]
        number = int(word) if word.isdigit() else _NUMBERS.get(word)
        counted = (
            published if _PUBLISHED.search(sentence[max(0, match.start() - 70) : match.start()]) else None
        )
        if number:
            yield _quoted(original, match, counted and counted + timedelta(days=number))


_COUNTED_FROM = re.compile(
    r"'?[a-z]{0,4}(?: tarih[a-z]*| gun[a-z]*)? (?:itibaren|izleyen|takip eden|"
    r"sonra(?:ki)?)(?: [a-z]+den itibaren)?"
    r"(?: en gec)? ?\(?$"
)


_OPENING_DAY = re.compile(r"\b(?:acilis|baslangic|baslama|acilma)\w* tarihin")
_OPENED_THEN = re.compile(r"[^.;]{0,60}(?:sorusturma|inceleme|gozden gecirme)\w* (?:acil|baslat)")


def _opened_day(sentence: str, before: str, reference: date | None) -> date | None:
    """ "açılış tarihinden itibaren": the day on which the sentence tells a proceeding was opened."""
    if not _OPENING_DAY.search(before[-70:]):
        return None
    opened = (one.first for one in find_dates(sentence, reference) if _OPENED_THEN.match(sentence, one.end))
    return next(opened, None)


_FROM_THE_CLOSING = re.compile(
    r"\b(?:bitim|bitis|kapanis|sona erme|dolma|son gunu)\w* (?:tarihin\w* )?(?:itibaren|sonra)"
)


def _closing_day(before: str, reference: date | None) -> date | None:
    """ "kayıt bitiminden itibaren": the day that the sentence told last."""
    if not _FROM_THE_CLOSING.search(before[-60:]):
        return None
    named = list(find_dates(before, reference))
    return named[-1].last if named else None


def _named_day(before: str) -> date | None:
    """ "27 Şubat 2026 tarihinden itibaren": the day itself stands before the count."""
    for one in reversed(list(find_dates(before, None))):
        if _COUNTED_FROM.match(before, one.end):
            return one.last
    return None


_BY_THAT_DAY = re.compile(
    r"\b(?:bu|anilan|soz konusu|belirtilen|mezkur) (?:tarihe|gune) (?:kadar|dek|degin)"
    r"|(?:bu|anilan|soz konusu|belirtilen|mezkur) tarihten once(?! \w+(?:mis|mus|[ae]n|digi|dugu|tigi)\b)"
)


def _by_that_day(original: str, sentence: str, earlier: str, reference: date | None) -> Iterator[Deadline]:
    """ "… yürürlüğe girecek olup hazırlıkların bu tarihe kadar tamamlanması gerekir": the day named last."""
    for match in _BY_THAT_DAY.finditer(sentence):
        named = list(find_dates(earlier + sentence[: match.start()], reference))
        clause = sentence[match.end() : match.end() + 110]
        if not named or not asks(clause) or only_holds(sentence, match.start(), match.start()):
            continue
        if reference is None or named[-1].last >= reference:
            yield replace(_quoted(original, match, named[-1].last), relative=False)


_SAME_DAY = re.compile(
    r"\bayni gun(?:u)?,? (?:en gec )?saat (?P<h>[01]?\d|2[0-3])[.:](?P<m>[0-5]\d)'?[a-z]{0,3} (?:kadar|"
    r"dek|degin)"
)


def _same_day(original: str, sentence: str, reference: date | None) -> Iterator[Deadline]:
    """ "… yapılacak olup teklifler aynı gün saat 10.00’a kadar": the day that the sentence named last."""
    for match in _SAME_DAY.finditer(sentence):
        named = list(find_dates(sentence[: match.start()], reference))
        if named:
            one = _quoted(original, match, named[-1].last)
            yield replace(one, time=time(int(match["h"]), int(match["m"])))


_FROM_THAT_DAY = re.compile(
    r"(?:(?:anilan|bu|soz konusu|belirtilen|mezkur) (?:tarih|gun)|\b(?:bitim|bitis|sona erme|dolma))\w*"
    r"(?: tarih\w*)? (?:en (?:az|gec) )?" + _N + _TR_UNIT + r"\w* (?P<way>once|evvel|sonra)\w*"
)


_FROM_THAT_DAY_EN = re.compile(
    _N + r" (?:\(\d+\) )?(?:calendar )?(?P<work>working |business )?(?P<unit>day|week|month)s?"
    r" (?P<way>before|prior to|ahead of|after|following) (?:that|this|the said|such) (?:date|day)"
)


def _from_that_day(original: str, sentence: str, earlier: str, reference: date | None) -> Iterator[Deadline]:
    """ "anılan tarihten 5 gün önce": counted from the day that the sentence named last."""
    turkish = [(one, sentence[one.end() : one.end() + 90]) for one in _FROM_THAT_DAY.finditer(sentence)]
    english = [(one, sentence) for one in _FROM_THAT_DAY_EN.finditer(sentence)]
    for match, asked in (*turkish, *english):
        named = list(find_dates(earlier + sentence[: match.start()], reference))
        if named and asks(asked):
            number = _number(match["n"]) * (1 if match["way"] in ("sonra", "after", "following") else -1)
            day = _count(named[-1].last, number, match["unit"], bool(match["work"]))
            if reference is None or day >= reference:
                yield _quoted(original, match, day)


def _counted(original: str, match: re.Match[str], start: int, base: date | None) -> Deadline:
    said = {key.rstrip("23"): value for key, value in match.groupdict().items() if value}
    day = _count(base, _number(said["n"]), said["unit"], "work" in said) if base else None
    rest = re.match(r"\w*", original[match.end() :])
    words = original[start : match.end() + (rest.end() if rest else 0)]
    if start and original[start - 1].isalnum():
        words = words.partition(" ")[2]
    return _relative(day, " ".join(words.split()))


# Without any of these no form below can match: most sentences are through at once.
_MONTH_HINT = re.compile(r"\bay(?:i|in|lari)\w*\b|sonu|bugun|yarin|\bend of|last (?:working |business )?day")


def _in_month(original: str, sentence: str, reference: date | None) -> Iterator[Deadline]:
    if reference is None or not _MONTH_HINT.search(sentence):
        return
    for match in _MONTH_DAY.finditer(sentence):
        month = (
            reference
            if match["which"] in ("bu", "icinde bulundugumuz")
            else _count(reference, 1, "ay", False)
        )
        if int(match["d"]) <= monthrange(month.year, month.month)[1]:
            yield _quoted(original, match, month.replace(day=int(match["d"])))
    for match in _DAY_OF_MONTH.finditer(sentence):
        number, written = MONTHS[match["m"]], match["d"]
        year = reference.year + (number < reference.month)
        chosen = int(written) if written.isdigit() else _DAY_WORDS[written]
        if chosen <= monthrange(year, number)[1]:
            yield _quoted(original, match, date(year, number, chosen))
    for match in _MONTH_END.finditer(sentence):
        if _OTHERS.match(sentence[match.end() :].strip()) or THEY_WILL.search(sentence[: match.start()]):
            continue
        if re.search(r"karar\w*(?: ise)? $", sentence[: match.start()]):  # what an authority decides by then
            continue
        number = MONTHS[match["m"] or match["m2"]]
        written = match["y"] or match["y2"]
        year = int(written) if written else reference.year + (number < reference.month)
        day = date(year, number, monthrange(year, number)[1])
        if day >= reference:
            yield Deadline(
                day, None, False, " ".join(original[match.start() : match.end()].split()), None, 0.7
            )
    for match in _MONTH_ENDS.finditer(sentence):
        for name in (match["m"], match["m2"]):
            year = reference.year + (MONTHS[name] < reference.month)
            day = date(year, MONTHS[name], monthrange(year, MONTHS[name])[1])
            yield replace(_quoted(original, match, day), relative=False)
    for match in _MONTH_END_SHARED.finditer(sentence):
        number = MONTHS[match["m"]]
        year = reference.year + (number < reference.month)
        yield replace(
            _quoted(original, match, date(year, number, monthrange(year, number)[1])), relative=False
        )
    for match in _ENDS_OF_MONTH.finditer(sentence):
        number = MONTHS[match["m"] or match["m2"]]
        year = int(match["y"] or match["y2"] or reference.year + (number < reference.month))
        day = date(year, number, monthrange(year, number)[1])
        while (match["work"] or match["work2"]) and day.weekday() > 4:
            day -= timedelta(days=1)
        yield _quoted(original, match, day)
        yield from _earlier_months(original, sentence, match, day)
    for match in _YEAR_END.finditer(sentence):
        if _OTHERS.match(sentence[match.end() :].strip()) or re.match(
            r" (?:tamamlanac|yapilac|surec|gecerli|sonuclan)", sentence[match.end() :]
        ):
            continue
        if match["this"]:
            day = reference.replace(day=monthrange(reference.year, reference.month)[1])
        elif match["week"]:
            day = reference + timedelta(days=(4 - reference.weekday()) % 7)
        else:
            day = date(int(match["y"] or reference.year), 12, 31)
        yield _quoted(original, match, day)
    for match in _NEXT_MONTH_END.finditer(sentence):
        yield _quoted(original, match, None)
    for match in _DAYS_AWAY.finditer(sentence):
        yield _quoted(original, match, reference + timedelta(days=match["w"] == "yarin"))


_MONTH_BEFORE = re.compile(
    r"(?<!\d )\b(" + "|".join(name for name in MONTHS if len(name) > 3) + r")(?: ayi\w*)?,? [^.;\d]{0,30}$"
)


def _earlier_months(original: str, sentence: str, match: re.Match[str], day: date) -> Iterator[Deadline]:
    """ "mart, ikinci taksidi ise haziran ayının son günü": the month before shares the last day."""
    before = _MONTH_BEFORE.search(sentence[max(0, match.start() - 60) : match.start()])
    if before is None or MONTHS[before[1]] >= day.month:
        return
    number = MONTHS[before[1]]
    first = date(day.year, number, monthrange(day.year, number)[1])
    while (match["work"] or match["work2"]) and first.weekday() > 4:
        first -= timedelta(days=1)
    yield _quoted(original, match, first)


def _quoted(original: str, match: re.Match[str], day: date | None) -> Deadline:
    return _relative(day, " ".join(original[match.start() : match.end()].split()))


def _relative(day: date | None, quote: str) -> Deadline:
    return Deadline(day, None, True, quote, None, 0.7 if day else 0.5)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def publication(folded: str, reference: date | None) -> date | None:
    """The day of publication that the text names beside the gazette."""
    for match in _GAZETTE.finditer(folded):
        after = re.match(r" (?:of|on) [\w ,]{6,24}|.{0,4}\(\d[\w ./]{7,20}\)", folded[match.end() :])
        stop = match.end() + after.end() if after else match.end()
        before = folded[max(0, match.start() - 70) : stop]
        dates = list(find_dates(before, reference))
        if dates:
            return dates[-1].first
    return None


_GAZETTE = re.compile(
    r"resmi gazete|official journal|tarihli (?:ve )?(?:\d{4,5}|l \d+) sayili|tarihinde (?:yayimlan|"
    r"ilan edil)|"
    r"published (?:a|the|its)\b|(?:has|was) (?:been )?published\b|published on [\w ]{6,20}|"
    r"date of publication(?: of this notice)?(?=.{0,3}\(\d)"
)


def _count(base: date, number: int, unit: str, working: bool) -> date:
    if unit in ("hafta", "week"):
        return base + timedelta(weeks=number)
    if unit == "yil":
        number, unit = number * 12, "ay"
    if unit in ("ay", "month"):
        months = base.year * 12 + base.month - 1 + number
        year, month = divmod(months, 12)
        return date(year, month + 1, min(base.day, monthrange(year, month + 1)[1]))
    if not working:
        return base + timedelta(days=number)
    step, left, day = (1 if number > 0 else -1), abs(number), base
    while left:
        day += timedelta(days=step)
        left -= day.weekday() < 5
    return day

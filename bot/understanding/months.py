"""Last days told by a month, a week or a year: "the 27th of this month", "by the end of March"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.notice import Deadline
from bot.understanding.counting import BY_OTHERS, count, quoted
from bot.understanding.dates import MONTHS, WEEKDAYS, DateFound, find_dates
from bot.understanding.duty import MOOD, only_holds
from bot.understanding.hours import hour_beside
from bot.understanding.marks import THEY_WILL, asks, joined_dots, told_as_past
from bot.understanding.owed import owed_within

_MONTH_DAY = re.compile(
    r"(?P<which>bu|icinde bulundugumuz|onumuzdeki|gelecek) ayin (?P<d>[12]?\d|"
    r"3[01])(?:'?[a-z]{1,4})?\b(?=[^.;]{0,40}(?:kadar|dek|onc|kapan|bit(?:iyor|ecek|mekte)|sona er|"
    r"son bul|dol(?:uyor|acak|makta)))"
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
    + r")(?:'?[a-z]{1,4})?\b(?=[^.;]{0,40}\b(?:kadar|dek|degin|kapan|sona er|son bul))"
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
    r"\b(?P<all>(?:(?:"
    + "|".join(name for name in MONTHS if len(name) > 3)
    + r")(?:, | ve )){1,11}(?:"
    + "|".join(name for name in MONTHS if len(name) > 3)
    + r")) aylari(?:nin)? (?:sonuna|son gunune|sonu) (?:kadar|dek|itibariyla)"
)


_YEAR_END = re.compile(
    r"(?:\b(?P<y>20\d\d)? ?(?:yili?|bu yil|yil) sonuna|"
    r"(?<!izleyen )(?<!eden )(?<!sonraki )(?<!her )(?<!ilgili )(?<!ayni )(?<!muteakip )(?<!o "
    r")\b(?P<this>(?:bu|onumuzdeki|gelecek) ay|"
    r"ay)(?:in)? sonuna|"
    r"\b(?P<week>(?:bu|onumuzdeki|gelecek) hafta)(?:nin)? sonuna) (?:kadar(?!ki)|dek)"
)


_END_EN = re.compile(
    r"\b(?:by|before|until|till|no later than) (?:the )?end of (?P<which>the|this|next|the (?:coming|next)) "
    r"(?:(?:working|business|current|same) )?(?P<unit>week|month)\b(?! (?:of|in|following|after)\b)|"
    r"\b(?:by|before|until) (?P<which2>month)[ -]end\b"
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


# "24 Ağustos gününe çekilmiş, ödemelerin de aynı ayın sonuna kadar": of the month named last.
_SAME_MONTH_END = re.compile(r"\b(?:ayni|o|soz konusu|anilan) ayin (?:sonuna|son gunune) (?:kadar|dek)")
# "… takip eden yılın mart ayı sonuna kadar": counted from what each reader does himself.
_OF_A_YEAR_TO_COME = re.compile(r"\b(?:takip eden|izleyen|sonraki|ertesi|muteakip) yil(?:in)? $")


# "dosyaların ocak ayı içerisinde teslimi hâlinde"
_WITHIN_MONTH = re.compile(
    r"\b(?P<m>"
    + "|"
    r"".join(name for name in MONTHS if len(name) > 3)
    + r") ayi(?: (?P<y>20\d\d))? (?:icinde|icerisinde|zarfinda)\b"
)
_NO_DUTY = re.compile(
    r"toplanti|fuar|heyet|egitim|seminer|yapilac|duzenlen|gerceklestiril|planlan|"
    r"ongorul|bekle"
)


# "bu hafta cuma gününe kadar", "önümüzdeki hafta salı günü saat 12.00'ye kadar"
_WEEKDAY_AWAY = re.compile(
    r"\b(?:(?P<which>bu|onumuzdeki|gelecek) hafta(?:nin)?|haftaya) (?P<w>pazartesi|sali|carsamba|persembe|"
    r"cumartesi|"
    r"cuma|pazar)\b"
    r"(?=[^.;]{0,40}\b(?:kadar|dek|degin|once)\b)"
)


# Without any of these no form below can match: most sentences are through at once.
_MONTH_HINT = re.compile(
    r"\bay(?:i|in|lari)\w*\b|\bhafta|sonu|bugun|month|yarin|\bend of|last (?:working |"
    r"business )?day"
)


def in_month(original: str, sentence: str, reference: date | None, known: bool = True) -> Iterator[Deadline]:
    """Last days of one sentence told by a month; ``known``: words of a duty stand in it."""
    if reference is None or not _MONTH_HINT.search(sentence):
        return
    yield from _days_of_months(original, joined_dots(sentence), reference, known)
    if known:
        yield from _ends_of_months(original, sentence, reference)


def _days_of_months(original: str, sentence: str, reference: date, known: bool) -> Iterator[Deadline]:
    for match in _MONTH_DAY.finditer(sentence):
        if not (known or _left_to_do(sentence, match)):
            continue
        month = (
            reference
            if match["which"] in ("bu", "icinde bulundugumuz")
            else (count(reference, 1, "month", False) or reference)
        )
        if int(match["d"]) <= monthrange(month.year, month.month)[1]:
            yield _at_its_hour(quoted(original, match, month.replace(day=int(match["d"]))), sentence, match)
    for match in _DAY_OF_MONTH.finditer(sentence):
        if not (known or _left_to_do(sentence, match)):
            continue
        number, written = MONTHS[match["m"]], match["d"]
        year = reference.year + (number < reference.month)
        chosen = int(written) if written.isdigit() else _DAY_WORDS[written]
        if chosen <= monthrange(year, number)[1]:
            yield _at_its_hour(quoted(original, match, date(year, number, chosen)), sentence, match)
    for match in _WEEKDAY_AWAY.finditer(sentence):
        if known and next(find_dates(sentence, reference), None) is None:
            monday = reference - timedelta(days=reference.weekday())
            day = monday + timedelta(days=WEEKDAYS[match["w"]] + 7 * (match["which"] not in ("bu", "this")))
            if day >= reference:
                yield _at_its_hour(quoted(original, match, day), sentence, match)
    for match in _DAYS_AWAY.finditer(sentence):
        if known or _left_to_do(sentence, match):
            day = reference + timedelta(days=match["w"] == "yarin")
            yield _at_its_hour(quoted(original, match, day), sentence, match)


_HOUR_UNTIL = re.compile(r"[^.;]{0,40}?\b(?:kadar|dek|degin)\b")


def _left_to_do(sentence: str, match: re.Match[str]) -> bool:
    if only_holds(sentence, match.start(), match.end()):
        return False
    return owed_within(sentence, match.start(), match.end())


def _at_its_hour(one: Deadline, sentence: str, match: re.Match[str]) -> Deadline:
    """A day with the hour that its own words give ("bu ayın 19'u saat 18.00'e kadar")."""
    until = _HOUR_UNTIL.match(sentence, match.end())
    piece = match[0] + (until[0] if until else "")
    hour, zone, _ = hour_beside(piece, DateFound(0, 0, date.min, date.min), len(piece))
    return replace(one, time=hour, time_zone=zone) if hour else one


def _ends_of_months(original: str, sentence: str, reference: date) -> Iterator[Deadline]:
    for match in _MONTH_END.finditer(sentence):
        if match["m"] and _others_by(sentence, match):
            continue
        if _OF_A_YEAR_TO_COME.search(sentence[max(0, match.start() - 40) : match.start()]):
            yield quoted(original, match, None)
            continue
        if BY_OTHERS.match(sentence[match.end() :].strip()) or THEY_WILL.search(sentence[: match.start()]):
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
            yield from _earlier_months(original, sentence, match, day)
    for match in _MONTH_ENDS.finditer(sentence):
        for name in re.findall(r"[a-z]{4,}", match["all"]):
            year = reference.year + (MONTHS[name] < reference.month)
            day = date(year, MONTHS[name], monthrange(year, MONTHS[name])[1])
            yield replace(quoted(original, match, day), relative=False)
    for match in _MONTH_END_SHARED.finditer(sentence):
        number = MONTHS[match["m"]]
        year = reference.year + (number < reference.month)
        yield replace(
            quoted(original, match, date(year, number, monthrange(year, number)[1])), relative=False
        )
    for match in _ENDS_OF_MONTH.finditer(sentence):
        number = MONTHS[match["m"] or match["m2"]]
        year = int(match["y"] or match["y2"] or reference.year + (number < reference.month))
        day = date(year, number, monthrange(year, number)[1])
        while (match["work"] or match["work2"]) and day.weekday() > 4:
            day -= timedelta(days=1)
        yield quoted(original, match, day)
        yield from _earlier_months(original, sentence, match, day)
    for match in _YEAR_END.finditer(sentence):
        if _others_by(sentence, match):
            continue
        if BY_OTHERS.match(sentence[match.end() :].strip()) or re.match(
            r" (?:tamamlanac|yapilac|surec|gecerli|sonuclan)", sentence[match.end() :]
        ):
            continue
        if match["this"]:
            day = _end_of_month(reference, later=match["this"].startswith(("onumuz", "gelecek")))
        elif match["week"]:
            day = reference + timedelta(days=(4 - reference.weekday()) % 7)
            day += timedelta(days=7 * match["week"].startswith(("onumuz", "gelecek")))
        else:
            day = date(int(match["y"] or reference.year), 12, 31)
        yield quoted(original, match, day)
    for match in _WITHIN_MONTH.finditer(sentence):
        tail = sentence[match.end() : match.end() + 90]
        around = sentence[max(0, match.start() - 60) : match.start()] + tail
        if not (asks(tail) and (MOOD.search(tail) or "halinde" in tail)) or _NO_DUTY.search(around):
            continue
        number = MONTHS[match["m"]]
        year = int(match["y"]) if match["y"] else reference.year + (number < reference.month)
        yield quoted(original, match, date(year, number, monthrange(year, number)[1]))
    for match in _SAME_MONTH_END.finditer(sentence):
        named = list(find_dates(sentence[: match.start()], reference))
        if named and asks(sentence):
            day = named[-1].last
            yield quoted(original, match, day.replace(day=monthrange(day.year, day.month)[1]))
    for match in _END_EN.finditer(sentence):
        later = "next" in (match["which"] or "") or "coming" in (match["which"] or "")
        if THEY_WILL.search(sentence[: match.start()]):
            continue
        if match["unit"] == "week":
            day = reference + timedelta(days=(4 - reference.weekday()) % 7 + 7 * later)
        else:
            day = _end_of_month(reference, later=later)
        yield quoted(original, match, day)
    for match in _NEXT_MONTH_END.finditer(sentence):
        yield quoted(original, match, None)


def _end_of_month(reference: date, *, later: bool) -> date:
    """The last day of the letter's month or, ``later``, of the next."""
    last = reference.replace(day=monthrange(reference.year, reference.month)[1])
    return last if not later else _end_of_month(last + timedelta(days=1), later=False)


def _others_by(sentence: str, match: re.Match[str]) -> bool:
    """Whether a month or a year is only what something lasts until, or others act by."""
    until = match.start() + match[0].rfind(" ")
    joined = joined_dots(sentence)
    return only_holds(joined, match.start(), until) or told_as_past(joined, match.start(), until)


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
    said = match.groupdict()
    while (said.get("work") or said.get("work2")) and first.weekday() > 4:
        first -= timedelta(days=1)
    yield quoted(original, match, first)

"""Deadlines and meetings: which dates ask something of the reader, and which are background."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from bot.domain.notice import Deadline, Meeting, Status
from bot.understanding.dates import HOUR, DateFound, find_dates, hour_of, zone_near
from bot.understanding.fold import fold

_SENTENCE = re.compile(
    r"(?<=[a-zçğıöşüA-ZÇĞİÖŞÜ)”\"’'%\]])[.!?](?=\s+[A-ZÇĞİÖŞÜ“\"(0-9])|(?<=\d[a-zçğıöşü]{2})\.(?=\s)|(?<=\d)\.(?=\s+[A-ZÇĞİÖŞÜ][a-zçğıöşü]+\s)|\n"
)

_UNTIL = re.compile(
    r"^(?:'?(?:y?[ae]|n[ae]|[iu]ne|[iu]na|inde|nde))?\s?(?:tarihi?n?(?:e|de|in)?|gunu?n?(?:e|de|un)?)?[,\s]*(?:\(?[a-z]*\)?\s)?"
    r"(?:gunu?(?:ne)?|aksami(?:na)?)?[,\s(]*"
    r"(?:(?:en gec\s)?(?:(?:tsi|bruksel|turkiye|yerel)\s?(?:saati\w*)?\s?)?(?:saat[i:]?\s?)?\(?(?:saat\s)?\d{1,2}[.:]\d{2}\)?'?[a-z]{0,3}\s?)?"
    r"(?:gunu\s)?(?:mesai\s(?:saati?\s)?(?:bitim|son)\w*\s?|is gunu sonu\w*\s|gun(?:u)? sonu\w*\s|sonu\w*\s|bitimi\w*\s)?"
    r"(?:kadar|dek|degin)\b"
)
_ENDS = re.compile(
    r"^[^.;]{0,60}?(?:sona er|son bul|son gun|bitecek|biter|kapanac|kapatilac|sonlan|mesai bitiminde|tamamlanmis olma|icinde (?:tamamla|yap))"
)
_BEFORE = re.compile(
    r"(?:en gec|en son|son basvuru tarihi\w*|son basvuru|son gun\w*|son tarih\w*|son teslim\w*|son kayit\w*|son teklif\w*|teklif verme tarihi|"
    r"son katilim\w*|basvuru bitis\w*|bitis tarihi|son gorus\w*|no later than|not later than|at the latest by|by|until|till|before|deadline\w*|"
    r"closes? on|closing date|close on|ends? on|due(?: by| on)?|latest by|dogru tarih\w*|yeni son tarih\w*|up to and including)"
    r"[^.;!?]{0,38}$"
)
_BY_ALONE = re.compile(r"\b(?:by|before|until|till)\b[^.;!?]{0,38}$")
_PRIOR = re.compile(r"^(?:'?[dt][ae]n|'?n?[dt]an)? ?(?:tarihinden |gununden )?once\b")
_BACKGROUND = re.compile(
    r"^(?:'?[a-z]{0,4}\s)?(?:tarihli|tarih ve|tarih,|tarihinde yayim|gun ve|tarihinde yururlu|tarihi itibar|tarihinden itibaren|'?[dt][ae]n itibaren|itibariyle|"
    r"tarihinde kabul|tarihinde (?:resmen )?kurul|donemi|arasinda alinan|tarihli ve)|^ ?,? ?\d{4,5} sayili"
)
_VALIDITY = re.compile(
    r"yururluk|yururlug|gecerli(?:dir|lig| ol)|kullanilabil|uygulan(?:maya|ac|ir|mak)|muaf|devam ed|askida|in force|enter(?:s|ed)? into force|"
    r"valid until|remain in|apply until|applies until|suresi (?:bitmis|dolmus)|iade edil|sonuclandiril|degerlendirilecek|kabul edilmeyec|"
    r"hedeflen|amaclan|ongorulmekte|donusum|azalt"
)
_PAST_REPORT = re.compile(
    r"(?:bildiril|duyurul|belirtil|iletil|aciklan|ilan edil|yazil|planlan|duyur)\w*(?:misti|mustu|mis olup)|sehven|had been (?:announced|set)|previously announced|was originally"
)
_OLD_VALUE = re.compile(
    r"^[^.;]{0,80}?(?:olarak (?:yazil|bildiril|belirtil|duyurul)|iken|yerine|planlanan|yapilmasi (?:planlan|ongorul)|ongorulen|duzenlenecegi duyurul)"
)
_READER = re.compile(
    r"basvur|gonder|ilet|kayit|kaydol|doldur|ode|yatir|tamamla|bildir|teslim|teklif|itiraz|ulastir|kapat|yapil|talep|gorus|bekle|katil|sunul|"
    r"apply|appl|submit|send|register|registration|comment|repl|respond|bid|tender|pay|object|sign|contribut|request|feedback|declare|notify|views"
)
_EVENT = re.compile(
    r"toplanti|genel kurul|fuar|heyet|webinar|seminer|egitim|calistay|konferans|zirve|etkinlik|organizasyon|forum|ikili is gorusme|kongre|panel|oturum|"
    r"durusma|dinleme|saha ziyaret|meeting|assembly|session|workshop|hearing|fair|conference|summit|seminar|course|training|info day|exhibition|expo|plast|kurs"
)
_HELD = re.compile(
    r"yapil(?:ac|ma|mas|iyor)|duzenlen(?:ec|me|mes)|gerceklestiril(?:ec|me)|gerceklesec|toplan(?:ac|mas)|kapilarini ac|organize edil|ev sahipligi|baslay|"
    r"katil|yer alac|duzenleyec|will (?:be held|take place|meet|hold|host|organi[sz]e)|takes place|is planned|is scheduled|scheduled for|join|"
    r"olacak|sunulac|icra edil|tertip|tarih(?:i)?:|tarih ve saat"
)
_OVER = re.compile(
    r"duzenlenen|gerceklestirilen|yapilan|bir onceki|gecen yil|onceki (?:fuar|yil)|katilmisti|katilmis,|gerceklestirilmis|duzenlenmis|yapilmis|was held|took place|were held"
)
_UNDATED = re.compile(
    r"(?:daha sonra|ayrica|bilahare|ileri(?:ki)? bir tarihte|ilerleyen)[^.;]{0,60}(?:ilan|duyurul|bildirilec|aciklan|tarih)|henuz[^.;]{0,30}(?:gun|tarih|takvim)[^.;]{0,30}(?:belir|kesin|netles|aciklan|duyurul)|"
    r"tarihi? (?:daha sonra|ayrica|bilahare)|(?:date|day)[^.;]{0,40}(?:to be announced|will be announced|will follow|not yet|be confirmed)|(?:foreseen|planned|expected) (?:in|for) (?:spring|summer|autumn|winter|early|late|the (?:first|second))"
)
_SEASON = re.compile(r"yilda en az|twice a year|at least twice")
_ASSEMBLY = re.compile(r"genel kurul|toplanti|general assembly|meeting|webinar|seminer|fuar|heyet")
_NUMBERS = {
    "bir": 1, "iki": 2, "uc": 3, "dort": 4, "bes": 5, "alti": 6, "yedi": 7, "sekiz": 8, "dokuz": 9, "on": 10,
    "on bes": 15, "onbes": 15, "yirmi": 20, "yirmi bir": 21, "otuz": 30, "kirk bes": 45, "altmis": 60, "doksan": 90,
}  # fmt: skip
_RELATIVE = re.compile(
    r"(?:(?P<base>(?:teblig|ilan|karar|yonetmelik|duyuru|bu yazi|sirkuler|bildirim)\w*(?:'?[a-z]{2,4})?\s)?(?P<pub>yayi[mn](?:i|lan(?:digi|ma(?:si)?))?\w*|ilani?|teblig)\s?(?:tarihi?n?[dt]en|gun[ud]en|gunden|tarihten)\s(?:itibaren|sonra)?|"
    r"(?P<since>(?:bu |isbu )?(?:sirkuler|yazi|duyuru)\w*(?:imizin)? (?:tarihi?n?[dt]en|yayi\w+ tarihinden)) itibaren)\s(?:en gec )?(?:\()?(?P<n>\d{1,3}|on bes|onbes|yirmi bir|kirk bes|[a-z]{2,7})\)?\s(?:\(\w+\)\s)?(?P<work>is )?(?P<unit>gun|hafta|ay)"
    r"|within (?P<en>\d{1,3}|thirty|fifteen|ten|twenty|sixty) (?P<ework>working )?(?P<eunit>days|weeks|months) (?:of|from|after) (?:the )?(?:date of )?(?:its )?(?P<ebase>publication|initiation|this notice|notification)"
)
_EN_NUMBERS = {"thirty": 30, "fifteen": 15, "ten": 10, "twenty": 20, "sixty": 60}
_GAZETTE = re.compile(r"resmi gazete|official journal|tarihli (?:ve )?(?:\d{4,5}|l \d+) sayili")


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of the sentences of a text; dots of dates, hours and numbers do not end one."""
    spans, start = [], 0
    for match in _SENTENCE.finditer(text):
        if match.end() - start > 1:
            spans.append((start, match.end()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def deadlines(text: str, status: Status, reference: date | None) -> tuple[Deadline, ...]:
    """The last days for something the reader may or must do, in order, each once."""
    found: list[Deadline] = []
    folded = fold(text)
    for start, end in sentences(text):
        sentence = folded[start:end]
        dates = list(find_dates(sentence, reference))
        for number, one in enumerate(dates):
            limit = dates[number + 1].start if number + 1 < len(dates) else len(sentence)
            made = _deadline(text[start:end], sentence, one, limit, status, reference)
            if made is not None:
                found.append(made)
        found += _relative(text[start:end], sentence, folded, reference)
    unique: dict[tuple[object, object], Deadline] = {}
    for made in found:
        key = (made.date, made.time)
        if made.time is None and any(other == made.date for other, _ in unique):
            continue
        unique.setdefault(key, made)
    return tuple(unique.values())


def _deadline(
    original: str, sentence: str, one: DateFound, limit: int, status: Status, reference: date | None
) -> Deadline | None:
    after, before = sentence[one.end : limit], sentence[max(0, one.start - 70) : one.start]
    until = _UNTIL.match(after)
    introduced = _BEFORE.search(before)
    if introduced and _BY_ALONE.search(before) and not _READER.search(sentence):
        introduced = None
    ended = _ENDS.match(after)
    window = one.ranged and re.match(r"\s?(?:tarihleri?\s)?(?:arasinda|doneminde|tarihlerinde)", after)
    asked = window and re.search(
        r"(?:basvuru|talep|kayit|teklif|gorus|on kayit)\w*[^.;]{0,80}(?:alin|yap|kabul|gonder|ilet|topla)|basvur\w*|registrations?|applications?",
        sentence[max(0, one.start - 90) : limit + 90],
    )
    prior = _PRIOR.match(after)
    if not (until or introduced or ended or asked or (prior and _READER.search(sentence))):
        return None
    if one.ranged and not asked and not until:
        return None
    if _BACKGROUND.match(after) and not until and not introduced:
        return None
    tail = sentence[one.end : one.end + 130]
    if _VALIDITY.search(re.split(r"[;]", tail)[0]) and not re.search(
        r"(?:basvur|gonder|ilet|tesli|oden|yapilmasi|doldur|kayit)", re.split(r"[;]", tail)[0]
    ):
        return None
    if status in (Status.EXTENSION, Status.CORRECTION, Status.POSTPONED) and (
        _PAST_REPORT.search(sentence) or _OLD_VALUE.match(after)
    ):
        return None
    if status is Status.EXTENSION and re.match(
        r"[^.;]{0,40}(?:'?[dt][ae]n|iken|olarak)\b[^.;]{0,60}uzat", after
    ):
        return None
    if not _READER.search(sentence) and not introduced and not ended:
        return None
    if reference is not None and one.last < reference and one.year_given:
        return None
    stop = one.end + (until.end() if until else 0)
    hour, zone, hour_end = _hour(sentence, one, limit)
    if introduced:
        first = one.start - (len(before) - introduced.start())
        words = re.match(r"\W*", sentence[first:])
        first += words.end() if words else 0
    else:
        first = one.start
    if hour_end and not until:
        stop = max(stop, hour_end)
    quote = " ".join(original[first : max(stop, one.end)].split())
    confidence = 0.95 if until or introduced else 0.75
    if one.weekday_wrong:
        confidence = 0.4
    elif not one.year_given:
        confidence = min(confidence, 0.7)
    return Deadline(one.last, hour, False, quote, zone, confidence)


def _hour(sentence: str, one: DateFound, limit: int) -> tuple[time | None, str | None, int]:
    """The hour beside a date: after it, or in "by 23:59 CET on 15 January"."""
    after = sentence[one.end : min(limit, one.end + 70)]
    match = HOUR.search(after)
    if match:
        near = after[: match.end() + 28]
        if not re.search(r"[;]", after[: match.start()]):
            return hour_of(match), zone_near(near), one.end + match.end()
    before = sentence[max(0, one.start - 34) : one.start]
    match = None
    for match in HOUR.finditer(before):  # noqa: B007 - the last one counts
        pass
    if match and re.search(r"(?:on|of|,)?\s?(?:\w+day,?\s)?$", before[match.end() :]):
        return hour_of(match), zone_near(before), 0
    return None, None, 0


def _relative(original: str, sentence: str, folded: str, reference: date | None) -> list[Deadline]:
    made: list[Deadline] = []
    for match in _RELATIVE.finditer(sentence):
        rest = sentence[match.end() : match.end() + 120]
        if re.search(
            r"iade|degerlendiril|sonuclandiril|yururlu|enter into force", rest[:60]
        ) or not _READER.search(sentence):
            continue
        word = match["n"] or match["en"]
        number = int(word) if word.isdigit() else _NUMBERS.get(word) or _EN_NUMBERS.get(word)
        if number is None:
            continue
        base = reference if match["since"] else _publication(folded, reference)
        unit = (match["unit"] or match["eunit"] or "gun")[:3]
        working = bool(match["work"] or match["ework"])
        day = _count(base, number, unit, working) if base else None
        end = re.match(r"(?:u?n?\w*)?\s?(?:icinde|icerisinde|sonuna kadar)?", rest)
        stop = match.end() + (end.end() if end else 0)
        quote = " ".join(original[match.start() : stop].split())
        made.append(Deadline(day, None, True, quote, None, 0.7 if day else 0.5))
    return made


def _publication(folded: str, reference: date | None) -> date | None:
    """The day of publication that the text names beside the gazette."""
    for match in _GAZETTE.finditer(folded):
        before = folded[max(0, match.start() - 70) : match.end()]
        dates = list(find_dates(before, reference))
        if dates:
            return dates[-1].first
    return None


def _count(base: date, number: int, unit: str, working: bool) -> date:
    if unit in ("haf", "wee"):
        return base + timedelta(weeks=number)
    if unit in ("ay", "mon"):
        month = base.month - 1 + number
        return date(base.year + month // 12, month % 12 + 1, min(base.day, 28))
    if not working:
        return base + timedelta(days=number)
    day = base
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day


def meetings(
    text: str, status: Status, reference: date | None, taken: tuple[Deadline, ...], language: str
) -> tuple[Meeting, ...]:
    """Dated events a member could attend, and announced ones without a day."""
    if status is Status.CANCELLED:
        return ()
    found: list[Meeting] = []
    folded = fold(text)
    last_days = {one.date for one in taken}
    for start, end in sentences(text):
        sentence, original = folded[start:end], text[start:end]
        dates = list(find_dates(sentence, reference))
        for number, one in enumerate(dates):
            limit = dates[number + 1].start if number + 1 < len(dates) else len(sentence)
            made = _meeting(original, sentence, folded, one, limit, status, reference, last_days, language)
            if made is not None:
                made = _same_hour(made, sentence, one, found)
                found.append(made)
        if not dates or not any(one.start_date for one in found):
            undated = _undated(original, sentence)
            if undated is not None:
                found.append(undated)
    unique: dict[tuple[object, ...], Meeting] = {}
    for one in found:
        unique.setdefault((one.start_date, one.end_date, one.time if one.start_date else one.quote), one)
    kept = list(unique.values())
    undated_count = 0
    result = []
    for one in kept:
        if one.start_date is None:
            undated_count += 1
            if undated_count > 1:
                continue
        result.append(one)
    return tuple(result)


def _meeting(
    original: str,
    sentence: str,
    folded: str,
    one: DateFound,
    limit: int,
    status: Status,
    reference: date | None,
    last_days: set[date | None],
    language: str,
) -> Meeting | None:
    after, before = sentence[one.end : limit], sentence[: one.start]
    if _BACKGROUND.match(after) or _UNTIL.match(after) or _ENDS.match(after):
        return None
    if one.last in last_days and not one.ranged:
        return None
    if not _EVENT.search(sentence) and not (_HELD.search(after) and _EVENT.search(folded)):
        return None
    if not _HELD.search(sentence):
        return None
    if _OVER.search(after[:70]) or (reference is not None and one.last < reference):
        return None
    if status is Status.POSTPONED and (_OLD_VALUE.match(after) or _PAST_REPORT.search(sentence)):
        return None
    if re.search(r"\b(?:stant|askida|yururlu|alinan belge|doneminde alinan)", after[:60]):
        return None
    if re.match(
        r"[^.]{0,40}(?:kabul edil|acikla(?:n|d)|kurul(?:du|an)|yayimlan|adopted|requested|announced)", after
    ):
        return None
    if not one.ranged and re.search(
        r"(?:adopted|requested|published|announced) on $|communication .{0,40}on $", before
    ):
        return None
    hour, zone, stop = _hour(sentence, one, limit)
    zone = zone or (("Europe/Istanbul" if language == "tr" else "Europe/Brussels") if hour else None)
    near = sentence[max(0, one.start - 120) : one.end + 260]
    online = bool(
        re.search(
            r"zoom|teams|webex|cevrim ?ici|online|webinar|google meet|youtube|web-?stream|sanal ortam|virtual",
            near,
        )
    )
    place = _place(original, one.end, limit)
    quote = " ".join(original[one.start : max(one.end, stop)].split())
    confidence = 0.4 if one.weekday_wrong else 0.9 if _EVENT.search(sentence) else 0.7
    return Meeting(one.first, one.last, hour, zone, place, online, quote, confidence)


def _same_hour(made: Meeting, sentence: str, one: DateFound, earlier: list[Meeting]) -> Meeting:
    """ "aynı yerde ve aynı saatte": the second date of an assembly takes place and hour of the first."""
    if earlier and re.search(
        r"ayni (?:yer|saat)|same (?:place|time|venue)", sentence[max(0, one.start - 80) : one.end + 60]
    ):
        first = earlier[0]
        return Meeting(
            made.start_date,
            made.end_date,
            made.time or first.time,
            made.time_zone or first.time_zone,
            first.place,
            first.online,
            made.quote,
            made.confidence,
        )
    return made


def _undated(original: str, sentence: str) -> Meeting | None:
    found = _UNDATED.search(sentence)
    if found is None or not _ASSEMBLY.search(sentence):
        return None
    begin = max(
        (match.start() for match in _ASSEMBLY.finditer(sentence[: found.end()])), default=found.start()
    )
    begin = min(begin, found.start())
    quote = " ".join(original[begin : found.end()].split())
    return Meeting(None, None, None, None, None, False, quote, 0.85)


_LOCATIVE = re.compile(
    r"((?:[A-ZÇĞİÖŞÜ][\wçğıöşüÇĞİÖŞÜ&.-]*|ve|[A-Z])(?:\s(?:[A-ZÇĞİÖŞÜ][\wçğıöşüÇĞİÖŞÜ&.-]*|ve(?=\s[A-ZÇĞİÖŞÜ]))){0,6})(?:['’](?:[dt][ea]|n[dt][ea])|(?<=[ıiuü])n[dt][ea]|(?<=\w)(?<!n)[dt][ea])(?=\s)"
)
_IN = re.compile(
    r"\b(?:in|at) (?:the )?((?:[A-Z][\w-]*|building|in)(?:,? (?:[A-Z][\w-]*|building|in|of|the)){0,6})"
)
_CITY = re.compile(
    r"([A-ZÇĞİÖŞÜ][\wçğıöşü]+(?: ve [A-ZÇĞİÖŞÜ][\wçğıöşü]+)?) (?:şeh(?:ri|ir)\w*|kent\w*)|başkenti ([A-ZÇĞİÖŞÜ][\wçğıöşü]+?)['’]?(?:da|de|ta|te)\b"
)
_NO_PLACE = re.compile(
    r"^(?:Saat|Pazartesi|Salı|Çarşamba|Perşembe|Cuma|Cumartesi|Pazar|Brüksel saati|Birli|Toplant|Genel Kurul)",
    re.IGNORECASE,
)


def _place(original: str, start: int, limit: int) -> str | None:
    piece = original[start : min(limit, start + 160)]
    if re.search(r"\bZoom\b", piece):
        return "Zoom"
    if re.search(r"\bTeams\b", piece):
        return "Microsoft Teams"
    city = _CITY.search(piece)
    if city:
        return city[1] or city[2]
    for pattern in (_LOCATIVE, _IN):
        for match in pattern.finditer(piece):
            name = match[1].strip(" ,")
            if len(name) > 2 and not _NO_PLACE.match(name):
                return name
    return None

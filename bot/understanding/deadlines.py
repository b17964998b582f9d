"""Deadlines: which dates are the last day for something that is asked of the reader."""

from __future__ import annotations

import re
from datetime import date

from bot.domain.notice import Deadline, Status
from bot.understanding.dates import DateFound, find_dates, hour_beside
from bot.understanding.fold import fold
from bot.understanding.marks import BACKGROUND, ENDS, OLD_VALUE, PAST_REPORT, READER, UNTIL
from bot.understanding.relative import relative_deadlines
from bot.understanding.sentences import sentences

_BEFORE = re.compile(
    r"(?:en gec|en son|son basvuru tarihi\w*|son basvuru|son gun\w*|son tarih\w*|son teslim\w*|"
    r"son kayit\w*|son teklif\w*|teklif verme tarihi|"
    r"son katilim\w*|basvuru bitis\w*|bitis tarihi|son gorus\w*|no later than|not later than|"
    r"at the latest by|by|until|till|before|deadline\w*|"
    r"closes? on|closing date|close on|ends? on|due(?: by| on)?|latest by|dogru tarih\w*|yeni son tarih\w*|"
    r"up to and including)"
    r"[^.;!?]{0,38}$"
)
_BY_ALONE = re.compile(r"\b(?:by|before|until|till)\b[^.;!?]{0,38}$")
_PRIOR = re.compile(r"^(?:'?[dt][ae]n|'?n?[dt]an)? ?(?:tarihinden |gununden )?once\b")
_VALIDITY = re.compile(
    r"yururluk|yururlug|gecerli(?:dir|lig| ol)|kullanilabil|uygulan(?:maya|ac|ir|mak)|muaf|devam ed|askida|"
    r"in force|enter(?:s|ed)? into force|"
    r"valid until|remain in|apply until|applies until|suresi (?:bitmis|dolmus)|iade edil|sonuclandiril|"
    r"degerlendirilecek|kabul edilmeyec|"
    r"hedeflen|amaclan|ongorulmekte|donusum|azalt"
)


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
        found += relative_deadlines(text[start:end], sentence, folded, reference)
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
    until = UNTIL.match(after)
    introduced = _BEFORE.search(before)
    if introduced and _BY_ALONE.search(before) and not READER.search(sentence):
        introduced = None
    ended = ENDS.match(after)
    window = one.ranged and re.match(r"\s?(?:tarihleri?\s)?(?:arasinda|doneminde|tarihlerinde)", after)
    asked = window and re.search(
        r"(?:basvuru|talep|kayit|teklif|gorus|on kayit)\w*[^.;]{0,80}(?:alin|yap|kabul|gonder|ilet|topla)|"
        r"basvur\w*|registrations?|applications?",
        sentence[max(0, one.start - 90) : limit + 90],
    )
    prior = _PRIOR.match(after)
    if not (until or introduced or ended or asked or (prior and READER.search(sentence))):
        return None
    if one.ranged and not asked and not until:
        return None
    if BACKGROUND.match(after) and not until and not introduced:
        return None
    tail = sentence[one.end : one.end + 130]
    if _VALIDITY.search(re.split(r"[;]", tail)[0]) and not re.search(
        r"(?:basvur|gonder|ilet|tesli|oden|yapilmasi|doldur|kayit)", re.split(r"[;]", tail)[0]
    ):
        return None
    if status in (Status.EXTENSION, Status.CORRECTION, Status.POSTPONED) and (
        PAST_REPORT.search(sentence) or OLD_VALUE.match(after)
    ):
        return None
    if status is Status.EXTENSION and re.match(
        r"[^.;]{0,40}(?:'?[dt][ae]n|iken|olarak)\b[^.;]{0,60}uzat", after
    ):
        return None
    if not READER.search(sentence) and not introduced and not ended:
        return None
    if reference is not None and one.last < reference and one.year_given:
        return None
    stop = one.end + (until.end() if until else 0)
    hour, zone, hour_end = hour_beside(sentence, one, limit)
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

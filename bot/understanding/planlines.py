"""Lines of a timetable or of terms of payment: what is asked, and its day, with no verb at all."""

from __future__ import annotations

import re

from bot.understanding.mention import Mention

# "40 %", "(1.400 avro)": a share or a sum may stand between what is paid and its day.
_SUM = (
    r"(?: ?\(?(?:(?:%|yuzde) ?\d{1,3}(?:'?[a-z]{1,4})?|\d[\d:,]* ?(?:avro|euro|eur|tl|lira|dolar|usd|"
    r"abd dolari|sterlin))"
    r"(?: ?\+ ?kdv)?\)?)?"
)
_ASKED = (
    r"(?:\w{1,2}[.)] )?(?:\w+ ){0,3}?(?:basvuru|kayit|tale[pb]|teklif|odeme|gorus|bildirim|belge|"
    r"evrak|taksi[td]|bakiye|kalan(?= ?[%\d(])|itiraz|zarf|mektup|mektub|dosya|soru\b|sorular|"
    r"kalan tutar|katalog|numune|tasarim|sozlesme|taahhutname|pesinat|kapora|"
    r"depozito)\w*(?: ?\([^)]{1,24}\))?"
    r"(?: (?:\w+ )?(?:bilgi|alin|yapil|topla|gonderil|iletil|sunul|teslim|veril|yuklen|kabul|yoneltil|"
    r"sorul|giris)\w*)?"
)
# A line of a timetable, "Esas başvuruların alınması 1 - 26 Mart 2027".
_PLAN_LINE = re.compile(r"\W*" + _ASKED + _SUM + r"\s?:?\s?")
# The hour and whose it is, "son gün saat 17.30", "en geç 13.00".
_HOUR_ONLY = re.compile(
    r"(?:\W*(?:son gun|en gec|saat\w*|yerel|turkiye|tsi|bruksel|orta avrupa|cet|cest|mesai|bitimi\w*|"
    r"sonu\w*|gun|aksami\w*|"
    r"kadar|dek|\d\d?:\d\d(?:'[a-z]{1,4})?)(?!\w)){0,8}\W*$"
)
# "26.04.2027 - 28.05.2027 ön başvuru": the same with the day first.
_AFTER_ITS_DAYS = re.compile(r"\s?[:–-]?\s?" + _ASKED + r"(?:,? (?P<hour>[^.;]{0,30}))?\W*$")


def line_of_a_plan(place: Mention) -> bool:
    before, after = place.joined[: place.one.start], place.joined[place.one.end :]
    if _PLAN_LINE.fullmatch(before):
        return bool(_HOUR_ONLY.match(after))
    if not place.one.ranged or re.search(r"\w", before):
        return False
    first = _AFTER_ITS_DAYS.match(after)
    return bool(first and _HOUR_ONLY.match(first["hour"] or ""))

"""Last days told by a day just named: "by that date", "the same day at ten"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

from bot.domain.notice import Deadline
from bot.understanding.counting import quoted
from bot.understanding.dates import find_dates
from bot.understanding.duty import only_holds
from bot.understanding.marks import asks

_BY_THAT_DAY = re.compile(
    r"\b(?:bu|anilan|soz konusu|belirtilen|mezkur) (?:tarihe|gune) (?:kadar|dek|degin)"
    r"|(?:bu|anilan|soz konusu|belirtilen|mezkur) tarihten once(?! \w+(?:mis|mus|[ae]n|digi|dugu|tigi)\b)"
)


def by_that_day(original: str, sentence: str, earlier: str, reference: date | None) -> Iterator[Deadline]:
    """ "… yürürlüğe girecek olup hazırlıkların bu tarihe kadar tamamlanması gerekir": the day named last."""
    for match in _BY_THAT_DAY.finditer(sentence):
        named = list(find_dates(earlier + sentence[: match.start()], reference))
        clause = sentence[max(0, match.start() - 40) : match.end() + 110]
        if not named or not asks(clause) or only_holds(sentence, match.start(), match.start()):
            continue
        if reference is None or named[-1].last >= reference:
            yield replace(quoted(original, match, named[-1].last), relative=False)


# "Liste 4-8 Ocak'ta askıda kalacak; itirazlar askı süresi içinde yapılacaktır"
_WHILE_SHOWN = re.compile(
    r"\b(?:bu|anilan|soz konusu|aski|ilan) sure(?:si|ler)?(?:nin)? "
    r"(?:icinde|icerisinde|zarfinda|sonuna kadar)"
)
_SHOWN = re.compile(r"[^.;]{0,60}\b(?:aski|ilan|asil|incelen|gorul)")


def while_shown(original: str, sentence: str, earlier: str, reference: date | None) -> Iterator[Deadline]:
    """Objections to what is on show till the day that was named last."""
    for match in _WHILE_SHOWN.finditer(sentence):
        around = sentence[max(0, match.start() - 60) : match.end() + 60]
        told = earlier[-200:] + sentence[: match.start()]
        named = list(find_dates(told, reference))
        if named and "itiraz" in around and _SHOWN.match(told, named[-1].end):
            yield replace(quoted(original, match, named[-1].last), relative=False)


_SAME_DAY = re.compile(
    r"\bayni gun(?:un|u)?,? (?:en gec )?saat (?P<h>[01]?\d|2[0-3])[.:](?P<m>[0-5]\d)'?[a-z]{0,3} (?:kadar|"
    r"dek|degin|uzat|cekil)"
)


def same_day(original: str, sentence: str, earlier: str, reference: date | None) -> Iterator[Deadline]:
    """ "… yapılacak olup teklifler aynı gün saat 10.00’a kadar": the day that the sentence named last."""
    for match in _SAME_DAY.finditer(sentence):
        named = list(find_dates(sentence[: match.start()], reference))
        named = named or list(find_dates(earlier[-200:], reference))
        if named:
            one = quoted(original, match, named[-1].last)
            yield replace(one, time=time(int(match["h"]), int(match["m"])))

"""The day that a term counts from, where the letter tells it: of a paper, of an opening or a closing."""

from __future__ import annotations

import re
from datetime import date

from bot.understanding.dates import find_dates

# "Komisyon raporunu 15 Mart'a kadar yayımlayacak, taraflar rapora 20 gün içinde cevap verebilecektir"
_MADE_KNOWN = re.compile(
    r"[^.;]{0,60}\b(?:yayi[mn]la|gonderil|iletil|acikla|bildiril|duyur)\w*(?:[ae]c|m[ae]s)"
)


def made_known(before: str, reference: date | None) -> date | None:
    named = list(find_dates(before, reference))
    return named[-1].last if named and _MADE_KNOWN.match(before, named[-1].end) else None


_SERVED_ON = re.compile(r"'?[a-z]{0,3}(?: tarihinde| gunu)?,? [^.;\d]{0,60}\bteblig (?:ed|olun)")


def served_day(text: str, reference: date | None) -> date | None:
    """The day on which the text says that a paper was served."""
    served = (one.last for one in find_dates(text, reference) if _SERVED_ON.match(text, one.end))
    return next(served, None)


_COUNTED_FROM = re.compile(
    r"\)?'?[a-z]{0,4}(?: tarih[a-z]*| gun[a-z]*)? (?:itibaren|izleyen|takip eden|"
    r"sonra(?:ki)?)(?: [a-z]+den itibaren)?"
    r"(?: en gec)? ?\(?$"
)


_OPENING_DAY = re.compile(r"\b(?:acilis|baslangic|baslama|acilma)\w* tarihin")


_OPENED_THEN = re.compile(r"[^.;]{0,60}(?:sorusturma|inceleme|gozden gecirme)\w* (?:acil|baslat)")


def opened_day(sentence: str, before: str, reference: date | None) -> date | None:
    """ "açılış tarihinden itibaren": the day on which the sentence tells a proceeding was opened."""
    if not _OPENING_DAY.search(before[-70:]):
        return None
    opened = (one.first for one in find_dates(sentence, reference) if _OPENED_THEN.match(sentence, one.end))
    return next(opened, None)


_PAPERS_DAY = re.compile(
    r"\b(?P<paper>bildirim|ilan|duyuru|karar|genelge|nota|cagri|davet|aciklama|teblig|rapor|yazi)\w* "
    r"(?:(?:yayi[mn]\w*|ilan\w*) )?tarih(?:inden|ini|inin)? [^.;]{0,40}$"
)


# "9 Kasım tarihinde … bildirilmiş olup": the verb of the paper tells its day too.
_TOLD_BY = {"bildirim": "bildiril", "ilan": "ilan edil", "duyuru": "duyurul", "aciklama": "aciklan"}


def day_of_paper(told: str, before: str, reference: date | None) -> date | None:
    """ "bildirim tarihinden itibaren": the day of the paper that the text calls by this name."""
    named = _PAPERS_DAY.search(before[-80:])
    if named is None:
        return None
    of_it = re.compile(
        rf"'?[a-z]{{0,4}} (?:tarihli|tarih ve|gunlu)\b[^.;\d]{{0,12}}(?:[\w/.-]{{1,20}} sayili )?"
        rf"(?:\w+ ){{0,2}}{named['paper']}"
        rf"|'?[a-z]{{0,4}} (?:tarihinde )?[^.;\d]{{0,60}}"
        rf"\b{_TOLD_BY.get(named['paper'], '$')}\w*(?:m[iu]s|d[iu]|[ae]n)\b"
    )
    days = (one.last for one in find_dates(told, reference) if of_it.match(told, one.end))
    return next(days, None)


_FROM_THE_CLOSING = re.compile(
    r"\b(?:bitim|bitis|kapanis|sona erme|dolma|son gunu)\w* (?:tarihi\w* )?(?:itibaren|sonra|izleyen|"
    r"takip eden|takiben|muteakip)"
)


def closing_day(before: str, reference: date | None) -> date | None:
    """ "kayıt bitiminden itibaren": the day that the sentence told last."""
    if not _FROM_THE_CLOSING.search(before[-60:]):
        return None
    named = list(find_dates(before, reference))
    return named[-1].last if named else None


def last_named(text: str, reference: date | None) -> date | None:
    """ "bu tarihten itibaren", "within 7 days of that date": the day that was named last."""
    named = list(find_dates(text, reference))
    return named[-1].last if named else None


def named_day(before: str) -> date | None:
    """ "27 Şubat 2026 tarihinden itibaren": the day itself stands before the count."""
    for one in reversed(list(find_dates(before, None))):
        if _COUNTED_FROM.match(before, one.end):
            return one.last
    return None

"""Last days that a letter moves by a span: "son gün 15 gün uzatıldı", "extended by two weeks"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.domain.notice import Deadline
from bot.understanding.basedays import closing_day, of_paper
from bot.understanding.bases import Told, nearest
from bot.understanding.counting import relative
from bot.understanding.dates import find_dates
from bot.understanding.marks import UNTIL
from bot.understanding.terms import Term, amounts

_HINT = re.compile(r"uzat|otelen|ertelen|ileri|ek sure|daha sure|extended|prolonged|put back|pushed|moved")
# "15 gün (daha, süreyle) uzatıldı": done, and neither possible nor refused
_MOVED_TR = re.compile(
    r"(?!(?<=gun)[ue]\b|(?<=hafta)ya\b|(?<=ay)a\b)"  # "ileri bir güne alındı": to some day, not by one
    r"\w*(?: (?:daha|sureyle|sure ile|kadar|ileri|ileriye|sonraya|ek|bir)){0,3} "
    r"(?:(?:uzatil|otelen|ertelen|alin|atil)(?:d[iu]|m[iu]s|mekte|makta|[iu]yor)|(?:uzat|otele|ertele)(?:t[iu]|d[iu]|m[iu]s)|"
    r"(?:ek )?sure (?:veril|tanin)(?:d[iu]|m[iu]s|mekte|makta|[iu]yor))"
)
_MOVED_EN = re.compile(
    r"\b(?:extended|prolonged|put back|pushed back|moved back|postponed|lengthened|deferred)(?: \w+){0,2} by "
    r"(?:a (?:further|period of) |another |an (?:additional|extra) )?$"
)
_READERS = re.compile(
    r"\b(?:basvur|muracaat|kayit|kaydi(?!yla)|teklif|gorus(?!me)|cevap|beyan|teslim|odeme|bildirim|itiraz|tale[pb]|"
    r"son gun|son tarih|son basvuru|cagri|anket|"
    r"deadline|closing date|due date|time[ -]limit|registration|application|submission|comment|consultation|"
    r"call for|feedback|bids?\b|tender)"
)
_OTHERS = re.compile(
    r"\b(?:sorusturma|onlem|inceleme|gecerlilik|lisans|ruhsat|izin|izni|belge\w* sure|kontenjan|kota|"
    r"muafiyet|gozden gecirme|"
    r"investigation|proceeding|measure|dut(?:y|ies)|quota|validity|licen[cs]e|exemption)"
)


def prolonged(told: Told) -> Iterator[Deadline]:
    """The old last day of the reader and so much more, where the letter does not tell the new one itself."""
    if not _HINT.search(told.sentence):
        return
    for term in amounts(told.sentence):
        head, tail = told.sentence[: term.start], told.sentence[term.end :]
        moved = _MOVED_EN.search(head) if term.english else _MOVED_TR.match(tail)
        clause = head[-160:]
        if moved is None or not _READERS.search(clause) or _OTHERS.search(clause):
            continue
        day = _before(told, head)
        last = term.counted(day)
        if last is None or day is None or _told_itself(told, tail, day):
            continue
        if told.reference is None or last >= told.reference:
            yield relative(last, _quote(told, term, head))


def _before(told: Told, head: str) -> date | None:
    """The last day that is moved: told in the sentence, else what closed in those before it."""
    own = [one for one in find_dates(head, told.reference) if not of_paper(head, one)]
    if own:
        return nearest(own[-1], own[-1].last, told.reference)
    return closing_day(told.earlier[-300:], told.reference)


def _told_itself(told: Told, tail: str, day: date) -> bool:
    """Whether the new last day stands behind the span."""
    if any(one.last > day for one in find_dates(tail, told.reference)):
        return True
    later = told.later
    return any(one.last > day and UNTIL.match(later, one.end) for one in find_dates(later, told.reference))


def _quote(told: Told, term: Term, head: str) -> str:
    start = max(head.rfind(cut, 0, -2) + len(cut) if cut in head[:-2] else 0 for cut in (": ", "; "))
    rest = re.match(r"\w*(?: \w+){0,2}", told.original[term.end :])
    return " ".join(told.original[start : term.end + (rest.end() if rest else 0)].split())

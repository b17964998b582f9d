"""Counted terms of a sentence: how many of what unit, forward or back, and the words of the day counted from.

Turkish names that day before the number ("yayımından itibaren on gün içinde", "fuardan iki hafta önce"),
English behind it ("within ten days of publication", "two weeks before the fair").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import islice

from bot.understanding.counting import count
from bot.understanding.numerals import EN_NUMBER, TR_NUMBER, number_of

TERMS = 12
"""Terms looked at in one sentence."""
NEAR = 100
"""Letters before a Turkish term in which its base is looked for."""


@dataclass(frozen=True, slots=True)
class Term:
    """``start`` to ``end``: the number and its words of direction; ``base_start`` to ``base_end``: the words
    of the day counted from, without those that link it ("itibaren", "of"), which ``link`` holds.

    ``form``: "within", "state" ("süresi on gündür"), "ends" ("itibaren 10 gün." at a clause's end), "after"
    ("fuardan on gün sonrasına kadar") or "back".
    """

    start: int
    end: int
    number: int
    unit: str
    working: bool
    back: bool
    form: str
    english: bool
    base_start: int
    base_end: int
    link: str

    def counted(self, base: date | None) -> date | None:
        """The term's last day, counted from ``base``."""
        return base and count(base, -self.number if self.back else self.number, self.unit, self.working)


_TR_UNITS = {"gun": "day", "hafta": "week", "ay": "month", "yil": "year"}
# Number, "(on dört)" and unit: "14 (on dört) iş günü"
_TR_AMOUNT = (
    rf"(?<![\w.,/])\(?(?P<n>{TR_NUMBER})(?P<nth>'? ?[iu]?nc[iu](?= gun))?\)?\s(?:\([\w ]{{1,24}}\)\s)?"
    r"(?:(?P<work>is)\s|takvim\s)?(?P<unit>gun|hafta|ay|yil)(?P<case>\w{0,8}?)"
)
_TR_TERM = re.compile(
    _TR_AMOUNT + r"(?:"
    r"(?P<within>(?:\ssure\w*)?\s(?:icinde|icerisinde|zarfinda|sonuna kadar|sonunda|tanin|"
    r"veril(?:ir|ec|mekte)|ongorul|belirlen|verilmi|mehil|sure(?:leri)? (?:var|bulun)|"
    r"(?:sureyle|sure ile|boyunca) (?:kabul|alin|basvur|gorus|yorum|itiraz)))"
    r"|(?P<after>\ssonra(?:sina)? (?:kadar|dek|degin|kapan|kapat|bit|sona er|dol))"
    r"|(?P<back>\s(?:once|evvel)(?!ki|lik)\w*|\skala\b|\soncesin\w*)"
    r"|(?P<state>d[iu]r\b|\soldug)"
    r"|(?P<ends>(?=\s?[.;,)]|\s*$))"
    r")"
)
# "on beşinci günün mesai bitimine kadar"
_TR_NTH = re.compile(_TR_AMOUNT + r"(?: [a-z]{3,9}){0,3} (?:kadar|dek|degin)\b")
_TR_LINK = re.compile(
    r"\bitibaren\b|\bbaslamak uzere\b|\bbaslayarak\b|\b(?:izleyen|takip eden)\b|\btakiben\b|\btakibinde\b|"
    r"\bsonra(?:ki|si|sinda)?\b|\bmuteakip\w*|\bmuteakiben\b"
)
_SPAN = re.compile(rf"\b{TR_NUMBER}\)? (?:is )?(?:gun|hafta|ay|yil)(?!\w*(?:den|dan))")
# "tarihini izleyen günden itibaren": the second link is the first one's.
_NEXT_DAY = re.compile(r"\s(?:is )?(?:gun|gunden)\s*$")
# What may stand between the base and the number of a term that counts back.
_TR_AT_LEAST = re.compile(r"\s?(?:\ben (?:az|gec|son)|\basgari|\btam)?,?\s*$")
_TR_CLAUSE = re.compile(r";|(?<!\d)\n")

_EN_UNITS = {"day": "day", "week": "week", "fortnight": "week", "month": "month", "year": "year"}
_EN_TERM = re.compile(
    rf"(?<![\w.,/-])(?P<n>{EN_NUMBER})(?:\s\([\w -]{{1,24}}\))?\s(?:full |clear |calendar |consecutive )?"
    r"(?P<work>(?:working|business)\s)?(?P<unit>day|week|fortnight|month|year)s?'?,?\s"
    r"(?P<link>of|from|after|following|starting (?:on|from|with)|counting from|as of|beginning (?:on|with)|"
    r"before|prior to|ahead of|in advance of|preceding|(?:beforehand|in advance|ahead)(?! of)\b)"
    # "within two weeks.": nothing is told of the day counted from
    # or "The comment period is 45 days."
    rf"|(?:(?<=period is )|(?<=phase is )|(?<=runs for )|(?<=open for )|(?<=period lasts )|"
    rf"(?<=within )|(?<=within the next )|(?<=within the coming "
    rf"))(?P<n2>{EN_NUMBER})(?:\s\([\w -]{{1,24}}\))?\s(?:full |clear |calendar |consecutive )?"
    r"(?P<work2>(?:working|business)\s)?(?P<unit2>day|week|fortnight|month|year)s?(?=\s?[.;,)]|\s*$)"
)
_EN_BACK = ("before", "prior", "ahead", "in advance", "preceding", "beforehand")
# The words behind the link up to the next clause.
_EN_BASE = re.compile(r"\s(?P<base>[a-z][a-z' -]{1,90}|(?=\d))")
_EN_STOP = re.compile(
    r"\s(?:and|or|but|to|through|via|must|should|may|will|shall|can|is|are|was|were|has|have|if|unless|by|"
    r"until|using)\b"
)


def amounts(sentence: str) -> Iterator[Term]:
    """What reads as a span of time, whatever is said of it: terms forward, without a base."""
    for match in _ANY_AMOUNT.finditer(sentence):
        said = {key.rstrip("2"): value for key, value in match.groupdict().items() if value}
        english = match["n2"] is not None
        unit = _EN_UNITS[said["unit"]] if english else _TR_UNITS[said["unit"]]
        number = number_of(said["n"]) * (2 if said["unit"] == "fortnight" else 1)
        start, end = match.span()
        yield Term(start, end, number, unit, "work" in said, False, "within", english, start, start, "")


_ANY_AMOUNT = re.compile(
    rf"(?<![\w.,/])(?P<n>{TR_NUMBER})\)?\s(?:\([\w ]{{1,24}}\)\s)?(?P<work>is )?"
    r"(?P<unit>gun|hafta|ay|yil)\w*"
    rf"|(?<![\w.,/])(?P<n2>{EN_NUMBER})\s(?:\([\w -]{{1,24}}\)\s)?(?:calendar )?(?P<work2>working |"
    rf"business )?"
    r"(?P<unit2>day|week|fortnight|month|year)s?\b"
)
_HINT = re.compile(r"\b(?:gun|hafta|ay|yil)|\b(?:day|week|fortnight|month|year)")


@lru_cache(maxsize=512)  # asked with the last days and again when the events are known
def terms(sentence: str) -> tuple[Term, ...]:
    """The counted terms of a folded sentence, in order."""
    if not _HINT.search(sentence):
        return ()
    turkish = _coordinated(sentence, sorted(islice(_turkish(sentence), TERMS), key=lambda one: one.start))
    return tuple(sorted((*turkish, *islice(_english(sentence), TERMS)), key=lambda one: one.start))


SHARED = 90
"""Letters between two terms of which the second has the words of direction of both."""


def _coordinated(sentence: str, found: list[Term]) -> list[Term]:
    """ "ilanı izleyen 30 gün, diğerleri 45 gün içinde": the first term is one by the second's "içinde"."""
    kept: list[Term] = []
    for term in reversed(found):
        if term.form == "ends" and term.link != "itibaren":
            if not (kept and kept[0].form == "within" and sentence.startswith(",", term.end)):
                continue
            between = sentence[term.end : kept[0].start]
            if len(between) > SHARED or ";" in between:
                continue
            kept.insert(0, replace(term, form="within"))
        else:
            kept.insert(0, term)
    return kept


def _turkish(sentence: str) -> Iterator[Term]:
    for pattern in (_TR_TERM, _TR_NTH):
        for match in pattern.finditer(sentence):
            if (match["nth"] is None) is (pattern is _TR_NTH):
                continue
            said = match.groupdict()
            form = next(
                (name for name in ("back", "after", "state", "ends") if said.get(name) is not None), "within"
            )
            floor = max(0, match.start() - NEAR)
            for cut in _TR_CLAUSE.finditer(sentence, floor, match.start()):
                floor = cut.end()
            if form in ("back", "after"):
                base_end = floor + len(_TR_AT_LEAST.sub("", sentence[floor : match.start()]))
                link = sentence[base_end : match.start()]
            else:
                base_end, link = _linked(sentence, floor, match.start())
            yield Term(
                match.start(),
                match.end(),
                number_of(match["n"]),
                _TR_UNITS[match["unit"]],
                bool(match["work"]),
                form == "back",
                form,
                False,
                floor,
                max(base_end, floor),
                link.strip(" ,"),
            )


def _linked(sentence: str, floor: int, start: int) -> tuple[int, str]:
    """Where the base of a term ends and the word that links it: "…'den itibaren"; "" without one."""
    links = list(_TR_LINK.finditer(sentence, floor, start))
    if not links:
        return start, ""
    last = links[-1]
    if _SPAN.search(
        sentence, last.end(), start
    ):  # "itibaren altı ay geçerli olup … 10 gün içinde": that one's
        return start, ""
    if len(links) > 1 and _NEXT_DAY.fullmatch(sentence, links[-2].end(), last.start()):
        return links[-2].start(), sentence[links[-2].start() : last.end()]
    return last.start(), last[0]


def _english(sentence: str) -> Iterator[Term]:
    for match in _EN_TERM.finditer(sentence):
        link = match["link"] or ""
        unit, number = match["unit"] or match["unit2"], number_of(match["n"] or match["n2"])
        base = _EN_BASE.match(sentence, match.end()) if link else None
        start, end = (base.start("base"), base.end()) if base else (match.end(), match.end())
        stop = _EN_STOP.search(sentence, start, end)
        back = link.startswith(_EN_BACK)
        yield Term(
            match.start(),
            match.end(),
            number * (2 if unit == "fortnight" else 1),
            _EN_UNITS[unit],
            bool(match["work"] or match["work2"]),
            back,
            "back" if back else "within",
            True,
            start,
            stop.start() if stop else end,
            link,
        )

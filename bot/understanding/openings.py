"""Public openings of bids, which those who bid may attend: often on the last day itself, at a later hour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.domain.notice import Meeting
from bot.understanding.dates import DateFound
from bot.understanding.hours import hour_beside

_OPENED = re.compile(
    r"\b(?:zarf|teklif|ihale)\w*\b[^;]{0,200}?(?P<tr>\bacil(?:ac|ir\b|is|mas)\w*)|"
    r"\bihale(?:si|nin|sinin)?\b[^;,]{0,120}?(?P<held>\b(?:yapil|gerceklestiril|duzenlen)(?:ac|ec)\w*)|"
    r"\b(?:bids?|tenders?|offers?|quotations?|envelopes?|proposals?)\b[^;]{0,200}?(?P<en>\bopen(?:ed|ing)\b)|"
    r"(?P<act>\b(?:will|shall|to) open (?:the |all )?(?:bids|tenders|offers|envelopes|quotations)\b)"
)
# Who may be there; an opening behind closed doors is no event.
_ATTENDED = re.compile(
    r"\b(?:istekli|katilimci|temsilci|firma|herkes|kamu|halk)\w*(?: \w+){0,4} (?:onunde|huzurunda|acik|"
    r"katilim|hazir|temsil)|"
    r"\b(?:aleni|acik oturum|huzur(?:unda|da))|\bin (?:the )?presence of\b|\bin public\b|\bpublic(?:ly)?\b|"
    r"\b(?:wish|choose|want|like|invited|welcome|may|entitled) (?:to )?(?:attend|be present)"
)
_SAME_DAY = re.compile(r"\bayni gun\w*|\b(?:on )?(?:the )?same (?:day|date)\b")


def is_opened(joined: str) -> bool:
    """Whether a sentence tells that bids are opened, or bid for, where somebody may be present."""
    if "acil" not in joined and "open" not in joined and "ihale" not in joined:
        return False
    opened = _OPENED.search(joined)
    return opened is not None and bool(opened["held"] or _ATTENDED.search(joined))


def public_opening(
    original: str, joined: str, sentence: str, dates: Sequence[DateFound], before: date | None, zone: str
) -> Meeting | None:
    """The opening of bids that a sentence tells; ``before`` is the day told last in the sentences before,
    ``zone`` whose clock an hour without a zone is told by."""
    opened = _OPENED.search(joined)
    if opened is None:
        return None
    verb = max(opened.start(name) for name in ("tr", "held", "en", "act"))
    same = _SAME_DAY.search(joined, max(0, verb - 120), verb + 60)
    behind = opened["en"] or opened["act"] or (opened["tr"] or "").startswith("acilis")
    told = [one for one in dates if one.end <= verb or (behind and one.start < verb + 40)]
    if same is not None:
        earlier = [one.last for one in dates if one.end <= same.start()]
        day = earlier[-1] if earlier else before
        place = DateFound(same.start(), same.end(), date.min, date.min)
    elif told:
        place, day = told[-1], told[-1].last
    else:
        return None
    if day is None:
        return None
    limit = next((one.start for one in dates if one.start >= place.end), len(sentence))
    hour, named, stop = hour_beside(sentence, place, limit)
    quote = " ".join(original[place.start : max(place.end, stop)].split())
    return Meeting(day, day, hour, (named or zone) if hour else None, None, False, quote, 0.8)

"""What staff should look at before a notice goes out: uncertain facts first, each with its quote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.entry import WrittenDay, written_days
from bot.domain.notice import LinkRole, Notice

SURE = 0.8
"""From this confidence on a fact is taken as read."""


class Doubt(StrEnum):
    """Why a fact should be looked at."""

    UNCERTAIN = "uncertain"
    PAST = "past"
    NO_DAY = "noday"
    NO_TOPIC = "notopic"
    NO_LINK = "nolink"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Check:
    """One question to staff. ``field`` names what to edit (``dl0``, ``mt1``, ``title``, ``summary``,
    ``topics``, ``link``)."""

    doubt: Doubt
    field: str
    quote: str = ""
    confidence: float = 1.0
    value: str = ""

    @property
    def path(self) -> str:
        """What a confirmation is kept under: another value of the fact asks again."""
        return f"{self.doubt}:{self.field}:{self.value}"


def open_checks(notice: Notice, everyone: bool, confirmed: tuple[str, ...], today: date) -> tuple[Check, ...]:
    """The questions of a notice that nobody has answered, the least certain fact first.

    A missing topic cannot be confirmed away: without it nobody would receive the notice.
    """
    dated = sorted(_dated(notice, today), key=lambda check: check.confidence)
    rest = _stale(notice)
    if not everyone and not notice.topics:
        rest.append(Check(Doubt.NO_TOPIC, "topics"))
    link = notice.link(LinkRole.APPLICATION, LinkRole.REGISTRATION)
    if link is not None and link.url is None:
        rest.append(Check(Doubt.NO_LINK, "link", quote=link.label or ""))
    return tuple(
        check for check in [*dated, *rest] if check.doubt is Doubt.NO_TOPIC or check.path not in confirmed
    )


def deadlines_over(notice: Notice, today: date) -> bool:
    """Whether a notice has deadlines and the last of them lies before ``today``: nobody is reminded of it."""
    days = [one.date for one in notice.deadlines]
    return bool(days) and all(day is not None and day < today for day in days)


def old_days(notice: Notice) -> tuple[WrittenDay, ...]:
    """The days that staff have corrected away: a fact's own wording names them, the fact another one.

    A fact that staff removed leaves no wording, and one that counts from a day never names its own.
    """
    facts = [(deadline.quote, deadline.date) for deadline in notice.deadlines if not deadline.relative]
    facts += [(meeting.quote, meeting.start_date) for meeting in notice.meetings]
    days = [deadline.date for deadline in notice.deadlines]
    days += [day for meeting in notice.meetings for day in (meeting.start_date, meeting.end_date)]
    old: list[WrittenDay] = []
    for quote, now in facts:
        named = written_days(quote)
        if now is not None and not any(one.is_day(now) for one in named):
            old += [one for one in named if not any(day and one.is_day(day) for day in days)]
    return tuple(old)


def still_said(text: str, old: tuple[WrittenDay, ...]) -> str:
    """The words of ``text`` around the first of the ``old`` days that it names; empty when it names none."""
    for one in written_days(text):
        if any(one.same(day) for day in old):
            before, after = text[: one.start].split()[-4:], text[one.end :].split()[:4]
            return " ".join([*before, text[one.start : one.end], *after])
    return ""


def _stale(notice: Notice) -> list[Check]:
    """What staff wrote a new day for and members would still read the old one in."""
    old = old_days(notice)
    if not old:
        return []
    value = ",".join(
        str(day)
        for day in (
            *(deadline.date for deadline in notice.deadlines),
            *(meeting.start_date for meeting in notice.meetings),
        )
    )
    texts = (("title", notice.title), ("summary", notice.summary))
    return [
        Check(Doubt.STALE, field, quote=piece, value=value)
        for field, text in texts
        if (piece := still_said(text, old))
    ]


def _dated(notice: Notice, today: date) -> list[Check]:
    found: list[Check] = []
    for index, deadline in enumerate(notice.deadlines):
        value = f"{deadline.date}T{deadline.time}"
        doubt = _doubt(deadline.date, deadline.confidence, today)
        if deadline.date is None:
            doubt = Doubt.NO_DAY
        if doubt:
            found.append(Check(doubt, f"dl{index}", deadline.quote, deadline.confidence, value))
    for index, meeting in enumerate(notice.meetings):
        doubt = _doubt(meeting.end_date or meeting.start_date, meeting.confidence, today)
        if doubt:
            value = f"{meeting.start_date}T{meeting.time}"
            found.append(Check(doubt, f"mt{index}", meeting.quote, meeting.confidence, value))
    return found


def _doubt(day: date | None, confidence: float, today: date) -> Doubt | None:
    if confidence < SURE:
        return Doubt.UNCERTAIN
    return Doubt.PAST if day is not None and day < today else None

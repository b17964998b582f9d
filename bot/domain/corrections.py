"""A fact corrected by staff: the notice with it. Pure; ``Refused`` when the words cannot be read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.domain.entry import (
    keep_words,
    means_none,
    parse_address,
    parse_deadline,
    parse_meeting,
    parse_words,
)
from bot.domain.notice import LinkRole, Notice, with_application_link
from bot.errors import Refused

TITLE_LIMIT = 300
SUMMARY_LIMIT = 900
MAX_FACTS = 10
FIELD_FORM = re.compile(r"^(title|summary|link|(dl|mt)(\d))$")


def correct(notice: Notice, field: str, text: str) -> Notice:
    """The notice with ``field`` (``title``, ``summary``, ``link``, ``dl0``…, ``mt0``…) as ``text`` says."""
    form = FIELD_FORM.match(field)
    if form is None:
        raise Refused(f"There is no field {field!r}.", key="draft.gone")
    if field == "title":
        # A translation of other words is none: it is made anew.
        title = " ".join(parse_words(text, TITLE_LIMIT).split())
        return replace(notice, title=title, translations=())
    if field == "summary":
        summary = "" if means_none(text) else parse_words(text, SUMMARY_LIMIT)
        return replace(notice, summary=summary, translations=())
    if field == "link":
        if means_none(text):
            return _without_application(notice)
        return with_application_link(notice, parse_address(text))
    index = int(form[3])
    return _deadline(notice, index, text) if form[2] == "dl" else _meeting(notice, index, text)


def newest_day(notice: Notice, field: str) -> date | None:
    """The day a corrected deadline or meeting falls on; None for other fields and removed facts."""
    form = FIELD_FORM.match(field)
    index = int(form[3]) if form and form[3] else -1
    if field.startswith("dl") and 0 <= index < len(notice.deadlines):
        return notice.deadlines[index].date
    if field.startswith("mt") and 0 <= index < len(notice.meetings):
        return notice.meetings[index].end_date or notice.meetings[index].start_date
    return None


def _deadline(notice: Notice, index: int, text: str) -> Notice:
    deadlines = list(notice.deadlines)
    if means_none(text):
        return replace(notice, deadlines=tuple(deadlines[:index] + deadlines[index + 1 :]))
    new = parse_deadline(text)
    if index < len(deadlines):
        # The circular's own words stay with the fact: they are what the correction departs from.
        deadlines[index] = replace(new, quote=deadlines[index].quote)
    else:
        deadlines.append(replace(new, quote=""))
    return replace(notice, deadlines=tuple(deadlines[:MAX_FACTS]))


def _meeting(notice: Notice, index: int, text: str) -> Notice:
    meetings = list(notice.meetings)
    if means_none(text):
        return replace(notice, meetings=tuple(meetings[:index] + meetings[index + 1 :]))
    new = parse_meeting(text)
    if index < len(meetings):
        meetings[index] = replace(keep_words(new, meetings[index]), quote=meetings[index].quote)
    else:
        meetings.append(replace(new, quote=""))
    return replace(notice, meetings=tuple(meetings[:MAX_FACTS]))


def _without_application(notice: Notice) -> Notice:
    roles = (LinkRole.APPLICATION, LinkRole.REGISTRATION)
    return replace(notice, links=tuple(link for link in notice.links if link.role not in roles))

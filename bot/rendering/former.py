"""What stood before: the dates of the notice that this one changes, beside the new ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from bot.domain.notice import Deadline, Meeting, Notice

_Fact = TypeVar("_Fact", Deadline, Meeting)


def former_deadline(notice: Notice, former: Notice | None, index: int) -> Deadline | None:
    """The deadline that ``notice.deadlines[index]`` replaces; None when it is the same or not certain."""
    if former is None:
        return None
    before = _paired(notice.deadlines, former.deadlines, index)
    now = notice.deadlines[index]
    if before is None or before.date is None or (before.date, before.time) == (now.date, now.time):
        return None
    return before


def former_meeting(notice: Notice, former: Notice | None, index: int) -> Meeting | None:
    """The meeting that ``notice.meetings[index]`` replaces; None when it is the same or not certain."""
    if former is None:
        return None
    before, now = _paired(notice.meetings, former.meetings, index), notice.meetings[index]
    if before is None or before.start_date is None:
        return None
    same = (before.start_date, before.end_date, before.time) == (now.start_date, now.end_date, now.time)
    return None if same else before


def _paired(now: Sequence[_Fact], before: Sequence[_Fact], index: int) -> _Fact | None:
    """One replaces one, or as many as before stand in the same order; anything else would be a guess."""
    return before[index] if len(now) == len(before) else None

"""How a notice belongs to one announced before, and what staff are asked about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.association import Association
from bot.domain.notice import Notice, Status
from bot.domain.timing import reminders_to_come


class Relation(StrEnum):
    """What a notice does to the one it belongs to."""

    EXTENSION = "extension"
    CORRECTION = "correction"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    FOLLOW_UP = "follow_up"
    UPDATE = "update"


class Amend(StrEnum):
    """How a change of a released notice reaches those who have it."""

    EDIT = "edit"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Hints:
    """What staff are told of a draft's kin: a notice it seems to belong to, and those with the same news.

    ``same`` are pairs of a notice's id and the evidence (``domain.same_news.Evidence``).
    """

    related_id: int | None = None
    relation: Relation | None = None
    reason: str = ""
    same: tuple[tuple[int, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "related": self.related_id,
            "relation": self.relation.value if self.relation else None,
            "reason": self.reason,
            "same": [list(pair) for pair in self.same],
        }


def hints_from_json(data: Mapping[str, Any] | None) -> Hints:
    """The hints that ``to_json`` wrote; none for None."""
    if not data:
        return Hints()
    relation = data.get("relation")
    same = tuple((int(notice_id), str(evidence)) for notice_id, evidence in data.get("same", ()))
    return Hints(data.get("related"), Relation(relation) if relation else None, data.get("reason", ""), same)


def relation_of(status: Status) -> Relation:
    """The relation that a notice of this status has to an earlier one."""
    return Relation.FOLLOW_UP if status is Status.NEW else Relation(status.value)


class Reminders(StrEnum):
    """What a change of a notice does to the reminders of those who have it."""

    MOVED = "moved"
    ENDED = "ended"


def reminders_after(
    notice: Notice, former: Notice, now: datetime, association: Association, *, amended: bool = False
) -> Reminders | None:
    """What becomes of the reminders of ``former`` when ``notice`` changes it ``now`` (UTC); None when there
    were none, or none of those to come is touched.

    A circular names only what changes; what staff have ``amended`` says all: a day it lacks is gone.
    """
    if not has_days(former):
        return None
    touched = former
    if notice.status is not Status.CANCELLED and not amended:
        touched = replace(
            former,
            deadlines=former.deadlines if notice.deadlines else (),
            meetings=former.meetings if notice.meetings else (),
        )
    before = reminders_to_come(touched, now, association)
    after = reminders_to_come(notice, now, association)
    if before == after:
        return None
    return Reminders.MOVED if after else Reminders.ENDED


def has_days(notice: Notice) -> bool:
    """Whether any deadline or meeting has a day."""
    return any(one.date for one in notice.deadlines) or any(one.start_date for one in notice.meetings)


def changed_fields(notice: Notice, former: Notice) -> tuple[str, ...]:
    """What differs between two versions of a notice, by the names staff edit it under."""
    pairs = (
        ("title", notice.title, former.title),
        ("summary", notice.summary, former.summary),
        ("deadline", _deadlines(notice), _deadlines(former)),
        ("meeting", _meetings(notice), _meetings(former)),
        ("link", notice.links, former.links),
        ("kind", notice.kind, former.kind),
    )
    return tuple(name for name, now, before in pairs if now != before)


def _deadlines(notice: Notice) -> list[tuple[object, ...]]:
    return [(one.date, one.time, one.time_zone) for one in notice.deadlines]


def _meetings(notice: Notice) -> list[tuple[object, ...]]:
    return [
        (one.start_date, one.end_date, one.time, one.time_zone, one.place, one.online)
        for one in notice.meetings
    ]

"""How a notice belongs to one announced before, and what staff are asked about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.domain.notice import Notice, Status


class Relation(StrEnum):
    """What a notice does to the one it belongs to."""

    EXTENSION = "extension"
    CORRECTION = "correction"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    FOLLOW_UP = "follow_up"


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


def dates_move(notice: Notice, former: Notice) -> bool:
    """Whether a notice that changes ``former`` gives it other days, or takes them away."""
    if notice.status is Status.CANCELLED:
        return bool(former.deadlines or former.meetings)
    deadlines = [(one.date, one.time) for one in notice.deadlines]
    meetings = [(one.start_date, one.time) for one in notice.meetings]
    return bool(deadlines and deadlines != [(one.date, one.time) for one in former.deadlines]) or bool(
        meetings and meetings != [(one.start_date, one.time) for one in former.meetings]
    )

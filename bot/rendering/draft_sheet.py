"""A draft as one staff member sees it: its items, what is asked about them, what may be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from bot.domain.checks import Check
from bot.domain.draft_tap import DraftTap
from bot.domain.notice import Nature
from bot.domain.relation import Amend, Relation
from bot.rendering.messages import NoticeView


@dataclass(frozen=True, slots=True)
class Kin:
    """``title`` and ``relation`` of the notice an item belongs to (or seems to, until ``confirmed``);
    ``same`` are title and day of notices with the same news, ``path`` the ways by which it came."""

    title: str | None = None
    relation: Relation | None = None
    confirmed: bool = False
    same: tuple[tuple[str, date], ...] = ()
    path: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        return self.title is not None and not self.confirmed


NO_KIN = Kin()


@dataclass(frozen=True, slots=True)
class DraftItem:
    """One item of a draft; ``recipients`` are subscribers per language. ``late``: its last deadline is
    over."""

    position: int
    view: NoticeView
    excluded: bool
    recipients: Mapping[str, int]
    checks: tuple[Check, ...]
    kin: Kin = NO_KIN
    late: bool = False


@dataclass(frozen=True, slots=True)
class DraftSheet:
    """A draft as one staff member sees it; the ``may_*`` flags decide which buttons are there. ``leaves``:
    when it would go if it were released now; None for one that is not open."""

    root_id: int
    version: int
    state: str
    title: str
    number: str | None
    items: tuple[DraftItem, ...]
    recipients: Mapping[str, int]
    author: str | None = None
    return_reason: str | None = None
    urgent: bool = False
    leaves: Markup | None = None
    may_edit: bool = False
    may_release: bool = False
    may_return: bool = False
    amend: Amend | None = None

    def tap(self, action: str, position: int = 0, argument: str = "") -> str:
        return DraftTap(self.root_id, self.version, action, position, argument).data()

    def item(self, position: int) -> DraftItem | None:
        return next((item for item in self.items if item.position == position), None)

    @property
    def several(self) -> bool:
        return len(self.items) > 1

    @property
    def without_takers(self) -> list[DraftItem]:
        """Items that only consenting members may get, and none of those concerned has consented."""
        return [
            item
            for item in self.items
            if not item.excluded
            and item.view.notice.nature is not Nature.INFORMATIONAL
            and sum(item.recipients.values()) == 0
        ]

    @property
    def open_checks(self) -> list[tuple[DraftItem, Check]]:
        """The questions of all items that will be sent, the least certain first."""
        found = [(item, check) for item in self.items if not item.excluded for check in item.checks]
        return sorted(found, key=lambda pair: pair[1].confidence)

"""Readings scored against facts written by hand: precision and recall of each field over a set of circulars.

Notices are compared in their order; a letter read into another number of notices counts as wholly missed.
Facts of a letter are JSON: ``{"document": …, "notices": [{"kind", "status", "countries", "hs_codes",
"deadlines": [{"date", "time"}], "meetings": [{"start_date", "end_date", "time"}], "links": [{"url"}],
"emails"}]}``, days as ``2027-01-15``, hours as ``17:00``.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.domain.notice import Document, Notice

Facts = dict[str, set[Hashable]]


@dataclass(slots=True)
class Count:
    """Facts found and meant, found but not meant, and meant but not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the facts found that are right; 1 without any."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the facts meant that were found; 1 without any."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Score:
    """Counts by field, and what differs, a line each."""

    fields: dict[str, Count] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    @property
    def macro_f1(self) -> float:
        """The mean of the fields' F1."""
        return sum(count.f1 for count in self.fields.values()) / len(self.fields)

    def add(self, name: str, read: list[Facts], meant: list[Facts]) -> None:
        """Count one letter: the facts of its notices as read and as meant."""
        if len(read) != len(meant):
            self.differences.append(f"{name}: {len(read)} notices, meant {len(meant)}")
            read = [{} for _ in meant]
        for number, (found, facts) in enumerate(zip(read, meant, strict=True), 1):
            for one in facts:
                self._compare(f"{name} #{number} {one}", one, found.get(one, set()), facts[one])

    def _compare(self, label: str, one: str, found: set[Hashable], meant: set[Hashable]) -> None:
        count = self.fields.setdefault(one, Count())
        count.right += len(found & meant)
        count.wrong += len(found - meant)
        count.missed += len(meant - found)
        if found != meant:
            self.differences.append(f"{label}: {sorted(map(str, found))}, meant {sorted(map(str, meant))}")


def _address(url: str) -> str:
    return url.partition("://")[2] or url


def facts_read(document: Document) -> list[Facts]:
    """The facts of a reading's notices, in order."""
    return [_of_notice(notice) for notice in document.notices]


def _of_notice(notice: Notice) -> Facts:
    last = [(str(one.date), one.time.strftime("%H:%M") if one.time else None) for one in notice.deadlines]
    held = [
        (
            str(one.start_date),
            str(one.end_date or one.start_date),
            one.time.strftime("%H:%M") if one.time else None,
        )
        for one in notice.meetings
    ]
    return _facts(
        [notice.kind.value, notice.status.value],
        last,
        held,
        notice.hs_codes,
        notice.countries,
        [link.url for link in notice.links if link.url],
        notice.emails,
    )


def facts_meant(letter: dict[str, Any]) -> list[Facts]:
    """The facts of a letter's notices as its JSON tells them, in order."""
    return [
        _facts(
            [notice["kind"], notice["status"]],
            [(str(one["date"]), one["time"]) for one in notice["deadlines"]],
            [(str(one["start_date"]), str(one["end_date"]), one["time"]) for one in notice["meetings"]],
            notice["hs_codes"],
            notice["countries"],
            [link["url"] for link in notice["links"] if link["url"]],
            notice["emails"],
        )
        for notice in letter["notices"]
    ]


def _facts(
    filed: list[str],
    last: list[tuple[str, str | None]],
    held: list[tuple[str, str, str | None]],
    codes: Iterable[str],
    countries: Iterable[str],
    urls: Iterable[str],
    emails: Iterable[str],
) -> Facts:
    return {
        "kind": {filed[0]},
        "status": {filed[1]},
        "last days": {day for day, _ in last},
        "last days and hours": set(last),
        "events": {(first, end) for first, end, _ in held},
        "events and hours": set(held),
        "codes": set(codes),
        "countries": set(countries),
        "links": {_address(url) for url in urls},
        "emails": {address.lower() for address in emails},
    }

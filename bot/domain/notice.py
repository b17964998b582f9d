"""What a circular says: documents, notices and their facts, as plain frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, time
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a notice is about, as a clerk would file it."""

    LEGISLATION = "legislation"
    TRADE_DEFENCE = "trade_defence"
    TARIFF_QUOTA = "tariff_quota"
    CONSULTATION = "consultation"
    TENDER = "tender"
    FAIR = "fair"
    TRADE_MISSION = "trade_mission"
    TRAINING = "training"
    MEETING = "meeting"
    FUNDING = "funding"
    MEMBERSHIP = "membership"
    ALLIANCE = "alliance"
    BULLETIN = "bulletin"
    ANNOUNCEMENT = "announcement"


class Status(StrEnum):
    """What a notice does to something announced before."""

    NEW = "new"
    CORRECTION = "correction"
    EXTENSION = "extension"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    UPDATE = "update"


class Nature(StrEnum):
    """What a notice is in law: information, an activity members pay for, or advertising (Law 6563)."""

    INFORMATIONAL = "informational"
    PAID_ACTIVITY = "paid_activity"
    COMMERCIAL = "commercial"


class LinkRole(StrEnum):
    """What a link is for."""

    APPLICATION = "application"
    REGISTRATION = "registration"
    SOURCE = "source"
    ATTACHMENT = "attachment"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day for something the reader may or must do.

    ``time`` is as written, in ``time_zone`` (None: the association's); ``date`` is None when it
    counts from a day that the text does not give. ``quote`` is the exact wording, white space
    collapsed; ``confidence`` runs from 0 to 1.
    """

    date: date | None
    time: time | None = None
    relative: bool = False
    quote: str = ""
    time_zone: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Meeting:
    """A dated event a member could attend; both dates are None while it has no day yet."""

    start_date: date | None
    end_date: date | None = None
    time: time | None = None
    time_zone: str | None = None
    place: str | None = None
    online: bool = False
    quote: str = ""
    confidence: float = 1.0
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An address in the text; ``url`` is None when only its wording survived."""

    url: str | None
    role: LinkRole = LinkRole.OTHER
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """Title and summary in another language, by a machine; ``checked`` once staff have confirmed it.

    Without a title: tried, and discarded because it did not say the same, or taken out by staff.
    """

    language: str
    title: str = ""
    summary: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """One subject of a circular with what was understood of it."""

    title: str
    kind: Kind = Kind.ANNOUNCEMENT
    status: Status = Status.NEW
    language: str = "tr"
    countries: tuple[str, ...] = ()
    hs_codes: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    links: tuple[Link, ...] = ()
    emails: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    summary: str = ""
    text: str = ""
    references: tuple[str, ...] = ()
    confidence: float = 1.0
    translations: tuple[Translation, ...] = ()
    nature: Nature = Nature.INFORMATIONAL

    def translation(self, language: str) -> Translation | None:
        """The translation to ``language``; None when there is none worth showing."""
        return next((one for one in self.translations if one.language == language and one.title), None)

    def link(self, *roles: LinkRole) -> Link | None:
        """The first link of one of ``roles``, one with an address before one without."""
        found = [link for link in self.links if link.role in roles]
        return next((link for link in found if link.url), found[0] if found else None)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole circular: its letter data and its notices in order."""

    language: str
    number: str | None
    date: date | None
    notices: tuple[Notice, ...]
    chain: tuple[str, ...] = ()
    title: str = ""
    partial: bool = False


def notice_to_json(notice: Notice) -> dict[str, Any]:
    """The notice in the JSON shape of ``sirkuler read`` (dates ISO, hours ``HH:MM``).

    ``translations`` only where there are any.
    """
    data = {key: _plain(value) for key, value in asdict(notice).items()}
    if not notice.translations:
        del data["translations"]
    return data


def document_to_json(document: Document) -> dict[str, Any]:
    """The document in the JSON shape of ``sirkuler read``: ``document`` and ``notices``."""
    return {
        "document": {
            "language": document.language,
            "number": document.number,
            "date": _plain(document.date),
            "title": document.title,
            "chain": list(document.chain),
            "partial": document.partial,
        },
        "notices": [notice_to_json(notice) for notice in document.notices],
    }


def notice_from_json(data: Mapping[str, Any]) -> Notice:
    """The notice that ``notice_to_json`` wrote."""
    return Notice(
        title=data["title"],
        kind=Kind(data.get("kind", "announcement")),
        status=Status(data.get("status", "new")),
        language=data.get("language", "tr"),
        countries=tuple(data.get("countries", ())),
        hs_codes=tuple(data.get("hs_codes", ())),
        deadlines=tuple(_deadline(entry) for entry in data.get("deadlines", ())),
        meetings=tuple(_meeting(entry) for entry in data.get("meetings", ())),
        links=tuple(
            Link(entry.get("url"), LinkRole(entry.get("role", "other")), entry.get("label"))
            for entry in data.get("links", ())
        ),
        emails=tuple(data.get("emails", ())),
        topics=tuple(data.get("topics", ())),
        summary=data.get("summary", ""),
        text=data.get("text", ""),
        references=tuple(data.get("references", ())),
        confidence=float(data.get("confidence", 1.0)),
        translations=tuple(Translation(**entry) for entry in data.get("translations", ())),
        nature=Nature(data.get("nature", "informational")),
    )


def with_application_link(notice: Notice, url: str) -> Notice:
    """The notice with ``url`` as the address of its application link, a lost one filled in."""
    lost = notice.link(LinkRole.APPLICATION, LinkRole.REGISTRATION)
    if lost is None:
        return replace(notice, links=(*notice.links, Link(url, LinkRole.APPLICATION)))
    return replace(
        notice, links=tuple(replace(link, url=url) if link is lost else link for link in notice.links)
    )


def _plain(value: Any) -> Any:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    return value


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _time(value: str | None) -> time | None:
    return time.fromisoformat(value) if value else None


def _deadline(entry: Mapping[str, Any]) -> Deadline:
    return Deadline(
        _date(entry.get("date")),
        _time(entry.get("time")),
        bool(entry.get("relative")),
        entry.get("quote", ""),
        entry.get("time_zone"),
        float(entry.get("confidence", 1.0)),
    )


def _meeting(entry: Mapping[str, Any]) -> Meeting:
    return Meeting(
        _date(entry.get("start_date")),
        _date(entry.get("end_date")),
        _time(entry.get("time")),
        entry.get("time_zone"),
        entry.get("place"),
        bool(entry.get("online")),
        entry.get("quote", ""),
        float(entry.get("confidence", 1.0)),
        entry.get("label"),
    )

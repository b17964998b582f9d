"""Dates as an iCalendar file (RFC 5545)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from bot.domain.association import Association


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A deadline or meeting; ``uid`` stays the same when it is sent again, ``starts_at`` is UTC."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime | None
    has_hour: bool
    url: str | None = None


def calendar_file(entries: Sequence[CalendarEntry], association: Association, now: datetime) -> bytes:
    """The file's bytes. Dates without an hour are whole days in the association's zone."""
    calendar = Calendar()
    calendar.add("prodid", "-//Sirküler//TR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", association.name)
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", now)
        event.add("summary", entry.title)
        if entry.has_hour:
            event.add("dtstart", entry.starts_at)
            event.add("dtend", entry.starts_at + timedelta(hours=1))
        else:
            first = entry.starts_at.astimezone(association.zone).date()
            last = (entry.ends_at or entry.starts_at).astimezone(association.zone).date()
            event.add("dtstart", first)
            event.add("dtend", max(first, last) + timedelta(days=1))
        if entry.url:
            event.add("url", entry.url)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content

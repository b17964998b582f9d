"""Dates and hours in words, by Babel; both hours where another zone matters."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from bot.domain.association import Association
from bot.domain.notice import Deadline, Meeting
from bot.rendering.catalog import Texts
from bot.rendering.markup import harmless, shorten
from bot.rendering.places import city_name

QUOTE_ROOM = 220
_DATE = {"tr": "d MMMM y EEEE", "en": "EEEE, d MMMM y"}
_SHORT = {"tr": "d MMMM", "en": "d MMMM"}


def long_date(day: date, language: str) -> str:
    """``23 Ekim 2026 Cuma`` or ``Friday, 23 October 2026``."""
    return format_date(day, _DATE[language], locale=language)


def short_date(day: date, language: str) -> str:
    """``23 Ekim`` or ``23 October``."""
    return format_date(day, _SHORT[language], locale=language)


def hour(at: time, language: str) -> str:
    """``17.00`` as Turkish letters write it, ``17:00`` in English."""
    return at.strftime("%H.%M" if language == "tr" else "%H:%M")


def date_range(start: date, end: date | None, language: str) -> str:
    """``5-8 Nisan 2021``, ``30 Mart - 3 Nisan 2026``; one day as ``long_date``."""
    if end is None or end <= start:
        return long_date(start, language)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}-{format_date(end, 'd MMMM y', locale=language)}"
    first = "d MMMM" if start.year == end.year else "d MMMM y"
    return f"{format_date(start, first, locale=language)} - {format_date(end, 'd MMMM y', locale=language)}"


def date_and_time(
    day: date, at: time | None, zone: str | None, texts: Texts, association: Association
) -> str:
    """The day and hour in the association's zone, with the original hour where the zone differs.

    ``23 Ekim 2026 Cuma, saat 17.00`` · ``24 Eylül 2026 Perşembe, saat 11.00 (Brüksel saatiyle 10.00)``
    """
    if at is None:
        return long_date(day, texts.language)
    if zone is None or zone == association.time_zone:
        return texts.plain(
            "time.date_hour", date=long_date(day, texts.language), hour=hour(at, texts.language)
        )
    there = datetime.combine(day, at, ZoneInfo(zone))
    here = there.astimezone(association.zone)
    if here.utcoffset() == there.utcoffset():
        return texts.plain(
            "time.date_hour", date=long_date(day, texts.language), hour=hour(at, texts.language)
        )
    return texts.plain(
        "time.date_hour_other",
        date=long_date(here.date(), texts.language),
        hour=hour(here.time(), texts.language),
        zone=zone_name(zone, texts),
        there=hour(at, texts.language)
        if here.date() == day
        else f"{short_date(day, texts.language)} {hour(at, texts.language)}",
    )


def zone_name(zone: str, texts: Texts) -> str:
    """``Brüksel``, ``Brussels``; the catalog has what is not called by its city."""
    key = f"label.zone.{zone.split('/')[-1].lower()}"
    return texts.plain(key) if texts.has(key) else city_name(zone, texts.language)


def deadline_words(deadline: Deadline, texts: Texts, association: Association) -> str:
    """A deadline's day and hour in words, or that its day is not known."""
    if deadline.date is None:
        return texts.plain("time.unknown_day", quote=harmless(shorten(deadline.quote, QUOTE_ROOM)))
    return date_and_time(deadline.date, deadline.time, deadline.time_zone, texts, association)


def meeting_words(meeting: Meeting, texts: Texts, association: Association) -> str:
    """A meeting's days and hour in words; the caller handles meetings without a day."""
    assert meeting.start_date is not None
    if meeting.end_date and meeting.end_date > meeting.start_date:
        return date_range(meeting.start_date, meeting.end_date, texts.language)
    return date_and_time(meeting.start_date, meeting.time, meeting.time_zone, texts, association)


def instant_words(instant: datetime, texts: Texts, association: Association) -> str:
    """A UTC instant in the association's zone: ``29 Ekim 2026 Perşembe, saat 09.30``."""
    local = instant.astimezone(association.zone)
    return texts.plain(
        "time.date_hour",
        date=long_date(local.date(), texts.language),
        hour=hour(local.time(), texts.language),
    )


def relative_day(day: date, today: date, texts: Texts) -> str | None:
    """``bugün``, ``yarın``, ``3 gün sonra``; None for the past and beyond two weeks."""
    days = (day - today).days
    if days == 0:
        return texts.plain("time.today")
    if days == 1:
        return texts.plain("time.tomorrow")
    return str(texts.plural("time.in_days", days)) if 1 < days <= 14 else None


def short_datetime(instant: datetime, texts: Texts, association: Association) -> str:
    """``24.11.2026 10.05`` or ``24 Nov 2026, 10:05``: for lists and reports."""
    pattern = "dd.MM.y HH.mm" if texts.language == "tr" else "d MMM y, HH:mm"
    return format_datetime(instant.astimezone(association.zone), pattern, locale=texts.language)

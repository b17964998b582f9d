"""When things are due: instants of facts, working days, moments of reminders. Pure.

Rules (the association's defaults): one automatic reminder, the working day before at 09.30; "remind
me" adds seven days before and the morning of the day; meetings one day before, and two hours before
when the hour is known.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from bot.domain.association import Association
from bot.domain.notice import Deadline, Meeting, Notice, Status

REMINDER_HOUR = time(9, 30)


def deadline_instant(deadline: Deadline, association: Association) -> datetime | None:
    """The UTC instant at which a deadline ends; without an hour at the end of office hours."""
    if deadline.date is None:
        return None
    if deadline.time is None:
        return _instant(deadline.date, association.office_closes, association.time_zone)
    return _instant(deadline.date, deadline.time, deadline.time_zone or association.time_zone)


def meeting_instant(meeting: Meeting, association: Association) -> datetime | None:
    """The UTC instant at which a meeting begins; without an hour at the opening of the office."""
    if meeting.start_date is None:
        return None
    if meeting.time is None:
        return _instant(meeting.start_date, association.office_opens, association.time_zone)
    return _instant(meeting.start_date, meeting.time, meeting.time_zone or association.time_zone)


def meeting_end(meeting: Meeting, association: Association) -> datetime | None:
    """The UTC instant after which a meeting is over: the end of its last day."""
    last = meeting.end_date or meeting.start_date
    return _instant(last, time(23, 59), meeting.time_zone or association.time_zone) if last else None


@lru_cache(maxsize=32)
def _public_holidays(year: int) -> frozenset[date]:
    # Eves of the feasts and 28 October end at noon: offices work in the morning, so they stay working days.
    return frozenset(holidays.country_holidays("TR", years=year))


def is_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday in Türkiye (Law 2429)."""
    return day.weekday() < 5 and day not in _public_holidays(day.year)


@lru_cache(maxsize=32)
def _eves(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("TR", years=year, categories=("half_day",)))


def is_eve(day: date) -> bool:
    """28 October and the eves of the feasts: the holiday begins at 13.00 (Law 2429, Art. 1 and 2)."""
    return day in _eves(day.year)


def working_day_before(day: date) -> date:
    """The last working day before ``day``."""
    day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def automatic_reminder_at(instant: datetime, association: Association) -> datetime:
    """The working day before, 09.30 in the association's zone."""
    local = instant.astimezone(association.zone).date()
    return _instant(working_day_before(local), REMINDER_HOUR, association.time_zone)


def asked_reminder_times(
    instant: datetime, association: Association, *, meeting: bool, has_hour: bool
) -> tuple[tuple[str, datetime], ...]:
    """What "remind me" promises, as (rule, UTC instant), earliest first, with the automatic one."""
    local = instant.astimezone(association.zone).date()

    def at(day: date) -> datetime:
        return _instant(day, REMINDER_HOUR, association.time_zone)

    if meeting:
        times = [("day_before", at(local - timedelta(days=1)))]
        if has_hour:
            times.append(("two_hours", instant - timedelta(hours=2)))
        return tuple(times)
    times = [
        ("week_before", at(local - timedelta(days=7))),
        ("auto", automatic_reminder_at(instant, association)),
        ("same_day", at(local)),
    ]
    # After a long feast the working day before is more than a week before.
    return tuple(sorted(times, key=lambda entry: entry[1]))


def reminders_to_come(notice: Notice, now: datetime, association: Association) -> frozenset[datetime]:
    """The UTC instants after ``now`` at which somebody may be reminded of a notice's dates; what is called
    off has none, even if its letter names a day."""
    if notice.status is Status.CANCELLED:
        return frozenset()
    dates = [(deadline_instant(one, association), False, one.time is not None) for one in notice.deadlines]
    dates += [(meeting_instant(one, association), True, one.time is not None) for one in notice.meetings]
    return frozenset(
        moment
        for instant, meeting, has_hour in dates
        if instant is not None
        for _, moment in asked_reminder_times(instant, association, meeting=meeting, has_hour=has_hour)
        if now < moment < instant
    )


def _instant(day: date, hour: time, zone: str) -> datetime:
    return datetime.combine(day, hour, ZoneInfo(zone)).astimezone(UTC)

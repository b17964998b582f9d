"""When things are due: working days in Türkiye, hours here and in Brussels, moments of reminders."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.association import Association
from bot.domain.notice import Deadline, Meeting
from bot.domain.timing import (
    asked_reminder_times,
    automatic_reminder_at,
    deadline_instant,
    is_working_day,
    meeting_end,
    meeting_instant,
    working_day_before,
)

OURS = Association("Örnek Birlik")
ISTANBUL = ZoneInfo("Europe/Istanbul")
days = st.dates(date(2024, 1, 1), date(2032, 12, 31))


def brussels(day: date, at: time) -> Deadline:
    return Deadline(day, at, time_zone="Europe/Brussels")


def here(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ISTANBUL)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),  # New Year
        date(2026, 4, 23),  # National Sovereignty and Children
        date(2026, 5, 1),  # Labour
        date(2026, 5, 19),  # Atatürk, Youth and Sports
        date(2026, 7, 15),  # Democracy and National Unity
        date(2026, 10, 29),  # Republic
        date(2025, 3, 31),  # Ramazan feast, second day
        date(2026, 3, 20),  # Ramazan feast, first day: eleven days earlier each year
        date(2027, 3, 9),  # Ramazan feast
        date(2025, 6, 6),  # Kurban feast, first day
        date(2026, 5, 27),  # Kurban feast, first day
        date(2026, 5, 29),  # Kurban feast, third day
        date(2027, 5, 17),  # Kurban feast, second day
        date(2026, 11, 21),  # a Saturday
        date(2026, 11, 22),  # a Sunday
    ],
)
def test_nobody_works_on(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 10, 28),  # the afternoon before the Republic's day is free, the morning is not
        date(2026, 3, 19),  # the eve of the Ramazan feast
        date(2026, 5, 26),  # the eve of the Kurban feast
        date(2026, 11, 10),  # a day of remembrance
        date(2026, 12, 25),
        date(2025, 3, 20),  # the feast's day of another year
    ],
)
def test_offices_are_open_on(day: date) -> None:
    assert is_working_day(day)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 11, 24), date(2026, 11, 23)),
        (date(2026, 11, 23), date(2026, 11, 20)),  # Monday: the Friday before
        (date(2026, 11, 22), date(2026, 11, 20)),  # Sunday too
        (date(2026, 10, 30), date(2026, 10, 28)),  # the day after the Republic's
        (date(2026, 6, 1), date(2026, 5, 26)),  # after the Kurban feast and a weekend
        (date(2026, 3, 23), date(2026, 3, 19)),  # after the Ramazan feast
        (date(2027, 1, 4), date(2026, 12, 31)),  # across the year
    ],
)
def test_the_working_day_before(day: date, before: date) -> None:
    assert working_day_before(day) == before


@given(days)
def test_the_working_day_before_is_one_and_none_lies_between(day: date) -> None:
    before = working_day_before(day)
    assert before < day
    assert is_working_day(before)
    between = (day - before).days
    assert between <= 11
    assert not any(is_working_day(before + timedelta(days=n)) for n in range(1, between))


@pytest.mark.parametrize(
    ("deadline", "instant"),
    [
        # Türkiye is three hours ahead of UTC all year.
        (Deadline(date(2026, 1, 15), time(17)), datetime(2026, 1, 15, 14, tzinfo=UTC)),
        (Deadline(date(2026, 7, 15), time(17)), datetime(2026, 7, 15, 14, tzinfo=UTC)),
        # Brussels changes its clocks on 29 March and 25 October 2026.
        (brussels(date(2026, 3, 28), time(12)), datetime(2026, 3, 28, 11, tzinfo=UTC)),
        (brussels(date(2026, 3, 29), time(12)), datetime(2026, 3, 29, 10, tzinfo=UTC)),
        (brussels(date(2026, 10, 24), time(12)), datetime(2026, 10, 24, 10, tzinfo=UTC)),
        (brussels(date(2026, 10, 25), time(12)), datetime(2026, 10, 25, 11, tzinfo=UTC)),
        # An hour that the change of clocks leaves out or repeats is still one instant.
        (brussels(date(2026, 3, 29), time(2, 30)), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (brussels(date(2026, 10, 25), time(2, 30)), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        # Without an hour: when the office closes.
        (Deadline(date(2026, 11, 30)), datetime(2026, 11, 30, 15, 30, tzinfo=UTC)),
        (Deadline(None, time(17)), None),
    ],
)
def test_the_instant_at_which_a_deadline_ends(deadline: Deadline, instant: datetime | None) -> None:
    assert deadline_instant(deadline, OURS) == instant


def test_office_hours_are_the_associations_own() -> None:
    early = Association("Örnek Birlik", office_opens=time(9), office_closes=time(17))
    day = date(2026, 11, 30)
    assert deadline_instant(Deadline(day), early) == here(day, 17)
    assert meeting_instant(Meeting(day), early) == here(day, 9)
    abroad = Association("Example Association", time_zone="Europe/Brussels", office_closes=time(17))
    assert deadline_instant(Deadline(day), abroad) == datetime(2026, 11, 30, 16, tzinfo=UTC)


def test_a_meeting_begins_at_its_hour_and_ends_with_its_last_day() -> None:
    first, last = date(2026, 12, 15), date(2026, 12, 17)
    assembly = Meeting(first, None, time(10), "Europe/Brussels")
    assert meeting_instant(assembly, OURS) == here(first, 12)
    assert meeting_end(assembly, OURS) == here(date(2026, 12, 16), 1, 59)
    fair = Meeting(first, last)
    assert meeting_instant(fair, OURS) == here(first, 8, 30)
    assert meeting_end(fair, OURS) == here(last, 23, 59)
    assert (meeting_instant(Meeting(None), OURS), meeting_end(Meeting(None), OURS)) == (None, None)


@pytest.mark.parametrize(
    ("ends", "reminded"),
    [
        (here(date(2026, 12, 4), 17), here(date(2026, 12, 3), 9, 30)),
        (here(date(2026, 11, 30), 18, 30), here(date(2026, 11, 27), 9, 30)),
        (here(date(2026, 6, 1), 17), here(date(2026, 5, 26), 9, 30)),
        # Just before midnight in Brussels it is the next day here.
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), here(date(2026, 12, 31), 9, 30)),
    ],
)
def test_the_automatic_reminder_comes_on_the_working_day_before(ends: datetime, reminded: datetime) -> None:
    assert automatic_reminder_at(ends, OURS) == reminded


def test_who_asks_is_reminded_a_week_before_the_day_before_and_in_the_morning() -> None:
    times = asked_reminder_times(here(date(2026, 11, 30), 17), OURS, meeting=False, has_hour=True)
    assert times == (
        ("week_before", here(date(2026, 11, 23), 9, 30)),
        ("auto", here(date(2026, 11, 27), 9, 30)),
        ("same_day", here(date(2026, 11, 30), 9, 30)),
    )


def test_after_the_longest_run_of_holidays_the_day_before_is_more_than_a_week_before() -> None:
    times = asked_reminder_times(here(date(2029, 4, 30), 17), OURS, meeting=False, has_hour=True)
    assert [rule for rule, _ in times] == ["auto", "week_before", "same_day"]
    assert times[0][1] == here(date(2029, 4, 20), 9, 30)


@pytest.mark.parametrize("has_hour", [True, False])
def test_a_meeting_is_announced_the_day_before_and_two_hours_before_if_its_hour_is_known(
    has_hour: bool,
) -> None:
    starts = here(date(2026, 12, 15), 12)
    times = dict(asked_reminder_times(starts, OURS, meeting=True, has_hour=has_hour))
    assert times.pop("day_before") == here(date(2026, 12, 14), 9, 30)
    assert times == ({"two_hours": here(date(2026, 12, 15), 10)} if has_hour else {})


@given(days, st.times(), st.booleans(), st.booleans())
def test_every_reminder_is_told_in_order(day: date, at: time, meeting: bool, has_hour: bool) -> None:
    instant = datetime.combine(day, at.replace(tzinfo=None), ISTANBUL).astimezone(UTC)
    moments = [
        moment for _, moment in asked_reminder_times(instant, OURS, meeting=meeting, has_hour=has_hour)
    ]
    assert all(moment.tzinfo is UTC for moment in moments)
    assert moments == sorted(moments)

"""When a notice leaves, decided without a clock, a store or a network."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.association import Association
from bot.domain.schedule import (
    EVERY_PREFERENCE,
    QUIET_HOURS,
    Departure,
    Frequency,
    Preferences,
    Quiet,
    Urgency,
    next_opening,
    when_to_send,
)
from bot.domain.timing import is_eve, is_working_day

HOUSE = Association(name="Birlik")
CIRCULAR, NEWS = Urgency(), Urgency(news=True)
USUAL, AT_ONCE, DAILY, WEEKLY = (Preferences(frequency) for frequency in Frequency)

# Every five minutes of three years, so that a failure is told by a number.
MOMENTS = st.integers(0, 3 * 365 * 288).map(
    lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=5 * n)
)


def at(text: str) -> datetime:
    """A moment in Istanbul, ``YYYY-MM-DD HH:MM``, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=HOUSE.zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "notice", "preferences", "leaves", "digest"),
    [
        ("2026-11-24 10:00", CIRCULAR, USUAL, "2026-11-24 10:00", False),
        ("2026-11-24 08:29", CIRCULAR, USUAL, "2026-11-24 08:30", False),
        ("2026-11-24 18:29", CIRCULAR, USUAL, "2026-11-24 18:29", False),
        ("2026-11-24 18:30", CIRCULAR, USUAL, "2026-11-25 08:30", False),
        ("2026-11-27 19:00", CIRCULAR, USUAL, "2026-11-30 08:30", False),
        ("2026-10-28 19:00", CIRCULAR, USUAL, "2026-10-30 08:30", False),
        ("2026-10-28 12:59", CIRCULAR, USUAL, "2026-10-28 12:59", False),
        ("2026-10-28 15:00", CIRCULAR, USUAL, "2026-10-30 08:30", False),  # the holiday has begun
        ("2026-10-28 10:00", NEWS, USUAL, "2026-10-30 17:30", True),
        ("2026-11-24 10:00", NEWS, USUAL, "2026-11-24 17:30", True),
        ("2026-11-24 17:30", NEWS, USUAL, "2026-11-25 17:30", True),
        ("2026-11-27 18:00", NEWS, USUAL, "2026-11-30 17:30", True),
        ("2026-11-24 10:00", CIRCULAR, DAILY, "2026-11-24 17:30", True),
        ("2026-11-24 10:00", CIRCULAR, WEEKLY, "2026-11-27 17:30", True),
        ("2026-11-27 17:30", NEWS, WEEKLY, "2026-12-04 17:30", True),
        ("2026-12-28 10:00", NEWS, WEEKLY, "2026-12-31 17:30", True),  # Friday is New Year's Day
        ("2026-05-25 18:00", NEWS, WEEKLY, "2026-06-05 17:30", True),  # Kurban Bayramı ends its week
        ("2026-11-28 23:00", NEWS, AT_ONCE, "2026-11-28 23:00", False),
        ("2026-11-28 23:00", NEWS, Preferences(Frequency.AT_ONCE, Quiet.NIGHT), "2026-11-29 08:00", False),
        ("2026-11-29 07:59", NEWS, Preferences(Frequency.AT_ONCE, Quiet.EVENING), "2026-11-29 08:00", False),
    ],
)
def test_the_moment(now: str, notice: Urgency, preferences: Preferences, leaves: str, digest: bool) -> None:
    assert when_to_send(at(now), notice, preferences, HOUSE) == Departure(at(leaves), digest)


def test_a_digest_that_would_be_too_late_is_not_waited_for() -> None:
    due = Urgency(news=True, first_date=at("2026-11-26 17:00"))
    assert when_to_send(at("2026-11-24 10:00"), due, WEEKLY, HOUSE) == Departure(at("2026-11-24 10:00"))
    assert when_to_send(at("2026-11-24 10:00"), due, DAILY, HOUSE) == Departure(at("2026-11-24 17:30"), True)
    assert when_to_send(at("2026-11-24 20:00"), due, WEEKLY, HOUSE) == Departure(at("2026-11-25 08:30"))


def test_what_ends_before_the_office_opens_does_not_wait_for_it() -> None:
    night = at("2026-11-27 20:00")
    assert when_to_send(night, Urgency(first_date=at("2026-11-28 12:00")), USUAL, HOUSE) == Departure(night)


@given(
    MOMENTS,
    st.sampled_from(EVERY_PREFERENCE),
    st.booleans(),
    st.booleans(),
    st.none() | st.integers(1, 600),
)
def test_nothing_leaves_early_or_is_lost_and_only_urgent_ones_break_quiet_hours(
    now: datetime, preferences: Preferences, news: bool, urgent: bool, hours: int | None
) -> None:
    first = now + timedelta(hours=hours) if hours else None
    departure = when_to_send(now, Urgency(urgent, news, first), preferences, HOUSE)
    assert now <= departure.at <= now + timedelta(days=21)
    if urgent:
        assert departure == Departure(now)
    elif first is None or first > departure.at:
        assert first is not None or not in_quiet_hours(departure.at, preferences.quiet)
    if departure.digest:
        assert is_working_day(departure.at.astimezone(HOUSE.zone).date())
        assert first is None or departure.at < first


def in_quiet_hours(moment: datetime, quiet: Quiet) -> bool:
    if quiet is Quiet.NONE:
        return False
    begins, ends = QUIET_HOURS[quiet]
    local: time = moment.astimezone(HOUSE.zone).time()
    return local >= begins or local < ends


@given(MOMENTS)
def test_the_office_is_open_at_its_next_opening(now: datetime) -> None:
    opening = next_opening(now, HOUSE)
    local = opening.astimezone(HOUSE.zone)
    assert opening >= now
    assert is_working_day(local.date())
    assert HOUSE.office_opens <= local.time() < (time(13) if is_eve(local.date()) else HOUSE.office_closes)

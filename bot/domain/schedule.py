"""When a notice leaves for a member: at once, at the office's next opening, or in a digest. Pure.

Rules (reference: words, defaults): circulars go at once while the office is open on a working day, else
at its next opening; news goes into one digest on working days; urgent ones pass all hours. A member may
want everything at once, daily or weekly, and may name quiet hours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum

from bot.domain.association import Association
from bot.domain.notice import Notice
from bot.domain.timing import automatic_reminder_at, deadline_instant, is_working_day, meeting_instant


class Frequency(IntEnum):
    """USUAL: circulars in office hours, news in the daily digest. The store's small integer."""

    USUAL = 0
    AT_ONCE = 1
    DAILY = 2
    WEEKLY = 3


class Quiet(IntEnum):
    """A member's own quiet hours; the name in the catalogs is ``hours.quiet.<name>``."""

    NONE = 0
    NIGHT = 1
    EVENING = 2


QUIET_HOURS: dict[Quiet, tuple[time, time]] = {
    Quiet.NIGHT: (time(22), time(8)),
    Quiet.EVENING: (time(20), time(8)),
}
"""From and until, in the association's zone; all of them pass midnight."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """How a member wants notices."""

    frequency: Frequency = Frequency.USUAL
    quiet: Quiet = Quiet.NONE


USUAL = Preferences()
"""What holds for who has chosen nothing."""

EVERY_PREFERENCE = tuple(Preferences(frequency, quiet) for frequency in Frequency for quiet in Quiet)
"""All there are: a release decides once for each instead of once for each member."""


@dataclass(frozen=True, slots=True)
class Urgency:
    """What matters of a notice: whether staff marked it urgent, whether it belongs into the digest, and the
    UTC instant at which its first date to come ends or begins (None: it has none)."""

    urgent: bool = False
    news: bool = False
    first_date: datetime | None = None


@dataclass(frozen=True, slots=True)
class Departure:
    """A UTC instant, and whether the notice then goes as a line of a digest."""

    at: datetime
    digest: bool = False


def urgency_of(
    facts: Iterable[Notice], now: datetime, association: Association, *, urgent: bool, news: bool
) -> Urgency:
    """What matters of a notice, or of several that leave together."""
    instants = [
        instant
        for notice in facts
        for instant in (
            *(deadline_instant(deadline, association) for deadline in notice.deadlines),
            *(meeting_instant(meeting, association) for meeting in notice.meetings),
        )
        if instant is not None and instant > now
    ]
    return Urgency(urgent, news, min(instants, default=None))


def when_to_send(
    now: datetime, notice: Urgency, preferences: Preferences, association: Association
) -> Departure:
    """When a notice released ``now`` (UTC) leaves for a member with ``preferences``.

    A digest that would come after the day's automatic reminder is too late: the notice then goes as a
    circular does. One whose date passes before the office opens does not wait for it.
    """
    if notice.urgent:
        return Departure(now)
    if preferences.frequency is Frequency.AT_ONCE:
        return Departure(_after_quiet(now, preferences.quiet, association))
    digest = _digest(now, notice.news, preferences, association)
    if digest is not None and not _too_late(digest, notice, association):
        return Departure(digest, digest=True)
    opening = _after_quiet(next_opening(now, association), preferences.quiet, association)
    if notice.first_date is not None and notice.first_date <= opening:
        return Departure(now)
    return Departure(opening)


def schedule(now: datetime, notice: Urgency, association: Association) -> dict[Preferences, Departure]:
    """``when_to_send`` for every preference there is."""
    return {one: when_to_send(now, notice, one, association) for one in EVERY_PREFERENCE}


def next_opening(now: datetime, association: Association) -> datetime:
    """``now`` while the office is open on a working day, else its next opening, UTC."""
    local = now.astimezone(association.zone)
    if is_working_day(local.date()):
        if association.office_opens <= local.time() < association.office_closes:
            return now
        if local.time() < association.office_opens:
            return _at(local.date(), association.office_opens, association)
    return _at(_next_working_day(local.date()), association.office_opens, association)


def next_daily(now: datetime, association: Association) -> datetime:
    """The next digest after ``now``: a working day at the association's digest hour, UTC."""
    day = now.astimezone(association.zone).date()
    while not is_working_day(day) or _at(day, association.digest_at, association) <= now:
        day += timedelta(days=1)
    return _at(day, association.digest_at, association)


def next_weekly(now: datetime, association: Association) -> datetime:
    """The digest of the last working day of this week, or of the next week that has one, UTC."""
    day = now.astimezone(association.zone).date()
    while not _ends_week(day) or _at(day, association.digest_at, association) <= now:
        day += timedelta(days=1)
    return _at(day, association.digest_at, association)


def _digest(now: datetime, news: bool, preferences: Preferences, association: Association) -> datetime | None:
    """The digest a notice waits for; None when it waits for none."""
    if preferences.frequency is Frequency.WEEKLY:
        slot = next_weekly(now, association)
    elif preferences.frequency is Frequency.DAILY or news:
        slot = next_daily(now, association)
    else:
        return None
    return _after_quiet(slot, preferences.quiet, association)


def _too_late(digest: datetime, notice: Urgency, association: Association) -> bool:
    if notice.first_date is None:
        return False
    return digest > automatic_reminder_at(notice.first_date, association)


def _after_quiet(instant: datetime, quiet: Quiet, association: Association) -> datetime:
    """``instant``, or the end of the quiet hours it lies in."""
    if quiet not in QUIET_HOURS:
        return instant
    begins, ends = QUIET_HOURS[quiet]
    local = instant.astimezone(association.zone)
    if local.time() >= begins:
        return _at(local.date() + timedelta(days=1), ends, association)
    if local.time() < ends:
        return _at(local.date(), ends, association)
    return instant


def _ends_week(day: date) -> bool:
    """Whether ``day`` is the last working day of its week (Monday to Sunday)."""
    rest = (day + timedelta(days=ahead) for ahead in range(1, 7 - day.weekday()))
    return is_working_day(day) and not any(is_working_day(later) for later in rest)


def _next_working_day(day: date) -> date:
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _at(day: date, hour: time, association: Association) -> datetime:
    return datetime.combine(day, hour, association.zone).astimezone(UTC)

"""The one list of jobs: what time sets off. Due work lives in rows; a job only looks for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.flows.reports import PROGRESS_EVERY
from jobs import digests, dispatch, housekeeping, poll, reminders, translate, watch
from jobs.context import JobContext


@dataclass(frozen=True, slots=True)
class Job:
    """``every``: how often it looks. What was missed meanwhile is done at the next look, once."""

    name: str
    every: timedelta
    run: Callable[[JobContext], Awaitable[None]]


JOBS: tuple[Job, ...] = (
    Job("poll", timedelta(seconds=60), poll.run),
    Job("dispatch", dispatch.EVERY, dispatch.run),
    Job("progress", PROGRESS_EVERY, dispatch.run_progress),
    Job("reminders", timedelta(seconds=30), reminders.run),
    Job("translate", timedelta(seconds=20), translate.run),
    Job("watch", timedelta(minutes=1), watch.run),
    Job("scrub", timedelta(seconds=20), housekeeping.run_scrub),
    Job("digests", timedelta(seconds=30), digests.run),
    Job("housekeeping", timedelta(minutes=15), housekeeping.run),
)

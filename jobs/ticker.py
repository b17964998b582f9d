"""APScheduler as a ticker: it only says "look now"; nothing it forgets is lost."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from jobs import JOBS, Job
from jobs.context import JobContext

log = logging.getLogger(__name__)


class Ticker:
    """Runs the jobs, each never beside itself; a job that fails is tried again at its next turn."""

    def __init__(self, context: JobContext, jobs: Sequence[Job] = JOBS) -> None:
        self._context = context
        self._jobs = {job.name: job for job in jobs}
        self._locks = {job.name: asyncio.Lock() for job in jobs}
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._running: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin to tick; the first look is at once, so that what was missed is done now."""
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        for number, job in enumerate(self._jobs.values()):
            self._scheduler.add_job(
                self._run,
                "interval",
                seconds=job.every.total_seconds(),
                args=[job],
                next_run_time=datetime.now(UTC) + timedelta(seconds=0.2 * number),
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more; jobs under way are finished."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        for lock in self._locks.values():
            async with lock:
                pass
        if self._running:
            await asyncio.wait(self._running, timeout=20)

    async def run_now(self, name: str) -> None:
        """Run one job and wait for its end. Raises ``KeyError`` for a name that is no job."""
        await self._run(self._jobs[name])

    def wake(self) -> None:
        """The clock was moved: every job looks now."""
        for job in self._jobs.values():
            task = asyncio.get_running_loop().create_task(self._run(job))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _run(self, job: Job) -> None:
        async with self._locks[job.name]:
            try:
                await job.run(self._context)
            except Exception:
                log.exception("The job %s failed; it is tried again at its next turn", job.name)

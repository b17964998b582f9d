"""Sources whose time has come, several at a time; what fails in one touches no other."""

from __future__ import annotations

import logging

from bot.flows import ingest
from bot.flows.ingest import PollResult
from jobs.context import JobContext

log = logging.getLogger(__name__)


async def run(context: JobContext) -> None:
    now = context.clock.now()
    due = await ingest.due_specs(context.db, context.sources, now)
    await ingest.poll_all(
        context.db,
        due,
        context.fetcher,
        now,
        context.kit,
        context.staff,
        context.kit.topics,
        wake=context.wake,
        done=_tell,
        translating=context.translating,
    )


def _tell(result: PollResult) -> None:
    if result.problem is not None:
        log.warning("Source %s: %s", result.name, result.problem.sentence)
    elif result.announced or result.drafted:
        log.info("Source %s: %d sent, %d drafts", result.name, result.announced, result.drafted)

"""Sources whose time has come, one after another; what fails in one touches no other."""

from __future__ import annotations

import logging

from bot.flows import ingest
from bot.store import sources
from jobs.context import JobContext

log = logging.getLogger(__name__)


async def run(context: JobContext) -> None:
    names = [spec.name for spec in context.sources]
    async with context.db.read() as connection:
        due = set(await sources.due(connection, names, context.clock.now()))
    for spec in context.sources:
        if spec.name not in due:
            continue
        result = await ingest.poll_source(
            context.db,
            spec,
            context.fetcher,
            context.clock.now(),
            context.kit,
            context.staff,
            context.kit.topics,
            wake=context.wake,
        )
        if result.problem is not None:
            log.warning("Source %s: %s", spec.name, result.problem.sentence)
        elif result.announced:
            log.info("Source %s: %d new", spec.name, result.new)

"""Whether updates come, sendings go on and sources speak; admins hear of it when not."""

from __future__ import annotations

from datetime import timedelta

from bot.flows import watch
from jobs.context import JobContext


async def run(context: JobContext) -> None:
    """Look once; what is told is queued like any other answer."""
    async with context.db.write() as connection:
        told = await watch.look(
            connection,
            context.clock.now(),
            timedelta(seconds=context.updates_silent()),
            [spec.name for spec in context.sources],
            context.limits,
            context.kit,
            context.staff,
        )
    if told:
        context.wake()

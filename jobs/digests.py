"""Digests whose moment has come."""

from __future__ import annotations

from bot.flows import digest
from jobs.context import JobContext


async def run(context: JobContext) -> None:
    if await digest.due(context.db, context.clock.now(), context.kit):
        context.wake()

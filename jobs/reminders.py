"""Reminders whose moment has come."""

from __future__ import annotations

from bot.flows import remind
from jobs.context import JobContext


async def run(context: JobContext) -> None:
    if await remind.due(context.db, context.clock.now(), context.kit):
        context.wake()

"""Reminders whose moment has come."""

from __future__ import annotations

from bot.flows import remind
from bot.store import pause
from jobs.context import JobContext


async def run(context: JobContext) -> None:
    async with context.db.read() as connection:
        if await pause.get(connection) is not None:
            return  # a restored copy: nobody is reminded before an admin lets it send
    if await remind.due(context.db, context.clock.now(), context.kit):
        context.wake()

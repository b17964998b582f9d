"""What is kept no longer than promised: updates and answers, a day at most."""

from __future__ import annotations

from bot.store import answers, inbox
from jobs.context import JobContext


async def run(context: JobContext) -> None:
    before = context.clock.now() - context.kept
    async with context.db.write() as connection:
        await inbox.purge(connection, before)
        await answers.purge(connection, before)

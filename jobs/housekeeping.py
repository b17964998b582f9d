"""What is kept no longer than promised, and what erasures leave behind."""

from __future__ import annotations

from bot.store import answers, inbox, retention, scrub
from jobs.context import JobContext


async def run(context: JobContext) -> None:
    """Forget what is older than the settings allow; members who are gone for long are erased."""
    now, kept = context.clock.now(), context.retention
    async with context.db.write() as connection:
        await inbox.purge(connection, now - kept.inbox)
        await answers.purge(connection, now - kept.inbox)
        if kept.inactive is not None and await retention.erase_inactive(connection, now - kept.inactive):
            await scrub.ask(connection, now)
        if kept.deliveries is not None:
            await retention.purge_deliveries(connection, now - kept.deliveries)
        if kept.audit is not None:
            await retention.purge_audit(connection, now - kept.audit)


async def run_scrub(context: JobContext) -> None:
    """Cut the traces of erasures out of the WAL."""
    await scrub.scrub(context.db)

"""The sweep behind the dispatcher: sendings that ended are reported, rows that wait are looked at again."""

from __future__ import annotations

from bot.flows import reports
from bot.store import control, outbox, progress
from jobs.context import JobContext


async def run_progress(context: JobContext) -> None:
    """Who released a notice sees its sending go on."""
    async with context.db.read() as connection:
        if not await progress.any_followed(connection):
            return
    async with context.db.write() as connection:
        edited = await reports.show_progress(connection, context.clock.now(), context.kit)
    if edited:
        context.wake()


async def run(context: JobContext) -> None:
    now = context.clock.now()
    async with context.db.read() as connection:
        waiting = await outbox.open_count(connection)
    context.metrics.open_deliveries.set(waiting)
    async with context.db.write() as connection:
        await control.skip_stopped(connection)
        await reports.report_finished(connection, now, context.kit, context.staff)
    context.wake()

"""The sweep behind the dispatcher: sendings that ended are reported, rows that wait are looked at again."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.turns import its_turn
from bot.flows import reports
from bot.store import control, outbox
from jobs.context import JobContext

EVERY = timedelta(seconds=15)


async def run_progress(context: JobContext) -> None:
    """Who released a notice sees its sending go on."""
    now = context.clock.now()
    made = await context.db.read_whole(lambda c: reports.progress_made(c, now, context.kit))
    if not made:
        return
    edited = await context.db.write_whole(lambda c: reports.show_progress(c, made, now))
    if edited:
        context.wake()


async def run(context: JobContext) -> None:
    now = context.clock.now()
    async with context.db.read() as connection:
        if its_turn(now, EVERY, await outbox.audience_of(connection)):
            context.metrics.open_deliveries.set(await outbox.open_count(connection))
    async with context.db.write() as connection:
        await control.skip_stopped(connection)
        await reports.report_finished(connection, now, context.kit, context.staff)
    context.wake()

"""Drafts that wait for a machine translation; nothing where the operator has switched none on."""

from __future__ import annotations

from bot.flows.translate import translate_drafts
from jobs.context import JobContext


async def run(context: JobContext) -> None:
    if context.translating is not None:
        await translate_drafts(context.db, context.translating, context.clock.now())

"""Digests: what was held for a member becomes one message when its moment has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.association import Association
from bot.domain.outgoing import Send
from bot.domain.schedule import next_opening
from bot.rendering.digest import digest_message
from bot.rendering.kit import RenderingKit
from bot.store import answers, digests, notices
from bot.store.db import Database
from bot.store.digests import Held
from bot.store.notices import StoredNotice
from bot.store.tables import NoticeState

GRACE = timedelta(hours=2)
"""How late a digest may come while the office is closed."""
TOGETHER = 100
"""Members per transaction, so that others may write in between."""


async def due(db: Database, now: datetime, kit: RenderingKit) -> int:
    """Queue a digest for every member whose held notices are due; returns how many.

    Nothing is queued for a member with nothing to read. What the process slept through comes at once while
    the office is open, else at its next opening: a digest must not ring at night.
    """
    async with db.read() as connection:
        if not await digests.waiting(connection, now):
            return 0
    async with db.write() as connection:
        await digests.skip_unwanted(connection, now)
    queued = 0
    since = _since(now, kit.association)
    while True:
        async with db.write() as connection:
            people = await digests.due(connection, now, TOGETHER, since=since)
            for held in people:
                queued += await _queue(connection, held, now, kit)
        if len(people) < TOGETHER:
            return queued


def _since(now: datetime, association: Association) -> datetime:
    """The earliest moment of a digest that may go ``now``."""
    if next_opening(now, association) <= now:
        return datetime.min.replace(tzinfo=UTC)
    return now - GRACE


async def _queue(connection: AsyncConnection, held: Held, now: datetime, kit: RenderingKit) -> int:
    found: list[StoredNotice] = []
    gone: list[int] = []
    for broadcast_id, notice_id in held.rows:
        stored = await notices.get(connection, notice_id)
        if stored is not None and stored.state is NoticeState.RELEASED:
            found.append(stored)
        else:
            gone.append(broadcast_id)
    if gone:
        await digests.skip(connection, held.member_id, gone)
    if not found:
        return 0
    held = replace(held, rows=tuple(row for row in held.rows if row[0] not in gone))
    rendered = digest_message([stored.view() for stored in found], kit, held.language, now)
    key = await digests.begin(connection, held, now)
    message = Send(held.chat_id, rendered.text, rendered.keyboard)
    return await answers.add(connection, [message], now, dedupe=[key])

"""A released notice takes the place of the one it changes: reminders follow the new dates or end."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.association import Association
from bot.domain.relation import Amend, Relation
from bot.flows import remind
from bot.store import relations, reminders
from bot.store.notices import StoredNotice


async def take_over(
    connection: AsyncConnection, item: StoredNotice, now: datetime, association: Association
) -> int:
    """End the former notice's reminders where ``item`` moves or cancels its dates; how many ended.

    ``item`` is released and its events are written, in the caller's transaction. Who asked to be reminded
    is reminded of the new dates instead; who said that they have applied is not reminded again.
    """
    former = item.related_id
    if former is None or item.relation in (None, Relation.FOLLOW_UP):
        return 0
    formers = [former]
    if item.relation is Relation.CANCELLED or item.amend is Amend.REPLY:
        # A circular names only what it changes; these two speak of the whole, with all that changed it.
        formers = [one for one in await relations.family(connection, former) if one != item.id]
        await relations.replace_all(connection, formers, item.id)
    asked: set[int] = set()
    applied: set[int] = set()
    ended = 0
    for one in formers:
        asked.update(await reminders.asked_before(connection, one))
        applied.update(await reminders.applied_before(connection, one, now))
        ended += await reminders.end_superseded(connection, one)
    if item.relation is Relation.CANCELLED:
        return ended
    for member_id in sorted(asked):
        await remind.remind_me(connection, member_id, item.id, now, association)
    for member_id in sorted(applied):
        await reminders.end_for_notice(connection, member_id, item.id)
    return ended

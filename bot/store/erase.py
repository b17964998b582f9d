"""Erasure: a subscriber leaves no id behind in any table."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import answer, delivery, delivery_error, dialogue, inbox, member, throttle


async def erase(connection: AsyncConnection, chat_id: int, member_id: int | None) -> None:
    """Delete a chat's rows everywhere: subscription, topics, consents, questions, reminders, deliveries,
    waiting and handled updates and answers. Counts of past broadcasts stay, as they name nobody."""
    if member_id is not None:
        await connection.execute(delete(delivery_error).where(delivery_error.c.member_id == member_id))
        await connection.execute(delete(delivery).where(delivery.c.member_id == member_id))
        await connection.execute(delete(member).where(member.c.id == member_id))
    await connection.execute(delete(answer).where(answer.c.chat_id == chat_id))
    await connection.execute(delete(dialogue).where(dialogue.c.chat_id == chat_id))
    await connection.execute(delete(throttle).where(throttle.c.scope == f"chat:{chat_id}"))
    await connection.execute(update(inbox).where(inbox.c.chat_id == chat_id).values(chat_id=None))

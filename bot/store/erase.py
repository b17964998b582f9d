"""Erasure: a subscriber leaves no id behind in any table."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import (
    DeliveryState,
    answer,
    broadcast,
    delivery,
    delivery_error,
    dialogue,
    inbox,
    member,
    progress,
    throttle,
)

_NOT_SENT = (DeliveryState.QUEUED, DeliveryState.LEASED, DeliveryState.HELD)


async def erase(connection: AsyncConnection, chat_id: int, member_id: int | None) -> None:
    """Delete a chat's rows everywhere: subscription, topics, consents, questions, reminders, deliveries,
    waiting and handled updates and answers. Counts of past broadcasts stay, as they name nobody; what is
    still to be sent or held for the chat is counted no more."""
    if member_id is not None:
        waits = select(delivery.c.broadcast_id).where(
            delivery.c.member_id == member_id, delivery.c.state.in_(_NOT_SENT)
        )
        await connection.execute(
            update(broadcast).where(broadcast.c.id.in_(waits)).values(audience=broadcast.c.audience - 1)
        )
        await connection.execute(delete(delivery_error).where(delivery_error.c.member_id == member_id))
        await connection.execute(delete(delivery).where(delivery.c.member_id == member_id))
        await connection.execute(delete(member).where(member.c.id == member_id))
    await connection.execute(delete(answer).where(answer.c.chat_id == chat_id))
    await connection.execute(delete(dialogue).where(dialogue.c.chat_id == chat_id))
    await connection.execute(delete(progress).where(progress.c.chat_id == chat_id))
    await connection.execute(delete(throttle).where(throttle.c.scope == f"chat:{chat_id}"))
    await connection.execute(update(inbox).where(inbox.c.chat_id == chat_id).values(chat_id=None))

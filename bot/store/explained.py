"""What rows tell of Telegram's numbers: which belong to messages that are known, and which may to others."""

from __future__ import annotations

from typing import Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.counter import OWN_COUNTER_BELOW
from bot.store.answers import AnswerRow
from bot.store.leases import Claim
from bot.store.tables import (
    OPEN_ANSWER,
    OPEN_DELIVERY,
    AnswerState,
    DeliveryState,
    answer,
    broadcast,
    decision,
    delivery,
    inbox,
    member,
    message,
)


async def known_numbers(connection: AsyncConnection, floor: int, since: int) -> set[int]:
    """Numbers above ``floor`` of the bot's one counter that a row explains: ours and those of messages to us.

    Only broadcasts that were open at ``since`` (epoch seconds) or later are read: older ones have lower
    numbers.
    """
    own_counter = select(member.c.id).where(member.c.chat_id < OWN_COUNTER_BELOW)
    recent = select(broadcast.c.id).where(
        or_(broadcast.c.finished_at.is_(None), broadcast.c.finished_at >= since)
    )
    sent = await connection.execute(
        select(delivery.c.telegram_message_id).where(
            delivery.c.broadcast_id.in_(recent),
            delivery.c.state == DeliveryState.SENT,
            delivery.c.telegram_message_id > floor,
            delivery.c.member_id.not_in(own_counter),
        )
    )
    known = set(sent.scalars())
    answered = await connection.execute(
        select(answer.c.telegram_message_id).where(
            answer.c.state == AnswerState.SENT,
            answer.c.telegram_message_id > floor,
            answer.c.chat_id > OWN_COUNTER_BELOW,
        )
    )
    told = await connection.execute(select(inbox.c.message_id).where(inbox.c.message_id > floor))
    known |= {int(one) for one in told.scalars()}
    return known | {int(one) for one in answered.scalars() if one is not None}


async def highest_number(connection: AsyncConnection) -> int:
    """The highest number of the one counter in any row, 0 without one: a look through all of them."""
    own_counter = select(member.c.id).where(member.c.chat_id < OWN_COUNTER_BELOW)
    sent = await connection.scalar(
        select(func.max(delivery.c.telegram_message_id)).where(
            delivery.c.state == DeliveryState.SENT, delivery.c.member_id.not_in(own_counter)
        )
    )
    answered = await connection.scalar(
        select(func.max(answer.c.telegram_message_id)).where(
            answer.c.state == AnswerState.SENT, answer.c.chat_id > OWN_COUNTER_BELOW
        )
    )
    return max(sent or 0, answered or 0)


async def known_in(connection: AsyncConnection, row: Claim | AnswerRow, since: int) -> tuple[int, set[int]]:
    """Of a chat with a counter of its own: the highest number of ours that was given before ``row`` was
    leased (0 without one), and all numbers above it that rows explain.

    Earlier than a row of a broadcast are those of broadcasts before it, earlier than an answer the answers
    before it and broadcasts that had ended ``since`` then.
    """
    earlier_broadcast = (
        delivery.c.broadcast_id < row.broadcast_id
        if isinstance(row, Claim)
        else delivery.c.broadcast_id.in_(select(broadcast.c.id).where(broadcast.c.finished_at < since))
    )
    deliveries = await connection.execute(
        select(delivery.c.telegram_message_id, earlier_broadcast)
        .join(member, member.c.id == delivery.c.member_id)
        .where(
            member.c.chat_id == row.chat_id,
            delivery.c.state == DeliveryState.SENT,
            delivery.c.telegram_message_id.is_not(None),
        )
    )
    earlier_answer = answer.c.id < row.id if isinstance(row, AnswerRow) else answer.c.done_at < since
    answered = await connection.execute(
        select(answer.c.telegram_message_id, earlier_answer).where(
            answer.c.chat_id == row.chat_id,
            answer.c.state == AnswerState.SENT,
            answer.c.telegram_message_id.is_not(None),
        )
    )
    numbers = [(int(number), bool(earlier)) for number, earlier in (*deliveries, *answered)]
    floor = max((number for number, earlier in numbers if earlier), default=0)
    return floor, {number for number, _ in numbers if number > floor}


async def held_elsewhere(connection: AsyncConnection, owner: int) -> int:
    """How many rows others than ``owner`` hold."""
    deliveries = select(func.count()).where(
        OPEN_DELIVERY, delivery.c.state == DeliveryState.LEASED, delivery.c.lease_owner != owner
    )
    answers = select(func.count()).where(
        OPEN_ANSWER, answer.c.state == AnswerState.LEASED, answer.c.lease_owner != owner
    )
    return int(await connection.scalar(deliveries) or 0) + int(await connection.scalar(answers) or 0)


async def repeated(connection: AsyncConnection, chat_id: int, message_id: int) -> list[dict[str, Any]]:
    """The calls of messages that were sent again to a chat at ``message_id`` or after it, which may be the
    second or the first copy of one: those nearest in time first."""
    again = exists().where(
        decision.c.broadcast_id == delivery.c.broadcast_id,
        decision.c.member_id == delivery.c.member_id,
        decision.c.decided == "undecided",
    )
    rows = await connection.execute(
        select(message.c.body)
        .join(delivery, delivery.c.message_id == message.c.id)
        .join(member, member.c.id == delivery.c.member_id)
        .where(
            member.c.chat_id == chat_id,
            or_(delivery.c.attempts > 1, again),
            or_(delivery.c.telegram_message_id.is_(None), delivery.c.telegram_message_id >= message_id),
        )
        .order_by(delivery.c.telegram_message_id)
    )
    return [row.body for row in rows]

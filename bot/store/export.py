"""What proves who did what and who got what: plain records, without texts of messages and without names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import moment
from bot.store.tables import DeliveryState, audit, broadcast, delivery, delivery_error


async def lines(connection: AsyncConnection) -> AsyncIterator[dict[str, Any]]:
    """Every audit line (``"type": "audit"``), then every delivery (``"type": "delivery"``), oldest first.

    Moments are ISO 8601 in UTC, states their lower-case names.
    """
    async with connection.stream(select(audit).order_by(audit.c.id)) as rows:
        async for row in rows:
            yield {
                "type": "audit",
                "id": row.id,
                "at": moment(row.at).isoformat(),
                "user": row.user_id,
                "action": row.action,
                "object": row.object,
                "detail": row.detail,
            }
    async with connection.stream(_deliveries()) as rows:
        async for row in rows:
            yield {
                "type": "delivery",
                "broadcast": row.broadcast_id,
                "notice": row.notice_id,
                "purpose": row.purpose,
                "released": moment(row.created_at).isoformat(),
                "member": row.member_id,
                "state": DeliveryState(row.state).name.lower(),
                "attempts": row.attempts,
                "telegram_message": row.telegram_message_id if row.state == DeliveryState.SENT else None,
                "error": row.text,
            }


def _deliveries() -> Any:
    same = and_(
        delivery_error.c.broadcast_id == delivery.c.broadcast_id,
        delivery_error.c.member_id == delivery.c.member_id,
    )
    return (
        select(
            delivery.c.broadcast_id,
            broadcast.c.notice_id,
            broadcast.c.purpose,
            broadcast.c.created_at,
            delivery.c.member_id,
            delivery.c.state,
            delivery.c.attempts,
            delivery.c.telegram_message_id,
            delivery_error.c.text,
        )
        .join(broadcast, broadcast.c.id == delivery.c.broadcast_id)
        .join(delivery_error, same, isouter=True)
        .order_by(delivery.c.broadcast_id, delivery.c.member_id)
    )

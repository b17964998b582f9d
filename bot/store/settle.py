"""A restored copy's rows that its original may have worked off already: put aside, so that nothing is
done twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.store.tables import (
    OPEN_ANSWER,
    OPEN_DELIVERY,
    BroadcastState,
    DeliveryState,
    InboxState,
    ReminderState,
    answer,
    broadcast,
    delivery,
    inbox,
    reminder,
    source,
)

TROUBLE = "restored from a backup"


@dataclass(frozen=True, slots=True)
class Settled:
    """How many broadcasts were paused, reminders ended and answers dropped."""

    broadcasts: int
    reminders: int
    answers: int


async def settle(connection: AsyncConnection, now: datetime) -> Settled:
    """Put aside what the copy believes to be open.

    Broadcasts under way are paused with their waiting rows as they are: staff resume or stop each. A row
    that was leased is unknown for ever. Reminders due by ``now`` are ended. Answers and updates that wait
    are dropped: who wrote has been answered by the original. Finished broadcasts are not reported again.
    The next poll of a source announces nothing, like a first one.
    """
    await connection.execute(
        update(delivery)
        .where(OPEN_DELIVERY, delivery.c.state == DeliveryState.LEASED)
        .values(state=DeliveryState.UNKNOWN, lease_owner=None, lease_until=None)
    )
    paused = await connection.execute(
        update(broadcast)
        .where(broadcast.c.state == BroadcastState.SENDING)
        .values(state=BroadcastState.PAUSED, trouble=TROUBLE)
    )
    ended = await connection.execute(
        update(reminder)
        .where(reminder.c.state == ReminderState.DUE, reminder.c.due_at <= epoch(now))
        .values(state=ReminderState.ENDED)
    )
    dropped = await connection.execute(delete(answer).where(OPEN_ANSWER))
    await connection.execute(
        update(inbox)
        .where(inbox.c.state == InboxState.NEW)
        .values(state=InboxState.DONE, body=None, done_at=epoch(now))
    )
    done = (BroadcastState.FINISHED, BroadcastState.STOPPED)
    await connection.execute(
        update(broadcast)
        .where(broadcast.c.state.in_(done), broadcast.c.reported_at.is_(None))
        .values(reported_at=epoch(now))
    )
    await connection.execute(update(source).values(last_ok_at=None))
    return Settled(paused.rowcount, ended.rowcount, dropped.rowcount)

"""The copies of a notice that members hold: who has one, which message it is, and what follows from it.

A correction edits them, a change is sent as a reply to them. Which message that is, is looked up when a
row is leased: a copy that was under way at the release is known by then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.domain.member import LANGUAGES, MemberState
from bot.domain.outgoing import Edit
from bot.store import relations
from bot.store.leases import Claim
from bot.store.tables import (
    OPEN_DELIVERY,
    BroadcastState,
    DeliveryState,
    broadcast,
    delivery,
    member,
    message,
)

PURPOSE_NEW = "new"
REPLY = {"allow_sending_without_reply": True}
"""The reply parameters of a message rendered once; the copy's number is filled in for each member."""
WAIT = timedelta(seconds=20)
"""How long an edit waits for the copy that is just being sent."""
_HELD = (DeliveryState.QUEUED, DeliveryState.LEASED, DeliveryState.SENT, DeliveryState.UNKNOWN)
_MAY_HOLD = (DeliveryState.LEASED, DeliveryState.SENT, DeliveryState.UNKNOWN)


@dataclass(slots=True)
class Addressed:
    """Leased rows that can be sent now, and the message each edits or answers, by (broadcast, member)."""

    claims: list[Claim] = field(default_factory=list)
    targets: dict[tuple[int, int], int] = field(default_factory=dict)


async def count(connection: AsyncConnection, notice_ids: Sequence[int]) -> dict[str, int]:
    """How many active members hold a copy of one of these notices or will, by their language."""
    rows = await connection.execute(
        select(member.c.language, func.count(func.distinct(member.c.id)))
        .join(delivery, delivery.c.member_id == member.c.id)
        .join(broadcast, broadcast.c.id == delivery.c.broadcast_id)
        .where(
            broadcast.c.notice_id.in_(notice_ids),
            delivery.c.state.in_(_HELD),
            member.c.state == MemberState.ACTIVE,
        )
        .group_by(member.c.language)
    )
    found = {row[0]: row[1] for row in rows}
    return {language: found.get(number, 0) for number, language in enumerate(LANGUAGES)}


async def lock(connection: AsyncConnection, notice_id: int) -> None:
    """Keep others from leasing the waiting rows of a notice until the transaction ends (PostgreSQL; an
    SQLite file has one writer anyway): what is leased has its text already."""
    of_notice = select(broadcast.c.id).where(broadcast.c.notice_id == notice_id)
    await connection.execute(
        select(delivery.c.member_id)
        .where(OPEN_DELIVERY, delivery.c.broadcast_id.in_(of_notice))
        .with_for_update()
    )


async def fan_out_edits(connection: AsyncConnection, broadcast_id: int, notice_id: int, now: datetime) -> int:
    """One row per member who has a copy of the notice or may have one, in the language of that copy.

    Returns how many; sets the broadcast's audience. Without an audience it is finished at once.
    """
    first = select(broadcast.c.id).where(
        broadcast.c.notice_id == notice_id, broadcast.c.purpose == PURPOSE_NEW
    )
    own = message.alias("own")
    rows = (
        select(
            literal(broadcast_id),
            delivery.c.member_id,
            own.c.id,
            literal(int(DeliveryState.QUEUED)),
            literal(0),
            literal(0),
        )
        .join(message, message.c.id == delivery.c.message_id)
        .join(own, (own.c.broadcast_id == broadcast_id) & (own.c.language == message.c.language))
        .where(delivery.c.broadcast_id.in_(first), delivery.c.state.in_(_MAY_HOLD))
    )
    return await _insert(connection, broadcast_id, rows, now)


async def fan_out_replies(
    connection: AsyncConnection, broadcast_id: int, notice_ids: Sequence[int], now: datetime
) -> int:
    """One row per active member who got one of these notices, or is just getting it, in their language."""
    earlier = select(broadcast.c.id).where(
        broadcast.c.notice_id.in_(notice_ids), broadcast.c.id != broadcast_id
    )
    holders = select(delivery.c.member_id).where(
        delivery.c.broadcast_id.in_(earlier), delivery.c.state.in_(_HELD)
    )
    rows = (
        select(
            literal(broadcast_id),
            member.c.id,
            message.c.id,
            literal(int(DeliveryState.QUEUED)),
            literal(0),
            literal(0),
        )
        .join(message, (message.c.broadcast_id == broadcast_id) & (message.c.language == member.c.language))
        .where(member.c.id.in_(holders), member.c.state == MemberState.ACTIVE)
    )
    return await _insert(connection, broadcast_id, rows, now)


async def _insert(connection: AsyncConnection, broadcast_id: int, rows: Any, now: datetime) -> int:
    columns = ["broadcast_id", "member_id", "message_id", "state", "attempts", "silent"]
    total = (await connection.execute(insert(delivery).from_select(columns, rows))).rowcount
    values: dict[str, Any] = {"audience": total}
    if total == 0:
        values |= {"state": BroadcastState.FINISHED, "finished_at": epoch(now)}
    await connection.execute(update(broadcast).where(broadcast.c.id == broadcast_id).values(**values))
    return total


async def follow(connection: AsyncConnection, broadcast_id: int, follows_id: int, now: datetime) -> None:
    """Make a broadcast the one that sends anew what ``follows_id`` could not edit; empty, so finished."""
    await connection.execute(
        update(broadcast)
        .where(broadcast.c.id == broadcast_id)
        .values(follows_id=follows_id, state=BroadcastState.FINISHED, finished_at=epoch(now))
    )


async def correct_waiting(
    connection: AsyncConnection, broadcast_id: int, language: str, body: Mapping[str, Any]
) -> None:
    """Give the rows of a broadcast that still wait the corrected text; what was sent stays as it was."""
    waits = select(delivery.c.member_id).where(OPEN_DELIVERY, delivery.c.broadcast_id == broadcast_id)
    await connection.execute(
        update(message)
        .where(
            message.c.broadcast_id == broadcast_id,
            message.c.language == LANGUAGES.index(language),
            waits.exists(),
        )
        .values(body=dict(body))
    )


def is_about_another(method: str, body: Mapping[str, Any]) -> bool:
    """Whether a message is an edit of, or a reply to, an earlier one, another one for each member."""
    return method == Edit.method or "reply_parameters" in body


async def address(
    connection: AsyncConnection,
    claims: Sequence[Claim],
    bodies: Mapping[int, tuple[str, dict[str, Any]]],
    now: datetime,
) -> Addressed:
    """The message that each leased edit or reply is about, in the transaction that leased the rows.

    An edit whose copy is still under way waits; one whose copy nobody can name is sent as a new message;
    who turned out to have no copy gets nothing.
    """
    found = Addressed()
    by_broadcast: dict[tuple[int, bool], list[Claim]] = {}
    for claim in claims:
        method, body = bodies[claim.message_id]
        if is_about_another(method, body):
            by_broadcast.setdefault((claim.broadcast_id, method == Edit.method), []).append(claim)
        else:
            found.claims.append(claim)
    for (broadcast_id, edits), rows in by_broadcast.items():
        earlier = await _earlier(connection, broadcast_id, own_only=edits)
        states = await _states(connection, earlier, [row.member_id for row in rows])
        for claim in rows:
            copy = states.get(claim.member_id, {})
            if target := copy.get(DeliveryState.SENT):
                found.targets[broadcast_id, claim.member_id] = target
                found.claims.append(claim)
            elif not edits:
                found.claims.append(claim)
            else:
                await _without_copy(connection, claim, copy, now)
    return found


async def _earlier(connection: AsyncConnection, broadcast_id: int, *, own_only: bool) -> list[int]:
    """The broadcasts, oldest first, whose messages are copies of what this one corrects (its own notice)
    or changes (those it replaces)."""
    notice_id = (
        await connection.execute(select(broadcast.c.notice_id).where(broadcast.c.id == broadcast_id))
    ).scalar_one()
    ids = (notice_id,) if own_only else await relations.changed_by(connection, notice_id)
    rows = await connection.execute(
        select(broadcast.c.id)
        .where(broadcast.c.notice_id.in_(ids), broadcast.c.id < broadcast_id)
        .order_by(broadcast.c.id)
    )
    return [row.id for row in rows]


async def _states(
    connection: AsyncConnection, broadcast_ids: Sequence[int], member_ids: Sequence[int]
) -> dict[int, dict[DeliveryState, int]]:
    """By member, the states of their rows with the newest message number known in each."""
    rows = await connection.execute(
        select(delivery.c.member_id, delivery.c.state, delivery.c.telegram_message_id)
        .where(delivery.c.broadcast_id.in_(broadcast_ids), delivery.c.member_id.in_(member_ids))
        .order_by(delivery.c.broadcast_id)
    )
    found: dict[int, dict[DeliveryState, int]] = {}
    for member_id, state, number in rows:
        mine = found.setdefault(member_id, {})
        mine[DeliveryState(state)] = number or mine.get(DeliveryState(state), 0)
    return found


async def _without_copy(
    connection: AsyncConnection, claim: Claim, copy: Mapping[DeliveryState, int], now: datetime
) -> None:
    mine = (delivery.c.broadcast_id == claim.broadcast_id) & (delivery.c.member_id == claim.member_id)
    free = {"lease_owner": None, "lease_until": None}
    if DeliveryState.QUEUED in copy or DeliveryState.LEASED in copy:
        later = {
            "state": DeliveryState.QUEUED,
            "not_before": epoch(now + WAIT),
            "attempts": claim.attempts - 1,
        }
        await connection.execute(update(delivery).where(mine).values(**later, **free))
    elif DeliveryState.UNKNOWN in copy or DeliveryState.SENT in copy:
        await connection.execute(update(delivery).where(mine).values(state=DeliveryState.UNKNOWN, **free))
        await send_anew(connection, claim.broadcast_id, claim.member_id)
    else:
        await connection.execute(delete(delivery).where(mine))
        fewer = update(broadcast).where(broadcast.c.id == claim.broadcast_id)
        await connection.execute(fewer.values(audience=broadcast.c.audience - 1))


async def send_anew(connection: AsyncConnection, broadcast_id: int, member_id: int) -> bool:
    """Queue a new message for a member whose copy could not be edited, once; False when there is no
    broadcast for it or the row of the edit is not over."""
    fresh = (
        await connection.execute(select(broadcast.c.id).where(broadcast.c.follows_id == broadcast_id))
    ).scalar_one_or_none()
    if fresh is None:
        return False
    old, new = message.alias("old"), message.alias("new")
    rows = (
        select(
            literal(fresh),
            delivery.c.member_id,
            new.c.id,
            literal(int(DeliveryState.QUEUED)),
            literal(0),
            literal(0),
        )
        .join(old, old.c.id == delivery.c.message_id)
        .join(new, (new.c.broadcast_id == fresh) & (new.c.language == old.c.language))
        .where(
            delivery.c.broadcast_id == broadcast_id,
            delivery.c.member_id == member_id,
            delivery.c.state.in_((DeliveryState.FAILED, DeliveryState.UNKNOWN)),
        )
    )
    maker = sqlite_insert if connection.dialect.name == "sqlite" else pg_insert
    columns = ["broadcast_id", "member_id", "message_id", "state", "attempts", "silent"]
    added = await connection.execute(maker(delivery).from_select(columns, rows).on_conflict_do_nothing())
    if added.rowcount < 1:
        return False
    await connection.execute(
        update(broadcast)
        .where(broadcast.c.id == fresh)
        .values(
            audience=broadcast.c.audience + 1,
            state=BroadcastState.SENDING,
            finished_at=None,
            reported_at=None,
        )
    )
    return True

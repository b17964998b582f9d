"""Rows whose message may have arrived or not, what is known of Telegram's numbers, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
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
    event,
    member,
    message,
    numbering,
    reminder,
)

OWN_COUNTER_BELOW = -1_000_000_000_000
KEPT_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a sender knows of Telegram's numbers: messages it lost sight of lie above ``floor``, the highest
    known is ``last``; ``at`` is when the oldest of its leases was made (epoch seconds)."""

    floor: int
    last: int
    broken: bool
    at: int


@dataclass(frozen=True, slots=True)
class Suspect:
    """A row taken over: the call that may have been made, and the number expected if it was."""

    row: Claim | AnswerRow
    method: str
    body: dict[str, Any]
    expected: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of a row: ``found``, ``absent`` or ``undecided``; ``cause`` is why it was in doubt."""

    row: Claim | AnswerRow
    cause: str
    decided: str
    message_id: int | None = None
    probes: int = 0


async def take_over(
    connection: AsyncConnection, now: datetime, owner: int, lease_seconds: int, *, run_out_only: bool
) -> tuple[list[Suspect], Numbers | None]:
    """Lease what others lost to ``owner``, without counting an attempt; all of it or, with
    ``run_out_only``, what has run out. The numbers are those of the senders that were lost, or None
    when nothing is known of them."""
    claims = await _lost_claims(connection, now, owner, run_out_only)
    rows = await _lost_answers(connection, now, owner, run_out_only)
    if not claims and not rows:
        return [], await _numbers(connection, None if not run_out_only else {owner})
    mine = {"lease_owner": owner, "lease_until": epoch(now) + lease_seconds}
    for claim, _ in claims:
        await connection.execute(
            update(delivery)
            .where(delivery.c.broadcast_id == claim.broadcast_id, delivery.c.member_id == claim.member_id)
            .values(**mine)
        )
    if rows:
        ids = [row.id for row, _ in rows]
        await connection.execute(update(answer).where(answer.c.id.in_(ids)).values(**mine))
    owners = {lost for _, lost in (*claims, *rows)}
    numbers = await _numbers(connection, owners)
    suspects = await _with_bodies(connection, [claim for claim, _ in claims], numbers)
    suspects += [Suspect(row, row.method, row.body, numbers.floor + 1 if numbers else 0) for row, _ in rows]
    return suspects, numbers


async def _lost_claims(
    connection: AsyncConnection, now: datetime, owner: int, run_out_only: bool
) -> list[tuple[Claim, int]]:
    lost: list[Any] = [
        OPEN_DELIVERY,
        delivery.c.state == DeliveryState.LEASED,
        delivery.c.lease_owner != owner,
    ]
    if run_out_only:
        lost.append(delivery.c.lease_until < epoch(now))
    rows = await connection.execute(
        select(
            delivery.c.broadcast_id,
            delivery.c.member_id,
            member.c.chat_id,
            delivery.c.message_id,
            delivery.c.attempts,
            delivery.c.silent,
            delivery.c.lease_owner,
        )
        .join(member, member.c.id == delivery.c.member_id)
        .where(*lost)
        .order_by(delivery.c.broadcast_id, delivery.c.member_id)
        .with_for_update(skip_locked=True, of=delivery)
    )
    return [(Claim(r[0], r[1], r[2], r[3], r[4], bool(r[5])), r[6]) for r in rows]


async def _lost_answers(
    connection: AsyncConnection, now: datetime, owner: int, run_out_only: bool
) -> list[tuple[AnswerRow, int]]:
    lost: list[Any] = [
        OPEN_ANSWER,
        answer.c.state == AnswerState.LEASED,
        answer.c.lease_owner != owner,
    ]
    if run_out_only:
        lost.append(answer.c.lease_until < epoch(now))
    rows = await connection.execute(
        select(
            answer.c.id,
            answer.c.chat_id,
            answer.c.method,
            answer.c.body,
            answer.c.attempts,
            answer.c.lease_owner,
        )
        .where(*lost)
        .order_by(answer.c.id)
        .with_for_update(skip_locked=True)
    )
    return [(AnswerRow(r[0], r[1], r[2], r[3], r[4]), r[5]) for r in rows]


async def _numbers(connection: AsyncConnection, owners: set[int] | None) -> Numbers | None:
    """What some senders knew, None: all there were; the lowest floor, the highest number."""
    query = select(numbering)
    if owners is not None:
        query = query.where(numbering.c.owner.in_(sorted(owners)))
    rows = (await connection.execute(query)).all()
    if not rows or (owners is not None and len(rows) < len(owners)):
        return None
    return Numbers(
        min(row.floor for row in rows),
        max(row.last for row in rows),
        any(row.broken for row in rows),
        min(row.at for row in rows),
    )


async def _with_bodies(
    connection: AsyncConnection, claims: Sequence[Claim], numbers: Numbers | None
) -> list[Suspect]:
    """Each claim with its call and the number after its neighbour's, who was sent to before it."""
    ids = sorted({claim.message_id for claim in claims})
    found = await connection.execute(
        select(message.c.id, message.c.method, message.c.body).where(message.c.id.in_(ids))
    )
    bodies = {row.id: (row.method, row.body) for row in found}
    suspects: list[Suspect] = []
    neighbour, behind = -1, 0
    for claim in claims:
        before = await connection.scalar(
            select(delivery.c.telegram_message_id)
            .where(
                delivery.c.broadcast_id == claim.broadcast_id,
                delivery.c.member_id < claim.member_id,
                delivery.c.telegram_message_id.is_not(None),
            )
            .order_by(delivery.c.member_id.desc())
            .limit(1)
        )
        known = max(before or 0, numbers.floor if numbers else 0)
        behind = behind + 1 if known == neighbour else 1
        neighbour = known
        method, body = bodies[claim.message_id]
        suspects.append(Suspect(claim, method, body, known + behind))
    return suspects


async def renew(connection: AsyncConnection, owner: int, now: datetime, lease_seconds: int) -> None:
    """Keep what ``owner`` holds for longer: rows whose arrival is being looked into."""
    until = epoch(now) + lease_seconds
    await connection.execute(
        update(delivery)
        .where(OPEN_DELIVERY, delivery.c.state == DeliveryState.LEASED, delivery.c.lease_owner == owner)
        .values(lease_until=until)
    )
    await connection.execute(
        update(answer)
        .where(OPEN_ANSWER, answer.c.state == AnswerState.LEASED, answer.c.lease_owner == owner)
        .values(lease_until=until)
    )


async def note_numbers(connection: AsyncConnection, owner: int, numbers: Numbers) -> None:
    """What ``owner`` knows from now on."""
    insert_ = sqlite_insert if connection.dialect.name == "sqlite" else pg_insert
    values = {
        "floor": numbers.floor,
        "last": numbers.last,
        "broken": int(numbers.broken),
        "at": numbers.at,
    }
    statement = insert_(numbering).values(owner=owner, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["owner"], set_=values))


async def forget_numbers(connection: AsyncConnection, owner: int, now: datetime, *, alone: bool) -> None:
    """Forget the senders before ``owner``: all when it is ``alone``, else those that hold no row and were
    silent for a day."""
    gone = [numbering.c.owner != owner]
    if not alone:
        held = select(delivery.c.lease_owner).where(OPEN_DELIVERY, delivery.c.lease_owner.is_not(None))
        gone += [numbering.c.at < epoch(now) - KEPT_SECONDS, numbering.c.owner.not_in(held)]
    await connection.execute(delete(numbering).where(*gone))


async def known_numbers(connection: AsyncConnection, floor: int, since: int) -> set[int]:
    """Numbers above ``floor`` of the bot's one counter that a row explains.

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
            delivery.c.telegram_message_id > floor,
            delivery.c.member_id.not_in(own_counter),
        )
    )
    known = set(sent.scalars())
    answered = await connection.execute(
        select(answer.c.telegram_message_id).where(
            answer.c.telegram_message_id > floor, answer.c.chat_id > OWN_COUNTER_BELOW
        )
    )
    return known | {int(one) for one in answered.scalars() if one is not None}


async def highest_number(connection: AsyncConnection) -> int:
    """The highest number of the one counter in any row, 0 without one: a look through all of them."""
    own_counter = select(member.c.id).where(member.c.chat_id < OWN_COUNTER_BELOW)
    sent = await connection.scalar(
        select(func.max(delivery.c.telegram_message_id)).where(delivery.c.member_id.not_in(own_counter))
    )
    answered = await connection.scalar(
        select(func.max(answer.c.telegram_message_id)).where(answer.c.chat_id > OWN_COUNTER_BELOW)
    )
    return max(sent or 0, answered or 0)


async def highest_in(connection: AsyncConnection, chat_id: int) -> int:
    """The highest number of ours in one chat, 0 without one."""
    sent = await connection.scalar(
        select(func.max(delivery.c.telegram_message_id))
        .join(member, member.c.id == delivery.c.member_id)
        .where(member.c.chat_id == chat_id)
    )
    answered = await connection.scalar(
        select(func.max(answer.c.telegram_message_id)).where(answer.c.chat_id == chat_id)
    )
    return max(sent or 0, answered or 0)


async def note_decisions(connection: AsyncConnection, decisions: Iterable[Decision], now: datetime) -> None:
    """Write down what was decided."""
    rows = [
        {
            "broadcast_id": one.row.broadcast_id if isinstance(one.row, Claim) else None,
            "member_id": one.row.member_id if isinstance(one.row, Claim) else None,
            "answer_id": one.row.id if isinstance(one.row, AnswerRow) else None,
            "cause": one.cause,
            "decided": one.decided,
            "telegram_message_id": one.message_id,
            "probes": one.probes,
            "at": epoch(now),
        }
        for one in decisions
    ]
    if rows:
        await connection.execute(insert(decision), rows)


async def reminder_is_over(connection: AsyncConnection, answer_id: int, now: datetime) -> bool:
    """Whether an answer is a reminder of something that has begun: it is of no use a second time."""
    key = await connection.scalar(select(answer.c.dedupe).where(answer.c.id == answer_id))
    parts = (key or "").split(":")
    if parts[0] != "reminder" or len(parts) < 3 or not parts[2].isdigit():
        return False
    starts = await connection.scalar(
        select(event.c.starts_at)
        .join(reminder, and_(reminder.c.event_id == event.c.id))
        .where(reminder.c.id == int(parts[2]))
    )
    return starts is None or starts <= epoch(now)

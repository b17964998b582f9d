"""Held deliveries and the digests that carry them: due, on their way, settled.

A digest travels as an answer row whose dedupe key is ``digest:<id>``. Its deliveries stay HELD, without a
moment, until that answer has an end; then all of them get its result and its message id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.domain.member import LANGUAGES, MemberState
from bot.domain.notice import Nature
from bot.store.audience import consents_to
from bot.store.tables import (
    HELD_DELIVERY,
    AnswerState,
    BroadcastState,
    DeliveryState,
    answer,
    broadcast,
    delivery,
    digest,
    member,
    notice,
)

KEY = "digest:"
_ENDS = {
    AnswerState.SENT: DeliveryState.SENT,
    AnswerState.FAILED: DeliveryState.FAILED,
    AnswerState.UNKNOWN: DeliveryState.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Held:
    """What waits for a member's digest whose moment has come: (broadcast, notice) in order of release."""

    member_id: int
    chat_id: int
    language: str
    rows: tuple[tuple[int, int], ...]


async def waiting(connection: AsyncConnection, now: datetime) -> bool:
    """Whether anything held is due; reads only."""
    query = select(delivery.c.member_id).where(HELD_DELIVERY, delivery.c.not_before <= epoch(now)).limit(1)
    return (await connection.execute(query)).first() is not None


async def skip_unwanted(connection: AsyncConnection, now: datetime) -> int:
    """Consent looked at again: due rows of who stopped, blocked, left, or withdrew the consent to such
    notices are skipped. Returns how many."""
    wanted = and_(member.c.state == MemberState.ACTIVE, consents_to(notice.c.nature))
    pairs = await connection.execute(
        select(delivery.c.broadcast_id, delivery.c.member_id)
        .join(member, member.c.id == delivery.c.member_id)
        .join(broadcast, broadcast.c.id == delivery.c.broadcast_id)
        .join(notice, notice.c.id == broadcast.c.notice_id)
        .where(HELD_DELIVERY, delivery.c.not_before <= epoch(now), ~wanted)
    )
    rows = pairs.all()
    for broadcast_id, member_id in rows:
        await connection.execute(
            update(delivery)
            .where(delivery.c.broadcast_id == broadcast_id, delivery.c.member_id == member_id)
            .values(state=int(DeliveryState.SKIPPED))
        )
    return len(rows)


async def due(connection: AsyncConnection, now: datetime, limit: int, *, since: datetime) -> list[Held]:
    """Up to ``limit`` members with held rows whose moment has come, not before ``since``; paused broadcasts
    keep theirs. A member with a row that is due gets all that waits until ``now``."""
    ready = (
        select(delivery.c.member_id)
        .join(broadcast, broadcast.c.id == delivery.c.broadcast_id)
        .where(*_ready(now), delivery.c.not_before >= epoch(since))
        .group_by(delivery.c.member_id)
        .order_by(delivery.c.member_id)
        .limit(limit)
    )
    ids = list((await connection.execute(ready)).scalars())
    if not ids:
        return []
    rows = await connection.execute(
        select(
            member.c.id, member.c.chat_id, member.c.language, delivery.c.broadcast_id, broadcast.c.notice_id
        )
        .join(member, member.c.id == delivery.c.member_id)
        .join(broadcast, broadcast.c.id == delivery.c.broadcast_id)
        .where(*_ready(now), delivery.c.member_id.in_(ids))
        .order_by(member.c.id, delivery.c.broadcast_id)
    )
    people: dict[int, tuple[int, str, list[tuple[int, int]]]] = {}
    for member_id, chat_id, language, broadcast_id, notice_id in rows:
        entry = people.setdefault(member_id, (chat_id, LANGUAGES[language], []))
        entry[2].append((broadcast_id, notice_id))
    return [Held(one, chat, language, tuple(listed)) for one, (chat, language, listed) in people.items()]


def _ready(now: datetime) -> tuple[Any, ...]:
    return (
        HELD_DELIVERY,
        delivery.c.not_before <= epoch(now),
        broadcast.c.state == BroadcastState.SENDING,
    )


async def begin(connection: AsyncConnection, held: Held, now: datetime) -> str:
    """A digest of these rows is on its way; the dedupe key of the answer that is to carry it."""
    broadcasts = [broadcast_id for broadcast_id, _notice in held.rows]
    values = {"member_id": held.member_id, "broadcasts": broadcasts, "created_at": epoch(now)}
    row_id = (await connection.execute(insert(digest).values(**values).returning(digest.c.id))).scalar_one()
    await connection.execute(_rows(held.member_id, broadcasts).values(not_before=None))
    return f"{KEY}{row_id}"


async def withdraw(connection: AsyncConnection, answer_ids: Sequence[int], now: datetime) -> set[int]:
    """Of answers about to be sent, those that carry a digest to somebody who wants none any more: they are
    marked as failed, their deliveries as skipped. Returns their ids."""
    carried = await _carried(connection, answer_ids)
    if not carried:
        return set()
    rows = (
        await connection.execute(
            select(digest.c.id, digest.c.member_id, digest.c.broadcasts)
            .join(member, member.c.id == digest.c.member_id)
            .where(
                digest.c.id.in_(list(carried)),
                digest.c.done_at.is_(None),
                member.c.state != MemberState.ACTIVE,
            )
        )
    ).all()
    for digest_id, member_id, broadcasts in rows:
        await connection.execute(
            update(answer)
            .where(answer.c.id == carried[digest_id])
            .values(
                state=int(AnswerState.FAILED),
                body=None,
                lease_owner=None,
                lease_until=None,
                done_at=epoch(now),
            )
        )
        await _end(connection, digest_id, member_id, broadcasts, DeliveryState.SKIPPED, None, now)
    return {carried[row.id] for row in rows}


async def settle(connection: AsyncConnection, now: datetime, answer_ids: Sequence[int] | None = None) -> int:
    """Give the deliveries of digests whose answer has an end that end: those that ``answer_ids`` carry, else
    all. Returns how many digests.

    A digest whose answer is gone without an end (housekeeping erased it unsent) is made anew: its rows
    wait again.
    """
    which: ColumnElement[bool] = digest.c.done_at.is_(None)
    if answer_ids is not None:
        carried = await _carried(connection, answer_ids)
        if not carried:
            return 0
        which = and_(which, digest.c.id.in_(list(carried)))
    rows = (
        await connection.execute(
            select(
                digest.c.id,
                digest.c.member_id,
                digest.c.broadcasts,
                answer.c.state,
                answer.c.telegram_message_id,
                member.c.state,
            )
            .join(answer, answer.c.dedupe == _key(), isouter=True)
            .join(member, member.c.id == digest.c.member_id)
            .where(
                which,
                func.coalesce(answer.c.state, int(AnswerState.FAILED)) >= int(AnswerState.SENT),
            )
        )
    ).all()
    for digest_id, member_id, broadcasts, state, message_id, member_state in rows:
        end = DeliveryState.HELD if state is None else _ENDS[AnswerState(state)]
        if end is DeliveryState.FAILED and member_state == MemberState.BLOCKED:
            end = DeliveryState.BLOCKED
        await _end(connection, digest_id, member_id, broadcasts, end, message_id, now)
    return len(rows)


async def _carried(connection: AsyncConnection, answer_ids: Sequence[int]) -> dict[int, int]:
    """The digests that answers carry: the answer's id by the digest's."""
    if not answer_ids:
        return {}
    rows = await connection.execute(
        select(answer.c.id, answer.c.dedupe).where(
            answer.c.id.in_(list(answer_ids)), answer.c.dedupe.like(f"{KEY}%")
        )
    )
    return {int(row.dedupe.removeprefix(KEY)): row.id for row in rows}


async def _end(
    connection: AsyncConnection,
    digest_id: int,
    member_id: int,
    broadcasts: Sequence[int],
    state: DeliveryState,
    message_id: int | None,
    now: datetime,
) -> None:
    again = epoch(now) if state is DeliveryState.HELD else None
    await connection.execute(
        _rows(member_id, broadcasts).values(
            state=int(state), telegram_message_id=message_id, not_before=again
        )
    )
    await connection.execute(update(digest).where(digest.c.id == digest_id).values(done_at=epoch(now)))


async def skip(connection: AsyncConnection, member_id: int, broadcasts: Sequence[int]) -> None:
    """Held rows whose notices are not to be read any more."""
    await connection.execute(_rows(member_id, broadcasts).values(state=int(DeliveryState.SKIPPED)))


async def bring_forward(connection: AsyncConnection, member_id: int, at: datetime) -> None:
    """What waits for a member's digest waits until ``at`` at the latest."""
    await connection.execute(
        update(delivery)
        .where(HELD_DELIVERY, delivery.c.member_id == member_id, delivery.c.not_before > epoch(at))
        .values(not_before=epoch(at))
    )


async def withdraw_consent(connection: AsyncConnection, member_id: int, nature: Nature) -> int:
    """What waits for a member who takes a consent back is skipped at once; returns how many rows."""
    such = (
        select(broadcast.c.id)
        .join(notice, notice.c.id == broadcast.c.notice_id)
        .where(broadcast.c.state == BroadcastState.SENDING, notice.c.nature == nature.value)
    )
    result = await connection.execute(
        update(delivery)
        .where(
            delivery.c.member_id == member_id,
            delivery.c.state.in_((int(DeliveryState.QUEUED), int(DeliveryState.HELD))),
            delivery.c.broadcast_id.in_(such),
        )
        .values(state=int(DeliveryState.SKIPPED))
    )
    return result.rowcount


def _rows(member_id: int, broadcasts: Sequence[int]) -> Any:
    return update(delivery).where(
        delivery.c.member_id == member_id,
        delivery.c.broadcast_id.in_(list(broadcasts)),
        delivery.c.state == int(DeliveryState.HELD),
    )


def _key() -> Any:
    return literal(KEY) + cast(digest.c.id, String)

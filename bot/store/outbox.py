"""The outbox: one row per broadcast and member, from release to result."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, exists, func, insert, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.domain.audience import Audience
from bot.domain.member import LANGUAGES, MemberState
from bot.store.audience import concerned
from bot.store.tables import (
    OPEN_DELIVERIES,
    BroadcastState,
    DeliveryState,
    broadcast,
    delivery,
    delivery_error,
    member,
    message,
)


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One sending of one notice for one purpose."""

    id: int
    notice_id: int
    purpose: str
    token: str
    state: BroadcastState
    audience: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that was leased."""

    broadcast_id: int
    member_id: int
    chat_id: int
    message_id: int
    attempts: int
    silent: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a claim; ``counted`` False: the attempt was refused and does not count."""

    claim: Claim
    state: DeliveryState
    telegram_message_id: int | None = None
    not_before: datetime | None = None
    counted: bool = True
    error_code: int | None = None
    error_text: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How a broadcast stands; finished when ``open`` is 0 and the states add up to the audience."""

    audience: int
    queued: int = 0
    leased: int = 0
    sent: int = 0
    failed: int = 0
    skipped: int = 0
    unknown: int = 0
    blocked: int = 0

    @property
    def open(self) -> int:
        return self.queued + self.leased

    @property
    def total(self) -> int:
        return self.open + self.sent + self.failed + self.skipped + self.unknown + self.blocked


@dataclass(frozen=True, slots=True)
class Recipient:
    """A line of the report."""

    member_id: int
    chat_id: int
    language: str
    state: DeliveryState
    error: str | None


async def create_broadcast(
    connection: AsyncConnection,
    notice_id: int,
    purpose: str,
    now: datetime,
    *,
    released_by: int | None,
    state: BroadcastState = BroadcastState.SENDING,
) -> Broadcast:
    """A new broadcast. Raises ``IntegrityError`` when the notice was sent for this purpose already."""
    token = secrets.token_urlsafe(6)
    row_id = (
        await connection.execute(
            insert(broadcast)
            .values(
                notice_id=notice_id,
                purpose=purpose,
                token=token,
                state=state,
                released_by=released_by,
                created_at=epoch(now),
            )
            .returning(broadcast.c.id)
        )
    ).scalar_one()
    return Broadcast(row_id, notice_id, purpose, token, state, 0)


async def add_message(
    connection: AsyncConnection, broadcast_id: int, language: str, method: str, body: Mapping[str, Any]
) -> int:
    """The broadcast's message in one language: Bot API parameters without ``chat_id``, rendered once."""
    row_id: int = (
        await connection.execute(
            insert(message)
            .values(
                broadcast_id=broadcast_id,
                language=LANGUAGES.index(language),
                method=method,
                body=dict(body),
            )
            .returning(message.c.id)
        )
    ).scalar_one()
    return row_id


async def fan_out(
    connection: AsyncConnection,
    broadcast_id: int,
    audience: Audience,
    now: datetime,
    *,
    siblings: Sequence[int] = (),
) -> dict[str, int]:
    """One delivery row per active member concerned, by one INSERT … SELECT per language.

    A member whose language has no message gets the other one. The row is silent where the member has one
    in a sibling broadcast already: a circular rings once. Returns the rows per message language and sets
    the broadcast's audience; without an audience it is finished at once.
    """
    messages = {
        LANGUAGES[row.language]: row.id
        for row in await connection.execute(
            select(message.c.language, message.c.id).where(message.c.broadcast_id == broadcast_id)
        )
    }
    counts: dict[str, int] = {}
    default = next(iter(messages), None)
    for number, language in enumerate(LANGUAGES):
        message_language = language if language in messages else default
        if message_language is None:
            continue
        rows = select(
            literal(broadcast_id),
            member.c.id,
            literal(messages[message_language]),
            literal(int(DeliveryState.QUEUED)),
            literal(0),
            _rang_already(siblings),
        ).where(concerned(audience), member.c.language == number)
        result = await connection.execute(
            insert(delivery).from_select(
                ["broadcast_id", "member_id", "message_id", "state", "attempts", "silent"], rows
            )
        )
        counts[message_language] = counts.get(message_language, 0) + result.rowcount
    total = sum(counts.values())
    values: dict[str, Any] = {"audience": total}
    if total == 0:
        values |= {"state": BroadcastState.FINISHED, "finished_at": epoch(now)}
    await connection.execute(update(broadcast).where(broadcast.c.id == broadcast_id).values(**values))
    return counts


def _rang_already(siblings: Sequence[int]) -> Any:
    if not siblings:
        return literal(0)
    earlier = delivery.alias("earlier")
    rang = exists().where(earlier.c.broadcast_id.in_(list(siblings)), earlier.c.member_id == member.c.id)
    return case((rang, 1), else_=0)


async def get_broadcast(connection: AsyncConnection, broadcast_id: int) -> Broadcast | None:
    row = (await connection.execute(_broadcasts().where(broadcast.c.id == broadcast_id))).first()
    return _broadcast(row) if row else None


async def by_token(connection: AsyncConnection, token: str) -> Broadcast | None:
    """The broadcast whose buttons carry ``token``."""
    row = (await connection.execute(_broadcasts().where(broadcast.c.token == token))).first()
    return _broadcast(row) if row else None


async def broadcasts_of(connection: AsyncConnection, notice_ids: Sequence[int]) -> list[Broadcast]:
    """The broadcasts of some notices, oldest first."""
    rows = await connection.execute(
        _broadcasts().where(broadcast.c.notice_id.in_(list(notice_ids))).order_by(broadcast.c.id)
    )
    return [_broadcast(row) for row in rows]


async def recent(connection: AsyncConnection, limit: int = 10) -> list[Broadcast]:
    """The newest broadcasts first."""
    rows = await connection.execute(_broadcasts().order_by(broadcast.c.id.desc()).limit(limit))
    return [_broadcast(row) for row in rows]


def _broadcasts() -> Any:
    return select(
        broadcast.c.id,
        broadcast.c.notice_id,
        broadcast.c.purpose,
        broadcast.c.token,
        broadcast.c.state,
        broadcast.c.audience,
    )


def _broadcast(row: Any) -> Broadcast:
    return Broadcast(row.id, row.notice_id, row.purpose, row.token, BroadcastState(row.state), row.audience)


async def claim(
    connection: AsyncConnection, owner: int, now: datetime, lease_seconds: int, limit: int
) -> list[Claim]:
    """Lease up to ``limit`` waiting rows of running broadcasts, oldest broadcast first.

    Consent is looked at again in the same step: who has stopped, blocked or left since the release is
    skipped.
    """
    at = epoch(now)
    running = select(broadcast.c.id).where(broadcast.c.state == BroadcastState.SENDING)
    waiting = and_(
        delivery.c.state == DeliveryState.QUEUED,
        delivery.c.broadcast_id.in_(running),
        or_(delivery.c.not_before.is_(None), delivery.c.not_before <= at),
    )
    active = select(member.c.id).where(member.c.state == MemberState.ACTIVE)
    picked = [
        (row.broadcast_id, row.member_id)
        for row in await connection.execute(
            select(delivery.c.broadcast_id, delivery.c.member_id)
            .where(waiting)
            .order_by(delivery.c.broadcast_id, delivery.c.member_id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    ]
    claims: list[Claim] = []
    by_broadcast: dict[int, list[int]] = {}
    for broadcast_id, member_id in picked:
        by_broadcast.setdefault(broadcast_id, []).append(member_id)
    for broadcast_id, members in by_broadcast.items():
        mine = and_(
            delivery.c.broadcast_id == broadcast_id,
            delivery.c.member_id.in_(members),
            delivery.c.state == DeliveryState.QUEUED,
        )
        await connection.execute(
            update(delivery)
            .where(mine, delivery.c.member_id.not_in(active))
            .values(state=DeliveryState.SKIPPED)
        )
        await connection.execute(
            update(delivery)
            .where(mine)
            .values(
                state=DeliveryState.LEASED,
                lease_owner=owner,
                lease_until=at + lease_seconds,
                attempts=delivery.c.attempts + 1,
            )
        )
        rows = await connection.execute(
            select(
                delivery.c.broadcast_id,
                delivery.c.member_id,
                member.c.chat_id,
                delivery.c.message_id,
                delivery.c.attempts,
                delivery.c.silent,
            )
            .join(member, member.c.id == delivery.c.member_id)
            .where(
                delivery.c.broadcast_id == broadcast_id,
                delivery.c.member_id.in_(members),
                delivery.c.state == DeliveryState.LEASED,
                delivery.c.lease_owner == owner,
            )
            .order_by(delivery.c.member_id)
        )
        claims += [Claim(r[0], r[1], r[2], r[3], r[4], bool(r[5])) for r in rows]
    return claims


async def mark(connection: AsyncConnection, results: Sequence[Result], owner: int, now: datetime) -> int:
    """Record results; a row that is no longer leased by ``owner`` in this attempt is left alone.

    Returns how many were recorded.
    """
    recorded = 0
    for result in results:
        values: dict[str, Any] = {"state": result.state, "lease_owner": None, "lease_until": None}
        if result.state is DeliveryState.QUEUED:
            values["not_before"] = epoch(result.not_before) if result.not_before else None
            if not result.counted:
                values["attempts"] = delivery.c.attempts - 1
        elif result.telegram_message_id is not None:
            values["telegram_message_id"] = result.telegram_message_id
        row = result.claim
        done = await connection.execute(
            update(delivery)
            .where(
                delivery.c.broadcast_id == row.broadcast_id,
                delivery.c.member_id == row.member_id,
                delivery.c.state == DeliveryState.LEASED,
                delivery.c.lease_owner == owner,
                delivery.c.attempts == row.attempts,
            )
            .values(**values)
        )
        recorded += done.rowcount
        if done.rowcount and result.error_text is not None:
            await _note_error(connection, result, now)
    return recorded


async def _note_error(connection: AsyncConnection, result: Result, now: datetime) -> None:
    insert_ = sqlite_insert if connection.dialect.name == "sqlite" else pg_insert
    values = {"code": result.error_code, "text": (result.error_text or "")[:500], "at": epoch(now)}
    statement = insert_(delivery_error).values(
        broadcast_id=result.claim.broadcast_id, member_id=result.claim.member_id, **values
    )
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["broadcast_id", "member_id"], set_=values)
    )


async def recover(connection: AsyncConnection, now: datetime, owner: int | None, cap: int = 2) -> int:
    """Give back rows whose lease has run out or belongs to another owner than ``owner`` (None: only the
    run-out ones): tried again while attempts are left, else marked as unknown."""
    expired = delivery.c.lease_until < epoch(now)
    lost = and_(
        delivery.c.state == DeliveryState.LEASED,
        or_(expired, delivery.c.lease_owner != owner) if owner is not None else expired,
    )
    await connection.execute(
        update(delivery)
        .where(lost, delivery.c.attempts >= cap)
        .values(state=DeliveryState.UNKNOWN, lease_owner=None, lease_until=None)
    )
    result = await connection.execute(
        update(delivery).where(lost).values(state=DeliveryState.QUEUED, lease_owner=None, lease_until=None)
    )
    return result.rowcount


async def tally(connection: AsyncConnection, broadcast_id: int) -> Tally:
    """The broadcast's rows by state."""
    found = await get_broadcast(connection, broadcast_id)
    rows = await connection.execute(
        select(delivery.c.state, func.count())
        .where(delivery.c.broadcast_id == broadcast_id)
        .group_by(delivery.c.state)
    )
    counts = {DeliveryState(state).name.lower(): number for state, number in rows}
    return Tally(audience=found.audience if found else 0, **counts)


async def finish(connection: AsyncConnection, now: datetime) -> list[int]:
    """Close every running broadcast that has no open row left; returns their ids."""
    still_open = exists().where(
        delivery.c.broadcast_id == broadcast.c.id, delivery.c.state.in_(OPEN_DELIVERIES)
    )
    rows = await connection.execute(
        update(broadcast)
        .where(broadcast.c.state == BroadcastState.SENDING, ~still_open)
        .values(state=BroadcastState.FINISHED, finished_at=epoch(now))
        .returning(broadcast.c.id)
    )
    return [row.id for row in rows]


async def pause(connection: AsyncConnection, broadcast_id: int, trouble: str) -> bool:
    """Stop a running broadcast at a fault of its content; False when it is not running any more."""
    result = await connection.execute(
        update(broadcast)
        .where(broadcast.c.id == broadcast_id, broadcast.c.state == BroadcastState.SENDING)
        .values(state=BroadcastState.PAUSED, trouble=trouble[:500])
    )
    return result.rowcount == 1


async def open_count(connection: AsyncConnection) -> int:
    """Rows of running broadcasts that are still to be sent."""
    running = select(broadcast.c.id).where(broadcast.c.state == BroadcastState.SENDING)
    return (
        await connection.execute(
            select(func.count())
            .select_from(delivery)
            .where(delivery.c.state.in_(OPEN_DELIVERIES), delivery.c.broadcast_id.in_(running))
        )
    ).scalar_one()


async def message_bodies(
    connection: AsyncConnection, ids: Sequence[int]
) -> dict[int, tuple[str, dict[str, Any]]]:
    """The rendered messages by id: Bot API method and parameters."""
    rows = await connection.execute(
        select(message.c.id, message.c.method, message.c.body).where(message.c.id.in_(list(ids)))
    )
    return {row.id: (row.method, row.body) for row in rows}


async def recipients(connection: AsyncConnection, broadcast_id: int) -> list[Recipient]:
    """Every member of a broadcast with what became of the message."""
    rows = await connection.execute(
        select(
            delivery.c.member_id,
            member.c.chat_id,
            member.c.language,
            delivery.c.state,
            delivery_error.c.text,
        )
        .join(member, member.c.id == delivery.c.member_id)
        .join(
            delivery_error,
            and_(
                delivery_error.c.broadcast_id == delivery.c.broadcast_id,
                delivery_error.c.member_id == delivery.c.member_id,
            ),
            isouter=True,
        )
        .where(delivery.c.broadcast_id == broadcast_id)
        .order_by(delivery.c.member_id)
    )
    return [Recipient(r[0], r[1], LANGUAGES[r[2]], DeliveryState(r[3]), r[4]) for r in rows]


async def set_member_state(
    connection: AsyncConnection, member_id: int, state: MemberState, now: datetime
) -> None:
    """A member who blocked the bot or whose account is gone."""
    await connection.execute(
        update(member).where(member.c.id == member_id).values(state=state, state_at=epoch(now))
    )


async def move_member(connection: AsyncConnection, member_id: int, chat_id: int) -> None:
    """A group that became a supergroup has a new id; if that one subscribed too, the old row goes."""
    taken = (
        await connection.execute(select(member.c.id).where(member.c.chat_id == chat_id))
    ).scalar_one_or_none()
    if taken is None:
        await connection.execute(update(member).where(member.c.id == member_id).values(chat_id=chat_id))
    else:
        await connection.execute(
            update(member).where(member.c.id == member_id).values(state=MemberState.GONE)
        )

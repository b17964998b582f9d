"""Leases on the outbox's rows: claimed for sending, marked with what came of it, given back when lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Dialect,
    Integer,
    SmallInteger,
    and_,
    bindparam,
    exists,
    literal_column,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from bot.clock import epoch
from bot.domain.member import MemberState
from bot.store.pause import no_pause
from bot.store.straight import Row, Straight, in_one_go, is_sqlite
from bot.store.tables import (
    OPEN_BROADCAST_ID,
    OPEN_DELIVERY,
    BroadcastState,
    DeliveryState,
    broadcast,
    delivery,
    delivery_error,
    member,
)


class Claim(NamedTuple):
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


async def claim(
    connection: AsyncConnection, owner: int, now: datetime, lease_seconds: int, limit: int
) -> list[Claim]:
    """Lease up to ``limit`` waiting rows of running broadcasts, oldest broadcast first.

    Consent is looked at again in the same step: who has stopped, blocked or left since the release is
    skipped.
    """
    at = epoch(now)
    if is_sqlite(connection):
        dialect = connection.dialect
        return await in_one_go(
            connection, lambda raw: claim_at_once(raw, dialect, owner, at, lease_seconds, limit)
        )
    picked = await connection.execute(_PICK.statement, _PICK.values((at, limit)))
    claims, leased, skipped = _sorted_out(picked, owner, at + lease_seconds)
    await _SKIP.many(connection, skipped)
    await _LEASE.many(connection, leased)
    return claims


def claim_at_once(
    raw: sqlite3.Connection, dialect: Dialect, owner: int, at: int, lease_seconds: int, limit: int
) -> list[Claim]:
    """``claim`` in an SQLite connection's own thread; ``at`` in epoch seconds."""
    sql, order = _PICK.compiled(dialect)
    claims, leased, skipped = _sorted_out(raw.execute(sql, order((at, limit))), owner, at + lease_seconds)
    if skipped:
        sql, order = _SKIP.compiled(dialect)
        raw.executemany(sql, map(order, skipped))
    sql, order = _LEASE.compiled(dialect)
    raw.executemany(sql, map(order, leased))
    return claims


def _sorted_out(picked: Iterable[Any], owner: int, until: int) -> tuple[list[Claim], list[Row], list[Row]]:
    """Claims, with the values that lease them, and the values that skip the others."""
    claims: list[Claim] = []
    leased: list[Row] = []
    skipped: list[Row] = []
    for broadcast_id, member_id, chat_id, message_id, attempts, silent, state in picked:
        if state == MemberState.ACTIVE:
            claims.append(Claim(broadcast_id, member_id, chat_id, message_id, attempts + 1, bool(silent)))
            leased.append((broadcast_id, member_id, attempts + 1, owner, until))
        else:
            skipped.append((broadcast_id, member_id))
    return claims, leased, skipped


def _state(state: DeliveryState) -> ColumnElement[int]:
    return literal_column(str(int(state)), SmallInteger)


def _waiting() -> Any:
    running = select(broadcast.c.id).where(broadcast.c.state == BroadcastState.SENDING, no_pause())
    return and_(
        OPEN_DELIVERY,
        delivery.c.state == DeliveryState.QUEUED,
        OPEN_BROADCAST_ID.in_(running),
        or_(delivery.c.not_before.is_(None), delivery.c.not_before <= bindparam("at", type_=BigInteger)),
    )


_PICK = Straight(
    select(
        delivery.c.broadcast_id,
        delivery.c.member_id,
        member.c.chat_id,
        delivery.c.message_id,
        delivery.c.attempts,
        delivery.c.silent,
        member.c.state,
    )
    .join(member, member.c.id == delivery.c.member_id)
    .where(_waiting())
    .order_by(delivery.c.broadcast_id, delivery.c.member_id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True, of=delivery),
    ("at", "most"),
)

# The rows are locked, or the whole file is: what was picked is still queued.
_PICKED = and_(
    delivery.c.broadcast_id == bindparam("of_broadcast"), delivery.c.member_id == bindparam("of_member")
)
_SKIP = Straight(
    update(delivery).where(_PICKED).values(state=_state(DeliveryState.SKIPPED)),
    ("of_broadcast", "of_member"),
)
_LEASE = Straight(
    update(delivery)
    .where(_PICKED)
    .values(
        state=_state(DeliveryState.LEASED),
        attempts=bindparam("new_attempts"),
        lease_owner=bindparam("new_owner"),
        lease_until=bindparam("new_until"),
    ),
    ("of_broadcast", "of_member", "new_attempts", "new_owner", "new_until"),
)


async def waiting(connection: AsyncConnection, now: datetime) -> bool:
    """Whether ``claim`` or ``finish`` would find anything; reads only."""
    return bool(await connection.scalar(_ANYTHING.statement, {"at": epoch(now)}))


def waiting_at_once(raw: sqlite3.Connection, dialect: Dialect, at: int) -> bool:
    """``waiting`` in an SQLite connection's own thread; ``at`` in epoch seconds."""
    sql, order = _ANYTHING.compiled(dialect)
    return bool(raw.execute(sql, order((at,))).fetchone()[0])


def complete_at_once(raw: sqlite3.Connection, dialect: Dialect) -> bool:
    """Whether ``finish`` would find anything, in an SQLite connection's own thread."""
    sql, order = _ANY_COMPLETE.compiled(dialect)
    return bool(raw.execute(sql, order(())).fetchone()[0])


def _complete() -> Any:
    still_open = exists().where(OPEN_DELIVERY, broadcast.c.id == OPEN_BROADCAST_ID).select_from(delivery)
    return and_(broadcast.c.state == BroadcastState.SENDING, ~still_open, _NothingHeld())


class _NothingHeld(ColumnElement[bool]):
    """That none of a broadcast's rows waits for a digest. In words of its own for SQLite, which would look
    for the rows by the primary key and read all that the broadcast has sent."""

    inherit_cache = True
    type = Boolean()


@compiles(_NothingHeld)
def _nothing_held(_element: _NothingHeld, compiler: SQLCompiler, **_: Any) -> str:
    index = "INDEXED BY ix_delivery_held " if compiler.dialect.name == "sqlite" else ""
    return (
        f"NOT EXISTS (SELECT 1 FROM delivery {index}"
        "WHERE delivery.state = 7 AND delivery.broadcast_id = broadcast.id)"
    )


_ANYTHING = Straight(
    select(
        or_(
            exists(select(delivery.c.member_id).where(_waiting())),
            exists(select(broadcast.c.id).where(_complete())),
        )
    ),
    ("at",),
)


_ANY_COMPLETE = Straight(select(exists(select(broadcast.c.id).where(_complete()))), ())


async def mark(
    connection: AsyncConnection, results: Sequence[Result], owner: int, now: datetime
) -> int | None:
    """Record results; a row that is no longer leased by ``owner`` in this attempt is left alone.

    Returns how many were recorded, None where the database does not count several at once (PostgreSQL).
    Results with an error are written one by one, since an error is noted
    only for a row that is still ours; all others go in one statement.
    """
    plain = [_marking(result, owner) for result in results if result.error_text is None]
    recorded = await _MARK.many(connection, plain)
    counted = recorded >= 0
    for result in results:
        if result.error_text is not None:
            done = await connection.execute(_MARK.statement, _MARK.values(_marking(result, owner)))
            recorded += done.rowcount
            if done.rowcount:
                await _note_error(connection, result, now)
    return recorded if counted else None


def mark_sent_at_once(
    raw: sqlite3.Connection, dialect: Dialect, owner: int, sent: Iterable[tuple[Claim, int | None]]
) -> None:
    """``mark`` for messages that arrived under a number, in an SQLite connection's own thread."""
    state = int(DeliveryState.SENT)
    sql, order = _MARK.compiled(dialect)
    raw.executemany(
        sql, [order(_marked(row, owner, state, row.attempts, None, number)) for row, number in sent]
    )


# The guard: in a lease of this owner and in this very attempt.
_MARK = Straight(
    update(delivery)
    .where(
        delivery.c.broadcast_id == bindparam("of_broadcast"),
        delivery.c.member_id == bindparam("of_member"),
        delivery.c.state == _state(DeliveryState.LEASED),
        delivery.c.lease_owner == bindparam("of_owner"),
        delivery.c.attempts == bindparam("of_attempt"),
    )
    .values(
        state=bindparam("new_state"),
        attempts=bindparam("new_attempts"),
        not_before=bindparam("new_not_before"),
        telegram_message_id=bindparam("new_message_id"),
        lease_owner=null(),
        lease_until=null(),
    ),
    (
        "of_broadcast",
        "of_member",
        "of_owner",
        "of_attempt",
        "new_state",
        "new_attempts",
        "new_not_before",
        "new_message_id",
    ),
)


def _marking(result: Result, owner: int) -> Row:
    row = result.claim
    attempts = row.attempts if result.counted else row.attempts - 1
    not_before = epoch(result.not_before) if result.not_before else None
    return _marked(row, owner, int(result.state), attempts, not_before, result.telegram_message_id)


def _marked(
    row: Claim, owner: int, state: int, attempts: int, not_before: int | None, number: int | None
) -> Row:
    """The values of ``_MARK``."""
    return row.broadcast_id, row.member_id, owner, row.attempts, state, attempts, not_before, number


async def _note_error(connection: AsyncConnection, result: Result, now: datetime) -> None:
    insert_ = sqlite_insert if connection.dialect.name == "sqlite" else pg_insert
    values = {"code": result.error_code, "text": (result.error_text or "")[:500], "at": epoch(now)}
    statement = insert_(delivery_error).values(
        broadcast_id=result.claim.broadcast_id, member_id=result.claim.member_id, **values
    )
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["broadcast_id", "member_id"], set_=values)
    )


async def recover(
    connection: AsyncConnection, now: datetime, owner: int | None, cap: int = 2, *, run_out_only: bool = False
) -> int:
    """Give back rows that others than ``owner`` leased: tried again while attempts are left (below
    ``cap``), else left as unknown. Returns how many are tried again.

    All of them when ``owner`` holds the database alone; with ``run_out_only`` or without an owner those
    whose lease has run out. Rows of ``owner`` itself are under way, however far the clock was moved.
    """
    lost = lost_rows(now, owner, run_out_only)
    await connection.execute(
        update(delivery).where(*lost, delivery.c.attempts >= cap).values(state=DeliveryState.UNKNOWN, **_FREE)
    )
    return await _give_back(connection, lost)


async def repeat(
    connection: AsyncConnection, now: datetime, owner: int, cap: int = 2, *, run_out_only: bool = False
) -> int:
    """Give back what others than ``owner`` leased and what was tried less than ``cap`` times; what was lost
    again stays leased, to be looked for. Returns how many are tried again."""
    lost = lost_rows(now, owner, run_out_only)
    return await _give_back(connection, [*lost, delivery.c.attempts < cap])


_FREE = {"lease_owner": None, "lease_until": None, "telegram_message_id": None}


def lost_rows(now: datetime, owner: int | None, run_out_only: bool) -> list[Any]:
    """The conditions of what others than ``owner`` leased and lost: see ``recover``."""
    lost: list[Any] = [OPEN_DELIVERY, delivery.c.state == DeliveryState.LEASED]
    if owner is not None:
        lost.append(delivery.c.lease_owner != owner)
    if owner is None or run_out_only:
        lost.append(delivery.c.lease_until < epoch(now))
    return lost


async def _give_back(connection: AsyncConnection, which: Sequence[Any]) -> int:
    result = await connection.execute(
        update(delivery).where(*which).values(state=DeliveryState.QUEUED, **_FREE)
    )
    return result.rowcount


async def finish(connection: AsyncConnection, now: datetime) -> list[int]:
    """Close every running broadcast that has no open row left; returns their ids."""
    rows = await connection.execute(
        update(broadcast)
        .where(_complete())
        .values(state=BroadcastState.FINISHED, finished_at=epoch(now))
        .returning(broadcast.c.id)
    )
    return [row.id for row in rows]

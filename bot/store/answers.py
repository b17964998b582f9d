"""Answers to people: rows beside the outbox, so that strangers without consent can be answered too."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Dialect,
    Integer,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.domain.outgoing import Outgoing
from bot.store.straight import Straight
from bot.store.tables import OPEN_ANSWER, AnswerState, answer, member


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer that was leased: the Bot API call and how often it was tried; ``awaited`` by somebody who
    wrote, not set off by time."""

    id: int
    chat_id: int
    method: str
    body: dict[str, Any]
    attempts: int
    awaited: bool = False


async def add(
    connection: AsyncConnection,
    outgoing: Sequence[Outgoing],
    now: datetime,
    *,
    update_id: int | None = None,
    dedupe: Sequence[str] | None = None,
) -> int:
    """Queue answers. Those of an update are unique by (update, n), others by their ``dedupe`` key, one
    per message: what is there already is not added again. Returns how many are new."""
    insert = sqlite_insert if connection.dialect.name == "sqlite" else pg_insert
    new = 0
    for n, message in enumerate(outgoing):
        statement = insert(answer).values(
            update_id=update_id,
            n=n,
            dedupe=dedupe[n] if dedupe else None,
            chat_id=message.chat_id,
            method=message.method,
            body=message.body(),
            created_at=epoch(now),
        )
        result = await connection.execute(statement.on_conflict_do_nothing())
        new += max(result.rowcount, 0)
    return new


async def claim(
    connection: AsyncConnection, owner: int, now: datetime, lease_seconds: int, limit: int
) -> list[AnswerRow]:
    """Lease the oldest waiting answers, at most the first of each chat, so that a chat keeps its order.

    Who wrote comes before what time set off: a thousand digests keep nobody waiting for an answer.
    """
    at = epoch(now)
    values = {"at": at, "most": limit, "new_owner": owner, "new_until": at + lease_seconds}
    rows = await connection.execute(_CLAIM, values)
    return sorted((AnswerRow(*row) for row in rows), key=lambda row: row.id)


async def waiting(connection: AsyncConnection, now: datetime) -> bool:
    """Whether ``claim`` would find anything; reads only."""
    return bool(await connection.scalar(_WAITING.statement, {"at": epoch(now)}))


def waiting_at_once(raw: sqlite3.Connection, dialect: Dialect, at: int) -> bool:
    """``waiting`` in an SQLite connection's own thread; ``at`` in epoch seconds."""
    sql, order = _WAITING.compiled(dialect)
    return bool(raw.execute(sql, order((at,))).fetchone()[0])


def _ready() -> Any:
    first = select(func.min(answer.c.id)).where(OPEN_ANSWER).group_by(answer.c.chat_id)
    return and_(
        OPEN_ANSWER,
        answer.c.id.in_(first),
        answer.c.state == AnswerState.QUEUED,
        or_(answer.c.not_before.is_(None), answer.c.not_before <= bindparam("at", type_=BigInteger)),
    )


_WAITING = Straight(select(exists(select(answer.c.id).where(_ready()))), ("at",))
_OLDEST = (
    select(answer.c.id)
    .where(_ready())
    .order_by(answer.c.update_id.is_(None), answer.c.id)
    .limit(bindparam("most", type_=Integer))
)
_CLAIM = (
    update(answer)
    .where(answer.c.id.in_(_OLDEST), answer.c.state == AnswerState.QUEUED)
    .values(
        state=AnswerState.LEASED,
        lease_owner=bindparam("new_owner"),
        lease_until=bindparam("new_until"),
        attempts=answer.c.attempts + 1,
    )
    .returning(
        answer.c.id,
        answer.c.chat_id,
        answer.c.method,
        answer.c.body,
        answer.c.attempts,
        answer.c.update_id.is_not(None),
    )
)


async def mark(
    connection: AsyncConnection,
    row: AnswerRow,
    owner: int,
    state: AnswerState,
    now: datetime,
    *,
    telegram_message_id: int | None = None,
    not_before: datetime | None = None,
    counted: bool = True,
) -> bool:
    """Record an attempt's result; refused (False) when the lease is no longer this owner's."""
    values: dict[str, Any] = {"state": state, "lease_owner": None, "lease_until": None}
    if state is AnswerState.QUEUED:
        values["not_before"] = epoch(not_before) if not_before else None
        if not counted:
            values["attempts"] = answer.c.attempts - 1
    else:
        values |= {"body": None, "done_at": epoch(now), "telegram_message_id": telegram_message_id}
    result = await connection.execute(
        update(answer)
        .where(
            answer.c.id == row.id,
            answer.c.state == AnswerState.LEASED,
            answer.c.lease_owner == owner,
            answer.c.attempts == row.attempts,
        )
        .values(**values)
    )
    if state is not AnswerState.QUEUED:
        await _forget_strangers(connection, row.id)
    return result.rowcount == 1


async def _forget_strangers(connection: AsyncConnection, row_id: int) -> None:
    """Of who is no member nothing is kept, the last word after an erasure least of all. Only rows
    that answer an update: others say that staff were told."""
    known = exists().where(member.c.chat_id == answer.c.chat_id)
    await connection.execute(
        delete(answer).where(answer.c.id == row_id, answer.c.update_id.is_not(None), ~known)
    )


async def recover(
    connection: AsyncConnection, now: datetime, owner: int | None, cap: int = 2, *, run_out_only: bool = False
) -> int:
    """Give back what others than ``owner`` leased: tried again once, then left as unknown; like
    ``leases.recover``. Returns how many are tried again."""
    lost = lost_rows(now, owner, run_out_only)
    await connection.execute(
        update(answer)
        .where(*lost, answer.c.attempts >= cap)
        .values(
            state=AnswerState.UNKNOWN,
            body=None,
            done_at=epoch(now),
            lease_owner=None,
            telegram_message_id=None,
        )
    )
    return await _give_back(connection, lost)


async def repeat(
    connection: AsyncConnection,
    now: datetime,
    owner: int,
    cap: int = 2,
    *,
    run_out_only: bool = False,
    to_updates: bool = True,
) -> int:
    """As ``leases.repeat``; with ``to_updates`` only what answers somebody's update: the person waits."""
    which = [*lost_rows(now, owner, run_out_only), answer.c.attempts < cap]
    if to_updates:
        which.append(answer.c.update_id.is_not(None))
    return await _give_back(connection, which)


def lost_rows(now: datetime, owner: int | None, run_out_only: bool) -> list[Any]:
    """The conditions of what others than ``owner`` leased and lost: see ``recover``."""
    lost: list[Any] = [OPEN_ANSWER, answer.c.state == AnswerState.LEASED]
    if owner is not None:
        lost.append(answer.c.lease_owner != owner)
    if owner is None or run_out_only:
        lost.append(answer.c.lease_until < epoch(now))
    return lost


async def _give_back(connection: AsyncConnection, which: Sequence[Any]) -> int:
    result = await connection.execute(
        update(answer)
        .where(*which)
        .values(state=AnswerState.QUEUED, lease_owner=None, lease_until=None, telegram_message_id=None)
    )
    return result.rowcount


async def purge(connection: AsyncConnection, before: datetime) -> int:
    """Forget answers made before a moment; a body never outlives it, sent or not."""
    result = await connection.execute(delete(answer).where(answer.c.created_at < epoch(before)))
    return result.rowcount

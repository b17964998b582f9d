"""Rows whose message may have arrived or not, what is known of Telegram's numbers, and what was decided."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Dialect, and_, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.domain.counter import shares_counter
from bot.store import answers, leases
from bot.store.answers import AnswerRow
from bot.store.leases import Claim
from bot.store.straight import Row, Straight, in_one_go, is_sqlite
from bot.store.tables import (
    OPEN_ANSWER,
    OPEN_DELIVERY,
    AnswerState,
    DeliveryState,
    answer,
    decision,
    delivery,
    event,
    member,
    message,
    numbering,
    reminder,
)

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
    """A row taken over: the call that may have been made, and the number expected if it was. It is above
    ``floor`` (None: nothing is known); ``at`` is when the oldest lease of its sender was made."""

    row: Claim | AnswerRow
    method: str
    body: dict[str, Any]
    expected: int
    floor: int | None
    at: int


@dataclass(frozen=True, slots=True)
class _Lost:
    """A row that ``owner`` lost; ``floor`` is what the row itself tells of its number."""

    row: Claim | AnswerRow
    owner: int
    floor: int | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of a row: ``found``, ``absent`` or ``undecided``; ``cause`` is why it was in doubt.
    ``foreign``: a question about it hit another message, ``message_id``."""

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
        known = await _numbers(connection, None if not run_out_only else {owner})
        return [], _together(known.values())
    known = await _numbers(connection, {one.owner for one in (*claims, *rows)})
    suspects = await _with_bodies(connection, claims, known)
    for one in rows:
        assert isinstance(one.row, AnswerRow)
        floor, at = await _floor_in_chat(connection, one.row, _floor(one, known)), _at(one, known)
        suspects.append(Suspect(one.row, one.row.method, one.row.body, (floor or 0) + 1, floor, at))
    for suspect in suspects:
        await _keep(connection, suspect, owner, epoch(now) + lease_seconds)
    return suspects, _together(known.values())


async def _keep(connection: AsyncConnection, suspect: Suspect, owner: int, until: int) -> None:
    """Lease a row to ``owner``. Its floor stands where its number will, for whoever takes it over again: what
    is in doubt for long must not be looked for above the floors of others."""
    mine = {"lease_owner": owner, "lease_until": until, "telegram_message_id": suspect.floor}
    row = suspect.row
    if isinstance(row, Claim):
        mine_of = update(delivery).where(
            delivery.c.broadcast_id == row.broadcast_id, delivery.c.member_id == row.member_id
        )
    else:
        mine_of = update(answer).where(answer.c.id == row.id)
    await connection.execute(mine_of.values(**mine))


def _together(known: Iterable[Numbers]) -> Numbers | None:
    """What several senders knew as one: the lowest floor, the highest number; None without any."""
    rows = list(known)
    if not rows:
        return None
    return Numbers(
        min(row.floor for row in rows),
        max(row.last for row in rows),
        any(row.broken for row in rows),
        min(row.at for row in rows),
    )


def _floor(lost: _Lost, known: Mapping[int, Numbers]) -> int | None:
    """What the row tells, or else what its sender knew; None: nothing is certain."""
    numbers = known.get(lost.owner)
    if lost.floor is not None:
        return lost.floor
    return None if numbers is None else numbers.floor


def _at(lost: _Lost, known: Mapping[int, Numbers]) -> int:
    numbers = known.get(lost.owner)
    return 0 if numbers is None else numbers.at


async def _floor_in_chat(connection: AsyncConnection, row: AnswerRow, floor: int | None) -> int | None:
    """The answers of a chat leave one after the other, so this one's number is above those before it; what
    lies below may be a first copy of one of them, which must not be taken for this one."""
    if floor is None or not shares_counter(row.chat_id):
        return floor
    before = await connection.scalar(
        select(func.max(answer.c.telegram_message_id)).where(
            answer.c.chat_id == row.chat_id,
            answer.c.id < row.id,
            answer.c.state == AnswerState.SENT,
        )
    )
    return max(floor, before or 0)


async def _lost_claims(
    connection: AsyncConnection, now: datetime, owner: int, run_out_only: bool
) -> list[_Lost]:
    rows = await connection.execute(
        select(
            delivery.c.broadcast_id,
            delivery.c.member_id,
            member.c.chat_id,
            delivery.c.message_id,
            delivery.c.attempts,
            delivery.c.silent,
            delivery.c.lease_owner,
            delivery.c.telegram_message_id,
        )
        .join(member, member.c.id == delivery.c.member_id)
        .where(*leases.lost_rows(now, owner, run_out_only))
        .order_by(delivery.c.broadcast_id, delivery.c.member_id)
        .with_for_update(skip_locked=True, of=delivery)
    )
    return [_Lost(Claim(r[0], r[1], r[2], r[3], r[4], bool(r[5])), r[6], r[7]) for r in rows]


async def _lost_answers(
    connection: AsyncConnection, now: datetime, owner: int, run_out_only: bool
) -> list[_Lost]:
    rows = await connection.execute(
        select(
            answer.c.id,
            answer.c.chat_id,
            answer.c.method,
            answer.c.body,
            answer.c.attempts,
            answer.c.lease_owner,
            answer.c.telegram_message_id,
        )
        .where(*answers.lost_rows(now, owner, run_out_only))
        .order_by(answer.c.id)
        .with_for_update(skip_locked=True)
    )
    return [_Lost(AnswerRow(r[0], r[1], r[2], r[3], r[4]), r[5], r[6]) for r in rows]


async def _numbers(connection: AsyncConnection, owners: set[int] | None) -> dict[int, Numbers]:
    """What some senders knew, None: all there were; by owner, without those that left no word."""
    query = select(numbering)
    if owners is not None:
        query = query.where(numbering.c.owner.in_(sorted(owners)))
    rows = await connection.execute(query)
    return {row.owner: Numbers(row.floor, row.last, bool(row.broken), row.at) for row in rows}


async def _with_bodies(
    connection: AsyncConnection, lost: Sequence[_Lost], known: Mapping[int, Numbers]
) -> list[Suspect]:
    """Each claim with its call and the number after its neighbour's, who was sent to before it."""
    claims = [one.row for one in lost if isinstance(one.row, Claim)]
    ids = sorted({claim.message_id for claim in claims})
    found = await connection.execute(
        select(message.c.id, message.c.method, message.c.body).where(message.c.id.in_(ids))
    )
    bodies = {row.id: (row.method, row.body) for row in found}
    suspects: list[Suspect] = []
    neighbour, behind = -1, 0
    for one, claim in zip(lost, claims, strict=True):
        before = await connection.scalar(
            select(delivery.c.telegram_message_id)
            .where(
                delivery.c.broadcast_id == claim.broadcast_id,
                delivery.c.member_id < claim.member_id,
                delivery.c.state == DeliveryState.SENT,
                delivery.c.telegram_message_id.is_not(None),
            )
            .order_by(delivery.c.member_id.desc())
            .limit(1)
        )
        nearest = before or 0
        behind = behind + 1 if nearest == neighbour else 1
        neighbour = nearest
        floor = _floor(one, known)
        expected = max(nearest + behind, (floor or 0) + 1)
        method, body = bodies[claim.message_id]
        suspects.append(Suspect(claim, method, body, expected, floor, _at(one, known)))
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
    if is_sqlite(connection):
        dialect = connection.dialect
        await in_one_go(connection, lambda raw: note_numbers_at_once(raw, dialect, owner, numbers))
    else:
        note = _NOTE["postgresql"]
        await connection.execute(note.statement, note.values(_noted(owner, numbers)))


def note_numbers_at_once(raw: sqlite3.Connection, dialect: Dialect, owner: int, numbers: Numbers) -> None:
    """``note_numbers`` in an SQLite connection's own thread."""
    sql, order = _NOTE["sqlite"].compiled(dialect)
    raw.execute(sql, order(_noted(owner, numbers)))


def _noted(owner: int, numbers: Numbers) -> Row:
    return owner, numbers.floor, numbers.last, int(numbers.broken), numbers.at


def _noting(insert_: Any) -> Straight:
    names = ("floor", "last", "broken", "at")
    statement = insert_(numbering).values({name: bindparam(name) for name in ("owner", *names)})
    new = {name: statement.excluded[name] for name in names}
    return Straight(statement.on_conflict_do_update(index_elements=["owner"], set_=new), ("owner", *names))


_NOTE = {"sqlite": _noting(sqlite_insert), "postgresql": _noting(pg_insert)}


async def note_floors(connection: AsyncConnection, claims: Sequence[Claim]) -> None:
    """Write into rows just leased the highest number that any sender has noted: theirs will be higher. It
    stands where their number will, and counts as one only once they are sent."""
    highest = await connection.scalar(select(func.max(numbering.c.last)))
    if claims and highest:
        rows = [{"of_broadcast": one.broadcast_id, "of_member": one.member_id} for one in claims]
        await connection.execute(_FLOOR.values(telegram_message_id=highest), rows)


_FLOOR = update(delivery).where(
    delivery.c.broadcast_id == bindparam("of_broadcast"), delivery.c.member_id == bindparam("of_member")
)


async def forget_numbers(connection: AsyncConnection, owner: int, now: datetime, *, alone: bool) -> None:
    """Forget the senders before ``owner``: all when it is ``alone``, else those that hold no row and were
    silent for a day."""
    gone = [numbering.c.owner != owner]
    if not alone:
        held = select(delivery.c.lease_owner).where(OPEN_DELIVERY, delivery.c.lease_owner.is_not(None))
        gone += [numbering.c.at < epoch(now) - KEPT_SECONDS, numbering.c.owner.not_in(held)]
    await connection.execute(delete(numbering).where(*gone))


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

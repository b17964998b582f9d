"""The outbox: one row per broadcast and member, from release to result."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Dialect,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch, moment
from bot.domain.audience import Audience
from bot.domain.member import LANGUAGES, MemberState
from bot.domain.schedule import Departure, Preferences
from bot.store.audience import concerned
from bot.store.pause import no_pause
from bot.store.straight import Straight, in_one_go, is_sqlite
from bot.store.tables import (
    OPEN_BROADCAST_ID,
    OPEN_DELIVERY,
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
class Tally:
    """How a broadcast stands; finished when ``open`` and ``held`` are 0 and the states add up to the
    audience."""

    audience: int
    queued: int = 0
    leased: int = 0
    sent: int = 0
    failed: int = 0
    skipped: int = 0
    unknown: int = 0
    blocked: int = 0
    held: int = 0

    @property
    def open(self) -> int:
        return self.queued + self.leased

    @property
    def total(self) -> int:
        ended = self.sent + self.failed + self.skipped + self.unknown + self.blocked
        return self.open + self.held + ended


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
    schedule: Mapping[Preferences, Departure] | None = None,
) -> dict[str, int]:
    """One delivery row per active member concerned, by one INSERT … SELECT in the members' order.

    ``schedule`` says when the row leaves by the member's preferences; who waits for a digest gets a held
    row. Without a schedule, and for departures that are not later than ``now``, it leaves at once.

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
    if messages:
        rows = (
            select(
                literal(broadcast_id),
                member.c.id,
                _message_of(messages),
                _first_state(schedule or {}),
                literal(0),
                _rang_already(siblings),
                _leaves(schedule or {}, now),
            )
            .where(concerned(audience), member.c.language.in_(range(len(LANGUAGES))))
            .order_by(member.c.id)
        )
        made = await connection.execute(insert(delivery).from_select(_FANNED_OUT, rows))
        counts = await _counted(connection, broadcast_id, messages, made.rowcount)
    total = sum(counts.values())
    values: dict[str, Any] = {"audience": total}
    if total == 0:
        values |= {"state": BroadcastState.FINISHED, "finished_at": epoch(now)}
    await connection.execute(update(broadcast).where(broadcast.c.id == broadcast_id).values(**values))
    return counts


def _message_of(messages: Mapping[str, int]) -> Any:
    """The message in the member's language, or the one there is."""
    default = next(iter(messages.values()))
    if len(messages) == 1:
        return literal(default)
    own = {LANGUAGES.index(language): row_id for language, row_id in messages.items()}
    return case(own, value=member.c.language, else_=default)


async def _counted(
    connection: AsyncConnection, broadcast_id: int, messages: Mapping[str, int], total: int
) -> dict[str, int]:
    """The ``total`` rows of a broadcast by the language of their message, in the order of languages."""
    *others, last = [one for one in LANGUAGES if one in messages]
    counts = {}
    for one in others:  # a group for each would be sorted by SQLite in a table of its own
        of_this = delivery.c.message_id == messages[one]
        query = select(func.count().filter(of_this)).where(delivery.c.broadcast_id == broadcast_id)
        counts[one] = int((await connection.execute(query)).scalar_one())
    return counts | {last: total - sum(counts.values())}


_FANNED_OUT = ["broadcast_id", "member_id", "message_id", "state", "attempts", "silent", "not_before"]


def _first_state(schedule: Mapping[Preferences, Departure]) -> Any:
    held = [_prefers(one) for one, departure in schedule.items() if departure.digest]
    if not held:
        return literal(int(DeliveryState.QUEUED))
    return case((or_(*held), int(DeliveryState.HELD)), else_=int(DeliveryState.QUEUED))


def _leaves(schedule: Mapping[Preferences, Departure], now: datetime) -> Any:
    later: dict[int, list[Any]] = {}
    for one, departure in schedule.items():
        if departure.at > now:
            later.setdefault(epoch(departure.at), []).append(_prefers(one))
    if not later:
        return null()
    return case(*((or_(*conditions), at) for at, conditions in later.items()), else_=None)


def _prefers(preferences: Preferences) -> Any:
    return and_(member.c.frequency == int(preferences.frequency), member.c.quiet == int(preferences.quiet))


def _rang_already(siblings: Sequence[int]) -> Any:
    if not siblings:
        return literal(0)
    earlier = delivery.alias("earlier")
    rang = exists().where(
        earlier.c.broadcast_id.in_(list(siblings)),
        earlier.c.member_id == member.c.id,
        earlier.c.state != DeliveryState.HELD,
    )
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


async def pause(connection: AsyncConnection, broadcast_id: int, trouble: str) -> bool:
    """Stop a running broadcast at a fault of its content; False when it is not running any more."""
    result = await connection.execute(
        update(broadcast)
        .where(broadcast.c.id == broadcast_id, broadcast.c.state == BroadcastState.SENDING)
        .values(state=BroadcastState.PAUSED, trouble=trouble[:500])
    )
    return result.rowcount == 1


async def audience_of(connection: AsyncConnection, broadcast_ids: Sequence[int] | None = None) -> int:
    """The members of some broadcasts, or of all that are running, each as often as it is in one."""
    query = select(func.coalesce(func.sum(broadcast.c.audience), 0))
    if broadcast_ids is None:
        query = query.where(broadcast.c.state == BroadcastState.SENDING)
    else:
        query = query.where(broadcast.c.id.in_(list(broadcast_ids)))
    return int((await connection.execute(query)).scalar_one())


async def first_departure(connection: AsyncConnection, broadcast_ids: Sequence[int]) -> datetime | None:
    """The earliest moment for which an open row of these broadcasts is held; None when one is not held."""
    at = await connection.scalar(
        select(func.min(func.coalesce(delivery.c.not_before, 0))).where(
            OPEN_DELIVERY, delivery.c.broadcast_id.in_(list(broadcast_ids))
        )
    )
    return moment(at) if at else None


async def open_count(connection: AsyncConnection) -> int:
    """Rows of running broadcasts that are still to be sent."""
    running = select(broadcast.c.id).where(broadcast.c.state == BroadcastState.SENDING)
    return (
        await connection.execute(
            select(func.count()).select_from(delivery).where(OPEN_DELIVERY, OPEN_BROADCAST_ID.in_(running))
        )
    ).scalar_one()


async def due_count(connection: AsyncConnection, now: datetime) -> int:
    """Rows that could go out now, or are on their way: of running broadcasts, with nothing to wait for."""
    running = select(broadcast.c.id).where(broadcast.c.state == BroadcastState.SENDING, no_pause())
    now_or_earlier = or_(delivery.c.not_before.is_(None), delivery.c.not_before <= epoch(now))
    query = select(func.count()).select_from(delivery)
    query = query.where(OPEN_DELIVERY, OPEN_BROADCAST_ID.in_(running), now_or_earlier)
    return (await connection.execute(query)).scalar_one()


async def message_bodies(
    connection: AsyncConnection, ids: Sequence[int]
) -> dict[int, tuple[str, dict[str, Any]]]:
    """The rendered messages by id: Bot API method and parameters."""
    if is_sqlite(connection):
        dialect = connection.dialect
        return await in_one_go(connection, lambda raw: message_bodies_at_once(raw, dialect, ids))
    rows = await connection.execute(_BODY_OF_SEVERAL, {"ids": list(ids)})
    return {row.id: (row.method, row.body) for row in rows}


def message_bodies_at_once(
    raw: sqlite3.Connection, dialect: Dialect, ids: Iterable[int]
) -> dict[int, tuple[str, dict[str, Any]]]:
    """``message_bodies`` in an SQLite connection's own thread."""
    sql, order = _BODY_OF_ONE.compiled(dialect)
    found = [row for one in ids for row in raw.execute(sql, order((one,)))]
    return {row_id: (method, json.loads(body)) for row_id, method, body in found}


_BODY = select(message.c.id, message.c.method, message.c.body)
_BODY_OF_ONE = Straight(_BODY.where(message.c.id == bindparam("of_message")), ("of_message",))
_BODY_OF_SEVERAL = _BODY.where(message.c.id.in_(bindparam("ids", expanding=True)))


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


async def set_chat_state(
    connection: AsyncConnection, chat_id: int, state: MemberState, now: datetime
) -> None:
    """As ``set_member_state`` for the active member of a chat, if it has one."""
    await connection.execute(
        update(member)
        .where(member.c.chat_id == chat_id, member.c.state == MemberState.ACTIVE)
        .values(state=state, state_at=epoch(now))
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

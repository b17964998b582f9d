"""The outbox in a real database: fan-out, leases and their guards, consent, sums that add up."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import SystemClock
from bot.domain.audience import Audience
from bot.domain.member import MemberState
from bot.domain.notice import Document, Kind, Notice
from bot.domain.outgoing import Send
from bot.flows.reports import PURPOSE_CORRECTION, report_of
from bot.store import answers, leases, notices, outbox
from bot.store.leases import Claim, Result
from bot.store.reports import Sending
from bot.store.tables import (
    AnswerState,
    BroadcastState,
    DeliveryState,
    broadcast,
    delivery,
    delivery_error,
    member,
)
from tests.integration.office import NOW, office, subscribe
from tests.integration.post import add_broadcast, post

ME, OTHER = 7, 8
LEASE = 120


@pytest.fixture
async def connection(tmp_path: Path, database_url: str) -> AsyncIterator[AsyncConnection]:
    async with office(tmp_path, database_url) as place, place.db.write() as open_connection:
        yield open_connection


async def members(connection: AsyncConnection, number: int) -> list[int]:
    return [await subscribe(connection, 1000 + n) for n in range(number)]


async def claim(connection: AsyncConnection, limit: int = 100, owner: int = ME) -> list[Claim]:
    return await leases.claim(connection, owner, NOW, LEASE, limit)


async def states(connection: AsyncConnection, broadcast_id: int) -> dict[int, int]:
    rows = await connection.execute(
        select(delivery.c.member_id, delivery.c.state).where(delivery.c.broadcast_id == broadcast_id)
    )
    return {row.member_id: row.state for row in rows}


def counts(connection: AsyncConnection, number: int) -> tuple[int | None, ...]:
    """What ``mark`` may return for so many rows: PostgreSQL's driver does not count several at once."""
    return (number,) if connection.dialect.name == "sqlite" else (None,)


async def test_a_fan_out_gives_each_member_concerned_one_row_in_their_language(
    connection: AsyncConnection,
) -> None:
    both = await subscribe(connection, 1, "tr", ["cbam", "reach_clp"])
    english = await subscribe(connection, 2, "en", ["cbam"])
    await subscribe(connection, 3, "tr", ["alliance"])
    stopped = await subscribe(connection, 4, "tr", ["cbam"])
    await outbox.set_member_state(connection, stopped, MemberState.STOPPED, NOW)
    document = Document("tr", None, None, (Notice(title="Duyuru", kind=Kind.ANNOUNCEMENT),))
    notice_id = await notices.add_document(connection, document, NOW)
    made = await outbox.create_broadcast(connection, notice_id, "new", NOW, released_by=None)
    ids = {
        language: await outbox.add_message(connection, made.id, language, "sendMessage", {"text": language})
        for language in ("tr", "en")
    }
    audience = Audience(everyone=False, topics=frozenset({"cbam", "reach_clp"}))
    assert await outbox.fan_out(connection, made.id, audience, NOW) == {"tr": 1, "en": 1}
    found = {one.member_id: one.message_id for one in await claim(connection)}
    assert found == {both: ids["tr"], english: ids["en"]}
    with pytest.raises(IntegrityError):
        await outbox.create_broadcast(connection, notice_id, "new", NOW, released_by=None)


async def test_a_broadcast_to_nobody_is_finished_at_once(connection: AsyncConnection) -> None:
    broadcast_id = await add_broadcast(connection, NOW, "duyuru")
    made = await outbox.get_broadcast(connection, broadcast_id)
    assert made is not None
    assert (made.state, made.audience) == (BroadcastState.FINISHED, 0)


async def test_a_circular_rings_once_and_its_other_items_come_silently(connection: AsyncConnection) -> None:
    early = await members(connection, 2)
    first = await add_broadcast(connection, NOW, "bir")
    late = await subscribe(connection, 5000)
    second = await add_broadcast(connection, NOW, "iki", siblings=[first])
    silent = {one.member_id: one.silent for one in await claim(connection) if one.broadcast_id == second}
    assert silent == {early[0]: True, early[1]: True, late: False}


async def test_a_claim_leases_the_oldest_broadcast_first_and_nothing_twice(
    connection: AsyncConnection,
) -> None:
    everyone = await members(connection, 3)
    first, second = [await add_broadcast(connection, NOW, text) for text in ("bir", "iki")]
    picked = await claim(connection, 4) + await claim(connection, 4, OTHER)
    assert [(one.broadcast_id, one.member_id) for one in picked] == [
        *((first, member_id) for member_id in everyone),
        *((second, member_id) for member_id in everyone),
    ]
    assert await claim(connection) == []


async def test_who_stopped_after_the_release_is_skipped_at_the_claim(connection: AsyncConnection) -> None:
    everyone = await members(connection, 4)
    broadcast_id = await add_broadcast(connection, NOW, "duyuru")
    for member_id, state in zip(
        everyone, (MemberState.STOPPED, MemberState.BLOCKED, MemberState.GONE), strict=False
    ):
        await outbox.set_member_state(connection, member_id, state, NOW)
    assert [one.member_id for one in await claim(connection)] == everyone[3:]
    tally = await outbox.tally(connection, broadcast_id)
    assert (tally.skipped, tally.leased, tally.total) == (3, 1, 4)


async def test_a_paused_broadcast_and_a_row_put_off_are_not_claimed(connection: AsyncConnection) -> None:
    everyone = await members(connection, 2)
    paused = await add_broadcast(connection, NOW, "bir")
    running = await add_broadcast(connection, NOW, "iki")
    assert await outbox.pause(connection, paused, "Bad Request: can't parse entities")
    assert not await outbox.pause(connection, paused, "again")
    later = NOW + timedelta(seconds=60)
    put_off = (await claim(connection, 1))[0]
    await leases.mark(
        connection, [Result(put_off, DeliveryState.QUEUED, not_before=later, counted=False)], ME, NOW
    )
    assert [(one.broadcast_id, one.member_id) for one in await claim(connection)] == [(running, everyone[1])]
    assert not await leases.waiting(connection, later - timedelta(seconds=1))
    assert await leases.waiting(connection, later)
    again = await leases.claim(connection, ME, later, LEASE, 10)
    assert [(one.member_id, one.attempts) for one in again] == [(everyone[0], 1)]


async def test_a_mark_is_refused_for_another_owner_or_attempt(connection: AsyncConnection) -> None:
    await members(connection, 3)
    broadcast_id = await add_broadcast(connection, NOW, "duyuru")
    mine, earlier, done = await claim(connection)
    results = [
        Result(earlier._replace(attempts=2), DeliveryState.SENT, 11),
        Result(done, DeliveryState.SENT, 12),
        Result(done, DeliveryState.FAILED, error_code=400, error_text="late"),
    ]
    assert await leases.mark(connection, [Result(mine, DeliveryState.SENT, 10)], OTHER, NOW) == 0
    assert await leases.mark(connection, results, ME, NOW) in counts(connection, 1)
    assert await states(connection, broadcast_id) == {
        mine.member_id: DeliveryState.LEASED,
        earlier.member_id: DeliveryState.LEASED,
        done.member_id: DeliveryState.SENT,
    }
    assert (await connection.execute(select(delivery_error))).all() == []


async def test_a_mark_writes_state_number_error_and_attempts(connection: AsyncConnection) -> None:
    await members(connection, 4)
    broadcast_id = await add_broadcast(connection, NOW, "duyuru")
    sent, failed, refused, again = await claim(connection)
    results = [
        Result(sent, DeliveryState.SENT, 99),
        Result(failed, DeliveryState.FAILED, error_code=403, error_text="Forbidden: " + "x" * 600),
        Result(refused, DeliveryState.QUEUED, counted=False),
        Result(again, DeliveryState.QUEUED, error_text="no answer in time"),
    ]
    assert await leases.mark(connection, results, ME, NOW) in counts(connection, 4)
    rows = await connection.execute(
        select(
            delivery.c.state, delivery.c.attempts, delivery.c.telegram_message_id, delivery.c.lease_owner
        ).order_by(delivery.c.member_id)
    )
    assert [tuple(row) for row in rows] == [
        (DeliveryState.SENT, 1, 99, None),
        (DeliveryState.FAILED, 1, None, None),
        (DeliveryState.QUEUED, 0, None, None),
        (DeliveryState.QUEUED, 1, None, None),
    ]
    report = await outbox.recipients(connection, broadcast_id)
    assert [len(one.error or "") for one in report] == [0, 500, 0, 17]


async def test_a_dead_owners_rows_are_tried_once_more_then_unknown(connection: AsyncConnection) -> None:
    await members(connection, 2)
    broadcast_id = await add_broadcast(connection, NOW, "duyuru")
    await claim(connection, 1)
    assert await leases.recover(connection, NOW, OTHER) == 1
    assert [one.attempts for one in await claim(connection, 1, OTHER)] == [2]
    await claim(connection, 1, OTHER)
    assert await leases.recover(connection, NOW, ME) == 1
    tally = await outbox.tally(connection, broadcast_id)
    assert (tally.unknown, tally.queued, tally.total) == (1, 1, 2)


async def test_own_rows_are_never_taken_back_and_others_only_when_run_out(
    connection: AsyncConnection,
) -> None:
    await members(connection, 2)
    await add_broadcast(connection, NOW, "duyuru")
    await claim(connection, 1, ME)
    await claim(connection, 1, OTHER)
    much_later = NOW + timedelta(days=30)
    assert await leases.recover(connection, NOW, ME, run_out_only=True) == 0
    assert await leases.recover(connection, much_later, ME, run_out_only=True) == 1
    assert await leases.recover(connection, much_later, ME) == 0
    assert await leases.recover(connection, NOW, None) == 0
    assert await leases.recover(connection, much_later, None) == 1


async def test_answers_are_given_back_by_the_same_rules(connection: AsyncConnection) -> None:
    await answers.add(connection, [Send(1, "bir"), Send(2, "iki")], NOW)  # type: ignore[arg-type]
    assert [row.chat_id for row in await answers.claim(connection, ME, NOW, LEASE, 5)] == [1, 2]
    much_later = NOW + timedelta(days=30)
    assert await answers.recover(connection, much_later, ME) == 0
    assert await answers.recover(connection, NOW, OTHER) == 2
    for row in await answers.claim(connection, OTHER, NOW, LEASE, 5):
        assert not await answers.mark(connection, row, ME, AnswerState.SENT, NOW)
        assert not await answers.mark(connection, replace(row, attempts=1), OTHER, AnswerState.SENT, NOW)
    assert await answers.recover(connection, NOW, ME) == 0
    assert not await answers.waiting(connection, much_later)


async def test_a_broadcast_is_finished_only_when_its_states_add_up(connection: AsyncConnection) -> None:
    everyone = await members(connection, 6)
    broadcast_id = await add_broadcast(connection, NOW, "duyuru")
    await outbox.set_member_state(connection, everyone[5], MemberState.STOPPED, NOW)
    ends = (
        DeliveryState.SENT,
        DeliveryState.FAILED,
        DeliveryState.BLOCKED,
        DeliveryState.UNKNOWN,
        DeliveryState.SKIPPED,
    )
    for claimed, state in zip(await claim(connection), ends, strict=True):
        assert await leases.finish(connection, NOW) == []
        await leases.mark(connection, [Result(claimed, state)], ME, NOW)
    assert await leases.waiting(connection, NOW)
    assert await leases.finish(connection, NOW) == [broadcast_id]
    assert await leases.finish(connection, NOW) == []
    assert not await leases.waiting(connection, NOW)
    tally = await outbox.tally(connection, broadcast_id)
    assert (tally.open, tally.total, tally.audience) == (0, 6, 6)
    assert (tally.sent, tally.failed, tally.blocked, tally.unknown, tally.skipped) == (1, 1, 1, 1, 2)


async def test_a_moved_group_keeps_its_row_unless_the_new_chat_subscribed_too(
    connection: AsyncConnection,
) -> None:
    moved, old, new = [await subscribe(connection, chat) for chat in (-1, -2, -1002)]
    await outbox.move_member(connection, moved, -1001)
    await outbox.move_member(connection, old, -1002)
    rows = await connection.execute(select(member.c.id, member.c.chat_id, member.c.state))
    assert {row.id: (row.chat_id, row.state) for row in rows} == {
        moved: (-1001, MemberState.ACTIVE),
        old: (-2, MemberState.GONE),
        new: (-1002, MemberState.ACTIVE),
    }


async def test_a_claim_reads_open_rows_only(tmp_path: Path) -> None:
    """A broadcast that is nearly done must not cost a look at every row it has sent."""
    async with post(tmp_path) as place:
        await place.members(50)
        await place.broadcast()
        async with place.db.write() as connection:
            await connection.execute(
                update(delivery).where(delivery.c.member_id > 5).values(state=DeliveryState.SENT)
            )
        now = SystemClock().now()
        steps: list[Callable[[AsyncConnection], Awaitable[object]]] = [
            lambda c: leases.claim(c, ME, now, LEASE, 3),
            lambda c: leases.waiting(c, now),
            lambda c: leases.finish(c, now),
            lambda c: leases.recover(c, now, ME),
            outbox.open_count,
        ]
        for step in steps:
            async with place.db.write() as connection:
                for plan in await plans(connection, step):
                    assert all("ix_delivery_open" in line or held_seek(line) for line in plan), plan


def held_seek(line: str) -> bool:
    """Whether SQLite goes straight to the rows of one broadcast that wait for a digest."""
    return "SEARCH" in line and "ix_delivery_held (broadcast_id=?)" in line


async def plans(
    connection: AsyncConnection, step: Callable[[AsyncConnection], Awaitable[object]]
) -> list[list[str]]:
    """How SQLite finds the deliveries in each statement of ``step`` that looks for open ones."""
    driver: Any = (await connection.get_raw_connection()).driver_connection
    seen: list[str] = []
    await driver.set_trace_callback(seen.append)
    await step(connection)
    await driver.set_trace_callback(None)
    searches = [sql for sql in seen if "state < 2" in sql]
    assert searches
    return [
        [
            row.detail
            for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")
            if "delivery" in row.detail
        ]
        for sql in searches
    ]


async def test_what_failed_of_new_messages_after_a_correction_can_be_sent_again(
    connection: AsyncConnection,
) -> None:
    (failed,) = await members(connection, 1)
    edits, fresh = [await add_broadcast(connection, NOW, text) for text in ("duyuru", "düzeltme")]
    await connection.execute(
        update(broadcast).where(broadcast.c.id == edits).values(purpose=f"{PURPOSE_CORRECTION}1")
    )
    await connection.execute(
        update(delivery)
        .where(delivery.c.broadcast_id == fresh, delivery.c.member_id == failed)
        .values(state=DeliveryState.FAILED)
    )
    sending = Sending(1, (edits, fresh), True, False, correction=edits)
    assert (await report_of(connection, sending, NOW)).resendable == 1
    assert (await report_of(connection, replace(sending, broadcast_ids=(edits,)), NOW)).resendable == 0

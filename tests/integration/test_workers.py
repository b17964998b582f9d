"""Several workers on one PostgreSQL: nothing is claimed, reminded or told twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import (
    answers,
    leases,
    reminders,
    senders,
    throttle,
)
from bot.store.db import TROUBLE, Database, open_database
from bot.store.migrate import upgrade
from bot.store.tables import (
    ReminderState,
    reminder,
)
from tests.integration.office import NOW, subscribe
from tests.integration.post import add_broadcast
from tests.integration.shelf import HOUR, LEASE, ME, OTHER, reminded, say


async def test_two_workers_may_be_told_to_wait_at_once(postgres_url: str) -> None:
    db, other = open_database(postgres_url), open_database(postgres_url)
    await upgrade(db)

    async def told(store: Database, until: int, entered: asyncio.Event, go_on: asyncio.Event) -> None:
        async with store.write() as connection:
            entered.set()
            await throttle.put(connection, "all", until)
            await go_on.wait()

    entered, go_on = asyncio.Event(), asyncio.Event()
    first = asyncio.create_task(told(db, 1, asyncio.Event(), go_on))
    second = asyncio.create_task(told(other, 2, entered, go_on))
    await entered.wait()
    await asyncio.sleep(0.1)  # the later one waits for the row of the other
    go_on.set()
    await asyncio.wait_for(asyncio.gather(first, second), 10)
    async with db.read() as connection:
        assert set(await throttle.load(connection, 0)) == {"all"}
    await db.close()
    await other.close()


async def test_workers_side_by_side_claim_no_row_twice(postgres_url: str) -> None:
    stores = [open_database(postgres_url) for _ in range(4)]
    await upgrade(stores[0])
    async with stores[0].write() as connection:
        for chat in range(1, 121):
            await subscribe(connection, chat)
            await answers.add(connection, say(chat, "merhaba"), NOW)
        await add_broadcast(connection, NOW, "duyuru")

    async with stores[0].write() as one, stores[1].write() as two:
        mine = await leases.claim(one, ME, NOW, LEASE, 10)
        yours = await asyncio.wait_for(leases.claim(two, OTHER, NOW, LEASE, 10), 10)  # waits for nobody
        assert len({claim.member_id for claim in mine + yours}) == 20

    async def work(store: Database, owner: int) -> tuple[list[int], list[int]]:
        rows: list[int] = []
        said: list[int] = []
        for _ in range(40):
            async with store.write() as connection:
                rows += [claim.member_id for claim in await leases.claim(connection, owner, NOW, LEASE, 3)]
                said += [row.id for row in await answers.claim(connection, owner, NOW, LEASE, 3)]
        return rows, said

    found = await asyncio.gather(*(work(store, number) for number, store in enumerate(stores, start=20)))
    rows = [row for claimed, _ in found for row in claimed]
    said = [row for _, claimed in found for row in claimed]
    assert len(rows) == len(set(rows)) == 100
    assert len(said) == len(set(said)) == 120
    assert sum(bool(claimed) for claimed, _ in found) > 1
    for store in stores:
        await store.close()


async def test_two_workers_do_not_find_the_same_reminder(postgres_url: str) -> None:
    db, other = open_database(postgres_url), open_database(postgres_url)
    await upgrade(db)
    notice_id, _, _ = await reminded(db)
    async with db.write() as connection:
        (deadline,) = await reminders.deadlines_without_automatic(connection, NOW, NOW + 700 * HOUR)
        await reminders.write_automatic(connection, deadline.event_id, notice_id, NOW)
    async with db.write() as one:
        found = await reminders.due(one, NOW)
        async with other.write() as two:
            assert await asyncio.wait_for(reminders.due(two, NOW), 10) == []
        await reminders.mark(one, [row.id for row in found], ReminderState.SENT)
    assert len(found) == 2
    async with other.read() as connection:
        assert await reminders.due(connection, NOW) == []
        assert set((await connection.execute(select(reminder.c.state))).scalars()) == {ReminderState.SENT}
    await db.close()
    await other.close()


async def idle(_: AsyncConnection) -> None:
    """Frozen between two statements."""


async def between_messages(connection: AsyncConnection) -> None:
    """Frozen after a statement was prepared and before it is executed: asyncpg sends two messages."""
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    await driver.prepare("SELECT 1")


@pytest.mark.parametrize("freeze", [idle, between_messages])
async def test_rows_of_a_worker_that_was_frozen_in_a_transaction_come_free(
    postgres_url: str, freeze: Callable[[AsyncConnection], Awaitable[None]]
) -> None:
    frozen, other = open_database(postgres_url, frozen_ms=500), open_database(postgres_url)
    await upgrade(frozen)

    async def claimed() -> int:
        async with other.write() as connection:
            await senders.end_frozen(connection, 500)
            return len(await leases.claim(connection, OTHER, NOW, LEASE, 10))

    async with frozen.write() as connection:
        await subscribe(connection, 1)
        await add_broadcast(connection, NOW, "duyuru")
    free: list[int] = []

    async def claim_and_freeze() -> None:
        async with frozen.write() as connection:
            assert len(await leases.claim(connection, ME, NOW, LEASE, 10)) == 1
            await freeze(connection)
            free.append(await claimed())
            await asyncio.sleep(1.0)
            for _ in range(100):  # the server ends a connection soon after it is told to
                if rows := await claimed():
                    free.append(rows)
                    break
                await asyncio.sleep(0.1)

    with pytest.raises(TROUBLE):
        await claim_and_freeze()
    assert free == [0, 1]
    await frozen.close()
    await other.close()


async def test_nobody_waits_for_ever_for_a_row(postgres_url: str) -> None:
    holder, waiter = open_database(postgres_url), open_database(postgres_url, frozen_ms=300)
    await upgrade(holder)

    async def wait_for_it() -> None:
        async with waiter.write() as connection:
            await asyncio.wait_for(subscribe(connection, 1), 20)

    async with holder.write() as connection:
        await subscribe(connection, 1)
        with pytest.raises(OperationalError):
            await wait_for_it()
    await holder.close()
    await waiter.close()

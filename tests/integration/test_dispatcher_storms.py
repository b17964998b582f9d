"""What Telegram and people do in the middle of a broadcast: floods of refusals, silence, moved groups, those
who stop or want to be forgotten. Over real HTTP, on both databases where that can make a difference."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.clock import ShiftedClock
from bot.domain.member import MemberState
from bot.store import erase, members
from bot.store.db import open_database
from bot.store.migrate import upgrade
from bot.store.tables import decision, delivery, member, throttle
from tests.integration.post import START, Post, arrived, post, post_at, until

FLOOD_SECONDS = 43_837
"""The longest "retry after" that users of another bot have told of."""


async def complete(office: Post, broadcast_id: int) -> bool:
    return broadcast_id in office.finished


async def told_to_wait(office: Post) -> bool:
    async with office.db.read() as connection:
        return "all" in set((await connection.execute(select(throttle.c.scope))).scalars())


async def test_a_storm_of_429s_and_a_flood_of_half_a_day_over_restarts_lose_and_double_nobody(
    tmp_path: Path, database_url: str
) -> None:
    clock, db = ShiftedClock(START), open_database(database_url)
    await upgrade(db)
    async with post_at(db, clock) as office:
        chats = await office.members(80)
        storm = {"kind": "flood", "method": "sendMessage", "seconds": 1}
        office.world.faults.add(**storm, probability=0.3, times=30)
        broadcast_id = await office.broadcast()
        async with office.sending(rate=100, in_flight=8):
            await arrived(office, 30)
            office.world.faults.clear()
            office.world.faults.add(**{**storm, "seconds": FLOOD_SECONDS}, times=1)
            await until(lambda: told_to_wait(office), 60)
            await asyncio.sleep(0.3)  # what was on its way arrives
        got = office.world.ledger.count()
        assert 30 <= got < 80
        for later, owner in ((1.0, 8), (FLOOD_SECONDS - 600.0, 9)):  # and not a second too early
            clock.advance(timedelta(seconds=later))
            async with office.sending(owner=owner):
                await asyncio.sleep(1.0)
            assert office.world.ledger.count() == got
        clock.advance(timedelta(seconds=600))
        async with office.sending(owner=10):
            await until(lambda: complete(office, broadcast_id), 120)
        assert office.copies() == dict.fromkeys(chats, 1)
        async with db.read() as connection:
            tried = set((await connection.execute(select(delivery.c.attempts))).scalars())
        assert tried == {1}  # a refusal is no attempt


@pytest.mark.timeout(300)
async def test_a_server_that_reads_and_never_answers_is_given_up_and_the_message_is_found(
    tmp_path: Path,
) -> None:
    async with post(tmp_path) as office:
        chats = await office.members(12)
        office.world.faults.add(kind="hang", chat_id=chats[4], method="sendMessage", seconds=60, times=1)
        broadcast_id = await office.broadcast()
        async with office.sending():
            await until(lambda: complete(office, broadcast_id), 120)
        assert office.copies() == dict.fromkeys(chats, 1)
        async with office.db.read() as connection:
            rows = await connection.execute(select(decision.c.cause, decision.c.decided))
            assert [(row.cause, row.decided) for row in rows] == [("no answer", "found")]


async def test_a_group_that_moved_to_a_chat_that_subscribed_too_gets_one_copy(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        old, new = -500_001, -1_000_000_500_001
        office.world.add_crowd([old, new])
        await office.subscribe([old, new])
        office.world.faults.add(
            kind="error", chat_id=old, code=400, migrate_to=new,
            text="Bad Request: group chat was upgraded to a supergroup chat",
        )  # fmt: skip
        broadcast_id = await office.broadcast()
        async with office.sending():
            await until(lambda: complete(office, broadcast_id))
        assert office.copies() == {new: 1}
        tally = await office.tally(broadcast_id)
        assert (tally.sent, tally.skipped, tally.total) == (1, 1, 2)
        async with office.db.read() as connection:
            states = (await connection.execute(select(member.c.state).order_by(member.c.id))).scalars().all()
        assert states == [MemberState.GONE, MemberState.ACTIVE]


async def test_who_stops_or_is_forgotten_in_mid_broadcast_gets_nothing_that_was_not_on_its_way(
    tmp_path: Path, database_url: str
) -> None:
    db = open_database(database_url)
    await upgrade(db)
    async with post_at(db) as office:
        chats = await office.members(120)
        broadcast_id = await office.broadcast()
        async with office.sending(rate=40, in_flight=8):
            await arrived(office, 10)
            async with db.write() as connection:  # one transaction, as the handlers' are
                stops, leaves = [await members.get(connection, chats[n]) for n in (100, 110)]
                assert stops is not None
                assert leaves is not None
                await members.set_state(connection, stops.id, MemberState.STOPPED, office.clock.now())
                await erase.erase(connection, chats[110], leaves.id)
            before = office.world.ledger.count()
            assert before < 100 - 2 * 8
            await until(lambda: complete(office, broadcast_id), 60)
        assert set(chats) - office.copies().keys() == {chats[100], chats[110]}
        assert set(office.copies().values()) == {1}
        tally = await office.tally(broadcast_id)
        assert (tally.open, tally.skipped, tally.sent, tally.audience) == (0, 1, 118, tally.total)


async def test_a_clock_that_jumps_back_an_hour_or_on_a_day_sends_everything_once(
    tmp_path: Path, database_url: str
) -> None:
    clock, db = ShiftedClock(START), open_database(database_url)
    await upgrade(db)
    async with post_at(db, clock) as office:
        chats = await office.members(90)
        office.world.faults.add(kind="delay", method="sendMessage", seconds=0.2)
        office.world.faults.add(kind="flood", chat_id=chats[60], method="sendMessage", seconds=1, times=1)
        broadcast_id = await office.broadcast()
        async with office.sending(rate=60, in_flight=8) as dispatcher:
            for jump in (timedelta(hours=-1), timedelta(days=1), timedelta(days=-1), timedelta(hours=1)):
                await arrived(office, office.world.ledger.count() + 10)
                clock.advance(jump)
                dispatcher.wake()
            await until(lambda: complete(office, broadcast_id), 60)
        assert office.copies() == dict.fromkeys(chats, 1)

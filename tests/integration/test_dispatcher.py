"""The dispatcher over real HTTP: what the server answers and what becomes of rows and members."""

from __future__ import annotations

import asyncio
import logging
import socket
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.clock import ShiftedClock
from bot.domain.member import MemberState
from bot.errors import TelegramFatal
from bot.store import outbox
from bot.store.tables import AnswerState, BroadcastState, DeliveryState, delivery, member, throttle
from tests.integration.post import START, Post, arrived, post, until


async def complete(office: Post, broadcast_id: int) -> bool:
    return broadcast_id in office.finished


async def test_a_broadcast_reaches_every_member_once_and_is_reported(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        chats = await office.members(60)
        broadcast_id = await office.broadcast()
        async with office.sending():
            await until(lambda: complete(office, broadcast_id))
        tally = await office.tally(broadcast_id)
        assert (tally.sent, tally.open, tally.total) == (60, 0, tally.audience)
        assert office.copies() == dict.fromkeys(chats, 1)
        assert office.finished == [broadcast_id]


async def test_a_429_closes_the_chat_and_costs_no_attempt(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        chats = await office.members(3)
        office.world.faults.add(kind="flood", chat_id=chats[1], seconds=1, times=2)
        broadcast_id = await office.broadcast()
        async with office.sending():
            await until(lambda: complete(office, broadcast_id))
        assert office.copies() == dict.fromkeys(chats, 1)
        assert (await office.tally(broadcast_id)).sent == 3


async def test_a_long_429_closes_everything_also_after_a_restart(tmp_path: Path) -> None:
    clock = ShiftedClock(START)
    async with post(tmp_path, clock) as office:
        chats = await office.members(20)
        office.world.faults.add(kind="flood", seconds=300, times=1)
        broadcast_id = await office.broadcast()
        async with office.sending(in_flight=4):
            await until(lambda: _throttled(office))
        got = sum(office.copies().values())
        assert got < 20
        async with office.sending(owner=8):
            await asyncio.sleep(1.5)
        assert sum(office.copies().values()) == got
        assert (await office.tally(broadcast_id)).leased == 0
        assert await _throttled(office, "rate")
        clock.advance(timedelta(seconds=301))
        async with office.sending(owner=9):
            await until(lambda: complete(office, broadcast_id))
        assert office.copies() == dict.fromkeys(chats, 1)


async def _throttled(office: Post, scope: str = "all") -> bool:
    async with office.db.read() as connection:
        return scope in set((await connection.execute(select(throttle.c.scope))).scalars())


async def test_within_telegrams_limits_no_call_is_ever_refused(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        office.world.limits.on = True
        office.world.limits.overall = (30.0, 10.0)  # room for calls that the network brings together
        chats = await office.members(70)
        await office.answer(chats[69], "bir", "iki", "üç", "dört", "beş")
        broadcast_id = await office.broadcast()
        async with office.sending(rate=28):
            await until(lambda: complete(office, broadcast_id))
            await until(lambda: _all_sent(office))
        assert {entry["status"] for entry in office.world.log} == {200}
        assert office.copies() == {**dict.fromkeys(chats, 1), chats[69]: 6}


async def test_who_blocked_the_bot_is_marked_and_gets_nothing_more(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        chats = await office.members(3)
        office.world.faults.add(kind="error", chat_id=chats[0], times=1)
        office.world.faults.add(kind="error", chat_id=chats[1], text="Forbidden: something new", times=1)
        first = await office.broadcast("bir")
        async with office.sending() as dispatcher:
            await until(lambda: complete(office, first))
            second = await office.broadcast("iki")
            dispatcher.wake()
            await until(lambda: complete(office, second))
        tally = await office.tally(first)
        assert (tally.blocked, tally.failed, tally.sent) == (1, 1, 1)
        assert await _states(office) == [MemberState.BLOCKED, MemberState.ACTIVE, MemberState.ACTIVE]
        assert office.copies() == {chats[1]: 1, chats[2]: 2}
        async with office.db.read() as connection:
            report = await outbox.recipients(connection, first)
        assert report[1].error == "Forbidden: something new"


async def _states(office: Post) -> list[int]:
    async with office.db.read() as connection:
        return list((await connection.execute(select(member.c.state).order_by(member.c.id))).scalars())


async def test_a_fault_of_content_pauses_the_broadcast_and_another_goes_on(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        chats = await office.members(40)
        broken = await office.broadcast("<bozuk>")
        sound = await office.broadcast("sağlam")
        async with office.sending(in_flight=4):
            await until(lambda: complete(office, sound))
            await until(lambda: bool(office.troubles))
        assert office.troubles[0][0] == broken
        assert "can't parse entities" in office.troubles[0][1]
        assert len(office.troubles) == 1
        tally = await office.tally(broken)
        assert (tally.queued, tally.total) == (40, 40)
        assert office.copies() == dict.fromkeys(chats, 1)
        async with office.db.read() as connection:
            found = await outbox.get_broadcast(connection, broken)
            tried = (await connection.execute(select(delivery.c.attempts))).scalars()
            assert found is not None
            assert found.state is BroadcastState.PAUSED
            assert sum(tried) == 40  # the sound one's: a refused attempt does not count


async def test_after_a_fault_of_content_no_row_of_the_broadcast_leaves_the_line(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        await office.members(40)
        broken = await office.broadcast("<bozuk>")
        async with office.sending(rate=5):
            await until(lambda: bool(office.troubles))
            await asyncio.sleep(0.5)
        assert len(office.world.log) == 1
        assert (await office.tally(broken)).queued == 40


async def test_a_report_that_fails_is_told_again_and_holds_up_nothing(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        chats = await office.members(5)
        first = await office.broadcast("bir")
        office.failing_reports = 1
        async with office.sending() as dispatcher:
            await until(lambda: office.failing_reports == 0)
            second = await office.broadcast("iki")
            dispatcher.wake()
            await until(lambda: complete(office, second))
        assert office.finished == [first, second]
        assert office.copies() == dict.fromkeys(chats, 2)


async def test_a_group_that_moved_gets_its_message_in_the_new_chat(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        old, new = -500_001, -1_000_000_500_001
        office.world.add_crowd([old, new])
        await office.subscribe([old])
        office.world.faults.add(
            kind="error", chat_id=old, code=400, migrate_to=new,
            text="Bad Request: group chat was upgraded to a supergroup chat",
        )  # fmt: skip
        broadcast_id = await office.broadcast()
        async with office.sending():
            await until(lambda: complete(office, broadcast_id))
        assert office.copies() == {new: 1}


@pytest.mark.parametrize("kind", ["server_error", "garbage", "reset_after"])
async def test_what_may_have_arrived_is_sent_twice_at_most(tmp_path: Path, kind: str) -> None:
    async with post(tmp_path) as office:
        once, always, sound = await office.members(3)
        office.world.faults.add(kind=kind, chat_id=once, times=1)
        office.world.faults.add(kind=kind, chat_id=always)
        broadcast_id = await office.broadcast()
        async with office.sending(after_crash="resend"):
            await until(lambda: complete(office, broadcast_id))
        assert office.copies() == {once: 2, always: 2, sound: 1}
        tally = await office.tally(broadcast_id)
        assert (tally.sent, tally.unknown) == (2, 1)


async def test_what_surely_did_not_arrive_waits_without_an_attempt(tmp_path: Path) -> None:
    clock = ShiftedClock(START)
    async with post(tmp_path, clock) as office:
        chats = await office.members(2)
        broadcast_id = await office.broadcast()
        async with office.sending(url=f"http://127.0.0.1:{_closed_port()}") as dispatcher:
            await until(lambda: _put_off(office))
            clock.advance(timedelta(seconds=10))
            dispatcher.wake()
            await asyncio.sleep(0.3)
        async with office.db.read() as connection:
            assert set((await connection.execute(select(delivery.c.attempts))).scalars()) == {0}
        clock.advance(timedelta(seconds=10))
        async with office.sending(owner=8):
            await until(lambda: complete(office, broadcast_id))
        assert office.copies() == dict.fromkeys(chats, 1)


def _closed_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


async def _put_off(office: Post) -> bool:
    async with office.db.read() as connection:
        rows = await connection.execute(select(delivery.c.not_before, delivery.c.state))
        return all(row.not_before is not None and row.state == DeliveryState.QUEUED for row in rows)


async def test_a_refused_token_ends_the_run_and_leaves_every_row_queued(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        await office.members(30)
        broadcast_id = await office.broadcast()
        office.world.faults.add(kind="error", code=401, text="Unauthorized")
        with pytest.raises(TelegramFatal):
            async with office.sending(in_flight=8):
                await asyncio.sleep(1)
        tally = await office.tally(broadcast_id)
        assert (tally.queued, tally.total) == (30, 30)
        async with office.db.read() as connection:
            assert sum((await connection.execute(select(delivery.c.attempts))).scalars()) == 0


async def test_answers_overtake_a_paced_broadcast_and_each_chat_keeps_its_order(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        await office.members(400)
        office.world.add_crowd([11, 12])
        await office.broadcast("duyuru")
        async with office.sending(rate=10) as dispatcher:
            for n in range(1, 4):
                await arrived(office, office.world.ledger.count() + 3)
                await office.answer(11, f"{n}. yanıt")
                await office.answer(12, f"{n}. yanıt")
                dispatcher.wake()
                asked_at = office.world.ledger.count()
                await arrived(office, n, chat_id=12)
                answered = [row.n for row in office.world.ledger.accepted if row.chat_id in (11, 12)][-2:]
                # One call may be on its way when the answer is asked for, one more is the promise.
                assert answered[0] <= asked_at + 3
                assert answered[1] <= asked_at + 5
                await asyncio.sleep(1.0)
        for chat in (11, 12):
            assert [row.text for row in office.world.ledger.for_chat(chat)] == [
                "1. yanıt", "2. yanıt", "3. yanıt"
            ]  # fmt: skip


async def test_several_answers_to_one_chat_leave_one_after_the_other(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        office.world.add_crowd([11])
        office.world.faults.add(kind="server_error", chat_id=11, times=1)
        await office.answer(11, "bir", "iki")
        async with office.sending(after_crash="resend"):
            await until(lambda: office.world.ledger.count() == 3)
            await until(lambda: _all_sent(office))
        # The first one's arrival was unknown: it came again before the second.
        assert [row.text for row in office.world.ledger.accepted] == ["bir", "bir", "iki"]


async def _all_sent(office: Post) -> bool:
    return set(await office.answer_states()) == {AnswerState.SENT}


async def test_one_full_chat_does_not_hold_up_the_others(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        chats = await office.members(30)
        office.world.faults.add(kind="flood", chat_id=chats[0], seconds=4, times=1)
        await office.broadcast()
        async with office.sending(in_flight=2):
            await until(lambda: len(office.copies()) == 29, 3.5)
            await until(lambda: len(office.copies()) == 30)


async def test_a_locked_database_is_waited_for_and_no_message_is_sent_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with post(tmp_path) as office:
        chats = await office.members(200)
        # The lock must show as an error soon, not after the usual wait.
        async with office.db.engine.connect() as connection:
            await connection.exec_driver_sql("PRAGMA busy_timeout=50")
        broadcast_id = await office.broadcast()
        other = sqlite3.connect(tmp_path / "post.db", check_same_thread=False, isolation_level=None)
        with caplog.at_level(logging.ERROR), closing(other):
            async with office.sending(rate=100, in_flight=8):
                await until(lambda: office.world.ledger.count() > 20)
                await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
                await until(lambda: "cannot be used now" in caplog.text)
                stalled = office.world.ledger.count()
                await asyncio.sleep(0.5)
                assert office.world.ledger.count() <= stalled + 8
                other.execute("ROLLBACK")
                await until(lambda: complete(office, broadcast_id))
        assert office.copies() == dict.fromkeys(chats, 1)
        assert (await office.tally(broadcast_id)).sent == 200


async def test_a_store_that_refuses_to_write_stops_sending_and_nothing_is_sent_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with post(tmp_path) as office:
        chats = await office.members(60)
        broadcast_id = await office.broadcast()
        with caplog.at_level(logging.INFO):
            async with office.sending(rate=60, in_flight=4):
                await until(lambda: office.world.ledger.count() > 5)
                # As with a full disk, every write fails with an OperationalError until it is mended.
                async with office.db.write() as connection:
                    await connection.exec_driver_sql(
                        "CREATE TRIGGER full BEFORE UPDATE ON delivery BEGIN DELETE FROM nowhere; END"
                    )
                await until(lambda: "cannot be used now" in caplog.text)
                sent = office.world.ledger.count()
                await asyncio.sleep(0.5)
                assert office.world.ledger.count() <= sent + 4
                async with office.db.write() as connection:
                    await connection.exec_driver_sql("DROP TRIGGER full")
                await until(lambda: complete(office, broadcast_id))
        assert office.copies() == dict.fromkeys(chats, 1)


async def test_moving_the_clock_forward_gives_no_row_back_that_is_under_way(tmp_path: Path) -> None:
    clock = ShiftedClock(START)
    async with post(tmp_path, clock) as office:
        chats = await office.members(12)
        office.world.faults.add(kind="delay", seconds=1.0)
        broadcast_id = await office.broadcast()
        async with office.sending(in_flight=4) as dispatcher:
            await until(lambda: _leased(office, broadcast_id))
            for _ in range(5):
                clock.advance(timedelta(days=1))
                dispatcher.wake()
                await asyncio.sleep(0.1)
            await until(lambda: complete(office, broadcast_id))
        assert office.copies() == dict.fromkeys(chats, 1)


async def _leased(office: Post, broadcast_id: int) -> bool:
    return (await office.tally(broadcast_id)).leased > 0


async def test_no_more_rows_are_leased_than_may_be_in_flight(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        await office.members(50)
        office.world.faults.add(kind="delay", seconds=0.05)
        broadcast_id = await office.broadcast()
        most = 0
        async with office.sending(in_flight=5):
            while broadcast_id not in office.finished:
                most = max(most, (await office.tally(broadcast_id)).leased)
                await asyncio.sleep(0.005)
        assert 0 < most <= 5


async def test_an_idle_dispatcher_writes_nothing(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        await office.members(3)
        broadcast_id = await office.broadcast()
        async with office.sending() as dispatcher:
            await until(lambda: complete(office, broadcast_id))
            await asyncio.sleep(0.3)
            with closing(sqlite3.connect(office.db.engine.url.database or "")) as watcher:

                def version() -> int:
                    return int(watcher.execute("PRAGMA data_version").fetchone()[0])

                before = version()
                for _ in range(3):
                    dispatcher.wake()
                    await asyncio.sleep(0.4)
                assert version() == before
                await office.answer(office.world.crowd.pop(), "yanıt")
                assert version() > before


async def test_a_stop_finishes_what_is_under_way_and_gives_the_rest_back(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        chats = await office.members(100)
        office.world.faults.add(kind="delay", seconds=0.3)
        broadcast_id = await office.broadcast()
        async with office.sending(rate=50, in_flight=12):
            await until(lambda: office.world.ledger.count() >= 3)
        tally = await office.tally(broadcast_id)
        assert tally.leased == 0
        assert tally.sent == office.world.ledger.count()
        office.world.faults.clear()
        async with office.sending(owner=8):
            await until(lambda: complete(office, broadcast_id))
        assert office.copies() == dict.fromkeys(chats, 1)

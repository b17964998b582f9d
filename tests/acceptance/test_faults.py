"""What goes wrong around a broadcast, tried on the whole bot in a process of its own: nobody is left out,
nobody gets it twice, and the process says in one sentence why it ended."""

from __future__ import annotations

import asyncio
import resource
import signal
import sqlite3
import sys
import time
from asyncio.subprocess import PIPE, Process
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path
from typing import Any

import pytest

from bot.domain.member import MemberState
from bot.store import members
from tests.integration.post import Post, post, until
from tests.processes import ROOT, bot_process
from tests.programs.sender import IN_FLIGHT

AYSE = 601_001
PATIENCE = 150.0  # seconds: a busy machine needs long to start a process

pytestmark = pytest.mark.timeout(600)


def bot(
    office: Post, folder: Path, database: str = "post.db", **delivery: Any
) -> AbstractAsyncContextManager[Process]:
    url = f"sqlite+aiosqlite:///{folder / database}"
    return bot_process(folder, office.world.token, office.url, url, **delivery)


async def arrived(office: Post, number: int) -> None:
    """Wait until so many messages arrived. Raises ``TimeoutError``."""
    await until(lambda: office.world.ledger.count() >= number, PATIENCE)


async def complete(office: Post, broadcast_id: int) -> bool:
    return (await office.tally(broadcast_id)).open == 0


async def test_a_token_revoked_in_mid_broadcast_ends_the_process_and_every_row_stays(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        chats = await office.members(600)
        broadcast_id = await office.broadcast()
        async with bot(office, tmp_path) as process:
            await arrived(office, 50)
            office.world.faults.add(kind="error", code=401, text="Unauthorized")
            revoked = time.monotonic()
            _, words = await asyncio.wait_for(process.communicate(), 60)
        assert time.monotonic() - revoked < 60
        assert process.returncode == 1
        assert "refuses the bot token" in words.decode().splitlines()[-1]
        assert office.world.token not in words.decode()
        tally = await office.tally(broadcast_id)
        assert (tally.sent, tally.queued, tally.leased) == (office.world.ledger.count(), 600 - tally.sent, 0)
        office.world.faults.clear()
        async with bot(office, tmp_path):
            await until(lambda: complete(office, broadcast_id), PATIENCE)
        assert office.copies() == dict.fromkeys(chats, 1)


async def test_of_two_programs_with_one_token_one_ends_with_a_sentence(tmp_path: Path) -> None:
    async with post(tmp_path) as office, bot(office, tmp_path) as first:
        await until(lambda: any(entry["method"] == "setMyCommands" for entry in office.world.log), PATIENCE)
        async with bot(office, tmp_path, "other.db") as second:
            ends = [asyncio.create_task(one.communicate()) for one in (first, second)]
            done, _ = await asyncio.wait(ends, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
            assert len(done) == 1
            _, words = done.pop().result()
            assert "Another program is polling with this bot's token" in words.decode().splitlines()[-1]
            assert sorted(map(str, (first.returncode, second.returncode))) == ["1", "None"]


async def test_a_stop_signal_under_load_drains_and_gives_every_lease_back(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        chats = await office.members(600)
        office.world.faults.add(kind="delay", method="sendMessage", seconds=0.3)
        broadcast_id = await office.broadcast()
        for number in (100, 250, 400):
            async with bot(office, tmp_path) as process:
                await arrived(office, number)
                process.send_signal(signal.SIGTERM)
                asked = time.monotonic()
                _, words = await asyncio.wait_for(process.communicate(), 60)
                print(f"\nended {time.monotonic() - asked:.1f} s after SIGTERM")
            assert process.returncode == 0, words.decode()
            tally = await office.tally(broadcast_id)
            # All that was under way is recorded: the rows and the server agree.
            assert (tally.leased, tally.unknown, tally.sent) == (0, 0, office.world.ledger.count())
        async with bot(office, tmp_path):
            await until(lambda: complete(office, broadcast_id), PATIENCE)
        assert office.copies() == dict.fromkeys(chats, 1)


async def test_a_database_locked_for_ten_seconds_delays_a_command_and_a_broadcast_and_repeats_neither(
    tmp_path: Path,
) -> None:
    async with post(tmp_path) as office:
        office.world.add_person(AYSE, "Ayşe", "Demir", None, "tr")
        chats = await office.members(400)
        await office.subscribe([AYSE])
        broadcast_id = await office.broadcast()
        async with bot(office, tmp_path, in_flight=16) as process:
            await arrived(office, 30)
            other = sqlite3.connect(tmp_path / "post.db", check_same_thread=False, isolation_level=None)
            with closing(other):
                await asyncio.to_thread(other.execute, "PRAGMA busy_timeout=30000")
                await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
                office.world.person_text(AYSE, AYSE, "/durdur")
                await asyncio.sleep(10)
                stalled = office.world.ledger.count()
                other.execute("ROLLBACK")
            await until(lambda: complete(office, broadcast_id), PATIENCE)
            await until(lambda: len(office.world.ledger.for_chat(AYSE)) >= 1, PATIENCE)
            assert process.returncode is None
        assert stalled < 400  # nothing was leased meanwhile
        assert {chat: office.copies()[chat] for chat in chats} == dict.fromkeys(chats, 1)
        assert len(office.world.ledger.for_chat(AYSE)) == 1  # the answer: who has stopped gets no circular
        async with office.db.read() as connection:
            found = await members.get(connection, AYSE)
        assert found is not None
        assert found.state is MemberState.STOPPED


async def test_a_full_disk_stops_sending_until_there_is_room_and_nobody_gets_it_twice(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        chats = await office.members(1_500)
        office.world.faults.add(kind="delay", method="sendMessage", seconds=0.05)
        broadcast_id = await office.broadcast()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.programs.sender",
            str(tmp_path / "post.db"), office.url, office.world.token,
            cwd=ROOT, stderr=PIPE,
        )  # fmt: skip
        try:
            await arrived(office, 200)
            # From now on every write of this process fails, as on a full disk.
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
            full = office.world.ledger.count()
            await asyncio.sleep(3)
            stalled = office.world.ledger.count()
            await asyncio.sleep(2)
            assert office.world.ledger.count() == stalled <= full + 2 * IN_FLIGHT
            unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, unlimited)
            _, words = await asyncio.wait_for(process.communicate(), PATIENCE)
            assert process.returncode == 0, words.decode()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        assert (await office.tally(broadcast_id)).sent == 1_500
        assert office.copies() == dict.fromkeys(chats, 1)
        with closing(sqlite3.connect(tmp_path / "post.db")) as other:
            assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)

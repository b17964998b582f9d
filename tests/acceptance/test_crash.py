"""kill -9 in the middle of a broadcast: nobody is left out, and only who was leased may get a second copy."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.store import outbox
from tests.integration.post import Post, arrived, post, until

AUDIENCE = 2_000
KILLS_AFTER = (250, 900, 1_500)
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What the kills did: rows leased at the kills, members without a message, copies too many."""

    leased: int
    left_out: int
    copies: int
    most_copies: int


@asynccontextmanager
async def sender(office: Post, folder: Path, *flags: str) -> AsyncIterator[Process]:
    """The sending program; killed at the end if it still runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.programs.sender",
        str(folder / "post.db"), office.url, office.world.token, *flags,
        cwd=ROOT, stderr=PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def crash(folder: Path, *flags: str) -> Aftermath:
    """A broadcast whose sender is killed again and again, then left to finish."""
    async with post(folder) as office:
        chats = await office.members(AUDIENCE)
        # An answer takes its time, so that calls are under way whenever the kill comes.
        office.world.faults.add(kind="delay", seconds=0.02)
        broadcast_id = await office.broadcast()
        leased = 0
        for count in KILLS_AFTER:
            async with sender(office, folder, *flags) as process:
                await arrived(office, count)
                process.kill()
            async with office.db.read() as connection:
                leased += (await outbox.tally(connection, broadcast_id)).leased
            await asyncio.sleep(0.2)  # what was under way arrives
        async with sender(office, folder, *flags) as process:
            assert await asyncio.wait_for(process.wait(), 60) == 0
        tally = await office.tally(broadcast_id)
        assert tally.open == 0
        assert tally.total == tally.audience == AUDIENCE
        got = office.copies()
        return Aftermath(
            leased,
            left_out=len(set(chats) - got.keys()),
            copies=sum(got.values()) - len(got),
            most_copies=max(got.values()),
        )


async def test_a_killed_sender_leaves_nobody_out_and_repeats_no_more_than_was_leased(tmp_path: Path) -> None:
    found = await crash(tmp_path)
    print(
        f"\n{len(KILLS_AFTER)} kills in a broadcast to {AUDIENCE}: {found.left_out} left out, "
        f"{found.copies} copies of {found.leased} rows leased at the kills"
    )
    assert found.left_out == 0
    assert 0 < found.leased <= 64 * len(KILLS_AFTER)
    assert found.copies <= found.leased
    assert found.most_copies <= 2


async def test_the_test_of_the_crash_can_fail(tmp_path: Path) -> None:
    found = await crash(tmp_path, "careless")
    print(f"\nwithout leases: {found.left_out} of {AUDIENCE} left out, {found.copies} copies")
    assert found.left_out > 0


async def test_a_second_process_on_the_same_database_refuses_in_one_sentence(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        await office.members(AUDIENCE)
        office.world.faults.add(kind="delay", seconds=1.0)  # the first one has half a minute to do
        await office.broadcast()
        async with sender(office, tmp_path) as first:
            await until(lambda: office.world.ledger.count() > 0)
            async with sender(office, tmp_path) as second:
                _, words = await asyncio.wait_for(second.communicate(), 30)
            assert second.returncode == 1
            assert words.decode().startswith("Another process uses the database already:")
            assert words.decode().count("\n") == 1
            assert first.returncode is None
            first.kill()  # the kernel lets go of the lock: a third one finishes the work
        office.world.faults.clear()
        async with sender(office, tmp_path) as third:
            assert await asyncio.wait_for(third.wait(), 30) == 0
        assert len(office.copies()) == AUDIENCE

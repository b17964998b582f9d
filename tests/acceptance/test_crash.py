"""kill -9 in the middle of a broadcast: nobody is left out, and nobody gets it twice."""

from __future__ import annotations

import asyncio
import random
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from bot.store import outbox
from bot.store.tables import decision
from tests.integration.post import Post, arrived, post, until

AUDIENCE = 2_000
KILLS = 10
IN_FLIGHT = 64
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What the kills did: rows leased at the kills and how many kills hit calls under way, members without a
    message, copies too many, and what was decided of the rows."""

    leased: int
    in_mid_send: int
    left_out: int
    copies: int
    most_copies: int
    decided: dict[str, int]


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
    chance = random.Random(7)
    async with post(folder) as office:
        chats = await office.members(AUDIENCE)
        # An answer takes its time, so that calls are under way whenever the kill comes.
        office.world.faults.add(kind="delay", seconds=0.02)
        broadcast_id = await office.broadcast()
        leased = in_mid_send = 0
        for _ in range(KILLS):
            async with sender(office, folder, *flags) as process:
                if await _sent_more(office, process, chance.randrange(40, 150)):
                    process.kill()
                before = office.world.ledger.count()
            async with office.db.read() as connection:
                leased += (await outbox.tally(connection, broadcast_id)).leased
            await asyncio.sleep(0.1)  # what was under way arrives
            in_mid_send += office.world.ledger.count() > before
        async with sender(office, folder, *flags) as process:
            _, words = await asyncio.wait_for(process.communicate(), 90)
            assert process.returncode == 0, words.decode()
        tally = await office.tally(broadcast_id)
        assert tally.open == 0
        assert tally.total == tally.audience == AUDIENCE
        got = office.copies()
        return Aftermath(
            leased,
            in_mid_send,
            left_out=len(set(chats) - got.keys()),
            copies=sum(got.values()) - len(got),
            most_copies=max(got.values()),
            decided=await _decisions(office),
        )


async def _sent_more(office: Post, process: Process, number: int) -> bool:
    """Wait for so many more messages; False when the program ended before."""
    arriving = asyncio.create_task(arrived(office, min(office.world.ledger.count() + number, AUDIENCE - 100)))
    ending = asyncio.create_task(process.wait())
    await asyncio.wait([arriving, ending], return_when=asyncio.FIRST_COMPLETED)
    ending.cancel()
    return arriving.done() and arriving.exception() is None


async def _decisions(office: Post) -> dict[str, int]:
    async with office.db.read() as connection:
        rows = await connection.execute(select(decision.c.decided, func.count()).group_by(decision.c.decided))
        return {row[0]: row[1] for row in rows}


async def test_a_killed_sender_leaves_nobody_out_and_doubles_nobody(tmp_path: Path) -> None:
    found = await crash(tmp_path)
    print(f"\n{KILLS} kills in a broadcast to {AUDIENCE}, probing: {found}")
    assert found.left_out == 0
    assert found.copies == 0
    assert found.in_mid_send >= KILLS // 2
    assert found.decided["found"] > 0
    assert found.decided["absent"] > 0
    assert "undecided" not in found.decided


async def test_without_probing_no_more_is_doubled_than_was_leased(tmp_path: Path) -> None:
    found = await crash(tmp_path, "resend")
    print(f"\n{KILLS} kills in a broadcast to {AUDIENCE}, sending again: {found}")
    assert found.copies > 0
    assert _within_bounds(found)


def _within_bounds(found: Aftermath) -> bool:
    """Nobody left out, two copies at most, and no more doubled than may be under way at a kill."""
    return (
        found.left_out == 0 and found.most_copies <= 2 and found.copies <= found.leased <= IN_FLIGHT * KILLS
    )


async def test_the_test_of_the_crash_fails_for_a_cursor(tmp_path: Path) -> None:
    found = await crash(tmp_path, "cursor")
    print(f"\n{KILLS} kills with a cursor: {found}")
    assert found.left_out > 0
    assert not _within_bounds(found)


async def test_the_test_of_the_crash_fails_for_marks_after_the_batch(tmp_path: Path) -> None:
    found = await crash(tmp_path, "resend", "batch")
    print(f"\n{KILLS} kills with marks after the batch: {found}")
    assert not _within_bounds(found)


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
        await asyncio.sleep(1.1)  # calls of the first one are still being answered
        office.world.faults.clear()
        async with sender(office, tmp_path) as third:
            assert await asyncio.wait_for(third.wait(), 30) == 0
        assert len(office.copies()) == AUDIENCE

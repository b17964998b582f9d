"""kill -9 in the middle of a broadcast: nobody is left out, and nobody gets it twice."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from tests.integration.post import Post, post, until
from tests.processes import ROOT, program

pytestmark = pytest.mark.timeout(900)

AUDIENCE = 2_000
KILLS = 10


async def harness(*flags: str, kills: int = KILLS, members: int = AUDIENCE) -> tuple[int, dict[str, Any]]:
    """Run the harness of ``benchmarks/``; its exit code and what it found."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "benchmarks/crash_run.py", "--json",
        "--kills", str(kills), "--members", str(members), *flags,
        cwd=ROOT, stdout=PIPE,
    )  # fmt: skip
    try:
        output, _ = await asyncio.wait_for(process.communicate(), 900)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    found = json.loads(output)
    print(f"\n{found}")
    assert process.returncode is not None
    return process.returncode, found


async def test_a_killed_sender_leaves_nobody_out_and_doubles_nobody() -> None:
    code, found = await harness("--way", "probe")
    assert code == 0, found["beyond"]
    assert (found["lost"], found["doubled"], found["most"]) == (0, 0, 1)
    assert found["in_mid_send"] >= 0.6 * KILLS == 0.6 * found["kills"]
    assert found["found"] > 0
    assert found["absent"] > 0
    assert found["undecided"] == found["unknown"] == 0


async def test_of_two_senders_on_postgresql_one_is_killed_each_time_and_nothing_is_left_undecided() -> None:
    code, found = await harness("--database", "postgresql", "--way", "probe", kills=4, members=1_000)
    assert code == 0, found["beyond"]
    assert (found["lost"], found["doubled"], found["undecided"], found["senders"]) == (0, 0, 0, 2)


async def test_without_probing_no_more_is_doubled_than_was_leased() -> None:
    code, found = await harness("--way", "resend")
    assert code == 0, found["beyond"]
    assert 0 < found["doubled"] <= found["leased"]
    assert found["most"] == 2


async def test_what_is_held_is_marked_as_unknown_and_never_sent_again() -> None:
    code, found = await harness("--way", "hold", kills=3, members=700)
    assert code == 0, found["beyond"]
    assert (found["doubled"], found["most"]) == (0, 1)
    assert 0 <= found["lost"] <= found["unknown"] <= found["leased"]
    assert found["unknown"] > 0


async def test_the_harness_fails_for_a_cursor() -> None:
    code, found = await harness("--way", "resend", "--mutant", "cursor", kills=5, members=1_000)
    assert code == 1
    assert "lost" in found["beyond"]


async def test_the_harness_fails_for_marks_after_the_batch() -> None:
    code, found = await harness("--way", "hold", "--mutant", "batch", kills=5, members=1_000)
    assert code == 1
    assert "leased" in found["beyond"]


async def test_the_harness_fails_when_its_kills_hit_nothing() -> None:
    code, found = await harness("--way", "hold", kills=5, members=300)
    assert code == 1
    assert found["kills"] < 5
    assert any("too few members" in words for words in found["beyond"])


def sender(office: Post, folder: Path, *flags: str) -> AbstractAsyncContextManager[Process]:
    """The sending program."""
    database = str(folder / "post.db")
    return program("tests.programs.sender", database, office.url, office.world.token, *flags)


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

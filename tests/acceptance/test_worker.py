"""``sirkuler worker``: more senders beside the bot on PostgreSQL, with one rate among them."""

from __future__ import annotations

import asyncio
import signal
from asyncio.subprocess import DEVNULL, Process
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path

import pytest

from bot.store.db import open_database
from bot.store.migrate import upgrade
from tests.integration.post import Post, arrived, post_at, until
from tests.processes import program
from tests.programs.sender import IN_FLIGHT

pytestmark = pytest.mark.timeout(600)  # a search after a lease takes as long as its questions may

RATE = 40
WINDOW = 5.0  # seconds: long enough that a busy machine does not bend the figure


def worker(folder: Path, url: str, office: Post) -> AbstractAsyncContextManager[Process]:
    config = folder / "config.toml"
    config.write_text(
        f"""[telegram]
token = "{office.world.token}"
api_base_url = "{office.url}"
[database]
url = "{url}"
[delivery]
rate_per_second = {RATE}
in_flight = 8
""",
        encoding="utf-8",
    )
    return program("bot", "worker", "--config", str(config))


async def test_two_workers_share_one_rate_and_send_everything_once(tmp_path: Path, postgres_url: str) -> None:
    db = open_database(postgres_url)
    await upgrade(db)
    async with post_at(db) as office, AsyncExitStack() as stack:
        chats = await office.members(400)
        broadcast_id = await office.broadcast()
        working = [await stack.enter_async_context(worker(tmp_path, postgres_url, office)) for _ in range(2)]
        await arrived(office, 400)
        for one in working:
            one.send_signal(signal.SIGTERM)
        for one in working:
            _, words = await asyncio.wait_for(one.communicate(), 30)
            assert one.returncode == 0, words.decode()
            assert office.world.token not in words.decode()
        tally = await office.tally(broadcast_id)
        assert (tally.sent, tally.open) == (400, 0)
        assert office.copies() == dict.fromkeys(chats, 1)
        times = [row.time for row in office.world.ledger.accepted]
        busiest = max(sum(at <= other < at + WINDOW for other in times) for at in times)
        print(f"\nthe busiest {WINDOW:.0f} seconds had {busiest} messages of {WINDOW * RATE:.0f}")
        assert busiest <= 1.1 * WINDOW * RATE  # on their way they come together a little


async def test_on_sqlite_a_worker_is_refused_in_one_sentence(tmp_path: Path) -> None:
    db = open_database(f"sqlite+aiosqlite:///{tmp_path / 'a.db'}")
    await upgrade(db)
    async with post_at(db) as office:
        async with worker(tmp_path, f"sqlite+aiosqlite:///{tmp_path / 'a.db'}", office) as process:
            _, words = await asyncio.wait_for(process.communicate(), 30)
        assert process.returncode == 2
        assert "workers need PostgreSQL" in words.decode()
        assert "Traceback" not in words.decode()


async def test_what_a_killed_worker_held_is_found_after_its_lease(tmp_path: Path, postgres_url: str) -> None:
    db = open_database(postgres_url)
    await upgrade(db)
    async with post_at(db) as office, AsyncExitStack() as stack:
        chats = await office.members(300)
        office.world.faults.add(kind="delay", seconds=0.05, method="sendMessage")
        await office.broadcast()
        arguments = ("tests.programs.sender", postgres_url, office.url, office.world.token)
        first = await stack.enter_async_context(program(*arguments, stderr=DEVNULL))
        await arrived(office, 60)
        first.kill()
        second = await stack.enter_async_context(program(*arguments, stderr=DEVNULL))
        assert await asyncio.wait_for(second.wait(), 300) == 0
        await until(lambda: len(office.copies()) == 300)
        assert office.copies() == dict.fromkeys(chats, 1)


async def test_a_worker_that_slept_beyond_its_lease_sends_and_marks_nothing_of_it(
    tmp_path: Path, postgres_url: str
) -> None:
    db = open_database(postgres_url)
    await upgrade(db)
    async with post_at(db) as office, AsyncExitStack() as stack:
        chats = await office.members(300)
        office.world.faults.add(kind="delay", seconds=0.05, method="sendMessage")
        broadcast_id = await office.broadcast()
        arguments = ("tests.programs.sender", postgres_url, office.url, office.world.token)
        first = await stack.enter_async_context(program(*arguments, stderr=DEVNULL))
        await arrived(office, 60)
        first.send_signal(signal.SIGSTOP)
        second = await stack.enter_async_context(program(*arguments, stderr=DEVNULL))
        assert await asyncio.wait_for(second.wait(), 300) == 0
        before = await office.tally(broadcast_id)
        first.send_signal(signal.SIGCONT)
        assert await asyncio.wait_for(first.wait(), 120) == 0
        assert await office.tally(broadcast_id) == before
        copies = office.copies()
        assert set(copies) == set(chats)
        # Frozen in mid-send, it may let go what already was on its way; never what it had yet to send.
        assert sum(copies.values()) - len(chats) <= IN_FLIGHT

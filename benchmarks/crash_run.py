"""Kill the sender again and again in the middle of a broadcast: who is left out, who gets it twice?

``python benchmarks/crash_run.py [KILLS [MEMBERS [sqlite|postgresql …]]]`` prints a table. On SQLite one
sender is killed and started anew; on PostgreSQL two work side by side and one of them is killed each time (a
cluster of its own is made and removed). The sandbox numbers messages as Telegram does and answers after
20 ms.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import func, select

from bot.store import outbox
from bot.store.db import open_database
from bot.store.migrate import upgrade
from bot.store.tables import decision
from tests.integration.post import Post, post_at, until
from tests.postgres import ORDINARY_USER, Cluster, find_programs

ROOT = Path(__file__).resolve().parents[1]
FEWEST, MOST = 40, 160  # so many messages arrive between two kills


@dataclass
class Run:
    """What a run did and what came of it."""

    way: str
    senders: int
    kills: int = 0
    in_mid_send: int = 0
    leased: int = 0
    left_out: int = 0
    copies: int = 0
    most: int = 0
    found: int = 0
    absent: int = 0
    undecided: int = 0
    seconds: float = 0.0


async def start(office: Post, url: str, way: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.programs.sender", url, office.url, office.world.token, way,
        cwd=ROOT, stderr=DEVNULL,
    )  # fmt: skip


async def crash(url: str, way: str, senders: int, kills: int, members: int) -> Run:
    """One broadcast to ``members`` with so many kills, then left to finish."""
    chance, run, began = random.Random(11), Run(way, senders), time.perf_counter()
    db = open_database(url)
    await upgrade(db)
    async with post_at(db) as office:
        chats = await office.members(members)
        office.world.faults.add(kind="delay", seconds=0.02, method="sendMessage")
        broadcast_id = await office.broadcast()
        ledger = office.world.ledger
        working = [await start(office, url, way) for _ in range(senders)]
        while run.kills < kills and ledger.count() < members - MOST:
            target = ledger.count() + chance.randint(FEWEST, MOST)
            await until(lambda target=target: ledger.count() >= target, 120)  # type: ignore[misc]
            victim = working.pop(chance.randrange(senders))
            victim.kill()
            before = ledger.count()
            await victim.wait()
            await asyncio.sleep(0.05)
            run.kills += 1
            run.in_mid_send += ledger.count() > before
            async with office.db.read() as connection:
                run.leased = max(run.leased, (await outbox.tally(connection, broadcast_id)).leased)
            working.append(await start(office, url, way))
        await asyncio.wait_for(asyncio.gather(*(one.wait() for one in working)), 600)
        tally = await office.tally(broadcast_id)
        assert (tally.open, tally.total) == (0, members), tally
        got = office.copies()
        run.left_out, run.most = len(set(chats) - got.keys()), max(got.values())
        run.copies = sum(got.values()) - len(got)
        async with office.db.read() as connection:
            rows = await connection.execute(
                select(decision.c.decided, func.count()).group_by(decision.c.decided)
            )
            for decided, number in rows:
                setattr(run, decided, number)
    run.seconds = time.perf_counter() - began
    return run


@contextmanager
def database(kind: str) -> Iterator[str]:
    """The address of an empty database of that kind; removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="sirkuler-crash-"))
    try:
        if kind == "sqlite":
            yield f"sqlite+aiosqlite:///{folder / 'crash.db'}"
            return
        programs = find_programs()
        if programs is None:
            raise SystemExit("PostgreSQL's programs (initdb, pg_ctl) are not installed.")
        if os.geteuid() == 0:
            shutil.chown(folder, ORDINARY_USER)
        cluster = Cluster(programs, folder)
        cluster.start()
        try:
            yield cluster.url(cluster.create())
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def main(kills: int, members: int, kinds: list[str]) -> None:
    print(f"{'database':<11}{'way':<8}{'senders':>8}{'kills':>6}{'mid-send':>9}{'lost':>6}{'doubled':>8}"
          f"{'most':>5}{'found':>7}{'absent':>7}{'undecided':>10}{'seconds':>8}")  # fmt: skip
    for kind in kinds:
        for way in ("probe", "resend"):
            with database(kind) as url:
                run = await crash(url, way, 1 if kind == "sqlite" else 2, kills, members)
            print(f"{kind:<11}{run.way:<8}{run.senders:>8}{run.kills:>6}{run.in_mid_send:>9}{run.left_out:>6}"
                  f"{run.copies:>8}{run.most:>5}{run.found:>7}{run.absent:>7}{run.undecided:>10}"
                  f"{run.seconds:>8.0f}", flush=True)  # fmt: skip


if __name__ == "__main__":
    given = sys.argv[1:]
    asyncio.run(
        main(
            int(given[0]) if given else 100,
            int(given[1]) if len(given) > 1 else 20_000,
            given[2:] or ["sqlite"],
        )
    )

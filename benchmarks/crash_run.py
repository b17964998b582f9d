"""Kill the sender again and again in the middle of a broadcast: who is left out, who gets it twice?

On SQLite one sender is killed and started anew; on PostgreSQL two work side by side and one of them is killed
each time (a cluster of its own is made and removed). The sandbox numbers messages as Telegram does and
answers after 20 ms. Ends with 1 when anything is beyond its bound:

- nobody is left out; with ``hold`` only who is marked as unknown;
- ``probe`` and ``hold`` double nobody; ``resend`` no more than was leased at the kills (on the way, or
  answered and not yet committed), which is no more than may be in flight, two copies at most;
- the states of the rows add up to the audience;
- at least 60% of the kills landed in the middle of sending.

``--mutant`` runs a sender with a planted fault, to see the harness fail.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from benchmarks.setting.stores import database
from bot.store.db import open_database
from bot.store.migrate import upgrade
from bot.store.tables import DeliveryState, decision, delivery
from tests.integration.post import Post, post_at, until
from tests.programs.sender import IN_FLIGHT

ROOT = Path(__file__).resolve().parents[1]
FEWEST, MOST = 40, 160  # so many messages arrive between two kills
IN_MID_SEND = 0.6  # so many kills must land there, or the run proves nothing
STILL_SECONDS = 300.0  # no message for so long: something hangs
LAST_SECONDS = 900.0  # what is left after the last kill is sent in this time


@dataclass
class Run:
    """What a run did and what came of it. ``leased`` is how many rows were in doubt at the kills, all
    together, ``leased_most`` at one of them; ``found``, ``absent``, ``undecided`` and ``foreign`` count what
    was decided of rows; ``beyond`` names what is beyond its bound."""

    database: str
    way: str
    senders: int
    members: int
    kills: int = 0
    in_mid_send: int = 0
    leased: int = 0
    leased_most: int = 0
    lost: int = 0
    doubled: int = 0
    most: int = 0
    unknown: int = 0
    found: int = 0
    absent: int = 0
    undecided: int = 0
    foreign: int = 0
    seconds: float = 0.0
    beyond: list[str] = field(default_factory=list)

    def judge(self, total: int) -> None:
        """Fill ``beyond``; ``total`` rows have ended."""
        doubled = min(self.leased, self.kills * IN_FLIGHT) if self.way == "resend" else 0
        bounds = {
            "in mid-send": self.in_mid_send >= IN_MID_SEND * self.kills,
            # Beside another sender what a dead one held stays leased until its lease runs out.
            "leased": self.leased_most <= IN_FLIGHT or self.senders > 1,
            "states": total == self.members,
            "lost": self.lost <= (self.unknown if self.way == "hold" else 0),
            "doubled": self.doubled <= doubled,
            "copies": self.most <= 2,
        }
        self.beyond = [name for name, holds in bounds.items() if not holds]


HEADINGS = (
    "database", "way", "senders", "members", "kills", "in_mid_send", "leased", "lost", "doubled", "most",
    "unknown", "found", "absent", "undecided", "foreign", "seconds",
)  # fmt: skip


async def start(office: Post, url: str, flags: Sequence[str]) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.programs.sender", url, office.url, office.world.token, *flags,
        cwd=ROOT, stderr=DEVNULL,
    )  # fmt: skip


async def crash(url: str, run: Run, kills: int, seed: int, mutant: str | None) -> None:
    """One broadcast with so many kills, then left to finish; ``run`` gets what came of it."""
    chance, began = random.Random(seed), time.perf_counter()
    flags = [run.way] if mutant is None else [run.way, mutant]
    db = open_database(url)
    await upgrade(db)
    async with post_at(db) as office:
        chats = await office.members(run.members)
        office.world.faults.add(kind="delay", seconds=0.02, method="sendMessage")
        broadcast_id = await office.broadcast()
        ledger = office.world.ledger
        working = [await start(office, url, flags) for _ in range(run.senders)]
        try:
            while run.kills < kills and ledger.count() < run.members - MOST:
                target = ledger.count() + chance.randint(FEWEST, MOST)
                await until(lambda target=target: ledger.count() >= target, STILL_SECONDS)  # type: ignore[misc]
                victim = working.pop(chance.randrange(run.senders))
                victim.kill()
                before = ledger.count()
                await victim.wait()
                await asyncio.sleep(0.05)  # what was under way arrives
                async with db.read() as connection:
                    leased = await _in_doubt(connection, broadcast_id)
                run.kills += 1
                run.leased += leased
                run.leased_most = max(run.leased_most, leased)
                # A row without a result, or a message that arrives though its sender is dead.
                run.in_mid_send += leased > 0 or ledger.count() > before
                working.append(await start(office, url, flags))
                _say(f"{run.kills} of {kills} kills, {ledger.count()} of {run.members} messages")
            _say("the last sender finishes ...")
            async with asyncio.timeout(LAST_SECONDS):
                for one in working:
                    await one.wait()
        finally:
            for one in working:
                if one.returncode is None:
                    one.kill()
                    await one.wait()
        await _sum_up(office, broadcast_id, chats, run)
    run.seconds = round(time.perf_counter() - began, 1)


async def _in_doubt(connection: AsyncConnection, broadcast_id: int) -> int:
    """The rows that the killed sender had leased; on SQLite without those an earlier one lost, whose floor is
    noted (where several work, all rows have one)."""
    rows = await connection.execute(
        select(delivery.c.telegram_message_id).where(
            delivery.c.broadcast_id == broadcast_id, delivery.c.state == DeliveryState.LEASED
        )
    )
    floors = list(rows.scalars())
    return sum(floor is None for floor in floors) if connection.dialect.name == "sqlite" else len(floors)


async def _sum_up(office: Post, broadcast_id: int, chats: list[int], run: Run) -> None:
    tally, got = await office.tally(broadcast_id), office.copies()
    run.lost, run.most = len(set(chats) - got.keys()), max(got.values())
    run.doubled = sum(got.values()) - len(got)
    run.unknown = tally.unknown
    async with office.db.read() as connection:
        rows = await connection.execute(select(decision.c.decided, func.count()).group_by(decision.c.decided))
        for decided, number in rows:
            setattr(run, decided, number)
    run.judge(tally.total - tally.open)


def _say(words: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{words:<70}", end="", file=sys.stderr, flush=True)


def show(runs: Sequence[Run]) -> None:
    """A table for docs/benchmarks.md, and a line for each run that is beyond a bound."""
    print("| " + " | ".join(name.replace("_", " ") for name in HEADINGS) + " |")
    print("|---" * len(HEADINGS) + "|")
    for run in runs:
        print("| " + " | ".join(str(getattr(run, name)) for name in HEADINGS) + " |")
    for run in runs:
        if run.beyond:
            print(f"{run.database}, {run.way}: beyond the bound: {', '.join(run.beyond)}")


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--way", choices=("probe", "resend", "hold"), nargs="+", default=["probe", "resend"])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--members", type=int, default=20_000)
    parser.add_argument("--senders", type=int, help="1 on SQLite, 2 on PostgreSQL")
    parser.add_argument("--seed", type=int, default=11, help="of the moments of the kills")
    parser.add_argument("--mutant", choices=("cursor", "batch"), help="a sender with a planted fault")
    parser.add_argument("--json", action="store_true", help="one JSON object a run instead of the table")
    return parser.parse_args()


def main() -> int:
    given = read_arguments()
    runs = []
    for way in given.way:
        senders = given.senders or (1 if given.database == "sqlite" else 2)
        run = Run(given.database, way, senders, given.members)
        with database(given.database) as url:
            asyncio.run(crash(url, run, given.kills, given.seed, given.mutant))
        if run.kills < given.kills:
            run.beyond.append(f"only {run.kills} kills: too few members")
        runs.append(run)
        _say("")
        if given.json:
            print(json.dumps(asdict(run)), flush=True)
    if not given.json:
        show(runs)
    return int(any(run.beyond for run in runs))


if __name__ == "__main__":
    sys.exit(main())

"""How fast a broadcast goes out when the rate is no limit: leased, sent, marked, by one sender or more.

    python benchmarks/drain.py [--messages N] [--in-flight N] [--delay MS]

SQLite with one sender, PostgreSQL (a cluster of its own) with one and with four `sirkuler worker` processes'
worth of dispatchers, each a process. CPU is that of all senders together, without the databases' own.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from asyncio.subprocess import PIPE
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.setting.outbox import fill, send
from benchmarks.setting.server import TOKEN, server
from benchmarks.setting.stores import database
from bot.cli.loop import run
from bot.store import outbox
from bot.store.db import open_database
from bot.store.migrate import upgrade

ROOT = Path(__file__).resolve().parents[1]
RUNS = (("sqlite", 1), ("postgresql", 1), ("postgresql", 4))


async def drain(kind: str, senders: int, number: int, in_flight: int, delay: float) -> tuple[float, float]:
    """Messages a second and CPU milliseconds a message, start and end of the senders left out."""
    with database(kind) as url:
        db = open_database(url)
        await upgrade(db)
        await fill(db, number)
        async with server(delay) as api:
            working = [
                await asyncio.create_subprocess_exec(
                    sys.executable, __file__, "--send", url, api, str(owner), str(in_flight),
                    cwd=ROOT, stdout=PIPE,
                )
                for owner in range(1, senders + 1)
            ]  # fmt: skip
            lines = [(await one.communicate())[0].decode().split() for one in working]
        async with db.read() as connection:
            tally = await outbox.tally(connection, 1)
        await db.close()
    assert tally.sent == number, tally
    began, ended = min(float(line[0]) for line in lines), max(float(line[1]) for line in lines)
    return number / (ended - began), sum(float(line[2]) for line in lines) * 1000 / number


async def send_all(url: str, api: str, owner: int, in_flight: int) -> None:
    """Send until nothing is open; prints when the first message left and the last was marked, and the CPU."""
    db = open_database(url)
    cpu = time.process_time()
    began, ended = await send(db, api, TOKEN, in_flight, owner=owner)
    print(began, ended, time.process_time() - cpu)
    await db.close()


async def main(given: argparse.Namespace) -> None:
    print(f"{'store':<12}{'senders':>8}{'messages/s':>12}{'CPU ms a message':>18}")
    for kind, senders in RUNS:
        rate, cpu = await drain(kind, senders, given.messages, given.in_flight, given.delay / 1000)
        print(f"{kind:<12}{senders:>8}{rate:>12.0f}{cpu:>18.3f}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--in-flight", type=int, default=256, help="rows leased by each sender at most")
    parser.add_argument("--delay", type=float, default=0.0, help="the server's answer time, milliseconds")
    parser.add_argument("--send", nargs=4, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.send:
        run(send_all(*arguments.send[:2], *map(int, arguments.send[2:])))
    else:
        asyncio.run(main(arguments))

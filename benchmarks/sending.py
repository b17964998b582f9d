"""Sending, side by side: messages a second, CPU a message and peak memory of ours and of others.

Ours with its durable ledger (SQLite, synchronous=FULL: rows leased, sent and marked) against
python-telegram-bot and aiogram, which write nothing down. All send the same text with two buttons to the same
server, a process of its own on loopback, that answers at once and after 50 ms; ``--in-flight`` calls at any
time (ours leases four times as many rows: those that wait and those whose result is not written yet count).

    python benchmarks/sending.py [--messages N] [--in-flight N] [--peers-python PYTHON]

``--peers-python`` (or SIRKULER_PEERS_PYTHON) names a Python that has aiogram and python-telegram-bot with
its rate limiter, which the product does without; else those rows are left out. Medians of ``--repeat`` runs.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.setting.server import TOKEN, server

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "benchmarks" / "setting" / "peers.py"
# The way, its name, the share of the messages it sends (slow ones fewer), and if it needs the other Python.
WAYS = (
    ("ours", "Sirküler, ledger included", 1.0, False),
    ("ptb", "python-telegram-bot (httpx)", 0.1, False),
    ("ptb-limited", "… with AIORateLimiter", 0.1, True),
    ("ptb-aiohttp", "… on our aiohttp transport", 0.25, False),
    ("aiogram", "aiogram", 0.25, True),
)


async def once(python: str, way: str, url: str, number: int, level: int) -> dict[str, float] | str:
    """The figures of one run, or the last words of one that failed."""
    process = await asyncio.create_subprocess_exec(
        python, str(PEERS), way, url, TOKEN, str(number), str(level), cwd=ROOT, stdout=PIPE, stderr=PIPE
    )
    out, words = await process.communicate()
    if process.returncode:
        return (words.decode().strip().splitlines() or ["no reason given"])[-1]
    figures: dict[str, float] = json.loads(out)
    return figures


async def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--messages", type=int, default=10_000, help="of ours; slower ways send a part of it")
    parser.add_argument("--in-flight", type=int, default=64)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--peers-python", default=os.environ.get("SIRKULER_PEERS_PYTHON"))
    given = parser.parse_args()
    print(f"{'answer':>8}  {'':<30}{'messages/s':>11}{'CPU ms':>9}{'MB':>6}{'CPU, ratio':>12}", flush=True)
    for delay in (0.0, 0.05):
        async with server(delay) as url:
            base = 0.0
            for way, name, share, elsewhere in WAYS:
                python = given.peers_python if elsewhere else sys.executable
                if python is None:
                    print(f"{delay * 1000:>6.0f}ms  {name:<30}left out: --peers-python is not given")
                    continue
                number = max(1, int(given.messages * share) // given.in_flight) * given.in_flight
                runs = [await once(python, way, url, number, given.in_flight) for _ in range(given.repeat)]
                failed = next((run for run in runs if isinstance(run, str)), None)
                if failed is not None:
                    print(f"{delay * 1000:>6.0f}ms  {name:<30}left out: {failed}")
                    continue
                rate, cpu, peak = (
                    statistics.median(run[key] for run in runs if isinstance(run, dict))
                    for key in ("rate", "cpu", "peak")
                )
                base = base or cpu
                line = f"{delay * 1000:>6.0f}ms  {name:<30}{rate:>11.0f}{cpu:>9.3f}{peak:>6.0f}"
                print(f"{line}{cpu / base:>12.1f}", flush=True)


if __name__ == "__main__":
    asyncio.run(main())

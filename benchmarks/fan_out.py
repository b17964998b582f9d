"""The release by itself: seconds until every member concerned has a row, bytes a delivery once it is sent.

    python benchmarks/fan_out.py [--members N …] [--stores sqlite postgresql] [--repeat N]

The time is that of the release's transaction, commit included: the notice, its messages, one INSERT … SELECT.
Bytes are those of the table with its indexes, after VACUUM. Medians of ``--repeat`` runs.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import statistics
import sys
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import text, update

from benchmarks.setting.outbox import fill
from benchmarks.setting.stores import KINDS, database
from bot.store.db import open_database
from bot.store.migrate import upgrade
from bot.store.tables import DeliveryState, delivery


async def fan_out(kind: str, members: int) -> tuple[float, float]:
    """Seconds of the transaction that writes a broadcast's rows, and bytes a row when all are sent."""
    with database(kind) as url:
        db = open_database(url)
        try:
            await upgrade(db)
            took = await fill(db, members)
            async with db.write() as connection:
                sent = {"state": int(DeliveryState.SENT), "attempts": 1}
                number = 5_000_000 + delivery.c.member_id
                await connection.execute(update(delivery).values(telegram_message_id=number, **sent))
            if kind == "postgresql":
                async with db.engine.connect() as connection:
                    await connection.execution_options(isolation_level="AUTOCOMMIT")
                    await connection.execute(text("VACUUM FULL delivery"))
                    size = await connection.scalar(text("SELECT pg_total_relation_size('delivery')"))
                    return took, float(size or 0) / members
        finally:
            await db.close()
        with closing(sqlite3.connect(url.partition("///")[2], isolation_level=None)) as file:
            file.execute("VACUUM")
            pages = "SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%delivery%'"
            return took, float(file.execute(pages).fetchone()[0]) / members


async def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--members", type=int, nargs="+", default=[10_000, 50_000, 150_000])
    parser.add_argument("--stores", choices=KINDS, nargs="+", default=KINDS)
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    print(f"{'store':<12}{'members':>8}{'fan-out':>10}{'bytes a delivery':>18}")
    for kind in given.stores:
        for members in given.members:
            runs = [await fan_out(kind, members) for _ in range(given.repeat)]
            took, size = (statistics.median(run[n] for run in runs) for n in (0, 1))
            print(f"{kind:<12}{members:>8}{took:>9.2f}s{size:>18.0f}", flush=True)


if __name__ == "__main__":
    asyncio.run(main())

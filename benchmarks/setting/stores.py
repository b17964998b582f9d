"""Empty databases to measure on: a file, or a PostgreSQL cluster of one's own; removed at the end."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import ORDINARY_USER, Cluster, find_programs

KINDS = ("sqlite", "postgresql")


@contextmanager
def database(kind: str) -> Iterator[str]:
    """The address of an empty database of that kind. Raises ``SystemExit`` without PostgreSQL's programs."""
    folder = Path(tempfile.mkdtemp(prefix="sirkuler-bench-"))
    try:
        if kind == "sqlite":
            yield f"sqlite+aiosqlite:///{folder / 'bench.db'}"
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

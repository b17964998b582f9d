"""A PostgreSQL of the tests' own: a cluster per session, a database per test, nothing left at the end.

It listens on a socket in its own folder only, so that no port can be taken and nobody else can connect.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

ROLE = "sirkuler"
ORDINARY_USER = "nobody"
SECONDS_TO_START = 60
# Nothing here outlives the tests: what makes a crash survivable only costs time.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "autovacuum": "off",
}


@dataclass
class Cluster:
    """A running server: the folder of its programs and its own folder, which holds its socket too."""

    programs: Path
    folder: Path
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def start(self) -> None:
        """Make the data folder and start the server. Raises ``RuntimeError`` with its words."""
        self._run("initdb", "-D", self._data, "-U", ROLE, "--auth=trust", "--encoding=UTF8", "--locale=C")
        settings = {**SETTINGS, "unix_socket_directories": str(self.folder)}
        with (self.folder / "data" / "postgresql.auto.conf").open("a") as conf:
            conf.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        # The server keeps its standard error: it must not hold a pipe of ours open.
        log = str(self.folder / "log")
        self._run("pg_ctl", "start", "-D", self._data, "-w", "-t", str(SECONDS_TO_START), "-l", log)

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-D", self._data, "-m", "immediate", "-w")

    def create(self) -> str:
        """A fresh, empty database; its name."""
        name = f"test_{next(self.numbers)}"
        self.sql(f"CREATE DATABASE {name}")
        return name

    def drop(self, name: str) -> None:
        self.sql(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, name: str) -> str:
        """The database's address for SQLAlchemy."""
        return f"postgresql+asyncpg://{ROLE}@/{name}?host={self.folder}"

    def sql(self, statement: str, database: str = "postgres") -> str:
        """What ``psql`` answers to a statement: rows without headings. Raises ``RuntimeError``."""
        return self._run(
            "psql", "-h", str(self.folder), "-U", ROLE, "-d", database,
            "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement,
        )  # fmt: skip

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _run(self, program: str, *arguments: str) -> str:
        # The server refuses to run as root: then everything of it runs as an ordinary user.
        other: dict[str, Any] = {}
        if os.geteuid() == 0:
            person = pwd.getpwnam(ORDINARY_USER)
            other = {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
        output = self.folder / f"{program}.out"
        with output.open("w+") as words:
            done = subprocess.run(
                [self.programs / program, *arguments],
                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=words, stderr=subprocess.STDOUT,
                timeout=SECONDS_TO_START * 2, **other,
            )  # fmt: skip
            words.seek(0)
            text = words.read()
        if done.returncode:
            raise RuntimeError(f"{program} failed: {text}")
        return text


def find_programs() -> Path | None:
    """The folder of the newest PostgreSQL programs of this machine."""
    found = sorted(
        (path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        key=lambda folder: int(folder.parent.name),
    )
    if found:
        return found[-1]
    other = shutil.which("initdb")
    return Path(other).resolve().parent if other else None


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The session's server, started when a test first asks for it."""
    programs = find_programs()
    if programs is None:
        words = "PostgreSQL's programs (initdb, pg_ctl) are not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    folder = Path(tempfile.mkdtemp(prefix="sirkuler-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, ORDINARY_USER)
    server = Cluster(programs, folder)
    try:
        server.start()
        yield server
    finally:
        try:
            if (folder / "data" / "postmaster.pid").exists():
                server.stop()
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(cluster: Cluster) -> Iterator[str]:
    """The address of an empty PostgreSQL database of the test's own."""
    name = cluster.create()
    yield cluster.url(name)
    cluster.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database; the test runs on both engines."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite+aiosqlite:///{tmp_path / 'store.db'}"

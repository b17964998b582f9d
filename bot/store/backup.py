"""Copies of a SQLite database: made while the bot runs, checked, put back in place.

A plain copy of a live file misses what stands in its WAL (tried: none of 500 rows); SQLite's online
backup copies a consistent state however long it takes (https://sqlite.org/backup.html).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from bot.errors import DatabaseError
from bot.store.db import BUSY_TIMEOUT_MS, Database
from bot.store.migrate import known_versions
from bot.store.pause import KEY, Pause

PAGES = 512
Progress = Callable[[int, int], None]
"""Called with the pages still to be copied and all pages."""


def file_of(db: Database) -> Path:
    """The database's file. Raises ``DatabaseError`` for PostgreSQL, whose own tools do this better, and
    for a database in memory."""
    if not db.is_sqlite:
        raise DatabaseError(
            "This is for SQLite; with PostgreSQL use pg_dump and pg_restore, "
            "and set the pause with `sirkuler db pause` before the restored copy is started."
        )
    name = db.engine.url.database
    if not name or name == ":memory:" or name.startswith("file:"):
        raise DatabaseError("The database is not a plain file.")
    return Path(os.path.realpath(name))


def backup(db: Database, target: Path, progress: Progress | None = None) -> int:
    """Copy the database to a new file that only its owner may read, marked to start paused; its size in
    bytes. Consistent while others read and write.

    Raises ``DatabaseError`` when there is no database, when ``target`` exists or cannot be written, or
    when the copy does not pass SQLite's integrity check; then no ``target`` is left.
    """
    file = file_of(db)
    if not file.exists():
        raise DatabaseError(f"There is no database {file}.")
    with _new_file(target):
        _copy(file, target, progress)
        _mark_paused(target)
        check(target)
    return target.stat().st_size


def restore(
    db: Database, source: Path, now: datetime, work_over: Callable[[Path], None]
) -> tuple[Path, Path | None]:
    """Put a checked copy of ``source`` in the place of the database; the caller owns it.

    ``work_over`` gets the copy's path before it is put in place (migrations, settling). Returns the
    database's file and where the former one is kept, None when there was none. Raises ``DatabaseError``
    when ``source`` cannot be used; then the former database stands as it was.
    """
    file = file_of(db)
    check(source)
    copy = file.with_name(f"{file.name}.restoring")
    with suppress(FileNotFoundError):
        copy.unlink()  # of a restore that was killed
    with _new_file(copy):
        _copy(source, copy, None)
        _mark_paused(copy)
        work_over(copy)
        # One file: what the work wrote must not stay behind in a WAL when the copy is renamed.
        with _opened(copy) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
        check(copy)
        former = _put_aside(file, now)
        os.replace(copy, file)
    return file, former


def check(file: Path) -> str:
    """The schema version of a SQLite file that is whole and of this or an earlier version of the program.

    Raises ``DatabaseError`` otherwise. Nothing is written.
    """
    if not file.is_file():
        raise DatabaseError(f"There is no file {file}.")
    try:
        with _opened(file, write=False) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok":
                raise DatabaseError(f"{file} is damaged: {str(found).splitlines()[0]}.")
            if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise DatabaseError(f"{file} is damaged: rows refer to others that are missing.")
            version = str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    except (sqlite3.Error, TypeError) as error:
        raise DatabaseError(f"{file} is no backup of Sirküler ({error}).") from error
    if version not in known_versions():
        raise DatabaseError(f"{file} has schema version {version}, which this program does not know.")
    return version


def private_file(file: Path) -> Path:
    """``file``, made anew and empty, for its owner alone. Raises ``DatabaseError`` when it is there."""
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise DatabaseError(f"{file} exists already; nothing was written.") from None
    except OSError as error:
        raise DatabaseError(f"{file} cannot be written: {error.strerror}.") from error
    return file


@contextmanager
def _new_file(file: Path) -> Iterator[None]:
    """``file``, new and private; gone again when the work on it fails."""
    private_file(file)
    try:
        yield
    except BaseException as error:
        for name in ("", "-journal", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                Path(f"{file}{name}").unlink()
        if isinstance(error, (sqlite3.Error, OSError)):
            raise DatabaseError(f"{file} could not be made: {error}.") from error
        raise


def _copy(source: Path, target: Path, progress: Progress | None) -> None:
    def told(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(remaining, total)

    with _opened(source, write=False) as found, closing(sqlite3.connect(target)) as made:
        # A read transaction: else each commit of the running bot would begin the copy anew.
        found.execute("BEGIN")
        found.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        found.backup(made, pages=PAGES, progress=told)
        made.execute("PRAGMA journal_mode=DELETE")


def _mark_paused(file: Path) -> None:
    with _opened(file) as connection, connection:
        connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (KEY, Pause.COPY))


def _put_aside(file: Path, now: datetime) -> Path | None:
    """Rename the former database with its WAL, so that it stays whole."""
    if not file.exists():
        return None
    former = file.with_name(f"{file.name}.before-{now:%Y%m%d-%H%M%S}")
    if former.exists():
        raise DatabaseError(f"{former} exists already; nothing was changed.")
    for name in ("-shm", "-wal", ""):
        with suppress(FileNotFoundError):
            os.rename(f"{file}{name}", f"{former}{name}")
    return former


@contextmanager
def _opened(file: Path, *, write: bool = True) -> Iterator[sqlite3.Connection]:
    address = f"{file.absolute().as_uri()}?mode={'rw' if write else 'ro'}"
    with closing(sqlite3.connect(address, uri=True, timeout=BUSY_TIMEOUT_MS / 1000)) as connection:
        yield connection

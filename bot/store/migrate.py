"""The schema and its version: Alembic, driven from the program.

Alembic is loaded for an upgrade only: a process that runs for months keeps its 12 MB for something else.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.errors import DatabaseError, SchemaVersionError
from bot.store.db import Database

MIGRATIONS = Path(__file__).parent / "migrations"


async def upgrade(db: Database) -> None:
    """Create the schema or bring it to this program's version. Raises ``DatabaseError``."""
    _try_file(db)
    _make_private(db)
    try:
        async with db.engine.connect() as connection:
            if db.is_sqlite:
                # Batch migrations rebuild tables: with foreign keys on, a rebuilt parent's children would
                # be deleted by ON DELETE CASCADE. The switch works outside a transaction only.
                await connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            await connection.run_sync(_upgrade)
            await connection.commit()
            if db.is_sqlite:
                await connection.exec_driver_sql("PRAGMA foreign_keys=ON")
    except (DBAPIError, OSError) as error:
        raise _unusable(db, error) from error


async def current_version(db: Database) -> str | None:
    """The schema version of the database; None for an empty one. Raises ``DatabaseError``.

    To look is to make a missing SQLite file: its rights are set here already.
    """
    _try_file(db)
    _make_private(db)
    try:
        async with db.engine.connect() as connection:
            return await connection.run_sync(_version)
    except (DBAPIError, OSError) as error:
        raise _unusable(db, error) from error


def newest_version() -> str | None:
    """The schema version of this program."""
    return max(known_versions(), default=None)


def known_versions() -> frozenset[str]:
    """Every schema version that ``upgrade`` can begin from, this program's own among them: the numbers that
    the migrations' files begin with."""
    return frozenset(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


async def check_version(db: Database) -> None:
    """Raise ``SchemaVersionError`` unless the database has exactly this program's version."""
    found, wanted = await current_version(db), newest_version()
    if found != wanted:
        raise SchemaVersionError(
            f"The database has schema version {found or 'none'}, this program needs {wanted}: "
            "run `sirkuler db upgrade`."
        )


async def prepare(db: Database) -> None:
    """A missing database is created; one of another version raises ``SchemaVersionError``."""
    if await current_version(db) is None:
        await upgrade(db)
    await check_version(db)


def _try_file(db: Database) -> None:
    """Raise ``DatabaseError`` for a SQLite file that cannot be opened, before aiosqlite tries: its thread
    outlives the failure and may print a stack trace about the closed loop.

    The file is not opened for that: closing it would end all locks that this process holds on it, and who
    closes it next in another process would take the WAL away from under us (https://sqlite.org/howtocorrupt.html,
    "posix advisory locks canceled by a separate thread doing close()")."""
    file = Path(db.engine.url.database or ":memory:")
    if not db.is_sqlite or file.name == ":memory:":
        return
    try:
        if file.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if file.exists():
            if not os.access(file, os.R_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        elif not file.parent.is_dir():
            raise FileNotFoundError(None, f"there is no folder {file.parent}")
    except OSError as error:
        raise _unusable(db, error) from error


def _make_private(db: Database) -> None:
    """Make a missing SQLite file, readable for its owner alone: it will hold who subscribes to what. Its WAL
    gets the same rights (https://sqlite.org/src/file/src/os_unix.c, findCreateFileMode)."""
    file = Path(db.engine.url.database or ":memory:")
    if db.is_sqlite and file.name != ":memory:" and file.parent.is_dir():
        with suppress(FileExistsError, PermissionError):  # what is wrong with it, opening it will tell
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _unusable(db: Database, error: DBAPIError | OSError) -> DatabaseError:
    """One sentence with the address, its password masked, and the driver's reason."""
    reason = error.orig if isinstance(error, DBAPIError) else error
    told = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason)
    words = told.splitlines()[:1] or [type(reason).__name__]
    where = db.engine.url.render_as_string(hide_password=True)
    return DatabaseError(f"The database cannot be opened: {where} ({words[0].rstrip('.')}).")

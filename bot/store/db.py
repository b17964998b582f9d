"""One engine, readers apart from the one writer.

SQLite runs in WAL with ``synchronous=FULL`` and foreign keys on; writers begin IMMEDIATE, because
a deferred transaction that turns into a write fails at once with SQLITE_BUSY_SNAPSHOT, whatever
the busy timeout (https://sqlite.org/isolation.html). Readers begin plainly and never queue.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import DatabaseError

BUSY_TIMEOUT_MS = 15_000
IDLE_TIMEOUT_MS = 15_000

TROUBLE = (OperationalError, InterfaceError, OSError)
"""Locked, full, unreachable: what passes, so that one tries again. Anything else is our own mistake."""

# Classes of SQLSTATE that are no fault of a statement (refused or lost connection, rollback of a deadlock,
# missing database, full disk, server shutting down): what psycopg calls OperationalError, too
# (https://www.postgresql.org/docs/current/errcodes-appendix.html).
OPERATIONAL = ("08", "28", "3D", "40", "53", "54", "55", "57", "58")


class Database:
    """The store's door: ``read()`` and ``write()`` give a connection inside a transaction."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._writer = asyncio.Lock()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for queries; what it writes is rolled back."""
        async with self.engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a write transaction: committed at the end, rolled back on any error."""
        if not self.is_sqlite:
            async with self.engine.begin() as connection:
                yield connection
            return
        async with self._writer, self.engine.connect() as connection:
            await connection.execution_options(sirkuler_writer=True)
            async with connection.begin():
                yield connection

    async def close(self) -> None:
        await self.engine.dispose()


def open_database(url: str) -> Database:
    """The database at a SQLAlchemy ``url`` (``sqlite+aiosqlite:///…`` or ``postgresql+asyncpg://…``).

    Raises ``DatabaseError`` for an address of another kind. Nothing is created or connected yet.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseError(f"The database address cannot be read: {url}") from error
    if parsed.drivername not in ("sqlite+aiosqlite", "postgresql+asyncpg"):
        raise DatabaseError(
            f"The database must be sqlite+aiosqlite or postgresql+asyncpg, not {parsed.drivername}."
        )
    if parsed.drivername == "sqlite+aiosqlite":
        engine = create_async_engine(parsed)
        _set_up_sqlite(engine)
    else:
        # A process that was frozen in a transaction must not keep its rows from the others for ever.
        settings = {"idle_in_transaction_session_timeout": str(IDLE_TIMEOUT_MS)}
        engine = create_async_engine(parsed, pool_pre_ping=True, connect_args={"server_settings": settings})
        _set_up_postgresql(engine)
    return Database(engine)


def _set_up_sqlite(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def _pragmas(raw: Any, _record: Any) -> None:
        raw.isolation_level = None  # the driver begins nothing by itself
        cursor = raw.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "secure_delete=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        writer = connection.get_execution_options().get("sirkuler_writer")
        # At once: SQLAlchemy's way of executing changes threads three times.
        driver = connection.connection.dbapi_connection
        try:
            driver.run_async(lambda raw: raw.execute("BEGIN IMMEDIATE" if writer else "BEGIN"))
        except sqlite3.OperationalError as error:
            raise OperationalError(None, None, error) from error


def _set_up_postgresql(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "handle_error")
    def _name_trouble(context: Any) -> Exception | None:
        """The driver's errors that pass by themselves become ``OperationalError``, as on SQLite."""
        error = context.sqlalchemy_exception
        if not isinstance(error, DBAPIError) or error.orig is None:
            return None
        state = getattr(error.orig, "sqlstate", None) or ""
        # A server that goes away in the middle leaves asyncpg with a half-read answer ("cannot switch to
        # state ..."): that connection is of no more use.
        confused = isinstance(error, InternalError) and not state
        if not confused and not (type(error) is DBAPIError and state.startswith(OPERATIONAL)):
            return None
        context.is_disconnect = context.is_disconnect or confused
        # Without the statement: its values are what people wrote.
        return OperationalError(None, None, error.orig, connection_invalidated=context.is_disconnect)

"""One engine, readers apart from the one writer.

SQLite runs in WAL with ``synchronous=FULL`` and foreign keys on; writers begin IMMEDIATE, because
a deferred transaction that turns into a write fails at once with SQLITE_BUSY_SNAPSHOT, whatever
the busy timeout (https://sqlite.org/isolation.html). Readers begin plainly and never queue.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import DatabaseError
from bot.store import driver
from bot.store.straight import in_its_thread

T = TypeVar("T")

BUSY_TIMEOUT_MS = 15_000
FROZEN_MS = 15_000
APPLICATION = "sirkuler"
"""Our connections' name at PostgreSQL."""
QUIET_SECONDS = 5.0

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
        self._writer = asyncio.Lock() if self.is_sqlite else contextlib.nullcontext()
        self._writing = engine.execution_options(sirkuler_writer=True)
        self._for_writing, self._for_reading = Kept(self._writing), Kept(engine)
        self._busy = 0

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for queries; what it writes is rolled back."""
        with self._at_work():
            async with self.engine.connect() as connection:
                yield connection

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a write transaction: committed at the end, rolled back on any error."""
        with self._at_work():
            async with self._writer, self._writing.begin() as connection:
                yield connection

    async def quiet(self, seconds: float = QUIET_SECONDS) -> None:
        """Until nobody is at the database, at most so long. Whoever is cancelled then, at once, is not in the
        middle of a statement: there SQLAlchemy gives a connection up in two ways, the pool may keep it, and
        who gets it next waits for ever, since aiosqlite's thread has ended."""
        end = time.monotonic() + seconds
        while self._busy and time.monotonic() < end:  # noqa: ASYNC110 - at a stop only
            await asyncio.sleep(0.005)

    @contextlib.contextmanager
    def _at_work(self) -> Iterator[None]:
        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1

    async def write_whole(self, work: Callable[[AsyncConnection], Coroutine[Any, Any, T]]) -> T:
        """What ``work`` gives, in a write transaction of its own. It must wait for nothing but the
        connection: on SQLite it runs through in the connection's thread, with one change of threads where
        ``write()`` needs one for each statement."""
        if not self.is_sqlite:
            async with self.write() as connection:
                return await work(connection)

        async def transaction(connection: AsyncConnection) -> T:
            async with connection.begin():
                return await work(connection)

        async with self._writer:
            return await self._run_through(self._for_writing, transaction)

    async def read_whole(self, work: Callable[[AsyncConnection], Coroutine[Any, Any, T]]) -> T:
        """As ``write_whole`` for queries; what it writes is rolled back."""
        if not self.is_sqlite:
            async with self.read() as connection:
                return await work(connection)

        async def look(connection: AsyncConnection) -> T:
            try:
                return await work(connection)
            finally:
                await connection.rollback()

        return await self._run_through(self._for_reading, look)

    async def _run_through(self, kept: Kept, work: Callable[[AsyncConnection], Coroutine[Any, Any, T]]) -> T:
        with self._at_work():
            async with kept as (connection, raw):
                return await raw.together(lambda: work(connection))

    async def write_at_once(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """``write_whole`` for what needs no SQLAlchemy. SQLite only. Raises SQLAlchemy's ``OperationalError``
        for what passes."""
        async with self._writer:
            return await self._at_once(self._for_writing, lambda raw: _transact(raw, work))

    async def read_at_once(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """As ``write_at_once`` for one query; it waits for nobody."""
        return await self._at_once(self._for_reading, work)

    async def _at_once(self, kept: Kept, work: Callable[[sqlite3.Connection], T]) -> T:
        with self._at_work():
            async with kept as (_, raw):
                return await in_its_thread(raw, work)

    async def close(self) -> None:
        await self._for_writing.close()
        await self._for_reading.close()
        await self.engine.dispose()


class Kept:
    """A connection that stays open, apart from the pool's; for SQLite. As a context it and its driver's,
    opened by the first who asks; one that got into trouble is not kept: what it knows of the file may be
    wrong."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._open: tuple[AsyncConnection, driver.Connection] | None = None
        self._opening = asyncio.Lock()

    async def __aenter__(self) -> tuple[AsyncConnection, driver.Connection]:
        if self._open is None:
            async with self._opening:
                if self._open is None:
                    connection = await self._engine.connect()
                    raw: Any = (await connection.get_raw_connection()).driver_connection
                    self._open = connection, raw
        return self._open

    async def __aexit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, TROUBLE) and self._open is not None:
            (connection, _), self._open = self._open, None
            await connection.invalidate()
            await connection.close()

    async def close(self) -> None:
        if self._open is not None:
            await self._open[0].close()
            self._open = None


def _transact(raw: sqlite3.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    raw.execute("BEGIN IMMEDIATE")
    try:
        result = work(raw)
        raw.execute("COMMIT")
    except BaseException:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise
    return result


def open_database(url: str, *, frozen_ms: int = FROZEN_MS) -> Database:
    """The database at a SQLAlchemy ``url`` (``sqlite+aiosqlite:///…`` or ``postgresql+asyncpg://…``).

    A process that was frozen in a transaction must not keep its rows from the others for ever: PostgreSQL
    undoes the transaction of one that is silent between two statements for ``frozen_ms``, and nobody waits
    longer for a row (``senders.end_frozen`` frees it). Raises ``DatabaseError`` for an address of another
    kind. Nothing is created or connected yet.
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
        place, how = parsed.get_dialect()().create_connect_args(parsed)
        engine = create_async_engine(parsed, async_creator=lambda: driver.connect(*place, **how))
        _set_up_sqlite(engine)
    else:
        settings = {
            "application_name": APPLICATION,
            "idle_in_transaction_session_timeout": str(frozen_ms),
            "lock_timeout": str(frozen_ms),
        }
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
        raw = connection.connection.dbapi_connection
        try:
            raw.run_async(lambda raw: raw.execute("BEGIN IMMEDIATE" if writer else "BEGIN"))
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

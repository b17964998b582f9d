"""aiosqlite with one change of threads for a statement.

SQLAlchemy asks a driver for a cursor, lets it run the statement, fetches the rows and closes the cursor:
four times aiosqlite hands work to the connection's thread and wakes the loop again, each 45 to 80 µs. Here
the thread does all of it in one go, and the loop finds the rows there; a transaction that waits for nothing
else runs through in the thread (``Connection.together``).
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, TypeVar

import aiosqlite

T = TypeVar("T")

ROWS = 1_000
"""So many rows come with the statement; more stay in the database until somebody asks."""


class Cursor:
    """What SQLAlchemy needs of an aiosqlite cursor. Opened by its statement, closed after its last row."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._cursor: sqlite3.Cursor | None = None  # while rows are left in the database
        self._rows: list[Any] = []
        self.arraysize = 1
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Cursor:
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> Cursor:
        await self._run(lambda cursor: cursor.execute(sql, tuple(parameters or ())))
        return self

    async def executemany(self, sql: str, parameters: Iterable[tuple[Any, ...]]) -> Cursor:
        await self._run(lambda cursor: cursor.executemany(sql, parameters))
        return self

    async def _run(self, work: Callable[[sqlite3.Cursor], object]) -> None:
        await self._connection._execute(self._run_at_once, work)

    def _run_at_once(self, work: Callable[[sqlite3.Cursor], object]) -> None:
        cursor = self._connection._conn.cursor()
        work(cursor)
        self._rows = cursor.fetchmany(ROWS) if cursor.description else []
        self.description, self.rowcount, self.lastrowid = (
            cursor.description,
            cursor.rowcount,
            cursor.lastrowid,
        )
        if len(self._rows) == ROWS:
            self._cursor = cursor
        else:
            cursor.close()

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        if self._cursor is not None:
            rows += await self._connection._execute(self._cursor.fetchall)
            await self.close()
        return rows

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        size = size or self.arraysize
        if self._cursor is not None and len(self._rows) < size:
            self._rows += await self._connection._execute(self._cursor.fetchmany, max(size, ROWS))
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def fetchone(self) -> Any:
        rows = await self.fetchmany(1)
        return rows[0] if rows else None

    async def close(self) -> None:
        if self._cursor is not None:
            cursor, self._cursor = self._cursor, None
            await self._connection._execute(cursor.close)


class Connection(aiosqlite.Connection):
    """A connection whose cursors are ``Cursor``s."""

    def cursor(self) -> Cursor:  # type: ignore[override] # aiosqlite's is one to be awaited: another step
        return Cursor(self)

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if threading.get_ident() == self._thread.ident:  # in ``together``
            return fn(*args, **kwargs)
        return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]

    async def together(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What ``work`` gives, which waits for nothing but this connection: run in the connection's thread,
        where there is nothing to wait for. Raises its errors, and ``RuntimeError`` if it waits after all."""
        result: T = await self._execute(_run_through, work)
        return result

    async def rollback(self) -> None:
        """Nothing after a commit: SQLAlchemy's pool rolls back whatever it takes back."""
        if self._conn.in_transaction:
            await super().rollback()


def _run_through(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    running = work()
    try:
        running.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    running.close()
    raise RuntimeError("A transaction that is to run through waits for something else")


async def connect(*place: Any, **how: Any) -> Connection:
    """A connection, with ``sqlite3.connect``'s parameters. Raises its errors."""
    connection = Connection(lambda: sqlite3.connect(*place, **how), iter_chunk_size=ROWS)
    connection._thread.daemon = True  # as SQLAlchemy has it: nobody waits for it at the end
    await connection
    return connection

"""The ledger's shortest way to the database: statements compiled once, several of them in one go.

At a thousand messages a second the ledger writes two thousand rows a second. On SQLite every step of the
asynchronous driver changes threads twice (45 to 80 µs), and SQLAlchemy looks at every row; here what belongs
together runs in the connection's own thread at once, inside the transaction that is open anyway.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Dialect, Insert, Select, Update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")
Row = tuple[Any, ...]


class Straight:
    """A statement whose values are ``names``, in the order in which rows give them."""

    def __init__(self, statement: Select[Any] | Update | Insert, names: Sequence[str]) -> None:
        self.statement = statement
        self._names = list(names)
        self._compiled: dict[str, tuple[str, Callable[[Row], Row]]] = {}

    def values(self, row: Row) -> Mapping[str, Any]:
        """A row's values by their names, as SQLAlchemy takes them."""
        return dict(zip(self._names, row, strict=True))

    def compiled(self, dialect: Dialect) -> tuple[str, Callable[[Row], Row]]:
        """The driver's own words, and what puts a row's values into its order."""
        found = self._compiled.get(dialect.name)
        if found is None:
            compiled: Any = self.statement.compile(dialect=dialect)
            constant = {name: value for name, value in compiled.params.items() if name not in self._names}
            places = [*self._names, *constant]
            order = _in_order([places.index(name) for name in compiled.positiontup], tuple(constant.values()))
            found = self._compiled[dialect.name] = (str(compiled), order)
        return found

    async def many(self, connection: AsyncConnection, rows: Sequence[Row]) -> int:
        """Once for each row. How many rows were changed; below zero where the driver does not count several
        at once."""
        if not rows:
            return 0
        sql, order = self.compiled(connection.dialect)
        ordered = list(map(order, rows))
        if is_sqlite(connection):
            return await in_one_go(connection, lambda raw: raw.executemany(sql, ordered).rowcount)
        return (await connection.exec_driver_sql(sql, ordered)).rowcount


def _in_order(places: Sequence[int], constant: Row) -> Callable[[Row], Row]:
    """Puts the values of a row, and after them the constant ones, into an order of their places."""
    if not places:
        return lambda _: ()
    if len(places) == 1:
        return lambda row: (row + constant)[places[0] : places[0] + 1]
    pick: Callable[[Row], Row] = itemgetter(*places)
    return (lambda row: pick(row + constant)) if constant else pick


def is_sqlite(connection: AsyncConnection) -> bool:
    return connection.dialect.name == "sqlite"


async def in_one_go(connection: AsyncConnection, work: Callable[[sqlite3.Connection], T]) -> T:
    """What ``work`` gives, run in the thread of an SQLite connection within its open transaction.

    Raises SQLAlchemy's errors like any statement.
    """
    return await in_its_thread((await connection.get_raw_connection()).driver_connection, work)


async def in_its_thread(driver: Any, work: Callable[[sqlite3.Connection], T]) -> T:
    """``in_one_go`` for who has the driver's connection already."""
    try:
        result: T = await driver._execute(work, driver._conn)
    except sqlite3.OperationalError as error:
        raise OperationalError(None, None, error) from error
    except sqlite3.IntegrityError as error:
        raise IntegrityError(None, None, error) from error
    return result

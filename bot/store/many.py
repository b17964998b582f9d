"""One statement for many rows, past the work that SQLAlchemy does for each of them.

At a thousand messages a second the ledger writes two thousand rows a second: compiled once, with the values
as tuples, a row costs a fifth of what it costs as a dictionary.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Update
from sqlalchemy.ext.asyncio import AsyncConnection

Row = tuple[Any, ...]


class Many:
    """An UPDATE whose values are ``names``, in the order in which rows give them."""

    def __init__(self, statement: Update, names: Sequence[str]) -> None:
        self._statement = statement
        self._names = list(names)
        self._compiled: dict[str, tuple[str, Callable[[Row], Row]]] = {}

    async def execute(self, connection: AsyncConnection, rows: Sequence[Row]) -> int:
        """How many rows were changed; below zero where the driver does not count several at once."""
        if not rows:
            return 0
        dialect = connection.dialect
        found = self._compiled.get(dialect.name)
        if found is None:
            compiled: Any = self._statement.compile(dialect=dialect)
            order: Callable[[Row], Row] = itemgetter(
                *(self._names.index(name) for name in compiled.positiontup)
            )
            found = self._compiled[dialect.name] = (str(compiled), order)
        return (await connection.exec_driver_sql(found[0], list(map(found[1], rows)))).rowcount

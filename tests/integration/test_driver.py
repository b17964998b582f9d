"""The driver under SQLAlchemy: a statement in one change of threads, a transaction that runs through."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.db import Database, open_database
from bot.store.driver import ROWS, connect

MANY = 3 * ROWS + 1


@asynccontextmanager
async def numbers(folder: Path, rows: int = MANY) -> AsyncIterator[Database]:
    """A database with a table of numbers from 1 on."""
    db = open_database(f"sqlite+aiosqlite:///{folder}/numbers.db")
    try:
        async with db.write() as connection:
            await connection.execute(text("CREATE TABLE number (n INTEGER PRIMARY KEY, word TEXT UNIQUE)"))
            values = [{"n": n, "word": f"sayı {n}"} for n in range(1, rows + 1)]
            result = await connection.execute(text("INSERT INTO number VALUES (:n, :word)"), values)
            assert result.rowcount == rows
        yield db
    finally:
        await db.close()


async def count(db: Database) -> int:
    async with db.read() as connection:
        return (await connection.execute(text("SELECT count(*) FROM number"))).scalar_one()


@pytest.mark.parametrize("rows", [0, 1, ROWS - 1, ROWS, ROWS + 1, MANY])
async def test_all_rows_come_in_their_order_however_many_they_are(tmp_path: Path, rows: int) -> None:
    async with numbers(tmp_path, MANY) as db, db.read() as connection:
        found = await connection.execute(text("SELECT n FROM number WHERE n <= :n ORDER BY n"), {"n": rows})
        assert [n for (n,) in found] == list(range(1, rows + 1))
        streamed = []
        async with connection.stream(
            text("SELECT n FROM number WHERE n <= :n ORDER BY n"), {"n": rows}
        ) as stream:
            async for (n,) in stream:
                streamed.append(n)
        assert streamed == list(range(1, rows + 1))


async def test_a_result_that_is_left_unread_holds_nothing_up(tmp_path: Path) -> None:
    async with numbers(tmp_path) as db:
        async with db.read() as connection:
            first = (await connection.execute(text("SELECT n FROM number ORDER BY n"))).first()
            assert first is not None
            assert first.n == 1
            async with connection.stream(text("SELECT n FROM number ORDER BY n")) as stream:
                assert (await stream.fetchone()).n == 1  # type: ignore[union-attr]
        async with db.write() as connection:
            await connection.execute(text("DROP TABLE number"))


async def test_what_a_statement_changed_and_gave_back_is_told(tmp_path: Path) -> None:
    async with numbers(tmp_path, 9) as db, db.write() as connection:
        changed = await connection.execute(text("UPDATE number SET word = word || '!' WHERE n > 4"))
        assert changed.rowcount == 5
        given = await connection.execute(text("DELETE FROM number WHERE n > 7 RETURNING n, word"))
        assert sorted(given.all()) == [(8, "sayı 8!"), (9, "sayı 9!")]
        added = await connection.execute(text("INSERT INTO number (word) VALUES ('yeni')"))
        assert added.lastrowid == 8


async def test_a_statement_that_fails_undoes_its_transaction_only(tmp_path: Path) -> None:
    async with numbers(tmp_path, 3) as db:
        with pytest.raises(IntegrityError):
            await _two(db)
        assert await count(db) == 3
        async with db.write() as connection:
            await connection.execute(text("INSERT INTO number VALUES (4, 'dört')"))
        assert await count(db) == 4


async def test_a_statement_changes_threads_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with numbers(tmp_path, 3) as db:
        await db.read_whole(_all)  # keeps a connection of the pool
        async with db.read() as connection:
            await _all(connection)
        changes: list[Callable[..., object]] = []
        loop = asyncio.get_running_loop()
        back = loop.call_soon_threadsafe
        monkeypatch.setattr(
            loop, "call_soon_threadsafe", lambda *work, **how: changes.append(work[0]) or back(*work, **how)
        )
        async with db.read() as connection:
            await _all(connection)
        assert len(changes) == 3  # BEGIN, the statement, ROLLBACK
        changes.clear()
        assert await db.read_whole(_all) == [1, 2, 3]
        assert len(changes) == 1


async def test_a_transaction_that_runs_through_is_committed_or_undone_as_a_whole(tmp_path: Path) -> None:
    async with numbers(tmp_path, 3) as db:
        assert await db.write_whole(lambda connection: _add(connection, 4)) == [1, 2, 3, 4]
        with pytest.raises(IntegrityError):
            await db.write_whole(lambda connection: _add(connection, 5, "sayı 1"))
        with pytest.raises(ZeroDivisionError):
            await db.write_whole(lambda connection: _add(connection, 5, str(1 // 0)))
        assert await count(db) == 4
        assert await db.read_whole(lambda connection: _add(connection, 5)) == [1, 2, 3, 4, 5]
        assert await count(db) == 4  # who reads leaves nothing


async def test_who_waits_for_something_else_in_such_a_transaction_is_told_so(tmp_path: Path) -> None:
    async def asleep(connection: AsyncConnection) -> None:
        await _add(connection, 4)
        await asyncio.sleep(0)

    async with numbers(tmp_path, 3) as db:
        with pytest.raises(RuntimeError, match="waits for something else"):
            await db.write_whole(asleep)
        assert await count(db) == 3
        assert await db.write_whole(lambda connection: _add(connection, 4)) == [1, 2, 3, 4]


async def test_writers_of_both_kinds_take_turns(tmp_path: Path) -> None:
    async with numbers(tmp_path, 1) as db:

        async def plainly(n: int) -> None:
            async with db.write() as connection:
                await _add(connection, n)

        await asyncio.gather(
            *(plainly(n) for n in range(10, 30)),
            *(db.write_whole(lambda connection, n=n: _add(connection, n)) for n in range(30, 50)),
            *(
                db.write_at_once(
                    lambda raw, n=n: raw.execute("INSERT INTO number (n) VALUES (?)", (n,)).rowcount
                )
                for n in range(50, 70)
            ),
            *(db.read_whole(_all) for _ in range(20)),
        )
        assert await count(db) == 61


async def test_a_kept_connection_that_got_into_trouble_is_replaced(tmp_path: Path) -> None:
    async with numbers(tmp_path, 3) as db:
        await db.write_whole(_all)
        other = sqlite3.connect(tmp_path / "numbers.db", isolation_level=None)
        other.execute("CREATE TRIGGER full BEFORE INSERT ON number BEGIN DELETE FROM nowhere; END")
        with pytest.raises(OperationalError):
            await db.write_whole(lambda connection: _add(connection, 4))
        with pytest.raises(OperationalError):
            await db.write_at_once(lambda raw: raw.execute("INSERT INTO number VALUES (4, 'dört')"))
        other.execute("DROP TRIGGER full")
        other.close()
        assert await db.write_whole(lambda connection: _add(connection, 4)) == [1, 2, 3, 4]


async def test_a_file_that_cannot_be_opened_is_told_as_sqlite_tells_it(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        await connect(str(tmp_path / "nowhere" / "x.db"))
    await asyncio.sleep(0.05)  # aiosqlite's thread says goodbye to the loop


async def _all(connection: AsyncConnection) -> list[int]:
    return [n for (n,) in await connection.execute(text("SELECT n FROM number ORDER BY n"))]


async def _add(connection: AsyncConnection, n: int, word: str | None = None) -> list[int]:
    await connection.execute(text("INSERT INTO number VALUES (:n, :word)"), {"n": n, "word": word})
    return await _all(connection)


async def _two(db: Database) -> None:
    async with db.write() as connection:
        await _add(connection, 4)
        await _add(connection, 5, "sayı 1")

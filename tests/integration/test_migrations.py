"""The schema on both engines: from empty to exactly what the tables say, and how connections behave."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table, inspect, text, update
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.errors import DatabaseError, SchemaVersionError
from bot.store import meta
from bot.store.db import Database, open_database
from bot.store.migrate import (
    MIGRATIONS,
    check_version,
    current_version,
    known_versions,
    newest_version,
    prepare,
    upgrade,
)
from bot.store.tables import member, member_topic, metadata
from tests.integration.office import NOW, raw_bytes, subscribe

PARTIAL_INDEXES = {
    "ix_answer_open",
    "ix_delivery_held",
    "ix_delivery_held_due",
    "ix_delivery_open",
    "ix_inbox_open",
    "ix_reminder_due",
}
WITHOUT_ROWID = {"delivery", "member_topic", "notice_topic"}


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    database = open_database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[Database]:
    database = open_database(f"sqlite+aiosqlite:///{tmp_path / 'store.db'}")
    await upgrade(database)
    yield database
    await database.close()


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )
    found = list(compare_metadata(context, metadata))
    if connection.dialect.name == "sqlite":
        # SQLAlchemy cannot read back ON DELETE of a key that a column was added with; SQLite itself can.
        found = [change for change in found if change[0] not in ("add_fk", "remove_fk")]
        tables = metadata.tables.values()
        found += [table.name for table in tables if _keys(table) != _kept(connection, table)]
    return found


def _keys(table: Table) -> set[tuple[str, str, str]]:
    return {
        (key.parent.name, key.column.table.name, key.ondelete or "NO ACTION") for key in table.foreign_keys
    }


def _kept(connection: Connection, table: Table) -> set[tuple[str, str, str]]:
    rows = connection.exec_driver_sql(f"PRAGMA foreign_key_list({table.name})")
    return {(row[3], row[2], row[6]) for row in rows}


async def one(db: Database, sql: str) -> object:
    async with db.read() as connection:
        return (await connection.exec_driver_sql(sql)).scalar_one()


async def test_from_empty_the_schema_is_exactly_that_of_the_tables(db: Database) -> None:
    assert await current_version(db) is None
    await upgrade(db)
    assert await current_version(db) == newest_version()
    await check_version(db)
    async with db.read() as connection:
        assert await connection.run_sync(differences) == []
        tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    assert set(tables) == {*metadata.tables, "alembic_version"}


async def test_a_column_too_many_would_be_noticed(db: Database) -> None:
    await upgrade(db)
    async with db.write() as connection:
        await connection.exec_driver_sql("ALTER TABLE member ADD COLUMN phone TEXT")
        await connection.exec_driver_sql("DROP INDEX ix_delivery_member")
    async with db.read() as connection:
        found = await connection.run_sync(differences)
    assert {change[0] for change in found} == {"remove_column", "add_index"}  # type: ignore[index]


async def test_the_indexes_on_open_rows_are_partial(db: Database) -> None:
    await upgrade(db)
    sqlite, postgresql = (
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE state %'",
        "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND indexdef LIKE '% WHERE (state %'",
    )
    async with db.read() as connection:
        rows = await connection.exec_driver_sql(sqlite if db.is_sqlite else postgresql)
        assert set(rows.scalars()) == PARTIAL_INDEXES


async def test_upgrading_twice_changes_nothing_and_keeps_the_rows(db: Database) -> None:
    await upgrade(db)
    async with db.write() as connection:
        await subscribe(connection, 1001, "tr", ["cbam"])
    await upgrade(db)
    await prepare(db)
    async with db.read() as connection:
        assert await connection.run_sync(differences) == []
        rows = await connection.execute(member_topic.select())
        assert [row.topic for row in rows] == ["cbam"]


async def test_another_version_is_one_sentence_that_names_the_command(db: Database) -> None:
    with pytest.raises(SchemaVersionError) as empty:
        await check_version(db)
    assert empty.value.sentence == (
        f"The database has schema version none, this program needs {newest_version()}: "
        "run `sirkuler db upgrade`."
    )
    await prepare(db)
    async with db.write() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaVersionError) as newer:
        await prepare(db)
    assert "has schema version 9999" in newer.value.sentence
    assert "`sirkuler db upgrade`" in newer.value.sentence


async def test_a_database_that_cannot_be_reached_is_one_sentence_without_its_password(tmp_path: Path) -> None:
    nowhere = f"postgresql+asyncpg://someone:hush@/nothing?host={tmp_path}"
    for url in (nowhere, f"sqlite+aiosqlite:///{tmp_path}/no/such/folder/store.db"):
        db = open_database(url)
        for step in (upgrade, current_version):
            with pytest.raises(DatabaseError) as problem:
                await step(db)
            assert problem.value.sentence.startswith("The database cannot be opened: ")
            assert "hush" not in problem.value.sentence
        await db.close()


async def test_a_missing_postgresql_database_is_one_sentence(postgres_url: str) -> None:
    db = open_database(postgres_url.replace("test_", "no_test_"))
    with pytest.raises(DatabaseError, match=r'database "no_test_[0-9]+" does not exist'):
        await prepare(db)
    await db.close()


async def test_a_row_of_nobody_is_refused_and_children_go_with_their_parent(db: Database) -> None:
    await upgrade(db)
    with pytest.raises(IntegrityError):
        async with db.write() as connection:
            await connection.execute(member_topic.insert(), {"member_id": 12345, "topic": "cbam"})
    async with db.write() as connection:
        await subscribe(connection, 1001, "tr", ["cbam"])
        await connection.execute(member.delete())
        assert (await connection.execute(member_topic.select())).all() == []


async def test_a_failed_write_leaves_nothing(db: Database) -> None:
    await upgrade(db)

    async def half_a_write() -> None:
        async with db.write() as connection:
            await meta.put(connection, "half", "done")
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        await half_a_write()
    async with db.read() as connection:
        assert await meta.get(connection, "half") is None


async def test_what_a_reader_writes_is_not_kept(db: Database) -> None:
    await upgrade(db)
    async with db.read() as connection:
        await meta.put(connection, "half", "done")
    async with db.read() as connection:
        assert await meta.get(connection, "half") is None


async def test_every_sqlite_connection_is_set_up_for_safety(sqlite: Database) -> None:
    async with sqlite.read() as first, sqlite.read() as second:
        for connection in (first, second):
            values = [
                (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
            ]
            assert values == ["wal", 2, 1, 15_000, 1]


async def test_another_process_that_closes_the_file_leaves_us_our_log(
    sqlite: Database, tmp_path: Path
) -> None:
    await check_version(sqlite)  # a look at the file costs us no lock on it
    async with sqlite.write() as connection:
        await subscribe(connection, 1)
    log = tmp_path / "store.db-wal"
    before = log.stat().st_ino
    visit = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT 1 FROM member').fetchall()"
    visitor = await asyncio.create_subprocess_exec(sys.executable, "-c", visit, str(tmp_path / "store.db"))
    assert await visitor.wait() == 0
    assert log.stat().st_ino == before
    async with sqlite.write() as connection:
        await subscribe(connection, 2)
    with closing(sqlite3.connect(tmp_path / "store.db")) as other:
        assert other.execute("SELECT count(*) FROM member").fetchone() == (2,)


async def test_the_compact_tables_of_sqlite_have_no_rowid(sqlite: Database) -> None:
    async with sqlite.read() as connection:
        rows = await connection.exec_driver_sql("PRAGMA table_list")
        assert {row.name for row in rows if row.wr} == WITHOUT_ROWID


async def test_sqlite_is_whole_after_the_upgrade(sqlite: Database) -> None:
    assert await one(sqlite, "PRAGMA integrity_check") == "ok"
    async with sqlite.read() as connection:
        assert (await connection.exec_driver_sql("PRAGMA foreign_key_check")).all() == []


async def test_two_writers_queue_and_a_reader_waits_for_neither(db: Database) -> None:
    await upgrade(db)
    # Each writer is a store of its own, as another process would be: only the database can hold them apart.
    other = open_database(db.engine.url.render_as_string(hide_password=False))
    async with db.write() as connection:
        await meta.put(connection, "count", "0")
    steps: list[str] = []
    seen = asyncio.Event()  # the reader has read while the first writer was at work

    async def write(store: Database, name: str, entered: asyncio.Event) -> None:
        async with store.write() as connection:
            # Lock first where rows are locked; in SQLite the whole file is from the beginning.
            await connection.execute(update(metadata.tables["meta"]).values(key="count"))
            entered.set()
            value = int(await meta.get(connection, "count") or "")
            steps.append(f"{name} read {value}")
            await seen.wait()
            await meta.put(connection, "count", str(value + 1))
            steps.append(f"{name} wrote {value + 1}")

    first_in, second_in = asyncio.Event(), asyncio.Event()
    first = asyncio.create_task(write(db, "first", first_in))
    await first_in.wait()
    second = asyncio.create_task(write(other, "second", second_in))
    async with other.read() as connection:
        assert await meta.get(connection, "count") == "0"
        steps.append("reader read 0")
    assert not second_in.is_set()
    seen.set()
    await asyncio.gather(first, second)
    await other.close()
    assert steps == [
        "first read 0",
        "reader read 0",
        "first wrote 1",
        "second read 1",
        "second wrote 2",
    ]


async def test_a_sqlite_writer_holds_the_file_before_its_first_statement(sqlite: Database) -> None:
    async with sqlite.write(), sqlite.engine.connect() as other:
        await other.exec_driver_sql("PRAGMA busy_timeout = 0")
        with pytest.raises(OperationalError, match="locked"):
            await other.execute(text("INSERT INTO meta (key, value) VALUES ('a', 'b')"))


async def test_what_is_deleted_is_overwritten_in_the_sqlite_file(sqlite: Database, tmp_path: Path) -> None:
    secret = "önemli-kişisel-veri-" * 8
    async with sqlite.write() as connection:
        await meta.put(connection, "secret", secret)
    await checkpoint(sqlite)
    assert secret.encode() in raw_bytes(tmp_path)
    async with sqlite.write() as connection:
        await connection.execute(metadata.tables["meta"].delete())
    await checkpoint(sqlite)
    assert secret.encode() not in raw_bytes(tmp_path)


async def checkpoint(db: Database) -> None:
    """Write the log's pages into the file and empty the log."""
    assert await one(db, "PRAGMA wal_checkpoint(TRUNCATE)") == 0


async def test_the_time_of_a_row_is_an_epoch_second(db: Database) -> None:
    await upgrade(db)
    async with db.write() as connection:
        await subscribe(connection, 1001)
        row = (await connection.execute(member.select())).one()
    assert row.created_at == int(NOW.timestamp())


def test_the_migrations_file_names_are_their_versions_and_lead_in_one_line_to_the_newest() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    assert [script.get_current_head()] == script.get_heads() == [newest_version()]
    assert known_versions() == {one.revision for one in script.walk_revisions()}

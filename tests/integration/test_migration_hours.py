"""The schema change that brings held rows, on a database that has been in use."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text

from bot.store.db import open_database
from bot.store.migrate import MIGRATIONS, upgrade

USED = """
INSERT INTO member (id, chat_id, language, created_at, state_at) VALUES (1, 11, 0, 5, 5), (2, 12, 1, 5, 5);
INSERT INTO consent (id, member_id, text_version, given, at) VALUES (1, 1, 'tr-1', 1, 5);
INSERT INTO notice (id, language, kind, title, facts, created_at, updated_at)
  VALUES (1, 'tr', 'fair', 'Fuar', '{"title": "Fuar"}', 5, 5);
INSERT INTO broadcast (id, notice_id, purpose, token, audience, created_at)
  VALUES (1, 1, 'new', 'abcdefgh', 2, 5);
INSERT INTO delivery (broadcast_id, member_id, message_id, state, attempts, silent, telegram_message_id)
  VALUES (1, 1, 1, 2, 1, 0, 77), (1, 2, 1, 0, 0, 1, NULL)
"""


def move(connection: Connection, revision: str, *, down: bool = False) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    (command.downgrade if down else command.upgrade)(config, revision)


async def test_a_database_in_use_keeps_its_rows_and_gets_the_new_columns(tmp_path: Path) -> None:
    file = tmp_path / "used.db"
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        move(connection, "0001")
        for statement in USED.split(";"):
            connection.exec_driver_sql(statement)
    engine.dispose()
    db = open_database(f"sqlite+aiosqlite:///{file}")
    await upgrade(db)
    await db.close()
    with sqlite3.connect(file) as raw:
        rows = raw.execute(
            "SELECT member_id, state, silent, telegram_message_id FROM delivery ORDER BY member_id"
        )
        assert rows.fetchall() == [(1, 2, 0, 77), (2, 0, 1, None)]
        wants = raw.execute("SELECT frequency, quiet, paid_activity, commercial FROM member").fetchall()
        assert wants == [(0, 0, 0, 0)] * 2
        assert raw.execute("SELECT purpose FROM consent").fetchall() == [("notices",)]
        assert raw.execute("SELECT urgent, news, nature FROM notice").fetchall() == [(0, 0, "informational")]
        made = dict(raw.execute("SELECT name, sql FROM sqlite_master WHERE tbl_name = 'delivery'"))
        assert "WITHOUT ROWID" in made["delivery"]
        assert {"ix_delivery_open", "ix_delivery_member", "ix_delivery_held"} <= made.keys()
        raw.execute("UPDATE delivery SET state = 7 WHERE member_id = 2")
        raw.commit()
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        move(connection, "0001", down=True)
        states = connection.execute(text("SELECT state FROM delivery ORDER BY member_id")).scalars().all()
    engine.dispose()
    assert states == [2, 0]

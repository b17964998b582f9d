"""Erasure on both engines: no row, no page of the file holds a member's ids any more."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.clock import epoch
from bot.store import (
    answers,
    dialogues,
    erase,
    events,
    inbox,
    leases,
    link_requests,
    members,
    reminders,
    throttle,
)
from bot.store.db import Database, open_database
from bot.store.leases import Result
from bot.store.migrate import upgrade
from bot.store.tables import (
    DeliveryState,
    broadcast,
    member,
    metadata,
)
from tests.integration.office import NOW, raw_bytes
from tests.integration.post import add_broadcast
from tests.integration.shelf import LEASE, ME, reminded, say


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    database = open_database(database_url)
    await upgrade(database)
    yield database
    await database.close()


CHAT = 0x5A17_C0DE_1234
MEMBER = 0x3B7E_51D9_0C44


async def test_after_erasure_no_table_holds_the_chat_or_the_member(db: Database, tmp_path: Path) -> None:
    await everything_about_one_member(db)
    async with db.write() as connection:
        assert {name for name, _ in await rows_with(connection, CHAT, MEMBER)} >= {
            "member", "member_topic", "consent", "delivery", "delivery_error", "reminder",
            "link_request", "answer", "dialogue", "inbox", "throttle",
        }  # fmt: skip
        before = (await connection.execute(select(broadcast))).all()
        await erase.erase(connection, CHAT, MEMBER)
    async with db.read() as connection:
        assert await rows_with(connection, CHAT, MEMBER) == []
        assert await members.get(connection, 77) is not None
        assert (await connection.execute(select(broadcast))).all() == before
    if db.is_sqlite:
        async with db.read() as connection:
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        raw = raw_bytes(tmp_path)
        assert b"Sohbet" not in raw
        for number in (CHAT, MEMBER):
            assert number.to_bytes(6, "big") not in raw
            assert str(number).encode() not in raw


async def everything_about_one_member(db: Database) -> None:
    """A member with a row in every table that can hold one, and another member."""
    notice_id, other, _ = await reminded(db)
    async with db.write() as connection:
        at = epoch(NOW)
        values = {"id": MEMBER, "chat_id": CHAT, "language": 0, "created_at": at, "state_at": at}
        await connection.execute(insert(member).values(**values))
        await connection.execute(member.update().where(member.c.id == other).values(chat_id=77))
        await members.subscribe(connection, CHAT, "tr", NOW, "v")
        await members.set_topics(connection, MEMBER, ["cbam"])
        await add_broadcast(connection, NOW, "duyuru")
        for claim in await leases.claim(connection, ME, NOW, LEASE, 10):
            failed = Result(claim, DeliveryState.FAILED, error_code=400, error_text="Bad Request")
            await leases.mark(connection, [failed], ME, NOW)
        (deadline, _) = await events.of_notice(connection, notice_id)
        await reminders.write(connection, MEMBER, deadline.id, "1d", NOW)
        await link_requests.ask(connection, MEMBER, notice_id, NOW)
        await answers.add(connection, say(CHAT, f"Sohbet {CHAT}"), NOW, dedupe=[f"reminder:{MEMBER}"])
        await dialogues.put(connection, CHAT, CHAT, "topic", {}, NOW)
        await inbox.put(connection, [{"update_id": 1, "message": {"chat": {"id": CHAT}}}], NOW)
        await inbox.done(connection, 1, NOW)
        await throttle.put(connection, f"chat:{CHAT}", 2**41)


async def rows_with(connection: Any, *numbers: int) -> list[tuple[str, Any]]:
    """The rows of any table in which one of these numbers stands, also inside a text."""
    found = []
    for table in metadata.sorted_tables:
        for row in await connection.execute(select(table)):
            if any(str(number) in str(value) for number in numbers for value in row):
                found.append((table.name, tuple(row)))
    return found

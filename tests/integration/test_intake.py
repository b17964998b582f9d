"""Updates as rows: handled once, in order, given up after three failures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.domain.member import MemberState
from bot.rendering.catalog import load_catalogs
from bot.store import inbox, members
from bot.store.tables import InboxState
from bot.store.tables import inbox as inbox_table
from tests.town import AYSE, OLIVER, Town, town

TR = load_catalogs()["tr"]

Json = dict[str, Any]


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as built:
        yield built


def update_of(person: int, update_id: int, text: str) -> Json:
    """A private message as Telegram writes it."""
    who = {"id": person, "is_bot": False, "first_name": "A", "language_code": "tr"}
    chat = {"id": person, "type": "private", "first_name": "A"}
    message = {"message_id": update_id, "date": 1_795_503_600, "chat": chat, "from": who, "text": text}
    return {"update_id": update_id, "message": message}


async def put(place: Town, *updates: Json) -> int:
    async with place.app.db.write() as connection:
        new = await inbox.put(connection, updates, place.clock.now())
    place.app.intake.wake()
    return new


async def inbox_row(place: Town, update_id: int) -> Any:
    async with place.app.db.read() as connection:
        return (
            await connection.execute(select(inbox_table).where(inbox_table.c.update_id == update_id))
        ).one()


async def test_an_update_that_comes_twice_is_handled_once(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    raw = update_of(AYSE, 9_000_001, "/durdur")
    assert await put(place, raw, raw) == 1
    await ayse.wait_for(1)
    await place.idle()
    assert await put(place, raw) == 0
    assert await put(place, update_of(AYSE, 9_000_002, "/devam")) == 1
    await ayse.wait_for(2)
    await place.idle()
    assert len(ayse.from_bot()) == 2
    row = await inbox_row(place, 9_000_001)
    assert (row.state, row.body) == (InboxState.DONE, None)


async def test_an_update_that_cannot_be_read_is_given_up_with_one_apology_and_blocks_nobody(
    place: Town,
) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    oliver = await place.subscribe(OLIVER, "en", "cbam")
    broken = update_of(AYSE, 9_000_001, "/durdur")
    broken["message"]["date"] = "yesterday"
    assert await put(place, broken, update_of(AYSE, 9_000_002, "/devam")) == 2
    assert await put(place, update_of(OLIVER, 9_000_003, "/stop")) == 1
    await oliver.wait_for(1)
    await ayse.wait_for(2)
    await place.idle()
    assert ayse.texts()[0] == TR("member.failure").unescape()
    assert "SKDM" in ayse.texts()[1]
    assert len(ayse.from_bot()) == 2
    row = await inbox_row(place, 9_000_001)
    assert (row.state, row.attempts, row.body) == (InboxState.FAILED, 3, None)
    async with place.app.db.read() as connection:
        found = await members.get(connection, AYSE)
    assert found is not None
    assert found.state is MemberState.ACTIVE


async def test_an_update_that_is_no_json_blocks_nobody(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    async with place.app.db.write() as connection:
        await inbox.put(connection, [update_of(AYSE, 9_000_001, "/durdur")], place.clock.now())
        await connection.execute(
            update(inbox_table).where(inbox_table.c.update_id == 9_000_001).values(body='{"update_id": 1,')
        )
    assert await put(place, update_of(AYSE, 9_000_002, "/devam")) == 1
    await ayse.wait_for(2)
    await place.idle()
    assert ayse.texts()[0] == TR("member.failure").unescape()
    assert (await inbox_row(place, 9_000_001)).state == InboxState.FAILED
    assert not any(task.done() for task in place.app.tasks)


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": 9_000_001},
        {"update_id": 9_000_001, "message": None},
        {"update_id": 9_000_001, "poll": {"id": "1", "question": "?"}},
        {"update_id": 9_000_001, "message": "text"},
        {"update_id": 9_000_001, "message": {"chat": {"id": "601001"}, "text": "/durdur"}},
        {"update_id": 9_000_001, "something_new": {"from": {"id": AYSE}}},
    ],
    ids=["nothing", "null", "poll", "no_object", "id_is_text", "unknown"],
)
async def test_a_strange_update_is_worked_off_and_the_next_one_is_answered(place: Town, raw: Json) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    assert await put(place, raw) == 1
    assert await put(place, update_of(AYSE, 9_000_002, "/durdur")) == 1
    await ayse.wait_for_text("durdurulmuştur")
    await place.idle()
    assert (await inbox_row(place, 9_000_001)).state in (InboxState.DONE, InboxState.FAILED)
    assert (await inbox_row(place, 9_000_001)).body is None

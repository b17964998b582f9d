"""What the law gives a member: their data as a file, a log of consents, to be forgotten without a trace."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import set_up_logging
from bot.domain.notice import Document, Kind, Notice
from bot.flows import broadcast
from bot.rendering.catalog import load_catalogs
from bot.store import notices, personal
from bot.store.tables import consent, consent_text, member, metadata
from tests.town import AYSE, EDITOR, OLIVER, Town, town, until

TR = load_catalogs()["tr"]
SECRET_ID = 6_512_345_678_901
NAME = "Gülçehre"
NOTICE = Notice(title="SKDM bildirimi", kind=Kind.ANNOUNCEMENT, topics=("cbam",))


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path, privacy={"inactive_days": 30, "delivery_days": 60, "audit_days": 90}) as built:
        yield built


async def release(place: Town) -> None:
    now = place.clock.now()
    async with place.app.db.write() as connection:
        root = await notices.add_document(connection, Document("tr", "2026/1", None, (NOTICE,)), now)
        await broadcast.release(connection, root, now, released_by=EDITOR, rendering=place.app.services.kit)
    place.app.dispatcher.wake()


async def subscribed(place: Town, person: int) -> None:
    """The whole talk, as a newcomer has it."""
    phone = place.phone(person)
    await phone.write("/start")
    await phone.tap_and_read("st:yes")
    await phone.tap_and_read("tp:start")


async def file_of(place: Town, person: int, command: str) -> Any:
    sent = await place.phone(person).write(command)
    assert sent["document"]["file_name"].endswith(".json")
    return json.loads(place.world.file(sent["document"]["file_id"]).content)


async def test_mydata_is_everything_kept_with_the_wording_agreed_to(place: Town) -> None:
    await subscribed(place, AYSE)
    await release(place)
    await place.idle()
    data = await file_of(place, AYSE, "/verilerim")
    assert data["controller"] == "Örnek Birlik"
    assert data["subscriber"]["state"] == "active"
    assert data["subscriber"]["topics"]["cbam"]
    (text,) = data["consent_texts"].values()
    assert "6698" in text
    assert data["rows"]["delivery"][0]["telegram_message_id"]
    assert data["notices"] == {"1": NOTICE.title}
    async with place.app.db.read() as connection:
        for table in metadata.sorted_tables:
            rows = (await connection.execute(select(table))).all()
            if any(AYSE in tuple(row) for row in rows):
                assert table.name in data["rows"], table.name


def test_no_table_names_a_person_in_a_column_that_the_export_does_not_know() -> None:
    for table in metadata.sorted_tables:
        suspicious = [
            column.name
            for column in table.c
            if column.name.endswith(("member_id", "chat_id", "user_id", "person_id"))
        ]
        assert set(suspicious) == set(personal.naming_columns(table)), table.name


async def test_mydata_of_a_stranger_and_of_staff(place: Town) -> None:
    assert (await place.phone(OLIVER).write("/mydata"))["text"].startswith("You are not subscribed")
    data = await file_of(place, EDITOR, "/verilerim")
    assert data["rows"]["staff_person"][0]["name"] == "Elif Kaya"


async def test_consents_and_withdrawals_are_logged_with_their_version(place: Town) -> None:
    await subscribed(place, AYSE)
    ayse = place.phone(AYSE)
    await ayse.write("/durdur")
    await ayse.write("/durdur")  # stopped already: no second withdrawal
    await ayse.write("/devam")
    async with place.app.db.read() as connection:
        lines = (await connection.execute(select(consent.c.given, consent.c.text_version))).all()
        texts = (await connection.execute(select(consent_text.c.version))).scalars().all()
    assert [line.given for line in lines] == [1, 0, 1]
    assert {line.text_version for line in lines} == set(texts)


async def test_after_forget_neither_id_nor_name_is_in_any_file(tmp_path: Path) -> None:
    log_file = tmp_path / "bot.log"
    handler = logging.FileHandler(log_file, encoding="utf-8")
    logging.getLogger().addHandler(handler)
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.INFO)
    try:
        set_up_logging()
        async with town(tmp_path) as place:
            place.world.add_person(SECRET_ID, NAME, "Yıldızoğlu", "gulcehre_y", "tr")
            await place.subscribe(AYSE, "tr", "cbam")
            await subscribed(place, SECRET_ID)
            await release(place)
            phone = place.phone(SECRET_ID)
            await phone.wait_for_text(NOTICE.title)
            for text in ("/takvim", "/basvuru", "selam", "/verilerim"):
                await phone.write(text)
            await place.idle()
            assert traces(tmp_path), "the test looks in the wrong place"
            await phone.write("/sil")
            await phone.tap_and_read("fg:yes")
            await phone.wait_for_text(TR("member.forget.done").unescape())
            await place.idle()
            await place.app.ticker.run_now("scrub")
            await until(lambda: traces(tmp_path) == [], f"no trace: {traces(tmp_path)}", 5)
            # Who is left still gets notices.
            await release(place)
            await place.idle()
            assert sum(NOTICE.title in text for text in place.phone(AYSE).texts()) == 2
            assert traces(tmp_path) == []
        assert log_file.stat().st_size > 0
        assert traces(tmp_path) == []
    finally:
        logging.getLogger().removeHandler(handler)
        logging.getLogger().setLevel(level)
        handler.close()


def traces(folder: Path) -> list[str]:
    """Where id (as text, and as SQLite writes integers) or name still stand."""
    wanted = (str(SECRET_ID).encode(), SECRET_ID.to_bytes(6, "big"), NAME.encode(), b"gulcehre_y")
    return [
        f"{file.name}: {one!r}"
        for file in sorted(folder.iterdir())
        for one in wanted
        if file.is_file() and one in file.read_bytes()
    ]


async def test_what_is_kept_no_longer_is_erased_and_the_rest_stays(place: Town) -> None:
    await place.subscribe(AYSE, "tr", "cbam")
    await place.subscribe(OLIVER, "en", "cbam")
    await release(place)
    await place.idle()
    await place.phone(OLIVER).write("/stop")
    place.clock.advance(timedelta(days=29))
    await place.app.ticker.run_now("housekeeping")
    assert await chats(place) == {AYSE, OLIVER}
    place.clock.advance(timedelta(days=2))
    await place.app.ticker.run_now("housekeeping")
    assert await chats(place) == {AYSE}
    assert await count(place, "delivery") == 1
    place.clock.advance(timedelta(days=30))
    await place.app.ticker.run_now("housekeeping")
    assert await count(place, "delivery") == 0
    assert await count(place, "audit") == 1
    place.clock.advance(timedelta(days=30))
    await place.app.ticker.run_now("housekeeping")
    assert await count(place, "audit") == 0
    assert await chats(place) == {AYSE}


async def chats(place: Town) -> set[int]:
    async with place.app.db.read() as connection:
        return set((await connection.execute(select(member.c.chat_id))).scalars())


async def count(place: Town, name: str) -> int:
    async with place.app.db.read() as connection:
        return len((await connection.execute(select(metadata.tables[name]))).all())

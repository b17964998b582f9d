"""Updates as rows: handled once, in order, given up after three failures, safe from kill -9."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.clock import SystemClock
from bot.domain.member import MemberState
from bot.rendering.catalog import load_catalogs
from bot.sandbox.server import Server
from bot.sandbox.world import World
from bot.store import inbox, members
from bot.store.db import Database, open_database
from bot.store.migrate import upgrade
from bot.store.tables import AnswerState, InboxState, answer, member
from bot.store.tables import inbox as inbox_table
from tests.integration.post import until
from tests.town import AYSE, OLIVER, TOKEN, Town, town

TR = load_catalogs()["tr"]
ROOT = Path(__file__).parents[2]
FIRST, PEOPLE = 700_001, 20
WRITTEN = ("/durdur", "/devam", "/durdur", "/devam", "/durdur")
PATIENCE = 60.0

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


@asynccontextmanager
async def bot_process(folder: Path, url: str) -> AsyncIterator[Process]:
    """The bot in a process of its own; killed at the end if it still runs."""
    settings = {
        "telegram": {"token": TOKEN, "api_base_url": url},
        "database": {"url": f"sqlite+aiosqlite:///{folder / 'killed.db'}"},
        "association": {"name": "Örnek Birlik"},
        "delivery": {"rate_per_second": 100},
        "privacy": {"contact": "kvkk@ornek.example"},
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.programs.bot_process", str(folder), json.dumps(settings),
        cwd=ROOT, stderr=DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def count(db: Database, table: Any, *conditions: Any) -> int:
    async with db.read() as connection:
        query = select(func.count()).select_from(table).where(*conditions)
        return int((await connection.execute(query)).scalar_one())


async def until_there_are(number: int, what: Callable[[], Awaitable[int]]) -> None:
    """Wait until ``what()`` counts to ``number``. Raises ``TimeoutError``."""

    async def there() -> bool:
        return bool(await what() >= number)

    await until(there, PATIENCE)


async def test_kill_9_loses_no_update_and_repeats_at_most_the_answers_under_way(tmp_path: Path) -> None:
    db = open_database(f"sqlite+aiosqlite:///{tmp_path / 'killed.db'}")
    await upgrade(db)
    world, people = World(token=TOKEN, strict=True), range(FIRST, FIRST + PEOPLE)
    server = Server(world, show_page=False)
    url = await server.start()
    async with db.write() as connection:
        subscribers = [{"chat_id": chat, "language": "tr", "topics": ["cbam"]} for chat in people]
        await members.subscribe_many(connection, subscribers, SystemClock().now(), "test")
    for person in people:
        world.add_person(person, "A", "B", None, "tr")
    for text in WRITTEN:
        for person in people:
            world.person_text(person, person, text)
    world.faults.add(kind="delay", method="sendMessage", seconds=0.05)  # some are under way at any kill

    async def stored() -> int:
        return await count(db, inbox_table)

    async def handled() -> int:
        return await count(db, inbox_table, inbox_table.c.state == InboxState.DONE)

    async def sent() -> int:
        return world.ledger.count()

    everything = PEOPLE * len(WRITTEN)
    leased = 0
    for number, what in ((1, stored), (20, handled), (30, sent), (60, sent)):
        async with bot_process(tmp_path, url) as process:
            await until_there_are(number, what)
            process.kill()
            await process.wait()
        leased += await count(db, answer, answer.c.state == AnswerState.LEASED)
    assert await handled() <= everything

    async def answered() -> int:
        return await count(db, answer, answer.c.state == AnswerState.SENT)

    async with bot_process(tmp_path, url) as process:
        await until_there_are(everything, answered)
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 30) == 0
    await server.stop()

    assert await stored() == await handled() == everything
    assert await count(db, answer) == everything
    assert await count(db, member, member.c.state == MemberState.STOPPED) == PEOPLE
    await db.close()
    assert world.invalid == []
    extra = world.ledger.count() - everything
    print(f"\n4 kills among {everything} updates: {extra} answers twice, {leased} were under way")
    assert 0 <= extra <= leased
    stop, go_on = words("member.stop.done"), "Bildirimler yeniden başlatılmıştır"
    for person in people:
        told = [row.text.split(".")[0] for row in world.ledger.for_chat(person)]
        # An answer sent again comes before the next one: without repetitions all five stand in order.
        assert [text for text, _ in groupby(told)] == [stop, go_on, stop, go_on, stop]


def words(key: str) -> str:
    return TR(key).unescape().split(".")[0]

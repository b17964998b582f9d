"""kill -9 among a hundred commands: each takes effect once, is answered, and every chat keeps its order."""

from __future__ import annotations

import asyncio
import random
from asyncio.subprocess import DEVNULL
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.clock import SystemClock
from bot.delivery.ledger import LEASE_SECONDS
from bot.domain.member import MemberState
from bot.rendering.catalog import load_catalogs
from bot.sandbox.server import Server
from bot.sandbox.world import World
from bot.store import members
from bot.store.db import Database, open_database
from bot.store.migrate import upgrade
from bot.store.tables import AnswerState, InboxState, answer, inbox, member
from tests.integration.post import until
from tests.processes import bot_process
from tests.town import TOKEN

TR = load_catalogs()["tr"]
ROOT = Path(__file__).parents[2]
FIRST, PEOPLE = 700_001, 20
WRITTEN = ("/durdur", "/devam", "/durdur", "/devam", "/durdur")
EVERYTHING = PEOPLE * len(WRITTEN)
PATIENCE = 240.0  # seconds: a busy machine starts a process slowly, and what was lost twice is looked for


async def count(db: Database, table: Any, *conditions: Any) -> int:
    async with db.read() as connection:
        query = select(func.count()).select_from(table).where(*conditions)
        return int((await connection.execute(query)).scalar_one())


@pytest.mark.timeout(900)  # twenty-one starts of the whole bot, and other tests beside them
@pytest.mark.parametrize(
    ("database_url", "kills"), [("sqlite", 20), ("postgresql", 10)], indirect=["database_url"]
)
async def test_kills_lose_no_command_and_repeat_an_answer_once_at_most(
    tmp_path: Path, database_url: str, kills: int
) -> None:
    db = open_database(database_url)
    await upgrade(db)
    world, people, chance = World(token=TOKEN, strict=True), range(FIRST, FIRST + PEOPLE), random.Random(20)
    server = Server(world, show_page=False)
    url = await server.start()
    async with db.write() as connection:
        subscribers = [{"chat_id": chat, "language": "tr", "topics": ["cbam"]} for chat in people]
        await members.subscribe_many(connection, subscribers, SystemClock().now(), "test")
    for person in people:
        world.add_person(person, "A", "B", None, "tr")
    written: list[tuple[int, str]] = [(person, text) for text in WRITTEN for person in people]
    world.faults.add(kind="delay", method="sendMessage", seconds=0.05)  # some are under way at any kill

    async def stored() -> int:
        return await count(db, inbox)

    async def done() -> int:
        return await count(db, inbox, inbox.c.state == InboxState.DONE)

    leased = in_mid_work = 0
    for number in range(kills):
        for person, text in written[: EVERYTHING // kills]:
            world.person_text(person, person, text)
        del written[: EVERYTHING // kills]
        # On PostgreSQL a dead process's leases must run out: each one lives after those of the one before.
        async with bot_process(
            tmp_path, TOKEN, url, database_url, ahead=number * 2 * LEASE_SECONDS, stderr=DEVNULL
        ) as process:
            # At any point of its work: as soon as the rows are there, while they are worked off, while the
            # answers leave.
            before, arrived = await stored(), world.ledger.count()
            await until(_all((number + 1) * EVERYTHING // kills, stored), PATIENCE)
            if number % 3:
                await until(lambda arrived=arrived: world.ledger.count() > arrived, PATIENCE)  # type: ignore[misc]
            await asyncio.sleep(chance.random() * 0.1)
            process.kill()
            await process.wait()
            assert await stored() > before
        under_way = await count(db, answer, answer.c.state == AnswerState.LEASED)
        leased += under_way
        in_mid_work += under_way > 0 or await done() < await stored()

    async def answered() -> int:
        return await count(db, answer, answer.c.state == AnswerState.SENT)

    async with bot_process(
        tmp_path, TOKEN, url, database_url, ahead=kills * 2 * LEASE_SECONDS, stderr=DEVNULL
    ) as process:
        await until(_all(EVERYTHING, answered), PATIENCE)
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 60) == 0
    await server.stop()

    extra = world.ledger.count() - EVERYTHING
    print(f"\n{kills} kills, {in_mid_work} in mid-work: {extra} answers twice, {leased} were under way")
    assert world.invalid == []
    assert in_mid_work >= 0.6 * kills
    assert await stored() == await done() == await count(db, answer) == EVERYTHING
    assert await count(db, member, member.c.state == MemberState.STOPPED) == PEOPLE
    await db.close()
    assert 0 <= extra <= leased
    stop, go_on = _words("member.stop.done"), "Bildirimler yeniden başlatılmıştır"
    for person in people:
        told = [row.text.split(".")[0] for row in world.ledger.for_chat(person)]
        # An answer sent again comes before the next one: without repetitions all five stand in order.
        runs = [(text, len(list(copies))) for text, copies in groupby(told)]
        assert [text for text, _ in runs] == [stop, go_on, stop, go_on, stop]
        assert max(copies for _, copies in runs) <= 2


def _all(number: int, what: Any) -> Any:
    async def there() -> bool:
        return bool(await what() >= number)

    return there


def _words(key: str) -> str:
    return TR(key).unescape().split(".")[0]

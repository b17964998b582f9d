"""The watch: a trouble is told once to the admins, and once more when it is over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from bot.domain.limits import Limits
from bot.domain.permissions import Staff
from bot.flows import watch
from bot.store import control, sources
from bot.store.sources import Validators
from bot.store.tables import answer
from tests.integration.office import KIT
from tests.integration.post import Post, post

ADMIN, OTHER = 11, 12
STAFF = Staff(approvers=frozenset({OTHER}), admins=frozenset({ADMIN}))
QUIET = timedelta(seconds=30)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Post]:
    async with post(tmp_path) as office:
        yield office


async def look(
    place: Post,
    now: datetime,
    *,
    silent: timedelta = QUIET,
    limits: Limits | None = None,
    staff: Staff = STAFF,
) -> list[tuple[int, str]]:
    """One look; who was told what."""
    async with place.db.write() as connection:
        await connection.execute(delete(answer))
        await watch.look(connection, now, silent, ["News"], limits or Limits(), KIT, staff)
        rows = await connection.execute(select(answer.c.chat_id, answer.c.body).order_by(answer.c.id))
        return [(chat_id, body["text"]) for chat_id, body in rows]


async def test_updates_that_stay_away_are_told_once_and_their_return_once(place: Post) -> None:
    now = place.clock.now()
    assert await look(place, now, silent=timedelta(minutes=4)) == []
    ((chat, text),) = await look(place, now, silent=timedelta(minutes=6))
    assert chat == ADMIN
    assert "Telegram’dan mesaj alınamıyordu" in text
    assert await look(place, now, silent=timedelta(minutes=7)) == []
    ((_, text),) = await look(place, now)
    assert text.startswith("Düzeldi:")
    assert await look(place, now) == []


async def test_without_admins_those_who_release_are_told(place: Post) -> None:
    staff = Staff(approvers=frozenset({OTHER}))
    ((chat, _),) = await look(place, place.clock.now(), silent=timedelta(hours=1), staff=staff)
    assert chat == OTHER


async def test_a_sending_that_stands_still_is_told_and_one_that_waits_on_purpose_is_not(place: Post) -> None:
    now = place.clock.now()
    await place.members(3)
    broadcast_id = await place.broadcast()
    assert await look(place, now) == []
    assert await look(place, now + timedelta(minutes=9)) == []
    ((_, text),) = await look(place, now + timedelta(minutes=10))
    assert "3 mesaj" in text
    assert await look(place, now + timedelta(minutes=11)) == []
    async with place.db.write() as connection:
        await control.pause(connection, [broadcast_id])
    ((_, text),) = await look(place, now + timedelta(minutes=12))
    assert text.startswith("Düzeldi:")
    assert await look(place, now + timedelta(hours=12)) == []


async def test_a_source_that_cannot_be_read_or_is_silent_is_told_with_the_day(place: Post) -> None:
    now = place.clock.now()
    async with place.db.write() as connection:
        state = await sources.ensure(connection, "News", "https://feed.example/")
        await sources.succeeded(connection, state.id, now, now, validators=Validators(), had_news=True)
    assert await look(place, now + timedelta(days=13)) == []
    silent_at = now + timedelta(days=14)
    ((_, text),) = await look(place, silent_at)
    assert "Kaynaktan haber gelmiyor:</b> News" in text
    never = Limits(source_silent=None)
    ((_, text),) = await look(place, silent_at, limits=never)
    assert text == "Düzeldi: News yeniden haber veriyor."
    async with place.db.write() as connection:
        for _ in range(2):
            await sources.failed(connection, state.id, silent_at, silent_at, "gone")
    assert await look(place, silent_at, limits=never) == []
    async with place.db.write() as connection:
        await sources.failed(connection, state.id, silent_at, silent_at, "gone")
    ((_, text),) = await look(place, silent_at, limits=never)
    assert "Kaynak okunamıyor:</b> News" in text
    assert await look(place, silent_at, limits=never) == []

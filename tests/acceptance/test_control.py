"""Staff's hand on a running sending: pause, go on, stop, once more to the failed; over HTTP."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.domain.notice import Document, Kind, Notice
from bot.flows import broadcast
from bot.rendering.catalog import load_catalogs
from bot.store import members, notices, outbox
from bot.store.outbox import Tally
from bot.store.tables import audit
from bot.store.tables import progress as followed
from tests.acceptance.test_staff import ANNOUNCEMENT
from tests.town import APPROVER, EDITOR, Town, town, until

TR = load_catalogs()["tr"]
CROWD = list(range(700_001, 700_151))
NOTICE = Notice(title="SKDM bildirimi", kind=Kind.ANNOUNCEMENT, topics=("cbam",))


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path, delivery={"rate_per_second": 25}) as built:
        built.world.add_crowd(CROWD)
        people = [{"chat_id": chat, "language": "tr", "topics": ["cbam"]} for chat in CROWD]
        async with built.app.db.write() as connection:
            await members.subscribe_many(connection, people, built.clock.now(), "test")
        yield built


async def release(place: Town) -> int:
    """A circular to the crowd; its number."""
    now = place.clock.now()
    async with place.app.db.write() as connection:
        root = await notices.add_document(connection, Document("tr", "2026/1", None, (NOTICE,)), now)
        await broadcast.release(connection, root, now, released_by=APPROVER, rendering=place.app.services.kit)
    place.app.dispatcher.wake()
    return root


async def tally(place: Town) -> Tally:
    async with place.app.db.read() as connection:
        return await outbox.tally(connection, 1)


def arrived(place: Town) -> dict[int, int]:
    return {chat: number for chat, number in place.world.ledger.per_chat().items() if chat in CROWD}


async def actions(place: Town) -> list[str]:
    async with place.app.db.read() as connection:
        lines = await connection.execute(select(audit.c.action).where(audit.c.user_id == APPROVER))
        return [line for line in lines.scalars() if line != "release"]


async def test_a_sending_is_paused_goes_on_and_reaches_everybody_once(place: Town) -> None:
    await release(place)
    await until(lambda: len(arrived(place)) >= 20, "a beginning")
    approver = place.phone(APPROVER)
    status = await approver.write("/durum")
    assert "Son 7 günde: +150 / −0" in status["text"]
    paused = await approver.tap_and_read("Duraklat", status)
    assert "Duraklatıldı:" in paused["text"]
    await until_quiet(place)
    reached = len(arrived(place))
    assert 20 <= reached < len(CROWD)
    await asyncio.sleep(1.0)
    assert len(arrived(place)) == reached
    assert (await tally(place)).leased == 0
    await approver.tap_and_read("Sürdür", paused)
    await approver.wait_for_text("Gönderim tamamlandı:")
    assert arrived(place) == dict.fromkeys(CROWD, 1)
    assert await actions(place) == ["pause_sending", "resume_sending"]


async def test_a_stopped_sending_sends_no_more_and_its_numbers_add_up(place: Town) -> None:
    await release(place)
    await until(lambda: len(arrived(place)) >= 20, "a beginning")
    approver = place.phone(APPROVER)
    status = await approver.write("/durum")
    asked = await approver.tap_and_read("Durdur", status)
    assert "geri alınamaz" in asked["text"]
    shown = await approver.tap_and_read("Evet, durdur", asked)
    assert "Durduruldu:" in shown["text"]
    await until_quiet(place)
    await place.app.ticker.run_now("dispatch")
    told = await approver.wait_for_text("Gönderilmeyen:")
    numbers = await tally(place)
    assert numbers.open == 0
    assert numbers.total == numbers.audience == len(CROWD)
    assert numbers.sent == len(arrived(place)) < len(CROWD)
    assert f"Gönderilmeyen: {numbers.skipped}" in told["text"]
    # The old buttons do nothing any more.
    heard = await approver.tap_and_hear("sc:1:end", asked)
    assert heard == TR.plain("control.changed")
    assert await actions(place) == ["end_sending"]


async def test_only_those_it_failed_for_get_it_again(place: Town) -> None:
    text = "Bad Request: not enough rights to send text messages to the chat"
    for chat in CROWD[:3]:
        place.world.faults.add(kind="error", chat_id=chat, code=400, text=text)
    place.world.faults.add(kind="error", chat_id=CROWD[3])  # has blocked the bot
    await release(place)
    approver = place.phone(APPROVER)
    first = await approver.wait_for_text("Gönderim tamamlandı:")
    assert "Gönderilemedi: 3" in first["text"]
    place.world.faults.clear()
    status = await approver.write("/durum")
    await approver.tap_and_read("Gönderilemeyenlere yeniden gönder (3)", status)
    await until(lambda: len(arrived(place)) == len(CROWD) - 1, "the failed three")
    await approver.wait_for_text("Gönderilemedi: 0")
    assert set(arrived(place).values()) == {1}
    assert CROWD[3] not in arrived(place)
    assert await actions(place) == ["resend_sending"]


async def test_who_may_not_release_has_no_hand_on_a_sending(place: Town) -> None:
    await release(place)
    editor = place.phone(EDITOR)
    status = await editor.write("/durum")
    assert not any(data.startswith("sc:") for data in editor.buttons(status).values())
    for action in ("pause", "end", "resume", "resend", "stop", "back", "nonsense"):
        place.world.person_tap(EDITOR, EDITOR, status["message_id"], f"sc:1:{action}")
    await until(lambda: len(arrived(place)) == len(CROWD), "everybody")
    async with place.app.db.read() as connection:
        done = (await connection.execute(select(audit.c.action).where(audit.c.user_id == EDITOR))).all()
    assert done == []


async def until_quiet(place: Town) -> None:
    """Wait until nothing has arrived for half a second."""
    while True:
        before = len(arrived(place))
        await asyncio.sleep(0.5)
        if len(arrived(place)) == before:
            return


async def test_who_released_sees_the_sending_go_on_in_one_message(place: Town) -> None:
    editor, approver = place.phone(EDITOR), place.phone(APPROVER)
    await editor.write(f"/yeni {ANNOUNCEMENT}")
    await editor.wait_for_text("TASLAK")
    await editor.tap_and_read("sd:1:1:submit")
    asked = await approver.wait_for_text("Onayınızı bekleyen")
    seen: list[tuple[float, str]] = []
    watching = asyncio.create_task(watch(place, asked["message_id"], seen))
    await approver.tap("Onayla ve gönder", asked)
    await approver.wait_for_text("Gönderim tamamlandı:")
    await until(lambda: bool(seen) and "tamamlandı" in seen[-1][1], "the last edit")
    await place.app.ticker.run_now("progress")
    await place.idle()
    watching.cancel()
    progress = [one for one in seen if "░" in one[1]]
    assert progress, seen
    assert all("Gönderiliyor:" in text for _, text in progress)
    assert "Gönderildi: 150" in seen[-1][1]
    edits = [at for at, text in seen if "░" in text]  # the result comes when it is there
    # Its own ticks are three seconds apart; half of that allows for a busy machine's late answers.
    assert all(later - earlier > 1.5 for earlier, later in itertools.pairwise(edits))
    results = [one for one in approver.from_bot() if "tamamlandı" in (one.get("text") or "")]
    assert [one["message_id"] for one in results] == [asked["message_id"]]
    assert approver.button("Listeyi indir (CSV)", results[0])
    async with place.app.db.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(followed)) == 0


async def watch(place: Town, message_id: int, seen: list[tuple[float, str]]) -> None:
    """Note every edit of the approver's message with its time."""
    events = place.world.subscribe()
    while True:
        event = await events.get()
        edited = event["type"] == "edit" and event["chat_id"] == APPROVER
        if edited and event["message"]["message_id"] == message_id:
            seen.append((time.monotonic(), event["message"]["text"]))

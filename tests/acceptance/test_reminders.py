"""Reminders on a clock that is moved, over HTTP against the sandbox."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.domain.notice import Deadline, Document, Kind, Link, LinkRole, Meeting, Notice
from bot.flows import broadcast
from bot.store import notices
from tests.town import AYSE, OLIVER, Town, town

DEADLINE = Notice(
    title="Yatırım desteği çağrısı",
    kind=Kind.FUNDING,
    deadlines=(Deadline(date(2026, 12, 4), time=time(17), quote="4 Aralık 2026"),),
    links=(Link("https://ornek.example/basvuru", LinkRole.APPLICATION),),
    topics=("support",),
)
MEETING = Notice(
    title="SKDM toplantısı",
    kind=Kind.TRAINING,
    meetings=(Meeting(date(2026, 12, 3), time=time(14), quote="3 Aralık 2026"),),
    topics=("cbam",),
)
SAME_DAY = Notice(
    title="Görüş talebi",
    kind=Kind.CONSULTATION,
    deadlines=(Deadline(date(2026, 12, 4), quote="4 Aralık 2026"),),
    topics=("support",),
)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as built:
        yield built


async def release(place: Town, *facts: Notice) -> None:
    """Send notices as a released circular and wait until all have arrived."""
    now = place.clock.now()
    async with place.app.db.write() as connection:
        root = await notices.add_document(connection, Document("tr", "2026/1", None, facts), now)
        await broadcast.release(connection, root, now, released_by=None, rendering=place.app.services.kit)
    place.app.dispatcher.wake()
    await place.idle()


async def move_to(place: Town, year: int, month: int, day: int, hour: int, minute: int = 0) -> None:
    """Move the clock to a moment in Istanbul, let every job look twice and everything be sent."""
    there = datetime(year, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=3)
    place.clock.advance(there - place.clock.now())
    for _ in range(2):
        await place.app.ticker.run_now("reminders")
        await place.idle()


def reminders(place: Town, person: int) -> list[str]:
    return [text for text in place.phone(person).texts() if text.startswith(("HATIRLATMA", "REMINDER"))]


async def test_the_working_day_before_at_half_past_nine_merged_into_one(place: Town) -> None:
    await place.subscribe(AYSE, "tr", "support")
    await place.subscribe(OLIVER, "en", "support")
    await release(place, DEADLINE, SAME_DAY)
    await move_to(place, 2026, 12, 3, 9, 29)
    assert reminders(place, AYSE) == []
    await move_to(place, 2026, 12, 3, 9, 30)
    await move_to(place, 2026, 12, 3, 18)
    (turkish,) = reminders(place, AYSE)
    assert "Yatırım desteği çağrısı" in turkish
    assert "Görüş talebi" in turkish
    assert "yarın, 4 Aralık 2026 Cuma, saat 17.00" in turkish
    (english,) = reminders(place, OLIVER)
    assert "tomorrow, Friday, 4 December 2026, 17:00" in english


async def test_remind_me_adds_a_week_before_and_the_morning(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "support")
    await release(place, DEADLINE)
    told = await ayse.tap_and_read("Bana hatırlat")
    for moment in (
        "27 Kasım 2026 Cuma, saat 09.30",
        "3 Aralık 2026 Perşembe",
        "4 Aralık 2026 Cuma, saat 09.30",
    ):
        assert moment in told["text"]
    for day in (27, 28):
        await move_to(place, 2026, 11, day, 10)
    assert len(reminders(place, AYSE)) == 1
    await move_to(place, 2026, 12, 3, 10)
    await move_to(place, 2026, 12, 4, 10)
    assert len(reminders(place, AYSE)) == 3
    assert "bugün" in reminders(place, AYSE)[-1]


async def test_a_meeting_reminds_the_day_before_and_two_hours_before_once_each(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    await release(place, MEETING)
    told = await ayse.tap_and_read("Bana hatırlat")
    assert "2 Aralık 2026 Çarşamba, saat 09.30\n• 3 Aralık 2026 Perşembe, saat 12.00" in told["text"]
    await ayse.tap_and_read("Bana hatırlat")
    await move_to(place, 2026, 12, 2, 10)
    await move_to(place, 2026, 12, 2, 20)
    assert len(reminders(place, AYSE)) == 1
    await move_to(place, 2026, 12, 3, 12, 1)
    await move_to(place, 2026, 12, 3, 13)
    assert len(reminders(place, AYSE)) == 2


async def test_who_has_applied_or_stopped_is_left_in_peace(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "support")
    oliver = await place.subscribe(OLIVER, "en", "support")
    await release(place, DEADLINE)
    await ayse.tap_and_read("Bana hatırlat")
    await oliver.tap_and_read("Remind me")
    await move_to(place, 2026, 11, 27, 10)
    await ayse.tap_and_read("Başvurumuzu yaptık")
    await oliver.write("/stop")
    await move_to(place, 2026, 12, 3, 10)
    await move_to(place, 2026, 12, 4, 10)
    assert len(reminders(place, AYSE)) == 1
    assert len(reminders(place, OLIVER)) == 1


async def test_what_was_missed_comes_once_in_one_message_and_the_past_not_at_all(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "support", "cbam")
    await release(place, DEADLINE, MEETING)
    for message in [m for m in ayse.from_bot() if ayse.button("Bana hatırlat", m)]:
        await ayse.tap_and_read("Bana hatırlat", message)
    # The process sleeps through 27 November, 2 and 3 December and wakes on the day of the deadline.
    await move_to(place, 2026, 12, 4, 11)
    (one,) = reminders(place, AYSE)
    assert "Yatırım desteği çağrısı" in one
    assert "SKDM toplantısı" not in one
    await move_to(place, 2026, 12, 5, 11)
    assert len(reminders(place, AYSE)) == 1


async def test_two_looks_at_once_remind_once(place: Town) -> None:
    await place.subscribe(AYSE, "tr", "support")
    await release(place, DEADLINE)
    place.clock.advance(datetime(2026, 12, 3, 7, tzinfo=UTC) - place.clock.now())
    await asyncio.gather(*(place.app.ticker.run_now("reminders") for _ in range(5)))
    await place.idle()
    assert len(reminders(place, AYSE)) == 1


async def test_the_agenda_and_its_file(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "support", "cbam")
    await release(place, DEADLINE, MEETING)
    agenda = await ayse.write("/takvim")
    assert agenda["text"].index("SKDM toplantısı") < agenda["text"].index("Yatırım desteği")
    before = len(ayse.from_bot())
    await ayse.tap("cal", agenda)
    sent = await ayse.wait_for(before + 1)
    content = place.world.file(sent["document"]["file_id"]).content.decode()
    assert content.count("BEGIN:VEVENT") == 2
    assert "Yatırım desteği" in content.replace("\r\n ", "")


async def test_the_agenda_has_pages_and_every_date_a_file_of_its_own(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "support")
    days = [date(2026, 12, 1) + timedelta(days=n) for n in range(11)]
    await release(
        place,
        *(
            Notice(title=f"Çağrı {n}", topics=("support",), deadlines=(Deadline(day, quote="x"),))
            for n, day in enumerate(days, start=1)
        ),
    )
    first = await ayse.write("/takvim")
    assert "1. 1 Aralık 2026 Salı" in first["text"]
    assert "Çağrı 8" in first["text"]
    assert "Çağrı 9" not in first["text"]
    later = await ayse.tap_and_read("Sonrakiler ▶", first)
    assert later["message_id"] == first["message_id"]
    assert "9. 9 Aralık 2026" in later["text"]
    assert "Çağrı 8" not in later["text"]
    assert list(ayse.buttons(later))[:4] == ["9", "10", "11", "◀ Öncekiler"]
    files = [await calendar(place, "10"), await calendar(place, "10")]
    assert all(content.count("BEGIN:VEVENT") == 1 and "Çağrı 10" in content for content in files)
    assert uid(files[0]) == uid(files[1])
    assert uid(await calendar(place, "11")) != uid(files[0])
    assert uid(files[0]) in await calendar(place, "cal")
    earlier = await ayse.tap_and_read("◀ Öncekiler")
    assert "Çağrı 1\n" in earlier["text"]


async def calendar(place: Town, button: str) -> str:
    """The file that a button of the agenda brings."""
    ayse = place.phone(AYSE)
    before = len(ayse.from_bot())
    await ayse.tap(button)
    sent = await ayse.wait_for(before + 1)
    return place.world.file(sent["document"]["file_id"]).content.decode().replace("\r\n ", "")


def uid(content: str) -> str:
    return next(line for line in content.splitlines() if line.startswith("UID:"))

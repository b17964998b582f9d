"""When things arrive: the whole bot over HTTP against the sandbox, on a clock that is moved."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.member import MemberState
from bot.domain.notice import Deadline, Document, Kind, Nature, Notice
from bot.flows import broadcast
from bot.rendering.markup import LIMIT
from bot.store import members, notices
from bot.store.tables import BroadcastState, DeliveryState, consent, delivery, digest
from bot.store.tables import broadcast as broadcasts
from tests.feed_server import feed_server
from tests.town import APPROVER, AYSE, EDITOR, OLIVER, Town, town, until

CIRCULAR = Notice(title="Anket daveti", kind=Kind.ANNOUNCEMENT, topics=("cbam",))
NEWS = Notice(title="Commission publishes guidance", language="en", topics=("cbam",))
OTHER_NEWS = Notice(
    title="ECHA consults",
    kind=Kind.CONSULTATION,
    language="en",
    topics=("cbam",),
    deadlines=(Deadline(date(2027, 1, 22), quote="22 January 2027"),),
)
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>EU</title>{items}</channel></rss>'
ITEM = "<item><guid>{guid}</guid><title>{title}</title><link>https://eu.example/{guid}</link></item>"


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as built:
        yield built


async def move_to(place: Town, month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> None:
    """Move the clock to a moment in Istanbul and let every job look until all that is due is sent."""
    there = datetime(year, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=3)
    place.clock.advance(there - place.clock.now())
    for name in ("digests", "dispatch", "reminders"):
        await place.app.ticker.run_now(name)
    await place.idle()


async def release(place: Town, facts: Notice, *, news: bool = False, urgent: bool = False) -> int:
    """Release a notice as it stands; its id."""
    now = place.clock.now()
    async with place.app.db.write() as connection:
        root = await notices.add_document(connection, Document("tr", None, None, (facts,)), now, news=news)
        await notices.set_urgent(connection, root, urgent)
        await broadcast.release(connection, root, now, released_by=None, rendering=place.app.services.kit)
    place.app.dispatcher.wake()
    await place.idle()
    return root


def about(place: Town, person: int, title: str) -> int:
    """How many messages to a person name a notice."""
    return sum(title in text for text in place.phone(person).texts())


async def rows(place: Town) -> list[Any]:
    async with place.app.db.read() as connection:
        return list((await connection.execute(select(delivery).order_by(delivery.c.broadcast_id))).all())


async def test_a_circular_in_the_evening_comes_the_next_working_morning(place: Town) -> None:
    await place.subscribe(AYSE, "tr", "cbam")
    await move_to(place, 11, 27, 22)  # a Friday
    await release(place, CIRCULAR)
    for day, hour, minute in ((27, 23, 59), (28, 9, 0), (29, 12, 0), (30, 8, 29)):
        await move_to(place, 11, day, hour, minute)
        assert about(place, AYSE, CIRCULAR.title) == 0
    await move_to(place, 11, 30, 8, 30)
    await move_to(place, 11, 30, 9)
    assert about(place, AYSE, CIRCULAR.title) == 1


@pytest.mark.parametrize(
    ("released", "arrives"),
    [
        ((10, 28, 19, 0, 2027), (11, 1, 8, 30, 2027)),  # Republic Day is a Friday
        ((5, 14, 20, 0, 2027), (5, 20, 8, 30, 2027)),  # Kurban Bayramı and 19 May
        ((12, 31, 18, 30, 2026), (1, 4, 8, 30, 2027)),
    ],
)
async def test_no_circular_comes_on_a_holiday(
    place: Town, released: tuple[int, int, int, int, int], arrives: tuple[int, int, int, int, int]
) -> None:
    await place.subscribe(AYSE, "tr", "cbam")
    await move_to(place, *released)
    await release(place, CIRCULAR)
    month, day, hour, minute, year = arrives
    await move_to(place, month, day, hour, minute - 1, year)
    assert about(place, AYSE, CIRCULAR.title) == 0
    await move_to(place, *arrives)
    assert about(place, AYSE, CIRCULAR.title) == 1


async def test_news_of_a_source_comes_in_the_next_digest(tmp_path: Path) -> None:
    async with feed_server() as server:
        source = {
            "name": "EU",
            "url": f"{server.url}/feed.xml",
            "policy": "auto",
            "language": "en",
            "topics": ["cbam"],
            "interval": 5,
            "allow_private": True,
        }
        server.body = RSS.format(items="").encode()
        async with town(tmp_path, sources=[source]) as place:
            await place.subscribe(AYSE, "tr", "cbam")
            await place.app.ticker.run_now("poll")
            await move_to(place, 11, 24, 22)
            server.body = RSS.format(
                items="".join(ITEM.format(guid=n, title=f"CBAM news {n}") for n in (1, 2))
            ).encode()
            await place.app.ticker.run_now("poll")
            await place.idle()
            await move_to(place, 11, 25, 17, 29)
            assert about(place, AYSE, "CBAM news") == 0
            await move_to(place, 11, 25, 17, 30)
            (message,) = place.phone(AYSE).from_bot()
            assert message["text"].startswith("Duyuru özeti")
            assert "1. CBAM news" in message["text"]
            assert "2. CBAM news" in message["text"]
            await move_to(place, 11, 26, 18)
            assert len(place.phone(AYSE).from_bot()) == 1


async def test_a_digest_is_proven_by_its_rows_and_its_numbers_open_the_notices(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    oliver = await place.subscribe(OLIVER, "en", "cbam")
    await release(place, NEWS, news=True)
    await release(place, OTHER_NEWS, news=True)
    assert {row.state for row in await rows(place)} == {DeliveryState.HELD}
    await move_to(place, 11, 24, 17, 30)
    (turkish,), (english,) = ayse.from_bot(), oliver.from_bot()
    assert "Görüş bildirme son günü: 22 Ocak 2027 Cuma" in turkish["text"]
    assert english["text"].startswith("Digest · Tuesday, 24 November 2026\n2 notices")
    found = await rows(place)
    assert {row.state for row in found} == {DeliveryState.SENT}
    assert [row.telegram_message_id for row in found] == [turkish["message_id"], english["message_id"]] * 2
    async with place.app.db.read() as connection:
        states = set((await connection.execute(select(broadcasts.c.state))).scalars())
        assert None not in set((await connection.execute(select(digest.c.done_at))).scalars())
    assert states == {BroadcastState.FINISHED}
    whole = await oliver.tap_and_read("2", english)
    assert whole["text"].startswith("ECHA consults")


async def test_who_got_a_digest_is_reminded_of_its_deadlines(place: Town) -> None:
    await place.subscribe(AYSE, "tr", "cbam")
    await release(place, OTHER_NEWS, news=True)
    await move_to(place, 11, 24, 17, 30)
    await move_to(place, 1, 21, 9, 30, year=2027)
    assert about(place, AYSE, "HATIRLATMA") == 1


async def test_an_urgent_notice_comes_at_once_at_night(place: Town) -> None:
    await place.subscribe(AYSE, "tr", "cbam")
    await place.phone(AYSE).write("/sessiz")
    await place.phone(AYSE).tap_and_read("22.00–08.00")
    await move_to(place, 11, 28, 23)
    await release(place, NEWS, news=True, urgent=True)
    assert about(place, AYSE, NEWS.title) == 1


async def test_no_digest_without_news(place: Town) -> None:
    await place.subscribe(AYSE, "tr", "cbam")
    await move_to(place, 11, 24, 17, 31)
    await move_to(place, 11, 25, 17, 31)
    assert place.phone(AYSE).from_bot() == []


async def test_a_weekly_digest_waits_for_the_last_working_day_but_not_past_a_deadline(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    await ayse.write("/sıklık")
    await ayse.tap_and_read("Haftada bir")
    await move_to(place, 11, 24, 18)  # a Tuesday
    await release(place, CIRCULAR)
    await release(place, NEWS, news=True)
    soon = Notice(
        title="Yarın biter", topics=("cbam",), deadlines=(Deadline(date(2026, 11, 26), quote="26 Kasım"),)
    )
    await release(place, soon)
    assert about(place, AYSE, soon.title) == 1
    await move_to(place, 11, 26, 18)
    assert about(place, AYSE, CIRCULAR.title) == 0
    await move_to(place, 11, 27, 17, 30)
    assert about(place, AYSE, CIRCULAR.title) == 1
    assert about(place, AYSE, NEWS.title) == 1
    assert ayse.texts()[-1].startswith("Duyuru özeti")


async def test_all_at_once_respects_quiet_hours_only(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    await ayse.write("/siklik")
    await ayse.tap_and_read("Her şey anında")
    await ayse.write("/sessiz")
    await ayse.tap_and_read("22.00–08.00")
    await move_to(place, 11, 28, 21)  # a Saturday
    await release(place, NEWS, news=True)
    assert about(place, AYSE, NEWS.title) == 1
    await move_to(place, 11, 28, 22, 30)
    await release(place, CIRCULAR)
    await move_to(place, 11, 29, 7, 59)
    assert about(place, AYSE, CIRCULAR.title) == 0
    await move_to(place, 11, 29, 8)
    assert about(place, AYSE, CIRCULAR.title) == 1


async def test_from_weekly_back_to_daily_what_waits_comes_with_the_next_digest(place: Town) -> None:
    oliver = await place.subscribe(OLIVER, "en", "cbam")
    await oliver.write("/frequency")
    await oliver.tap_and_read("Once a week")
    await release(place, NEWS, news=True)
    await oliver.write("/frequency")
    await oliver.tap_and_read("Once a day")
    await move_to(place, 11, 24, 17, 30)
    assert about(place, OLIVER, NEWS.title) == 1


async def test_what_is_held_survives_a_restart(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        await place.subscribe(AYSE, "tr", "cbam")
        await move_to(place, 11, 24, 22)
        await release(place, CIRCULAR)
        await release(place, NEWS, news=True)
        assert place.phone(AYSE).from_bot() == []
    async with town(tmp_path) as place:
        await move_to(place, 11, 25, 8, 29)
        assert place.phone(AYSE).from_bot() == []
        await move_to(place, 11, 25, 8, 30)
        assert (about(place, AYSE, CIRCULAR.title), about(place, AYSE, NEWS.title)) == (1, 0)
        await move_to(place, 11, 25, 17, 30)
        assert (about(place, AYSE, CIRCULAR.title), about(place, AYSE, NEWS.title)) == (1, 1)


async def test_a_digest_that_was_slept_through_does_not_ring_at_night(place: Town) -> None:
    await place.subscribe(AYSE, "tr", "cbam")
    await release(place, NEWS, news=True)
    await move_to(place, 11, 24, 23)
    assert place.phone(AYSE).from_bot() == []
    await move_to(place, 11, 25, 8, 30)
    assert about(place, AYSE, NEWS.title) == 1


async def test_who_stops_while_it_is_held_gets_nothing(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    await place.subscribe(OLIVER, "en", "cbam")
    await move_to(place, 11, 24, 22)
    await release(place, CIRCULAR)
    await release(place, NEWS, news=True)
    await ayse.write("/durdur")
    await move_to(place, 11, 25, 17, 30)
    assert about(place, AYSE, CIRCULAR.title) + about(place, AYSE, NEWS.title) == 0
    assert about(place, OLIVER, CIRCULAR.title) == about(place, OLIVER, NEWS.title) == 1
    states = [row.state for row in await rows(place)]
    assert sorted(states) == sorted([DeliveryState.SKIPPED, DeliveryState.SENT] * 2)


async def test_who_stops_when_the_digest_is_on_its_way_gets_nothing(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    await release(place, NEWS, news=True)
    flood = place.world.faults.add(kind="flood", method="sendMessage", chat_id=AYSE, times=1, seconds=3)
    place.clock.advance(datetime(2026, 11, 24, 14, 30, tzinfo=UTC) - place.clock.now())
    await place.app.ticker.run_now("digests")
    await until(lambda: flood.times == 0, "the first attempt")
    told = await ayse.write("/durdur")
    await place.idle()
    assert ayse.from_bot() == [told]
    assert [row.state for row in await rows(place)] == [DeliveryState.SKIPPED]


async def test_a_digest_to_who_blocked_the_bot_is_recorded_as_blocked(place: Town) -> None:
    await place.subscribe(AYSE, "tr", "cbam")
    await release(place, NEWS, news=True)
    await release(place, OTHER_NEWS, news=True)
    place.world.faults.add(kind="error", method="sendMessage", chat_id=AYSE)
    await move_to(place, 11, 24, 17, 30)
    assert [row.state for row in await rows(place)] == [DeliveryState.BLOCKED] * 2
    async with place.app.db.read() as connection:
        stored = await members.get(connection, AYSE)
    assert stored is not None
    assert stored.state is MemberState.BLOCKED


async def test_a_long_digest_is_one_message_that_counts_the_rest(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    for number in range(45):
        await release(place, Notice(title=f"{number} " + "x<&" * 60, topics=("cbam",)), news=True)
    await move_to(place, 11, 24, 17, 30)
    (message,) = ayse.from_bot()
    assert len(message["text"]) <= LIMIT
    shown = len(ayse.buttons(message))
    assert f"ve {45 - shown} duyuru daha" in message["text"]
    assert {row.state for row in await rows(place)} == {DeliveryState.SENT}


async def test_staff_read_when_it_will_leave_and_make_it_urgent(place: Town) -> None:
    await place.subscribe(AYSE, "tr", "cbam")
    editor, approver = place.phone(EDITOR), place.phone(APPROVER)
    await move_to(place, 11, 24, 22)
    await editor.write("/yeni SKDM anketi\n\nSınırda Karbon Düzenleme Mekanizması (SKDM) anketi yayımlandı.")
    draft = await editor.wait_for_text("TASLAK")
    assert "Gidiş: yarın 08.30" in draft["text"]
    urgent = await editor.tap_and_read("Acil")
    assert "Gidiş: ACİL" in urgent["text"]
    await editor.tap_and_read("✓ Acil")
    await editor.tap_and_read("Onaya gönder")
    asked = await approver.wait_for_text("Onayınızı bekleyen")
    assert "Gidiş: yarın 08.30" in asked["text"]
    done = await approver.tap_and_read("Onayla ve gönder", asked)
    assert "yarın 08.30" in done["text"]
    assert about(place, AYSE, "SKDM anketi") == 0
    await move_to(place, 11, 25, 8, 30)
    assert about(place, AYSE, "SKDM anketi") == 1


async def test_staff_read_how_many_wait_for_their_digest(place: Town) -> None:
    oliver = await place.subscribe(OLIVER, "en", "cbam")
    await place.subscribe(AYSE, "tr", "cbam")
    await oliver.write("/frequency")
    await oliver.tap_and_read("Once a week")
    editor, approver = place.phone(EDITOR), place.phone(APPROVER)
    await editor.write("/yeni SKDM anketi\n\nSınırda Karbon Düzenleme Mekanizması (SKDM) anketi yayımlandı.")
    draft = await editor.wait_for_text("TASLAK")
    assert "Gidiş: onaylandığında hemen" in draft["text"]
    await editor.tap_and_read("Onaya gönder")
    await approver.tap_and_read("Onayla ve gönder", await approver.wait_for_text("Onayınızı bekleyen"))
    await place.idle()
    await place.app.ticker.run_now("dispatch")
    result = await approver.wait_for_text("Özetini bekleyen: 1")
    assert "Alıcı: 2 · Gönderildi: 1" in result["text"]
    await move_to(place, 11, 27, 17, 30)
    assert about(place, OLIVER, "SKDM anketi") == 1
    status = await approver.write("/durum")
    assert "Gönderildi: 2" in status["text"]
    assert len([text for text in approver.texts() if "Özetini bekleyen" in text]) == 1


async def test_a_paid_activity_reaches_only_who_consented_and_the_consent_is_written_down(
    place: Town,
) -> None:
    ayse = await place.subscribe(AYSE, "tr", "fairs")
    await place.subscribe(OLIVER, "en", "fairs")
    await ayse.write("/izinler")
    assert "✓ Ücretli etkinlikler" not in ayse.buttons(ayse.from_bot()[-1])
    await ayse.tap_and_read("Ücretli etkinlikler")
    await place.idle()
    paid = Notice(title="Fuara katılım", kind=Kind.FAIR, topics=("fairs",), nature=Nature.PAID_ACTIVITY)
    advert = Notice(title="Sponsor ilanı", topics=("fairs",), nature=Nature.COMMERCIAL)
    await release(place, paid)
    await release(place, advert)
    assert (about(place, AYSE, paid.title), about(place, OLIVER, paid.title)) == (1, 0)
    assert about(place, AYSE, advert.title) == 0
    async with place.app.db.read() as connection:
        logged = (
            await connection.execute(
                select(consent.c.purpose, consent.c.given, consent.c.text_version).where(
                    consent.c.purpose != "notices"
                )
            )
        ).all()
    assert [(row.purpose, row.given) for row in logged] == [("paid_activity", 1)]
    assert logged[0].text_version.startswith("tr-")


async def test_a_consent_taken_back_holds_for_what_waits(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "fairs")
    await ayse.write("/izinler")
    await ayse.tap_and_read("Ücretli etkinlikler")
    await move_to(place, 11, 24, 22)
    paid = Notice(title="Fuara katılım", kind=Kind.FAIR, topics=("fairs",), nature=Nature.PAID_ACTIVITY)
    await release(place, paid)
    await release(place, paid, news=True)
    await ayse.write("/izinler")
    await ayse.tap_and_read("✓ Ücretli etkinlikler")
    await move_to(place, 11, 25, 17, 30)
    assert about(place, AYSE, paid.title) == 0
    assert {row.state for row in await rows(place)} == {DeliveryState.SKIPPED}


async def test_staff_are_told_that_a_paid_fair_has_no_takers(place: Town) -> None:
    await place.subscribe(AYSE, "tr", "fairs")
    editor = place.phone(EDITOR)
    await editor.write(
        "/yeni Andina Fuarı\n\nAndina Fuarı 3-6 Şubat 2027 tarihlerinde düzenlenecektir. "
        "Fuara katılım ücreti 300 EUR/m2 olarak belirlenmiştir."
    )
    draft = await editor.wait_for_text("TASLAK")
    assert "Ücretli etkinlik" in draft["text"]
    assert "Alıcısı yok" in draft["text"]
    await editor.tap_and_read("Düzenle", draft)
    await editor.tap_and_read("Niteliği")
    await editor.tap_and_read("Bilgilendirme")
    draft = await editor.write("/taslaklar")
    again = await editor.tap_and_read("sd:", draft)
    assert "Alıcısı yok" not in again["text"]

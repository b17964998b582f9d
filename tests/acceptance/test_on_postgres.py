"""The whole bot on PostgreSQL: from the first word of a member to the report staff read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.member import MemberState
from bot.store import members, outbox
from bot.store.tables import broadcast
from tests.postgres import Cluster
from tests.town import APPROVER, AYSE, EDITOR, OLIVER, Town, town

CIRCULAR = """Konu: Sınırda Karbon Düzenleme Mekanizması (SKDM) bilgilendirme toplantısı

Sayın üyemiz,

SKDM kapsamındaki yükümlülüklere ilişkin bilgilendirme toplantısı 3 Aralık 2026 saat 11.00'de çevrim içi \
yapılacaktır. Katılım için 30 Kasım 2026 tarihine kadar başvurulması gerekmektedir.
"""


@pytest.fixture
async def place(tmp_path: Path, postgres_url: str) -> AsyncIterator[Town]:
    async with town(tmp_path, database={"url": postgres_url}) as built:
        yield built


async def test_a_circular_goes_from_staff_to_exactly_the_members_concerned(place: Town) -> None:
    ayse, editor, approver = (place.phone(person) for person in (AYSE, EDITOR, APPROVER))
    oliver = await place.subscribe(OLIVER, "en", "tenders")
    await ayse.write("/start")
    await ayse.tap_and_read("st:yes")
    assert "SKDM" in (await ayse.tap_and_read("tp:start"))["text"]
    await approver.write("/yardim")

    await editor.write(CIRCULAR)
    draft = await editor.tap_and_read("Duyuru taslağı hazırla")
    assert "TASLAK" in draft["text"]
    await editor.tap("Onaya gönder")
    await approver.wait_for_text("Hazırlayan: Elif Kaya")
    before = len(ayse.from_bot())
    await approver.tap("Onayla ve gönder")
    notice = await ayse.wait_for(before + 1)
    assert "3 Aralık 2026 Perşembe" in notice["text"]
    assert "30 Kasım 2026 Pazartesi" in notice["text"]
    await approver.wait_for_text("Gönderim tamamlandı:")
    await place.idle()
    assert len(ayse.from_bot()) == before + 1
    assert oliver.from_bot() == []
    async with place.app.db.read() as connection:
        (broadcast_id,) = (await connection.execute(select(broadcast.c.id))).scalars()
        tally = await outbox.tally(connection, broadcast_id)
    assert (tally.audience, tally.sent, tally.total) == (1, 1, 1)


async def test_a_reminder_comes_once_and_a_taken_back_word_leaves_nothing(place: Town) -> None:
    ayse, editor, approver = (place.phone(person) for person in (AYSE, EDITOR, APPROVER))
    await place.subscribe(AYSE, "tr", "cbam")
    await approver.write("/yardim")
    await editor.write(CIRCULAR)
    await editor.tap_and_read("Duyuru taslağı hazırla")
    await editor.tap("Onaya gönder")
    await approver.wait_for_text("Hazırlayan: Elif Kaya")
    await approver.tap("Onayla ve gönder")
    notice = await ayse.wait_for(1)
    await ayse.tap_and_read("Bana hatırlat", notice)
    place.clock.advance(timedelta(days=4))
    for _ in range(2):
        await place.app.ticker.run_now("reminders")
    await ayse.wait_for_text("HATIRLATMA")
    await place.idle()
    assert len([text for text in ayse.texts() if text.startswith("HATIRLATMA")]) == 1

    await ayse.write("/durdur")
    async with place.app.db.read() as connection:
        stopped = await members.get(connection, AYSE)
    assert stopped is not None
    assert stopped.state is MemberState.STOPPED
    await ayse.write("/sil")
    assert "silinmiştir" in (await ayse.tap_and_read("fg:yes"))["text"]
    await place.idle()
    async with place.app.db.read() as connection:
        assert await members.get(connection, AYSE) is None


async def test_the_bot_goes_on_after_its_connections_were_cut(place: Town, cluster: Cluster) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    await ayse.write("/durdur")
    cluster.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE datname = '{place.app.db.engine.url.database}'"
    )
    assert "SKDM" in (await ayse.write("/devam"))["text"]
    assert not any(task.done() for task in place.app.tasks)

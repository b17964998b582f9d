"""Kin of drafts through the front doors: suggested, confirmed, sent with what stood before, remembered."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, select, text

from bot.domain.draft_tap import DraftTap
from bot.domain.notice import Deadline, Document, Kind, Link, LinkRole, Meeting, Notice, Status
from bot.domain.relation import Relation
from bot.flows import broadcast, drafts, relate, remind
from bot.store import events, migrate, notices, relations, reminders
from bot.store.db import open_database
from bot.store.notices import StoredNotice
from bot.store.tables import ReminderState, message, reminder
from tests.integration.office import EDITOR, KIT, NOW, Office, office, subscribe, taps, text_of

ZONE = KIT.association.zone
MISSION = Notice(
    "Cezayir Sektörel Ticaret Heyeti",
    kind=Kind.TRADE_MISSION,
    countries=("DZ",),
    deadlines=(Deadline(date(2026, 12, 15), quote="15 Aralık 2026"),),
    meetings=(Meeting(date(2027, 3, 8), date(2027, 3, 11)),),
    topics=("cbam",),
)
EXTENDED = replace(
    MISSION,
    status=Status.EXTENSION,
    deadlines=(Deadline(date(2026, 12, 29), quote="29 Aralık 2026"),),
    meetings=(),
    text="2026/331 sayılı sirkülerimizde belirtilen son başvuru tarihi uzatılmıştır.",
)
CANCELLED = replace(
    MISSION, status=Status.CANCELLED, deadlines=(), meetings=(), text="Heyet iptal edilmiştir."
)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as built:
        async with built.db.write() as connection:
            await subscribe(connection, 1, "tr", ["cbam"])
            await subscribe(connection, 2, "en", ["cbam"])
        yield built


async def sent(
    house: Office, *facts: Notice, number: str = "2026/331", at: datetime = NOW, source: str | None = None
) -> int:
    async with house.db.write() as connection:
        document = Document("tr", number, at.date(), facts, chain=("Bakanlık",))
        notice_id = await notices.add_document(connection, document, at, source_name=source)
        await broadcast.release(connection, notice_id, at, released_by=EDITOR, rendering=KIT)
    return notice_id


async def drafted(house: Office, *facts: Notice, number: str = "2026/377") -> tuple[str, dict[str, DraftTap]]:
    async with house.desk(EDITOR) as desk:
        reply = await drafts.create(desk, Document("tr", number, date(2026, 11, 24), facts, chain=("TİM",)))
    return text_of(reply), taps(reply)


async def stored(house: Office, notice_id: int) -> StoredNotice:
    async with house.db.read() as connection:
        found = await notices.get(connection, notice_id)
    assert found is not None
    return found


async def release(house: Office, root_id: int) -> dict[int, str]:
    """The texts that went out, by language; everybody has got theirs."""
    async with house.db.write() as connection:
        (sending,) = await broadcast.release(connection, root_id, NOW, released_by=None, rendering=KIT)
        await connection.execute(text("UPDATE delivery SET state = 2"))
        rows = await connection.execute(select(message).where(message.c.broadcast_id == sending.id))
        return {row.language: row.body["text"] for row in rows}


async def confirm(house: Office, tap: DraftTap) -> str:
    async with house.desk(EDITOR) as desk:
        return text_of(await relate.belongs(desk, tap))


async def test_an_extension_is_asked_about_confirmed_and_sent_with_the_former_date(house: Office) -> None:
    former = await sent(house, MISSION)
    shown, buttons = await drafted(house, EXTENDED)
    assert "Şu duyuruya ait görünüyor:</b> Cezayir Sektörel Ticaret Heyeti (süre uzatımı)" in shown
    assert "Önceki" not in shown
    assert (await stored(house, buttons["Doğru, ona ait"].root_id)).related_id is None
    after = await confirm(house, buttons["Doğru, ona ait"])
    assert "Ait olduğu duyuru:</b> Cezayir Sektörel Ticaret Heyeti (süre uzatımı)" in after
    root_id = buttons["Doğru, ona ait"].root_id
    kept = await stored(house, root_id)
    assert (kept.related_id, kept.relation, kept.version) == (former, Relation.EXTENSION, 2)
    texts = await release(house, root_id)
    turkish, english = texts[0], texts[1]
    assert "SÜRE UZATILDI" in turkish
    assert (
        "<b>Son başvuru (yeni tarih):</b> 29 Aralık 2026 Salı\n<b>Önceki:</b> 15 Aralık 2026 Salı\n"
        in turkish
    )
    assert "\nHatırlatmalarınız güncellenmiştir.\n\nSirküler No: 2026/377" in turkish
    assert "<b>Previous:</b> Tuesday, 15 December 2026" in english


async def test_a_follow_up_with_the_same_dates_speaks_of_no_moved_reminders(house: Office) -> None:
    former = await sent(house, MISSION)
    follow_up = replace(MISSION, text="2026/331 sayılı sirkülerimizde duyurulan heyetin programı ektedir.")
    shown, buttons = await drafted(house, follow_up)
    assert "(devamı)" in shown
    await confirm(house, buttons["Doğru, ona ait"])
    root_id = buttons["Doğru, ona ait"].root_id
    texts = await release(house, root_id)
    assert "Hatırlatmalarınız" not in texts[0]
    assert "Önceki" not in texts[0]
    async with house.db.read() as connection:
        left = {one.notice_id for one, _ in await events.upcoming_events(connection, NOW)}
    assert left == {former, root_id}


async def test_a_refused_suggestion_is_gone_and_nothing_is_said_of_it(house: Office) -> None:
    await sent(house, MISSION)
    _, buttons = await drafted(house, EXTENDED)
    async with house.desk(EDITOR) as desk:
        shown = text_of(await relate.unrelated(desk, buttons["Hayır, ait değil"]))
    assert "Cezayir Sektörel Ticaret Heyeti (süre" not in shown
    texts = await release(house, buttons["Hayır, ait değil"].root_id)
    assert "Önceki" not in texts[0]
    assert "Hatırlatmalarınız" not in texts[0]


async def test_a_confirmed_relation_can_be_taken_back(house: Office) -> None:
    await sent(house, MISSION)
    _, buttons = await drafted(house, EXTENDED)
    async with house.desk(EDITOR) as desk:
        reply = await relate.belongs(desk, buttons["Doğru, ona ait"])
    async with house.desk(EDITOR) as desk:
        await relate.unrelated(desk, taps(reply)["İlişkiyi kaldır"])
    kept = await stored(house, buttons["Doğru, ona ait"].root_id)
    assert (kept.related_id, kept.relation) == (None, None)


async def test_one_item_of_several_is_asked_about_by_its_number(house: Office) -> None:
    former = await sent(house, MISSION)
    other = Notice("REACH kısıtlama önerisi", kind=Kind.CONSULTATION, topics=("reach_clp",))
    shown, buttons = await drafted(house, other, EXTENDED)
    assert "2. konu · 🔗 <b>Şu duyuruya ait görünüyor:</b>" in shown
    await confirm(house, buttons["Doğru, ona ait"])
    async with house.db.read() as connection:
        first, second = await notices.children(connection, buttons["Doğru, ona ait"].root_id)
    assert (first.related_id, second.related_id) == (None, former)


async def test_reminders_asked_for_follow_the_new_date_and_those_of_the_old_one_end(house: Office) -> None:
    former = await sent(house, MISSION)
    async with house.db.write() as connection:
        await remind.remind_me(connection, 1, former, NOW, KIT.association)
    _, buttons = await drafted(house, EXTENDED)
    await confirm(house, buttons["Doğru, ona ait"])
    root_id = buttons["Doğru, ona ait"].root_id
    await release(house, root_id)
    async with house.db.read() as connection:
        rows = await connection.execute(
            text(
                "SELECT e.notice_id, e.kind, r.rule FROM reminder r JOIN event e ON e.id = r.event_id "
                "WHERE r.state = 0 ORDER BY 1, 2, 3"
            )
        )
        due = [tuple(row) for row in rows]
    # The mission itself is where it was: its own reminder stays.
    assert due == [
        (former, 1, "day_before"),
        (root_id, 0, "auto"),
        (root_id, 0, "same_day"),
        (root_id, 0, "week_before"),
    ]


async def test_who_asks_for_the_former_notice_is_reminded_of_the_new_date(house: Office) -> None:
    former = await sent(house, MISSION)
    _, buttons = await drafted(house, EXTENDED)
    await confirm(house, buttons["Doğru, ona ait"])
    await release(house, buttons["Doğru, ona ait"].root_id)
    async with house.db.write() as connection:
        moments = await remind.remind_me(connection, 2, former, NOW, KIT.association)
    assert max(moments).date() == date(2026, 12, 29)


async def test_who_has_applied_is_not_reminded_of_the_new_date(house: Office) -> None:
    former = await sent(house, MISSION)
    async with house.db.write() as connection:
        await remind.remind_me(connection, 1, former, NOW, KIT.association)
        await remind.applied(connection, 1, former)
    _, buttons = await drafted(house, EXTENDED)
    await confirm(house, buttons["Doğru, ona ait"])
    root_id = buttons["Doğru, ona ait"].root_id
    await release(house, root_id)
    async with house.db.write() as connection:
        (event,) = await events.of_notice(connection, root_id)
        await reminders.write_automatic(connection, event.id, root_id, NOW)
        rows = await connection.execute(select(reminder).where(reminder.c.event_id == event.id))
        due = sorted((row.member_id, row.state) for row in rows)
        assert due == [(1, ReminderState.ENDED), (2, ReminderState.DUE)]


async def test_the_calendar_shows_a_moved_deadline_once_and_nothing_of_what_is_cancelled(
    house: Office,
) -> None:
    former = await sent(house, MISSION)
    _, buttons = await drafted(house, EXTENDED)
    await confirm(house, buttons["Doğru, ona ait"])
    await release(house, buttons["Doğru, ona ait"].root_id)
    async with house.db.read() as connection:
        days = [(one.notice_id, one.starts_at.astimezone(ZONE).date()) for one, _ in
                await events.upcoming_events(connection, NOW)]  # fmt: skip
        until = NOW + timedelta(days=60)
        open_deadlines = await reminders.deadlines_without_automatic(connection, NOW, until)
    extended = buttons["Doğru, ona ait"].root_id
    assert days == [(extended, date(2026, 12, 29)), (former, date(2027, 3, 8))]
    assert [one.notice_id for one in open_deadlines] == [extended]
    async with house.db.write() as connection:
        call_off = await notices.add_document(connection, Document("tr", "2026/400", None, (CANCELLED,)), NOW)
        await relations.set_relation(connection, call_off, former, Relation.CANCELLED)
    texts = await release(house, call_off)
    assert "İPTAL EDİLDİ" in texts[0]
    assert "Bu duyuru için kurulan hatırlatmalar kaldırılmıştır." in texts[0]
    async with house.db.read() as connection:
        assert await events.upcoming_events(connection, NOW) == ()  # the extended deadline is off with it


async def test_a_circular_with_the_news_of_a_feed_is_only_hinted_at_and_keeps_both_routes(
    house: Office,
) -> None:
    page = "https://ec.example/news/alliance-assembly"
    news = Notice(
        "First General Assembly", kind=Kind.ALLIANCE, language="en", topics=("alliance",),
        links=(Link(page, LinkRole.SOURCE),),
    )  # fmt: skip
    await sent(house, news, number="", source="Press Corner", at=NOW - timedelta(days=9))
    circular = Notice(
        "İttifak Genel Kurulu", kind=Kind.ALLIANCE, topics=("cbam",),
        links=(Link(page + "?utm_source=tim", LinkRole.SOURCE),),
    )  # fmt: skip
    shown, buttons = await drafted(house, circular)
    assert "Bu haber daha önce gönderildi</b> (15 Kasım 2026 Pazar): First General Assembly" in shown
    assert "Geliş yolu: Press Corner → Bakanlık → TİM" in shown
    assert "Onaya gönder" in buttons
    kept = await stored(house, buttons["Onaya gönder"].root_id)
    assert kept.path == ("Press Corner", "Bakanlık", "TİM")
    assert len(await release(house, kept.id)) == 2


async def test_news_older_than_two_months_and_drafts_of_others_are_no_twins(house: Office) -> None:
    await sent(house, MISSION, at=NOW - timedelta(days=61))
    await drafted(house, MISSION)
    shown, _ = await drafted(house, MISSION)
    assert "daha önce gönderildi" not in shown


async def test_the_new_columns_come_to_a_database_in_use_without_losing_a_row(tmp_path: Path) -> None:
    db = open_database(f"sqlite+aiosqlite:///{tmp_path / 'old.db'}")

    def first(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(migrate.MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")

    async with db.engine.connect() as connection:
        await connection.run_sync(first)
        await connection.commit()
        for statement in (
            "INSERT INTO notice (id, language, kind, title, facts, created_at, updated_at) "
            """VALUES (7, 'tr', 'fair', 'Fuar', '{"title": "Fuar"}', 1, 1)""",
            "INSERT INTO notice_topic VALUES (7, 'cbam')",
            "INSERT INTO event (notice_id, kind, starts_at, has_hour) VALUES (7, 0, 5, 0)",
        ):
            await connection.exec_driver_sql(statement)
        await connection.commit()
    await migrate.upgrade(db)
    async with db.write() as connection:
        kept = await notices.get(connection, 7)
        assert kept is not None
        assert (kept.facts.title, kept.related_id, kept.path) == ("Fuar", None, ())
        assert len(await events.of_notice(connection, 7)) == 1
        made = (
            await connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'notice_topic'"))
        ).scalar()
        assert "WITHOUT ROWID" in str(made)
        after = await notices.add_document(connection, Document("tr", None, None, (MISSION,)), NOW)
        await relations.set_relation(connection, after, 7, Relation.FOLLOW_UP)
        await connection.execute(text("DELETE FROM notice WHERE id = 7"))
        assert (
            await connection.execute(text("SELECT count(*) FROM notice_topic WHERE notice_id = 7"))
        ).scalar() == 0
        orphan = await notices.get(connection, after)
    assert orphan is not None
    assert orphan.related_id is None
    await db.close()

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.audience import Audience
from bot.domain.notice import Deadline, Document, Kind, Link, LinkRole, Notice
from bot.store import events, notices
from bot.store.tables import EventKind, NoticeState, notice_topic
from tests.integration.office import ALLIANCE, CBAM, CIRCULAR, KIT, NOW, REACH, Office, office


@pytest.fixture
async def house(tmp_path: Path, database_url: str) -> AsyncIterator[Office]:
    async with office(tmp_path, database_url) as built:
        yield built


async def released(house: Office, *facts: Notice, at: datetime = NOW) -> int:
    async with house.db.write() as connection:
        notice_id = await notices.add_document(connection, Document("tr", "7", None, facts), at)
        await notices.set_state(connection, notice_id, NoticeState.RELEASED, at, expected=notices.OPEN_STATES)
        root = await notices.get(connection, notice_id)
        assert root is not None
        for item in await notices.items(connection, root):
            await events.write_events(connection, item.id, item.facts, KIT.association)
    return notice_id


async def test_a_circular_of_one_notice_is_one_row_and_comes_back_as_it_was(house: Office) -> None:
    async with house.db.write() as connection:
        document = Document("tr", "2026/9", date(2026, 11, 20), (CBAM,), chain=("Bakanlık", "TİM"))
        notice_id = await notices.add_document(
            connection, document, NOW, author_id=5, source_name="Kaynak", file_id="F", file_name="ş.pdf"
        )
        stored = await notices.get(connection, notice_id)
        assert stored is not None
        assert await notices.items(connection, stored) == (stored,)
    assert stored.facts == CBAM
    assert (stored.state, stored.version, stored.position) == (NoticeState.DRAFT, 1, 0)
    assert stored.document_date == date(2026, 11, 20)
    view = stored.view()
    assert (view.number, view.chain, view.file_id) == ("2026/9", ("Bakanlık", "TİM"), "F")


async def test_a_circular_of_several_items_has_a_root_and_its_children_in_order(house: Office) -> None:
    async with house.db.write() as connection:
        root_id = await notices.add_document(connection, CIRCULAR, NOW, file_id="F")
        root = await notices.get(connection, root_id)
        children = await notices.children(connection, root_id)
        topics = await connection.execute(select(notice_topic).order_by(notice_topic.c.notice_id))
        assert [row.topic for row in topics] == ["cbam", "reach_clp", "alliance"]
    assert root is not None
    assert root.facts.title == "Kasım sirküleri"
    assert [(child.position, child.facts) for child in children] == [(1, CBAM), (2, REACH), (3, ALLIANCE)]
    assert {child.number for child in children} == {"2026/377"}
    assert {child.view().file_id for child in children} == {"F"}


async def test_letters_to_the_whole_membership_are_for_everyone(house: Office) -> None:
    fee = Notice("Aidat", kind=Kind.MEMBERSHIP, topics=("cbam",))
    async with house.db.write() as connection:
        notice_id = await notices.add_document(connection, Document("tr", None, None, (fee,)), NOW)
        stored = await notices.get(connection, notice_id)
    assert stored is not None
    assert stored.audience == Audience(everyone=True)


async def test_an_edit_of_an_older_version_or_of_a_sent_circular_is_refused(house: Office) -> None:
    async with house.db.write() as connection:
        notice_id = await notices.add_document(connection, CIRCULAR, NOW)
        assert await notices.claim_edit(connection, notice_id, 1, NOW)
        assert not await notices.claim_edit(connection, notice_id, 1, NOW)
        await notices.set_state(
            connection, notice_id, NoticeState.RELEASED, NOW, expected=notices.OPEN_STATES
        )
        assert not await notices.claim_edit(connection, notice_id, 2, NOW)
        assert {child.state for child in await notices.children(connection, notice_id)} == {
            NoticeState.RELEASED
        }


async def test_released_notices_are_listed_newest_first_by_topic_without_roots_and_left_out_items(
    house: Office,
) -> None:
    first = await released(house, CBAM, REACH)
    second = await released(house, Notice("Aidat", kind=Kind.MEMBERSHIP), at=NOW + timedelta(days=1))
    async with house.db.write() as connection:
        children = await notices.children(connection, first)
        everything = await notices.latest_released(connection, 10)
        assert [entry.id for entry in everything] == [second, children[1].id, children[0].id]
        mine = await notices.latest_released(connection, 10, topics=["cbam"])
        assert [entry.id for entry in mine] == [second, children[0].id]
        await notices.update_facts(connection, children[0].id, CBAM, NOW, excluded=True)
        assert len(await notices.latest_released(connection, 10)) == 2


async def test_a_draft_is_in_no_list_of_members(house: Office) -> None:
    async with house.db.write() as connection:
        await notices.add_document(connection, CIRCULAR, NOW)
        assert await notices.latest_released(connection, 10) == ()
        assert await notices.with_application(connection) == ()
        assert await events.upcoming_events(connection, NOW) == ()


async def test_notices_one_can_apply_for_are_found_with_and_without_their_address(house: Office) -> None:
    known = replace(ALLIANCE, links=(Link("https://form.example", LinkRole.APPLICATION),))
    lost_id, known_id = await released(house, ALLIANCE), await released(house, known)
    await released(house, CBAM)
    async with house.db.read() as connection:
        assert [entry.id for entry in await notices.with_application(connection)] == [known_id, lost_id]
        assert [entry.id for entry in await notices.missing_links(connection)] == [lost_id]


async def test_dates_become_events_in_utc_and_the_soonest_comes_first(house: Office) -> None:
    notice_id = await released(house, CBAM)
    async with house.db.read() as connection:
        found = await events.upcoming_events(connection, NOW)
        assert [(event.kind, event.starts_at, event.has_hour) for event, _notice in found] == [
            (EventKind.DEADLINE, datetime(2026, 11, 30, 15, 30, tzinfo=UTC), False),
            (EventKind.MEETING, datetime(2026, 12, 3, 8, 0, tzinfo=UTC), True),
        ]
        assert {notice.id for _event, notice in found} == {notice_id}
        later = await events.upcoming_events(connection, datetime(2026, 12, 1, tzinfo=UTC))
        assert [event.kind for event, _notice in later] == [EventKind.MEETING]
        assert await events.upcoming_events(connection, NOW, topics=["reach_clp"]) == ()


async def test_a_moved_date_keeps_its_event_so_that_reminders_stay_on_it(house: Office) -> None:
    notice_id = await released(house, CBAM)
    async with house.db.write() as connection:
        before = await events.of_notice(connection, notice_id)
        moved = replace(CBAM, deadlines=(Deadline(date(2026, 12, 7)),), meetings=())
        await events.write_events(connection, notice_id, moved, KIT.association)
        (after,) = await events.of_notice(connection, notice_id)
    assert after.id == before[0].id
    assert after.starts_at == datetime(2026, 12, 7, 15, 30, tzinfo=UTC)

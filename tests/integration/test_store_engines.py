"""Every topic of the store on both engines; what is due, erased or claimed at once, on each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.clock import epoch
from bot.domain.audience import Audience
from bot.domain.member import MemberState
from bot.domain.notice import Kind
from bot.store import (
    answers,
    audience,
    audit,
    dialogues,
    inbox,
    items,
    leases,
    link_requests,
    members,
    meta,
    notices,
    outbox,
    reminders,
    reports,
    sources,
    staff_people,
    throttle,
)
from bot.store.db import Database, open_database
from bot.store.leases import Result
from bot.store.migrate import upgrade
from bot.store.sources import Validators
from bot.store.tables import (
    AnswerState,
    DeliveryState,
    EventKind,
    InboxState,
    ReminderState,
    metadata,
)
from bot.store.tables import audit as audit_table
from bot.store.tables import inbox as inbox_table
from tests.integration.office import ALLIANCE, CIRCULAR, NOW, subscribe
from tests.integration.post import add_broadcast
from tests.integration.shelf import HOUR, LEASE, ME, reminded, say


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    database = open_database(database_url)
    await upgrade(database)
    yield database
    await database.close()


async def test_a_member_subscribes_chooses_stops_and_comes_back(db: Database) -> None:
    async with db.write() as connection:
        new = await members.subscribe(connection, 10**12 + 1, "en", NOW, "en-1")
        await members.set_topics(connection, new.id, ["cbam", "alliance", "cbam"])
        await members.set_state(connection, new.id, MemberState.STOPPED, NOW + HOUR)
    async with db.read() as connection:
        stopped = await members.get(connection, 10**12 + 1)
        assert await members.get(connection, 5) is None
    assert stopped is not None
    assert (stopped.id, stopped.language, stopped.state) == (new.id, "en", MemberState.STOPPED)
    assert stopped.topics == {"cbam", "alliance"}
    assert stopped.subscribed_at == NOW
    async with db.write() as connection:
        back = await members.subscribe(connection, 10**12 + 1, "tr", NOW + 2 * HOUR, "tr-1")
        given = await connection.execute(select(metadata.tables["consent"].c.text_version))
        assert sorted(given.scalars()) == ["en-1", "tr-1"]
    assert (back.id, back.language, back.state) == (new.id, "tr", MemberState.ACTIVE)
    assert back.topics == stopped.topics


async def test_many_subscribe_at_once_and_known_ones_stay_as_they_are(db: Database) -> None:
    people: list[dict[str, Any]] = [
        {"chat_id": 1, "language": "tr", "topics": ["cbam", "reach_clp"]},
        {"chat_id": 2, "language": "en", "topics": ["cbam"]},
        {"chat_id": 3, "language": "tr", "topics": []},
    ]
    async with db.write() as connection:
        await members.subscribe_many(connection, people[:1], NOW, "v")
        await members.subscribe_many(connection, [{**people[0], "language": "en"}, *people[1:]], NOW, "v")
        await members.subscribe_many(connection, people, NOW, "v")
        first = await members.get(connection, 1)
        assert first is not None
        assert first.language == "tr"
        cbam = Audience(everyone=False, topics=frozenset({"cbam"}))
        both = Audience(everyone=False, topics=frozenset({"cbam", "reach_clp"}))
        assert await audience.count(connection, cbam) == {"tr": 1, "en": 1}
        assert await audience.count(connection, Audience(everyone=True)) == {"tr": 2, "en": 1}
        assert await audience.count_any(connection, [cbam, both]) == {"tr": 1, "en": 1}
        assert await audience.count_any(connection, []) == {"tr": 0, "en": 0}
        await members.set_state(connection, first.id, MemberState.BLOCKED, NOW)
        assert await audience.count(connection, cbam) == {"tr": 0, "en": 1}


async def test_answers_keep_the_order_of_their_chat_and_come_once(db: Database) -> None:
    async with db.write() as connection:
        assert await answers.add(connection, say(1, "bir", "iki"), NOW, update_id=5) == 2
        assert await answers.add(connection, say(1, "bir", "iki"), NOW, update_id=5) == 0
        assert await answers.add(connection, say(2, "üç"), NOW, dedupe=["reminder:1"]) == 1
        assert await answers.add(connection, say(2, "üç"), NOW, dedupe=["reminder:1"]) == 0
        first = await answers.claim(connection, ME, NOW, LEASE, 10)
        assert [(row.chat_id, row.body["text"]) for row in first] == [(1, "bir"), (2, "üç")]
        assert not await answers.waiting(connection, NOW)
        later = NOW + HOUR
        assert await answers.mark(connection, first[0], ME, AnswerState.QUEUED, NOW, not_before=later)
        assert await answers.claim(connection, ME, NOW, LEASE, 10) == []  # "iki" waits for "bir"
        (again,) = await answers.claim(connection, ME, later, LEASE, 10)
        assert (again.body["text"], again.attempts) == ("bir", 2)
        assert await answers.mark(connection, again, ME, AnswerState.SENT, later, telegram_message_id=9)
        assert not await answers.mark(connection, again, ME, AnswerState.SENT, later)
        (last,) = await answers.claim(connection, ME, later, LEASE, 10)
        assert last.body["text"] == "iki"
        assert await answers.purge(connection, NOW) == 0
        # Chat 1 is nobody's: its answer was forgotten with the sending.
        assert await answers.purge(connection, NOW + HOUR) == 2


async def test_an_update_is_kept_once_and_done_once(db: Database) -> None:
    raw = {"update_id": 2**40, "message": {"chat": {"id": -1001}, "text": "şğİı \U0001f600"}}
    tap = {"update_id": 2**40 - 1, "callback_query": {"from": {"id": 4}, "message": {"chat": {"id": 4}}}}
    async with db.write() as connection:
        assert await inbox.put(connection, [raw, tap, raw], NOW) == 2
        assert await inbox.put(connection, [raw], NOW) == 0
        rows = await inbox.open_rows(connection)
        assert [(row.chat_id, row.body, row.attempts) for row in rows] == [(4, tap, 0), (-1001, raw, 0)]
        assert await inbox.done(connection, 2**40, NOW)
        assert not await inbox.done(connection, 2**40, NOW)
        await inbox.failed(connection, 2**40 - 1, NOW, final=False)
        assert [row.attempts for row in await inbox.open_rows(connection)] == [1]
        assert await inbox.purge(connection, NOW + HOUR) == 1
        await inbox.failed(connection, 2**40 - 1, NOW, final=True)
        assert await inbox.open_rows(connection) == []
        left = (await connection.execute(select(inbox_table))).one()
        assert (left.state, left.body) == (InboxState.FAILED, None)


async def test_who_asked_for_a_link_is_found_once_in_the_own_language(db: Database) -> None:
    async with db.write() as connection:
        first, second = await subscribe(connection, 1, "tr"), await subscribe(connection, 2, "en")
        notice_id = await notices.add_document(connection, replace(CIRCULAR, notices=(ALLIANCE,)), NOW)
        assert await link_requests.ask(connection, first, notice_id, NOW)
        assert not await link_requests.ask(connection, first, notice_id, NOW)
        assert await link_requests.ask(connection, second, None, NOW)
        found = await link_requests.waiting(connection, [notice_id], Kind.ALLIANCE)
        assert [(one.chat_id, one.language) for one in found] == [(1, "tr"), (2, "en")]
        assert len(await link_requests.waiting(connection, [notice_id], Kind.TRAINING)) == 1
        await link_requests.told(connection, [one.request_id for one in found], NOW)
        assert await link_requests.waiting(connection, [notice_id], Kind.ALLIANCE) == ()


async def test_reminders_are_written_once_due_once_and_end(db: Database) -> None:
    notice_id, first, second = await reminded(db)
    month = NOW + timedelta(days=30)
    async with db.write() as connection:
        (deadline,) = await reminders.deadlines_without_automatic(connection, NOW, month)
        assert deadline.notice_id == notice_id
        soon = NOW + HOUR
        assert await reminders.write_automatic(connection, deadline.event_id, notice_id, soon) == 2
        assert await reminders.write_automatic(connection, deadline.event_id, notice_id, soon) == 0
        assert await reminders.deadlines_without_automatic(connection, NOW, month) == []
        await reminders.write(connection, second, deadline.event_id, "1d", soon)
        await reminders.write(connection, second, deadline.event_id, "1d", month)  # the first word stands
        assert await reminders.waiting(connection) == 3
        assert await reminders.due(connection, NOW) == []
        due = await reminders.due(connection, soon)
        assert [one.member_id for one in due] == [first, second, second]
        assert {(one.event_kind, one.at) for one in due} == {(EventKind.DEADLINE, deadline.at)}
        await reminders.mark(connection, [due[0].id], ReminderState.SENT)
        assert await reminders.end_for_notice(connection, second, notice_id) == 2
        assert await reminders.due(connection, soon) == []
        await reminders.write(connection, second, deadline.event_id, "1d", soon)  # asked for anew
        assert len(await reminders.due(connection, soon)) == 1
        await members.set_state(connection, second, MemberState.STOPPED, NOW)
        assert await reminders.due(connection, soon) == []
        await reminders.end_for_stopped(connection, soon)
        assert await reminders.waiting(connection) == 0


async def test_a_source_and_its_items_are_known_again(db: Database) -> None:
    async with db.write() as connection:
        made = await sources.ensure(connection, "ECHA", "https://echa.example/rss")
        assert (made.last_ok_at, made.failures) == (None, 0)
        assert await sources.due(connection, ["ECHA", "new"], NOW) == ("ECHA", "new")
        tag = Validators("etag", "yesterday", "sha")
        await sources.succeeded(connection, made.id, NOW, NOW + HOUR, validators=tag, quarantined=2)
        await sources.succeeded(connection, made.id, NOW, NOW + HOUR, had_news=True)
        await sources.failed(connection, made.id, NOW, NOW + HOUR, "x" * 900)
        assert await sources.due(connection, ["ECHA"], NOW) == ()
        kept = (await sources.every(connection))["ECHA"]
        assert (kept.etag, kept.quarantined, kept.failures, len(kept.last_error or "")) == ("etag", 2, 1, 500)
        assert kept.last_item_at == NOW
        moved = await sources.ensure(connection, "ECHA", "https://other.example/rss")
        assert (moved.id, moved.etag, moved.last_ok_at) == (made.id, None, None)

        facts: dict[str, Any] = {
            "url": "https://a.example",
            "title": "Başlık",
            "published_on": date(2026, 11, 20),
        }
        item_id = await items.mark_seen(connection, made.id, "guid", "hash", NOW, **facts)
        assert item_id is not None
        assert await items.mark_seen(connection, made.id, "guid", "hash", NOW, **facts) is None
        await items.mark_announced(connection, item_id)
        await items.mark_changed(connection, item_id, "hash2", "Yeni", None)
        known = await items.known(connection, made.id, ["guid", *(f"no {n}" for n in range(1200))])
        assert [(one.id, one.content_hash, one.announced) for one in known.values()] == [
            (item_id, "hash2", True)
        ]
        assert [one.title for one in await items.announced_since(connection, NOW)] == ["Yeni"]
        assert [one.published_on for one in await items.seen_at(connection, "ECHA", NOW, limit=5)] == [
            "2026-11-20"
        ]


async def test_small_things_are_kept_replaced_and_forgotten(db: Database) -> None:
    async with db.write() as connection:
        await throttle.put(connection, "all", 5_000)
        await throttle.put(connection, "all", 2**41)
        await throttle.put(connection, "chat:1", 1_000)
        assert await throttle.load(connection, 1_000) == {"all": 2**41}
        await dialogues.put(connection, 1, 2, "topic", {"text": "ş"}, NOW)
        await dialogues.put(connection, 1, 2, "date", {"id": 2**40}, NOW)
        assert await dialogues.get(connection, 1, 2) == dialogues.Dialogue("date", {"id": 2**40})
        await dialogues.clear(connection, 1, 2)
        assert await dialogues.get(connection, 1, 2) is None
        await meta.put(connection, "key", "1")
        await meta.put(connection, "key", "2")
        assert await meta.get(connection, "key") == "2"
        await staff_people.seen(connection, 2**40, "Elif", "tr", NOW)
        await staff_people.seen(connection, 2**40, "Elif Kaya", "en", NOW)
        assert await staff_people.names(connection, [2**40, 9]) == ["Elif Kaya", "9"]
        await audit.write(connection, NOW, 2**40, "release", "notice:1", {"version": 3})
        await audit.write(connection, NOW, None, "poll", "source:1")
        rows = (await connection.execute(select(audit_table).order_by(audit_table.c.id))).all()
        assert [(row.at, row.detail) for row in rows] == [(epoch(NOW), {"version": 3}), (epoch(NOW), None)]


async def test_a_sending_is_told_when_all_of_it_has_ended(db: Database) -> None:
    async with db.write() as connection:
        await subscribe(connection, 1)
        first = await add_broadcast(connection, NOW, "bir")
        second = await add_broadcast(connection, NOW, "iki")
        assert [one.finished for one in await reports.sendings(connection)] == [False, False]
        assert await reports.sendings(connection, unreported=True) == ()
        claims = await leases.claim(connection, ME, NOW, LEASE, 10)
        for claim in claims:
            await leases.mark(connection, [Result(claim, DeliveryState.SENT, 1)], ME, NOW)
        assert sorted(await leases.finish(connection, NOW)) == [first, second]
        told = await reports.sendings(connection, unreported=True, limit=1)
        assert [one.broadcast_ids for one in told] == [(first,)]
        await reports.mark_reported(connection, [first], NOW)
        assert [one.broadcast_ids for one in await reports.sendings(connection, unreported=True)] == [
            (second,)
        ]
        tally = await outbox.tally(connection, first)
        assert (tally.sent, tally.total, tally.audience) == (1, 1, 1)

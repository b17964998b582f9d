"""Polling over real HTTP into a real database: once, to the right people, whatever the source does."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from sqlalchemy import func, select

from bot.domain.glossary import Glossary
from bot.errors import FetchError
from bot.flows.ingest import PollResult, due_specs, poll_all, poll_source
from bot.sources.fetch import Fetcher
from bot.sources.registry import SourceSpec
from bot.store import sources
from bot.store.notices import drafts
from bot.store.sources import SourceState
from bot.store.tables import NoticeState, answer, delivery, item, message, notice
from tests.feed_server import FeedServer, feed_server
from tests.integration.office import (
    APPROVER,
    EDITOR,
    KIT,
    NOW,
    OTHER_APPROVER,
    TOPICS,
    VIEWER,
    Office,
    answers_to,
    office,
    subscribe,
)

MINUTE = timedelta(minutes=1)


def entry(n: int | str, title: str = "", *, link: str = "", text: str = "The Commission has news.") -> str:
    return (
        f"<item><title>{escape(title or f'News number {n} about CBAM')}</title><guid>{n}</guid>"
        f"<link>{escape(link or f'https://news.example/{n}')}</link>"
        f"<description>{escape(escape(text))}</description>"
        f"<pubDate>Mon, 23 Nov 2026 09:00:00 GMT</pubDate></item>"
    )


def feed(*entries: str) -> bytes:
    return f'<rss version="2.0"><channel><title>News</title>{"".join(entries)}</channel></rss>'.encode()


@dataclass
class Desk:
    """An office, a feed server and a source set up on it."""

    house: Office
    server: FeedServer
    spec: SourceSpec
    wakes: list[int] = field(default_factory=list)

    async def poll(
        self, *entries: str, spec: SourceSpec | None = None, now: datetime = NOW, body: bytes | None = None
    ) -> PollResult:
        self.server.body = body if body is not None else feed(*entries)
        return await poll_source(
            self.house.db,
            spec or self.spec,
            Fetcher(),
            now,
            KIT,
            self.house.staff,
            TOPICS,
            wake=lambda: self.wakes.append(1),
        )

    async def state(self, name: str = "News") -> SourceState:
        async with self.house.db.read() as connection:
            found = await sources.get(connection, name)
        assert found is not None
        return found

    async def count(self, table: object) -> int:
        async with self.house.db.read() as connection:
            statement = select(func.count()).select_from(table)  # type: ignore[arg-type]
            return int((await connection.execute(statement)).scalar_one())

    async def told(self, user_id: int) -> list[str]:
        async with self.house.db.read() as connection:
            return await answers_to(connection, user_id)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with office(tmp_path) as house, feed_server() as server:
        spec = SourceSpec(
            "News", f"{server.url}/feed.xml", topics=("cbam",), allow_private=True, interval=10 * MINUTE
        )
        yield Desk(house, server, spec)


@pytest.fixture
def auto(desk: Desk) -> SourceSpec:
    return replace(desk.spec, policy="auto")


async def test_the_first_poll_announces_nothing_and_the_next_only_what_is_new(desk: Desk) -> None:
    first = await desk.poll(entry(1), entry(2))
    assert (first.found, first.new, first.drafted, first.announced) == (2, 2, 0, 0)
    assert await desk.count(notice) == 0
    second = await desk.poll(entry(3), entry(1), entry(2))
    assert (second.found, second.new, second.drafted) == (3, 1, 1)
    async with desk.house.db.read() as connection:
        (draft,) = await drafts(connection)
    assert draft.facts.title == "News number 3 about CBAM"
    assert (draft.source_name, draft.source_url) == ("News", "https://news.example/3")
    assert (draft.state, draft.author_id, draft.facts.topics) == (NoticeState.DRAFT, None, ("cbam",))
    assert draft.document_date == datetime(2026, 11, 23).date()  # noqa: DTZ001


async def test_an_empty_first_poll_is_a_first_poll(desk: Desk) -> None:
    assert (await desk.poll()).new == 0
    assert (await desk.poll(entry(1))).drafted == 1


async def test_those_who_may_edit_get_one_message_in_their_language(desk: Desk) -> None:
    await desk.poll()
    titles = [f"<b>Title</b> & number {n} /stop" for n in range(7)]
    await desk.poll(*(entry(n, f"{n} <script> {title}") for n, title in enumerate(titles)))
    for person in (EDITOR, APPROVER):
        (text,) = await desk.told(person)
        assert "/taslaklar" in text
        assert text.count("•") == 5
        assert "ve 2 haber daha" in text
    (english,) = await desk.told(OTHER_APPROVER)
    assert "<b>News</b>: 7 new drafts await your review." in english
    assert "&lt;script&gt; &lt;b&gt;Title&lt;/b&gt; &amp; number" in english
    assert "/drafts" in english
    assert await desk.told(VIEWER) == []
    assert desk.wakes == [1]


async def test_an_automatic_source_reaches_its_subscribers_at_once_and_once(
    desk: Desk, auto: SourceSpec
) -> None:
    async with desk.house.db.write() as connection:
        await subscribe(connection, 1, "tr", ["cbam"])
        await subscribe(connection, 2, "en", ["cbam"])
        await subscribe(connection, 3, "tr", ["reach_clp"])
    await desk.poll(spec=auto)
    hostile = "A < B && C <script>alert(1)</script>"
    result = await desk.poll(entry(1, hostile), spec=auto)
    assert (result.announced, result.drafted) == (1, 0)
    assert await desk.count(delivery) == 2
    async with desk.house.db.read() as connection:
        bodies = (await connection.execute(select(message.c.body))).scalars().all()
    assert len(bodies) == 2
    assert all("A &lt; B &amp;&amp; C &lt;script&gt;alert(1)&lt;/script&gt;" in b["text"] for b in bodies)
    assert await desk.told(EDITOR) == []
    again = await desk.poll(entry(1, hostile), entry(1, hostile), spec=auto)
    assert (again.new, again.announced, await desk.count(delivery)) == (0, 0, 2)


async def test_what_has_no_topic_is_not_sent_but_shown_to_staff(desk: Desk, auto: SourceSpec) -> None:
    spec = replace(auto, topics=())
    await desk.poll(spec=spec)
    result = await desk.poll(entry(1, "Something about fisheries"), spec=spec)
    assert (result.announced, result.drafted) == (0, 1)
    assert len(await desk.told(EDITOR)) == 1


async def test_news_of_a_meeting_is_for_its_topic_not_for_every_subscriber(
    desk: Desk, auto: SourceSpec
) -> None:
    async with desk.house.db.write() as connection:
        await subscribe(connection, 1, "tr", ["cbam"])
        await subscribe(connection, 2, "tr", ["reach_clp"])
    await desk.poll(spec=auto)
    await desk.poll(entry(1, "Genel Kurul toplantısı ve üyelik aidatı"), spec=auto)
    async with desk.house.db.read() as connection:
        assert (await connection.execute(select(notice.c.everyone))).scalar_one() == 0
    assert await desk.count(delivery) == 1


async def test_a_flood_is_held_back_after_twenty(desk: Desk, auto: SourceSpec) -> None:
    await desk.poll(spec=auto)
    result = await desk.poll(*(entry(n) for n in range(25)), spec=auto)
    assert (result.new, result.announced, result.drafted) == (25, 20, 5)
    async with desk.house.db.read() as connection:
        held = [draft.facts.title for draft in await drafts(connection)]
    assert sorted(held) == sorted(f"News number {n} about CBAM" for n in range(20, 25))
    (text,) = await desk.told(EDITOR)
    assert "kaynağı kontrol ediniz" in text


async def test_an_edited_item_is_noted_and_not_sent_again(desk: Desk, auto: SourceSpec) -> None:
    await desk.poll(spec=auto)
    await desk.poll(entry(1), spec=auto)
    edited = await desk.poll(entry(1, "News number 1 about CBAM, edited"), spec=auto)
    assert (edited.new, edited.changed, edited.announced) == (0, 1, 0)
    assert await desk.count(notice) == 1
    body = feed(entry(1, "News number 1 about CBAM, edited")) + b"\n"
    same = await desk.poll(body=body, spec=auto)
    assert (same.changed, same.unchanged) == (0, False)


async def test_what_has_not_changed_is_not_read_again(desk: Desk) -> None:
    desk.server.etag = '"1"'
    assert not (await desk.poll(entry(1))).unchanged
    assert (await desk.poll(entry(1))).unchanged  # 304
    assert desk.server.requests[-1]["If-None-Match"] == '"1"'
    desk.server.etag = '"2"'
    assert (await desk.poll(entry(1))).unchanged  # another ETag, the same body
    assert (await desk.state()).etag == '"2"'
    assert not (await desk.poll(entry(1), entry(2), now=NOW)).new  # the ETag says it is the same
    desk.server.etag = '"3"'
    assert (await desk.poll(entry(1), entry(2))).new == 1


@pytest.mark.parametrize(
    ("second", "later_on"),
    [
        # The same page or title is news again after a week.
        (entry("x", "Another title, same page", link="http://www.news.example/1/?utm_source=rss"), (0, 1)),
        (entry("y", "NEWS NUMBER 1: about CBAM", link="https://other.example/a"), (0, 1)),
    ],
)
async def test_the_same_news_from_another_source_is_announced_once(
    desk: Desk, auto: SourceSpec, second: str, later_on: tuple[int, int]
) -> None:
    async with feed_server() as elsewhere:
        other = replace(auto, name="Other", url=f"{elsewhere.url}/feed.xml")
        await desk.poll(spec=auto)
        elsewhere.body = feed()
        await poll_source(desk.house.db, other, Fetcher(), NOW, KIT, desk.house.staff, TOPICS)
        assert (await desk.poll(entry(1), spec=auto)).announced == 1
        elsewhere.body = feed(second)
        result = await poll_source(desk.house.db, other, Fetcher(), NOW, KIT, desk.house.staff, TOPICS)
        assert (result.new, result.duplicates, result.announced) == (1, 1, 0)
        assert await desk.count(notice) == 1
        later = NOW + timedelta(days=8)
        elsewhere.body = feed(second.replace("<guid>", "<guid>later-"))
        result = await poll_source(desk.house.db, other, Fetcher(), later, KIT, desk.house.staff, TOPICS)
        assert (result.duplicates, result.announced) == later_on


async def test_an_item_only_marked_at_a_first_poll_keeps_nobodys_news_back(
    desk: Desk, auto: SourceSpec
) -> None:
    async with feed_server() as elsewhere:
        elsewhere.body = feed()
        other = replace(auto, name="Other", url=f"{elsewhere.url}/feed.xml")
        await poll_source(desk.house.db, other, Fetcher(), NOW, KIT, desk.house.staff, TOPICS)
        await desk.poll(entry(1), spec=auto)
        elsewhere.body = feed(entry(1))
        result = await poll_source(desk.house.db, other, Fetcher(), NOW, KIT, desk.house.staff, TOPICS)
        assert result.announced == 1


async def test_failures_are_told_and_polled_ever_more_rarely_but_at_least_daily(desk: Desk) -> None:
    await desk.poll(entry(1))
    waits = []
    for _ in range(12):
        result = await desk.poll(body=b"<html><body>maintenance</body></html>")
        assert result.problem is not None
        assert result.problem.key == "source.not_a_feed_html"
        state = await desk.state()
        waits.append(state.next_poll_at - NOW)
    assert waits[:3] == [20 * MINUTE, 40 * MINUTE, 80 * MINUTE]
    assert max(waits) == waits[-1] == timedelta(hours=24)
    assert (state.failures, state.last_error) == (12, "This is a web page (HTML), not a feed.")
    assert state.last_ok_at == NOW
    recovered = await desk.poll(entry(1), entry(2), now=NOW + MINUTE)
    assert (recovered.new, recovered.problem) == (1, None)
    state = await desk.state()
    assert (state.failures, state.last_error, state.next_poll_at) == (0, None, NOW + 11 * MINUTE)


async def test_a_busy_source_is_left_alone_as_long_as_it_asks(desk: Desk) -> None:
    busy = replace(desk.spec, url=f"{desk.server.url}/busy?wait=36000")
    result = await desk.poll(spec=busy)
    assert isinstance(result.problem, FetchError)
    assert (await desk.state()).next_poll_at == NOW + timedelta(hours=10)
    impatient = replace(desk.spec, url=f"{desk.server.url}/busy?wait=1")
    await desk.poll(spec=impatient)
    assert (await desk.state()).next_poll_at == NOW + 20 * MINUTE


async def test_one_sources_failure_touches_no_other_and_each_is_due_in_its_own_time(desk: Desk) -> None:
    broken = replace(desk.spec, name="Broken", url=f"{desk.server.url}/nowhere")
    page = replace(desk.spec, name="Page", kind="page")
    specs = (broken, desk.spec, page)
    assert await due_specs(desk.house.db, specs, NOW) == specs
    desk.server.body = feed(entry(1))
    ended: list[PollResult] = []
    db, staff = desk.house.db, desk.house.staff
    results = await poll_all(db, specs, Fetcher(), NOW, KIT, staff, TOPICS, done=ended.append)
    problems = [result.problem.key if result.problem else None for result in results]
    assert problems == ["source.status", None, "source.kind"]
    assert sorted(result.name for result in ended) == ["Broken", "News", "Page"]
    assert await due_specs(desk.house.db, specs, NOW + 9 * MINUTE) == ()
    assert await due_specs(desk.house.db, specs, NOW + 10 * MINUTE) == (desk.spec,)
    assert await due_specs(desk.house.db, specs, NOW + 20 * MINUTE) == specs


async def test_unusable_entries_are_counted_and_the_others_go_on(desk: Desk) -> None:
    await desk.poll()
    bad = "<item><title>x</title><guid>bad</guid><pubDate>Mon, 01 Jan 9999 00:00:00 GMT</pubDate></item>"
    result = await desk.poll(bad, entry(1))
    assert (result.quarantined, result.drafted) == (1, 1)
    assert (await desk.state()).quarantined == 1


class Stumbling(Glossary):
    """A glossary that cannot stand a word."""

    def found_in(self, text: str, language: str) -> tuple[tuple[str, str], ...]:
        if "poison" in text:
            raise ValueError("poison")
        return ()


async def test_an_item_that_cannot_be_sent_becomes_a_draft_and_the_others_are_sent(
    desk: Desk, auto: SourceSpec
) -> None:
    async with desk.house.db.write() as connection:
        await subscribe(connection, 1, "tr", ["cbam"])
        await subscribe(connection, 2, "en", ["cbam"])
    await desk.poll(spec=auto)
    desk.server.body = feed(entry(1), entry(2, "Much poison in CBAM"), entry(3))
    kit = replace(KIT, glossary=Stumbling())
    result = await poll_source(desk.house.db, auto, Fetcher(), NOW, kit, desk.house.staff, TOPICS)
    assert (result.new, result.announced, result.drafted, result.problem) == (3, 2, 1, None)
    assert (await desk.count(notice), await desk.count(delivery)) == (3, 4)
    async with desk.house.db.read() as connection:
        (draft,) = await drafts(connection)
    assert draft.facts.title == "Much poison in CBAM"


async def test_a_new_address_begins_anew_without_announcing_what_it_holds(desk: Desk) -> None:
    await desk.poll(entry(1))
    moved = replace(desk.spec, url=f"{desk.server.url}/feed.xml?moved")
    assert (await desk.poll(entry("a"), entry("b"), spec=moved)).drafted == 0
    assert (await desk.poll(entry("c"), entry("a"), entry("b"), spec=moved)).drafted == 1


CRASHING = """
import asyncio, os, sys
from bot.flows import ingest
from bot.sources.fetch import Fetcher
from bot.sources.registry import SourceSpec
from bot.store.db import open_database
from sqlalchemy import event
from tests.integration.office import KIT, NOW, STAFF, TOPICS

async def main(url, feed, die_at):
    db = open_database(url)
    seen = 0
    @event.listens_for(db.engine.sync_engine, "before_cursor_execute")
    def count(connection, cursor, statement, *rest):
        nonlocal seen
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            seen += 1
            if seen == die_at:
                os.kill(os.getpid(), 9)
    spec = SourceSpec("News", feed, policy="auto", topics=("cbam",), allow_private=True)
    result = await ingest.poll_source(db, spec, Fetcher(), NOW, KIT, STAFF, TOPICS)
    await db.close()
    assert result.problem is None, result.problem

asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
"""


async def test_a_crash_at_any_write_loses_nothing_and_repeats_nothing(desk: Desk, auto: SourceSpec) -> None:
    async with desk.house.db.write() as connection:
        await subscribe(connection, 1, "tr", ["cbam"])
    await desk.poll(spec=auto)
    desk.server.body = feed(entry(1), entry(2))
    url = str(desk.house.db.engine.url)
    root = Path(__file__).parent.parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root)}
    crashes = 0
    for die_at in range(1, 200, 5):
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", CRASHING, url, auto.url, str(die_at), cwd=root, env=environment
        )
        if await child.wait() == 0:
            break
        assert child.returncode == -9
        crashes += 1
        assert (await desk.count(notice), await desk.count(delivery)) == (0, 0)
        assert await desk.count(item) == 0
    assert crashes >= 3
    assert (await desk.count(notice), await desk.count(delivery), await desk.count(item)) == (2, 2, 2)
    assert await desk.count(answer) == 0
    assert (await desk.poll(entry(1), entry(2), spec=auto)).new == 0

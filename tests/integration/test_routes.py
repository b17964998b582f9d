"""The same news by staff and by a source: over real HTTP into a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from bot.domain.notice import Document, Link, LinkRole, Notice
from bot.flows.broadcast import release
from bot.flows.ingest import PollResult, poll_source
from bot.sources.fetch import Fetcher
from bot.sources.registry import SourceSpec
from bot.store.notices import StoredNotice, add_document, drafts, get
from tests.feed_server import feed_server
from tests.integration.office import EDITOR, KIT, NOW, TOPICS, Office, office, subscribe
from tests.integration.test_ingest import entry, feed

PRESS = "https://ec.example/presscorner/detail/en/ip_26_1799"
Poll = Callable[..., Awaitable[PollResult]]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as built:
        async with built.db.write() as connection:
            await subscribe(connection, 1, "tr", ["cbam"])
        yield built


@pytest.fixture
async def poll(house: Office) -> AsyncIterator[Poll]:
    """Polls a source that has been polled once; ``auto`` sends at once."""
    async with feed_server() as server:

        async def run(*entries: str, auto: bool = True) -> PollResult:
            policy: Literal["auto", "review"] = "auto" if auto else "review"
            spec = SourceSpec(
                "News", f"{server.url}/feed.xml", topics=("cbam",), policy=policy, allow_private=True
            )
            server.body = feed(*entries)
            return await poll_source(house.db, spec, Fetcher(), NOW, KIT, house.staff, TOPICS)

        await run()
        yield run


async def sent_by_staff(house: Office, page: str, *, days_ago: int = 0) -> int:
    facts = Notice("İttifak çağrısı", topics=("cbam",), links=(Link(page, LinkRole.SOURCE),))
    at = NOW - timedelta(days=days_ago)
    async with house.db.write() as connection:
        document = Document("tr", None, None, (facts,), ("Bakanlık", "TİM"))
        notice_id = await add_document(connection, document, at)
        await release(connection, notice_id, at, released_by=EDITOR, rendering=KIT)
    return notice_id


async def stored(house: Office, notice_id: int) -> StoredNotice:
    async with house.db.read() as connection:
        found = await get(connection, notice_id)
    assert found is not None
    return found


async def test_what_staff_have_sent_is_not_sent_again_by_a_source_but_its_route_is_kept(
    house: Office, poll: Poll
) -> None:
    sent = await sent_by_staff(house, PRESS)
    same = entry("a", "Press release on CBAM IP/26/1799", link="https://other.example/a")
    result = await poll(same, entry("b"))
    assert (result.duplicates, result.announced) == (1, 1)
    assert (await stored(house, sent)).path == ("Bakanlık", "TİM", "News")


@pytest.mark.parametrize("days_ago", [0, 20])
async def test_a_source_for_review_makes_a_draft_with_a_hint_instead(
    house: Office, poll: Poll, days_ago: int
) -> None:
    sent = await sent_by_staff(house, "https://news.example/7", days_ago=days_ago)
    assert (await poll(entry(7), auto=False)).drafted == 1
    async with house.db.read() as connection:
        (draft,) = await drafts(connection)
    assert draft.hints.same == ((sent, "address"),)
    assert draft.path == ("Bakanlık", "TİM", "News")


async def test_a_like_title_alone_keeps_no_source_back(house: Office, poll: Poll) -> None:
    facts = Notice("News number 1 about CBAM", topics=("cbam",), language="en")
    async with house.db.write() as connection:
        notice_id = await add_document(connection, Document("en", None, None, (facts,)), NOW)
        await release(connection, notice_id, NOW, released_by=EDITOR, rendering=KIT)
    assert (await poll(entry(1))).announced == 1

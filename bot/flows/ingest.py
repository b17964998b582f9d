"""Sources to notices: fetch and understand outside the transaction, store everything in one.

The cache validators, the seen marks, the notices and their outbox rows are committed together: a crash
before the commit repeats the poll, a crash after it repeats nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.notice import Link, LinkRole, Notice
from bot.domain.permissions import Staff
from bot.domain.topic import TopicTable
from bot.errors import FeedError, FetchError, SirkulerError, SourceError
from bot.flows.news import MOST_AT_ONCE, News, hand_over
from bot.flows.translate import Translating
from bot.rendering.kit import RenderingKit
from bot.sources.feed import Feed, FeedEntry, parse_feed
from bot.sources.fetch import Fetcher, NotChanged
from bot.sources.registry import SourceSpec
from bot.store import items, sources
from bot.store.db import Database
from bot.store.sources import SourceState, Validators
from bot.understanding.extract import understand_item

LONGEST_WAIT = timedelta(hours=24)
"""A source that fails is polled ever more rarely, but never given up."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PollResult:
    """What a poll brought: entries ``found`` in the feed; those ``new`` and ``changed`` since the last poll.

    Of the new ones ``announced`` were sent, ``drafted`` wait for staff, ``duplicates`` had been announced
    from another source, and none of these on a source's first poll. ``quarantined`` entries were unusable.
    ``problem`` is the error that ended the poll, ``unchanged`` means that there was nothing to read anew.
    """

    name: str
    found: int = 0
    new: int = 0
    changed: int = 0
    announced: int = 0
    quarantined: int = 0
    problem: SirkulerError | None = None
    unchanged: bool = False
    drafted: int = 0
    duplicates: int = 0


@dataclass(frozen=True, slots=True)
class _Visit:
    """What a visit brought. ``feed`` is None when nothing had changed, ``news`` are entries not seen yet."""

    validators: Validators | None = None
    feed: Feed | None = None
    news: tuple[News, ...] = ()


async def poll_source(
    db: Database,
    spec: SourceSpec,
    fetcher: Fetcher,
    now: datetime,
    kit: RenderingKit,
    staff: Staff,
    topics: TopicTable,
    *,
    wake: Callable[[], None] | None = None,
    translating: Translating | None = None,
) -> PollResult:
    """Poll a source whether it is due or not. Errors of the source are in the result, not raised.

    The first poll of a source (or of its new address) announces nothing. ``wake`` is called after the
    commit when there is something to send.
    """
    state = await _state(db, spec)
    try:
        visit = await _visit(db, spec, state, fetcher, topics)
        if translating is not None:
            visit = replace(visit, news=await _translated(visit.news, translating))
        async with db.write() as connection:
            result = await _store(connection, spec, state, visit, now, kit, staff)
    except SirkulerError as error:
        return await _failed(db, spec, state, now, error)
    except Exception:
        log.exception("Polling the source %r failed", spec.name)
        problem = SourceError("Something unexpected went wrong with the source.", key="source.failed")
        return await _failed(db, spec, state, now, problem)
    if wake is not None and (result.announced or result.drafted):
        wake()
    return result


async def poll_all(
    db: Database,
    specs: Sequence[SourceSpec],
    fetcher: Fetcher,
    now: datetime,
    kit: RenderingKit,
    staff: Staff,
    topics: TopicTable,
    *,
    wake: Callable[[], None] | None = None,
    done: Callable[[PollResult], None] | None = None,
    in_flight: int = 4,
    translating: Translating | None = None,
) -> tuple[PollResult, ...]:
    """Poll several sources, a few at a time; ``done`` is called as each ends. Results in the order given."""
    places = asyncio.Semaphore(in_flight)

    async def one(spec: SourceSpec) -> PollResult:
        async with places:
            result = await poll_source(
                db, spec, fetcher, now, kit, staff, topics, wake=wake, translating=translating
            )
        if done is not None:
            done(result)
        return result

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(spec)) for spec in specs]
    return tuple(task.result() for task in tasks)


async def due_specs(db: Database, specs: Sequence[SourceSpec], now: datetime) -> tuple[SourceSpec, ...]:
    """The sources whose time to be polled has come."""
    async with db.read() as connection:
        names = await sources.due(connection, [spec.name for spec in specs], now)
    return tuple(spec for spec in specs if spec.name in names)


async def _state(db: Database, spec: SourceSpec) -> SourceState:
    async with db.read() as connection:
        state = await sources.get(connection, spec.name)
    if state is not None and state.url == spec.url:
        return state
    async with db.write() as connection:
        return await sources.ensure(connection, spec.name, spec.url)


async def _visit(
    db: Database, spec: SourceSpec, state: SourceState, fetcher: Fetcher, topics: TopicTable
) -> _Visit:
    """Fetch, parse and understand; no transaction is open meanwhile. Raises ``SourceError``."""
    if spec.kind != "feed":
        raise FeedError(
            f"Sources of this kind ({spec.kind}) cannot be read yet; only RSS and Atom feeds can.",
            key="source.kind",
            kind=spec.kind,
        )
    answer = await fetcher.fetch(
        spec.url,
        etag=state.etag,
        last_modified=state.last_modified,
        allow_private=spec.allow_private,
    )
    if isinstance(answer, NotChanged):
        return _Visit()
    digest = hashlib.sha256(answer.body).hexdigest()
    validators = Validators(answer.etag, answer.last_modified, digest)
    if digest == state.body_sha256:
        return _Visit(validators)
    feed = await parse_feed(answer.body, answer.url)
    async with db.read() as connection:
        known = await items.known(connection, state.id, [entry.identity for entry in feed.entries])
    fresh = [entry for entry in feed.entries if entry.identity not in known]
    if state.last_ok_at is None:  # the first poll only marks what is there
        return _Visit(validators, feed, tuple(News(entry) for entry in fresh))
    understood = await asyncio.to_thread(lambda: [_understand(entry, spec, topics) for entry in fresh])
    return _Visit(validators, feed, tuple(map(News, fresh, understood)))


async def _translated(news: Sequence[News], translating: Translating) -> tuple[News, ...]:
    """The news with their translations, those of a flood (which waits for people) without."""
    return tuple(
        [
            News(one.entry, await translating.translated(one.facts))
            if one.facts and number < MOST_AT_ONCE
            else one
            for number, one in enumerate(news)
        ]
    )


def _understand(entry: FeedEntry, spec: SourceSpec, topics: TopicTable) -> Notice:
    """The entry's facts with the source's topics. One that breaks the understanding is left to people."""
    try:
        facts = understand_item(
            entry.title,
            entry.text,
            entry.url,
            topics=topics,
            published=entry.published_on,
            language=spec.language,
        )
    except Exception:
        log.exception("An item of %r could not be understood", spec.name)
        links = (Link(entry.url, LinkRole.SOURCE),) if entry.url else ()
        return Notice(entry.title, language=spec.language, text=entry.text, links=links, confidence=0.0)
    return replace(facts, topics=tuple(dict.fromkeys((*facts.topics, *spec.topics))))


async def _store(
    connection: AsyncConnection,
    spec: SourceSpec,
    state: SourceState,
    visit: _Visit,
    now: datetime,
    kit: RenderingKit,
    staff: Staff,
) -> PollResult:
    result = PollResult(spec.name, unchanged=visit.feed is None)
    quarantined = None
    if visit.feed is not None:
        changed = await _note_changes(connection, state, visit.feed)
        handed = await hand_over(connection, spec, state, visit.news, now, kit, staff)
        quarantined = visit.feed.quarantined + handed.quarantined
        result = PollResult(
            spec.name,
            found=len(visit.feed.entries),
            new=handed.new,
            changed=changed,
            announced=handed.announced,
            quarantined=quarantined,
            drafted=handed.drafted,
            duplicates=handed.duplicates,
        )
    await sources.succeeded(
        connection,
        state.id,
        now,
        now + spec.interval,
        validators=visit.validators,
        quarantined=quarantined,
        had_news=result.new > 0,
    )
    return result


async def _note_changes(connection: AsyncConnection, state: SourceState, feed: Feed) -> int:
    """Keep the new hash of edited entries. What was announced stays as it was: nothing is sent again."""
    known = await items.known(connection, state.id, [entry.identity for entry in feed.entries])
    changed = 0
    for entry in feed.entries:
        seen = known.get(entry.identity)
        if seen is not None and seen.content_hash != entry.content_hash:
            await items.mark_changed(connection, seen.id, entry.content_hash, entry.title, entry.url)
            changed += 1
    return changed


async def _failed(
    db: Database, spec: SourceSpec, state: SourceState, now: datetime, problem: SirkulerError
) -> PollResult:
    """Note the failure; the next poll is the interval doubled for each failure away, at most a day, and no
    sooner than the server asks."""
    wait = min(spec.interval * 2 ** min(state.failures + 1, 16), LONGEST_WAIT)
    if isinstance(problem, FetchError) and problem.retry_after is not None:
        wait = max(wait, problem.retry_after)
    async with db.write() as connection:
        await sources.failed(connection, state.id, now, now + wait, problem.sentence)
    return PollResult(spec.name, problem=problem)

"""New items of a source: seen, compared with what others announced, then drafted or sent."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.domain.audience import Audience, audience_of
from bot.domain.identity import title_key, url_key
from bot.domain.notice import Document, Nature, Notice
from bot.domain.outgoing import Send
from bot.domain.permissions import Action, Staff
from bot.domain.same_news import merge_routes
from bot.flows.broadcast import release
from bot.flows.kin import suggest, surely_sent
from bot.rendering.kit import RenderingKit
from bot.rendering.markup import join, shorten, untrusted
from bot.sources.feed import FeedEntry
from bot.sources.registry import SourceSpec
from bot.store import answers, audience, items, notices, relations, staff_people
from bot.store.items import Announced
from bot.store.notices import StoredNotice
from bot.store.sources import SourceState

MOST_AT_ONCE = 20
"""More new items than this in one poll are a broken feed, not news: the rest waits for people."""
SAME_NEWS = timedelta(days=7)
"""Within this time the same address, title or official number by two routes is the same news."""
_TITLES_SHOWN = 5

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class News:
    """An entry not seen before and what it says; None on a source's first poll, which announces nothing."""

    entry: FeedEntry
    facts: Notice | None = None


@dataclass(frozen=True, slots=True)
class Handed:
    """How many items were new, sent, drafted, known from elsewhere, and set aside as unusable."""

    new: int = 0
    announced: int = 0
    drafted: int = 0
    duplicates: int = 0
    quarantined: int = 0


async def hand_over(
    connection: AsyncConnection,
    spec: SourceSpec,
    state: SourceState,
    news: Sequence[News],
    now: datetime,
    kit: RenderingKit,
    staff: Staff,
) -> Handed:
    """Mark ``news`` (in the feed's order) as seen and pass on what has facts, oldest first, in the caller's
    transaction. Staff who may edit get one message about the drafts."""
    counts: Counter[str] = Counter()
    fresh = await _really_new(connection, spec, state, news, now, counts)
    may_go = [one.item_id for one in fresh[:MOST_AT_ONCE]] if spec.policy == "auto" else []
    fresh.reverse()  # feeds have the newest first; those without a moment keep that order
    drafts: list[str] = []
    for one in sorted(fresh, key=_moment):
        became = await _pass_on_or_hold(connection, spec, one, now, kit, one.item_id in may_go)
        counts[became] += 1
        if became == "drafted":
            drafts.append(one.facts.title)
    if drafts:
        await _tell_staff(connection, spec, state, drafts, len(fresh) > MOST_AT_ONCE, now, kit, staff)
    return Handed(**counts)


@dataclass(frozen=True, slots=True)
class _Fresh:
    """An item that nobody has announced yet."""

    item_id: int
    entry: FeedEntry
    facts: Notice


async def _really_new(
    connection: AsyncConnection,
    spec: SourceSpec,
    state: SourceState,
    news: Sequence[News],
    now: datetime,
    counts: Counter[str],
) -> list[_Fresh]:
    """Mark all as seen and keep those to be passed on; ``counts`` learns of new and known ones."""
    earlier = list(await items.announced_since(connection, now - SAME_NEWS))
    sent = await _sent_by_others(connection, spec, news, now)
    fresh = []
    for one in news:
        item_id = await _mark_seen(connection, state.id, one.entry, now)
        if item_id is None:
            continue
        counts["new"] += 1
        if one.facts is None:
            continue
        if _is_known(one.entry, state.id, earlier):
            counts["duplicates"] += 1
            continue
        twin = surely_sent(one.facts, one.entry.url, sent)
        if twin is not None:
            await relations.set_path(connection, twin.id, merge_routes(twin.path, (spec.name,)))
            counts["duplicates"] += 1
            continue
        earlier.append(Announced(state.id, one.entry.url, one.entry.title))
        fresh.append(_Fresh(item_id, one.entry, one.facts))
    return fresh


async def _sent_by_others(
    connection: AsyncConnection, spec: SourceSpec, news: Sequence[News], now: datetime
) -> list[StoredNotice]:
    """What members have got by other routes. Only what would go out by itself is held back by it: of the
    rest staff are told, and decide."""
    if spec.policy != "auto" or all(one.facts is None for one in news):
        return []
    sent = await relations.released_since(connection, now - SAME_NEWS)
    return [one for one in sent if one.source_name != spec.name]


async def _mark_seen(
    connection: AsyncConnection, source_id: int, entry: FeedEntry, now: datetime
) -> int | None:
    return await items.mark_seen(
        connection,
        source_id,
        entry.identity,
        entry.content_hash,
        now,
        url=entry.url,
        title=entry.title,
        published_on=entry.published_on,
    )


def _is_known(entry: FeedEntry, source_id: int, earlier: Sequence[Announced]) -> bool:
    """Whether an announced item has the same address or title; in the same source it needs both, because
    there the entries differ in what identifies them and may share a page."""
    address, title = url_key(entry.url), title_key(entry.title)
    for one in earlier:
        same_address = address is not None and url_key(one.url) == address
        same_title = title is not None and title_key(one.title) == title
        if (same_address and same_title) or (one.source_id != source_id and (same_address or same_title)):
            return True
    return False


def _moment(fresh: _Fresh) -> datetime:
    return fresh.entry.published or datetime.min.replace(tzinfo=UTC)


async def _pass_on_or_hold(
    connection: AsyncConnection,
    spec: SourceSpec,
    one: _Fresh,
    now: datetime,
    kit: RenderingKit,
    may_go: bool,
) -> str:
    """What became of the item, as a field of ``Handed``: one that cannot be sent becomes a draft, one that
    cannot even be that is set aside. It must not keep the others of its source from members."""
    for go in (True, False) if may_go else (False,):
        try:
            async with connection.begin_nested():
                sent = await _pass_on(connection, spec, one, now, kit, go)
        except SQLAlchemyError:
            raise
        except Exception:
            log.exception("An item of %r could not be passed on", spec.name)
        else:
            return "announced" if sent else "drafted"
    return "quarantined"


async def _pass_on(
    connection: AsyncConnection,
    spec: SourceSpec,
    one: _Fresh,
    now: datetime,
    kit: RenderingKit,
    may_go: bool,
) -> bool:
    """Make the item a draft and send it if it may go and concerns somebody. Whether it was sent.

    One that members must have consented to and nobody has is left to staff, who are told of the draft.
    """
    facts = one.facts
    notice_id = await notices.add_document(
        connection,
        Document(spec.language, None, one.entry.published_on, (facts,)),
        now,
        item_id=one.item_id,
        source_name=spec.name,
        source_url=one.entry.url,
        news=spec.digest,
    )
    if audience_of(facts.kind, facts.topics).everyone:
        # Fees and assemblies for all are the association's own; a news item is for those of its topics.
        await notices.update_facts(connection, notice_id, facts, now, everyone=False)
    await items.mark_announced(connection, one.item_id)
    if not may_go or not facts.topics or not await _taken(connection, facts):
        await suggest(connection, notice_id, now, kit.association.zone)
        return False
    await release(connection, notice_id, now, released_by=None, rendering=kit)
    return True


async def _taken(connection: AsyncConnection, facts: Notice) -> bool:
    """Whether a notice has a taker, where it needs consents; information may wait for its first reader."""
    if facts.nature is Nature.INFORMATIONAL:
        return True
    takers = await audience.count(connection, Audience(False, frozenset(facts.topics), facts.nature))
    return sum(takers.values()) > 0


async def _tell_staff(
    connection: AsyncConnection,
    spec: SourceSpec,
    state: SourceState,
    titles: Sequence[str],
    flood: bool,
    now: datetime,
    kit: RenderingKit,
    staff: Staff,
) -> None:
    """One message about all drafts of this poll to each who may edit, in their language."""
    people = staff.who_may(Action.EDIT_DRAFT)
    messages = []
    for user_id in people:
        language = await staff_people.language(connection, user_id)
        messages.append(Send(user_id, _message(spec, titles, flood, kit, language)))
    keys = [f"news:{state.id}:{epoch(now)}:{user_id}" for user_id in people]
    await answers.add(connection, messages, now, dedupe=keys)


def _message(
    spec: SourceSpec, titles: Sequence[str], flood: bool, kit: RenderingKit, language: str
) -> Markup:
    texts = kit.catalogs[language]
    lines = [texts.plural("staff.news.head", len(titles), source=untrusted(spec.name))]
    lines += [
        texts("staff.news.line", title=untrusted(shorten(title, 150))) for title in titles[:_TITLES_SHOWN]
    ]
    if len(titles) > _TITLES_SHOWN:
        lines.append(texts.plural("staff.news.more", len(titles) - _TITLES_SHOWN))
    if flood:
        lines.append(texts("staff.news.flood"))
    lines.append(texts("staff.news.hint"))
    return join(lines)

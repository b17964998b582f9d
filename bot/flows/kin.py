"""Kin of a draft, found when it is made: what it belongs to, and the same news sent before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.notice import Notice, Status
from bot.domain.relation import Hints
from bot.domain.same_news import STRONG, Fingerprint, fingerprint, merge_routes, same_news
from bot.rendering.draft_sheet import Kin
from bot.store import notices, relations
from bot.store.notices import StoredNotice
from bot.understanding.references import references
from bot.understanding.relations import related

SAME_NEWS = timedelta(days=60)
"""How long after the first route another one may bring the same news: ministries pass on slowly."""
MOST_SAME = 3


async def suggest(connection: AsyncConnection, root_id: int, now: datetime, zone: ZoneInfo) -> None:
    """Look for what the items of a new draft belong to and for the same news sent before; keep both as
    hints, and the ways by which the same news came as the items' path."""
    root = await notices.get(connection, root_id)
    if root is None:
        return
    items = await notices.items(connection, root)
    may_belong = any(_may_belong(item.facts) for item in items)
    reach = relations.CANDIDATE_DAYS if may_belong else SAME_NEWS
    sent = await relations.released_since(connection, now - reach)
    known = relations.known(sent, zone)
    recent = prints(one for one in sent if one.released_at and one.released_at >= now - SAME_NEWS)
    for item in items:
        match = related(item.facts, known, number=item.number)
        twins = _twins(item, recent)
        hints = Hints(same=tuple((one.id, evidence) for one, evidence in twins))
        if match is not None:
            hints = replace(hints, related_id=match.id, relation=match.relation, reason=match.reason.value)
        if hints != Hints():
            await relations.set_hints(connection, item.id, hints)
        if twins:
            path = merge_routes(twins[0][0].path, item.path)
            await relations.set_path(connection, item.id, path)


async def kin_of(connection: AsyncConnection, item: StoredNotice, zone: ZoneInfo) -> Kin:
    """What staff read of an item's kin; notices that are gone are left out."""
    related_id = item.related_id or item.hints.related_id
    found = await relations.sent_day(connection, related_id, zone) if related_id else None
    same = [await relations.sent_day(connection, notice_id, zone) for notice_id, _ in item.hints.same]
    shown = tuple(one for one in same if one is not None)
    return Kin(
        title=found[0] if found else None,
        relation=(item.relation or item.hints.relation) if found else None,
        confirmed=item.related_id is not None,
        same=shown,
        path=item.path if shown else (),
    )


Printed = tuple[StoredNotice, Fingerprint]


def prints(sent: Iterable[StoredNotice]) -> list[Printed]:
    """Notices with what is compared of them."""
    return [(one, fingerprint(one.facts, one.source_url)) for one in sent]


def surely_sent(facts: Notice, url: str | None, sent: Sequence[Printed]) -> StoredNotice | None:
    """The notice that told the same news, by address or official number; None without such evidence."""
    mine = fingerprint(facts, url)
    return next((one for one, theirs in sent if same_news(mine, theirs) in STRONG), None)


def _may_belong(facts: Notice) -> bool:
    return facts.status is not Status.NEW or bool(references(f"{facts.title}\n{facts.text}"))


def _twins(item: StoredNotice, recent: Sequence[Printed]) -> list[tuple[StoredNotice, str]]:
    mine = fingerprint(item.facts, item.source_url)
    found = [(one, same_news(mine, theirs)) for one, theirs in recent]
    return [(one, evidence.value) for one, evidence in found if evidence is not None][:MOST_SAME]

"""Notices in the store: one row per circular and, when it has several items, one per item.

A circular with one notice is one row; with several it is a parent row (position 0, no own
recipients) and its children in order. ``version`` and ``state`` of the whole stand on the root;
every edit raises the version, so that a button of an older draft can be told from a fresh one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, delete, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch, moment
from bot.domain.audience import Audience, audience_of
from bot.domain.notice import (
    Document,
    LinkRole,
    Notice,
    Status,
    notice_from_json,
    notice_to_json,
)
from bot.domain.relation import Amend, Hints, Relation, hints_from_json
from bot.domain.same_news import merge_routes
from bot.rendering.messages import NoticeView
from bot.store.tables import NoticeState, broadcast, notice, notice_topic

OPEN_STATES = (NoticeState.DRAFT, NoticeState.SUBMITTED, NoticeState.RETURNED)
"""The states in which a circular can still be edited."""

_SCAN_LIMIT = 500


@dataclass(frozen=True, slots=True)
class StoredNotice:
    """One row; ``checks`` are the paths of the facts that staff have confirmed.

    ``related_id`` is the earlier notice it belongs to by ``relation``; ``path`` every way it came by.
    ``amend`` says how it changes that one when staff began it there, ``former`` the facts that stood then.
    ``replaced_by`` is the released notice that says all that still holds of this one.
    """

    id: int
    parent_id: int | None
    position: int
    state: NoticeState
    version: int
    facts: Notice
    number: str | None
    document_date: date | None
    chain: tuple[str, ...]
    everyone: bool
    excluded: bool
    urgent: bool
    news: bool
    source_name: str | None
    source_url: str | None
    file_id: str | None
    file_name: str | None
    author_id: int | None
    approver_id: int | None
    return_reason: str | None
    checks: tuple[str, ...]
    related_id: int | None
    relation: Relation | None
    hints: Hints
    path: tuple[str, ...]
    amend: Amend | None
    former: Notice | None
    replaced_by: int | None
    created_at: datetime
    released_at: datetime | None

    @property
    def audience(self) -> Audience:
        topics = frozenset[str]() if self.everyone else frozenset(self.facts.topics)
        return Audience(self.everyone, topics, self.facts.nature)

    def view(self, former: Notice | None = None, at: datetime | None = None) -> NoticeView:
        """What the rendering needs of it; ``former`` are the facts of the notice that it changes, ``at``
        (by default when it was released)."""
        return NoticeView(
            notice=self.facts,
            notice_id=self.id,
            number=self.number,
            document_date=self.document_date,
            chain=self.chain,
            source_name=self.source_name,
            source_url=self.source_url,
            file_id=self.file_id,
            file_name=self.file_name,
            everyone=self.everyone,
            former=former,
            amend=self.amend,
            at=at or self.released_at,
            urgent=self.urgent,
        )


async def add_document(
    connection: AsyncConnection,
    document: Document,
    now: datetime,
    *,
    author_id: int | None = None,
    item_id: int | None = None,
    source_name: str | None = None,
    source_url: str | None = None,
    file_id: str | None = None,
    file_name: str | None = None,
    news: bool = False,
) -> int:
    """Store a circular as a draft and return the id of its root row. ``document`` has a notice or more;
    ``news`` goes into the digest."""
    shared: dict[str, Any] = {
        "item_id": item_id,
        "source_name": source_name,
        "source_url": source_url,
        "file_id": file_id,
        "file_name": file_name,
        "author_id": author_id,
        "number": document.number,
        "document_date": document.date.isoformat() if document.date else None,
        "chain": list(document.chain),
        "path": list(merge_routes((source_name,) if source_name else (), document.chain)),
        "news": int(news),
        "state": NoticeState.DRAFT,
        "created_at": epoch(now),
        "updated_at": epoch(now),
    }
    if len(document.notices) == 1:
        return await _insert(connection, document.notices[0], shared)
    title = document.title or document.notices[0].title
    root_id = await _insert(connection, Notice(title=title, language=document.language), shared)
    for position, facts in enumerate(document.notices, start=1):
        await _insert(connection, facts, {**shared, "parent_id": root_id, "position": position})
    return root_id


async def get(connection: AsyncConnection, notice_id: int) -> StoredNotice | None:
    row = (await connection.execute(_columns().where(notice.c.id == notice_id))).one_or_none()
    return to_record(row) if row else None


async def children(connection: AsyncConnection, notice_id: int) -> tuple[StoredNotice, ...]:
    """The items below a root in order; empty for a circular of one notice."""
    rows = await connection.execute(
        _columns().where(notice.c.parent_id == notice_id).order_by(notice.c.position)
    )
    return tuple(to_record(row) for row in rows)


async def items(connection: AsyncConnection, root: StoredNotice) -> tuple[StoredNotice, ...]:
    """What can be sent of a circular: its children, or itself when it has none."""
    return await children(connection, root.id) or (root,)


async def drafts(
    connection: AsyncConnection, states: Sequence[NoticeState] = OPEN_STATES, *, limit: int = 30
) -> tuple[StoredNotice, ...]:
    """The circulars (roots) in one of ``states``, newest first."""
    rows = await connection.execute(
        _columns()
        .where(notice.c.parent_id.is_(None), notice.c.state.in_(states))
        .order_by(notice.c.id.desc())
        .limit(limit)
    )
    return tuple(to_record(row) for row in rows)


async def claim_edit(connection: AsyncConnection, root_id: int, version: int, now: datetime) -> bool:
    """Begin an edit: raises the version and takes the circular back to a draft.

    False when another version stands, or the circular is no longer open.
    """
    result = await connection.execute(
        update(notice)
        .where(notice.c.id == root_id, notice.c.version == version, notice.c.state.in_(OPEN_STATES))
        .values(version=version + 1, state=NoticeState.DRAFT, approver_id=None, updated_at=epoch(now))
    )
    if result.rowcount != 1:
        return False
    await _children_state(connection, root_id, NoticeState.DRAFT)
    return True


async def update_facts(
    connection: AsyncConnection,
    notice_id: int,
    facts: Notice,
    now: datetime,
    *,
    everyone: bool | None = None,
    excluded: bool | None = None,
    checks: Iterable[str] | None = None,
) -> None:
    """Write the facts of one row and what else is given; its topic rows follow."""
    values = _facts_values(facts) | {"updated_at": epoch(now)}
    for name, value in (("everyone", everyone), ("excluded", excluded)):
        if value is not None:
            values[name] = int(value)
    if checks is not None:
        values["checks"] = {"confirmed": sorted(set(checks))}
    await connection.execute(update(notice).where(notice.c.id == notice_id).values(**values))
    await _write_topics(connection, notice_id, facts.topics)


async def set_urgent(connection: AsyncConnection, root_id: int, urgent: bool) -> None:
    """Whether the circular leaves at any hour; the version is the caller's."""
    await connection.execute(
        update(notice)
        .where((notice.c.id == root_id) | (notice.c.parent_id == root_id))
        .values(urgent=int(urgent))
    )


async def set_state(
    connection: AsyncConnection,
    root_id: int,
    state: NoticeState,
    now: datetime,
    *,
    expected: Sequence[NoticeState],
    version: int | None = None,
    author_id: int | None = None,
    approver_id: int | None = None,
    return_reason: str | None = None,
) -> bool:
    """Move a circular with its items to ``state``; False when it was not in an expected one.

    ``version``, when given, must be the one that stands: what is approved is what is sent.
    """
    values: dict[str, Any] = {"state": state, "return_reason": return_reason, "updated_at": epoch(now)}
    for name, person in (("author_id", author_id), ("approver_id", approver_id)):
        if person is not None:
            values[name] = person
    if state is NoticeState.RELEASED:
        values["released_at"] = epoch(now)
    condition = [notice.c.id == root_id, notice.c.state.in_(expected)]
    if version is not None:
        condition.append(notice.c.version == version)
    result = await connection.execute(update(notice).where(*condition).values(**values))
    if result.rowcount != 1:
        return False
    await _children_state(connection, root_id, state, values.get("released_at"))
    return True


async def latest_released(
    connection: AsyncConnection, limit: int, *, topics: Iterable[str] | None = None, offset: int = 0
) -> tuple[StoredNotice, ...]:
    """Released notices, newest first; with ``topics`` those for everyone or of one of them."""
    query = released_query()
    if topics is not None:
        query = query.where(concerns(topics))
    rows = await connection.execute(query.limit(limit).offset(offset))
    return tuple(to_record(row) for row in rows)


async def with_application(connection: AsyncConnection, *, limit: int = 30) -> tuple[StoredNotice, ...]:
    """Released notices one can apply for, newest first, whether the address is known or lost; neither what
    was called off nor what another notice has replaced."""
    standing = released_query().where(
        notice.c.replaced_by_id.is_(None), notice.c.status != Status.CANCELLED.value
    )
    rows = await connection.execute(standing.limit(_SCAN_LIMIT))
    roles = (LinkRole.APPLICATION, LinkRole.REGISTRATION)
    return tuple(record for record in map(to_record, rows) if record.facts.link(*roles))[:limit]


async def missing_links(connection: AsyncConnection, *, limit: int = 10) -> tuple[StoredNotice, ...]:
    """Released notices whose application link was lost and has not been filled in, newest first."""
    found = await with_application(connection, limit=_SCAN_LIMIT)
    return tuple(record for record in found if lost_link(record.facts))[:limit]


def lost_link(facts: Notice) -> bool:
    """Whether one can apply but the address did not survive the copy."""
    link = facts.link(LinkRole.APPLICATION, LinkRole.REGISTRATION)
    return link is not None and link.url is None


def concerns(topics: Iterable[str]) -> Any:
    """The condition that a notice is for everyone or has one of ``topics``."""
    topic = exists().where(notice_topic.c.notice_id == notice.c.id, notice_topic.c.topic.in_(list(topics)))
    return or_(notice.c.everyone == 1, topic)


def released_query() -> Select[Any]:
    item = notice.alias("item")
    has_items = exists().where(item.c.parent_id == notice.c.id)
    return (
        _columns()
        .where(
            notice.c.state == NoticeState.RELEASED,
            notice.c.excluded == 0,
            ~has_items,
            # A correction in place is no notice of its own: it stands in the one it corrects.
            or_(notice.c.amend.is_(None), notice.c.amend != Amend.EDIT.value),
        )
        .order_by(notice.c.released_at.desc(), notice.c.id.desc())
    )


def _columns() -> Select[Any]:
    return select(notice)


async def _insert(connection: AsyncConnection, facts: Notice, shared: dict[str, Any]) -> int:
    everyone = int(audience_of(facts.kind, facts.topics).everyone)
    values = shared | _facts_values(facts) | {"everyone": everyone}
    result = await connection.execute(insert(notice).values(**values))
    key = result.inserted_primary_key
    assert key is not None
    await _write_topics(connection, key[0], facts.topics)
    return int(key[0])


def _facts_values(facts: Notice) -> dict[str, Any]:
    return {
        "facts": notice_to_json(facts),
        "title": facts.title,
        "kind": facts.kind.value,
        "status": facts.status.value,
        "language": facts.language,
        "nature": facts.nature.value,
    }


async def _write_topics(connection: AsyncConnection, notice_id: int, topics: Iterable[str]) -> None:
    await connection.execute(delete(notice_topic).where(notice_topic.c.notice_id == notice_id))
    rows = [{"notice_id": notice_id, "topic": topic} for topic in sorted(set(topics))]
    if rows:
        await connection.execute(insert(notice_topic), rows)


async def _children_state(
    connection: AsyncConnection, root_id: int, state: NoticeState, released_at: int | None = None
) -> None:
    await connection.execute(
        update(notice)
        .where(notice.c.parent_id == root_id)
        .values(state=state, released_at=func.coalesce(released_at, notice.c.released_at))
    )


def to_record(row: Row[Any]) -> StoredNotice:
    return StoredNotice(
        id=row.id,
        parent_id=row.parent_id,
        position=row.position,
        state=NoticeState(row.state),
        version=row.version,
        facts=notice_from_json(row.facts),
        number=row.number,
        document_date=date.fromisoformat(row.document_date) if row.document_date else None,
        chain=tuple(row.chain or ()),
        everyone=bool(row.everyone),
        excluded=bool(row.excluded),
        urgent=bool(row.urgent),
        news=bool(row.news),
        source_name=row.source_name,
        source_url=row.source_url,
        file_id=row.file_id,
        file_name=row.file_name,
        author_id=row.author_id,
        approver_id=row.approver_id,
        return_reason=row.return_reason,
        checks=tuple((row.checks or {}).get("confirmed", ())),
        related_id=row.related_id,
        relation=Relation(row.relation) if row.relation else None,
        hints=hints_from_json(row.hints),
        path=tuple(row.path or ()),
        amend=Amend(row.amend) if row.amend else None,
        former=notice_from_json(row.former) if row.former else None,
        replaced_by=row.replaced_by_id,
        created_at=moment(row.created_at),
        released_at=moment(row.released_at) if row.released_at is not None else None,
    )


async def of_broadcasts(connection: AsyncConnection, broadcast_ids: Iterable[int]) -> set[int]:
    """The notices that some broadcasts sent."""
    query = select(broadcast.c.notice_id).where(broadcast.c.id.in_(list(broadcast_ids)))
    return set((await connection.execute(query)).scalars())

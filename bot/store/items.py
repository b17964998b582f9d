"""Items seen in sources: the marks that keep news from being announced twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.store.tables import item, source

_BATCH = 500


@dataclass(frozen=True, slots=True)
class SeenItem:
    """An item as it was seen last. ``announced``: it became a draft or a broadcast."""

    id: int
    content_hash: str
    announced: bool


@dataclass(frozen=True, slots=True)
class Announced:
    """An item that became a draft or a broadcast, for comparison with those of other sources."""

    source_id: int
    url: str | None
    title: str


async def known(
    connection: AsyncConnection, source_id: int, identities: Sequence[str]
) -> dict[str, SeenItem]:
    """Those of ``identities`` that were seen in this source before."""
    found: dict[str, SeenItem] = {}
    for start in range(0, len(identities), _BATCH):
        part = identities[start : start + _BATCH]
        rows = await connection.execute(
            select(item.c.identity, item.c.id, item.c.content_hash, item.c.announced).where(
                item.c.source_id == source_id, item.c.identity.in_(part)
            )
        )
        found |= {row.identity: SeenItem(row.id, row.content_hash, bool(row.announced)) for row in rows}
    return found


async def mark_seen(
    connection: AsyncConnection,
    source_id: int,
    identity: str,
    content_hash: str,
    now: datetime,
    *,
    url: str | None,
    title: str,
    published_on: date | None,
) -> int | None:
    """Note an item as seen. Its id, or None when it was there already: then somebody else handles it."""
    insert = sqlite_insert if connection.dialect.name == "sqlite" else pg_insert
    statement = insert(item).values(
        source_id=source_id,
        identity=identity,
        content_hash=content_hash,
        url=url,
        title=title,
        published_on=published_on.isoformat() if published_on else None,
        seen_at=epoch(now),
    )
    result = await connection.execute(statement.on_conflict_do_nothing().returning(item.c.id))
    found = result.scalar_one_or_none()
    return int(found) if found is not None else None


async def mark_announced(connection: AsyncConnection, item_id: int) -> None:
    """Note that an item became a draft or a broadcast."""
    await connection.execute(update(item).where(item.c.id == item_id).values(announced=1))


async def mark_changed(
    connection: AsyncConnection, item_id: int, content_hash: str, title: str, url: str | None
) -> None:
    """Keep an edited item's new content hash, title and address."""
    await connection.execute(
        update(item).where(item.c.id == item_id).values(content_hash=content_hash, title=title, url=url)
    )


async def announced_since(connection: AsyncConnection, since: datetime) -> tuple[Announced, ...]:
    """What every source announced since a moment."""
    rows = await connection.execute(
        select(item.c.source_id, item.c.url, item.c.title).where(
            item.c.seen_at >= epoch(since), item.c.announced == 1
        )
    )
    return tuple(Announced(row.source_id, row.url, row.title) for row in rows)


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item as a list shows it; ``published_on`` is ISO."""

    title: str
    published_on: str | None


async def seen_at(
    connection: AsyncConnection, source_name: str, now: datetime, *, limit: int
) -> tuple[FoundItem, ...]:
    """The items of a source first seen at a moment, in the order of the feed."""
    rows = await connection.execute(
        select(item.c.title, item.c.published_on)
        .join(source, source.c.id == item.c.source_id)
        .where(source.c.name == source_name, item.c.seen_at == epoch(now))
        .order_by(item.c.id)
        .limit(limit)
    )
    return tuple(FoundItem(row.title, row.published_on) for row in rows)

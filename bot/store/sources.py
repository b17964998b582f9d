"""What is known of each source: validators, the last poll, errors, when it is polled next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch, moment
from bot.store.tables import source


@dataclass(frozen=True, slots=True)
class SourceState:
    """A row of the table. ``last_ok_at`` is None until the first poll that succeeded."""

    id: int
    name: str
    url: str
    etag: str | None
    last_modified: str | None
    body_sha256: str | None
    last_polled_at: datetime | None
    last_ok_at: datetime | None
    last_item_at: datetime | None
    next_poll_at: datetime
    failures: int
    last_error: str | None
    quarantined: int


@dataclass(frozen=True, slots=True)
class Validators:
    """What the next visit asks with, and the SHA-256 of the body seen last."""

    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None


async def get(connection: AsyncConnection, name: str) -> SourceState | None:
    row = (await connection.execute(select(source).where(source.c.name == name))).one_or_none()
    return _record(row) if row else None


async def every(connection: AsyncConnection) -> dict[str, SourceState]:
    """All that was ever polled, by name."""
    rows = await connection.execute(select(source).order_by(source.c.name))
    return {row.name: _record(row) for row in rows}


async def ensure(connection: AsyncConnection, name: str, url: str) -> SourceState:
    """The source's row, made when there is none. A new address makes it a source never polled before:
    what it holds then is no news."""
    insert = sqlite_insert if connection.dialect.name == "sqlite" else pg_insert
    await connection.execute(insert(source).values(name=name, url=url).on_conflict_do_nothing())
    await connection.execute(
        update(source)
        .where(source.c.name == name, source.c.url != url)
        .values(
            url=url,
            etag=None,
            last_modified=None,
            body_sha256=None,
            last_ok_at=None,
            next_poll_at=0,
            failures=0,
            last_error=None,
        )
    )
    found = await get(connection, name)
    assert found is not None
    return found


async def due(connection: AsyncConnection, names: Sequence[str], now: datetime) -> tuple[str, ...]:
    """Those of ``names`` whose time has come, in the given order; one never polled is due."""
    rows = await connection.execute(select(source.c.name).where(source.c.next_poll_at > epoch(now)))
    waiting = set(rows.scalars())
    return tuple(name for name in names if name not in waiting)


async def succeeded(
    connection: AsyncConnection,
    source_id: int,
    now: datetime,
    next_poll_at: datetime,
    *,
    validators: Validators | None = None,
    quarantined: int | None = None,
    had_news: bool = False,
) -> None:
    """Note a poll that worked; without ``validators`` those known before stay (304)."""
    values: dict[str, object] = {
        "last_polled_at": epoch(now),
        "last_ok_at": epoch(now),
        "next_poll_at": epoch(next_poll_at),
        "failures": 0,
        "last_error": None,
    }
    if validators is not None:
        values |= {
            "etag": validators.etag,
            "last_modified": validators.last_modified,
            "body_sha256": validators.body_sha256,
        }
    if quarantined is not None:
        values["quarantined"] = quarantined
    if had_news:
        values["last_item_at"] = epoch(now)
    await connection.execute(update(source).where(source.c.id == source_id).values(**values))


async def failed(
    connection: AsyncConnection, source_id: int, now: datetime, next_poll_at: datetime, error: str
) -> None:
    """Note a poll that failed; ``error`` is one sentence."""
    await connection.execute(
        update(source)
        .where(source.c.id == source_id)
        .values(
            last_polled_at=epoch(now),
            next_poll_at=epoch(next_poll_at),
            failures=source.c.failures + 1,
            last_error=error[:500],
        )
    )


def _record(row: Row[tuple[object, ...]]) -> SourceState:
    values = dict(row._mapping)
    for name in ("last_polled_at", "last_ok_at", "last_item_at", "next_poll_at"):
        if values[name] is not None:
            values[name] = moment(values[name])
    return SourceState(**values)

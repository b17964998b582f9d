"""The log of consents: which wording was agreed to or withdrawn, when; rows are only ever added."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.store.tables import consent, consent_text


async def note(
    connection: AsyncConnection, member_id: int, version: str, now: datetime, *, given: bool
) -> None:
    """One line: given, or withdrawn (``/durdur``). An erasure withdraws by taking the log with it."""
    await connection.execute(
        insert(consent).values(member_id=member_id, text_version=version, given=int(given), at=epoch(now))
    )


async def latest_version(connection: AsyncConnection, member_id: int) -> str | None:
    """The wording of the member's last line; None when there is none."""
    query = select(consent.c.text_version).where(consent.c.member_id == member_id)
    return (await connection.execute(query.order_by(consent.c.id.desc()).limit(1))).scalar_one_or_none()


async def keep_text(connection: AsyncConnection, version: str, text: str, now: datetime) -> None:
    """Keep a wording that is being agreed to, so that its version can be read years later."""
    insert_ = sqlite_insert if connection.dialect.name == "sqlite" else pg_insert
    statement = insert_(consent_text).values(version=version, text=text, first_at=epoch(now))
    await connection.execute(statement.on_conflict_do_nothing())


async def text_of(connection: AsyncConnection, version: str) -> str | None:
    """The wording of a version; None for one that was never kept."""
    query = select(consent_text.c.text).where(consent_text.c.version == version)
    return (await connection.execute(query)).scalar_one_or_none()

"""The staff as they present themselves: name and language of those who have written to the bot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.domain.member import LANGUAGES
from bot.store.tables import staff_person


@dataclass(frozen=True, slots=True)
class StaffPerson:
    user_id: int
    name: str
    language: str


async def seen(connection: AsyncConnection, user_id: int, name: str, language: str, now: datetime) -> None:
    """Note a staff member's present name and language."""
    insert = sqlite_insert if connection.dialect.name == "sqlite" else pg_insert
    values = {"name": name[:200], "language": LANGUAGES.index(language), "seen_at": epoch(now)}
    statement = insert(staff_person).values(user_id=user_id, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["user_id"], set_=values))


async def set_language(connection: AsyncConnection, user_id: int, language: str) -> None:
    """The language a staff member wants to be written to in."""
    changed = {"language": LANGUAGES.index(language)}
    await connection.execute(update(staff_person).where(staff_person.c.user_id == user_id).values(changed))


async def get(connection: AsyncConnection, user_id: int) -> StaffPerson | None:
    row = (
        await connection.execute(
            select(staff_person.c.user_id, staff_person.c.name, staff_person.c.language).where(
                staff_person.c.user_id == user_id
            )
        )
    ).first()
    return StaffPerson(row[0], row[1], LANGUAGES[row[2]]) if row else None


async def name(connection: AsyncConnection, user_id: int) -> str | None:
    """The person's name; None when they have never written to the bot."""
    person = await get(connection, user_id)
    return person.name if person else None


async def names(connection: AsyncConnection, user_ids: Iterable[int]) -> list[str]:
    """Names of several; the number stands for who has never written."""
    return [await name(connection, user_id) or str(user_id) for user_id in user_ids]


async def language(connection: AsyncConnection, user_id: int) -> str:
    """The person's language; Turkish when they have never written."""
    person = await get(connection, user_id)
    return person.language if person else LANGUAGES[0]

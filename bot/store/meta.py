"""Single values the program remembers about itself."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import meta


async def get(connection: AsyncConnection, key: str) -> str | None:
    return (await connection.execute(select(meta.c.value).where(meta.c.key == key))).scalar_one_or_none()


async def remove(connection: AsyncConnection, key: str) -> None:
    await connection.execute(delete(meta).where(meta.c.key == key))


async def put(connection: AsyncConnection, key: str, value: str) -> None:
    insert = sqlite_insert if connection.dialect.name == "sqlite" else pg_insert
    statement = insert(meta).values(key=key, value=value)
    await connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))

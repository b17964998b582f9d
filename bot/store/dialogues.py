"""What a person is in the middle of: one open question per person and chat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.store.tables import dialogue


@dataclass(frozen=True, slots=True)
class Dialogue:
    """``step`` names the question, ``data`` is what it is about."""

    step: str
    data: dict[str, Any]


async def get(connection: AsyncConnection, chat_id: int, user_id: int) -> Dialogue | None:
    row = (
        await connection.execute(
            select(dialogue.c.step, dialogue.c.data).where(
                dialogue.c.chat_id == chat_id, dialogue.c.user_id == user_id
            )
        )
    ).first()
    return Dialogue(row.step, row.data) if row else None


async def put(
    connection: AsyncConnection,
    chat_id: int,
    user_id: int,
    step: str,
    data: Mapping[str, Any],
    now: datetime,
) -> None:
    """Ask a question; one that was open before is dropped."""
    insert = sqlite_insert if connection.dialect.name == "sqlite" else pg_insert
    values = {"step": step, "data": dict(data), "updated_at": epoch(now)}
    statement = insert(dialogue).values(chat_id=chat_id, user_id=user_id, **values)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["chat_id", "user_id"], set_=values)
    )


async def clear(connection: AsyncConnection, chat_id: int, user_id: int) -> None:
    await connection.execute(
        delete(dialogue).where(dialogue.c.chat_id == chat_id, dialogue.c.user_id == user_id)
    )

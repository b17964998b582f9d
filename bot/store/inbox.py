"""Updates as rows, before Telegram hears that they arrived."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.domain.counter import shares_counter
from bot.store.tables import InboxState, inbox


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An update that waits: its raw JSON (empty when it cannot be read) and how often it was tried."""

    update_id: int
    chat_id: int | None
    body: dict[str, Any]
    attempts: int


def chat_of(update: dict[str, Any]) -> int | None:
    """The chat an update belongs to; updates of one chat are handled in order."""
    for value in update.values():
        if not isinstance(value, dict):
            continue
        chat = value.get("chat") or (value.get("message") or {}).get("chat")
        if isinstance(chat, dict) and isinstance(chat.get("id"), int):
            return int(chat["id"])
        sender = value.get("from")
        if isinstance(sender, dict) and isinstance(sender.get("id"), int):
            return int(sender["id"])
    return None


def number_of(update: dict[str, Any]) -> int | None:
    """The number that a new message used up of the bot's one counter; None for any other update."""
    message = update.get("message")
    number, chat = (message.get("message_id"), chat_of(update)) if isinstance(message, dict) else (None, None)
    return number if isinstance(number, int) and chat is not None and shares_counter(chat) else None


async def put(connection: AsyncConnection, updates: Sequence[dict[str, Any]], now: datetime) -> int:
    """Store updates; a repeated one is left as it is. Returns how many are new."""
    new = 0
    insert = sqlite_insert if connection.dialect.name == "sqlite" else pg_insert
    for raw in updates:
        statement = insert(inbox).values(
            update_id=raw["update_id"],
            chat_id=chat_of(raw),
            body=json.dumps(raw, ensure_ascii=False),
            received_at=epoch(now),
            message_id=number_of(raw),
        )
        result = await connection.execute(statement.on_conflict_do_nothing())
        new += max(result.rowcount, 0)
    return new


async def open_rows(connection: AsyncConnection, limit: int = 200) -> list[InboxRow]:
    """The oldest updates that wait."""
    rows = await connection.execute(
        select(inbox.c.update_id, inbox.c.chat_id, inbox.c.body, inbox.c.attempts)
        .where(inbox.c.state == InboxState.NEW)
        .order_by(inbox.c.update_id)
        .limit(limit)
    )
    return [InboxRow(row.update_id, row.chat_id, _read(row.body), row.attempts) for row in rows]


def _read(body: str | None) -> dict[str, Any]:
    # One row that cannot be read must not hide the others: it fails where it is handled, and alone.
    try:
        found = json.loads(body or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


async def done(connection: AsyncConnection, update_id: int, now: datetime) -> bool:
    """Mark an update as handled and erase its body; False when it was done already."""
    result = await connection.execute(
        update(inbox)
        .where(inbox.c.update_id == update_id, inbox.c.state == InboxState.NEW)
        .values(state=InboxState.DONE, body=None, done_at=epoch(now))
    )
    return result.rowcount == 1


async def failed(connection: AsyncConnection, update_id: int, now: datetime, *, final: bool) -> None:
    """Count a failed attempt; ``final`` gives the update up and erases its body."""
    values: dict[str, Any] = {"attempts": inbox.c.attempts + 1}
    if final:
        values |= {"state": InboxState.FAILED, "body": None, "done_at": epoch(now)}
    await connection.execute(update(inbox).where(inbox.c.update_id == update_id).values(**values))


async def purge(connection: AsyncConnection, before: datetime) -> int:
    """Forget updates received before a moment that are no longer needed."""
    result = await connection.execute(
        delete(inbox).where(inbox.c.received_at < epoch(before), inbox.c.state != InboxState.NEW)
    )
    return result.rowcount

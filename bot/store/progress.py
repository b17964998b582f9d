"""Which message of staff shows how a sending goes, and what it showed last."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import OPEN_ANSWER, answer, notice, progress


@dataclass(frozen=True, slots=True)
class Shown:
    """``open`` is how many messages waited when the message was last written; -1 before, below that for a
    pause. Only ever compared. ``since`` is the epoch second of the release."""

    root_id: int
    chat_id: int
    message_id: int
    open: int
    since: int


async def follow(connection: AsyncConnection, root_id: int, chat_id: int, message_id: int) -> None:
    """Show the circular's sending in a message from now on."""
    await connection.execute(
        delete(progress).where(progress.c.root_id == root_id, progress.c.chat_id == chat_id)
    )
    await connection.execute(
        insert(progress).values(root_id=root_id, chat_id=chat_id, message_id=message_id, open=-1)
    )


async def followed(connection: AsyncConnection) -> list[Shown]:
    """The messages that can be edited now: none of a chat in which an answer still waits."""
    waiting = exists().where(OPEN_ANSWER, answer.c.chat_id == progress.c.chat_id)
    rows = await connection.execute(
        select(progress, func.coalesce(notice.c.released_at, 0).label("since"))
        .join(notice, notice.c.id == progress.c.root_id)
        .where(~waiting)
        .order_by(progress.c.root_id)
    )
    return [Shown(row.root_id, row.chat_id, row.message_id, row.open, row.since) for row in rows]


async def of_sending(connection: AsyncConnection, root_id: int) -> dict[int, int]:
    """The messages that show a draft's sending, by chat."""
    rows = await connection.execute(
        select(progress.c.chat_id, progress.c.message_id).where(progress.c.root_id == root_id)
    )
    return {row.chat_id: row.message_id for row in rows}


async def note(connection: AsyncConnection, shown: Shown, open_: int) -> bool:
    """Keep what a message is to show next; False when it is not followed any more."""
    result = await connection.execute(
        update(progress)
        .where(progress.c.root_id == shown.root_id, progress.c.chat_id == shown.chat_id)
        .values(open=open_)
    )
    return result.rowcount == 1


async def forget(connection: AsyncConnection, root_id: int) -> None:
    await connection.execute(delete(progress).where(progress.c.root_id == root_id))

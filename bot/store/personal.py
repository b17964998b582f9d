"""What is kept of one chat, whichever table it is in.

Found by the columns' names and not by a list of tables: a table that is added later is told of too.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import moment
from bot.store.tables import metadata

NAMING = ("member_id", "chat_id", "user_id")
_INTERNAL = frozenset({"lease_owner", "lease_until", "attempts", "dedupe", "body"})
"""How the machine keeps count, and waiting calls, whose content the person is about to read."""


def naming_columns(table: Table) -> tuple[str, ...]:
    """The columns that say whose a row is; empty for a table that holds nothing of anybody."""
    return tuple(name for name in NAMING if name in table.c)


async def rows_of(
    connection: AsyncConnection, chat_id: int, member_id: int | None
) -> dict[str, list[dict[str, Any]]]:
    """Every row of the chat, its member and, a private chat's id being the person's, its user, by table;
    moments as ISO 8601 in UTC. Tables without one are left out."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in metadata.sorted_tables:
        ours = []
        for name in naming_columns(table):
            wanted = member_id if name == "member_id" else chat_id
            if wanted is not None:
                ours.append(table.c[name] == wanted)
        if not ours:
            continue
        rows = (await connection.execute(select(table).where(or_(*ours)))).mappings().all()
        if rows:
            found[table.name] = [
                {name: _readable(name, value) for name, value in row.items() if name not in _INTERNAL}
                for row in rows
            ]
    return found


def _readable(name: str, value: Any) -> Any:
    is_moment = name == "at" or name.endswith("_at") or name == "not_before"
    return moment(value).isoformat() if is_moment and isinstance(value, int) else value

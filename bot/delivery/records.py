"""What the rows tell of Telegram's numbers: the reconciler's side of the store."""

from __future__ import annotations

import logging
from typing import Any

from bot.store import explained
from bot.store.answers import AnswerRow
from bot.store.db import TROUBLE, Database
from bot.store.leases import Claim

log = logging.getLogger(__name__)


class Records:
    """Reads for one owner of leases. All methods but ``repeated`` may raise one of ``TROUBLE``."""

    def __init__(self, db: Database, owner: int) -> None:
        self._db = db
        self._owner = owner
        self.shared = not db.is_sqlite

    async def known(self, floor: int, since: int) -> set[int]:
        """The numbers of the one counter above ``floor`` that rows explain, for leases since a moment."""
        async with self._db.read() as connection:
            return await explained.known_numbers(connection, floor, since)

    async def known_in(self, row: Claim | AnswerRow, since: int) -> tuple[int, set[int]]:
        """Of a supergroup or channel: the highest number that is surely lower than that of ``row``, leased at
        ``since``, and all higher ones that rows explain."""
        async with self._db.read() as connection:
            return await explained.known_in(connection, row, since)

    async def elsewhere(self) -> int:
        """How many rows other senders hold: each may have used up a number. 0 where there are none."""
        if not self.shared:
            return 0
        async with self._db.read() as connection:
            return await explained.held_elsewhere(connection, self._owner)

    async def repeated(self, chat_id: int, message_id: int) -> list[dict[str, Any]]:
        """The calls of messages that a chat may have twice, the first copy perhaps at ``message_id``; empty
        when the store cannot tell now."""
        try:
            async with self._db.read() as connection:
                return await explained.repeated(connection, chat_id, message_id)
        except TROUBLE as error:
            log.warning("The store cannot tell what was sent again: %s", getattr(error, "orig", error))
            return []

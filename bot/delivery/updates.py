"""Updates in: raw getUpdates into the durable inbox; the next call acknowledges what is stored."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from bot.clock import Clock
from bot.delivery.outcomes import Fatal, Rejected, RetryAt, Sent
from bot.delivery.sender import Sender
from bot.errors import SirkulerError, TelegramFatal
from bot.store import inbox
from bot.store.db import TROUBLE, Database

log = logging.getLogger(__name__)

POLL_SECONDS = 25
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
LONGEST_PAUSE = 30.0


class UpdatePoller:
    """Asks Telegram for updates until it is cancelled."""

    def __init__(self, db: Database, sender: Sender, clock: Clock, on_new: Callable[[], None]) -> None:
        self._db = db
        self._sender = sender
        self._clock = clock
        self._on_new = on_new
        self._offset = 0

    async def run(self) -> None:
        """Poll for ever. Raises ``TelegramFatal`` for a refused token and ``SirkulerError`` when another
        program polls with the same token."""
        pause = 1.0
        while True:
            outcome = await self._sender.call(
                "getUpdates",
                {"offset": self._offset, "timeout": POLL_SECONDS, "allowed_updates": ALLOWED},
                seconds=POLL_SECONDS + 15,
            )
            if isinstance(outcome, Sent):
                try:
                    await self._store(outcome.result)
                    pause = 1.0
                    continue
                except TROUBLE as error:  # not told to Telegram, so it gives the same updates again
                    log.error("Updates could not be stored: %s", getattr(error, "orig", error))
            if isinstance(outcome, Fatal):
                raise TelegramFatal("Telegram refuses the bot token.")
            if isinstance(outcome, Rejected) and outcome.code == 409:
                raise SirkulerError("Another program is polling with this bot's token; stop it first.")
            wait = outcome.after_seconds if isinstance(outcome, RetryAt) else pause
            if not isinstance(outcome, Sent):
                log.warning("getUpdates failed (%s); again in %.0f s", type(outcome).__name__, wait)
            await asyncio.sleep(wait)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _store(self, updates: object) -> None:
        if not isinstance(updates, list) or not updates:
            return
        async with self._db.write() as connection:
            await inbox.put(connection, updates, self._clock.now())
        # Only now, with the rows committed, may the next call tell Telegram to forget them.
        self._offset = max(int(update["update_id"]) for update in updates) + 1
        self._on_new()

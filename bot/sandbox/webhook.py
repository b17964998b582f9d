"""Updates posted to the bot's own address, one after another, until each is taken."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from bot.sandbox.updates import Update, UpdateQueue

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 60.0
PATIENCE = aiohttp.ClientTimeout(total=60)
Call = Callable[[dict[str, Any]], Awaitable[None]]


class Webhook:
    """Posts the updates of ``queue``; ``call`` runs the method that a bot gives as its answer."""

    def __init__(self, queue: UpdateQueue) -> None:
        self.url = ""
        self.last_error: tuple[int, str] | None = None
        self.call: Call | None = None
        self._queue = queue
        self._secret = ""
        self._task: asyncio.Task[None] | None = None

    async def set(self, url: str, secret: str) -> None:
        """Post to ``url`` from now on, with ``secret`` in Telegram's header."""
        await self.remove()
        self.url, self._secret, self.last_error = url, secret, None
        self._task = asyncio.create_task(self._run())

    async def remove(self) -> None:
        """Stop posting; what was not taken stays in the queue."""
        self.url = ""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _run(self) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        pause = FIRST_PAUSE
        async with aiohttp.ClientSession(headers=headers, timeout=PATIENCE) as session:
            while True:
                update = await self._queue.first()
                trouble = await self._post(session, update)
                if trouble is None:
                    self._queue.confirm(update["update_id"])
                    pause = FIRST_PAUSE
                    continue
                self.last_error = (int(time.time()), trouble)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def _post(self, session: aiohttp.ClientSession, update: Update) -> str | None:
        """One attempt; what went wrong, in Telegram's words, or None."""
        try:
            async with session.post(self.url, json=update, allow_redirects=False) as response:
                if not 200 <= response.status < 300:
                    return f"Wrong response from the webhook: {response.status} {response.reason}"
                answer = await response.json() if response.content_type == "application/json" else None
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            return "Connection refused" if isinstance(error, OSError) else "Read timeout expired"
        if isinstance(answer, dict) and answer.get("method") and self.call is not None:
            await self.call(answer)
        return None

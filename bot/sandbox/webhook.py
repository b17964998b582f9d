"""Updates posted to the bot's own address: in order for each chat, several chats at once, until taken."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from bot.sandbox.updates import Update, UpdateQueue

FIRST_PAUSE = 0.5
LONGEST_PAUSES = (60.0, 120.0)  # drawn anew each time
LONGEST_WISH = 3600.0  # of a Retry-After
GONE, GONE_FOR = 410, 23 * 3600.0  # answered so long, the address is given up
USUAL_CONNECTIONS = 40
PATIENCE = aiohttp.ClientTimeout(total=60)
Call = Callable[[dict[str, Any]], Awaitable[None]]


class _Refused(Exception):
    """The bot did not take an update; ``wish`` are the seconds it asks for, ``gone`` an answer 410."""

    def __init__(self, words: str, wish: float = 0.0, *, gone: bool = False) -> None:
        super().__init__(words)
        self.wish = min(wish, LONGEST_WISH)
        self.gone = gone


class Webhook:
    """Posts the updates of ``queue``; ``call`` runs the method that a bot gives as its answer."""

    def __init__(self, queue: UpdateQueue) -> None:
        self.url = ""
        self.last_error: tuple[int, str] | None = None
        self.max_connections = USUAL_CONNECTIONS
        self.certificate = False
        self.first_pause = FIRST_PAUSE
        self.call: Call | None = None
        self._queue = queue
        self._secret = ""
        self._task: asyncio.Task[None] | None = None
        self._lines: dict[int, deque[Update]] = {}
        self._gone_since: float | None = None

    async def set(
        self, url: str, secret: str, connections: int = USUAL_CONNECTIONS, *, certificate: bool = False
    ) -> None:
        """Post to ``url`` from now on, with ``secret`` in Telegram's header, over so many connections."""
        await self.remove()
        self.url, self._secret, self.last_error = url, secret, None
        self.max_connections, self.certificate = connections, certificate
        self._task = asyncio.create_task(self._run())

    async def remove(self) -> None:
        """Stop posting; what was not taken stays in the queue."""
        self.url, self.certificate, self._gone_since = "", False, None
        task, self._task = self._task, None
        if task is not None and task is not asyncio.current_task():
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._lines.clear()

    async def _run(self) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        free = asyncio.Semaphore(self.max_connections)
        seen = 0
        async with (
            aiohttp.ClientSession(headers=headers, timeout=PATIENCE) as session,
            asyncio.TaskGroup() as lines,
        ):
            while True:
                for update in await self._queue.after(seen):
                    seen = update["update_id"]
                    key = line_of(update)
                    if key in self._lines:
                        self._lines[key].append(update)
                    else:
                        self._lines[key] = deque([update])
                        lines.create_task(self._work_off(key, session, free))

    async def _work_off(self, key: int, session: aiohttp.ClientSession, free: asyncio.Semaphore) -> None:
        """Post the updates of one chat, one after another, each until it is taken or too old."""
        line, pause = self._lines[key], self.first_pause
        while line and self.url:
            if not self._queue.waits(line[0]["update_id"]):
                line.popleft()
                continue
            try:
                async with free:
                    await self._post(session, line[0])
            except _Refused as refusal:
                self.last_error = (int(time.time()), str(refusal))
                if self._given_up(refusal):
                    self.url = ""
                    return
                await asyncio.sleep(refusal.wish or pause)
                pause = min(pause * 2, random.uniform(*LONGEST_PAUSES))
            else:
                self._queue.forget(line.popleft()["update_id"])
                pause, self._gone_since = self.first_pause, None
        self._lines.pop(key, None)

    def _given_up(self, refusal: _Refused) -> bool:
        """Whether the address has said for so long that it is gone that Telegram drops it."""
        now = self._queue.clock()
        self._gone_since = (self._gone_since or now) if refusal.gone else None
        return self._gone_since is not None and now - self._gone_since >= GONE_FOR

    async def _post(self, session: aiohttp.ClientSession, update: Update) -> None:
        """One attempt. Raises ``_Refused`` with what went wrong, in Telegram's words."""
        try:
            async with session.post(self.url, json=update, allow_redirects=False) as response:
                if not 200 <= response.status < 300:
                    words = f"Wrong response from the webhook: {response.status} {response.reason}"
                    wish = response.headers.get("Retry-After", "")
                    seconds = float(wish) if wish.isdecimal() else 0.0
                    raise _Refused(words, seconds, gone=response.status == GONE)
                answer = await response.json() if response.content_type == "application/json" else None
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            words = "Connection refused" if isinstance(error, OSError) else "Read timeout expired"
            raise _Refused(words) from None
        if isinstance(answer, dict) and answer.get("method") and self.call is not None:
            await self.call(answer)


def line_of(update: Update) -> int:
    """What keeps updates in order: their chat, or else the person they come from."""
    payload = next(value for key, value in update.items() if key != "update_id")
    chat = payload.get("chat") or payload.get("message", {}).get("chat") or {}
    sender = payload.get("from") or payload.get("user") or {}
    return int(chat.get("id") or sender.get("id") or 0)

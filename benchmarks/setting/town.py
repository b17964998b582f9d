"""A sandbox for a whole town of silent subscribers, fast enough to be sent 1,000 messages a second.

Messages to subscribers are numbered and noted, without the look into their text and buttons that costs the
sandbox more than sending costs the bot; everything else is the sandbox's own.
"""

from __future__ import annotations

import asyncio
import json
import time
from array import array

from aiohttp import web

from bot.sandbox.server import Server
from bot.sandbox.world import World

COUNTED = ("sendMessage", "sendDocument", "sendPhoto", "edit")


class TownServer(Server):
    """Answers what is sent to subscribers after ``delay`` seconds; ``arrivals`` are the monotonic seconds at
    which those messages came, ``calls`` those of all that Telegram counts, answers and edits included;
    ``polled`` is set once the bot asks for updates."""

    def __init__(self, world: World, *, delay: float = 0.0) -> None:
        super().__init__(world, show_page=False)
        self.delay = delay
        self.arrivals = array("d")
        self.calls = array("d")
        self.reached: dict[int, int] = {}
        self.polled = asyncio.Event()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if method == "getUpdates":
            self.polled.set()
        at = time.monotonic()
        if method.startswith(COUNTED):
            self.calls.append(at)
        if method != "sendMessage":
            return await super()._call(request)
        body = json.loads(await request.read())
        chat_id = int(body["chat_id"])
        if chat_id not in self.world.crowd:
            return await super()._call(request)
        self.arrivals.append(at)
        number = self.world.next_message_id(chat_id)
        self.reached[chat_id] = self.reached.get(chat_id, 0) + 1
        if self.delay:
            await asyncio.sleep(self.delay)
        chat = {"id": chat_id, "first_name": "Üye", "type": "private"}
        result = {
            "message_id": number,
            "from": self.world.bot,
            "chat": chat,
            "date": int(time.time()),
            "text": body["text"],
            "reply_markup": body.get("reply_markup"),
        }
        answer = json.dumps({"ok": True, "result": result}).encode()
        return web.Response(body=answer, content_type="application/json")

"""Whatever a bot sends, the sandbox answers as a Bot API does: never a failure of its own."""

from __future__ import annotations

import json
import os
import random
from typing import Any

import pytest

from bot.sandbox.methods import METHODS
from bot.sandbox.schema import schema
from tests.integration.telegram_call import AYSE, CHANNEL, GROUP, OLIVER, Telegram, telegram

RUDE: tuple[Any, ...] = (
    "", "x", "-1", "0", "1e9", "9" * 30, "[", "{}", "[]", "[[]]", "[1]", "null", '{"type": 1}', "true",
    '{"type": "photo", "media": "attach://x"}', '[{"type": "photo"}, {"type": "photo"}]', "[null, null]",
    '["a", "b"]', '{"keyboard": [[{}]]}', "İ" * 70, None, 1.5, [], {}, [[{}]], {"type": "emoji"},
    '[{"type": "bold", "offset": "x", "length": []}]', [{"command": 1, "description": []}], [{"text": []}],
    [{"type": "text_link", "offset": 0, "length": 1}], [{"label": "a", "amount": "x"}], {"latitude": "x"},
    {"inline_keyboard": [[{"text": "a", "url": []}]]}, {"inline_keyboard": [[{"text": [], "web_app": 1}]]},
    {"keyboard": [[{"text": "a", "request_users": 1}]]}, {"type": "chat", "chat_id": []}, [True], [-1],
    {"type": "location", "latitude": "1", "longitude": []}, {"format": "static", "sticker": "x"},
    {"type": ["x"]}, {"message_id": "x"}, {"url": 1, "is_disabled": 1}, "https://127.0.0.1:9/",
)  # fmt: skip
ROUNDS = int(os.environ.get("GARBAGE_ROUNDS", "12"))
PLACES = ("chat_id", "from_chat_id", "message_id", "user_id")


def polite(chance: random.Random) -> dict[str, Any]:
    """Where and whom a call is for, so that it gets as far as its other arguments."""
    return {
        "chat_id": chance.choice((AYSE, GROUP, CHANNEL)),
        "from_chat_id": AYSE,
        "message_id": chance.choice((1, 2, 3)),
        "user_id": OLIVER,
        "text": "x",
    }


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"logout", "close", "getupdates"}))
async def test_garbage_is_refused_or_passed_over(method: str) -> None:
    chance = random.Random(method)
    fields = next(one for name, one in schema()["methods"].items() if name.lower() == method)
    async with telegram() as tg:
        await prepared(tg)
        for _ in range(ROUNDS):
            given = {name: value for name, value in polite(chance).items() if name in fields}
            given |= {
                name: chance.choice(RUDE)
                for name in fields
                if name not in PLACES or chance.random() < 0.2
                if chance.random() < 0.6
            }
            async with tg.session.post(
                f"{tg.url}/bot{tg.world.token}/{method}",
                data=json.dumps(given).encode(),
                headers={"Content-Type": "application/json"},
            ) as response:
                body = await response.text()
            assert response.status in (200, 400, 403, 404, 409, 413, 429, 501), (given, body)
            assert json.loads(body)["ok"] is (response.status == 200), given


async def prepared(tg: Telegram) -> None:
    """Something of every kind to work on, and the bot an administrator who may do everything."""
    for chat in (GROUP, CHANNEL):
        tg.world.chats[chat].bot_status = "administrator"
        tg.world.chats[chat].bot_rights.add("can_promote_members")
    tg.world.chats[GROUP].topics = {}
    for chat in (AYSE, GROUP, CHANNEL):
        await tg.call("sendMessage", chat_id=chat, text="x")
        await tg.call("sendPoll", chat_id=chat, question="?", options=["a", "b"])
        await tg.call("sendLocation", chat_id=chat, latitude=1, longitude=1, live_period=60)

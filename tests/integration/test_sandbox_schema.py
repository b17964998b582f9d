"""What the sandbox answers and tells has the fields of Telegram's own description, no more and no fewer.

The description is not part of this repository; without it beside the checkout the test is skipped.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.known_methods import KNOWN
from tests.integration.telegram_call import AYSE, BASIC, GROUP, OLIVER, Telegram, telegram

REFERENCE = Path(__file__).parents[2].parent / "shared/reference/telegram/api.json"
PRIMITIVE = {"Integer": int, "String": str, "Boolean": bool, "Float": float}

pytestmark = pytest.mark.skipif(not REFERENCE.exists(), reason="Telegram's description is not here.")


class Schema:
    """Checks values against the description; ``faults`` says where they differ."""

    def __init__(self) -> None:
        self.description = json.loads(REFERENCE.read_text("utf-8"))
        self.faults: list[str] = []

    def check(self, value: Any, types: list[str], where: str) -> None:
        """Note what in ``value`` fits none of ``types`` best."""
        self.faults += self._best(value, types, where)

    def _best(self, value: Any, types: list[str], where: str) -> list[str]:
        """The faults by the type that fits best."""
        return min([self._faults(value, one, where) for one in types], key=len)

    def _faults(self, value: Any, kind: str, where: str) -> list[str]:
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where}: no array"]
            inner = kind.removeprefix("Array of ")
            return [
                fault for n, one in enumerate(value) for fault in self._faults(one, inner, f"{where}[{n}]")
            ]
        if kind in PRIMITIVE or kind == "True":
            fits = type(value) is PRIMITIVE.get(kind, bool)
            return [] if fits else [f"{where}: {value!r} is no {kind}"]
        described = self.description["types"][kind]
        if described.get("subtypes"):
            return self._best(value, described["subtypes"], where)
        if not isinstance(value, dict):
            return [f"{where}: {value!r} is no {kind}"]
        return self._fields(value, described.get("fields", []), where)

    def _fields(self, value: dict[str, Any], fields: list[Any], where: str) -> list[str]:
        known = {field["name"]: field for field in fields}
        found = [f"{where}.{name}: unknown" for name in value if name not in known]
        for name, field in known.items():
            if name in value:
                found += self._best(value[name], field["types"], f"{where}.{name}")
            elif field["required"]:
                found.append(f"{where}.{name}: missing")
        return found


async def everything(tg: Telegram, schema: Schema) -> None:
    """Call every method that answers something and let persons do everything; check all of it."""

    async def call(method: str, **parameters: Any) -> Any:
        result = await tg.call(method, **parameters)
        described = schema.description["methods"][KNOWN[method.lower()]]
        schema.check(result, described["returns"], method)
        return result

    rich = "<b>a</b> <a href='a.b'>l</a> <code>c</code> <a href='tg://user?id=501001'>m</a> /x <pre>p</pre>"
    keys = [[{"text": "t", "callback_data": "d"}], [{"text": "u", "url": "a.b", "style": "danger"}]]
    sent = await call(
        "sendMessage", chat_id=AYSE, text=rich, parse_mode="HTML", reply_markup={"inline_keyboard": keys}
    )
    number = sent["message_id"]
    reply = {"message_id": number}
    await call("sendMessage", chat_id=AYSE, text="x", reply_parameters=reply, disable_notification=True)
    await call("sendMessage", chat_id=700_001, text="x")
    await call("editMessageText", chat_id=AYSE, message_id=number, text="y")
    await call("forwardMessage", chat_id=OLIVER, from_chat_id=AYSE, message_id=number)
    await call("copyMessage", chat_id=OLIVER, from_chat_id=AYSE, message_id=number)
    await call("pinChatMessage", chat_id=AYSE, message_id=number)
    await call(
        "setMessageReaction", chat_id=AYSE, message_id=number, reaction=[{"type": "emoji", "emoji": "👍"}]
    )
    for chat in (AYSE, GROUP, 700_001):
        await call("getChat", chat_id=chat)
    await call("setMyCommands", commands=[{"command": "a", "description": "b"}])
    for method in ("getMe", "getMyCommands", "getMyName", "getMyDescription", "getMyShortDescription"):
        await call(method)
    for method in ("getWebhookInfo", "getChatMenuButton"):
        await call(method)
    await call("getUpdates", allowed_updates=["message", "edited_message", "message_reaction",
                                              "my_chat_member", "callback_query"])  # fmt: skip
    own = tg.world.person_text(AYSE, AYSE, "/start a@b.org", reply_to=number)
    tg.world.person_edit(AYSE, AYSE, own["message_id"], "x")
    upload = tg.world.person_document(AYSE, AYSE, "a.pdf", b"x", "application/pdf", caption="c")
    await call("getFile", file_id=upload["document"]["file_id"])
    await call("sendDocument", chat_id=AYSE, document=upload["document"]["file_id"], caption="/a")
    tg.world.person_sticker(AYSE, AYSE)
    tg.world.person_forward(AYSE, AYSE, AYSE, number)
    tg.world.person_tap(AYSE, AYSE, number, "d")
    tg.world.person_react(AYSE, AYSE, number, "👍")
    tg.world.block(OLIVER)
    tg.world.unblock(OLIVER)
    for status in ("administrator", "kicked", "member", "left", "member"):
        tg.world.set_bot_status(AYSE, BASIC, status)
        if status in ("administrator", "member"):
            await call("getChatMember", chat_id=BASIC, user_id=tg.world.bot["id"])
    await call("getChatMember", chat_id=BASIC, user_id=AYSE)
    tg.world.leave(OLIVER, BASIC)
    tg.world.join(OLIVER, BASIC)
    updates = await call("getUpdates")
    assert {key for update in updates for key in update} == {
        "update_id", "message", "edited_message", "my_chat_member", "callback_query", "message_reaction",
    }  # fmt: skip


async def test_answers_and_updates_have_telegrams_fields() -> None:
    schema = Schema()
    async with telegram() as tg:
        await everything(tg, schema)
    assert schema.faults == []

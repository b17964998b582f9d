"""Telegram's smaller rules: what is looked at first, what is said beside a result, who is told what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.sandbox import inline
from bot.sandbox.records import member
from tests.integration.telegram_call import AYSE, CHANNEL, GROUP, NOBODY, OLIVER, Telegram, telegram


@pytest.fixture
async def tg() -> AsyncIterator[Telegram]:
    async with telegram() as running:
        yield running


@pytest.mark.parametrize(
    ("first", "then", "words"),
    [
        ({"link_preview_options": "{"}, {"text": ""}, "can't parse link preview options JSON object"),
        ({"text": ""}, {"reply_parameters": "{"}, "message text is empty"),
        ({"reply_parameters": "{"}, {"reply_markup": "{"}, "can't parse reply parameters JSON object"),
        ({"reply_markup": "{"}, {"chat_id": NOBODY}, "can't parse reply keyboard markup JSON object"),
        ({"chat_id": NOBODY}, {"reply_parameters": {"message_id": 9}}, "chat not found"),
        ({"reply_parameters": {"message_id": 9}}, {"text": "x" * 4097}, "message to be replied not found"),
    ],
)
async def test_of_two_mistakes_telegrams_first_is_named(
    tg: Telegram, first: dict[str, Any], then: dict[str, Any], words: str
) -> None:
    call = {"chat_id": AYSE, "text": "x"} | then | first
    assert await tg.refusal("sendMessage", **call) == f"400 Bad Request: {words}"


async def test_a_webhook_call_says_what_it_did(tg: Telegram) -> None:
    async def said(method: str, **more: Any) -> tuple[Any, Any]:
        body = (await tg.answer(method, **more))[1]
        return body["result"], body["description"]

    address = {"url": "http://127.0.0.1:9/hook"}
    assert await said("deleteWebhook") == (True, "Webhook is already deleted")
    assert await said("setWebhook", **address) == (True, "Webhook was set")
    assert await said("setWebhook", **address) == (True, "Webhook is already set")
    assert await said("setWebhook", **address, max_connections=3) == (True, "Webhook was set")
    assert await said("setWebhook", url="") == (True, "Webhook was deleted")


async def test_a_bot_that_leaves_hears_of_it_and_is_out(tg: Telegram) -> None:
    await tg.call("leaveChat", chat_id=GROUP)
    told = (await tg.updates())[-1]["my_chat_member"]
    assert (told["from"]["id"], told["new_chat_member"]["status"]) == (tg.world.bot["id"], "left")
    refused = await tg.refusal("sendMessage", chat_id=GROUP, text="x")
    assert refused == "403 Forbidden: bot is not a member of the supergroup chat"


async def test_only_an_administrator_that_asked_hears_who_comes_and_reacts(tg: Telegram) -> None:
    await tg.call("getUpdates", allowed_updates=["chat_member", "message_reaction"], timeout=0)
    number = tg.world.person_text(AYSE, GROUP, "merhaba")["message_id"]

    async def heard() -> list[str]:
        tg.world.leave(OLIVER, GROUP)
        tg.world.join(OLIVER, GROUP)
        tg.world.person_react(OLIVER, GROUP, number, "👍")
        found = await tg.updates()
        return [key for one in found for key in one if key != "update_id"]

    assert await heard() == []
    tg.world.chats[GROUP].bot_status = "administrator"
    assert await heard() == ["chat_member", "chat_member", "message_reaction"]


async def test_the_bots_own_rights_are_those_it_has_in_the_chat(tg: Telegram) -> None:
    group = tg.world.chats[GROUP]
    group.bot_status, group.bot_rights = "administrator", {"can_promote_members", "can_pin_messages"}
    place = {"chat_id": GROUP, "user_id": tg.world.bot["id"]}
    own = await tg.call("getChatMember", **place)
    assert (own["can_pin_messages"], own["can_delete_messages"]) == (True, False)
    assert own == (await tg.call("getChatAdministrators", chat_id=GROUP))[-1]
    person = {"chat_id": GROUP, "user_id": AYSE}
    more = await tg.refusal("promoteChatMember", **person, can_delete_messages=True)
    assert more == "400 Bad Request: RIGHT_FORBIDDEN"
    assert await tg.call("promoteChatMember", **person, can_pin_messages=True) is True
    assert await tg.call("promoteChatMember", **person) is True  # its own administrator it may unmake
    group.standing[AYSE] = member(tg.world.persons[AYSE].user(), "administrator")
    other = await tg.refusal("promoteChatMember", **person)
    assert other == "400 Bad Request: user is an administrator of the chat"


async def test_a_tap_may_open_the_bots_own_links_only(tg: Telegram) -> None:
    keys = {"inline_keyboard": [[{"text": "Aç", "callback_data": "a"}]]}
    number = (await tg.call("sendMessage", chat_id=AYSE, text="x", reply_markup=keys))["message_id"]
    query = {"callback_query_id": tg.world.person_tap(AYSE, AYSE, number, "a")}
    foreign = await tg.refusal("answerCallbackQuery", **query, url="https://example.org/")
    assert foreign == "400 Bad Request: URL_INVALID"
    own = f"https://t.me/{tg.world.bot['username']}?start=abc"
    assert await tg.call("answerCallbackQuery", **query, url=own) is True


async def test_what_came_by_the_inline_mode_is_tapped_and_placed_as_such(tg: Telegram) -> None:
    keys = {"inline_keyboard": [[{"text": "Aç", "callback_data": "a"}]]}
    office = {"latitude": 41.0, "longitude": 29.0, "title": "Birlik", "address": "Şişli"}
    results = [
        {"type": "venue", "id": "1", **office, "reply_markup": keys},
        {"type": "contact", "id": "2", "phone_number": "+903120000000", "first_name": "Büro"},
    ]
    asked = inline.ask(tg.world, AYSE, GROUP, "yer")
    await tg.call("answerInlineQuery", inline_query_id=asked, results=results)
    await tg.updates()
    venue = inline.choose(tg.world, asked, "1")
    assert venue["venue"]["address"] == "Şişli"
    assert inline.choose(tg.world, asked, "2")["contact"]["first_name"] == "Büro"
    tg.world.person_tap(OLIVER, GROUP, venue["message_id"], "a")
    tap = (await tg.updates())[-1]["callback_query"]
    assert "message" not in tap
    edit = {"inline_message_id": tap["inline_message_id"]}
    assert await tg.call("editMessageReplyMarkup", **edit) is True


async def test_a_channels_reactions_are_counted_without_names(tg: Telegram) -> None:
    tg.world.chats[CHANNEL].bot_status = "administrator"
    await tg.call("getUpdates", allowed_updates=["message_reaction", "message_reaction_count"], timeout=0)
    number = (await tg.call("sendMessage", chat_id=CHANNEL, text="Duyuru"))["message_id"]
    for person in (AYSE, OLIVER):
        tg.world.person_react(person, CHANNEL, number, "👍")
    told = (await tg.updates())[-1]["message_reaction_count"]
    assert told["reactions"] == [{"type": {"type": "emoji", "emoji": "👍"}, "total_count": 2}]


async def test_who_joins_a_channel_writes_nothing_into_it(tg: Telegram) -> None:
    tg.world.join(OLIVER, CHANNEL)
    tg.world.leave(OLIVER, CHANNEL)
    assert tg.world.messages(CHANNEL) == []

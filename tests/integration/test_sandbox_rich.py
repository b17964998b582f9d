"""What goes beyond text: polls, topics, members, invite links, inline mode, media, and the strict mode."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.sandbox import inline, polls
from tests.integration.telegram_call import AYSE, CHANNEL, GROUP, NOW, OLIVER, TOKEN, Telegram, telegram

PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x40\0\0\0\x20"  # 64 × 32
RULER = {"can_manage_chat", "can_pin_messages"}


@pytest.fixture
async def tg() -> AsyncIterator[Telegram]:
    async with telegram() as running:
        for chat in (GROUP, CHANNEL):
            running.world.chats[chat].bot_status = "administrator"
        yield running


async def upload(
    tg: Telegram, method: str, field: str, name: str, content: bytes, **more: str
) -> dict[str, Any]:
    form = aiohttp.FormData({"chat_id": str(AYSE), **more})
    form.add_field(field, content, filename=name)
    async with tg.session.post(f"{tg.url}/bot{TOKEN}/{method}", data=form) as response:
        body = await response.json()
    assert body["ok"], body
    return dict(body["result"])


async def test_a_poll_is_voted_on_and_stopped(tg: Telegram) -> None:
    options = ["Sabah", {"text": "Akşam"}]
    poll = {"question": "Ne zaman?", "options": options, "is_anonymous": False}
    sent = await tg.call("sendPoll", chat_id=GROUP, **poll)
    number = sent["message_id"]
    polls.vote(tg.world, AYSE, GROUP, number, [1])
    polls.vote(tg.world, OLIVER, GROUP, number, [0])
    polls.vote(tg.world, OLIVER, GROUP, number, [])
    with pytest.raises(ValueError, match="no such options"):
        polls.vote(tg.world, AYSE, GROUP, number, [0, 1])
    answers = [one["poll_answer"]["option_ids"] for one in await tg.updates() if "poll_answer" in one]
    assert answers == [[1], [0], []]
    stopped = await tg.call("stopPoll", chat_id=GROUP, message_id=number)
    assert stopped["is_closed"] is True
    assert [one["voter_count"] for one in stopped["options"]] == [0, 1]
    refused = await tg.refusal("stopPoll", chat_id=GROUP, message_id=number)
    assert refused == "400 Bad Request: poll has already been closed"


async def test_a_poll_closes_by_the_worlds_clock(tg: Telegram) -> None:
    sent = await tg.call("sendPoll", chat_id=GROUP, question="?", options=["a", "b"], open_period=60)
    tg.time[0] += 61
    with pytest.raises(ValueError, match="closed"):
        polls.vote(tg.world, AYSE, GROUP, sent["message_id"], [0])
    assert [one["poll"]["is_closed"] for one in await tg.updates()] == [True]


async def test_a_topic_holds_its_messages_and_takes_them_along(tg: Telegram) -> None:
    missing = await tg.refusal("createForumTopic", chat_id=GROUP, name="SKDM")
    assert missing == "400 Bad Request: the chat is not a forum"
    tg.world.chats[GROUP].topics = {}
    thread = (await tg.call("createForumTopic", chat_id=GROUP, name="SKDM"))["message_thread_id"]
    sent = await tg.call("sendMessage", chat_id=GROUP, text="x", message_thread_id=thread)
    assert (sent["is_topic_message"], sent["message_thread_id"]) == (True, thread)
    assert await tg.refusal("sendMessage", chat_id=GROUP, text="x", message_thread_id=1) == (
        "400 Bad Request: message thread not found"
    )
    assert await tg.call("closeForumTopic", chat_id=GROUP, message_thread_id=thread) is True
    again = await tg.refusal("closeForumTopic", chat_id=GROUP, message_thread_id=thread)
    assert again == "400 Bad Request: TOPIC_NOT_MODIFIED"
    await tg.call("deleteForumTopic", chat_id=GROUP, message_thread_id=thread)
    assert sent["message_id"] not in tg.world.chats[GROUP].messages


async def test_members_are_banned_restricted_and_promoted_by_right(tg: Telegram) -> None:
    await tg.call("getUpdates", allowed_updates=["chat_member"])
    await tg.call("banChatMember", chat_id=GROUP, user_id=OLIVER, until_date=int(NOW) + 3600)
    banned = await tg.call("getChatMember", chat_id=GROUP, user_id=OLIVER)
    assert (banned["status"], banned["until_date"]) == ("kicked", int(NOW) + 3600)
    await tg.call("unbanChatMember", chat_id=GROUP, user_id=OLIVER)
    assert (await tg.call("getChatMember", chat_id=GROUP, user_id=OLIVER))["status"] == "left"
    await tg.call("restrictChatMember", chat_id=GROUP, user_id=AYSE, permissions={"can_send_messages": True})
    restricted = await tg.call("getChatMember", chat_id=GROUP, user_id=AYSE)
    assert (restricted["can_send_messages"], restricted["can_send_polls"]) == (True, False)
    heard = [one["chat_member"]["new_chat_member"]["status"] for one in await tg.updates()]
    assert heard == ["kicked", "left", "restricted"]
    refused = await tg.refusal("promoteChatMember", chat_id=GROUP, user_id=AYSE, can_pin_messages=True)
    assert refused == "400 Bad Request: not enough rights"
    tg.world.chats[GROUP].bot_rights.add("can_promote_members")
    await tg.call("promoteChatMember", chat_id=GROUP, user_id=AYSE, can_pin_messages=True)
    promoted = await tg.call("getChatMember", chat_id=GROUP, user_id=AYSE)
    assert {name for name, value in promoted.items() if value is True and name != "can_be_edited"} == RULER


async def test_the_look_of_a_group_and_its_links(tg: Telegram) -> None:
    await tg.call("setChatTitle", chat_id=GROUP, title="Yeni")
    await tg.call("setChatDescription", chat_id=GROUP, description="Açıklama")
    link = await tg.call("exportChatInviteLink", chat_id=GROUP)
    chat = await tg.call("getChat", chat_id=GROUP)
    assert (chat["title"], chat["description"], chat["invite_link"]) == ("Yeni", "Açıklama", link)
    own = await tg.call("createChatInviteLink", chat_id=GROUP, name="n", member_limit=3)
    revoked = await tg.call("revokeChatInviteLink", chat_id=GROUP, invite_link=own["invite_link"])
    assert revoked == {**own, "is_revoked": True}
    tg.world.chats[GROUP].members.discard(OLIVER)
    tg.world.chats[GROUP].requests[OLIVER] = {}
    await tg.call("approveChatJoinRequest", chat_id=GROUP, user_id=OLIVER)
    assert OLIVER in tg.world.chats[GROUP].members


async def test_a_public_channel_is_written_to_by_its_name(tg: Telegram) -> None:
    tg.world.chats[CHANNEL].username = "Haberler_TR"
    sent = await tg.call("sendMessage", chat_id="@haberler_tr", text="x")
    assert (sent["chat"]["id"], "from" in sent) == (CHANNEL, False)
    refused = await tg.refusal("sendMessage", chat_id="@aysedemir", text="x")
    assert refused == "400 Bad Request: chat not found"


async def test_an_inline_query_is_answered_chosen_and_edited(tg: Telegram) -> None:
    query_id = inline.ask(tg.world, AYSE, GROUP, "skdm")
    keys = {"inline_keyboard": [[{"text": "t", "callback_data": "d"}]]}
    result = {"type": "article", "id": "1", "title": "SKDM", "reply_markup": keys}
    result["input_message_content"] = {"message_text": "<b>SKDM</b>", "parse_mode": "HTML"}
    assert await tg.call("answerInlineQuery", inline_query_id=query_id, results=[result]) is True
    again = await tg.refusal("answerInlineQuery", inline_query_id=query_id, results=[result])
    assert again.endswith("query is too old and response timeout expired or query ID is invalid")
    message = inline.choose(tg.world, query_id, "1")
    assert (message["text"], message["via_bot"]["id"]) == ("SKDM", tg.world.bot["id"])
    asked, chosen = await tg.updates()
    assert asked["inline_query"]["chat_type"] == "supergroup"
    inline_id = chosen["chosen_inline_result"]["inline_message_id"]
    assert await tg.call("editMessageText", inline_message_id=inline_id, text="y") is True
    assert tg.world.chats[GROUP].messages[message["message_id"]]["text"] == "y"


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "t", "start_parameter": ""}, "can't use empty start_parameter"),
        ({"text": "t", "start_parameter": "x" * 65}, "too long start_parameter specified"),
        ({"text": "t", "start_parameter": "a b"}, "unallowed characters in start_parameter are used"),
    ],
)
async def test_the_deep_link_of_inline_results(tg: Telegram, button: dict[str, str], words: str) -> None:
    query_id = inline.ask(tg.world, AYSE, AYSE, "x")
    refused = await tg.refusal("answerInlineQuery", inline_query_id=query_id, results=[], button=button)
    assert refused == f"400 Bad Request: {words}"


async def test_media_keep_their_kind_and_come_back_by_id(tg: Telegram) -> None:
    video = await upload(tg, "sendVideo", "video", "v.mp4", b"x" * 9, duration="5", width="3", height="4",
                         has_spoiler="true")  # fmt: skip
    assert (video["video"]["duration"], video["video"]["width"], video["has_media_spoiler"]) == (5, 3, True)
    again = await tg.call("sendVideo", chat_id=AYSE, video=video["video"]["file_id"])
    assert again["video"] == video["video"]
    refused = await tg.refusal("sendVoice", chat_id=AYSE, voice=video["video"]["file_id"])
    assert refused == "400 Bad Request: can't use file of type Video as Voice"
    picture = await upload(tg, "sendPhoto", "photo", "p.png", PICTURE)
    assert (picture["photo"][0]["width"], picture["photo"][0]["height"]) == (64, 32)
    found = await tg.call("getFile", file_id=picture["photo"][0]["file_id"])
    assert found["file_path"].startswith("photos/")
    async with tg.session.get(f"{tg.url}/file/bot{TOKEN}/{found['file_path']}") as response:
        assert await response.read() == PICTURE
    new = {"type": "video", "media": video["video"]["file_id"], "caption": "c"}
    changed = await tg.call("editMessageMedia", chat_id=AYSE, message_id=picture["message_id"], media=new)
    assert ("photo" in changed, changed["caption"]) == (False, "c")


async def test_places_contacts_and_dice(tg: Telegram) -> None:
    live = await tg.call("sendLocation", chat_id=AYSE, latitude=41.0, longitude=29.0, live_period=60)
    number = {"chat_id": AYSE, "message_id": live["message_id"]}
    moved = await tg.call("editMessageLiveLocation", **number, latitude=41.5, longitude=29.0)
    assert moved["location"]["latitude"] == 41.5
    assert "live_period" not in (await tg.call("stopMessageLiveLocation", **number))["location"]
    assert await tg.refusal("editMessageLiveLocation", **number, latitude=1, longitude=1) == (
        "400 Bad Request: message can't be edited"
    )
    assert 1 <= (await tg.call("sendDice", chat_id=AYSE))["dice"]["value"] <= 6
    contact = await tg.call("sendContact", chat_id=AYSE, phone_number="+90", first_name="A")
    assert contact["contact"] == {"phone_number": "+90", "first_name": "A"}


async def test_a_reply_quotes_and_reaches_other_chats(tg: Telegram) -> None:
    first = await tg.call("sendMessage", chat_id=AYSE, text="bir iki üç")
    reply = {"message_id": first["message_id"], "chat_id": AYSE, "quote": "iki"}
    sent = await tg.call("sendMessage", chat_id=AYSE, text="x", reply_parameters=reply)
    assert sent["quote"] == {"text": "iki", "position": 4, "is_manual": True}
    away = await tg.call("sendMessage", chat_id=OLIVER, text="x", reply_parameters=reply)
    assert (away["external_reply"]["message_id"], "reply_to_message" in away) == (first["message_id"], False)
    reply["quote"] = "dört"
    refused = await tg.refusal("sendMessage", chat_id=AYSE, text="x", reply_parameters=reply)
    assert refused == "400 Bad Request: QUOTE_TEXT_INVALID"


async def test_strict_mode_refuses_what_telegram_does_not_describe() -> None:
    async with telegram(strict=True) as tg:
        await tg.call("sendMessage", chat_id=AYSE, text="x", disable_notification=True)
        keys = {"inline_keyboard": [[{"text": "t", "calback_data": "d"}]]}
        for more, words in (
            ({"tekst": "x"}, "sendmessage: there is no tekst"),
            ({"disable_notification": "perhaps"}, "sendmessage.disable_notification: no Boolean"),
            ({"reply_markup": keys}, "InlineKeyboardButton: there is no calback_data"),
        ):
            refused = await tg.refusal("sendMessage", chat_id=AYSE, text="x", **more)
            assert words.split(": ")[-1] in refused, refused
        assert "text is missing" in await tg.refusal("sendMessage", chat_id=AYSE)
        assert len(tg.world.invalid) == 4
        assert tg.world.ledger.count() == 1

"""An administrator bot among members: tags, reactions, pins, and what it hears of its own doings."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.sandbox import inline, polls
from tests.integration.telegram_call import AYSE, CHANNEL, GROUP, OLIVER, Telegram, telegram


@pytest.fixture
async def tg() -> AsyncIterator[Telegram]:
    async with telegram() as running:
        running.world.chats[GROUP].bot_status = "administrator"
        yield running


async def test_a_tag_stands_beside_a_members_name_until_it_is_taken_away(tg: Telegram) -> None:
    place = {"chat_id": GROUP, "user_id": AYSE}
    assert await tg.call("setChatMemberTag", **place, tag="Kurul") is True
    assert (await tg.call("getChatMember", **place))["tag"] == "Kurul"
    tg.world.person_text(AYSE, GROUP, "/selam")
    assert (await tg.updates())[-1]["message"]["sender_tag"] == "Kurul"
    assert await tg.call("setChatMemberTag", **place) is True
    assert "tag" not in await tg.call("getChatMember", **place)
    long = await tg.refusal("setChatMemberTag", **place, tag="x" * 17)
    assert long == "400 Bad Request: ADMIN_RANK_INVALID"
    drawn = await tg.refusal("setChatMemberTag", **place, tag="🐳")
    assert drawn == "400 Bad Request: ADMIN_RANK_EMOJI_NOT_ALLOWED"
    strange = await tg.refusal("setChatMemberTag", chat_id=GROUP, user_id=1, tag="x")
    assert strange == "400 Bad Request: PARTICIPANT_ID_INVALID"
    tg.world.chats[GROUP].creator = OLIVER
    owner = await tg.refusal("setChatMemberTag", chat_id=GROUP, user_id=OLIVER, tag="x")
    assert owner == "400 Bad Request: CHAT_CREATOR_REQUIRED"


async def test_reactions_are_taken_away_from_one_message_or_from_all(tg: Telegram) -> None:
    numbers = [tg.world.person_text(AYSE, GROUP, word)["message_id"] for word in ("bir", "iki")]
    for number in numbers:
        tg.world.person_react(OLIVER, GROUP, number, "👍")
        tg.world.person_react(AYSE, GROUP, number, "🔥")

    def given() -> list[list[int]]:
        return [sorted(tg.world.chats[GROUP].messages[n]["_reactions"]) for n in numbers]

    await tg.call("deleteMessageReaction", chat_id=GROUP, message_id=numbers[0], user_id=OLIVER)
    assert given() == [[AYSE], [AYSE, OLIVER]]
    await tg.call("deleteAllMessageReactions", chat_id=GROUP, user_id=AYSE)
    assert given() == [[], [OLIVER]]
    nobody = await tg.refusal("deleteAllMessageReactions", chat_id=GROUP)
    assert nobody == "400 Bad Request: sender_chat_id is empty"
    stranger = await tg.refusal("deleteAllMessageReactions", chat_id=GROUP, user_id=1)
    assert stranger == "400 Bad Request: PARTICIPANT_ID_INVALID"
    gone = await tg.refusal("deleteMessageReaction", chat_id=GROUP, message_id=999, user_id=AYSE)
    assert gone == "400 Bad Request: message to delete reactions not found"


async def test_a_channel_is_banned_as_a_sender_and_let_in_again(tg: Telegram) -> None:
    place = {"chat_id": GROUP, "sender_chat_id": CHANNEL}
    assert await tg.call("banChatSenderChat", **place) is True
    assert tg.world.chats[GROUP].banned_chats == {CHANNEL}
    assert await tg.call("unbanChatSenderChat", **place) is True
    assert tg.world.chats[GROUP].banned_chats == set()
    unknown = await tg.refusal("banChatSenderChat", chat_id=GROUP, sender_chat_id=1)
    assert unknown == "400 Bad Request: PARTICIPANT_ID_INVALID"


async def test_the_bot_hears_of_its_own_pin_title_and_removals_but_not_of_its_own_words(tg: Telegram) -> None:
    sent = await tg.call("sendMessage", chat_id=GROUP, text="Duyuru")
    place = {"chat_id": GROUP, "message_id": sent["message_id"]}
    await tg.call("pinChatMessage", **place)
    await tg.call("pinChatMessage", **place)  # once more changes nothing
    await tg.call("setChatTitle", chat_id=GROUP, title="Yeni ad")
    await tg.call("banChatMember", chat_id=GROUP, user_id=OLIVER)
    heard = [one["message"] for one in await tg.updates() if "message" in one]
    assert [one["from"]["id"] for one in heard] == [tg.world.bot["id"]] * 3
    assert heard[0]["pinned_message"]["text"] == "Duyuru"
    assert heard[1]["new_chat_title"] == "Yeni ad"
    assert heard[2]["left_chat_member"]["id"] == OLIVER


@pytest.mark.parametrize(
    ("right", "method", "words"),
    [
        ("can_pin_messages", "pinChatMessage", "not enough rights to manage pinned messages in the chat"),
        ("can_pin_messages", "unpinChatMessage", "not enough rights to manage pinned messages in the chat"),
        ("can_delete_messages", "deleteMessage", "message can't be deleted"),
        ("can_delete_messages", "deleteMessageReaction", "not enough rights"),
    ],
)
async def test_being_administrator_is_not_enough_without_the_right(
    tg: Telegram, right: str, method: str, words: str
) -> None:
    number = tg.world.person_text(AYSE, GROUP, "merhaba")["message_id"]
    place = {"chat_id": GROUP, "message_id": number, "user_id": AYSE}
    tg.world.chats[GROUP].bot_rights.discard(right)
    assert await tg.refusal(method, **place) == f"400 Bad Request: {words}"


async def test_premium_is_given_from_the_bots_own_stars(tg: Telegram) -> None:
    tg.world.stars.append({"id": "x", "amount": 1200, "date": 1, "source": {"type": "other"}})
    gift = {"user_id": AYSE, "month_count": 3, "star_count": 1000}
    assert await tg.call("giftPremiumSubscription", **gift) is True
    assert await tg.call("getMyStarBalance") == {"amount": 200}
    newest = (await tg.call("getStarTransactions"))["transactions"][0]
    assert newest["receiver"]["premium_subscription_duration"] == 3
    assert await tg.refusal("giftPremiumSubscription", **gift) == "400 Bad Request: BALANCE_TOO_LOW"


async def test_a_telephone_number_with_its_country_code_is_found(tg: Telegram) -> None:
    sent = await tg.call("sendMessage", chat_id=AYSE, text="Tel: +90 (312) 455 00 00, dahili 90 31")
    assert sent["entities"] == [{"type": "phone_number", "offset": 5, "length": 19}]


async def test_a_link_lets_in_as_often_as_it_says_and_may_ask_first(tg: Telegram) -> None:
    async def opens(person: int, link: str) -> tuple[int, dict[str, object]]:
        body = {"person_id": person, "link": link}
        async with tg.session.post(f"{tg.url}/sandbox/join", json=body) as response:
            return response.status, await response.json()

    for person in (AYSE, OLIVER):
        tg.world.leave(person, GROUP)
    once = (await tg.call("createChatInviteLink", chat_id=GROUP, member_limit=1))["invite_link"]
    assert await opens(AYSE, once) == (200, {"ok": True, "joined": True})
    assert (await opens(OLIVER, once))[0] == 400
    asks = await tg.call("createChatInviteLink", chat_id=GROUP, creates_join_request=True, name="Kurul")
    await tg.updates()
    assert await opens(OLIVER, asks["invite_link"]) == (200, {"ok": True, "joined": False})
    (asked,) = await tg.updates()
    request = asked["chat_join_request"]
    assert (request["from"]["id"], request["invite_link"]) == (OLIVER, asks)
    await tg.call("approveChatJoinRequest", chat_id=GROUP, user_id=OLIVER)
    assert (await tg.call("getChatMember", chat_id=GROUP, user_id=OLIVER))["status"] == "member"
    await tg.call("banChatMember", chat_id=GROUP, user_id=OLIVER)
    await tg.call("revokeChatInviteLink", chat_id=GROUP, invite_link=once)
    for person, link in ((OLIVER, asks["invite_link"]), (OLIVER, once), (OLIVER, "https://t.me/+none")):
        assert (await opens(person, link))[0] == 400


async def test_who_is_banned_or_silenced_does_not_write(tg: Telegram) -> None:
    await tg.call("restrictChatMember", chat_id=GROUP, user_id=OLIVER, permissions={"can_pin_messages": True})
    with pytest.raises(ValueError, match="may not write"):
        tg.world.person_text(OLIVER, GROUP, "selam")
    await tg.call("banChatMember", chat_id=GROUP, user_id=OLIVER)
    with pytest.raises(ValueError, match="not in the chat"):
        tg.world.person_text(OLIVER, GROUP, "selam")
    await tg.call("setChatPermissions", chat_id=GROUP, permissions={"can_send_polls": True})
    with pytest.raises(ValueError, match="may not write"):
        tg.world.person_text(AYSE, GROUP, "selam")


async def test_a_copied_poll_is_one_of_its_own(tg: Telegram) -> None:
    sent = await tg.call("sendPoll", chat_id=AYSE, question="Gelecek misiniz?", options=["Evet", "Hayır"])
    polls.vote(tg.world, AYSE, AYSE, sent["message_id"], [0])
    place = {"chat_id": OLIVER, "from_chat_id": AYSE, "message_id": sent["message_id"]}
    copied = tg.world.chats[OLIVER].messages[(await tg.call("copyMessage", **place))["message_id"]]["poll"]
    assert (copied["id"] != sent["poll"]["id"], copied["total_voter_count"]) == (True, 0)


async def test_two_results_of_one_number_are_refused(tg: Telegram) -> None:
    result = {"type": "article", "id": "1", "title": "t", "input_message_content": {"message_text": "x"}}
    asked = inline.ask(tg.world, AYSE, AYSE, "x")
    refused = await tg.refusal("answerInlineQuery", inline_query_id=asked, results=[result, result])
    assert refused == "400 Bad Request: RESULT_ID_DUPLICATE"

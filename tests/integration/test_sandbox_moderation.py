"""An administrator bot among members: tags, reactions, pins, and what it hears of its own doings."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

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

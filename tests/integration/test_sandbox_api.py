"""The sandbox's Bot API over HTTP, by python-telegram-bot and by raw calls: answers, refusals, limits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
import telegram as ptb
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from bot.sandbox.known_methods import KNOWN
from bot.sandbox.methods import METHODS
from tests.integration.telegram_call import (
    AYSE,
    BASIC,
    BLOCKER,
    GROUP,
    MOVED,
    NOW,
    OLIVER,
    TOKEN,
    Telegram,
    telegram,
)

ROOT = Path(__file__).parents[2]
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000200000001008060000") + b"rest"


@pytest_asyncio.fixture
async def tg() -> AsyncIterator[Telegram]:
    async with telegram() as running:
        yield running


@pytest_asyncio.fixture
async def bot(tg: Telegram) -> AsyncIterator[ptb.Bot]:
    async with ptb.Bot(TOKEN, base_url=f"{tg.url}/bot", base_file_url=f"{tg.url}/file/bot") as running:
        yield running


def test_every_method_of_the_sandbox_is_one_of_telegrams() -> None:
    assert METHODS.keys() <= KNOWN.keys()


async def test_who_may_call(tg: Telegram) -> None:
    assert (await tg.call("GETME"))["username"] == "sirkuler_bot"
    wrong = [("4242:another-token", 401, "Unauthorized"), ("nonsense", 404, "Not Found")]
    for token, code, text in wrong:
        status, body = await tg.answer("getMe", _token=token)
        assert (status, body["error_code"], body["description"]) == (code, code, text)
    async with tg.session.put(f"{tg.url}/bot{TOKEN}/getMe") as response:
        assert response.status == 501
    async with tg.session.get(f"{tg.url}/bot{TOKEN}") as response:
        assert (response.status, (await response.json())["ok"]) == (404, False)
    with pytest.raises(InvalidToken):
        async with ptb.Bot("4242:another-token", base_url=f"{tg.url}/bot"):
            pass


async def test_arguments_come_as_query_form_multipart_or_json(tg: Telegram) -> None:
    address = f"{tg.url}/bot{TOKEN}/sendMessage"
    form = aiohttp.FormData({"chat_id": str(AYSE), "text": "multipart"}, default_to_multipart=True)
    requests = [
        tg.session.get(address, params={"chat_id": AYSE, "text": "query"}),
        tg.session.post(address, data={"chat_id": AYSE, "text": "form", "unheard_of": "1"}),
        tg.session.post(address, data=form),
        tg.session.post(address, params={"text": "first wins"}, json={"chat_id": AYSE, "text": "json"}),
    ]
    for request in requests:
        async with request as response:
            assert (await response.json())["ok"]
    texts = [message["text"] for message in tg.world.messages(AYSE)]
    assert texts == ["query", "form", "multipart", "first wins"]


async def test_a_message_comes_back_parsed(bot: ptb.Bot) -> None:
    sent = await bot.send_message(AYSE, "<b>Son gün</b> 😀 <a href='example.org'>kaynak</a> /takvim",
                                  parse_mode="HTML")  # fmt: skip
    assert sent.text == "Son gün 😀 kaynak /takvim"
    assert [(one.type, sent.parse_entity(one)) for one in sent.entities] == [
        ("bold", "Son gün"),
        ("text_link", "kaynak"),
        ("bot_command", "/takvim"),
    ]
    assert sent.entities[1].url == "http://example.org/"
    assert sent.chat.first_name == "Ayşe"
    assert sent.from_user is not None
    assert sent.from_user.is_bot
    assert sent.date.timestamp() == NOW
    named = await bot.send_message(
        AYSE, "<a href='tg://user?id=501002'>o</a> <a href='tg://user?id=5'>x</a>", parse_mode="HTML"
    )
    assert [(one.type, one.user and one.user.first_name) for one in named.entities] == [
        ("text_mention", "Oliver")
    ]
    plain = await bot.send_message(AYSE, "a *b*", parse_mode="MarkdownV2")
    assert plain.text == "a b"


async def test_length_is_counted_after_parsing_in_characters(tg: Telegram) -> None:
    emoji = await tg.call("sendMessage", chat_id=AYSE, text=f"<b>{'😀' * 4096}</b>", parse_mode="HTML")
    assert len(emoji["text"]) == 4096
    assert emoji["entities"] == [{"type": "bold", "offset": 0, "length": 8192}]
    too_long = await tg.refusal("sendMessage", chat_id=AYSE, text="ş" * 4097)
    assert too_long == "400 Bad Request: message is too long"
    huge = await tg.refusal("sendMessage", chat_id=AYSE, text="ş" * 16385)
    assert huge == "400 Bad Request: text is too long"
    edit = await tg.refusal("editMessageText", chat_id=AYSE, message_id=emoji["message_id"], text="x" * 4097)
    assert edit == "400 Bad Request: MESSAGE_TOO_LONG"


async def test_private_chats_share_one_counter_and_a_supergroup_has_its_own(tg: Telegram) -> None:
    chats = (AYSE, OLIVER, GROUP, BASIC, AYSE, GROUP)
    numbers = [(await tg.call("sendMessage", chat_id=chat, text="x"))["message_id"] for chat in chats]
    assert numbers == [1, 2, 1, 3, 4, 2]


async def test_a_moved_group_tells_its_new_number(tg: Telegram, bot: ptb.Bot) -> None:
    status, body = await tg.answer("sendMessage", chat_id=MOVED, text="x")
    assert (status, body["parameters"]) == (400, {"migrate_to_chat_id": -1003})
    with pytest.raises(ptb.error.ChatMigrated) as caught:
        await bot.send_message(MOVED, "x")
    assert caught.value.new_chat_id == -1003


async def test_a_keyboard_is_cut_to_telegrams_size(tg: Telegram) -> None:
    rows = [[{"text": f"{row}.{n}", "callback_data": "d"} for n in range(14)] for row in range(30)]
    rows[0][0]["text"] = ""
    sent = await tg.call("sendMessage", chat_id=AYSE, text="x", reply_markup={"inline_keyboard": rows})
    kept = sent["reply_markup"]["inline_keyboard"]
    assert [len(row) for row in kept] == [12] * 25
    assert kept[0][0]["text"] == "0.1"
    empty = await tg.call("sendMessage", chat_id=AYSE, text="x", reply_markup={"inline_keyboard": []})
    assert "reply_markup" not in empty


async def test_editing_by_telegrams_rules(tg: Telegram, bot: ptb.Bot) -> None:
    keyboard = ptb.InlineKeyboardMarkup([[ptb.InlineKeyboardButton("a", callback_data="b")]])
    sent = await bot.send_message(AYSE, "bir", reply_markup=keyboard)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("bir", AYSE, sent.message_id, reply_markup=keyboard)
    edited = await bot.edit_message_text("<i>iki</i>", AYSE, sent.message_id, parse_mode="HTML")
    assert isinstance(edited, ptb.Message)
    assert (edited.text, edited.reply_markup, edited.edit_date) == ("iki", None, sent.date)
    await bot.edit_message_reply_markup(AYSE, sent.message_id, reply_markup=keyboard)
    theirs = tg.world.person_text(AYSE, AYSE, "benim")["message_id"]
    reply_keyboard = await tg.call("sendMessage", chat_id=AYSE, text="x", reply_markup={"keyboard": [["a"]]})
    for number in (theirs, reply_keyboard["message_id"]):
        words = await tg.refusal("editMessageText", chat_id=AYSE, message_id=number, text="y")
        assert words == "400 Bad Request: message can't be edited"


async def test_deleting_ends_after_two_days_in_private(tg: Telegram) -> None:
    first = await tg.call("sendMessage", chat_id=AYSE, text="x")
    second = await tg.call("sendMessage", chat_id=AYSE, text="y")
    assert await tg.call("deleteMessage", chat_id=AYSE, message_id=first["message_id"]) is True
    tg.time[0] += 48 * 3600 + 1
    late = await tg.refusal("deleteMessage", chat_id=AYSE, message_id=second["message_id"])
    assert late == "400 Bad Request: message can't be deleted for everyone"
    assert [message["text"] for message in tg.world.messages(AYSE)] == ["y"]


async def test_a_tap_is_answered_once_and_in_time(tg: Telegram) -> None:
    sent = await tg.call("sendMessage", chat_id=AYSE, text="x")
    taps = [tg.world.person_tap(AYSE, AYSE, sent["message_id"], "d") for _ in range(2)]
    too_long = await tg.refusal("answerCallbackQuery", callback_query_id=taps[0], text="x" * 201)
    assert too_long == "400 Bad Request: MESSAGE_TOO_LONG"
    assert await tg.call("answerCallbackQuery", callback_query_id=taps[0], text="tamam") is True
    assert "query is too old" in await tg.refusal("answerCallbackQuery", callback_query_id=taps[0])
    tg.time[0] += 15 * 60 + 1
    for tap in taps:
        assert "query is too old" in await tg.refusal("answerCallbackQuery", callback_query_id=tap)


async def test_a_document_goes_up_and_comes_down_and_is_sent_again_by_its_id(
    tg: Telegram, bot: ptb.Bot
) -> None:
    content = "ad;kod\n1;ş\n".encode()
    sent = await bot.send_document(AYSE, content, filename="üyeler.csv", caption="<b>Liste</b>",
                                   parse_mode="HTML")  # fmt: skip
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("üyeler.csv", len(content))
    assert (sent.caption, sent.caption_entities[0].type) == ("Liste", "bold")
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == content
    again = await bot.send_document(OLIVER, sent.document.file_id)
    assert again.document == sent.document
    long = await tg.refusal("sendDocument", chat_id=AYSE, document=sent.document.file_id, caption="x" * 1025)
    assert long == "400 Bad Request: message caption is too long"
    big = tg.world.person_document(AYSE, AYSE, "big.bin", bytes((20 << 20) + 1), "application/x")
    refused = await tg.refusal("getFile", file_id=big["document"]["file_id"])
    assert refused == "400 Bad Request: file is too big"
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(AYSE, b"", filename="empty.txt")


async def test_photos_and_albums(bot: ptb.Bot) -> None:
    sent = await bot.send_photo(AYSE, PNG, caption="Fuar")
    assert [(one.width, one.height) for one in sent.photo] == [(32, 16)]
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(AYSE, b"not a picture")
    album = await bot.send_media_group(
        AYSE,
        [ptb.InputMediaDocument(b"bir", filename="1.pdf"), ptb.InputMediaDocument(b"iki", caption="son")],
    )
    assert len({message.media_group_id for message in album}) == 1
    assert [message.caption for message in album] == [None, "son"]


async def test_copies_and_forwards(tg: Telegram, bot: ptb.Bot) -> None:
    sent = await bot.send_message(AYSE, "<b>Duyuru</b>", parse_mode="HTML")
    forward = await bot.forward_message(OLIVER, AYSE, sent.message_id)
    assert isinstance(forward.forward_origin, ptb.MessageOriginUser)
    assert (forward.text, forward.forward_origin.sender_user.id) == ("Duyuru", bot.id)
    copied = await bot.copy_message(OLIVER, AYSE, sent.message_id)
    stored = tg.world.chats[OLIVER].messages[copied.message_id]
    assert (stored["text"], "forward_origin" in stored) == ("Duyuru", False)
    secret = await bot.send_message(AYSE, "gizli", protect_content=True)
    with pytest.raises(BadRequest, match="protected content"):
        await bot.copy_message(OLIVER, AYSE, secret.message_id)


async def test_commands_by_scope_and_language(tg: Telegram, bot: ptb.Bot) -> None:
    chat = ptb.BotCommandScopeChat(AYSE)
    await bot.set_my_commands([("yardim", "Yardım")], language_code="tr")
    await bot.set_my_commands([("/help ", "Help")])
    await bot.set_my_commands([("onay", "Onaylar")], scope=chat)
    assert [one.command for one in await bot.get_my_commands()] == ["help"]
    assert [one.command for one in await bot.get_my_commands(language_code="tr")] == ["yardim"]
    assert await bot.get_my_commands(language_code="de") == ()
    assert [one["command"] for one in tg.world.commands_for(AYSE, "tr")] == ["onay"]
    await bot.delete_my_commands(scope=chat)
    assert [one["command"] for one in tg.world.commands_for(AYSE, "tr")] == ["yardim"]
    assert [one["command"] for one in tg.world.commands_for(OLIVER, "en")] == ["help"]
    many = [{"command": f"c{n}", "description": "d"} for n in range(101)]
    assert await tg.refusal("setMyCommands", commands=many) == "400 Bad Request: BOT_COMMANDS_TOO_MUCH"


async def test_the_bots_appearance(tg: Telegram, bot: ptb.Bot) -> None:
    await bot.set_my_description("Duyurular", language_code="tr")
    await bot.set_my_description("Notices")
    await bot.set_my_short_description("Kısa")
    await bot.set_my_name("Sirküler TR", language_code="tr")
    assert (await bot.get_my_description("tr")).description == "Duyurular"
    assert (await bot.get_my_description("de")).description == "Notices"
    assert (await bot.get_my_short_description()).short_description == "Kısa"
    assert (await bot.get_my_name()).name == "Sirküler"
    assert (await bot.get_my_name("tr")).name == "Sirküler TR"
    assert await tg.refusal("setMyDescription", description="x" * 513)
    await bot.set_chat_menu_button(AYSE, ptb.MenuButtonWebApp("Takvim", ptb.WebAppInfo("https://a.b")))
    assert (await bot.get_chat_menu_button(AYSE)).type == "web_app"
    assert (await bot.get_chat_menu_button()).type == "commands"


async def test_chats_and_members(tg: Telegram, bot: ptb.Bot) -> None:
    assert (await bot.get_chat(AYSE)).first_name == "Ayşe"
    assert (await bot.get_chat(GROUP)).title == "Üyeler"
    assert await bot.get_chat_member_count(GROUP) == 3
    assert (await bot.get_chat_member(GROUP, AYSE)).status == "member"
    assert (await bot.get_chat_member(GROUP, BLOCKER)).status == "left"
    tg.world.set_bot_status(AYSE, GROUP, "administrator")
    assert [one.user.id for one in await bot.get_chat_administrators(GROUP)] == [bot.id]
    sent = await bot.send_message(GROUP, "x")
    await bot.pin_chat_message(GROUP, sent.message_id)
    pinned = (await bot.get_chat(GROUP)).pinned_message
    assert pinned is not None
    assert pinned.message_id == sent.message_id
    await bot.unpin_chat_message(GROUP)
    assert (await bot.get_chat(GROUP)).pinned_message is None
    await bot.set_message_reaction(GROUP, sent.message_id, "👍")
    with pytest.raises(BadRequest, match="Reaction_invalid"):
        await bot.set_message_reaction(GROUP, sent.message_id, "x")
    await bot.leave_chat(GROUP)
    with pytest.raises(Forbidden, match="not a member of the supergroup"):
        await bot.send_message(GROUP, "x")


async def test_chat_actions_reach_the_page(tg: Telegram) -> None:
    events = tg.world.subscribe()
    await tg.call("sendChatAction", chat_id=AYSE, action="typing")
    assert await asyncio.wait_for(events.get(), 5) == {
        "type": "chat_action",
        "chat_id": AYSE,
        "action": "typing",
    }


@pytest.mark.parametrize(
    ("chats", "accepted"),
    [([AYSE] * 5, 3), ([GROUP] * 25, 20), ([*range(800_001, 800_041)], 30)],
    ids=["one chat", "a group", "all chats"],
)
async def test_limits_refuse_the_next_message_and_tell_when_to_come_again(
    tg: Telegram, bot: ptb.Bot, chats: list[int], accepted: int
) -> None:
    seconds = [0.0]
    tg.world.add_crowd(chat for chat in chats if chat > 800_000)
    tg.world.limits.clock = lambda: seconds[0]
    async with tg.session.post(f"{tg.url}/sandbox/limits", json={"on": True}) as response:
        assert response.status == 200
    answers = [await tg.answer("sendMessage", chat_id=chat, text="x") for chat in chats]
    assert [status for status, _ in answers] == [200] * accepted + [429] * (len(chats) - accepted)
    wait = answers[-1][1]["parameters"]["retry_after"]
    assert answers[-1][1]["description"] == f"Too Many Requests: retry after {wait}"
    with pytest.raises(RetryAfter):
        await bot.send_message(chats[-1], "x")
    seconds[0] += wait
    assert (await tg.answer("sendMessage", chat_id=chats[-1], text="x"))[0] == 200
    assert tg.world.ledger.count() == accepted + 1


async def test_faults_strike_as_told(tg: Telegram) -> None:
    async def add(**fault: Any) -> None:
        async with tg.session.post(f"{tg.url}/sandbox/faults", json=fault) as response:
            assert response.status == 200

    await add(kind="flood", method="sendMessage", seconds=7, times=1)
    async with tg.session.post(f"{tg.url}/bot{TOKEN}/sendMessage", json={"chat_id": AYSE}) as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "7")
    await add(kind="reset_after", method="sendMessage", times=1)
    with pytest.raises(aiohttp.ClientError):
        await tg.call("sendMessage", chat_id=AYSE, text="x")
    assert tg.world.ledger.count() == 1  # accepted, though the bot cannot know
    await add(kind="reset_before", method="sendMessage", times=1)
    with pytest.raises(aiohttp.ClientError):
        await tg.call("sendMessage", chat_id=AYSE, text="x")
    assert tg.world.ledger.count() == 1
    await add(kind="error", chat_id=OLIVER, code=400, text="Bad Request: x", migrate_to=-5, times=1)
    assert (await tg.answer("sendMessage", chat_id=OLIVER, text="x"))[1]["parameters"] == {
        "migrate_to_chat_id": -5
    }
    assert (await tg.answer("sendMessage", chat_id=OLIVER, text="x"))[0] == 200

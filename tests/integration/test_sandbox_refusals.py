"""Every refusal that Telegram is known for: its trigger over HTTP, its code and its exact words.

``tests/data/sandbox/refusals.json`` holds the triggers that one call is; here are those that need a life
before it, and the reasons for those that cannot come about in a sandbox. Together they are all that the
sandbox's ``schema.json`` lists.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox.faults import NAMED
from bot.sandbox.schema import schema
from tests.integration.telegram_call import (
    AYSE,
    BASIC,
    CHANNEL,
    GROUP,
    OLIVER,
    TOKEN,
    Telegram,
    telegram,
)

ROOT = Path(__file__).parents[2]
AT_ONCE: list[list[Any]] = json.loads((ROOT / "tests/data/sandbox/refusals.json").read_text("utf-8"))
Life = Callable[[Telegram], Awaitable[str]]
LIVES: dict[str, Life] = {}
END = "\r\n\r\n"
OURS = {"501 Not Implemented: the sandbox posts updates to this machine only"}

UNREACHED = {
    "401 Unauthorized: invalid token specified": "api.telegram.org's front answers 404 to a malformed token",
    "421 Misdirected Request: unallowed token specified": "the front answers 404 to a malformed token",
    "400 Bad Request: bad webhook: An HTTPS URL must be provided for webhook": "the sandbox is like --local",
    "400 Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443": "like --local",
    "400 Bad Request: bad webhook: IP address {ip} is reserved": "like --local, and on loopback",
    "400 Bad Request: bad webhook: IPv6-only addresses are not allowed": "like --local",
    "409 Conflict: terminated by other setWebhook": "no address is verified, so no other can come between",
    "400 Bad Request: private chat not found": "every person in the sandbox is known to it",
    "400 Bad Request: ENTITIES_TOO_LONG": "how much Telegram's servers allow is not known",
    "400 Bad Request: reply markup is too long": "how much Telegram's servers allow is not known",
    "400 Bad Request: wrong file_id or the file is temporarily unavailable": "the sandbox loses no file",
}


def life(refusal: str) -> Callable[[Life], Life]:
    def keep(act: Life) -> Life:
        LIVES[refusal] = act
        return act

    return keep


@pytest.fixture
async def tg() -> AsyncIterator[Telegram]:
    async with telegram() as running:
        yield running


async def written(tg: Telegram, chat_id: int = AYSE, **more: Any) -> dict[str, Any]:
    """Where a new message of the bot stands."""
    sent = await tg.call("sendMessage", chat_id=chat_id, **({"text": "x"} | more))
    return {"chat_id": chat_id, "message_id": sent["message_id"]}


async def uploaded(tg: Telegram, method: str, field: str, name: str, content: bytes, **more: str) -> str:
    form = aiohttp.FormData({"chat_id": str(AYSE), **more})
    form.add_field(field, content, filename=name)
    async with tg.session.post(f"{tg.url}/bot{TOKEN}/{method}", data=form) as response:
        body = await response.json()
    return f"{response.status} {body.get('description')}"


async def got(tg: Telegram, path: str, **options: Any) -> str:
    async with tg.session.request("GET", f"{tg.url}{path}", **options) as response:
        body = await response.json()
    return f"{response.status} {body['description']}"


@life("404 Not Found")
async def nowhere(tg: Telegram) -> str:
    return await got(tg, "/elsewhere")


@life("404 Not Found: absolute URI is specified in the Request-Line")
async def asked_as_a_proxy(tg: Telegram) -> str:
    host, port = tg.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET {tg.url}/bot{TOKEN}/getMe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    answer = (await asyncio.wait_for(reader.read(), 20)).decode()
    writer.close()
    return _told(answer)


def _told(answer: str) -> str:
    """Code and words of a raw answer."""
    return f"{answer.split()[1]} {json.loads(answer.partition(END)[2])['description']}"


@life("401 Unauthorized")
async def another_bots_token(tg: Telegram) -> str:
    return await tg.refusal("getMe", _token="4242:another-token")


@life("400 Logged out")
async def logged_out(tg: Telegram) -> str:
    assert await tg.call("logOut") is True
    return await tg.refusal("getMe")


@life("400 Bad Request: the bot has already been closed")
async def closed_twice(tg: Telegram) -> str:
    assert await tg.call("close") is True
    refused = await tg.refusal("close")
    assert (await tg.call("getMe"))["is_bot"] is True
    assert await tg.call("close") is True  # the call between opened it again
    return refused


@life("500 Internal Server Error: restart")
async def stopping(tg: Telegram) -> str:
    tg.world.faults.add(kind="restart")
    return await tg.refusal("getMe")


@life("429 Too Many Requests: retry after {N}")
async def too_many(tg: Telegram) -> str:
    tg.world.limits.on = True
    tg.world.limits.clock = lambda: 0.0
    for _ in range(3):
        await written(tg)
    return await tg.refusal("sendMessage", chat_id=AYSE, text="x")


@life("429 Too Many Requests: retry after 60")
async def too_many_unsent(tg: Telegram) -> str:
    tg.world.faults.add(kind="flood", seconds=60)  # in the sandbox nothing waits unsent; on demand only
    return await tg.refusal("sendMessage", chat_id=AYSE, text="x")


@life("429 Too Many Requests: retry after 1")
async def two_webhooks_in_a_second(tg: Telegram) -> str:
    tg.world.limits.on = True
    tg.world.limits.clock = lambda: 0.0
    await tg.call("setWebhook", url="http://127.0.0.1:9/")
    return await tg.refusal("setWebhook", url="http://127.0.0.1:9/")


@life("413 Request Entity Too Large")
async def too_big_a_photo(tg: Telegram) -> str:
    return await uploaded(tg, "sendPhoto", "photo", "p.png", bytes((10 << 20) + 1))


@life(f"409 {NAMED['conflict'][1]}")
async def two_pollers(tg: Telegram) -> str:
    older = asyncio.create_task(tg.refusal("getUpdates", timeout=50))
    await asyncio.wait_for(tg.world.updates.held.wait(), 20)
    await tg.call("getUpdates", timeout=0)
    return await asyncio.wait_for(older, 20)


@life(
    "409 Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
async def polling_beside_a_webhook(tg: Telegram) -> str:
    await tg.call("setWebhook", url="http://127.0.0.1:9/")
    return await tg.refusal("getUpdates")


@life("409 Conflict: terminated by setWebhook request")
async def a_webhook_ends_a_poll(tg: Telegram) -> str:
    poll = asyncio.create_task(tg.refusal("getUpdates", timeout=50))
    await asyncio.wait_for(tg.world.updates.held.wait(), 20)
    await tg.call("setWebhook", url="http://127.0.0.1:9/")
    return await asyncio.wait_for(poll, 20)


@life("400 Bad Request: secret token is too long")
async def long_secret(tg: Telegram) -> str:
    return await tg.refusal("setWebhook", url="http://127.0.0.1:9/", secret_token="s" * 257)


@life("400 Bad Request: certificate size is too big ({n} bytes)")
async def big_certificate(tg: Telegram) -> str:
    url = "http://127.0.0.1:9/"
    return await uploaded(tg, "setWebhook", "certificate", "c.pem", bytes((3 << 20) + 1), url=url)


@life("403 Forbidden: user is deactivated")
async def a_deleted_account(tg: Telegram) -> str:
    tg.world.deactivate(AYSE)
    return await tg.refusal("sendMessage", chat_id=AYSE, text="x")


@life("403 Forbidden: bot can't initiate conversation with a user")
async def a_stranger(tg: Telegram) -> str:
    tg.world.unstarted.add(AYSE)
    refused = await tg.refusal("sendMessage", chat_id=AYSE, text="x")
    tg.world.person_text(AYSE, AYSE, "/start")
    await written(tg)
    return refused


@life("403 Forbidden: the group chat was deleted")
async def a_deleted_group(tg: Telegram) -> str:
    tg.world.deactivate(BASIC)
    return await tg.refusal("sendMessage", chat_id=BASIC, text="x")


def placed(chat_id: int, status: str) -> Life:
    async def act(tg: Telegram) -> str:
        tg.world.chats[chat_id].bot_status = status
        return await tg.refusal("sendMessage", chat_id=chat_id, text="x")

    return act


for number, kind in ((BASIC, "group"), (GROUP, "supergroup"), (CHANNEL, "channel")):
    life(f"403 Forbidden: bot was kicked from the {kind} chat")(placed(number, "kicked"))
    life(f"403 Forbidden: bot is not a member of the {kind} chat")(placed(number, "left"))


@life("400 Bad Request: have no write access to the chat")
async def no_write_access(tg: Telegram) -> str:
    tg.world.faults.add(kind="no_write_access")
    return await tg.refusal("sendMessage", chat_id=GROUP, text="x")


@life("400 Bad Request: not enough rights to send text messages to the chat")
async def a_silent_group(tg: Telegram) -> str:
    tg.world.chats[GROUP].settings["permissions"] = {"can_send_messages": False, "can_send_polls": False}
    poll = await tg.refusal("sendPoll", chat_id=GROUP, question="?", options=["a", "b"])
    assert poll == "400 Bad Request: not enough rights to send polls to the chat"
    refused = await tg.refusal("sendMessage", chat_id=GROUP, text="x")
    tg.world.chats[GROUP].bot_status = "administrator"
    await written(tg, GROUP)
    return refused


@life("400 Bad Request: text is too long")
async def a_huge_text(tg: Telegram) -> str:
    return await tg.refusal("sendMessage", chat_id=AYSE, text="ş" * 16_385)


@life("400 Bad Request: message is too long")
async def a_long_text(tg: Telegram) -> str:
    return await tg.refusal("sendMessage", chat_id=AYSE, text="😀" * 4097)


@life("400 Bad Request: MESSAGE_TOO_LONG")
async def a_long_edit(tg: Telegram) -> str:
    return await tg.refusal("editMessageText", **await written(tg), text="x" * 4097)


@life("400 Bad Request: message caption is too long")
async def a_long_caption(tg: Telegram) -> str:
    return await uploaded(tg, "sendDocument", "document", "a.txt", b"x", caption="ş" * 1025)


@life("400 Bad Request: strings must be encoded in UTF-8")
async def bytes_that_are_no_text(tg: Telegram) -> str:
    url = f"/bot{TOKEN}/sendMessage?chat_id={AYSE}&text=%FF"
    reader, writer = await asyncio.open_connection("127.0.0.1", int(tg.url.rsplit(":", 1)[1]))
    writer.write(f"GET {url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    answer = (await asyncio.wait_for(reader.read(), 20)).decode()
    writer.close()
    return _told(answer)


@life("400 Bad Request: BUTTON_URL_INVALID")
async def a_long_address(tg: Telegram) -> str:
    keys = {"inline_keyboard": [[{"text": "a", "url": "https://a.b/" + "c" * 2100}]]}
    return await tg.refusal("sendMessage", chat_id=AYSE, text="x", reply_markup=keys)


@life("400 Bad Request: inline keyboard expected")
async def reply_keys_in_a_channel(tg: Telegram) -> str:
    tg.world.chats[CHANNEL].bot_status = "administrator"
    keys = {"keyboard": [["a"]]}
    edited = await tg.refusal("editMessageReplyMarkup", **await written(tg), reply_markup=keys)
    sent = await tg.refusal("sendMessage", chat_id=CHANNEL, text="x", reply_markup=keys)
    assert edited == sent
    return sent


@life("400 Bad Request: message can't be edited")
async def an_edit_of_others(tg: Telegram) -> str:
    own = tg.world.person_text(AYSE, AYSE, "x")
    keyed = await written(tg, reply_markup={"keyboard": [["a"]]})
    place = await tg.call("forwardMessage", from_chat_id=AYSE, **await written(tg))
    numbers = (own["message_id"], keyed["message_id"], place["message_id"])
    found = {await tg.refusal("editMessageText", chat_id=AYSE, message_id=n, text="y") for n in numbers}
    assert len(found) == 1, found
    return found.pop()


@life("400 Bad Request: there is no text in the message to edit")
async def a_text_for_a_document(tg: Telegram) -> str:
    await uploaded(tg, "sendDocument", "document", "a.txt", b"x")
    number = tg.world.messages(AYSE)[-1]["message_id"]
    return await tg.refusal("editMessageText", chat_id=AYSE, message_id=number, text="y")


@life("400 Bad Request: there is no caption in the message to edit")
async def a_caption_for_a_text(tg: Telegram) -> str:
    return await tg.refusal("editMessageCaption", **await written(tg), caption="y")


@life(
    "400 Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
async def an_edit_that_changes_nothing(tg: Telegram) -> str:
    return await tg.refusal("editMessageText", **await written(tg), text=" x ")


@life("400 Bad Request: message can't be deleted")
async def deleting_what_a_member_wrote(tg: Telegram) -> str:
    theirs = tg.world.person_text(AYSE, GROUP, "x")["message_id"]
    refused = await tg.refusal("deleteMessage", chat_id=GROUP, message_id=theirs)
    tg.world.set_bot_status(AYSE, GROUP, "administrator")
    assert await tg.call("deleteMessage", chat_id=GROUP, message_id=theirs) is True
    return refused


@life("400 Bad Request: message can't be deleted for everyone")
async def deleting_too_late(tg: Telegram) -> str:
    private, group, large = [await written(tg, chat) for chat in (AYSE, BASIC, GROUP)]
    tg.time[0] += 48 * 3600 + 1
    assert await tg.call("deleteMessage", **large) is True
    assert await tg.refusal("deleteMessage", **group) == await tg.refusal("deleteMessage", **private)
    return await tg.refusal("deleteMessage", **private)


@life("400 Bad Request: too many message identifiers specified")
async def deleting_too_many(tg: Telegram) -> str:
    return await tg.refusal("deleteMessages", chat_id=AYSE, message_ids=[*range(1, 102)])


@life("400 Bad Request: message has protected content and can't be forwarded")
async def forwarding_what_is_protected(tg: Telegram) -> str:
    there = await written(tg, protect_content=True)
    copied = await tg.refusal("copyMessage", from_chat_id=AYSE, **(there | {"chat_id": OLIVER}))
    assert copied == await tg.refusal("forwardMessage", from_chat_id=AYSE, **(there | {"chat_id": OLIVER}))
    return copied


@life("400 Bad Request: too many inline query results specified")
async def fifty_one_results(tg: Telegram) -> str:
    return await tg.refusal("answerInlineQuery", inline_query_id="1", results=[{"type": "article"}] * 51)


@life("400 Bad Request: command description length must not exceed 256")
async def a_long_description(tg: Telegram) -> str:
    return await tg.refusal("setMyCommands", commands=[{"command": "a", "description": "ş" * 257}])


@life("400 Bad Request: BOT_COMMANDS_TOO_MUCH")
async def a_hundred_and_one_commands(tg: Telegram) -> str:
    return await tg.refusal("setMyCommands", commands=[{"command": "a", "description": "b"}] * 101)


@life("400 Bad Request: file is too big")
async def a_file_beyond_the_download_limit(tg: Telegram) -> str:
    sent = tg.world.person_document(AYSE, AYSE, "big.bin", bytes((20 << 20) + 1), "application/x")
    return await tg.refusal("getFile", file_id=sent["document"]["file_id"])


@life("400 Bad Request: wrong type of the web page content")
async def a_page_instead_of_a_file(tg: Telegram) -> str:
    return await tg.refusal("sendDocument", chat_id=AYSE, document=f"{tg.url}/")


@life("400 Bad Request: photo has unsupported extension. Use one of .jpg, .jpeg, .gif, .png, .tif or .bmp")
async def a_photo_that_is_a_paper(tg: Telegram) -> str:
    return await uploaded(tg, "sendPhoto", "photo", "paper.pdf", b"%PDF")


@life("400 Bad Request: poll question length must not exceed {n}")
async def a_long_question(tg: Telegram) -> str:
    return await tg.refusal("sendPoll", chat_id=AYSE, question="ş" * 301, options=["a", "b"])


def pattern(words: str) -> re.Pattern[str]:
    """Known words with their {places}."""
    return re.compile(re.sub(r"\\\{.+?\\\}", ".+", re.escape(words)), re.DOTALL)


async def test_a_refusal_of_one_call_has_telegrams_words(tg: Telegram) -> None:
    for method, parameters, expected in AT_ONCE:
        assert await tg.refusal(method, **parameters) == expected, (method, parameters)
    assert tg.world.ledger.count() == 0


@pytest.mark.parametrize("refusal", LIVES)
async def test_a_refusal_that_has_a_life_before_it(tg: Telegram, refusal: str) -> None:
    assert pattern(refusal).fullmatch(await LIVES[refusal](tg))


def test_every_known_refusal_is_tried_or_has_its_reason() -> None:
    tried = {*LIVES, *(expected for _, _, expected in AT_ONCE)}
    known = {f"{code} {words}" for code, words in schema()["errors"]}
    assert len(schema()["errors"]) == 151
    assert UNREACHED.keys() <= known
    missing = {
        words
        for words in known - UNREACHED.keys()
        if words not in tried and not any(pattern(words).fullmatch(one) for one in tried)
    }
    assert missing == set()


def test_no_other_words_are_used_but_known_ones() -> None:
    known = [pattern(f"{code} {words}") for code, words in schema()["errors"]]
    kinds = ("photo", "video", "audio", "web App")
    for _, _, expected in AT_ONCE:
        if expected in OURS or "the sandbox does not have" in expected:
            continue
        words = expected
        for kind in kinds:  # one known sentence stands for every kind of file or button
            words = words.replace(f"no {kind} in", "no document in")
        words = re.sub(
            r"(location|web App buttons) can be \w+ in private",
            "phone number can be requested in private",
            words,
        )
        assert any(one.fullmatch(words) for one in known), expected


async def test_a_file_is_fetched_from_this_machine(tg: Telegram) -> None:
    async def serve(_: web.Request) -> web.Response:
        return web.Response(body=b"content", content_type="text/plain")

    application = web.Application()
    application.router.add_get("/a.txt", serve)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        address = f"http://127.0.0.1:{runner.addresses[0][1]}/a.txt"
        sent = await tg.call("sendDocument", chat_id=AYSE, document=address)
        assert tg.world.file(sent["document"]["file_id"]).content == b"content"
        assert sent["document"]["file_name"] == "a.txt"
        album = [{"type": "document", "media": address}] * 2
        assert len(await tg.call("sendMediaGroup", chat_id=AYSE, media=album)) == 2
        gone = await tg.refusal("sendDocument", chat_id=AYSE, document=f"{address}.gone")
        assert gone == "400 Bad Request: failed to get HTTP URL content"
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("name", NAMED)
async def test_a_refusal_is_ordered_by_its_name(tg: Telegram, name: str) -> None:
    async with tg.session.post(f"{tg.url}/sandbox/faults", json={"kind": name, "times": 1}) as response:
        assert response.status == 200
    code, words = NAMED[name]
    assert await tg.refusal("sendMessage", chat_id=AYSE, text="x") == f"{code} {words}"

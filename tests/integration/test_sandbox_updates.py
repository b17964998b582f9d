"""How the sandbox's updates reach a bot: getUpdates, the webhook, and what persons do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from tests.integration.telegram_call import AYSE, BASIC, CHANNEL, GROUP, NOW, OLIVER, Telegram, telegram


@pytest_asyncio.fixture
async def tg() -> AsyncIterator[Telegram]:
    async with telegram() as running:
        yield running


def say(tg: Telegram, *texts: str) -> None:
    for text in texts:
        tg.world.person_text(AYSE, AYSE, text)


def texts(updates: list[Any]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_are_numbered_without_gaps_and_stay_until_confirmed(tg: Telegram) -> None:
    say(tg, "a", "b", "c")
    first = await tg.call("getUpdates")
    assert texts(first) == ["a", "b", "c"]
    numbers = [update["update_id"] for update in first]
    assert numbers == list(range(numbers[0], numbers[0] + 3))
    assert numbers[0] > 2_000_000
    assert texts(await tg.call("getUpdates", limit=2)) == ["a", "b"]
    assert texts(await tg.call("getUpdates", offset=numbers[1])) == ["b", "c"]
    assert texts(await tg.call("getUpdates", offset=0)) == ["b", "c"]
    assert texts(await tg.call("getUpdates", offset=-1)) == ["c"]
    assert texts(await tg.call("getUpdates")) == ["c"]


async def test_an_offset_of_another_server_begins_at_the_oldest(tg: Telegram) -> None:
    say(tg, "a")
    number = (await tg.call("getUpdates"))[0]["update_id"]
    assert texts(await tg.call("getUpdates", offset=number + 1_000_000)) == ["a"]
    assert texts(await tg.call("getUpdates", offset=number - 1_000_000)) == ["a"]
    assert await tg.call("getUpdates", offset=number + 1) == []


async def test_a_poll_waits_for_the_next_update(tg: Telegram) -> None:
    poll = asyncio.create_task(tg.call("getUpdates", timeout=50))
    await asyncio.wait_for(tg.world.updates.held.wait(), 20)
    assert not poll.done()
    say(tg, "a")
    assert texts(await asyncio.wait_for(poll, 20)) == ["a"]


async def test_of_two_pollers_the_older_one_is_refused(tg: Telegram) -> None:
    older = asyncio.create_task(tg.refusal("getUpdates", timeout=50))
    await asyncio.wait_for(tg.world.updates.held.wait(), 20)
    newer = asyncio.create_task(tg.call("getUpdates", timeout=50))
    assert await asyncio.wait_for(older, 20) == (
        "409 Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    say(tg, "a")
    assert texts(await asyncio.wait_for(newer, 20)) == ["a"]


async def test_only_the_kinds_asked_for_are_kept_and_the_wish_sticks(tg: Telegram) -> None:
    sent = await tg.call("sendMessage", chat_id=AYSE, text="x")
    await tg.call("getUpdates", allowed_updates=["callback_query", "message_reaction"])
    say(tg, "a")
    tg.world.person_tap(AYSE, AYSE, sent["message_id"], "d")
    tg.world.person_react(AYSE, AYSE, sent["message_id"], "👍")
    found = await tg.updates()
    assert [set(update) - {"update_id"} for update in found] == [{"callback_query"}, {"message_reaction"}]
    assert found[1]["update_id"] == found[0]["update_id"] + 1
    await tg.call("getUpdates", allowed_updates="not json")
    assert await tg.updates() == []
    say(tg, "not asked for")
    await tg.call("getUpdates", allowed_updates=["no_such_kind"])  # nothing known: the default again
    say(tg, "b")
    tg.world.person_react(AYSE, AYSE, sent["message_id"], "")
    assert texts(await tg.updates()) == ["b"]


class Receiver:
    """A bot's own address: answers what it is told to, in order, and then 200."""

    def __init__(self) -> None:
        self.got: asyncio.Queue[tuple[str | None, Any]] = asyncio.Queue()
        self.answers: list[web.Response] = []

    async def take(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        await self.got.put((secret, await request.json()))
        return self.answers.pop(0) if self.answers else web.Response()


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[tuple[Receiver, str]]:
    taking = Receiver()
    application = web.Application()
    application.router.add_post("/hook", taking.take)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield taking, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


async def test_a_webhook_gets_each_update_in_order_until_it_takes_it(
    tg: Telegram, receiver: tuple[Receiver, str]
) -> None:
    taking, url = receiver
    taking.answers = [web.Response(status=500)]
    say(tg, "a", "b")
    await tg.call("setWebhook", url=url, secret_token="s-1", allowed_updates=["message"])
    got = [await asyncio.wait_for(taking.got.get(), 20) for _ in range(3)]
    assert [(secret, update["message"]["text"]) for secret, update in got] == [
        ("s-1", "a"),
        ("s-1", "a"),
        ("s-1", "b"),
    ]
    info = await tg.call("getWebhookInfo")
    assert (info["url"], info["allowed_updates"]) == (url, ["message"])
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_a_webhook_may_answer_with_a_method(tg: Telegram, receiver: tuple[Receiver, str]) -> None:
    taking, url = receiver
    taking.answers = [web.json_response({"method": "sendMessage", "chat_id": AYSE, "text": "answer"})]
    await tg.call("setWebhook", url=url)
    events = tg.world.subscribe()
    say(tg, "a")
    seen: list[str] = []
    while "answer" not in seen:
        event = await asyncio.wait_for(events.get(), 20)
        seen.append(event.get("message", {}).get("text", ""))
    assert [message["text"] for message in tg.world.messages(AYSE)] == ["a", "answer"]


async def test_polling_and_a_webhook_exclude_each_other(tg: Telegram, receiver: tuple[Receiver, str]) -> None:
    poll = asyncio.create_task(tg.refusal("getUpdates", timeout=50))
    await asyncio.wait_for(tg.world.updates.held.wait(), 20)
    await tg.call("setWebhook", url=receiver[1])
    assert await asyncio.wait_for(poll, 20) == "409 Conflict: terminated by setWebhook request"
    assert await tg.refusal("getUpdates") == (
        "409 Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    await tg.call("deleteWebhook")
    assert (await tg.call("getWebhookInfo"))["url"] == ""
    say(tg, "a", "b")
    assert texts(await tg.updates()) == ["a", "b"]
    say(tg, "c")
    await tg.call("deleteWebhook", drop_pending_updates=True)
    assert await tg.updates() == []


async def test_blocking_and_unblocking(tg: Telegram) -> None:
    tg.world.block(AYSE)
    tg.world.block(AYSE)
    assert (await tg.refusal("sendMessage", chat_id=AYSE, text="x")).startswith("403 ")
    tg.world.unblock(AYSE)
    moves = [update["my_chat_member"] for update in await tg.updates()]
    assert [(m["old_chat_member"]["status"], m["new_chat_member"]["status"]) for m in moves] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]
    assert moves[0]["from"]["id"] == moves[0]["chat"]["id"] == AYSE
    assert moves[0]["new_chat_member"]["until_date"] == 0
    await tg.call("sendMessage", chat_id=AYSE, text="x")


@pytest.mark.parametrize("group", [GROUP, BASIC])
async def test_the_bot_is_removed_from_a_group_and_added_again(tg: Telegram, group: int) -> None:
    tg.world.set_bot_status(AYSE, group, "kicked")
    assert (await tg.refusal("sendMessage", chat_id=group, text="x")).startswith(
        "403 Forbidden: bot was kicked"
    )
    assert tg.world.person_text(AYSE, group, "/start")
    found = await tg.updates()
    assert [key for update in found for key in update if key != "update_id"] == (
        ["my_chat_member"] if group == GROUP else ["message", "my_chat_member"]
    )
    tg.world.set_bot_status(OLIVER, group, "administrator")
    moved, joined = await tg.updates()
    assert moved["my_chat_member"]["from"]["id"] == OLIVER
    assert moved["my_chat_member"]["new_chat_member"]["can_delete_messages"] is True
    assert joined["message"]["new_chat_members"][0]["id"] == tg.world.bot["id"]
    await tg.call("sendMessage", chat_id=group, text="x")


async def test_privacy_mode_lets_through_what_is_meant_for_the_bot(tg: Telegram) -> None:
    sent = await tg.call("sendMessage", chat_id=GROUP, text="Duyuru")
    for text in ("selam", "/takvim", "/takvim@other_bot", "/takvim@Sirkuler_Bot", "hey @sirkuler_bot!"):
        tg.world.person_text(AYSE, GROUP, text)
    tg.world.person_text(OLIVER, GROUP, "teşekkürler", reply_to=sent["message_id"])
    found = await tg.updates()
    assert texts(found) == ["/takvim", "/takvim@Sirkuler_Bot", "hey @sirkuler_bot!", "teşekkürler"]
    assert found[-1]["message"]["reply_to_message"]["text"] == "Duyuru"
    tg.world.set_bot_status(AYSE, GROUP, "administrator")
    tg.world.person_text(AYSE, GROUP, "selam")
    assert texts((await tg.updates())[1:]) == ["selam"]
    assert (await tg.call("getMe"))["can_read_all_group_messages"] is False


async def test_without_privacy_mode_the_bot_hears_all() -> None:
    async with telegram(privacy=False) as tg:
        tg.world.person_text(AYSE, GROUP, "selam")
        assert texts(await tg.updates()) == ["selam"]


async def test_an_edit_is_told_and_a_deletion_is_not(tg: Telegram) -> None:
    own = tg.world.person_text(AYSE, AYSE, "bir")
    bots = await tg.call("sendMessage", chat_id=AYSE, text="cevap")
    await tg.updates()
    tg.time[0] += 60
    tg.world.person_edit(AYSE, AYSE, own["message_id"], "iki /takvim")
    (update,) = await tg.updates()
    edited = update["edited_message"]
    assert (edited["text"], edited["edit_date"], edited["date"]) == ("iki /takvim", NOW + 60, NOW)
    assert edited["entities"] == [{"type": "bot_command", "offset": 4, "length": 7}]
    with pytest.raises(ValueError, match="one's own"):
        tg.world.person_edit(AYSE, AYSE, bots["message_id"], "x")
    tg.world.person_delete(AYSE, AYSE, own["message_id"])
    assert await tg.updates() == []
    assert [message["text"] for message in tg.world.messages(AYSE)] == ["cevap"]


async def test_a_tap_brings_the_message_without_marks_of_the_sandbox(tg: Telegram) -> None:
    sent = await tg.call("sendMessage", chat_id=AYSE, text="x", disable_notification=True)
    tg.world.person_tap(AYSE, AYSE, sent["message_id"], "d")
    query = (await tg.updates())[0]["callback_query"]
    assert (query["data"], query["from"]["id"], query["message"]) == ("d", AYSE, sent)


async def test_a_file_a_sticker_and_a_forward_arrive_as_messages(tg: Telegram) -> None:
    sent = await tg.call("sendMessage", chat_id=AYSE, text="<b>Duyuru</b>", parse_mode="HTML")
    tg.world.person_document(AYSE, AYSE, "sirküler.pdf", b"%PDF", "application/pdf", caption="bkz. a@b.org")
    tg.world.person_sticker(AYSE, AYSE, "👍")
    tg.world.person_forward(OLIVER, OLIVER, AYSE, sent["message_id"])
    document, sticker, forward = [update["message"] for update in await tg.updates()]
    assert document["document"]["file_name"] == "sirküler.pdf"
    assert document["caption_entities"] == [{"type": "email", "offset": 5, "length": 7}]
    assert sticker["sticker"]["emoji"] == "👍"
    assert forward["entities"] == sent["entities"]
    assert forward["forward_origin"]["sender_user"]["id"] == tg.world.bot["id"]


async def test_a_channel_speaks_for_itself(tg: Telegram) -> None:
    tg.world.set_bot_status(AYSE, CHANNEL, "administrator")
    await tg.updates()
    sent = await tg.call("sendMessage", chat_id=CHANNEL, text="Duyuru")
    assert "from" not in sent
    assert sent["sender_chat"]["id"] == CHANNEL
    tg.world.person_text(AYSE, CHANNEL, "Haber")
    assert (await tg.updates())[0]["channel_post"]["text"] == "Haber"
    tg.world.person_forward(OLIVER, OLIVER, CHANNEL, sent["message_id"])
    origin = (await tg.updates())[0]["message"]["forward_origin"]
    assert (origin["type"], origin["chat"]["id"], origin["message_id"]) == ("channel", CHANNEL, 1)

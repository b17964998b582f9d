"""How long the sandbox keeps updates, what it does to hurried polls, and how it posts to a webhook."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox import inline
from bot.sandbox.webhook import line_of
from tests.integration.telegram_call import AYSE, GROUP, OLIVER, TOKEN, Telegram, telegram


@pytest.fixture
async def tg() -> AsyncIterator[Telegram]:
    async with telegram() as running:
        yield running


@pytest.fixture
def seconds(tg: Telegram) -> list[float]:
    """The sandbox's forward-only time, set by the test."""
    now = [1000.0]
    tg.world.updates.clock = tg.world.limits.clock = lambda: now[0]
    return now


def kinds(found: list[Any]) -> list[str]:
    return [next(key for key in one if key != "update_id") for one in found]


async def test_an_update_waits_as_long_as_telegram_keeps_its_kind(tg: Telegram, seconds: list[float]) -> None:
    sent = await tg.call("sendMessage", chat_id=AYSE, text="x")
    tg.world.person_text(AYSE, AYSE, "a")
    tg.world.person_tap(AYSE, AYSE, sent["message_id"], "d")
    inline.ask(tg.world, AYSE, AYSE, "q")
    for passed, left in (
        (29, ["message", "callback_query", "inline_query"]),
        (2, ["message", "callback_query"]),
        (120, ["message"]),
        (86_400, []),
    ):
        seconds[0] += passed
        assert kinds(await tg.call("getUpdates")) == left
    assert (await tg.call("getWebhookInfo"))["pending_update_count"] == 0


async def test_a_full_queue_takes_nothing_more(tg: Telegram) -> None:
    tg.world.updates.most = 3
    for text in "abcd":
        tg.world.person_text(AYSE, AYSE, text)
    assert [one["message"]["text"] for one in await tg.call("getUpdates")] == ["a", "b", "c"]


async def test_a_poll_repeated_at_once_gets_little_and_waits(tg: Telegram, seconds: list[float]) -> None:
    tg.world.limits.on = True
    for text in "ab":
        tg.world.person_text(AYSE, AYSE, text)
    assert len(await tg.call("getUpdates", offset=0)) == 2
    assert len(await tg.call("getUpdates", offset=0)) == 1
    seconds[0] += 1
    found = await tg.call("getUpdates", offset=0)
    assert len(found) == 2
    after = found[-1]["update_id"] + 1
    assert await tg.call("getUpdates", offset=after, timeout=0) == []
    held = asyncio.create_task(tg.call("getUpdates", offset=after, timeout=0))
    await asyncio.wait_for(tg.world.updates.held.wait(), 20)
    tg.world.person_text(AYSE, AYSE, "c")  # within the three seconds for which the poll is held
    assert len(await asyncio.wait_for(held, 20)) == 1


class Receiver:
    """A bot's own address: answers by its ``plan``, and 200 after that."""

    def __init__(self) -> None:
        self.got: asyncio.Queue[Any] = asyncio.Queue()
        self.plan: list[web.Response] = []
        self.hold: dict[str, asyncio.Event] = {}

    async def take(self, request: web.Request) -> web.Response:
        text = (await request.json())["message"]["text"]
        await self.got.put(text)
        if text in self.hold:
            await self.hold[text].wait()
        return self.plan.pop(0) if self.plan else web.Response()

    async def next(self) -> str:
        return str(await asyncio.wait_for(self.got.get(), 20))


@pytest.fixture
async def hook(tg: Telegram) -> AsyncIterator[Receiver]:
    taking = Receiver()
    application = web.Application()
    application.router.add_post("/hook", taking.take)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await tg.call("setWebhook", url=f"http://127.0.0.1:{runner.addresses[0][1]}/hook", max_connections=2)
    yield taking
    for event in taking.hold.values():
        event.set()
    await runner.cleanup()


async def test_a_slow_chat_holds_up_no_other_and_keeps_its_order(tg: Telegram, hook: Receiver) -> None:
    hook.hold["a"] = asyncio.Event()
    for person, text in ((AYSE, "a"), (AYSE, "b"), (OLIVER, "c")):
        tg.world.person_text(person, person, text)
    assert {await hook.next(), await hook.next()} == {"a", "c"}
    await asyncio.sleep(0.05)
    assert hook.got.empty()  # b waits for a
    hook.hold["a"].set()
    assert await hook.next() == "b"


async def test_the_bot_may_say_when_to_come_again(tg: Telegram, hook: Receiver) -> None:
    hook.plan = [web.Response(status=503, headers={"Retry-After": "1"})]
    tg.world.person_text(AYSE, AYSE, "a")
    assert await hook.next() == "a"
    began = asyncio.get_running_loop().time()
    assert await hook.next() == "a"
    assert asyncio.get_running_loop().time() - began >= 0.9


async def test_an_address_that_is_gone_for_long_is_given_up(tg: Telegram, hook: Receiver) -> None:
    tg.world.webhook.first_pause = 0.02
    now = [1000.0]
    tg.world.updates.clock = lambda: now[0]
    hook.plan = [web.Response(status=410) for _ in range(3)]
    tg.world.person_text(AYSE, AYSE, "a")
    assert await hook.next() == "a"
    now[0] += 23 * 3600 - 1
    assert await hook.next() == "a"
    now[0] += 10
    assert await hook.next() == "a"
    for _ in range(1000):
        if not (await tg.call("getWebhookInfo"))["url"]:
            break
    assert [one["message"]["text"] for one in await tg.updates()] == ["a"]


async def test_a_webhook_tells_of_itself(tg: Telegram) -> None:
    form = aiohttp.FormData({"url": "http://127.0.0.1:9/", "max_connections": "7"})
    form.add_field("certificate", b"pem", filename="c.pem")
    async with tg.session.post(f"{tg.url}/bot{TOKEN}/setWebhook", data=form) as response:
        assert response.status == 200
    info = await tg.call("getWebhookInfo")
    assert (info["has_custom_certificate"], info["max_connections"]) == (True, 7)
    await tg.call("deleteWebhook")
    assert (await tg.call("getWebhookInfo"))["has_custom_certificate"] is False


def test_updates_are_kept_in_order_by_their_chat_or_person() -> None:
    tap = {"from": {"id": 5}, "message": {"chat": {"id": GROUP}}}
    assert line_of({"update_id": 1, "callback_query": tap}) == GROUP
    assert line_of({"update_id": 1, "inline_query": {"from": {"id": 5}}}) == 5
    assert line_of({"update_id": 1, "poll": {"id": "7"}}) == 0


async def test_too_many_arguments_get_a_bare_413(tg: Telegram) -> None:
    address = f"{tg.url}/bot{TOKEN}/sendMessage"
    large = "x" * (1 << 20)
    for body in ({"json": {"chat_id": AYSE, "text": large}}, {"data": {"chat_id": AYSE, "text": large}}):
        async with tg.session.post(address, **body) as response:  # type: ignore[arg-type]
            assert (response.status, await response.read()) == (413, b"")


async def test_numbers_and_repeated_names_are_read_leniently(tg: Telegram) -> None:
    address = f"{tg.url}/bot{TOKEN}/sendMessage?chat_id={AYSE}&text=first&text=second"
    async with tg.session.get(address) as response:
        sent = (await response.json())["result"]
    assert sent["text"] == "first"
    edit = {"chat_id": AYSE, "message_id": f" {sent['message_id']}.7x", "text": "y"}
    assert (await tg.call("editMessageText", **edit))["text"] == "y"
    body = f'{{"chat_id": {AYSE}, "text": "a", "text": "b", "disable_notification": "YES"}}'
    headers = {"Content-Type": "application/json"}
    async with tg.session.post(address.partition("?")[0], data=body, headers=headers) as response:
        assert (await response.json())["result"]["text"] == "a"
    for broken in ('{"chat_id": 1', '{"chat_id": 1, "text": "\\ud800"}', "[1]"):
        async with tg.session.post(address.partition("?")[0], data=broken, headers=headers) as response:
            assert (await response.json())["description"] == "Bad Request: message text is empty"


async def test_a_move_is_told_in_both_groups(tg: Telegram) -> None:
    tg.world.add_group(-77, "Eski", [AYSE], "group")
    async with tg.session.post(f"{tg.url}/sandbox/migrate", json={"chat_id": -77, "to": -1077}) as response:
        assert response.status == 200
    old, new = [one["message"] for one in await tg.updates()]
    assert (old["chat"]["id"], old["migrate_to_chat_id"]) == (-77, -1077)
    assert (new["chat"]["id"], new["migrate_from_chat_id"], new["message_id"]) == (-1077, -77, 1)
    _, body = await tg.answer("sendMessage", chat_id=-77, text="x")
    assert body["parameters"] == {"migrate_to_chat_id": -1077}


async def test_the_control_api_makes_people_and_chats(tg: Telegram) -> None:
    async def post(name: str, **body: Any) -> tuple[int, Any]:
        async with tg.session.post(f"{tg.url}/sandbox/{name}", json=body) as response:
            return response.status, await response.json()

    assert (await post("person", id=42, first_name="Can", started=False))[0] == 200
    assert (await tg.refusal("sendMessage", chat_id=42, text="x")).startswith(
        "403 Forbidden: bot can't initiate"
    )
    chat = {
        "id": -1042,
        "title": "Kanal",
        "type": "channel",
        "username": "kanal",
        "bot_status": "administrator",
    }
    assert (await post("chat", **chat))[0] == 200
    assert (await tg.call("sendMessage", chat_id="@kanal", text="x"))["sender_chat"]["id"] == -1042
    assert (await post("restrict", chat_id=GROUP, permissions={"can_send_messages": False}))[0] == 200
    assert "not enough rights" in await tg.refusal("sendMessage", chat_id=GROUP, text="x")
    assert (await post("deactivate", chat_id=OLIVER))[0] == 200
    assert await tg.refusal("sendMessage", chat_id=OLIVER, text="x") == "403 Forbidden: user is deactivated"
    status, limits = await post("limits", on=True, private=[0.5, 1])
    assert (status, limits["private"]) == (200, [0.5, 1.0])
    await tg.call("sendMessage", chat_id=AYSE, text="x")
    assert (await tg.refusal("sendMessage", chat_id=AYSE, text="x")).endswith("retry after 2")
    for name, body in (
        ("faults", {"kind": "flood", "hours": 1}),
        ("limits", {"private": [0, 0]}),
        ("chat", {}),
    ):
        assert (await post(name, **body))[0] == 400
    async with tg.session.get(f"{tg.url}/sandbox/faults") as response:
        assert "blocked" in (await response.json())["named"]
    headers = {"Origin": "https://example.org"}
    async with tg.session.post(f"{tg.url}/sandbox/limits", json={}, headers=headers) as response:
        assert response.status == 403

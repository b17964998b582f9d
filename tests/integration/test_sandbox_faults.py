"""What a server does wrong, on demand over the control API: each fault as a bot meets it on the wire."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.integration.telegram_call import AYSE, OLIVER, TOKEN, Telegram, telegram


@pytest.fixture
async def tg() -> AsyncIterator[Telegram]:
    async with telegram() as running:
        yield running


async def add(tg: Telegram, **fault: Any) -> None:
    async with tg.session.post(f"{tg.url}/sandbox/faults", json=fault) as response:
        assert response.status == 200, await response.text()


async def send(tg: Telegram, chat_id: int = AYSE, *, patience: float = 10.0) -> tuple[int, bytes]:
    """Status and bytes of one sendMessage."""
    timeout = aiohttp.ClientTimeout(total=patience)
    body = {"chat_id": chat_id, "text": "x"}
    async with tg.session.post(f"{tg.url}/bot{TOKEN}/sendMessage", json=body, timeout=timeout) as response:
        return response.status, await response.read()


@pytest.mark.parametrize(("kind", "accepted"), [("reset_before", 0), ("reset_after", 1), ("hang", 1)])
async def test_a_lost_connection_before_or_after_accepting(tg: Telegram, kind: str, accepted: int) -> None:
    await add(tg, kind=kind, seconds=0.05, times=1)
    with pytest.raises(aiohttp.ClientError):
        await send(tg)
    assert tg.world.ledger.count() == accepted
    assert (await send(tg))[0] == 200


async def test_a_hang_outlasts_an_impatient_bot_though_the_message_was_accepted(tg: Telegram) -> None:
    await add(tg, kind="hang", seconds=30, times=1)
    with pytest.raises(TimeoutError):
        await send(tg, patience=0.3)
    assert tg.world.ledger.count() == 1


async def test_a_delay_answers_late_but_well(tg: Telegram) -> None:
    await add(tg, kind="delay", seconds=30, chat_id=OLIVER)
    late = asyncio.create_task(send(tg, OLIVER, patience=60.0))
    assert (await send(tg))[0] == 200  # the other call is not held up
    assert not late.done()
    late.cancel()
    await add(tg, clear=True)
    await add(tg, kind="delay", seconds=0.01, times=1)
    assert (await send(tg))[0] == 200


async def test_a_broken_server_answers_what_is_no_bot_api(tg: Telegram) -> None:
    await add(tg, kind="server_error", times=1)
    status, body = await send(tg)
    assert (status, body[:6]) == (502, b"<html>")
    await add(tg, kind="garbage", times=1)
    status, body = await send(tg)
    assert status == 200
    with pytest.raises(UnicodeDecodeError):
        body.decode()


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (401, "Unauthorized"),
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (403, "Forbidden: bot can't initiate conversation with a user"),
        (403, "Forbidden: the bot can't send messages to the bot"),
        (500, "Internal Server Error: restart"),
    ],
)
async def test_a_refusal_comes_with_its_own_words(tg: Telegram, code: int, text: str) -> None:
    await add(tg, kind="error", code=code, text=text, times=1)
    assert await tg.refusal("sendMessage", chat_id=AYSE, text="x") == f"{code} {text}"
    assert tg.world.ledger.count() == 0


async def test_a_migration_tells_the_new_number(tg: Telegram) -> None:
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    await add(tg, kind="error", code=400, text=words, migrate_to=-1009, times=1)
    _, body = await tg.answer("sendMessage", chat_id=AYSE, text="x")
    assert body["parameters"] == {"migrate_to_chat_id": -1009}


async def test_a_fault_keeps_to_its_method_and_chat(tg: Telegram) -> None:
    await add(tg, kind="server_error", method="sendMessage", chat_id=OLIVER)
    assert (await send(tg, AYSE))[0] == 200
    assert (await tg.answer("getChat", chat_id=OLIVER))[0] == 200
    assert [(await send(tg, OLIVER))[0] for _ in range(3)] == [502, 502, 502]
    await add(tg, clear=True)
    assert (await send(tg, OLIVER))[0] == 200


async def test_a_fault_by_chance_strikes_now_and_then(tg: Telegram) -> None:
    await add(tg, kind="server_error", probability=0.5)
    found = [(await send(tg))[0] for _ in range(60)]
    assert 10 < found.count(502) < 50
    assert found.count(200) + found.count(502) == 60


async def test_an_unknown_fault_is_refused(tg: Telegram) -> None:
    async with tg.session.post(f"{tg.url}/sandbox/faults", json={"kind": "earthquake"}) as response:
        assert response.status == 400
        assert "earthquake" in await response.text()

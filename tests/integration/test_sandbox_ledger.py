"""Ledger mode: the short way of a message answers as the long way does, and steps aside for a fault."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.integration.telegram_call import NOW, TOKEN, Telegram, telegram

CHAT = 700_001
BODY = json.dumps({"chat_id": CHAT, "text": "<b>Duyuru</b>"}).encode()


@pytest.fixture
async def tg() -> AsyncIterator[Telegram]:
    async with telegram(ledger_only=True) as running:
        yield running


def request(body: bytes, *more: str) -> bytes:
    head = (f"POST /bot{TOKEN}/sendMessage HTTP/1.1", "Host: x", "Content-Type: application/json", *more)
    return "\r\n".join((*head, f"Content-Length: {len(body)}", "", "")).encode() + body


async def raw(tg: Telegram, *packets: bytes) -> tuple[int, Any]:
    """Status and JSON of one request sent in so many packets."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(tg.url.rsplit(":", 1)[1]))
    try:
        for packet in packets:
            writer.write(packet)
            await writer.drain()
            await asyncio.sleep(0.05)
        head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20)).decode().lower()
        length = int(head.split("content-length:")[1].split("\r\n")[0])
        return int(head.split()[1]), json.loads(await asyncio.wait_for(reader.readexactly(length), 20))
    finally:
        writer.close()


async def test_a_message_in_one_packet_or_several_has_one_answer(tg: Telegram) -> None:
    whole = request(BODY)
    answers = [
        await raw(tg, whole),
        await raw(tg, whole[:40], whole[40:]),
        await raw(tg, whole[: -len(BODY)], BODY),
        await raw(tg, request(BODY, "Connection: close")),
        await tg.answer("sendMessage", **json.loads(BODY)),
    ]
    for number, (status, body) in enumerate(answers, start=1):
        shown = {"message_id": number, "date": int(NOW), "chat": {"id": CHAT, "type": "private"}}
        assert (status, body) == (200, {"ok": True, "result": {**shown, "text": "<b>Duyuru</b>"}})
    assert [row.text for row in tg.world.ledger.for_chat(CHAT)] == ["<b>Duyuru</b>"] * 5


async def test_what_is_unusual_takes_the_long_way(tg: Telegram) -> None:
    status, body = await raw(tg, request(b'{"chat_id": 1, "text": " "}'))
    assert (status, body["description"]) == (400, "Bad Request: text must be non-empty")
    tg.world.faults.add(kind="flood", seconds=7, times=1)
    assert (await raw(tg, request(BODY)))[0] == 429
    tg.world.faults.clear()
    assert (await raw(tg, request(BODY)))[0] == 200
    assert (await tg.call("getMe"))["is_bot"] is True
    async with tg.session.get(f"{tg.url}/sandbox/ledger") as response:
        assert (await response.json())["count"] == 1

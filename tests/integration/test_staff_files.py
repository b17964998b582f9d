"""Files that staff send: fetched over real HTTP before the transaction, refused in one sentence."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import func, select
from telegram import Bot, Update

from bot.clock import ShiftedClock
from bot.domain.outgoing import Toast
from bot.store.tables import notice
from handlers.context import FRAME, Context, Frame, Services
from handlers.staff import intake
from tests.integration.office import EDITOR, KIT, NOW, STAFF, STRANGER, VIEWER, Office, office
from tests.integration.test_staff_handlers import PlainReader

FILES = {"circular": "Kasım sirküleri\nMetin".encode(), "empty": b"  "}


@asynccontextmanager
async def file_server() -> AsyncIterator[tuple[str, list[str]]]:
    """A Bot API that knows getFile alone; yields its address and the calls it got."""
    calls: list[str] = []

    async def get_file(request: web.Request) -> web.Response:
        file_id = (await request.post()).get("file_id")
        calls.append(str(file_id))
        if file_id not in FILES:
            problem = {"ok": False, "error_code": 400, "description": "Bad Request: file is too big"}
            return web.json_response(problem, status=400)
        found = {"file_id": file_id, "file_unique_id": file_id, "file_path": f"documents/{file_id}"}
        return web.json_response({"ok": True, "result": found})

    async def content(request: web.Request) -> web.Response:
        return web.Response(body=FILES[request.match_info["name"]])

    app = web.Application()
    app.router.add_post("/bot1:x/getFile", get_file)
    app.router.add_get("/file/bot1:x/documents/{name}", content)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", calls
    finally:
        await runner.cleanup()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as built:
        yield built


def file_update(user_id: int, file_id: str, name: str, size: int = 10, chat: str = "private") -> Update:
    raw: dict[str, Any] = {
        "update_id": 3,
        "message": {
            "message_id": 8,
            "date": 1,
            "chat": {"id": user_id, "type": chat},
            "from": {"id": user_id, "is_bot": False, "first_name": "A"},
            "document": {"file_id": file_id, "file_unique_id": "u", "file_name": name, "file_size": size},
        },
    }
    return Update.de_json(raw, Bot("1:x"))


async def send(house: Office, update: Update, address: str) -> Frame:
    """Both steps of the intake: prepare without a transaction, then the handler within one."""
    assert update.effective_user

    async def toast(_toast: Toast) -> None: ...

    bot = Bot("1:x", base_url=f"{address}/bot", base_file_url=f"{address}/file/bot")
    services = Services(
        house.db, KIT.association, STAFF, KIT.topics, KIT.glossary, KIT.catalogs, KIT,
        ShiftedClock(NOW), bot, lambda: None, toast, PlainReader(),
    )  # fmt: skip
    prepared = await intake.prepare(update, services)
    user_id = update.effective_user.id
    async with house.db.write() as connection:
        frame = Frame(
            services, connection, NOW, 3, user_id, user_id, None, None, True, None, STAFF.role(user_id),
            "tr", prepared,
        )  # fmt: skip
        mark = FRAME.set(frame)
        try:
            await intake.document(update, Context.__new__(Context))
        finally:
            FRAME.reset(mark)
    await bot.shutdown()
    return frame


async def stored(house: Office) -> int:
    async with house.db.read() as connection:
        return int((await connection.execute(select(func.count()).select_from(notice))).scalar_one())


async def test_a_file_of_staff_becomes_a_draft_that_keeps_the_file(house: Office) -> None:
    async with file_server() as (address, _calls):
        frame = await send(house, file_update(EDITOR, "circular", "şubat.TXT"), address)
    assert "<b>Kasım sirküleri</b>" in str(frame.answers[0].body()["text"])
    async with house.db.read() as connection:
        row = (await connection.execute(select(notice.c.file_id, notice.c.file_name))).one()
    assert tuple(row) == ("circular", "şubat.TXT")


@pytest.mark.parametrize(
    ("file_id", "name", "size", "sentence", "asked"),
    [
        ("circular", "a.pdf", 20_000_001, "20 MB", False),
        ("huge", "a.pdf", 10, "20 MB", True),
        ("circular", "a.exe", 10, "PDF, Word (DOCX) veya TXT", False),
        ("circular", "", 10, "PDF, Word (DOCX) veya TXT", False),
        ("empty", "a.txt", 10, "metin yok", True),
    ],
)
async def test_what_cannot_be_read_is_one_sentence_and_stores_nothing(
    house: Office, file_id: str, name: str, size: int, sentence: str, asked: bool
) -> None:
    async with file_server() as (address, calls):
        frame = await send(house, file_update(EDITOR, file_id, name, size), address)
    (answer,) = frame.answers
    assert sentence in str(answer.body()["text"])
    assert bool(calls) is asked
    assert await stored(house) == 0


async def test_a_file_that_cannot_be_fetched_is_asked_for_again(house: Office) -> None:
    frame = await send(house, file_update(EDITOR, "circular", "a.pdf"), "http://127.0.0.1:9")
    assert "yeniden gönderiniz" in str(frame.answers[0].body()["text"])
    assert await stored(house) == 0


@pytest.mark.parametrize("user_id", [VIEWER, STRANGER])
async def test_a_file_of_somebody_without_the_right_is_not_even_fetched(house: Office, user_id: int) -> None:
    async with file_server() as (address, calls):
        await send(house, file_update(user_id, "circular", "a.txt"), address)
    assert calls == []
    assert await stored(house) == 0

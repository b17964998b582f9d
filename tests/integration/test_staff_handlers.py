"""Staff handlers with raw updates as Telegram sends them, on a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from telegram import Bot, Update

from bot.clock import ShiftedClock
from bot.domain.notice import Document, Notice
from bot.domain.outgoing import Toast
from bot.errors import DocumentError
from bot.flows import drafts
from bot.store import dialogues
from bot.store.tables import NoticeState, broadcast, notice
from handlers.context import FRAME, Context, Frame, Services
from handlers.staff import drafts as draft_handlers
from handlers.staff import intake as intake_handlers
from handlers.staff import reports as report_handlers
from tests.integration.office import (
    APPROVER,
    CIRCULAR,
    EDITOR,
    KIT,
    NOW,
    STAFF,
    STRANGER,
    VIEWER,
    Office,
    office,
    subscribe,
)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as built:
        async with built.desk(EDITOR) as desk:
            await subscribe(desk.connection, 1, "tr", ["cbam"])
            await drafts.create(desk, CIRCULAR)
        yield built


def tap_update(user_id: int, data: str, chat: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "update_id": 1,
        "callback_query": {
            "id": "77",
            "chat_instance": "1",
            "from": {"id": user_id, "is_bot": False, "first_name": "A"},
            "data": data,
            "message": {
                "message_id": 5,
                "date": 1,
                "chat": chat or {"id": user_id, "type": "private"},
                "text": "x",
            },
        },
    }


def text_update(user_id: int, text: str) -> dict[str, Any]:
    return {
        "update_id": 2,
        "message": {
            "message_id": 6,
            "date": 1,
            "chat": {"id": user_id, "type": "private"},
            "from": {"id": user_id, "is_bot": False, "first_name": "A"},
            "text": text,
        },
    }


class PlainReader:
    """Reads text files as they are: the title is the first line, an empty one cannot be read."""

    async def from_file(self, content: bytes, file_name: str) -> Document:
        if not content.strip():
            raise DocumentError("empty", key="staff.no_text")
        return self.from_text(content.decode())

    def from_text(self, text: str) -> Document:
        return Document("tr", None, None, (Notice(text.splitlines()[0], text=text, topics=("cbam",)),))


async def handle(house: Office, run: Any, raw: dict[str, Any]) -> Frame:
    """Run a handler on a raw update as the intake does; the frame holds what it answered."""
    update = Update.de_json(raw, Bot("1:x"))
    assert update.effective_user
    assert update.effective_chat
    user_id, query = update.effective_user.id, update.callback_query

    async def toast(_toast: Toast) -> None: ...

    services = Services(
        house.db, KIT.association, STAFF, KIT.topics, KIT.glossary, KIT.catalogs, KIT,
        ShiftedClock(NOW), Bot("1:x"), lambda: None, toast, PlainReader(),
    )  # fmt: skip
    async with house.db.write() as connection:
        frame = Frame(
            services=services,
            conn=connection,
            now=NOW,
            update_id=update.update_id,
            user_id=user_id,
            chat_id=update.effective_chat.id,
            message_id=5 if query else None,
            callback_id=query.id if query else None,
            private=update.effective_chat.type == "private",
            member=None,
            role=STAFF.role(user_id),
            language="tr",
        )
        mark = FRAME.set(frame)
        try:
            await run(update, Context.__new__(Context))
        finally:
            FRAME.reset(mark)
    return frame


async def state(house: Office) -> tuple[int, int, int]:
    """State and version of the circular, and how many broadcasts there are."""
    async with house.db.read() as connection:
        row = (
            await connection.execute(select(notice.c.state, notice.c.version).where(notice.c.id == 1))
        ).one()
        sent = (await connection.execute(select(func.count()).select_from(broadcast))).scalar_one()
    return row.state, row.version, sent


@pytest.mark.parametrize("user_id", [VIEWER, STRANGER, 1])
@pytest.mark.parametrize("action", sorted(draft_handlers.TAPS))
async def test_a_forged_tap_of_somebody_without_the_right_changes_nothing(
    house: Office, user_id: int, action: str
) -> None:
    before = await state(house)
    frame = await handle(house, draft_handlers.tapped, tap_update(user_id, f"sd:1:1:{action}:1:cbam"))
    assert await state(house) == before
    looking = {"view", "item", "preview"}
    if user_id != VIEWER or action not in looking:
        assert [toast.alert for toast in frame.toasts] == [True]
        assert frame.answers == []


@pytest.mark.parametrize(
    "data",
    ["sd:1:1:zzz:1:", "sd:99:1:view:0:", "sd:2:1:view:0:", "sd:1:1:topic:1:nosuch", "sd:1:1:kind:1:nosuch",
     "sd:1:1:exclude:9:", "sd:1:1:edit:1:state", "sd:", "sd:1:1:edit:99:title"],
)  # fmt: skip
async def test_data_no_button_of_ours_carries_changes_nothing_and_says_so(house: Office, data: str) -> None:
    before = await state(house)
    frame = await handle(house, draft_handlers.tapped, tap_update(EDITOR, data))
    assert await state(house) == before
    assert frame.toasts[0].text
    assert frame.answers == []


async def test_staff_buttons_work_in_no_group(house: Office) -> None:
    group = {"id": -100, "type": "supergroup", "title": "G"}
    frame = await handle(house, draft_handlers.tapped, tap_update(EDITOR, "sd:1:1:view:0:", group))
    assert "özel sohbet" in frame.toasts[0].text
    assert frame.answers == []


async def test_a_tap_on_an_older_draft_shows_the_present_one_in_place(house: Office) -> None:
    await handle(house, draft_handlers.tapped, tap_update(EDITOR, "sd:1:1:exclude:1:"))
    frame = await handle(house, draft_handlers.tapped, tap_update(EDITOR, "sd:1:1:exclude:2:"))
    assert "güncel" in frame.toasts[0].text
    assert frame.answers[0].body()["message_id"] == 5
    assert (await state(house))[1] == 2


async def test_a_correction_by_button_and_reply_goes_through_the_handlers(house: Office) -> None:
    await handle(house, draft_handlers.tapped, tap_update(EDITOR, "sd:1:1:edit:1:dl0"))
    frame = await handle(house, draft_handlers.corrected, text_update(EDITOR, "ne zaman?"))
    assert "Tarih okunamadı" in str(frame.answers[0].body()["text"])
    frame = await handle(house, draft_handlers.corrected, text_update(EDITOR, "1.12.2026"))
    assert "TASLAK" in str(frame.answers[-1].body()["text"])
    assert (await state(house))[1] == 2


async def test_submitted_approved_and_counted_through_the_handlers(house: Office) -> None:
    await handle(house, draft_handlers.tapped, tap_update(EDITOR, "sd:1:1:submit:0:"))
    assert (await state(house))[0] == NoticeState.SUBMITTED
    frame = await handle(house, draft_handlers.tapped, tap_update(APPROVER, "sd:1:1:release:0:"))
    assert "Gönderiliyor" in str(frame.answers[0].body()["text"])
    frame = await handle(house, draft_handlers.tapped, tap_update(APPROVER, "sd:1:1:release:0:"))
    assert "zaten" in frame.toasts[0].text
    assert await state(house) == (NoticeState.RELEASED, 1, 3)
    frame = await handle(house, report_handlers.download, tap_update(EDITOR, "sr:1:csv"))
    assert frame.answers[0].method == "sendDocument"
    frame = await handle(house, report_handlers.download, tap_update(VIEWER, "sr:1:csv"))
    assert frame.answers == []


async def test_the_missing_link_is_entered_through_the_handlers(house: Office) -> None:
    await handle(house, draft_handlers.tapped, tap_update(EDITOR, "sd:1:1:submit:0:"))
    await handle(house, draft_handlers.tapped, tap_update(APPROVER, "sd:1:1:release:0:"))
    frame = await handle(house, draft_handlers.list_drafts, text_update(EDITOR, "/taslaklar"))
    button = frame.answers[0].body()["reply_markup"]["inline_keyboard"][-1][0]
    assert button["text"].startswith("Başvuru bağlantısını gir")
    await handle(house, report_handlers.ask_link, tap_update(EDITOR, button["callback_data"]))
    frame = await handle(house, report_handlers.link_entered, text_update(EDITOR, "https://form.example"))
    assert "Bağlantı kaydedildi" in str(frame.answers[0].body()["text"])
    async with house.db.read() as connection:
        assert await dialogues.get(connection, EDITOR, EDITOR) is None


async def drafts_of(house: Office) -> list[str]:
    async with house.db.read() as connection:
        return list(await connection.scalars(select(notice.c.title).where(notice.c.id > 4)))


async def test_new_with_text_behind_it_makes_a_draft_at_once(house: Office) -> None:
    frame = await handle(
        house, intake_handlers.new, text_update(EDITOR, "/yeni Deneme duyurusu\nikinci satır")
    )
    assert "<b>Deneme duyurusu</b>" in str(frame.answers[0].body()["text"])
    assert await drafts_of(house) == ["Deneme duyurusu"]


async def test_new_alone_asks_and_takes_the_next_message(house: Office) -> None:
    await handle(house, intake_handlers.new, text_update(EDITOR, "/yeni"))
    async with house.db.read() as connection:
        question = await dialogues.get(connection, EDITOR, EDITOR)
        assert question is not None
    await handle(house, intake_handlers.DIALOGUES[question.step], text_update(EDITOR, "Deneme"))
    assert await drafts_of(house) == ["Deneme"]
    async with house.db.read() as connection:
        assert await dialogues.get(connection, EDITOR, EDITOR) is None


async def test_hidden_links_of_a_forwarded_message_are_kept(house: Office) -> None:
    raw = text_update(EDITOR, "Form burada")
    raw["message"]["entities"] = [
        {"type": "text_link", "offset": 5, "length": 6, "url": "https://form.example/x"}
    ]
    await handle(house, intake_handlers.announced, raw)
    async with house.db.read() as connection:
        facts = (await connection.execute(select(notice.c.facts).where(notice.c.id > 4))).scalar_one()
    assert facts["text"] == "Form burada\nburada: https://form.example/x"


async def test_other_text_of_staff_is_asked_about_and_announced_by_a_tap_only_once(house: Office) -> None:
    frame = await handle(house, intake_handlers.plain_text, text_update(EDITOR, "başvuru linki nedir?"))
    buttons = [row[0] for row in frame.answers[0].body()["reply_markup"]["inline_keyboard"]]
    assert [button["text"] for button in buttons] == ["Duyuru taslağı hazırla", "Soru olarak yanıtla"]
    assert await drafts_of(house) == []
    tap = tap_update(EDITOR, buttons[0]["callback_data"])
    await handle(house, intake_handlers.chosen, tap)
    frame = await handle(house, intake_handlers.chosen, tap)
    assert "yeniden gönderiniz" in frame.toasts[0].text
    assert await drafts_of(house) == ["başvuru linki nedir?"]


@pytest.mark.parametrize("user_id", [VIEWER, STRANGER])
async def test_who_may_not_write_makes_no_draft_by_any_way(house: Office, user_id: int) -> None:
    for run in (intake_handlers.new, intake_handlers.announced, intake_handlers.plain_text):
        await handle(house, run, text_update(user_id, "/yeni Deneme"))
    for data in ("sq:announce", "sq:cancel", "sq:", "sq:x"):
        await handle(house, intake_handlers.chosen, tap_update(user_id, data))
    assert await drafts_of(house) == []

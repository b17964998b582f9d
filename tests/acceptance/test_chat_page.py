"""The chat page in a real browser: what people see and do; the bot's side speaks the Bot API over HTTP."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.sandbox.server import Server
from bot.sandbox.world import Control, World
from tests.acceptance.browser import PHONE, browser, open_page

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOKEN = "4242:page-test-token"
OPENING = 1_795_503_600.0  # Tuesday 24 November 2026, 10:00 in Istanbul
AYSE, OLIVER, ELIF, MURAT = 501_001, 501_002, 502_001, 502_002
SLOW = 6_000  # milliseconds until the page must have followed
HOSTILE = '<img src=x onerror="document.title=1"> <b>&" </b>{x}'


@dataclass
class Stage:
    """A sandbox of its own with four people, and the bot's way of calling it."""

    world: World
    url: str
    session: aiohttp.ClientSession
    moved: list[float]
    server: Server

    async def bot(self, method: str, **parameters: Any) -> Any:
        """Call a Bot API method as the bot; the ``result`` of the answer."""
        async with self.session.post(f"{self.url}/bot{TOKEN}/{method}", json=parameters) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def updates(self) -> list[Any]:
        """What the bot has been sent since the last call."""
        updates = await self.bot("getUpdates", timeout=2)
        if updates:
            await self.bot("getUpdates", offset=updates[-1]["update_id"] + 1, timeout=0)
        return list(updates)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def stage() -> AsyncIterator[Stage]:
    moved: list[float] = []
    world = World(token=TOKEN, clock=lambda: OPENING + sum(moved))
    world.add_person(AYSE, "Ayşe", "Demir", "aysedemir", "tr", tag="member")
    world.add_person(OLIVER, "Oliver", "Brandt", "obrandt", "en", tag="member")
    world.add_person(ELIF, "Elif", "Kaya", "elifkaya", "tr", tag="editor")
    world.add_person(MURAT, "Murat", "Şahin", "muratsahin", "tr", tag="approver")
    world.advance = moved.append
    server = Server(world, port=0)
    url = (await server.start()).rstrip("/")
    try:
        async with aiohttp.ClientSession() as session:
            yield Stage(world, url, session, moved, server)
    finally:
        await server.stop()


def phone(page: Page, person: int) -> Locator:
    """The chat of ``person`` on the page."""
    return page.locator(f".pane[data-person='{person}']")


async def write(page: Page, person: int, text: str) -> None:
    field = phone(page, person).locator("textarea")
    await field.fill(text)
    await field.press("Enter")


async def height(found: Locator) -> float:
    """The height of an element in pixels; 0 when it is not shown."""
    box = await found.bounding_box()
    return box["height"] if box else 0.0


async def opened(page: Page, person: int) -> Locator:
    """The chat of ``person``, brought to the front through the list of people."""
    await page.click(f".person[data-person='{person}']")
    return phone(page, person)


async def test_start_and_a_typed_text_reach_the_bot_and_its_answer_appears(
    stage: Stage, chromium: Browser
) -> None:
    async with open_page(chromium, stage.url) as page:
        ayse = phone(page, AYSE)
        await ayse.get_by_role("button", name="START").click()
        await expect(ayse.locator(".mine .command")).to_have_text("/start", timeout=SLOW)
        assert (await stage.updates())[0]["message"]["text"] == "/start"
        await stage.bot("sendMessage", chat_id=AYSE, text="Hoş geldiniz.")
        await expect(ayse.locator(".theirs .text")).to_contain_text("Hoş geldiniz.", timeout=SLOW)
        await write(page, AYSE, "başvuru linki nedir?")
        update = (await stage.updates())[0]
        assert update["message"]["text"] == "başvuru linki nedir?"
        assert update["message"]["from"]["id"] == AYSE


async def test_shift_enter_makes_a_new_line_and_a_slash_opens_the_commands(
    stage: Stage, chromium: Browser
) -> None:
    await stage.bot("setMyCommands", commands=[{"command": "takvim", "description": "Son tarihler"}])
    await stage.bot("sendMessage", chat_id=AYSE, text="Merhaba")
    async with open_page(chromium, stage.url) as page:
        field = phone(page, AYSE).locator("textarea")
        await field.fill("bir")
        await field.press("Shift+Enter")
        await field.type("iki")
        await field.press("Enter")
        assert (await stage.updates())[0]["message"]["text"] == "bir\niki"
        await field.fill("/ta")
        await expect(phone(page, AYSE).locator(".command-item")).to_contain_text("Son tarihler")
        await field.press("Enter")
        assert (await stage.updates())[0]["message"]["text"] == "/takvim"


async def test_a_tapped_button_waits_for_its_answer_and_shows_the_toast(
    stage: Stage, chromium: Browser
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Bana hatırlat", "callback_data": "rm:1"}]]}
    await stage.bot("sendMessage", chat_id=AYSE, text="Duyuru", reply_markup=keyboard)
    async with open_page(chromium, stage.url) as page:
        key = phone(page, AYSE).get_by_role("button", name="Bana hatırlat")
        await key.click()
        await expect(phone(page, AYSE).locator(".key.waiting")).to_have_count(1)
        query = (await stage.updates())[0]["callback_query"]
        assert query["data"] == "rm:1"
        await stage.bot("answerCallbackQuery", callback_query_id=query["id"], text="Hatırlatma kuruldu")
        await expect(phone(page, AYSE).locator(".toast")).to_have_text("Hatırlatma kuruldu", timeout=SLOW)
        await expect(phone(page, AYSE).locator(".key.waiting")).to_have_count(0)


async def test_an_answer_with_an_alert_opens_a_dialog_that_escape_closes(
    stage: Stage, chromium: Browser
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Bana neden geldi?", "callback_data": "wy:1"}]]}
    await stage.bot("sendMessage", chat_id=AYSE, text="Duyuru", reply_markup=keyboard)
    async with open_page(chromium, stage.url) as page:
        await phone(page, AYSE).get_by_role("button", name="Bana neden geldi?").click()
        query = (await stage.updates())[0]["callback_query"]
        await stage.bot(
            "answerCallbackQuery", callback_query_id=query["id"], text="Konu: SKDM", show_alert=True
        )
        dialog = phone(page, AYSE).get_by_role("dialog")
        await expect(dialog).to_contain_text("Konu: SKDM", timeout=SLOW)
        await page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)


async def test_a_long_quotation_is_folded_and_opens_at_a_tap(stage: Stage, chromium: Browser) -> None:
    quote = " ".join(f"sentence number {n} of the original." for n in range(40))
    text = f"<b>Başlık</b>\n<blockquote expandable>{quote}</blockquote>\nSon"
    await stage.bot("sendMessage", chat_id=AYSE, text=text, parse_mode="HTML")
    async with open_page(chromium, stage.url) as page:
        folded = phone(page, AYSE).locator("blockquote.expandable")
        await expect(folded).to_have_class(re.compile("collapsed"))
        before = await height(folded)
        await folded.locator(".chevron").click()
        await expect(folded).not_to_have_class(re.compile("collapsed"))
        assert await height(folded) > 2 * before
        await expect(phone(page, AYSE).locator(".text strong")).to_have_text("Başlık")


async def test_a_pdf_is_sent_with_the_paperclip_and_a_file_of_the_bot_comes_down(
    stage: Stage, chromium: Browser
) -> None:
    await stage.bot("sendMessage", chat_id=ELIF, text="Merhaba")
    content = b"%PDF-1.4 a circular"
    async with open_page(chromium, stage.url) as page:
        elif_chat = phone(page, ELIF)
        await elif_chat.locator("input[type=file]").set_input_files(
            {"name": "Sirküler 377.pdf", "mimeType": "application/pdf", "buffer": content}
        )
        await elif_chat.get_by_role("dialog").get_by_role("button", name="Send").click()
        await expect(elif_chat.locator(".mine .file-name")).to_have_text("Sirküler 377.pdf", timeout=SLOW)
        document = (await stage.updates())[0]["message"]["document"]
        assert (document["file_name"], document["file_size"]) == ("Sirküler 377.pdf", len(content))
        form = aiohttp.FormData({"chat_id": str(ELIF)})
        form.add_field("document", b"no;name\n1;a\n", filename="list.csv", content_type="text/csv")
        async with stage.session.post(f"{stage.url}/bot{TOKEN}/sendDocument", data=form) as response:
            assert (await response.json())["ok"]
        async with page.expect_download() as waiting:
            await elif_chat.locator(".theirs .document").click()
        download = await waiting.value
        assert download.suggested_filename == "list.csv"
        assert (await download.path()).read_bytes() == b"no;name\n1;a\n"


async def test_an_edit_and_a_deletion_are_seen_as_they_happen(stage: Stage, chromium: Browser) -> None:
    sent = await stage.bot("sendMessage", chat_id=AYSE, text="Gönderiliyor: 10")
    other = await stage.bot("sendMessage", chat_id=AYSE, text="Silinecek")
    async with open_page(chromium, stage.url) as page:
        bubble = phone(page, AYSE).locator(f"[data-message='{sent['message_id']}']")
        await expect(bubble).to_contain_text("Gönderiliyor: 10")
        await stage.bot(
            "editMessageText", chat_id=AYSE, message_id=sent["message_id"], text="Gönderildi: 1.284"
        )
        await expect(bubble).to_contain_text("Gönderildi: 1.284", timeout=SLOW)
        await expect(bubble.locator(".meta")).to_contain_text("edited")
        await stage.bot("deleteMessage", chat_id=AYSE, message_id=other["message_id"])
        await expect(phone(page, AYSE).get_by_text("Silinecek")).to_have_count(0, timeout=SLOW)


@pytest.mark.parametrize(
    ("locale", "start", "menu"), [("tr-TR", "BAŞLAT", "Mesaj yazın"), ("en-US", "START", "Write a message")]
)
async def test_the_page_opens_in_the_language_of_the_browser_and_switches(
    stage: Stage, chromium: Browser, locale: str, start: str, menu: str
) -> None:
    await stage.bot("sendMessage", chat_id=ELIF, text="Merhaba")
    async with open_page(chromium, stage.url, locale=locale) as page:
        await expect(phone(page, AYSE).locator(".big")).to_have_text(start)
        await expect(phone(page, ELIF).locator("textarea")).to_have_attribute("placeholder", menu)
        await page.click(".language")
        await expect(phone(page, AYSE).locator(".big")).to_have_text(
            "START" if start == "BAŞLAT" else "BAŞLAT"
        )
        await page.reload()
        await expect(phone(page, AYSE).locator(".big")).to_have_text(
            "START" if start == "BAŞLAT" else "BAŞLAT"
        )


async def test_hostile_text_stands_as_its_own_characters(stage: Stage, chromium: Browser) -> None:
    keyboard = {"inline_keyboard": [[{"text": HOSTILE[:60], "callback_data": HOSTILE[:40]}]]}
    await stage.bot("sendMessage", chat_id=AYSE, text=HOSTILE, reply_markup=keyboard)
    stage.world.person_document(AYSE, AYSE, "<b>&.pdf", b"%PDF-1.4", "application/pdf", caption=HOSTILE)
    async with open_page(chromium, stage.url) as page:
        ayse = phone(page, AYSE)
        await expect(ayse.locator(".theirs .text")).to_contain_text(HOSTILE)
        await expect(ayse.locator(".key-text")).to_have_text(HOSTILE[:60])
        await expect(ayse.locator(".file-name")).to_have_text("<b>&.pdf")
        assert await ayse.locator(".messages b, .messages img").count() == 0
        assert await page.title() != "1"


async def test_reloading_keeps_the_conversation_the_chosen_people_and_what_was_read(
    stage: Stage, chromium: Browser
) -> None:
    for number in range(40):
        await stage.bot("sendMessage", chat_id=OLIVER, text=f"Notice {number}")
    await stage.bot("sendMessage", chat_id=MURAT, text="Onayınızı bekliyor")
    async with open_page(chromium, stage.url) as page:
        badge = page.locator(f".person[data-person='{OLIVER}'] .badge")
        await expect(badge).to_have_text("40")
        oliver = await opened(page, OLIVER)
        await expect(oliver.locator(".unread-line")).to_be_in_viewport()
        await expect(oliver.locator("[data-message='1']")).to_be_in_viewport()
        await expect(badge).not_to_have_text("40")
        await oliver.get_by_role("button", name="Go to the newest").click()
        await expect(oliver.get_by_text("Notice 39")).to_be_in_viewport()
        await expect(badge).to_have_count(0)
        await page.reload()
        await expect(phone(page, OLIVER).get_by_text("Notice 39")).to_be_in_viewport()
        await expect(phone(page, ELIF)).to_be_visible()
        await expect(badge).to_have_count(0)
        await expect(page.locator(f".person[data-person='{MURAT}'] .badge")).to_have_text("1")


async def test_two_phones_stand_side_by_side_and_a_phone_shows_one_at_a_time(
    stage: Stage, chromium: Browser
) -> None:
    await stage.bot("sendMessage", chat_id=AYSE, text="Duyuru")
    async with open_page(chromium, stage.url) as page:
        await expect(phone(page, ELIF)).to_be_visible()
        await expect(phone(page, AYSE)).to_be_visible()
        murat = await opened(page, MURAT)
        await expect(murat).to_be_visible()
        await expect(phone(page, AYSE)).to_be_visible()
    async with open_page(chromium, stage.url, size=PHONE, dark=True) as page:
        assert await page.evaluate("document.documentElement.dataset.theme") == "dark"
        await expect(page.locator(".pane.active")).to_be_hidden()
        ayse = await opened(page, AYSE)
        await expect(ayse.get_by_text("Duyuru")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        await ayse.get_by_role("button", name="Back").click()
        await expect(ayse).to_be_hidden()


async def test_a_message_is_forwarded_to_the_bot_as_somebody_else(stage: Stage, chromium: Browser) -> None:
    await stage.bot("sendMessage", chat_id=AYSE, text="İletilecek duyuru")
    async with open_page(chromium, stage.url) as page:
        await phone(page, AYSE).get_by_text("İletilecek duyuru").click(button="right")
        await page.get_by_role("menuitem", name="Forward").click()
        await page.get_by_role("dialog").get_by_role("button", name="Elif Kaya").click()
        await expect(phone(page, ELIF).locator(".mine")).to_contain_text("İletilecek duyuru", timeout=SLOW)
        message = (await stage.updates())[0]["message"]
        assert message["from"]["id"] == ELIF
        assert message["forward_origin"]


async def test_blocking_and_unblocking_the_bot(stage: Stage, chromium: Browser) -> None:
    await stage.bot("sendMessage", chat_id=AYSE, text="Merhaba")
    async with open_page(chromium, stage.url) as page:
        ayse = phone(page, AYSE)
        await ayse.get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Block the bot").click()
        await expect(ayse.get_by_role("button", name="UNBLOCK")).to_be_visible(timeout=SLOW)
        async with stage.session.post(
            f"{stage.url}/bot{TOKEN}/sendMessage", json={"chat_id": AYSE, "text": "x"}
        ) as refused:
            assert refused.status == 403
        await ayse.get_by_role("button", name="UNBLOCK").click()
        await expect(ayse.locator("textarea")).to_be_visible(timeout=SLOW)


async def test_the_owners_buttons_and_the_clock_work_and_the_tally_follows(
    stage: Stage, chromium: Browser
) -> None:
    pressed: list[str] = []

    async def press() -> None:
        pressed.append("circular")
        await stage.bot("sendMessage", chat_id=AYSE, text="Bir")

    stage.world.controls = [
        Control(
            "circular", {"tr": "Örnek sirküleri gönder", "en": "Send the sample"}, press, {"tr": "", "en": ""}
        )
    ]
    async with open_page(chromium, stage.url, locale="tr-TR") as page:
        await page.get_by_role("button", name="Örnek sirküleri gönder").click()
        await expect(page.locator(".tally-number")).to_have_text("1", timeout=SLOW)
        assert pressed == ["circular"]
        await page.click("[data-clock=day]")
        await expect(page.locator(".clock-day")).to_have_text("25 Kasım Çarşamba", timeout=SLOW)
        await page.click("[data-clock=workday]")
        await expect(page.locator(".clock-text")).to_have_text("09:30", timeout=SLOW)
        assert len(stage.moved) == 2


async def test_typing_is_shown_while_the_bot_works(stage: Stage, chromium: Browser) -> None:
    await stage.bot("sendMessage", chat_id=AYSE, text="Merhaba")
    async with open_page(chromium, stage.url) as page:
        await stage.bot("sendChatAction", chat_id=AYSE, action="typing")
        await expect(phone(page, AYSE).locator(".status")).to_contain_text("typing", timeout=SLOW)


async def test_the_drawer_shows_the_calls_of_the_bot(stage: Stage, chromium: Browser) -> None:
    async with open_page(chromium, stage.url) as page:
        await expect(page.locator(".drawer")).to_be_hidden()
        await page.get_by_role("button", name="Developer").click()
        await stage.bot("sendMessage", chat_id=AYSE, text="Merhaba")
        await expect(page.locator(".log-method").first).to_have_text("sendMessage", timeout=SLOW)
        await page.get_by_role("tab", name="Ledger").click()
        await expect(page.locator(".figure strong")).to_have_text("1")
        for tab in ("Faults", "Limits"):
            await page.get_by_role("tab", name=tab).click()
            await expect(page.locator(".drawer-body form")).to_be_visible(timeout=SLOW)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_another_site_can_neither_read_nor_act(stage: Stage, headers: dict[str, str]) -> None:
    async with stage.session.get(f"{stage.url}/sandbox/state", headers=headers) as response:
        assert response.status == 403
    body = {"person_id": AYSE, "chat_id": AYSE, "text": "x"}
    async with stage.session.post(f"{stage.url}/sandbox/send", json=body, headers=headers) as response:
        assert response.status == 403
    assert stage.world.messages(AYSE) == []


async def test_bad_requests_get_one_sentence(stage: Stage) -> None:
    bad: list[tuple[str, Any]] = [
        ("send", {"person_id": 1, "chat_id": 1, "text": "x"}),
        ("send", {"person_id": AYSE, "chat_id": AYSE, "text": " "}),
        ("send", []),
        ("clock", {"seconds": -5}),
        ("clock", {"to": "next_working_morning", "time_zone": "../../etc"}),
        ("control/none", {}),
        ("tap", {"person_id": AYSE, "chat_id": AYSE, "message_id": "x", "data": "d"}),
    ]
    for path, body in bad:
        async with stage.session.post(f"{stage.url}/sandbox/{path}", json=body) as response:
            assert response.status == 400, path
            assert json.loads(await response.text())["error"].endswith("."), path
    async with stage.session.get(f"{stage.url}/static/..%2f..%2fworld.py") as response:
        assert response.status == 404

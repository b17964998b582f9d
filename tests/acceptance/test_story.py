"""The whole job in a real browser, as a newcomer to the demo does it by hand."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect
from sqlalchemy import select

from bot.demo.people import AYSE, ELIF, FIRST_CROWD_ID, MURAT, OLIVER, ZEYNEP
from bot.demo.run import OPENING, Demo, demo
from bot.store.tables import member, member_topic
from tests.acceptance.browser import PHONE, browser, open_page

SUBSCRIBERS = 300  # the demo has 1,284; every test of it would wait for thousands of messages
SLOW = 60_000  # milliseconds until the page must have followed


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[tuple[Demo, Browser]]:
    async with demo(keep=tmp_path, subscribers=SUBSCRIBERS) as running, browser() as chromium:
        yield running, chromium


def phone(page: Page, person: int) -> Locator:
    return page.locator(f".pane[data-person='{person}']")


async def front(page: Page, person: int) -> Locator:
    """The chat of ``person``, brought to the front."""
    await page.click(f".person[data-person='{person}']")
    return phone(page, person)


async def key(chat: Locator, name: str) -> None:
    """Tap the newest button that is called so."""
    await chat.get_by_role("button", name=re.compile(rf"^(✓ )?{re.escape(name)}")).last.click(timeout=SLOW)


async def says(chat: Locator, words: str, patience: int = SLOW) -> None:
    await expect(chat.locator(".theirs .text", has_text=words).last).to_be_visible(timeout=patience)


async def write(chat: Locator, text: str) -> None:
    field = chat.locator("textarea")
    await field.fill(text)
    await field.press("Enter")


def received(stage: Demo, person: int) -> list[str]:
    """What the bot has sent to a person, in order."""
    return [m.get("text", "") for m in stage.world.messages(person) if m["from"].get("is_bot")]


async def until(met: Callable[[], object], what: str) -> None:
    for _ in range(1_800):
        if met():
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}")


async def crowd_with(stage: Demo, topic: str) -> set[int]:
    """The chats of the simulated subscribers who chose a topic."""
    async with stage.app.db.read() as connection:
        rows = await connection.execute(
            select(member.c.chat_id)
            .join(member_topic, member_topic.c.member_id == member.c.id)
            .where(member_topic.c.topic == topic, member.c.chat_id >= FIRST_CROWD_ID)
        )
        return set(rows.scalars())


@pytest.mark.timeout(240)
async def test_from_start_to_reminder(stage: tuple[Demo, Browser]) -> None:
    town, chromium = stage
    async with open_page(chromium, town.url, locale="tr-TR") as page:
        await a_newcomer_subscribes(page)
        await news_reaches_exactly_those_concerned(page, town)
        await the_application_link_is_known(page)
        await staff_send_correct_and_release(page)
        await items_arrive_by_topic(town)
        await the_reminder_comes_once(page, town)


async def a_newcomer_subscribes(page: Page) -> None:
    zeynep = await front(page, ZEYNEP.id)
    await zeynep.get_by_role("button", name="BAŞLAT").click()
    await says(zeynep, "Hoş geldiniz")
    await key(zeynep, "English")
    await says(zeynep, "Welcome")
    await key(zeynep, "Türkçe")
    await says(zeynep, "Hoş geldiniz")
    await key(zeynep, "Abone ol")
    await key(zeynep, "Kendim seçeceğim")
    await key(zeynep, "AB İttifakları")
    await key(zeynep, "SKDM (sınırda karbon)")
    await expect(zeynep.get_by_role("button", name="✓ SKDM")).to_be_visible(timeout=SLOW)
    await key(zeynep, "Tamam")
    await says(zeynep, "AB İttifakları ve SKDM")


async def news_reaches_exactly_those_concerned(page: Page, town: Demo) -> None:
    await page.get_by_role("button", name="AB haberi yayımla").click()
    await says(phone(page, ZEYNEP.id), "Son başvuru")
    turkish = received(town, ZEYNEP.id)[-1]
    assert "Genel Kurul: 15 Aralık 2026 Salı, saat 12.00 (Brüksel saatiyle 10.00)" in turkish
    assert "Metnin aslı İngilizcedir." in turkish
    await until(lambda: received(town, OLIVER.id), "the English notice")
    assert "General Assembly: Tuesday, 15 December 2026" in received(town, OLIVER.id)[-1]
    concerned = await crowd_with(town, "alliance")
    await until(lambda: town.world.ledger.count() >= len(concerned) + 3, "the whole audience")
    await asyncio.sleep(1.0)
    title = "Critical Chemicals Alliance: date"
    reached = [row.chat_id for row in town.world.ledger.accepted if row.text.startswith(title)]
    assert sorted(chat for chat in reached if chat >= FIRST_CROWD_ID) == sorted(concerned)
    assert len(concerned) < SUBSCRIBERS


async def the_application_link_is_known(page: Page) -> None:
    zeynep = phone(page, ZEYNEP.id)
    await write(zeynep, "/başvuru")
    await says(zeynep, "Başvuru formu: https://ittifak.ornek.example/cca/basvuru")
    await write(zeynep, "basvuru formu nerede")
    await expect(zeynep.locator(".theirs .text", has_text="https://ittifak")).to_have_count(3, timeout=SLOW)


async def staff_send_correct_and_release(page: Page) -> None:
    await page.get_by_role("button", name="Örnek sirküleri gönder").click()
    editor = await front(page, ELIF.id)
    await says(editor, "TASLAK")
    await says(editor, "Kontrol ediniz: 3. konu")
    await expect(page.locator(".guide-step.current")).to_contain_text("“Düzelt”e basın", timeout=SLOW)
    await key(editor, "Düzelt")
    await says(editor, "Doğru son tarihi yazınız")
    await write(editor, "4 Aralık 2026")
    await says(editor, "Özet · tarih düzeltildi, burada eskisi yazıyor")
    await key(editor, "Düzelt")
    await says(editor, "Yeni özeti yazınız")
    await write(editor, "Taslağa ilişkin görüşlerin süresinde gönderilmesi gerekmektedir.")
    newest = editor.locator(".theirs .text").last
    await expect(newest).to_contain_text("TASLAK", timeout=SLOW)
    await expect(newest).not_to_contain_text("Kontrol ediniz", timeout=SLOW)
    await key(editor, "Onaya gönder")
    await says(editor, "Onaylayanlar: Murat Şahin")
    approver = await front(page, MURAT.id)
    await says(approver, "Hazırlayan: Elif Kaya")
    await key(approver, "Onayla ve gönder")
    await says(approver, "Gönderim tamamlandı:", patience=4 * SLOW)  # thousands of messages


async def items_arrive_by_topic(town: Demo) -> None:
    mine = [text for text in received(town, ZEYNEP.id) if "2026/418" in text]
    assert len(mine) == 2, [text[:60] for text in mine]
    assert any("SKDM Beyan Dönemi" in text for text in mine)
    assert not any("Damping" in text or "Kozmetik" in text for text in mine)
    crowd = [row for row in town.world.ledger.accepted if row.chat_id >= FIRST_CROWD_ID]
    corrected = [row.text for row in crowd if "Kozmetik Ürünler" in row.text]
    assert corrected
    assert all("30 Kasım 2026 Pazartesi" not in text for text in corrected)
    assert any("Görüş bildirme son günü: 4 Aralık 2026 Cuma" in text for text in corrected)
    copies = town.world.ledger.copies()
    assert max(count for (chat, _text), count in copies.items() if chat >= FIRST_CROWD_ID) == 1
    assert any("2026/418" in text for text in received(town, AYSE.id))


async def the_reminder_comes_once(page: Page, town: Demo) -> None:
    zeynep = await front(page, ZEYNEP.id)
    webinar = zeynep.locator(".stack", has_text="SKDM Beyan Dönemi")
    await webinar.get_by_role("button", name="Bana hatırlat").click()
    await says(zeynep, "1 Aralık 2026 Salı, saat 09.30")
    for _ in range(8):
        await page.locator("[data-clock='day']").click()
        await asyncio.sleep(0.4)

    def reminders() -> list[str]:
        return [text for text in received(town, ZEYNEP.id) if text.startswith("HATIRLATMA")]

    await until(lambda: any("SKDM" in text for text in reminders()), "the reminder")
    await asyncio.sleep(2.0)
    about = [text for text in reminders() if "SKDM" in text]
    assert len(about) == 1, about


@pytest.mark.timeout(240)
async def test_a_stranger_is_led_through_the_three_steps_in_english(tmp_path: Path) -> None:
    async with (
        demo(keep=tmp_path, subscribers=40) as town,
        browser() as chromium,
        open_page(chromium, town.url, locale="en-GB") as page,
    ):
        step = page.locator(".guide-step.current")
        await expect(step).to_contain_text("Send the circular")
        await page.locator(".control.primary").click()
        editor = phone(page, ELIF.id)
        await says(editor, "Please check: item 3")
        await expect(step).to_contain_text("Press “Correct”", timeout=SLOW)
        await key(editor, "Correct")
        await expect(step).to_contain_text("how many it will reach", timeout=SLOW)
        await key(editor, "Submit for approval")
        approver = phone(page, MURAT.id)  # comes to the front by itself
        await says(approver, "Awaiting your approval")
        await key(approver, "Approve and send")
        await says(phone(page, AYSE.id), "Son başvuru: 4 Aralık 2026")
        await expect(step).to_contain_text("See the reminder", timeout=SLOW)
        await page.locator(".control.primary").click()
        await says(phone(page, AYSE.id), "HATIRLATMA")
        await expect(page.locator(".guide-step.done")).to_have_count(3, timeout=SLOW)
        await expect(page.locator(".clock-day")).to_have_text("Thu 3 December")
        reminders = [text for text in received(town, AYSE.id) if text.startswith("HATIRLATMA")]
        assert len(reminders) == 1, reminders
        assert "Son başvuru: yarın, 4 Aralık 2026 Cuma" in reminders[0]
        await page.get_by_role("button", name="Publish EU news").click()
        await says(phone(page, AYSE.id), "Metnin aslı İngilizcedir.")


@pytest.mark.timeout(120)
async def test_the_demo_says_what_it_cannot_do_yet_and_keeps_the_languages_apart(tmp_path: Path) -> None:
    async with (
        demo(keep=tmp_path, subscribers=5) as town,
        browser() as chromium,
        open_page(chromium, town.url, locale="tr-TR", size=PHONE) as page,
    ):
        await page.get_by_role("button", name="Hatırlatmaya geç").click()
        await expect(page.locator("body > .toast")).to_contain_text("Ayşe’ye henüz", timeout=SLOW)
        assert town.clock.now() < OPENING + timedelta(minutes=5)
        await page.get_by_role("button", name="Örnek sirküleri gönder").click()
        await says(phone(page, ELIF.id), "TASLAK")  # the chat opens by itself
        await phone(page, ELIF.id).get_by_role("button", name="Menü").click()
        await expect(phone(page, ELIF.id).locator(".command-item").last).to_contain_text("/durum")
        await page.get_by_role("button", name="Switch to English").click()
        await write(phone(page, ELIF.id), "/status")
        await says(phone(page, ELIF.id), "Subscribers: 7")
        await phone(page, ELIF.id).get_by_role("button", name="Another phone").click()
        await page.get_by_role("menuitem", name="Ayşe Demir").click()
        await expect(phone(page, AYSE.id).locator(".empty-card")).to_contain_text("reads Turkish")

"""Makes the pictures of the README from the running demo: ``python docs/pictures/make.py``.

It needs Chromium on the path and the development requirements; nothing leaves the machine.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, async_playwright

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent.parent))

from bot.demo.people import AYSE, ELIF, MURAT, OLIVER  # noqa: E402 - the repository stands beside this script
from bot.demo.run import demo  # noqa: E402
from bot.sandbox.world import World  # noqa: E402

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 180_000  # milliseconds


@dataclass(frozen=True)
class Words:
    """What is pressed and read on the way, in one language."""

    circular: str
    check: str
    right: str
    submit: str
    approve: str
    finished: str


TURKISH = Words(
    "Örnek sirküleri gönder",
    "Kontrol ediniz",
    "Doğru",
    "Onaya gönder",
    "Onayla ve gönder",
    "Gönderim tamamlandı:",
)
ENGLISH = Words(
    "Send the sample circular",
    "Please check",
    "Correct",
    "Submit for approval",
    "Approve and send",
    "Sending finished:",
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb"]


async def main() -> None:
    """Play the demo in both languages and take its pictures on the way."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        async with demo() as stage:
            turkish = await page(browser, stage.url, "tr-TR")
            await send_circular(turkish, TURKISH)
            await picture(turkish, "draft-tr.png")
            await release(turkish, TURKISH)
            await save_chart(turkish, stage.world)
            small = await page(browser, stage.url, "tr-TR", PHONE)
            await show_notice(small)
            await picture(small, "notice-tr.png")
        async with demo() as stage:
            english = await page(browser, stage.url, "en-GB")
            await send_circular(english, ENGLISH)
            await release(english, ENGLISH)
            reader = await front(english, OLIVER.id)
            await says(reader, "The original is in Turkish.")
            notice = reader.locator(".theirs", has_text="Üyelik Başvurusu").last
            await notice.evaluate("element => element.scrollIntoView({ block: 'start' })")
            await picture(english, "demo.png")
        await browser.close()


async def page(browser: Browser, url: str, locale: str, size: dict[str, int] | None = None) -> Page:
    """The demo's page as a visitor of ``locale`` sees it, ``size`` in CSS pixels."""
    context = await browser.new_context(
        locale=locale,
        viewport=size or DESKTOP,  # type: ignore[arg-type]
        color_scheme="light",
        reduced_motion="reduce",
    )
    opened = await context.new_page()
    await opened.goto(url)
    await opened.wait_for_selector(".person")
    return opened


async def send_circular(page: Page, words: Words) -> None:
    """The sample circular becomes a draft with a fact to check."""
    await page.get_by_role("button", name=words.circular).click()
    await says(await front(page, ELIF.id), words.check)


async def release(page: Page, words: Words) -> None:
    """The editor confirms the fact and hands in; the second person releases; it is sent."""
    editor = await front(page, ELIF.id)
    await tap(editor, words.right)
    await tap(editor, words.submit)
    approver = await front(page, MURAT.id)
    await tap(approver, words.approve)
    await says(approver, words.finished)


async def save_chart(turkish: Page, world: World) -> None:
    """The chart as the bot sent it to the approver."""
    approver = await front(turkish, MURAT.id)
    await tap(approver, "Grafik")
    await approver.locator(".theirs img").last.wait_for(timeout=PATIENCE)
    photo = next(message["photo"][-1] for message in world.messages(MURAT.id) if "photo" in message)
    (FOLDER / "chart-tr.png").write_bytes(world.file(photo["file_id"]).content)


async def show_notice(small: Page) -> None:
    """A member's chat fills the phone; the notice with its facts in view."""
    chat = await front(small, AYSE.id)
    await says(chat, "Genel Kurul")
    await chat.locator(".theirs .text", has_text="Son başvuru").first.scroll_into_view_if_needed()


async def front(page: Page, person: int) -> Locator:
    await page.locator(f".person[data-person='{person}']").first.click(timeout=PATIENCE)
    return page.locator(f".pane[data-person='{person}']")


async def tap(chat: Locator, name: str) -> None:
    await chat.get_by_role("button", name=re.compile(rf"^{re.escape(name)}")).last.click(timeout=PATIENCE)


async def says(chat: Locator, words: str) -> None:
    await chat.locator(".theirs .text", has_text=words).last.wait_for(timeout=PATIENCE)


async def picture(page: Page, name: str) -> None:
    await page.wait_for_timeout(1500)  # the page has drawn what it was told
    await page.screenshot(path=FOLDER / name)


if __name__ == "__main__":
    asyncio.run(main())

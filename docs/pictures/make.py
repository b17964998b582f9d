"""Makes the pictures of the README from the running demo: ``python docs/pictures/make.py``.

It needs Chromium on the path and the development requirements; nothing leaves the machine.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, async_playwright

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent.parent))

from bot.demo.people import AYSE, ELIF, MURAT, OLIVER  # noqa: E402 - the repository stands beside this script
from bot.demo.run import demo  # noqa: E402
from bot.sandbox.world import World  # noqa: E402

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 60_000  # milliseconds
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb"]


async def main() -> None:
    """Play the demo once and take its pictures on the way."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    async with demo() as stage, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        turkish = await page(browser, stage.url, "tr-TR")
        await send_circular(turkish)
        await picture(turkish, "draft-tr.png")
        await release(turkish)
        await save_chart(turkish, stage.world)
        english = await page(browser, stage.url, "en-GB")
        await show_both(english)
        await picture(english, "demo.png")
        small = await page(browser, stage.url, "tr-TR", PHONE)
        await show_notice(small)
        await picture(small, "notice-tr.png")
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


async def send_circular(turkish: Page) -> None:
    """The sample circular becomes a draft with a fact to check."""
    await turkish.get_by_role("button", name="Örnek sirküleri gönder").click()
    editor = await front(turkish, ELIF.id)
    await says(editor, "Kontrol ediniz")


async def release(turkish: Page) -> None:
    """The editor goes on in English: corrects the fact, hands in; the second person releases; it is sent."""
    editor = await front(turkish, ELIF.id)
    await editor.locator("textarea").fill("/dil")
    await editor.locator("textarea").press("Enter")
    await says(editor, "hangi dilde")
    await tap(editor, "English")
    await says(editor, "From now on")
    await tap(editor, "Düzelt")
    await answer(editor, "Write the correct deadline", "4 Dec 2026")
    await says(editor, "still gives the old one")
    await tap(editor, "Change")
    await answer(editor, "Write the new summary", "Taslağa ilişkin görüşleriniz beklenmektedir.")
    await editor.locator(".theirs .text", has_text="DRAFT").nth(1).wait_for(timeout=PATIENCE)
    await tap(editor, "Submit for approval")
    await says(editor, "Approvers:")
    approver = await front(turkish, MURAT.id)
    await tap(approver, "Onayla ve gönder")
    await says(approver, "Gönderim tamamlandı:")


async def save_chart(turkish: Page, world: World) -> None:
    """The chart as the bot sent it to the approver."""
    approver = await front(turkish, MURAT.id)
    await tap(approver, "Grafik")
    await approver.locator(".theirs img").last.wait_for(timeout=PATIENCE)
    photo = next(message["photo"][-1] for message in world.messages(MURAT.id) if "photo" in message)
    (FOLDER / "chart-tr.png").write_bytes(world.file(photo["file_id"]).content)


async def show_both(english: Page) -> None:
    """The tally in the editor's chat on the left, a member's notices in English on the right."""
    editor = await front(english, ELIF.id)
    await says(editor, "Sending finished:")
    await says(await front(english, OLIVER.id), "The original is in Turkish.")


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


async def answer(chat: Locator, question: str, text: str) -> None:
    await says(chat, question)
    field = chat.locator("textarea")
    await field.fill(text)
    await field.press("Enter")


async def picture(page: Page, name: str) -> None:
    await page.wait_for_timeout(800)  # the page has drawn what it was told
    await page.screenshot(path=FOLDER / name)


if __name__ == "__main__":
    asyncio.run(main())

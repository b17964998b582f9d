"""A real browser for the acceptance tests: Chromium driven by Playwright."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, async_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
DESKTOP = (1440, 900)
PHONE = (390, 844)


def chromium_path() -> str:
    """Where Chromium is; without one the test is skipped, on the build machine (CI=true) it fails."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        reason = "Chromium is not installed (apt-get install chromium)."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """A running Chromium."""
    path = chromium_path()
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield chromium
        finally:
            await chromium.close()


@asynccontextmanager
async def open_page(
    chromium: Browser,
    url: str,
    *,
    locale: str = "en-GB",
    size: tuple[int, int] = DESKTOP,
    dark: bool = False,
) -> AsyncIterator[Page]:
    """A page of its own profile; a script error or a request to elsewhere fails the test at its end."""
    context = await chromium.new_context(
        locale=locale,
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",  # nothing glides while a test looks
        accept_downloads=True,
    )
    page = await context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(f"script error: {error}"))
    page.on("request", lambda request: troubles.extend(_elsewhere(request.url, url)))
    try:
        await page.goto(url)
        await page.wait_for_selector(".person")
        yield page
    finally:
        await context.close()
    assert not troubles, troubles


def _elsewhere(asked: str, home: str) -> list[str]:
    return [] if asked.startswith((home, "data:", "blob:", "about:")) else [f"request to {asked}"]

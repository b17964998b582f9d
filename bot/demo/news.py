"""A sample feed on loopback: invented news, published one by one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from aiohttp import web


@dataclass(frozen=True, slots=True)
class NewsItem:
    """An entry of the sample feed; ``text`` is plain."""

    id: str
    title: str
    link: str
    published: date
    text: str


def load_news(file: Path) -> tuple[NewsItem, ...]:
    """The sample items of a TOML file, in the order in which they are published."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return tuple(NewsItem(**entry) for entry in data["items"])


class NewsServer:
    """Serves RSS 2.0 of what has been published so far."""

    def __init__(self, items: tuple[NewsItem, ...]) -> None:
        self._items = items
        self._published = 0
        self._runner: web.AppRunner | None = None

    async def start(self) -> str:
        """Serve on a free loopback port; the feed's address."""
        application = web.Application()
        application.router.add_get("/news.xml", self._feed)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        return f"http://127.0.0.1:{port}/news.xml"

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def publish(self) -> NewsItem | None:
        """Publish the next item; None when there are no more."""
        if self._published >= len(self._items):
            return None
        self._published += 1
        return self._items[self._published - 1]

    @property
    def left(self) -> int:
        return len(self._items) - self._published

    async def _feed(self, _request: web.Request) -> web.Response:
        entries = "".join(_entry(item) for item in reversed(self._items[: self._published]))
        body = (
            '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
            "<title>Sample EU news</title><link>https://news.example/</link><language>en</language>"
            f"{entries}</channel></rss>"
        )
        return web.Response(text=body, content_type="application/rss+xml")


def _entry(item: NewsItem) -> str:
    moment = format_datetime(datetime.combine(item.published, time(9), UTC))
    return (
        f"<item><title>{escape(item.title)}</title><link>{escape(item.link)}</link>"
        f"<guid>{escape(item.id)}</guid><pubDate>{moment}</pubDate>"
        f"<description>{escape(escape(item.text))}</description></item>"
    )

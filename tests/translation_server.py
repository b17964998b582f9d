"""Small programs on loopback that answer as DeepL and LibreTranslate do, well or badly."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

WORDS = {
    "The": "", "opens": "açıyor", "opened": "açtı", "members": "üyeler", "until": "kadar",
    "December": "Aralık",
    "January": "Ocak", "applications": "başvurular",
}  # fmt: skip


def word_by_word(text: str) -> str:
    """English by a small dictionary; tags, numbers and unknown words stay."""
    return re.sub(r"(?<![<\w])[A-Za-z]+(?![\w=\"])", lambda found: WORDS.get(found[0], found[0]), text)


class TranslationServer:
    """``answer`` makes the translation; ``status`` and ``raw`` replace the whole answer."""

    def __init__(self) -> None:
        self.url = ""
        self.answer: Callable[[str], str] = word_by_word
        self.status = 200
        self.raw: bytes | None = None
        self.delay = 0.0
        self.key = "geheim:fx"
        self.requests: list[dict[str, Any]] = []

    async def deepl(self, request: web.Request) -> web.Response:
        """POST /v2/translate (https://developers.deepl.com/api-reference/translate)."""
        body = await self._read(request)
        if request.headers.get("Authorization") != f"DeepL-Auth-Key {self.key}":
            return web.Response(status=403)
        if body["target_lang"] not in ("TR", "EN-GB") or body["source_lang"] not in ("TR", "EN"):
            return web.json_response({"message": "Value for 'target_lang' not supported."}, status=400)
        if "x" not in body["ignore_tags"] or body["tag_handling"] != "xml":
            return web.json_response({"message": "no tags"}, status=400)
        texts = [{"detected_source_language": "EN", "text": self.answer(text)} for text in body["text"]]
        return self._respond({"translations": texts})

    async def libre(self, request: web.Request) -> web.Response:
        """POST /translate (https://docs.libretranslate.com)."""
        body = await self._read(request)
        if self.key and body.get("api_key") != self.key:
            return web.json_response({"error": "Invalid API key"}, status=403)
        if body["format"] != "html":
            return web.json_response({"error": "Invalid request"}, status=400)
        return self._respond({"translatedText": self.answer(body["q"])})

    async def _read(self, request: web.Request) -> dict[str, Any]:
        body: dict[str, Any] = await request.json()
        self.requests.append(body)
        await asyncio.sleep(self.delay)
        return body

    def _respond(self, body: dict[str, Any]) -> web.Response:
        if self.raw is not None:
            return web.Response(status=self.status, body=self.raw, headers={"Location": "/elsewhere"})
        return web.json_response(body, status=self.status)


@asynccontextmanager
async def translation_server() -> AsyncIterator[TranslationServer]:
    """Both services on one port of 127.0.0.1."""
    server = TranslationServer()
    application = web.Application()
    application.router.add_post("/v2/translate", server.deepl)
    application.router.add_post("/translate", server.libre)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()

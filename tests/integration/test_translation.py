"""Machine translation over real HTTP: asked outside transactions, checked, marked, confirmed by staff."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app_parts import translating
from bot.config import build_settings
from bot.domain.draft_tap import DraftTap
from bot.domain.glossary import Glossary
from bot.domain.notice import Document, Notice, Translation, notice_from_json, notice_to_json
from bot.errors import ConfigError, Refused, TranslationError
from bot.flows import broadcast, drafts, edits, release, translate
from bot.flows.ingest import poll_source
from bot.flows.translate import Translating, Translator, translate_drafts
from bot.sources.fetch import Fetcher
from bot.sources.registry import SourceSpec
from bot.sources.translate import DeepL, LibreTranslate
from bot.store import notices
from bot.store.notices import StoredNotice
from bot.store.tables import message
from tests.feed_server import feed_server
from tests.integration.office import EDITOR, KIT, NOW, TOPICS, Office, office, subscribe, taps, text_of
from tests.translation_server import TranslationServer, translation_server

GLOSSARY = Glossary((("Kritik Kimyasallar İttifakı", "Critical Chemicals Alliance"),))
NEWS = Notice(
    "The Critical Chemicals Alliance opens",
    language="en",
    topics=("cbam",),
    summary="The members until 18 December 2026",
    text="The members until 18 December 2026",
)


@dataclass
class Desk:
    house: Office
    server: TranslationServer

    def service(self, service: Translator | None = None) -> Translating:
        return Translating(service or DeepL(self.server.key, self.server.url), GLOSSARY, ("tr", "en"))

    async def drafted(self, facts: Notice = NEWS) -> int:
        async with self.house.db.write() as connection:
            return await notices.add_document(connection, Document("en", None, None, (facts,)), NOW)

    async def stored(self, notice_id: int) -> StoredNotice:
        async with self.house.db.read() as connection:
            found = await notices.get(connection, notice_id)
        assert found is not None
        return found

    async def tap(self, root_id: int, action: str, argument: str = "") -> DraftTap:
        return DraftTap(root_id, (await self.stored(root_id)).version, action, 0, argument)

    async def sent(self, root_id: int) -> str:
        """The Turkish message of a release."""
        async with self.house.db.write() as connection:
            (one,) = await broadcast.release(connection, root_id, NOW, released_by=None, rendering=KIT)
            rows = await connection.execute(select(message).where(message.c.broadcast_id == one.id))
            return next(str(row.body["text"]) for row in rows if row.language == 0)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with office(tmp_path) as house, translation_server() as server:
        async with house.db.write() as connection:
            await subscribe(connection, 1, "tr", ["cbam"])
        yield Desk(house, server)


@pytest.mark.parametrize("kind", ["deepl", "libretranslate"])
async def test_both_services_translate_and_keep_the_names(desk: Desk, kind: str) -> None:
    services: dict[str, Translator] = {
        "deepl": DeepL(desk.server.key, desk.server.url),
        "libretranslate": LibreTranslate(desk.server.url + "/", desk.server.key),
    }
    facts = await desk.service(services[kind]).translated(NEWS)
    assert facts.translations == (
        Translation("tr", "Kritik Kimyasallar İttifakı açıyor", "üyeler kadar 18 Aralık 2026"),
    )
    assert len(desk.server.requests) == 2


async def test_readers_are_told_that_a_machine_translated_until_staff_confirm(desk: Desk) -> None:
    root_id = await desk.drafted()
    assert await translate_drafts(desk.house.db, desk.service(), NOW) == 1
    assert await translate_drafts(desk.house.db, desk.service(), NOW) == 0
    async with desk.house.desk(EDITOR) as work:
        shown = text_of(await drafts.view(work, root_id))
        previewed = (await drafts.preview(work, await desk.tap(root_id, "preview"))).answers[0].body()["text"]
    assert "Makine çevirisi</b> (Türkçe), denetlenmemiştir" in shown
    assert "<i>Makine çevirisi, denetlenmemiştir:</i>\n<b>Kritik Kimyasallar İttifakı açıyor</b>" in previewed
    assert "Metnin aslı İngilizcedir." in previewed
    async with desk.house.desk(EDITOR) as work:
        item = await drafts.view_item(work, await desk.tap(root_id, "item"))
        await translate.accept(work, taps(item)["Çeviri doğru"])
    text = await desk.sent(root_id)
    assert "<b>Kritik Kimyasallar İttifakı açıyor</b>\nüyeler kadar 18 Aralık 2026" in text
    assert "denetlenmemiştir" not in text


async def test_a_translation_taken_out_is_not_sent_and_not_tried_again(desk: Desk) -> None:
    root_id = await desk.drafted()
    await translate_drafts(desk.house.db, desk.service(), NOW)
    async with desk.house.desk(EDITOR) as work:
        await translate.drop(work, await desk.tap(root_id, "trdrop", "tr"))
    asked = len(desk.server.requests)
    assert await translate_drafts(desk.house.db, desk.service(), NOW) == 0
    assert len(desk.server.requests) == asked
    assert "İttifakı açıyor" not in await desk.sent(root_id)
    with pytest.raises(Refused):
        async with desk.house.desk(EDITOR) as work:
            await translate.accept(work, await desk.tap(root_id, "trright", "tr"))


async def test_a_draft_looked_at_before_the_translation_came_is_shown_again(desk: Desk) -> None:
    root_id = await desk.drafted()
    before = await desk.tap(root_id, "submit")
    await translate_drafts(desk.house.db, desk.service(), NOW)
    with pytest.raises(Refused) as refused:
        async with desk.house.desk(EDITOR) as work:
            await release.submit(work, before)
    assert refused.value.key == "draft.outdated"


async def test_what_was_handed_in_is_not_touched(desk: Desk) -> None:
    root_id = await desk.drafted()
    async with desk.house.desk(EDITOR) as work:
        await release.submit(work, await desk.tap(root_id, "submit"))
    assert await translate_drafts(desk.house.db, desk.service(), NOW) == 0
    assert (await desk.stored(root_id)).facts == NEWS


async def test_another_title_is_translated_anew(desk: Desk) -> None:
    root_id = await desk.drafted()
    await translate_drafts(desk.house.db, desk.service(), NOW)
    async with desk.house.desk(EDITOR) as work:
        await edits.ask(work, await desk.tap(root_id, "edit", "title"))
        tap = await desk.tap(root_id, "edit")
        data: dict[str, object] = {
            "root": root_id, "version": tap.version, "position": 0, "field": "title",
        }  # fmt: skip
        await edits.answer(work, data, "The applications")
    assert (await desk.stored(root_id)).facts.translations == ()
    await translate_drafts(desk.house.db, desk.service(), NOW)
    found = (await desk.stored(root_id)).facts.translation("tr")
    assert found is not None
    assert found.title == "başvurular"


async def test_a_translation_with_another_date_is_discarded_and_the_original_stays(desk: Desk) -> None:
    desk.server.answer = lambda text: text.replace("18 December", "8 Aralık")
    root_id = await desk.drafted()
    assert await translate_drafts(desk.house.db, desk.service(), NOW) == 1
    stored = await desk.stored(root_id)
    assert stored.facts.translations == (Translation("tr"),)
    text = await desk.sent(root_id)
    assert "8 Aralık" not in text.replace("18 Aralık", "")
    assert "The members until 18 December 2026" in text


@pytest.mark.parametrize(
    "trouble", ["status", "html", "list", "shape", "long", "redirect", "slow", "gone", "key"]
)
async def test_a_service_in_trouble_leaves_the_draft_as_it_is_and_is_asked_again(
    desk: Desk, trouble: str
) -> None:
    server = desk.server
    service = replace(DeepL(server.key, server.url), seconds=0.3 if trouble == "slow" else 5)
    match trouble:
        case "status":
            server.status = 456  # DeepL's quota is used up
        case "html":
            server.raw = b"<html>"
        case "list":
            server.raw = b"[]"
        case "shape":
            server.raw = json.dumps({"translations": []}).encode()
        case "long":
            server.raw = b'{"translations": "' + b"x" * 300_000 + b'"}'
        case "redirect":
            server.status, server.raw = 302, b""
        case "slow":
            server.delay = 3
        case "gone":
            service = replace(service, url="http://127.0.0.1:1")
        case "key":
            service = replace(service, key="wrong:fx")
    with pytest.raises(TranslationError) as failed:
        await service.translate("The members", "en", "tr")
    assert service.key not in str(failed.value)
    root_id = await desk.drafted()
    if trouble != "slow":
        assert await translate_drafts(desk.house.db, desk.service(service), NOW) == 0
    assert (await desk.stored(root_id)).facts == NEWS
    server.status, server.raw, server.delay = 200, None, 0
    assert await translate_drafts(desk.house.db, desk.service(), NOW) == 1


async def test_news_sent_at_once_are_translated_before(desk: Desk) -> None:
    async with feed_server() as feeds:
        spec = SourceSpec(
            "News", f"{feeds.url}/feed.xml", topics=("cbam",), allow_private=True, policy="auto"
        )

        async def poll(*entries: str) -> int:
            channel = f"<title>News</title>{''.join(entries)}"
            feeds.body = f'<rss version="2.0"><channel>{channel}</channel></rss>'.encode()
            result = await poll_source(
                desk.house.db, spec, Fetcher(), NOW, KIT, desk.house.staff, TOPICS, translating=desk.service()
            )
            return result.announced

        await poll()
        item = (
            "<item><title>The Critical Chemicals Alliance opens</title><guid>1</guid>"
            "<link>https://news.example/1</link><description>The CBAM members until 18 December 2026, all "
            "applications.</description></item>"
        )
        assert await poll(item) == 1
    async with desk.house.db.read() as connection:
        bodies = [row.body["text"] for row in await connection.execute(select(message))]
    assert any("denetlenmemiştir:</i>\n<b>Kritik Kimyasallar İttifakı açıyor</b>" in body for body in bodies)


def test_settings_choose_the_service_and_none_is_the_default(tmp_path: Path) -> None:
    assert translating(build_settings({}, tmp_path), KIT) is None
    (tmp_path / "key.txt").write_text("secret:fx\n", "utf-8")
    settings = build_settings({"translation": {"provider": "deepl", "key_file": "key.txt"}}, tmp_path)
    found = translating(settings, KIT)
    assert found is not None
    assert found.translator == DeepL("secret:fx", "")
    assert "secret:fx" not in repr(settings)
    libre = {"provider": "libretranslate", "url": "http://127.0.0.1:5000"}
    found = translating(build_settings({"translation": libre}, tmp_path), KIT)
    assert found is not None
    assert found.translator == LibreTranslate("http://127.0.0.1:5000")
    for wrong in ({"provider": "deepl"}, {"provider": "libretranslate"}, {"provider": "other"}):
        with pytest.raises(ConfigError, match=r"\[translation\]"):
            build_settings({"translation": wrong}, tmp_path)


def test_translations_survive_the_store_and_an_untranslated_notice_has_no_such_key() -> None:
    facts = replace(NEWS, translations=(Translation("tr", "a", "b", True),))
    assert notice_from_json(json.loads(json.dumps(notice_to_json(facts)))) == facts
    assert "translations" not in notice_to_json(NEWS)

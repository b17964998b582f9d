"""What admins see in the chat: the audit log, and the alert when a source stops; over HTTP."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from bot.domain.permissions import Action
from bot.rendering.catalog import load_catalogs
from bot.store import audit
from tests.acceptance.test_staff import ANNOUNCEMENT
from tests.feed_server import feed_server
from tests.integration.test_cli_sources import rss
from tests.town import APPROVER, AYSE, EDITOR, town

BOT = Path(__file__).parents[2] / "bot"
TR = load_catalogs()["tr"]
STAFF = {"editors": [EDITOR], "approvers": [], "admins": [APPROVER]}


async def test_admins_read_who_did_what_and_page_back(tmp_path: Path) -> None:
    async with town(tmp_path, staff=STAFF) as place:
        editor, admin = place.phone(EDITOR), place.phone(APPROVER)
        await place.subscribe(AYSE, "tr", "cbam")
        assert (await admin.write("/kayıt"))["text"] == TR("log.empty").unescape()
        await editor.write(f"/yeni {ANNOUNCEMENT}")
        await editor.wait_for_text("TASLAK")
        await editor.tap_and_read("sd:1:1:submit")
        asked = await admin.wait_for_text("Onayınızı bekleyen")
        await admin.tap_and_read("Onayla ve gönder", asked)
        await admin.wait_for_text("Gönderim tamamlandı:")
        lines = (await admin.write("/kayit"))["text"].splitlines()
        assert lines[1:] == [
            "24.11.2026 10.00 · Murat Şahin: onaylayıp gönderdi (no. 1)",
            "24.11.2026 10.00 · Elif Kaya: onaya gönderdi (no. 1)",
            "24.11.2026 10.00 · Elif Kaya: taslak oluşturdu (no. 1)",
        ]
        async with place.app.db.write() as connection:
            for number in range(30):
                await audit.write(connection, place.clock.now(), None, f"new_action_{number}", "database")
        page = await admin.write("/audit")
        assert "program: new_action_29" in page["text"]
        assert "new_action_9\n" not in page["text"] + "\n"
        await admin.tap("Daha eskiler", page)  # the live report of the sending may change meanwhile
        older = await admin.wait_for_text("new_action_9\n")
        assert "taslak oluşturdu" in older["text"]
        assert (await editor.write("/kayit"))["text"] == TR("staff.not_allowed").unescape()
        place.world.person_tap(EDITOR, EDITOR, editor.from_bot()[-1]["message_id"], "au:99")
        await place.idle()
        assert not any("İşlem kaydı" in text for text in editor.texts())


def test_every_action_of_the_log_has_words() -> None:
    written = set()
    for file in BOT.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        written |= set(re.findall(r'\.note\("(\w+)"', text))
        written |= set(re.findall(r'audit\.write\([^"]*"(\w+)"', text))
    assert {"release", "submit_draft", "forget_member"} <= written
    for catalog in (TR, load_catalogs()["en"]):
        assert [action for action in sorted(written) if not catalog.has(f"log.action.{action}")] == []
        assert all(catalog.has(f"log.action.{step}_sending") for step in ("pause", "resume", "end", "resend"))
    assert Action.VIEW_AUDIT


async def test_a_source_that_fails_for_a_day_is_told_to_the_admins_and_its_return_too(tmp_path: Path) -> None:
    async with feed_server() as feed:
        feed.body = rss("SKDM")
        source = {"name": "News", "url": f"{feed.url}/feed.xml", "allow_private": True, "language": "tr"}
        async with town(tmp_path, staff=STAFF, sources=[source]) as place:
            admin = place.phone(APPROVER)
            await place.app.ticker.run_now("poll")
            feed.status = 500
            for _ in range(4):
                place.clock.advance(timedelta(hours=13))
                await place.app.ticker.run_now("poll")
                await place.app.ticker.run_now("watch")
            await admin.wait_for_text("Kaynak okunamıyor: News")
            feed.status = 200
            place.clock.advance(timedelta(hours=25))
            await place.app.ticker.run_now("poll")
            await place.app.ticker.run_now("watch")
            await admin.wait_for_text("Düzeldi: News")
            await place.idle()
            assert sum("News" in text for text in admin.texts()) == 2

"""The rarer parts of a chat on the page: media, polls, pins, keyboards, inline mode, drafts, faults."""

from __future__ import annotations

import json
import re
import struct
import zlib
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.sandbox.world import Control
from tests.acceptance.browser import DESKTOP, PHONE, open_page
from tests.acceptance.test_chat_page import (  # noqa: F401  the fixtures of the page's own tests
    AYSE,
    ELIF,
    MURAT,
    OLIVER,
    SLOW,
    TOKEN,
    Stage,
    chromium,
    opened,
    phone,
    stage,
    write,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


def png(width: int, height: int) -> bytes:
    """A plain grey picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + bytes([128]) * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


async def with_file(stage: Stage, method: str, file: bytes, **fields: str) -> Any:  # noqa: F811
    form = aiohttp.FormData(fields)
    form.add_field("photo", file, filename="a.png", content_type="image/png")
    async with stage.session.post(f"{stage.url}/bot{TOKEN}/{method}", data=form) as response:
        answer = await response.json()
    assert answer["ok"], answer
    return answer["result"]


async def loaded(picture: Locator) -> None:
    """The picture has come from the server and is one."""
    await expect(picture).to_have_js_property("complete", True, timeout=SLOW)
    assert await picture.evaluate("one => one.naturalWidth") > 0


async def test_pictures_go_up_as_an_album_and_a_picture_of_the_bot_opens_large(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    await stage.bot("sendMessage", chat_id=AYSE, text="Fotoğraf gönderiniz.")
    await stage.updates()
    async with open_page(chromium, stage.url) as page:
        ayse = phone(page, AYSE)
        files: Any = [
            {"name": f"{n}.png", "mimeType": "image/png", "buffer": png(40 + n, 30)} for n in range(2)
        ]
        await ayse.locator("input[type=file]").set_input_files(files)
        dialog = ayse.get_by_role("dialog")
        await expect(dialog).to_contain_text("Send 2 files")
        await dialog.get_by_placeholder("Add a caption").fill("Stant")
        await dialog.get_by_role("button", name="Send").click()
        await expect(ayse.locator(".mine .album img")).to_have_count(2, timeout=SLOW)
        first, second = [update["message"] for update in await stage.updates()]
        assert first["media_group_id"] == second["media_group_id"]
        assert (first["caption"], "caption" in second) == ("Stant", False)
        assert first["photo"][-1]["width"] == 40
        await with_file(stage, "sendPhoto", png(64, 48), chat_id=str(AYSE), caption="Salon planı")
        await loaded(ayse.locator(".theirs img"))
        await ayse.locator(".theirs .photo-button").click()
        await loaded(page.get_by_role("dialog", name="Salon planı").locator("img"))
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_file_is_dropped_and_a_picture_sent_as_a_file(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    await stage.bot("sendMessage", chat_id=ELIF, text="Merhaba")
    async with open_page(chromium, stage.url) as page:
        pane = phone(page, ELIF)
        carried = await page.evaluate_handle(
            "() => { const d = new DataTransfer();"
            "d.items.add(new File(['%PDF-1.4'], 'Ek.pdf', {type: 'application/pdf'})); return d; }"
        )
        await pane.dispatch_event("dragover", {"dataTransfer": carried})
        await expect(pane.locator(".drop-zone")).to_be_visible()
        await pane.dispatch_event("drop", {"dataTransfer": carried})
        await pane.get_by_role("dialog").get_by_role("button", name="Send").click()
        await expect(pane.locator(".mine .file-name")).to_have_text("Ek.pdf", timeout=SLOW)
        await pane.locator("input[type=file]").set_input_files(
            {"name": "plan.png", "mimeType": "image/png", "buffer": png(9, 9)}
        )
        await pane.get_by_label("Send uncompressed, as a file").check()
        await pane.get_by_role("dialog").get_by_role("button", name="Send").click()
        await expect(pane.locator(".mine .file-name").last).to_have_text("plan.png", timeout=SLOW)
        sent = [update["message"]["document"]["file_name"] for update in await stage.updates()]
        assert sent == ["Ek.pdf", "plan.png"]


async def test_a_poll_is_voted_in_and_its_end_is_seen(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    options = [{"text": "Salı"}, {"text": "Perşembe"}]
    sent = await stage.bot(
        "sendPoll", chat_id=AYSE, question="Hangi gün?", options=options, is_anonymous=False
    )
    several = await stage.bot(
        "sendPoll", chat_id=AYSE, question="Konular?", options=options, allows_multiple_answers=True
    )
    async with open_page(chromium, stage.url) as page:
        poll = phone(page, AYSE).locator(f"[data-message='{sent['message_id']}']")
        await poll.get_by_role("button", name="Perşembe").click()
        await expect(poll.locator(".poll-share").nth(1)).to_have_text("100%", timeout=SLOW)
        answers = [one["poll_answer"] for one in await stage.updates() if "poll_answer" in one]
        assert [answer["option_ids"] for answer in answers] == [[1]]
        await poll.get_by_role("button", name="Retract vote").click()
        await expect(poll.get_by_role("button", name="Salı")).to_be_visible(timeout=SLOW)
        other = phone(page, AYSE).locator(f"[data-message='{several['message_id']}']")
        for name in ("Salı", "Perşembe"):
            await other.get_by_label(name).check()
        await other.get_by_role("button", name="VOTE").click()
        await expect(other.locator(".poll-own")).to_have_count(2, timeout=SLOW)
        await stage.bot("stopPoll", chat_id=AYSE, message_id=sent["message_id"])
        await expect(poll).to_contain_text("Final results", timeout=SLOW)


async def test_a_quiz_tells_right_from_wrong(stage: Stage, chromium: Browser) -> None:  # noqa: F811
    quiz = {"question": "KKDİK?", "options": [{"text": "Ticaret"}, {"text": "Çevre"}], "type": "quiz"}
    await stage.bot("sendPoll", chat_id=AYSE, correct_option_ids=[1], explanation="Çevre B.", **quiz)
    async with open_page(chromium, stage.url) as page:
        ayse = phone(page, AYSE)
        await ayse.get_by_role("button", name="Ticaret").click()
        await expect(ayse.locator(".poll-option.wrong")).to_contain_text("Ticaret", timeout=SLOW)
        await expect(ayse.locator(".poll-why")).to_have_text("Çevre B.")


async def test_a_message_is_pinned_by_a_person_and_unpinned_by_the_bot(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    sent = await stage.bot("sendMessage", chat_id=AYSE, text="Genel Kurul 15 Aralık’ta")
    async with open_page(chromium, stage.url) as page:
        ayse = phone(page, AYSE)
        await ayse.locator(".theirs .bubble").click(button="right")
        await page.get_by_role("menuitem", name="Pin", exact=True).click()
        await expect(ayse.locator(".pinned")).to_contain_text("Genel Kurul", timeout=SLOW)
        await expect(ayse.locator(".service-words")).to_contain_text("Ayşe Demir pinned", timeout=SLOW)
        pinned = [one["message"] for one in await stage.updates() if "pinned_message" in one["message"]]
        assert pinned[0]["pinned_message"]["message_id"] == sent["message_id"]
        await page.reload()
        await expect(ayse.locator(".pinned")).to_contain_text("Genel Kurul", timeout=SLOW)
        await stage.bot("unpinChatMessage", chat_id=AYSE, message_id=sent["message_id"])
        await expect(ayse.locator(".pinned")).to_be_hidden(timeout=SLOW)


async def test_the_bots_keyboard_sends_its_texts_shares_a_number_and_goes_away(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    keyboard = {
        "keyboard": [[{"text": "Evet"}, {"text": "Hayır"}], [{"text": "Numaram", "request_contact": True}]],
        "input_field_placeholder": "Seçiniz",
    }
    await stage.bot("sendMessage", chat_id=AYSE, text="Katılacak mısınız?", reply_markup=keyboard)
    async with open_page(chromium, stage.url) as page:
        ayse = phone(page, AYSE)
        await expect(ayse.locator("textarea")).to_have_attribute("placeholder", "Seçiniz")
        await ayse.get_by_role("button", name="Evet").click()
        await ayse.get_by_role("button", name="Numaram").click()
        await expect(ayse.locator(".mine")).to_have_count(2, timeout=SLOW)
        first, second = [update["message"] for update in await stage.updates()]
        assert (first["text"], second["contact"]["user_id"]) == ("Evet", AYSE)
        await ayse.get_by_role("button", name="The bot's keyboard").click()
        await expect(ayse.locator(".reply-keys")).to_be_hidden()
        await stage.bot(
            "sendMessage",
            chat_id=AYSE,
            text="Tamam",
            reply_markup={"keyboard": [["Bir"]], "one_time_keyboard": True},
        )
        await ayse.get_by_role("button", name="Bir", exact=True).click()
        await expect(ayse.locator(".reply-keys")).to_be_hidden(timeout=SLOW)
        await stage.bot("sendMessage", chat_id=AYSE, text="Bitti", reply_markup={"remove_keyboard": True})
        await expect(ayse.locator(".keys-button")).to_be_hidden(timeout=SLOW)


async def test_a_forced_reply_opens_by_itself(stage: Stage, chromium: Browser) -> None:  # noqa: F811
    await stage.bot("sendMessage", chat_id=AYSE, text="Merhaba")
    async with open_page(chromium, stage.url) as page:
        asked = await stage.bot(
            "sendMessage", chat_id=AYSE, text="Doğru tarih?", reply_markup={"force_reply": True}
        )
        await expect(phone(page, AYSE).locator(".replying")).to_contain_text("Doğru tarih?", timeout=SLOW)
        await write(page, AYSE, "4 Aralık 2026")
        await expect(phone(page, AYSE).locator(".mine")).to_have_count(1, timeout=SLOW)
        message = (await stage.updates())[0]["message"]
        assert message["reply_to_message"]["message_id"] == asked["message_id"]


async def test_inline_results_are_shown_and_one_is_sent(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    await stage.bot("sendMessage", chat_id=AYSE, text="Merhaba")
    content = {"message_text": "Son başvuru: <b>4 Aralık</b>", "parse_mode": "HTML"}
    results = [
        {
            "type": "article",
            "id": "1",
            "title": "İttifak",
            "description": "4 Aralık",
            "input_message_content": content,
        },
        {
            "type": "article",
            "id": "2",
            "title": "SKDM",
            "input_message_content": {"message_text": "2 Aralık"},
        },
    ]
    async with open_page(chromium, stage.url) as page:
        ayse = phone(page, AYSE)
        await ayse.locator("textarea").fill("@sirkuler_bot takvim")
        query = (await stage.updates())[0]["inline_query"]
        assert (query["query"], query["from"]["id"]) == ("takvim", AYSE)
        await stage.bot("answerInlineQuery", inline_query_id=query["id"], results=results)
        await expect(ayse.locator(".inline-result")).to_have_count(2, timeout=SLOW)
        await ayse.get_by_role("option", name="İttifak").click()
        mine = ayse.locator(".mine")
        await expect(mine).to_contain_text("via @sirkuler_bot", timeout=SLOW)
        await expect(mine.locator("strong")).to_have_text("4 Aralık")
        chosen = [one for one in await stage.updates() if "chosen_inline_result" in one]
        assert chosen[0]["chosen_inline_result"]["result_id"] == "1"
        await expect(ayse.locator("textarea")).to_have_value("")


async def test_a_channel_is_made_and_only_its_owner_writes(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    async with open_page(chromium, stage.url) as page:
        await opened(page, ELIF)
        await page.get_by_role("button", name="New group").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("textbox").fill("Duyurular")
        await dialog.get_by_label("Channel").check()
        await dialog.get_by_role("button", name="Create").click()
        pane = phone(page, ELIF)
        await expect(pane.locator(".status")).to_have_text(
            re.compile("^5 subscribers, the bot is an administrator"), timeout=SLOW
        )
        await write(page, ELIF, "Genel Kurul ertelendi.")
        await expect(pane.locator(".theirs .text")).to_contain_text("Genel Kurul", timeout=SLOW)
        post = next(one["channel_post"] for one in await stage.updates() if "channel_post" in one)
        assert post["sender_chat"]["title"] == "Duyurular"
        await opened(page, AYSE)
        await page.get_by_role("navigation").get_by_role("button", name="Duyurular").click()
        await expect(phone(page, AYSE).get_by_text("Only administrators can write")).to_be_visible(
            timeout=SLOW
        )


async def test_a_link_to_the_bot_offers_start_with_its_payload(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    link = "Abonelik: https://t.me/sirkuler_bot?start=skdm"
    await stage.bot("sendMessage", chat_id=AYSE, text=link)
    async with open_page(chromium, stage.url) as page:
        await phone(page, AYSE).get_by_role("link", name="https://t.me").click()
        await phone(page, AYSE).get_by_role("button", name="START").click()
        await expect(phone(page, AYSE).locator(".mine")).to_contain_text("/start skdm", timeout=SLOW)
        await opened(page, OLIVER)
        await page.goto(f"{stage.url}/?start=fuar")
        await phone(page, OLIVER).get_by_role("button", name="START").click()
        await expect(phone(page, OLIVER).locator(".mine")).to_contain_text("/start fuar", timeout=SLOW)
    texts = [update["message"]["text"] for update in await stage.updates()]
    assert texts == ["/start skdm", "/start fuar"]


async def test_a_draft_and_the_place_one_reads_at_outlast_a_reload(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    for number in range(40):
        await stage.bot("sendMessage", chat_id=AYSE, text=f"Duyuru {number}")
    await stage.bot("sendMessage", chat_id=OLIVER, text="Notice")
    async with open_page(chromium, stage.url) as page:
        ayse = phone(page, AYSE)
        await ayse.get_by_role("button", name="Go to the newest").click()
        await expect(ayse.get_by_text("Duyuru 39")).to_be_in_viewport()
        await ayse.locator("[data-message='21']").scroll_into_view_if_needed()
        await ayse.locator("textarea").fill("yarım kalan")
        await opened(page, OLIVER)
        await expect(page.locator(f".person[data-person='{AYSE}'] .draft")).to_be_visible(timeout=SLOW)
        assert await phone(page, OLIVER).locator("textarea").input_value() == ""
        await opened(page, AYSE)
        await page.reload()
        await expect(ayse.locator("textarea")).to_have_value("yarım kalan", timeout=SLOW)
        await expect(ayse.locator("[data-message='21']")).to_be_in_viewport(timeout=SLOW)
        await expect(ayse.get_by_text("Duyuru 39")).not_to_be_in_viewport()
        await ayse.locator("textarea").press("Enter")
        await expect(ayse.locator(".mine")).to_be_in_viewport(timeout=SLOW)
        await page.reload()
        await expect(ayse.locator("textarea")).to_have_value("")


async def test_one_tick_until_the_bot_has_taken_a_message(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    await stage.bot("sendMessage", chat_id=AYSE, text="Merhaba")
    async with open_page(chromium, stage.url) as page:
        await write(page, AYSE, "/takvim")
        mark = phone(page, AYSE).locator(".mine .mark")
        await expect(mark).to_have_attribute("aria-label", "sent", timeout=SLOW)
        await stage.updates()
        await expect(mark).to_have_attribute("aria-label", "received by the bot", timeout=SLOW)


async def test_a_fault_set_in_the_drawer_strikes_the_bot(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    async with open_page(chromium, stage.url, locale="tr-TR") as page:
        await page.get_by_role("button", name="Geliştirici").click()
        await page.get_by_role("tab", name="Arızalar").click()
        form = page.locator(".drawer form")
        await form.get_by_label("Arıza").select_option("error")
        await form.get_by_label("Yöntem").fill("sendMessage")
        await form.get_by_label("Kime").select_option(label="Ayşe Demir")
        await form.get_by_role("button", name="Ekle").click()
        await expect(page.locator(".fault")).to_contain_text("403 engellenmiş", timeout=SLOW)
        body = {"chat_id": AYSE, "text": "x"}
        async with stage.session.post(f"{stage.url}/bot{TOKEN}/sendMessage", json=body) as refused:
            assert refused.status == 403
        await stage.bot("sendMessage", chat_id=OLIVER, text="y", reply_markup={"inline_keyboard": []})
        await page.get_by_role("button", name="Temizle").click()
        await expect(page.get_by_text("Tanımlı arıza yok")).to_be_visible(timeout=SLOW)
        await stage.bot("sendMessage", chat_id=AYSE, text="Yeniden")
        await page.get_by_role("tab", name="API").click()
        await page.get_by_role("searchbox").fill("403")
        entry = page.locator(".log-entry")
        await expect(entry).to_have_count(1, timeout=SLOW)
        await entry.locator("summary").click()
        shown = json.loads(await entry.locator("pre").inner_text())
        assert (shown["status"], shown["parameters"]["text"]) == (403, "x")
        await page.get_by_role("tab", name="Defter").click()
        await expect(page.locator(".table tr").first).to_contain_text("Ayşe Demir", timeout=SLOW)


async def test_the_keyboard_alone_reaches_a_message_and_its_menu(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    for text in ("Birinci", "İkinci"):
        await stage.bot("sendMessage", chat_id=AYSE, text=text)
    async with open_page(chromium, stage.url) as page:
        await page.locator(f".person[data-person='{AYSE}']").focus()
        await page.keyboard.press("ArrowDown")
        await expect(page.locator(f".person[data-person='{OLIVER}']")).to_be_focused()
        ayse = phone(page, AYSE)
        await ayse.locator(".messages").focus()
        await page.keyboard.press("End")
        await expect(ayse.locator(".bubble").nth(1)).to_be_focused()
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("menuitem", name="Reply")).to_be_focused()
        await page.keyboard.press("ArrowDown")
        await expect(page.get_by_role("menuitem", name="Copy text")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("menu")).to_have_count(0)
        await page.keyboard.press("Enter")
        await page.keyboard.press("Enter")
        await expect(ayse.locator(".replying")).to_contain_text("Birinci")
        await expect(ayse.locator("textarea")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(ayse.locator(".replying")).to_be_hidden()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
async def test_nothing_overflows_with_monstrous_texts(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
    size: tuple[int, int],
) -> None:
    rows = [
        [{"text": "Çok uzun bir düğme adı " * 3, "callback_data": "a"}, {"text": "B", "callback_data": "b"}]
    ]
    keyboard = {"inline_keyboard": [*rows, [{"text": str(n), "callback_data": str(n)} for n in range(8)]]}
    for text in ("W" * 4096, "مرحبا بالعالم " * 200, "😀" * 400, f"<pre>{'x' * 300}</pre>"):
        await stage.bot("sendMessage", chat_id=AYSE, text=text, reply_markup=keyboard, parse_mode="HTML")
    options = [{"text": "W" * 100}, {"text": "b"}]
    await stage.bot("sendPoll", chat_id=AYSE, question="W" * 300, options=options)
    await stage.bot("pinChatMessage", chat_id=AYSE, message_id=1)
    stage.world.person_document(
        AYSE, AYSE, "a" * 200 + ".pdf", b"%PDF", "application/pdf", caption="W" * 1000
    )
    await with_file(stage, "sendPhoto", png(3000, 20), chat_id=str(AYSE))
    async with open_page(chromium, stage.url, size=size, locale="tr-TR") as page:
        pane = await opened(page, AYSE)
        await expect(pane.locator(".row")).to_have_count(8, timeout=SLOW)
        if size == DESKTOP:
            await page.get_by_role("button", name="Geliştirici").click()
        assert await page.evaluate("document.documentElement.scrollWidth") <= size[0]
        for part in (".scroller", ".pinned", ".chat-header"):
            wider = await pane.locator(part).evaluate("one => one.scrollWidth - one.clientWidth")
            assert wider <= 0, part
        edge = await pane.evaluate("one => one.getBoundingClientRect().right")
        out = await pane.locator(".bubble, .key").evaluate_all(
            "(all, edge) => all.filter((one) => one.getBoundingClientRect().right > edge).length", edge
        )
        assert out == 0


async def test_a_lost_connection_is_said_and_found_again(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    await stage.bot("sendMessage", chat_id=AYSE, text="Merhaba")
    port = int(stage.url.rsplit(":", 1)[1])
    async with open_page(chromium, stage.url, locale="tr-TR") as page:
        await stage.server.stop()
        await expect(page.locator(".offline")).to_have_text(
            "Bağlantı kesildi, yeniden bağlanılıyor…", timeout=SLOW
        )
        stage.server.__init__(stage.world, port=port)  # type: ignore[misc]  # the same server, started again
        await stage.server.start()
        await stage.bot("sendMessage", chat_id=AYSE, text="Yeniden buradayım")
        await expect(phone(page, AYSE).get_by_text("Yeniden buradayım")).to_be_visible(timeout=3 * SLOW)
        await expect(page.locator(".offline")).to_be_hidden(timeout=SLOW)


async def test_the_title_counts_what_is_unread(stage: Stage, chromium: Browser) -> None:  # noqa: F811
    async with open_page(chromium, stage.url) as page:
        await stage.bot("sendMessage", chat_id=OLIVER, text="Notice")
        await stage.bot("sendMessage", chat_id=MURAT, text="Onayınızı bekliyor")
        await expect(page).to_have_title("(2) Sirküler", timeout=SLOW)
        await opened(page, MURAT)
        await expect(page).to_have_title("(1) Sirküler", timeout=SLOW)


async def test_a_long_text_goes_as_several_messages_and_a_failed_one_comes_back(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    await stage.bot("sendMessage", chat_id=AYSE, text="Merhaba")
    async with open_page(chromium, stage.url) as page:
        await write(page, AYSE, "a" * 5000)
        await expect(phone(page, AYSE).locator(".mine")).to_have_count(2, timeout=SLOW)
        assert [len(one["message"]["text"]) for one in await stage.updates()] == [4096, 904]
        await page.route("**/sandbox/send", lambda route: route.abort())
        await write(page, AYSE, "kaybolmasın")
        await expect(phone(page, AYSE).locator(".toast")).to_contain_text("Not sent", timeout=SLOW)
        await expect(phone(page, AYSE).locator("textarea")).to_have_value("kaybolmasın")


async def dark(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.dataset.theme === 'dark'"))


async def test_the_appearance_follows_the_system_until_it_is_chosen(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    async with open_page(chromium, stage.url, dark=True) as page:
        assert await dark(page)
        await page.emulate_media(color_scheme="light")
        await expect(page.locator("html")).to_have_attribute("data-theme", "light")
        await page.get_by_role("button", name="Dark").click()
        await page.reload()
        await page.wait_for_selector(".person")
        assert await dark(page)


async def test_the_guide_and_the_top_bar_fit_every_width(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    async def nothing() -> None:
        return None

    words = {"tr": "Örnek sirküleri gönder", "en": "Send the sample circular"}
    text = {
        "tr": "Bir cümle ki iki satıra ancak sığar. " * 2,
        "en": "One sentence that takes two lines. " * 2,
    }
    stage.world.controls = [Control(str(n), words, nothing, words) for n in range(3)]
    stage.world.guide = [{"title": words, "text": text, "done": False, "show": ELIF} for _ in range(3)]
    async with open_page(chromium, stage.url, locale="tr-TR") as page:
        for width in (360, 390, 600, 780, 1024, 1200, 1280, 1440, 1920):
            await page.set_viewport_size({"width": width, "height": 800})
            # Chromium lays the page out anew in its next frame: on a busy machine that is not at once.
            await page.wait_for_function("(width) => innerWidth === width", arg=width)
            await page.evaluate(
                "() => document.fonts.ready.then(() => new Promise((done) =>"
                " requestAnimationFrame(() => requestAnimationFrame(done))))"
            )
            bar = await page.locator(".topbar").bounding_box()
            assert bar
            assert bar["height"] <= 216, width  # the bar, the steps, the buttons: three rows at most
            edges = await page.locator(
                ".tool:visible, .tally, .step:visible, .guide-step:visible"
            ).evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().right)")
            assert max(edges) <= width, width
            step = await page.locator(".guide-step.current .guide-words").bounding_box()
            assert step
            assert step["width"] >= 170, width

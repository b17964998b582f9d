"""What people do to messages and groups on the chat page, and what the bot is told of it."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.acceptance.browser import open_page
from tests.acceptance.test_chat_page import (  # noqa: F401  the fixtures of the page's own tests
    AYSE,
    ELIF,
    SLOW,
    Stage,
    chromium,
    phone,
    stage,
    write,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def menu_of(page: Page, bubble: Locator, item: str) -> None:
    """Open the menu of a message and choose ``item``."""
    await bubble.click(button="right")
    await page.get_by_role("menuitem", name=item).click()


async def test_ones_own_message_is_rewritten_and_deleted(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    await stage.bot("sendMessage", chat_id=AYSE, text="Merhaba")
    async with open_page(chromium, stage.url) as page:
        await write(page, AYSE, "birr")
        mine = phone(page, AYSE).locator(".mine .bubble")
        await expect(mine).to_contain_text("birr", timeout=SLOW)
        await menu_of(page, mine, "Edit")
        await expect(phone(page, AYSE).locator("textarea")).to_have_value("birr")
        await write(page, AYSE, "bir")
        await expect(mine.locator(".meta")).to_contain_text("edited", timeout=SLOW)
        first, second = await stage.updates()
        assert (first["message"]["text"], second["edited_message"]["text"]) == ("birr", "bir")
        assert await phone(page, AYSE).locator("textarea").input_value() == ""
        await menu_of(page, mine, "Delete")
        await expect(mine).to_have_count(0, timeout=SLOW)
        assert await stage.updates() == []


async def test_a_reply_carries_the_message_it_answers(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    sent = await stage.bot("sendMessage", chat_id=AYSE, text="Katılacak mısınız?")
    async with open_page(chromium, stage.url) as page:
        await menu_of(page, phone(page, AYSE).get_by_text("Katılacak mısınız?"), "Reply")
        await write(page, AYSE, "Evet")
        await expect(phone(page, AYSE).locator(".mine .reply-quote")).to_contain_text(
            "Katılacak", timeout=SLOW
        )
        message = (await stage.updates())[0]["message"]
        assert message["reply_to_message"]["message_id"] == sent["message_id"]


async def test_reactions_of_a_person_and_of_the_bot_are_seen(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    sent = await stage.bot("sendMessage", chat_id=AYSE, text="Duyuru")
    await stage.bot("getUpdates", allowed_updates=["message_reaction"])
    async with open_page(chromium, stage.url) as page:
        bubble = phone(page, AYSE).locator(".theirs .bubble")
        await bubble.click(button="right")
        await page.get_by_role("button", name="🎉").click()
        await expect(bubble.locator(".reaction.own")).to_have_text("🎉", timeout=SLOW)
        reaction = (await stage.updates())[0]["message_reaction"]
        assert reaction["new_reaction"] == [{"type": "emoji", "emoji": "🎉"}]
        liked = [{"type": "emoji", "emoji": "👍"}]
        await stage.bot("setMessageReaction", chat_id=AYSE, message_id=sent["message_id"], reaction=liked)
        await expect(bubble.locator(".reaction")).to_have_count(2, timeout=SLOW)


async def test_a_group_is_made_written_to_and_the_bot_removed_and_added(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    async with open_page(chromium, stage.url) as page:
        await page.click(f".person[data-person='{ELIF}']")
        await page.get_by_role("button", name="New group").click()
        await page.get_by_role("dialog").get_by_role("textbox").fill("Kurul")
        await page.get_by_role("dialog").get_by_role("button", name="Create").click()
        pane = phone(page, ELIF)
        await expect(pane.locator(".chat-title .name")).to_have_text("Kurul", timeout=SLOW)
        await expect(pane.locator(".service-words")).to_have_text("Elif Kaya added Sirküler", timeout=SLOW)
        moved, joined = await stage.updates()
        group = moved["my_chat_member"]["chat"]["id"]
        assert joined["message"]["new_chat_members"][0]["is_bot"]
        await write(page, ELIF, "/takvim")
        await expect(pane.locator(".mine .text")).to_contain_text("/takvim", timeout=SLOW)
        assert (await stage.updates())[0]["message"]["chat"]["id"] == group
        for item, status in (
            ("Make the bot an administrator", re.compile("administrator")),
            ("Remove the bot", re.compile("not in the group")),
            ("Add the bot", re.compile("is a member")),
        ):
            await pane.get_by_role("button", name="More").click()
            await page.get_by_role("menuitem", name=item).click()
            await expect(pane.locator(".status")).to_contain_text(status, timeout=SLOW)
        await expect(pane.locator(".service-words").nth(1)).to_have_text("Elif Kaya removed Sirküler")
        statuses = [
            update["my_chat_member"]["new_chat_member"]["status"]
            for update in await stage.updates()
            if "my_chat_member" in update
        ]
        assert statuses == ["administrator", "kicked", "member"]


async def test_bad_acts_get_one_sentence(stage: Stage) -> None:  # noqa: F811
    theirs = await stage.bot("sendMessage", chat_id=AYSE, text="x")
    message = {"person_id": AYSE, "chat_id": AYSE, "message_id": theirs["message_id"]}
    for path, body in (
        ("edit", {**message, "text": "y"}),
        ("edit", {**message, "text": ""}),
        ("edit", {**message, "message_id": 99, "text": "y"}),
        ("delete", {**message, "message_id": 99}),
        ("react", {**message, "chat_id": 1, "emoji": "👍"}),
        ("send", {**message, "text": "x", "reply_to": "first"}),
        ("group", {"person_id": AYSE, "title": " "}),
        ("membership", {"person_id": AYSE, "chat_id": AYSE, "status": "member"}),
    ):
        async with stage.session.post(f"{stage.url}/sandbox/{path}", json=body) as response:
            assert response.status == 400, path
            assert (await response.json())["error"].endswith("."), path


async def test_a_message_in_the_making_and_a_members_tag_are_seen(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    await stage.bot("sendMessage", chat_id=AYSE, text="Merhaba")
    group = stage.world.add_group(-1001, "Kurul", [AYSE, ELIF])
    group.bot_status = "administrator"
    for person in (AYSE, ELIF):  # each sees the other's
        await stage.bot("setChatMemberTag", chat_id=-1001, user_id=person, tag="Başkan")
        stage.world.person_text(person, -1001, "Herkese merhaba")
    async with open_page(chromium, stage.url) as page:
        ayse = phone(page, AYSE)
        draft = ayse.locator(".draft .text")
        await stage.bot("sendMessageDraft", chat_id=AYSE, draft_id=1)
        await expect(draft).to_contain_text("Thinking", timeout=SLOW)
        await stage.bot("sendMessageDraft", chat_id=AYSE, draft_id=1, text="Bakıyorum")
        await expect(draft).to_contain_text("Bakıyorum", timeout=SLOW)
        await stage.bot("sendMessage", chat_id=AYSE, text="Buldum.")
        await expect(ayse.locator(".theirs .text").last).to_contain_text("Buldum.", timeout=SLOW)
        await expect(draft).to_have_count(0)
        await page.get_by_text("Kurul").first.click()
        await expect(page.locator(".sender-tag").first).to_have_text("Başkan", timeout=SLOW)


async def test_an_invite_link_is_opened_where_it_stands(
    stage: Stage,  # noqa: F811
    chromium: Browser,  # noqa: F811
) -> None:
    group = stage.world.add_group(-1001, "Kurul", [ELIF])
    group.bot_status = "administrator"
    link = (await stage.bot("createChatInviteLink", chat_id=-1001, creates_join_request=True))["invite_link"]
    await stage.bot("sendMessage", chat_id=AYSE, text=f"Kurula katılın: {link}")
    async with open_page(chromium, stage.url) as page:
        ayse = phone(page, AYSE)
        await ayse.get_by_role("link", name="t.me").click()
        await expect(ayse.locator(".toast")).to_contain_text("Your request to join was sent", timeout=SLOW)
        assert (await stage.updates())[-1]["chat_join_request"]["user_chat_id"] == AYSE
        await stage.bot("revokeChatInviteLink", chat_id=-1001, invite_link=link)
        await ayse.get_by_role("link", name="t.me").click()
        await expect(ayse.locator(".toast").last).to_contain_text("no longer valid", timeout=SLOW)

"""The main methods, each called by foreign libraries, which read the answers into their own types."""

from __future__ import annotations

import asyncio
import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.sandbox.records import StoredFile
from bot.sandbox.world import World
from tests.integration.telegram_call import AYSE, BASIC, CHANNEL, GROUP, OLIVER, TOKEN, telegram
from tests.integration.test_sandbox_clients import CLIENTS, NODE, PYTHON, installed

Call = tuple[str, dict[str, Any], str]
PROGRAMS = {
    "aiogram": [PYTHON, "aiogram_sweep.py"],
    "grammy": ["node", "node_sweep.cjs"],
    "node-telegram-bot-api": ["node", "node_sweep.cjs"],
}
KEYS = {
    "inline_keyboard": [[{"text": "Evet", "callback_data": "y"}, {"text": "Site", "url": "https://e.org"}]]
}
TEXT = {"text": "<b>Sirküler</b> 2026/418 – son gün <u>4 Aralık</u>", "parse_mode": "HTML"}
PLACE = {"latitude": 41.06, "longitude": 28.98}


def stored(world: World) -> dict[str, str]:
    """A file of each kind; its file_id by its kind."""
    out = io.BytesIO()
    Image.new("RGB", (512, 512), "teal").save(out, "PNG")
    kinds = ("document", "photo", "audio", "video", "animation", "voice", "video_note", "sticker")
    facts: dict[str, Any] = {"width": 512, "height": 512, "length": 240, "duration": 1}
    wanted = {
        "audio": ("duration",), "voice": ("duration",), "video_note": ("length", "duration"), "document": (),
        "photo": (),
    }  # fmt: skip
    usual = ("width", "height", "duration")
    return {
        kind: world.store_file(
            StoredFile(
                f"f.{kind}", "image/png", out.getvalue(), kind, _facts(kind, facts, wanted.get(kind, usual))
            )
        )
        for kind in kinds
    }


def _facts(kind: str, facts: dict[str, Any], wanted: tuple[str, ...]) -> dict[str, Any]:
    if kind == "sticker":
        return {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return {key: facts[key] for key in wanted}


def calls(files: dict[str, str]) -> list[Call]:
    """Method, parameters, and the name under which the answer is kept for "$name.field"."""
    here, group, channel = {"chat_id": AYSE}, {"chat_id": GROUP}, {"chat_id": CHANNEL}
    sends = [
        (f"send{''.join(word.title() for word in kind.split('_'))}", {**here, kind: file}, kind)
        for kind, file in files.items()
    ]
    text = {**here, "message_id": "$text.message_id"}
    in_group = {**group, "message_id": "$said.message_id"}
    person = {**group, "user_id": OLIVER}
    topic = {**group, "message_thread_id": "$topic.message_thread_id"}
    options = [{"text": "Evet"}, {"text": "Hayır"}]
    result = {"type": "article", "id": "1", "title": "t", "input_message_content": {"message_text": "x"}}
    return [
        ("getMe", {}, "me"),
        ("sendMessage", {**here, **TEXT, "reply_markup": KEYS}, "text"),
        ("sendMessage", {**here, "text": "tuş", "reply_markup": {"keyboard": [[{"text": "a"}]]}}, "keys"),
        ("editMessageText", {**text, "text": "Sirküler 2026/419", "reply_markup": KEYS}, "_"),
        ("editMessageReplyMarkup", text, "_"),
        ("setMessageReaction", {**text, "reaction": [{"type": "emoji", "emoji": "👍"}]}, "_"),
        ("pinChatMessage", text, "_"),
        ("getChat", here, "_"),
        ("unpinChatMessage", text, "_"),
        ("unpinAllChatMessages", here, "_"),
        ("forwardMessage", {**text, "from_chat_id": AYSE}, "_"),
        ("copyMessage", {**text, "from_chat_id": AYSE}, "_"),
        ("forwardMessages", {**here, "from_chat_id": AYSE, "message_ids": ["$text.message_id"]}, "_"),
        ("copyMessages", {**here, "from_chat_id": AYSE, "message_ids": ["$text.message_id"]}, "_"),
        *sends,
        ("editMessageCaption", {**here, "message_id": "$photo.message_id", "caption": "Salon"}, "_"),
        ("sendMediaGroup", {**here, "media": [{"type": "photo", "media": files["photo"]}] * 2}, "_"),
        ("editMessageMedia", {**here, "message_id": "$document.message_id",
                              "media": {"type": "photo", "media": files["photo"]}}, "_"),
        ("getFile", {"file_id": files["document"]}, "_"),
        ("sendLocation", {**here, **PLACE, "live_period": 900}, "live"),
        ("editMessageLiveLocation", {**here, **PLACE, "message_id": "$live.message_id", "heading": 9}, "_"),
        ("stopMessageLiveLocation", {**here, "message_id": "$live.message_id"}, "_"),
        ("sendVenue", {**here, **PLACE, "title": "Birlik", "address": "Şişli"}, "_"),
        ("sendContact", {**here, "phone_number": "+903120000000", "first_name": "Büro"}, "_"),
        ("sendDice", here, "_"),
        ("sendPoll", {**here, "question": "Gelecek misiniz?", "options": options}, "poll"),
        ("stopPoll", {**here, "message_id": "$poll.message_id"}, "_"),
        ("sendInvoice", {**here, "title": "Aidat", "description": "2027", "payload": "p", "currency": "XTR",
                         "prices": [{"label": "Aidat", "amount": 5}]}, "_"),
        ("sendChatAction", {**here, "action": "typing"}, "_"),
        ("sendMessageDraft", {**here, "draft_id": 1, "text": "…"}, "_"),
        ("deleteMessage", text, "_"),
        ("deleteMessages", {**here, "message_ids": ["$keys.message_id"]}, "_"),
        ("sendMessage", {**group, "text": "Kurula"}, "said"),
        ("pinChatMessage", in_group, "_"),
        ("getChat", group, "_"),
        ("getChatAdministrators", group, "_"),
        ("getChatMemberCount", group, "_"),
        ("getChatMember", person, "_"),
        ("setChatMemberTag", {**person, "tag": "Kurul"}, "_"),
        ("restrictChatMember", {**person, "permissions": {"can_send_messages": True}}, "_"),
        ("getChatMember", person, "_"),
        ("promoteChatMember", {**person, "can_pin_messages": True}, "_"),
        ("setChatAdministratorCustomTitle", {**person, "custom_title": "Başkan"}, "_"),
        ("getChatMember", person, "_"),
        ("banChatMember", person, "_"),
        ("getChatMember", person, "_"),
        ("unbanChatMember", person, "_"),
        ("setChatPermissions", {**group, "permissions": {"can_send_messages": True}}, "_"),
        ("setChatTitle", {**group, "title": "Yeni ad"}, "_"),
        ("setChatDescription", {**group, "description": "Birliğin kurulu"}, "_"),
        ("createChatInviteLink", {**group, "name": "a", "member_limit": 3}, "link"),
        ("editChatInviteLink", {**group, "invite_link": "$link.invite_link", "name": "b"}, "_"),
        ("revokeChatInviteLink", {**group, "invite_link": "$link.invite_link"}, "_"),
        ("exportChatInviteLink", group, "_"),
        ("createForumTopic", {**group, "name": "SKDM"}, "topic"),
        ("sendMessage", {**topic, "text": "Konuya"}, "_"),
        ("editForumTopic", {**topic, "name": "SKDM 2"}, "_"),
        ("closeForumTopic", topic, "_"),
        ("reopenForumTopic", topic, "_"),
        ("deleteForumTopic", topic, "_"),
        ("getForumTopicIconStickers", {}, "_"),
        ("sendMessage", {**channel, "text": "Kanala"}, "_"),
        ("sendMessage", {"chat_id": BASIC, "text": "Gruba"}, "_"),
        ("setMyCommands", {"commands": [{"command": "yardim", "description": "Yardım"}],
                           "scope": {"type": "chat", "chat_id": AYSE}, "language_code": "tr"}, "_"),
        ("getMyCommands", {"scope": {"type": "chat", "chat_id": AYSE}, "language_code": "tr"}, "_"),
        ("deleteMyCommands", {}, "_"),
        ("setMyName", {"name": "Sirküler"}, "_"),
        ("getMyName", {}, "_"),
        ("setMyDescription", {"description": "d"}, "_"),
        ("getMyDescription", {}, "_"),
        ("setMyShortDescription", {"short_description": "d"}, "_"),
        ("getMyShortDescription", {}, "_"),
        ("setChatMenuButton", {"chat_id": AYSE, "menu_button": {"type": "commands"}}, "_"),
        ("getChatMenuButton", {"chat_id": AYSE}, "_"),
        ("setMyDefaultAdministratorRights", {}, "_"),
        ("getMyDefaultAdministratorRights", {}, "_"),
        ("getUserProfilePhotos", {"user_id": AYSE}, "_"),
        ("savePreparedInlineMessage", {"user_id": AYSE, "result": result, "allow_user_chats": True}, "_"),
        ("createInvoiceLink", {"title": "Aidat", "description": "2027", "payload": "p", "currency": "XTR",
                               "prices": [{"label": "Aidat", "amount": 5}]}, "_"),
        ("getMyStarBalance", {}, "_"),
        ("getStarTransactions", {}, "_"),
        ("getAvailableGifts", {}, "_"),
        ("getWebhookInfo", {}, "_"),
        ("deleteWebhook", {}, "_"),
        ("getUpdates", {"timeout": 0}, "_"),
        ("leaveChat", {"chat_id": BASIC}, "_"),
    ]  # fmt: skip


@pytest.mark.parametrize("library", PROGRAMS)
async def test_the_main_methods_answer_as_a_library_reads_them(library: str, tmp_path: Path) -> None:
    program, script = PROGRAMS[library]
    if not installed(library, program):
        pytest.skip(f"{library} is not installed.")
    async with telegram(strict=True) as tg:
        for chat in (GROUP, CHANNEL):
            tg.world.chats[chat].bot_status = "administrator"
        tg.world.chats[GROUP].topics = {}
        tg.world.chats[GROUP].bot_rights.add("can_promote_members")
        made = calls(stored(tg.world))
        listed = tmp_path / "calls.json"
        await asyncio.to_thread(listed.write_text, json.dumps(made), "utf-8")
        named = [library] if program == "node" else []
        arguments = [program, str(CLIENTS / script), *named, tg.url, TOKEN, str(listed)]
        child = await asyncio.create_subprocess_exec(
            *arguments, env=NODE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        told, _ = await asyncio.wait_for(child.communicate(), 120)
        assert told.decode().split() == [str(len(made))], told.decode()[-2000:]
        assert tg.world.invalid == []
        assert {entry["status"] for entry in tg.world.log} == {200}

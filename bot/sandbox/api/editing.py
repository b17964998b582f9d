"""Editing what the bot has sent."""

from __future__ import annotations

import copy

from bot.sandbox.api.addressing import message_of
from bot.sandbox.api.fetching import fetched
from bot.sandbox.api.files import input_media
from bot.sandbox.api.keyboards import reply_markup
from bot.sandbox.api.sending import (
    caption_of,
    keyboard_text,
    preview_of,
    shown_entities,
    with_caption,
    within_limits,
)
from bot.sandbox.polls import settled
from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.records import Chat, Json, public
from bot.sandbox.requests import Parameters
from bot.sandbox.text.message import checked_text
from bot.sandbox.world import World

TEXT_LIMIT = 4096
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
CAPTIONED = {"document", "photo", "video", "animation", "audio", "voice", "live_photo", "paid_media"}
REPLACEABLE = {"text", "document", "photo", "video", "animation", "audio", "live_photo"}
MEDIA_FIELDS = {*CAPTIONED, "text", "entities", "caption", "caption_entities", "has_media_spoiler"}


async def edit_message_text(world: World, p: Parameters) -> Json | bool:
    text, entities = checked_text(p.text("text"), p.text("parse_mode"), p.json("entities", "entities"))
    markup = reply_markup(p)
    chat, message = editable(world, p)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    if len(text) > TEXT_LIMIT:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    found = shown_entities(world, text, entities)
    new = {"text": text, "entities": found, "link_preview_options": preview_of(p, text, found)}
    return edited(world, p, chat, message, new, markup)


async def edit_message_caption(world: World, p: Parameters) -> Json | bool:
    caption, entities = caption_of(p)
    markup = reply_markup(p)
    chat, message = editable(world, p)
    if not CAPTIONED & message.keys():
        raise bad_request("there is no caption in the message to edit")
    above = p.flag("show_caption_above_media") or None
    content: Json = {"caption": None, "caption_entities": None, "show_caption_above_media": above}
    return edited(world, p, chat, message, content | with_caption(world, {}, caption, entities), markup)


async def edit_message_reply_markup(world: World, p: Parameters) -> Json | bool:
    markup = reply_markup(p)
    chat_id = p.number("chat_id")
    if chat_id in world.crowd or (world.ledger_only and chat_id not in world.chats):
        keyboard = p.text("reply_markup") if world.ledger_only else keyboard_text(markup)
        return _edited_in_ledger(world, chat_id, p.number("message_id"), keyboard)
    chat, message = editable(world, p)
    return edited(world, p, chat, message, {}, markup)


def _edited_in_ledger(world: World, chat_id: int, message_id: int, new: str) -> Json:
    """The edit of a message that only the ledger remembers: ``new`` is its keyboard."""
    old = world.ledger.keyboard(chat_id, message_id)
    if chat_id in world.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    if old is None:
        raise bad_request("message to edit not found")
    if old == new:
        raise bad_request(NOT_MODIFIED)
    within_limits(world, chat_id)
    world.ledger.set_keyboard(chat_id, message_id, new)
    chat = {"id": chat_id, "type": "private"}
    return {"message_id": message_id, "date": int(world.clock()), "chat": chat, "from": world.bot}


async def edit_message_media(world: World, p: Parameters) -> Json | bool:
    p = await fetched(p)
    given = p.json("media", "media")
    if not isinstance(given, dict):
        raise bad_request(
            "object expected as media" if given is not None else "there is no media in the request"
        )
    markup = reply_markup(p)
    content, _ = input_media(world, p, given)
    chat, message = editable(world, p)
    if not REPLACEABLE & message.keys():
        raise bad_request("message can't be edited")
    if (
        "media_group_id" in message
        and not set(content) & {"photo", "video"}
        and not set(content) & set(message)
    ):
        raise bad_request("message can't be edited")
    cleared: Json = dict.fromkeys(MEDIA_FIELDS & message.keys())
    return edited(world, p, chat, message, cleared | content, markup)


def editable(world: World, p: Parameters) -> tuple[Chat, Json]:
    """The chat and the message of the bot that a call edits. Raises ``ApiError`` for one it cannot."""
    inline = p.text("inline_message_id")
    if inline:
        return _sent_inline(world, inline)
    chat, message = message_of(world, p, "message to edit not found")
    foreign = message["from"]["id"] != world.bot["id"]
    if foreign or message.get("_reply_keyboard") or "forward_origin" in message:
        raise bad_request("message can't be edited")
    return chat, settled(world, chat, message)


def _sent_inline(world: World, inline_id: str) -> tuple[Chat, Json]:
    chat_id, number = world.inline_messages.get(inline_id, (0, 0))
    chat = world.chats.get(chat_id)
    if chat is None or number not in chat.messages:
        raise ApiError(400, "Bad Request: MESSAGE_ID_INVALID")
    return chat, chat.messages[number]


def edited(
    world: World, p: Parameters, chat: Chat, message: Json, content: Json, markup: Json | None
) -> Json | bool:
    """Put ``content`` (None: take away) and ``markup`` into a message; the Message as the API answers it,
    True for one sent by way of the inline mode.

    Raises ``ApiError`` when nothing changes.
    """
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    new = copy.deepcopy(message) | content
    for key in ("reply_markup", *(key for key in content if content[key] in (None, [], {}))):
        new.pop(key, None)
    if markup:
        new["reply_markup"] = markup
    if new == message:
        raise bad_request(NOT_MODIFIED)
    within_limits(world, chat.id)
    new["edit_date"] = int(world.clock())
    world.replace(chat, new)
    return True if p.text("inline_message_id") else public(new)

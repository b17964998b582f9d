"""How a new message of the bot comes into a chat: limits, reply, numbering and the ledger."""

from __future__ import annotations

import json

from bot.sandbox.api.keyboards import check_place
from bot.sandbox.api.replies import reply_of, topic_of
from bot.sandbox.api.rights import check_permission
from bot.sandbox.problems import bad_request, flood
from bot.sandbox.records import Json, public
from bot.sandbox.requests import Parameters
from bot.sandbox.text.automatic import automatic
from bot.sandbox.text.entities import Entity
from bot.sandbox.text.message import message_text
from bot.sandbox.world import World

CAPTION_LIMIT = 1024
PREVIEW = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")


def deliver(
    world: World, p: Parameters, method: str, chat_id: int, content: Json, markup: Json | None, text: str
) -> Json:
    """Store a message of the bot and write it down; the Message as the API answers it.

    ``text`` is what the ledger remembers. Raises ``ApiError`` 429 when a limit is switched on and hit.
    """
    chat = world.chats.get(chat_id)
    check_permission(chat, content)
    check_place(markup, chat.type if chat else "private")
    placed = topic_of(world, p, chat) | reply_of(world, p, chat_id)
    within_limits(world, chat_id)
    if markup and "inline_keyboard" in markup:
        content["reply_markup"] = markup
    elif markup:
        content["_reply_keyboard"] = markup
    content |= placed
    if p.text("message_effect_id"):
        content["effect_id"] = p.text("message_effect_id")
    if p.flag("disable_notification"):
        content["_silent"] = True
    if p.flag("protect_content"):
        content["has_protected_content"] = True
    if chat_id in world.chats:
        message = world.new_message(chat_id, content)
    else:  # one of the crowd: only the ledger remembers it
        message = {
            "message_id": world.next_message_id(chat_id),
            "from": world.bot,
            "chat": {"id": chat_id, "type": "private"},
            "date": int(world.clock()),
            **content,
        }
    keyboard = keyboard_text(message.get("reply_markup"))
    world.ledger.add(world.clock(), method, chat_id, message["message_id"], text, keyboard)
    return public(message)


def keyboard_text(markup: Json | None) -> str:
    """A keyboard as the ledger keeps it."""
    return json.dumps(markup, ensure_ascii=False, sort_keys=True) if markup else ""


def within_limits(world: World, chat_id: int) -> None:
    """Book one message or edit. Raises ``ApiError`` 429 with the seconds to wait."""
    wait = world.limits.refuse(chat_id)
    if wait is not None:
        raise flood(wait)


def caption_of(p: Parameters) -> tuple[str, list[Entity]]:
    """Caption and entities of a call, "" without one."""
    given = p.json("caption_entities", "entities")
    return message_text(p.text("caption"), p.text("parse_mode"), given) if p.text("caption") else ("", [])


def with_caption(world: World, content: Json, caption: str, entities: list[Entity]) -> Json:
    """``content`` with its caption. Raises ``ApiError`` for more than 1024 characters."""
    if len(caption) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    if not caption:
        content.pop("show_caption_above_media", None)
    if caption:
        content["caption"] = caption
        found = shown_entities(world, caption, entities)
        if found:
            content["caption_entities"] = found
    return content


def shown_entities(world: World, text: str, entities: list[Entity]) -> list[Entity]:
    """Given and found entities; a mention by number shows the person, one of nobody vanishes."""
    shown = []
    for one in automatic(text, entities):
        if "user_id" not in one:
            shown.append(one)
        elif one["user_id"] in world.persons:
            user = world.persons[one["user_id"]].user()
            shown.append({key: value for key, value in one.items() if key != "user_id"} | {"user": user})
    return shown


def preview_of(p: Parameters, text: str, entities: list[Entity]) -> Json:
    """The link preview options that a Message shows: of a text without a link only an address given."""
    given = p.json("link_preview_options", "link preview options")
    if given is None and p.flag("disable_web_page_preview"):
        given = {"is_disabled": True}
    options = Parameters(given if isinstance(given, dict) else {}, {})
    shown: Json = {key: True for key in PREVIEW if options.flag(key)}
    link = next((one for one in entities if one["type"] in ("url", "text_link")), None)
    if link is None and not options.text("url"):
        return {}
    if "is_disabled" in shown:
        return {"is_disabled": True}
    coded = text.encode("utf-16-le")
    if options.text("url") or link is None:
        return {"url": options.text("url"), **shown}
    own = coded[2 * link["offset"] : 2 * (link["offset"] + link["length"])].decode("utf-16-le")
    return {"url": str(link.get("url") or own), **shown}

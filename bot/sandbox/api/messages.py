"""Sending, copying, editing and deleting messages, and what is done to them."""

from __future__ import annotations

import copy
from collections.abc import Awaitable, Callable

from bot.sandbox.api.addressing import chat_id_of, message_of
from bot.sandbox.api.keyboards import reply_markup
from bot.sandbox.api.sending import caption_of, deliver, preview_of, shown_entities, with_caption
from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.records import Chat, Json
from bot.sandbox.requests import Parameters
from bot.sandbox.text.message import checked_text
from bot.sandbox.world import CONTENT, World

TEXT_LIMIT = 4096
DELETE_LIFE = 48 * 3600
AT_ONCE = 100
REACTIONS = (
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋"
    "🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡"
)
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


async def send_message(world: World, p: Parameters) -> Json:
    if world.ledger_only and p.text("text").strip():
        return to_ledger(world, p, p.text("text"))
    text, entities = checked_text(p.text("text"), p.text("parse_mode"), p.json("entities", "entities"))
    markup = reply_markup(p)
    chat_id = chat_id_of(world, p)
    if len(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    content: Json = {"text": text}
    found = shown_entities(world, text, entities)
    if found:
        content["entities"] = found
    preview = preview_of(p, text, found)
    if preview:
        content["link_preview_options"] = preview
    return deliver(world, p, "sendMessage", chat_id, content, markup, text)


def to_ledger(world: World, p: Parameters, text: str) -> Json:
    """A message of ledger mode: written down as it came, not parsed, not kept in a chat."""
    chat_id = p.number("chat_id")
    message_id = world.next_message_id(chat_id)
    keyboard = p.text("reply_markup")  # as it came: this server is to be faster than its clients
    world.ledger.add(world.clock(), "sendMessage", chat_id, message_id, text, keyboard)
    return {
        "message_id": message_id,
        "date": int(world.clock()),
        "chat": {"id": chat_id, "type": "private"},
        "text": text,
    }


async def forward_message(world: World, p: Parameters) -> Json:
    chat_id = chat_id_of(world, p)
    source, original = _source(world, p, "message to forward not found")
    content = world.forwarded(source.id, original)
    return deliver(world, p, "forwardMessage", chat_id, content, None, _words(content))


async def copy_message(world: World, p: Parameters) -> Json:
    chat_id = chat_id_of(world, p)
    _, original = _source(world, p, "message to copy not found")
    content = {key: copy.deepcopy(original[key]) for key in CONTENT if key in original}
    if "caption" in p.values and "text" not in content:
        content.pop("caption", None)
        content.pop("caption_entities", None)
        if p.flag("show_caption_above_media"):
            content["show_caption_above_media"] = True
        content = with_caption(world, content, *caption_of(p))
    sent = deliver(world, p, "copyMessage", chat_id, content, reply_markup(p), _words(content))
    return {"message_id": sent["message_id"]}


async def forward_messages(world: World, p: Parameters) -> list[Json]:
    return await _several(world, p, forward_message)


async def copy_messages(world: World, p: Parameters) -> list[Json]:
    if p.flag("remove_caption"):
        p.values["caption"] = ""
    return await _several(world, p, copy_message)


async def _several(
    world: World, p: Parameters, one: Callable[[World, Parameters], Awaitable[Json]]
) -> list[Json]:
    """Forward or copy several messages in increasing order; what is not there is passed over."""
    numbers = p.numbers("message_ids", "message identifiers")
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > AT_ONCE:
        raise bad_request("too many message identifiers specified")
    if numbers != sorted(set(numbers)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    chat = world.chats.get(chat_id_of(world, p, "from_chat_id"))
    found = [n for n in numbers if chat and n in chat.messages]
    if not found:
        raise bad_request("there are no messages to forward")
    sent = [await one(world, Parameters({**p.values, "message_id": n}, p.files)) for n in found]
    return [{"message_id": message["message_id"]} for message in sent]


def _source(world: World, p: Parameters, missing: str) -> tuple[Chat, Json]:
    """The message that is forwarded or copied."""
    chat, message = message_of(world, p, missing, "from_chat_id")
    if message.get("has_protected_content"):
        raise bad_request("message has protected content and can't be forwarded")
    if not any(key in message for key in CONTENT):
        raise bad_request(missing.replace(" not found", "").replace("message to", "message can't be"))
    return chat, message


def _words(content: Json) -> str:
    """What the ledger remembers of a message."""
    if "text" in content or "caption" in content:
        return str(content.get("text") or content["caption"])
    return str(content.get("document", {}).get("file_name", ""))


async def delete_message(world: World, p: Parameters) -> bool:
    if not p.text("chat_id").strip():
        raise bad_request("chat identifier is not specified")
    chat, message = message_of(world, p, "message to delete not found")
    _check_deletable(world, chat, message)
    world.remove(chat, [message["message_id"]])
    return True


async def delete_messages(world: World, p: Parameters) -> bool:
    chat = world.chats.get(chat_id_of(world, p))
    numbers = p.numbers("message_ids", "message identifiers")
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > AT_ONCE:
        raise bad_request("too many message identifiers specified")
    found = [chat.messages[n] for n in numbers if chat and n in chat.messages]
    if chat is not None:
        for message in found:
            _check_deletable(world, chat, message)
        world.remove(chat, [message["message_id"] for message in found])
    return True


def _check_deletable(world: World, chat: Chat, message: Json) -> None:
    own = message["from"]["id"] == world.bot["id"]
    if not own and chat.type != "private" and chat.bot_status != "administrator":
        raise bad_request("message can't be deleted")
    if chat.type in ("private", "group") and world.clock() - message["date"] > DELETE_LIFE:
        raise bad_request("message can't be deleted for everyone")


async def pin_chat_message(world: World, p: Parameters) -> bool:
    chat, message = message_of(world, p, "message to pin not found")
    if chat.type != "private" and chat.bot_status != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")
    number = message["message_id"]
    chat.pinned = [*(one for one in chat.pinned if one != number), number]
    return True


async def unpin_chat_message(world: World, p: Parameters) -> bool:
    chat = world.chats.get(chat_id_of(world, p))
    number = p.number("message_id") or (chat.pinned[-1] if chat and chat.pinned else 0)
    if chat is None or number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    return True


async def unpin_all_chat_messages(world: World, p: Parameters) -> bool:
    chat = world.chats.get(chat_id_of(world, p))
    if chat is not None:
        chat.pinned.clear()
    return True


async def set_message_reaction(world: World, p: Parameters) -> bool:
    wanted = p.json("reaction", "reaction types") or []
    if not isinstance(wanted, list):
        raise bad_request("expected an Array of ReactionType")
    chat, message = message_of(world, p, "message to react not found")
    emoji = [str(one.get("emoji", "")).rstrip("\ufe0f") for one in wanted if isinstance(one, dict)]
    if len(wanted) > 1:
        raise ApiError(400, "Bad Request: REACTIONS_TOO_MANY")
    if any(not one or one not in REACTIONS for one in emoji):
        raise ApiError(400, "Bad Request: REACTION_INVALID")
    reactions = {who: one for who, one in message.get("_reactions", {}).items() if who != world.bot["id"]}
    if emoji:
        reactions[world.bot["id"]] = emoji[0]
    world.replace(chat, {**message, "_reactions": reactions})
    return True


async def send_chat_action(world: World, p: Parameters) -> bool:
    action = p.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat_id = chat_id_of(world, p)
    world.emit({"type": "chat_action", "chat_id": chat_id, "action": action})
    return True

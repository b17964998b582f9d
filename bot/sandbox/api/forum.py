"""The topics of a forum: a supergroup whose messages stand in threads."""

from __future__ import annotations

import secrets

from bot.sandbox.api.addressing import chat_id_of
from bot.sandbox.api.replies import GENERAL
from bot.sandbox.api.rights import need_right
from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.records import Chat, Json, public
from bot.sandbox.requests import Parameters
from bot.sandbox.world import World

COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
NAME_LIMIT = 128
ICONS = "📰💡⚡🎙🔝🗣🆒❗📝📆📁🔎📣🔥❤❓📈📉💎💰💸🪙💱⁉"
FIRST_ICON = 5_434_144_690_511_290_000


async def create_forum_topic(world: World, p: Parameters) -> Json:
    chat, topics = _forum(world, p)
    name = _name(p)
    color = p.number("icon_color") or secrets.choice(COLORS)
    if color not in COLORS:
        raise bad_request("invalid icon color specified")
    topic: Json = {"name": name, "icon_color": color}
    if p.text("icon_custom_emoji_id"):
        topic["icon_custom_emoji_id"] = p.text("icon_custom_emoji_id")
    chat.next_id = max(chat.next_id, GENERAL + 1)
    message = world.store(chat, world.bot, {"forum_topic_created": dict(topic)})
    thread = message["message_id"]
    message |= {"message_thread_id": thread, "is_topic_message": True}
    topics[thread] = topic
    world.updates.put("message", public(message))
    return {"message_thread_id": thread, **topic}


async def edit_forum_topic(world: World, p: Parameters) -> bool:
    chat, topics = _forum(world, p)
    thread = _thread(p, topics)
    changes: Json = {}
    if p.text("name"):
        changes["name"] = _name(p)
    if "icon_custom_emoji_id" in p.values:
        changes["icon_custom_emoji_id"] = p.text("icon_custom_emoji_id")
    return _change(world, chat, thread, changes, {"forum_topic_edited": changes})


async def close_forum_topic(world: World, p: Parameters) -> bool:
    chat, topics = _forum(world, p)
    return _change(world, chat, _thread(p, topics), {"closed": True}, {"forum_topic_closed": {}})


async def reopen_forum_topic(world: World, p: Parameters) -> bool:
    chat, topics = _forum(world, p)
    return _change(world, chat, _thread(p, topics), {"closed": False}, {"forum_topic_reopened": {}})


async def delete_forum_topic(world: World, p: Parameters) -> bool:
    chat, topics = _forum(world, p)
    thread = _thread(p, topics)
    del topics[thread]
    inside = [n for n, one in chat.messages.items() if one.get("message_thread_id") == thread]
    world.remove(chat, inside)
    return True


async def unpin_all_forum_topic_messages(world: World, p: Parameters) -> bool:
    chat, topics = _forum(world, p)
    return _unpin(chat, _thread(p, topics))


async def unpin_all_general_forum_topic_messages(world: World, p: Parameters) -> bool:
    return _unpin(_forum(world, p)[0], None)


async def edit_general_forum_topic(world: World, p: Parameters) -> bool:
    chat, _ = _forum(world, p)
    changes: Json = {"name": _name(p)}
    return _change(world, chat, GENERAL, changes, {"forum_topic_edited": changes})


async def close_general_forum_topic(world: World, p: Parameters) -> bool:
    chat, _ = _forum(world, p)
    return _change(world, chat, GENERAL, {"closed": True}, {"forum_topic_closed": {}})


async def reopen_general_forum_topic(world: World, p: Parameters) -> bool:
    chat, _ = _forum(world, p)
    return _change(world, chat, GENERAL, {"closed": False, "hidden": False}, {"forum_topic_reopened": {}})


async def hide_general_forum_topic(world: World, p: Parameters) -> bool:
    chat, _ = _forum(world, p)
    changes: Json = {"closed": True, "hidden": True}
    return _change(world, chat, GENERAL, changes, {"general_forum_topic_hidden": {}})


async def unhide_general_forum_topic(world: World, p: Parameters) -> bool:
    chat, _ = _forum(world, p)
    return _change(world, chat, GENERAL, {"hidden": False}, {"general_forum_topic_unhidden": {}})


async def get_forum_topic_icon_stickers(world: World, p: Parameters) -> list[Json]:
    return [_icon(number, emoji) for number, emoji in enumerate(ICONS)]


def _icon(number: int, emoji: str) -> Json:
    small = {"file_id": f"AAMCAgADIconThumb{number}", "file_unique_id": f"AQADsandboxic{number:03}"}
    return {
        "file_id": f"CAACAgIAAxUIcon{number}",
        "file_unique_id": f"AgADsandboxi{number:03}",
        "type": "custom_emoji",
        "width": 512,
        "height": 512,
        "is_animated": True,
        "is_video": False,
        "emoji": emoji,
        "set_name": "Topics",
        "custom_emoji_id": str(FIRST_ICON + number),
        "file_size": 24_000,
        "thumbnail": {**small, "file_size": 4_000, "width": 128, "height": 128},
    }


def _forum(world: World, p: Parameters) -> tuple[Chat, dict[int, Json]]:
    """A forum in which the bot may manage topics."""
    chat = world.chats.get(chat_id_of(world, p))
    if chat is None or chat.topics is None:
        raise bad_request("the chat is not a forum")
    need_right(chat, "can_manage_topics", "not enough rights to manage topics in the chat")
    chat.topics.setdefault(GENERAL, {"name": "General"})
    return chat, chat.topics


def _thread(p: Parameters, topics: dict[int, Json]) -> int:
    thread = p.number("message_thread_id")
    if not thread or thread == GENERAL or thread not in topics:
        raise ApiError(400, "Bad Request: TOPIC_ID_INVALID")
    return thread


def _name(p: Parameters) -> str:
    name = p.text("name").strip()
    if not name:
        raise bad_request("topic name must be non-empty")
    if len(name) > NAME_LIMIT:
        raise bad_request("topic name is too long")
    return name


def _change(world: World, chat: Chat, thread: int, changes: Json, service: Json) -> bool:
    assert chat.topics is not None
    topic = chat.topics[thread]
    if all(topic.get(key, False) == value for key, value in changes.items()):
        raise ApiError(400, "Bad Request: TOPIC_NOT_MODIFIED")
    topic |= changes
    place = {} if thread == GENERAL else {"message_thread_id": thread, "is_topic_message": True}
    world.store(chat, world.bot, {**service, **place})
    return True


def _unpin(chat: Chat, thread: int | None) -> bool:
    chat.pinned = [n for n in chat.pinned if chat.messages[n].get("message_thread_id") != thread]
    return True

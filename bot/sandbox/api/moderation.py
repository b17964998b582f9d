"""What an administrator bot does to single members: tags, their reactions, channels they write as."""

from __future__ import annotations

import unicodedata

from bot.sandbox.api.addressing import chat_id_of, message_of
from bot.sandbox.api.members import RESTRICT
from bot.sandbox.api.rights import need_right
from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.records import Chat
from bot.sandbox.requests import Parameters
from bot.sandbox.world import World

TAG_LIMIT = 16


async def set_chat_member_tag(world: World, p: Parameters) -> bool:
    chat, tag = _group(world, p, "can_manage_tags"), p.text("tag").strip()
    user_id = p.number("user_id")
    if user_id not in chat.members:
        raise ApiError(400, "Bad Request: PARTICIPANT_ID_INVALID")
    if user_id == chat.creator or chat.standing.get(user_id, {}).get("status") == "administrator":
        raise ApiError(400, "Bad Request: CHAT_CREATOR_REQUIRED")
    if len(tag) > TAG_LIMIT:
        raise ApiError(400, "Bad Request: ADMIN_RANK_INVALID")
    if any(unicodedata.category(letter) == "So" for letter in tag):
        raise ApiError(400, "Bad Request: ADMIN_RANK_EMOJI_NOT_ALLOWED")
    chat.tags.pop(user_id, None)
    if tag:
        chat.tags[user_id] = tag
    return True


async def delete_message_reaction(world: World, p: Parameters) -> bool:
    _group(world, p, "can_delete_messages")
    chat, message = message_of(world, p, "message to delete reactions not found")
    _forget_reaction(world, chat, message["message_id"], _reacting(chat, p))
    return True


async def delete_all_message_reactions(world: World, p: Parameters) -> bool:
    chat = _group(world, p, "can_delete_messages")
    who = _reacting(chat, p)
    if who != world.bot["id"] and who not in chat.members:
        raise ApiError(400, "Bad Request: PARTICIPANT_ID_INVALID")
    for message_id in list(chat.messages):
        _forget_reaction(world, chat, message_id, who)
    return True


async def ban_chat_sender_chat(world: World, p: Parameters) -> bool:
    chat, sender = _sender(world, p)
    chat.banned_chats.add(sender)
    return True


async def unban_chat_sender_chat(world: World, p: Parameters) -> bool:
    chat, sender = _sender(world, p)
    chat.banned_chats.discard(sender)
    return True


def _group(world: World, p: Parameters, right: str) -> Chat:
    """A group in which the bot has a right. Raises ``ApiError``."""
    chat = world.chats.get(chat_id_of(world, p))
    if chat is None or chat.type not in ("group", "supergroup"):
        raise ApiError(400, "Bad Request: CHAT_ADMIN_REQUIRED")
    need_right(chat, right, "not enough rights")
    return chat


def _reacting(chat: Chat, p: Parameters) -> int:
    """Whose reactions a call is about: a person's, or else a chat's."""
    if p.number("user_id"):
        return p.number("user_id")
    if not p.text("actor_chat_id").strip():
        raise bad_request("sender_chat_id is empty")
    return p.number("actor_chat_id")


def _forget_reaction(world: World, chat: Chat, message_id: int, who: int) -> None:
    message = chat.messages[message_id]
    reactions = dict(message.get("_reactions", {}))
    if reactions.pop(who, None) is not None:
        world.replace(chat, {**message, "_reactions": reactions})


def _sender(world: World, p: Parameters) -> tuple[Chat, int]:
    """A chat that the bot rules, and the channel or group that somebody writes as."""
    chat = world.chats.get(chat_id_of(world, p))
    if not p.text("sender_chat_id").strip():
        raise bad_request("sender_chat_id is empty")
    if chat is None or chat.type not in ("supergroup", "channel"):
        raise bad_request("method is available only for supergroups")
    need_right(chat, "can_restrict_members", f"not enough rights{RESTRICT}")
    sender = world.chats.get(p.number("sender_chat_id"))
    if sender is None or sender.type == "private":
        raise ApiError(400, "Bad Request: PARTICIPANT_ID_INVALID")
    return chat, sender.id

"""Which chat and which message a call is for, and whether the bot may write there."""

from __future__ import annotations

import re

from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.records import Chat, Json
from bot.sandbox.requests import Parameters
from bot.sandbox.world import World

KIND = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}


def chat_id_of(world: World, p: Parameters, key: str = "chat_id", *, write: bool = True) -> int:
    """The chat a call names, if the bot may write (or only look) there. Raises ``ApiError`` otherwise."""
    given = p.text(key).strip()
    if not given:
        raise bad_request("chat_id is empty" if key == "chat_id" else f'parameter "{key}" is required')
    if given.startswith("@"):
        given = _by_name(world, given[1:])
    if not re.fullmatch(r"-?[0-9]{1,19}", given):
        raise bad_request("chat not found")
    chat_id = int(given)
    if chat_id > 0 and write:
        _check_person(world, chat_id)
    if chat_id in world.crowd:
        return chat_id
    chat = world.chats.get(chat_id)
    if chat is None:
        raise bad_request("chat not found")
    if chat_id < 0:
        _check_place(world, chat)
    return chat_id


def _check_person(world: World, chat_id: int) -> None:
    if chat_id in world.deactivated:
        raise ApiError(403, "Forbidden: user is deactivated")
    if chat_id in world.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    if chat_id in world.unstarted:
        raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    person = world.persons.get(chat_id)
    if chat_id == world.bot["id"] or (person is not None and person.is_bot):
        raise ApiError(403, "Forbidden: the bot can't send messages to the bot")


def _by_name(world: World, username: str) -> str:
    """The number of a public group or channel; persons are not found by their names."""
    names = {chat.username.lower(): str(chat.id) for chat in world.chats.values() if chat.username}
    return names.get(username.lower(), "")


def _check_place(world: World, chat: Chat) -> None:
    if chat.id in world.deactivated:
        raise ApiError(403, "Forbidden: the group chat was deleted")
    if chat.moved_to is not None:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": chat.moved_to},
        )
    if chat.bot_status == "kicked":
        raise ApiError(403, f"Forbidden: bot was kicked from the {KIND[chat.type]}")
    if chat.bot_status == "left":
        raise ApiError(403, f"Forbidden: bot is not a member of the {KIND[chat.type]}")
    if chat.type == "channel" and chat.bot_status != "administrator":
        raise bad_request("need administrator rights in the channel chat")


def message_of(world: World, p: Parameters, missing: str, key: str = "chat_id") -> tuple[Chat, Json]:
    """The chat and message a call names; ``missing`` is Telegram's text when the message is not there."""
    if key == "chat_id" and not (p.text(key).strip() and p.number("message_id")):
        raise bad_request("message identifier is not specified")
    chat = world.chats.get(chat_id_of(world, p, key))
    message = chat.messages.get(p.number("message_id")) if chat else None
    if chat is None or message is None:
        raise bad_request(missing)
    return chat, message

"""Gifts, boosts and personal channels. Nobody in the sandbox gives or boosts, so these lists are empty."""

from __future__ import annotations

from bot.sandbox.api.addressing import chat_id_of
from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.records import Json, public
from bot.sandbox.requests import Parameters
from bot.sandbox.world import World


async def get_available_gifts(_: World, __: Parameters) -> Json:
    return {"gifts": []}


async def get_user_gifts(world: World, p: Parameters) -> Json:
    _person(world, p)
    return {"total_count": 0, "gifts": []}


async def get_chat_gifts(world: World, p: Parameters) -> Json:
    chat_id_of(world, p, write=False)
    return {"total_count": 0, "gifts": []}


async def get_user_chat_boosts(world: World, p: Parameters) -> Json:
    chat = world.chats.get(chat_id_of(world, p, write=False))
    if chat is None or chat.bot_status != "administrator":
        raise ApiError(400, "Bad Request: CHAT_ADMIN_REQUIRED")
    _person(world, p)
    return {"boosts": []}


async def get_user_personal_chat_messages(world: World, p: Parameters) -> list[Json]:
    """The newest messages of the channel that a person shows in their profile, oldest first."""
    chat = world.chats.get(world.personal_chats.get(_person(world, p), 0))
    limit = p.number("limit", 1)
    if not 1 <= limit <= 20:
        raise bad_request("invalid limit specified")
    return [public(one) for one in list(chat.messages.values())[-limit:]] if chat else []


def _person(world: World, p: Parameters) -> int:
    user_id = p.number("user_id")
    if not user_id:
        raise bad_request("invalid user_id specified")
    if user_id not in world.persons and user_id != world.bot["id"]:
        raise bad_request("user not found")
    return user_id

"""Gifts, boosts and personal channels. Nobody in the sandbox gives or boosts, so these lists are empty."""

from __future__ import annotations

from secrets import token_urlsafe

from bot.sandbox.api.accounts import person_of
from bot.sandbox.api.addressing import chat_id_of
from bot.sandbox.payments import balance
from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.records import Json, public
from bot.sandbox.requests import Parameters
from bot.sandbox.world import World

PREMIUM = {3: 1000, 6: 1500, 12: 2500}  # Stars for so many months


async def get_available_gifts(_: World, __: Parameters) -> Json:
    return {"gifts": []}


async def send_gift(world: World, p: Parameters) -> bool:
    """The shop is empty, so that every gift is an unknown one."""
    if p.text("chat_id") and not p.number("user_id"):
        chat_id_of(world, p)
    else:
        person_of(world, p)
    raise ApiError(400, "Bad Request: STARGIFT_INVALID")


async def gift_premium_subscription(world: World, p: Parameters) -> bool:
    """Paid with the bot's Stars; the person is told by a message."""
    person_id, price, months = person_of(world, p), p.number("star_count"), p.number("month_count")
    if PREMIUM.get(months) != price or balance(world) < price:
        raise ApiError(400, "Bad Request: BALANCE_TOO_LOW")
    person = world.persons[person_id].user()
    receiver: Json = {"type": "user", "transaction_type": "premium_purchase", "user": person}
    receiver["premium_subscription_duration"] = months
    row = {"id": token_urlsafe(16), "amount": price, "date": int(world.clock()), "receiver": receiver}
    world.stars.append(row)
    return True


async def get_user_gifts(world: World, p: Parameters) -> Json:
    person_of(world, p)
    return {"total_count": 0, "gifts": []}


async def get_chat_gifts(world: World, p: Parameters) -> Json:
    chat_id_of(world, p, write=False)
    return {"total_count": 0, "gifts": []}


async def get_user_chat_boosts(world: World, p: Parameters) -> Json:
    chat = world.chats.get(chat_id_of(world, p, write=False))
    if chat is None or chat.bot_status != "administrator":
        raise ApiError(400, "Bad Request: CHAT_ADMIN_REQUIRED")
    person_of(world, p)
    return {"boosts": []}


async def get_user_personal_chat_messages(world: World, p: Parameters) -> list[Json]:
    """The newest messages of the channel that a person shows in their profile, oldest first."""
    chat = world.chats.get(world.personal_chats.get(person_of(world, p), 0))
    limit = p.number("limit", 1)
    if not 1 <= limit <= 20:
        raise bad_request("invalid limit specified")
    return [public(one) for one in list(chat.messages.values())[-limit:]] if chat else []

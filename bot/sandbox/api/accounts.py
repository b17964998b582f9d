"""What a bot may do to accounts only by a grant that nobody in the sandbox can give: the refusals of it."""

from __future__ import annotations

from bot.sandbox.api.addressing import chat_id_of
from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.requests import Parameters
from bot.sandbox.world import World

FORBIDDEN = "Bad Request: BOT_VERIFIER_FORBIDDEN"  # Telegram has not made the bot a verifier
QUERY = "query is too old and response timeout expired or query ID is invalid"


def person_of(world: World, p: Parameters) -> int:
    """The number of a person, or of the bot itself. Raises ``ApiError``."""
    user_id = p.number("user_id")
    if not user_id:
        raise bad_request("invalid user_id specified")
    if user_id not in world.persons and user_id != world.bot["id"]:
        raise bad_request("user not found")
    return user_id


async def verify_user(world: World, p: Parameters) -> bool:
    person_of(world, p)
    raise ApiError(400, FORBIDDEN)


async def remove_user_verification(world: World, p: Parameters) -> bool:
    person_of(world, p)
    raise ApiError(400, FORBIDDEN)


async def verify_chat(world: World, p: Parameters) -> bool:
    chat_id_of(world, p, write=False)
    raise ApiError(400, FORBIDDEN)


async def remove_chat_verification(world: World, p: Parameters) -> bool:
    chat_id_of(world, p, write=False)
    raise ApiError(400, FORBIDDEN)


async def set_user_emoji_status(world: World, p: Parameters) -> bool:
    """Persons grant it in a Mini App, of which there are none here."""
    person_of(world, p)
    raise ApiError(400, "Bad Request: USER_PERMISSION_DENIED")


async def answer_web_app_query(_: World, p: Parameters) -> bool:
    _need_result(p)
    raise bad_request(QUERY)


async def answer_guest_query(_: World, p: Parameters) -> bool:
    _need_result(p)
    raise bad_request(QUERY)


async def approve_suggested_post(world: World, p: Parameters) -> bool:
    chat_id_of(world, p)
    raise bad_request("suggested post not found")


async def decline_suggested_post(world: World, p: Parameters) -> bool:
    chat_id_of(world, p)
    raise bad_request("suggested post not found")


def _need_result(p: Parameters) -> None:
    if p.json("result", "result") is None:
        raise bad_request("result isn't specified")

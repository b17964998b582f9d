"""Invite links of a chat and the requests to join it."""

from __future__ import annotations

import secrets

from bot.sandbox.api.addressing import chat_id_of
from bot.sandbox.api.rights import need_right
from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.records import Chat, Json
from bot.sandbox.requests import Parameters
from bot.sandbox.world import World

NAME_LIMIT = 32
MOST_USES = 99_999
MONTH = 2_592_000  # seconds, the one subscription period that Telegram has


async def create_chat_invite_link(world: World, p: Parameters) -> Json:
    chat = _chat(world, p)
    return shown(_keep(world, chat, _terms(p)))


async def edit_chat_invite_link(world: World, p: Parameters) -> Json:
    chat = _chat(world, p)
    old = _link(chat, p)
    kept = ("invite_link", "creator", "is_primary", "is_revoked", "_used")
    chat.invites[old["invite_link"]] = {key: old[key] for key in kept if key in old} | _terms(p)
    return shown(chat.invites[old["invite_link"]])


async def revoke_chat_invite_link(world: World, p: Parameters) -> Json:
    chat = _chat(world, p)
    link = _link(chat, p)
    if link["is_revoked"]:
        raise ApiError(400, "Bad Request: INVITE_HASH_EXPIRED")
    link["is_revoked"] = True
    return shown(link)


async def export_chat_invite_link(world: World, p: Parameters) -> str:
    chat = _chat(world, p)
    for link in chat.invites.values():
        link["is_revoked"] = link["is_revoked"] or link["is_primary"]
    return str(_keep(world, chat, {"creates_join_request": False}, primary=True)["invite_link"])


async def create_chat_subscription_invite_link(world: World, p: Parameters) -> Json:
    chat = _chat(world, p)
    if chat.type != "channel" or p.number("subscription_period") != MONTH:
        raise ApiError(400, "Bad Request: SUBSCRIPTION_PERIOD_INVALID")
    terms = {key: p.number(key) for key in ("subscription_period", "subscription_price")}
    return shown(_keep(world, chat, _terms(p) | terms))


async def edit_chat_subscription_invite_link(world: World, p: Parameters) -> Json:
    link = _link(_chat(world, p), p)
    link["name"] = _terms(p).get("name", "")
    return shown(link)


async def approve_chat_join_request(world: World, p: Parameters) -> bool:
    chat, person_id = _request(world, p)
    world.join(person_id, chat.id)
    return True


async def decline_chat_join_request(world: World, p: Parameters) -> bool:
    _request(world, p)
    return True


def shown(link: Json) -> Json:
    """The Bot API's ChatInviteLink."""
    return {key: value for key, value in link.items() if not key.startswith("_")}


def _chat(world: World, p: Parameters) -> Chat:
    chat = world.chats.get(chat_id_of(world, p))
    if chat is None or chat.type == "private":
        raise bad_request("can't invite members to a private chat")
    need_right(chat, "can_invite_users", "not enough rights to manage chat invite link")
    return chat


def _request(world: World, p: Parameters) -> tuple[Chat, int]:
    chat, person_id = _chat(world, p), p.number("user_id")
    if person_id not in world.persons:
        raise bad_request("user not found" if person_id else "invalid user_id specified")
    if person_id in chat.members or person_id == chat.creator:
        raise ApiError(400, "Bad Request: USER_ALREADY_PARTICIPANT")
    if chat.requests.pop(person_id, None) is None:
        raise ApiError(400, "Bad Request: HIDE_REQUESTER_MISSING")
    return chat, person_id


def _terms(p: Parameters) -> Json:
    """What a call says of a link: name, end, number of uses, and whether one asks first."""
    if len(p.text("name")) > NAME_LIMIT:
        raise bad_request("invite link name is too long")
    limit, asks = p.number("member_limit"), p.flag("creates_join_request")
    if limit and asks:
        raise bad_request("member limit can't be specified for links requiring administrator approval")
    if not 0 <= limit <= MOST_USES:
        raise bad_request("invalid member limit specified")
    terms: Json = {"creates_join_request": asks}
    if p.text("name"):
        terms["name"] = p.text("name")
    return terms | {key: p.number(key) for key in ("expire_date", "member_limit") if p.number(key)}


def _keep(world: World, chat: Chat, terms: Json, *, primary: bool = False) -> Json:
    address = f"https://t.me/+{secrets.token_urlsafe(12)}"
    link: Json = {"invite_link": address, "creator": world.bot, "is_primary": primary, "is_revoked": False}
    chat.invites[address] = link | terms
    return chat.invites[address]


def _link(chat: Chat, p: Parameters) -> Json:
    link = chat.invites.get(p.text("invite_link"))
    if link is None:
        raise ApiError(
            400,
            "Bad Request: INVITE_HASH_INVALID"
            if p.text("invite_link")
            else "Bad Request: invite link must be non-empty",
        )
    return link

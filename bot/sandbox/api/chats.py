"""What a bot may ask about a chat and its members."""

from __future__ import annotations

from bot.sandbox.api.addressing import chat_id_of
from bot.sandbox.api.members import standing_of
from bot.sandbox.api.rights import PERMISSIONS
from bot.sandbox.problems import bad_request
from bot.sandbox.records import Chat, Json, member, public
from bot.sandbox.requests import Parameters
from bot.sandbox.world import World

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


async def get_chat(world: World, p: Parameters) -> Json:
    chat_id = chat_id_of(world, p, write=False)
    chat = world.chats.get(chat_id)
    shown = world.chat_json(chat) if chat else {"id": chat_id, "type": "private"}
    full = {**shown, "accent_color_id": 0, "max_reaction_count": 11}
    full["accepted_gift_types"] = dict.fromkeys(GIFTS, False)
    if chat is not None:
        full |= {key: value for key, value in chat.settings.items() if value}
        if chat.type in ("group", "supergroup"):
            full.setdefault("permissions", dict.fromkeys(PERMISSIONS, True) | {"can_manage_topics": False})
        if chat.username:
            full["active_usernames"] = [chat.username]
        link = next(
            (one for one in chat.invites.values() if one["is_primary"] and not one["is_revoked"]), None
        )
        full |= {"invite_link": link["invite_link"]} if link else {}
    if chat is not None and chat.pinned:
        full["pinned_message"] = public(chat.messages[chat.pinned[-1]])
    return full


async def get_chat_member(world: World, p: Parameters) -> Json:
    chat_id = chat_id_of(world, p, write=False)
    user_id = p.number("user_id")
    if not user_id:
        raise bad_request("invalid user_id specified")
    chat = world.chats.get(chat_id)
    if user_id == world.bot["id"]:
        return member(world.bot, chat.bot_status if chat else "member")
    person = world.persons.get(user_id)
    if person is None:
        raise bad_request("user not found")
    return standing_of(chat, person) if chat else member(person.user(), "member")


async def get_chat_member_count(world: World, p: Parameters) -> int:
    chat = world.chats.get(chat_id_of(world, p, write=False))
    return len(chat.members) + 1 if chat else 2  # the bot counts


async def get_chat_administrators(world: World, p: Parameters) -> list[Json]:
    chat = _group(world, p, "there are no administrators in the private chat")
    known = [world.persons[one] for one in sorted({*chat.members, chat.creator or 0}) if one in world.persons]
    people = [standing_of(chat, one) for one in known if p.flag("return_bots") or not one.is_bot]
    own = [member(world.bot, "administrator")] if chat.bot_status == "administrator" else []
    return [*(one for one in people if one["status"] in ("creator", "administrator")), *own]


async def leave_chat(world: World, p: Parameters) -> bool:
    chat = _group(world, p, "chat member status can't be changed in private chats")
    chat.bot_status = "left"
    world.emit({"type": "chats"})
    return True


def _group(world: World, p: Parameters, private: str) -> Chat:
    chat = world.chats.get(chat_id_of(world, p, write=False))
    if chat is None or chat.type == "private":
        raise bad_request(private)
    return chat

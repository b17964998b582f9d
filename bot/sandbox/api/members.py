"""What an administrator bot does with the members and the look of a chat."""

from __future__ import annotations

from bot.sandbox.api.addressing import chat_id_of
from bot.sandbox.api.media import kept_file, media
from bot.sandbox.api.rights import need_right, permissions_of, rights_of
from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.records import Chat, Json, Person, member
from bot.sandbox.requests import Parameters
from bot.sandbox.world import World

TITLE_LIMIT = 128
DESCRIPTION_LIMIT = 255
CUSTOM_TITLE_LIMIT = 16
RESTRICT = " to restrict/unrestrict chat member"
PRIVATE = "chat member status can't be changed in private chats"


async def ban_chat_member(world: World, p: Parameters) -> bool:
    chat, person = _target(world, p)
    _dismiss(world, chat, person, {**member(person.user(), "kicked"), "until_date": _until(world, p)})
    return True


async def unban_chat_member(world: World, p: Parameters) -> bool:
    chat, person = _target(world, p)
    banned = chat.standing.get(person.id, {}).get("status") == "kicked"
    if banned or (person.id in chat.members and not p.flag("only_if_banned")):
        _dismiss(world, chat, person, member(person.user(), "left"))
        chat.standing.pop(person.id, None)
    return True


async def restrict_chat_member(world: World, p: Parameters) -> bool:
    permissions = permissions_of(p)
    chat, person = _target(world, p)
    if chat.type != "supergroup":
        raise bad_request("method is available only for supergroups")
    if all(permissions.values()):
        _stand(world, chat, person, member(person.user(), "member"))
        return True
    standing = {"is_member": person.id in chat.members, **permissions, "until_date": _until(world, p)}
    _stand(world, chat, person, {**member(person.user(), "restricted"), **standing})
    return True


async def promote_chat_member(world: World, p: Parameters) -> bool:
    chat, person = _target(world, p, "can_promote_members")
    rights = rights_of(p, channel=chat.type == "channel")
    if not any(rights.values()):
        _stand(world, chat, person, member(person.user(), "member"))
        return True
    if person.id not in chat.members:
        raise ApiError(400, "Bad Request: USER_NOT_PARTICIPANT")
    standing = {"can_be_edited": True, **rights, "can_manage_chat": True}
    _stand(world, chat, person, {"user": person.user(), "status": "administrator", **standing})
    return True


async def set_chat_administrator_custom_title(world: World, p: Parameters) -> bool:
    chat, person = _target(world, p)
    if len(p.text("custom_title")) > CUSTOM_TITLE_LIMIT:
        raise ApiError(400, "Bad Request: ADMIN_RANK_INVALID")
    standing = chat.standing.get(person.id, {})
    if standing.get("status") != "administrator":
        raise bad_request("user is not an administrator")
    chat.standing[person.id] = {**standing, "custom_title": p.text("custom_title")}
    return True


async def set_chat_permissions(world: World, p: Parameters) -> bool:
    permissions = permissions_of(p)
    chat = _ruled(world, p, "not enough rights to change chat permissions", "can_restrict_members")
    if chat.type == "channel":
        raise bad_request("can't change channel chat permissions")
    chat.settings["permissions"] = permissions
    return True


async def set_chat_title(world: World, p: Parameters) -> bool:
    title = p.text("title").strip()
    chat = _ruled(world, p, "not enough rights to change chat title")
    if not title:
        raise bad_request("title must be non-empty")
    chat.title = title[:TITLE_LIMIT]
    world.store(chat, world.bot, {"new_chat_title": chat.title})
    world.emit({"type": "chats"})
    return True


async def set_chat_description(world: World, p: Parameters) -> bool:
    chat = _ruled(world, p, "not enough rights to set chat description")
    about = p.text("description").strip()[:DESCRIPTION_LIMIT]
    if chat.settings.get("description", "") == about:
        raise bad_request("chat description is not modified")
    chat.settings["description"] = about
    return True


async def set_chat_photo(world: World, p: Parameters) -> bool:
    chat = _ruled(world, p, "not enough rights to change chat photo")
    if "photo" not in p.files:
        raise bad_request(
            "there is no photo in the request"
            if not p.text("photo")
            else "photo should be uploaded as an InputFile"
        )
    file_id = kept_file(world, p, "photo")
    shown = media(world, "photo", file_id)
    assert isinstance(shown, list)
    chat.settings["photo"] = chat_photo(shown)
    world.store(chat, world.bot, {"new_chat_photo": shown})
    return True


def chat_photo(sizes: list[Json]) -> Json:
    """The Bot API's ChatPhoto of a photo."""
    return {
        f"{name}_file_{key}": one[f"file_{key}"]
        for name, one in (("small", sizes[0]), ("big", sizes[-1]))
        for key in ("id", "unique_id")
    }


async def delete_chat_photo(world: World, p: Parameters) -> bool:
    chat = _ruled(world, p, "not enough rights to change chat photo")
    if chat.settings.pop("photo", None) is None:
        raise ApiError(400, "Bad Request: CHAT_NOT_MODIFIED")
    world.store(chat, world.bot, {"delete_chat_photo": True})
    return True


def _ruled(world: World, p: Parameters, refusal: str, right: str = "can_change_info") -> Chat:
    chat = world.chats.get(chat_id_of(world, p))
    if chat is None or chat.type == "private":
        raise bad_request(PRIVATE)
    need_right(chat, right, refusal)
    return chat


def _target(world: World, p: Parameters, right: str = "can_restrict_members") -> tuple[Chat, Person]:
    """A chat that the bot rules and a person other than its creator and the bot."""
    refusal = "not enough rights" + (RESTRICT if right == "can_restrict_members" else "")
    chat = _ruled(world, p, refusal, right)
    user_id = p.number("user_id")
    if not user_id:
        raise bad_request("invalid user_id specified")
    if user_id == world.bot["id"]:
        raise bad_request("can't restrict self")
    person = world.persons.get(user_id)
    if person is None:
        raise bad_request("user not found")
    if user_id == chat.creator:
        raise bad_request("can't remove chat owner")
    return chat, person


def _until(world: World, p: Parameters) -> int:
    """The end of a ban; less than 30 seconds or more than 366 days away is for ever."""
    until = p.number("until_date")
    return until if 30 <= until - world.clock() <= 366 * 86400 else 0


def _dismiss(world: World, chat: Chat, person: Person, standing: Json) -> None:
    was_in = person.id in chat.members
    _stand(world, chat, person, standing)
    chat.members.discard(person.id)
    if was_in and chat.type != "channel":
        world.store(chat, world.bot, {"left_chat_member": person.user()})


def _stand(world: World, chat: Chat, person: Person, standing: Json) -> None:
    """Give a person a standing; bots that asked for it hear of it."""
    old = standing_of(chat, person)
    if standing["status"] == "member":
        chat.standing.pop(person.id, None)
    else:
        chat.standing[person.id] = standing
    world.updates.put(
        "chat_member",
        {
            "chat": world.chat_json(chat),
            "from": world.bot,
            "date": int(world.clock()),
            "old_chat_member": old,
            "new_chat_member": standing,
        },
    )


def standing_of(chat: Chat, person: Person) -> Json:
    """The Bot API's ChatMember of a person in a chat."""
    if person.id == chat.creator:
        return {"user": person.user(), "status": "creator", "is_anonymous": False}
    plain = member(person.user(), "member" if person.id in chat.members else "left")
    return chat.standing.get(person.id, plain)

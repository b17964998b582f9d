"""The bot's own appearance: who it is, its commands, name, descriptions and menu button."""

from __future__ import annotations

import re

from bot.sandbox.api.media import kept_file, media
from bot.sandbox.api.rights import rights_of
from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.records import Json
from bot.sandbox.requests import Parameters, whole
from bot.sandbox.world import World

SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")
MOST_COMMANDS = 100
LONGEST = {"name": 64, "description": 512, "short_description": 120}


async def get_me(world: World, _: Parameters) -> Json:
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _scope(world: World, p: Parameters) -> str:
    scope = p.json("scope", "BotCommandScope") or {"type": "default"}
    if not isinstance(scope, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = str(scope.get("type", ""))
    if kind in SCOPES:
        return kind
    if kind not in CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    given = str(scope.get("chat_id", ""))
    chat = world.chats.get(int(given)) if re.fullmatch(r"-?[0-9]{1,20}", given) else None
    if chat is None and whole(given) not in world.crowd:
        raise bad_request("chat not found")
    if chat is not None and chat.type == "channel":
        raise bad_request("can't change commands in channel chats")
    if kind != "chat" and (chat is None or chat.type == "private"):
        raise bad_request("can't use specified scope in private chats")
    return f"{kind}:{given}" + (f":{scope.get('user_id')}" if kind == "chat_member" else "")


def _language(p: Parameters) -> str:
    language = p.text("language_code")
    if not re.fullmatch(r"(?:[a-z]{2})?", language):
        raise bad_request("invalid language code specified")
    return language


async def set_my_commands(world: World, p: Parameters) -> bool:
    commands = p.json("commands", "commands") or []
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    kept = [_command(entry) for entry in commands]
    key = _scope(world, p), _language(p)
    if len(commands) > MOST_COMMANDS:
        raise ApiError(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    world.commands[key] = kept
    world.emit({"type": "commands"})
    return True


def _command(entry: object) -> Json:
    if not isinstance(entry, dict):
        raise bad_request("can't parse BotCommand: BotCommand must be an Object")
    for field in ("command", "description"):
        if field not in entry:
            raise bad_request(f"can't parse BotCommand: Can't find field \"{field}\"")
    name = str(entry["command"]).strip().removeprefix("/")
    description = str(entry["description"]).strip()
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > 32:
        raise bad_request("command length must not exceed 32")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > 256:
        raise bad_request("command description length must not exceed 256")
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
    return {"command": name, "description": description}


async def get_my_commands(world: World, p: Parameters) -> list[Json]:
    return world.commands.get((_scope(world, p), _language(p)), [])


async def delete_my_commands(world: World, p: Parameters) -> bool:
    world.commands.pop((_scope(world, p), _language(p)), None)
    world.emit({"type": "commands"})
    return True


def _set(world: World, p: Parameters, what: str) -> bool:
    """Name, description or short description; an empty one takes the language's own away."""
    value, language = p.text(what), _language(p)
    if len(value) > LONGEST[what]:
        raise bad_request(f"bot {what.replace('_', ' ')} is too long")
    if value:
        world.profile[what, language] = value
    else:
        world.profile.pop((what, language), None)
    return True


def _get(world: World, p: Parameters, what: str, default: str = "") -> Json:
    own = world.profile.get((what, _language(p)))
    return {what: own or world.profile.get((what, ""), default)}


async def set_my_name(world: World, p: Parameters) -> bool:
    return _set(world, p, "name")


async def get_my_name(world: World, p: Parameters) -> Json:
    return _get(world, p, "name", world.bot["first_name"])


async def set_my_description(world: World, p: Parameters) -> bool:
    return _set(world, p, "description")


async def get_my_description(world: World, p: Parameters) -> Json:
    return _get(world, p, "description")


async def set_my_short_description(world: World, p: Parameters) -> bool:
    return _set(world, p, "short_description")


async def get_my_short_description(world: World, p: Parameters) -> Json:
    return _get(world, p, "short_description")


async def set_chat_menu_button(world: World, p: Parameters) -> bool:
    button = p.json("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: Unsupported type specified")
    world.menu_buttons[_menu_chat(world, p)] = button
    return True


async def get_chat_menu_button(world: World, p: Parameters) -> Json:
    chat_id = _menu_chat(world, p)
    usual = world.menu_buttons.get(0, {"type": "commands"})
    if not chat_id:
        return {"type": "commands"} if usual["type"] == "default" else usual
    return world.menu_buttons.get(chat_id, {"type": "default"})


async def set_my_default_administrator_rights(world: World, p: Parameters) -> bool:
    given = p.json("rights", "ChatAdministratorRights") or {}
    if not isinstance(given, dict):
        raise bad_request("can't parse ChatAdministratorRights: expected an Object")
    channel = p.flag("for_channels")
    world.default_rights[channel] = rights_of(Parameters(given, {}), channel=channel)
    return True


async def get_my_default_administrator_rights(world: World, p: Parameters) -> Json:
    channel = p.flag("for_channels")
    return world.default_rights.get(channel) or rights_of(Parameters({}, {}), channel=channel)


async def set_my_profile_photo(world: World, p: Parameters) -> bool:
    given = p.json("photo", "InputProfilePhoto")
    if not isinstance(given, dict) or given.get("type") not in ("static", "animated"):
        raise bad_request("can't parse InputProfilePhoto: Unsupported type specified")
    still = given["type"] == "static"
    part = Parameters(given, p.files)
    file_id = (
        kept_file(world, part, "photo", "photo") if still else kept_file(world, part, "video", "animation")
    )
    world.photos[world.bot["id"]] = [file_id, *world.photos.get(world.bot["id"], [])]
    return True


async def remove_my_profile_photo(world: World, p: Parameters) -> bool:
    world.photos[world.bot["id"]] = world.photos.get(world.bot["id"], [])[1:]
    return True


async def get_user_profile_photos(world: World, p: Parameters) -> Json:
    user_id = _user(world, p)
    offset, limit = max(p.number("offset"), 0), min(max(p.number("limit", 100), 1), 100)
    own = world.photos.get(user_id, [])
    shown = [media(world, "photo", one) for one in own[offset : offset + limit]]
    return {"total_count": len(own), "photos": shown}


async def get_user_profile_audios(world: World, p: Parameters) -> Json:
    _user(world, p)
    return {"total_count": 0, "audios": []}


def _user(world: World, p: Parameters) -> int:
    user_id = p.number("user_id")
    if not user_id:
        raise bad_request("invalid user_id specified")
    if user_id != world.bot["id"] and user_id not in world.persons and user_id not in world.crowd:
        raise bad_request("user not found")
    return user_id


def _menu_chat(world: World, p: Parameters) -> int:
    chat_id = p.number("chat_id")
    if chat_id and chat_id not in world.persons and chat_id not in world.crowd:
        raise bad_request("chat not found")
    return chat_id

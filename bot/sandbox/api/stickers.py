"""Sticker sets of the bot: making them, changing them, and looking them up."""

from __future__ import annotations

import re
import secrets

from bot.sandbox.api.addressing import chat_id_of
from bot.sandbox.api.files import described
from bot.sandbox.api.media import kept_file, media, uploaded
from bot.sandbox.api.probes import image_size
from bot.sandbox.api.rights import need_right
from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.records import Json
from bot.sandbox.requests import Parameters
from bot.sandbox.world import World

SIDE = 512
MOST_STICKERS = {"regular": 120, "mask": 120, "custom_emoji": 200}
FIRST_STICKERS = 50
MOST_EMOJI = 20
MOST_EMOJI_ASKED = 200
FORMATS = {"static": (False, False), "animated": (True, False), "video": (False, True)}
POINTS = ("forehead", "eyes", "mouth", "chin")


async def upload_sticker_file(world: World, p: Parameters) -> Json:
    _owner(world, p)
    return described(world, _kept(world, p, p.text("sticker_format")))


async def create_new_sticker_set(world: World, p: Parameters) -> bool:
    owner, name, title = _owner(world, p), p.text("name").strip(), p.text("title").strip()
    if not title:
        raise bad_request("sticker set title must be non-empty")
    ending = f"_by_{world.bot['username']}".lower()
    if not re.fullmatch(r"[A-Za-z](?!.*__)\w{0,63}", name, re.ASCII) or not name.lower().endswith(ending):
        raise bad_request("invalid sticker set name is specified")
    if name.lower() in world.sticker_sets:
        raise bad_request("sticker set name is already occupied")
    kind = p.text("sticker_type") or "regular"
    if kind not in MOST_STICKERS:
        raise bad_request("unsupported sticker type specified")
    given = p.json("stickers", "stickers")
    if not isinstance(given, list) or not 1 <= len(given) <= FIRST_STICKERS:
        raise bad_request("invalid number of stickers specified")
    stickers = [_sticker(world, p, one, name, kind) for one in given]
    found = {"name": name, "title": title, "sticker_type": kind, "owner": owner, "stickers": stickers}
    world.sticker_sets[name.lower()] = found
    return True


async def add_sticker_to_set(world: World, p: Parameters) -> bool:
    found = _own_set(world, p)
    if len(found["stickers"]) >= MOST_STICKERS[found["sticker_type"]]:
        raise ApiError(400, "Bad Request: STICKERS_TOO_MUCH")
    given = p.json("sticker", "sticker")
    found["stickers"].append(_sticker(world, p, given, found["name"], found["sticker_type"]))
    return True


async def replace_sticker_in_set(world: World, p: Parameters) -> bool:
    found = _own_set(world, p)
    if p.text("old_sticker") not in found["stickers"]:
        raise ApiError(400, "Bad Request: STICKER_INVALID")
    new = _sticker(world, p, p.json("sticker", "sticker"), found["name"], found["sticker_type"])
    found["stickers"][found["stickers"].index(p.text("old_sticker"))] = new
    return True


async def get_sticker_set(world: World, p: Parameters) -> Json:
    found = _set(world, p)
    shown: Json = {key: found[key] for key in ("name", "title", "sticker_type")}
    shown["stickers"] = [media(world, "sticker", one) for one in found["stickers"]]
    if found.get("thumbnail"):
        shown["thumbnail"] = _thumbnail(world, found["thumbnail"])
    return shown


async def get_custom_emoji_stickers(world: World, p: Parameters) -> list[Json]:
    wanted = p.json("custom_emoji_ids", "custom emoji identifiers")
    if not isinstance(wanted, list):
        raise bad_request("expected an Array of custom emoji identifiers")
    if len(wanted) > MOST_EMOJI_ASKED:
        raise bad_request("too many custom emoji identifiers specified")
    known = {file.facts.get("custom_emoji_id"): one for one, file in world.files.items()}
    found = [media(world, "sticker", known[one]) for one in map(str, wanted) if one in known]
    return [one for one in found if isinstance(one, dict)]


async def set_sticker_set_title(world: World, p: Parameters) -> bool:
    if not p.text("title").strip():
        raise bad_request("sticker set title must be non-empty")
    _own_set(world, p)["title"] = p.text("title").strip()
    return True


async def set_sticker_set_thumbnail(world: World, p: Parameters) -> bool:
    found = _own_set(world, p)
    if p.text("thumbnail") or "thumbnail" in p.files:
        found["thumbnail"] = _kept(world, p, p.text("format"), "thumbnail")
    else:
        found.pop("thumbnail", None)
    return True


async def set_custom_emoji_sticker_set_thumbnail(world: World, p: Parameters) -> bool:
    found, wanted = _own_set(world, p), p.text("custom_emoji_id")
    if found["sticker_type"] != "custom_emoji":
        raise ApiError(400, "Bad Request: STICKERSET_INVALID")
    ids = {world.files[one].facts["custom_emoji_id"]: one for one in found["stickers"]}
    if wanted and wanted not in ids:
        raise ApiError(400, "Bad Request: STICKER_INVALID")
    found["thumbnail"] = ids.get(wanted)
    return True


async def delete_sticker_set(world: World, p: Parameters) -> bool:
    del world.sticker_sets[_own_set(world, p)["name"].lower()]
    return True


async def set_sticker_position_in_set(world: World, p: Parameters) -> bool:
    found, file_id = _placed(world, p)
    place = p.number("position", -1)
    if not 0 <= place < len(found["stickers"]) + (len(found["stickers"]) == 1):
        raise bad_request("wrong sticker position specified")
    found["stickers"].remove(file_id)
    found["stickers"].insert(place, file_id)
    return True


async def delete_sticker_from_set(world: World, p: Parameters) -> bool:
    found, file_id = _placed(world, p)
    found["stickers"].remove(file_id)
    if not found["stickers"]:
        del world.sticker_sets[found["name"].lower()]
    return True


async def set_sticker_emoji_list(world: World, p: Parameters) -> bool:
    _, file_id = _placed(world, p)
    world.files[file_id].facts["emoji"] = _emoji(p)
    return True


async def set_sticker_keywords(world: World, p: Parameters) -> bool:
    _, file_id = _placed(world, p)
    world.files[file_id].facts["_keywords"] = p.json("keywords", "keywords") or []
    return True


async def set_sticker_mask_position(world: World, p: Parameters) -> bool:
    found, file_id = _placed(world, p)
    if found["sticker_type"] != "mask":
        raise ApiError(400, "Bad Request: STICKER_MASK_COORDS_NOT_SUPPORTED")
    world.files[file_id].facts.pop("mask_position", None)
    world.files[file_id].facts.update(_mask(p))
    return True


async def set_chat_sticker_set(world: World, p: Parameters) -> bool:
    chat = world.chats.get(chat_id_of(world, p))
    if chat is None or chat.type != "supergroup":
        raise bad_request("method is available only for supergroups")
    need_right(chat, "can_change_info", "not enough rights to change supergroup sticker set")
    chat.settings["sticker_set_name"] = _set(world, p, "sticker_set_name")["name"]
    return True


async def delete_chat_sticker_set(world: World, p: Parameters) -> bool:
    chat = world.chats.get(chat_id_of(world, p))
    if chat is None or chat.type != "supergroup":
        raise bad_request("method is available only for supergroups")
    need_right(chat, "can_change_info", "not enough rights to change supergroup sticker set")
    chat.settings.pop("sticker_set_name", None)
    return True


def _owner(world: World, p: Parameters) -> int:
    user_id = p.number("user_id")
    if not user_id:
        raise bad_request("invalid user_id specified")
    if user_id not in world.persons:
        raise bad_request("user not found")
    return user_id


def _set(world: World, p: Parameters, key: str = "name") -> Json:
    found = world.sticker_sets.get(p.text(key).lower())
    if found is None:
        raise ApiError(400, "Bad Request: STICKERSET_INVALID")
    return found


def _own_set(world: World, p: Parameters) -> Json:
    """A set that the bot made; all the sandbox's are."""
    return _set(world, p)


def _placed(world: World, p: Parameters) -> tuple[Json, str]:
    """The set in which a call's sticker stands, and the sticker's file_id."""
    file_id = p.text("sticker")
    for found in world.sticker_sets.values():
        if file_id in found["stickers"]:
            return found, file_id
    raise ApiError(400, "Bad Request: STICKER_INVALID")


def _sticker(world: World, p: Parameters, given: object, name: str, kind: str) -> str:
    """The file_id of an InputSticker in the set ``name``."""
    if not isinstance(given, dict):
        raise bad_request("can't parse InputSticker: expected an Object")
    part = Parameters(given, p.files)
    file_id = _kept(world, part, part.text("format"))
    facts = {**world.files[file_id].facts, "type": kind, "set_name": name, "emoji": _emoji(part)}
    if kind == "mask":
        facts |= _mask(part)
    if kind == "custom_emoji":
        facts["custom_emoji_id"] = str(secrets.randbelow(1 << 62) + (1 << 61))
    if given.get("keywords"):
        facts["_keywords"] = given["keywords"]
    stored = world.files[file_id]
    world.files[file_id] = type(stored)(stored.name, stored.mime, stored.content, "sticker", facts)
    return file_id


def _kept(world: World, p: Parameters, form: str, key: str = "sticker") -> str:
    """An uploaded or known file that has the form of a sticker."""
    if form not in FORMATS:
        raise bad_request("invalid sticker format specified")
    upload, _ = uploaded(p, key)
    file_id = kept_file(world, p, "sticker", key)
    facts = world.files[file_id].facts
    if (facts.get("is_animated", False), facts.get("is_video", False)) != FORMATS[form]:
        raise ApiError(400, "Bad Request: STICKER_FILE_INVALID")
    if form == "static" and upload is not None and key == "sticker":
        size = image_size(upload.content)
        if size is None or max(size) > SIDE:
            raise ApiError(400, "Bad Request: STICKER_PNG_DIMENSIONS")
    return file_id


def _emoji(p: Parameters) -> str:
    """The first of a sticker's emoji, by which Telegram shows it."""
    emoji = p.json("emoji_list", "emoji list")
    if not isinstance(emoji, list) or not 1 <= len(emoji) <= MOST_EMOJI or not emoji[0]:
        raise ApiError(400, "Bad Request: STICKER_EMOJI_INVALID")
    return str(emoji[0])


def _mask(p: Parameters) -> Json:
    given = p.json("mask_position", "mask position")
    if given is None:
        return {}
    if not isinstance(given, dict) or given.get("point") not in POINTS:
        raise bad_request("can't parse mask position: wrong point specified")
    part = Parameters(given, {})
    numbers = {key: part.real(key) for key in ("x_shift", "y_shift", "scale")}
    return {"mask_position": {"point": given["point"], **numbers}}


def _thumbnail(world: World, file_id: str) -> Json:
    document = world.document(file_id)
    facts = world.files[file_id].facts
    kept = {key: document[key] for key in ("file_id", "file_unique_id", "file_size")}
    return {**kept, "width": facts.get("width", SIDE), "height": facts.get("height", SIDE)}

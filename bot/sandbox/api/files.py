"""Files: sending them one by one, in albums or for stars, and fetching what was sent."""

from __future__ import annotations

from bot.sandbox.api.addressing import chat_id_of
from bot.sandbox.api.fetching import fetched
from bot.sandbox.api.keyboards import reply_markup
from bot.sandbox.api.media import FOLDERS, kept_file, media
from bot.sandbox.api.sending import caption_of, deliver, with_caption
from bot.sandbox.problems import bad_request
from bot.sandbox.records import Json
from bot.sandbox.requests import Parameters
from bot.sandbox.world import World

DOWNLOAD_LIMIT = 20 << 20
ALBUM = {"photo", "video", "document", "audio", "live_photo"}
UNMIXED = {"document", "audio"}  # TDLib: only among themselves
MOST_STARS = 25_000


async def send_document(world: World, p: Parameters) -> Json:
    return await _send(world, p, "document", "sendDocument")


async def send_photo(world: World, p: Parameters) -> Json:
    return await _send(world, p, "photo", "sendPhoto")


async def send_audio(world: World, p: Parameters) -> Json:
    return await _send(world, p, "audio", "sendAudio")


async def send_video(world: World, p: Parameters) -> Json:
    return await _send(world, p, "video", "sendVideo")


async def send_animation(world: World, p: Parameters) -> Json:
    return await _send(world, p, "animation", "sendAnimation")


async def send_voice(world: World, p: Parameters) -> Json:
    return await _send(world, p, "voice", "sendVoice")


async def send_video_note(world: World, p: Parameters) -> Json:
    return await _send(world, p, "video_note", "sendVideoNote")


async def send_live_photo(world: World, p: Parameters) -> Json:
    return await _send(world, p, "live_photo", "sendLivePhoto")


async def send_sticker(world: World, p: Parameters) -> Json:
    return await _send(world, p, "sticker", "sendSticker")


async def _send(world: World, p: Parameters, kind: str, method: str) -> Json:
    p = await fetched(p)
    content, words = content_of(world, p, kind)
    content = content if kind in ("sticker", "video_note") else with_caption(world, content, *caption_of(p))
    markup = reply_markup(p)
    chat_id = chat_id_of(world, p)
    return deliver(world, p, method, chat_id, content, markup, str(content.get("caption") or words))


def content_of(world: World, p: Parameters, kind: str, key: str = "") -> tuple[Json, str]:
    """The part of a Message that shows a call's file, without a caption, and the file's name."""
    file_id = kept_file(world, p, kind, key)
    shown = media(world, kind, file_id)
    content: Json = {kind: shown}
    if kind == "animation":  # for the sake of old bots it is a document too
        content["document"] = media(world, "document", file_id)
    if kind == "live_photo" and isinstance(shown, dict) and (p.text("photo") or "photo" in p.files):
        shown["photo"] = media(world, "photo", kept_file(world, p, "photo"))
    if kind == "video" and isinstance(shown, dict) and (p.text("cover") or "cover" in p.files):
        shown["cover"] = media(world, "photo", kept_file(world, p, "photo", "cover"))
    if kind in ("photo", "video", "animation", "live_photo"):
        marks = {"has_media_spoiler": "has_spoiler", "show_caption_above_media": "show_caption_above_media"}
        content |= {name: True for name, given in marks.items() if p.flag(given)}
    return content, world.files[file_id].name


async def send_media_group(world: World, p: Parameters) -> list[Json]:
    p = await fetched(p)
    wanted = p.json("media", "media")
    if not isinstance(wanted, list) or not 2 <= len(wanted) <= 10:
        raise bad_request("media group must include 2-10 items")
    kinds = {str(one.get("type")) if isinstance(one, dict) else "" for one in wanted}
    if not kinds <= ALBUM or (kinds & UNMIXED and len(kinds) > 1):
        raise bad_request("can't use the media of the specified type in the album")
    chat_id = chat_id_of(world, p)
    parts = [input_media(world, p, one) for one in wanted]
    group = {"media_group_id": str(world.next_media_group())}
    return [deliver(world, p, "sendMediaGroup", chat_id, part | group, None, name) for part, name in parts]


def input_media(world: World, p: Parameters, given: Json) -> tuple[Json, str]:
    """The part of a Message that an InputMedia object stands for, with its caption, and the file's name."""
    part = Parameters(given, p.files)
    content, name = content_of(world, part, str(given.get("type")), "media")
    return with_caption(world, content, *caption_of(part)), name


async def send_paid_media(world: World, p: Parameters) -> Json:
    p = await fetched(p)
    wanted = p.json("media", "media")
    if not isinstance(wanted, list) or not 1 <= len(wanted) <= 10:
        raise bad_request("wrong number of paid media specified")
    stars = p.number("star_count")
    if not 1 <= stars <= MOST_STARS:
        raise bad_request("invalid star count specified")
    caption = caption_of(p)
    markup = reply_markup(p)
    chat_id = chat_id_of(world, p)
    shown = []
    for one in wanted:
        kind = str(one.get("type")) if isinstance(one, dict) else ""
        if kind not in ("photo", "video", "live_photo"):
            raise bad_request("can't parse InputPaidMedia: Unsupported type specified")
        shown.append(
            {"type": kind, kind: content_of(world, Parameters(one, p.files), kind, "media")[0][kind]}
        )
    content: Json = {"paid_media": {"star_count": stars, "paid_media": shown}}
    if p.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    content = with_caption(world, content, *caption)
    return deliver(world, p, "sendPaidMedia", chat_id, content, markup, str(content.get("caption", "")))


async def get_file(world: World, p: Parameters) -> Json:
    file_id = p.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    if file_id not in world.files:
        raise bad_request("invalid file_id")
    file = world.files[file_id]
    if len(file.content) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return described(world, file_id)


def described(world: World, file_id: str) -> Json:
    """The Bot API's File."""
    file = world.files[file_id]
    return {
        "file_id": file_id,
        "file_unique_id": file_id[4:16],
        "file_size": len(file.content),
        "file_path": f"{FOLDERS.get(file.kind, 'documents')}/{file_id}",
    }

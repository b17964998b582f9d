"""Files: sending documents, photos and albums, and fetching what was sent."""

from __future__ import annotations

import struct

from bot.sandbox.api.addressing import chat_id_of
from bot.sandbox.api.keyboards import reply_markup
from bot.sandbox.api.sending import caption_of, deliver, with_caption
from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.records import Json, StoredFile
from bot.sandbox.requests import Parameters
from bot.sandbox.world import World

DOWNLOAD_LIMIT = 20 << 20
UPLOAD_LIMIT = 50 << 20
PHOTO_LIMIT = 10 << 20


async def send_document(world: World, p: Parameters) -> Json:
    return _send(world, p, "document", "sendDocument")


async def send_photo(world: World, p: Parameters) -> Json:
    return _send(world, p, "photo", "sendPhoto")


def _send(world: World, p: Parameters, kind: str, method: str) -> Json:
    file_id = _file_id(world, p, kind)
    caption, entities = caption_of(p)
    markup = reply_markup(p)
    chat_id = chat_id_of(world, p)
    content: Json = {kind: media(world, kind, file_id)}
    words = caption or world.files[file_id].name
    return deliver(world, p, method, chat_id, with_caption(world, content, caption, entities), markup, words)


def _file_id(world: World, p: Parameters, kind: str) -> str:
    """The file of a call: an upload is stored, a file_id must be known."""
    upload = p.files.get(kind)
    reference = p.text(kind)
    if upload is None and reference.startswith("attach://"):
        upload = p.files.get(reference.removeprefix("attach://"))
    if upload is None:
        if not reference:
            raise bad_request(f"there is no {kind} in the request")
        if reference.startswith(("http://", "https://")):
            raise ApiError(501, "Not Implemented: the sandbox does not fetch files from other servers")
        if reference not in world.files:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return reference
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > (PHOTO_LIMIT if kind == "photo" else UPLOAD_LIMIT):
        raise ApiError(413, "Request Entity Too Large")
    if kind == "photo" and _size(upload.content) is None:
        raise ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED")
    return world.store_file(StoredFile(upload.name, upload.mime, upload.content))


def media(world: World, kind: str, file_id: str) -> Json | list[Json]:
    """The Bot API's Document, or the PhotoSize in a list, of a stored file."""
    document = world.document(file_id)
    if kind == "document":
        return document
    size = _size(world.files[file_id].content)
    if size is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    kept = {key: document[key] for key in ("file_id", "file_unique_id", "file_size")}
    return [{**kept, "width": size[0], "height": size[1]}]


def _size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG in pixels; None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    at = 2 if content.startswith(b"\xff\xd8") else len(content)
    while at + 9 <= len(content) and content[at] == 0xFF:
        if content[at + 1] in (0xC0, 0xC1, 0xC2):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return None


async def send_media_group(world: World, p: Parameters) -> list[Json]:
    wanted = p.json("media", "media")
    if not isinstance(wanted, list) or not 2 <= len(wanted) <= 10:
        raise bad_request("media group must include 2-10 items")
    kinds = {str(one.get("type")) if isinstance(one, dict) else "" for one in wanted}
    if not kinds <= {"photo", "document"}:
        raise ApiError(501, "Not Implemented: the sandbox sends albums of photos or documents only")
    if len(kinds) > 1:
        raise bad_request("can't use the media of the specified type in the album")
    chat_id = chat_id_of(world, p)
    parts = []
    for one in wanted:
        part = Parameters({**one, kinds.copy().pop(): one.get("media")}, p.files)
        file_id = _file_id(world, part, one["type"])
        content: Json = {one["type"]: media(world, one["type"], file_id)}
        parts.append((with_caption(world, content, *caption_of(part)), world.files[file_id].name))
    group = {"media_group_id": str(world.next_media_group())}
    return [deliver(world, p, "sendMediaGroup", chat_id, part | group, None, name) for part, name in parts]


async def get_file(world: World, p: Parameters) -> Json:
    file_id = p.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    if file_id not in world.files:
        raise bad_request("invalid file_id")
    file = world.files[file_id]
    if len(file.content) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": file_id,
        "file_unique_id": file_id[4:16],
        "file_size": len(file.content),
        "file_path": f"documents/{file_id}",
    }

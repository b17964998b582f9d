"""The kinds of media: what may be uploaded as which, and the Bot API's object of a stored file."""

from __future__ import annotations

import mimetypes

from bot.sandbox.api.probes import image_size, video_facts
from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.records import Json, StoredFile
from bot.sandbox.requests import Parameters, Upload
from bot.sandbox.world import World

UPLOAD_LIMIT = 50 << 20
PHOTO_LIMIT = 10 << 20
MIME = {
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "animation": "video/mp4",
    "voice": "audio/ogg",
    "video_note": "video/mp4",
    "live_photo": "video/mp4",
}
FOLDERS = {
    "photo": "photos",
    "video": "videos",
    "audio": "music",
    "animation": "animations",
    "voice": "voice",
    "video_note": "video_notes",
    "sticker": "stickers",
    "live_photo": "videos",
}
NAMED = ("document", "audio", "video", "animation")
NUMBERS = ("duration", "width", "height", "length", "start_timestamp")
STICKER_SIDE = 512


def kept_file(world: World, p: Parameters, kind: str, key: str = "") -> str:
    """The file_id of a call's file: an upload is stored, a file_id must be known and of the same kind.

    ``key`` is the parameter that holds it (the kind itself by default). Raises ``ApiError``.
    """
    key = key or kind
    upload, reference = uploaded(p, key)
    if upload is None:
        if not reference:
            raise bad_request(f"there is no {kind.replace('_', ' ')} in the request")
        return _known(world, kind, reference)
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > (PHOTO_LIMIT if kind == "photo" else UPLOAD_LIMIT):
        raise ApiError(413, "Request Entity Too Large")
    if kind == "photo" and image_size(upload.content) is None:
        raise ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED")
    facts = _facts(world, p, kind, upload)
    return world.store_file(StoredFile(upload.name, _mime(kind, upload), upload.content, kind, facts))


def uploaded(p: Parameters, key: str) -> tuple[Upload | None, str]:
    """The upload under ``key``, itself or by attach://, and the text that stands there."""
    reference = p.text(key)
    if key in p.files:
        return p.files[key], reference
    name = reference.removeprefix("attach://")
    return (p.files.get(name) if name != reference else None), reference


def _known(world: World, kind: str, reference: str) -> str:
    if reference.startswith(("http://", "https://")):
        raise ApiError(501, "Not Implemented: the sandbox does not fetch files from other servers")
    if reference not in world.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    stored = world.files[reference]
    fits = kind in ("document", stored.kind) or (kind, stored.kind) == ("live_photo", "video")
    if not fits and not (kind == "photo" and image_size(stored.content) is not None):
        names = (stored.kind.replace("_", " ").title().replace(" ", ""), kind.replace("_", " ").title())
        raise bad_request(f"can't use file of type {names[0]} as {names[1].replace(' ', '')}")
    return reference


def _mime(kind: str, upload: Upload) -> str:
    if kind == "document" or (upload.mime and upload.mime != "application/octet-stream"):
        return upload.mime
    return mimetypes.guess_type(upload.name)[0] or MIME.get(kind, upload.mime)


def _facts(world: World, p: Parameters, kind: str, upload: Upload) -> Json:
    """The fields that this kind of media has beside its file."""
    given = {key: p.number(key) for key in NUMBERS if p.text(key)}
    facts: Json = {}
    size = image_size(upload.content)
    if kind in ("video", "animation", "live_photo"):
        own = {"width": size[0], "height": size[1]} if size else video_facts(upload.content)
        facts = {"width": 0, "height": 0, "duration": 0} | own
        facts |= {
            key: given[key] for key in ("width", "height", "duration", "start_timestamp") if given.get(key)
        }
    elif kind == "video_note":
        own = video_facts(upload.content)
        facts = {"length": given.get("length") or own.get("width", 240)}
        facts["duration"] = given.get("duration") or own.get("duration", 0)
    elif kind in ("audio", "voice"):
        facts = {"duration": given.get("duration", 0)}
        facts |= {key: p.text(key) for key in ("performer", "title") if kind == "audio" and p.text(key)}
    elif kind == "sticker":
        facts = sticker_facts(upload) | ({"emoji": p.text("emoji")} if p.text("emoji") else {})
    elif kind == "photo" and size:
        facts = {"width": size[0], "height": size[1]}
    return facts | _thumbnail(world, p)


def sticker_facts(upload: Upload) -> Json:
    """Size and kind of a sticker: animated ones are TGS (gzip), video ones WebM."""
    width, height = image_size(upload.content) or (STICKER_SIDE, STICKER_SIDE)
    animated, video = upload.content[:2] == b"\x1f\x8b", upload.content[:4] == b"\x1aE\xdf\xa3"
    return {
        "type": "regular",
        "width": width,
        "height": height,
        "is_animated": animated,
        "is_video": video,
    }


def _thumbnail(world: World, p: Parameters) -> Json:
    upload, _ = uploaded(p, "thumbnail")
    if upload is None or image_size(upload.content) is None:
        return {}
    file_id = world.store_file(StoredFile(upload.name, "image/jpeg", upload.content, "photo"))
    return {"thumbnail": photo_size(world, file_id)}


def photo_size(world: World, file_id: str) -> Json:
    """The Bot API's PhotoSize of a stored picture. Raises ``ApiError`` for what is none."""
    size = image_size(world.files[file_id].content)
    if size is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    document = world.document(file_id)
    kept = {key: document[key] for key in ("file_id", "file_unique_id", "file_size")}
    return {**kept, "width": size[0], "height": size[1]}


def media(world: World, kind: str, file_id: str) -> Json | list[Json]:
    """The Bot API's object of a stored file as ``kind``; for a photo its sizes in a list."""
    if kind == "photo":
        return [photo_size(world, file_id)]
    document, stored = world.document(file_id), world.files[file_id]
    shown: Json = {key: document[key] for key in ("file_id", "file_unique_id", "file_size")}
    if kind in NAMED:
        shown["file_name"] = stored.name
    if kind != "sticker" and kind != "video_note":
        shown["mime_type"] = stored.mime
    own = stored.kind == kind or kind == "live_photo"
    return shown | (stored.facts if own else {k: v for k, v in stored.facts.items() if k == "thumbnail"})

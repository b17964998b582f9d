"""The kinds of media: what may be uploaded as which, and the Bot API's object of a stored file."""

from __future__ import annotations

import mimetypes
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from bot.sandbox.api.pictures import sizes, thumbnail
from bot.sandbox.api.probes import audio_seconds, image_size, video_facts
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
LISTED = (".jpg", ".jpeg", ".gif", ".png", ".tif")  # in Telegram's words, which end with "or .bmp"
PICTURES = {f"image/{kind}" for kind in ("jpeg", "gif", "png", "tiff", "bmp", "x-ms-bmp", "webp")}


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
    if kind == "photo":
        return _kept_photo(world, upload)
    facts = _facts(world, p, kind, upload)
    return world.store_file(StoredFile(upload.name, _mime(kind, upload), upload.content, kind, facts))


def _kept_photo(world: World, upload: Upload) -> str:
    """A photo is kept in several sizes; the file_id of the largest."""
    if image_size(upload.content) is None:
        guessed = mimetypes.guess_type(upload.name)[0]
        if guessed and guessed not in PICTURES:
            raise bad_request(f"photo has unsupported extension. Use one of {', '.join(LISTED)} or .bmp")
        raise ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED")
    all_sizes: list[str] = []
    for content in sizes(upload.content):
        mime = upload.mime if content is upload.content else "image/jpeg"
        file = StoredFile(upload.name, mime, content, "photo", {"_sizes": all_sizes})
        all_sizes.append(world.store_file(file))
    return all_sizes[-1]


def uploaded(p: Parameters, key: str) -> tuple[Upload | None, str]:
    """The upload under ``key``, itself or by attach://, and the text that stands there."""
    reference = p.text(key)
    if key in p.files:
        return p.files[key], reference
    name = reference.removeprefix("attach://")
    return (p.files.get(name) if name != reference else None), reference


def _known(world: World, kind: str, reference: str) -> str:
    if reference not in world.files:
        trouble = _unreadable(reference)
        raise bad_request(
            f"wrong remote file identifier specified: {trouble}"
            if trouble
            else "wrong file identifier/HTTP URL specified"
        )
    stored = world.files[reference]
    fits = kind in ("document", stored.kind) or (kind, stored.kind) == ("live_photo", "video")
    if not fits and not (kind == "photo" and image_size(stored.content) is not None):
        names = (stored.kind.replace("_", " ").title().replace(" ", ""), kind.replace("_", " ").title())
        raise bad_request(f"can't use file of type {names[0]} as {names[1].replace(' ', '')}")
    return reference


def _unreadable(reference: str) -> str:
    """Why TDLib cannot read a file_id, in its words; "" for one that is only not known."""
    bare = reference.rstrip("=")
    padding = len(reference) - len(bare)
    if padding >= 3 or (padding and len(reference) % 4):
        return "Wrong string padding"
    if len(bare) % 4 == 1:
        return "Wrong string length"
    if not re.fullmatch(r"[A-Za-z0-9_-]*", bare):
        return "Wrong character in the string"
    decoded = urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    if urlsafe_b64encode(decoded).decode().rstrip("=") != bare:
        return "Wrong padding in the string"
    return "" if decoded[-1:] in (b"\x02", b"\x03", b"\x04") else "can't unserialize it. Wrong last symbol"


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
        facts = {"duration": given.get("duration") or audio_seconds(upload.content)}
        facts |= {key: p.text(key) for key in ("performer", "title") if kind == "audio" and p.text(key)}
    elif kind == "sticker":
        facts = sticker_facts(upload) | ({"emoji": p.text("emoji")} if p.text("emoji") else {})
    return facts | _thumbnail(world, p, upload, kind)


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


def _thumbnail(world: World, p: Parameters, upload: Upload, kind: str) -> Json:
    """A thumbnail of the picture itself where the server can make one, otherwise the one that came along."""
    made = thumbnail(upload.content) if kind in ("document", "sticker", "animation") else None
    given, _ = uploaded(p, "thumbnail")
    name, content = ("thumbnail.jpg", made) if made else (given.name, given.content) if given else ("", b"")
    if not content or image_size(content) is None:
        return {}
    return {
        "thumbnail": photo_size(world, world.store_file(StoredFile(name, "image/jpeg", content, "photo")))
    }


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
        return [photo_size(world, one) for one in world.files[file_id].facts.get("_sizes", [file_id])]
    document, stored = world.document(file_id), world.files[file_id]
    shown: Json = {key: document[key] for key in ("file_id", "file_unique_id", "file_size")}
    if kind in NAMED:
        shown["file_name"] = stored.name
    if kind != "sticker" and kind != "video_note":
        shown["mime_type"] = stored.mime
    own = stored.kind == kind or kind == "live_photo"
    kept = {k: v for k, v in stored.facts.items() if not k.startswith("_") and (own or k == "thumbnail")}
    return shown | kept

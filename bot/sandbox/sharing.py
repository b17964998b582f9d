"""What persons share beside text: pictures and files, alone or as an album, their number, a place."""

from __future__ import annotations

from bot.sandbox.api.media import media
from bot.sandbox.api.probes import image_size
from bot.sandbox.records import Json, StoredFile
from bot.sandbox.text.automatic import automatic
from bot.sandbox.world import World

MOST_IN_ALBUM = 10
HERE = {"latitude": 41.0082, "longitude": 28.9784}  # everybody of the sandbox is in Istanbul
File = tuple[str, str, bytes]


def share_files(
    world: World,
    person_id: int,
    chat_id: int,
    files: list[File],
    caption: str = "",
    *,
    as_files: bool = False,
) -> list[Json]:
    """A person sends files (name, MIME type, content); pictures as photos unless ``as_files``.

    Two to ten become an album, whose first message has the caption. Raises ``LookupError``, ``ValueError``.
    """
    if not files:
        raise ValueError("The upload holds no file.")
    if len(files) > MOST_IN_ALBUM:
        raise ValueError("An album holds at most 10 files.")
    as_photos = not as_files and all(_is_picture(file) for file in files)
    album = {"media_group_id": str(world.next_media_group())} if len(files) > 1 else {}
    sent = []
    for number, (name, mime, content) in enumerate(files):
        kind = "photo" if as_photos else "document"
        file_id = world.store_file(StoredFile(name, mime, content, kind))
        shown = {kind: media(world, kind, file_id), **album}
        sent.append(world.person_sends(person_id, chat_id, shown | _caption(caption if number == 0 else "")))
    return sent


def share_contact(world: World, person_id: int, chat_id: int) -> Json:
    """A person shares their own number, as a reply keyboard's button asks."""
    user = world.persons[person_id].user()
    names: Json = {key: user[key] for key in ("first_name", "last_name") if key in user}
    contact: Json = {"phone_number": f"+90555{person_id % 10**7:07}", **names, "user_id": person_id}
    return world.person_sends(person_id, chat_id, {"contact": contact})


def share_location(world: World, person_id: int, chat_id: int) -> Json:
    """A person shares where they are."""
    return world.person_sends(person_id, chat_id, {"location": {**HERE}})


def _is_picture(file: File) -> bool:
    return file[1].startswith("image/") and image_size(file[2]) is not None


def _caption(caption: str) -> Json:
    if not caption:
        return {}
    shown: Json = {"caption": caption}
    if entities := automatic(caption, []):
        shown["caption_entities"] = entities
    return shown

"""What people do on the chat page: each act a POST that the world turns into Telegram's update."""

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web

from bot.sandbox import inline, page_view, polls, sharing

if TYPE_CHECKING:
    from bot.sandbox.world import World

UPLOAD_LIMIT = 50 * 1024 * 1024

Json = dict[str, Any]
Act = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Acts:
    """The handlers of what people do, over one world. They raise ``LookupError`` and ``ValueError``."""

    def __init__(self, world: "World") -> None:
        self.world = world

    def all(self) -> dict[str, Act]:
        """Every act by the last part of its path."""
        acts = (self.send, self.sticker, self.upload, self.share, self.tap, self.vote, self.ask, self.choose)
        more = (self.forward, self.edit, self.delete, self.react, self.pin)
        places = (self.block, self.group, self.membership)
        return {act.__name__: act for act in (*acts, *more, *places)}

    async def send(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        text = words(body, "There is no text to send.")
        reply_to = number(body, "reply_to") if body.get("reply_to") else None
        message = self.world.person_text(self._person(body), number(body, "chat_id"), text, reply_to)
        return web.json_response({"message": message})

    async def sticker(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        emoji = str(body.get("emoji") or "🙂")[:8]
        message = self.world.person_sticker(self._person(body), number(body, "chat_id"), emoji)
        return web.json_response({"message": message})

    async def upload(self, request: web.Request) -> web.StreamResponse:
        if not request.content_type.startswith("multipart/"):
            raise ValueError("A file is uploaded as multipart/form-data.")
        fields, files = await read_form(request)
        person, chat = self._person(fields), number(fields, "chat_id")
        as_files, caption = bool(fields.get("as_files")), fields.get("caption", "")
        sent = sharing.share_files(self.world, person, chat, files, caption, as_files=as_files)
        return web.json_response({"messages": sent})

    async def share(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        share = {"contact": sharing.share_contact, "location": sharing.share_location}.get(
            str(body.get("what"))
        )
        if share is None:
            raise ValueError("A person shares a contact or a location.")
        return web.json_response({"message": share(self.world, self._person(body), number(body, "chat_id"))})

    async def tap(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        query_id = self.world.person_tap(
            self._person(body), number(body, "chat_id"), number(body, "message_id"), str(body.get("data", ""))
        )
        return web.json_response({"callback_query_id": str(query_id)})

    async def vote(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        options = body.get("options")
        if not isinstance(options, list) or not all(isinstance(one, int) for one in options):
            raise ValueError("options must be a list of whole numbers.")
        return web.json_response({"poll": polls.vote(self.world, *self._message(body), options)})

    async def ask(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        query, offset = str(body.get("query") or ""), str(body.get("offset") or "")
        query_id = inline.ask(self.world, self._person(body), number(body, "chat_id"), query, offset)
        return web.json_response({"inline_query_id": query_id})

    async def choose(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        query_id, result_id = str(body.get("inline_query_id")), str(body.get("result_id"))
        if query_id not in self.world.inline_queries:
            raise LookupError("There is no such query.")
        return web.json_response({"message": inline.choose(self.world, query_id, result_id)})

    async def forward(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        from_chat, message_id = number(body, "from_chat_id"), number(body, "message_id")
        person, chat = self._person(body), number(body, "chat_id")
        self._found(from_chat, message_id)
        message = self.world.person_forward(person, chat, from_chat, message_id)
        return web.json_response({"message": message})

    async def edit(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        text = words(body, "There is no text to put in its place.")
        return web.json_response({"message": self.world.person_edit(*self._message(body), text)})

    async def delete(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        self.world.person_delete(*self._message(body))
        return web.json_response({"deleted": number(body, "message_id")})

    async def react(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        self.world.person_react(*self._message(body), str(body.get("emoji") or "")[:8])
        return web.json_response({"ok": True})

    async def pin(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        self.world.person_pin(*self._message(body), bool(body.get("pinned", True)))
        return web.json_response({"ok": True})

    async def group(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        kind = str(body.get("kind") or "supergroup")
        chat = self.world.person_group(self._person(body), str(body.get("title") or ""), kind)
        return web.json_response({"chat_id": chat.id})

    async def membership(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        self.world.set_bot_status(self._person(body), number(body, "chat_id"), str(body.get("status", "")))
        return web.json_response({"status": body["status"]})

    async def block(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        person = self._person(body)
        (self.world.block if body.get("blocked", True) else self.world.unblock)(person)
        return web.json_response({"blocked": page_view.is_blocked(self.world, person)})

    def _message(self, body: Json) -> tuple[int, int, int]:
        """Person, chat and message of a request. Raises ``LookupError`` for a message that is not there."""
        person, chat, message = self._person(body), number(body, "chat_id"), number(body, "message_id")
        self._found(chat, message)
        return person, chat, message

    def _found(self, chat: int, message: int) -> None:
        if chat not in self.world.chats or message not in self.world.chats[chat].messages:
            raise LookupError("There is no such message.")

    def _person(self, body: Json) -> int:
        person = number(body, "person_id")
        if person not in self.world.persons:
            raise ValueError("There is no such person in this sandbox.")
        return person


def words(body: Json, missing: str) -> str:
    """The ``text`` of a request; ValueError with the sentence ``missing`` without one."""
    text = body.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError(missing)
    return text


def number(body: Json, key: str) -> int:
    """The whole number under ``key``; ValueError with one sentence otherwise."""
    try:
        return int(body[key])
    except (KeyError, TypeError, ValueError):
        raise ValueError(f"{key} must be a whole number.") from None


async def read_json(request: web.Request) -> Json:
    """The JSON object of a request. A foreign site's form cannot send this content type."""
    if request.content_type != "application/json":
        raise ValueError("Send a JSON object with Content-Type: application/json.")
    try:
        body = await request.json()
    except json.JSONDecodeError:
        raise ValueError("The body is not JSON.") from None
    if not isinstance(body, dict):
        raise ValueError("The body must be a JSON object.")
    return body


async def read_form(request: web.Request) -> tuple[dict[str, str], list[sharing.File]]:
    """Fields and files (name, MIME type, content) of a multipart upload."""
    fields: dict[str, str] = {}
    files = []
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader) and part.filename is not None:
            name = part.filename.replace("\\", "/").rsplit("/", 1)[-1] or "file"
            mime = part.headers.get("Content-Type", "application/octet-stream")
            files.append((name, mime, await read_part(part)))
        elif isinstance(part, BodyPartReader) and part.name is not None:
            fields[part.name] = await part.text()
    return fields, files


async def read_part(part: BodyPartReader) -> bytes:
    """The content of a file part, refused when it grows beyond UPLOAD_LIMIT bytes."""
    content = bytearray()
    while chunk := await part.read_chunk(256 * 1024):
        content += chunk
        if len(content) > UPLOAD_LIMIT:
            raise ValueError("The file is larger than 50 MB.")
    return bytes(content)

"""The chat page: its files, its snapshot, its stream of events, and what its people do."""

import json
import secrets
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import BodyPartReader, web

from bot.sandbox import page_view
from bot.sandbox.page_guard import PAGE_HEADERS, guarded
from bot.sandbox.page_stream import Streams

if TYPE_CHECKING:
    from bot.sandbox.world import World

STATIC = Path(__file__).parent / "static"
MORNING = time(9, 30)
UPLOAD_LIMIT = 50 * 1024 * 1024
LONGEST_STEP = 366 * 86400.0
SHOWN_IN_BROWSER = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp"})

Json = dict[str, Any]


def add_routes(app: web.Application, world: "World") -> None:
    """Add the chat page of ``world`` to ``app``; the page is for this machine's browser alone."""
    page = Page(world)
    app.on_shutdown.append(page.streams.close)
    add = app.router.add_route
    add("GET", "/", guarded(page.index))
    add("GET", "/static/{path:.+}", guarded(page.static))
    add("GET", "/sandbox/state", guarded(page.state))
    add("GET", "/sandbox/events", guarded(page.streams.handle))
    add("GET", "/sandbox/file/{file_id}", guarded(page.file))
    add("POST", "/sandbox/send", guarded(page.send))
    add("POST", "/sandbox/sticker", guarded(page.sticker))
    add("POST", "/sandbox/upload", guarded(page.upload))
    add("POST", "/sandbox/tap", guarded(page.tap))
    add("POST", "/sandbox/forward", guarded(page.forward))
    add("POST", "/sandbox/edit", guarded(page.edit))
    add("POST", "/sandbox/delete", guarded(page.delete))
    add("POST", "/sandbox/react", guarded(page.react))
    add("POST", "/sandbox/block", guarded(page.block))
    add("POST", "/sandbox/group", guarded(page.group))
    add("POST", "/sandbox/membership", guarded(page.membership))
    add("POST", "/sandbox/clock", guarded(page.clock))
    add("POST", "/sandbox/control/{id}", guarded(page.control))


class Page:
    """The handlers of the chat page over one world."""

    def __init__(self, world: "World") -> None:
        self.world = world
        # A new session tells an open page that a fresh world stands behind the old address.
        self.session = secrets.token_hex(6)
        self.streams = Streams(world)

    async def index(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(STATIC / "index.html", headers=PAGE_HEADERS)

    async def static(self, request: web.Request) -> web.StreamResponse:
        path = (STATIC / request.match_info["path"]).resolve()
        if not path.is_relative_to(STATIC) or not path.is_file():
            return web.json_response({"error": "There is no such file."}, status=404)
        return web.FileResponse(path, headers=PAGE_HEADERS)

    async def state(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(
            page_view.snapshot(self.world, self.session), headers={"Cache-Control": "no-store"}
        )

    async def send(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        text = body.get("text")
        if not isinstance(text, str) or not text.strip():
            raise ValueError("There is no text to send.")
        reply_to = number(body, "reply_to") if body.get("reply_to") else None
        message = self.world.person_text(self._person(body), number(body, "chat_id"), text, reply_to)
        return web.json_response({"message": message})

    async def sticker(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        message = self.world.person_sticker(
            self._person(body), number(body, "chat_id"), str(body.get("emoji") or "🙂")[:8]
        )
        return web.json_response({"message": message})

    async def upload(self, request: web.Request) -> web.StreamResponse:
        if not request.content_type.startswith("multipart/"):
            raise ValueError("A file is uploaded as multipart/form-data.")
        fields, file = await read_form(request)
        if file is None:
            raise ValueError("The upload holds no file.")
        name, mime, content = file
        message = self.world.person_document(
            self._person(fields),
            number(fields, "chat_id"),
            name,
            content,
            mime,
            caption=fields.get("caption", ""),
        )
        return web.json_response({"message": message})

    async def tap(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        query_id = self.world.person_tap(
            self._person(body), number(body, "chat_id"), number(body, "message_id"), str(body.get("data", ""))
        )
        return web.json_response({"callback_query_id": str(query_id)})

    async def forward(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        message = self.world.person_forward(
            self._person(body),
            number(body, "chat_id"),
            number(body, "from_chat_id"),
            number(body, "message_id"),
        )
        return web.json_response({"message": message})

    async def edit(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        text = body.get("text")
        if not isinstance(text, str) or not text.strip():
            raise ValueError("There is no text to put in its place.")
        message = self.world.person_edit(*self._message(body), text)
        return web.json_response({"message": message})

    async def delete(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        self.world.person_delete(*self._message(body))
        return web.json_response({"deleted": number(body, "message_id")})

    async def react(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        self.world.person_react(*self._message(body), str(body.get("emoji") or "")[:8])
        return web.json_response({"ok": True})

    async def group(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        chat = self.world.person_group(self._person(body), str(body.get("title") or ""))
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

    async def clock(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        if self.world.advance is None:
            raise ValueError("The clock of this sandbox cannot be moved.")
        seconds = seconds_to_move(body, self.world.clock(), getattr(self.world, "time_zone", None))
        self.world.advance(seconds)
        self.streams.tell({"type": "clock", "now": self.world.clock()})
        return web.json_response({"clock": self.world.clock(), "moved": seconds})

    async def control(self, request: web.Request) -> web.StreamResponse:
        wanted = request.match_info["id"]
        for control in self.world.controls:
            if control.id == wanted:
                await control.run()
                return web.json_response({"done": wanted})
        raise ValueError("There is no such control.")

    async def file(self, request: web.Request) -> web.StreamResponse:
        stored = self.world.file(request.match_info["file_id"])
        inline = stored.mime in SHOWN_IN_BROWSER
        response = web.Response(
            body=stored.content, content_type=stored.mime.split(";")[0].strip() or "application/octet-stream"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Disposition"] = disposition(inline, stored.name)
        return response

    def _message(self, body: Json) -> tuple[int, int, int]:
        """Person, chat and message of a request. Raises ``LookupError`` for a message that is not there."""
        person, chat, message = self._person(body), number(body, "chat_id"), number(body, "message_id")
        if chat not in self.world.chats or message not in self.world.chats[chat].messages:
            raise LookupError("There is no such message.")
        return person, chat, message

    def _person(self, body: Json) -> int:
        person = number(body, "person_id")
        if person not in self.world.persons:
            raise ValueError("There is no such person in this sandbox.")
        return person


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


async def read_form(request: web.Request) -> tuple[dict[str, str], tuple[str, str, bytes] | None]:
    """Fields and the one file (name, MIME type, content) of a multipart upload."""
    fields: dict[str, str] = {}
    file = None
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader) and part.filename is not None:
            name = part.filename.replace("\\", "/").rsplit("/", 1)[-1] or "file"
            file = (name, part.headers.get("Content-Type", "application/octet-stream"), await read_part(part))
        elif isinstance(part, BodyPartReader) and part.name is not None:
            fields[part.name] = await part.text()
    return fields, file


async def read_part(part: BodyPartReader) -> bytes:
    """The content of a file part, refused when it grows beyond UPLOAD_LIMIT bytes."""
    content = bytearray()
    while chunk := await part.read_chunk(256 * 1024):
        content += chunk
        if len(content) > UPLOAD_LIMIT:
            raise ValueError("The file is larger than 50 MB.")
    return bytes(content)


def seconds_to_move(body: Json, now: float, time_zone: str | None) -> float:
    """How far a request moves ``now`` (epoch seconds): by ``seconds``, or to the next working morning."""
    if body.get("to") == "next_working_morning":
        return seconds_to_morning(now, zone(time_zone or body.get("time_zone")))
    seconds = body.get("seconds")
    if not isinstance(seconds, int | float) or not 0 < seconds <= LONGEST_STEP:
        raise ValueError("The clock moves forward by a number of seconds, at most a year.")
    return float(seconds)


def seconds_to_morning(now: float, where: ZoneInfo) -> float:
    """Seconds from ``now`` to 09:30 of the next weekday after today, in the zone ``where``."""
    here = datetime.fromtimestamp(now, where)
    day = here.date() + timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, where).timestamp() - now


def zone(name: Any) -> ZoneInfo:
    """The time zone called ``name``; ValueError with one sentence for an unknown one."""
    try:
        return ZoneInfo(str(name or "UTC"))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("There is no such time zone.") from None


def disposition(inline: bool, name: str) -> str:
    """A Content-Disposition header for a file called ``name`` (any characters)."""
    return f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{quote(name, safe='')}"

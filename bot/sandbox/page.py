"""The chat page: its files, its snapshot, its stream of events, its clock and its owner's buttons."""

import secrets
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import web

from bot.sandbox import page_view
from bot.sandbox.page_acts import Acts, read_json
from bot.sandbox.page_guard import PAGE_HEADERS, guarded
from bot.sandbox.page_stream import Streams

if TYPE_CHECKING:
    from bot.sandbox.world import World

STATIC = Path(__file__).parent / "static"
MORNING = time(9, 30)
LONGEST_STEP = 366 * 86400.0
SHOWN_IN_BROWSER = frozenset(
    {f"image/{kind}" for kind in ("png", "jpeg", "webp", "gif")}
    | {"application/pdf", "video/mp4", "video/webm", "audio/mpeg", "audio/ogg"}
)

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
    for name, act in Acts(world).all().items():
        add("POST", f"/sandbox/{name}", guarded(act))
    add("POST", "/sandbox/clock", guarded(page.clock))
    add("POST", "/sandbox/language", guarded(page.language))
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

    async def clock(self, request: web.Request) -> web.StreamResponse:
        body = await read_json(request)
        if self.world.advance is None:
            raise ValueError("The clock of this sandbox cannot be moved.")
        seconds = seconds_to_move(body, self.world.clock(), getattr(self.world, "time_zone", None))
        self.world.advance(seconds)
        self.streams.tell({"type": "clock", "now": self.world.clock()})
        return web.json_response({"clock": self.world.clock(), "moved": seconds})

    async def language(self, request: web.Request) -> web.StreamResponse:
        """The reader of the page chose a language: the owner may let people follow."""
        language = str((await read_json(request)).get("language"))[:8]
        if self.world.page_language is not None:
            await self.world.page_language(language)
        return web.json_response({"language": language})

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

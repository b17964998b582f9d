"""The page's live stream: the world's events as Server-Sent Events, a burst joined into one frame."""

import asyncio
import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox import page_view

if TYPE_CHECKING:
    from bot.sandbox.world import World

Json = dict[str, Any]

TICK_SECONDS = 0.3  # how often the tally and the guide are looked at
HEARTBEAT_TICKS = 50  # silent ticks before a comment keeps the connection alive
LOG_ENTRIES_PER_FRAME = 60  # a broadcast makes thousands: the drawer shows the newest


class Streams:
    """All open event streams of the page."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self._own: set[asyncio.Queue[Json]] = set()
        self._tasks: set[asyncio.Task[Any]] = set()

    def tell(self, event: Json) -> None:
        """Send the page an event of its own making."""
        for queue in self._own:
            queue.put_nowait(event)

    async def close(self, app: web.Application) -> None:
        """End every stream, so that the server need not wait for its browsers."""
        for task in list(self._tasks):
            task.cancel()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One browser's stream. Its first event makes the page fetch the whole state."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        queue = self.world.subscribe()
        own: asyncio.Queue[Json] = asyncio.Queue()
        self._own.add(own)
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._run(response, queue, own)
        except (ConnectionResetError, asyncio.CancelledError):
            pass  # the browser left, or the server stops
        finally:
            self._tasks.discard(task)
            self._own.discard(own)
            self.world.unsubscribe(queue)
        return response

    async def _run(
        self, response: web.StreamResponse, queue: "asyncio.Queue[Any]", own: "asyncio.Queue[Json]"
    ) -> None:
        await response.write(frame([{"type": "hello"}]))
        watched: Json = {}
        silent = 0
        while True:
            events = view(self.world, await burst(queue, TICK_SECONDS))
            while not own.empty():
                events.append(own.get_nowait())
            events += self._changes(watched)
            if events:
                await response.write(frame(events))
                silent = 0
            elif (silent := silent + 1) % HEARTBEAT_TICKS == 0:
                await response.write(b": still here\n\n")

    def _changes(self, watched: Json) -> list[Json]:
        """Events for what the world does not announce itself: tally, guide, persons, faults, pins, ticks."""
        now: dict[str, Json] = {
            "tally": {"count": self.world.ledger.count()},
            "guide": {"guide": page_view.guide(self.world)},
            "persons": {"persons": page_view.persons(self.world)},
            "trouble": {"trouble": page_view.trouble(self.world)},
            "pins": {"pins": page_view.pins(self.world)},
            "unseen": {"unseen": page_view.unseen(self.world)},
        }
        changes = [{"type": name, **value} for name, value in now.items() if watched.get(name) != value]
        watched.update(now)
        return changes


def frame(events: list[Json]) -> bytes:
    """One SSE frame holding a JSON array of events."""
    return f"data: {json.dumps(events, ensure_ascii=False, default=str)}\n\n".encode()


async def burst(queue: "asyncio.Queue[Any]", seconds: float) -> list[Json]:
    """Everything in the queue, after waiting at most ``seconds`` for the first."""
    try:
        events = [await asyncio.wait_for(queue.get(), seconds)]
    except TimeoutError:
        return []
    while not queue.empty():
        events.append(queue.get_nowait())
    return events


def view(world: "World", events: list[Json]) -> list[Json]:
    """The events a page may see: no messages of the simulated crowd, the log shortened and joined."""
    visible = set(page_view.visible_chats(world))
    shown: list[Json] = []
    log: list[Any] = []
    for event in events:
        kind = event.get("type")
        if kind == "log":
            log.append(event.get("entry", event))
        elif kind == "commands":
            shown.append({"type": "commands", "commands": page_view.commands(world)})
        elif kind == "chats":
            shown.append({"type": "resync"})
        elif kind == "controls":
            shown.append({"type": "controls", "controls": page_view.controls(world)})
        elif kind == "clock":
            shown.append({"type": "clock", "now": world.clock()})
        elif event.get("chat_id") is None or event["chat_id"] in visible:
            shown.append(event)
    if log:
        shown.append({"type": "log", "entries": page_view.log_entries(log[-LOG_ENTRIES_PER_FRAME:])})
    return shown

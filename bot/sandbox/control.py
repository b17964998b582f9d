"""The control API on loopback: what a test or a script does to the sandbox (docs/sandbox.md describes it)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict, fields
from typing import Any

from aiohttp import web

from bot.sandbox.faults import KINDS, NAMED, Fault
from bot.sandbox.limits import Limits
from bot.sandbox.page_guard import guarded
from bot.sandbox.world import World

Json = dict[str, Any]
Action = Callable[[World, Json], Any]


def add_routes(application: web.Application, world: World) -> None:
    """Serve the control API of ``world``: this machine's programs only, no other site's scripts."""
    application.router.add_get("/sandbox/ledger", guarded(_with(world, _ledger)))
    application.router.add_get("/sandbox/faults", guarded(_with(world, _faults)))
    for name, action in ACTIONS.items():
        application.router.add_post(f"/sandbox/{name}", guarded(_act(world, action)))


def _with(
    world: World, answer: Callable[[World, web.Request], Json]
) -> Callable[[web.Request], Awaitable[Any]]:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.json_response(answer(world, request))

    return handler


def _act(world: World, action: Action) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handler(request: web.Request) -> web.StreamResponse:
        body = await request.json()
        if not isinstance(body, dict):
            raise ValueError("A JSON object is expected.")
        try:
            done = action(world, body)
        except KeyError as error:
            raise ValueError(f"There is no {error.args[0]}.") from None
        return web.json_response({"ok": True, **(done or {})})

    return handler


def _ledger(world: World, request: web.Request) -> Json:
    since = int(request.query.get("since", "0"))
    rows = [
        [row.n, row.time, row.method, row.chat_id, row.message_id, row.text]
        for row in world.ledger.accepted[since:]
    ]
    return {"count": world.ledger.count(), "rows": rows}


def _faults(world: World, _: web.Request) -> Json:
    kinds = {"kinds": list(KINDS), "named": {name: list(words) for name, words in NAMED.items()}}
    return {**kinds, "fields": [one.name for one in fields(Fault)], "faults": _listed(world)}


def _listed(world: World) -> list[Json]:
    return [asdict(fault) for fault in world.faults.listed()]


def set_fault(world: World, body: Json) -> Json:
    """Add a fault, or with ``clear`` take all away."""
    if body.get("clear"):
        world.faults.clear()
    else:
        world.faults.add(**body)
    return {"faults": _listed(world)}


def set_limits(world: World, body: Json) -> Json:
    """Switch the limits on or off; ``overall``, ``private``, ``group`` are each [a second, at once]."""
    limits: Limits = world.limits
    for name in ("overall", "private", "group"):
        if name in body:
            rate, size = (float(part) for part in body[name])
            if rate <= 0 or size < 1:
                raise ValueError("A limit is two numbers: how many a second, and how many at once.")
            setattr(limits, name, (rate, size))
            limits.forget()
    limits.on = bool(body.get("on"))
    return {name: getattr(limits, name) for name in ("on", "overall", "private", "group")}


def add_person(world: World, body: Json) -> None:
    """A person with a private chat; ``started`` false: one who has not written to the bot yet."""
    person = world.add_person(
        int(body["id"]),
        str(body["first_name"]),
        str(body.get("last_name", "")),
        body.get("username"),
        str(body.get("language_code", "tr")),
        is_bot=bool(body.get("is_bot")),
    )
    if body.get("started") is False:
        world.unstarted.add(person.id)
    world.emit({"type": "chats"})


def add_chat(world: World, body: Json) -> None:
    """A group, supergroup or channel; ``bot_status`` is the bot's place in it, ``forum`` gives it topics."""
    kind = str(body.get("type", "supergroup"))
    if kind not in ("group", "supergroup", "channel"):
        raise ValueError("A chat is a group, a supergroup or a channel.")
    chat = world.add_group(int(body["id"]), str(body["title"]), body.get("members", world.persons), kind)
    chat.username = body.get("username")
    chat.creator = body.get("creator")
    chat.topics = {} if body.get("forum") else None
    chat.bot_status = str(body.get("bot_status", "member"))
    world.emit({"type": "chats"})


def migrate(world: World, body: Json) -> None:
    """A basic group becomes the supergroup ``to``; the bot hears of it in both."""
    world.migrate(int(body["chat_id"]), int(body["to"]))


def deactivate(world: World, body: Json) -> None:
    """A person deletes their account, or a group's owner the group."""
    world.deactivate(int(body["chat_id"]))


def restrict(world: World, body: Json) -> None:
    """What the members of a group may do, the bot among them: ``permissions`` as in ChatPermissions."""
    chat = world.chats[int(body["chat_id"])]
    chat.settings["permissions"] = {str(name): bool(value) for name, value in body["permissions"].items()}


ACTIONS: dict[str, Action] = {
    "faults": set_fault,
    "limits": set_limits,
    "person": add_person,
    "chat": add_chat,
    "migrate": migrate,
    "deactivate": deactivate,
    "restrict": restrict,
}

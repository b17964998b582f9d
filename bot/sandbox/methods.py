"""The Bot API's methods that the sandbox has, by their lower-cased names."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.api import (
    chats,
    editing,
    files,
    forum,
    games,
    gifts,
    inline,
    invites,
    members,
    messages,
    payments,
    places,
    polls,
    profile,
    stickers,
    updates,
)
from bot.sandbox.requests import Parameters
from bot.sandbox.world import World

Method = Callable[[World, Parameters], Awaitable[Any]]
TOPICS = (
    updates, messages, editing, files, stickers, places, polls, games, payments, forum, inline, members,
    invites, profile, chats, gifts,
)  # fmt: skip

METHODS: dict[str, Method] = {
    function.__name__.replace("_", ""): function
    for topic in TOPICS
    for function in vars(topic).values()
    if inspect.iscoroutinefunction(function)
    and function.__module__ == topic.__name__
    and not function.__name__.startswith("_")
}

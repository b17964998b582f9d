"""One command of the bot; the lists are made of these."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from telegram import Update

from bot.domain.permissions import Action
from handlers.context import Context

Run = Callable[[Update, Context], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Command:
    """``names`` by language; ``command.<key>`` in the catalogs describes it.

    ``action`` is the staff right it needs (None: anybody's), ``menu`` whether it stands in a chat's
    command menu, ``listed`` whether the help names it.
    """

    key: str
    names: Mapping[str, str]
    run: Run
    aliases: tuple[str, ...] = ()
    action: Action | None = None
    menu: bool = False
    listed: bool = True

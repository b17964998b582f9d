"""The one list of commands, buttons and open questions, and what is derived of it: help, menus, names."""

from __future__ import annotations

import difflib
import re

from markupsafe import Markup
from telegram import Update

from bot.domain.member import LANGUAGES
from bot.domain.outgoing import Send
from bot.domain.permissions import Action, Role, Staff
from bot.rendering.catalog import Texts
from bot.rendering.markup import untrusted
from bot.understanding.fold import fold
from handlers.command import Command, Run
from handlers.context import Context
from handlers.member import hours, notices, questions, subscription
from handlers.staff import drafts, intake, released, reports


async def show_help(update: Update, context: Context) -> None:
    """Every command in the person's language; staff see theirs by their role."""
    texts, association = context.texts, context.services.association
    lines = [texts("member.help.head", association=association.name), Markup("")]
    lines += [_line(command, texts) for command in COMMANDS if command.action is None and command.listed]
    theirs = [command for command in COMMANDS if _staff_may(command, context.services.staff, context.user_id)]
    if theirs and context.private:
        lines += [Markup(""), texts("member.help.staff"), *(_line(command, texts) for command in theirs)]
        if context.services.staff.allows(context.user_id, Action.WRITE_DRAFT):
            lines.append(texts("member.help.staff_files"))
    if association.privacy_contact:
        lines += [Markup(""), texts("member.help.contact", contact=untrusted(association.privacy_contact))]
    context.say(Send(context.chat_id, Markup("\n").join(lines)))


async def whoami(update: Update, context: Context) -> None:
    """The numeric id that the settings want, and the role it has."""
    texts = context.texts
    lines = [texts("member.whoami", id=context.user_id)]
    if context.role is not None and context.private:
        role = texts.plain(f"member.role.{context.role.value}")
        lines.append(texts("member.whoami.role", role=role))
    context.say(Send(context.chat_id, Markup("\n").join(lines)))


COMMANDS: tuple[Command, ...] = (
    *notices.COMMANDS,
    *questions.COMMANDS,
    *subscription.COMMANDS[:2],
    Command("help", {"tr": "yardim", "en": "help"}, show_help, menu=True),
    *hours.COMMANDS,
    *subscription.COMMANDS[2:],
    Command("whoami", {"tr": "kimligim", "en": "whoami"}, whoami),
    *intake.COMMANDS,
    *drafts.COMMANDS,
    *released.COMMANDS,
    *reports.COMMANDS,
)
"""In the order of the menu and the help."""

CALLBACKS: dict[str, Run] = {
    **subscription.CALLBACKS,
    **hours.CALLBACKS,
    **notices.CALLBACKS,
    **questions.CALLBACKS,
    **intake.CALLBACKS,
    **drafts.CALLBACKS,
    **released.CALLBACKS,
    **reports.CALLBACKS,
}
"""By the first part of the callback data."""

DIALOGUES: dict[str, Run] = {**intake.DIALOGUES, **drafts.DIALOGUES, **reports.DIALOGUES}
"""By the step that waits for the person's next message."""


def _names() -> dict[str, Command]:
    names: dict[str, Command] = {}
    for command in COMMANDS:
        for name in (*command.names.values(), *command.aliases):
            if names.setdefault(name, command) is not command:
                raise ValueError(f"two commands are called {name!r}")
    return names


NAMES = _names()
"""Every name and alias of every command."""

_SLASH = re.compile(r"^/(\w{1,64})(?:@(\w{1,64}))?(?=[\s.,!?;:]|$)")
_SIGNS = re.compile(r"[^a-z0-9]+")


def slash_name(text: str) -> tuple[str, str | None] | None:
    """The folded name behind a slash and the bot it is addressed to; Turkish letters are fine.

    ``/Başvuru@ornek_bot`` gives ``("basvuru", "ornek_bot")``; None when the text is no command.
    """
    found = _SLASH.match(text)
    return (fold(found[1]), found[2]) if found else None


def bare_command(text: str) -> Command | None:
    """The command that a whole text names without the slash: ``Başvuru``, ``SON TARİHLER``."""
    if len(text) > 40:
        return None
    return NAMES.get(_SIGNS.sub("", fold(text)))


def nearest(name: str, language: str, role: Role | None) -> str | None:
    """The name a mistyped command may have meant, in the person's language."""
    known = {n: c for n, c in NAMES.items() if c.action is None or role is not None}
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.7)
    return known[close[0]].names[language] if close else None


def menu(texts: Texts, staff: Staff, user_id: int) -> tuple[tuple[str, str], ...]:
    """The command menu of a chat: (name, description), staff's own commands last."""
    shown = [c for c in COMMANDS if c.menu or _staff_may(c, staff, user_id)]
    return tuple((c.names[texts.language], texts.plain(f"command.{c.key}")) for c in shown)


def _staff_may(command: Command, staff: Staff, user_id: int) -> bool:
    return command.action is not None and staff.allows(user_id, command.action)


def _line(command: Command, texts: Texts) -> Markup:
    return texts(
        "member.help.line",
        name=command.names[texts.language],
        text=texts.plain(f"command.{command.key}"),
    )


assert all(set(command.names) == set(LANGUAGES) for command in COMMANDS)

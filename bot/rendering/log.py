"""The audit log as people read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.domain.association import Association
from bot.rendering.catalog import Texts
from bot.rendering.markup import join, untrusted


@dataclass(frozen=True, slots=True)
class LogLine:
    """``user_id`` None: the program itself, or somebody at the terminal. ``object`` like ``notice:12``."""

    id: int
    at: datetime
    user_id: int | None
    action: str
    object: str


def log_message(
    lines: Sequence[LogLine], names: Mapping[int, str], texts: Texts, association: Association
) -> Markup:
    """A line each: when in local time, who, what, of which circular. An action without words of its own is
    shown by its key, so that nothing is left out."""
    if not lines:
        return texts("log.empty")
    shown = [texts("log.head")]
    for line in lines:
        local = line.at.astimezone(association.zone)
        key = f"log.action.{line.action}"
        kind, _, number = line.object.partition(":")
        shown.append(
            texts(
                "log.line_notice" if kind == "notice" else "log.line",
                at=f"{local:%d.%m.%Y %H.%M}",
                name=untrusted(names[line.user_id])
                if line.user_id is not None
                else texts.plain("log.nobody"),
                action=texts.plain(key) if texts.has(key) else untrusted(line.action),
                number=number,
            )
        )
    return join(shown)

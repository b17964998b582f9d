"""The watch: admins are told once when updates, sending or a source stop, and once when it is well again."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch, moment
from bot.domain.limits import Limits
from bot.domain.outgoing import Send
from bot.domain.permissions import Action, Staff
from bot.rendering.catalog import Texts
from bot.rendering.kit import RenderingKit
from bot.rendering.markup import untrusted
from bot.rendering.when import long_date
from bot.store import answers, meta, outbox, sources, staff_people
from bot.store.sources import SourceState

log = logging.getLogger(__name__)

PREFIX = "trouble:"
STANDING = "watch:sending"
FAILURES = 3
"""A source that failed once or twice is a passing cloud."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """``kind`` is ``updates``, ``sending``, ``failing`` or ``silent``; ``name`` a source's, else empty.
    ``since``: since when, None when that was never; ``count``: messages that wait."""

    kind: str
    name: str = ""
    since: datetime | None = None
    count: int = 0

    @property
    def key(self) -> str:
        return f"{PREFIX}{self.kind}:{self.name}"


async def look(
    connection: AsyncConnection,
    now: datetime,
    updates_silent: timedelta,
    source_names: Sequence[str],
    limits: Limits,
    kit: RenderingKit,
    staff: Staff,
) -> int:
    """Tell what has become a trouble since the last look and what is none any more; returns how many
    messages. What was told stands in the database: a restart tells nothing twice."""
    found = troubles_of_sources(await sources.every(connection), source_names, now, limits)
    if updates_silent >= limits.updates:
        found.append(Trouble("updates", since=now - updates_silent))
    found += await _standing(connection, now, limits)
    known = await meta.beginning(connection, PREFIX)
    told = 0
    for trouble in found:
        if trouble.key not in known:
            log.error("Trouble: %s %s since %s", trouble.kind, trouble.name, trouble.since)
            await meta.put(connection, trouble.key, str(epoch(now)))
            told += await _tell(connection, now, trouble, kit, staff, over=False)
    for key in known.keys() - {trouble.key for trouble in found}:
        kind, name = key.removeprefix(PREFIX).split(":", 1)
        log.info("No trouble any more: %s %s", kind, name)
        await meta.remove(connection, key)
        told += await _tell(connection, now, Trouble(kind, name), kit, staff, over=True)
    return told


def troubles_of_sources(
    states: Mapping[str, SourceState], names: Sequence[str], now: datetime, limits: Limits
) -> list[Trouble]:
    """Of the sources switched on, those that cannot be read or have had no news for too long."""
    found: list[Trouble] = []
    for name in names:
        state = states.get(name)
        if state is None:
            continue
        ok, item = state.last_ok_at, state.last_item_at
        if state.failures >= FAILURES and (ok is None or now - ok >= limits.source_failing):
            found.append(Trouble("failing", name, ok))
        elif limits.source_silent and item is not None and now - item >= limits.source_silent:
            found.append(Trouble("silent", name, item))
    return found


async def _standing(connection: AsyncConnection, now: datetime, limits: Limits) -> list[Trouble]:
    """Sending stands still when as many messages could go as before, look after look."""
    count = await outbox.due_count(connection, now)
    before = await meta.get(connection, STANDING)
    if count == 0:
        if before is not None:
            await meta.remove(connection, STANDING)
        return []
    known, since = (int(part) for part in (before or "0:0").split(":"))
    if known != count:
        await meta.put(connection, STANDING, f"{count}:{epoch(now)}")
        return []
    began = moment(since)
    return [Trouble("sending", since=began, count=count)] if now - began >= limits.sending else []


async def _tell(
    connection: AsyncConnection,
    now: datetime,
    trouble: Trouble,
    kit: RenderingKit,
    staff: Staff,
    *,
    over: bool,
) -> int:
    people = staff.who_may(Action.VIEW_AUDIT) or staff.who_may(Action.RELEASE)
    told = 0
    for user_id in people:
        texts = kit.catalogs[await staff_people.language(connection, user_id)]
        message = _message(trouble, texts, kit, over=over)
        await answers.add(connection, [Send(user_id, message)], now)
        told += 1
    return told


def _message(trouble: Trouble, texts: Texts, kit: RenderingKit, *, over: bool) -> Markup:
    words: dict[str, object] = {"name": untrusted(trouble.name)}
    if over:
        return texts(f"watch.over.{trouble.kind}", **words)
    if trouble.since is None:
        return texts(f"watch.{trouble.kind}.never", **words)
    local = trouble.since.astimezone(kit.association.zone)
    words["since"] = f"{long_date(local.date(), texts.language)} {local:%H.%M}"
    words["count"] = texts.number(trouble.count)
    return texts(f"watch.{trouble.kind}", **words)

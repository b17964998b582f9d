"""``sirkuler poll`` and ``sirkuler sources``: sources at work and how they are."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from bot.app_parts import read_glossary, read_topics, source_spec, source_specs
from bot.clock import Clock, SystemClock
from bot.config import Settings
from bot.errors import ConfigError
from bot.flows.ingest import PollResult, poll_all
from bot.rendering.catalog import load_catalogs
from bot.rendering.kit import RenderingKit
from bot.sources.fetch import Fetcher
from bot.sources.registry import SourceSpec
from bot.store import items, sources
from bot.store.db import Database, open_database
from bot.store.migrate import check_version, current_version, prepare
from bot.store.sources import SourceState

_PIPE_WIDTH = 180
_TITLES_SHOWN = 10


def screen() -> Console:
    """Standard output: as wide as the terminal, and wide enough in a pipe."""
    return Console(width=None if sys.stdout.isatty() else _PIPE_WIDTH, highlight=False)


async def poll_command(settings: Settings, source: str | None, clock: Clock | None = None) -> int:
    """Poll all sources that are switched on, or the one named, and print what was found.

    Makes a missing database. The exit code: 0, or 1 when a source failed. Raises ``ConfigError`` for an
    unknown name and ``SchemaVersionError`` for a database of another version.
    """
    specs = _chosen(settings, source)
    console = screen()
    if not specs:
        console.print("No source is switched on: set enabled = true for one in the settings.")
        return 0
    now = (clock or SystemClock()).now()
    topics = read_topics(settings)
    kit = RenderingKit(load_catalogs(), settings.the_association(), topics, read_glossary(settings))
    db = open_database(settings.database.url)
    try:
        await prepare(db)
        with _progress() as progress:
            task = progress.add_task("Polling", total=len(specs))
            results = await poll_all(
                db,
                specs,
                Fetcher(),
                now,
                kit,
                settings.the_staff(),
                topics,
                done=lambda _result: progress.advance(task),
            )
        console.print(_poll_table(results))
        await _print_titles(console, db, results, now)
    finally:
        await db.close()
    return 1 if any(result.problem for result in results) else 0


async def sources_command(settings: Settings) -> int:
    """Print the state of every source of the settings. The exit code: 0, or 1 when one that is switched on
    failed at its last poll."""
    states = await _stored_states(settings)
    zone = settings.the_association().zone
    table = Table(box=None, header_style="bold")
    for heading in ("Source", "Policy", "State", "Last poll", "Last news", "Next poll"):
        table.add_column(heading)
    failing = False
    for source in settings.sources:
        state = states.get(source.name)
        failing = failing or bool(source.enabled and state is not None and state.last_error)
        table.add_row(
            Text(source.name),
            source.policy,
            _state_words(source.enabled, state),
            _when(state.last_polled_at if state else None, zone),
            _when(state.last_item_at if state else None, zone),
            _when(state.next_poll_at if state and source.enabled else None, zone),
        )
    screen().print(table if settings.sources else "The settings name no source.")
    return 1 if failing else 0


def _chosen(settings: Settings, name: str | None) -> tuple[SourceSpec, ...]:
    if name is None:
        return source_specs(settings)
    found = tuple(source_spec(source) for source in settings.sources if source.name == name)
    if not found:
        names = ", ".join(source.name for source in settings.sources) or "none"
        raise ConfigError([f"There is no source named {name!r}; the settings name: {names}."])
    return found


def _progress() -> Progress:
    """A bar on standard error, gone when done; nothing in a pipe."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _poll_table(results: Sequence[PollResult]) -> Table:
    table = Table(box=None, header_style="bold")
    table.add_column("Source")
    for heading in ("Found", "New", "Changed", "Drafts", "Sent", "Unusable"):
        table.add_column(heading, justify="right")
    table.add_column("")
    for result in results:
        counts = (
            result.found,
            result.new,
            result.changed,
            result.drafted,
            result.announced,
            result.quarantined,
        )
        table.add_row(
            Text(result.name), *(str(count) if count else "–" for count in counts), _outcome(result)
        )
    return table


def _outcome(result: PollResult) -> Text:
    if result.problem is not None:
        return Text(result.problem.sentence, style="red")
    if result.unchanged:
        return Text("nothing has changed", style="dim")
    if result.new and not (result.drafted or result.announced or result.duplicates):
        return Text("first poll: marked as seen, nothing is announced", style="dim")
    return Text("known from another source: " + str(result.duplicates) if result.duplicates else "ok")


async def _print_titles(console: Console, db: Database, results: Sequence[PollResult], now: datetime) -> None:
    async with db.read() as connection:
        for result in results:
            if not result.new:
                continue
            console.print(Text(f"\n{result.name}", style="bold"))
            for found in await items.seen_at(connection, result.name, now, limit=_TITLES_SHOWN):
                day = found.published_on or " " * 10
                console.print(Text(f"  {day}  {found.title}"))
            if result.new > _TITLES_SHOWN:
                console.print(f"  … and {result.new - _TITLES_SHOWN} more")


async def _stored_states(settings: Settings) -> dict[str, SourceState]:
    """What the database knows; nothing when there is none yet, and none is made."""
    db = open_database(settings.database.url)
    try:
        if not database_exists(db) or await current_version(db) is None:
            return {}
        await check_version(db)
        async with db.read() as connection:
            return await sources.every(connection)
    finally:
        await db.close()


def database_exists(db: Database) -> bool:
    """False only for a SQLite file that is not there: connecting would make an empty one."""
    file = db.engine.url.database if db.is_sqlite else None
    return file is None or file == ":memory:" or Path(file).exists()


def _state_words(enabled: bool, state: SourceState | None) -> Text:
    if not enabled:
        return Text("off", style="dim")
    if state is None or state.last_polled_at is None:
        return Text("never polled", style="yellow")
    if state.last_error:
        often = "once" if state.failures == 1 else f"{state.failures} times"
        return Text(f"failed {often}: {state.last_error}", style="red")
    unusable = f", {state.quarantined} unusable" if state.quarantined else ""
    return Text("ok" + unusable, style="green")


def _when(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else "–"

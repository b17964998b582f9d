"""``sirkuler db``: upgrade, backup, restore, pause, resume, export."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from bot.clock import SystemClock
from bot.config import Settings
from bot.delivery.owner import own
from bot.errors import DatabaseError
from bot.flows import restored
from bot.store import backup, export, pause
from bot.store.db import Database, open_database
from bot.store.migrate import check_version, current_version, upgrade


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    db = open_database(settings.database.url)
    try:
        yield db
    finally:
        await db.close()


async def upgrade_command(settings: Settings) -> None:
    """Create the database or bring it to this program's schema version."""
    async with opened(settings) as db:
        before = await current_version(db)
        await upgrade(db)
        after = await current_version(db)
        typer.echo(f"The database is at version {after}" + (f" (was {before})." if before != after else "."))


async def backup_command(settings: Settings, target: Path) -> None:
    """Copy the database, also of a running bot. Raises ``DatabaseError``."""
    async with opened(settings) as db:
        with _progress() as progress:
            task = progress.add_task("Copying", total=None)
            size = await asyncio.to_thread(
                backup.backup,
                db,
                target,
                lambda left, pages: progress.update(task, total=pages, completed=pages - left),
            )
    typer.echo(f"Backed up to {target} ({size / 1_000_000:.1f} MB, checked). It starts paused when restored.")


async def restore_command(settings: Settings, source: Path) -> None:
    """Put a backup in place; it sends nothing until ``db resume``. Raises ``DatabaseError``, also while
    the bot runs."""
    now = SystemClock().now()

    def work_over(copy: Path) -> None:
        asyncio.run(_settle(f"sqlite+aiosqlite:///{copy}", settings))

    async with opened(settings) as db:
        backup.file_of(db)
        with own(db):
            file, former = await asyncio.to_thread(backup.restore, db, source, now, work_over)
    typer.echo(f"Restored {file} from {source}.")
    if former is not None:
        typer.echo(f"The former database is kept as {former}.")
    typer.echo("Nothing is sent until `sirkuler db resume` or an admin's button; see /durum for what waits.")


async def _settle(url: str, settings: Settings) -> None:
    db = open_database(url)
    try:
        await upgrade(db)
        async with db.write() as connection:
            await restored.settle_copy(connection, SystemClock().now(), settings.the_association())
    finally:
        await db.close()


async def pause_command(settings: Settings) -> None:
    """Mark the database as a copy that must not send: for one restored with other tools."""
    async with opened(settings) as db:
        await check_version(db)
        async with db.write() as connection:
            await pause.put(connection, pause.Pause.COPY)
    typer.echo("Paused: nothing is sent until `sirkuler db resume` or an admin's button.")


async def resume_command(settings: Settings) -> None:
    """Let a restored database send again, also while the bot runs."""
    now = SystemClock().now()
    async with opened(settings) as db:
        if db.is_sqlite and not backup.file_of(db).exists():
            raise DatabaseError(f"There is no database {backup.file_of(db)}.")
        await check_version(db)
        async with db.write() as connection:
            await restored.settle_copy(connection, now, settings.the_association())
            resumed = await restored.resume(connection, now, None)
    typer.echo("Sending goes on." if resumed else "The database was not paused.")


async def export_command(settings: Settings, target: Path | None) -> None:
    """The audit log and what became of every delivery as JSON lines; no message texts, no names."""
    async with opened(settings) as db:
        if db.is_sqlite and not backup.file_of(db).exists():
            raise DatabaseError(f"There is no database {backup.file_of(db)}.")
        await check_version(db)
        with _output(target) as out:
            async with db.read() as connection:
                async for line in export.lines(connection):
                    out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


@contextmanager
def _output(target: Path | None) -> Iterator[TextIO]:
    if target is None:
        yield sys.stdout
        return
    try:
        with backup.private_file(target).open("w", encoding="utf-8") as out:
            yield out
    except OSError as error:
        raise DatabaseError(f"{target} cannot be written: {error.strerror}.") from error


def _progress() -> Progress:
    """A bar on standard error, gone when done; nothing in a pipe."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)

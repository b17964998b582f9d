"""``sirkuler``: the commands of the terminal. Each reads its settings, calls one part, shows the answer."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.domain.permissions import Role

application = typer.Typer(
    name="sirkuler",
    help="Circulars and EU Alliance news to exactly the members concerned, in Turkish and English.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
database = typer.Typer(help="The database.", no_args_is_help=True)
application.add_typer(database, name="db")

Config = Annotated[Path, typer.Option("--config", "-c", help="The settings file.", metavar="FILE")]
DEFAULT_CONFIG = Path("config.toml")


@application.command()
def demo(
    port: Annotated[int, typer.Option(help="The page's port; 0 takes a free one.", min=0, max=65535)] = 0,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    keep: Annotated[
        Path | None, typer.Option(help="Keep the data in this folder.", metavar="DIR", file_okay=False)
    ] = None,
) -> None:
    """The whole product on this machine: sandbox, sample news, chat page. No token, no network."""
    from bot.demo.run import run_demo

    asyncio.run(run_demo(port=port, open_page=open_page, keep=keep))


@application.command()
def init(
    config: Config = DEFAULT_CONFIG,
    name: Annotated[str | None, typer.Option(help="The association's name.")] = None,
    token: Annotated[
        str | None,
        typer.Option(help="The bot's token from @BotFather.", envvar="SIRKULER_TELEGRAM__TOKEN"),
    ] = None,
    user_id: Annotated[int | None, typer.Option("--id", help="Your numeric Telegram id.")] = None,
    role: Annotated[Role | None, typer.Option(help="Your role; admin unless you say otherwise.")] = None,
    second: Annotated[
        int | None, typer.Option(help="The numeric id of a second person who releases; 0: nobody.")
    ] = None,
    feed: Annotated[
        list[str] | None,
        typer.Option(help="A feed to switch on, by its name; again for more. Or all, or none."),
    ] = None,
) -> None:
    """Five questions, then a settings file that `sirkuler check` passes. Overwrites nothing.

    Without a terminal the options answer; --token and --id are needed then."""
    from bot.cli.init import Given, init_command

    init_command(config, Given(name, token, user_id, role, second, tuple(feed or ())))


@application.command()
def run(config: Config = DEFAULT_CONFIG) -> None:
    """Run the bot with the settings of a file until it is stopped."""
    from bot.app import run_until_stopped
    from bot.cli.loop import run as run_loop
    from bot.config import load_settings

    run_loop(run_until_stopped(load_settings(config)))


@application.command()
def worker(config: Config = DEFAULT_CONFIG) -> None:
    """Send beside a running bot (PostgreSQL only): several workers share one rate."""
    from bot.app import run_worker
    from bot.cli.loop import run as run_loop
    from bot.config import load_settings

    run_loop(run_worker(load_settings(config)))


@application.command()
def check(config: Config = DEFAULT_CONFIG) -> None:
    """Check settings, database, token, staff and feeds: a table of what is right and wrong."""
    from bot.cli.check import check_all
    from bot.config import load_settings

    raise typer.Exit(asyncio.run(check_all(load_settings(config))))


@application.command()
def poll(
    config: Config = DEFAULT_CONFIG,
    source: Annotated[str | None, typer.Option(help="Only this source.", metavar="NAME")] = None,
) -> None:
    """Poll the sources once, store what was found and print it."""
    from bot.cli.sources import poll_command
    from bot.config import load_settings

    raise typer.Exit(asyncio.run(poll_command(load_settings(config), source)))


@application.command()
def sources(config: Config = DEFAULT_CONFIG) -> None:
    """The state of each source: last poll, errors, when it is polled next."""
    from bot.cli.sources import sources_command
    from bot.config import load_settings

    raise typer.Exit(asyncio.run(sources_command(load_settings(config))))


@application.command()
def read(
    files: Annotated[list[Path], typer.Argument(help="Circulars (PDF, DOCX, text) or feed files.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line and nothing else.")] = False,
    lang: Annotated[Literal["tr", "en"], typer.Option(help="The language of the reading shown.")] = "en",
) -> None:
    """What the bot understands of a circular or feed file. Nothing is stored."""
    from bot.cli.read import read_files

    raise typer.Exit(read_files(files, as_json=as_json, language=lang))


@application.command()
def sandbox(
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.", min=0, max=65535)] = 8081,
) -> None:
    """A Telegram Bot API on this machine with a chat page, for any bot in any library.

    It prints its address, a token and how to point a bot at it. Faults, limits, people and chats are made
    on demand by JSON over HTTP: docs/sandbox.md lists the calls.
    """
    from bot.sandbox.alone import run

    run(port)


@database.command("upgrade")
def database_upgrade(config: Config = DEFAULT_CONFIG) -> None:
    """Create the database or bring it to this program's schema version."""
    from bot.cli.database import upgrade_command
    from bot.config import load_settings

    asyncio.run(upgrade_command(load_settings(config)))


@database.command("backup")
def database_backup(
    file: Annotated[Path, typer.Argument(help="The new file.")], config: Config = DEFAULT_CONFIG
) -> None:
    """Copy the SQLite database, also while the bot runs. The copy is checked; only you can read it."""
    from bot.cli.database import backup_command
    from bot.config import load_settings

    asyncio.run(backup_command(load_settings(config), file))


@database.command("restore")
def database_restore(
    file: Annotated[Path, typer.Argument(help="The backup.")], config: Config = DEFAULT_CONFIG
) -> None:
    """Put a backup in the place of the database; the former one is kept. Stop the bot first.

    The restored copy starts paused: nothing is sent until `sirkuler db resume` or an admin's button."""
    from bot.cli.database import restore_command
    from bot.config import load_settings

    asyncio.run(restore_command(load_settings(config), file))


@database.command("pause")
def database_pause(config: Config = DEFAULT_CONFIG) -> None:
    """Mark a copy restored with other tools (pg_restore), so that it starts paused like any other."""
    from bot.cli.database import pause_command
    from bot.config import load_settings

    asyncio.run(pause_command(load_settings(config)))


@database.command("resume")
def database_resume(config: Config = DEFAULT_CONFIG) -> None:
    """Let a restored database send again."""
    from bot.cli.database import resume_command
    from bot.config import load_settings

    asyncio.run(resume_command(load_settings(config)))


@database.command("export")
def database_export(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A new file instead of standard output.")
    ] = None,
    config: Config = DEFAULT_CONFIG,
) -> None:
    """The audit log and every delivery as JSON lines, without texts of messages and without names."""
    from bot.cli.database import export_command
    from bot.config import load_settings

    asyncio.run(export_command(load_settings(config), output))

"""``sirkuler init``: five questions, then a settings file that ``sirkuler check`` passes.

The file is ``config.example.toml`` with the answers in it, so that every other setting stands there with
its explanation. The token goes into a file of its own beside it that nobody else may read.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from bot.config import TOKEN_FORM, build_settings
from bot.domain.permissions import Role
from bot.errors import ConfigError, SirkulerError
from bot.rendering.catalog import LOCALES

EXAMPLE = LOCALES.parent / "config.example.toml"
HIGHEST_ID = 2**52
"""Telegram's user ids fit into 52 bits (https://core.telegram.org/bots/api#user)."""

BOTFATHER = """\
   1. In Telegram open the chat with @BotFather (the one with the blue tick) and press Start.
   2. Send /newbot.
   3. Send the name that people will see, for example the association's.
   4. Send a user name that ends in "bot"; try others until one is free.
   5. Copy the line like 123456789:AAE… from its answer: that is the token. Show it to nobody."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the options said; None (for ``feeds``: nothing) is asked on a terminal.

    ``second`` 0 is "nobody"; ``feeds`` are names of the example's sources, or "all" or "none" alone.
    """

    name: str | None
    token: str | None
    user_id: int | None
    role: Role | None
    second: int | None
    feeds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """``second`` None: the person releases alone. ``feeds`` are the sources to switch on."""

    name: str
    token: str
    user_id: int
    role: Role
    second: int | None
    feeds: frozenset[str]


def init_command(config: Path, given: Given) -> None:
    """Ask what is not given (on a terminal only), then write ``config`` and its token file, never over a
    file that is there. Raises ``ConfigError`` naming everything that is missing or wrong."""
    token_file = config.with_suffix(".token")
    for file in (config, token_file):
        if file.exists():
            raise ConfigError([f"{file} exists already; nothing was written."])
    feeds = _feeds()
    asking = sys.stdin.isatty()
    answers = _ask(given, feeds) if asking else _defaults(given, feeds)
    text = settings_text(answers, token_file.name)
    # Read as the program will read it, before anything is written.
    data = tomllib.loads(text)
    data["telegram"] = {"token": answers.token}
    build_settings(data, config.parent)
    try:
        _write(token_file, answers.token + "\n", 0o600)
        _write(config, text, 0o644)
    except OSError as error:
        raise SirkulerError(f"{error.filename} cannot be written: {error.strerror}.") from error
    typer.echo(f"Written: {config} and {token_file} (the token; keep it to yourself).")
    typer.echo(f"Next: sirkuler check --config {config}, then sirkuler run --config {config}")


def settings_text(answers: Answers, token_file: str) -> str:
    """The example's text with the answers in the place of its values.

    Raises ``SirkulerError`` when the example has no such line: the two must be changed together.
    """
    text = EXAMPLE.read_text(encoding="utf-8")
    second_person = answers.second is not None
    text = _set(text, "token", 'token = ""', f"token_file = {_quoted(token_file)}")
    text = _set(text, "token_file", '# token_file = "token.txt"\n', "")
    text = _set(text, "name", 'name = "Birlik"', f"name = {_quoted(answers.name)}")
    for role in Role:
        ids = [answers.user_id] if role is answers.role else []
        if role is Role.APPROVER and answers.second is not None:
            ids.append(answers.second)
        text = _set(text, f"{role}s", f"{role}s = []", f"{role}s = {ids}")
    if not second_person:
        text = _set(text, "second_person", "# second_person = true", "second_person = false")
    head, *sources = re.split(r"(?m)^(?=\[\[sources\]\]$)", text)
    for number, source in enumerate(sources):
        name = tomllib.loads(source)["sources"][0]["name"]
        switched = "true" if name in answers.feeds else "false"
        sources[number] = re.sub(r"(?m)^enabled = \w+$", f"enabled = {switched}", source)
    return head + "".join(sources)


def _set(text: str, what: str, line: str, new: str) -> str:
    if text.count(f"\n{line}") != 1:
        raise SirkulerError(f"{EXAMPLE.name} has no single line for {what}; `init` cannot fill it in.")
    return text.replace(f"\n{line}", f"\n{new}")


def _quoted(value: str) -> str:
    # A JSON string is a TOML basic string, except that TOML wants DEL escaped too.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _feeds() -> dict[str, bool]:
    """The example's feeds in order, each with whether it is on without being asked for."""
    sources = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))["sources"]
    return {str(source["name"]): bool(source.get("enabled", True)) for source in sources}


def _defaults(given: Given, feeds: dict[str, bool]) -> Answers:
    """Without a terminal: the options, and defaults for what has one."""
    problems = []
    if not given.token:
        problems.append("--token is missing; @BotFather gives one (send it /newbot).")
    elif not TOKEN_FORM.match(given.token.strip()):
        problems.append("--token is not a bot token; @BotFather gives one that looks like 123456789:AAE…")
    if given.user_id is None:
        problems.append("--id is missing: the numeric Telegram id of the first member of staff.")
    elif not 0 < given.user_id < HIGHEST_ID:
        problems.append("--id must be a person's numeric Telegram id.")
    if given.second is not None and not 0 <= given.second < HIGHEST_ID:
        problems.append("--second must be a person's numeric Telegram id, or 0 for nobody.")
    role, second = given.role or Role.ADMIN, given.second or None
    problems += _nobody_releases(role, second)
    if second is not None and second == given.user_id:
        problems.append("--second must be somebody else: nobody releases what they wrote themselves.")
    name = (given.name or "Birlik").strip()
    if not 1 <= len(name) <= 200 or not name.isprintable():
        problems.append("--name must be one line of 1 to 200 characters.")
    chosen = _chosen(given.feeds, feeds, problems)
    if problems:
        raise ConfigError(problems)
    assert given.token is not None
    assert given.user_id is not None
    return Answers(name, given.token.strip(), given.user_id, role, second, chosen)


def _nobody_releases(role: Role, second: int | None) -> list[str]:
    if second is None and role not in (Role.APPROVER, Role.ADMIN):
        return [f"Nobody could release a notice: with the role {role}, name a second person who approves."]
    return []


def _chosen(names: Sequence[str], feeds: dict[str, bool], problems: list[str]) -> frozenset[str]:
    if not names:
        return frozenset(name for name, on in feeds.items() if on)
    if list(names) in (["all"], ["none"]):
        return frozenset(feeds if names[0] == "all" else ())
    unknown = [name for name in names if name not in feeds]
    if unknown:
        problems.append(f"There is no feed {unknown[0]!r}; known are: {', '.join(feeds)}.")
    return frozenset(names)


def _ask(given: Given, feeds: dict[str, bool]) -> Answers:
    """The five questions; each is asked again until its answer will do, a given one is not asked."""
    typer.echo("Five questions; an empty answer takes what stands in brackets.\n")
    name = given.name or _until("1. The association's name, as members will read it", "Birlik", _say_name)
    if given.token is None:
        typer.echo(f"\n2. The bot's token. How to get one:\n{BOTFATHER}")
    token = given.token or _until("   Token", None, _say_token)
    if given.user_id is None:
        typer.echo("\n3. Your numeric Telegram id, and your role. @userinfobot tells the id.")
    user_id = given.user_id or int(_until("   Your id", None, _say_id))
    roles = ", ".join(Role)
    role = given.role or Role(_until(f"   Your role ({roles})", Role.ADMIN.value, _say_role))
    second = given.second
    if second is None:
        typer.echo(
            "\n4. Who else releases notices? With a second person nobody sends what only they have read."
        )
        second = int(_until("   Their numeric id, 0 for nobody", "0", lambda text: _say_second(text, role)))
    names = given.feeds or _ask_feeds(feeds)
    typer.echo("")
    return _defaults(Given(name, token, user_id, role, second, names), feeds)


def _ask_feeds(feeds: dict[str, bool]) -> tuple[str, ...]:
    typer.echo("\n5. Which news is to be polled? Items become drafts; nothing is sent by itself.")
    names = list(feeds)
    for number, name in enumerate(names, start=1):
        typer.echo(f"   {number:>2}  {name}")
    usual = " ".join(str(number) for number, name in enumerate(names, start=1) if feeds[name])

    def say(text: str) -> str | None:
        numbers = text.replace(",", " ").split()
        if text in ("all", "none") or all(n.isdecimal() and 1 <= int(n) <= len(names) for n in numbers):
            return None
        return f"Numbers from 1 to {len(names)}, or all, or none."

    answer = _until("   Numbers, all or none", usual, say)
    if answer in ("all", "none"):
        return (answer,)
    return tuple(names[int(number) - 1] for number in answer.replace(",", " ").split())


def _until(question: str, default: str | None, wrong: Callable[[str], str | None]) -> str:
    while True:
        text = str(typer.prompt(question, default=default, prompt_suffix=": ")).strip()
        sentence = wrong(text)
        if sentence is None:
            return text
        typer.echo(f"   {sentence}")


def _say_name(text: str) -> str | None:
    return None if 1 <= len(text) <= 200 and text.isprintable() else "One line of 1 to 200 characters."


def _say_token(text: str) -> str | None:
    return None if TOKEN_FORM.match(text) else "That is no token; it looks like 123456789:AAE…"


def _say_id(text: str) -> str | None:
    good = text.isascii() and text.isdecimal() and 0 < int(text) < HIGHEST_ID
    return None if good else "A whole number like 612345678; not the @name."


def _say_role(text: str) -> str | None:
    return None if text in list(Role) else f"One of: {', '.join(Role)}."


def _say_second(text: str, role: Role) -> str | None:
    if text == "0":
        return next(iter(_nobody_releases(role, None)), None)
    return _say_id(text)


def _write(file: Path, text: str, mode: int) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # O_EXCL: what somebody else made in the meantime is not overwritten either.
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)

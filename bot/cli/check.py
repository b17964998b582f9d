"""``sirkuler check``: settings, database, token, staff and sources, each right or wrong in one sentence."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import aiohttp
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.app_parts import read_glossary, read_topics, source_specs
from bot.cli.sources import database_exists, screen
from bot.config import Settings
from bot.delivery.outcomes import Fatal, Sent
from bot.delivery.sender import Sender
from bot.domain.permissions import Action
from bot.errors import ConfigError, SirkulerError
from bot.sources.feed import parse_feed
from bot.sources.fetch import Fetched, Fetcher
from bot.sources.registry import SourceSpec
from bot.store.db import open_database
from bot.store.migrate import check_version, current_version

TOKEN_SECONDS = 10.0


class Verdict(Enum):
    """How a finding is shown; only ``WRONG`` makes the check fail."""

    RIGHT = ("✓", "green")
    NOTE = ("!", "yellow")
    WRONG = ("✗", "red")


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    verdict: Verdict
    sentence: str


async def check_all(settings: Settings) -> int:
    """Look at everything and print a table. The exit code: 0, or 1 when something is wrong.

    Nothing is stored and nothing is sent; each source is fetched and parsed once.
    """
    with Console(stderr=True).status("Checking …"):
        findings = [
            *_tables(settings),
            *_staff(settings),
            await _database(settings),
            await _token(settings),
            *await asyncio.gather(*(_source(spec) for spec in source_specs(settings))),
        ]
    if not source_specs(settings):
        findings.append(Finding("sources", Verdict.NOTE, "No source is switched on."))
    screen().print(_table(findings))
    return 1 if any(finding.verdict is Verdict.WRONG for finding in findings) else 0


def _table(findings: Sequence[Finding]) -> Table:
    table = Table(box=None, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(style="bold")
    table.add_column()
    for finding in findings:
        sign, colour = finding.verdict.value
        table.add_row(Text(sign, style=colour), Text(finding.what), Text(finding.sentence))
    return table


def _tables(settings: Settings) -> list[Finding]:
    """Topics and glossary, and whether the sources name topics that exist."""
    findings = []
    try:
        topics = read_topics(settings)
        findings.append(Finding("topics", Verdict.RIGHT, f"{len(topics.topics)} topics."))
        keys = topics.keys()
        for source in settings.sources:
            unknown = ", ".join(topic for topic in source.topics if topic not in keys)
            if unknown:
                sentence = f"{source.name} names topics that the topics file does not have: {unknown}."
                findings.append(Finding("topics", Verdict.WRONG, sentence))
    except ConfigError as error:
        findings += [Finding("topics", Verdict.WRONG, problem) for problem in error.problems]
    try:
        glossary = read_glossary(settings)
        findings.append(Finding("glossary", Verdict.RIGHT, f"{len(glossary.pairs)} terms."))
    except ConfigError as error:
        findings += [Finding("glossary", Verdict.WRONG, problem) for problem in error.problems]
    return findings


def _staff(settings: Settings) -> list[Finding]:
    """Whether somebody can write and somebody else can release."""
    staff = settings.the_staff()
    writers, approvers = staff.who_may(Action.WRITE_DRAFT), staff.who_may(Action.RELEASE)
    if not approvers:
        sentence = "Nobody may release a notice: name at least one person in [staff] approvers."
        return [Finding("staff", Verdict.WRONG, sentence)]
    counts = f"{len(writers)} may write, {len(approvers)} may release."
    if staff.second_person and len(approvers) == 1:
        if len(writers) == 1:
            sentence = (
                "The only approver may not release their own notices (second_person): name a second person "
                "in [staff] editors or approvers, or set second_person = false."
            )
            return [Finding("staff", Verdict.WRONG, sentence)]
        sentence = (
            f"{counts} What the only approver writes nobody can release: name a second one in [staff] "
            "approvers, or set second_person = false."
        )
        return [Finding("staff", Verdict.NOTE, sentence)]
    return [Finding("staff", Verdict.RIGHT, counts)]


async def _database(settings: Settings) -> Finding:
    db = open_database(settings.database.url)
    try:
        folder = Path(db.engine.url.database or "").parent
        if db.is_sqlite and not folder.is_dir():
            return Finding("database", Verdict.WRONG, f"Its folder {folder} does not exist.")
        if not database_exists(db) or await current_version(db) is None:
            return Finding("database", Verdict.NOTE, "It does not exist yet; run and poll make it.")
        await check_version(db)
        async with db.write():
            pass
        return Finding("database", Verdict.RIGHT, "It has this program's schema version.")
    except SirkulerError as error:
        return Finding("database", Verdict.WRONG, error.sentence)
    finally:
        await db.close()


async def _token(settings: Settings) -> Finding:
    token = settings.token()
    if token is None:
        sentence = "There is none: @BotFather gives one; set [telegram] token or token_file."
        return Finding("token", Verdict.WRONG, sentence)
    telegram = settings.telegram
    async with aiohttp.ClientSession() as session:
        sender = Sender(session, telegram.api_base_url, token, telegram.proxy)
        outcome = await sender.call("getMe", {}, TOKEN_SECONDS)
    if isinstance(outcome, Sent):
        name = outcome.result.get("username") if isinstance(outcome.result, dict) else None
        return Finding("token", Verdict.RIGHT, f"It belongs to @{name}." if name else "Telegram accepts it.")
    if isinstance(outcome, Fatal):
        sentence = "Telegram refuses it: copy it anew from @BotFather."
    else:
        sentence = "Telegram cannot be reached; see [telegram] api_base_url and proxy."
    return Finding("token", Verdict.WRONG, sentence)


async def _source(spec: SourceSpec) -> Finding:
    if spec.kind != "feed":
        return Finding(spec.name, Verdict.WRONG, f"Sources of the kind {spec.kind} cannot be read yet.")
    try:
        answer = await Fetcher().fetch(spec.url, allow_private=spec.allow_private)
        if not isinstance(answer, Fetched):
            return Finding(spec.name, Verdict.WRONG, "It says that nothing has changed without being asked.")
        feed = await parse_feed(answer.body, answer.url)
    except SirkulerError as error:
        return Finding(spec.name, Verdict.WRONG, error.sentence)
    days = [entry.published_on for entry in feed.entries if entry.published_on]
    sentence = f"{len(feed.entries)} {'entry' if len(feed.entries) == 1 else 'entries'}" + (
        f", the newest of {max(days)}" if days else ""
    )
    sentence += f", {feed.quarantined} unusable." if feed.quarantined else "."
    return Finding(spec.name, Verdict.RIGHT if feed.entries else Verdict.NOTE, sentence)

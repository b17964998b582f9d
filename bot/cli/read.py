"""``sirkuler read``: what the bot understands, for a person at a glance or for a program as JSON."""

from __future__ import annotations

import asyncio
import json
import re
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.domain.association import Association
from bot.domain.notice import Deadline, Document, Meeting, Notice, document_to_json
from bot.domain.topic import TopicTable, parse_topics
from bot.errors import DocumentError, SirkulerError
from bot.rendering.catalog import LOCALES, Texts, load_catalogs
from bot.rendering.messages import NoticeView, facts_lines
from bot.sources.document import FILE_LIMIT, read_document
from bot.sources.listing import looks_like_json, parse_listing
from bot.understanding.extract import language_of, understand, understand_item

if TYPE_CHECKING:
    from bot.sources.feed import Feed

_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)


def read_files(files: Sequence[Path], *, as_json: bool, language: str) -> int:
    """Read each file; a failed one is told and the others are still read.

    Returns the exit code: 0, or 1 after a failure.
    """
    topics = parse_topics(tomllib.loads((LOCALES / "topics.toml").read_text(encoding="utf-8")))
    texts = load_catalogs()[language]
    console = Console()
    failed = False
    for file in files:
        try:
            document = asyncio.run(_read(_content(file), file.name, file.absolute().as_uri(), topics))
        except SirkulerError as error:
            failed = True
            sentence = error.sentence
            if not as_json and error.key and texts.has(error.key):
                sentence = str(texts(error.key, **error.arguments))
            _tell_failure(file, sentence, as_json)
            continue
        if as_json:
            answer = {"file": str(file), **document_to_json(document)}
            sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        else:
            _show(console, file, document, texts, topics)
    return 1 if failed else 0


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > FILE_LIMIT:
            raise DocumentError("The file is larger than 20 MB.", key="document.too_large")
        return file.read_bytes()
    except OSError as error:
        raise DocumentError(f"It cannot be opened: {error.strerror}.") from None


async def _read(data: bytes, name: str, address: str, topics: TopicTable) -> Document:
    if _FEED.search(data[:3000]):
        from bot.sources.feed import parse_feed

        return _of_entries(await parse_feed(data, address), topics)
    if looks_like_json(data):
        return _of_entries(parse_listing(data, address), topics)
    return understand(await read_document(data, name), topics=topics)


def _of_entries(feed: Feed, topics: TopicTable) -> Document:
    said = (feed.language or "")[:2].lower()
    words = "\n".join(f"{entry.title}\n{entry.text}" for entry in feed.entries[:20])
    language = said if said in ("tr", "en") else language_of(words)
    notices = tuple(
        understand_item(
            entry.title,
            entry.text,
            entry.url,
            topics=topics,
            published=entry.published_on,
            language=language,
        )
        for entry in feed.entries
    )
    return Document(language, None, None, notices, title=feed.title or "")


def _tell_failure(file: Path, sentence: str, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps({"file": str(file), "error": sentence}, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(f"{file}: {sentence}\n")


def _show(console: Console, file: Path, document: Document, texts: Texts, topics: TopicTable) -> None:
    head = [str(file)]
    if document.number:
        head.append(str(texts("notice.number", number=document.number)))
    if document.date:
        head.append(document.date.isoformat())
    if document.chain:
        head.append(" → ".join(document.chain))
    console.rule(escape(" · ".join(head)), align="left")
    for number, notice in enumerate(document.notices, 1):
        console.print(_panel(number, notice, texts, topics))


def _panel(number: int, notice: Notice, texts: Texts, topics: TopicTable) -> Panel:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    labels = ", ".join(topics.labels(notice.topics, texts.language)) or "–"
    table.add_row(texts.plain(f"kind.{notice.kind.value}"), escape(labels))
    if notice.status.value != "new":
        table.add_row("", f"[bold red]{_plain(texts(f'status.{notice.status.value}'))}[/]")
    for line in facts_lines(NoticeView(notice, 0), texts, Association("")):
        label, _, value = _plain(line).partition(":")
        table.add_row(escape(label), escape(value.strip()))
    facts: tuple[Deadline | Meeting, ...] = (*notice.deadlines, *notice.meetings)
    for fact in facts:
        table.add_row("", f"[{_colour(fact)}]{fact.confidence:.0%}[/]  “{escape(fact.quote)}”")
    shown = _quoted(notice.text, facts)
    for paragraph in shown:
        table.add_row("", paragraph)
    if notice.summary and notice.summary not in " ".join(" ".join(one.plain.split()) for one in shown):
        table.add_row(texts.plain("draft.field.summary"), f"[dim]{escape(notice.summary)}[/]")
    return Panel(table, title=escape(f"{number}. {notice.title}"), title_align="left")


def _colour(fact: Deadline | Meeting) -> str:
    """Yellow asks a person to look."""
    return "green" if fact.confidence >= SURE else "yellow"


SURE = 0.8


def _quoted(text: str, facts: Sequence[Deadline | Meeting]) -> list[Text]:
    """The paragraphs that facts rest on, each with its quotes marked."""
    shown = []
    for words in text.split("\n\n"):
        paragraph = Text(words, style="dim")
        marked = [
            paragraph.highlight_regex(
                r"\s+".join(map(re.escape, fact.quote.split())), f"not dim bold {_colour(fact)}"
            )
            for fact in facts
            if fact.quote
        ]
        if any(marked):
            shown.append(paragraph)
    return shown


def _plain(line: Any) -> str:
    import html

    return html.unescape(re.sub(r"<[^>]*>", "", str(line)))

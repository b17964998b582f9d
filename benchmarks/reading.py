"""How fast circulars are read: ``python -m benchmarks.reading``.

One table, each input with a peer that does less on the same input: text (understanding against a
bare sweep of one date expression) and PDF (opening and understanding against pdfplumber's text alone).
Processor time of this process; the best of five rounds, since noise only adds.
"""

from __future__ import annotations

import io
import re
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pdfplumber
from rich.console import Console
from rich.table import Table

from bot.domain.topic import parse_topics
from bot.rendering.catalog import LOCALES
from bot.sources.document import Limits
from bot.sources.document_child import read
from bot.understanding.extract import understand
from bot.understanding.text import RawDocument

ROOT = Path(__file__).parents[1]
ROUNDS = 5
_DATE = re.compile(
    r"\d{1,2}(?:[./]\d{1,2}[./]| \w+ )\d{4}|\d{1,2}[.:]\d{2}|https?://\S+|\S+@\S+|"
    r"\d{4}(?:\.\d{2})+"
)


def best(work: Callable[[], object], times: int) -> float:
    """Seconds of processor time for one call of ``work``, the best of the rounds of ``times`` calls."""
    results = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for _ in range(times):
            work()
        results.append((time.process_time() - started) / times)
    return min(results)


def main() -> None:
    """Print the tables for the sample circulars of the tests and the demo."""
    topics = parse_topics(tomllib.loads((LOCALES / "topics.toml").read_text(encoding="utf-8")))
    texts = [
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/data/circulars").glob("*.txt"))
    ]
    paper = (ROOT / "bot/demo/data/ornek-sirkuler.pdf").read_bytes()
    limits = Limits()
    settings = {"pages": limits.pages, "text": limits.text, "cpu": 10_000}
    with pdfplumber.open(io.BytesIO(paper)) as opened:
        pages = len(opened.pages)

    def whole_pdf() -> object:
        answer = read(paper, settings)
        return understand(RawDocument(tuple(answer["lines"]), kind="pdf"), topics=topics)

    def bare_pdf() -> object:
        with pdfplumber.open(io.BytesIO(paper)) as document:
            return [page.extract_text() for page in document.pages]

    table = Table("input", "what", "documents / s", "ms / document", "ms / page")
    many = "\n\n".join(texts)
    million = (many * (1_000_000 // len(many) + 1))[:1_000_000]
    rows: list[tuple[str, str, float, int]] = [
        (
            "text",
            "understood",
            best(lambda: [understand(text, topics=topics) for text in texts], 10) / len(texts),
            0,
        ),
        (
            "text",
            "peer: one sweep of re",
            best(lambda: [_DATE.findall(text) for text in texts], 50) / len(texts),
            0,
        ),
        ("1 MB of text", "understood", best(lambda: understand(million, topics=topics), 1), 0),
        ("1 MB of text", "peer: one sweep of re", best(lambda: _DATE.findall(million), 3), 0),
        ("PDF", "opened and understood", best(whole_pdf, 3), pages),
        ("PDF", "peer: pdfplumber's text", best(bare_pdf, 3), pages),
    ]
    for kind, what, seconds, count in rows:
        per_page = f"{seconds * 1000 / count:.1f}" if count else "–"
        table.add_row(kind, what, f"{1 / seconds:,.0f}", f"{seconds * 1000:.2f}", per_page)
    Console().print(table)


if __name__ == "__main__":
    main()

"""The words of a sending's picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel.numbers import format_percent

from bot.rendering.catalog import Texts
from bot.rendering.chart import COLOURS, MOST_ROWS, Part, Row, chart_png
from bot.rendering.reports import SendingReport


@dataclass(frozen=True, slots=True)
class Bar:
    """An item or a language with its ``counts`` by the report's names."""

    label: str
    counts: Mapping[str, int]


def report_chart(report: SendingReport, bars: Sequence[Bar], at: str, texts: Texts) -> bytes:
    """The picture of ``report`` as PNG: a row for each of ``bars``, and what the colours count together.

    ``at``: when it was made, in words. What is not there has no line but what was sent.
    """
    rows = [Row(bar.label, bar.counts, texts.number(sum(bar.counts.values()))) for bar in bars[:MOST_ROWS]]
    if len(bars) > MOST_ROWS:
        rest = bars[MOST_ROWS:]
        sums = {key: sum(bar.counts.get(key, 0) for bar in rest) for key in COLOURS}
        label = texts.plural("draft.more_items", len(rest)).unescape()
        rows.append(Row(label, sums, texts.number(sum(sums.values()))))
    together = {key: sum(bar.counts.get(key, 0) for bar in bars) for key in COLOURS}
    total = sum(together.values())
    parts = [
        Part(key, _label(key, report, texts), texts.number(count), _share(count, total, texts))
        for key, count in together.items()
        if count or key == "sent"
    ]
    subtitle = texts.plural("report.chart.subtitle", total, at=at).unescape()
    return chart_png(report.title or "–", subtitle, rows, parts)


def _label(key: str, report: SendingReport, texts: Texts) -> str:
    if report.correction and key in ("sent", "failed"):
        return texts.plain(f"report.chart.correction.{key}")
    return texts.plain(f"report.chart.{key}")


def _share(count: int, total: int, texts: Texts) -> str:
    """``%99,6``; never rounded to nothing or to all of it."""
    if not total:
        return "–"
    share = count / total
    digits = "0.00" if 0 < share < 0.001 or 0.999 < share < 1 else "0.0"
    return format_percent(
        share, f"%{digits}" if texts.language == "tr" else f"{digits}%", locale=texts.language
    )

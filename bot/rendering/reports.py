"""How a sending went: the result message, the status and the list as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.domain.outgoing import Button
from bot.rendering.catalog import Texts
from bot.rendering.markup import join, shorten, untrusted
from bot.rendering.messages import Rendered

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


@dataclass(frozen=True, slots=True)
class SendingReport:
    """A circular's sending in numbers; ``items`` is how many messages it consists of.

    Of a ``correction`` (the number of its broadcast) the counts are of edits, ``anew`` of the new messages
    to those whose copy could not be edited.
    """

    root_id: int
    title: str
    finished: bool
    paused: bool
    items: int
    counts: Mapping[str, int]
    correction: int = 0
    anew: int = 0


def result_message(report: SendingReport, texts: Texts, *, with_list: bool = True) -> Rendered:
    """What author and approver read when a sending is finished."""
    keyboard = ((csv_button(report, texts),),) if with_list else ()
    return Rendered(join(report_lines(report, texts)), keyboard)


def csv_button(report: SendingReport, texts: Texts, prefix: str = "") -> Button:
    list_of = f":{report.correction}" if report.correction else ""
    return Button(f"{prefix}{texts.plain('report.button.csv')}", data=f"sr:{report.root_id}:csv{list_of}")


def report_lines(report: SendingReport, texts: Texts) -> list[Markup]:
    """Title, then the numbers; waiting and skipped ones only where there are any."""
    state = "paused" if report.paused else "finished" if report.finished else "running"
    counts = {name: texts.number(number) for name, number in report.counts.items()}
    lines = [
        texts(f"report.{state}", title=untrusted(shorten(report.title, 300))),
        texts("report.corrected" if report.correction else "report.counts", **counts),
    ]
    if report.correction:
        lines.insert(0, texts("status.correction"))
    if report.anew:
        lines.append(texts("report.anew", n=texts.number(report.anew)))
    if report.counts["open"]:
        lines.append(texts("report.waiting", open=counts["open"]))
    if report.counts["skipped"]:
        lines.append(texts("report.skipped", skipped=counts["skipped"]))
    if report.items > 1 and not report.correction:
        lines.append(texts("report.several"))
    return lines


def status_message(
    reports: Sequence[SendingReport], subscribers: Mapping[str, int], texts: Texts, *, with_lists: bool
) -> Rendered:
    """Subscribers per language and the last sendings, each with its list."""
    languages = ", ".join(
        f"{texts.plain(f'label.language.{language}')} {texts.number(count)}"
        for language, count in subscribers.items()
    )
    total = sum(subscribers.values())
    groups = [
        [
            texts("report.status.head"),
            texts.plural("report.status.subscribers", total, languages=languages),
        ]
    ]
    groups += [report_lines(report, texts) for report in reports]
    if not reports:
        groups.append([texts("report.status.no_broadcasts")])
    rows = [
        (csv_button(report, texts, f"{number}. " if len(reports) > 1 else ""),)
        for number, report in enumerate(reports, start=1)
        if with_lists
    ]
    return Rendered(Markup("\n\n").join(join(lines) for lines in groups), tuple(rows))


def csv_file(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A list as spreadsheet programs with Turkish settings open it: UTF-8 with BOM, semicolons.

    A cell that would begin a formula gets an apostrophe (OWASP, CSV injection).
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([harmless(cell) for cell in row])
    return file.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """The cell as text, whatever program opens it; a negative number is text too."""
    cleaned = cell.replace("\0", "")
    return f"'{cleaned}" if cell.startswith(_FORMULA) else cleaned

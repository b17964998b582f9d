"""How a sending went: the result message, the status and the list as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.domain.notice import Status
from bot.domain.outgoing import Button
from bot.rendering.catalog import Texts
from bot.rendering.markup import join, shorten, untrusted
from bot.rendering.messages import Rendered

BAR = 20
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


@dataclass(frozen=True, slots=True)
class SendingReport:
    """A circular's sending in numbers; ``items`` is how many messages it consists of, ``resendable`` how many
    failed for members who are still there.

    Of a ``correction`` (the number of its broadcast) the counts are of edits, ``anew`` of the new messages
    to those whose copy could not be edited.
    """

    root_id: int
    title: str
    finished: bool
    paused: bool
    items: int
    counts: Mapping[str, int]
    stopped: bool = False
    resendable: int = 0
    correction: int = 0
    anew: int = 0
    status: Status = Status.NEW


def result_message(report: SendingReport, texts: Texts, *, with_list: bool = True) -> Rendered:
    """What author and approver read when a sending is finished."""
    keyboard = (list_buttons(report, texts),) if with_list else ()
    return Rendered(join(report_lines(report, texts)), keyboard)


def progress_message(report: SendingReport, texts: Texts) -> Rendered:
    """The same while it is under way: a bar and how much of it is done above the numbers."""
    lines = report_lines(report, texts)
    total = report.counts["audience"]
    if total and not report.finished:
        done = total - report.counts["open"]
        bar = "▓" * (BAR * done // total) + "░" * (BAR - BAR * done // total)
        percent = texts.number(100 * done // total)
        lines.insert(1, texts("report.progress", bar=bar, percent=percent))
    return Rendered(join(lines), ())


def list_buttons(report: SendingReport, texts: Texts, prefix: str = "") -> tuple[Button, ...]:
    """Everybody with what became of their message as a list, and the numbers as a picture."""
    of = f":{report.correction}" if report.correction else ""
    return tuple(
        Button(f"{prefix}{texts.plain(f'report.button.{form}')}", data=f"sr:{report.root_id}:{form}{of}")
        for form in ("csv", "chart")
    )


def report_lines(report: SendingReport, texts: Texts) -> list[Markup]:
    """Title, then the numbers; waiting, held and skipped ones only where there are any."""
    if report.paused:
        state = "paused"
    elif report.finished:
        state = "stopped" if report.stopped else "finished"
    else:
        state = "running"
    counts = {name: texts.number(number) for name, number in report.counts.items()}
    lines = [
        texts(f"report.{state}", title=untrusted(shorten(report.title, 300))),
        texts("report.corrected" if report.correction else "report.counts", **counts),
    ]
    if report.correction or report.status is not Status.NEW:
        status = Status.CORRECTION if report.correction else report.status
        lines[0] = Markup("\n").join([texts(f"status.{status.value}"), lines[0]])
    if report.anew:
        lines.append(texts("report.anew", n=texts.number(report.anew)))
    if report.counts["open"]:
        lines.append(texts("report.waiting", open=counts["open"]))
    if report.counts["held"]:
        lines.append(texts("report.held", held=counts["held"]))
    if report.counts["skipped"]:
        key = "report.not_sent" if report.stopped else "report.skipped"
        lines.append(texts(key, skipped=counts["skipped"]))
    if report.items > 1 and not report.correction:
        lines.append(texts("report.several"))
    return lines


def control_buttons(report: SendingReport, texts: Texts, prefix: str = "") -> tuple[Button, ...]:
    """What can be done with a sending as it stands: pause or go on, stop; once more to the failed."""
    actions: list[str] = []
    if not report.finished:
        actions += ["resume" if report.paused else "pause", "stop"]
    elif report.resendable:
        actions.append("resend")
    count = texts.number(report.resendable)
    return tuple(
        Button(
            prefix + texts.plain(f"control.button.{action}", count=count),
            data=f"sc:{report.root_id}:{action}",
        )
        for action in actions
    )


def status_message(
    reports: Sequence[SendingReport],
    subscribers: Mapping[str, int],
    texts: Texts,
    *,
    with_lists: bool,
    with_control: bool = False,
    change: tuple[int, int] | None = None,
) -> Rendered:
    """Subscribers per language, how many came and went in a week, and the last sendings, each with its
    list and what can be done with it."""
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
    if change is not None:
        came, went = (texts.number(number) for number in change)
        groups[0].append(texts("report.status.change", came=came, went=went))
    groups += [report_lines(report, texts) for report in reports]
    if not reports:
        groups.append([texts("report.status.no_broadcasts")])
    rows: list[tuple[Button, ...]] = []
    for number, report in enumerate(reports, start=1):
        prefix = f"{number}. " if len(reports) > 1 else ""
        if with_control and (buttons := control_buttons(report, texts, prefix)):
            rows.append(buttons)
        if with_lists:
            rows.append(list_buttons(report, texts, prefix))
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

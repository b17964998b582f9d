"""What became of a sending: told once to author and approver, shown on demand, listed as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import moment
from bot.domain.audience import Audience
from bot.domain.notice import Status
from bot.domain.outgoing import Edit, Outgoing, Send, SendDocument
from bot.domain.permissions import Action, Staff
from bot.domain.relation import Amend
from bot.domain.turns import shown_again
from bot.errors import Refused
from bot.flows.correction import PURPOSE_CORRECTION
from bot.flows.desk import Desk, Reply
from bot.flows.restored import note
from bot.rendering.catalog import Texts
from bot.rendering.kit import RenderingKit
from bot.rendering.markup import join, shorten, untrusted
from bot.rendering.messages import Rendered
from bot.rendering.reports import SendingReport, csv_file, progress_message, result_message, status_message
from bot.store import (
    answers,
    audience,
    control,
    notices,
    outbox,
    pause,
    progress,
    relations,
    reports,
    staff_people,
)
from bot.store.notices import StoredNotice
from bot.store.progress import Shown
from bot.store.reports import Sending

SHOWN = 5
PROGRESS_EVERY = timedelta(seconds=5)
WEEK = timedelta(days=7)
LOOKING_ON = timedelta(minutes=5)
"""Who released a notice watches it go for so long; what ends later is worth a message that rings."""


async def report_finished(connection: AsyncConnection, now: datetime, kit: RenderingKit, staff: Staff) -> int:
    """Tell author and approver of every sending that has ended since; returns how many messages.

    Each is told once: the broadcasts are marked, and the answers' keys are unique. Who still watches the
    sending reads the result in the message that showed it.
    """
    told = 0
    for sending in await reports.sendings(connection, unreported=True, limit=50):
        root = await _drafted(connection, sending)
        report = await report_of(connection, sending, now)
        if report.counts["open"]:
            continue  # stopped by hand, and something is still on its way
        people = {root.author_id, root.approver_id} - {None} if root else set()
        watching = await progress.of_sending(connection, root.id) if root else {}
        for user_id in sorted(person for person in people if person is not None):
            if staff.role(user_id) is None:
                continue
            texts = kit.catalogs[await staff_people.language(connection, user_id)]
            may_download = staff.allows(user_id, Action.DOWNLOAD_REPORT)
            rendered = result_message(report, texts, kit.association, with_list=may_download)
            key = f"report:{sending.broadcast_ids[-1]}:{sending.finished_at}:{user_id}"
            messages = _result(user_id, rendered, watching.get(user_id), root, texts, now)
            keys = [key, f"{key}:watched"][: len(messages)]
            told += await answers.add(connection, messages, now, dedupe=keys)
        if root is not None:
            await progress.forget(connection, root.id)
        await reports.mark_reported(connection, sending.broadcast_ids, now)
    return told


def _result(
    user_id: int,
    rendered: Rendered,
    watched: int | None,
    root: StoredNotice | None,
    texts: Texts,
    now: datetime,
) -> list[Outgoing]:
    """The result as one message: in place of the one that showed the sending, if that is young enough to be
    looked at, else as a new one to which the old one points."""
    message = Send(user_id, rendered.text, rendered.keyboard)
    if watched is None or root is None:
        return [message]
    if root.released_at is not None and now - root.released_at <= LOOKING_ON:
        return [Edit(user_id, watched, rendered.text, rendered.keyboard)]
    title = untrusted(shorten(root.facts.title, 300))
    return [message, Edit(user_id, watched, texts("report.below", title=title))]


async def report_trouble(
    connection: AsyncConnection,
    broadcast_id: int,
    reason: str,
    now: datetime,
    kit: RenderingKit,
    staff: Staff,
) -> int:
    """Tell author, approver and admins that a sending was paused, and why; returns how many messages."""
    paused = await outbox.get_broadcast(connection, broadcast_id)
    stored = await notices.get(connection, paused.notice_id) if paused else None
    if stored is None:
        return 0
    people = {stored.author_id, stored.approver_id, *staff.admins} - {None}
    told = 0
    for user_id in sorted(person for person in people if person is not None):
        if staff.role(user_id) is None:
            continue
        texts = kit.catalogs[await staff_people.language(connection, user_id)]
        title = untrusted(shorten(stored.facts.title, 300))
        lines = [texts("report.paused", title=title), texts("report.trouble", reason=untrusted(reason[:300]))]
        key = f"trouble:{broadcast_id}:{user_id}"
        told += await answers.add(connection, [Send(user_id, join(lines))], now, dedupe=[key])
    return told


@dataclass(frozen=True, slots=True)
class Progress:
    """What a message that shows a sending is to say now, and how many messages wait."""

    shown: Shown
    waiting: int
    edit: Edit


async def progress_made(connection: AsyncConnection, now: datetime, kit: RenderingKit) -> list[Progress]:
    """How far the sendings are, for the messages of those who released them, where that has changed. Reads
    only: a large sending takes long to count, and meanwhile others write. It is counted less often."""
    made = []
    for shown in await progress.followed(connection):
        sending = await _of_draft(connection, shown.root_id)
        if sending.finished:
            continue  # the result takes its place
        at_once = sending.paused and shown.open >= -1
        people = await outbox.audience_of(connection, sending.broadcast_ids)
        if not at_once and not shown_again(now, PROGRESS_EVERY, people, moment(shown.since)):
            continue
        report = await report_of(connection, sending, now)
        waiting = report.counts["open"]
        if report.paused:
            waiting = -2 - waiting  # a pause is a change too
        if waiting == shown.open:
            continue
        texts = kit.catalogs[await staff_people.language(connection, shown.chat_id)]
        edit = Edit(shown.chat_id, shown.message_id, progress_message(report, texts, kit.association).text)
        made.append(Progress(shown, waiting, edit))
    return made


async def show_progress(connection: AsyncConnection, made: Sequence[Progress], now: datetime) -> int:
    """Write it into their messages; returns how many.

    Called every few seconds: a message is edited no more often than that. How it ended says
    ``report_finished``.
    """
    edited = 0
    for one in made:
        if await progress.note(connection, one.shown, one.waiting):
            edited += await answers.add(connection, [one.edit], now)
    return edited


async def status(desk: Desk) -> Reply:
    """Subscribers per language, progress of what is being sent, the last results."""
    desk.require(Action.VIEW_STATUS)
    return await status_again(desk.anew())


async def status_again(desk: Desk) -> Reply:
    """The status in place of the message whose button was tapped."""
    found = await reports.sendings(desk.connection, limit=SHOWN)
    shown = [await report_of(desk.connection, sending, desk.now) for sending in found]
    subscribers = await audience.count(desk.connection, Audience(everyone=True))
    with_lists = desk.staff.allows(desk.user_id, Action.DOWNLOAD_REPORT)
    rendered = status_message(
        shown,
        subscribers,
        desk.texts,
        desk.kit.association,
        with_lists=with_lists,
        with_control=desk.staff.allows(desk.user_id, Action.CONTROL_SENDING),
        change=await audience.change(desk.connection, desk.now - WEEK),
    )
    if await pause.get(desk.connection) is not None:
        held = note(desk.texts, may_resume=desk.staff.allows(desk.user_id, Action.RESUME_COPY))
        text = Markup("\n\n").join([held.text, rendered.text])
        rendered = Rendered(text, (*held.keyboard, *rendered.keyboard))
    return Reply((desk.show(rendered),))


async def _of_draft(connection: AsyncConnection, draft_id: int) -> Sending:
    """The sending that a draft's release began: its own, or the edits of the notice that it corrects."""
    draft = await notices.get(connection, draft_id)
    if draft is not None and draft.amend is Amend.EDIT and draft.related_id is not None:
        target = await notices.get(connection, draft.related_id)
        made = [one.id for one in await relations.corrections(connection, draft.related_id)]
        if target is not None and draft_id in made:
            purpose = f"{PURPOSE_CORRECTION}{made.index(draft_id) + 1}"
            for edits in await outbox.broadcasts_of(connection, [target.id]):
                if edits.purpose == purpose:
                    return await reports.sending(connection, target.parent_id or target.id, edits.id)
    return await reports.sending(connection, draft_id)


async def _drafted(connection: AsyncConnection, sending: Sending) -> StoredNotice | None:
    """The draft that was released: the circular, or the correction of one of its items."""
    if sending.correction:
        edits = await outbox.get_broadcast(connection, sending.correction)
        if edits is not None:
            number = int(edits.purpose.removeprefix(PURPOSE_CORRECTION))
            made = await relations.corrections(connection, edits.notice_id)
            if 0 < number <= len(made):
                return made[number - 1]
    return await notices.get(connection, sending.root_id)


async def download(desk: Desk, root_id: int, correction: int = 0) -> Reply:
    """Who got it and who did not, as a CSV file. Raises ``Refused`` when nothing was sent."""
    desk.require(Action.DOWNLOAD_REPORT)
    sending = await reports.sending(desk.connection, root_id, correction)
    if not sending.broadcast_ids:
        raise Refused("There is no such sending.", key="report.none")
    texts = desk.texts
    columns = ("item", "member", "chat", "language", "state", "error")
    header = [texts.plain(f"report.csv.{column}") for column in columns]
    rows: list[list[str]] = []
    for number, broadcast_id in enumerate(sending.broadcast_ids, start=1):
        for recipient in await outbox.recipients(desk.connection, broadcast_id):
            state = texts.plain(f"report.state.{recipient.state.name.lower()}")
            rows.append(
                [
                    str(number),
                    str(recipient.member_id),
                    str(recipient.chat_id),
                    texts.plain(f"label.language.{recipient.language}"),
                    state,
                    recipient.error or "",
                ]
            )
    await desk.note("download_report", root_id, rows=len(rows))
    name = texts.plain("report.csv.file", number=root_id)
    return Reply((SendDocument(desk.chat_id, content=csv_file(header, rows), file_name=name),))


async def report_of(connection: AsyncConnection, sending: Sending, now: datetime) -> SendingReport:
    """A sending in numbers."""
    names = ("audience", "sent", "blocked", "failed", "unknown", "skipped", "open", "held")
    counts = dict.fromkeys(names, 0)
    anew = failed = 0
    for broadcast_id in sending.broadcast_ids:
        tally = await outbox.tally(connection, broadcast_id)
        failed += tally.failed
        if sending.correction not in (0, broadcast_id):  # they are among the edits already
            anew += tally.sent
            counts["open"] += tally.open
            continue
        for name in names:
            counts[name] += getattr(tally, name)
    root = await _drafted(connection, sending)
    return SendingReport(
        root_id=sending.root_id,
        title=_title(root, len(sending.broadcast_ids)) if root else "",
        finished=sending.finished,
        paused=sending.paused,
        items=len(sending.broadcast_ids),
        counts=counts,
        stopped=sending.stopped,
        resendable=failed and await control.count_failed(connection, sending.broadcast_ids),
        correction=sending.correction,
        anew=anew,
        status=root.facts.status if root else Status.NEW,
        leaves=await _leaves(connection, sending, counts, now),
    )


async def _leaves(
    connection: AsyncConnection, sending: Sending, counts: dict[str, int], now: datetime
) -> datetime | None:
    """When the first message goes; None when some have gone, or may by now."""
    if counts["open"] + counts["held"] < counts["audience"]:
        return None
    first = await outbox.first_departure(connection, sending.broadcast_ids)
    return first if first is not None and first > now else None


def _title(root: StoredNotice, items: int) -> str:
    """What a sending is called: a circular of several items by its number too, the first is not all of it."""
    return f"{root.number} · {root.facts.title}" if root.number and items > 1 else root.facts.title

"""Reminders: written as rows when their day comes near, sent once, several merged into one message."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.domain.association import Association
from bot.domain.outgoing import Button, Send
from bot.domain.timing import asked_reminder_times, automatic_reminder_at
from bot.rendering.catalog import Texts
from bot.rendering.kit import RenderingKit
from bot.rendering.markup import safe_url, shorten, untrusted
from bot.rendering.messages import application_link, deadline_label, meeting_label
from bot.rendering.when import deadline_words, meeting_words, relative_day
from bot.store import answers, events, notices, relations, reminders
from bot.store.db import Database
from bot.store.notices import StoredNotice
from bot.store.reminders import Due
from bot.store.tables import EventKind, ReminderState

HORIZON = timedelta(days=14)
"""How far ahead automatic reminders are written: longer than the longest run of holidays."""
SHOWN = 8


async def due(db: Database, now: datetime, kit: RenderingKit) -> int:
    """Write what has come near and queue what is due; returns how many messages were queued.

    What was missed while the process slept is due now, in one message per member.
    """
    async with db.write() as connection:
        await _write_automatic(connection, now, kit.association)
        await reminders.end_for_stopped(connection, now)
        waiting = await reminders.due(connection, now)
        known: dict[int, StoredNotice | None] = {}
        for one in waiting:
            if one.notice_id not in known:
                known[one.notice_id] = await notices.get(connection, one.notice_id)
        messages: list[Send] = []
        keys: list[str] = []
        for member_id, group in groupby(waiting, key=lambda one: one.member_id):
            alive = [one for one in group if one.at > now and known[one.notice_id] is not None]
            if alive:
                messages.append(_message(alive, known, kit, now))
                keys.append(f"reminder:{member_id}:{max(one.id for one in alive)}:{epoch(now)}")
        queued = await answers.add(connection, messages, now, dedupe=keys)
        over = {one.id for one in waiting if one.at <= now}
        await reminders.mark(connection, over, ReminderState.ENDED)
        await reminders.mark(connection, {one.id for one in waiting} - over, ReminderState.SENT)
    return queued


async def _write_automatic(connection: AsyncConnection, now: datetime, association: Association) -> None:
    for deadline in await reminders.deadlines_without_automatic(connection, now, now + HORIZON):
        at = automatic_reminder_at(deadline.at, association)
        if now >= at - timedelta(hours=1):
            # Only now: who got the notice late is reminded too, who stopped is not.
            await reminders.write_automatic(connection, deadline.event_id, deadline.notice_id, at)


async def remind_me(
    connection: AsyncConnection, member_id: int, notice_id: int, now: datetime, association: Association
) -> list[datetime]:
    """Set the reminders a member asked for; the moments still to come, earliest first.

    Of a notice whose dates were moved since, the new dates are meant.
    """
    moments: set[datetime] = set()
    latest = await relations.latest_of(connection, notice_id)
    for event in await events.of_notice(connection, latest.id if latest else notice_id):
        if event.starts_at <= now:
            continue
        times = asked_reminder_times(
            event.starts_at,
            association,
            meeting=event.kind is EventKind.MEETING,
            has_hour=event.has_hour,
        )
        for rule, at in times:
            if now < at < event.starts_at:
                await reminders.write(connection, member_id, event.id, rule, at)
                moments.add(at)
    return sorted(moments)


async def applied(connection: AsyncConnection, member_id: int, notice_id: int) -> None:
    """The member has applied: this notice reminds them no more, nor what took its place since."""
    latest = await relations.latest_of(connection, notice_id)
    for one in sorted({notice_id, latest.id if latest else notice_id}):
        await reminders.end_for_notice(connection, member_id, one)


def _message(
    group: list[Due], known: dict[int, StoredNotice | None], kit: RenderingKit, now: datetime
) -> Send:
    texts = kit.catalogs[group[0].language]
    lines: list[Markup] = [texts("reminder.title")]
    rows: list[tuple[Button, ...]] = []
    seen: set[tuple[int, EventKind, int]] = set()
    for one in group:
        stored = known[one.notice_id]
        if stored is None or (one.notice_id, one.event_kind, one.position) in seen or len(seen) >= SHOWN:
            continue
        seen.add((one.notice_id, one.event_kind, one.position))
        lines.append(_line(one, stored, texts, kit.association, now))
        row = _buttons(stored, texts)
        if row not in rows:
            rows.append(row)
    return Send(group[0].chat_id, Markup("\n\n").join(lines), tuple(row for row in rows if row))


def _line(one: Due, stored: StoredNotice, texts: Texts, association: Association, now: datetime) -> Markup:
    facts = stored.facts
    if one.event_kind is EventKind.DEADLINE and one.position < len(facts.deadlines):
        label = texts(deadline_label(facts.kind))
        when = deadline_words(facts.deadlines[one.position], texts, association)
    elif one.position < len(facts.meetings):
        meeting = facts.meetings[one.position]
        label = texts(meeting_label(meeting, facts))
        when = meeting_words(meeting, texts, association)
    else:  # the fact was edited away after the reminder was written
        label, when = texts("label.deadline.other"), ""
    title = untrusted(shorten(facts.title, 200))
    zone = association.zone
    relative = relative_day(one.at.astimezone(zone).date(), now.astimezone(zone).date(), texts)
    if relative:
        return texts("reminder.line", title=title, label=label, relative=relative, when=when)
    return texts("reminder.line_far", title=title, label=label, when=when)


def _buttons(stored: StoredNotice, texts: Texts) -> tuple[Button, ...]:
    link = application_link(stored.facts)
    url = safe_url(link.url) if link else None
    buttons: list[Button] = []
    if link and url:
        buttons.append(Button(texts.plain(f"label.link.{link.role.value}"), url=url))
    if link:
        buttons.append(Button(texts.plain("reminder.applied"), data=f"ap:{stored.id}"))
    return tuple(buttons)

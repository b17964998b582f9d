"""What a member asks of notices: the latest, the agenda, why one came, its reminders, its original."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.audience import why
from bot.domain.member import Member
from bot.domain.notice import Notice
from bot.domain.outgoing import Outgoing, Send, SendDocument
from bot.errors import Refused
from bot.flows import remind
from bot.flows.membership import Visitor, set_topics
from bot.rendering import member as words
from bot.rendering.calendar_file import CalendarEntry, calendar_file
from bot.rendering.catalog import Texts
from bot.rendering.markup import shorten, untrusted
from bot.rendering.messages import (
    application_link,
    deadline_label,
    meeting_label,
    notice_message,
)
from bot.rendering.when import deadline_words, instant_words, meeting_words
from bot.store import events, notices, outbox, relations
from bot.store.events import Event
from bot.store.notices import StoredNotice
from bot.store.tables import EventKind, NoticeState

LATEST = 10
PAGE = 8
"""Dates on a page of the agenda."""
PREVIEW_TOKEN = "preview0"
_TAP = re.compile(r"^(?:rm|wy|dc):([A-Za-z0-9_-]{4,16}):(\d{1,12})$", re.ASCII)


@dataclass(frozen=True, slots=True)
class NoticeTap:
    """A button under a notice: the broadcast's token and the notice."""

    token: str
    notice_id: int


def parse_notice_tap(data: str) -> NoticeTap | None:
    """The tap that callback data describe; None for anything that is not ours."""
    found = _TAP.fullmatch(data)
    return NoticeTap(found[1], int(found[2])) if found else None


async def latest(visitor: Visitor) -> Outgoing:
    """The newest notices of the member's topics; a stranger sees those of all."""
    topics = visitor.member.topics if visitor.member else None
    found = await notices.latest_released(visitor.connection, LATEST, topics=topics)
    if not found:
        key = "member.latest.none" if visitor.member else "member.latest.none_at_all"
        return visitor.say(key)
    views = [stored.view() for stored in found]
    return visitor.send(words.latest_list(views, visitor.kit, visitor.language))


async def show(visitor: Visitor, notice_id: int) -> Outgoing:
    """A released notice as it was sent. Raises ``Refused`` for any other."""
    stored = await notices.get(visitor.connection, notice_id)
    sent = await outbox.broadcasts_of(visitor.connection, [notice_id])
    if stored is None or stored.state is not NoticeState.RELEASED or stored.excluded or not sent:
        raise Refused("No such notice.", key="member.button.old")
    view = stored.view(await relations.former_facts(visitor.connection, stored))
    rendered = notice_message(view, visitor.kit, visitor.language, token=sent[0].token)
    return visitor.send(rendered)


async def agenda(visitor: Visitor, page: int = 0) -> Outgoing:
    """Deadlines and meetings to come, ``PAGE`` at a time; a page that is empty by now shows the first."""
    found = await _upcoming(visitor, PAGE + 1, page * PAGE)
    if not found and page:
        page, found = 0, await _upcoming(visitor, PAGE + 1, 0)
    texts, association = visitor.kit.catalogs[visitor.language], visitor.kit.association
    lines = []
    for event, stored in found[:PAGE]:
        facts = stored.facts
        if event.kind is EventKind.DEADLINE and event.position < len(facts.deadlines):
            when = deadline_words(facts.deadlines[event.position], texts, association)
        elif event.kind is EventKind.MEETING and event.position < len(facts.meetings):
            when = meeting_words(facts.meetings[event.position], texts, association)
        else:
            continue
        lines.append(words.AgendaLine(when, _event_label(event, facts, texts), facts.title, event.id))
    rendered = words.agenda(lines, page, page * PAGE, texts, more=len(found) > PAGE)
    return visitor.show(rendered)


async def agenda_file(visitor: Visitor) -> Outgoing:
    """The same dates as a file for calendars."""
    texts = visitor.kit.catalogs[visitor.language]
    entries = [_calendar_entry(event, stored, texts) for event, stored in await _upcoming(visitor, 200, 0)]
    if not entries:
        return visitor.say("reminder.agenda_empty")
    content = calendar_file(entries, visitor.kit.association, visitor.now)
    return SendDocument(visitor.chat_id, content=content, file_name=texts.plain("reminder.file_name"))


async def event_file(visitor: Visitor, event_id: int) -> Outgoing:
    """One event as a file for calendars; its UID is the same in every file, so that a calendar that has it
    already changes it instead of adding another. Raises ``Refused`` for an event that is not there."""
    found = await events.get_event(visitor.connection, event_id)
    if found is None:
        raise Refused("No such event.", key="member.button.old")
    texts = visitor.kit.catalogs[visitor.language]
    entry = _calendar_entry(*found, texts)
    content = calendar_file([entry], visitor.kit.association, visitor.now)
    name = texts.plain("reminder.event_file_name", number=event_id)
    caption = untrusted(shorten(entry.title, 200))
    return SendDocument(visitor.chat_id, content=content, file_name=name, caption=caption)


async def set_reminders(visitor: Visitor, member: Member, tap: NoticeTap) -> Send:
    """``Bana hatırlat``: the moments at which the member will be reminded, or that there is none left."""
    stored = await _tapped(visitor, tap)
    texts, association = visitor.kit.catalogs[visitor.language], visitor.kit.association
    moments = await remind.remind_me(visitor.connection, member.id, stored.id, visitor.now, association)
    if not moments:
        return visitor.say("reminder.none")
    times = [instant_words(moment, texts, association) for moment in moments]
    if len(times) == 1:
        return visitor.say("reminder.set", times=times[0])
    return visitor.say("reminder.set_several", times="\n".join(f"• {one}" for one in times))


async def applied(visitor: Visitor, member: Member, notice_id: int) -> Send:
    """``Başvurumuzu yaptık``: no more reminders of this notice."""
    await remind.applied(visitor.connection, member.id, notice_id)
    return visitor.say("reminder.ended")


async def explain(visitor: Visitor, member: Member, tap: NoticeTap) -> Send:
    """Why a notice came to this member."""
    stored = await _tapped(visitor, tap)
    rendered = words.why(
        visitor.kit,
        visitor.language,
        everyone=stored.audience.everyone,
        matching=why(stored.audience, member.topics),
        topics=stored.facts.topics,
    )
    return visitor.send(rendered)


async def original(visitor: Visitor, tap: NoticeTap) -> SendDocument:
    """The circular's own file. Raises ``Refused`` when there is none."""
    stored = await _tapped(visitor, tap)
    if stored.file_id is None:
        raise Refused("There is no file.", key="member.no_file")
    title = untrusted(shorten(stored.facts.title, 200))
    return SendDocument(visitor.chat_id, file_id=stored.file_id, caption=title)


async def mute(visitor: Visitor, member: Member, topic: str, *, undo: bool) -> Outgoing:
    """Close a topic, or open it again. Raises ``Refused`` for a topic the table does not have."""
    known = visitor.kit.topics.keys()
    if topic not in known:
        raise Refused("No such topic.", key="member.button.old")
    if undo:
        await set_topics(visitor, member, member.topics | {topic})
        label = visitor.kit.topics.label(topic, visitor.language)
        return visitor.say("member.mute.undone", topic=label)
    await set_topics(visitor, member, member.topics - {topic})
    return visitor.send(words.muted(visitor.kit, visitor.language, topic))


async def _tapped(visitor: Visitor, tap: NoticeTap) -> StoredNotice:
    """The notice under whose message a button was tapped; the token must be that of its broadcast."""
    if tap.token == PREVIEW_TOKEN:
        raise Refused("A preview.", key="member.button.preview")
    broadcast = await outbox.by_token(visitor.connection, tap.token)
    stored = await notices.get(visitor.connection, tap.notice_id)
    if broadcast is None or stored is None or broadcast.notice_id != stored.id:
        raise Refused("No such notice.", key="member.button.old")
    return stored


async def _upcoming(visitor: Visitor, limit: int, offset: int) -> tuple[tuple[Event, StoredNotice], ...]:
    topics = visitor.member.topics if visitor.member else None
    return await events.upcoming_events(
        visitor.connection, visitor.now, topics=topics, limit=limit, offset=offset
    )


def _event_label(event: Event, facts: Notice, texts: Texts) -> str:
    """What the date is: the deadline's name by the notice's kind, the meeting's by its words."""
    if event.kind is EventKind.DEADLINE or event.position >= len(facts.meetings):
        return texts.plain(deadline_label(facts.kind))
    return texts.plain(meeting_label(facts.meetings[event.position], facts))


def _calendar_entry(event: Event, stored: StoredNotice, texts: Texts) -> CalendarEntry:
    link = application_link(stored.facts)
    return CalendarEntry(
        f"event-{event.id}-{event.notice_id}@sirkuler",
        f"{_event_label(event, stored.facts, texts)}: {stored.facts.title}",
        event.starts_at,
        event.ends_at,
        event.has_hour,
        link.url if link else None,
    )

"""Corrections on a draft, by button and by reply. Every one raises the version and takes the
circular back to a draft: what was approved before is not what would be sent now."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.audience import audience_of
from bot.domain.checks import open_checks
from bot.domain.corrections import FIELD_FORM, correct, newest_day
from bot.domain.draft_tap import DraftTap
from bot.domain.notice import Kind, Nature, Notice
from bot.domain.outgoing import Button, Send
from bot.domain.permissions import Action
from bot.errors import Refused
from bot.flows.desk import Desk, Reply
from bot.flows.drafts import OpenDraft, load, load_current, topics_of, view
from bot.rendering.drafts import DraftItem, item_message
from bot.rendering.markup import shorten, untrusted
from bot.rendering.messages import Rendered
from bot.rendering.when import deadline_words, meeting_words
from bot.store import dialogues, notices
from bot.store.notices import OPEN_STATES, StoredNotice
from bot.store.tables import NoticeState

STEP_EDIT = "staff_edit"
_PROMPTS = {"dl": "draft.ask.deadline", "mt": "draft.ask.meeting"}


async def ask(desk: Desk, tap: DraftTap) -> Reply:
    """Ask for the new wording of a field; the answer is the person's next message."""
    desk.require(Action.EDIT_DRAFT)
    draft = await load_current(desk, tap)
    if not FIELD_FORM.match(tap.argument):
        raise Refused("No such field.", key="draft.gone")
    item = draft.item(tap.position)
    data = {"root": tap.root_id, "version": tap.version, "position": tap.position, "field": tap.argument}
    await dialogues.put(desk.connection, desk.chat_id, desk.user_id, STEP_EDIT, data, desk.now)
    key = _PROMPTS.get(tap.argument[:2], f"draft.ask.{tap.argument}")
    text = desk.texts(key, now=untrusted(_present(desk, item.facts, tap.argument)))
    cancel = Button(
        desk.texts.plain("draft.button.cancel"), data=DraftTap(tap.root_id, tap.version, "view").data()
    )
    return Reply((Send(desk.chat_id, text, ((cancel,),)),))


async def answer(desk: Desk, data: dict[str, object], text: str) -> Reply:
    """The reply to ``ask``. Raises ``Refused`` when it cannot be read; the question then stays open."""
    desk.require(Action.EDIT_DRAFT)
    tap = tap_of(data)
    field = str(data.get("field"))
    draft = await load_current(desk, tap)
    item = draft.item(tap.position)
    facts = correct(item.facts, field, text)
    await _write(desk, draft, item, facts, field)
    if field == "title" and item.position and item.position == draft.items[0].position:
        await _retitle(desk, draft, facts)
    reply = await view(desk, tap.root_id)
    day = newest_day(facts, field)
    if day is not None and day < desk.today:
        warning = Send(desk.chat_id, desk.texts("draft.past_warning"))
        return replace(reply, answers=(warning, *reply.answers))
    return reply


def tap_of(data: dict[str, object]) -> DraftTap:
    """The draft and item that an open question is about."""
    return DraftTap(_number(data, "root"), _number(data, "version"), "edit", _number(data, "position"))


async def confirm(desk: Desk, tap: DraftTap) -> Reply:
    """``Doğru``: the questions about a field are answered; the next one is shown."""
    desk.require(Action.EDIT_DRAFT)
    draft = await load_current(desk, tap)
    item = draft.item(tap.position)
    asked = open_checks(item.facts, item.everyone, item.checks, desk.today)
    paths = [check.path for check in asked if check.field == tap.argument]
    # Changes nothing that is sent: the version stays, and an approver may confirm what was handed in.
    await notices.update_facts(desk.connection, item.id, item.facts, desk.now, checks=[*item.checks, *paths])
    await desk.note("confirm_fact", tap.root_id, item=item.position, field=tap.argument)
    return await view(desk, tap.root_id)


async def choose_topic(desk: Desk, tap: DraftTap) -> Reply:
    """Switch a topic of an item on or off; with all subscribers chosen, the topic alone remains."""
    desk.require(Action.EDIT_DRAFT)
    draft = await load_current(desk, tap)
    known = desk.kit.topics.keys()
    if tap.argument not in known:
        raise Refused("No such topic.", key="draft.gone")
    item = draft.item(tap.position)
    chosen = set(item.facts.topics) ^ {tap.argument}
    if item.everyone:
        chosen = set(item.facts.topics) | {tap.argument}
    ordered = tuple(key for key in known if key in chosen)
    await _write(desk, draft, item, replace(item.facts, topics=ordered), "topics", everyone=False)
    return await _topics_again(desk, tap)


async def choose_everyone(desk: Desk, tap: DraftTap) -> Reply:
    """Send an item to all subscribers, or back to its topics."""
    desk.require(Action.EDIT_DRAFT)
    draft = await load_current(desk, tap)
    item = draft.item(tap.position)
    await _write(desk, draft, item, item.facts, "recipients", everyone=not item.everyone)
    return await _topics_again(desk, tap)


async def choose_kind(desk: Desk, tap: DraftTap) -> Reply:
    """File an item under another kind; recipients that came from the kind follow it."""
    desk.require(Action.EDIT_DRAFT)
    draft = await load_current(desk, tap)
    if tap.argument not in set(Kind):
        raise Refused("No such kind.", key="draft.gone")
    item, kind = draft.item(tap.position), Kind(tap.argument)
    usual = audience_of(item.facts.kind, item.facts.topics).everyone
    everyone = audience_of(kind, item.facts.topics).everyone if item.everyone == usual else item.everyone
    await _write(desk, draft, item, replace(item.facts, kind=kind), "kind", everyone=everyone)
    return await _item_again(desk, tap)


async def choose_nature(desk: Desk, tap: DraftTap) -> Reply:
    """File an item as information, a paid activity or advertising; the last two need members' consent."""
    desk.require(Action.EDIT_DRAFT)
    draft = await load_current(desk, tap)
    if tap.argument not in set(Nature):
        raise Refused("No such nature.", key="draft.gone")
    item = draft.item(tap.position)
    await _write(desk, draft, item, replace(item.facts, nature=Nature(tap.argument)), "nature")
    return await _item_again(desk, tap)


async def switch_urgent(desk: Desk, tap: DraftTap) -> Reply:
    """``Acil``: the circular leaves at any hour, or in office hours again."""
    desk.require(Action.EDIT_DRAFT)
    draft = await load_current(desk, tap)
    root = draft.root
    if not await notices.claim_edit(desk.connection, root.id, root.version, desk.now):
        raise Refused("The draft has changed.", key="draft.outdated")
    await notices.set_urgent(desk.connection, root.id, not root.urgent)
    await desk.note("edit_draft", root.id, field="urgent", urgent=not root.urgent)
    return await view(desk, root.id)


async def exclude(desk: Desk, tap: DraftTap) -> Reply:
    """Leave an item out of the sending, or take it in again."""
    desk.require(Action.EDIT_DRAFT)
    draft = await load_current(desk, tap)
    item = draft.item(tap.position)
    await _write(desk, draft, item, item.facts, "excluded", excluded=not item.excluded)
    return await _item_again(desk, tap)


async def ask_delete(desk: Desk, tap: DraftTap) -> Reply:
    desk.require(Action.DELETE_DRAFT)
    draft = await load_current(desk, tap)
    title = untrusted(shorten(draft.root.facts.title, 300))
    yes = Button(desk.texts.plain("draft.button.really_delete"), data=draft.sheet.tap("erase"))
    no = Button(desk.texts.plain("draft.button.cancel"), data=draft.sheet.tap("view"))
    return Reply((desk.show(Rendered(desk.texts("draft.ask_delete", title=title), ((yes,), (no,)))),))


async def delete(desk: Desk, tap: DraftTap) -> Reply:
    """Delete a draft; it is kept out of every list from now on."""
    desk.require(Action.DELETE_DRAFT)
    draft = await load_current(desk, tap)
    moved = await notices.set_state(
        desk.connection,
        tap.root_id,
        NoticeState.DELETED,
        desk.now,
        expected=OPEN_STATES,
        version=tap.version,
    )
    if not moved:
        raise Refused("The draft has changed.", key="draft.outdated")
    await desk.note("delete_draft", tap.root_id)
    title = untrusted(shorten(draft.root.facts.title, 300))
    return Reply((desk.show(Rendered(desk.texts("draft.deleted", title=title), ())),))


async def _write(
    desk: Desk,
    draft: OpenDraft,
    item: StoredNotice,
    facts: Notice,
    what: str,
    *,
    everyone: bool | None = None,
    excluded: bool | None = None,
) -> None:
    if not await notices.claim_edit(desk.connection, draft.root.id, draft.root.version, desk.now):
        raise Refused("The draft has changed.", key="draft.outdated")
    await notices.update_facts(
        desk.connection, item.id, facts, desk.now, everyone=everyone, excluded=excluded
    )
    await desk.note("edit_draft", draft.root.id, item=item.position, field=what)


async def _retitle(desk: Desk, draft: OpenDraft, facts: Notice) -> None:
    """A circular named after its first item is named after it still."""
    if draft.root.facts.title == draft.items[0].facts.title:
        titled = replace(draft.root.facts, title=facts.title)
        await notices.update_facts(desk.connection, draft.root.id, titled, desk.now)


async def _topics_again(desk: Desk, tap: DraftTap) -> Reply:
    draft = await load(desk, tap.root_id)
    return Reply((desk.show(topics_of(desk, draft, tap.position)),))


async def _item_again(desk: Desk, tap: DraftTap) -> Reply:
    draft = await load(desk, tap.root_id)
    item: DraftItem = draft.shown_item(tap.position)
    return Reply((desk.show(item_message(draft.sheet, item, desk.kit, desk.language)),))


def _present(desk: Desk, facts: Notice, field: str) -> str:
    """What a field says now, in words."""
    nothing = desk.texts.plain("draft.ask.nothing")
    if field == "title":
        return facts.title
    index = int(field[2:]) if field[:2] in _PROMPTS else 0
    if field.startswith("dl") and index < len(facts.deadlines):
        return deadline_words(facts.deadlines[index], desk.texts, desk.kit.association)
    if field.startswith("mt") and index < len(facts.meetings):
        meeting = facts.meetings[index]
        undated = desk.texts.plain("draft.ask.undated")
        when = meeting_words(meeting, desk.texts, desk.kit.association) if meeting.start_date else undated
        return ", ".join(part for part in (when, meeting.place) if part)
    return nothing


def _number(data: dict[str, object], key: str) -> int:
    value = data.get(key)
    return value if isinstance(value, int) else -1

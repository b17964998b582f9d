"""Changing what was released: the list of it, and a draft that corrects one notice or changes it."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from bot.domain.notice import Document, LinkRole, Notice, Status
from bot.domain.permissions import Action
from bot.domain.relation import Amend, Relation, changed_fields
from bot.errors import Refused
from bot.flows import correction, drafts
from bot.flows.desk import Desk, Reply
from bot.rendering.messages import Rendered
from bot.rendering.released import ReleasedLine, ReleasedSheet, released_list, released_message
from bot.store import copies, dialogues, notices, relations
from bot.store.notices import StoredNotice
from bot.store.tables import NoticeState

PAGE = 8


class Change(StrEnum):
    """What staff can do to a released notice."""

    CORRECT = "correct"
    UPDATE = "update"
    EXTEND = "extension"
    POSTPONE = "postponed"
    CANCEL = "cancelled"


async def list_released(desk: Desk, start: int = 0) -> Reply:
    """What was released, newest first, from ``start`` on, each with a button."""
    desk.require(Action.VIEW_STATUS)
    found = await notices.latest_released(desk.connection, PAGE + 1, offset=start)
    lines = [
        ReleasedLine(one.id, one.facts.title, one.facts.status.value, one.released_at)
        for one in found[:PAGE]
        if one.released_at is not None
    ]
    rendered = released_list(lines, start, PAGE, len(found) > PAGE, desk.kit, desk.language)
    return Reply((desk.show(rendered),))


async def show(desk: Desk, notice_id: int) -> Reply:
    """A released notice with what can be done to it; for one that another replaced, that other."""
    desk.require(Action.VIEW_STATUS)
    stored = await _newest(desk, notice_id)
    return Reply((desk.show(await _sheet(desk, stored)),))


async def begin(desk: Desk, notice_id: int, change: Change) -> Reply:
    """A draft that changes a released notice; one that is under way already is shown instead.

    Raises ``Refused`` when the notice cannot be changed so (any more).
    """
    desk.require(Action.WRITE_DRAFT)
    stored = await _newest(desk, notice_id)
    if change not in changes_of(stored.facts):
        raise Refused("This notice cannot be changed so.", key="living.not_so")
    under_way = await relations.open_amendments(desk.connection, stored.id)
    if under_way:
        reply = await drafts.view(desk.anew(), under_way[0].id)
        return replace(reply, toast=desk.texts.plain("living.under_way"), alert=True)
    root_id = await _add(desk, stored, change)
    await dialogues.clear(desk.connection, desk.chat_id, desk.user_id)
    await desk.note("amend", root_id, of=stored.id, change=change.value)
    return await drafts.view(desk.anew(), root_id)


def changes_of(facts: Notice) -> tuple[Change, ...]:
    """What can be done to a notice with these facts; what was called off can only be corrected."""
    if facts.status is Status.CANCELLED:
        return (Change.CORRECT,)
    found = [Change.CORRECT, Change.UPDATE]
    if facts.deadlines:
        found.append(Change.EXTEND)
    if any(one.date for one in facts.deadlines) or any(one.start_date for one in facts.meetings):
        found.append(Change.POSTPONE)
    return (*found, Change.CANCEL)


def changed(facts: Notice, change: Change) -> Notice:
    """The facts a draft of this change begins with. What is postponed has no day until staff give one;
    what is called off keeps none, and no way to apply."""
    if change is Change.CORRECT:
        return facts
    # The first message stands above it: its wording, with the old days in it, is not sent again.
    begun = replace(facts, status=Status(change.value), summary="", text="")
    if change is Change.POSTPONE and any(one.start_date for one in facts.meetings):
        undated = (
            replace(one, start_date=None, end_date=None, time=None, quote="") for one in facts.meetings
        )
        return replace(begun, meetings=tuple(undated))
    if change is Change.POSTPONE:
        return replace(
            begun,
            deadlines=tuple(replace(one, date=None, time=None, quote="") for one in facts.deadlines),
        )
    if change is Change.CANCEL:
        roles = (LinkRole.APPLICATION, LinkRole.REGISTRATION)
        links = tuple(link for link in facts.links if link.role not in roles)
        return replace(begun, deadlines=(), meetings=(), links=links)
    return begun


async def sendable(desk: Desk, draft: StoredNotice) -> None:
    """Raises ``Refused`` naming what keeps a change of a released notice from being sent."""
    await correction.standing(desk.connection, draft)
    former, facts = draft.former, draft.facts
    if former is None:
        raise Refused("The notice is gone.", key="living.gone")
    if facts.status is Status.EXTENSION and draft.amend is Amend.REPLY and not _later(facts, former):
        raise Refused("No later day.", key="living.not_later")
    said = bool(facts.summary) if draft.amend is Amend.REPLY else False
    alike = replace(facts, summary=former.summary, text=former.text) if draft.amend is Amend.REPLY else facts
    if facts.status is not Status.CANCELLED and not said and not changed_fields(alike, former):
        raise Refused("Nothing has changed.", key="living.unchanged")


def _later(facts: Notice, former: Notice) -> bool:
    days = [one.date for one in facts.deadlines if one.date]
    before = [one.date for one in former.deadlines if one.date]
    return bool(days) and (not before or max(days) > max(before))


async def _newest(desk: Desk, notice_id: int) -> StoredNotice:
    """The notice, or the newest that replaced it. Raises ``Refused`` when it is none that was released."""
    stored = await notices.get(desk.connection, notice_id)
    while stored is not None and stored.replaced_by is not None:
        stored = await notices.get(desk.connection, stored.replaced_by)
    if (
        stored is None
        or stored.state is not NoticeState.RELEASED
        or stored.excluded
        or stored.amend is Amend.EDIT
    ):
        raise Refused("There is no such notice.", key="living.gone")
    return stored


async def _add(desk: Desk, stored: StoredNotice, change: Change) -> int:
    facts = await correction.standing_facts(desk.connection, stored)
    document = Document(
        facts.language, stored.number, stored.document_date, (changed(facts, change),), stored.chain
    )
    root_id = await notices.add_document(
        desk.connection,
        document,
        desk.now,
        author_id=desk.user_id,
        source_name=stored.source_name,
        source_url=stored.source_url,
        file_id=stored.file_id,
        file_name=stored.file_name,
    )
    amend = Amend.EDIT if change is Change.CORRECT else Amend.REPLY
    relation = Relation.CORRECTION if change is Change.CORRECT else Relation(change.value)
    before = stored.facts if amend is Amend.EDIT else facts
    await relations.set_relation(desk.connection, root_id, stored.id, relation)
    await relations.set_amend(desk.connection, root_id, amend, before, everyone=stored.everyone)
    return root_id


async def _sheet(desk: Desk, stored: StoredNotice) -> Rendered:
    may = desk.staff.allows(desk.user_id, Action.WRITE_DRAFT)
    ids = await relations.changed_by(desk.connection, stored.id)
    assert stored.released_at is not None
    sheet = ReleasedSheet(
        view=stored.view(),
        released_at=stored.released_at,
        holders=await copies.count(desk.connection, ids),
        changes=[change.value for change in changes_of(stored.facts)] if may else [],
        corrected=len(await relations.corrections(desk.connection, stored.id)),
    )
    return released_message(sheet, desk.kit, desk.language)

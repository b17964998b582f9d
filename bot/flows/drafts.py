"""Drafts: from a circular to a draft, what is on it, and looking at it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from bot.domain.checks import open_checks
from bot.domain.draft_tap import DraftTap
from bot.domain.notice import Document
from bot.domain.outgoing import Button
from bot.domain.permissions import Action
from bot.domain.relation import Amend
from bot.domain.schedule import USUAL, Departure
from bot.errors import Refused
from bot.flows.broadcast import departures
from bot.flows.desk import Desk, Reply
from bot.flows.kin import kin_of, suggest
from bot.rendering.draft_choices import kinds_message, natures_message, topics_message
from bot.rendering.drafts import (
    DraftItem,
    DraftSheet,
    draft_message,
    item_message,
    preview_note,
)
from bot.rendering.hours import leaves_line
from bot.rendering.markup import join, shorten, untrusted
from bot.rendering.messages import Rendered, notice_message
from bot.store import audience, copies, dialogues, notices, relations, staff_people
from bot.store.notices import OPEN_STATES, StoredNotice
from bot.store.tables import NoticeState

PREVIEW_TOKEN = "preview0"
"""Stands where a broadcast's token will be: taps on a preview find no broadcast."""


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A circular as it stands, with the items in order and how this person sees it."""

    root: StoredNotice
    items: tuple[StoredNotice, ...]
    sheet: DraftSheet

    def item(self, position: int) -> StoredNotice:
        """The item at ``position``. Raises ``Refused`` when there is none."""
        for item in self.items:
            if item.position == position:
                return item
        raise Refused("No such item.", key="draft.gone")

    def shown_item(self, position: int) -> DraftItem:
        item = self.sheet.item(position)
        if item is None:
            raise Refused("No such item.", key="draft.gone")
        return item


async def create(
    desk: Desk, document: Document, *, file_id: str | None = None, file_name: str | None = None
) -> Reply:
    """Store what was understood of a circular as a draft of this person and show it."""
    desk.require(Action.WRITE_DRAFT)
    root_id = await notices.add_document(
        desk.connection, document, desk.now, author_id=desk.user_id, file_id=file_id, file_name=file_name
    )
    await suggest(desk.connection, root_id, desk.now, desk.kit.association.zone)
    await dialogues.clear(desk.connection, desk.chat_id, desk.user_id)
    await desk.note("create_draft", root_id, items=len(document.notices))
    return await view(desk, root_id)


async def load(desk: Desk, root_id: int) -> OpenDraft:
    """The circular with ``root_id``. Raises ``Refused`` when there is none or it was deleted."""
    root = await notices.get(desk.connection, root_id)
    if root is None or root.parent_id is not None or root.state is NoticeState.DELETED:
        raise Refused("There is no such draft.", key="draft.gone")
    items = await notices.items(desk.connection, root)
    return OpenDraft(root, items, await _sheet(desk, root, items))


async def load_current(desk: Desk, tap: DraftTap) -> OpenDraft:
    """The circular a tap is about, if it is open and the tap saw its present version.

    Raises ``Refused``: with the key ``draft.outdated`` when the draft has changed since.
    """
    draft = await load(desk, tap.root_id)
    if draft.root.state not in OPEN_STATES:
        raise Refused("Released already.", key="draft.already_released")
    if draft.root.version != tap.version:
        raise Refused("The draft has changed.", key="draft.outdated")
    return draft


async def view(desk: Desk, root_id: int) -> Reply:
    """The draft message; an open question to this person is dropped."""
    draft = await load(desk, root_id)
    await dialogues.clear(desk.connection, desk.chat_id, desk.user_id)
    return Reply((desk.show(draft_message(draft.sheet, desk.kit, desk.language)),))


async def view_tap(desk: Desk, tap: DraftTap) -> Reply:
    return await view(desk, tap.root_id)


async def view_item(desk: Desk, tap: DraftTap) -> Reply:
    """One item with the buttons that correct it."""
    draft = await load_current(desk, tap)
    await dialogues.clear(desk.connection, desk.chat_id, desk.user_id)
    item = draft.shown_item(tap.position)
    return Reply((desk.show(item_message(draft.sheet, item, desk.kit, desk.language)),))


async def view_topics(desk: Desk, tap: DraftTap) -> Reply:
    draft = await load_current(desk, tap)
    return Reply((desk.show(topics_of(desk, draft, tap.position)),))


async def view_kinds(desk: Desk, tap: DraftTap) -> Reply:
    draft = await load_current(desk, tap)
    return Reply((desk.show(kinds_message(draft.sheet, draft.shown_item(tap.position), desk.texts)),))


async def view_natures(desk: Desk, tap: DraftTap) -> Reply:
    draft = await load_current(desk, tap)
    return Reply((desk.show(natures_message(draft.sheet, draft.shown_item(tap.position), desk.texts)),))


def topics_of(desk: Desk, draft: OpenDraft, position: int) -> Rendered:
    return topics_message(draft.sheet, draft.shown_item(position), desk.kit, desk.language)


async def preview(desk: Desk, tap: DraftTap) -> Reply:
    """The very messages that would be sent for an item, one per language, and how many they would reach."""
    draft = await load_current(desk, tap)
    view = draft.shown_item(tap.position).view
    below = desk.anew()
    answers = [
        below.show(notice_message(view, desk.kit, language, token=PREVIEW_TOKEN))
        for language in desk.kit.catalogs.languages
    ]
    note = preview_note(draft.sheet, draft.shown_item(tap.position), desk.texts)
    return Reply((*answers, below.show(note)))


async def list_open(desk: Desk) -> Reply:
    """The open drafts, and the released notices whose application link is still missing."""
    desk.require(Action.VIEW_DRAFTS)
    texts = desk.texts
    open_drafts = await notices.drafts(desk.connection, limit=15)
    lines = [texts("staff.drafts.head" if open_drafts else "staff.drafts.none")]
    rows: list[tuple[Button, ...]] = []
    for number, root in enumerate(open_drafts, start=1):
        state = texts.plain(f"staff.state.{root.state.name.lower()}")
        title = untrusted(shorten(root.facts.title, 120))
        lines.append(texts("staff.drafts.line", n=number, title=title, state=state))
        label = shorten(f"{number}. {root.facts.title}", 60)
        rows.append((Button(label, data=DraftTap(root.id, root.version, "view").data()),))
    missing = await notices.missing_links(desk.connection, limit=5)
    if missing and desk.staff.allows(desk.user_id, Action.SET_LINK):
        lines += [Markup(""), texts("staff.drafts.missing")]
        for notice in missing:
            lines.append(untrusted(shorten(notice.facts.title, 120)))
            label = texts.plain("staff.drafts.enter_link", title=shorten(notice.facts.title, 40))
            rows.append((Button(label, data=f"sl:{notice.id}"),))
    return Reply((desk.anew().show(Rendered(join(lines), tuple(rows))),))


async def outdated(desk: Desk, tap: DraftTap) -> Reply:
    """What a tap on an older draft gets: one sentence, and the draft as it stands."""
    reply = await view(desk, tap.root_id)
    return replace(reply, toast=desk.texts.plain("draft.outdated"))


async def _sheet(desk: Desk, root: StoredNotice, items: tuple[StoredNotice, ...]) -> DraftSheet:
    is_open = root.state in OPEN_STATES
    handed_in = root.state is NoticeState.SUBMITTED
    others_work = not desk.staff.second_person or root.author_id != desk.user_id
    ready = handed_in or (is_open and not desk.staff.second_person)
    shown = [await _item(desk, item) for item in items]
    going = [item.audience for item in items if not item.excluded]
    if root.amend is None:
        recipients = await audience.count_any(desk.connection, going)
    else:
        recipients = await holders(desk, root)
    return DraftSheet(
        root_id=root.id,
        version=root.version,
        state=root.state.name.lower(),
        title=root.facts.title,
        number=root.number,
        items=tuple(shown),
        recipients=recipients,
        author=await author_name(desk, root),
        return_reason=root.return_reason,
        urgent=root.urgent,
        leaves=_leaves(desk, root, items) if is_open else None,
        may_edit=is_open and desk.staff.allows(desk.user_id, Action.EDIT_DRAFT),
        may_release=ready and others_work and desk.staff.allows(desk.user_id, Action.RELEASE),
        amend=root.amend,
        may_return=handed_in and others_work and desk.staff.allows(desk.user_id, Action.RETURN_DRAFT),
    )


def _leaves(desk: Desk, root: StoredNotice, items: tuple[StoredNotice, ...]) -> Markup:
    """When the draft would leave for most if it were released now; the earliest of its items counts."""
    plans = [departures(root, item, desk.now, desk.kit)[USUAL] for item in items if not item.excluded]
    first = min(plans, key=lambda one: one.at, default=Departure(desk.now))
    return leaves_line(first, desk.now, desk.texts, desk.kit.association, urgent=root.urgent)


async def _item(desk: Desk, item: StoredNotice) -> DraftItem:
    zone = desk.kit.association.zone
    return DraftItem(
        position=item.position,
        view=item.view(await relations.former_facts(desk.connection, item)),
        excluded=item.excluded,
        recipients=(
            await audience.count(desk.connection, item.audience)
            if item.amend is None
            else await holders(desk, item)
        ),
        checks=open_checks(item.facts, item.everyone, item.checks, desk.today),
        kin=await kin_of(desk.connection, item, zone),
    )


async def holders(desk: Desk, draft: StoredNotice) -> dict[str, int]:
    """Who will get a change of a released notice, by language: those who have it, and nobody else."""
    if draft.related_id is None:
        return await copies.count(desk.connection, ())
    if draft.amend is Amend.EDIT:
        return await copies.count(desk.connection, (draft.related_id,))
    return await copies.count(desk.connection, await relations.family(desk.connection, draft.related_id))


async def author_name(desk: Desk, root: StoredNotice) -> str | None:
    """Who made the draft: the staff member, else the source it came from."""
    if root.author_id is None:
        return root.source_name
    return (await staff_people.names(desk.connection, [root.author_id]))[0]

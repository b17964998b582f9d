"""What staff say of a draft's kin: it belongs to an earlier notice, or it does not."""

from __future__ import annotations

from bot.domain.draft_tap import DraftTap
from bot.domain.permissions import Action
from bot.domain.relation import Hints
from bot.errors import Refused
from bot.flows.desk import Desk, Reply
from bot.flows.drafts import load_current, view
from bot.store import notices, relations
from bot.store.notices import StoredNotice


async def belongs(desk: Desk, tap: DraftTap) -> Reply:
    """``Evet``: the item belongs to the notice that was suggested."""
    draft = await load_current(desk, tap)
    item = draft.item(tap.position)
    if item.hints.related_id is None:
        raise Refused("Nothing was suggested.", key="draft.gone")
    await _claim(desk, tap)
    await relations.set_relation(desk.connection, item.id, item.hints.related_id, item.hints.relation)
    await _without_suggestion(desk, item)
    await desk.note("relate", tap.root_id, item=item.position, to=item.hints.related_id)
    return await view(desk, tap.root_id)


async def unrelated(desk: Desk, tap: DraftTap) -> Reply:
    """``Hayır``: the item belongs to no earlier notice; also takes a confirmed relation back."""
    draft = await load_current(desk, tap)
    item = draft.item(tap.position)
    await _claim(desk, tap)
    await relations.set_relation(desk.connection, item.id, None, None)
    await _without_suggestion(desk, item)
    await desk.note("unrelate", tap.root_id, item=item.position)
    return await view(desk, tap.root_id)


async def _claim(desk: Desk, tap: DraftTap) -> None:
    """What members will read changes: the version rises. Raises ``Refused`` when another one stands."""
    desk.require(Action.EDIT_DRAFT)
    if not await notices.claim_edit(desk.connection, tap.root_id, tap.version, desk.now):
        raise Refused("The draft has changed.", key="draft.outdated")


async def _without_suggestion(desk: Desk, item: StoredNotice) -> None:
    await relations.set_hints(desk.connection, item.id, Hints(same=item.hints.same))

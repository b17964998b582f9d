"""Sending a circular: every item becomes a broadcast with its messages and its outbox rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.outgoing import Send
from bot.domain.relation import Amend
from bot.domain.schedule import Departure, Preferences, schedule, urgency_of
from bot.errors import Refused
from bot.flows.links import tell_those_who_asked
from bot.flows.supersede import take_over
from bot.rendering.kit import RenderingKit
from bot.rendering.messages import NoticeView, notice_message
from bot.store import audit, copies, events, notices, outbox, relations
from bot.store.notices import OPEN_STATES, StoredNotice
from bot.store.outbox import Broadcast
from bot.store.tables import NoticeState

PURPOSE_NEW = copies.PURPOSE_NEW


async def release(
    connection: AsyncConnection,
    notice_id: int,
    now: datetime,
    *,
    released_by: int | None,
    rendering: RenderingKit,
    version: int | None = None,
    expected: Sequence[NoticeState] = OPEN_STATES,
) -> list[Broadcast]:
    """Release a circular to everyone concerned, in the caller's transaction; one broadcast per item.

    Each member's rows leave when the hours, the notice and the member's own choice say
    (``domain.schedule``). Who is concerned by several items gets the first with sound and the rest
    silently. Raises ``Refused`` when the circular is not (or no longer) in an ``expected`` state and
    ``version``: two taps at once give one broadcast.
    """
    moved = await notices.set_state(
        connection,
        notice_id,
        NoticeState.RELEASED,
        now,
        expected=expected,
        version=version,
        approver_id=released_by,
    )
    root = await notices.get(connection, notice_id)
    if not moved or root is None:
        raise Refused("The draft is not open any more.", key="draft.not_open")
    broadcasts: list[Broadcast] = []
    for item in await notices.items(connection, root):
        if not item.excluded:
            siblings = [broadcast.id for broadcast in broadcasts]
            plan = departures(root, item, now, rendering)
            broadcasts.append(await _send(connection, item, now, released_by, rendering, siblings, plan))
    detail = {"version": root.version, "broadcasts": [broadcast.id for broadcast in broadcasts]}
    await audit.write(connection, now, released_by, "release", f"notice:{notice_id}", detail)
    return broadcasts


def departures(
    root: StoredNotice, item: StoredNotice, now: datetime, rendering: RenderingKit
) -> dict[Preferences, Departure]:
    """When an item released ``now`` leaves, by the members' preferences."""
    association = rendering.association
    urgency = urgency_of([item.facts], now, association, urgent=root.urgent, news=root.news)
    return schedule(now, urgency, association)


def message_body(view: NoticeView, rendering: RenderingKit, language: str, token: str) -> dict[str, Any]:
    """The Bot API parameters of a notice's message, without a chat."""
    rendered = notice_message(view, rendering, language, token=token)
    body = Send(0, rendered.text, rendered.keyboard).body()
    del body["chat_id"]
    return body


async def _send(
    connection: AsyncConnection,
    item: StoredNotice,
    now: datetime,
    released_by: int | None,
    rendering: RenderingKit,
    siblings: list[int],
    plan: dict[Preferences, Departure],
) -> Broadcast:
    broadcast = await outbox.create_broadcast(connection, item.id, PURPOSE_NEW, now, released_by=released_by)
    view = item.view(await relations.former_facts(connection, item), now)
    for language in rendering.catalogs.languages:
        body = message_body(view, rendering, language, broadcast.token)
        if item.amend is Amend.REPLY:
            body["reply_parameters"] = copies.REPLY
        await outbox.add_message(connection, broadcast.id, language, Send.method, body)
    if item.amend is Amend.REPLY and item.related_id is not None:
        to_those_of = await relations.family(connection, item.related_id)
        await copies.fan_out_replies(connection, broadcast.id, to_those_of, now)
    else:
        await outbox.fan_out(connection, broadcast.id, item.audience, now, siblings=siblings, schedule=plan)
    await events.write_events(connection, item.id, item.facts, rendering.association)
    await take_over(connection, item, now, rendering.association)
    await tell_those_who_asked(connection, item, now, rendering)
    return broadcast

"""What a store holds that is in use: a released notice that two members got, words to send."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from markupsafe import Markup

from bot.domain.audience import Audience
from bot.domain.outgoing import Send
from bot.store import (
    events,
    leases,
    notices,
    outbox,
)
from bot.store.db import Database
from bot.store.leases import Result
from bot.store.tables import (
    DeliveryState,
    NoticeState,
)
from tests.integration.office import CBAM, CIRCULAR, KIT, NOW, subscribe

ME, OTHER, LEASE = 7, 8, 120
HOUR = timedelta(hours=1)


def say(chat_id: int, *texts: str) -> list[Send]:
    return [Send(chat_id, Markup(text)) for text in texts]


async def reminded(db: Database) -> tuple[int, int, int]:
    """A notice that two members got: its id and the members'."""
    async with db.write() as connection:
        ids = [await subscribe(connection, chat, "tr", ["cbam"]) for chat in (1, 2)]
        notice_id = await notices.add_document(connection, replace(CIRCULAR, notices=(CBAM,)), NOW)
        await notices.set_state(
            connection, notice_id, NoticeState.RELEASED, NOW, expected=notices.OPEN_STATES
        )
        await events.write_events(connection, notice_id, CBAM, KIT.association)
        made = await outbox.create_broadcast(connection, notice_id, "new", NOW, released_by=None)
        await outbox.add_message(connection, made.id, "tr", "sendMessage", {"text": "x"})
        await outbox.fan_out(connection, made.id, Audience(everyone=True), NOW)
        claims = await leases.claim(connection, ME, NOW, LEASE, 10)
        await leases.mark(connection, [Result(one, DeliveryState.SENT, 1) for one in claims], ME, NOW)
    return notice_id, ids[0], ids[1]

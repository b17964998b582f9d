"""The application link that was missing: staff enter it, those who asked are told."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.entry import parse_address
from bot.domain.notice import LinkRole, with_application_link
from bot.domain.outgoing import Button, Send
from bot.domain.permissions import Action
from bot.errors import Refused
from bot.flows.desk import Desk, Reply
from bot.rendering.kit import RenderingKit
from bot.rendering.markup import safe_url, shorten, untrusted
from bot.store import answers, audit, dialogues, link_requests, notices, relations
from bot.store.notices import StoredNotice
from bot.store.tables import NoticeState

STEP_LINK = "staff_link"


async def ask(desk: Desk, notice_id: int) -> Reply:
    """Ask for the missing link of a released notice; the answer is the person's next message."""
    desk.require(Action.SET_LINK)
    stored = await _lacking(desk.connection, notice_id)
    await dialogues.put(
        desk.connection, desk.chat_id, desk.user_id, STEP_LINK, {"notice": notice_id}, desk.now
    )
    title = untrusted(shorten(stored.facts.title, 300))
    return Reply((Send(desk.chat_id, desk.texts("staff.link.ask", title=title)),))


async def answer(desk: Desk, data: dict[str, object], text: str) -> Reply:
    """The reply to ``ask``. Raises ``Refused`` when it is no address; the question then stays open."""
    desk.require(Action.SET_LINK)
    notice_id = data.get("notice")
    told = await set_link(
        desk.connection,
        notice_id if isinstance(notice_id, int) else -1,
        parse_address(text),
        desk.now,
        user_id=desk.user_id,
        rendering=desk.kit,
    )
    await dialogues.clear(desk.connection, desk.chat_id, desk.user_id)
    done: Markup = desk.texts.plural("staff.link.done", told)
    return Reply((Send(desk.chat_id, done),))


async def set_link(
    connection: AsyncConnection,
    notice_id: int,
    address: str,
    now: datetime,
    *,
    user_id: int,
    rendering: RenderingKit,
) -> int:
    """Give a released notice its application link and tell those who asked; returns how many.

    Raises ``Refused`` when there is no such released notice or its link is known already.
    """
    stored = await _lacking(connection, notice_id)
    facts = with_application_link(stored.facts, address)
    await notices.update_facts(connection, notice_id, facts, now)
    await audit.write(connection, now, user_id, "set_link", f"notice:{notice_id}", {"url": address})
    fresh = await notices.get(connection, notice_id)
    assert fresh is not None
    return await tell_those_who_asked(connection, fresh, now, rendering)


async def tell_those_who_asked(
    connection: AsyncConnection, item: StoredNotice, now: datetime, rendering: RenderingKit
) -> int:
    """Answer the open questions that this notice's application link answers; returns how many chats."""
    link = item.facts.link(LinkRole.APPLICATION, LinkRole.REGISTRATION)
    url = safe_url(link.url) if link else None
    if url is None:
        return 0
    asked_of = await relations.changed_by(connection, item.id)
    waiters = await link_requests.waiting(connection, asked_of, item.facts.kind)
    first_of_chat = {waiter.chat_id: waiter for waiter in reversed(waiters)}
    title = untrusted(shorten(item.facts.title, 200))
    messages = []
    for waiter in first_of_chat.values():
        texts = rendering.catalogs[waiter.language]
        keyboard = ((Button(texts.plain("notice.button.apply"), url=url),),)
        text = texts("notice.link_arrived", title=title, url=url)
        messages.append(Send(waiter.chat_id, text, keyboard))
    keys = [f"asked:{waiter.request_id}" for waiter in first_of_chat.values()]
    await answers.add(connection, messages, now, dedupe=keys)
    if waiters:
        await link_requests.told(connection, [waiter.request_id for waiter in waiters], now)
    return len(messages)


async def _lacking(connection: AsyncConnection, notice_id: int) -> StoredNotice:
    """The released notice whose link is missing. Raises ``Refused`` for any other."""
    stored = await notices.get(connection, notice_id)
    if stored is None or stored.state is not NoticeState.RELEASED or not notices.lost_link(stored.facts):
        raise Refused("This notice lacks no link.", key="draft.link_known")
    return stored

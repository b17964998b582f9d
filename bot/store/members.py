"""Subscribers: who receives, in which language, of which topics, with which consent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch, moment
from bot.domain.member import LANGUAGES, ChatKind, Member, MemberState
from bot.domain.notice import Nature
from bot.domain.schedule import Frequency, Preferences, Quiet
from bot.store import consents
from bot.store.tables import consent, member, member_topic

ASKED_APART = (Nature.PAID_ACTIVITY, Nature.COMMERCIAL)
"""Notices that need a consent of their own; their values name columns of the member's row."""


async def get(connection: AsyncConnection, chat_id: int) -> Member | None:
    """The subscriber of a chat, in whatever state; None for a stranger."""
    row = (await connection.execute(select(member).where(member.c.chat_id == chat_id))).first()
    if row is None:
        return None
    topics = await connection.execute(select(member_topic.c.topic).where(member_topic.c.member_id == row.id))
    return Member(
        id=row.id,
        chat_id=row.chat_id,
        kind=ChatKind(row.kind),
        language=LANGUAGES[row.language],
        state=MemberState(row.state),
        topics=frozenset(topics.scalars()),
        subscribed_at=moment(row.created_at),
        preferences=Preferences(Frequency(row.frequency), Quiet(row.quiet)),
        consents=frozenset(nature for nature in ASKED_APART if row._mapping[nature.value]),
    )


async def subscribe(
    connection: AsyncConnection, chat_id: int, language: str, now: datetime, text_version: str
) -> Member:
    """Subscribe a chat, or take it back in; the consent to a version of the notice is written down."""
    known = await get(connection, chat_id)
    at = epoch(now)
    if known is None:
        member_id = (
            await connection.execute(
                insert(member)
                .values(chat_id=chat_id, language=LANGUAGES.index(language), created_at=at, state_at=at)
                .returning(member.c.id)
            )
        ).scalar_one()
    else:
        member_id = known.id
        await set_state(connection, member_id, MemberState.ACTIVE, now)
        await set_language(connection, member_id, language)
    await consents.note(connection, member_id, text_version, now, given=True)
    fresh = await get(connection, chat_id)
    assert fresh is not None
    return fresh


async def subscribe_many(
    connection: AsyncConnection, people: Sequence[dict[str, Any]], now: datetime, text_version: str
) -> None:
    """Subscribe many chats (``chat_id``, ``language``, ``topics`` each); known ones are left as they are."""
    known = set((await connection.execute(select(member.c.chat_id))).scalars())
    new = [person for person in people if person["chat_id"] not in known]
    if not new:
        return
    at = epoch(now)
    await connection.execute(
        insert(member),
        [
            {
                "chat_id": person["chat_id"],
                "language": LANGUAGES.index(person["language"]),
                "created_at": at,
                "state_at": at,
            }
            for person in new
        ],
    )
    ids = {row.chat_id: row.id for row in await connection.execute(select(member.c.chat_id, member.c.id))}
    await connection.execute(
        insert(consent),
        [
            {"member_id": ids[person["chat_id"]], "text_version": text_version, "given": 1, "at": at}
            for person in new
        ],
    )
    topics = [
        {"member_id": ids[person["chat_id"]], "topic": topic} for person in new for topic in person["topics"]
    ]
    if topics:
        await connection.execute(insert(member_topic), topics)


async def set_state(connection: AsyncConnection, member_id: int, state: MemberState, now: datetime) -> None:
    await connection.execute(
        update(member).where(member.c.id == member_id).values(state=state, state_at=epoch(now))
    )


async def set_language(connection: AsyncConnection, member_id: int, language: str) -> None:
    await connection.execute(
        update(member).where(member.c.id == member_id).values(language=LANGUAGES.index(language))
    )


async def set_preferences(connection: AsyncConnection, member_id: int, preferences: Preferences) -> None:
    """How often and at which hours from now on; what waits already keeps its moment."""
    await connection.execute(
        update(member)
        .where(member.c.id == member_id)
        .values(frequency=int(preferences.frequency), quiet=int(preferences.quiet))
    )


async def set_consent(
    connection: AsyncConnection,
    member_id: int,
    nature: Nature,
    given: bool,
    now: datetime,
    text_version: str,
) -> None:
    """Give or take back the consent to notices of ``nature`` (not informational), written down with the
    version of the text it was given to."""
    await connection.execute(
        update(member).where(member.c.id == member_id).values({nature.value: int(given)})
    )
    await connection.execute(
        insert(consent).values(
            member_id=member_id,
            purpose=nature.value,
            text_version=text_version,
            given=int(given),
            at=epoch(now),
        )
    )


async def set_topics(connection: AsyncConnection, member_id: int, topics: Iterable[str]) -> None:
    """Replace a subscriber's choice."""
    await connection.execute(delete(member_topic).where(member_topic.c.member_id == member_id))
    rows = [{"member_id": member_id, "topic": topic} for topic in sorted(set(topics))]
    if rows:
        await connection.execute(insert(member_topic), rows)

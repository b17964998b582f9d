"""How many subscribers a notice concerns, per language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.domain.audience import Audience
from bot.domain.member import LANGUAGES, MemberState
from bot.domain.notice import Nature
from bot.store.tables import audit, member, member_topic


def concerned(audience: Audience) -> ColumnElement[bool]:
    """The condition on ``member`` for being in ``audience``; who has stopped is never in it."""
    return and_(member.c.state == MemberState.ACTIVE, _chosen(audience))


def consents_to(nature: ColumnElement[str]) -> ColumnElement[bool]:
    """The condition that a member may be sent a notice of ``nature``: information always, anything else
    only by consent (Law 6563, Art. 6)."""
    return or_(
        nature == Nature.INFORMATIONAL.value,
        and_(nature == Nature.PAID_ACTIVITY.value, member.c.paid_activity == 1),
        and_(nature == Nature.COMMERCIAL.value, member.c.commercial == 1),
    )


def _chosen(audience: Audience) -> ColumnElement[bool]:
    chosen: ColumnElement[bool] = true()
    if not audience.everyone:
        chosen = member.c.id.in_(
            select(member_topic.c.member_id).where(member_topic.c.topic.in_(sorted(audience.topics)))
        )
    if audience.nature is Nature.INFORMATIONAL:
        return chosen
    return and_(chosen, consents_to(literal(audience.nature.value)))


async def change(connection: AsyncConnection, since: datetime) -> tuple[int, int]:
    """How many subscribers came and how many went since a moment.

    Who came and went in between is in neither; who was erased counts by the audit log's nameless line.
    """
    at = epoch(since)
    active = member.c.state == MemberState.ACTIVE
    came = select(func.count()).where(active, member.c.created_at >= at)
    went = select(func.count()).where(~active, member.c.state_at >= at, member.c.created_at < at)
    erased = select(func.count()).where(audit.c.action == "forget_member", audit.c.at >= at)
    numbers = [int((await connection.execute(query)).scalar_one()) for query in (came, went, erased)]
    return numbers[0], numbers[1] + numbers[2]


async def count(connection: AsyncConnection, audience: Audience) -> dict[str, int]:
    """Active members of ``audience`` per language, every language named."""
    return await count_any(connection, [audience])


async def count_any(connection: AsyncConnection, audiences: Sequence[Audience]) -> dict[str, int]:
    """Distinct active members who are in at least one of ``audiences``, per language."""
    if not audiences:
        return dict.fromkeys(LANGUAGES, 0)
    # In one pass: a group for each language would be sorted by SQLite in a table of its own.
    speak = [func.count().filter(member.c.language == number) for number in range(len(LANGUAGES))]
    anyone = or_(*(_chosen(audience) for audience in audiences))
    row = (await connection.execute(select(*speak).where(member.c.state == MemberState.ACTIVE, anyone))).one()
    return dict(zip(LANGUAGES, row, strict=True))

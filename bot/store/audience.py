"""How many subscribers a notice concerns, per language."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.audience import Audience
from bot.domain.member import LANGUAGES, MemberState
from bot.domain.notice import Nature
from bot.store.tables import member, member_topic


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


async def count(connection: AsyncConnection, audience: Audience) -> dict[str, int]:
    """Active members of ``audience`` per language, every language named."""
    return await count_any(connection, [audience])


async def count_any(connection: AsyncConnection, audiences: Sequence[Audience]) -> dict[str, int]:
    """Distinct active members who are in at least one of ``audiences``, per language."""
    counts = dict.fromkeys(LANGUAGES, 0)
    if not audiences:
        return counts
    rows = await connection.execute(
        select(member.c.language, func.count())
        .where(member.c.state == MemberState.ACTIVE, or_(*(_chosen(audience) for audience in audiences)))
        .group_by(member.c.language)
    )
    for language, number in rows:
        counts[LANGUAGES[language]] = number
    return counts

"""Who asked for an application link that was not known yet; each is told once, when it comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.domain.member import LANGUAGES, MemberState
from bot.domain.notice import Kind
from bot.store.tables import link_request, member, notice


@dataclass(frozen=True, slots=True)
class Waiter:
    """An open question: who asked, in which chat and language."""

    request_id: int
    member_id: int
    chat_id: int
    language: str


async def ask(connection: AsyncConnection, member_id: int, notice_id: int | None, now: datetime) -> bool:
    """Note that a member waits for the link of a notice (None: of the Alliance in general).

    False when the same question is open already.
    """
    same_notice = (
        link_request.c.notice_id.is_(None) if notice_id is None else link_request.c.notice_id == notice_id
    )
    known = await connection.execute(
        select(link_request.c.id).where(
            link_request.c.member_id == member_id, link_request.c.told_at.is_(None), same_notice
        )
    )
    if known.first() is not None:
        return False
    await connection.execute(
        insert(link_request).values(member_id=member_id, notice_id=notice_id, asked_at=epoch(now))
    )
    return True


async def waiting(connection: AsyncConnection, notice_ids: Sequence[int], kind: Kind) -> tuple[Waiter, ...]:
    """The open questions that the link of a notice (and those it replaced) answers, oldest first.

    A notice about the Alliance answers whoever asked about the Alliance, by whichever notice.
    """
    answered: ColumnElement[bool] = link_request.c.notice_id.in_(notice_ids)
    if kind is Kind.ALLIANCE:
        about_alliance = select(notice.c.id).where(notice.c.kind == Kind.ALLIANCE.value)
        answered = or_(
            answered, link_request.c.notice_id.is_(None), link_request.c.notice_id.in_(about_alliance)
        )
    rows = await connection.execute(
        select(link_request.c.id, member.c.id, member.c.chat_id, member.c.language)
        .join(member, member.c.id == link_request.c.member_id)
        .where(and_(link_request.c.told_at.is_(None), member.c.state == MemberState.ACTIVE, answered))
        .order_by(link_request.c.id)
    )
    return tuple(Waiter(row[0], row[1], row[2], LANGUAGES[row[3]]) for row in rows)


async def told(connection: AsyncConnection, request_ids: Sequence[int], now: datetime) -> None:
    """Close questions that were answered."""
    await connection.execute(
        update(link_request).where(link_request.c.id.in_(list(request_ids))).values(told_at=epoch(now))
    )

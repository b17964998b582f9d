"""The door of every member handler: a private chat, and errors as one sentence."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.domain.member import Member
from bot.domain.outgoing import Outgoing, Send
from bot.errors import Refused, SirkulerError
from bot.flows.membership import Visitor
from handlers.context import Context
from handlers.staff.guard import refuse

Work = Callable[[Visitor], Awaitable[Outgoing | None]]
MemberWork = Callable[[Visitor, Member], Awaitable[Outgoing | None]]


async def serve(context: Context, work: Work, *, anew: bool = False, language: str | None = None) -> None:
    """Run ``work`` for whoever writes in a private chat and pass on its answer.

    ``anew``: answer below instead of in place of the tapped message. ``language``: the one that stands in
    the tapped button of somebody of whom nothing is kept.
    """
    if not context.private:
        context.say(Send(context.chat_id, context.texts("member.private_only")))
        return
    visitor = Visitor(
        connection=context.conn,
        now=context.now,
        kit=context.services.kit,
        chat_id=context.chat_id,
        language=language or context.language,
        member=context.member,
        message_id=None if anew else context.message_id,
    )
    try:
        answer = await work(visitor)
    except SirkulerError as problem:
        refuse(context, problem)
        return
    if answer is not None:
        context.say(answer)


async def serve_member(context: Context, work: MemberWork, *, anew: bool = False) -> None:
    """As ``serve``, for subscribers only; a stranger is told how to become one."""

    async def with_member(visitor: Visitor) -> Outgoing | None:
        if visitor.member is None:
            raise Refused("Not subscribed.", key="member.start.needed")
        return await work(visitor, visitor.member)

    await serve(context, with_member, anew=anew)

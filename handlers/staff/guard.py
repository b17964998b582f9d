"""The door of every staff handler: private chat, a role, and errors as one sentence."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.domain.outgoing import Send
from bot.errors import SirkulerError
from bot.flows.desk import Desk, Reply
from handlers.context import Context

Work = Callable[[Desk], Awaitable[Reply]]


async def serve(context: Context, work: Work) -> None:
    """Run ``work`` for a staff member in a private chat and pass on its answers.

    What is refused is said in one sentence: on a tap as a notice over the chat, else as a message.
    Flows refuse before they write, so that nothing of a refused request is stored.
    """
    if context.role is None or not context.private:
        key = "staff.not_allowed" if context.role is None else "staff.private_only"
        refuse(context, SirkulerError(key, key=key))
        return
    try:
        reply = await work(desk_of(context))
    except SirkulerError as problem:
        refuse(context, problem)
        return
    context.say(*reply.answers)
    context.toast(reply.toast, alert=reply.alert)


def refuse(context: Context, problem: SirkulerError) -> None:
    """Say why something cannot be done."""
    sentence = context.texts.error(problem)
    if context.frame.callback_id is not None:
        context.toast(sentence.unescape()[:200], alert=True)
    else:
        context.say(Send(context.chat_id, sentence))


def desk_of(context: Context) -> Desk:
    return Desk(
        connection=context.conn,
        now=context.now,
        kit=context.services.kit,
        staff=context.services.staff,
        user_id=context.user_id,
        chat_id=context.chat_id,
        language=context.language,
        message_id=context.message_id,
    )

"""Subscribing, choosing, stopping, coming back, being forgotten: what a member does with the bot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.member import Member, MemberState
from bot.domain.outgoing import Edit, Outgoing, Send
from bot.rendering import member as words
from bot.rendering.kit import RenderingKit
from bot.rendering.messages import Rendered
from bot.store import audit, consents, erase, members, scrub


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is here: the chat, its language and, once subscribed, the member.

    ``message_id`` is the message whose button was tapped; None when the person wrote.
    """

    connection: AsyncConnection
    now: datetime
    kit: RenderingKit
    chat_id: int
    language: str
    member: Member | None
    message_id: int | None = None

    def show(self, rendered: Rendered) -> Outgoing:
        """In place of the tapped message, else as a new one."""
        if self.message_id is None:
            return self.send(rendered)
        return Edit(self.chat_id, self.message_id, rendered.text, rendered.keyboard)

    def send(self, rendered: Rendered) -> Send:
        return Send(self.chat_id, rendered.text, rendered.keyboard)

    def say(self, key: str, **arguments: object) -> Send:
        """A sentence of the catalog as a new message."""
        return Send(self.chat_id, self.kit.catalogs[self.language](key, **arguments))


async def start(visitor: Visitor) -> Outgoing:
    """``/start``: the welcome for strangers; who stopped or had blocked the bot is taken back in."""
    member = visitor.member
    if member is None:
        return visitor.show(words.welcome(visitor.kit, visitor.language))
    if member.state is not MemberState.ACTIVE:
        return await resume(visitor)
    return visitor.show(words.already(visitor.kit, visitor.language, member.topics, "member.start.already"))


async def subscribe(visitor: Visitor) -> Outgoing:
    """The consent, written down with the wording it was given to.

    The recommended topics are set at once, so that who chooses nothing is not left out unawares.
    """
    version = await _shown_version(visitor)
    fresh = visitor.member is None
    member = await members.subscribe(
        visitor.connection, visitor.chat_id, visitor.language, visitor.now, version
    )
    if fresh:
        await members.set_topics(visitor.connection, member.id, visitor.kit.topics.recommended())
    return visitor.show(words.choose_start(visitor.kit, visitor.language))


async def _shown_version(visitor: Visitor) -> str:
    """The version of the privacy notice that holds now, its wording kept."""
    version = words.privacy_version(visitor.kit, visitor.language)
    text = str(words.privacy(visitor.kit, visitor.language, stranger=False).text)
    await consents.keep_text(visitor.connection, version, text, visitor.now)
    return version


async def set_topics(visitor: Visitor, member: Member, topics: Iterable[str]) -> frozenset[str]:
    """Write a choice; what the table does not know is left out. Returns what is chosen now."""
    known = frozenset(visitor.kit.topics.keys())
    chosen = frozenset(topics) & known
    await members.set_topics(visitor.connection, member.id, chosen)
    return chosen


async def stop(visitor: Visitor) -> Outgoing:
    """Stop notices and reminders, a withdrawal of the consent; what is queued is skipped when leased."""
    if visitor.member is None:
        return visitor.say("member.stop.not_subscribed")
    member = visitor.member
    await members.set_state(visitor.connection, member.id, MemberState.STOPPED, visitor.now)
    version = await consents.latest_version(visitor.connection, member.id)
    if version is not None and member.state is not MemberState.STOPPED:
        await consents.note(visitor.connection, member.id, version, visitor.now, given=False)
    return visitor.say("member.stop.done")


async def resume(visitor: Visitor) -> Outgoing:
    """Start again with the choice as it was."""
    member = visitor.member
    if member is None:
        return visitor.send(words.welcome(visitor.kit, visitor.language))
    await members.set_state(visitor.connection, member.id, MemberState.ACTIVE, visitor.now)
    if member.state is MemberState.STOPPED:
        version = await _shown_version(visitor)
        await consents.note(visitor.connection, member.id, version, visitor.now, given=True)
    return visitor.send(words.already(visitor.kit, visitor.language, member.topics, "member.resume.done"))


async def left(visitor: Visitor) -> None:
    """Telegram says that the person blocked the bot: nothing more is sent until they come back."""
    if visitor.member is not None and visitor.member.state is MemberState.ACTIVE:
        await members.set_state(visitor.connection, visitor.member.id, MemberState.BLOCKED, visitor.now)


async def forget(visitor: Visitor) -> Outgoing:
    """Erase everything kept of this chat (Law 6698, Art. 7 and 11)."""
    await erase.erase(visitor.connection, visitor.chat_id, visitor.member.id if visitor.member else None)
    await scrub.ask(visitor.connection, visitor.now)
    # That somebody was erased is proven without saying who.
    await audit.write(visitor.connection, visitor.now, None, "forget_member", "member")
    done = Rendered(visitor.kit.catalogs[visitor.language]("member.forget.done"), ())
    return visitor.show(done)

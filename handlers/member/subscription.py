"""Subscribing, topics, language, stopping, resuming, privacy, being forgotten."""

from __future__ import annotations

import re
from dataclasses import replace

from markupsafe import Markup
from telegram import Update

from bot.domain.member import LANGUAGES, Member
from bot.domain.outgoing import Edit, Outgoing, Send
from bot.domain.permissions import Action, Role
from bot.errors import Refused
from bot.flows import membership, personal_data
from bot.flows.membership import Visitor
from bot.rendering import member as words
from bot.rendering.markup import join
from bot.rendering.messages import Rendered
from bot.store import members, staff_people
from handlers.command import Command, Run
from handlers.context import Context
from handlers.member.door import serve, serve_member
from handlers.staff.words import callback_data

_START = re.compile(r"^st:(yes|no|in|privacy):(tr|en)$", re.ASCII)
_TOPIC = re.compile(r"^tp:t:([a-z][a-z0-9_]{0,23})$", re.ASCII)
_LANGUAGE = re.compile(r"^lg:(tr|en)$", re.ASCII)


async def start(update: Update, context: Context) -> None:
    async def work(visitor: Visitor) -> Outgoing:
        answer = await membership.start(visitor)
        if context.role is not None and isinstance(answer, Send | Edit):
            return replace(answer, text=join([answer.text, Markup(""), *_staff_lines(context, context.role)]))
        return answer

    await serve(context, work)
    if context.member is not None or context.role is not None:
        context.refresh_menu()


def _staff_lines(context: Context, role: Role) -> list[Markup]:
    """What staff can do here, whether or not they subscribe as well."""
    texts = context.texts
    lines = [texts("member.whoami.role", role=texts.plain(f"member.role.{role.value}"))]
    if context.services.staff.allows(context.user_id, Action.WRITE_DRAFT):
        lines.append(texts("member.help.staff_files"))
    return [*lines, texts("member.help.more")]


async def start_tapped(update: Update, context: Context) -> None:
    """The buttons of the welcome; the language they carry is the only thing known of a stranger."""
    found = _START.fullmatch(callback_data(update))

    async def work(visitor: Visitor) -> Outgoing | None:
        if found is None:
            raise Refused("Not a button of ours.", key="member.button.old")
        action = found[1]
        if action == "yes":
            return await membership.subscribe(visitor)
        if visitor.member is not None:
            return await membership.start(visitor)
        if action == "privacy":
            return visitor.show(words.privacy(visitor.kit, visitor.language, stranger=True))
        if action == "no":
            declined = visitor.kit.catalogs[visitor.language]("member.start.declined")
            return visitor.show(Rendered(declined, ()))
        return visitor.show(words.welcome(visitor.kit, visitor.language))

    await serve(context, work, language=found[2] if found else None)
    if found and found[1] == "yes" and context.private:
        context.refresh_menu(found[2])


async def topics(update: Update, context: Context) -> None:
    async def work(visitor: Visitor, member: Member) -> Outgoing:
        return visitor.send(words.topic_sheet(visitor.kit, visitor.language, member.topics))

    await serve_member(context, work)


async def topic_tapped(update: Update, context: Context) -> None:
    data = callback_data(update)

    async def work(visitor: Visitor, member: Member) -> Outgoing:
        kit, language = visitor.kit, visitor.language
        if data == "tp:done":
            return visitor.show(words.topics_chosen(kit, language, member.topics))
        if data == "tp:start":
            chosen = await membership.set_topics(visitor, member, kit.topics.recommended())
            return visitor.show(words.topics_chosen(kit, language, chosen))
        if data == "tp:open":
            return visitor.send(words.topic_sheet(kit, language, member.topics))
        chosen = await membership.set_topics(visitor, member, _choice(data, visitor, member))
        return visitor.show(words.topic_sheet(kit, language, chosen))

    await serve_member(context, work)


def _choice(data: str, visitor: Visitor, member: Member) -> frozenset[str]:
    if data == "tp:all":
        return member.topics | visitor.kit.topics.recommended()
    if data in ("tp:none", "tp:own"):
        return frozenset()
    found = _TOPIC.fullmatch(data)
    if found is None:
        raise Refused("Not a button of ours.", key="member.button.old")
    return member.topics ^ {found[1]}


async def language(update: Update, context: Context) -> None:
    async def work(visitor: Visitor) -> Outgoing:
        return visitor.send(words.language_choice(visitor.kit, visitor.language))

    await serve(context, work)


async def language_tapped(update: Update, context: Context) -> None:
    found = _LANGUAGE.fullmatch(callback_data(update))
    chosen = found[1] if found else LANGUAGES[0]

    async def work(visitor: Visitor) -> Outgoing:
        if found is None:
            raise Refused("Not a button of ours.", key="member.button.old")
        if visitor.member is not None:
            await members.set_language(visitor.connection, visitor.member.id, chosen)
        if context.role is not None:
            await staff_people.set_language(visitor.connection, context.user_id, chosen)
        elif visitor.member is None:
            return visitor.show(words.welcome(visitor.kit, chosen))
        return visitor.show(Rendered(visitor.kit.catalogs[chosen]("member.language.set"), ()))

    await serve(context, work)
    if found and context.private and (context.member is not None or context.role is not None):
        context.refresh_menu(chosen)


async def stop(update: Update, context: Context) -> None:
    await serve(context, membership.stop)


async def resume(update: Update, context: Context) -> None:
    await serve(context, membership.resume)


async def privacy(update: Update, context: Context) -> None:
    async def work(visitor: Visitor) -> Outgoing:
        stranger = visitor.member is None
        return visitor.send(words.privacy(visitor.kit, visitor.language, stranger=stranger))

    await serve(context, work)


async def my_data(update: Update, context: Context) -> None:
    await serve(context, personal_data.export)


async def forget(update: Update, context: Context) -> None:
    async def work(visitor: Visitor) -> Outgoing:
        if visitor.member is None:
            return visitor.say("member.forget.nothing")
        return visitor.send(words.forget_question(visitor.kit.catalogs[visitor.language]))

    await serve(context, work)


async def forget_tapped(update: Update, context: Context) -> None:
    data = callback_data(update)

    async def work(visitor: Visitor) -> Outgoing:
        texts = visitor.kit.catalogs[visitor.language]
        if data != "fg:yes":
            return visitor.show(Rendered(texts("member.forget.kept"), ()))
        return await membership.forget(visitor)

    await serve(context, work)


async def left(update: Update, context: Context) -> None:
    """The person blocked the bot, or came back; who comes back writes /start."""
    change = update.my_chat_member

    async def work(visitor: Visitor) -> None:
        if change is not None and change.new_chat_member.status in ("kicked", "left"):
            await membership.left(visitor)

    if context.private:
        await serve(context, work)


COMMANDS = (
    Command("topics", {"tr": "konular", "en": "topics"}, topics, menu=True),
    Command("stop", {"tr": "durdur", "en": "stop"}, stop, aliases=("unsubscribe",), menu=True),
    Command("start", {"tr": "start", "en": "start"}, start, listed=False),
    Command("language", {"tr": "dil", "en": "language"}, language),
    Command("resume", {"tr": "devam", "en": "resume"}, resume, aliases=("subscribe", "abone")),
    Command("privacy", {"tr": "aydinlatma", "en": "privacy"}, privacy, aliases=("kvkk",)),
    Command("mydata", {"tr": "verilerim", "en": "mydata"}, my_data, aliases=("export",)),
    Command("forget", {"tr": "sil", "en": "forget"}, forget),
)
CALLBACKS: dict[str, Run] = {
    "st": start_tapped,
    "tp": topic_tapped,
    "lg": language_tapped,
    "fg": forget_tapped,
}

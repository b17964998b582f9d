"""``/basvuru`` and plain questions; what cannot be understood gets a helpful answer."""

from __future__ import annotations

from telegram import Message, Update

from bot.domain.outgoing import Outgoing
from bot.errors import Refused
from bot.flows import inquiries, questions
from bot.flows.inquiries import parse_notice_tap
from bot.flows.membership import Visitor
from bot.flows.questions import Asker, Question
from handlers.command import Command, Run
from handlers.context import Context
from handlers.member import hours, subscription
from handlers.member.door import serve
from handlers.staff.intake import QUESTION_TAP, take_text
from handlers.staff.words import after_command, written


async def apply(update: Update, context: Context) -> None:
    """``/basvuru``, with or without words on what for."""
    await _application(update, context, after_command(update))


async def plain_text(update: Update, context: Context) -> None:
    await answer_text(update, context, written(update))


async def asked_by_staff(update: Update, context: Context) -> None:
    """``Soru olarak yanıtla`` under a text of staff."""
    text = await take_text(context)

    async def gone(_visitor: Visitor) -> Outgoing:
        raise Refused("The text is gone.", key="staff.choice.gone")

    if text:
        await answer_text(update, context, text)
    else:
        await serve(context, gone)


async def answer_text(update: Update, context: Context, text: str) -> None:
    """Answer a plain question as well as it can be; else say what can be asked."""
    match questions.classify(text):
        case Question.APPLICATION:
            await _application(update, context, text)
        case Question.DATES:
            await serve(context, inquiries.agenda, anew=True)
        case Question.LATEST:
            await serve(context, inquiries.latest, anew=True)
        case Question.TOPICS:
            await subscription.topics(update, context)
        case Question.OFTEN:
            await hours.frequency(update, context)
        case Question.LANGUAGE:
            await subscription.language(update, context)
        case Question.SUBSCRIBE:
            await subscription.start(update, context)
        case Question.STOP | Question.THANKS | Question.GREETING as said:
            await _say(context, f"member.said.{said.value}")
        case None:
            await serve(context, _not_understood, anew=True)


async def _application(update: Update, context: Context, text: str) -> None:
    about = _answered_to(update.message)

    async def work(visitor: Visitor) -> Outgoing:
        return await questions.application(
            visitor.connection,
            Asker(visitor.chat_id, visitor.member),
            text,
            visitor.now,
            visitor.kit,
            visitor.kit.catalogs[visitor.language],
            about=about,
        )

    await serve(context, work)


async def _say(context: Context, key: str) -> None:
    async def work(visitor: Visitor) -> Outgoing:
        return visitor.say(key)

    await serve(context, work, anew=True)


async def _not_understood(visitor: Visitor) -> Outgoing:
    contact = visitor.kit.association.privacy_contact
    if contact:
        return visitor.say("member.not_understood_contact", contact=contact)
    return visitor.say("member.not_understood")


def _answered_to(message: Message | None) -> int | None:
    """The notice whose message was answered to, told by the buttons under it."""
    replied = message.reply_to_message if message else None
    if replied is None or replied.reply_markup is None:
        return None
    for row in replied.reply_markup.inline_keyboard:
        for button in row:
            tap = parse_notice_tap(button.callback_data) if isinstance(button.callback_data, str) else None
            if tap is not None:
                return tap.notice_id
    return None


COMMANDS = (
    Command(
        "apply",
        {"tr": "basvuru", "en": "apply"},
        apply,
        aliases=("basvuruformu", "application"),
        menu=True,
    ),
)
CALLBACKS: dict[str, Run] = {QUESTION_TAP: asked_by_staff}

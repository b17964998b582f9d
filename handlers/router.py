"""Which handler an update is for."""

from __future__ import annotations

from telegram import Message, Update

from bot.domain.outgoing import Send
from bot.domain.permissions import Action
from bot.errors import Refused
from bot.store import dialogues
from handlers.commands import CALLBACKS, DIALOGUES, NAMES, bare_command, nearest, slash_name
from handlers.context import Context
from handlers.member import questions
from handlers.staff import intake as staff_intake
from handlers.staff.guard import refuse
from handlers.staff.words import callback_data, written


async def tapped(update: Update, context: Context) -> None:
    """A button: by the first part of its data; data that no button of ours has get one sentence."""
    run = CALLBACKS.get(callback_data(update).split(":", 1)[0])
    if run is None:
        refuse(context, Refused("Not a button of ours.", key="member.button.old"))
        return
    await run(update, context)


async def message(update: Update, context: Context) -> None:
    """A message: command, answer to an open question, file, or plain text."""
    sent = update.message
    if sent is None:
        return
    if await _command(update, context, sent):
        return
    if not context.private:
        return  # in groups the bot answers commands only
    if await _dialogue(update, context, sent):
        return
    if context.services.staff.allows(context.user_id, Action.WRITE_DRAFT):
        await _of_staff(update, context, sent)
        return
    if written(update):
        command = bare_command(written(update))
        await (command.run if command else questions.plain_text)(update, context)
    elif sent.effective_attachment is not None:
        _say(context, "member.only_text")


async def edited(update: Update, context: Context) -> None:
    """What was worked off is not undone by an edit: the person is told to write anew."""
    _say(context, "member.edited")


async def _command(update: Update, context: Context, sent: Message) -> bool:
    """Run a command with its slash; True when the message was one for this bot."""
    parsed = slash_name(sent.text or sent.caption or "")
    if parsed is None:
        return False
    name, addressee = parsed
    mine = (context.services.bot.username or "").lower()
    if addressee is not None and addressee.lower() != mine:
        return not context.private
    command = NAMES.get(name)
    if command is None:
        if context.private:
            _unknown(context, name)
        return True
    if context.private:
        # A command drops the question that was open.
        await dialogues.clear(context.conn, context.chat_id, context.user_id)
    await command.run(update, context)
    return True


async def _dialogue(update: Update, context: Context, sent: Message) -> bool:
    """Pass a staff member's text on to the question that is open."""
    if context.role is None:
        return False
    question = await dialogues.get(context.conn, context.chat_id, context.user_id)
    if question is None:
        return False
    if sent.document is not None:
        await dialogues.clear(context.conn, context.chat_id, context.user_id)
        return False
    run = DIALOGUES.get(question.step)
    if run is None or not written(update):
        return False
    await run(update, context)
    return True


async def _of_staff(update: Update, context: Context, sent: Message) -> None:
    if sent.document is not None:
        await staff_intake.document(update, context)
        return
    text = written(update)
    if not text:
        if sent.effective_attachment is not None:
            _say(context, "member.only_files")
        return
    command = bare_command(text)
    if command is not None:
        await command.run(update, context)
    elif sent.forward_origin is not None:
        await staff_intake.announced(update, context)
    else:
        await staff_intake.plain_text(update, context)


def _unknown(context: Context, name: str) -> None:
    near = nearest(name, context.language, context.role)
    if near is None:
        _say(context, "member.unknown_command")
    else:
        _say(context, "member.unknown_command_near", name=near)


def _say(context: Context, key: str, **arguments: object) -> None:
    context.say(Send(context.chat_id, context.texts(key, **arguments)))

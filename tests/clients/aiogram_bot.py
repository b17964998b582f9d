"""The usual bot on aiogram."""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    Message,
)

dispatcher = Dispatcher()


@dispatcher.message(CommandStart())
async def start(message: Message, command: CommandObject) -> None:
    keys = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Tap", callback_data="tap")]])
    await message.answer(f"<b>start</b> {command.args}", parse_mode="HTML", reply_markup=keys)


@dispatcher.callback_query()
async def tapped(query: CallbackQuery) -> None:
    await query.answer("toast")
    assert isinstance(query.message, Message)
    await query.message.edit_text("edited")


@dispatcher.message(Command("poll"))
async def poll(message: Message) -> None:
    await message.answer_poll("Question?", ["a", "b"])


@dispatcher.message(Command("leave"))
async def leave(message: Message, bot: Bot) -> None:
    sent = await message.answer("gone")
    await bot.delete_message(message.chat.id, sent.message_id)


@dispatcher.message(lambda message: message.document)
async def document(message: Message, bot: Bot) -> None:
    assert message.document is not None
    found = await bot.download(message.document)
    assert found is not None
    content = found.read()
    sent = await message.answer_document(
        BufferedInputFile(content, "back.txt"), caption="*back*", parse_mode="MarkdownV2"
    )
    assert sent.document is not None
    album = [
        InputMediaDocument(media=BufferedInputFile(content, "one.txt")),
        InputMediaDocument(media=sent.document.file_id),
    ]
    await message.answer_media_group(album)


async def main(url: str, token: str) -> None:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    assert (await bot.get_me()).is_bot
    await dispatcher.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))

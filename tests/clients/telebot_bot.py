"""The usual bot on pyTelegramBotAPI."""

from __future__ import annotations

import io
import sys

import telebot
from telebot import apihelper, types

url, token = sys.argv[1:3]
apihelper.API_URL = url + "/bot{0}/{1}"
apihelper.FILE_URL = url + "/file/bot{0}/{1}"
bot = telebot.TeleBot(token, threaded=False)


@bot.message_handler(commands=["start"])
def start(message: types.Message) -> None:
    keys = types.InlineKeyboardMarkup()
    keys.add(types.InlineKeyboardButton("Tap", callback_data="tap"))
    words = telebot.util.extract_arguments(message.text)
    bot.send_message(message.chat.id, f"<b>start</b> {words}", parse_mode="HTML", reply_markup=keys)


@bot.callback_query_handler(func=lambda query: True)
def tapped(query: types.CallbackQuery) -> None:
    bot.answer_callback_query(query.id, "toast")
    bot.edit_message_text("edited", query.message.chat.id, query.message.message_id)


@bot.message_handler(commands=["poll"])
def poll(message: types.Message) -> None:
    bot.send_poll(message.chat.id, "Question?", ["a", "b"])


@bot.message_handler(commands=["leave"])
def leave(message: types.Message) -> None:
    bot.delete_message(message.chat.id, bot.send_message(message.chat.id, "gone").message_id)


@bot.message_handler(content_types=["document"])
def document(message: types.Message) -> None:
    content = bot.download_file(bot.get_file(message.document.file_id).file_path)
    sent = bot.send_document(
        message.chat.id, content, visible_file_name="back.txt", caption="*back*", parse_mode="MarkdownV2"
    )
    one = types.InputMediaDocument(types.InputFile(io.BytesIO(content), "one.txt"))
    bot.send_media_group(message.chat.id, [one, types.InputMediaDocument(sent.document.file_id)])


assert bot.get_me().is_bot
bot.infinity_polling()

"""The Bot API's methods that the sandbox has, by their lower-cased names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.api import chats, files, messages, profile, updates
from bot.sandbox.requests import Parameters
from bot.sandbox.world import World

Method = Callable[[World, Parameters], Awaitable[Any]]

METHODS: dict[str, Method] = {
    function.__name__.replace("_", ""): function
    for function in (
        updates.get_updates,
        updates.set_webhook,
        updates.delete_webhook,
        updates.get_webhook_info,
        updates.answer_callback_query,
        messages.send_message,
        messages.forward_message,
        messages.copy_message,
        messages.edit_message_text,
        messages.edit_message_caption,
        messages.edit_message_reply_markup,
        messages.delete_message,
        messages.delete_messages,
        messages.pin_chat_message,
        messages.unpin_chat_message,
        messages.set_message_reaction,
        messages.send_chat_action,
        files.send_document,
        files.send_photo,
        files.send_media_group,
        files.get_file,
        profile.get_me,
        profile.set_my_commands,
        profile.get_my_commands,
        profile.delete_my_commands,
        profile.set_my_name,
        profile.get_my_name,
        profile.set_my_description,
        profile.get_my_description,
        profile.set_my_short_description,
        profile.get_my_short_description,
        profile.set_chat_menu_button,
        profile.get_chat_menu_button,
        chats.get_chat,
        chats.get_chat_member,
        chats.get_chat_member_count,
        chats.get_chat_administrators,
        chats.leave_chat,
    )
}

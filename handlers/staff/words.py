"""What an update says, as plain text."""

from __future__ import annotations

import re

from telegram import Message, MessageEntity, Update

_AFTER_COMMAND = re.compile(r"^\s*\S+\s+(.*)$", re.DOTALL)


def callback_data(update: Update) -> str:
    """The tapped button's data; empty for an update of another sort."""
    query = update.callback_query
    return query.data or "" if query else ""


def written(update: Update) -> str:
    """The message's text or caption, hidden link addresses written out behind it."""
    message = update.message
    if message is None:
        return ""
    text = message.text or message.caption or ""
    return "\n".join([text, *_hidden_links(message)]).strip()


def after_command(update: Update) -> str:
    """What stands behind the command in the same message."""
    found = _AFTER_COMMAND.match(written(update))
    return found[1].strip() if found else ""


def _hidden_links(message: Message) -> list[str]:
    entities = message.parse_entities([MessageEntity.TEXT_LINK])
    entities |= message.parse_caption_entities([MessageEntity.TEXT_LINK])
    return [f"{label}: {entity.url}" for entity, label in entities.items() if entity.url]

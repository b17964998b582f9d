"""Whose counter numbers a chat's messages.

In private chats and basic groups all messages of a bot's account share one counter, and a supergroup or
channel has one of its own (https://docs.telethon.dev/en/stable/quick-references/faq.html; Pyrogram,
"Message identifiers").
"""

from __future__ import annotations

OWN_COUNTER_BELOW = -1_000_000_000_000
"""Supergroups and channels have chat ids below this, persons and basic groups above it
(https://core.telegram.org/api/bots/ids)."""


def shares_counter(chat_id: int) -> bool:
    """Whether a chat's messages are numbered by the bot's one counter."""
    return chat_id > OWN_COUNTER_BELOW

"""What the bot may do in a chat, and the rights that administrators and members have."""

from __future__ import annotations

from bot.sandbox.problems import bad_request
from bot.sandbox.records import Chat, Json
from bot.sandbox.requests import Parameters

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
# What a message holds: the permission it needs, and Telegram's word for it.
SENDING = {
    "text": ("can_send_messages", "text messages"),
    "contact": ("can_send_messages", "contacts"),
    "location": ("can_send_messages", "locations"),
    "venue": ("can_send_messages", "venues"),
    "invoice": ("can_send_messages", "invoice messages"),
    "audio": ("can_send_audios", "music"),
    "document": ("can_send_documents", "documents"),
    "photo": ("can_send_photos", "photos"),
    "live_photo": ("can_send_photos", "live photos"),
    "paid_media": ("can_send_photos", "paid media"),
    "video": ("can_send_videos", "videos"),
    "video_note": ("can_send_video_notes", "video notes"),
    "voice": ("can_send_voice_notes", "voice notes"),
    "poll": ("can_send_polls", "polls"),
    "animation": ("can_send_other_messages", "animations"),
    "sticker": ("can_send_other_messages", "stickers"),
    "dice": ("can_send_other_messages", "dice"),
    "game": ("can_send_other_messages", "games"),
}
RIGHTS = (
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
IN_CHANNELS = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
IN_GROUPS = ("can_pin_messages", "can_manage_topics", "can_manage_tags")


def need_right(chat: Chat, right: str, refusal: str) -> None:
    """Raises ``ApiError`` with ``refusal`` unless the bot is an administrator with ``right``."""
    if chat.bot_status != "administrator" or right not in chat.bot_rights:
        raise bad_request(refusal)


def check_permission(chat: Chat | None, content: Json) -> None:
    """Raises ``ApiError`` when the members of a group, the bot among them, may not send such a message."""
    if chat is None or chat.type not in ("group", "supergroup") or chat.bot_status == "administrator":
        return
    permissions = chat.settings.get("permissions")
    held = next((kind for kind in ("venue", "animation", *SENDING) if kind in content), None)
    if permissions is not None and held is not None and not permissions.get(SENDING[held][0], False):
        raise bad_request(f"not enough rights to send {SENDING[held][1]} to the chat")


def rights_of(p: Parameters, *, channel: bool) -> Json:
    """The administrator rights that a call or object grants, all of them for the kind of chat."""
    rights = {name: p.flag(name) for name in (*RIGHTS, *(IN_CHANNELS if channel else IN_GROUPS))}
    return rights | ({"is_anonymous": False} if channel else {})  # nobody is named in a channel


def permissions_of(p: Parameters, key: str = "permissions") -> Json:
    """The permissions that a call grants. One for other things than text grants text too."""
    given = p.json(key, key)
    if not isinstance(given, dict):
        raise bad_request(
            "can't parse permissions: expected an Object" if given is not None else "permissions expected"
        )
    part = Parameters(given, {})
    return {name: part.flag(name) for name in PERMISSIONS}

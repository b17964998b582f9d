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

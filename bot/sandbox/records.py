"""What the sandbox keeps: persons, chats, files and the buttons of the page's owner."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
# What a group's owner usually grants a bot: all but to make other administrators.
BOT_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_restrict_members",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to speak as, or another bot; ``tag`` is a label for the page, ``note`` says by language who
    they are."""

    id: int
    first_name: str
    last_name: str = ""
    username: str | None = None
    language_code: str = "tr"
    tag: str = ""
    is_bot: bool = False
    note: dict[str, str] | None = None

    def user(self) -> Json:
        """The Bot API's User."""
        user: Json = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
            "language_code": self.language_code,
        }
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        return user


@dataclass(slots=True)
class Chat:
    """A private chat, group, supergroup or channel with its messages.

    ``bot_status`` is the bot's place in it, as in ChatMember: member, administrator, left or kicked;
    ``bot_rights`` are its rights as administrator; ``creator`` owns the chat;
    ``standing`` holds the ChatMember of persons who are more or less than members, ``settings`` the fields
    of ChatFullInfo that a bot has set, ``topics`` a forum's topics by thread (None: no forum; 1: General),
    ``invites`` its invite links and ``requests`` the persons who asked to join.
    """

    id: int
    type: str
    title: str = ""
    members: set[int] = field(default_factory=set)
    messages: dict[int, Json] = field(default_factory=dict)
    next_id: int = 1
    moved_to: int | None = None
    bot_status: str = "member"
    pinned: list[int] = field(default_factory=list)
    username: str | None = None
    creator: int | None = None
    bot_rights: set[str] = field(default_factory=lambda: set(BOT_RIGHTS))
    standing: dict[int, Json] = field(default_factory=dict)
    settings: Json = field(default_factory=dict)
    topics: dict[int, Json] | None = None
    invites: dict[str, Json] = field(default_factory=dict)
    requests: dict[int, Json] = field(default_factory=dict)

    def json(self, person: Person | None = None) -> Json:
        """The Bot API's Chat; ``person`` is the other side of a private one."""
        if person is None:
            group: Json = {"id": self.id, "type": self.type, "title": self.title}
            if self.username:
                group["username"] = self.username
            if self.topics is not None:
                group["is_forum"] = True
            return group
        chat: Json = {"id": self.id, "type": self.type, "first_name": person.first_name}
        if person.last_name:
            chat["last_name"] = person.last_name
        if person.username:
            chat["username"] = person.username
        return chat


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that went up, from either side; ``facts`` are the fields that its ``kind`` of media has."""

    name: str
    mime: str
    content: bytes
    kind: str = "document"
    facts: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Control:
    """A button its owner puts on the page; labels and hints by language."""

    id: str
    label: dict[str, str]
    run: Callable[[], Awaitable[None]]
    hint: dict[str, str]


def public(message: Json) -> Json:
    """A message as the API shows it: without the sandbox's own marks, which begin with an underscore."""
    shown = {key: value for key, value in message.items() if not key.startswith("_")}
    if "reply_to_message" in shown:
        shown["reply_to_message"] = public(shown["reply_to_message"])
    if message.get("chat", {}).get("type") == "channel":  # what stands in a channel is the channel's own word
        shown["sender_chat"] = message["chat"]
        shown.pop("from", None)
    return shown


def member(user: Json, status: str) -> Json:
    """The Bot API's ChatMember of ``user`` with ``status``."""
    found: Json = {"user": user, "status": status}
    if status == "kicked":
        found["until_date"] = 0
    if status == "administrator":
        rights = (
            "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats "
            "can_restrict_members can_promote_members can_change_info can_invite_users can_post_stories "
            "can_edit_stories can_delete_stories can_send_welcome_messages can_pin_messages"
        )
        found |= {right: right in BOT_RIGHTS for right in rights.split()}
    return found

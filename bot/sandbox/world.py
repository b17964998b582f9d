"""The sandbox's world: persons, chats, messages, files and the bot among them."""

from __future__ import annotations

import asyncio
import copy
import secrets
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.faults import Faults
from bot.sandbox.html_entities import automatic
from bot.sandbox.ledger import Ledger
from bot.sandbox.limits import Limits
from bot.sandbox.updates import UpdateQueue

Json = dict[str, Any]
DEFAULT_TOKEN = "4242424242:AAEsandbox-token-000000000000000000000"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to speak as; ``tag`` is a label for the page."""

    id: int
    first_name: str
    last_name: str = ""
    username: str | None = None
    language_code: str = "tr"
    tag: str = ""

    def user(self) -> Json:
        user: Json = {
            "id": self.id,
            "is_bot": False,
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
    """A private chat, group, supergroup or channel with its messages."""

    id: int
    type: str
    title: str = ""
    members: set[int] = field(default_factory=set)
    messages: dict[int, Json] = field(default_factory=dict)
    next_id: int = 1
    moved_to: int | None = None

    def json(self, person: Person | None = None) -> Json:
        if person is None:
            return {"id": self.id, "type": self.type, "title": self.title}
        chat: Json = {"id": self.id, "type": self.type, "first_name": person.first_name}
        if person.last_name:
            chat["last_name"] = person.last_name
        if person.username:
            chat["username"] = person.username
        return chat


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that went up, from either side."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Control:
    """A button its owner puts on the page; labels and hints by language."""

    id: str
    label: dict[str, str]
    run: Callable[[], Awaitable[None]]
    hint: dict[str, str]


class World:
    """All state of one bot's Telegram. ``clock`` tells epoch seconds."""

    def __init__(
        self,
        *,
        token: str = DEFAULT_TOKEN,
        bot_name: str = "Sirküler",
        bot_username: str = "sirkuler_bot",
        clock: Callable[[], float] | None = None,
        ledger_only: bool = False,
    ) -> None:
        self.token = token
        self.bot: Json = {
            "id": int(token.split(":")[0]),
            "is_bot": True,
            "first_name": bot_name,
            "username": bot_username,
        }
        self.clock = clock or time.time
        self.ledger_only = ledger_only
        self.persons: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.crowd: set[int] = set()
        self.blocked: set[int] = set()
        self.files: dict[str, StoredFile] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.callbacks: dict[str, Json] = {}
        self.updates = UpdateQueue()
        self.faults = Faults()
        self.limits = Limits()
        self.ledger = Ledger()
        self.log: deque[Json] = deque(maxlen=500)
        self.controls: list[Control] = []
        self.guide: list[Json] = []
        self.advance: Callable[[float], None] | None = None
        self.title: str | None = None
        self.description: str | None = None
        self.time_zone: str | None = None
        self._private_id = 1
        self._listeners: set[asyncio.Queue[Json]] = set()

    # People and chats

    def add_person(
        self,
        id: int,
        first_name: str,
        last_name: str = "",
        username: str | None = None,
        language_code: str = "tr",
        *,
        tag: str = "",
    ) -> Person:
        """Somebody with a private chat with the bot."""
        person = Person(id, first_name, last_name, username, language_code, tag)
        self.persons[id] = person
        self.chats[id] = Chat(id, "private", members={id})
        return person

    def add_crowd(self, ids: Iterable[int]) -> None:
        """Silent private chats: what is sent to them stands in the ledger only."""
        self.crowd.update(ids)

    def add_group(self, id: int, title: str, members: Iterable[int], kind: str = "supergroup") -> Chat:
        """A group, supergroup or channel that the bot is in."""
        chat = Chat(id, kind, title, set(members))
        self.chats[id] = chat
        return chat

    def block(self, person_id: int) -> None:
        self.blocked.add(person_id)
        self._membership(person_id, "member", "kicked")

    def unblock(self, person_id: int) -> None:
        self.blocked.discard(person_id)
        self._membership(person_id, "kicked", "member")

    def _membership(self, person_id: int, old: str, new: str) -> None:
        person = self.persons[person_id]
        extra = {"until_date": 0}
        self.updates.put(
            "my_chat_member",
            {
                "chat": self.chats[person_id].json(person),
                "from": person.user(),
                "date": int(self.clock()),
                "old_chat_member": {
                    "user": self.bot,
                    "status": old,
                    **(extra if old == "kicked" else {}),
                },
                "new_chat_member": {
                    "user": self.bot,
                    "status": new,
                    **(extra if new == "kicked" else {}),
                },
            },
        )

    # What persons do

    def person_text(self, person_id: int, chat_id: int, text: str) -> Json:
        """A person writes; the bot gets an update."""
        message = {"text": text}
        entities = automatic(text, [])
        if entities:
            message["entities"] = entities  # type: ignore[assignment]
        return self._from_person(person_id, chat_id, message)

    def person_sticker(self, person_id: int, chat_id: int, emoji: str = "🙂") -> Json:
        file_id = self.store_file(StoredFile("sticker.webp", "image/webp", b""))
        sticker = {
            "file_id": file_id,
            "file_unique_id": file_id[:12],
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": emoji,
        }
        return self._from_person(person_id, chat_id, {"sticker": sticker})

    def person_document(
        self, person_id: int, chat_id: int, file_name: str, content: bytes, mime: str, caption: str = ""
    ) -> Json:
        """A person sends a file."""
        file_id = self.store_file(StoredFile(file_name, mime, content))
        message: Json = {"document": self.document(file_id)}
        if caption:
            message["caption"] = caption
        return self._from_person(person_id, chat_id, message)

    def person_forward(self, person_id: int, chat_id: int, from_chat_id: int, message_id: int) -> Json:
        """A person forwards a message they see. Raises ``LookupError`` when it is not there."""
        original = self.chats[from_chat_id].messages[message_id]
        kept: Json = {
            key: copy.deepcopy(original[key])
            for key in ("text", "entities", "caption", "caption_entities", "document", "sticker")
            if key in original
        }
        origin = {"type": "user", "date": original["date"], "sender_user": original["from"]}
        return self._from_person(person_id, chat_id, {**kept, "forward_origin": origin})

    def person_tap(self, person_id: int, chat_id: int, message_id: int, data: str) -> str:
        """A person taps an inline button; the callback query's id. Raises ``LookupError``."""
        message = self.chats[chat_id].messages[message_id]
        query_id = str(secrets.randbelow(10**18))
        self.callbacks[query_id] = {"person_id": person_id, "chat_id": chat_id, "at": self.clock()}
        self.updates.put(
            "callback_query",
            {
                "id": query_id,
                "from": self.persons[person_id].user(),
                "message": message,
                "chat_instance": str(chat_id * 7919),
                "data": data,
            },
        )
        return query_id

    def _from_person(self, person_id: int, chat_id: int, content: Json) -> Json:
        person = self.persons[person_id]
        message = self._store(self.chats[chat_id], person.user(), content)
        self.updates.put("message", message)
        return message

    # Messages and files

    def new_message(self, chat_id: int, content: Json) -> Json:
        """A message of the bot, numbered and stored."""
        return self._store(self.chats[chat_id], self.bot, content)

    def next_message_id(self, chat: Chat | None) -> int:
        """One counter for all private chats and basic groups, one per supergroup or channel."""
        if chat is not None and chat.type in ("supergroup", "channel"):
            chat.next_id += 1
            return chat.next_id - 1
        self._private_id += 1
        return self._private_id - 1

    def _store(self, chat: Chat, sender: Json, content: Json) -> Json:
        message: Json = {
            "message_id": self.next_message_id(chat),
            "from": sender,
            "chat": chat.json(self.persons.get(chat.id)),
            "date": int(self.clock()),
            **content,
        }
        chat.messages[message["message_id"]] = message
        self.emit({"type": "message", "chat_id": chat.id, "message": message})
        return message

    def messages(self, chat_id: int, person_id: int | None = None) -> list[Json]:
        """The messages of a chat, oldest first."""
        return list(self.chats[chat_id].messages.values())

    def store_file(self, file: StoredFile) -> str:
        file_id = f"BQAC{secrets.token_urlsafe(24)}"
        self.files[file_id] = file
        return file_id

    def file(self, file_id: str) -> StoredFile:
        """Raises ``LookupError`` for a file that is not there."""
        if file_id not in self.files:
            raise LookupError("There is no such file.")
        return self.files[file_id]

    def document(self, file_id: str) -> Json:
        """The Bot API's Document of a stored file."""
        file = self.files[file_id]
        return {
            "file_id": file_id,
            "file_unique_id": file_id[4:16],
            "file_name": file.name,
            "mime_type": file.mime,
            "file_size": len(file.content),
        }

    def commands_for(self, chat_id: int, language_code: str) -> list[Json]:
        """The menu of a private chat, by Telegram's order of scopes and languages."""
        for scope in (f"chat:{chat_id}", "all_private_chats", "default"):
            for language in (language_code[:2], ""):
                if (scope, language) in self.commands:
                    return self.commands[scope, language]
        return []

    # Listeners

    def subscribe(self) -> asyncio.Queue[Json]:
        queue: asyncio.Queue[Json] = asyncio.Queue()
        self._listeners.add(queue)
        return queue

    def unsubscribe(self, queue: asyncio.Queue[Json]) -> None:
        self._listeners.discard(queue)

    def emit(self, event: Json) -> None:
        for queue in self._listeners:
            queue.put_nowait(event)

"""The state of one bot's Telegram: chats, messages, files, settings, and who listens to changes."""

from __future__ import annotations

import asyncio
import secrets
import time
from base64 import urlsafe_b64encode
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Literal

from bot.sandbox.faults import Faults
from bot.sandbox.ledger import Ledger
from bot.sandbox.limits import Limits
from bot.sandbox.records import Chat, Control, Json, Person, StoredFile
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhook import Webhook

FILE_ID_VERSION = b"\x04"  # TDLib's PERSISTENT_ID_VERSION, the last byte of every file_id
DEFAULT_TOKEN = "4242424242:AAEsandbox-token-000000000000000000000"


class State:
    """All state of one bot's Telegram. ``clock`` tells epoch seconds.

    With ``strict`` a request that Telegram's description does not know is refused and noted in ``invalid``.
    With ``privacy`` the bot hears in groups what Telegram's privacy mode lets through. ``numbering`` is
    "bot" as at Telegram (one counter for all private chats and basic groups) or "chat" (each its own).
    """

    def __init__(
        self,
        *,
        token: str = DEFAULT_TOKEN,
        bot_name: str = "Sirküler",
        bot_username: str = "sirkuler_bot",
        clock: Callable[[], float] | None = None,
        ledger_only: bool = False,
        privacy: bool = True,
        numbering: Literal["bot", "chat"] = "bot",
        strict: bool = False,
    ) -> None:
        self.token = token
        self.numbering = numbering
        self.bot: Json = {
            "id": int(token.split(":")[0]),
            "is_bot": True,
            "first_name": bot_name,
            "username": bot_username,
        }
        self.clock = clock or time.time
        self.ledger_only = ledger_only
        self.privacy = privacy
        self.strict = strict
        self.invalid: list[str] = []
        self.persons: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.crowd: set[int] = set()
        self.blocked: set[int] = set()
        self.unstarted: set[int] = set()  # persons who have not written to the bot yet
        self.deactivated: set[int] = set()  # persons without an account, groups without an owner
        self.logged_out = False
        self.closed = False
        self.files: dict[str, StoredFile] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.menu_buttons: dict[int, Json] = {}
        self.default_rights: dict[bool, Json] = {}
        self.photos: dict[int, list[str]] = {}
        self.inline_queries: dict[str, Json] = {}
        self.inline_messages: dict[str, tuple[int, int]] = {}
        self.sticker_sets: dict[str, Json] = {}
        self.games: dict[str, Json] = {}
        self.scores: dict[tuple[str, int], int] = {}
        self.invoices: dict[str, Json] = {}
        self.payments: dict[str, Json] = {}  # open questions to the bot
        self.stars: list[Json] = []
        self.personal_chats: dict[int, int] = {}
        self.callbacks: dict[str, Json] = {}
        self.updates = UpdateQueue()
        self.webhook = Webhook(self.updates)
        self.faults = Faults()
        self.limits = Limits()
        self.ledger = Ledger()
        self.log: deque[Json] = deque(maxlen=500)
        self.controls: list[Control] = []
        self.guide: list[Json] = []
        self.advance: Callable[[float], None] | None = None
        self.page_language: Callable[[str], Awaitable[None]] | None = None
        self.title: str | None = None
        self.subtitle: dict[str, str] | None = None
        self.description: str | None = None
        self.time_zone: str | None = None
        self._next_ids: defaultdict[int, int] = defaultdict(lambda: 1)
        self._media_group = 13_000_000_000
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
        is_bot: bool = False,
        note: dict[str, str] | None = None,
    ) -> Person:
        """Somebody with a private chat with the bot, or another bot (bots do not hear one another)."""
        person = Person(id, first_name, last_name, username, language_code, tag, is_bot, note)
        self.persons[id] = person
        self.chats[id] = Chat(id, "private", members={id})
        return person

    def add_crowd(self, ids: Iterable[int]) -> None:
        """Silent private chats: what is sent to them stands in the ledger only."""
        self.crowd.update(ids)

    def add_group(
        self, id: int, title: str, members: Iterable[int], kind: str = "supergroup", *, with_bot: bool = True
    ) -> Chat:
        """A group, supergroup or channel, with or without the bot in it."""
        chat = Chat(id, kind, title, set(members), bot_status="member" if with_bot else "left")
        self.chats[id] = chat
        return chat

    def chat_json(self, chat: Chat) -> Json:
        """The Bot API's Chat of ``chat``."""
        return chat.json(self.persons.get(chat.id))

    def migrate(self, group_id: int, supergroup_id: int) -> Chat:
        """A basic group becomes a supergroup: the old number answers with the new one from now on."""
        old = self.chats[group_id]
        old.moved_to = supergroup_id
        new = self.add_group(supergroup_id, old.title, old.members)
        new.bot_status, new.creator = old.bot_status, old.creator
        return new

    def deactivate(self, chat_id: int) -> None:
        """A person deletes their account, or the owner of a basic group the group. Raises ``LookupError``."""
        chat = self.chats[chat_id]
        if chat.type not in ("private", "group"):
            raise ValueError("Only a person or a basic group can be deactivated.")
        self.deactivated.add(chat_id)
        self.emit({"type": "chats"})

    # Messages and files

    def new_message(self, chat_id: int, content: Json) -> Json:
        """A message of the bot, numbered and stored."""
        return self.store(self.chats[chat_id], self.bot, content)

    def next_message_id(self, chat_id: int) -> int:
        """One counter for all private chats and basic groups, one per supergroup or channel."""
        chat = self.chats.get(chat_id)
        if chat is not None and (self.numbering == "chat" or chat.type in ("supergroup", "channel")):
            chat.next_id += 1
            return chat.next_id - 1
        counter = chat_id if self.numbering == "chat" else 0
        self._next_ids[counter] += 1
        return self._next_ids[counter] - 1

    def next_media_group(self) -> int:
        """A number that the messages of one album share."""
        self._media_group += 1
        return self._media_group

    def store(self, chat: Chat, sender: Json, content: Json) -> Json:
        """A new message of ``sender``; the page is told."""
        message: Json = {
            "message_id": self.next_message_id(chat.id),
            "from": sender,
            "chat": self.chat_json(chat),
            "date": int(self.clock()),
            **content,
        }
        chat.messages[message["message_id"]] = message
        self.emit({"type": "message", "chat_id": chat.id, "message": message})
        return message

    def replace(self, chat: Chat, message: Json) -> None:
        """Put a changed message in the place of the old one; the page is told."""
        chat.messages[message["message_id"]] = message
        self.emit({"type": "edit", "chat_id": chat.id, "message": message})

    def remove(self, chat: Chat, message_ids: Iterable[int]) -> None:
        """Take messages away for everybody; the page is told. Those that are not there are passed over."""
        gone = [number for number in message_ids if chat.messages.pop(number, None) is not None]
        chat.pinned = [number for number in chat.pinned if number not in gone]
        self.emit({"type": "delete", "chat_id": chat.id, "message_ids": gone})

    def messages(self, chat_id: int, person_id: int | None = None) -> list[Json]:
        """The messages of a chat, oldest first."""
        return list(self.chats[chat_id].messages.values())

    def store_file(self, file: StoredFile) -> str:
        """Keep a file; its file_id."""
        file_id = f"BQAC{urlsafe_b64encode(secrets.token_bytes(23) + FILE_ID_VERSION).decode()}"
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
        """A queue of all events from now on."""
        queue: asyncio.Queue[Json] = asyncio.Queue()
        self._listeners.add(queue)
        return queue

    def unsubscribe(self, queue: asyncio.Queue[Json]) -> None:
        self._listeners.discard(queue)

    def emit(self, event: Json) -> None:
        """Tell every listener."""
        for queue in self._listeners:
            queue.put_nowait(event)

"""The sandbox's world: what persons do in it, each act as the update that Telegram sends."""

from __future__ import annotations

import copy
import re
import secrets

from bot.sandbox.records import Chat, Control, Json, Person, StoredFile, member, public
from bot.sandbox.state import DEFAULT_TOKEN, State
from bot.sandbox.text.automatic import automatic

__all__ = ["DEFAULT_TOKEN", "Chat", "Control", "Person", "StoredFile", "World"]

CONTENT = (
    "text",
    "entities",
    "link_preview_options",
    "caption",
    "caption_entities",
    "show_caption_above_media",
    "has_media_spoiler",
    "document",
    "photo",
    "audio",
    "video",
    "animation",
    "voice",
    "video_note",
    "live_photo",
    "sticker",
    "location",
    "venue",
    "contact",
    "dice",
    "poll",
)


class World(State):
    """One bot's Telegram with the people in it."""

    # Membership

    def block(self, person_id: int) -> None:
        """A person blocks the bot."""
        if person_id not in self.blocked:
            self.blocked.add(person_id)
            self._bot_moved(self.chats[person_id], self.persons[person_id], "member", "kicked")

    def unblock(self, person_id: int) -> None:
        """A person lets the bot write again."""
        if person_id in self.blocked:
            self.blocked.discard(person_id)
            self._bot_moved(self.chats[person_id], self.persons[person_id], "kicked", "member")

    def set_bot_status(self, person_id: int, chat_id: int, status: str) -> None:
        """A person adds the bot to a group, makes it an administrator or removes it.

        ``status`` is member, administrator, left or kicked. Raises ``LookupError``, ``ValueError``.
        """
        chat, person = self.chats[chat_id], self.persons[person_id]
        if chat.type == "private" or status not in ("member", "administrator", "left", "kicked"):
            raise ValueError("The bot can be member, administrator, left or kicked, and only in a group.")
        old, present = chat.bot_status, ("member", "administrator")
        if status == old:
            return
        if status not in present and old in present:
            self._service(chat, person, {"left_chat_member": self.bot}, tell=chat.type == "group")
        chat.bot_status = status
        self._bot_moved(chat, person, old, status)
        if status in present and old not in present and chat.type != "channel":
            self._service(chat, person, {"new_chat_members": [self.bot]})
        self.emit({"type": "chats"})

    def person_group(self, person_id: int, title: str, kind: str = "supergroup") -> Chat:
        """A person makes a group or channel of everybody and adds the bot, to a channel as administrator.

        Raises ``ValueError`` without a title and for another kind.
        """
        if not 1 <= len(title.strip()) <= 128:
            raise ValueError("A group's title has 1 to 128 characters.")
        if kind not in ("supergroup", "channel"):
            raise ValueError("A person makes a supergroup or a channel.")
        number = min([-1_001_000_000_000, *self.chats]) - 1
        chat = self.add_group(number, title.strip(), self.persons, kind, with_bot=False)
        chat.creator = person_id
        self.set_bot_status(person_id, number, "administrator" if kind == "channel" else "member")
        return chat

    def migrate(self, group_id: int, supergroup_id: int) -> Chat:
        """A basic group becomes a supergroup; the bot hears of it in both. Raises ``LookupError``."""
        old, owner = self.chats[group_id], self._owner(self.chats[group_id])
        if old.type != "group" or old.moved_to is not None or supergroup_id in self.chats:
            raise ValueError("Only a basic group moves, once, and to a number that is free.")
        new = super().migrate(group_id, supergroup_id)
        self._service(old, owner, {"migrate_to_chat_id": supergroup_id})
        self._service(new, owner, {"migrate_from_chat_id": group_id})
        self.emit({"type": "chats"})
        return new

    def _owner(self, chat: Chat) -> Person:
        """Somebody of the chat, its creator if one is known. Raises ``LookupError`` for an empty one."""
        for one in (chat.creator, *sorted(chat.members)):
            if one in self.persons:
                return self.persons[one]
        raise LookupError("There is nobody in the chat.")

    def join(self, person_id: int, chat_id: int) -> None:
        """A person comes into a group."""
        chat, person = self.chats[chat_id], self.persons[person_id]
        chat.members.add(person_id)
        self._service(chat, person, {"new_chat_members": [person.user()]})

    def leave(self, person_id: int, chat_id: int) -> None:
        """A person leaves a group."""
        chat, person = self.chats[chat_id], self.persons[person_id]
        chat.members.discard(person_id)
        self._service(chat, person, {"left_chat_member": person.user()})

    def _bot_moved(self, chat: Chat, person: Person, old: str, new: str) -> None:
        self.updates.put(
            "my_chat_member",
            {
                "chat": self.chat_json(chat),
                "from": person.user(),
                "date": int(self.clock()),
                "old_chat_member": member(self.bot, old),
                "new_chat_member": member(self.bot, new),
            },
        )

    def _service(self, chat: Chat, person: Person, content: Json, *, tell: bool = True) -> None:
        message = self.store(chat, person.user(), content)
        if tell and chat.bot_status in ("member", "administrator"):
            self.updates.put("message", public(message))

    # Writing

    def person_text(self, person_id: int, chat_id: int, text: str, reply_to: int | None = None) -> Json:
        """A person writes, perhaps as a reply; the bot gets an update. Raises ``LookupError``."""
        message: Json = {"text": text}
        entities = automatic(text, [])
        if entities:
            message["entities"] = entities
        if reply_to is not None:
            replied = self.chats[chat_id].messages[reply_to]
            message["reply_to_message"] = {k: v for k, v in replied.items() if k != "reply_to_message"}
        return self._from_person(person_id, chat_id, message)

    def person_sticker(self, person_id: int, chat_id: int, emoji: str = "🙂") -> Json:
        """A person sends a sticker."""
        file_id = self.store_file(StoredFile("sticker.webp", "image/webp", b""))
        sticker = {
            "file_id": file_id,
            "file_unique_id": file_id[4:16],
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
            entities = automatic(caption, [])
            if entities:
                message["caption_entities"] = entities
        return self._from_person(person_id, chat_id, message)

    def person_forward(self, person_id: int, chat_id: int, from_chat_id: int, message_id: int) -> Json:
        """A person forwards a message they see. Raises ``LookupError`` when it is not there."""
        original = self.chats[from_chat_id].messages[message_id]
        return self._from_person(person_id, chat_id, self.forwarded(from_chat_id, original))

    def forwarded(self, from_chat_id: int, original: Json) -> Json:
        """The content of a forwarded message with its origin; it keeps its first origin."""
        kept = {key: copy.deepcopy(original[key]) for key in CONTENT if key in original}
        origin = {"type": "user", "date": original["date"], "sender_user": original["from"]}
        chat = self.chats[from_chat_id]
        if chat.type == "channel":
            origin = {
                "type": "channel",
                "date": original["date"],
                "chat": self.chat_json(chat),
                "message_id": original["message_id"],
            }
        return {**kept, "forward_origin": original.get("forward_origin", origin)}

    def person_pin(self, person_id: int, chat_id: int, message_id: int, pinned: bool) -> None:
        """A person pins a message or takes the pin away. Raises ``LookupError``."""
        chat = self.chats[chat_id]
        message = chat.messages[message_id]
        chat.pinned = [one for one in chat.pinned if one != message_id] + [message_id] * pinned
        if pinned:
            shown = {key: value for key, value in message.items() if key != "reply_to_message"}
            self._service(
                chat, self.persons[person_id], {"pinned_message": public(shown)}, tell=chat.type != "channel"
            )

    def person_edit(self, person_id: int, chat_id: int, message_id: int, text: str) -> Json:
        """A person edits their own text or caption; the bot gets ``edited_message``.

        Raises ``LookupError`` for a message that is not there, ``ValueError`` for one of somebody else.
        """
        chat = self.chats[chat_id]
        old = chat.messages[message_id]
        if old["from"]["id"] != person_id or "forward_origin" in old:
            raise ValueError("Only one's own messages can be edited.")
        key, marks = ("text", "entities") if "text" in old else ("caption", "caption_entities")
        message = {name: value for name, value in old.items() if name not in (key, marks)}
        message |= {key: text, "edit_date": int(self.clock())}
        entities = automatic(text, [])
        if entities:
            message[marks] = entities
        self.replace(chat, message)
        if self._bot_hears(chat, message):
            self.updates.put("edited_message", public(message))
        return message

    def person_delete(self, person_id: int, chat_id: int, message_id: int) -> None:
        """A person deletes a message for both sides; Telegram tells bots nothing of it."""
        chat = self.chats[chat_id]
        if chat.type != "private" and chat.messages[message_id]["from"]["id"] != person_id:
            raise ValueError("In a group only one's own messages can be deleted.")
        self.remove(chat, [chat.messages[message_id]["message_id"]])

    def person_react(self, person_id: int, chat_id: int, message_id: int, emoji: str) -> None:
        """A person puts a reaction on a message ("" takes it back); bots hear of it only if they asked."""
        chat = self.chats[chat_id]
        message = dict(chat.messages[message_id])
        reactions = dict(message.get("_reactions", {}))
        old = reactions.pop(person_id, None)
        if emoji:
            reactions[person_id] = emoji
        self.replace(chat, {**message, "_reactions": reactions})
        self.updates.put(
            "message_reaction",
            {
                "chat": self.chat_json(chat),
                "message_id": message_id,
                "user": self.persons[person_id].user(),
                "date": int(self.clock()),
                "old_reaction": [{"type": "emoji", "emoji": old}] if old else [],
                "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
            },
        )

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
                "message": public(message),
                "chat_instance": str(chat_id * 7919),
                "data": data,
            },
        )
        return query_id

    def person_sends(self, person_id: int, chat_id: int, content: Json) -> Json:
        """A person sends a message with any content. Raises ``LookupError``."""
        return self._from_person(person_id, chat_id, content)

    def _from_person(self, person_id: int, chat_id: int, content: Json) -> Json:
        chat = self.chats[chat_id]
        if chat_id == person_id:
            self.unstarted.discard(person_id)
        message = self.store(chat, self.persons[person_id].user(), content)
        if self._bot_hears(chat, message):
            self.updates.put("channel_post" if chat.type == "channel" else "message", public(message))
        return message

    def _bot_hears(self, chat: Chat, message: Json) -> bool:
        """Whether the bot gets a message: all in private, by the rules of privacy mode in groups."""
        if chat.type == "private":
            return chat.id not in self.blocked
        if chat.bot_status not in ("member", "administrator"):
            return False
        if not self.privacy or chat.bot_status == "administrator" or chat.type == "channel":
            return True
        text = message.get("text") or message.get("caption") or ""
        name = self.bot["username"]
        command = re.match(r"/\w+(?:@(\w+))?", text, re.ASCII)
        addressed = command is not None and (command[1] or name).lower() == name.lower()
        mentioned = re.search(rf"@{re.escape(name)}\b", text, re.IGNORECASE) is not None
        replied = message.get("reply_to_message", {}).get("from", {}).get("id") == self.bot["id"]
        return addressed or mentioned or replied

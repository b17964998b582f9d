"""What the chat page is told: the world as JSON-ready records, for the snapshot and for the event stream."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bot.sandbox.faults import KINDS
from bot.sandbox.records import Chat

if TYPE_CHECKING:
    from bot.sandbox.world import World

Json = dict[str, Any]

LOG_TAIL = 200
MESSAGES_PER_CHAT = 400


def snapshot(world: "World", session: str) -> Json:
    """Everything the page shows, as GET /sandbox/state answers it; ``clock`` in epoch seconds."""
    return {
        "session": session,
        "bot": world.bot,
        "about": about(world),
        "persons": persons(world),
        "chats": chats(world),
        "commands": commands(world),
        "controls": controls(world),
        "guide": guide(world),
        "can_move_clock": world.advance is not None,
        "clock": world.clock(),
        "time_zone": getattr(world, "time_zone", None),
        "crowd": len(world.crowd),
        "ledger": world.ledger.count(),
        "unseen": unseen(world),
        "trouble": trouble(world),
        "log": log_entries(list(world.log)[-LOG_TAIL:]),
    }


def about(world: "World") -> Json:
    """The page's title, the bot's description by language and what this sandbox can do."""
    own = {lang or "en": text for (what, lang), text in world.profile.items() if what == "description"}
    return {
        "title": getattr(world, "title", None),
        "subtitle": world.subtitle,
        "description": world.description or own,
        "can_reply": True,
    }


def persons(world: "World") -> list[Json]:
    """The people one can speak as, in the order they were added."""
    return [
        {
            "id": person.id,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "username": person.username,
            "language_code": person.language_code,
            "tag": person.tag,
            "note": person.note,
            "blocked": is_blocked(world, person.id),
        }
        for person in world.persons.values()
    ]


def is_blocked(world: "World", person_id: int) -> bool:
    """Whether this person has blocked the bot."""
    return person_id in getattr(world, "blocked", ())


def visible_chats(world: "World") -> list[int]:
    """Chats the page shows: the private chats of its persons, and the groups (never the simulated crowd)."""
    return [*world.persons, *(chat_id for chat_id in world.chats if chat_id < 0)]


def chats(world: "World") -> list[Json]:
    """Each visible chat with its newest messages, oldest first."""
    return [chat_record(world, world.chats[chat_id]) for chat_id in visible_chats(world)]


def chat_record(world: "World", chat: Chat) -> Json:
    """One chat; ``title`` is null for a person's own, ``members`` counts the bot too, ``writers`` are the
    persons who may write (null: all)."""
    present = chat.bot_status in ("member", "administrator")
    return {
        "id": chat.id,
        "title": None if chat.id in world.persons else chat.title,
        "type": chat.type,
        "bot_status": chat.bot_status,
        "members": len(chat.members) + present,
        "writers": [chat.creator] if chat.type == "channel" and chat.creator else None,
        "pinned": list(chat.pinned),
        "messages": world.messages(chat.id)[-MESSAGES_PER_CHAT:],
    }


def commands(world: "World") -> dict[str, list[Json]]:
    """The command menu of each person: in the private chat by person id, in groups by "person:chat"."""
    people = world.persons.values()
    own = {str(one.id): world.commands_for(one.id, one.language_code) for one in people}
    groups = {
        f"{one.id}:{chat.id}": group_commands(world, chat, one.language_code)
        for chat in world.chats.values()
        if chat.type in ("group", "supergroup")
        for one in people
    }
    return {key: [dict(command) for command in found] for key, found in (own | groups).items()}


def group_commands(world: "World", chat: Chat, language_code: str) -> list[Json]:
    """The menu in a group, by Telegram's order of scopes and languages; empty where the bot is not."""
    if chat.bot_status not in ("member", "administrator"):
        return []
    for scope in (f"chat:{chat.id}", "all_group_chats", "default"):
        for language in (language_code[:2], ""):
            if (scope, language) in world.commands:
                return world.commands[scope, language]
    return []


def pins(world: "World") -> dict[str, list[int]]:
    """The pinned messages of each visible chat that has some, the newest last."""
    return {str(chat): pinned for chat in visible_chats(world) if (pinned := list(world.chats[chat].pinned))}


def unseen(world: "World") -> dict[str, list[int]]:
    """The messages by chat that the bot has not taken yet: they have one tick."""
    found: dict[str, list[int]] = {}
    for chat, message in world.updates.unseen():
        found.setdefault(str(chat), []).append(message)
    return found


def controls(world: "World") -> list[Json]:
    """The buttons its owner put on the page; labels and hints by language."""
    return [{"id": control.id, "label": control.label, "hint": control.hint} for control in world.controls]


def guide(world: "World") -> list[Json]:
    """The owner's steps ({title, text, done}); ``done`` may be a function asked each time."""
    steps: Iterable[Mapping[str, Any]] = getattr(world, "guide", None) or ()
    return [{key: value() if callable(value) else value for key, value in step.items()} for step in steps]


def trouble(world: "World") -> Json:
    """What the drawer can set: the scripted faults, and whether Telegram's limits are on."""
    return {
        "kinds": list(KINDS),
        "faults": [asdict(fault) for fault in world.faults.listed()],
        "limits": world.limits.on,
    }


def log_entries(entries: Iterable[Any]) -> list[Json]:
    """API calls for the drawer, whatever plain record the world keeps them in."""
    return [_plain(entry) for entry in entries]


def _plain(entry: Any) -> Json:
    if isinstance(entry, Mapping):
        return dict(entry)
    names = getattr(entry, "__slots__", None) or vars(entry)
    return {name: getattr(entry, name) for name in names if not name.startswith("_")}

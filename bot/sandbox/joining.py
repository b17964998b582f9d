"""How persons come into a chat by its invite links, and what the bot hears of it."""

from __future__ import annotations

from bot.sandbox.records import Chat, Json
from bot.sandbox.world import World


def use_link(world: World, person_id: int, address: str) -> bool:
    """A person opens an invite link; whether they are in now, or have only asked.

    Raises ``LookupError`` for a link that is not there, ``ValueError`` for one that does not let them in.
    """
    chat, link = _found(world, address)
    if chat.standing.get(person_id, {}).get("status") == "kicked":
        raise ValueError("Who is banned does not come in by a link.")
    if person_id in chat.members:
        raise ValueError("They are in the chat already.")
    if link["is_revoked"] or world.clock() > link.get("expire_date", float("inf")):
        raise ValueError("The link is no longer valid.")
    if link["creates_join_request"]:
        _ask(world, chat, person_id, link)
        return False
    used = link.get("_used", 0) + 1
    if used > link.get("member_limit", used):
        raise ValueError("The link has been used as often as it may be.")
    link["_used"] = used
    world.join(person_id, chat.id)
    return True


def _found(world: World, address: str) -> tuple[Chat, Json]:
    for chat in world.chats.values():
        if address in chat.invites:
            return chat, chat.invites[address]
    raise LookupError("There is no such link.")


def _ask(world: World, chat: Chat, person_id: int, link: Json) -> None:
    """Wait for an administrator; a bot that may invite hears of it and may write to the person."""
    person = world.persons[person_id]
    asked = {"chat": world.chat_json(chat), "from": person.user(), "user_chat_id": person_id}
    asked |= {"date": int(world.clock()), "invite_link": {k: v for k, v in link.items() if k[0] != "_"}}
    new = person_id not in chat.requests
    chat.requests[person_id] = asked
    if new and chat.bot_status == "administrator" and "can_invite_users" in chat.bot_rights:
        world.updates.put("chat_join_request", asked)

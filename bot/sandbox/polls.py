"""Polls: their counting, and what persons do with them."""

from __future__ import annotations

import secrets

from bot.sandbox.records import Chat, Json
from bot.sandbox.world import World


def vote(world: World, person_id: int, chat_id: int, message_id: int, options: list[int]) -> Json:
    """A person votes, or takes the vote back with no options; the poll afterwards.

    A poll that names its voters sends ``poll_answer``; the counts of an open poll go out as ``poll``.
    Raises ``LookupError`` for a poll that is not there, ``ValueError`` for a vote that cannot be.
    """
    chat = world.chats[chat_id]
    message = settled(world, chat, chat.messages[message_id])
    poll, count = message["poll"], len(message["poll"]["options"])
    if poll["is_closed"]:
        raise ValueError("The poll is closed.")
    if not set(options) <= set(range(count)) or (len(options) > 1 and not poll["allows_multiple_answers"]):
        raise ValueError("There are no such options.")
    votes = dict(message.get("_votes", {}))
    if poll["type"] == "quiz" and person_id in votes:
        raise ValueError("A quiz is answered once.")
    votes.pop(person_id, None)
    if options:
        votes[person_id] = sorted(set(options))
    changed = {**message, "_votes": votes, "poll": counted(poll, votes)}
    world.replace(chat, changed)
    ids = [poll["options"][n]["persistent_id"] for n in sorted(set(options))]
    if not poll["is_anonymous"]:
        user = world.persons[person_id].user()
        answer = {"poll_id": poll["id"], "user": user, "option_ids": sorted(set(options))}
        world.updates.put("poll_answer", {**answer, "option_persistent_ids": ids})
    world.updates.put("poll", changed["poll"])
    return dict(changed["poll"])


def counted(poll: Json, votes: dict[int, list[int]]) -> Json:
    """The poll with the numbers of ``votes`` (options by person)."""
    chosen = [number for options in votes.values() for number in options]
    options = [{**one, "voter_count": chosen.count(n)} for n, one in enumerate(poll["options"])]
    return {**poll, "options": options, "total_voter_count": len(votes)}


def again(poll: Json) -> Json:
    """A copy of a poll: one of its own, which nobody has voted in."""
    opened = {key: value for key, value in poll.items() if key != "close_date"}
    return {**counted(opened, {}), "id": str(secrets.randbelow(10**18)), "is_closed": False}


def settled(world: World, chat: Chat, message: Json) -> Json:
    """The message, its poll closed when its time is over by the world's clock."""
    poll = message.get("poll")
    if not poll or poll["is_closed"]:
        return message
    closes = poll.get("close_date") or message["date"] + poll.get("open_period", 1 << 40)
    if world.clock() < closes:
        return message
    closed = {**message, "poll": {**poll, "is_closed": True}}
    world.replace(chat, closed)
    world.updates.put("poll", closed["poll"])
    return closed

"""Inline mode as persons use it: asking the bot from any chat and sending one of its results."""

from __future__ import annotations

import secrets

from bot.sandbox.records import Json
from bot.sandbox.requests import Parameters
from bot.sandbox.text.automatic import automatic
from bot.sandbox.text.message import message_text
from bot.sandbox.world import World

QUERY_LIMIT = 256


def ask(world: World, person_id: int, chat_id: int, query: str, offset: str = "") -> str:
    """A person types ``@bot query`` into a chat; the query's id. Raises ``LookupError``."""
    chat, person = world.chats[chat_id], world.persons[person_id]
    kind = "sender" if chat.id == person_id else chat.type
    query_id = str(secrets.randbelow(10**18))
    world.inline_queries[query_id] = {
        "person_id": person_id,
        "chat_id": chat_id,
        "query": query[:QUERY_LIMIT],
        "at": world.clock(),
        "results": None,
    }
    shown = {"id": query_id, "from": person.user(), "chat_type": kind, "query": query[:QUERY_LIMIT]}
    world.updates.put("inline_query", {**shown, "offset": offset})
    return query_id


def choose(world: World, query_id: str, result_id: str) -> Json:
    """The person sends a result: a message via the bot. Raises ``LookupError``, ``ValueError``."""
    query = world.inline_queries[query_id]
    found = [one for one in query["results"] or [] if str(one["id"]) == result_id]
    if not found:
        raise LookupError("There is no such result.")
    chat, person = world.chats[query["chat_id"]], world.persons[query["person_id"]]
    content = {**content_of(found[0]), "via_bot": world.bot}
    if found[0].get("reply_markup"):
        content["reply_markup"] = found[0]["reply_markup"]
    message = world.store(chat, person.user(), content)
    inline_id = secrets.token_urlsafe(16)
    world.inline_messages[inline_id] = (chat.id, message["message_id"])
    chosen = {"result_id": result_id, "from": person.user(), "query": query["query"]}
    if "reply_markup" in content:
        chosen["inline_message_id"] = inline_id
    world.updates.put("chosen_inline_result", chosen)
    return message


def content_of(result: Json) -> Json:
    """What an InlineQueryResult sends: its text, or its file by file_id, or its place."""
    wanted = result.get("input_message_content")
    if isinstance(wanted, dict) and "message_text" in wanted:
        text, entities = message_text(
            str(wanted["message_text"]), str(wanted.get("parse_mode", "")), wanted.get("entities")
        )
        shown = automatic(text, entities)
        return {"text": text} | ({"entities": shown} if shown else {})
    if isinstance(wanted, dict) and "latitude" in wanted:
        place = Parameters(wanted, {})
        return {"location": {key: place.real(key) for key in ("latitude", "longitude")}}
    caption = {"caption": str(result["caption"])} if result.get("caption") else {}
    return {"text": str(result.get("title") or result.get("type")), **caption}

"""What a message answers: the reply of a call, its quotation, and the topic it goes to."""

from __future__ import annotations

from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.records import Chat, Json, public
from bot.sandbox.requests import Parameters
from bot.sandbox.text.entities import utf16
from bot.sandbox.text.message import message_text
from bot.sandbox.world import World

GENERAL = 1


def check_reply(p: Parameters) -> Json | None:
    """The ``reply_parameters`` of a call. Raises ``ApiError`` for what is no object."""
    wanted = p.json("reply_parameters", "reply parameters")
    if wanted is not None and not isinstance(wanted, dict):
        raise bad_request("object expected as reply parameters")
    return wanted


def reply_of(world: World, p: Parameters, chat_id: int) -> Json:
    """The fields of a Message that say what it answers; {} when it answers nothing.

    Raises ``ApiError`` when the message is not there and may not be missing.
    """
    wanted = check_reply(p)
    if wanted is None:
        lenient = p.flag("allow_sending_without_reply")
        wanted = {"message_id": p.number("reply_to_message_id"), "allow_sending_without_reply": lenient}
    given = Parameters(wanted, {})
    target = given.number("message_id")
    if not target:
        return {}
    elsewhere = given.number("chat_id", chat_id)
    chat = world.chats.get(elsewhere)
    found = chat.messages.get(target) if chat else None
    if found is None or chat is None:
        if given.flag("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    shown = {key: value for key, value in public(found).items() if key != "reply_to_message"}
    if elsewhere != chat_id:
        origin = world.forwarded(elsewhere, found)["forward_origin"]
        external: Json = {"origin": origin, "chat": world.chat_json(chat), "message_id": target}
        return {"external_reply": external} | _quote(given, found)
    return {"reply_to_message": shown} | _quote(given, found)


def _quote(given: Parameters, found: Json) -> Json:
    if not given.text("quote"):
        return {}
    words, entities = message_text(
        given.text("quote"), given.text("quote_parse_mode"), given.json("quote_entities", "entities")
    )
    whole = str(found.get("text") or found.get("caption") or "")
    if words not in whole:
        raise ApiError(400, "Bad Request: QUOTE_TEXT_INVALID")
    quote: Json = {"text": words, "position": utf16(whole[: whole.index(words)]), "is_manual": True}
    if entities:
        quote["entities"] = entities
    return {"quote": quote}


def topic_of(world: World, p: Parameters, chat: Chat | None) -> Json:
    """The fields that put a message into a forum's topic. Raises ``ApiError`` for one that is not there."""
    thread = p.number("message_thread_id")
    if not thread:
        return {}
    if chat is None or chat.topics is None or thread == GENERAL or thread not in chat.topics:
        raise bad_request("message thread not found")
    fields: Json = {"message_thread_id": thread, "is_topic_message": True}
    opening = chat.messages.get(thread)
    return fields | ({"reply_to_message": public(opening)} if opening else {})

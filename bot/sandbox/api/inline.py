"""Answers to inline queries, and messages prepared for sharing."""

from __future__ import annotations

import re
import secrets

from bot.sandbox.api.keyboards import reply_markup
from bot.sandbox.inline import content_of
from bot.sandbox.problems import bad_request
from bot.sandbox.records import Json
from bot.sandbox.requests import Parameters
from bot.sandbox.world import World

MOST_RESULTS = 50
QUERY_LIFE = 30  # seconds
PREPARED_LIFE = 86400
KINDS = {
    "article", "audio", "contact", "game", "document", "gif", "location", "mpeg4_gif", "photo", "sticker",
    "venue", "video", "voice",
}  # fmt: skip


async def answer_inline_query(world: World, p: Parameters) -> bool:
    given = p.parsed("results", "JSON encoded inline query results")
    if not isinstance(given, list):
        raise bad_request("expected an Array of inline query results")
    if len(given) > MOST_RESULTS:
        raise bad_request("too many inline query results specified")
    results = [_result(one) for one in given]
    _check_button(p)
    query = world.inline_queries.get(p.text("inline_query_id"))
    if query is None or query["results"] is not None or world.clock() - query["at"] > QUERY_LIFE:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    query["results"] = results
    answer = {"type": "inline_answer", "inline_query_id": p.text("inline_query_id"), "results": results}
    answer["button"] = p.json("button", "inline query results button")
    world.emit({**answer, "chat_id": query["chat_id"], "person_id": query["person_id"]})
    return True


def _result(given: object) -> Json:
    if not isinstance(given, dict):
        raise _unreadable("Inline query result must be an object")
    for key in ("type", "id"):
        if key not in given:
            raise _unreadable(f'Can\'t find field "{key}"')
    if given["type"] not in KINDS:
        raise _unreadable(f'type "{given["type"]}" is unsupported for the inline query result')
    if not 1 <= len(str(given["id"]).encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    if given["type"] == "article":
        if not given.get("title"):
            raise _unreadable('Can\'t find field "title"')
        if not isinstance(given.get("input_message_content"), dict):
            raise _unreadable('Can\'t find field "input_message_content"')
    markup = reply_markup(Parameters(given, {}))
    content_of(given)  # its text must be readable now, not when somebody sends it
    kept = {key: value for key, value in given.items() if key != "reply_markup"}
    return kept | ({"reply_markup": markup} if markup else {})


def _unreadable(detail: str) -> Exception:
    return bad_request(f"can't parse inline query result: {detail}")


def _check_button(p: Parameters) -> None:
    button = p.json("button", "inline query results button")
    if button is None:
        return
    if not isinstance(button, dict) or "text" not in button:
        raise bad_request("can't parse inline query results button: Can't find field \"text\"")
    if "start_parameter" in button:
        start = str(button["start_parameter"])
        if not start:
            raise bad_request("can't use empty start_parameter")
        if len(start) > 64:
            raise bad_request("too long start_parameter specified")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", start):
            raise bad_request("unallowed characters in start_parameter are used")


async def save_prepared_inline_message(world: World, p: Parameters) -> Json:
    if p.number("user_id") not in world.persons:
        raise bad_request("user not found" if p.number("user_id") else "invalid user_id specified")
    _result(p.json("result", "result"))
    return {"id": secrets.token_urlsafe(12), "expiration_date": int(world.clock()) + PREPARED_LIFE}

"""Sending and stopping polls."""

from __future__ import annotations

import re
import secrets

from bot.sandbox.api.addressing import chat_id_of, message_of
from bot.sandbox.api.files import input_media
from bot.sandbox.api.keyboards import reply_markup
from bot.sandbox.api.places import location_of
from bot.sandbox.api.sending import deliver, shown_entities
from bot.sandbox.polls import settled
from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.records import Json
from bot.sandbox.requests import Parameters
from bot.sandbox.text.message import message_text
from bot.sandbox.world import World

QUESTION_LIMIT = 300
OPTION_LIMIT = 100
MOST_OPTIONS = 12
EXPLANATION_LIMIT = 200
LONGEST_PERIOD = 2_628_000  # seconds; 10 minutes until Bot API 9.5


async def send_poll(world: World, p: Parameters) -> Json:
    poll = _poll(world, p)
    markup = reply_markup(p)
    chat_id = chat_id_of(world, p)
    return deliver(world, p, "sendPoll", chat_id, {"poll": poll}, markup, str(poll["question"]))


def _poll(world: World, p: Parameters) -> Json:
    question = _words(world, p, "question")
    if not question:
        raise bad_request("poll question must be non-empty")
    if len(question["question"]) > QUESTION_LIMIT:
        raise bad_request(f"poll question length must not exceed {QUESTION_LIMIT}")
    kind = p.text("type") or "regular"
    if kind not in ("regular", "quiz"):
        raise bad_request("unsupported poll type specified")
    several = p.flag("allows_multiple_answers")
    poll: Json = {
        "id": str(secrets.randbelow(10**18)),
        **question,
        "options": _options(world, p),
        "total_voter_count": 0,
        "is_closed": p.flag("is_closed"),
        "is_anonymous": p.flag("is_anonymous") if p.text("is_anonymous") else True,
        "type": kind,
        "allows_multiple_answers": several,
        "allows_revoting": p.flag("allows_revoting") if p.text("allows_revoting") else kind == "regular",
        "members_only": p.flag("members_only"),
    }
    poll |= _words(world, p, "description") | _closing(world, p)
    if p.text("media"):
        poll["media"] = _media(world, p, "media")
    return poll | (_quiz(world, p, len(poll["options"])) if kind == "quiz" else {})


def _options(world: World, p: Parameters) -> list[Json]:
    given = p.json("options", "options")
    if not isinstance(given, list):
        raise bad_request("expected an Array of InputPollOption as options")
    if not 1 <= len(given) <= MOST_OPTIONS:
        few = len(given) < 1
        raise bad_request(
            "poll must have at least 1 option" if few else "poll can't have more than 12 options"
        )
    return [_option(world, p, number, one) for number, one in enumerate(given)]


def _option(world: World, p: Parameters, number: int, given: object) -> Json:
    fields = given if isinstance(given, dict) else {"text": str(given)}
    shown = _words(world, Parameters(fields, p.files), "text")
    if not shown:
        raise bad_request("poll options must be non-empty")
    if len(shown["text"]) > OPTION_LIMIT:
        raise bad_request(f"poll options length must not exceed {OPTION_LIMIT}")
    if fields.get("media"):
        shown["media"] = _media(world, Parameters(fields, p.files), "media")
    return {"persistent_id": str(number), **shown, "voter_count": 0}


def _quiz(world: World, p: Parameters, options: int) -> Json:
    correct = p.json("correct_option_ids", "correct_option_ids")
    if correct is None and p.text("correct_option_id"):
        correct = [p.number("correct_option_id")]
    if not isinstance(correct, list) or not correct:
        raise ApiError(400, "Bad Request: QUIZ_CORRECT_ANSWERS_EMPTY")
    if not all(re.fullmatch(r"[0-9]{1,3}", str(one)) and int(one) < options for one in correct):
        raise bad_request("wrong correct option ID specified")
    quiz: Json = {"correct_option_ids": sorted(int(one) for one in correct)} | _words(world, p, "explanation")
    if len(quiz.get("explanation", "")) > EXPLANATION_LIMIT:
        raise bad_request("explanation is too long")
    if p.text("explanation_media"):
        quiz["explanation_media"] = _media(world, p, "explanation_media")
    return quiz


def _closing(world: World, p: Parameters) -> Json:
    period, date = p.number("open_period"), p.number("close_date")
    if period:
        if not 5 <= period <= LONGEST_PERIOD:
            raise bad_request("wrong open period specified")
        return {"open_period": period, "close_date": int(world.clock()) + period}
    return {"close_date": date} if date else {}


def _media(world: World, p: Parameters, key: str) -> Json:
    """The Bot API's PollMedia of an InputPollMedia."""
    given = p.json(key, key)
    if not isinstance(given, dict):
        raise bad_request("can't parse InputPollMedia: expected an Object")
    if given.get("type") == "location":
        return {"location": location_of(Parameters(given, {}))}
    return {name: value for name, value in input_media(world, p, given)[0].items() if "caption" not in name}


def _words(world: World, p: Parameters, key: str) -> Json:
    """A text of the poll with its entities, {} when it is missing."""
    if not p.text(key):
        return {}
    text, entities = message_text(
        p.text(key), p.text(f"{key}_parse_mode"), p.json(f"{key}_entities", "entities")
    )
    found = shown_entities(world, text, entities)
    return {key: text} | ({f"{key}_entities": found} if found else {}) if text else {}


async def stop_poll(world: World, p: Parameters) -> Json:
    markup = reply_markup(p)
    chat, message = message_of(world, p, "message with poll to stop not found")
    if "poll" not in message:
        raise bad_request("message with poll to stop not found")
    if message["from"]["id"] != world.bot["id"]:
        raise bad_request("poll can't be stopped")
    message = settled(world, chat, message)
    if message["poll"]["is_closed"]:
        raise bad_request("poll has already been closed")
    closed = {**message, "poll": {**message["poll"], "is_closed": True}}
    closed.pop("reply_markup", None)
    world.replace(chat, closed | ({"reply_markup": markup} if markup else {}))
    world.updates.put("poll", closed["poll"])
    return dict(closed["poll"])

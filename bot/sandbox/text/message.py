"""From the arguments of a call to the text and entities of a message."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.requests import whole
from bot.sandbox.text.entities import QUOTES, SPLITTABLE, Entity, in_order, normalized, utf16
from bot.sandbox.text.html import parse_html
from bot.sandbox.text.markdown import parse_markdown, parse_markdown_v2

PARSERS = {"html": parse_html, "markdownv2": parse_markdown_v2, "markdown": parse_markdown}
# What a bot may say of its own text; Telegram ignores the kinds it finds by itself.
GIVEN = {*SPLITTABLE, *QUOTES, "code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"}
FOUND = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}
# TDLib's clean_input_string: line and paragraph separators, direction marks, some combining marks.
_DROPPED = {"\r", "\u0333", "\u033f", "\u030a", *map(chr, range(0x2028, 0x202F))}
_UNCLEAN = re.compile("[\\x00-\\x09\\x0b-\\x1f\\u0333\\u033f\\u030a\\u2028-\\u202e]")


def message_text(source: str, parse_mode: str, given: Any = None) -> tuple[str, list[Entity]]:
    """Text and entities as a message keeps them; ``given`` are the entities of a call without parse mode.

    Raises ``ApiError`` for marks that do not fit.
    """
    mode = parse_mode.strip().lower()
    if mode and mode != "none":
        if mode not in PARSERS:
            raise bad_request("unsupported parse_mode")
        text, entities = PARSERS[mode](source)
    else:
        text, entities = source, given_entities(given, utf16(source))
    clean, entities = cleaned(text, entities)
    return trimmed(clean, normalized(entities))


def given_entities(given: Any, size: int) -> list[Entity]:
    """The ``entities`` argument, checked against a text of ``size`` UTF-16 units."""
    found = []
    for one in given if isinstance(given, list) else []:
        if not isinstance(one, dict):
            raise bad_request("can't parse MessageEntity: expected an Object")
        for key in ("type", "offset", "length"):
            if key not in one:
                raise bad_request(f"can't parse MessageEntity: Can't find field \"{key}\"")
        kind, start, length = str(one["type"]), whole(one["offset"]), whole(one["length"])
        if kind in FOUND:
            continue
        if kind not in GIVEN:
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
        if start > size:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {start}")
        if start + length > size:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends after the end of the text "
                f"at UTF-16 offset {start + length}"
            )
        if length > 0:
            found.append({**one, "offset": start, "length": length})
    return in_order(found)


def cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Control characters become spaces, carriage returns and direction marks vanish, entities move along."""
    if not _UNCLEAN.search(text):
        return text, entities
    new_offsets: dict[int, int] = {}
    letters: list[str] = []
    old = new = 0
    for letter in text:
        new_offsets[old] = new
        old += utf16(letter)
        if letter in _DROPPED:
            continue
        letters.append(" " if letter < " " and letter != "\n" else letter)
        new += utf16(letter)
    new_offsets[old] = new

    def at(offset: int) -> int:
        return new_offsets.get(offset, new_offsets.get(offset + 1, new))  # never half a surrogate pair

    moved = []
    for one in entities:
        start, end = at(one["offset"]), at(one["offset"] + one["length"])
        if end > start:
            moved.append({**one, "offset": start, "length": end - start})
    return "".join(letters), moved


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """White space at both ends goes; entities move and shrink along."""
    left = len(text) - len(text.lstrip(" \n"))
    body = text.strip(" \n")
    size = utf16(body)
    kept: list[Entity] = []
    for one in entities:
        start = max(one["offset"] - left, 0)
        end = min(one["offset"] + one["length"] - left, size)
        if end > start:
            kept.append({**one, "offset": start, "length": end - start})
    return body, kept


def checked_text(source: str, parse_mode: str, given: Any = None) -> tuple[str, list[Entity]]:
    """The ``text`` argument of a call. Raises ``ApiError`` when it is empty, before or after parsing."""
    if not source:
        raise bad_request("message text is empty")
    if len(source.encode("utf-8", "surrogatepass")) > 32768:
        raise ApiError(400, "Bad Request: text is too long")
    text, entities = message_text(source, parse_mode, given)
    if not text:
        raise bad_request("text must be non-empty")
    return text, entities

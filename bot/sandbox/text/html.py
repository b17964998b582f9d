"""Telegram's HTML: text and entities, or Telegram's own error.

Rules read from the behaviour of TDLib's parser: known tags only, strictly nested, four named
references, byte offsets in errors, entity offsets in UTF-16 units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.sandbox.text.entities import Entity, in_order, parse_fault, slice16, utf16
from bot.sandbox.text.links import link_entity

SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
KNOWN = {*SIMPLE, "a", "span", "tg-emoji", "tg-time"}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(\d{1,9});?|#[xX]([0-9a-fA-F]{1,9});?|(lt|gt|amp|quot)(?![a-zA-Z]);?)")
_SPACE = " \t\r\n\x0b\x0c\0"


@dataclass
class _Open:
    name: str
    at: int
    start: int
    attributes: dict[str, str] = field(default_factory=dict)
    code: tuple[int, int, str] = (-1, -1, "")  # of a <pre>: where code with a language stands in it


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0

    def offset(self, at: int) -> int:
        return len(self.source[:at].encode("utf-8", "surrogatepass"))


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The text and its entities in order of offset. Raises ``ApiError`` with Telegram's text."""
    reader = _Reader(source)
    out: list[str] = []
    size = 0
    stack: list[_Open] = []
    entities: list[Entity] = []
    while reader.at < len(source):
        at = reader.at
        letter = source[at]
        if letter == "&":
            piece, reader.at = _reference(source, at)
        elif letter != "<":
            end = min(
                (found for found in (source.find("<", at), source.find("&", at)) if found >= 0), default=-1
            )
            piece, reader.at = source[at : end if end >= 0 else len(source)], end if end >= 0 else len(source)
        elif source[at + 1 : at + 2] == "/":
            _close(reader, stack, entities, "".join(out), size)
            continue
        else:
            stack.append(_open_tag(reader, size))
            continue
        out.append(piece)
        size += utf16(piece)
    if stack:
        raise parse_fault(f'Can\'t find end tag corresponding to start tag "{stack[-1].name}"')
    text = "".join(out)
    if any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        raise parse_fault(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return text, in_order(entities)


def _reference(source: str, at: int) -> tuple[str, int]:
    found = _REFERENCE.match(source, at)
    if not found:
        return "&", at + 1
    if found[3]:
        return NAMED[found[3]], found.end()
    number = int(found[1]) if found[1] else int(found[2], 16)
    if number == 0 or number >= 0x10FFFF:
        return "&", at + 1
    return chr(number), found.end()


def _open_tag(reader: _Reader, start: int) -> _Open:
    source, at = reader.source, reader.at
    position = at + 1
    while position < len(source) and source[position] not in _SPACE + ">":
        position += 1
    if position >= len(source):
        raise parse_fault(f"Unclosed start tag at byte offset {reader.offset(at)}")
    name = _lower(source[at + 1 : position])
    if name not in KNOWN:
        raise parse_fault(f'Unsupported start tag "{name}" at byte offset {reader.offset(at)}')
    attributes: dict[str, str] = {}
    while True:
        if position >= len(source):
            raise parse_fault(f"Unclosed start tag at byte offset {reader.offset(at)}")
        while position < len(source) and source[position] in _SPACE:
            position += 1
        if position >= len(source):
            raise parse_fault(f'Empty attribute name in the tag "{name}" at byte offset {reader.offset(at)}')
        if source[position] == ">":
            break
        key, value, position = _attribute(reader, name, at, position)
        attributes[key] = value
    reader.at = position + 1
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise parse_fault(f'Tag "span" must have class "tg-spoiler" at byte offset {reader.offset(at)}')
    return _Open(name, at, start, attributes)


def _attribute(reader: _Reader, tag: str, at: int, position: int) -> tuple[str, str, int]:
    source = reader.source
    begin = position
    while position < len(source) and source[position] not in _SPACE + "=>/\"'":
        position += 1
    key = _lower(source[begin:position])
    if not key:
        raise parse_fault(f'Empty attribute name in the tag "{tag}" at byte offset {reader.offset(at)}')
    while position < len(source) and source[position] in _SPACE:
        position += 1
    unclosed = parse_fault(f'Unclosed start tag "{tag}" at byte offset {reader.offset(at)}')
    if position >= len(source):
        raise unclosed
    if source[position] != "=":
        return key, "", position
    position += 1
    while position < len(source) and source[position] in _SPACE:
        position += 1
    if position >= len(source):
        raise unclosed
    if source[position] not in "\"'":
        return key, *_bare_value(reader, position)
    quote = source[position]
    end = source.find(quote, position + 1)
    if end < 0:
        raise parse_fault(f"Unclosed start tag at byte offset {reader.offset(at)}")
    return key, _unescape(source[position + 1 : end]), end + 1


def _bare_value(reader: _Reader, position: int) -> tuple[str, int]:
    source, begin = reader.source, position
    while position < len(source) and (
        source[position].isascii() and (source[position].isalnum() or source[position] in ".-")
    ):
        position += 1
    if position < len(source) and source[position] not in _SPACE + ">":
        raise parse_fault(f"Unexpected end of name token at byte offset {reader.offset(begin)}")
    return _lower(source[begin:position]), position


def _lower(name: str) -> str:
    """Only ASCII letters have a lower case in a tag's name."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in name)


def _unescape(value: str) -> str:
    out, at = [], 0
    while at < len(value):
        if value[at] == "&":
            piece, at = _reference(value, at)
        else:
            piece, at = value[at], at + 1
        out.append(piece)
    return "".join(out)


def _close(reader: _Reader, stack: list[_Open], entities: list[Entity], text: str, size: int) -> None:
    source, at = reader.source, reader.at
    if not stack:
        raise parse_fault(f"Unexpected end tag at byte offset {reader.offset(at)}")
    position = at + 2
    while position < len(source) and source[position] not in _SPACE + ">":
        position += 1
    name = _lower(source[at + 2 : position])
    while position < len(source) and source[position] in _SPACE:
        position += 1
    if position >= len(source) or source[position] != ">":
        raise parse_fault(f"Unclosed end tag at byte offset {reader.offset(at)}")
    tag = stack.pop()
    if name and name != tag.name:
        raise parse_fault(
            f"Unmatched end tag at byte offset {reader.offset(at)}, "
            f'expected "</{tag.name}>", found "</{name}>"'
        )
    reader.at = position + 1
    if size > tag.start:
        _add(tag, stack, entities, text, size)


def _add(tag: _Open, stack: list[_Open], entities: list[Entity], text: str, size: int) -> None:
    entity: Entity = {"type": SIMPLE.get(tag.name, ""), "offset": tag.start, "length": size - tag.start}
    attributes = tag.attributes
    if tag.name == "span":
        entity["type"] = "spoiler"
    elif tag.name == "blockquote" and "expandable" in attributes:
        entity["type"] = "expandable_blockquote"
    elif tag.name == "a":
        found = link_entity(attributes.get("href") or slice16(text, tag.start))
        if found is None:
            return
        entity |= found
    elif tag.name == "tg-emoji":
        if not attributes.get("emoji-id", "").isdigit():
            raise parse_fault("Invalid custom emoji identifier specified")
        entity |= {"type": "custom_emoji", "custom_emoji_id": attributes["emoji-id"]}
    elif tag.name == "tg-time":
        if not re.fullmatch(r"r|w?[dD]?[tT]?", attributes.get("format", "")):
            raise parse_fault("Invalid date format used")
        entity |= {"type": "date_time", "unix_time": int(attributes.get("unix") or 0)}
        if attributes.get("format"):
            entity["date_time_format"] = attributes["format"]
    elif tag.name == "code" and stack and stack[-1].name == "pre":
        language = re.match(r"language-(.+)", attributes.get("class", ""), re.DOTALL)
        if language:
            stack[-1].code = (tag.start, size, language[1])
    elif tag.name == "pre" and tag.code[:2] == (tag.start, size):
        entity["language"] = tag.code[2]
        entities.pop()  # the code that fills it
    entities.append(entity)

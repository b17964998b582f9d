"""Telegram's HTML: text and entities, or Telegram's own error.

Rules read from the behaviour of TDLib's parser: known tags only, strictly nested, four named
references, byte offsets in errors, entity offsets in UTF-16 units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.problems import ApiError, bad_request

Entity = dict[str, Any]

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
_REFERENCE = re.compile(r"&(?:#(\d{1,9});?|#[xX]([0-9a-fA-F]{1,9});?|(lt|gt|amp|quot);?)")
_SPACE = " \t\r\n\x0b\x0c\0"


def utf16(text: str) -> int:
    """Length in UTF-16 code units, as entity offsets count."""
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)


@dataclass
class _Open:
    name: str
    at: int
    start: int
    attributes: dict[str, str] = field(default_factory=dict)


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
        raise _fault(f'Can\'t find end tag corresponding to start tag "{stack[-1].name}"')
    text = "".join(out)
    if any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        raise _fault(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return text, sorted(entities, key=lambda one: (one["offset"], -one["length"], _PRIORITY[one["type"]]))


_PRIORITY = {
    kind: number
    for number, kind in enumerate(
        (
            "blockquote", "expandable_blockquote", "pre", "code", "text_link", "text_mention", "bold", "italic",
            "underline", "strikethrough", "spoiler", "custom_emoji", "date_time",
        )
    )
}  # fmt: skip


def _fault(text: str) -> ApiError:
    return ApiError(400, f"Bad Request: can't parse entities: {text}")


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
        raise _fault(f"Unclosed start tag at byte offset {reader.offset(at)}")
    name = source[at + 1 : position].lower()
    if name not in KNOWN:
        raise _fault(f'Unsupported start tag "{name}" at byte offset {reader.offset(at)}')
    attributes: dict[str, str] = {}
    while True:
        while position < len(source) and source[position] in _SPACE:
            position += 1
        if position >= len(source):
            raise _fault(f"Unclosed start tag at byte offset {reader.offset(at)}")
        if source[position] == ">":
            break
        key, value, position = _attribute(reader, name, at, position)
        attributes[key] = value
    reader.at = position + 1
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _fault(f'Tag "span" must have class "tg-spoiler" at byte offset {reader.offset(at)}')
    return _Open(name, at, start, attributes)


def _attribute(reader: _Reader, tag: str, at: int, position: int) -> tuple[str, str, int]:
    source = reader.source
    begin = position
    while position < len(source) and source[position] not in _SPACE + "=>/\"'":
        position += 1
    key = source[begin:position].lower()
    if not key:
        raise _fault(f'Empty attribute name in the tag "{tag}" at byte offset {reader.offset(at)}')
    while position < len(source) and source[position] in _SPACE:
        position += 1
    if position >= len(source) or source[position] != "=":
        return key, "", position
    position += 1
    while position < len(source) and source[position] in _SPACE:
        position += 1
    if position >= len(source):
        raise _fault(f"Unclosed start tag at byte offset {reader.offset(at)}")
    if source[position] not in "\"'":
        return key, *_bare_value(reader, position)
    quote = source[position]
    end = source.find(quote, position + 1)
    if end < 0:
        raise _fault(f"Unclosed start tag at byte offset {reader.offset(at)}")
    return key, _unescape(source[position + 1 : end]), end + 1


def _bare_value(reader: _Reader, position: int) -> tuple[str, int]:
    source, begin = reader.source, position
    while position < len(source) and (
        source[position].isascii() and (source[position].isalnum() or source[position] in ".-")
    ):
        position += 1
    if position >= len(source) or source[position] not in _SPACE + ">":
        raise _fault(f"Unexpected end of name token at byte offset {reader.offset(begin)}")
    return source[begin:position].lower(), position


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
        raise _fault(f"Unexpected end tag at byte offset {reader.offset(at)}")
    position = at + 2
    while position < len(source) and source[position] not in _SPACE + ">":
        position += 1
    name = source[at + 2 : position].lower()
    while position < len(source) and source[position] in _SPACE:
        position += 1
    if position >= len(source) or source[position] != ">":
        raise _fault(f"Unclosed end tag at byte offset {reader.offset(at)}")
    tag = stack.pop()
    if name and name != tag.name:
        raise _fault(
            f'Unmatched end tag at byte offset {reader.offset(at)}, expected "</{tag.name}>", found "</{name}>"'
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
        found = _link(attributes.get("href") or _slice16(text, tag.start))
        if found is None:
            return
        entity |= found
    elif tag.name == "tg-emoji":
        if not attributes.get("emoji-id", "").isdigit():
            raise _fault("Invalid custom emoji identifier specified")
        entity |= {"type": "custom_emoji", "custom_emoji_id": attributes["emoji-id"]}
    elif tag.name == "tg-time":
        if not re.fullmatch(r"r|w?[dD]?[tT]?", attributes.get("format", "")):
            raise _fault("Invalid date format used")
        entity |= {"type": "date_time", "unix_time": int(attributes.get("unix") or 0)}
    elif (
        tag.name == "code"
        and stack
        and stack[-1].name == "pre"
        and attributes.get("class", "").startswith("language-")
    ):
        if stack[-1].start == tag.start:
            stack[-1].attributes["_language"] = attributes["class"].removeprefix("language-")
            return
    elif tag.name == "pre" and attributes.get("_language"):
        entity["language"] = attributes["_language"]
    entities.append(entity)


def _slice16(text: str, start: int) -> str:
    return text.encode("utf-16-le", "surrogatepass")[start * 2 :].decode("utf-16-le", "surrogatepass")


def _link(url: str) -> Entity | None:
    """The entity of an address; None where Telegram silently drops it."""
    user = re.fullmatch(r"tg://user\?id=(\d+)", url.strip())
    if user:
        return {"type": "text_mention", "user_id": int(user[1])}
    address = normal_url(url)
    return {"type": "text_link", "url": address} if address else None


def normal_url(url: str) -> str | None:
    """An address as Telegram keeps it: ``http://`` added, ``/`` after a bare host; None if it is none."""
    url = url.strip()
    if not re.match(r"^[a-zA-Z][a-zA-Z0-9+.-]*://", url):
        if re.match(r"^[a-zA-Z][a-zA-Z0-9+-]*:(?!\d)", url):
            return None
        url = "http://" + url
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme.lower() in ("tg", "ton"):
        return url
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or " " in url:
        return None
    if "." not in parts.hostname and parts.hostname != "localhost":
        return None
    return url if parts.path or parts.query or parts.fragment else url + "/"


def message_text(source: str, parse_mode: str) -> tuple[str, list[Entity]]:
    """Text and entities as a message shows them: parsed, controls dropped, trimmed at both ends."""
    if parse_mode.lower() == "html":
        text, entities = parse_html(source)
    elif not parse_mode:
        text, entities = source, []
    elif parse_mode.lower() in ("markdown", "markdownv2"):
        raise ApiError(501, f"Not Implemented: the sandbox does not parse {parse_mode} yet")
    else:
        raise bad_request("unsupported parse_mode")
    return trimmed(text, entities)


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Drop carriage returns and controls one for one where it matters, trim white space, move entities."""
    clean = "".join(
        "" if letter == "\r" else " " if letter < " " and letter != "\n" else letter for letter in text
    )
    if len(clean) != len(text):
        entities = _moved(text, entities)
    left = utf16(clean) - utf16(clean.lstrip(" \n"))
    body = clean.strip(" \n")
    size = utf16(body)
    kept: list[Entity] = []
    for entity in entities:
        start = max(entity["offset"] - left, 0)
        end = min(entity["offset"] + entity["length"] - left, size)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return body, kept


def _moved(text: str, entities: list[Entity]) -> list[Entity]:
    gone, position = [], 0
    for letter in text:
        if letter == "\r":
            gone.append(position)
        position += utf16(letter)

    def before(offset: int) -> int:
        return sum(1 for place in gone if place < offset)

    moved = []
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        new_start, new_end = start - before(start), end - before(end)
        moved.append({**entity, "offset": new_start, "length": new_end - new_start})
    return moved


_AUTOMATIC = (
    ("url", re.compile(r"https?://[^\s<>\"«»“”]+[^\s<>\"«»“”.,;:!?)\]']", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}")),
    (
        "bot_command",
        re.compile(r"(?<![\w/:.<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])", re.ASCII),
    ),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z0-9_]{3,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#&])#[^\W\d_]\w{0,255}")),
)


def automatic(text: str, entities: list[Entity]) -> list[Entity]:
    """The entities that Telegram finds by itself, where no code, link or earlier one stands."""
    taken = [
        (one["offset"], one["offset"] + one["length"])
        for one in entities
        if one["type"] in ("code", "pre", "text_link", "text_mention", "custom_emoji")
    ]
    found: list[Entity] = []
    for kind, pattern in _AUTOMATIC:
        for match in pattern.finditer(text):
            start = utf16(text[: match.start()])
            end = start + utf16(match[0])
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            taken.append((start, end))
            found.append({"type": kind, "offset": start, "length": end - start})
    return sorted(entities + found, key=lambda one: (one["offset"], -one["length"]))

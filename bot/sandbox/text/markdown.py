"""Telegram's MarkdownV2 and its older Markdown: text and entities, or Telegram's own error.

Rules read from the behaviour of TDLib's parsers: every reserved character is a mark or escaped, marks are
strictly nested, a quotation ends with its line, byte offsets in errors, entity offsets in UTF-16 units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.sandbox.problems import ApiError
from bot.sandbox.text.entities import Entity, in_order, parse_fault, utf16
from bot.sandbox.text.links import link_entity

RESERVED = frozenset("_*[]()~`>#+-=|{}.!\n")
SPACE = " \t\r\n\x0b\0"
_ENDS = {
    "Bold": "*",
    "Italic": "_",
    "Underline": "__",
    "Strikethrough": "~",
    "Spoiler": "||",
    "Code": "`",
    "Pre": "```",
    "PreCode": "```",
    "TextUrl": "]",
    "CustomEmoji": "]",
}
_STARTS = (("__", "Underline"), ("_", "Italic"), ("*", "Bold"), ("~", "Strikethrough"), ("||", "Spoiler"))
_VERBATIM = ("Code", "Pre", "PreCode")
_KINDS = {"Pre": "pre", "PreCode": "pre", "BlockQuote": "blockquote"}


@dataclass
class _Open:
    kind: str
    at: int  # position in the source
    start: int  # UTF-16 offset in the text
    piece: int  # how many pieces of text stood before
    language: str = ""


class _Text:
    """The text so far and how long it is."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.size = 0

    def add(self, letter: str) -> None:
        self.pieces.append(letter)
        self.size += utf16(letter)

    def since(self, piece: int) -> str:
        return "".join(self.pieces[piece:])


def parse_markdown_v2(source: str) -> tuple[str, list[Entity]]:
    """The text and its entities in order of offset. Raises ``ApiError`` with Telegram's text."""
    return _Version2(source).parse()


class _Version2:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text = _Text()
        self.stack: list[_Open] = []
        self.entities: list[Entity] = []
        self.quote_may_start = True

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            self._step()
        if self.stack and self.stack[-1].kind == "BlockQuote":
            self._finish(self.stack.pop(), {"type": "blockquote"})
        if self.stack:
            raise self._unfinished()
        return "".join(self.text.pieces), in_order(self.entities)

    def _step(self) -> None:
        source, at = self.source, self.at
        letter, following = source[at], source[at + 1 : at + 2]
        inside = self.stack[-1].kind if self.stack else ""
        if letter == "\\" and following and 0 < ord(following) <= 126:
            self._plain(following, 2)
        elif letter not in ("`" if inside in _VERBATIM else RESERVED):
            self._plain(letter, 1)
        elif self._quote_ends(inside):
            pass
        elif inside in _ENDS and self._ends(inside):
            self._close(self.stack.pop())
        elif letter == "\n":
            self.text.add("\n")
            self.quote_may_start = True
            self.at += 1
        else:
            self._open()

    def _quoted(self) -> bool:
        return any(one.kind == "BlockQuote" for one in self.stack)

    def _unfinished(self) -> ApiError:
        last = self.stack[-1]
        return parse_fault(
            f"Can't find end of {last.kind} entity at byte offset {_bytes(self.source, last.at)}"
        )

    def _plain(self, letter: str, width: int) -> None:
        self.text.add(letter)
        escaped_break = width == 2 and letter in "\r\n"
        self.quote_may_start = escaped_break or (letter == "\r" and self.quote_may_start)
        self.at += width

    def _ends(self, kind: str) -> bool:
        mark = _ENDS[kind]
        if kind == "Italic" and self.source.startswith("__", self.at):
            return False
        return self.source.startswith(mark, self.at)

    def _quote_ends(self, inside: str) -> bool:
        """Close the innermost quotation where its last line ends; ``||`` before that makes it expandable."""
        after = self.source[self.at :]
        folded = after.startswith("||") and inside != "Spoiler"
        rest = after[2:] if folded else after
        if (rest and not rest.startswith("\n")) or rest[1:2] == ">" or not self._quoted():
            return False
        if inside != "BlockQuote":
            raise self._unfinished()
        if rest:
            self.text.add("\n")
            self.quote_may_start = True
        self.at += len(after) - len(rest) + (1 if rest else 0)
        self._finish(self.stack.pop(), {"type": "expandable_blockquote" if folded else "blockquote"})
        return True

    def _open(self) -> None:
        source, at = self.source, self.at
        for mark, kind in _STARTS:
            if source.startswith(mark, at):
                return self._push(kind, len(mark))
        if source[at] == "[":
            return self._push("TextUrl", 1)
        if source.startswith("![", at):
            return self._push("CustomEmoji", 2)
        if source.startswith("```", at):
            language, width = _fence(source, at + 3)
            return self._push("PreCode" if language else "Pre", 3 + width, language)
        if source[at] == "`":
            return self._push("Code", 1)
        if source[at] == ">" and self.quote_may_start:
            if self._quoted():
                self.at += 1
                return None
            return self._push("BlockQuote", 1)
        raise parse_fault(f"Character '{source[at]}' is reserved and must be escaped with the preceding '\\'")

    def _push(self, kind: str, width: int, language: str = "") -> None:
        self.stack.append(_Open(kind, self.at, self.text.size, len(self.text.pieces), language))
        self.at += width

    def _close(self, one: _Open) -> None:
        self.at += len(_ENDS[one.kind])
        entity: Entity | None = {"type": _KINDS.get(one.kind, one.kind.lower())}
        if one.language:
            entity = {"type": "pre", "language": one.language}
        if one.kind == "TextUrl":
            entity = link_entity(self._address() or self.text.since(one.piece))
        elif one.kind == "CustomEmoji":
            entity = self._special()
        if entity is not None:
            self._finish(one, entity)

    def _finish(self, one: _Open, entity: Entity) -> None:
        if self.text.size > one.start:
            self.entities.append({**entity, "offset": one.start, "length": self.text.size - one.start})

    def _special(self) -> Entity:
        """The entity of ``![text](tg://emoji?id=…)`` or ``![text](tg://time?unix=…)``."""
        if self.source[self.at : self.at + 1] != "(":
            raise parse_fault("The entity must contain a tg://emoji or tg://time URL")
        address = self._address()
        emoji = re.fullmatch(r"tg://emoji\?id=(\d+)", address, re.IGNORECASE)
        if emoji:
            return {"type": "custom_emoji", "custom_emoji_id": emoji[1]}
        moment = re.fullmatch(r"tg://time\?unix=(\d+)(?:&format=(r|w?[dD]?[tT]?))?", address, re.IGNORECASE)
        if moment:
            form = {"date_time_format": moment[2]} if moment[2] else {}
            return {"type": "date_time", "unix_time": int(moment[1]), **form}
        raise parse_fault("Invalid tg://emoji or tg://time URL specified")

    def _address(self) -> str:
        """The address in round brackets that stands next, unescaped; "" when there is none."""
        source = self.source
        if source[self.at : self.at + 1] != "(":
            return ""
        position = begin = self.at + 1
        letters: list[str] = []
        while position < len(source) and source[position] != ")":
            following = source[position + 1 : position + 2]
            if source[position] == "\\" and following and 0 < ord(following) <= 126:
                position += 1
            letters.append(source[position])
            position += 1
        if position >= len(source):
            raise parse_fault(f"Can't find end of a URL at byte offset {_bytes(source, begin)}")
        self.at = position + 1
        return "".join(letters)


def parse_markdown(source: str) -> tuple[str, list[Entity]]:
    """The older Markdown, where nothing nests. Raises ``ApiError`` with Telegram's text."""
    text, entities, at = _Text(), [], 0
    while at < len(source):
        letter = source[at]
        if letter == "\\" and source[at + 1 : at + 2] in ("_", "*", "`", "["):
            text.add(source[at + 1])
            at += 2
        elif letter not in "_*`[":
            text.add(letter)
            at += 1
        else:
            entity, at = _old_entity(source, at, text)
            if entity is not None:
                entities.append(entity)
    return "".join(text.pieces), in_order(entities)


def _old_entity(source: str, begin: int, text: _Text) -> tuple[Entity | None, int]:
    """The entity that begins at ``begin`` and the position after it; its words go to ``text``."""
    opening, language = source[begin], ""
    mark, at = {"[": "]"}.get(opening, opening), begin + 1
    if source.startswith("```", begin):
        language, width = _fence(source, begin + 3)
        mark, at = "```", begin + 3 + width
    end = source.find(mark, at)
    if end < 0:
        raise parse_fault(f"Can't find end of the entity starting at byte offset {_bytes(source, begin)}")
    start = text.size
    for letter in source[at:end]:
        text.add(letter)
    at = end + len(mark)
    if text.size == start:
        return None, at
    entity: Entity | None = {"type": {"*": "bold", "_": "italic", "`": "code"}.get(mark, "pre")}
    if language:
        entity = {"type": "pre", "language": language}
    if opening == "[":
        address = _overwritten(source, text, begin + 1, end)
        if source[at : at + 1] == "(":
            close = source.find(")", at)
            close = close if close >= 0 else len(source)
            address, at = source[at + 1 : close], close + 1
        entity = link_entity(address)
    if entity is None:
        return None, at
    return {**entity, "offset": start, "length": text.size - start}, at


def _overwritten(source: str, text: _Text, begin: int, end: int) -> str:
    """What TDLib takes for the address of a link without one: it writes the text over the source as it
    reads, and looks at the source's place only afterwards, so that ``[example.org]`` leads to xample.orgg."""
    written = "".join(text.pieces).encode("utf-8", "surrogatepass")
    buffer = written + source.encode("utf-8", "surrogatepass")[len(written) :]
    return buffer[_bytes(source, begin) : _bytes(source, end)].decode("utf-8", "ignore")


def _fence(source: str, at: int) -> tuple[str, int]:
    """The language after ``` and how many characters to skip: it and one line break."""
    end = at
    while end < len(source) and source[end] not in SPACE + "`":
        end += 1
    language = source[at:end] if end < len(source) and source[end] != "`" else ""
    position = at + len(language)
    if source[position : position + 1] in ("\n", "\r"):
        pair = source[position : position + 2]
        position += 2 if pair in ("\r\n", "\n\r") else 1
    return language, position - at


def _bytes(source: str, at: int) -> int:
    return len(source[:at].encode("utf-8", "surrogatepass"))

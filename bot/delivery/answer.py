"""One HTTP/1.1 answer, read as it comes; no socket, no clock.

Only what a Bot API server or a gateway before it sends: a length, chunks, or a body that lasts until the
connection ends (https://www.rfc-editor.org/rfc/rfc9112#section-6.3). What does not add up is ``Malformed``,
never guessed: the next answer on that connection would be another message's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HEAD_LIMIT = 64 << 10
BODY_LIMIT = 4 << 20
"""The Bot API answers a message with a few kilobytes."""

_STATUS = re.compile(rb"HTTP/1\.([01]) ([1-9]\d\d)(?: .*)?", re.DOTALL)
_LENGTH = re.compile(rb"\d{1,15}")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,12})[ \t]*(?:;.*)?", re.DOTALL)
_BODILESS = (204, 304)


class Malformed(ValueError):
    """What came is not an HTTP answer, or a larger one than any we expect."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer; ``keep``: the connection may be used again."""

    status: int
    body: bytes
    keep: bool


class AnswerReader:
    """``feed`` it what arrives until it gives the answer; ``end`` it when the connection ends."""

    __slots__ = ("_buffer", "_chunks", "_keep", "_left", "_length", "_status", "_trailer")

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._status = 0  # 0: the head is not complete
        self._keep = False
        self._length: int | None = None  # of the body; None: chunks, or until the end
        self._chunks: bytearray | None = None
        self._left = -1  # of the chunk at hand; -1: its size comes next
        self._trailer = False

    @property
    def begun(self) -> bool:
        """Whether anything has come."""
        return bool(self._status or self._buffer)

    def feed(self, data: bytes) -> Answer | None:
        """The answer once it is complete. Raises ``Malformed``."""
        buffer = self._buffer
        buffer += data
        while not self._status:
            end = buffer.find(b"\r\n\r\n")
            if end > HEAD_LIMIT or (end < 0 and len(buffer) > HEAD_LIMIT):
                raise Malformed("a head without an end")
            if end < 0:
                return None
            head = bytes(buffer[:end])
            del buffer[: end + 4]
            self._read_head(head)
        if self._chunks is not None:
            return self._read_chunks()
        if self._length is None:
            if len(buffer) > BODY_LIMIT:
                raise Malformed("a body without an end")
            return None
        if len(buffer) < self._length:
            return None
        # More than was announced: nobody knows whose it is.
        keep = self._keep and len(buffer) == self._length
        return Answer(self._status, bytes(buffer[: self._length]), keep)

    def end(self) -> Answer | None:
        """The answer if it lasted until the connection's end; None for one that is cut off."""
        if self._status and self._chunks is None and self._length is None:
            return Answer(self._status, bytes(self._buffer), False)
        return None

    def _read_head(self, head: bytes) -> None:
        lines = head.split(b"\r\n")
        found = _STATUS.fullmatch(lines[0])
        if found is None:
            raise Malformed("no status line")
        status, keep, chunked = int(found[2]), found[1] == b"1", False
        length: int | None = None
        for line in lines[1:]:
            name, colon, value = line.partition(b":")
            if not colon or not name or name != name.strip():
                raise Malformed("a header without a name")
            name, value = name.lower(), value.strip()
            if name == b"content-length":
                if not _LENGTH.fullmatch(value) or (length is not None and length != int(value)):
                    raise Malformed("a length that is none")
                length = int(value)
            elif name == b"transfer-encoding":
                if value.lower() != b"chunked":
                    raise Malformed("an encoding that nobody asked for")
                chunked = True
            elif name == b"connection" and b"close" in value.lower():
                keep = False
        if status < 200:
            if status == 101:
                raise Malformed("another protocol")
            return  # the real one follows
        if length is not None and length > BODY_LIMIT:
            raise Malformed("too long")
        self._status, self._keep = status, keep and not (chunked and length is not None)
        if status in _BODILESS:
            self._length = 0
        elif chunked:
            self._chunks = bytearray()
        else:
            self._length = length

    def _read_chunks(self) -> Answer | None:
        buffer, body = self._buffer, self._chunks
        assert body is not None
        while True:
            if self._left > 0:
                if len(buffer) < self._left + 2:
                    return None
                if buffer[self._left : self._left + 2] != b"\r\n":
                    raise Malformed("a chunk without an end")
                body += buffer[: self._left]
                del buffer[: self._left + 2]
                self._left = -1
            end = buffer.find(b"\r\n")
            if end < 0:
                if len(buffer) > HEAD_LIMIT:
                    raise Malformed("a chunk without a size")
                return None
            line = bytes(buffer[:end])
            del buffer[: end + 2]
            if self._trailer:
                if line:
                    continue
                return Answer(self._status, bytes(body), self._keep and not buffer)
            found = _CHUNK.fullmatch(line)
            if found is None:
                raise Malformed("a chunk without a size")
            self._left = int(found[1], 16)
            if len(body) + self._left > BODY_LIMIT:
                raise Malformed("too long")
            self._trailer = self._left == 0

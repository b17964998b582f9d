"""Documents from outside, read in a child process with limits on memory, time and what it may say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.errors import DocumentError
from bot.sources.child import ChildBroken, ChildOverrun, ask_child
from bot.understanding.text import Hyperlink, RawDocument

FILE_LIMIT = 20 << 20
"""Telegram hands out files up to 20 MB (getFile)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of wall and processor time, bytes of memory and of text, pages."""

    seconds: float = 20.0
    cpu_seconds: int = 15
    memory: int = 1 << 30
    text: int = 5_000_000
    pages: int = 300


async def read_document(data: bytes, file_name: str, limits: Limits | None = None) -> RawDocument:
    """The lines and hidden links of a PDF, DOCX, HTML or text file.

    Raises ``DocumentError`` with one sentence (and a catalog key) for an empty or too large file, a scan
    without text, an encrypted or broken file, or one that takes too long. The parent never parses.
    """
    limits = limits or Limits()
    if not data.strip():
        raise DocumentError("The file is empty.", key="document.empty")
    if len(data) > FILE_LIMIT:
        raise DocumentError("The file is larger than 20 MB.", key="document.too_large")
    answer = await _ask_child(data, file_name, limits)
    problem = answer.get("error")
    if problem:
        sentence = _SENTENCES.get(str(problem), _SENTENCES["unreadable"])
        raise DocumentError(sentence, key=f"document.{problem if problem in _SENTENCES else 'unreadable'}")
    links = tuple(Hyperlink(str(label), str(url)) for label, url in answer.get("links", ()))
    return RawDocument(
        tuple(str(line) for line in answer["lines"]),
        links,
        str(answer["kind"]),
        bool(answer.get("partial")),
        bool(answer.get("wrapped", True)),
    )


_SENTENCES = {
    "empty": "The file holds no text.",
    "too_large": "The file is larger than 20 MB.",
    "scan": "This PDF is a scanned image and has no text layer; send a PDF with text or a Word file.",
    "encrypted": "The file is protected by a password.",
    "unreadable": "The file is damaged or of a kind that cannot be read; send PDF, DOCX or text.",
    "too_slow": "The file takes too long to read.",
    "bomb": "The file unpacks to far more than it may.",
}


async def _ask_child(data: bytes, file_name: str, limits: Limits) -> dict[str, Any]:
    settings = {
        "name": file_name[-120:],
        "cpu": limits.cpu_seconds,
        "memory": limits.memory,
        "text": limits.text,
        "pages": limits.pages,
    }
    try:
        return await ask_child("bot.sources.document_child", settings, data, limits.seconds)
    except ChildOverrun:
        return {"error": "too_slow"}
    except ChildBroken:
        return {"error": "unreadable"}

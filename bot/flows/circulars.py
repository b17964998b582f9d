"""What staff hand in, understood: bytes in a limited child process, text on a thread."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.notice import Document
from bot.domain.topic import TopicTable
from bot.sources.document import read_document
from bot.understanding.extract import understand
from bot.understanding.message import understand_message


@dataclass(frozen=True, slots=True)
class CircularReader:
    """Reads with the association's topics."""

    topics: TopicTable

    async def from_file(self, content: bytes, file_name: str) -> Document:
        """What a PDF, DOCX or text file says. Raises ``DocumentError`` with a catalog key."""
        return understand(await read_document(content, file_name), topics=self.topics)

    def from_text(self, text: str) -> Document:
        """What a message says; at least one notice with a title."""
        return understand_message(text, topics=self.topics)

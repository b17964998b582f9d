"""The child that opens documents: bytes on standard input, one JSON object on standard output."""

from __future__ import annotations

import html.parser
import io
import json
import re
import sys
import time
import zipfile
from typing import Any

from bot.sources.confine import confine

UNPACKED_LIMIT = 50 << 20
ENTRIES_LIMIT = 2_000
RATIO_LIMIT = 200


class Unreadable(Exception):
    """The reason as a key of ``document._SENTENCES``."""


def main() -> None:
    """Read one document within the limits given as JSON in the first argument."""
    settings = json.loads(sys.argv[1])
    data = sys.stdin.buffer.read()
    confine(memory=settings["memory"], cpu_seconds=settings["cpu"])
    try:
        answer = read(data, settings)
    except Unreadable as reason:
        answer = {"error": str(reason)}
    except MemoryError:
        answer = {"error": "bomb"}
    except Exception:  # whatever a parser raises at a hostile file: the parent tells it in one sentence
        answer = {"error": "unreadable"}
    json.dump(answer, sys.stdout)


def read(data: bytes, settings: dict[str, Any]) -> dict[str, Any]:
    """Lines, links and kind of a document, told by its content, not by its name."""
    if data.lstrip()[:5] == b"%PDF-" or b"%PDF-" in data[:1024]:
        return _pdf(data, settings)
    if data[:4] == b"PK\x03\x04":
        return _docx(data, settings)
    if (
        data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        or data[:4] in (b"\x89PNG", b"GIF8", b"Rar!")
        or data[:3] == b"\xff\xd8\xff"
    ):
        raise Unreadable("unreadable")
    return _text(data, settings)


def _pdf(data: bytes, settings: dict[str, Any]) -> dict[str, Any]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    try:
        document = pdfplumber.open(io.BytesIO(data))
    except PDFPasswordIncorrect:
        raise Unreadable("encrypted") from None
    except Exception as error:
        if "assword" in repr(error):
            raise Unreadable("encrypted") from None
        raise Unreadable("unreadable") from None
    lines: list[str] = []
    links: list[tuple[str, str]] = []
    size, images, partial = 0, 0, False
    with document:
        for number, page in enumerate(document.pages):
            spent = time.process_time() > settings["cpu"] * 0.6
            if number >= settings["pages"] or size > settings["text"] or spent:
                partial = True
                break
            text = page.extract_text(x_tolerance=1.5) or ""
            images += len(page.images)
            links += _pdf_links(page)
            lines += text.split("\n")
            size += len(text)
            page.close()
    if not "".join(lines).strip():
        raise Unreadable("scan" if images else "empty")
    return {"kind": "pdf", "lines": lines, "links": links, "partial": partial}


def _pdf_links(page: Any) -> list[tuple[str, str]]:
    found = []
    for link in page.hyperlinks[:200]:
        url = link.get("uri")
        if not url:
            continue
        box = (
            max(link["x0"], 0),
            max(link["top"], 0),
            min(link["x1"], page.width),
            min(link["bottom"], page.height),
        )
        try:
            label = (page.crop(box).extract_text() or "").replace("\n", " ").strip()
        except ValueError:
            label = ""
        found.append((label, str(url)))
    return found


def _docx(data: bytes, settings: dict[str, Any]) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            if (
                len(entries) > ENTRIES_LIMIT
                or unpacked > UNPACKED_LIMIT
                or unpacked > RATIO_LIMIT * max(len(data), 20_000)
            ):
                raise Unreadable("bomb")
            names = {entry.filename for entry in entries}
    except zipfile.BadZipFile:
        raise Unreadable("unreadable") from None
    if "word/document.xml" not in names:
        raise Unreadable("unreadable")
    import docx
    from docx.table import Table

    document = docx.Document(io.BytesIO(data))
    lines: list[str] = []
    links: list[tuple[str, str]] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = list(dict.fromkeys(cell.text.strip() for cell in row.cells))
                lines.append(" ".join(cell.replace("\n", " ") for cell in cells if cell))
            continue
        lines.append(_numbered(block) + block.text.replace("\n", " "))
        links += [(link.text.strip(), link.url) for link in block.hyperlinks if link.url]
        if sum(map(len, lines[-1:])) > settings["text"]:
            break
    if not "".join(lines).strip():
        raise Unreadable("empty")
    return {"kind": "docx", "lines": lines, "links": links, "wrapped": False}


def _numbered(paragraph: Any) -> str:
    style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
    return "• " if style.startswith("list bullet") and not paragraph.text.startswith("•") else ""


class _HtmlText(html.parser.HTMLParser):
    """The visible text of a page, block by block, and its links."""

    BLOCKS = frozenset(
        ("p", "div", "br", "li", "tr", "td", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6",
         "section", "article", "header", "footer")
    )  # fmt: skip
    HIDDEN = frozenset(("script", "style", "head", "noscript", "template"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.links: list[tuple[str, str]] = []
        self._hidden = 0
        self._link: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.HIDDEN:
            self._hidden += 1
        if tag in self.BLOCKS:
            self.parts.append("\n")
        if tag == "li":
            self.parts.append("• ")
        if tag == "a":
            self._link = (dict(attrs).get("href") or "", [])

    def handle_endtag(self, tag: str) -> None:
        if tag in self.HIDDEN and self._hidden:
            self._hidden -= 1
        if tag in self.BLOCKS:
            self.parts.append("\n")
        if tag == "a" and self._link is not None:
            url, words = self._link
            if url.startswith(("http://", "https://")):
                self.links.append(("".join(words).strip(), url))
            self._link = None

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        self.parts.append(re.sub(r"\s+", " ", data))
        if self._link is not None:
            self._link[1].append(data)


def _text(data: bytes, settings: dict[str, Any]) -> dict[str, Any]:
    text = _decode(data)
    partial = len(text) > settings["text"]
    text = text[: settings["text"]].replace("\0", "")
    controls = sum(1 for letter in text[:4000] if letter < " " and letter not in "\n\r\t\f")
    if controls > 40:
        raise Unreadable("unreadable")
    if re.match(r"\s*<(?:!doctype html|html|body|div|p\b|table)", text[:400], re.IGNORECASE):
        reader = _HtmlText()
        reader.feed(text)
        kind, lines, links = "html", "".join(reader.parts).split("\n"), reader.links[:300]
    else:
        kind, lines, links = "text", re.split(r"\r\n|\r|\n|\f", text), []
    if not "".join(lines).strip():
        raise Unreadable("empty")
    return {"kind": kind, "lines": lines, "links": links, "partial": partial, "wrapped": kind == "text"}


def _decode(data: bytes) -> str:
    """UTF-8 first, then what Turkish offices use when they do not say (windows-1254)."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("windows-1254", "replace")


if __name__ == "__main__":
    main()

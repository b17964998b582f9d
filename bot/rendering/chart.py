"""A sending as a picture: one stacked bar a row, and under them what the colours count."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

Font = ImageFont.FreeTypeFont
Colour = tuple[int, int, int]

FONTS = Path(__file__).parent / "fonts"
"""Pillow's own font has no ğ, ş or İ, and a server may have no fonts at all."""

WIDTH, EDGE = 1200, 56
BAR, GAP = 46, 26
SLIVER = 5
"""One failure among thousands is still seen."""
MOST_ROWS = 14
INK: Colour = (33, 37, 41)
PALE: Colour = (98, 107, 116)
PAPER: Colour = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Part:
    """What a colour stands for: its words, its number and share as written, whether it is ``shown``."""

    key: str
    label: str
    number: str
    share: str


@dataclass(frozen=True, slots=True)
class Row:
    """A bar: ``counts`` by the parts' keys; ``total`` as written at its right end."""

    label: str
    counts: Mapping[str, int]
    total: str


COLOURS: dict[str, Colour] = {
    "sent": (0, 128, 105),
    "open": (158, 197, 232),
    "held": (94, 139, 192),
    "blocked": (124, 92, 152),
    "failed": (203, 67, 53),
    "unknown": (240, 173, 49),
    "skipped": (190, 196, 202),
}
"""By state, in the order of the bars; told apart also without red and green by their brightness."""


def chart_png(title: str, subtitle: str, rows: Sequence[Row], parts: Sequence[Part]) -> bytes:
    """The picture as PNG, 1200 pixels wide. All words come written in the reader's language."""
    big, usual, small = (
        _font("DejaVuSans-Bold.ttf", 38),
        _font("DejaVuSans.ttf", 27),
        _font("DejaVuSans.ttf", 24),
    )
    bold = _font("DejaVuSans-Bold.ttf", 27)
    heading = _wrapped(title, big, WIDTH - 2 * EDGE, 3)
    height = EDGE + 48 * len(heading) + 64 + (38 + BAR + GAP) * len(rows) + 22 + 44 * len(parts) + EDGE - 10
    image = Image.new("RGB", (WIDTH, height), PAPER)
    draw = ImageDraw.Draw(image)
    y = EDGE - 8
    for line in heading:
        draw.text((EDGE, y), line, font=big, fill=INK)
        y += 48
    draw.text((EDGE, y + 8), subtitle, font=small, fill=PALE)
    y += 64
    for row in rows:
        room = WIDTH - 2 * EDGE - draw.textlength(row.total, font=usual) - 40
        draw.text((EDGE, y), _wrapped(row.label, usual, room, 1)[0], font=usual, fill=INK)
        draw.text((WIDTH - EDGE, y), row.total, font=usual, fill=INK, anchor="ra")
        _bar(draw, y + 38, row.counts)
        y += 38 + BAR + GAP
    y += 22
    for part in parts:
        draw.rounded_rectangle((EDGE, y + 4, EDGE + 26, y + 30), 5, fill=COLOURS[part.key])
        draw.text((EDGE + 44, y), part.label, font=usual, fill=INK)
        draw.text((WIDTH - EDGE - 190, y), part.number, font=bold, fill=INK, anchor="ra")
        draw.text((WIDTH - EDGE, y), part.share, font=usual, fill=PALE, anchor="ra")
        y += 44
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def widths(counts: Mapping[str, int], room: int) -> dict[str, int]:
    """How many pixels each part of a bar gets: in proportion, but none that is there less than a sliver.

    They add up to ``room``; empty when nothing is counted.
    """
    total = sum(counts.values())
    if not total:
        return {}
    found = {key: max(SLIVER, round(room * counts[key] / total)) for key in COLOURS if counts.get(key)}
    widest = max(found, key=lambda key: found[key])
    found[widest] += room - sum(found.values())
    return found


def _bar(draw: ImageDraw.ImageDraw, y: int, counts: Mapping[str, int]) -> None:
    draw.rounded_rectangle((EDGE, y, WIDTH - EDGE, y + BAR), 6, fill=(236, 239, 241))
    x = EDGE
    for key, width in widths(counts, WIDTH - 2 * EDGE).items():
        draw.rectangle((x, y, x + width - 2, y + BAR), fill=COLOURS[key])
        x += width


def _font(name: str, size: int) -> Font:
    return ImageFont.truetype(FONTS / name, size)


def _wrapped(text: str, font: Font, room: float, most: int) -> list[str]:
    """``text`` in at most ``most`` lines of ``room`` pixels, the last one with an ellipsis if it must."""
    lines: list[str] = []
    words = text.split() or [""]
    while words and len(lines) < most:
        line = words.pop(0)
        while words and font.getlength(f"{line} {words[0]}") <= room:
            line += f" {words.pop(0)}"
        lines.append(line)
    cut = bool(words)
    if cut or font.getlength(lines[-1]) > room:
        last = lines[-1]
        while last and font.getlength(f"{last}…") > room:
            last = last[:-1]
        lines[-1] = f"{last.rstrip(' ,;:–-')}…"
    return lines

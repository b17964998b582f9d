"""Entities: their order, their offsets in UTF-16 units, and the form in which Telegram keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from bot.sandbox.problems import ApiError

Entity = dict[str, Any]

SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES = ("blockquote", "expandable_blockquote")
_ORDER = ("pre", "code", "text_link", "text_mention", *SPLITTABLE, "custom_emoji", "date_time")
_PRIORITY = {kind: number for number, kind in enumerate(_ORDER, start=1)} | dict.fromkeys(QUOTES, 0)


def utf16(text: str) -> int:
    """Length in UTF-16 code units, as entity offsets count."""
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)


def slice16(text: str, start: int, end: int | None = None) -> str:
    """The part of ``text`` between two UTF-16 offsets."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[start * 2 : None if end is None else end * 2].decode("utf-16-le", "replace")


def parse_fault(text: str) -> ApiError:
    """``Bad Request: can't parse entities: text``; the detail keeps its own first letter."""
    return ApiError(400, f"Bad Request: can't parse entities: {text}")


def in_order(entities: Iterable[Entity]) -> list[Entity]:
    """By offset, the longer one first, then by kind, as TDLib sorts them."""
    return sorted(entities, key=_place)


def _place(one: Entity) -> tuple[int, int, float, bool]:
    """What Telegram finds itself ranks with links; pre-formatted text with a language before that without."""
    rank = _PRIORITY.get(one["type"], _PRIORITY["text_mention"] + 0.5)
    return one["offset"], -one["length"], rank, "language" not in one


def normalized(entities: list[Entity]) -> list[Entity]:
    """The entities as Telegram keeps them: TDLib's ``fix_entities``.

    Equal neighbours join, code and links and quotes do not cross, nothing
    stands inside code, and nested styles are split where another begins.
    """
    there = in_order(entities)
    solid = _apart(one for one in there if one["type"] not in SPLITTABLE and one["type"] not in QUOTES)
    quotes = _apart(one for one in there if one["type"] in QUOTES)
    solid = [one for one in solid if not any(_crosses(one, quote) for quote in quotes)]
    styles = _split([one for one in there if one["type"] in SPLITTABLE], solid)
    edges = {edge for quote in quotes for edge in _span(quote)}
    styles = [piece for style in styles for piece in _cut(style, edges)]
    return in_order([*quotes, *solid, *styles])


def _span(one: Entity) -> tuple[int, int]:
    return one["offset"], one["offset"] + one["length"]


def _apart(entities: Iterable[Entity]) -> list[Entity]:
    """The entities that begin after the end of the one kept before."""
    kept: list[Entity] = []
    end = 0
    for one in entities:
        if one["offset"] >= end:
            kept.append(one)
            end = one["offset"] + one["length"]
    return kept


def _crosses(one: Entity, quote: Entity) -> bool:
    """Whether they meet without ``one`` being wholly inside the quotation."""
    (start, end), (first, last) = _span(one), _span(quote)
    return start < last and first < end and not (first <= start and end <= last)


def _cut(style: Entity, edges: set[int]) -> Iterator[Entity]:
    start, end = _span(style)
    places = [start, *sorted(edge for edge in edges if start < edge < end), end]
    for first, last in pairwise(places):
        yield {**style, "offset": first, "length": last - first}


def _split(styles: list[Entity], others: list[Entity]) -> list[Entity]:
    """Styles joined with their like, cut wherever another kind or one of ``others`` begins or ends."""
    open_spans: dict[str, tuple[int, int]] = {}
    found: list[Entity] = []
    waiting = iter(styles)
    upcoming = next(waiting, None)

    def flush(offset: int) -> None:
        for kind, (start, end) in _by_kind(open_spans):
            if start >= offset:
                continue
            stop = min(end, offset)
            found.append({"type": kind, "offset": start, "length": stop - start})
            if end <= offset:
                del open_spans[kind]
            else:
                open_spans[kind] = (offset, end)

    def take_until(limit: int) -> None:
        nonlocal upcoming
        while upcoming is not None and upcoming["offset"] < limit:
            start, end = _span(upcoming)
            before = open_spans.get(upcoming["type"])
            if before is not None and start <= before[1]:
                open_spans[upcoming["type"]] = (before[0], max(before[1], end))
            else:
                flush(start)
                open_spans[upcoming["type"]] = (start, end)
            upcoming = next(waiting, None)
        flush(limit)

    for other in others:
        start, end = _span(other)
        take_until(start)
        inside_from = len(found)
        take_until(end)
        if other["type"] in ("code", "pre"):
            del found[inside_from:]
    take_until(1 << 60)
    return found


def _by_kind(spans: dict[str, tuple[int, int]]) -> Iterator[tuple[str, tuple[int, int]]]:
    yield from [(kind, spans[kind]) for kind in SPLITTABLE if kind in spans]

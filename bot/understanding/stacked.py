"""Tables whose cells stand on lines of their own: the names of the columns first, then cell by cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.understanding.dates import find_dates

LONGEST_CELL = 60
"""Letters of a cell's line; a longer line ends the table."""
LONGEST_GAP = 9
"""Cells without a day after which a table has ended."""

_OTHER = re.compile(
    r"(?:baslangic|acilis|ilan|yayi[mn]|karar|teblig|yururlu[gk]|sonuc|eski|onceki|imza|opening|start|"
    r"publication|previous|old|result)\w*(?: \w+)? (?:tarih\w*|gun\w*|dates?|day)"
)
_LAST = re.compile(
    r"(?:son (?:\w+ ){0,2}(?:tarih\w*|gun\w*)|son (?:basvuru|kayit|teslim|odeme|teklif)\w*|"
    r"(?:basvuru|kayit|teslim|odeme|teklif)\w* (?:son )?(?:tarih\w*|gun\w*)|"
    r"(?:\w+ )?deadline|closing date|(?:apply|register|book|reply) by|last day)"
)
_EVENT = re.compile(
    r"(?:(?:etkinlik|fuar|egitim|toplanti|seminer|webinar|calistay|heyet|oturum|sinav|event|session|fair|"
    r"workshop|"
    r"meeting|course|training)\w* )?(?:tarih(?:i|leri)?|gun(?:u|leri)?|ne zaman|dates?|day|when)"
    r"(?: (?:ve|and) (?:saat\w*|time))?"
)
_HOUR = re.compile(r"(?:(?:baslama|baslangic|start\w*) )?(?:saat(?:i|leri)?|times?|hours?)")
_NAME = re.compile(
    r"(?:(?:\w+ ){0,2}(?:no|adi|name))|sira|il|ilce|sehir|kent|ulke(?: ?/ ?sehir)?|yer(?:i)?|salon|mekan|"
    r"adres|konu(?:su)?|"
    r"baslik|egitmen|konusmaci|"
    r"etkinlik|fuar|egitim|toplanti|seminer|webinar|heyet|oturum|modul|grup|sinif|dil|sure(?:si)?|"
    r"ucret(?:i)?|"
    r"bedel(?:i)?|kontenjan|organizator|sektor|platform|bolge|city|country|venue|place|location|room|topic|"
    r"subject|title|speaker|trainer|event|fair|session|course|workshop|mission|language|fee|price|seats|"
    r"organi[sz]er|"
    r"sector|town|hall|host|m2(?: bedeli)?|metrekare(?: bedeli)?"
)
_CLOCK = re.compile(
    r"\W*(?:saat )?\d{1,2}[.:]\d\d(?: ?(?:-|–|ile|to) ?\d{1,2}[.:]\d\d)?(?: ?\(?[a-z]{2,4}\)?)?\W*"
)
# What may stand beside a day in its cell: its weekday, its hour.
_DAY_CELL = re.compile(r"\W*(?:[a-z]{4,9},? )?$")

EVENT, LAST_DAY, OTHER = "event", "last day", "other"


@dataclass(frozen=True, slots=True)
class Cell:
    """A day's cell: what its column is, and where the cell with the hour of its row starts (-1: nowhere)."""

    role: str
    hour: int


def _column(line: str) -> str:
    """What a line names as a column; "" if it is no column's name."""
    line = line.strip(" :|*")
    if len(line) > 30:
        return ""
    for name, pattern in (
        (OTHER, _OTHER),
        (LAST_DAY, _LAST),
        (EVENT, _EVENT),
        ("hour", _HOUR),
        ("name", _NAME),
    ):
        if pattern.fullmatch(line):
            return name
    return ""


@lru_cache(maxsize=4)  # last days and events are looked for in the same text
def stacked_cells(folded: str) -> dict[int, Cell]:
    """Where a cell with a day starts in folded text: what the day is, and where its row's hour stands."""
    cells: dict[int, Cell] = {}
    lines: list[tuple[int, str]] = []
    offset = 0
    for line in folded.split("\n"):
        if line.strip():
            lines.append((offset, line))
        offset += len(line) + 1
    number = 0
    while number < len(lines):
        names: list[str] = []
        while number < len(lines) and (name := _column(lines[number][1])):
            names.append(name)
            number += 1
        if len(names) > 2 and (EVENT in names or LAST_DAY in names):
            number = _read(lines, number, names, cells)
        number += not names
    return cells


def _read(lines: list[tuple[int, str]], number: int, names: list[str], cells: dict[int, Cell]) -> int:
    """Read the cells below the names of columns; the number of the first line behind the table."""
    days = [name for name in names if name in (EVENT, LAST_DAY, OTHER)]
    hour_first = "hour" in names and names.index("hour") < min(names.index(day) for day in days)
    told = gap = 0
    clock = held = -1
    while number < len(lines) and gap <= max(LONGEST_GAP, len(names)):
        offset, line = lines[number]
        if len(line) > LONGEST_CELL or line.rstrip().endswith((";", "!", "?")):
            break
        day = next(find_dates(line, date(2000, 1, 1)), None)  # only its place in the line counts
        if day is not None and _DAY_CELL.match(line[: day.start]):
            cells[offset] = Cell(days[told % len(days)], clock if hour_first else -1)
            held = offset if cells[offset].role == EVENT else held
            told, gap, clock = told + 1, 0, -1
        elif _CLOCK.fullmatch(line):
            if hour_first:
                clock = offset
            elif held >= 0 and cells[held].hour < 0:
                cells[held] = Cell(EVENT, offset)
            gap += 1
        else:
            gap += 1
        number += 1
    return number

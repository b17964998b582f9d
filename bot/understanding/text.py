"""From lines as a document gives them to clean paragraphs: wraps healed, running heads dropped."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from bot.understanding.dates import MONTHS
from bot.understanding.feet import is_footer, is_mark_of_a_page, leaves_a_list
from bot.understanding.fold import fold
from bot.understanding.linestarts import is_bullet, is_labelled, is_number_of_a_sentence, is_rule


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """A link whose address is not in the text: its words and where it leads."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class RawDocument:
    """What a file gives: lines in order, hidden links, and whether something was left out."""

    lines: tuple[str, ...]
    hyperlinks: tuple[Hyperlink, ...] = ()
    kind: str = "text"
    partial: bool = False
    wrapped: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A healed paragraph; ``lines`` as they stood, ``row``: they are a table's."""

    text: str
    lines: tuple[str, ...] = field(default=(), compare=False)
    row: bool = field(default=False, compare=False)


def clean_line(line: str) -> str:
    """White space collapsed, invisible letters dropped."""
    line = re.sub(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0e-\x1f\u00ad]", "", line)
    return re.sub(r"[ \t\u00a0\u2007\u202f]+", " ", line).strip()


def paragraphs(raw: RawDocument) -> list[Paragraph]:
    """Clean paragraphs in order; a sentence cut by a page or a line end is one again."""
    cells = {clean_line(line) for line in raw.lines if len(line) < FOOT_LIMIT and _ROW.search(line.strip())}
    lines, cuts = _without_running_heads([clean_line(line) for line in raw.lines])
    if not raw.wrapped:
        return [Paragraph(line, (line,)) for line in lines if line]
    width = _width(lines)
    pairs = _columns(raw.lines)
    rows = cells | _rows_of_days(lines)
    alone = rows | {line for line, count in Counter(lines).items() if count > 1 and is_bullet(line)}
    groups: list[list[str]] = []
    blank = True
    for number, line in enumerate(lines):
        if not line:
            blank = True
            continue
        within = bool(groups) and number in cuts and len(groups[-1]) > 1 and not blank
        if (
            groups
            and alone.isdisjoint((groups[-1][-1], line))
            and line not in pairs
            and (
                _continues(groups[-1][-1], line, blank, width)
                or (within and _is_cut(groups[-1][-1], line))
                or _cuts_a_date(groups[-1][-1], line)
            )
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
        blank = False
    return [Paragraph(_join(group, width), tuple(group), group[0] in cells) for group in groups]


def _columns(lines: tuple[str, ...]) -> set[str]:
    """The cleaned lines of two columns: the second begins at one place in lines that follow each other."""
    found: set[str] = set()
    previous, above = -1, ""
    for line in lines:
        gap = _GAP.match(line) if len(line) < FOOT_LIMIT else None
        if gap and gap.end() == previous:
            found |= {clean_line(line), clean_line(above)}
        if line.strip():
            previous, above = (gap.end(), line) if gap else (-1, "")
    return found


# "Yılda 1 ton ve üzeri 31 Aralık 2030": a cell of words and a day; prose breaks its lines elsewhere.
_FULL_DAY = r"(?:\d{1,2} [A-ZÇĞİÖŞÜ][a-zçğıöşü]{2,8} 20\d\d|\d{1,2}[./]\d{1,2}[./]20\d\d)"
_ENDS_IN_DAY = re.compile(rf"[\w)%]:? {_FULL_DAY}$")
_WEEKDAY = r"(?: (?:Pazartesi|Salı|Çarşamba|Perşembe|Cuma|Cumartesi|Pazar))?"
# "Tekliflerin teslimi 24 Haziran 2027 Perşembe, en geç 13.00": a cell, its day, and an hour or a place
# behind it.
_CELL_AND_DAY = re.compile(
    rf"[A-ZÇĞİÖŞÜ\d(][^.;]{{2,70}}?[\w)%]:? {_FULL_DAY}{_WEEKDAY}(?:$|,| \(| saat\b| [–-] )"
)
_BEGINS_WITH_DAY = re.compile(rf"{_FULL_DAY} [\w(]")


# "Teklif öncesi toplantı 7 Haziran 2027 Pazartesi, yerel saatle 09.30, İdare Binası": behind the day no more
# than a weekday, an hour and a place.
_FACT_AND_DAY = re.compile(
    rf"[A-ZÇĞİÖŞÜ][^.;:!?]{{2,80}}? (?:\d{{1,2}} ?[-–] ?)?{_FULL_DAY}(?: ?[-–] ?{_FULL_DAY})?"
    r"(?: (?:Pazartesi|Salı|Çarşamba|Perşembe|Cuma|Cumartesi|Pazar|[A-Z][a-z]+day))?"
    r"(?:,? (?:[a-zçğıöşü]+ ){0,3}\d{1,2}[.:]\d{2}(?:[’'][a-zçğıöşü]{1,4}(?: kadar)?)?)?(?:,? "
    r"(?!(?:Pazartesi|Salı|Çarşamba|Perşembe|Cuma|Cumartesi|Pazar)\b)\(?[A-ZÇĞİÖŞÜ][^.;!?]{2,50})?"
)


def _rows_of_days(lines: list[str]) -> set[str]:
    """Lines, two or more below each other, that all end in a full day or begin with one."""
    found: set[str] = set()
    for first, second in pairwise(lines):
        if len(second) < 160 and (
            (_ENDS_IN_DAY.search(first[-24:]) and _ENDS_IN_DAY.search(second[-24:]))
            or (len(first) < 120 and _CELL_AND_DAY.match(first) and _CELL_AND_DAY.match(second))
            or (_BEGINS_WITH_DAY.match(first) and _BEGINS_WITH_DAY.match(second))
            or (len(first) < 160 and _FACT_AND_DAY.fullmatch(first) and _FACT_AND_DAY.fullmatch(second))
        ):
            found |= {first, second}
    return found


FULL = 0.72
"""Of the usual width the share from which a line was full, so that its sentence may go on below."""


def _width(lines: list[str]) -> int:
    lengths = sorted(len(line) for line in lines if line)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _continues(previous: str, line: str, blank: bool, width: int) -> bool:
    if is_rule(line) or is_rule(previous):
        return False
    full = len(previous) >= width * FULL and not previous.endswith((".", ":", "!", "?", ";", ","))
    if is_labelled(line) or (is_bullet(line) and not (full and not blank and is_number_of_a_sentence(line))):
        return False
    if _LABEL_AND_VALUE.match(line) and _LABEL_AND_VALUE.match(previous):
        return False
    address = _ADDRESS_END.search(previous[-400:])
    if _NAMED_ADDRESS.match(previous) and line[:1].isupper() and " " in line:
        return False
    if (
        address
        and not blank
        and " " not in line
        and (address[0].endswith(("/", "_", "=", "&", "?", "-", "%")) or _ends_a_name(address[0], line))
    ):
        return True
    ended = previous.endswith((".", ":", "!", "?", ";", ".”", '."'))
    if blank:
        # A page break in the middle of a sentence: no full stop before, a small letter after.
        return not ended and line[:1].islower() and len(previous) > 30
    if ended and previous.endswith((":", "!", "?")) and len(previous) < width * 0.8:
        return False
    if ended and _is_heading(previous) and not _is_heading(line):
        return False
    if len(previous) >= width * FULL:
        return not (_is_heading(line) and ended)
    if line[:1].islower():
        return True
    return bool(re.match(r"^(?:https?://|www\.)", line)) and previous.endswith(":")


# "Kayseri : 28 Mayıs": lines that each name something and tell it.
_LABEL_AND_VALUE = re.compile(r"[A-ZÇĞİÖŞÜ][\w()./' -]{1,30}\s?:\s?[^\s/]")
# "Declaration: https://…": a line of a list of links that is complete.
_NAMED_ADDRESS = re.compile(r"[^:/]{3,60}: (?:https?://|www\.)\S+$")
_CUT_DATE = re.compile(r"(?:(?<![\d.,/:])\d{1,2}|\d{1,2} [A-ZÇĞİÖŞÜ]?[a-zçğıöşü]{2,8})$")


def _cuts_a_date(previous: str, line: str) -> bool:
    """Whether a line's end falls between a day and its month or a month and its year."""
    if not _CUT_DATE.search(previous[-14:]) or len(previous) < 6:
        return False
    first = fold(line.split(maxsplit=1)[0].strip(",.;:'’"))
    return (
        bool(re.match(r"20\d\d\b", line)) if previous[-1].isalpha() else re.split(r"['’]", first)[0] in MONTHS
    )


def _is_cut(previous: str, line: str) -> bool:
    """Whether a paragraph goes on behind the foot and head of a page that were taken out."""
    return not previous.endswith((".", ":", "!", "?", ";", ".”", '."')) and not (
        is_bullet(line) or is_labelled(line) or _is_heading(line)
    )


def _is_heading(line: str) -> bool:
    letters = [letter for letter in line if letter.isalpha()]
    return (
        len(line) < 90
        and len(letters) > 3
        and sum(letter.isupper() for letter in letters) > len(letters) * 0.8
    )


def _join(lines: list[str], width: int) -> str:
    parts = [lines[0]]
    for before, line in pairwise(lines):
        tail = parts[-1][-400:]
        address = _ADDRESS_END.search(tail)
        web = address and _address_goes_on(address[0], line, len(before) >= width * 0.75)
        if web or (_MAIL_CUT.search(tail) and _MAIL_REST.match(line)):
            parts[-1] += line
        elif not address and _HYPHEN_END.search(tail) and line[:1].islower():
            kept = parts[-1] if "@" in line.split(maxsplit=1)[0] else parts[-1][:-1]
            parts[-1] = kept + line
        else:
            parts.append(line)
    return " ".join(parts)


# Columns: two wide gaps or more. Such a line is a table's row and goes on in no other.
_ROW = re.compile(r"\S(?: {3,}|\t)\s*\S.*?\S(?: {3,}|\t)\s*\S")
_GAP = re.compile(r"\s{0,8}\S(?:[^\s]| (?! ))*  +(?=\S)")
_HYPHEN_END = re.compile(r"\w-$")
_ADDRESS_END = re.compile(r"(?:https?://|www\.)\S{0,390}$", re.IGNORECASE)
# An e-mail address cut inside its domain, and the rest of it.
_MAIL_CUT = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,40}(?:[.-]|(?:\.[\w-]{1,40}){0,3}\.)?)?$")
_MAIL_REST = re.compile(r"(?:[\w-]+\.){0,3}[a-z]{2,12}(?=[\s,;.)]|$)")
_ADDRESS_PART = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_NO_ADDRESS_PART = re.compile(
    r"(?:https?://|www\.).*|[\d./:()-]+[.,;]?|\S+@\S+|[a-z]+/[a-z]+|[A-Z]?[a-z]+(?:-[a-z]+)?", re.IGNORECASE
)


# "tings.html" alone on a line: the end of a file's name whose beginning stands above.
_FILE = r"\.(?:html?|pdf|docx?|xlsx?|pptx?|aspx?|php|jsp|zip|xml|csv)"
_END_OF_NAME = re.compile(rf"[\w%-]*{_FILE}[.,;)]?", re.IGNORECASE)
_HAS_FILE = re.compile(rf"{_FILE}[.,;)]?$", re.IGNORECASE)


def _ends_a_name(address: str, line: str) -> bool:
    """Whether a line is the end of the file's name that a web address breaks off in."""
    return bool(_END_OF_NAME.fullmatch(line) and "/" in address[8:] and not _HAS_FILE.search(address))


def _address_goes_on(address: str, line: str, full: bool) -> bool:
    """Whether a web address at a line's end goes on in the next line, whose words it must not swallow.

    ``full``: the line filled its width, so that the address may have been cut anywhere.
    """
    first = line.split(maxsplit=1)[0]
    if _ADDRESS_PART.fullmatch(first) is None or re.match(r"(?:https?://|www\.)", first):
        return False
    host = re.sub(r"^https?://", "", address)
    if "." not in host:  # "https://singl": no address yet
        return True
    if address.endswith(("/", "_", "=", "&", "?", "-", "%")):
        return True
    if line == first and _ends_a_name(address, first):
        return True
    if not full or address.endswith((".", ",", ";", ")")):
        return False
    return _NO_ADDRESS_PART.fullmatch(first) is None and bool(re.search(r"[/_=&?%]|\d-|-\d|\w\.\w", first))


_DIGITS = re.compile(r"\d+")
PAGE_LINES = 10
"""Lines; a head or foot with a number of its own comes once on a page."""

FOOT_LIMIT = 300
"""Letters; a longer line is no running head or foot."""


def _folded(lines: list[str]) -> list[str]:
    """The lines folded, in one go where no line holds a break of its own."""
    together = fold("\n".join(lines)).split("\n")
    return together if len(together) == len(lines) else [fold(line) for line in lines]


def _without_running_heads(lines: list[str]) -> tuple[list[str], set[int]]:
    """The lines without the heads and feet of pages, and the numbers of lines that follow one."""
    folds = _folded(lines)
    leaving = leaves_a_list("\n".join(folds))
    shapes = [_DIGITS.sub("#", folded) for folded in folds]
    counts = Counter(shapes)
    kept: list[str] = []
    cuts: set[int] = set()
    seen: dict[str, tuple[int, str]] = {}
    left = False  # the line before tells how to leave the list
    for number, (line, folded, shape) in enumerate(zip(lines, folds, shapes, strict=True)):
        named = bool(kept) and kept[-1].endswith(":")  # an address that the line before announces
        if (
            0 < len(line) < FOOT_LIMIT
            and not named
            and (
                is_mark_of_a_page(folded)
                or (leaving and leaves_a_list(folded))
                or is_footer(line, folded, kept[-1:], counts[shape] > 1 or len(kept) in cuts)
            )
        ):
            cuts.add(len(kept))
            left = leaving and folded.endswith(":") and leaves_a_list(folded)
            continue
        if (
            left
            and line
            and all(re.match(r"(?:https?://|www\.)\S+$|\S+@\S+$", token) for token in line.split())
        ):
            continue  # where to leave the list
        left = left and not line
        if line and len(kept) in cuts and _NUMBER_OF_PAGE.fullmatch(line):
            continue
        repeated = counts[shape] > 1 and len(line) < 120
        repeated = repeated and not (is_bullet(line) or _CELL.fullmatch(folded))
        repeated = repeated and not (is_rule(line) and _is_above_a_rule(kept))
        if repeated and line and (shape in seen) and not line.endswith((".", ";", ",")) and number > 3:
            before, words = seen[shape]
            # Rows of a table differ in figures and follow each other.
            # The end of a cell that was broken in two begins small.
            if (words == line and not line[0].islower()) or number - before >= PAGE_LINES:
                cuts.add(len(kept))
                continue
        seen[shape] = (number, line)
        kept.append(line)
    return kept, cuts


def _is_above_a_rule(kept: list[str]) -> bool:
    """Whether the last line stands alone, as a heading does that is underlined."""
    return (
        bool(kept and kept[-1])
        and not kept[-1].endswith((".", ",", ";"))
        and (len(kept) < 2 or not kept[-2] or is_rule(kept[-2]))
    )


# A cell with an hour or a day: two rows of a table may have the same.
_CELL = re.compile(
    r"(?:saat )?\d\d?[.:]\d\d(?: ?[-–] ?\d\d?[.:]\d\d)?|\d\d?[./]\d\d?[./]20\d\d|"
    r"\d\d? [a-z]{3,9} 20\d\d(?: [a-z]{4,9})?"
)
# "2028-064" below a page's stamp: the letter's number once more.
_NUMBER_OF_PAGE = re.compile(r"20\d\d[-/]\d{2,5}")

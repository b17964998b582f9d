"""The letter around the notices: number, date, chain, and the items of a circular with several."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.understanding.above import names_last_day
from bot.understanding.dates import find_dates
from bot.understanding.fold import fold
from bot.understanding.headings import headed
from bot.understanding.heads import is_greeting, split_head
from bot.understanding.letter_number import letter_number
from bot.understanding.linestarts import is_rule
from bot.understanding.parts import are_parts
from bot.understanding.sections import subjects
from bot.understanding.text import Paragraph
from bot.understanding.titles import DAY_AND_PROSE, rejoined, subject_of, title_of

_CLOSER = re.compile(
    r"^(?:(?:uyelerimize |bilgi|geregi|saygi|onemle)\w*.{0,60}(?:rica ederi[mz]|sunuluru?z?|sunari[mz]|"
    r"duyurulur|arz ederi[mz]|edilmesini rica ederi[mz])|"
    r"saygilarimi?zla|best regards|yours sincerely|kind regards|share this page)[.,]?"
)
_SIGNER = re.compile(
    r"genel sekreter|^e-?imzali(?:dir)?\W*$|yonetim kurulu baskani|secretary general|\bmudur[ul]*\b|"
    r"subesi$|"
    r"birimi$|ofisi$|^g\.s\.|yonetim kurulu$"
)
_ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11,
    "xii": 12, "xiii": 13, "xiv": 14, "xv": 15, "xvi": 16,
}  # fmt: skip
_SYMBOL = re.compile(r"^([►▶➤■◆❖»])\s*(?=\S)")
_Head = tuple[int, int, str]
# How items are numbered and how a number is read, the usual forms first.
_MARKS: tuple[tuple[re.Pattern[str], Callable[[str], int]], ...] = (
    (
        re.compile(
            r"^(?!\d{1,2}\s?[–-]\s?\d{1,2}[ .]\S)\(?(\d{1,2})\s?(?:[.)–-]|\.-|\)-)\s*(?=[^\W\d]|"
            r"[\"“(]|\d{1,4}[^\d.,/])"
        ),
        int,
    ),
    (
        re.compile(
            r"^(?:konu|duyuru|madde|g[uü]ndem|ba[sş]l[iı]k|item|topic|"
            r"subject)\s(?:no\s?)?(\d{1,2})\s?[:.)–-]\s*(?=\S)",
            re.IGNORECASE,
        ),
        int,
    ),
    (re.compile(r"^\(?([IVX]{1,5})\s?[.)–-]\s*(?=\S)"), lambda mark: _ROMAN.get(mark.lower(), 0)),
    (re.compile(r"^\(?([A-P])\s?[)–-]\s*(?=\S)"), lambda mark: ord(mark) - 64),
    (re.compile(r"^\(?([a-p])\)\s*(?=[A-ZÇĞİÖŞÜ]|20\d\d\s)"), lambda mark: ord(mark) - 96),
    (_SYMBOL, lambda mark: 1),
)
_CHAIN = re.compile(
    r"(?P<name>(?:[A-ZÇĞİÖŞÜ][\wçğıöşüâîû.-]*|ve|of|the)(?:[ ](?:[A-ZÇĞİÖŞÜ(][\wçğıöşüâîû.)-]*|ve|of|the|"
    r"ile)){0,6}?)['’]?(?:n?[ıiuü]n|[dt][ae]n|nca|nce|ca|ce)\s"
    r"(?=(?:\S+\s){0,4}?(?:yazısı|yazıs|alınan|iletilen|bilgi notu|bildirim|ulaştırılan|gelen|intikal))"
)


@dataclass(frozen=True, slots=True)
class Item:
    """One subject: its title and its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A circular taken apart."""

    number: str | None
    date: date | None
    subject: str | None
    items: tuple[Item, ...]
    chain: tuple[str, ...]
    head: str = ""


def take_apart(paragraphs: list[Paragraph], published: date | None = None) -> Letter:
    """Number, date, subject, chain and items of a letter; without several items the body is the one item."""
    ahead, head, body = split_head(paragraphs)
    lines = _short_lines(ahead)
    number = (
        letter_number(lines)
        or letter_number(_short_lines(paragraphs[:6]))
        or letter_number(_short_lines(paragraphs[-3:]))
    )
    found = _letter_date(lines, [paragraph.text for paragraph in paragraphs]) or published
    subject = subject_of(rejoined(lines))
    named = _short_lines(head)
    items = _items(body, subject or " ".join(named[-3:]))
    if len(items) < 2:
        told = subjects(lines, paragraphs) or headed(lines, paragraphs)
        items = tuple(Item(title, tuple(_without_closing(inner, title))) for title, inner in told)
    if len(items) < 2:
        body = [*_last_days_in(head), *_days_in(head), *_facts_in(head, found), *body]
        title = subject or title_of(named, body)
        items = (Item(title, tuple(_without_closing(body, title))),)
    chain = _chain("\n".join(paragraph.text for paragraph in body[:14]))
    return Letter(number, found, subject, items, chain, "\n".join(lines[:12]))


def _last_days_in(head: list[Paragraph]) -> list[Paragraph]:
    """Lines of the head that tell a last day ("Son başvuru: 12.02.2027", "Feedback period" and its days)."""
    kept: list[Paragraph] = []
    for number, paragraph in enumerate(head):
        following = head[number + 1].text if number + 1 < len(head) else ""
        folded = fold(paragraph.text)
        if len(folded) > 120 or not (label := names_last_day(folded)):
            continue
        if next(find_dates(folded[label:], None), None):
            kept.append(paragraph)
        elif label == len(folded) and len(following) < 80 and next(find_dates(fold(following), None), None):
            kept += [paragraph, head[number + 1]]
    return kept


def _days_in(head: list[Paragraph]) -> list[Paragraph]:
    """Prose of the head that begins with a day."""
    return [paragraph for paragraph in head if DAY_AND_PROSE.match(paragraph.text)]


# "Toplantı tarihi : 17-18 Şubat 2027" and, below it, "Görüşme saatleri : 09.30"
_DAY_LABEL = re.compile(
    r"^\W*(?:(?!duyuru|belge|evrak|yazi|ilan|sirkuler|son |basvuru|kayit|odeme|issue|publication|"
    r"yayi[mn])[a-z]+ ){0,2}"
    r"(?:tarih(?:i|leri)?|gun(?:u|leri)?|ne zaman|dates?|when)(?: ?(?:ve|/|and|&) ?(?:saat\w*|yer\w*|time|"
    r"place))?\s?:"
)
_HOUR_LABEL = re.compile(r"^\W*(?:[a-z]+ )?(?:saat(?:i|leri)?|times?|hours?)\s?:")


def _facts_in(head: list[Paragraph], written: date | None) -> list[Paragraph]:
    """Lines of a head that tell the day of an event ("Tarih : 17-18 Şubat 2027") and its hour."""
    kept: list[Paragraph] = []
    for number, paragraph in enumerate(head):
        folded = fold(paragraph.text)
        if len(folded) > 120 or not _DAY_LABEL.match(folded):
            continue
        day = next(find_dates(folded, written), None)
        if day is None or written is None or not day.year_given or day.last <= written:
            continue
        kept.append(paragraph)
        if number + 1 < len(head) and _HOUR_LABEL.match(fold(head[number + 1].text)):
            kept.append(head[number + 1])
    return kept


def _short_lines(found: list[Paragraph]) -> list[str]:
    """The lines that may hold letter data; a line of prose of 300 letters and more holds none."""
    return [line for paragraph in found for line in paragraph.lines if len(line) < 300]


# "Issue 12 - 18 December 2026" is no range of days.
_NUMBER_BEFORE_DAY = re.compile(r"\b(?:issue|no|nr|sayi|number)\.?:? \d{1,4}\s?[-–|,]\s")


# "Commission Regulation (EU) 2026/2207 of 20 November 2026": the day of a law.
_DATED_LAW = re.compile(r"\b(?:regulation|directive|decision)\b[^.]{0,40}\d{4}/\d+ of \d")


def _letter_date(head: list[str], paragraphs: list[str]) -> date | None:
    for line in head:
        folded = fold(line)
        if (
            _DATED_LAW.search(folded)
            or folded.startswith(("ilgi", "ek ", "ek:"))
            or len(line) > (110 if "|" not in line else 220)
        ):
            continue
        folded = _NUMBER_BEFORE_DAY.sub("", folded)
        dates = [one for one in find_dates(folded, None) if not one.ranged]
        if dates:
            return dates[0].first
    # "Helsinki, 20 January 2027 - …": the dateline of a press text.
    for text in paragraphs[:4]:
        match = re.match(r"^[A-ZÇĞİÖŞÜ][\wçğıöşü]+, ", text)
        if match:
            dates = list(find_dates(fold(text[:60]), None))
            if dates:
                return dates[0].first
    for text in reversed(paragraphs[-4:]):
        if len(text) < 60:
            dates = [one for one in find_dates(fold(text), None) if not one.ranged]
            alone = re.match(r"^(?:[A-ZÇĞİÖŞÜ][\wçğıöşü]+,?\s|Tarih\s?:\s?)?\d", text)
            if dates and (alone or re.search(r"[.,–—-]\s\d{1,2}[./ ][\wçğıöşü]+[./ ]20\d\d$", text)):
                return dates[0].first
    return None


# "1. gün", "2. oturum": lines of a programme, and no subjects.
_OF_A_PROGRAMME = re.compile(
    r"(?:gun|hafta|oturum|modul|etap|taksit|ders|grup|day|week|session|module)(?:u|su|i)?\s?(?:$|[:(–-])"
)
_NUMBER_ALONE = re.compile(r"^\(?(\d{1,2})\s?[.)-]?$")


def _with_numbers_joined(body: list[Paragraph]) -> list[Paragraph]:
    """Headings whose number stands in the line above them, as "3. Heading"."""
    alone = [number for number, one in enumerate(body[:-1]) if _NUMBER_ALONE.match(one.text)]
    if [body[number].text.strip("(). -") for number in alone[:2]] != ["1", "2"]:
        return body
    made: list[Paragraph] = []
    for one in body:
        if made and (mark := _NUMBER_ALONE.match(made[-1].text)) and re.match(r"[^\W\d]", one.text):
            made[-1] = Paragraph(f"{mark[1]}. {one.text}", one.lines)
        else:
            made.append(one)
    return made


def _items(body: list[Paragraph], about: str) -> tuple[Item, ...]:
    """The numbered items that have bodies of their own; index lines, numbered steps and parts of what the
    letter is ``about`` are none."""
    body = _with_numbers_joined(body)
    for pattern, ordinal in _MARKS:
        heads = [
            (place, ordinal(match[1]), paragraph.text[match.end() :].strip())
            for place, paragraph in enumerate(body)
            if len(paragraph.text) <= 170
            and (match := pattern.match(paragraph.text))
            and not _OF_A_PROGRAMME.match(fold(paragraph.text[match.end() :].strip()))
        ]
        items = _with_bodies(body, _unnumbered(heads) if pattern is _SYMBOL else heads, about)
        if items:
            return items
    return ()


def _unnumbered(heads: list[_Head]) -> list[_Head]:
    """Headings marked by a symbol count on from the first one with a body."""
    return [
        (place, order, title) for order, (place, _, title) in enumerate(heads, 1) if not title.endswith(".")
    ]


# "… HAKKINDA BİLGİ;": a heading that ends as the lines of its index do.
_HEADING_END = re.compile(
    r"(?i)(?:(?:hakk[ıi]nda|hk\.?)(?: b[iİ]lg[iİ])?|b[iİ]lg[iİ]s[iİ]|duyurusu)\s?[;,]$|^[^a-zçğıöşü]+;$"
)


def _with_bodies(body: list[Paragraph], heads: list[_Head], about: str) -> tuple[Item, ...]:
    ends = [place for place, _, _ in heads[1:]] + [len(body)]
    real = [
        (place, number, title)
        for (place, number, title), end in zip(heads, ends, strict=False)
        if _body_length(body, place, end) >= SHORTEST
        and (not title.endswith((",", ";")) or _HEADING_END.search(title))
    ]
    run = _longest_run(real)
    if len(run) < 2 or (len(run) < 3 and run[0][1] != 1):
        return ()
    lead = body[run[0][0] - 1].text if run[0][0] else ""
    if are_parts(about, [title for _, _, title in run], lead):
        return ()
    items = []
    for order, (place, _, title) in enumerate(run):
        end = run[order + 1][0] if order + 1 < len(run) else len(body)
        inner = _without_closing(body[place + 1 : end], title)
        items.append(Item(title.rstrip(" :;,"), tuple(inner)))
    return tuple(items)


def _body_length(body: list[Paragraph], place: int, end: int) -> int:
    return max(
        (len(paragraph.text) for paragraph in body[place + 1 : end] if not _CLOSER.match(fold(paragraph.text))
         and not fold(paragraph.text).startswith("konularini iceren")),
        default=0,
    )  # fmt: skip


SHORTEST = 40
"""Letters of an item's own text; what follows a line of an index is no text."""

HEADS = 300
"""Headings looked at; no circular has so many subjects."""


def _longest_run(heads: list[_Head]) -> list[_Head]:
    best: list[_Head] = []
    heads = heads[:HEADS]
    for start, head in enumerate(heads):
        if head[1] != 1 and best:
            continue
        run = [head]
        for other in heads[start + 1 :]:
            if other[1] == run[-1][1] + 1:
                run.append(other)
        if len(run) > len(best):
            best = run
    return best


def _without_closing(paragraphs: list[Paragraph], title: str) -> list[str]:
    """Paragraphs without greeting, closing formula, signature and a repetition of the title."""
    kept = []
    for paragraph in paragraphs:
        folded = fold(paragraph.text[:300])
        if is_greeting(folded) or (_CLOSER.match(folded) and len(folded) < 110):
            continue
        if len(paragraph.text) < 70 and _SIGNER.search(folded) and not re.search(r"\d{2}", folded):
            continue
        if paragraph.text.strip() == title or is_rule(paragraph.text):
            continue
        kept.append(paragraph.text)
    return kept


def _chain(text: str) -> tuple[str, ...]:
    first = text[:900]
    names = []
    for match in _CHAIN.finditer(first):
        name = match["name"].strip()
        if len(name) > 3 and not re.match(r"^(?:Birliğimiz|Derneğimiz|Anılan|Söz|Bu|İlgili|Sayın)", name):
            names.append(re.sub(r"(?<=[ıiuü])n$", "", name))
    return tuple(dict.fromkeys(names))[:4]

"""What a letter is about: its subject line, or the line of its head that is a title."""

from __future__ import annotations

import re

from bot.understanding.dates import find_dates
from bot.understanding.fold import fold
from bot.understanding.sections import PAPER
from bot.understanding.text import Paragraph

# "20-22 Nisan 2027. Fas’ın en büyük boya fuarı.": the days of an event, told below its name; no title.
DAY_AND_PROSE = re.compile(
    r"\d{1,2}(?: ?[-–] ?\d{1,2})? (?:[A-ZÇĞİÖŞÜ][a-zçğıöşü]{2,8} )?(?:[-–] ?\d{1,2} "
    r")?[A-ZÇĞİÖŞÜ][a-zçğıöşü]{2,8} 20\d\d"
    r"[.,] (?=.{25})"
)


_NOT_A_TITLE = re.compile(
    r"^(?:duyuru\W{0,3}\d|sirkuler|circular(?! (?!no\b|nr\b|letter|number|to\b|of\b|dated\b)[a-z])|sayi|"
    r"tarih|ilgi|date|ref|www\.|http|tel|no\b|gereg|bilgi\b|"
    r"dagitim|[\d./ ]+$|"
    r"[a-z]{2,6}/)|uyelerine|ihracatcilari birligi$|(?:dernegi|birligi|odasi|genel sekreterligi|"
    r"federasyonu|meclisi|sendikasi|vakfi|konfederasyonu|kurumu|agency|association|federation|"
    r"committee)(?: ?\([^)]{2,20}\))?$|\b(?:mah|cad|sok|bulv|blv|osb)\.? |\bno ?: ?\d|\btel\b|"
    r"min read|^(?!(?:duzeltme|ertele|iptal|hatirlatma|uzatma|sure uzat|son cagri|guncelleme|onemli|davet|"
    r"yeni tarih|"
    r"correction|postpone|cancel|reminder|update|extended|new date|invitation)).*\||"
    r"l[iu](?:gi|gu|k)n?[dt][ae]n$|"
    r"^(?:kimden|kime|gonderen|alici|from|to|cc|bcc|attn)\b ?:|^directorate|"
    r"^(?:ministry|department|office|embassy|republic|sultanate|kingdom|government|bureau|"
    r"secretariat) (?:of|for)\b|"
    r"(?:mudurlugu|dairesi|baskanligi|bakanligi|authority|board|department|section|unit|directorate|"
    r"ministry|"
    r"embassy|council|chamber|operations)$|\b(?:notice|circular|duyuru|"
    r"tender)\b(?: [\w]+){0,3} no\.? ?[a-z/]*\d|"
    r"^(?:european commission|t\.? ?c\.?$|ek ?:)"
)


def subject_of(lines: list[str]) -> str | None:
    """The text of the line that is labelled as the subject."""
    for line in lines:
        match = re.match(r"^(?:konu|subject)(?: ?/ ?(?:konu|subject))?\s*:\s*", fold(line))
        if match and len(line) > match.end() + 3:
            return line[match.end() :].strip()
    return None


def rejoined(lines: list[str]) -> list[str]:
    """The lines of a head, those that go on in the next one with a small letter put together."""
    made: list[str] = []
    for line in lines:
        if made and line[:1].islower() and len(made[-1]) > 50 and not made[-1].endswith((".", ":", ";")):
            made[-1] = f"{made[-1]} {line}"
        else:
            made.append(line)
    return made


def title_of(lines: list[str], body: list[Paragraph]) -> str:
    """The title in the lines of a head, else what the body begins with."""
    lines = rejoined(lines)
    candidates = [
        line
        for line in lines
        if len(line) > 8
        and (_MEETING_OF.match(fold(line)) or not _NOT_A_TITLE.search(fold(line)))
        and not (_only_date(line) or DAY_AND_PROSE.match(line))
    ]
    senders = candidates
    paper = next(
        (line for line in lines if PAPER.search(fold(line)) and re.search(r"\s[-–|]\s.*\d", line)), None
    )
    if paper and all(len(line.split()) < 3 for line in candidates):
        return re.sub(r"\s[-–|]\s.*$", "", paper)  # "ECHA Weekly - 18 November 2026", and then its sections
    candidates = [line for line in candidates if not _names_sender(line)]
    if candidates:
        return max(candidates[-3:], key=lambda line: len(line) if len(line) < 160 else 0)[:300]
    for paragraph in body[:2] if len(body) > 1 else ():
        if (
            len(paragraph.text) < 140
            and " " in paragraph.text
            and not re.search(r"[.;,]$|[.!?]\s", paragraph.text)
        ):
            return paragraph.text
        if re.search(r"[.;]$", paragraph.text):  # the text has begun: what follows is no title
            break
    if senders:
        return senders[-1][:300]
    text = " ".join(paragraph.text for paragraph in body[:1])
    named = re.search(
        r"((?:[A-ZÇĞİÖŞÜ][\wçğıöşü]+\s){1,5}(?:İttifakı|Alliance|Fuarı|Heyeti|Tebliği|Yönetmeliği|"
        r"Webinarı))",
        text[:300],
    )
    if named:
        return named[1].strip()
    first = re.split(r"(?<=[.!?])\s", text)[0]
    return first if len(first) <= 140 else first[:139].rsplit(" ", 1)[0] + "…"


# "Federation of Paint Makers", "LATİB - … Birliği": who sends a letter.
_SENDER = re.compile(
    r"\b(?:birligi|birlikleri|dernegi|dernekleri platformu|federasyonu|konfederasyonu|odasi|borsasi|"
    r"meclisi|vakfi|sendikasi|"
    r"association|federation|confederation|agency|authority|chamber|union|exporters|organi[sz]ation)"
    r"(?=$|\s?[/|(–-]|\s(?:of|www)\b)|\bwww\.|@"
)
_ABOUT = re.compile(
    r":|\b(?:assembly|meeting|invitation|call|notice|news|new|launch\w*|open\w*|duyuru\w*|ilan\w*|"
    r"hakkinda|hk|genel kurul\w*|"
    r"toplanti\w*|webinar\w*|fuar\w*|heyet\w*|egitim\w*)\b"
)


_MEETING_OF = re.compile(r"(?:[a-z]+ ){0,3}(?:assembly|meeting|congress|conference) of\b")


# What stands at the end of a page about anything.
_APPENDIX = re.compile(
    r"\W*(?:(?:for )?(?:more|further) (?:information|details)|background|useful links|"
    r"related (?:links|documents)|"
    r"see also|(?:press |media )?contacts?(?: for the media)?|notes? (?:to|for) editors|next steps|"
    r"(?:daha fazla|ayrintili|detayli) bilgi(?: icin)?|arka plan|ilgili (?:baglanti|belge)lar|iletisim|"
    r"(?:faydali|yararli) baglantilar|ekler|kaynaklar)\W*"
)


def is_no_title(line: str) -> bool:
    """Whether a line of a head names no subject: a sender, a number, an address, a day, a page's appendix."""
    if _APPENDIX.fullmatch(fold(line)):
        return True
    return bool(_NOT_A_TITLE.search(fold(line))) or _names_sender(line) or _only_date(line)


def _names_sender(line: str) -> bool:
    """Whether a line of a head names who sends the letter and nothing that it is about, or holds no word."""
    folded = fold(line)
    return not re.search(r"[a-z]{2}", folded) or (bool(_SENDER.search(folded)) and not _ABOUT.search(folded))


def _only_date(line: str) -> bool:
    dates = list(find_dates(fold(line), None))
    return bool(dates) and dates[0].end - dates[0].start > len(line) * 0.45

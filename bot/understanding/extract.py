"""Documents to facts: the door of understanding. Pure: no file, no clock, no network."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.domain.notice import Deadline, Document, Kind, Link, LinkRole, Meeting, Notice
from bot.domain.topic import TopicTable
from bot.understanding.codes import hs_codes
from bot.understanding.countback import SESSIONS, Held, from_events, only_range
from bot.understanding.countries import countries
from bot.understanding.deadlines import deadlines
from bot.understanding.fold import fold
from bot.understanding.kinds import kind_of
from bot.understanding.links import emails, links, role_of
from bot.understanding.meetings import meetings
from bot.understanding.nature import nature_of
from bot.understanding.status import status_of
from bot.understanding.structure import Item, take_apart
from bot.understanding.summary import summarize
from bot.understanding.tables import dated_rows
from bot.understanding.text import Hyperlink, RawDocument, paragraphs
from bot.understanding.topics import topics_of

LIMIT = 1_000_000
MIXED = 0.4
"""Of two languages the share of the lesser from which a letter is in both."""
BOTH = 0.2
"""The same of a letter that greets in both."""
PROSE = 150
"""Letters of a paragraph that shows a letter's language."""
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|is|will|for|on|by|with|are)\b")
_TURKISH = re.compile(
    r"\b(?:ve|ile|bir|bu|icin|olan|tarihinde|hakkinda|olarak|sayili|uyemiz|daha|veya|edilmesi|kadar)\b"
)


_GREETS_TR = re.compile(r"^(?:sayin|degerli|kiymetli|sevgili|saygideger) [^\n]{2,60}$", re.MULTILINE)
_GREETS_EN = re.compile(r"^dear [^\n]{2,60}$", re.MULTILINE)


def language_of(text: str) -> str:
    """``tr`` or ``en``, by small words and Turkish letters."""
    folded = fold(text[:6000])
    turkish = len(_TURKISH.findall(folded)) + sum(text[:6000].count(letter) for letter in "ığşİŞĞ") / 8
    english = len(_ENGLISH.findall(folded))
    local, foreign = _GREETS_TR.search(folded), _GREETS_EN.search(folded)
    if (
        local and foreign and min(turkish, english) > BOTH * max(turkish, english)
    ):  # two letters in one: the first greets first
        return "tr" if local.start() < foreign.start() else "en"
    if min(turkish, english) > MIXED * max(turkish, english):
        first = next((line for line in text.split("\n") if PROSE <= len(line) < len(text) / 2), None)
        if first is not None:
            return language_of(first)  # the one that comes first is the letter's, the other repeats it
    return "tr" if turkish >= english else "en"


def _is_foreign(text: str) -> bool:
    """Whether a text of some length hardly holds a small word of either language."""
    folded = fold(text[:6000])
    words = len(re.findall(r"[a-z]{2,}", folded))
    known = len(_TURKISH.findall(folded)) + len(_ENGLISH.findall(folded))
    return words >= 40 and known < words * 0.03 and not re.search("[ığşİŞĞ]", text[:6000])


def understand(
    source: RawDocument | str,
    *,
    topics: TopicTable,
    published: date | None = None,
    language: str | None = None,
) -> Document:
    """Everything a circular says. At least one notice; an empty text gives one without facts.

    ``published`` stands in for a day that the letter itself does not give. ``partial`` of the answer: part
    of the file was not read, or it is in a language that is not understood.
    """
    raw = RawDocument(tuple(source[:LIMIT].split("\n"))) if isinstance(source, str) else source
    healed = paragraphs(raw)
    whole = "\n".join(paragraph.text for paragraph in healed)
    spoken = language or language_of(whole)
    letter = take_apart(healed, published)
    notices = tuple(
        _notice(
            item,
            letter.date,
            spoken,
            topics,
            raw.hyperlinks if len(letter.items) == 1 else _near(item, raw.hyperlinks),
            letter.head,
            alone=len(letter.items) == 1,
        )
        for item in letter.items
    )
    title = letter.subject or (letter.items[0].title if len(letter.items) == 1 else "")
    return Document(
        spoken, letter.number, letter.date, notices, letter.chain, title, raw.partial or _is_foreign(whole)
    )


def understand_item(
    title: str,
    text: str,
    url: str | None,
    *,
    topics: TopicTable,
    published: date | None,
    language: str,
) -> Notice:
    """What an entry of a feed says; its own address is its source."""
    body = tuple(
        paragraph.text for paragraph in paragraphs(RawDocument(tuple(text.split("\n")), wrapped=False))
    )
    notice = _notice(Item(title, body), published, language, topics, ())
    if url and all(link.url != url for link in notice.links):
        return replace(notice, links=(*notice.links, Link(url, LinkRole.SOURCE)))
    return notice


def _near(item: Item, hyperlinks: tuple[Hyperlink, ...]) -> tuple[Hyperlink, ...]:
    text = "\n".join((item.title, *item.paragraphs))
    return tuple(link for link in hyperlinks if link.label and link.label in text)


def _notice(
    item: Item,
    reference: date | None,
    language: str,
    topics: TopicTable,
    hyperlinks: tuple[Hyperlink, ...],
    head: str = "",
    *,
    alone: bool = False,
) -> Notice:
    text = "\n\n".join(item.paragraphs)
    kind, confidence = kind_of(item.title, text, head)
    status = status_of(item.title, text, head if alone else "")
    dated = deadlines(text, status, reference, "official journal" in fold(head), head if alone else "")
    held = meetings(text, status, reference, dated, language, item.title)
    folded = fold(text)
    counted = from_events(text, folded, _held(item.title, folded, dated, held, reference), reference)
    days = {one.date for one in dated}
    dated = tuple(dict.fromkeys((*dated, *(one for one in counted if one.relative or one.date not in days))))
    found = _with_addresses(links(list(item.paragraphs)), hyperlinks)
    return Notice(
        title=item.title,
        kind=kind,
        status=status,
        language=language,
        countries=_with_union(_with_state(countries(item.title, text), head if alone else ""), kind, head),
        hs_codes=hs_codes(f"{item.title}\n{text}"),
        deadlines=dated,
        meetings=held,
        links=found,
        emails=emails(text),
        topics=topics_of(item.title, text, topics),
        summary=summarize(item.paragraphs, language),
        text=text,
        confidence=confidence,
        nature=nature_of(item.title, text, kind),
    )


# "REPUBLIC OF ZAMBIA": the first line of a paper that a state's own office sends out; no embassy's.
_STATE = re.compile(
    r"\A\W*((?:THE )?(?:[A-Z]+ )?(?:REPUBLIC|SULTANATE|KINGDOM|GOVERNMENT|STATE|EMIRATE)S? OF [A-Z ]{4,40}|"
    r"[A-ZÇĞİÖŞÜ ]{4,30}(?: CUMHURİYETİ| REPUBLIC))$",
    re.MULTILINE,
)


def _with_state(named: tuple[str, ...], head: str) -> tuple[str, ...]:
    """What a state's own office sends out is about that state."""
    sender = _STATE.match(head)
    if sender is None:
        return named
    return tuple(dict.fromkeys((*countries(sender[1], ""), *named)))


# A paper that one of the Union's bodies sends out itself.
_OF_THE_UNION = re.compile(
    r"\A\W*(?:the )?(?:ECHA|EFSA|EUIPO|European (?:Chemicals Agency|Commission|Union|Parliament|"
    r"Medicines Agency)|"
    r"Official Journal of the European)\b"
)


def _held(
    title: str, folded: str, dated: tuple[Deadline, ...], held: tuple[Meeting, ...], reference: date | None
) -> Held:
    """What last days may count from that are told by an event, or back from the closing of a call."""
    events = tuple(one for one in held if one.start_date)[:SESSIONS]
    day = None if events else only_range(f"{fold(title)}\n{folded}", reference, {one.date for one in dated})
    last = next((one.date for one in dated if one.date and not one.relative), None)
    # sessions of their own; else a second day is a fallback
    return Held(events, day, last, len(dated_rows(folded)) > 1)


def _with_union(named: tuple[str, ...], kind: Kind, head: str) -> tuple[str, ...]:
    """An alliance is one of the Union, also where the text does not say so; so is what its bodies send."""
    if "EU" in named or not (kind is Kind.ALLIANCE or _OF_THE_UNION.match(head)):
        return named
    return ("EU", *named)


def _with_addresses(found: tuple[Link, ...], hyperlinks: tuple[Hyperlink, ...]) -> tuple[Link, ...]:
    """Lost addresses filled in from a document's own relationships, and those that no text shows added."""
    left = [link for link in hyperlinks if link.url.startswith(("http://", "https://"))]
    result: list[Link] = []
    for link in found:
        match = None
        if link.url is None:
            match = next(
                (
                    one
                    for one in left
                    if one.label and (one.label in (link.label or "") or (link.label or "-") in one.label)
                ),
                None,
            )
        if match is not None:
            left.remove(match)
            result.append(Link(match.url, link.role, link.label))
        else:
            result.append(link)
    known = {link.url for link in result}
    for one in left:
        if one.url not in known:
            result.append(Link(one.url, role_of(one.label, "", one.url), one.label or None))
            known.add(one.url)
    return tuple(result)

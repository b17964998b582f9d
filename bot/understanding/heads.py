"""Where the head of a letter ends and what it is about begins."""

from __future__ import annotations

import re

from bot.understanding.fold import fold
from bot.understanding.linestarts import is_labelled
from bot.understanding.text import Paragraph

_GREETING = re.compile(
    r"^(?:(?:sayin|degerli|kiymetli|sevgili|dear|saygideger)\b.{0,60}|(?:merhaba(?:lar)?|hello|"
    r"iyi gunler|selamlar|"
    r"good (?:morning|afternoon|day)|ladies and gentlemen|to whom it may concern)\b.{0,30})[,;:!]?$"
)
# "Sayın üyelerimize ilanen duyurulur.": the sentence that closes a letter.
_SENTENCE_END = re.compile(r"(?:r[iu]z|[iu]l[iu]r|[iu]n[iu]r)\W*$")
# Lines of a letter's own data: who writes what, when and to whom.
_OWN_DATA = re.compile(
    r"(?:sayi\w*|konu\w*|ilgi|tarih|evrak\w*|sirkuler\w*|duyuru\w*|bulten\w*|no|number|nr|date|subject|ref|"
    r"reference|our ref|your ref|to|from|cc|bcc|attn|attention|kime|kimden|gonderen|alici|dagitim|geregi|"
    r"bilgi|"
    r"ek|ekler|annex|enclosure\w*|tel|telefon|phone|faks|fax|e-?posta|e-?mail|mail|web|adres|address|kep|"
    r"yayim\w*|"
    r"dayanak|published|publication|issue|sayfa|page|hazirlayan|birim|language|dil|circular\w*|notice|"
    r"tender|"
    r"issued|release|embargo|contact|iletisim|irtibat|duzeltme|erteleme|iptal|hatirlatma|onemli|guncelleme|"
    r"uzatma|davet|correction|reminder|update|postponed|cancelled|invitation|important|new|yeni)"
    r"(?:[ .](?:no|tarih\w*|sayi\w*|date|number|of issue|nr|ref|to|by|on))*\.?(?: ?/ ?[\w .]{2,20})? ?:"
)
_FACT = re.compile(r"[•*–-]?\s?[A-ZÇĞİÖŞÜ][\w()/.’'-]{0,24}(?: [\w()/.’'-]{1,20}){0,4} ?: ?(?=[^\s/])")
_LETTERED = re.compile(r"\(?[a-h1-9][).]")
_OF_A_REFERENCE = re.compile(r"(?:yazi|sirkuler|duyuru|mektub|not|e-?posta)\w{0,12}\.?$")
PROSE = 100
"""Letters of a sentence that is no line of a head."""


def is_greeting(folded: str) -> bool:
    """Whether a folded line greets the reader."""
    return bool(_GREETING.match(folded)) and not _SENTENCE_END.search(folded)


def is_own_data(folded: str) -> bool:
    """Whether a folded line tells of the letter itself: its number, day, sender or reader."""
    return _OWN_DATA.match(folded) is not None


def split_head(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph], list[Paragraph]]:
    """The lines ahead of the greeting or the first prose, those of them that are the letter's own data and
    title, and the body: also what is told ahead of the greeting."""
    for number, paragraph in enumerate(paragraphs[:25]):
        if len(paragraph.text) < 70 and is_greeting(fold(paragraph.text)):
            ahead = paragraphs[:number]
            own = _end_of_own_data(ahead)
            return ahead, ahead[:own], [*ahead[own:], *paragraphs[number + 1 :]]
    for number, paragraph in enumerate(paragraphs[:14]):
        prose = len(paragraph.text) > 150 or (
            paragraph.text.endswith((".", ":")) and len(paragraph.text) > 60
        )
        if prose or (number and begins_an_item(paragraph.text)):
            ahead = paragraphs[:number]
            own = _end_of_own_data(ahead)
            return ahead, ahead[:own], paragraphs[own:]
    return [], [], paragraphs


_FIRST_ITEM = re.compile(
    r"^(?:(?!\d{1,2}\s?[–-]\s?\d{1,2}[ .]\S)\(?\d{1,2}\s?(?:[.)–-]|\.-|\)-)\s*(?=[^\W\d]|[\"“(]|"
    r"\d{1,4}[^\d.,/])|"
    r"(?i:konu|duyuru|madde|g[uü]ndem|ba[sş]l[iı]k|item|topic|"
    r"subject)\s(?:no\s?)?\d{1,2}\s?[:.)–-]\s*(?=\S)|"
    r"\(?[IVX]{1,5}\s?[.)–-]\s*(?=\S)|[►▶➤■◆❖»]\s*(?=\S))"
)


def begins_an_item(text: str) -> bool:
    """Whether a paragraph begins with a number of a list."""
    return _FIRST_ITEM.match(text) is not None


def _end_of_own_data(ahead: list[Paragraph]) -> int:
    """Where facts begin ahead of a greeting: prose, or two lines and more of labels or of a table."""
    facts = [_is_fact(paragraph) for paragraph in ahead]
    references = False
    for number, paragraph in enumerate(ahead):
        folded = fold(paragraph.text)
        references = folded.startswith("ilgi") or (references and _is_reference(folded))
        if number == 0 or references:
            continue
        if facts[number] and any(facts[number + 1 : number + 2]):
            return number
        if _is_prose(paragraph.text, folded):
            return number
    return len(ahead)


def _is_reference(folded: str) -> bool:
    """Whether a folded line names a letter that this one refers to."""
    return bool(_LETTERED.match(folded) or _OF_A_REFERENCE.search(folded[-40:]))


def _is_fact(paragraph: Paragraph) -> bool:
    folded = fold(paragraph.text)
    if paragraph.text.startswith(("•", "-", "*")):
        return bool(_FACT.match(paragraph.text))
    if _OWN_DATA.match(folded) or is_labelled(paragraph.text):
        return False
    return (paragraph.row and not re.search(r"\b(?:sirkuler|sayi|ref|no|series)\b ?[.:]", folded)) or bool(
        _FACT.match(paragraph.text)
    )


def _is_prose(text: str, folded: str) -> bool:
    if len(text) < PROSE or _OWN_DATA.match(folded) or begins_an_item(text) or _is_reference(folded):
        return False
    return text.endswith(".") or bool(re.search(r"[a-zçğıöşü]{4}[.!?] [A-ZÇĞİÖŞÜ]", text))

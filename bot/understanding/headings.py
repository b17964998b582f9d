"""The subjects of a letter that has no numbers: headings that look alike, each above a text of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.announced import is_paper, name_several, says_several
from bot.understanding.fold import fold
from bot.understanding.heads import is_greeting, is_own_data
from bot.understanding.linestarts import is_labelled, is_rule
from bot.understanding.parts import are_parts, is_part
from bot.understanding.text import Paragraph
from bot.understanding.titles import is_no_title, subject_of

LONGEST = 120
"""Letters of a heading."""
SHORTEST = 50
"""Letters of the text below it that is no list of facts."""
_MARK = re.compile(
    r"(?P<pair>\*\*|__)(?=\w)|(?P<mark>#{1,6}|>>|[*•●○▪▫■□◆◇❖►▶➤➔→»✓✔★☆]|"
    r"[\U0001F300-\U0001FAFF\u2600-\u27BF]\ufe0f?)\s*(?=[\w\"“(])|(?P<bracket>[\[【«])(?=\w)"
)
_TRAILING = re.compile(r"[\s*_\]】»:#=]+$")
_ENDED = re.compile(r"[.;,](?<!\bhk\.)(?<!\bHk\.)(?<!\bHK\.)$")
_HK = re.compile(r"\b(?:hk\.?|hakkinda)$")
_SENTENCE = re.compile(r"[.!?:](?:\s|$|[”\")])")
_FACT = re.compile(r"[^\W\d_][^:.;]{1,30} ?: ?\S")
_LABEL = re.compile(r"(?:KONU|Konu|DUYURU|Duyuru|HABER|Haber|SUBJECT|Subject|TOPIC|Topic) ?: ?(?=\w.{4})")
_LOOKS = ("label", "underlined", "pair", "mark", "bracket", "capitals", "hk", "colon", "plain")
_Look = tuple[str, str]


def headed(lines: list[str], letter: list[Paragraph]) -> list[tuple[str, list[Paragraph]]]:
    """The headings with their paragraphs, none unless the letter is about several subjects: it says so,
    its headings end as subject lines do, or they name different kinds right below the greeting."""
    looks = [set(_looks(letter, place)) for place in range(len(letter))]
    for wanted in _LOOKS:
        for mark in sorted({one for look in looks for one in look if one[0] == wanted}):
            heads = [
                place
                for place in range(len(letter))
                if mark in looks[place] and _has_text(letter, place, looks)
            ]
            heads = _last_of_each(letter, heads)
            if _are_subjects(lines, letter, heads, wanted):
                return list(_cut(letter, heads))
    return []


def _looks(letter: list[Paragraph], place: int) -> Iterator[_Look]:
    """How a paragraph looks as a heading; nothing for what is none."""
    one = letter[place]
    text = one.text
    if not 4 < len(text) <= LONGEST or len(one.lines) > 2 or one.row or is_rule(text):
        return
    folded = fold(text)
    if _LABEL.match(text) and not _ENDED.search(text):
        yield "label", ""
        return
    if (
        _ENDED.search(text)
        or "@" in text
        or "://" in text
        or is_greeting(folded)
        or is_labelled(text)
        or is_own_data(folded)
        or is_no_title(text)
        or (len(text) < 80 and says_several(text))
        or not re.search(r"[^\W\d_]{3}", text)
    ):
        return
    if place + 1 < len(letter) and is_rule(letter[place + 1].text):
        yield "underlined", ""
    mark = _MARK.match(text)
    if mark and mark.lastgroup:
        # Pictures differ from heading to heading.
        picture = mark["mark"] and ord(mark["mark"][0]) > 0x25FF
        yield mark.lastgroup, "" if mark.lastgroup != "mark" or picture else mark["mark"]
        return
    if _HK.search(folded):
        yield "hk", ""
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) > 4 and sum(letter.isupper() for letter in letters) > len(letters) * 0.8:
        yield "capitals", ""
    elif text.endswith(":"):
        yield "colon", ""
    elif text[0].isupper() or text[0].isdigit():
        yield "plain", ""


def _has_text(letter: list[Paragraph], place: int, looks: list[set[_Look]]) -> bool:
    """Whether a text, or a list of facts, follows a heading that does not itself end a list."""
    below = place + 1
    while below < len(letter) and is_rule(letter[below].text):
        below += 1
    if below == len(letter) or (place and not below - place > 1 and looks[place - 1] & looks[place]):
        return False
    text = letter[below].text
    if len(text) >= SHORTEST and _SENTENCE.search(text):
        return True
    return bool(_FACT.match(text)) and below + 1 < len(letter) and bool(_FACT.match(letter[below + 1].text))


def _last_of_each(letter: list[Paragraph], heads: list[int]) -> list[int]:
    """Without the lines of an index, which the headings repeat."""
    last = {fold(letter[place].text): place for place in heads}
    return sorted(last.values())


def _are_subjects(lines: list[str], letter: list[Paragraph], heads: list[int], look: str) -> bool:
    named = [title_in(letter[place].text) for place in heads]
    parts = sum(is_part(one) for one in named)
    heads = [place for place, one in zip(heads, named, strict=True) if not is_part(one)]
    if len(heads) < 2 or parts >= len(heads) or are_parts("", named, _lead(letter, heads[0])):
        return False
    if look in ("hk", "label"):
        return True
    ahead = [paragraph.text for paragraph in letter[: heads[0]]]
    subject = subject_of(lines)
    if any(says_several(one) for one in ahead if len(one) < 400) and (
        subject is None or says_several(subject) or any(says_several(one) for one in ahead[-2:])
    ):
        return look != "plain" or len(heads) > 2 or any(says_several(one) for one in ahead[-2:])
    asked = sum(letter[place].text.endswith("?") for place in heads)
    if subject is None and any(is_paper(one) for one in ahead[:6]) and not asked and not _are_sections(named):
        return len(heads) > 2 or look != "plain"
    greeted = any(is_greeting(fold(one)) for one in ahead[-1:])
    return subject is None and greeted and look not in ("plain", "colon") and name_several(named)


def _are_sections(named: list[str]) -> bool:
    """Whether headings are the names of a paper's sections ("Consultations", "Events"): a word or two."""
    return sum(len(one.split()) < 3 for one in named) * 2 > len(named)


def _lead(letter: list[Paragraph], first: int) -> str:
    return letter[first - 1].text if first else ""


def title_in(text: str) -> str:
    """A heading without its marks."""
    mark = _LABEL.match(text) or _MARK.match(text)
    return _TRAILING.sub("", text[mark.end() :] if mark else text).strip()


def _cut(letter: list[Paragraph], heads: list[int]) -> Iterator[tuple[str, list[Paragraph]]]:
    heads = [place for place in heads if not is_part(title_in(letter[place].text))]
    for place, end in zip(heads, [*heads[1:], len(letter)], strict=True):
        yield title_in(letter[place].text), letter[place + 1 : end]

"""E-mail addresses and links of a text, also links whose address was lost."""

from __future__ import annotations

import re

from bot.domain.notice import Link, LinkRole
from bot.understanding.fold import fold

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![\w@])")
# With a scheme, with www., or a known ending with a path or told to be a site.
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"«»“”‘’]+"
    r"|(?<![\w@./(\])}-])(?<![\])}]\s)(?:[a-z0-9-]{1,63}\.){1,5}(?:com|org|net|eu|int|tr|gov|info|example)"
    r"(?:/[^\s<>\"«»“”‘’]+|(?=\s(?:internet |web )?(?:adres|site|sayfa|üzerinden|portal|sistem)))"
    # "PRODİS: eteydeb.kurum.example": a name and its address, and nothing else on the line.
    r"|(?<=: )(?:[a-z0-9-]{1,63}\.){1,5}(?:com|org|net|eu|int|tr|gov|info|example)(?=\s*\.?$)"
    # Short addresses ("bit.ly/x", "forms.gle/x"), known by their path.
    r"|(?<![\w@./(-])(?:[a-z0-9-]{1,63}\.){1,3}(?:ly|gl|gle|me|io|co|link|app|to|be|page|cc|biz|at|is|"
    r"site|online|de|"
    r"it|fr|uk|us|ch|nl)/[^\s<>\"«»“”‘’]{2,}",
    re.IGNORECASE,
)


_DOT_IN_WORD = re.compile(r"\.[^\W\d]|://|\b[wW]{3}\.")  # no address without one

_DISGUISED = re.compile(
    r"(?<![\w.+-])([\w.+-]{1,64})\s?[\[({]\s?(?:at|@|et)\s?[\])}]\s?((?:[\w-]{1,63}\s?(?:\.|"
    r"[\[({]\s?(?:dot|nokta)\s?[\])}])\s?){1,6}[A-Za-z]{2,24})(?!\w)"
)
_DOT = re.compile(r"\s?[\[({]\s?(?:dot|nokta)\s?[\])}]\s?", re.IGNORECASE)


def emails(text: str) -> tuple[str, ...]:
    """E-mail addresses as written, each once; "info [at] x [dot] org" as the address that it means."""
    found = [(match.start(), match[0].strip(".")) for match in _EMAIL.finditer(text)]
    for match in _DISGUISED.finditer(text):
        found.append((match.start(), f"{match[1]}@{_DOT.sub('.', match[2])}"))
    held = [(at, address) for at, address in found if not _replaced(text, at, at + len(address))]
    return tuple(dict.fromkeys(address for _, address in sorted(held)))


# Where to take a mailing list or to leave it, as every letter of an agency tells.
_SUBSCRIBES = re.compile(
    r"[/.-](?:un)?subscri(?:be|ptions?)\b|/abone\w*|/(?:e-?mail-?)?preferences\b|/opt-?out\b|/listeden",
    re.IGNORECASE,
)
_BUT = re.compile(r"['’]?\w{0,4}(?: (?:adresi|adresine|bağlantısı|linki))? (?:yerine|değil)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:instead of|and not|rather than|previously)(?: at| to)? $", re.IGNORECASE)


def _replaced(text: str, start: int, end: int) -> bool:
    """Whether an address is named as the wrong one: "x yerine y", "y instead of x"."""
    return bool(_BUT.match(text, end) or _NOT.search(text[max(0, start - 30) : start]))


def links(paragraphs: list[str]) -> tuple[Link, ...]:
    """Addresses with their role and label, and lost ones (``url`` None) with their words."""
    found: list[Link] = []
    previous = ""
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else ""
        spans = list(_URL.finditer(paragraph)) if _DOT_IN_WORD.search(paragraph) else []
        start = 0
        for match in spans:
            url = match[0].rstrip(".,;:!?)]}'’")
            before = paragraph[start : match.start()]
            if not before.strip(" :–-") and start == 0:
                before = previous
            after = paragraph[match.end() : match.end() + 60]
            if _SUBSCRIBES.search(url) or _replaced(paragraph, match.start(), match.start() + len(url)):
                start = match.end()
                continue
            found.append(Link(url, role_of(before, after, url), _label(before)))
            start = match.end()
        if spans:
            lost = _lost_beside(paragraph, spans[-1].end())
        else:
            lost = _lost(paragraph, previous) or _line_of_a_link(paragraph, previous, following)
        if lost is not None:
            found.append(lost)
        previous = paragraph
    unique: dict[str | None, Link] = {}
    for link in found:
        unique.setdefault(link.url or f"lost {link.label}", link)
    return tuple(unique.values())


_APPLY = re.compile(
    r"basvur|katilim formu|apply|application|uyelik formu|call-for-members|membership|webform|anket|"
    r"soru formu|gorus formu|questionnaire"
)
_REGISTER = re.compile(r"kayit|kaydol|register|registration|sign up|katilim icin")
_ATTACH = re.compile(r"\.(?:docx?|xlsx?|zip)$")


def role_of(before: str, after: str, url: str) -> LinkRole:
    """What a link is for, from the words around it and the address itself."""
    near = fold(before[-110:])
    sentence = re.split(r"[.!?]\s", near)[-1]
    follows = fold(after.split(".")[0])
    address = url.lower()
    for pattern, role in ((_REGISTER, LinkRole.REGISTRATION), (_APPLY, LinkRole.APPLICATION)):
        if pattern.search(sentence[-60:]):
            if role is LinkRole.APPLICATION and re.search(r"kilavuz|rehber|guide|metni|duyuru", sentence):
                continue
            return role
    if (
        re.search(
            r"form(?:u|un|unu)?\b.{0,40}(?:doldur|gonder)|basvuru yap|uzerinden basvur|kayit ol|"
            r"\bdoldur",
            follows,
        )
        or "eusurvey" in address
        or "eusurvey" in sentence
    ):
        return LinkRole.APPLICATION
    return LinkRole.ATTACHMENT if _ATTACH.search(address) else LinkRole.SOURCE


def _label(before: str) -> str | None:
    words = before.strip()
    if not words.endswith(":"):
        return None
    label = re.split(r"(?<=[.!?;])\s", words)[-1].rstrip(": ").strip()
    return label if 0 < len(label) <= 80 else None


_LOST = re.compile(
    r"\b(?:tiklay|(?:buradan|bu linkten|bu baglantidan|su linkten|(?:ekteki|asagidaki) (?:link|baglanti)\w*)"
    r"(?: \w+){0,3} (?:ulas|basvur|kayit|kaydol|indir|ilerle|eris|incele|doldur|katil|goruntule|yap|oku)|"
    r"click here|(?:via|at|through|using) (?:this|the following) link|baglantidan ulas|here to (?:apply|"
    r"register)|"
    r"(?:register|apply|registration|read more|available|found) here\b|"
    r"\b(?:fill in|complete|submit|upload|download|join|sign|take|answer|see|view|access|"
    r"reply)\b[^.;]{0,40} here\.?$)"
)
_SITE = re.compile(r"\((?:[\w-]+\.)+(?:eu|com|org|tr|gov|net|int|example)\)\s*$")
_FORM_END = re.compile(r":\s*((?:\w+ ){0,3}(?:formu|form|baglantisi|linki|link|sayfasi))\s*\.?$")


_LINK_ALONE = re.compile(
    r"^(?:[a-z]+ ){1,4}(?:baglantisi|linki|link)\s?\.?$|^(?:link to|go to) the [a-z ]{3,30}$"
)


_HERE = re.compile(r"\b(?:buradan|bu linkten|bu baglantidan|click here|\w+ here$)")
_NAMED_ADDRESS = re.compile(
    r"\b(?:baglantisi|linki|link|web page)\s?:\s(?P<label>[^:@\d]{3,60})$|"
    r":\s(?P<site>(?:[\w'-]+ ){0,4}(?:website|web ?page|page|portal|web sitesi|sayfasi))$"
)
# Lines of a list of links: what to do there, or what is found there.
_LINE = (
    r"(?:(?:sign|register|apply|join|read|download|see|view|watch|access|fill in|complete|open|visit|"
    r"subscribe|book|enrol)\b"
    r"(?: (?!by\b|before\b|until\b)[a-z'&-]+){0,7}|"
    r"(?:[a-z'&-]+ ){0,5}(?:web ?page|page|website|web site|link|form|portal|questionnaire|registration|"
    r"recording|programme|agenda)"
    r"(?: \([a-z ]{2,20}\))?|"
    r"(?:\w+ ){1,5}(?:doldur|katil|basvur|kaydol|kayit ol|indir|incele|goruntule|izle)(?:un|in)?|"
    r"(?:\w+ ){0,4}(?:basvuru|kayit|katilim|anket) (?:formu|sayfasi|ekrani|baglantisi|linki))"
)
_LINK_LINE = re.compile(rf"^{_LINE}$")
_AT_THE_END = re.compile(r"[.!?)] (?P<label>(?:[a-z]+ ){1,3}(?:link|form|page|baglantisi|linki|formu))$")
LONGEST = 70
"""Letters of a link's line."""


def _lost_beside(paragraph: str, end: int) -> Link | None:
    """A lost link beside an address for something else: "… adresinden, forma ise buradan"."""
    rest = paragraph[end:]
    for part in re.split(r"(?<=[.!?])\s|,\s|\s[>|•]\s", rest):
        if rest.lstrip()[:1] in ">|•" and _LINK_LINE.match(fold(part)):
            return Link(None, role_of(part, "", ""), part)
        if part and _HERE.search(fold(part)) and _LOST.search(fold(part)):
            return Link(None, role_of(part, "", ""), part.strip().rstrip("."))
    return None


def _is_about_links(paragraph: str) -> bool:
    """Whether a line stands in a list of links: it is empty, one of them, or holds an address."""
    folded = fold(paragraph)
    return not folded.strip() or bool(
        _URL.search(paragraph)
        or _EMAIL.search(paragraph)
        or (len(folded) < LONGEST and _LINK_LINE.match(folded))
    )


def _line_of_a_link(paragraph: str, previous: str, following: str) -> Link | None:
    """A line that is the words of a link whose address is lost: "Sign the Declaration"."""
    if paragraph.rstrip().endswith((".", ":", ";", ",", "!", "?")):  # prose
        return None
    folded = fold(paragraph.strip())
    named = _NAMED_ADDRESS.search(folded)
    if named is not None:
        label = paragraph.strip()[named.start(named.lastgroup or 0) :]
        return Link(None, role_of(paragraph, "", ""), label.rstrip("."))
    if len(folded) <= LONGEST and _LINK_LINE.match(folded) and _is_about_links(following):
        return Link(None, role_of(paragraph, "", ""), paragraph.strip())
    at_end = _AT_THE_END.search(folded[-LONGEST:])
    if at_end is not None:
        label = paragraph.strip()[len(folded) - min(len(folded), LONGEST) + at_end.start("label") :]
        return Link(None, role_of(label, "", ""), label)
    return None


def _lost(paragraph: str, previous: str) -> Link | None:
    folded = fold(paragraph)
    if _SITE.search(folded) and len(paragraph) < 120:
        label = re.split(r":\s", paragraph)[-1].strip()
        context = previous if previous.endswith(":") or len(previous) < 120 else ""
        return Link(None, role_of(f"{context} {paragraph}", "", ""), label)
    if _LOST.search(folded):
        sentence = next(
            (part for part in re.split(r"(?<=[.!?])\s", paragraph) if _LOST.search(fold(part))), paragraph
        )
        return Link(None, role_of(sentence, "", ""), sentence.strip().rstrip("."))
    if _LINK_ALONE.match(folded):
        return Link(None, role_of(paragraph, "", ""), paragraph.strip().rstrip("."))
    end = _FORM_END.search(folded)
    if end and len(end[1]) < 60:
        label = paragraph[end.start(1) : end.end(1)]
        return Link(None, role_of(f"{paragraph}", "", ""), label)
    return None

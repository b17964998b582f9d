"""What a line begins with: a bullet or a number of a list, or a label."""

from __future__ import annotations

import re

from bot.understanding.fold import fold

_BULLET = re.compile(
    r"^\s*(?:[•●▪◦·*–-]\s+|[►▶➤■◆❖»]|\(?\d{1,2}(?:[.)]|\.-|\s?[–-])\s+|\(?[a-zçğıöşüA-P][.)]\s+|"
    r"\(?[IVX]{1,5}[.)–-]\s+"
    r"|(?:konu|duyuru|madde|item|topic)\s\d{1,2}\s?[:.)-])",
    re.IGNORECASE,
)
# "9. kez", "12 - 15 Nisan 2027", "10. 30'da": a number that the line before goes on with.
_NUMBER_OF_A_SENTENCE = re.compile(
    r"\d{1,2}\.\s(?:(?:kez|defa|kere|madde|fasil|yil|donem|sayili|si|su|u|ci|nci|uncu|inci)\w*\b|\d{2}\b)|"
    r"\d{1,2} ?[–-] ?\d{1,2} [a-z]{3,8}\b"
)
_LABELLED = re.compile(
    r"^(?:sayi|konu|ilgi|tarih|sirkuler|circular|ek|ekler|subject|date|ref|dagitim|no|not|son basvuru|"
    r"basvuru|kayit|"
    r"iletisim|bilgi icin|contact|apply|register|more information|webform|registration|application|deadline)"
    r"[^:]{0,40}(?<!http)(?<!https):(?!\d)"
)


_RULE = re.compile(r"(?:[-–—_*=~#+]\s?){3,}$")


def is_rule(line: str) -> bool:
    """Whether a line is drawn and not written."""
    return _RULE.match(line) is not None


def is_bullet(line: str) -> bool:
    """Whether a line begins as one of a list does."""
    return _BULLET.match(line) is not None


def is_number_of_a_sentence(line: str) -> bool:
    """Whether the number that a line begins with is of the line before."""
    return _NUMBER_OF_A_SENTENCE.match(fold(line[:40])) is not None


def is_labelled(line: str) -> bool:
    """Whether a line begins with a label and a colon; a sentence's word that begins small is none."""
    match = _LABELLED.match(fold(line))
    return match is not None and not (line[:1].islower() and " " in match[0].rstrip(" :"))

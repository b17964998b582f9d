"""Text for Telegram: escaped by construction, counted as Telegram counts, never cut inside a tag."""

from __future__ import annotations

import html
import re

from markupsafe import Markup, escape

LIMIT = 4096
"""Code points after parsing, not UTF-16 units (TDLib counts with utf8_length; confirmed by a live probe)."""

_TAG = re.compile(r"<[^>]*>")
# A slash or at sign that would begin a command or mention: at a word's start, before a letter. Addresses
# keep theirs, because there the sign follows a letter, a dot, a colon or another slash. After < or > Telegram
# sees no command (TDLib, find_bot_commands), so that "</b>" stays as it was written.
_AUTOMATIC = re.compile(r"((?<![\w/:.<>])/|(?<![\w/:.])@)(?=[A-Za-z])")
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
WORD_JOINER = "\u2060"


def harmless(text: str) -> str:
    """Somebody else's text without controls, its ``/word`` and ``@word`` kept from becoming commands and
    mentions by an invisible word joiner; still to be escaped."""
    return _AUTOMATIC.sub(lambda sign: sign[1] + WORD_JOINER, _CONTROLS.sub("", text))


def untrusted(text: str) -> Markup:
    """Somebody else's text, ``harmless`` and escaped."""
    return escape(harmless(text))


def parsed(text: Markup | str) -> str:
    """The text that Telegram shows."""
    return html.unescape(_TAG.sub("", str(text)))


def length(text: Markup | str) -> int:
    """Code points after Telegram's parsing."""
    return len(parsed(text))


def shorten(text: str, room: int) -> str:
    """Plain ``text`` within ``room`` code points, cut at a word's end and marked with an ellipsis."""
    if len(text) <= room:
        return text
    if room <= 1:
        return ""
    cut = text[: room - 1]
    space = cut.rfind(" ")
    if space > room // 2:
        cut = cut[:space]
    return cut.rstrip(" ,;:-–\n") + "…"


def link(label: str | Markup, url: str) -> Markup:
    """A link; ``url`` must have passed ``safe_url``."""
    return Markup('<a href="{}">{}</a>').format(url, label)


def safe_url(url: str | None) -> str | None:
    """The address if it may stand in a message: http(s), with a host, without blanks or controls."""
    if not url or len(url) > 1000 or not re.match(r"^https?://[^\s/<>\"']+\.[^\s<>\"']+$", url):
        return None
    return url


def join(lines: list[Markup]) -> Markup:
    """Lines to one text."""
    return Markup("\n").join(lines)

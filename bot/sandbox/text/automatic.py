"""The entities that Telegram finds by itself in a text."""

from __future__ import annotations

import re

from bot.sandbox.text.entities import Entity, in_order, utf16

# Telegram links a bare host only under a known top-level domain; these are the ones letters of a trade
# association hold. All two-letter ones are not among them: "m.Ve" is no address.
_TOP = (
    "com|org|net|edu|gov|mil|int|info|biz|io|eu|tr|uk|de|fr|it|es|nl|be|at|ch|pl|ro|bg|gr|cz|dk|se|no|fi|pt|"
    "ie|hu|us|ca|cn|jp|kr|in|ru|ua|az|ge|ae|sa|qa|me|tv|co|app|dev|online|store|shop|xyz|py"
)
_SCHEME = r"(?:https?|ftp|tonsite)://"
_HOST = r"[^\s<>\"'«»“”()/?#:@]"
_REST = r"(?::\d{1,5})?(?:[/?#][^\s<>\"«»“”]*)?"
_ENDS = ".,;:!?'…"
_AUTOMATIC = (
    ("email", re.compile(r"(?<![\w.+-])[A-Za-z0-9_.+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?![\w-])")),
    ("url", re.compile(rf"{_SCHEME}(?:{_HOST}+\.)+{_HOST}+{_REST}", re.IGNORECASE)),
    ("url", re.compile(r"tg://[a-z]+[^\s<>\"]*", re.IGNORECASE)),
    ("url", re.compile(rf"(?<![\w@./:-])(?:[\w-]+\.)+(?:{_TOP})(?![\w@-]|\.\w){_REST}", re.IGNORECASE)),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])"),
    ),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{4,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w&])#(?=\w*[^\W\d_])\w{1,256}+(?!#)")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?![\w$])")),
)


def automatic(text: str, entities: list[Entity]) -> list[Entity]:
    """The entities that Telegram finds by itself, where no code, link or earlier one stands.

    Not found: telephone and bank card numbers.
    """
    taken = [
        (one["offset"], one["offset"] + one["length"])
        for one in entities
        if one["type"] in ("code", "pre", "text_link", "text_mention", "custom_emoji")
    ]
    found: list[Entity] = []
    for kind, pattern in _AUTOMATIC:
        for match in pattern.finditer(text):
            words = _url_alone(match[0]) if kind == "url" else match[0]
            start = utf16(text[: match.start()])
            end = start + utf16(words)
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            taken.append((start, end))
            found.append({"type": kind, "offset": start, "length": end - start})
    return in_order(entities + found)


def _url_alone(url: str) -> str:
    """Without the sentence's own marks at its end, and without a bracket that was opened before it."""
    while url:
        unopened = any(url[-1] == end and url.count(start) < url.count(end) for start, end in ("()", "[]"))
        if url[-1] not in _ENDS and not unopened:
            break
        url = url[:-1]
    return url

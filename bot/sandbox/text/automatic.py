"""The entities that Telegram finds by itself in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.sandbox.text.entities import Entity, in_order, utf16

# Telegram links a bare host only under a known top-level domain; these are the ones letters of a trade
# association hold. All two-letter ones are not among them: "m.Ve" is no address.
_TOP = set(
    re.findall(
        r"\w+",
        (
            "com|org|net|edu|gov|mil|int|info|biz|io|eu|tr|uk|de|fr|it|es|nl|be|at|ch|pl|ro|bg|gr|cz|dk|se|no|fi|pt|"
            "ie|hu|us|ca|cn|jp|kr|in|ru|ua|az|ge|ae|sa|qa|me|tv|co|app|dev|online|store|shop|xyz|py"
        ),
    )
)
# What TDLib's find_urls takes for the parts of an address; an e-mail address is one without scheme and path.
_SPACE = r"\s\u2000-\u200b\u200e\u200f\u2016-\u206f"
_USER = rf"[^{_SPACE}/\[\]{{}}()'`<>\"@«»:]"
_HOST = rf"(?:[A-Za-z0-9_~-]|[^\x00-\xbf{_SPACE}])"
_PATH = rf"[^{_SPACE}<>\"«»]"
_URL = re.compile(
    rf"(?P<scheme>(?:https?|ftp|tonsite)://)?(?P<user>{_USER}+@)?"
    rf"(?P<host>{_HOST}+(?:\.{_HOST}+)+)(?P<dot>\.?)(?P<port>:\d{{1,5}}(?!\d))?(?P<path>[/?#]{_PATH}*)?",
    re.IGNORECASE,
)
_OWN = re.compile(r"(?:tg|ton)://[a-z0-9_-]+(?:[/?#][^\s<>\"«»]*)?", re.IGNORECASE)
_EMAIL = re.compile(
    r"[A-Za-z0-9_+-](?:[A-Za-z0-9_.+-]{0,62}[A-Za-z0-9_+-])?@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,24}", re.ASCII
)
_ENDS = ".:;,('?!`"
_CARD = re.compile(r"(?<![\d.,+*-])\d(?:[ -]?\d){12,18}(?![\d+*-])")
_PLAIN = (
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])"),
    ),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z0-9_]{4,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w&#@])#(?=\w*[^\W\d_])\w{1,256}+(?!#)")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?![\w$])")),
)


def automatic(text: str, entities: list[Entity]) -> list[Entity]:
    """The entities that Telegram finds by itself, where no code, link or earlier one stands.

    Not found: telephone numbers, which TDLib leaves to the servers.
    """
    taken = [
        (one["offset"], one["offset"] + one["length"])
        for one in entities
        if one["type"] in ("code", "pre", "text_link", "text_mention", "custom_emoji")
    ]
    found: list[Entity] = []
    for kind, first, last in _places(text):
        start = utf16(text[:first])
        end = start + utf16(text[first:last])
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        taken.append((start, end))
        found.append({"type": kind, "offset": start, "length": end - start})
    return in_order(entities + found)


def _places(text: str) -> Iterator[tuple[str, int, int]]:
    """Kind, begin and end of everything found; what comes earlier has the place."""
    yield from sorted(_addresses(text), key=lambda place: (place[1], -place[2]))
    for kind, pattern in _PLAIN:
        for match in pattern.finditer(text):
            yield kind, match.start(), match.end()
    for match in _CARD.finditer(text):
        if _is_card(match[0]):
            yield "bank_card_number", match.start(), match.end()


def _cut(address: str, path: int) -> str:
    """Without what stands behind a bracket that was not opened in it, and without a sentence's own marks."""
    end, open_brackets = path, dict.fromkeys(")]}", 0)
    for letter in address[path:]:
        if letter in "([{":
            open_brackets[")]}"["([{".index(letter)]] += 1
        elif letter in open_brackets:
            open_brackets[letter] -= 1
            if open_brackets[letter] < 0:
                break
        end += 1
    while end > path and address[end - 1] in _ENDS:
        end -= 1
    return address[:end]


def _is_card(words: str) -> bool:
    """13 to 19 digits whose Luhn sum is right, of a kind that cards have."""
    digits = [int(letter) for letter in words if letter.isdigit()]
    doubled = [sum(divmod(2 * one, 10)) for one in digits[-2::-2]]
    return digits[0] in range(2, 7) and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _addresses(text: str) -> Iterator[tuple[str, int, int]]:
    """Addresses and e-mail addresses."""
    for match in _OWN.finditer(text):
        yield "url", match.start(), match.start() + len(match[0].rstrip(_ENDS))
    for match in _URL.finditer(text):
        before = text[: match.start()]
        if before.endswith(("@", ".") if match["scheme"] else ("/", "@", ".")) or (
            before[-1:].isalnum() and not match["scheme"]
        ):
            continue
        if not (match["scheme"] or match["port"] or match["path"]) and match["user"]:
            if _EMAIL.fullmatch(match["user"] + match["host"]):
                yield "email", match.start(), match.end("host")
            continue
        if match["dot"] and (match["port"] or match["path"]):
            continue
        if match["scheme"] or match["host"].rsplit(".", 1)[1].lower() in _TOP:
            address = match[0].removesuffix(".") if match["dot"] else match[0]
            path = match.start("path") - match.start() if match["path"] else len(address)
            yield "url", match.start(), match.start() + len(_cut(address, path))

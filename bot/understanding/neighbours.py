"""Days told by their distance from an event: "bir gün önce", "the following day"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.marks import REPORTING

_DAYS = re.compile(
    r"(?P<same>\bayni (?:gun(?: aksam\w*)?|aksam\w*)\b|\b(?:on |that )?(?:the )?same (?:day|evening|"
    r"afternoon)\b|\bthat evening\b)|"
    r"(?P<before>\b(?:bir gun once(?:si|sinde|sinin)?|(?:bir )?onceki (?:gun|aksam)|"
    r"(?:on |in )?the (?:day|evening) before|(?:on )?the previous (?:day|evening))\b)"
    r"|\b(?:ertesi gun|(?:takip eden|izleyen) gun|bir gun sonra(?:si|sinda)?|(?:on )?the (?:following|"
    r"next) day|"
    r"the day after)\b"
)
# Without any of these nothing above matches: most sentences are through at once.
_HINTS = (
    "ayni ",
    "same ",
    "that evening",
    "gun once",
    "onceki",
    "ertesi",
    "eden gun",
    "izleyen gun",
    "gun sonra",
    " before",
    "previous",
    "ing day",
    "next day",
    "day after",
)
_ASKED = re.compile(r"kadar|dek\b|degin|basvur|kayit|gonder|ilet|bildir|teslim|regist|submit|send|itibaren")


def neighbouring_days(joined: str) -> Iterator[tuple[int, int, int, int]]:
    """Where a sentence names the day before or after an event, or its own: start of its clause, the place
    itself, end of its clause, days to add.

    What is asked of the reader a day before, or counted from a day after, is no event.
    """
    if not any(hint in joined for hint in _HINTS):
        return
    for match in _DAYS.finditer(joined):
        head = re.split(r"[.;,]", joined[max(0, match.start() - 90) : match.start()])[-1]
        tail = re.split(r"[.;]|(?<!^),", joined[match.end() : match.end() + 110], maxsplit=1)[0]
        if not _ASKED.search(REPORTING.sub("", head + tail)):
            yield (
                match.start() - len(head),
                match.start(),
                match.end() + len(tail),
                0 if match["same"] else -1 if match["before"] else 1,
            )

"""A translation as members read it."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.notice import Notice
from bot.rendering.catalog import Texts
from bot.rendering.markup import shorten, untrusted

TITLE_ROOM = 300
SUMMARY_ROOM = 700


def translation_lines(notice: Notice, texts: Texts) -> list[Markup]:
    """The translation to the reader's language, marked as a machine's until staff have confirmed it."""
    found = notice.translation(texts.language)
    if found is None:
        return []
    lines = [] if found.checked else [texts("notice.machine")]
    lines.append(Markup("<b>{}</b>").format(untrusted(shorten(found.title, TITLE_ROOM))))
    if found.summary:
        lines.append(untrusted(shorten(found.summary, SUMMARY_ROOM)))
    return lines

"""A translation as staff read it, and confirm it or take it away."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.notice import Notice
from bot.domain.outgoing import Button
from bot.rendering.catalog import Texts
from bot.rendering.draft_sheet import DraftItem, DraftSheet
from bot.rendering.markup import shorten, untrusted
from bot.rendering.translation import SUMMARY_ROOM, TITLE_ROOM


def draft_translation_lines(notice: Notice, texts: Texts) -> list[Markup]:
    """Every translation of an item for staff, with its language and whether somebody has read it."""
    lines: list[Markup] = []
    for found in notice.translations:
        if found.title:
            key = "draft.translation.checked" if found.checked else "draft.translation.machine"
            lines.append(texts(key, language=texts(f"label.language.{found.language}")))
            summary = untrusted(shorten(found.summary, SUMMARY_ROOM))
            title = untrusted(shorten(found.title, TITLE_ROOM))
            lines.append(Markup("<blockquote expandable><b>{}</b>\n{}</blockquote>").format(title, summary))
    return lines


def translation_buttons(sheet: DraftSheet, item: DraftItem, texts: Texts) -> list[tuple[Button, ...]]:
    """Right, and away with it, for each translation nobody has confirmed."""
    if not sheet.may_edit:
        return []
    return [
        (
            Button(
                texts.plain("draft.button.translation_right"),
                data=sheet.tap("trright", item.position, found.language),
            ),
            Button(
                texts.plain("draft.button.translation_drop"),
                data=sheet.tap("trdrop", item.position, found.language),
            ),
        )
        for found in item.view.notice.translations
        if found.title and not found.checked
    ]

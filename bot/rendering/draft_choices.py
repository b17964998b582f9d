"""What staff choose of an item of a draft: its recipients, its kind, its nature."""

from __future__ import annotations

from bot.domain.notice import Kind, Nature
from bot.domain.outgoing import Button
from bot.rendering.catalog import Texts
from bot.rendering.draft_sheet import DraftItem, DraftSheet
from bot.rendering.drafts import marked, recipients_line
from bot.rendering.kit import RenderingKit
from bot.rendering.markup import join
from bot.rendering.messages import Rendered


def topics_message(sheet: DraftSheet, item: DraftItem, kit: RenderingKit, language: str) -> Rendered:
    """Who shall get an item: topics to switch on and off, or all subscribers."""
    texts = kit.catalogs[language]
    lines = [texts("draft.choose_topics"), recipients_line(item.recipients, texts)]
    everyone = item.view.everyone
    buttons = [
        Button(
            marked(kit.topics.label(key, language), key in item.view.notice.topics and not everyone),
            data=sheet.tap("topic", item.position, key),
        )
        for key in (topic.key for topic in kit.topics.topics)
    ]
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                marked(texts.plain("draft.button.everyone"), everyone),
                data=sheet.tap("everyone", item.position),
            ),
        )
    ]
    rows += [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
    rows.append((_back(sheet, item, texts),))
    return Rendered(join(lines), tuple(rows))


def kinds_message(sheet: DraftSheet, item: DraftItem, texts: Texts) -> Rendered:
    """The kinds to choose from."""
    buttons = [
        Button(
            marked(texts.plain(f"kind.{kind.value}"), kind is item.view.notice.kind),
            data=sheet.tap("kind", item.position, kind.value),
        )
        for kind in Kind
    ]
    rows = [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
    rows.append((_back(sheet, item, texts),))
    return Rendered(texts("draft.choose_kind"), tuple(rows))


def natures_message(sheet: DraftSheet, item: DraftItem, texts: Texts) -> Rendered:
    """Information, paid activity or advertising."""
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                marked(texts.plain(f"label.nature.{nature.value}"), nature is item.view.notice.nature),
                data=sheet.tap("nature", item.position, nature.value),
            ),
        )
        for nature in Nature
    ]
    rows.append((_back(sheet, item, texts),))
    return Rendered(texts("draft.choose_nature"), tuple(rows))


def _back(sheet: DraftSheet, item: DraftItem, texts: Texts) -> Button:
    action = "item" if sheet.several else "view"
    return Button(texts.plain("draft.button.done"), data=sheet.tap(action, item.position))

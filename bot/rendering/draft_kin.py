"""What staff read of a draft's kin: the earlier notice it belongs to, and the same news sent before."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.outgoing import Button
from bot.rendering.catalog import Texts
from bot.rendering.draft_sheet import DraftItem, DraftSheet, Kin
from bot.rendering.markup import shorten, untrusted
from bot.rendering.when import long_date

_TITLE_ROOM = 160
_SHOWN = 4


def kin_lines(items: Sequence[DraftItem], several: bool, texts: Texts) -> list[Markup]:
    """The kin of the items that will be sent, a few at most; with ``several`` each names its item."""
    lines: list[Markup] = []
    for item in items:
        if item.excluded:
            continue
        own = _lines(item.kin, texts)
        if several and own:
            own[0] = Markup("{} · {}").format(texts("draft.item", n=item.position), own[0])
        lines += own
    return lines[:_SHOWN]


def kin_buttons(sheet: DraftSheet, items: Sequence[DraftItem], texts: Texts) -> list[tuple[Button, ...]]:
    """Right or not, for the first item that asks; for a single item also the way back."""
    if not sheet.may_edit or sheet.amend is not None:
        return []
    asking = next((item for item in items if item.kin.asks and not item.excluded), None)
    if asking is not None:
        return [
            (
                Button(texts.plain("draft.button.belongs"), data=sheet.tap("belongs", asking.position)),
                Button(texts.plain("draft.button.unrelated"), data=sheet.tap("unrelated", asking.position)),
            )
        ]
    if len(items) == 1 and items[0].kin.title is not None:
        undo = sheet.tap("unrelated", items[0].position)
        return [(Button(texts.plain("draft.button.unrelate"), data=undo),)]
    return []


def _lines(kin: Kin, texts: Texts) -> list[Markup]:
    lines: list[Markup] = []
    if kin.title is not None and kin.relation is not None:
        key = "draft.kin.belongs" if kin.confirmed else "draft.kin.question"
        relation = texts(f"relation.{kin.relation.value}")
        lines.append(texts(key, title=untrusted(shorten(kin.title, _TITLE_ROOM)), relation=relation))
    for title, day in kin.same:
        when = long_date(day, texts.language)
        lines.append(texts("draft.kin.same", title=untrusted(shorten(title, _TITLE_ROOM)), date=when))
    if kin.same and len(kin.path) > 1:
        path = " → ".join(shorten(name, 60) for name in kin.path[:6])
        lines.append(texts("draft.kin.path", path=untrusted(path)))
    return lines

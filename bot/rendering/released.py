"""What staff read of released notices: the list, and one with what can be done to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.domain.outgoing import Button
from bot.rendering.drafts import recipients_line
from bot.rendering.kit import RenderingKit
from bot.rendering.markup import join, shorten, untrusted
from bot.rendering.messages import NoticeView, Rendered, facts_lines
from bot.rendering.when import instant_words, long_date

PREFIX = "lv"


@dataclass(frozen=True, slots=True)
class ReleasedLine:
    """One notice in the list."""

    notice_id: int
    title: str
    status: str
    released_at: datetime


@dataclass(frozen=True, slots=True)
class ReleasedSheet:
    """A released notice; ``holders`` are those who have a copy per language, ``changes`` what this person
    may begin (keys of ``flows.amend.Change``), ``corrected`` how often it was corrected in place."""

    view: NoticeView
    released_at: datetime
    holders: Mapping[str, int]
    changes: Sequence[str]
    corrected: int


def released_list(
    lines: Sequence[ReleasedLine], start: int, page: int, more: bool, kit: RenderingKit, language: str
) -> Rendered:
    """Released notices, newest first, a button each; ``more`` older ones follow after ``page``."""
    texts = kit.catalogs[language]
    if not lines and not start:
        return Rendered(texts("living.none"), ())
    parts = [texts("living.list")]
    rows: list[tuple[Button, ...]] = []
    for number, line in enumerate(lines, start=start + 1):
        title = untrusted(shorten(line.title, 140))
        day = long_date(line.released_at.astimezone(kit.association.zone).date(), language)
        parts.append(texts("living.line", n=number, title=title, date=day))
        if line.status != "new":
            parts[-1] += Markup(" · ") + texts(f"relation.{line.status}")
        rows.append((Button(shorten(f"{number}. {line.title}", 60), data=f"{PREFIX}:show:{line.notice_id}"),))
    turn: list[Button] = []
    if start:
        turn.append(Button(texts.plain("living.button.newer"), data=f"{PREFIX}:list:{max(0, start - page)}"))
    if more:
        turn.append(Button(texts.plain("living.button.older"), data=f"{PREFIX}:list:{start + page}"))
    if turn:
        rows.append(tuple(turn))
    return Rendered(join(parts), tuple(rows))


def released_message(sheet: ReleasedSheet, kit: RenderingKit, language: str) -> Rendered:
    """One released notice: when it went out, who has it, its facts, and the buttons that change it."""
    texts = kit.catalogs[language]
    notice = sheet.view.notice
    head = [Markup("<b>{}</b>").format(untrusted(shorten(notice.title.strip(), 300)))]
    if notice.status.value != "new":
        head.insert(0, texts(f"status.{notice.status.value}"))
    head.append(texts("living.sent", when=instant_words(sheet.released_at, texts, kit.association)))
    head.append(recipients_line(sheet.holders, texts))
    if sheet.corrected:
        head.append(texts.plural("living.corrected", sheet.corrected))
    facts = facts_lines(sheet.view, texts, kit.association, kit.glossary)[:12]
    how = [texts("living.how")] if sheet.changes else []
    buttons = [
        Button(texts.plain(f"living.button.{change}"), data=f"{PREFIX}:{change}:{sheet.view.notice_id}")
        for change in sheet.changes
    ]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    rows.append((Button(texts.plain("living.button.list"), data=f"{PREFIX}:list:0"),))
    return Rendered(Markup("\n\n").join(join(group) for group in (head, facts, how) if group), tuple(rows))

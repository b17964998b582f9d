"""What staff read of a circular that is not sent yet: the draft, its items, its preview, its approval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from bot.domain.checks import Check, Doubt
from bot.domain.draft_tap import DraftTap
from bot.domain.notice import Nature, Status
from bot.domain.outgoing import Button, Keyboard
from bot.domain.relation import Amend
from bot.domain.topic import TopicTable
from bot.rendering.catalog import Texts
from bot.rendering.cost import cost_line
from bot.rendering.draft_kin import NO_KIN, Kin, kin_buttons, kin_lines
from bot.rendering.kit import RenderingKit
from bot.rendering.markup import LIMIT, join, length, shorten, untrusted
from bot.rendering.messages import (
    NoticeView,
    Rendered,
    deadline_label,
    facts_lines,
    filed_under,
    meeting_line,
)
from bot.rendering.translation import draft_translation_lines, translation_buttons
from bot.rendering.when import deadline_words

QUOTE_ROOM = 220
SUMMARY_ROOM = 700
LISTED_ITEMS = 30
WORDED_ITEMS = 12
MOST_BUTTONS = 80


@dataclass(frozen=True, slots=True)
class DraftItem:
    """One item of a draft; ``recipients`` are subscribers per language."""

    position: int
    view: NoticeView
    excluded: bool
    recipients: Mapping[str, int]
    checks: tuple[Check, ...]
    kin: Kin = NO_KIN


@dataclass(frozen=True, slots=True)
class DraftSheet:
    """A draft as one staff member sees it; the ``may_*`` flags decide which buttons are there. ``leaves``:
    when it would go if it were released now; None for one that is not open."""

    root_id: int
    version: int
    state: str
    title: str
    number: str | None
    items: tuple[DraftItem, ...]
    recipients: Mapping[str, int]
    author: str | None = None
    return_reason: str | None = None
    urgent: bool = False
    leaves: Markup | None = None
    may_edit: bool = False
    may_release: bool = False
    may_return: bool = False
    amend: Amend | None = None

    def tap(self, action: str, position: int = 0, argument: str = "") -> str:
        return DraftTap(self.root_id, self.version, action, position, argument).data()

    def item(self, position: int) -> DraftItem | None:
        return next((item for item in self.items if item.position == position), None)

    @property
    def several(self) -> bool:
        return len(self.items) > 1

    @property
    def without_takers(self) -> list[DraftItem]:
        """Items that only consenting members may get, and none of those concerned has consented."""
        return [
            item
            for item in self.items
            if not item.excluded
            and item.view.notice.nature is not Nature.INFORMATIONAL
            and sum(item.recipients.values()) == 0
        ]

    @property
    def open_checks(self) -> list[tuple[DraftItem, Check]]:
        """The questions of all items that will be sent, the least certain first."""
        found = [(item, check) for item in self.items if not item.excluded for check in item.checks]
        return sorted(found, key=lambda pair: pair[1].confidence)


def draft_message(sheet: DraftSheet, kit: RenderingKit, language: str) -> Rendered:
    """The draft: letter, recipients, items or facts, the next question to staff, and the buttons."""
    texts = kit.catalogs[language]
    messages = sum(sum(item.recipients.values()) for item in sheet.items if not item.excluded)
    head = _head(sheet, texts) + cost_line(messages, kit.paid_rate, texts)
    checks = kin_lines(sheet.items, sheet.several, texts) + _check_lines(sheet, texts, kit)
    room = LIMIT - sum(length(line) + 1 for line in [*head, *checks]) - 40
    if sheet.several:
        body = _item_lines(sheet, texts, kit.topics, room)
    else:
        body = _fact_lines(sheet.items[0], texts, kit, room)
    groups = [group for group in (head, body, checks) if group]
    return Rendered(Markup("\n\n").join(join(group) for group in groups), _draft_keyboard(sheet, texts))


def item_message(sheet: DraftSheet, item: DraftItem, kit: RenderingKit, language: str) -> Rendered:
    """One item with everything that can be corrected on it."""
    texts = kit.catalogs[language]
    head: list[Markup] = []
    if sheet.several:
        head.append(texts("draft.item_of", n=item.position, of=len(sheet.items)))
    head.append(_title(item.view.notice.title))
    head.append(recipients_line(item.recipients, texts))
    if item.excluded:
        head.append(texts("draft.excluded"))
    head += kin_lines((item,), False, texts)
    room = LIMIT - sum(length(line) + 1 for line in head) - 40
    body = _fact_lines(item, texts, kit, room)
    text = Markup("\n\n").join(join(group) for group in (head, body) if group)
    return Rendered(text, _item_keyboard(sheet, item, texts))


def preview_note(sheet: DraftSheet, item: DraftItem, texts: Texts) -> Rendered:
    """What stands below a preview: how many it would reach, and the way to the next item."""
    lines = [texts("draft.preview_above"), recipients_line(item.recipients, texts)]
    if sheet.several:
        lines.insert(0, texts("draft.item_of", n=item.position, of=len(sheet.items)))
    sent = [entry for entry in sheet.items if not entry.excluded]
    later = [entry for entry in sent if entry.position > item.position]
    row = [Button(texts.plain("draft.button.back"), data=sheet.tap("view"))]
    if later:
        row.append(
            Button(
                texts.plain("draft.button.next", n=later[0].position),
                data=sheet.tap("preview", later[0].position),
            )
        )
    rows = [tuple(row)]
    decide = _decide(sheet, texts)
    if decide:
        rows.append(decide)
    return Rendered(join(lines), tuple(rows))


def approval_message(sheet: DraftSheet, texts: Texts) -> Rendered:
    """What an approver reads when a draft is handed in."""
    lines = [
        texts("draft.approval", title=untrusted(shorten(sheet.title, 300))),
        *([texts(f"draft.amend.{sheet.amend.value}")] if sheet.amend else []),
        texts("draft.author", name=untrusted(sheet.author or "–")),
        recipients_line(sheet.recipients, texts),
    ]
    status = sheet.items[0].view.notice.status
    if status is not Status.NEW and not sheet.several:
        lines.insert(1, texts(f"status.{status.value}"))
    if sheet.several:
        lines.append(texts.plural("label.items", len(sheet.items)))
    lines += _departure_lines(sheet, texts)
    rows = [
        (Button(texts.plain("draft.button.preview"), data=sheet.tap("preview", sheet.items[0].position)),),
        _decide(sheet, texts),
        (Button(texts.plain("draft.button.open"), data=sheet.tap("view")),),
    ]
    return Rendered(join(lines), tuple(row for row in rows if row))


def recipients_line(counts: Mapping[str, int], texts: Texts) -> Markup:
    """``Alıcı: 1.284 abone (Türkçe 1.190, İngilizce 94)``."""
    languages = ", ".join(
        f"{texts.plain(f'label.language.{language}')} {texts.number(count)}"
        for language, count in counts.items()
    )
    return texts.plural("draft.recipients", sum(counts.values()), languages=languages)


def check_fact(item: DraftItem, check: Check, texts: Texts, kit: RenderingKit) -> Markup:
    """The fact a question is about, as members would read it."""
    notice = item.view.notice
    if check.field.startswith("dl"):
        deadline = notice.deadlines[int(check.field[2:])]
        if deadline.date is None and not deadline.quote:
            return texts("notice.undated", label=texts(deadline_label(notice.kind)))
        words = deadline_words(deadline, texts, kit.association)
        return texts("notice.fact", label=texts(deadline_label(notice.kind)), value=words)
    if check.field.startswith("mt"):
        meeting = notice.meetings[int(check.field[2:])]
        return meeting_line(meeting, notice, texts, kit.association, kit.glossary)
    if check.doubt is Doubt.STALE:
        return Markup("<b>{}</b>").format(texts(f"draft.field.{check.field}"))
    return Markup("")


def _head(sheet: DraftSheet, texts: Texts) -> list[Markup]:
    lines = [texts(f"draft.head.{sheet.state}")]
    if sheet.state == "returned" and sheet.return_reason:
        lines.append(texts("draft.reason", reason=untrusted(shorten(sheet.return_reason, 500))))
    lines.append(_title(sheet.title))
    letter = [texts("notice.number", number=untrusted(sheet.number))] if sheet.number else []
    if sheet.several:
        letter.append(texts.plural("label.items", len(sheet.items)))
    if letter:
        lines.append(Markup(" · ").join(letter))
    if sheet.amend is not None:
        lines.append(texts(f"draft.amend.{sheet.amend.value}"))
    lines.append(recipients_line(sheet.recipients, texts))
    lines += _departure_lines(sheet, texts)
    return lines


def _departure_lines(sheet: DraftSheet, texts: Texts) -> list[Markup]:
    """When it would leave, and which items nobody may be sent."""
    lines = [sheet.leaves] if sheet.leaves else []
    lonely = sheet.without_takers
    if lonely:
        titles = "; ".join(shorten(item.view.notice.title, 80) for item in lonely[:3])
        lines.append(texts("draft.no_takers", titles=untrusted(titles)))
    return lines


def _item_lines(sheet: DraftSheet, texts: Texts, topics: TopicTable, room: int) -> list[Markup]:
    each = max(40, min(110, room // min(len(sheet.items), LISTED_ITEMS) - 60))
    lines: list[Markup] = []
    for item in sheet.items[:LISTED_ITEMS]:
        title = untrusted(shorten(item.view.notice.title, each))
        line = Markup("{}. {} – <i>{}</i>").format(item.position, title, _filed(item, texts, topics))
        room -= length(line) + 1
        if room < 0:
            break
        lines.append(line)
    if len(lines) < len(sheet.items):
        lines.append(texts.plural("draft.more_items", len(sheet.items) - len(lines)))
    return lines


def _filed(item: DraftItem, texts: Texts, topics: TopicTable) -> str:
    """The item's kind and topics, or that it stays behind."""
    if item.excluded:
        return texts.plain("draft.excluded_short")
    notice = item.view.notice
    words = filed_under(notice, texts, topics)
    if item.view.everyone:
        words[1:] = [texts.plain("draft.button.everyone")]
    words = words[:4]
    if notice.nature is not Nature.INFORMATIONAL:
        words.append(texts.plain(f"label.nature.{notice.nature.value}"))
    return " · ".join(dict.fromkeys(words))


def _fact_lines(item: DraftItem, texts: Texts, kit: RenderingKit, room: int) -> list[Markup]:
    notice = item.view.notice
    lines = [texts("draft.filed", words=_filed(item, texts, kit.topics))]
    lines += facts_lines(item.view, texts, kit.association, kit.glossary)
    kept: list[Markup] = []
    for line in lines:
        room -= length(line) + 1
        if room < 100:
            break
        kept.append(line)
    if notice.summary and room > 150:
        kept.append(untrusted(shorten(notice.summary, min(SUMMARY_ROOM, room - 50))))
    translated = draft_translation_lines(notice, texts)
    return kept + (translated if sum(map(length, [*kept[len(lines) :], *translated])) < room - 60 else [])


def _check_lines(sheet: DraftSheet, texts: Texts, kit: RenderingKit) -> list[Markup]:
    checks = sheet.open_checks if sheet.may_edit else []
    if not checks:
        return []
    item, check = checks[0]
    parts: list[Markup] = []
    if sheet.several:
        parts.append(texts("draft.item", n=item.position))
    fact = check_fact(item, check, texts, kit)
    if fact:
        parts.append(fact)
    if check.doubt is not Doubt.UNCERTAIN:
        parts.append(texts(f"draft.doubt.{check.doubt.value}"))
    if check.quote:
        key = "draft.stands" if check.doubt is Doubt.STALE else "draft.based_on"
        parts.append(texts(key, quote=untrusted(shorten(check.quote, QUOTE_ROOM))))
    lines = [texts("draft.check", what=Markup(" · ").join(parts))]
    if len(checks) > 1:
        lines.append(texts.plural("draft.more_checks", len(checks) - 1))
    return lines


def _draft_keyboard(sheet: DraftSheet, texts: Texts) -> Keyboard:
    rows: list[tuple[Button, ...]] = []
    if sheet.may_edit and sheet.open_checks:
        rows.append(_check_buttons(sheet, *sheet.open_checks[0], texts))
    rows += kin_buttons(sheet, sheet.items, texts)
    first = sheet.items[0].position
    preview = _button(texts, "preview", sheet.tap("preview", first))
    if sheet.several:
        rows += _item_buttons(sheet, texts)
        rows.append((preview,))
    elif sheet.may_edit and sheet.amend is not None:  # it goes to those who have the first, and nobody else
        rows.append((preview, _button(texts, "edit", sheet.tap("item", first))))
    elif sheet.may_edit:
        edit = _button(texts, "edit", sheet.tap("item", first))
        rows.append((preview, edit, _button(texts, "recipients", sheet.tap("topics", first))))
    else:
        rows.append((preview,))
    if sheet.may_edit and sheet.state in ("draft", "returned"):
        urgent = Button(marked(texts.plain("draft.button.urgent"), sheet.urgent), data=sheet.tap("urgent"))
        rows.append((urgent, _button(texts, "submit", sheet.tap("submit"))))
    decide = _decide(sheet, texts)
    if decide:
        rows.append(decide)
    if sheet.may_edit:
        rows.append((_button(texts, "delete", sheet.tap("delete")),))
    return tuple(rows)


def _item_buttons(sheet: DraftSheet, texts: Texts) -> list[tuple[Button, ...]]:
    """A button per item: ``3. konu``, the bare number where there are many."""
    worded = len(sheet.items) <= WORDED_ITEMS
    buttons = [
        Button(
            texts.plain("draft.item", n=item.position) if worded else str(item.position),
            data=sheet.tap("item", item.position),
        )
        for item in sheet.items[:MOST_BUTTONS]
    ]
    width = 3 if worded else 8
    return [tuple(buttons[start : start + width]) for start in range(0, len(buttons), width)]


def _check_buttons(sheet: DraftSheet, item: DraftItem, check: Check, texts: Texts) -> tuple[Button, ...]:
    at = item.position
    if check.doubt is Doubt.NO_TOPIC:
        return (
            Button(texts.plain("draft.button.topics"), data=sheet.tap("topics", at)),
            Button(texts.plain("draft.button.everyone"), data=sheet.tap("everyone", at)),
        )
    right = "leave" if check.doubt in (Doubt.NO_LINK, Doubt.STALE) else "right"
    change = "enter_link" if check.doubt is Doubt.NO_LINK else "change"
    return (
        Button(texts.plain(f"draft.button.{right}"), data=sheet.tap("ok", at, check.field)),
        Button(texts.plain(f"draft.button.{change}"), data=sheet.tap("edit", at, check.field)),
    )


def _item_keyboard(sheet: DraftSheet, item: DraftItem, texts: Texts) -> Keyboard:
    notice, at = item.view.notice, item.position
    preview = Button(texts.plain("draft.button.preview"), data=sheet.tap("preview", at))
    back = Button(texts.plain("draft.button.back"), data=sheet.tap("view"))
    if not sheet.may_edit:
        return ((preview, back),)
    title, summary, link = (
        Button(texts.plain(f"draft.field.{name}"), data=sheet.tap("edit", at, name))
        for name in ("title", "summary", "link")
    )
    dates = _numbered("deadline", "dl", len(notice.deadlines), sheet, at, texts)
    dates += _numbered("meeting", "mt", len(notice.meetings), sheet, at, texts)
    rows: list[tuple[Button, ...]] = [(title, summary)]
    rows += [tuple(dates[start : start + 2]) for start in range(0, len(dates), 2)]
    kinds = Button(texts.plain("draft.field.kind"), data=sheet.tap("kinds", at))
    rows.append((link, kinds, _button(texts, "nature", sheet.tap("natures", at))))
    rows += kin_buttons(sheet, (item,), texts) + translation_buttons(sheet, item, texts)
    if sheet.amend is None:
        recipients = Button(texts.plain("draft.button.recipients"), data=sheet.tap("topics", at))
        rows.append((recipients, preview))
    else:
        rows.append((preview,))
    if sheet.several:
        key = "include" if item.excluded else "exclude"
        rows.append((Button(texts.plain(f"draft.button.{key}"), data=sheet.tap("exclude", at)),))
    rows.append((back,))
    return tuple(rows)


def _button(texts: Texts, key: str, data: str) -> Button:
    return Button(texts.plain(f"draft.button.{key}"), data=data)


def _numbered(key: str, code: str, count: int, sheet: DraftSheet, at: int, texts: Texts) -> list[Button]:
    """A button per fact of a sort; one to add the first; their number only where there are several."""
    words = texts.plain(f"draft.field.{key}")
    if count <= 1:
        return [Button(words, data=sheet.tap("edit", at, f"{code}0"))]
    return [
        Button(f"{words} {index + 1}", data=sheet.tap("edit", at, f"{code}{index}"))
        for index in range(min(count, 6))
    ]


def _decide(sheet: DraftSheet, texts: Texts) -> tuple[Button, ...]:
    row: list[Button] = []
    if sheet.may_release:
        row.append(Button(texts.plain("draft.button.release"), data=sheet.tap("release")))
    if sheet.may_return:
        row.append(Button(texts.plain("draft.button.return"), data=sheet.tap("return")))
    return tuple(row)


def marked(label: str, on: bool) -> str:
    """The label of a choice, with a tick when it is the present one."""
    return f"✓ {label}" if on else label


def _title(title: str) -> Markup:
    return Markup("<b>{}</b>").format(untrusted(shorten(title.strip(), 300)))

"""A notice as the message a member reads, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from markupsafe import Markup

from bot.domain.association import Association
from bot.domain.checks import old_days, still_said
from bot.domain.glossary import Glossary
from bot.domain.notice import Kind, Link, LinkRole, Meeting, Notice, Status
from bot.domain.outgoing import Button, Keyboard
from bot.domain.relation import Amend, changed_fields, dates_move, has_days
from bot.domain.topic import TopicTable
from bot.rendering.catalog import Texts
from bot.rendering.former import former_deadline, former_meeting
from bot.rendering.kit import RenderingKit
from bot.rendering.markup import LIMIT, join, length, link, safe_url, shorten, untrusted
from bot.rendering.places import country_name, place_words
from bot.rendering.translation import translation_lines
from bot.rendering.when import deadline_words, long_date, meeting_words

TITLE_ROOM = 300
PLACE_ROOM = 160
FACTS_ROOM = 2000
SUMMARY_ROOM = 900
ORIGINAL_ROOM = 1400


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message ready to be sent."""

    text: Markup
    keyboard: Keyboard


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice with what surrounds it: its letter, its source, its file."""

    notice: Notice
    notice_id: int
    number: str | None = None
    document_date: date | None = None
    chain: tuple[str, ...] = ()
    source_name: str | None = None
    source_url: str | None = None
    file_id: str | None = None
    file_name: str | None = None
    everyone: bool = False
    former: Notice | None = None
    amend: Amend | None = None


def notice_message(view: NoticeView, kit: RenderingKit, language: str, *, token: str) -> Rendered:
    """The notice for readers of ``language``, within Telegram's limits, escaped by construction.

    A fact is never dropped for the sake of free text: the original is shortened first, then the
    summary; only beyond ``FACTS_ROOM`` are facts counted instead of listed.
    """
    texts = kit.catalogs[language]
    head = _head(view, texts, kit.topics)
    facts = _within(facts_lines(view, texts, kit.association, kit.glossary), FACTS_ROOM, texts)
    tail = _tail(view, texts, kit.glossary)
    room = LIMIT - sum(length(line) + 1 for line in [*head, *facts, *tail]) - 60
    body = _body(view, texts, kit.glossary, room)
    groups = [group for group in (head, facts, body, tail) if group]
    text = Markup("\n\n").join(join(group) for group in groups)
    return Rendered(text, _keyboard(view, texts, token))


def facts_lines(
    view: NoticeView, texts: Texts, association: Association, glossary: Glossary | None = None
) -> list[Markup]:
    """One line for each fact that is there: deadlines, meetings, links, codes, countries."""
    notice = view.notice
    lines: list[Markup] = []
    label = texts(deadline_label(notice.kind))
    for index, deadline in enumerate(notice.deadlines):
        words = deadline_words(deadline, texts, association)
        before = former_deadline(notice, view.former, index)
        if deadline.date is None and view.amend is not None:
            lines.append(texts("notice.undated", label=label))
        else:
            new = notice.status is Status.EXTENSION or before is not None
            named = texts("notice.new_label", label=label) if new else label
            lines.append(texts("notice.fact", label=named, value=words))
        if before is not None:
            lines.append(texts("notice.former", when=deadline_words(before, texts, association)))
    for index, meeting in enumerate(notice.meetings):
        past = former_meeting(notice, view.former, index)
        lines.append(meeting_line(meeting, notice, texts, association, glossary, new=past is not None))
        if past is not None:
            lines.append(texts("notice.former", when=meeting_words(past, texts, association)))
    lines += _called_off(view, texts, association)
    lines += _link_lines(view, texts)
    if notice.countries:
        names = texts.list(country_name(code, texts.language) for code in notice.countries)
        lines.append(texts("notice.fact", label=texts("label.countries"), value=names))
    if notice.hs_codes:
        codes = ", ".join(dotted(code) for code in notice.hs_codes)
        lines.append(texts("notice.fact", label=texts("label.hs_codes"), value=codes))
    if notice.emails:
        lines.append(
            texts("notice.fact", label=texts("label.email"), value=untrusted(", ".join(notice.emails)))
        )
    return lines + _after_change(view, texts)


def _called_off(view: NoticeView, texts: Texts, association: Association) -> list[Markup]:
    """Of a cancellation the days that hold no more, each by its name."""
    former = view.former
    if former is None or view.notice.status is not Status.CANCELLED:
        return []
    label = texts(deadline_label(former.kind))
    days = [(label, deadline_words(one, texts, association)) for one in former.deadlines if one.date]
    days += [
        (texts(meeting_label(one, former)), meeting_words(one, texts, association))
        for one in former.meetings
        if one.start_date
    ]
    return [texts("notice.called_off", label=label, when=when) for label, when in days]


def _after_change(view: NoticeView, texts: Texts) -> list[Markup]:
    """What a change means for the reader: what was corrected, and the reminders, if there can be any."""
    notice, former = view.notice, view.former
    if former is None:
        return []
    lines: list[Markup] = []
    if view.amend is Amend.EDIT and (fields := changed_fields(notice, former)):
        names = [texts.plain(f"draft.field.{name}") for name in fields]
        lines.append(texts("notice.changed", fields=texts.list(names)))
    if has_days(former) and dates_move(notice, former, amended=view.amend is not None):
        ended = notice.status is Status.CANCELLED or (view.amend is not None and not has_days(notice))
        lines.append(texts("notice.reminders_ended" if ended else "notice.reminders_moved"))
    return lines


def meeting_line(
    meeting: Meeting,
    notice: Notice,
    texts: Texts,
    association: Association,
    glossary: Glossary | None = None,
    *,
    new: bool = False,
) -> Markup:
    """A meeting with day, hour and place, or the honest sentence that its day is not announced; ``new``:
    it was on another day before."""
    label = texts(meeting_label(meeting, notice))
    if meeting.start_date is None:
        return texts("notice.undated", label=label)
    if new:
        label = texts("notice.new_label", label=label)
    value = meeting_words(meeting, texts, association)
    place = None
    if meeting.place:
        named = place_words(meeting.place, texts.language, glossary or Glossary())
        place = untrusted(shorten(named, PLACE_ROOM))
    if meeting.online and not place:
        place = texts("notice.online")
    if place:
        return texts("notice.meeting_at", label=label, when=value, place=place)
    return texts("notice.fact", label=label, value=value)


def deadline_label(kind: Kind) -> str:
    """The catalog key of a deadline's label: what must be done by then depends on the kind."""
    return {
        Kind.CONSULTATION: "label.deadline.consultation",
        Kind.TENDER: "label.deadline.tender",
        Kind.FAIR: "label.deadline.application",
        Kind.TRADE_MISSION: "label.deadline.application",
        Kind.TRAINING: "label.deadline.application",
        Kind.FUNDING: "label.deadline.application",
        Kind.ALLIANCE: "label.deadline.application",
        Kind.TARIFF_QUOTA: "label.deadline.application",
    }.get(kind, "label.deadline.other")


def meeting_label(meeting: Meeting, notice: Notice) -> str:
    """The catalog key of an event's name, from its own words and the notice's kind."""
    quote = (meeting.label or meeting.quote).casefold()
    if "genel kurul" in quote or "general assembly" in quote:
        return "label.meeting.assembly"
    by_kind = {
        Kind.FAIR: "label.meeting.fair",
        Kind.TRADE_MISSION: "label.meeting.mission",
        Kind.TRAINING: "label.meeting.training",
    }
    if notice.kind is Kind.ALLIANCE and _speaks_of_assembly(notice):
        return "label.meeting.assembly"
    return by_kind.get(notice.kind, "label.meeting.meeting")


def one_line(view: NoticeView, texts: Texts) -> Markup:
    """A notice in a list: its title and, where known, the letter's date."""
    title = untrusted(shorten(view.notice.title, 120))
    if view.document_date is None:
        return Markup("<b>{}</b>").format(title)
    return Markup("<b>{}</b> · {}").format(title, long_date(view.document_date, texts.language))


def dotted(code: str) -> str:
    """A tariff code as letters write it: ``7306.30``, ``2836.99.90.00.11``."""
    return ".".join([code[:4], *(code[start : start + 2] for start in range(4, len(code), 2))])


def application_link(notice: Notice) -> Link | None:
    """The link by which a reader applies or registers."""
    return notice.link(LinkRole.APPLICATION) or notice.link(LinkRole.REGISTRATION)


def _head(view: NoticeView, texts: Texts, topics: TopicTable) -> list[Markup]:
    notice = view.notice
    lines: list[Markup] = []
    if view.amend is Amend.EDIT:
        lines.append(texts(f"status.{Status.CORRECTION.value}"))
    if notice.status is not Status.NEW and not (lines and notice.status is Status.CORRECTION):
        lines.append(texts(f"status.{notice.status.value}"))
    lines.append(Markup("<b>{}</b>").format(untrusted(shorten(notice.title.strip(), TITLE_ROOM))))
    lines.append(Markup("<i>{}</i>").format(" · ".join(filed_under(notice, texts, topics))))
    return lines


def filed_under(notice: Notice, texts: Texts, topics: TopicTable) -> list[str]:
    """The notice's kind and up to four topics; a topic that only repeats the kind is not said again."""
    kind = texts.plain(f"kind.{notice.kind.value}")
    found = topics.labels(notice.topics, texts.language)
    return [kind, *(label for label in found if not _says(kind, label))][:5]


def _says(kind: str, topic: str) -> bool:
    """Whether a topic's label only repeats the kind's: ``Fuar`` and ``Fuarlar``, ``EU Alliance(s)``."""
    pairs = zip(kind, topic, strict=False)
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    return same >= 0.8 * len(kind)


def _body(view: NoticeView, texts: Texts, glossary: Glossary, room: int) -> list[Markup]:
    notice = view.notice
    lines: list[Markup] = []
    if notice.language == texts.language:
        if notice.summary and room > 80:
            lines.append(untrusted(shorten(notice.summary.strip(), min(room, SUMMARY_ROOM))))
        return lines
    lines += translation_lines(notice, texts)
    lines.append(texts(f"notice.original_in.{notice.language}"))
    terms = glossary.found_in(f"{notice.title} {notice.summary}", notice.language)[:4]
    if terms:
        pairs = "; ".join(f"{original} = {translated}" for original, translated in terms)
        lines.append(texts("notice.terms", terms=untrusted(pairs)))
    original = (notice.text or notice.summary).strip()
    if still_said(original, old_days(notice)):
        lines.append(texts("notice.corrected"))
    room -= sum(length(line) + 1 for line in lines)
    if original and room > 80:
        quoted = untrusted(shorten(original, min(room, ORIGINAL_ROOM)))
        lines.append(Markup("<blockquote expandable>{}</blockquote>").format(quoted))
    return lines


def _tail(view: NoticeView, texts: Texts, glossary: Glossary) -> list[Markup]:
    letter: list[Markup] = []
    if view.number:
        letter.append(texts("notice.number", number=untrusted(shorten(view.number, 60))))
    if view.chain:
        names = [glossary.name(name, texts.language) or name for name in view.chain[:5]]
        chain = " → ".join(shorten(name, 80) for name in names)
        letter.append(texts("notice.chain", chain=untrusted(chain)))
    lines = [Markup(" · ").join(letter)] if letter else []
    source = safe_url(view.source_url)
    if source:
        lines.append(
            texts("notice.source", source=link(untrusted(shorten(view.source_name or source, 80)), source))
        )
    lines.append(texts("notice.preferences"))
    return lines


def _link_lines(view: NoticeView, texts: Texts) -> list[Markup]:
    """Each link once, also one that was lost; where the notice comes from stands in the last lines anyway."""
    lines: list[Markup] = []
    for found in view.notice.links:
        if found.url and found.url == view.source_url:
            continue
        url = safe_url(found.url)
        if found.role in (LinkRole.APPLICATION, LinkRole.REGISTRATION):
            label = texts(f"label.link.{found.role.value}")
            if url:
                lines.append(texts("notice.fact", label=label, value=url))
            elif not found.url:
                lines.append(texts("notice.lost_link", label=label))
        elif url:
            label = texts(f"label.link.{found.role.value}")
            lines.append(texts("notice.fact", label=label, value=url))
    return list(dict.fromkeys(lines))


def _within(lines: list[Markup], room: int, texts: Texts) -> list[Markup]:
    """The lines that fit, in order, and how many did not: one endless line does not cost the others."""
    kept: list[Markup] = []
    for line in lines:
        if length(line) < room:
            room -= length(line) + 1
            kept.append(line)
    if len(kept) < len(lines):
        kept.append(texts.plural("notice.more_facts", len(lines) - len(kept)))
    return kept


def _keyboard(view: NoticeView, texts: Texts, token: str) -> Keyboard:
    rows: list[tuple[Button, ...]] = []
    found = application_link(view.notice)
    url = safe_url(found.url) if found else None
    if found and url:
        rows.append((Button(texts.plain(f"label.link.{found.role.value}"), url=url),))
    dated = any(deadline.date for deadline in view.notice.deadlines) or any(
        meeting.start_date for meeting in view.notice.meetings
    )
    second = [Button(texts.plain("notice.button.why"), data=f"wy:{token}:{view.notice_id}")]
    if dated:
        second.insert(0, Button(texts.plain("notice.button.remind"), data=f"rm:{token}:{view.notice_id}"))
    if view.file_id:
        rows.append((Button(texts.plain("notice.button.original"), data=f"dc:{token}:{view.notice_id}"),))
    rows.append(tuple(second))
    return tuple(rows)


def _speaks_of_assembly(notice: Notice) -> bool:
    text = f"{notice.title} {notice.text}".casefold()
    return "genel kurul" in text or "general assembly" in text

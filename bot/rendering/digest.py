"""The digest: notices that waited for a member, each with its date and a number that opens it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.domain.notice import Status
from bot.domain.outgoing import Button
from bot.rendering.catalog import Texts
from bot.rendering.kit import RenderingKit
from bot.rendering.markup import LIMIT, length, shorten, untrusted
from bot.rendering.messages import NoticeView, Rendered, deadline_label, meeting_label
from bot.rendering.when import deadline_words, long_date, meeting_words

MOST = 40
"""Notices listed in one digest; Telegram takes up to 100 buttons."""
WIDTH = 5


def digest_message(views: Sequence[NoticeView], kit: RenderingKit, language: str, now: datetime) -> Rendered:
    """One message of at most 4096 code points; what has no room is counted, and ``/duyurular`` shows it."""
    texts = kit.catalogs[language]
    today = now.astimezone(kit.association.zone).date()
    head = texts.plural("digest.head", len(views), date=long_date(today, language))
    tail = texts("digest.open")
    parts, numbers = [head], list[Button]()
    room = LIMIT - length(head) - length(tail) - 120
    for number, view in enumerate(views[:MOST], start=1):
        part = _entry(number, view, texts, kit)
        room -= length(part) + 2
        if room < 0:
            break
        parts.append(part)
        numbers.append(Button(str(number), data=f"nt:{view.notice_id}"))
    if len(numbers) < len(views):
        parts.append(texts.plural("digest.more", len(views) - len(numbers)))
    rows = tuple(tuple(numbers[start : start + WIDTH]) for start in range(0, len(numbers), WIDTH))
    return Rendered(Markup("\n\n").join([*parts, tail]), rows)


def _entry(number: int, view: NoticeView, texts: Texts, kit: RenderingKit) -> Markup:
    notice = view.notice
    title = untrusted(shorten(notice.title.strip(), 200))
    lines = [texts("digest.item", n=number, title=title)]
    if notice.status is not Status.NEW:
        lines.append(texts(f"status.{notice.status.value}"))
    dated = next((deadline for deadline in notice.deadlines if deadline.date), None)
    if dated is not None:
        when = deadline_words(dated, texts, kit.association)
        lines.append(texts("notice.fact", label=texts(deadline_label(notice.kind)), value=when))
    held = next((meeting for meeting in notice.meetings if meeting.start_date), None)
    if held is not None:
        when = meeting_words(held, texts, kit.association)
        lines.append(texts("notice.fact", label=texts(meeting_label(held, notice)), value=when))
    return Markup("\n").join(lines)

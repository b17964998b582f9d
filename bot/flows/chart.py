"""A sending as a picture: how far each item, or each language, has come."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.outgoing import SendPhoto
from bot.domain.permissions import Action
from bot.errors import Refused
from bot.flows import reports
from bot.flows.desk import Desk, Reply
from bot.rendering.report_chart import Bar, report_chart
from bot.rendering.when import instant_words
from bot.store import notices, outbox
from bot.store import reports as sendings

NAMES = ("sent", "open", "held", "blocked", "failed", "unknown", "skipped")


async def picture(desk: Desk, root_id: int, correction: int = 0) -> Reply:
    """The numbers of a sending as a PNG. Raises ``Refused`` when nothing was sent."""
    desk.require(Action.DOWNLOAD_REPORT)
    sending = await sendings.sending(desk.connection, root_id, correction)
    if not sending.broadcast_ids:
        raise Refused("There is no such sending.", key="report.none")
    report = await reports.report_of(desk.connection, sending)
    shown = (correction,) if correction else sending.broadcast_ids
    bars = await _items(desk, shown) if len(shown) > 1 else await _languages(desk, shown[0])
    content = report_chart(
        report, bars, instant_words(desk.now, desk.texts, desk.kit.association), desk.texts
    )
    name = desk.texts.plain("report.chart.file", number=root_id)
    return Reply((SendPhoto(desk.chat_id, content, name),))


async def _items(desk: Desk, broadcast_ids: tuple[int, ...]) -> list[Bar]:
    bars = []
    for number, broadcast_id in enumerate(broadcast_ids, start=1):
        found = await outbox.get_broadcast(desk.connection, broadcast_id)
        stored = await notices.get(desk.connection, found.notice_id) if found else None
        tally = await outbox.tally(desk.connection, broadcast_id)
        counts = {name: int(getattr(tally, name)) for name in NAMES}
        bars.append(Bar(f"{number}. {stored.facts.title if stored else '–'}", counts))
    return bars


async def _languages(desk: Desk, broadcast_id: int) -> list[Bar]:
    found = await sendings.by_language(desk.connection, broadcast_id)
    return [
        Bar(desk.texts.plain(f"label.language.{language}"), _counts(states))
        for language, states in found.items()
        if states
    ]


def _counts(states: Mapping[str, int]) -> dict[str, int]:
    """By the report's names: what is leased is still open."""
    counts = {name: states.get(name, 0) for name in NAMES}
    counts["open"] += states.get("queued", 0) + states.get("leased", 0)
    return counts

"""Notices after release, driven from the phones of staff: found in the list, changed, approved."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from bot.domain.notice import Deadline, Document, Kind, Link, LinkRole, Meeting, Notice
from bot.flows import broadcast
from bot.store import notices
from tests.town import APPROVER, AYSE, EDITOR, OLIVER, Json, Phone, Town, until

LATE = 601_009
CALL = Notice(
    title="Yatırım desteği çağrısı",
    kind=Kind.FUNDING,
    deadlines=(Deadline(date(2026, 12, 4), time=time(17), quote="4 Aralık 2026"),),
    links=(Link("https://ornek.example/basvuru", LinkRole.APPLICATION),),
    topics=("support",),
)
MEETING = Notice(
    title="SKDM toplantısı",
    kind=Kind.TRAINING,
    meetings=(Meeting(date(2026, 12, 10), time=time(14), place="Ankara", quote="10 Aralık 2026"),),
    topics=("support",),
)


async def sent(place: Town, facts: Notice = CALL) -> int:
    """A released notice that everybody concerned has."""
    now = place.clock.now()
    async with place.app.db.write() as connection:
        root = await notices.add_document(connection, Document("tr", "2026/1", None, (facts,)), now)
        await broadcast.release(connection, root, now, released_by=None, rendering=place.app.services.kit)
    place.app.dispatcher.wake()
    await place.idle()
    return root


async def begin(place: Town, change: str, title: str = CALL.title) -> Json:
    """The editor finds the notice in the list and taps what is to be done; the new draft."""
    editor = place.phone(EDITOR)
    listed = await editor.write("/yayinlananlar")
    shown = await editor.tap_and_read("lv:show", listed)
    assert title in shown["text"]
    before = len(editor.from_bot())
    await editor.tap(change, shown)
    return await editor.wait_for(before + 1)


async def enter(place: Town, field: str, words: str) -> Json:
    """The editor gives a field of the newest draft another wording; the draft as it stands then."""
    editor = place.phone(EDITOR)
    await place.idle()
    draft = next(one for one in reversed(editor.from_bot()) if editor.button("Düzenle", one))
    item = await editor.tap_and_read("Düzenle", draft)
    await editor.tap_and_read(field, item)
    await editor.write(words)
    await place.idle()
    return editor.from_bot()[-1]


async def hand_in(place: Town) -> Json:
    """Hand in the newest draft; what the approver is asked."""
    editor, approver = place.phone(EDITOR), place.phone(APPROVER)
    before = len(approver.from_bot())
    await editor.tap("Onaya gönder")
    return await approver.wait_for(before + 1)


async def approve(place: Town) -> None:
    asked = await hand_in(place)
    await place.phone(APPROVER).tap("Onayla ve gönder", asked)
    await place.idle()
    await place.idle()


async def move_to(place: Town, year: int, month: int, day: int, hour: int, minute: int = 0) -> None:
    """Move the clock to a moment in Istanbul, let the reminders look twice and everything be sent."""
    there = datetime(year, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=3)
    place.clock.advance(there - place.clock.now())
    for _ in range(2):
        await place.app.ticker.run_now("reminders")
        await place.idle()


def reminders(phone: Phone) -> list[str]:
    return [text for text in phone.texts() if text.startswith(("HATIRLATMA", "REMINDER"))]


async def result(phone: Phone, words: str) -> Json:
    """The message that tells the end of a sending, once it says ``words``; not the one that shows its way."""

    def told() -> list[Json]:
        found = [one for one in phone.from_bot() if words in (one.get("text") or "")]
        return [one for one in found if phone.button("Listeyi indir (CSV)", one)]

    await until(lambda: bool(told()), f"{words!r} in {phone.texts()}")
    return told()[-1]


async def both(place: Town) -> tuple[Phone, Phone]:
    return await place.subscribe(AYSE, "tr", "support"), await place.subscribe(OLIVER, "en", "support")


async def newcomer(place: Town) -> Phone:
    """Somebody who subscribes after the notice went out."""
    place.world.add_person(LATE, "Zeynep", "Ak", None, "tr")
    return await place.subscribe(LATE, "tr", "support")

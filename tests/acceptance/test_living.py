"""What happens after release, over HTTP: corrections in place, and changes sent as replies."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.domain.notice import Deadline, Document, Kind, Link, LinkRole, Meeting, Notice
from bot.flows import broadcast
from bot.rendering.catalog import load_catalogs
from bot.store import notices
from tests.town import APPROVER, AYSE, EDITOR, OLIVER, Json, Phone, Town, town

TR, EN = load_catalogs()["tr"], load_catalogs()["en"]
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


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as built:
        yield built


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


async def both(place: Town) -> tuple[Phone, Phone]:
    return await place.subscribe(AYSE, "tr", "support"), await place.subscribe(OLIVER, "en", "support")


async def newcomer(place: Town) -> Phone:
    """Somebody who subscribes after the notice went out."""
    place.world.add_person(LATE, "Zeynep", "Ak", None, "tr")
    return await place.subscribe(LATE, "tr", "support")


async def test_a_correction_edits_every_copy_in_its_language_and_moves_the_reminders(place: Town) -> None:
    ayse, oliver = await both(place)
    await sent(place)
    late = await newcomer(place)
    await ayse.tap_and_read("Bana hatırlat")
    draft = await begin(place, "Düzelt")
    assert TR("draft.amend.edit").striptags() in draft["text"]
    assert "2 abone" in draft["text"]
    await enter(place, "Son tarih", "11.12.2026 17.00")
    counts = len(ayse.from_bot()), len(oliver.from_bot())
    await approve(place)
    turkish = await ayse.wait_for_text("DÜZELTME")
    assert "11 Aralık 2026 Cuma, saat 17.00" in turkish["text"]
    assert "Önceki: 4 Aralık 2026 Cuma, saat 17.00" in turkish["text"]
    assert "Düzeltilen: Son tarih" in turkish["text"]
    assert "Hatırlatmalarınız güncellenmiştir." in turkish["text"]
    english = await oliver.wait_for_text("CORRECTION")
    assert "Previous: Friday, 4 December 2026, 17:00" in english["text"]
    assert (len(ayse.from_bot()), len(oliver.from_bot())) == counts
    assert late.texts() == []
    report = await place.phone(APPROVER).wait_for_text("Mesajı olan")
    assert "Mesajı olan: 2 · Düzeltildi: 2" in report["text"]
    await move_to(place, 2026, 12, 3, 10)
    await move_to(place, 2026, 12, 4, 10)
    # The week before the new day is the former day itself.
    assert len(reminders(ayse)) == 1
    assert reminders(oliver) == []
    await move_to(place, 2026, 12, 10, 10)
    assert "yarın, 11 Aralık 2026" in reminders(ayse)[-1]
    assert "Friday, 11 December 2026" in reminders(oliver)[-1]


async def test_what_cannot_be_edited_gets_a_new_message_and_who_blocked_is_listed(place: Town) -> None:
    ayse, oliver = await both(place)
    await sent(place)
    place.world.faults.add(
        kind="error",
        method="editMessageText",
        chat_id=AYSE,
        code=400,
        text="Bad Request: message can't be edited",
    )
    place.world.blocked.add(OLIVER)
    await begin(place, "Düzelt")
    await enter(place, "Başlık", "Yatırım desteği çağrısı (2027)")
    await approve(place)
    anew = await ayse.wait_for_text("DÜZELTME")
    assert anew["reply_to_message"]["message_id"] == ayse.from_bot()[0]["message_id"]
    assert len(ayse.from_bot()) == 2
    assert len(oliver.from_bot()) == 1
    report = await place.phone(APPROVER).wait_for_text("Mesajı olan")
    assert "Mesajı olan: 2 · Düzeltildi: 0 · Botu engelleyen: 1 · Düzeltilemedi: 1" in report["text"]
    assert "yeni mesaj gönderilen: 1" in report["text"]
    approver = place.phone(APPROVER)
    before = len(approver.from_bot())
    await approver.tap("Listeyi indir (CSV)", report)
    listed = await approver.wait_for(before + 1)
    content = place.world.file(listed["document"]["file_id"]).content.decode("utf-8-sig")
    assert "message can't be edited" in content
    place.world.faults.clear()
    await begin(place, "Düzelt", "Yatırım desteği çağrısı (2027)")
    await enter(place, "Başlık", "Yatırım desteği çağrısı (2028)")
    await approve(place)
    # The newest copy is the one that is corrected from now on.
    assert "(2028)" in (await ayse.wait_for_text("(2028)"))["text"]
    assert "(2028)" in ayse.from_bot()[1]["text"]
    assert len(ayse.from_bot()) == 2


@pytest.mark.parametrize(
    ("button", "field", "words", "heading", "english"),
    [
        ("Süreyi uzat", "Son tarih", "18.12.2026 17.00", "SÜRE UZATILDI", "DEADLINE EXTENDED"),
        ("Ertele", "Son tarih", "18.12.2026 17.00", "ERTELENDİ", "POSTPONED"),
        ("Güncelle", "Son tarih", "18.12.2026 17.00", "GÜNCELLEME", "UPDATE"),
    ],
)
async def test_a_change_goes_as_a_reply_to_those_who_got_the_first(
    place: Town, button: str, field: str, words: str, heading: str, english: str
) -> None:
    ayse, oliver = await both(place)
    await sent(place)
    late = await newcomer(place)
    await ayse.tap_and_read("Bana hatırlat")
    draft = await begin(place, button)
    assert TR("draft.amend.reply").striptags() in draft["text"]
    await enter(place, field, words)
    await approve(place)
    got = await ayse.wait_for_text(heading)
    assert got["reply_to_message"]["message_id"] == ayse.from_bot()[0]["message_id"]
    assert "18 Aralık 2026 Cuma, saat 17.00" in got["text"]
    assert "Önceki: 4 Aralık 2026 Cuma, saat 17.00" in got["text"]
    theirs = await oliver.wait_for_text(english)
    assert theirs["reply_to_message"]["message_id"] == oliver.from_bot()[0]["message_id"]
    assert late.texts() == []
    agenda = await ayse.write("/takvim")
    assert "18 Aralık" in agenda["text"]
    assert "4 Aralık" not in agenda["text"]
    await move_to(place, 2026, 12, 3, 10)
    assert reminders(ayse) == []
    await move_to(place, 2026, 12, 17, 10)
    assert len(reminders(ayse)) == len(reminders(oliver)) == 1
    assert "Friday, 18 December 2026" in reminders(oliver)[-1]


async def test_a_cancellation_ends_reminders_calendar_and_application(place: Town) -> None:
    ayse, oliver = await both(place)
    await sent(place)
    await ayse.tap_and_read("Bana hatırlat")
    assert "https://ornek.example/basvuru" in (await ayse.write("/basvuru"))["text"]
    await begin(place, "İptal et")
    await approve(place)
    got = await ayse.wait_for_text("İPTAL EDİLDİ")
    assert "Önceki: 4 Aralık 2026 Cuma, saat 17.00" in got["text"]
    assert "Bu duyuru için kurulan hatırlatmalar kaldırılmıştır." in got["text"]
    assert "https://ornek.example/basvuru" not in got["text"]
    assert (
        "Your reminders of this notice have been removed."
        in (await oliver.wait_for_text("CANCELLED"))["text"]
    )
    assert (await ayse.write("/takvim"))["text"] == TR("reminder.agenda_empty").unescape()
    assert "ornek.example/basvuru" not in (await ayse.write("/basvuru"))["text"]
    first = ayse.from_bot()[0]
    assert (await ayse.tap_and_read("Bana hatırlat", first))["text"] == TR("reminder.none").unescape()
    for day in (27, 30):
        await move_to(place, 2026, 11, day, 10)
    await move_to(place, 2026, 12, 3, 10)
    await move_to(place, 2026, 12, 4, 10)
    assert reminders(ayse) == reminders(oliver) == []


async def test_a_meeting_postponed_without_a_day_keeps_no_old_day(place: Town) -> None:
    ayse, _ = await both(place)
    await sent(place, MEETING)
    await ayse.tap_and_read("Bana hatırlat")
    await begin(place, "Ertele", MEETING.title)
    await approve(place)
    got = await ayse.wait_for_text("ERTELENDİ")
    assert "tarihi daha sonra duyurulacaktır" in got["text"]
    assert "Önceki: 10 Aralık 2026 Perşembe, saat 14.00" in got["text"]
    assert (await ayse.write("/takvim"))["text"] == TR("reminder.agenda_empty").unescape()
    await move_to(place, 2026, 12, 9, 10)
    await move_to(place, 2026, 12, 10, 13)
    assert reminders(ayse) == []
    await begin(place, "Güncelle", MEETING.title)
    await enter(place, "Toplantı", "16.12.2026 14.00, Ankara")
    await approve(place)
    got = await ayse.wait_for_text("GÜNCELLEME")
    assert "16 Aralık 2026 Çarşamba, saat 14.00" in got["text"]

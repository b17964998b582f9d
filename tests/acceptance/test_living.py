"""What happens after release, over HTTP: corrections in place, and changes sent as replies."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.rendering.catalog import load_catalogs
from tests.acceptance.living import (
    MEETING,
    approve,
    begin,
    both,
    enter,
    move_to,
    newcomer,
    reminders,
    result,
    sent,
)
from tests.town import APPROVER, AYSE, OLIVER, Town, town, until

TR, EN = load_catalogs()["tr"], load_catalogs()["en"]


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as built:
        yield built


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
    report = await result(place.phone(APPROVER), "Mesajı olan")
    assert "Mesajı olan: 2 · Düzeltildi: 2" in report["text"]
    approver = place.phone(APPROVER)
    await until(lambda: sum("Düzeltildi: 2" in one for one in approver.texts()) == 2, "the way and the end")
    assert not any("Alıcı: 0" in one for one in approver.texts())
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
    report = await result(place.phone(APPROVER), "Mesajı olan")
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
    assert "Son başvuru (iptal): 4 Aralık 2026 Cuma, saat 17.00" in got["text"]
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
    assert "Bu duyuru için kurulan hatırlatmalar kaldırılmıştır." in got["text"]
    assert (await ayse.write("/takvim"))["text"] == TR("reminder.agenda_empty").unescape()
    await move_to(place, 2026, 12, 9, 10)
    await move_to(place, 2026, 12, 10, 13)
    assert reminders(ayse) == []
    await begin(place, "Güncelle", MEETING.title)
    await enter(place, "Toplantı", "16.12.2026 14.00, Ankara")
    await approve(place)
    got = await ayse.wait_for_text("GÜNCELLEME")
    assert "16 Aralık 2026 Çarşamba, saat 14.00" in got["text"]

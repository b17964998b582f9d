"""A month of one notice on the sandbox's clock, in both languages: founded without a day, asked about,
answered, dated, reminded of, applied for, postponed, called off."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.rendering.catalog import load_catalogs
from tests.acceptance.living import LATE, approve, enter, move_to, reminders
from tests.town import APPROVER, AYSE, EDITOR, OLIVER, Json, Phone, Town, town

TR, EN = load_catalogs()["tr"], load_catalogs()["en"]
LETTERS = Path(__file__).parent.parent / "data" / "month"
FORM = "https://ec.europa.eu/eusurvey/runner/ornek-ittifak"
REGISTER = "https://ornek.example/genel-kurul-kayit"


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    names = {
        "alliance_name": "Kritik Kimyasallar İttifakı",
        "alliance_name_en": "Critical Chemicals Alliance",
    }
    async with town(tmp_path, association=names) as built:
        yield built


async def hand_over(place: Town, letter: str) -> Json:
    """The editor sends the letter as it came; its draft."""
    editor = place.phone(EDITOR)
    await editor.send_file(letter, (LETTERS / letter).read_bytes(), "text/plain")
    draft = await editor.wait_for_text("TASLAK")
    assert editor.from_bot()[-1] == draft
    return draft


async def change(place: Town, button: str) -> None:
    """The editor opens the newest released notice and taps what is to be done; waits for the draft."""
    editor = place.phone(EDITOR)
    listed = await editor.write("/yayinlananlar")
    shown = await editor.tap_and_read("lv:show", listed)
    before = len(editor.from_bot())
    await editor.tap(button, shown)
    await editor.wait_for(before + 1)
    await place.idle()


def with_words(phone: Phone, *words: str) -> list[str]:
    return [text for text in phone.texts() if all(word in text for word in words)]


async def test_from_founded_without_a_day_to_called_off(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "alliance")
    oliver = await place.subscribe(OLIVER, "en", "alliance")

    # Founded: no day for the assembly, and the application link was lost on the way.
    await hand_over(place, "ittifak-kuruldu.txt")
    await approve(place)
    founded = await ayse.wait_for_text("Kritik Kimyasallar İttifakı Kuruldu")
    assert "Genel Kurul: tarihi daha sonra duyurulacaktır." in founded["text"]
    assert "adresi henüz elimize ulaşmamıştır" in founded["text"]
    english = await oliver.wait_for_text("Kritik Kimyasallar İttifakı Kuruldu")
    assert "General Assembly: date to be announced." in english["text"]
    assert (await ayse.write("/takvim"))["text"] == TR("reminder.agenda_empty").unescape()

    # Asked for the link: nothing is invented; who asks twice is told once.
    asked = await oliver.write("Where can I apply to the Alliance?")
    assert "we do not have the application link yet" in asked["text"]
    await oliver.write("/apply alliance")

    # The link comes: who asked is told, once; the others find it.
    await move_to(place, 2026, 11, 26, 10)
    editor = place.phone(EDITOR)
    listed = await editor.write("/taslaklar")
    await editor.tap_and_read("sl:", listed)
    said = await editor.write(FORM)
    assert "1" in said["text"]
    told = await oliver.wait_for_text(FORM)
    await place.idle()
    assert len(with_words(oliver, FORM)) == 1
    assert with_words(ayse, FORM) == []
    assert FORM in (await ayse.write("/basvuru"))["text"]
    assert oliver.button("Application form", told) is not None

    # The assembly's day arrives in a circular of its own, with a deadline of its own.
    await move_to(place, 2026, 12, 1, 10)
    draft = await hand_over(place, "genel-kurul.txt")
    assert "Kritik Kimyasallar İttifakı Kuruldu" in draft["text"]
    await editor.tap_and_read("Doğru, ona ait", draft)
    await approve(place)
    dated = await ayse.wait_for_text("Birinci Genel Kurulu")
    assert "Genel Kurul: 21 Ocak 2027 Perşembe, saat 12.00 (Brüksel saatiyle 10.00)" in dated["text"]
    assert "Son başvuru: 8 Ocak 2027 Cuma, saat 17.00" in dated["text"]
    theirs = await oliver.wait_for_text("Birinci Genel Kurulu")
    assert "Thursday, 21 January 2027, 12:00" in theirs["text"]
    agenda = await oliver.write("/calendar")
    assert "8 January 2027" in agenda["text"]
    assert "21 January 2027" in agenda["text"]
    place.world.add_person(LATE, "Zeynep", "Ak", None, "tr")
    late = await place.subscribe(LATE, "tr", "alliance")

    # Reminded; one has applied and is left in peace from then on.
    await ayse.tap_and_read("Bana hatırlat", dated)
    await oliver.tap_and_read("Remind me", theirs)
    await move_to(place, 2027, 1, 4, 10)
    assert len(reminders(ayse)) == len(reminders(oliver)) == 1
    assert REGISTER in str(ayse.buttons(await ayse.wait_for_text("HATIRLATMA")))
    await ayse.tap_and_read("Başvurumuzu yaptık")

    # Postponed before the deadline: a reply to those who got it, in their language; reminders move.
    await change(place, "Ertele")
    await enter(place, "Toplantı", "11.02.2027 10.00 CET, Brüksel")
    await enter(place, "Son tarih", "29.01.2027 17.00")
    await approve(place)
    moved = await ayse.wait_for_text("ERTELENDİ")
    assert moved["reply_to_message"]["message_id"] == dated["message_id"]
    assert "11 Şubat 2027 Perşembe, saat 12.00" in moved["text"]
    assert "Önceki: 21 Ocak 2027 Perşembe, saat 12.00" in moved["text"]
    assert "Önceki: 8 Ocak 2027 Cuma, saat 17.00" in moved["text"]
    theirs = await oliver.wait_for_text("POSTPONED")
    assert "Previous: Thursday, 21 January 2027" in theirs["text"]
    assert with_words(late, "ERTELENDİ") == []
    agenda = await oliver.write("/calendar")
    assert "11 February 2027" in agenda["text"]
    assert "21 January 2027" not in agenda["text"]
    for day in (7, 8, 20, 21):
        await move_to(place, 2027, 1, day, 10)
    assert len(reminders(ayse)) == len(reminders(oliver)) == 1  # nothing of the former days
    await move_to(place, 2027, 1, 28, 10)
    assert len(reminders(oliver)) == 2
    assert "Friday, 29 January 2027, 17:00" in reminders(oliver)[-1]
    assert len(reminders(ayse)) == 1

    # Called off: reminders end, the calendar is empty, the application of the assembly is gone.
    await change(place, "İptal et")
    await approve(place)
    off = await ayse.wait_for_text("İPTAL EDİLDİ")
    assert off["reply_to_message"]["message_id"] == moved["message_id"]
    assert "Bu duyuru için kurulan hatırlatmalar kaldırılmıştır." in off["text"]
    assert (
        "Your reminders of this notice have been removed."
        in (await oliver.wait_for_text("CANCELLED"))["text"]
    )
    assert (await ayse.write("/takvim"))["text"] == TR("reminder.agenda_empty").unescape()
    assert (await oliver.write("/calendar"))["text"] == EN("reminder.agenda_empty").unescape()
    answer = await ayse.write("/basvuru")
    assert REGISTER not in answer["text"]
    assert FORM in answer["text"]  # the Alliance itself is open as before
    counts = len(reminders(ayse)), len(reminders(oliver))
    for month, day in ((1, 29), (2, 10), (2, 11)):
        await move_to(place, 2027, month, day, 10)
    assert (len(reminders(ayse)), len(reminders(oliver))) == counts
    result = await place.phone(APPROVER).wait_for_text("Gönderim tamamlandı")
    assert "Alıcı: 2 · Gönderildi: 2" in result["text"]

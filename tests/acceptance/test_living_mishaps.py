"""What goes wrong after release, over HTTP: one right effect and one clear sentence each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.domain.notice import Deadline, Link, LinkRole, Meeting
from bot.rendering.catalog import load_catalogs
from bot.store.tables import BroadcastState
from bot.store.tables import broadcast as sending
from tests.acceptance.living import (
    CALL,
    MEETING,
    approve,
    begin,
    both,
    enter,
    hand_in,
    move_to,
    reminders,
    result,
    sent,
)
from tests.town import APPROVER, AYSE, EDITOR, OLIVER, Town, town

TR = load_catalogs()["tr"]


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as built:
        yield built


async def purposes(place: Town) -> list[str]:
    async with place.app.db.read() as connection:
        return [
            row.purpose for row in await connection.execute(select(sending.c.purpose).order_by(sending.c.id))
        ]


async def test_two_people_at_one_correction_have_one_draft_and_the_later_tap_sees_it_as_it_is(
    place: Town,
) -> None:
    ayse, _ = await both(place)
    await sent(place)
    editor, approver = place.phone(EDITOR), place.phone(APPROVER)
    draft = await begin(place, "Düzelt")
    listed = await approver.write("/yayinlananlar")
    shown = await approver.tap_and_read("lv:show", listed)
    assert await approver.tap_and_hear("Düzelt", shown) == TR.plain("living.under_way")
    theirs = await approver.wait_for_text("Yerinde düzeltme")
    item = await approver.tap_and_read("Düzenle", theirs)
    await approver.tap_and_read("Başlık", item)
    await approver.write("Yatırım desteği çağrısı (düzeltilmiş)")
    await place.idle()
    assert await editor.tap_and_hear("Onaya gönder", draft) == TR.plain("draft.outdated")
    await place.idle()
    assert "(düzeltilmiş)" in (await editor.wait_for_text("Yerinde düzeltme"))["text"]
    await approve(place)
    assert "(düzeltilmiş)" in (await ayse.wait_for_text("DÜZELTME"))["text"]
    assert await purposes(place) == ["new", "correction:1", "correction:1:new"]


async def test_an_approver_who_has_the_role_no_more_releases_nothing(tmp_path: Path) -> None:
    async with town(tmp_path) as before:
        await both(before)
        await sent(before)
        await begin(before, "Düzelt")
        await enter(before, "Son tarih", "11.12.2026 17.00")
        asked = await hand_in(before)
        await before.idle()
    staff = {"editors": [EDITOR, APPROVER], "approvers": [603_001]}
    async with town(tmp_path, before.world, staff=staff) as place:
        said = await place.phone(APPROVER).tap_and_hear("Onayla ve gönder", asked)
        assert said == TR.plain("staff.not_allowed")
        await place.idle()
        assert await purposes(place) == ["new"]
        assert "4 Aralık 2026" in place.phone(AYSE).texts()[0]


async def test_a_double_tap_corrects_once(place: Town) -> None:
    ayse, _ = await both(place)
    await sent(place)
    await begin(place, "Düzelt")
    await enter(place, "Son tarih", "11.12.2026 17.00")
    asked = await hand_in(place)
    approver = place.phone(APPROVER)
    await approver.tap("Onayla ve gönder", asked)
    said = await approver.tap_and_hear("Onayla ve gönder", asked)
    assert said == TR.plain("draft.already_released")
    await ayse.wait_for_text("DÜZELTME")
    await place.idle()
    assert await purposes(place) == ["new", "correction:1", "correction:1:new"]


async def test_a_draft_that_changed_after_it_was_handed_in_is_not_released(place: Town) -> None:
    ayse, _ = await both(place)
    await sent(place)
    await begin(place, "Süreyi uzat")
    await enter(place, "Son tarih", "11.12.2026 17.00")
    asked = await hand_in(place)
    await place.idle()
    opened = await place.phone(EDITOR).tap_and_read("Taslağı aç")
    item = await place.phone(EDITOR).tap_and_read("Düzenle", opened)
    await place.phone(EDITOR).tap_and_read("Son tarih", item)
    await place.phone(EDITOR).write("18.12.2026 17.00")
    said = await place.phone(APPROVER).tap_and_hear("Onayla ve gönder", asked)
    assert said == TR.plain("draft.outdated")
    await place.idle()
    assert len([text for text in ayse.texts() if "SÜRE UZATILDI" in text]) == 0


@pytest.mark.parametrize("button", ["Düzelt", "Süreyi uzat"])
async def test_a_change_of_a_notice_that_has_changed_meanwhile_must_begin_again(
    place: Town, button: str
) -> None:
    await both(place)
    await sent(place, replace(CALL, links=(Link(None, LinkRole.APPLICATION, "form"),)))
    await begin(place, button)
    draft = await enter(place, "Son tarih", "11.12.2026 17.00")
    editor = place.phone(EDITOR)
    listed = await editor.write("/taslaklar")
    await editor.tap_and_read("sl:", listed)
    await editor.write("https://ornek.example/yeni")
    assert await editor.tap_and_hear("Onaya gönder", draft) == TR.plain("living.changed")


async def test_who_says_applied_under_an_old_reminder_is_not_reminded_of_the_new_day(place: Town) -> None:
    ayse, oliver = await both(place)
    await sent(place)
    await ayse.tap_and_read("Bana hatırlat")
    await move_to(place, 2026, 11, 27, 10)
    await begin(place, "Süreyi uzat")
    await enter(place, "Son tarih", "11.12.2026 17.00")
    await approve(place)
    await ayse.tap_and_read("Başvurumuzu yaptık")
    await move_to(place, 2026, 12, 10, 10)
    assert len(reminders(ayse)) == len(reminders(oliver)) == 1


async def test_who_asked_for_a_link_is_told_though_another_notice_took_the_place(place: Town) -> None:
    ayse, oliver = await both(place)
    await sent(place, replace(CALL, links=(Link(None, LinkRole.APPLICATION, "form"),)))
    await ayse.write("/basvuru yatırım")
    await begin(place, "Süreyi uzat")
    await enter(place, "Son tarih", "11.12.2026 17.00")
    await approve(place)
    editor = place.phone(EDITOR)
    listed = await editor.write("/taslaklar")
    await editor.tap_and_read("sl:", listed)
    await editor.write("https://ornek.example/yeni")
    await ayse.wait_for_text("https://ornek.example/yeni")
    await place.idle()
    assert not any("ornek.example/yeni" in text for text in oliver.texts())


async def test_who_stopped_in_between_is_left_alone_and_counted(place: Town) -> None:
    ayse, oliver = await both(place)
    await sent(place)
    await begin(place, "Düzelt")
    await enter(place, "Son tarih", "11.12.2026 17.00")
    asked = await hand_in(place)
    await oliver.write("/stop")
    await place.phone(APPROVER).tap("Onayla ve gönder", asked)
    await ayse.wait_for_text("DÜZELTME")
    report = await result(place.phone(APPROVER), "Mesajı olan")
    assert "Mesajı olan: 2 · Düzeltildi: 1" in report["text"]
    assert "aboneliğini durduran: 1" in report["text"]
    assert not any("CORRECTION" in text for text in oliver.texts())


async def test_a_deadline_moved_into_the_past_is_warned_of_and_reminds_nobody(place: Town) -> None:
    ayse, oliver = await both(place)
    await sent(place)
    await ayse.tap_and_read("Bana hatırlat")
    await begin(place, "Düzelt")
    await enter(place, "Son tarih", "20.11.2026 17.00")
    warned = [text for text in place.phone(EDITOR).texts() if text == TR("draft.past_warning").unescape()]
    assert len(warned) == 1
    await approve(place)
    got = await ayse.wait_for_text("DÜZELTME")
    assert "20 Kasım 2026 Cuma" in got["text"]
    assert (await ayse.write("/takvim"))["text"] == TR("reminder.agenda_empty").unescape()
    for day in (27, 30):
        await move_to(place, 2026, 11, day, 10)
    await move_to(place, 2026, 12, 3, 10)
    await move_to(place, 2026, 12, 4, 10)
    assert reminders(ayse) == reminders(oliver) == []


async def test_an_extension_to_an_earlier_day_and_a_change_of_nothing_are_refused(place: Town) -> None:
    await both(place)
    await sent(place)
    draft = await begin(place, "Süreyi uzat")
    editor = place.phone(EDITOR)
    assert await editor.tap_and_hear("Onaya gönder", draft) == TR.plain("living.not_later")
    earlier = await enter(place, "Son tarih", "01.12.2026 17.00")
    assert await editor.tap_and_hear("Onaya gönder", earlier) == TR.plain("living.not_later")
    asked = await editor.tap_and_read("Taslağı sil", earlier)
    await editor.tap_and_read("Evet, taslağı sil", asked)
    for button in ("Düzelt", "Güncelle"):
        same = await begin(place, button)
        assert await editor.tap_and_hear("Onaya gönder", same) == TR.plain("living.unchanged")
        asked = await editor.tap_and_read("Taslağı sil", same)
        await editor.tap_and_read("Evet, taslağı sil", asked)


async def test_a_cancelled_meeting_reminds_nobody_though_the_process_slept(place: Town) -> None:
    ayse, _ = await both(place)
    await sent(place, MEETING)
    await ayse.tap_and_read("Bana hatırlat")
    await begin(place, "İptal et", MEETING.title)
    await approve(place)
    await move_to(place, 2026, 12, 10, 13, 30)
    assert reminders(ayse) == []
    shown = await place.phone(EDITOR).write("/yayinlananlar")
    first = await place.phone(EDITOR).tap_and_read("lv:show:1", shown)
    # What was called off is found behind its first message too, and cannot be called off twice.
    assert "İPTAL EDİLDİ" in first["text"]
    assert "İptal et" not in place.phone(EDITOR).buttons(first)


async def test_a_brussels_hour_stays_one_when_summer_time_begins(place: Town) -> None:
    ayse, _ = await both(place)
    friday = Meeting(date(2027, 3, 26), time=time(10), time_zone="Europe/Brussels", quote="26 March 2027")
    await sent(place, replace(MEETING, meetings=(friday,)))
    await ayse.tap_and_read("Bana hatırlat")
    await begin(place, "Düzelt", MEETING.title)
    await enter(place, "Toplantı", "29.03.2027 10.00 CET")
    await approve(place)
    await ayse.wait_for_text("DÜZELTME")
    # Brussels is one hour behind Istanbul from 28 March 2027 on: 10.00 there is 11.00 here.
    await move_to(place, 2027, 3, 26, 10, 30)
    assert reminders(ayse) == []
    await move_to(place, 2027, 3, 28, 9, 31)
    assert len(reminders(ayse)) == 1
    await move_to(place, 2027, 3, 29, 8, 59)
    assert len(reminders(ayse)) == 1
    await move_to(place, 2027, 3, 29, 9, 1)
    assert len(reminders(ayse)) == 2


async def test_a_notice_half_sent_goes_on_corrected_and_only_copies_are_edited(place: Town) -> None:
    ayse, oliver = await both(place)
    place.world.faults.add(
        kind="error", method="sendMessage", chat_id=OLIVER, code=400, text="Bad Request: can't parse", times=1
    )
    await sent(place)
    assert oliver.texts() == []
    await begin(place, "Düzelt")
    await enter(place, "Son tarih", "11.12.2026 17.00")
    await approve(place)
    await ayse.wait_for_text("DÜZELTME")
    report = await result(place.phone(APPROVER), "Mesajı olan")
    assert "Mesajı olan: 1 · Düzeltildi: 1" in report["text"]
    async with place.app.db.write() as connection:
        await connection.execute(
            update(sending).where(sending.c.purpose == "new").values(state=BroadcastState.SENDING)
        )
    place.app.dispatcher.wake()
    got = await oliver.wait_for(1)
    await place.idle()
    assert "Friday, 11 December 2026, 17:00" in got["text"]
    assert "CORRECTION" not in got["text"]
    assert "4 December" not in got["text"]
    assert len(oliver.from_bot()) == 1


@pytest.mark.parametrize(("way", "answers_lost"), [("hold", 1), ("resend", 2)])
async def test_who_may_have_the_old_text_unconfirmed_gets_the_correction_as_a_message(
    tmp_path: Path, way: str, answers_lost: int
) -> None:
    async with town(tmp_path, delivery={"after_crash": way}) as place:
        ayse, oliver = await both(place)
        place.world.faults.add(kind="reset_after", method="sendMessage", chat_id=OLIVER, times=answers_lost)
        await sent(place)
        copies = len(oliver.from_bot())
        assert copies == answers_lost
        await _move_the_deadline(place)
        await ayse.wait_for_text("DÜZELTME")
        got = await oliver.wait_for_text("CORRECTION")
        assert "11 December 2026" in got["text"]
        assert len(oliver.from_bot()) == copies + 1
        report = await result(place.phone(APPROVER), "yeni mesaj gönderilen: 1")
        assert "Mesajı olan: 2 · Düzeltildi: 1" in report["text"]
        assert "Teyit edilemedi: 1" in report["text"]


async def test_a_copy_whose_answer_was_lost_is_found_and_corrected_in_its_place(place: Town) -> None:
    _, oliver = await both(place)
    place.world.faults.add(kind="reset_after", method="sendMessage", chat_id=OLIVER, times=1)
    await sent(place)
    await _move_the_deadline(place)
    await oliver.wait_for_text("CORRECTION")
    assert len(oliver.from_bot()) == 1
    report = await result(place.phone(APPROVER), "Mesajı olan")
    assert "Mesajı olan: 2 · Düzeltildi: 2" in report["text"]


async def _move_the_deadline(place: Town) -> None:
    await begin(place, "Düzelt")
    await enter(place, "Son tarih", "11.12.2026 17.00")
    await approve(place)


async def test_a_deadline_with_a_brussels_hour_is_extended_to_its_own_day(place: Town) -> None:
    ayse, _ = await both(place)
    day = Deadline(date(2027, 3, 26), time=time(23, 59), time_zone="Europe/Brussels", quote="26 March")
    await sent(place, replace(CALL, deadlines=(day,)))
    await begin(place, "Süreyi uzat")
    await enter(place, "Son tarih", "31.03.2027 23.59 CET")
    await approve(place)
    await ayse.wait_for_text("SÜRE UZATILDI")
    # 23.59 in Brussels in summer is 00.59 of the next day in Istanbul: reminded of on the day itself.
    await move_to(place, 2027, 3, 30, 10)
    assert reminders(ayse) == []
    await move_to(place, 2027, 3, 31, 9, 31)
    assert len(reminders(ayse)) == 1

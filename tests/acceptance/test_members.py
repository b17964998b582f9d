"""What a member does with the bot, over HTTP against the sandbox."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.domain.member import MemberState
from bot.rendering.catalog import load_catalogs
from bot.store.tables import answer, consent, dialogue, inbox, member, member_topic, metadata
from tests.town import AYSE, EDITOR, OLIVER, Town, town, until

TR, EN = load_catalogs()["tr"], load_catalogs()["en"]


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as built:
        yield built


async def count(place: Town, table: Any) -> int:
    async with place.app.db.read() as connection:
        return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


async def test_a_newcomer_subscribes_in_four_taps(place: Town) -> None:
    ayse = place.phone(AYSE)
    welcome = await ayse.write("/start")
    assert "Hoş geldiniz" in welcome["text"]
    assert await count(place, member) == 0  # nothing is kept before the consent
    notice = await ayse.tap_and_read("st:privacy")
    assert "6698" in notice["text"]
    choice = await ayse.tap_and_read("st:yes")
    assert "Aboneliğiniz başladı" in choice["text"]
    done = await ayse.tap_and_read("tp:start")
    assert "SKDM" in done["text"]
    assert "Fuar" not in done["text"]
    async with place.app.db.read() as connection:
        given = (await connection.execute(select(consent.c.text_version, consent.c.given))).one()
    assert given.text_version.startswith("tr-")
    assert given.given == 1
    assert [c["command"] for c in place.world.commands_for(AYSE, "tr")][:3] == [
        "duyurular",
        "takvim",
        "basvuru",
    ]


async def test_language_follows_telegram_and_can_be_chosen_before_consent(place: Town) -> None:
    oliver = place.phone(OLIVER)
    assert "Welcome" in (await oliver.write("/start"))["text"]
    assert "Hoş geldiniz" in (await oliver.tap_and_read("st:in:tr"))["text"]
    assert "You are subscribed" not in (await oliver.tap_and_read("st:yes"))["text"]
    assert "Türkçe" in (await oliver.write("/dil"))["reply_markup"]["inline_keyboard"][0][0]["text"]
    assert (await oliver.tap_and_read("lg:en"))["text"] == EN("member.language.set").unescape()
    await place.idle()
    assert place.world.commands_for(OLIVER, "en")[0]["command"] == "latest"


async def test_staff_who_are_no_subscribers_keep_the_language_they_choose(place: Town) -> None:
    editor = place.phone(EDITOR)
    await editor.write("/dil")
    assert (await editor.tap_and_read("lg:en"))["text"] == EN("member.language.set").unescape()
    assert (await editor.write("/drafts"))["text"] == EN("staff.drafts.none").unescape()


async def test_who_declines_leaves_nothing_but_the_inbox_row(place: Town) -> None:
    ayse = place.phone(AYSE)
    await ayse.write("/start")
    declined = await ayse.tap_and_read("st:no")
    assert declined["text"] == TR("member.start.declined").unescape()
    await place.idle()
    for table in (member, consent, member_topic, dialogue):
        assert await count(place, table) == 0
    async with place.app.db.read() as connection:
        bodies = (await connection.execute(select(inbox.c.body))).scalars().all()
    assert set(bodies) == {None}


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("/durdur", "member.stop.done"),
        ("/DURDUR", "member.stop.done"),
        ("durdur", "member.stop.done"),
        ("/unsubscribe", "member.stop.done"),
        ("/toplantılar", "reminder.agenda_empty"),
        ("/son_tarihler", None),
        ("toplantılar", "reminder.agenda_empty"),
        ("TAKVİM", "reminder.agenda_empty"),
        ("/başvuru", "apply"),
        ("başvuru linki nedir?", "apply"),
        ("basvuru formu nerede", "apply"),
        ("where do I apply?", "apply"),
        ("Başvuru", "apply"),
        ("/duyurular", "member.latest.none"),
        ("yeni bir şey var mı", "member.latest.none"),
        ("aboneliğimi iptal edin", "member.said.stop"),
        ("Beni listeden çıkarın lütfen", "member.said.stop"),
        ("bana artık mesaj göndermeyin", "member.said.stop"),
        ("unsubscribe me please", "member.said.stop"),
        ("Toplantı iptal mi?", "reminder.agenda_empty"),
        ("konularımı nasıl değiştirebilirim?", "member.topics.choose"),
        ("çok sık mesaj geliyor", "hours"),
        ("İNGİLİZCE", "member.language.choose"),
        ("Teşekkür ederiz.", "member.said.thanks"),
        ("Merhaba", "member.said.greeting"),
        ("Merhaba, başvuru linki nedir?", "apply"),
    ],
)
async def test_commands_in_any_letters_and_plain_questions(
    place: Town, written: str, key: str | None
) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    text = (await ayse.write(written))["text"]
    if key == "apply":
        assert "başvuru bağlantısı henüz elimize ulaşmamıştır" in text
    elif key == "hours":
        assert text.startswith("Duyurular ne sıklıkla iletilsin?")
    elif key is None:
        assert "Böyle bir komut yok" in text
    else:
        assert text == TR(key).unescape()


async def test_help_shows_staff_commands_to_staff_alone(place: Town) -> None:
    ayse, editor = place.phone(AYSE), place.phone(EDITOR)
    assert "/taslaklar" not in (await ayse.write("/yardım"))["text"]
    theirs = (await editor.write("/yardim"))["text"]
    assert "/taslaklar" in theirs
    assert "/yeni" in theirs
    assert "hazırlayan" in (await editor.write("/kimliğim"))["text"]
    await place.idle()
    assert "taslaklar" in [c["command"] for c in place.world.commands_for(EDITOR, "tr")]
    assert "taslaklar" not in [c["command"] for c in place.world.commands_for(AYSE, "tr")]


async def test_what_cannot_be_answered_gets_a_helpful_word(place: Town) -> None:
    ayse = place.phone(AYSE)
    assert "/yardim" in (await ayse.write("selam"))["text"]
    assert "Bunu mu demek istediniz: /yardim" in (await ayse.write("/yardm"))["text"]
    before = len(ayse.from_bot())
    place.world.person_sticker(AYSE, AYSE)
    assert "yalnızca yazılı" in (await ayse.wait_for(before + 1))["text"]


async def test_an_edited_message_is_told_to_be_written_anew_and_changes_nothing(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    await ayse.write("selam")
    before = len(ayse.from_bot())
    mine = next(one for one in ayse.messages() if one.get("text") == "selam")
    place.world.person_edit(AYSE, AYSE, mine["message_id"], "/durdur")
    assert (await ayse.wait_for(before + 1))["text"] == TR("member.edited").unescape()
    async with place.app.db.read() as connection:
        assert (await connection.execute(select(member.c.state))).scalar_one() == MemberState.ACTIVE


async def test_in_a_group_an_edit_and_a_greeting_are_left_alone(place: Town) -> None:
    group = -1_001_000_000_778
    place.world.add_group(group, "Grup", [AYSE])
    said = place.world.person_text(AYSE, group, "/basvuru")
    await until(
        lambda: any(m["from"].get("is_bot") for m in place.world.messages(group, AYSE)), "a word in the group"
    )
    place.world.person_edit(AYSE, group, said["message_id"], "/basvuru lütfen")
    place.world.person_text(AYSE, group, "merhaba")
    await place.idle()
    answers = [m for m in place.world.messages(group, AYSE) if m["from"].get("is_bot")]
    assert [m["text"] for m in answers] == [TR("member.private_only").unescape()]


async def test_forgotten_means_no_row_names_the_chat(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam", "alliance")
    await ayse.write("/başvuru")
    await ayse.write("/sil")
    assert "silinmiştir" in (await ayse.tap_and_read("fg:yes"))["text"]
    await place.idle()
    async with place.app.db.read() as connection:
        for table in metadata.sorted_tables:
            if table is answer:
                continue  # the last answer's row goes with the day's purge
            for row in await connection.execute(select(table)):
                assert AYSE not in tuple(row), table.name
    assert "Hoş geldiniz" in (await ayse.write("/start"))["text"]


async def test_a_stopped_member_comes_back_with_the_same_topics(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    await ayse.write("/durdur")
    assert "SKDM" in (await ayse.write("/devam"))["text"]


async def test_blocking_the_bot_stops_and_start_resumes(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    place.world.block(AYSE)
    for _ in range(100):
        async with place.app.db.read() as connection:
            state = (await connection.execute(select(member.c.state))).scalar_one()
        if state == MemberState.BLOCKED:
            break
        await asyncio.sleep(0.05)
    assert state == MemberState.BLOCKED
    place.world.unblock(AYSE)
    assert "yeniden başlatılmıştır" in (await ayse.write("/start"))["text"]


async def test_hostile_button_data_and_groups_do_no_harm(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    message = (await ayse.write("/konular"))["message_id"]
    for data in (
        "tp:t:../../etc",
        "zz",
        "st:yes:xx",
        "rm:aaaa:1",
        "rm:;DROP TABLE",
        "sd:1:1:release:0:",
        "mu:nope",
    ):
        place.world.person_tap(AYSE, AYSE, message, data)
    await place.idle()
    assert await count(place, member) == 1
    group = -1_001_000_000_777
    place.world.add_group(group, "Grup", [AYSE])
    place.world.person_text(AYSE, group, "başvuru linki nedir?")
    place.world.person_text(AYSE, group, "/basvuru")
    await until(
        lambda: any(m["from"].get("is_bot") for m in place.world.messages(group, AYSE)), "a word in the group"
    )
    said = [m["text"] for m in place.world.messages(group, AYSE) if m["from"].get("is_bot")]
    assert said == [TR("member.private_only").unescape()]


async def test_updates_of_a_chat_keep_their_order(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    before = len(ayse.from_bot())
    for text in ("/durdur", "/devam", "/durdur"):
        place.world.person_text(AYSE, AYSE, text)
    await ayse.wait_for(before + 3)
    told = [text.split(".")[0] for text in ayse.texts()[before:]]
    assert told == [
        "Bildirimler durdurulmuştur",
        "Bildirimler yeniden başlatılmıştır",
        "Bildirimler durdurulmuştur",
    ]


async def test_a_flood_is_told_once_and_harms_nobody_else(place: Town) -> None:
    for _ in range(90):
        place.world.person_text(OLIVER, OLIVER, "x")
    assert "Hoş geldiniz" in (await place.phone(AYSE).write("/start"))["text"]

    async def told() -> list[str]:
        async with place.app.db.read() as connection:
            waiting = (await connection.execute(select(inbox.c.update_id).where(inbox.c.state == 0))).first()
            bodies = (
                await connection.execute(select(answer.c.body).where(answer.c.chat_id == OLIVER))
            ).scalars()
            return [] if waiting else [body["text"] for body in bodies if body]

    for _ in range(100):
        texts = await told()
        if texts:
            break
        await asyncio.sleep(0.1)
    assert texts.count(EN("member.flood").unescape()) == 1
    assert len(texts) < 70

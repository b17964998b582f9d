from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, time
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.draft_tap import DraftTap
from bot.domain.notice import Document, Kind, Notice
from bot.errors import NotAllowed, Refused
from bot.flows import drafts, edits
from bot.store import dialogues, notices
from bot.store.tables import NoticeState, audit
from tests.integration.office import (
    ALLIANCE,
    APPROVER,
    CBAM,
    CIRCULAR,
    EDITOR,
    KIT,
    NOW,
    OTHER_APPROVER,
    VIEWER,
    Office,
    office,
    subscribe,
    taps,
    text_of,
)

ONE = Document("tr", "2026/1", None, (CBAM,))


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as built:
        async with built.db.write() as connection:
            await subscribe(connection, 1, "tr", ["cbam"])
            await subscribe(connection, 2, "en", ["cbam", "alliance"])
            await subscribe(connection, 3, "tr", ["reach_clp"])
        yield built


async def create(house: Office, document: Document = CIRCULAR) -> int:
    async with house.desk(EDITOR) as desk:
        await drafts.create(desk, document)
        return (await notices.drafts(desk.connection))[0].id


async def tap(house: Office, root_id: int, action: str, position: int = 0, argument: str = "") -> DraftTap:
    async with house.db.read() as connection:
        root = await notices.get(connection, root_id)
    assert root is not None
    return DraftTap(root_id, root.version, action, position, argument)


async def reply_to(house: Office, text: str) -> str:
    async with house.desk(EDITOR) as desk:
        dialogue = await dialogues.get(desk.connection, EDITOR, EDITOR)
        assert dialogue is not None
        return text_of(await edits.answer(desk, dialogue.data, text))


async def test_a_draft_shows_number_items_recipients_and_the_least_certain_fact_with_its_quote(
    house: Office,
) -> None:
    async with house.desk(EDITOR) as desk:
        reply = await drafts.create(desk, CIRCULAR)
    text = text_of(reply)
    assert "TASLAK – henüz gönderilmedi" in text
    assert "Sirküler No: 2026/377 · 3 konu" in text
    assert "3 abone" in text
    assert "Türkçe 2, İngilizce 1" in text
    assert "1. konu · <b>Son başvuru:</b> 30 Kasım 2026 Pazartesi" in text
    assert "Dayanak: «30 Kasım 2026 tarihine kadar»" in text
    assert "REACH kısıtlama önerisi &lt;b&gt;&amp;" in text
    assert {
        "Doğru",
        "Düzelt",
        "1. konu",
        "2. konu",
        "3. konu",
        "Önizle",
        "Acil",
        "Onaya gönder",
        "Taslağı sil",
    } == taps(reply).keys()


async def test_a_confirmed_fact_is_not_asked_again_and_the_next_question_follows(house: Office) -> None:
    root_id = await create(house)
    async with house.desk(EDITOR, message_id=5) as desk:
        reply = await edits.confirm(desk, await tap(house, root_id, "ok", 1, "dl0"))
    assert "Son başvuru" not in text_of(reply)
    assert "3. konu · başvuru bağlantısının adresi metinde yok" in text_of(reply)
    assert reply.answers[0].body()["message_id"] == 5


@pytest.mark.parametrize(
    ("words", "day", "hour"),
    [
        ("30.11.2026", date(2026, 11, 30), None),
        ("1 Aralık 2026 saat 17.00", date(2026, 12, 1), time(17)),
        ("1 Dec 2026 17:00", date(2026, 12, 1), time(17)),
    ],
)
async def test_a_wrong_deadline_is_corrected_by_a_reply_and_keeps_the_circulars_words(
    house: Office, words: str, day: date, hour: time | None
) -> None:
    root_id = await create(house, ONE)
    async with house.desk(EDITOR) as desk:
        asked = await edits.ask(desk, await tap(house, root_id, "edit", 0, "dl0"))
    assert "30 Kasım 2026 Pazartesi" in text_of(asked)
    await reply_to(house, words)
    async with house.db.read() as connection:
        stored = await notices.get(connection, root_id)
        assert stored is not None
        assert await dialogues.get(connection, EDITOR, EDITOR) is None
    deadline = stored.facts.deadlines[0]
    assert (deadline.date, deadline.time, deadline.quote) == (day, hour, "30 Kasım 2026 tarihine kadar")
    assert stored.version == 2


async def test_a_reply_that_is_no_date_is_refused_and_the_question_stays_open(house: Office) -> None:
    root_id = await create(house, ONE)
    async with house.desk(EDITOR) as desk:
        await edits.ask(desk, await tap(house, root_id, "edit", 0, "dl0"))
    with pytest.raises(Refused) as refused:
        await reply_to(house, "gelecek hafta")
    assert refused.value.key == "draft.bad_date"
    async with house.db.read() as connection:
        assert await dialogues.get(connection, EDITOR, EDITOR) is not None


async def test_none_removes_a_deadline_and_a_past_date_is_warned_of(house: Office) -> None:
    root_id = await create(house, ONE)
    async with house.desk(EDITOR) as desk:
        await edits.ask(desk, await tap(house, root_id, "edit", 0, "dl0"))
        reply = await edits.answer(
            desk, (await dialogues.get(desk.connection, EDITOR, EDITOR)).data, "1.10.2026"
        )
        assert "geçmişte" in str(reply.answers[0].body()["text"])
        await edits.ask(desk, DraftTap(root_id, 2, "edit", 0, "dl0"))
    await reply_to(house, "yok")
    async with house.db.read() as connection:
        stored = await notices.get(connection, root_id)
    assert stored is not None
    assert stored.facts.deadlines == ()


async def test_a_meeting_keeps_the_place_that_a_correction_does_not_name(house: Office) -> None:
    root_id = await create(house, ONE)
    async with house.desk(EDITOR) as desk:
        await edits.ask(desk, await tap(house, root_id, "edit", 0, "mt0"))
    await reply_to(house, "4 Aralık 2026 10.30, Ankara")
    async with house.desk(EDITOR) as desk:
        await edits.ask(desk, await tap(house, root_id, "edit", 0, "mt0"))
    await reply_to(house, "5.12.2026")
    async with house.db.read() as connection:
        stored = await notices.get(connection, root_id)
    assert stored is not None
    meeting = stored.facts.meetings[0]
    assert (meeting.start_date, meeting.time, meeting.place) == (date(2026, 12, 5), None, "Ankara")


@pytest.mark.parametrize(
    "address",
    [
        "http://form.example/x",
        "https://",
        "javascript:alert(1)",
        "https://a.example/ b",
        "https://u@a.example",
    ],
)
async def test_an_application_link_must_be_an_https_address(house: Office, address: str) -> None:
    root_id = await create(house)
    async with house.desk(EDITOR) as desk:
        await edits.ask(desk, await tap(house, root_id, "edit", 3, "link"))
    with pytest.raises(Refused) as refused:
        await reply_to(house, address)
    assert refused.value.key == "draft.bad_address"
    await reply_to(house, "https://form.example/basvuru")
    async with house.db.read() as connection:
        item = (await notices.children(connection, root_id))[2]
    assert [link.url for link in item.facts.links] == ["https://form.example/basvuru"]


async def test_topics_are_switched_by_button_and_the_count_follows(house: Office) -> None:
    root_id = await create(house)
    async with house.desk(EDITOR, message_id=5) as desk:
        reply = await edits.choose_topic(desk, await tap(house, root_id, "topic", 2, "cbam"))
        assert "3 abone" in text_of(reply)
        assert "✓ SKDM" in taps(reply)
        reply = await edits.choose_everyone(desk, taps(reply)["Bütün aboneler"])
        assert "✓ Bütün aboneler" in taps(reply)
        assert "✓ SKDM" not in taps(reply)


async def test_the_recipients_of_several_items_are_counted_once(house: Office) -> None:
    async with house.db.write() as connection:
        await subscribe(connection, 4, "tr", ["cbam", "reach_clp", "alliance"])
    root_id = await create(house)
    async with house.desk(EDITOR) as desk:
        assert (await drafts.load(desk, root_id)).sheet.recipients == {"tr": 3, "en": 1}


async def test_a_kind_that_concerns_everybody_brings_its_recipients_along(house: Office) -> None:
    root_id = await create(house, ONE)
    async with house.desk(EDITOR) as desk:
        reply = await edits.choose_kind(desk, await tap(house, root_id, "kind", 0, Kind.MEMBERSHIP.value))
    assert "3 abone" in text_of(reply)


async def test_an_item_left_out_is_neither_counted_nor_asked_about(house: Office) -> None:
    root_id = await create(house)
    async with house.desk(EDITOR) as desk:
        await edits.exclude(desk, await tap(house, root_id, "exclude", 1))
        text = text_of(await drafts.view(desk, root_id))
    assert "gönderilmeyecek" in text
    assert "30 Kasım" not in text
    assert "2 abone" in text


async def test_the_preview_is_the_message_in_each_language_with_the_count(house: Office) -> None:
    root_id = await create(house)
    async with house.desk(EDITOR) as desk:
        reply = await drafts.preview(desk, await tap(house, root_id, "preview", 1))
    turkish, english, note = (str(message.body()["text"]) for message in reply.answers)
    assert "Son başvuru:" in turkish
    assert "Apply by:" in english
    assert "Türkçe 1, İngilizce 1" in note
    assert "2. konu ›" in taps(reply)


async def test_a_tap_on_an_older_draft_changes_nothing(house: Office) -> None:
    root_id = await create(house)
    old = await tap(house, root_id, "exclude", 1)
    async with house.desk(EDITOR) as desk:
        await edits.exclude(desk, old)
        with pytest.raises(Refused) as refused:
            await edits.exclude(desk, old)
        assert refused.value.key == "draft.outdated"
        assert (await notices.children(desk.connection, root_id))[0].excluded


async def test_a_reply_to_a_draft_that_changed_meanwhile_changes_nothing(house: Office) -> None:
    root_id = await create(house, ONE)
    async with house.desk(EDITOR) as desk:
        await edits.ask(desk, await tap(house, root_id, "edit", 0, "title"))
    async with house.desk(APPROVER) as desk:
        await edits.choose_everyone(desk, await tap(house, root_id, "everyone"))
    with pytest.raises(Refused) as refused:
        await reply_to(house, "Yeni başlık")
    assert refused.value.key == "draft.outdated"


async def test_a_deleted_draft_is_gone_from_every_list(house: Office) -> None:
    root_id = await create(house)
    async with house.desk(EDITOR) as desk:
        reply = await edits.ask_delete(desk, await tap(house, root_id, "delete"))
        await edits.delete(desk, taps(reply)["Evet, taslağı sil"])
        assert await notices.drafts(desk.connection) == ()
        with pytest.raises(Refused):
            await drafts.view(desk, root_id)


async def test_a_viewer_sees_a_draft_without_buttons_that_change_it(house: Office) -> None:
    root_id = await create(house)
    async with house.desk(VIEWER) as desk:
        reply = await drafts.view(desk, root_id)
        assert taps(reply).keys() <= {"1. konu", "2. konu", "3. konu", "Önizle"}
        for change in (edits.exclude, edits.choose_everyone, edits.confirm, edits.ask, edits.delete):
            with pytest.raises(NotAllowed):
                await change(desk, await tap(house, root_id, "x", 1, "dl0"))


async def test_every_change_is_written_to_the_audit_log(house: Office) -> None:
    root_id = await create(house)
    async with house.desk(EDITOR) as desk:
        await edits.exclude(desk, await tap(house, root_id, "exclude", 2))
        rows = await desk.connection.execute(select(audit.c.user_id, audit.c.action, audit.c.object))
        assert [tuple(row) for row in rows] == [
            (EDITOR, "create_draft", f"notice:{root_id}"),
            (EDITOR, "edit_draft", f"notice:{root_id}"),
        ]


async def test_drafts_read_as_well_in_english(house: Office) -> None:
    root_id = await create(house)
    async with house.desk(OTHER_APPROVER) as desk:
        text = text_of(await drafts.view(desk, root_id))
    assert "DRAFT – not sent yet" in text
    assert "3 subscribers" in text
    assert "Based on" in text


async def test_monstrous_drafts_fit_into_a_message_and_their_buttons_into_64_bytes(house: Office) -> None:
    long = Notice(
        title="Ş" * 900,
        kind=Kind.TARIFF_QUOTA,
        summary="ı" * 5000,
        deadlines=CBAM.deadlines * 40,
        topics=tuple(KIT.topics.keys()),
    )
    root_id = await create(house, Document("tr", None, None, (long,) * 60, title="T" * 2000))
    async with house.desk(EDITOR) as desk:
        for reply in (
            await drafts.view(desk, root_id),
            await drafts.view_item(desk, await tap(house, root_id, "item", 60)),
        ):
            assert len(text_of(reply)) < 4600
            assert len(taps(reply)) <= 100


async def test_the_list_of_drafts_opens_each_and_names_its_state(house: Office) -> None:
    root_id = await create(house)
    async with house.desk(EDITOR) as desk:
        reply = await drafts.list_open(desk)
    assert "1. Kasım sirküleri – taslak" in text_of(reply)
    assert next(iter(taps(reply).values())) == DraftTap(root_id, 1, "view")


async def test_released_notices_without_their_link_are_listed_with_a_button(house: Office) -> None:
    root_id = await create(house, Document("tr", None, None, (ALLIANCE,)))
    async with house.desk(EDITOR) as desk:
        await notices.set_state(
            desk.connection, root_id, NoticeState.RELEASED, NOW, expected=notices.OPEN_STATES
        )
        body = (await drafts.list_open(desk)).answers[0].body()
    assert body["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == f"sl:{root_id}"

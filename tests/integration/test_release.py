from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.draft_tap import DraftTap
from bot.domain.notice import Document, Kind, Link, LinkRole, Notice
from bot.domain.permissions import Staff
from bot.errors import NotAllowed, Refused, SirkulerError
from bot.flows import broadcast as broadcasts
from bot.flows import drafts, edits, links, release, reports
from bot.store import dialogues, leases, link_requests, notices
from bot.store.tables import (
    BroadcastState,
    DeliveryState,
    NoticeState,
    answer,
    audit,
    broadcast,
    delivery,
    delivery_error,
    event,
    member,
    message,
    progress,
    reminder,
)
from tests.integration.office import (
    ALLIANCE,
    APPROVER,
    CBAM,
    CIRCULAR,
    EDITOR,
    KIT,
    NOW,
    OTHER_APPROVER,
    STAFF,
    STRANGER,
    VIEWER,
    Office,
    answers_to,
    office,
    subscribe,
    taps,
    text_of,
)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as built:
        async with built.db.write() as connection:
            await subscribe(connection, 1, "tr", ["cbam"])
            await subscribe(connection, 2, "en", ["cbam", "alliance", "reach_clp"])
            await subscribe(connection, 3, "tr", ["alliance"])
        yield built


async def submitted(house: Office, document: Document = CIRCULAR) -> DraftTap:
    """A circular the editor has handed in, as the approver's release button."""
    async with house.desk(EDITOR) as desk:
        reply = await drafts.create(desk, document)
        tap = taps(reply)["Onaya gönder"]
        await release.submit(desk, tap)
    return replace(tap, action="release")


async def count(house: Office, table: object) -> int:
    async with house.db.read() as connection:
        return (await connection.execute(select(func.count()).select_from(table))).scalar_one()


async def try_release(house: Office, user_id: int, tap: DraftTap) -> str | None:
    """None when it worked, else the error's key."""
    try:
        async with house.desk(user_id, message_id=9) as desk:
            await release.release(desk, tap)
    except SirkulerError as error:
        return error.key
    return None


async def test_every_approver_but_the_author_is_asked_each_in_their_language(house: Office) -> None:
    async with house.desk(APPROVER) as desk:
        reply = await drafts.create(desk, CIRCULAR)
        shown = await release.submit(desk, taps(reply)["Onaya gönder"])
        assert "Onaylayanlar: Ann Smith" in text_of(shown)
        assert await answers_to(desk.connection, APPROVER) == []
        (asked,) = await answers_to(desk.connection, OTHER_APPROVER)
    assert "Awaiting your approval:" in asked
    assert "Prepared by: Murat Şahin" in asked


async def test_a_released_circular_reaches_each_member_with_only_their_items_and_rings_once(
    house: Office,
) -> None:
    tap = await submitted(house)
    assert await try_release(house, APPROVER, tap) is None
    async with house.db.read() as connection:
        rows = await connection.execute(
            select(member.c.chat_id, broadcast.c.id, delivery.c.silent)
            .join(delivery, delivery.c.member_id == member.c.id)
            .join(broadcast, broadcast.c.id == delivery.c.broadcast_id)
            .order_by(member.c.chat_id, broadcast.c.id)
        )
        got = [tuple(row) for row in rows]
        assert got == [(1, 1, 0), (2, 1, 0), (2, 2, 1), (2, 3, 1), (3, 3, 0)]
        assert {item.state for item in await notices.children(connection, tap.root_id)} == {
            NoticeState.RELEASED
        }
        assert "Murat Şahin" in (await answers_to(connection, EDITOR))[-1]


async def test_the_sent_message_is_the_previewed_one_in_both_languages(house: Office) -> None:
    tap = await submitted(house)
    async with house.desk(APPROVER) as desk:
        preview = await drafts.preview(desk, replace(tap, action="preview", position=1))
    await try_release(house, APPROVER, tap)
    async with house.db.read() as connection:
        bodies = await connection.execute(
            select(message.c.body).where(message.c.broadcast_id == 1).order_by(message.c.language)
        )
        sent = [row.body["text"] for row in bodies]
    assert sent == [answer.body()["text"] for answer in preview.answers[:2]]


async def test_the_author_cannot_release_their_own_notice_and_learns_who_can(house: Office) -> None:
    async with house.desk(APPROVER) as desk:
        reply = await drafts.create(desk, CIRCULAR)
        await release.submit(desk, taps(reply)["Onaya gönder"])
        own = await drafts.view(desk, 1)
        assert "Onayla ve gönder" not in taps(own)
        with pytest.raises(Refused) as refused:
            await release.release(desk, DraftTap(1, 1, "release"))
    assert refused.value.key == "draft.own"
    assert refused.value.arguments == {"names": "Ann Smith"}
    assert await count(house, broadcast) == 0


async def test_who_edits_and_hands_in_a_colleagues_draft_cannot_release_it_either(house: Office) -> None:
    async with house.desk(EDITOR) as desk:
        await drafts.create(desk, CIRCULAR)
    async with house.desk(APPROVER) as desk:
        await edits.exclude(desk, DraftTap(1, 1, "exclude", 2))
        await release.submit(desk, DraftTap(1, 2, "submit"))
    assert await try_release(house, APPROVER, DraftTap(1, 2, "release")) == "draft.own"
    assert await try_release(house, OTHER_APPROVER, DraftTap(1, 2, "release")) is None


async def test_an_edit_after_submission_makes_the_approval_button_stale(house: Office) -> None:
    tap = await submitted(house)
    async with house.desk(EDITOR) as desk:
        await edits.choose_everyone(desk, replace(tap, action="everyone", position=1))
    assert await try_release(house, APPROVER, tap) == "draft.outdated"
    fresh = replace(tap, version=tap.version + 1)
    assert await try_release(house, APPROVER, fresh) == "draft.not_submitted"
    assert await count(house, broadcast) == 0


async def test_an_approver_may_confirm_a_fact_without_taking_the_draft_back(house: Office) -> None:
    tap = await submitted(house)
    async with house.desk(APPROVER) as desk:
        await edits.confirm(desk, replace(tap, action="ok", position=1, argument="dl0"))
    assert await try_release(house, APPROVER, tap) is None


async def test_two_approvers_at_once_and_a_double_tap_make_one_broadcast(house: Office) -> None:
    tap = await submitted(house, Document("tr", None, None, (CBAM,)))
    results = await asyncio.gather(
        *(try_release(house, user, tap) for user in (APPROVER, OTHER_APPROVER, APPROVER))
    )
    assert sorted(results, key=str) == sorted(
        [None, "draft.already_released", "draft.already_released"], key=str
    )
    assert await count(house, broadcast) == 1
    assert await count(house, delivery) == 2


@pytest.mark.parametrize("user_id", [EDITOR, VIEWER, STRANGER])
async def test_only_approvers_release_and_return(house: Office, user_id: int) -> None:
    tap = await submitted(house)
    async with house.desk(user_id) as desk:
        for decide in (release.release, release.ask_reason):
            with pytest.raises(NotAllowed):
                await decide(desk, tap)


async def test_a_return_tells_the_author_the_reason_and_the_draft_can_go_on(house: Office) -> None:
    tap = await submitted(house)
    async with house.desk(APPROVER) as desk:
        await release.ask_reason(desk, replace(tap, action="return"))
        dialogue = await dialogues.get(desk.connection, APPROVER, APPROVER)
        assert dialogue is not None
        await release.give_back(desk, dialogue.data, "Tarih <yanlış>")
        told = (await answers_to(desk.connection, EDITOR))[-1]
    assert "Tarih &lt;yanlış&gt;" in told
    assert await try_release(house, APPROVER, tap) == "draft.not_submitted"
    async with house.desk(EDITOR) as desk:
        reply = await drafts.view(desk, tap.root_id)
        assert "İADE EDİLDİ" in text_of(reply)
        await release.submit(desk, taps(reply)["Onaya gönder"])
        assert len(await answers_to(desk.connection, APPROVER)) == 2
    assert await try_release(house, APPROVER, tap) is None


async def test_an_item_without_topics_keeps_a_draft_from_being_handed_in(house: Office) -> None:
    document = Document("tr", None, None, (CBAM, Notice(title="Başka bir konu")))
    async with house.desk(EDITOR) as desk:
        reply = await drafts.create(desk, document)
        with pytest.raises(Refused) as refused:
            await release.submit(desk, taps(reply)["Onaya gönder"])
        assert (refused.value.key, refused.value.arguments) == ("draft.no_topic", {"n": 2})
        await edits.exclude(desk, DraftTap(1, 1, "exclude", 2))
        await release.submit(desk, DraftTap(1, 2, "submit"))


async def test_a_draft_nobody_would_get_is_not_handed_in(house: Office) -> None:
    async with house.desk(EDITOR) as desk:
        await desk.connection.execute(update(member).values(state=1))
        reply = await drafts.create(desk, CIRCULAR)
        with pytest.raises(Refused) as refused:
            await release.submit(desk, taps(reply)["Onaya gönder"])
    assert refused.value.key == "draft.nobody"


async def test_without_a_second_approver_the_sentence_says_what_is_missing(house: Office) -> None:
    alone = house.with_staff(Staff(approvers=frozenset({APPROVER})))
    async with alone.desk(APPROVER) as desk:
        reply = await drafts.create(desk, CIRCULAR)
        with pytest.raises(Refused) as refused:
            await release.submit(desk, taps(reply)["Onaya gönder"])
    assert refused.value.key == "draft.no_approver"


async def test_one_person_releases_alone_when_the_settings_say_so(house: Office) -> None:
    alone = house.with_staff(replace(STAFF, second_person=False))
    async with alone.desk(APPROVER) as desk:
        reply = await drafts.create(desk, CIRCULAR)
        await release.release(desk, taps(reply)["Onayla ve gönder"])
    assert await count(house, broadcast) == 3


async def test_a_release_writes_calendar_events_but_not_for_items_left_out(house: Office) -> None:
    async with house.desk(EDITOR) as desk:
        await drafts.create(desk, CIRCULAR)
        await edits.exclude(desk, DraftTap(1, 1, "exclude", 1))
        await release.submit(desk, DraftTap(1, 2, "submit"))
    await try_release(house, APPROVER, DraftTap(1, 2, "release"))
    assert await count(house, event) == 0
    tap = await submitted(house, Document("tr", None, None, (CBAM,)))
    await try_release(house, APPROVER, tap)
    assert await count(house, event) == 2
    assert await count(house, reminder) == 0


async def test_those_who_asked_for_a_link_are_told_once_when_staff_enter_it(house: Office) -> None:
    tap = await submitted(house, Document("tr", None, None, (ALLIANCE,)))
    await try_release(house, APPROVER, tap)
    async with house.db.write() as connection:
        asker = (await connection.execute(select(member.c.id).where(member.c.chat_id == 2))).scalar_one()
        assert await link_requests.ask(connection, asker, tap.root_id, NOW)
        assert not await link_requests.ask(connection, asker, tap.root_id, NOW)
        await link_requests.ask(connection, asker, None, NOW)
        address = "https://form.example/?a=1&b=2"
        told = await links.set_link(connection, tap.root_id, address, NOW, user_id=EDITOR, rendering=KIT)
        assert told == 1
        (text,) = await answers_to(connection, 2)
        assert "has arrived" in text
        assert "a=1&amp;b=2" in text
        with pytest.raises(Refused):
            await links.set_link(connection, tap.root_id, address, NOW, user_id=EDITOR, rendering=KIT)
        actions = await connection.execute(select(audit.c.action).where(audit.c.action == "set_link"))
        assert len(actions.all()) == 1


async def test_a_later_alliance_notice_with_the_link_answers_earlier_questions(house: Office) -> None:
    async with house.db.write() as connection:
        asker = (await connection.execute(select(member.c.id).where(member.c.chat_id == 3))).scalar_one()
        await link_requests.ask(connection, asker, None, NOW)
        known = replace(ALLIANCE, links=(Link("https://form.example", LinkRole.APPLICATION),))
        notice_id = await notices.add_document(connection, Document("tr", None, None, (known,)), NOW)
        await broadcasts.release(connection, notice_id, NOW, released_by=None, rendering=KIT)
        assert len(await answers_to(connection, 3)) == 1


async def test_a_source_notice_is_released_without_a_person_and_reported_to_nobody(house: Office) -> None:
    async with house.db.write() as connection:
        notice_id = await notices.add_document(connection, Document("tr", None, None, (CBAM,)), NOW)
        sent = await broadcasts.release(connection, notice_id, NOW, released_by=None, rendering=KIT)
        assert [entry.notice_id for entry in sent] == [notice_id]
        with pytest.raises(Refused):
            await broadcasts.release(connection, notice_id, NOW, released_by=None, rendering=KIT)
        await finish(connection)
        assert await reports.report_finished(connection, NOW, KIT, STAFF) == 0


async def finish(connection: object) -> None:
    """Every open delivery as sent, the first as failed, as a dispatcher would leave them."""
    await connection.execute(update(delivery).values(state=DeliveryState.SENT))  # type: ignore[attr-defined]
    await leases.finish(connection, NOW)  # type: ignore[arg-type]


async def test_the_result_is_told_once_to_author_and_approver_when_all_items_are_done(
    house: Office,
) -> None:
    tap = await submitted(house)
    await try_release(house, OTHER_APPROVER, tap)
    async with house.db.write() as connection:
        assert await reports.report_finished(connection, NOW, KIT, STAFF) == 0
        await connection.execute(
            update(broadcast).where(broadcast.c.id == 1).values(state=BroadcastState.FINISHED)
        )
        assert await reports.report_finished(connection, NOW, KIT, STAFF) == 0
        await finish(connection)
        assert await reports.report_finished(connection, NOW, KIT, STAFF) == 2
        assert await reports.report_finished(connection, NOW, KIT, STAFF) == 0
        assert "Alıcı: 5 · Gönderildi: 5" in (await answers_to(connection, EDITOR))[-1]
        assert "Recipients: 5 · Sent: 5" in (await answers_to(connection, OTHER_APPROVER))[-1]


async def test_who_released_reads_the_result_in_the_message_watched_or_later_in_one_that_rings(
    house: Office,
) -> None:
    for minutes, methods in ((4, ["editMessageText"]), (40, ["sendMessage", "editMessageText"])):
        tap = await submitted(house, Document("tr", None, None, (replace(CBAM, title=f"{minutes}"),)))
        await try_release(house, APPROVER, tap)
        later = NOW + timedelta(minutes=minutes)
        async with house.db.write() as connection:
            await finish(connection)
            before = await asked_of(connection, APPROVER)
            assert await reports.report_finished(connection, later, KIT, STAFF) == len(methods) + 1
            told = (await asked_of(connection, APPROVER))[len(before) :]
            assert [method for method, _ in told] == methods
            assert ["Gönderim tamamlandı:" in text for _, text in told] == [True, False][: len(told)]
            assert await connection.scalar(select(func.count()).select_from(progress)) == 0


async def asked_of(connection: AsyncConnection, chat_id: int) -> list[tuple[str, str]]:
    """Method and text of everything queued for a chat, oldest first."""
    rows = await connection.execute(select(answer).where(answer.c.chat_id == chat_id).order_by(answer.c.id))
    return [(row.method, row.body["text"]) for row in rows]


async def test_the_list_opens_in_a_turkish_spreadsheet_without_formulas(house: Office) -> None:
    tap = await submitted(house, Document("tr", None, None, (CBAM,)))
    await try_release(house, APPROVER, tap)
    async with house.desk(EDITOR) as desk:
        await desk.connection.execute(update(delivery).values(state=DeliveryState.FAILED))
        await desk.connection.execute(
            delivery_error.insert().values(
                broadcast_id=1, member_id=1, code=400, text='=HYPERLINK("http://x";"ş")', at=0
            )
        )
        await desk.connection.execute(update(member).where(member.c.id == 1).values(chat_id=-1001))
        reply = await reports.download(desk, tap.root_id)
    (file,) = reply.answers
    raw = file.content
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Konu", "Abone No", "Telegram No", "Dil", "Durum", "Telegram’ın yanıtı"]
    assert rows[1] == ["1", "1", "'-1001", "Türkçe", "Gönderilemedi", '\'=HYPERLINK("http://x";"ş")']
    assert len(rows) == 3


async def test_the_status_shows_subscribers_and_what_is_being_sent(house: Office) -> None:
    tap = await submitted(house)
    async with house.desk(VIEWER) as desk:
        assert "Henüz gönderim yapılmadı" in text_of(await reports.status(desk))
    await try_release(house, APPROVER, tap)
    async with house.desk(VIEWER) as desk:
        reply = await reports.status(desk)
        text = text_of(reply)
        assert "Abone: <b>3</b> (Türkçe 2, İngilizce 1)" in text
        assert "Gönderiliyor:" in text
        assert "Bekleyen: 5" in text
        assert "reply_markup" not in reply.answers[0].body()
        with pytest.raises(NotAllowed):
            await reports.download(desk, tap.root_id)


async def test_a_membership_fee_letter_goes_to_all_subscribers(house: Office) -> None:
    fee = Notice(title="2027 yılı üyelik aidatı", kind=Kind.MEMBERSHIP)
    tap = await submitted(house, Document("tr", None, None, (fee,)))
    await try_release(house, APPROVER, tap)
    assert await count(house, delivery) == 3

"""Messages whose arrival is not known, over real HTTP: looked for, found or sent again, and written down."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from sqlalchemy import func, select, update

from bot.clock import epoch
from bot.delivery.outcomes import Outcome, Rejected
from bot.delivery.policy import Absent, Undecided
from bot.delivery.reconcile import CRASH, NO_ANSWER, PROBES_MOST, Held, Numbering, Reconciler, Verdict
from bot.delivery.records import Records
from bot.domain.outgoing import Send
from bot.sandbox.world import World
from bot.store import answers, inbox, leases, outbox, suspects
from bot.store.db import TROUBLE
from bot.store.leases import Claim
from bot.store.suspects import Numbers
from bot.store.tables import AnswerState, InboxState, decision, numbering
from bot.store.tables import inbox as inbox_table
from tests.integration.post import Post, post, until


async def complete(office: Post, broadcast_id: int) -> bool:
    return broadcast_id in office.finished


async def decisions(office: Post) -> list[tuple[str, str]]:
    async with office.db.read() as connection:
        rows = await connection.execute(select(decision.c.cause, decision.c.decided).order_by(decision.c.id))
        return [(row[0], row[1]) for row in rows]


@pytest.mark.parametrize("kind", ["server_error", "garbage", "reset_after"])
async def test_a_message_that_arrived_without_an_answer_is_found_and_not_sent_again(
    tmp_path: Path, kind: str
) -> None:
    async with post(tmp_path) as office:
        chats = await office.members(40)
        for chat in chats[10:14]:
            office.world.faults.add(kind=kind, chat_id=chat, method="sendMessage")
        broadcast_id = await office.broadcast()
        async with office.sending(rate=100):
            await until(lambda: complete(office, broadcast_id))
        assert office.copies() == dict.fromkeys(chats, 1)
        assert (await office.tally(broadcast_id)).sent == 40
        assert await decisions(office) == [("no answer", "found")] * 4
        async with office.db.read() as connection:
            marked = await connection.execute(select(decision.c.telegram_message_id))
            known = {row.message_id for row in office.world.ledger.accepted if row.chat_id in chats[10:14]}
            assert set(marked.scalars()) == known


async def test_a_message_that_never_arrived_is_sent_again(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        chats = await office.members(40)
        office.world.faults.add(kind="reset_before", chat_id=chats[20], method="sendMessage", times=2)
        broadcast_id = await office.broadcast()
        async with office.sending(rate=100):
            await until(lambda: complete(office, broadcast_id), 60)
        assert office.copies() == dict.fromkeys(chats, 1)
        assert await decisions(office) == [("no answer", "absent")] * 2


async def test_the_last_messages_of_all_are_decided_without_any_later_number(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        chats = await office.members(6)
        for kind, chat in (("reset_after", chats[4]), ("reset_before", chats[5])):
            office.world.faults.add(kind=kind, chat_id=chat, method="sendMessage", times=1)
        broadcast_id = await office.broadcast()
        async with office.sending():
            await until(lambda: complete(office, broadcast_id), 60)
        assert office.copies() == dict.fromkeys(chats, 1)


async def test_answers_are_looked_for_and_keep_their_order(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        office.world.add_person(11, "Ayşe")
        office.world.faults.add(kind="server_error", chat_id=11, method="sendMessage", times=1)
        await office.answer(11, "bir", "iki")
        async with office.sending():
            await until(lambda: _all_sent(office))
        assert [row.text for row in office.world.ledger.accepted] == ["bir", "iki"]
        assert await decisions(office) == [("no answer", "found")]


async def _all_sent(office: Post) -> bool:
    return set(await office.answer_states()) == {AnswerState.SENT}


async def test_a_person_writing_in_between_does_not_confuse_the_search(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        people = [500 + n for n in range(5)]
        for number in people:
            office.world.add_person(number, f"Üye {number}")
        await office.subscribe(people)
        chats = await office.members(20)
        office.world.faults.add(kind="reset_before", chat_id=people[2], method="sendMessage", times=1)
        office.world.faults.add(kind="reset_after", chat_id=people[3], method="sendMessage", times=1)
        broadcast_id = await office.broadcast()
        async with office.sending(rate=20):
            await until(lambda: office.world.ledger.count() >= 5)
            for number in people:
                office.world.person_text(number, number, "Teşekkürler")
            await until(lambda: complete(office, broadcast_id), 60)
        assert office.copies() == dict.fromkeys([*people, *chats], 1)


@pytest.mark.parametrize(
    ("kind", "group"),
    [("group", -500_777), ("supergroup", -1_001_000_000_777), ("channel", -1_001_000_000_778)],
)
async def test_a_message_to_a_group_or_a_channel_is_looked_for_in_the_numbers_of_its_chat(
    tmp_path: Path, kind: str, group: int
) -> None:
    async with post(tmp_path) as office:
        office.world.add_person(501, "Ayşe")
        office.world.add_group(group, "Üyeler", [501], kind)
        office.world.chats[group].bot_status = "administrator"  # only those write in a channel
        await office.subscribe([group])
        await office.members(5)
        broadcasts = [await office.broadcast(text) for text in ("bir", "iki")]
        office.world.faults.add(kind="reset_after", chat_id=group, method="sendMessage", times=1)
        async with office.sending(settle=3.0):  # the second one is sent before the first is looked for
            await until(lambda: complete(office, broadcasts[0]), 60)
            await until(lambda: complete(office, broadcasts[1]), 60)
        assert office.copies()[group] == 2
        assert await decisions(office) == [("no answer", "found")]


async def test_a_question_that_hits_another_message_in_doubt_puts_its_buttons_back_and_both_come_once(
    tmp_path: Path,
) -> None:
    async with post(tmp_path) as office:
        office.world.add_person(501, "Ayşe")
        await office.subscribe([501])
        await office.members(5)
        first, second = await office.broadcast("bir"), await office.broadcast("iki")
        office.world.faults.add(kind="reset_before", chat_id=501, method="sendMessage", times=1)
        office.world.faults.add(kind="reset_after", chat_id=501, method="sendMessage", times=1)
        async with office.sending(settle=3.0):
            await until(lambda: complete(office, first), 60)
            await until(lambda: complete(office, second), 60)
        shown = {message["text"]: message for message in office.world.messages(501)}
        assert sorted(shown) == ["bir (tr)", "iki (tr)"]
        assert office.copies()[501] == 2
        for text, broadcast_id in (("bir (tr)", first), ("iki (tr)", second)):
            (row,) = shown[text]["reply_markup"]["inline_keyboard"]
            assert row[0]["callback_data"].startswith(f"wy:{await token_of(office, broadcast_id)}:")
        assert ("no answer", "foreign") in await decisions(office)
        assert sorted(await decisions(office), key=lambda one: one[1])[0] == ("no answer", "absent")
        async with office.db.read() as connection:
            query = select(decision.c.telegram_message_id).where(decision.c.decided == "foreign")
            assert (await connection.execute(query)).scalars().all() == [shown["iki (tr)"]["message_id"]]


async def test_a_question_that_hits_the_first_copy_of_what_was_sent_again_puts_its_buttons_back(
    tmp_path: Path,
) -> None:
    async with post(tmp_path) as office:
        office.world.add_person(501, "Ayşe")
        await office.subscribe([501])
        first = await office.broadcast("bir")
        async with office.db.write() as connection:  # as an earlier version leased it: nothing is known of it
            assert len(await leases.claim(connection, 5, office.clock.now(), 120, 1)) == 1
        token = await token_of(office, first)
        button = {"text": "?", "callback_data": f"wy:{token}:1"}
        arrived_unseen = {"text": "bir (tr)", "reply_markup": {"inline_keyboard": [[button]]}}
        office.world.new_message(501, arrived_unseen)
        async with office.sending():
            await until(lambda: complete(office, first), 60)
        second = await office.broadcast("iki")
        office.world.faults.add(kind="reset_before", chat_id=501, method="sendMessage", times=1)
        async with office.db.write() as connection:  # the number of the first copy lies in the range
            await connection.execute(update(numbering).values(floor=0))
            await leases.claim(connection, 7, office.clock.now(), 120, 1)
        async with office.sending(owner=8):
            await until(lambda: complete(office, second), 60)
        texts = [message["text"] for message in office.world.messages(501)]
        assert texts == ["bir (tr)", "bir (tr)", "iki (tr)"]
        for message in office.world.messages(501)[:2]:
            assert message["reply_markup"]["inline_keyboard"] == [[button]]
        assert ("crash", "foreign") in await decisions(office)


async def token_of(office: Post, broadcast_id: int) -> str:
    async with office.db.read() as connection:
        found = await outbox.get_broadcast(connection, broadcast_id)
    assert found is not None
    return found.token


async def test_what_people_wrote_before_and_after_is_no_place_of_a_lost_message_and_hides_none(
    tmp_path: Path,
) -> None:
    async with post(tmp_path) as office:
        for number in (501, 502):
            office.world.add_person(number, "Ayşe")
        await office.subscribe([501, 502])
        broadcast_id = await office.broadcast("bir")
        async with office.db.write() as connection:
            assert len(await leases.claim(connection, 5, office.clock.now(), 120, 2)) == 2
            await suspects.note_numbers(connection, 5, Numbers(0, 0, False, epoch(office.clock.now())))
        for _ in range(40):
            office.world.person_text(501, 501, "Merhaba")
        button = {"text": "?", "callback_data": f"wy:{await token_of(office, broadcast_id)}:1"}
        office.world.new_message(502, {"text": "bir (tr)", "reply_markup": {"inline_keyboard": [[button]]}})
        for _ in range(40):
            office.world.person_text(502, 502, "Merhaba")
        raw = [{"update_id": n, "message": m} for n, m in enumerate(office.world.messages(501), start=1)]
        raw += [
            {"update_id": 100 + n, "message": m}
            for n, m in enumerate(office.world.messages(502)[1:], start=1)
        ]
        async with office.db.write() as connection:
            assert await inbox.put(connection, raw, office.clock.now()) == 80
            await connection.execute(update(inbox_table).values(body=None, state=InboxState.DONE))
        async with office.sending():
            await until(lambda: complete(office, broadcast_id), 60)
        for number in (501, 502):
            ours = [one for one in office.world.messages(number) if one["from"].get("is_bot")]
            assert [message["text"] for message in ours] == ["bir (tr)"]
        assert sorted(await decisions(office)) == [("crash", "absent"), ("crash", "found")]
        async with office.db.read() as connection:
            assert (await connection.scalar(select(func.max(decision.c.probes))) or 0) <= 8


async def test_an_answer_that_two_processes_lost_is_looked_for_and_comes_twice_at_most(
    tmp_path: Path,
) -> None:
    async with post(tmp_path) as office:
        office.world.add_person(11, "Ayşe")
        office.world.add_person(12, "Oya")
        await office.subscribe([11, 12])
        async with office.db.write() as connection:
            for number, chat in enumerate((11, 12), start=1):
                said = [Send(chat, Markup("yanıt"))]
                await answers.add(connection, said, office.clock.now(), update_id=number)
        for owner in (5, 6):  # each leased both answers and died; the second one's arrived in one chat
            async with office.db.write() as connection:
                now = office.clock.now()
                await answers.repeat(connection, now, owner)
                assert len(await answers.claim(connection, owner, now, 120, 8)) == 2
                await suspects.note_numbers(connection, owner, Numbers(0, 0, False, epoch(now)))
        office.world.new_message(11, {"text": "yanıt"})
        async with office.sending():
            await until(lambda: _all_sent(office), 60)
        assert [len(office.world.messages(chat)) for chat in (11, 12)] == [1, 1]
        assert sorted(await decisions(office)) == [("crash", "absent"), ("crash", "found")]


async def test_with_another_numbering_it_falls_back_to_sending_again_once(tmp_path: Path) -> None:
    async with post(tmp_path, world=World(numbering="chat", strict=True)) as office:
        chats = await office.members(40)
        office.world.faults.add(kind="reset_after", chat_id=chats[20], method="sendMessage", times=1)
        office.world.faults.add(kind="reset_before", chat_id=chats[21], method="sendMessage", times=1)
        broadcast_id = await office.broadcast()
        async with office.sending(rate=100, in_flight=8):
            await until(lambda: complete(office, broadcast_id))
        assert office.copies() == {**dict.fromkeys(chats, 1), chats[20]: 2}
        assert await decisions(office) == [("no answer", "undecided")] * 2
        async with office.db.read() as connection:
            assert (await connection.execute(select(numbering.c.broken))).scalars().all() == [1]


async def test_hold_sends_nothing_again(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        chats = await office.members(10)
        office.world.faults.add(kind="reset_after", chat_id=chats[3], times=1)
        office.world.faults.add(kind="reset_before", chat_id=chats[4], times=1)
        broadcast_id = await office.broadcast()
        async with office.sending(after_crash="hold"):
            await until(lambda: complete(office, broadcast_id))
        tally = await office.tally(broadcast_id)
        assert (tally.sent, tally.unknown) == (8, 2)
        assert office.copies() == {chat: 1 for chat in chats if chat != chats[4]}


async def test_rows_lost_before_numbers_were_known_are_sent_again(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        chats = await office.members(10)
        broadcast_id = await office.broadcast()
        async with office.db.write() as connection:  # as an earlier version leased them
            assert len(await leases.claim(connection, 5, office.clock.now(), 120, 4)) == 4
        async with office.sending():
            await until(lambda: complete(office, broadcast_id))
        assert office.copies() == dict.fromkeys(chats, 1)
        assert await decisions(office) == [("crash", "undecided")] * 4


@pytest.mark.parametrize(("cause", "decided"), [(CRASH, Absent), (NO_ANSWER, Undecided)])
async def test_what_a_crash_left_counts_as_never_sent_when_it_has_none_of_many_likely_numbers(
    tmp_path: Path, cause: str, decided: type[Verdict]
) -> None:
    async def ask(_chat_id: int, _call: dict[str, Any]) -> Outcome:
        return Rejected(400, "Bad Request: message to edit not found", content=False)

    verdicts: list[Verdict] = []
    settled = asyncio.Event()

    def decide(_row: object, verdict: Verdict) -> None:
        verdicts.append(verdict)
        settled.set()

    async with post(tmp_path) as office:
        known = Numbering()
        known.last = 10 * PROBES_MOST  # none of which a row explains
        reconciler = Reconciler(known, ask, Records(office.db, 7), decide, settle=0.0)
        row = Claim(1, 1, 501, 1, 2, False)
        reconciler.add(Held(row, {"text": "duyuru"}, 0, 1, time.monotonic(), 0, cause))
        looking = asyncio.create_task(reconciler.run(TROUBLE))
        await asyncio.wait_for(settled.wait(), 60)
        looking.cancel()
    (verdict,) = verdicts
    assert isinstance(verdict, decided)
    assert verdict.probes == PROBES_MOST


async def test_probes_stay_within_the_rate(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        await office.members(60)
        office.world.faults.add(kind="reset_after", method="sendMessage", times=12)
        broadcast_id = await office.broadcast()
        async with office.sending(rate=20, in_flight=12):
            await until(lambda: complete(office, broadcast_id), 90)
        times = [entry["at"] for entry in office.world.log]
        assert any(entry["method"] == "editMessageReplyMarkup" for entry in office.world.log)
        for at in times:
            assert sum(at <= other < at + 1 for other in times) <= 21


async def test_a_stop_while_looking_leaves_the_rows_to_the_next_process(tmp_path: Path) -> None:
    async with post(tmp_path) as office:
        chats = await office.members(20)
        office.world.faults.add(kind="reset_after", chat_id=chats[5], method="sendMessage", times=1)
        broadcast_id = await office.broadcast()
        async with office.sending(settle=30.0):
            await until(lambda: office.world.ledger.count() == 20)
            await asyncio.sleep(0.2)
        assert (await office.tally(broadcast_id)).leased == 1
        async with office.sending(owner=8):
            await until(lambda: complete(office, broadcast_id))
        assert office.copies() == dict.fromkeys(chats, 1)
        assert await decisions(office) == [("crash", "found")]

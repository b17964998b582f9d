"""Who may do what, walked through over HTTP: every command and every button for every role.

Who may not gets one sentence, and no row of the store changes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.draft_tap import DraftTap, parse_draft_tap
from bot.domain.permissions import PERMISSIONS, Action, Role
from bot.rendering.catalog import load_catalogs
from bot.store.tables import member, message, metadata, notice
from handlers.commands import CALLBACKS, COMMANDS
from handlers.staff.drafts import TAPS
from tests.town import APPROVER, AYSE, EDITOR, Json, Phone, Town, town

VIEWER, ADMIN, SECOND_EDITOR, PASSER_BY = 602_003, 602_004, 602_005, 601_003
TR = load_catalogs()["tr"]
STRANGER, MEMBER = "stranger", "member"
PEOPLE: dict[str, int] = {
    STRANGER: PASSER_BY,
    MEMBER: AYSE,
    Role.VIEWER: VIEWER,
    Role.EDITOR: SECOND_EDITOR,
    Role.APPROVER: APPROVER,
    Role.ADMIN: ADMIN,
}
TEXT = "SKDM bilgilendirme toplantısı\nFirmalarımızın 30 Aralık 2026 tarihine kadar başvurması gerekmektedir."
UNMINDED = {"inbox", "answer", "meta", "staff_person", "numbering", "decision", "sender"}
MINDED = [table for table in metadata.sorted_tables if table.name not in UNMINDED]
"""What a refusal may not touch: all but the update itself, its answer and when staff were last seen."""


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    staff = {
        "viewers": [VIEWER],
        "editors": [EDITOR, SECOND_EDITOR],
        "approvers": [APPROVER],
        "admins": [ADMIN],
    }
    async with town(tmp_path, staff=staff) as built:
        for person in (VIEWER, ADMIN, SECOND_EDITOR, PASSER_BY):
            built.world.add_person(person, f"P{person}", "X", None, "tr")
        await built.subscribe(AYSE, "tr", "cbam")
        for person in PEOPLE.values():
            await built.phone(person).write("/yardim")
        await built.idle()
        yield built


async def rows(place: Town) -> dict[str, list[tuple[Any, ...]]]:
    async with place.app.db.read() as connection:
        return {
            table.name: [tuple(row) for row in await connection.execute(select(table))] for table in MINDED
        }


async def draft(place: Town) -> DraftTap:
    """The draft of an editor, as its buttons name it."""
    shown = await place.phone(EDITOR).write(f"/yeni {TEXT}")
    found = [parse_draft_tap(data) for data in Phone.buttons(shown).values()]
    tap = next(one for one in found if one is not None)
    await place.idle()
    return tap


def may(who: str, action: Action | None) -> bool:
    return action is None or (who in set(Role) and action in PERMISSIONS[Role(who)])


async def tapped(place: Town, person: int, *datas: str) -> list[str]:
    """Tap forged buttons under a person's own last message; what each tap was answered, in order."""
    queue = place.world.subscribe()
    try:
        under = place.phone(person).from_bot()[-1]["message_id"]
        asked = [place.world.person_tap(person, person, under, data) for data in datas]
        answers: dict[str, str] = {}
        while set(asked) - set(answers):
            event: Json = await asyncio.wait_for(queue.get(), 20)
            if event["type"] == "callback_answer":
                answers[event["callback_query_id"]] = event["text"]
        await place.idle()
        return [answers[query] for query in asked]
    finally:
        place.world.unsubscribe(queue)


@pytest.mark.parametrize("who", PEOPLE)
async def test_every_command_for_every_role(place: Town, who: str) -> None:
    phone = place.phone(PEOPLE[who])
    refusal = TR("staff.not_allowed").unescape()
    for command in COMMANDS:
        if command.key in ("stop", "resume"):
            continue  # their own tests; here they would change what follows
        before = await rows(place)
        answered = await phone.write("/" + command.names["tr"])
        said = answered.get("text") or answered.get("caption")
        if may(who, command.action):
            assert said != refusal, command.key
        else:
            assert said == refusal, command.key
            assert await rows(place) == before, command.key
    if who == STRANGER:
        async with place.app.db.read() as connection:
            chats = (await connection.execute(select(member.c.chat_id))).scalars().all()
        assert PEOPLE[who] not in chats


@pytest.mark.parametrize("who", PEOPLE)
async def test_no_button_under_a_draft_does_what_the_role_may_not(place: Town, who: str) -> None:
    tap = await draft(place)
    refused = [name for name, (action, _run) in TAPS.items() if not may(who, action)]
    argument = {"edit": "title", "topic": "cbam", "kind": "fair", "ok": "dl0"}
    datas = [DraftTap(tap.root_id, tap.version, name, 0, argument.get(name, "")).data() for name in refused]
    datas += [
        data
        for data, action in (
            (f"sr:{tap.root_id}:csv", Action.DOWNLOAD_REPORT),
            (f"sl:{tap.root_id}", Action.SET_LINK),
            ("sq:announce", Action.WRITE_DRAFT),
            ("sq:cancel", Action.WRITE_DRAFT),
        )
        if not may(who, action)
    ]
    before = await rows(place)
    seen = place.phone(PEOPLE[who]).texts()
    said = await tapped(place, PEOPLE[who], *datas) if datas else []
    assert set(said) <= {TR.plain("staff.not_allowed")}
    assert await rows(place) == before
    assert place.phone(PEOPLE[who]).texts() == seen
    assert bool(datas) == (who not in (Role.APPROVER, Role.ADMIN))


@pytest.mark.parametrize("who", PEOPLE)
async def test_forged_button_data_do_nothing_for_anybody(place: Town, who: str) -> None:
    tap = await draft(place)
    other = [DraftTap(tap.root_id + 999, tap.version, name).data() for name in TAPS]
    stale = [
        DraftTap(
            tap.root_id, tap.version + 7, name, 0, {"edit": "title", "topic": "cbam"}.get(name, "")
        ).data()
        for name in ("edit", "topic", "ok", "submit", "release", "delete")  # each shows the draft anew
    ]
    garbage = [f"{prefix}:" for prefix in CALLBACKS if prefix not in ("cal", "aq")]
    garbage += [f"{prefix}:9999999:{'9' * 12}" for prefix in CALLBACKS if prefix != "cal"]
    garbage += ["rm:AAAAAAAA:1", "wy:AAAAAAAA:1", "dc:AAAAAAAA:1", "nt:1", "mu:nothing", "tp:t:nothing", "x"]
    before = await rows(place)
    if who not in set(Role):
        stale = []  # all refused above; more taps in a minute than a member's flood limit lets through
    said = await tapped(place, PEOPLE[who], *other, *stale, *garbage)
    assert await rows(place) == before
    known = {TR.plain(key) for key in REFUSALS} | {""}
    assert set(said) <= known, set(said) - known


REFUSALS = (
    "staff.not_allowed",
    "draft.gone",
    "draft.outdated",
    "draft.link_known",
    "report.none",
    "member.button.old",
    "restored.not_paused",
    "living.gone",
    "member.flood",
    "member.start.needed",
    "staff.choice.gone",
    "staff.cancelled",
)


async def test_strangers_tap_nothing_that_is_for_members(place: Town) -> None:
    datas = [
        "tp:done",
        "tp:all",
        "tp:t:cbam",
        "rm:AAAAAAAA:1",
        "wy:AAAAAAAA:1",
        "ap:1",
        "mu:cbam",
        "mu:u:cbam",
    ]
    before = await rows(place)
    assert set(await tapped(place, PASSER_BY, *datas)) == {TR.plain("member.start.needed")}
    assert await rows(place) == before


async def test_the_author_releases_nothing_of_their_own_and_nobody_what_was_not_handed_in(
    place: Town,
) -> None:
    shown = await place.phone(APPROVER).write(f"/yeni {TEXT}")
    tap = next(t for t in map(parse_draft_tap, Phone.buttons(shown).values()) if t)
    release = DraftTap(tap.root_id, tap.version, "release").data()
    before = await rows(place)
    assert "başka bir yetkili" in (await tapped(place, APPROVER, release))[0]
    assert await tapped(place, ADMIN, release) == [TR.plain("draft.not_submitted")]
    after = await rows(place)
    assert after == before
    assert after[message.name] == []
    assert len(after[notice.name]) == 1


async def test_what_is_allowed_works_so_that_the_walk_above_proves_something(place: Town) -> None:
    tap = await draft(place)
    before = await rows(place)
    title = DraftTap(tap.root_id, tap.version, "everyone").data()
    await tapped(place, SECOND_EDITOR, title)
    after = await rows(place)
    assert after[notice.name] != before[notice.name]
    assert len(after["audit"]) == len(before["audit"]) + 1

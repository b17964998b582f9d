"""Corrections and changes after release on PostgreSQL, where several write at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acceptance.living import approve, begin, both, enter, sent
from tests.town import APPROVER, AYSE, Town, town


@pytest.fixture
async def place(tmp_path: Path, postgres_url: str) -> AsyncIterator[Town]:
    async with town(tmp_path, database={"url": postgres_url}) as built:
        yield built


async def test_a_correction_edits_or_sends_anew_and_a_cancellation_answers_the_newest_copy(
    place: Town,
) -> None:
    ayse, oliver = await both(place)
    await sent(place)
    place.world.faults.add(
        kind="error",
        method="editMessageText",
        chat_id=AYSE,
        code=400,
        text="Bad Request: message can't be edited",
        times=1,
    )
    await begin(place, "Düzelt")
    await enter(place, "Son tarih", "11.12.2026 17.00")
    await approve(place)
    assert "11 Aralık 2026 Cuma" in (await ayse.wait_for_text("DÜZELTME"))["text"]
    assert len(ayse.from_bot()) == 2
    assert "11 December 2026" in (await oliver.wait_for_text("CORRECTION"))["text"]
    assert len(oliver.from_bot()) == 1
    report = await place.phone(APPROVER).wait_for_text("Mesajı olan")
    assert "Mesajı olan: 2 · Düzeltildi: 1" in report["text"]
    await begin(place, "İptal et")
    await approve(place)
    off = await ayse.wait_for_text("İPTAL EDİLDİ")
    assert off["reply_to_message"]["message_id"] == ayse.from_bot()[1]["message_id"]
    theirs = await oliver.wait_for_text("CANCELLED")
    assert theirs["reply_to_message"]["message_id"] == oliver.from_bot()[0]["message_id"]

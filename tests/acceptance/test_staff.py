"""What staff hand in, over HTTP against the sandbox: every door, and every refusal in one sentence."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import func, select

from bot.rendering.catalog import load_catalogs
from bot.store.tables import notice
from tests.town import APPROVER, AYSE, EDITOR, OLIVER, Town, town

TR = load_catalogs()["tr"]
HOSTILE = 'SKDM <b>bildirim</b> & "rapor" <script> {x} %s'
ANNOUNCEMENT = f"""{HOSTILE}

Sınırda Karbon Düzenleme Mekanizması (SKDM) kapsamında bilgilendirme toplantısı 3 Aralık 2026 Perşembe günü
saat 14.00'te çevrim içi düzenlenecektir. Katılmak isteyen firmalarımızın 1 Aralık 2026 Salı günü saat
17.00'ye kadar https://ornek.example/kayit adresinden kayıt olmaları gerekmektedir."""


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as built:
        yield built


async def drafts(place: Town) -> int:
    async with place.app.db.read() as connection:
        return int((await connection.execute(select(func.count()).select_from(notice))).scalar_one())


def scanned() -> bytes:
    """A PDF of one picture and no text, as a scanner without recognition makes it."""
    out = io.BytesIO()
    Image.new("L", (300, 400), 200).save(out, format="PDF")
    return out.getvalue()


async def test_from_text_to_members_by_a_second_person(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    oliver = await place.subscribe(OLIVER, "en", "cbam")
    editor, approver = place.phone(EDITOR), place.phone(APPROVER)
    await editor.write(f"/yeni {ANNOUNCEMENT}")
    draft = await editor.wait_for_text("TASLAK")
    assert "2 abone" in draft["text"]
    submitted = await editor.tap_and_read("sd:1:1:submit")
    # Nobody but a person begins a conversation with a bot: the editor learns whom it could not reach yet.
    assert f"Bota henüz hiç yazmamış olanlar bu onayı göremez: {APPROVER}." in submitted["text"]
    asked = await approver.wait_for_text("Onayınızı bekleyen")
    await approver.tap_and_read("Onayla ve gönder", asked)
    turkish = await ayse.wait_for_text("SKDM")
    assert turkish["text"].startswith(HOSTILE)
    assert "1 Aralık 2026 Salı, saat 17.00" in turkish["text"]
    assert "https://ornek.example/kayit" in turkish["text"]
    english = await oliver.wait_for_text("The original is in Turkish.")
    assert english["text"].startswith(HOSTILE)
    assert "Tuesday, 1 December 2026, 17:00" in english["text"]
    result = await approver.wait_for_text("Gönderim tamamlandı:")
    assert "Alıcı: 2 · Gönderildi: 2" in result["text"]
    before = len(approver.from_bot())
    await approver.tap("Listeyi indir (CSV)", result)
    sent = await approver.wait_for(before + 1)
    assert sent["document"]["file_name"].endswith(".csv")
    await approver.tap("Grafik", result)
    picture = await approver.wait_for(before + 2)
    stored = place.world.files[picture["photo"][-1]["file_id"]]
    with Image.open(io.BytesIO(stored.content)) as image:
        assert image.format == "PNG"
        assert image.width == 1200


async def test_the_author_cannot_approve_even_when_an_approver(place: Town) -> None:
    await place.subscribe(AYSE, "tr", "cbam")
    approver = place.phone(APPROVER)
    await approver.write(f"/yeni {ANNOUNCEMENT}")
    await approver.wait_for_text("TASLAK")
    assert await approver.tap_and_hear("sd:1:1:submit") == TR.plain("draft.no_approver")
    place.world.person_tap(APPROVER, APPROVER, approver.from_bot()[-1]["message_id"], "sd:1:1:release:0:")
    await place.idle()
    async with place.app.db.read() as connection:
        assert (await connection.execute(select(notice.c.released_at))).scalar_one() is None


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("tarama.pdf", scanned(), "document.scan"),
        ("bos.txt", b"  \n ", "document.empty"),
        ("resim.png", b"\x89PNG", "staff.unreadable"),
        ("bozuk.pdf", b"%PDF-1.7 nothing", "document.unreadable"),
        ("buyuk.pdf", b"%PDF-1.7" + b"0" * (20_000_001), "staff.too_big"),
    ],
)
async def test_a_file_that_cannot_be_read_gets_one_sentence_and_stores_nothing(
    place: Town, name: str, content: bytes, key: str
) -> None:
    answer = await place.phone(EDITOR).send_file(name, content)
    assert answer["text"] == TR(key).unescape()
    assert "\n" not in answer["text"]
    assert await drafts(place) == 0


async def test_other_text_of_staff_asks_what_it_is(place: Town) -> None:
    editor = place.phone(EDITOR)
    asked = await editor.write("başvuru linki nedir?")
    assert set(editor.buttons(asked)) == {"Duyuru taslağı hazırla", "Soru olarak yanıtla"}
    answer = await editor.tap_and_read("Soru olarak yanıtla")
    assert "başvuru bağlantısı" in answer["text"]
    await editor.write(ANNOUNCEMENT)
    await editor.tap_and_read("Duyuru taslağı hazırla")
    await editor.wait_for_text("TASLAK")
    assert await drafts(place) == 1


async def test_a_forwarded_message_becomes_a_draft(place: Town) -> None:
    other = -1_001_000_000_500
    place.world.add_group(other, "Sirküler kanalı", [EDITOR])
    message = place.world.person_text(EDITOR, other, ANNOUNCEMENT)
    place.world.person_forward(EDITOR, EDITOR, other, message["message_id"])
    draft = await place.phone(EDITOR).wait_for_text("TASLAK")
    assert HOSTILE in draft["text"]


async def test_a_member_cannot_use_staff_commands_or_files(place: Town) -> None:
    ayse = await place.subscribe(AYSE, "tr", "cbam")
    for text in ("/yeni", "/taslaklar", "/durum", "/broadcast x"):
        assert (await ayse.write(text))["text"] == TR("staff.not_allowed").unescape()
    answer = await ayse.send_file("sirkuler.pdf", scanned())
    assert answer["text"] == TR("member.only_text").unescape()
    assert await drafts(place) == 0


async def test_nobody_concerned_is_said_before_it_is_sent(place: Town) -> None:
    editor = place.phone(EDITOR)
    await editor.write(f"/yeni {ANNOUNCEMENT}")
    draft = await editor.wait_for_text("TASLAK")
    assert "0 abone" in draft["text"]
    assert await editor.tap_and_hear("sd:1:1:submit") == TR.plain("draft.nobody")

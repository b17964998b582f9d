"""Files of any kind, through the child that reads them and through ``read``: facts, or one clear sentence."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import time
from pathlib import Path

import pytest

from bot.domain.notice import Deadline, Meeting
from bot.errors import DocumentError
from bot.sources.document import FILE_LIMIT, Limits, read_document
from bot.understanding.extract import understand
from tests.integration.papers import (
    bomb,
    encrypted_pdf,
    form_in_itself_pdf,
    looping_pdf,
    pdf,
    scanned_pdf,
    word,
)
from tests.unit.reading import topics
from tests.unit.test_understanding_circulars import facts

ROOT = Path(__file__).parents[2]
CIRCULARS = ROOT / "tests" / "data" / "circulars"
DEMO = ROOT / "bot" / "demo" / "data" / "ornek-sirkuler.pdf"
TEXT = "Sayın Üyemiz,\n\nGörüşlerinizin 15 Ocak 2027 tarihine kadar iletilmesi gerekmektedir. Şğıİçöü"
GERMAN = (
    "Sehr geehrte Damen und Herren,\n\nder Verband informiert hiermit über das neue Verfahren zur "
    "Anmeldung von "
    "Stoffen. Unternehmen müssen ihre Unterlagen rechtzeitig einreichen und sämtliche Angaben prüfen, "
    "bevor die "
    "Behörde eine Entscheidung trifft. Weitere Hinweise folgen mit dem nächsten Rundschreiben an alle "
    "Mitglieder "
    "des Verbandes sowie deren angeschlossene Betriebe.\n\nMit freundlichen Grüßen"
)


@pytest.mark.parametrize(
    ("data", "name", "key"),
    [
        (encrypted_pdf(pdf(["Gizli"])), "a.pdf", "document.encrypted"),
        (pdf(["Bir"] * 20)[:3000], "a.pdf", "document.unreadable"),
        (b"%PDF-1.7\n garbage", "a.pdf", "document.unreadable"),
        (scanned_pdf(), "tarama.pdf", "document.scan"),
        (pdf([""]), "bos.pdf", "document.empty"),
        (b"", "a.txt", "document.empty"),
        (b" \n\t ", "a.txt", "document.empty"),
        (b"x" * (FILE_LIMIT + 1), "a.txt", "document.too_large"),
        (bomb(), "a.docx", "document.bomb"),
        (word(TEXT)[:900], "a.docx", "document.unreadable"),
        (b"PK\x03\x04" + bytes(400), "a.docx", "document.unreadable"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "foto.pdf", "document.unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "eski.doc", "document.unreadable"),
        (bytes(range(32)) * 100, "a.txt", "document.unreadable"),
        (looping_pdf(), "dongu.pdf", "document.empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_an_unreadable_file_is_refused_in_one_sentence(data: bytes, name: str, key: str) -> None:
    with pytest.raises(DocumentError) as refused:
        await read_document(data, name)
    assert refused.value.key == key
    assert refused.value.sentence.endswith(".")
    assert "Traceback" not in refused.value.sentence


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TEXT.encode(), "a.txt"),
        (TEXT.encode("utf-8-sig"), "a.txt"),
        (TEXT.encode("windows-1254"), "a.txt"),
        (TEXT.encode("utf-16"), "a.txt"),
        (TEXT.replace("\n\n", "\r\n\r\n").encode(), "a.txt"),
        (TEXT.replace("Sayın", "\0Sayın\0").encode(), "a.txt"),
        (TEXT.replace("Üyemiz,", 'Üyemiz, "tırnağı “kapanmayan «söz (ve ayraç').encode(), "a.txt"),
        (TEXT.encode(), "yanlis.pdf"),
        (word(TEXT), "a.docx"),
        (word(TEXT), "yanlis.txt"),
        (f"<html><body><p>{TEXT}</p><script>x</script></body></html>".encode(), "a.html"),
    ],
)
async def test_a_file_is_read_by_its_content_in_any_encoding(data: bytes, name: str) -> None:
    raw = await read_document(data, name)
    document = understand(raw, topics=topics())
    assert [str(one.date) for one in document.notices[0].deadlines] == ["2027-01-15"]
    assert "Şğıİçöü" in document.notices[0].text


async def test_a_pdf_that_draws_itself_ends_in_time_with_what_stands_on_its_page() -> None:
    started = time.monotonic()
    lines = (await read_document(form_in_itself_pdf(), "kendisi.pdf")).lines
    assert "Metin" in "\n".join(lines)
    assert time.monotonic() - started < 20


async def test_a_text_in_two_encodings_keeps_its_facts() -> None:
    mixed = TEXT.encode() + b"\n\n" + "Şükrü Ağaoğlu, Genel Sekreter".encode("windows-1254")
    document = understand(await read_document(mixed, "karisik.txt"), topics=topics())
    assert [str(one.date) for one in document.notices[0].deadlines] == ["2027-01-15"]


async def test_a_file_of_two_hundred_megabytes_is_refused_unread(tmp_path: Path) -> None:
    huge = tmp_path / "dev.txt"
    with huge.open("wb") as file:
        file.truncate(200 << 20)
    code, out, _ = await _read(huge)
    assert code == 1
    assert json.loads(out)["error"] == "The file is larger than 20 MB."


async def test_read_takes_the_entries_of_a_json_list_and_says_what_holds_none(tmp_path: Path) -> None:
    listed = tmp_path / "liste.json"
    rows = [
        {"baslik": "Fuar başvurusu", "tarih": "19.08.2026", "link": "https://x.example/1",
         "snippet": "Başvurular 4 Eylül'e kadar yapılabilir."},
        {"baslik": "Seminer", "tarih": "03.08.2026", "link": "/2", "snippet": ""},
    ]  # fmt: skip
    listed.write_text(json.dumps({"duyurular": {"items": rows}}, ensure_ascii=False), encoding="utf-8")
    empty, broken = tmp_path / "bos.json", tmp_path / "bozuk.json"
    empty.write_text('{"a": [1, 2]}', encoding="utf-8")
    broken.write_text('{"a": ' + "[" * 100_000, encoding="utf-8")
    code, out, _ = await _read(listed, empty, broken)
    first, second, third = (json.loads(line) for line in out.splitlines())
    assert code == 1
    assert [notice["title"] for notice in first["notices"]] == ["Fuar başvurusu", "Seminer"]
    assert first["notices"][0]["deadlines"][0]["date"] == "2026-09-04"
    assert first["notices"][0]["links"][0]["url"] == "https://x.example/1"
    assert first["notices"][1]["links"] == []
    assert second["error"] == "This is JSON without any announcement that has a title."
    assert third["error"] == "The file begins like JSON but cannot be read as such."


async def test_a_pdf_of_two_thousand_pages_is_read_in_part_and_says_so() -> None:
    data = pdf([f"Sayfa {number} icin duyuru metni" for number in range(2000)])
    raw = await read_document(data, "uzun.pdf", Limits(pages=40))
    assert raw.partial
    assert understand(raw, topics=topics()).partial


async def test_a_file_that_takes_too_long_is_given_up_and_the_reader_lives_on() -> None:
    data = pdf([f"Sayfa {number}" for number in range(300)])
    with pytest.raises(DocumentError) as refused:
        await read_document(data, "yavas.pdf", Limits(seconds=0.05))
    assert refused.value.key == "document.too_slow"
    assert (await read_document(TEXT.encode(), "a.txt")).lines


async def test_a_third_language_is_read_honestly_as_partial() -> None:
    document = understand(await read_document(GERMAN.encode(), "brief.txt"), topics=topics())
    assert document.partial
    assert document.notices[0].deadlines == ()


async def test_a_word_file_gives_the_facts_of_its_text_and_the_addresses_behind_words() -> None:
    text = (CIRCULARS / "gorus-talebi.txt").read_text(encoding="utf-8")
    expected = json.loads((CIRCULARS / "gorus-talebi.json").read_text(encoding="utf-8"))
    data = word(text, {"Başvuru formu": "https://form.example/gorus"})
    document = understand(await read_document(data, "a.docx"), topics=topics())
    (notice,) = document.notices
    assert {**facts(notice), "links": []} == expected["notices"][0]
    assert [(link.url, link.label) for link in notice.links] == [
        ("https://form.example/gorus", "Başvuru formu")
    ]


async def test_the_sample_circular_of_the_demo_leaves_one_fact_to_check() -> None:
    document = understand(await read_document(DEMO.read_bytes(), DEMO.name), topics=topics())
    assert (document.number, str(document.date)) == ("2026/418", "2026-11-24")
    assert document.chain == ("Ticaret Bakanlığı", "Türkiye İhracatçılar Meclisi")
    kinds = [notice.kind.value for notice in document.notices]
    assert kinds == ["alliance", "trade_defence", "consultation", "training", "fair"]
    last_days = [[str(one.date) for one in notice.deadlines] for notice in document.notices]
    assert last_days == [["2026-12-04"], ["2026-12-11"], ["2026-11-30"], [], ["2026-12-18"]]
    events = [[str(one.start_date) for one in notice.meetings] for notice in document.notices]
    assert events == [["2026-12-15"], [], [], ["2026-12-02"], ["2027-03-09"]]
    found: list[tuple[int, Deadline | Meeting]] = []
    for number, notice in enumerate(document.notices, 1):
        found += [(number, one) for one in notice.deadlines]
        found += [(number, one) for one in notice.meetings]
    doubtful = [(number, fact.quote) for number, fact in found if fact.confidence < 0.6]
    assert doubtful == [(3, "30 Kasım 2026 Cuma gününe kadar")]


async def _read(*files: Path) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "read", *map(str, files), "--json",
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await asyncio.wait_for(process.communicate(), 120)
    return process.returncode or 0, out.decode(), err.decode()


async def test_read_prints_one_object_a_line_in_order_and_fails_only_the_failing(tmp_path: Path) -> None:
    broken = tmp_path / "bozuk.pdf"
    broken.write_bytes(b"%PDF-1.7\n garbage")
    code, out, _ = await _read(CIRCULARS / "alliance-notice.txt", broken, tmp_path / "yok.txt", DEMO)
    first, second, third, last = (json.loads(line) for line in out.splitlines())
    assert code == 1
    assert set(second) == set(third) == {"file", "error"}
    assert second["error"].count(".") == 1 or second["error"].endswith(".")
    assert len(last["notices"]) == 5
    assert set(first["document"]) >= {"language", "number", "date"}
    (notice,) = first["notices"]
    assert set(notice) >= {
        "title", "kind", "status", "countries", "hs_codes", "deadlines", "meetings", "links", "emails",
    }  # fmt: skip
    assert notice["deadlines"][0]["date"] == "2026-12-18"
    assert set(notice["deadlines"][0]) >= {"date", "time", "relative", "quote"}
    assert set(notice["meetings"][0]) >= {
        "start_date", "end_date", "time", "time_zone", "place", "online", "quote",
    }  # fmt: skip
    assert notice["meetings"][0]["time_zone"] == "Europe/Brussels"
    assert notice["links"][0] == {
        "url": "https://ec.europa.eu/eusurvey/runner/example-polymers-2027",
        "role": "application",
        "label": "Apply here",
    }


async def test_read_ends_well_when_every_file_is_understood() -> None:
    code, out, err = await _read(CIRCULARS / "genel-sirkuler.txt")
    assert (code, err) == (0, "")
    assert len(json.loads(out)["notices"]) == 8


async def test_a_person_sees_the_words_that_a_fact_rests_on_in_their_paragraph(tmp_path: Path) -> None:
    letter = tmp_path / "yazi.txt"
    letter.write_text(TEXT, encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "read", str(letter), "--lang", "en",
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "COLUMNS": "200", "FORCE_COLOR": "1", "TERM": "xterm-256color"},
    )  # fmt: skip
    out, _ = await asyncio.wait_for(process.communicate(), 120)
    marked = [line for line in out.decode().splitlines() if "Görüşlerinizin" in line]
    assert any(re.search(r"\x1b\[[\d;]*1;3[23]m15 Ocak 2027", line) for line in marked), out.decode()

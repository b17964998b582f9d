"""Wordings of last days, in Turkish and English, and dates that are none."""

from __future__ import annotations

import pytest

from bot.understanding.text import RawDocument, paragraphs
from tests.unit.reading import deadlines, read, wordings


@pytest.mark.parametrize(("text", "expected"), wordings("deadlines-tr"))
def test_a_turkish_wording_gives_exactly_its_last_days(text: str, expected: str) -> None:
    assert deadlines(text) == expected


@pytest.mark.parametrize(("text", "expected"), wordings("deadlines-en"))
def test_an_english_wording_gives_exactly_its_last_days(text: str, expected: str) -> None:
    assert deadlines(text, "Notice", "en") == expected


@pytest.mark.parametrize(("text", "expected"), wordings("olddays-tr"))
def test_a_turkish_day_that_is_replaced_is_no_last_day(text: str, expected: str) -> None:
    assert deadlines(text) == expected


@pytest.mark.parametrize(("text", "expected"), wordings("olddays-en"))
def test_an_english_day_that_is_replaced_is_no_last_day(text: str, expected: str) -> None:
    assert deadlines(text, "Notice", "en") == expected


@pytest.mark.parametrize(("text", "expected"), wordings("bases-tr"))
def test_a_turkish_term_counts_from_the_day_that_the_letter_tells(text: str, expected: str) -> None:
    assert deadlines(text) == expected


@pytest.mark.parametrize(("text", "expected"), wordings("bases-en"))
def test_an_english_term_counts_from_the_day_that_the_letter_tells(text: str, expected: str) -> None:
    assert deadlines(text, "Notice", "en") == expected


@pytest.mark.parametrize(("text", "expected"), wordings("terms-tr"))
def test_a_turkish_term_is_counted_from_what_it_names(text: str, expected: str) -> None:
    assert deadlines(text) == expected


@pytest.mark.parametrize(("text", "expected"), wordings("terms-en"))
def test_an_english_term_is_counted_from_what_it_names(text: str, expected: str) -> None:
    assert deadlines(text, "Notice", "en") == expected


def test_a_quote_is_the_wording_with_what_makes_it_a_last_day() -> None:
    found = read(
        "Başvuruların en geç 15 Ocak 2027 Cuma mesai bitimine kadar iletilmesi gerekmektedir."
    ).deadlines
    assert found[0].quote == "en geç 15 Ocak 2027 Cuma mesai bitimine kadar"


def test_a_weekday_that_does_not_fit_its_date_is_doubtful() -> None:
    fitting = read("Formun 15 Ocak 2027 Cuma gününe kadar iletilmesi gerekmektedir.").deadlines[0]
    wrong = read("Formun 15 Ocak 2027 Salı gününe kadar iletilmesi gerekmektedir.").deadlines[0]
    assert wrong.confidence < 0.6 <= fitting.confidence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Step Deadline\nExpression of interest 4 December 2026\n"
            "Full application 15 January 2027, 17:00 CET",
            "2026-12-04, 2027-01-15 17:00 Europe/Brussels",
        ),
        ("Action Old date New date\nRegistration 30 November 2026 11 December 2026", "2026-12-11"),
        (
            "The notice was published on 20 November 2026.\n"
            "Step Time limit (from publication of the notice)\n"
            "Come forward within 7 days\nReply to the questionnaire within 37 days",
            "2026-11-27 relative, 2026-12-27 relative",
        ),
        (
            "Madde grubu Önceki süre Yeni son tarih\n100 ton ve üzeri 27.10.2028 27 Ekim 2030\n"
            "1 ton ve üzeri 27.10.2030 27 Ekim 2031",
            "2030-10-27, 2031-10-27",
        ),
        (
            "Dönem Başvuru tarihleri Pay Lisans geçerlilik sonu\nI 3 - 14 Ocak 2028 %60 30.06.2028",
            "2028-01-14",
        ),
        ("Belge Teslim tarihi Geçerlilik tarihi\nTaahhütname 11.12.2026 31.12.2028", "2026-12-11"),
        ("İşlem Süre\nSoru formu yanıtı 37 gün\nDinlenme talebi 15 gün", "- relative"),
        (
            "Aşama Tarih\nÇağrının açılışı 3 Mayıs 2027\n"
            "Öneri başvuru kapanışı 11 Haziran 2027 Cuma, saat 23.59\n"
            "Taahhütnamenin yüklenmesi Başvuru kapanışından itibaren 7 gün içinde",
            "2027-06-11 23:59, 2027-06-18 relative",
        ),
        (
            "Ürün gruplarına göre görüş bildirme takvimi:\nGübreler 8 Aralık 2026\nBoyalar 15 Aralık 2026",
            "2026-12-08, 2026-12-15",
        ),
        (
            "Adım / Son gün\nNiyet formu 7 Aralık 2026\nTam dosya 18 Ocak 2027 saat 17.00\n"
            "Sonuçların açıklanması 1 Mart 2027",
            "2026-12-07, 2027-01-18 17:00",
        ),
        (
            "Aşama Tarih\nSoru alımının sonu 9 Aralık 2026\nCevapların yayımı 16 Aralık 2026\n"
            "Teklif teslimi 12 Ocak 2027, 14.30",
            "2026-12-09, 2027-01-12 14:30",
        ),
        (
            "Ödenecek tutar Ödeme günü\n1.250 TL 31 Aralık 2026\n1.250 TL 31 Mart 2027",
            "2026-12-31, 2027-03-31",
        ),
        (
            "Adım Ne zaman\nÖn başvuru 26.04.2027 - 28.05.2027, son gün saat 17.30\n"
            "Asıl başvuru, yalnız kabul edilenler 30.07.2027, saat 17.30’a kadar\n"
            "Projelerin başlaması 01.10.2027",
            "2027-05-28 17:30, 2027-07-30 17:30",
        ),
        ("Aidat ödeme günleri:\n31 Mart 2027\n30 Eylül 2027", "2027-03-31, 2027-09-30"),
        ("Hibe ödeme takvimi:\nBirinci dilim 5 Mart 2027\nİkinci dilim 5 Haziran 2027", ""),
        ("Aşama Tarih\nİlan 5 Ocak 2027\nZarfların açılması 5 Şubat 2027\nSözleşme imzası 1 Mart 2027", ""),
    ],
)
def test_a_row_of_a_table_gives_its_last_days(text: str, expected: str) -> None:
    assert deadlines(text, "Notice" if text.isascii() else "Duyuru Hk.") == expected


def test_rows_with_an_hour_or_a_place_behind_their_day_stay_apart() -> None:
    lines = (
        "Teklif öncesi toplantı 7 Haziran 2027 Pazartesi, yerel saatle 09.30, İdare Binası",
        "Tekliflerin teslimi 24 Haziran 2027 Perşembe, en geç 13.00",
    )
    assert [paragraph.text for paragraph in paragraphs(RawDocument(lines))] == list(lines)


def test_a_sentence_that_names_pages_and_an_address_is_no_foot() -> None:
    line = "sayfa) en geç 9 Ekim 2026 Cuma günü mesai bitimine kadar heyet@birlik.example adresine"
    text = ("Katılmak isteyen üyelerimizin tanıtım föyünü (en fazla iki", line, "iletmeleri gerekmektedir.")
    assert line in paragraphs(RawDocument(text))[0].text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The notice appears in today's Official Journal.\n"
            "The following time limits run from the date of publication:\n"
            "- sampling forms: within 7 days\n"
            "- comments on the complaint: within 15 days",
            "2026-12-01 relative, 2026-12-09 relative",
        ),
        (
            "The notice was published on 20 November 2026 in the Official Journal.\n"
            "Deadlines are counted from publication of the notice in the Official Journal:\n"
            "- questionnaire: within 37 days\n"
            "Provisional measures: normally within seven months",
            "2026-12-27 relative",
        ),
        (
            "Proposals are handled in two rounds:\n"
            "Round 1 Concept note, 10 pages 5 March 2027, 17:00 (Brussels)\n"
            "Round 2 Full proposal 8 September 2027, 17:00 (Brussels)",
            "2027-03-05 17:00 Europe/Brussels, 2027-09-08 17:00 Europe/Brussels",
        ),
        (
            "Opening of the call: 1 December 2026\n"
            "Pre-proposals: 15 January 2027\n"
            "Full proposals: 16 April 2027\n"
            "Grant agreements: 1 October 2027",
            "2027-01-15, 2027-04-16",
        ),
        (
            "Registration opens: 1 December 2026\n"
            "Registration fee: 15 January 2027\n"
            "Registration: 18 December 2026",
            "2026-12-18",
        ),
        (
            "Applications received: 31 October 2026 (24)\nApplications approved: 15 December 2026",
            "",
        ),
    ],
)
def test_an_english_list_gives_its_last_days(text: str, expected: str) -> None:
    assert deadlines(text, "Notice", "en") == expected

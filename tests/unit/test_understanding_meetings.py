"""Wordings of events, in Turkish and English, and dates that are none."""

from __future__ import annotations

import pytest

from tests.unit.reading import meetings, read, wordings


@pytest.mark.parametrize(("text", "expected"), wordings("meetings-tr"))
def test_a_turkish_wording_gives_exactly_its_events(text: str, expected: str) -> None:
    assert meetings(text) == expected


@pytest.mark.parametrize(("text", "expected"), wordings("meetings-en"))
def test_an_english_wording_gives_exactly_its_events(text: str, expected: str) -> None:
    assert meetings(text, "Notice", "en") == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Toplantı 10 Aralık 2026 tarihinde Ankara’da yapılacaktır.", "Ankara"),
        ("Webinar 9 Aralık 2026 günü saat 14.00'te Zoom üzerinden gerçekleştirilecektir.", "Zoom"),
        ("Fuar 5-8 Nisan 2027 tarihleri arasında Almanya'nın Köln şehrinde düzenlenecektir.", "Köln"),
    ],
)
def test_the_place_of_an_event_is_told(text: str, place: str) -> None:
    assert read(text).meetings[0].place == place


def test_a_weekday_that_does_not_fit_its_date_is_doubtful() -> None:
    fitting = read("Toplantı 10 Aralık 2026 Perşembe günü yapılacaktır.").meetings[0]
    wrong = read("Toplantı 10 Aralık 2026 Salı günü yapılacaktır.").meetings[0]
    assert wrong.confidence < 0.6 <= fitting.confidence


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ("Fuarın adı    Coatings India", "Tarih    9-12 Şubat 2028", "Yer    Mumbai"),
            "2028-02-09..2028-02-12",
        ),
        (
            (
                "İki bilgi günü hazırladık:",
                "- 3 Mart 2027, 10.30 - Model Fabrika",
                "- 10 Mart 2027, 14.00 - Konya",
            ),
            "2027-03-03 10:30 Europe/Istanbul, 2027-03-10 14:00 Europe/Istanbul",
        ),
        (
            (
                "Çağrı kapsamında panel düzenlenir.",
                "Aşama    Tarih",
                "Açılış    3 Mayıs 2027",
                "Sonuçlar    15 Eylül 2027",
            ),
            "",
        ),
        (("Aşama    Tarih", "Bilgi günü    3 Mayıs 2027", "Sonuçların ilanı    15 Eylül 2027"), "2027-05-03"),
        (
            (
                "Teklifler 12 Ocak 2027 saat 11.00’e kadar verilecektir.",
                "Zarflar aynı gün 12.30’da isteklilerin önünde açılacaktır.",
            ),
            "2027-01-12 12:30 Europe/Istanbul",
        ),
        (
            (
                "Heyet ileri bir tarihe bırakılmıştır.",
                "Heyet 12-16 Nisan 2027 tarihlerinde icra edilecektir.",
            ),
            "2027-04-12..2027-04-16",
        ),
        (
            (
                "Seminer iki bölümdür.",
                "1. bölüm - Kurallar: 23 Şubat 2027, TSİ 12.00",
                "Session 1, Rules: 23 February 2027, 10:00 CET",
            ),
            "2027-02-23 12:00 Europe/Istanbul",
        ),
        (
            (
                "Etkinlik Künyesi",
                "Etkinlik: Yeşil Dönüşüm Semineri",
                "Tarih/Saat: 14.01.2027 - 10.00",
                "Yer: Birlik binası",
                "Son kayıt: 11.01.2027",
            ),
            "2027-01-14 10:00 Europe/Istanbul",
        ),
        (
            (
                "| Eğitim | Tarih | Saat |",
                "| Kambiyo | 12.01.2027 | 10.00 |",
                "| Akreditif | 19.01.2027 | 13.30 |",
            ),
            "2027-01-12 10:00 Europe/Istanbul, 2027-01-19 13:30 Europe/Istanbul",
        ),
        (
            (
                "Fuar Adı\tYer\tTarih\tSon Başvuru",
                "Gulfood\tDubai\t8-12 Şubat 2027\t11.12.2026",
                "Anuga\tKöln\t9-13 Ekim 2027\t30.06.2027",
            ),
            "2027-02-08..2027-02-12, 2027-10-09..2027-10-13",
        ),
        (
            ("Date and time: 14 January 2027, 10:00 CET", "Place: online (Webex)", "The webinar is free."),
            "2027-01-14 10:00 Europe/Brussels online",
        ),
        (
            ("Toplantı Günü", "14 Ocak 2027 Perşembe, 14.00", "Toplantı Yeri", "Ankara"),
            "2027-01-14 14:00 Europe/Istanbul",
        ),
        (
            (
                "İhale takvimi",
                "Şartname satışı    11.12.2026’ya kadar",
                "Yer görme    15.12.2026, 10.00",
                "Teklif verme    22.12.2026, 11.00",
                "Tekliflerin açılışı    22.12.2026, 11.30 (isteklilerin huzurunda)",
            ),
            "2026-12-15 10:00 Europe/Istanbul, 2026-12-22 11:30 Europe/Istanbul",
        ),
        (
            (
                "Heyet programı:",
                "1. gün (8 Şubat 2027): Almatı’ya varış ve brifing",
                "2. gün (9 Şubat 2027): ikili görüşmeler",
            ),
            "2027-02-08, 2027-02-09",
        ),
        (
            (
                "Genel Kurul",
                "Birinci toplantı : 15 Ocak 2027, 14.00",
                "İkinci toplantı : 22 Ocak 2027, 14.00 (çoğunluk aranmaz)",
            ),
            "2027-01-15 14:00 Europe/Istanbul, 2027-01-22 14:00 Europe/Istanbul",
        ),
        (
            (
                "Duyuru takvimi",
                "Listelerin ilanı: 4 Ocak 2027",
                "İtirazlar: 8 Ocak 2027",
                "Genel Kurul: 22 Ocak 2027",
            ),
            "2027-01-22",
        ),
        (
            ("Webinar: CBAM reporting", "When    21 January 2027, 11:00", "Language    English"),
            "2027-01-21 11:00 Europe/Istanbul online",
        ),
        (
            ("Seminerler", "• Gümrük – 11 Ocak 2027, Bursa", "• Kambiyo – 18 Ocak 2027, İzmir"),
            "2027-01-11, 2027-01-18",
        ),
    ],
)
def test_events_told_by_several_lines_are_read_once_each(lines: tuple[str, ...], expected: str) -> None:
    assert meetings("\n".join(lines)) == expected

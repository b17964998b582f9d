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


@pytest.mark.parametrize(
    ("language", "title", "text", "expected"),
    [
        (
            "tr",
            "SKDM çalıştayı",
            "14 Ocak 2027 Perşembe, 13.30. Yer: Serbest Bölge Toplantı Salonu.",
            "2027-01-14 13:30 Europe/Istanbul",
        ),
        (
            "tr",
            "Duyuru Hk.",
            "Bir de soru-cevap oturumu yapılacak:\n"
            "- 24 Şubat 2027 Çarşamba, saat 11.00 (Ankara)\n"
            "- Bağlantı sonra gönderilecek",
            "2027-02-24 11:00 Europe/Istanbul",
        ),
        (
            "tr",
            "Fuar katılımı",
            "Başvuru tarihi:\n15 Ocak 2027, saat 17.00",
            "",
        ),
        (
            "tr",
            "Seminer",
            "Seminere son kayıt günü aşağıdadır.\n15 Ocak 2027, saat 17.00",
            "",
        ),
        (
            "tr",
            "Paint Maghreb / Kazablanka",
            "20-22 Nisan 2027. Bölgenin en büyük boya fuarı.",
            "2027-04-20..2027-04-22",
        ),
        (
            "tr",
            "Genel Kurul",
            "Birinci toplantı: 14 Ocak 2027, saat 10.30, Ticaret Odası\n"
            "Çoğunluk olmazsa: 21 Ocak 2027, aynı salon, aynı saat",
            "2027-01-14 10:30 Europe/Istanbul, 2027-01-21 10:30 Europe/Istanbul",
        ),
        (
            "tr",
            "İhale",
            "Teklif öncesi toplantı 7 Ocak 2027 Perşembe, yerel saatle 09.30, İdare Binası\n"
            "Tekliflerin teslimi 21 Ocak 2027 Perşembe, en geç 13.00",
            "2027-01-07 09:30 Europe/Istanbul",
        ),
        (
            "tr",
            "Takvim",
            "Adım Ne zaman\nBilgilendirme toplantısı 12 Ocak 2027, saat 14.00\nSonuçların ilanı 2 Mart 2027",
            "2027-01-12 14:00 Europe/Istanbul",
        ),
        (
            "tr",
            "Tebliğ",
            "24 Kasım 2026\nTebliğ yayımlandı; seminer yapılmayacak.",
            "",
        ),
        (
            "tr",
            "Fuar",
            "Fuar iptal edildi. Ödemeler iade edilecek.\n"
            "12-15 Ocak 2027. Aynı günlerde başka organizasyon da yok.",
            "",
        ),
        (
            "en",
            "Webinar on poison centres",
            "Thursday 28 January 2027, 11:00-13:00 Helsinki time, online. Staff show the most common "
            "errors. No fee.",
            "2027-01-28 11:00 Europe/Helsinki online",
        ),
        (
            "en",
            "New guidance",
            "21 January 2027, version 3. The guidance replaces that of 2024.",
            "",
        ),
        (
            "en",
            "Call for proposals",
            "Key dates\n"
            "Info day, Brussels and live stream: Tuesday 12 January 2027, 09:30 CET\n"
            "Booking of seats ends: 5 January 2027\n"
            "Submission of full proposals: 9 March 2027, 17:00 (Brussels time)\n"
            "Applicants informed: 4 June 2027",
            "2027-01-12 09:30 Europe/Brussels online",
        ),
        (
            "en",
            "Fair",
            "We will hold two workshops there. Wednesday 13 January 2027, 10:00; Thursday 14 January "
            "2027, 10:00.",
            "2027-01-13 10:00 Europe/Brussels, 2027-01-14 10:00 Europe/Brussels",
        ),
        (
            "en",
            "Hearing",
            "Submissions\n15 January 2027, 12:00",
            "",
        ),
        (
            "en",
            "Board",
            "The board met in Ghent. 12 January 2027, 10:00 is the deadline for the minutes.",
            "",
        ),
    ],
)
def test_a_day_that_stands_alone_is_what_title_and_neighbours_tell(
    language: str, title: str, text: str, expected: str
) -> None:
    assert meetings(text, title, language) == expected


GOING_AHEAD = [
    ("Gezimiz yapılmayacaktır. 22 Nisan 2027 günkü bilgilendirme toplantısı ise programda kalmıştır.",
     "2027-04-22"),
    ("Fuar iptal edilmiştir. 22 Nisan 2027 tarihli webinarımız planlandığı gibi yapılacaktır.", "2027-04-22"),
    ("Fuar iptal edilmiştir. 22 Nisan 2027 tarihli webinar bundan etkilenmemektedir.", "2027-04-22"),
    ("The trip is cancelled. The online briefing on 22 April 2027 goes ahead as planned.", "2027-04-22"),
    ("The workshop on 22 April 2027 is cancelled. It could not go ahead without speakers.", ""),
    ("22 Nisan 2027 tarihli webinar iptal edilmiştir. Ödemeler iade edilecektir.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GOING_AHEAD)
def test_of_a_notice_that_calls_off_only_what_goes_ahead_is_an_event(text: str, expected: str) -> None:
    found = read(text, "Duyuru", "en" if " the " in text.lower() else "tr").meetings
    assert " ".join(str(event.start_date) for event in found) == expected

"""Wordings of events, in Turkish and English, and dates that are none."""

from __future__ import annotations

import pytest

from tests.unit.reading import meetings, read

TURKISH = [
    ("Fuar 5-8 Nisan 2027 tarihleri arasında Köln'de düzenlenecektir.", "2027-04-05..2027-04-08"),
    ("Toplantı 10 Aralık 2026 tarihinde Ankara’da yapılacaktır.", "2026-12-10"),
    ("Webinar 9 Aralık 2026 Çarşamba günü saat 14.00'te Zoom üzerinden gerçekleştirilecektir.", "2026-12-09 14:00 Europe/Istanbul online"),
    ("Bilgilendirme semineri 03.12.2026 Perşembe Saat 10.00'da Birlik binasında yapılacaktır.", "2026-12-03 10:00 Europe/Istanbul"),
    ("Ticaret heyeti 30 Mart - 3 Nisan 2027 tarihlerinde Taşkent’e düzenlenecektir.", "2027-03-30..2027-04-03"),
    ("Heyet programı 28 Aralık 2026 – 2 Ocak 2027 tarihleri arasında gerçekleştirilecektir.", "2026-12-28..2027-01-02"),
    ("Genel Kurul toplantısı 15 Ocak 2027 Cuma günü saat 10:00'da, çoğunluk sağlanamazsa 22 Ocak 2027 Cuma günü aynı yer ve saatte yapılacaktır.", "2027-01-15 10:00 Europe/Istanbul, 2027-01-22 10:00 Europe/Istanbul"),
    ("Toplantı 13 Ocak 2027 tarihinde Brüksel saati ile 09.30'da başlayacaktır.", "2027-01-13 09:30 Europe/Brussels"),
    ("Eğitim 7 Aralık'ta çevrim içi olarak düzenlenecektir.", "2026-12-07 online"),
    ("İttifakın ilk Genel Kurulu 24 Eylül 2027 tarihinde Brüksel’de toplanacaktır.", "2027-09-24"),
    ("İttifak Genel Kurulunun daha sonra ilan edilecek bir tarihte toplanacağı bildirilmektedir.", "-"),
    ("Çalıştayın tarihi ayrıca duyurulacaktır. Toplantı için yer ayrılmıştır.", "-"),
    ("Toplantının tarihi henüz belirlenmemiştir.", "-"),
    ("Alım heyeti kapsamında ikili iş görüşmeleri 14-16.02.2027 tarihlerinde İstanbul'da yapılacaktır.", "2027-02-14..2027-02-16"),
    ("Konferans 11 Şubat 2027 Perşembe günü 09:30-16:00 saatleri arasında yapılacaktır.", "2027-02-11 09:30 Europe/Istanbul"),
    ("Tarih: 17 Aralık 2026, Saat: 11.00, Yer: Zoom. Webinara katılım ücretsizdir.", "2026-12-17 11:00 Europe/Istanbul online"),
    ("Tarih ve saat: 16 Aralık 2026, 15:00. Eğitim Microsoft Teams üzerinden verilecektir.", "2026-12-16 15:00 Europe/Istanbul online"),
    ("Daha önce 8 Aralık 2026 tarihinde yapılacağı duyurulan toplantı 12 Ocak 2027 tarihine ertelenmiştir.", "2027-01-12"),
    ("8 Aralık 2026 tarihinde yapılması planlanan eğitim 15 Aralık 2026 Salı günü saat 10.00'da gerçekleştirilecektir.", "2026-12-15 10:00 Europe/Istanbul"),
    ("Kamu dinleme toplantısı 20 Ocak 2027 günü saat 14.00’te Bakanlıkta yapılacaktır.", "2027-01-20 14:00 Europe/Istanbul"),
    ("Seminer, 2 Şubat 2027 Salı günü İstanbul Ticaret Odasında gerçekleştirilecek olup katılım ücretsizdir.", "2027-02-02"),
    ("Fuarın 20 Mart - 23 Mart 2027 tarihlerinde yapılması planlanmaktadır.", "2027-03-20..2027-03-23"),
    ("15-18 NİSAN 2027 TARİHLERİNDE FUAR DÜZENLENECEKTİR.", "2027-04-15..2027-04-18"),
    ("Zirve 4 ve 5 Mart 2027 tarihlerinde Antalya’da düzenlenecektir.", "2027-03-04..2027-03-05"),
]  # fmt: skip

TURKISH_NONE = [
    "Genel Kurul yılda en az iki kez toplanacaktır.",
    "Geçen yıl 12-15 Kasım 2025 tarihlerinde düzenlenen fuara 40 firma katılmıştır.",
    "8 Aralık 2026 tarihinde yapılacak eğitim iptal edilmiştir.",
    "Tebliğ 20 Kasım 2026 tarihli Resmî Gazete’de yayımlanmıştır.",
    "Toplantı 5 Kasım 2026 tarihinde yapılmıştır.",
    "Fuar için başvuruların 4 Aralık 2026 tarihine kadar yapılması gerekmektedir.",
    "Yönetmelik 1 Ocak 2027 tarihinde yürürlüğe girecektir.",
]

ENGLISH = [
    ("The General Assembly will be held on 13 January 2027 in Brussels.", "2027-01-13"),
    ("The webinar takes place on 9 December 2026 at 14:00 CET online.", "2026-12-09 14:00 Europe/Brussels online"),
    ("The fair will be held from 5 to 8 April 2027 in Cologne.", "2027-04-05..2027-04-08"),
    ("The summit is scheduled for March 4-5, 2027.", "2027-03-04..2027-03-05"),
    ("The workshop will take place on Thursday 10 December 2026, 10:00-12:00 Brussels time.", "2026-12-10 10:00 Europe/Brussels"),
    ("The date of the next meeting will be announced later.", "-"),
    ("Join the information session on 1 December 2026 at 3 pm (Istanbul time).", "2026-12-01 15:00 Europe/Istanbul"),
    ("The training has been postponed from 8 December 2026 to 12 January 2027.", "2027-01-12"),
    ("The conference will take place from 30 November to 2 December 2026 in Vienna.", "2026-11-30..2026-12-02"),
]  # fmt: skip

ENGLISH_NONE = [
    "The General Assembly meets at least twice a year.",
    "The first meeting was held on 13 January 2026 in Geleen.",
    "The meeting of 8 December 2026 has been cancelled.",
    "The Communication was adopted on 8 July 2025.",
]


@pytest.mark.parametrize(("text", "expected"), TURKISH)
def test_a_turkish_event_is_found(text: str, expected: str) -> None:
    assert meetings(text) == expected


@pytest.mark.parametrize("text", TURKISH_NONE)
def test_a_turkish_background_date_is_no_event(text: str) -> None:
    assert meetings(text) == ""


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_an_english_event_is_found(text: str, expected: str) -> None:
    assert meetings(text, "Notice", "en") == expected


@pytest.mark.parametrize("text", ENGLISH_NONE)
def test_an_english_background_date_is_no_event(text: str) -> None:
    assert meetings(text, "Notice", "en") == ""


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

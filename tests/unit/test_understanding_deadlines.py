"""Wordings of last days, in Turkish and English, and dates that are none."""

from __future__ import annotations

import pytest

from tests.unit.reading import deadlines

TURKISH = [
    ("Başvuruların en geç 15 Ocak 2027 Cuma mesai bitimine kadar Birliğimize iletilmesi gerekmektedir.", "2027-01-15"),
    ("Formun 15.01.2027 tarihi saat 17.00'ye kadar gönderilmesini rica ederiz.", "2027-01-15 17:00"),
    ("Katılmak isteyen üyelerimizin 8 Ocak 2027 Cuma günü saat 17:30’a kadar başvurması gerekmektedir.", "2027-01-08 17:30"),
    ("İlgilenen firmaların 11/01/2027 tarihine kadar info@dernek.example adresine bildirmeleri gerekmektedir.", "2027-01-11"),
    ("Görüşlerinizi 5 Aralık’a kadar iletmenizi rica ederiz.", "2026-12-05"),
    ("Görüşlerinizi 15 Mart'a kadar bekliyoruz.", "2027-03-15"),
    ("Son başvuru tarihi: 18 Aralık 2026", "2026-12-18"),
    ("Son Başvuru Tarihi : 18.12.2026 Saat: 23:59", "2026-12-18 23:59"),
    ("Son başvuru tarihinin 09.02.2027 olduğu bildirilmektedir.", "2027-02-09"),
    ("Başvurular 30 Aralık 2026 tarihinde sona erecektir.", "2026-12-30"),
    ("Kayıtlar 4 Ocak 2027 Pazartesi günü saat 18.00'de kapanacaktır.", "2027-01-04 18:00"),
    ("Başvurular 1-20 Aralık 2026 tarihleri arasında alınacaktır.", "2026-12-20"),
    ("Başvurular 30 Kasım - 11 Aralık 2026 tarihleri arasında Destek Yönetim Sistemi üzerinden yapılacaktır.", "2026-12-11"),
    ("Talep toplama süresi 7 Aralık 2026 günü mesai bitiminde sona erecektir.", "2026-12-07"),
    ("Aidat borçlarının 31 Aralık 2026 tarihine kadar ödenmesi gerekmektedir.", "2026-12-31"),
    ("Tekliflerin 22 Aralık 2026 Salı günü saat 14.00’e kadar kapalı zarfla teslim edilmesi gerekmektedir.", "2026-12-22 14:00"),
    ("Anketin 10 Aralık 2026 Perşembe günü mesai saati bitimine kadar doldurulması beklenmektedir.", "2026-12-10"),
    ("Başvurunuzu 20 Ocak 2027 tarihinden önce tamamlamanızı rica ederiz.", "2027-01-20"),
    ("Katılım taleplerinin 3 Şubat 2027 Çarşamba akşamına kadar iletilmesi gerekmektedir.", "2027-02-03"),
    ("Soru formunun Brüksel saati ile 17.00'ye kadar, en geç 12 Ocak 2027 tarihinde gönderilmesi gerekmektedir.", "2027-01-12 17:00 Europe/Brussels"),
    ("Başvuruların 12 Ocak 2027 tarihinde saat 17.00'ye (Brüksel saati) kadar yapılması gerekmektedir.", "2027-01-12 17:00 Europe/Brussels"),
    ("Başvuruların 12 Ocak 2027 tarihinde Brüksel saati ile 17.00’ye kadar yapılması gerekmektedir.", "2027-01-12 17:00 Europe/Brussels"),
    ("Son gün 29 Ocak 2027 Cuma olup sonradan gelen talepler değerlendirmeye alınmayacaktır.", "2027-01-29"),
    ("Son Günü 22.01.2027 / Cuma (Saat 23.59)", "2027-01-22 23:59"),
    ("Taslağa ilişkin görüşlerin ekteki form doldurularak 14 Aralık Pazartesi gününe kadar gönderilmesi rica olunur.", "2026-12-14"),
    ("İtirazların en geç 02.02.2027 tarihinde Bakanlığa ulaştırılması gerekmektedir.", "2027-02-02"),
    ("Katılım bedelinin 25 Aralık 2026’ya kadar yatırılması gerekmektedir.", "2026-12-25"),
    ("Firmaların 16 Aralık Çarşamba günü 12.00’ye kadar kayıt yaptırmaları gerekmektedir.", "2026-12-16 12:00"),
    ("Başvuru için son tarih 1 Şubat 2027'dir.", "2027-02-01"),
    ("Başvuru için son gün 1 Şubat 2027’dir.", "2027-02-01"),
    ("Geri bildirimlerin 13 Aralık 2026 Pazar günü bitimine dek gönderilmesi gerekmektedir.", "2026-12-13"),
    ("SON BAŞVURU TARİHİ 17 ARALIK 2026 PERŞEMBE GÜNÜDÜR.", "2026-12-17"),
    ("BAŞVURULARIN 17 ARALIK 2026 TARİHİNE KADAR YAPILMASI GEREKMEKTEDİR.", "2026-12-17"),
    ("Başvuru süresi 31 Ocak 2027 tarihine kadar uzatılmıştır.", "2027-01-31"),
    ("Daha önce 30 Kasım 2026 olarak duyurulan son başvuru tarihi 14 Aralık 2026 tarihine uzatılmıştır.", "2026-12-14"),
    ("Son başvuru tarihi 4 Aralık 2026’dan 18 Aralık 2026’ya uzatılmıştır.", "2026-12-18"),
    ("Görüş bildirme süresinin 9 Aralık 2026 mesai bitimine uzatıldığı bildirilmektedir.", "2026-12-09"),
    ("Bildirimlerin her hâlükârda 28 Şubat 2027 gününden önce yapılması gerekmektedir.", "2027-02-28"),
    ("Ekte yer alan formun doldurularak 04 Aralık 2026 Cuma günü saat 10.00'a kadar uzman@birlik.example adresine gönderilmesi hususunda bilgilerini rica ederim.", "2026-12-04 10:00"),
    ("Üyelerimizin taleplerini 2.12.2026 Çarşamba günü mesai saati sonuna kadar iletmeleri gerekmektedir.", "2026-12-02"),
    ("Erken kayıt için son tarih 11 Aralık 2026, olağan kayıt için son tarih 8 Ocak 2027’dir.", "2026-12-11, 2027-01-08"),
    ("Kayıt (Son tarih: 05.01.2027)", "2027-01-05"),
    ("Başvuruların tamamlanması için 19 Ocak 2027 Salı günü saat 23:59'a kadar süre verilmiştir.", "2027-01-19 23:59"),
    ("Başvuru formunun imzalanarak 2027 yılı 15 Ocak tarihine kadar sunulması gerekmektedir.", "2027-01-15"),
    ("İhaleye katılmak isteyenlerin tekliflerini 2027-01-18 tarihine kadar sunmaları gerekmektedir.", "2027-01-18"),
    ("Üyelerimizden gelecek görüşler 21 Aralık 2026 tarihi mesai bitimine kadar kabul edilecektir.", "2026-12-21"),
    ("Çağrıya 26 Ocak 2027 saat 17.00 (CET) itibarıyla başvuru yapılabilecek son gündür.", "2027-01-26 17:00 Europe/Brussels"),
    ("Son başvuru: 26 Ocak 2027, 17.00 (Brüksel saati).", "2027-01-26 17:00 Europe/Brussels"),
    ("Başvurular 5 Ocak 2027 tarihine kadar devam edecektir.", "2027-01-05"),
    ("Başvuruların Aralık ayı sonuna kadar yapılması gerekmektedir.", "2026-12-31"),
    ("Görüşlerin Şubat 2027 sonuna kadar iletilmesi gerekmektedir.", "2027-02-28"),
    ("Ön başvuruların 28.12.2026 Pazartesi günü 17:00’a dek tamamlanması gerekmektedir.", "2026-12-28 17:00"),
    ("Belgelerin 14 Ocak 2027 Perşembe günü mesai bitimine (18.00) kadar teslim edilmesi gerekmektedir.", "2027-01-14 18:00"),
    ("Başvuru dosyaları 1 Mart 2027 günü saat 24.00’e kadar gönderilebilir.", "2027-03-01 23:59"),
    ("Ön kayıt yaptırmak için son gün: 30.11.2026 Pazartesi, saat 17.00.", "2026-11-30 17:00"),
]  # fmt: skip

TURKISH_NONE = [
    "30.12.2025 tarihli ve 32900 sayılı Resmî Gazete’de yayımlanan Tebliğ ile başvuru usulü değişmiştir.",
    "5973 sayılı Karar 18 Ağustos 2025 tarihinde yayımlanmış olup başvurular alınmaktadır.",
    "Yönetmelik 1 Ocak 2027 tarihinde yürürlüğe girecektir.",
    "Önlem 30 Haziran 2029 tarihine kadar yürürlükte kalacaktır.",
    "Kontenjan 1 Ocak - 31 Aralık 2027 tarihleri arasında geçerlidir.",
    "Lisanslar 31 Mart 2027 tarihine kadar geçerli olacaktır.",
    "Geçen yıl 12-15 Kasım 2025 tarihlerinde düzenlenen fuara 40 firma katılmıştır.",
    "Plan 8 Temmuz 2025’te kabul edilmiştir.",
    "İttifak 28 Ekim 2025 tarihinde kurulmuştur.",
    "Ödemeler Bakanlıkça 30 Aralık 2026 tarihine kadar iade edilecektir.",
    "AB, emisyonları 31 Aralık 2030 tarihine kadar yüzde 55 azaltmayı hedeflemektedir.",
    "Başvurular 7 Aralık 2026 tarihinde başlayacaktır.",
    "Başvurular 7 Aralık 2026 tarihinden itibaren alınacaktır.",
    "Etkinlik iptal edilmiştir.",
    "Önlemin süresinin 30 Haziran 2029 tarihine kadar uzatıldığı bildirilmektedir.",
    "Fuar 8 Nisan 2027 tarihine kadar açık kalacaktır.",
    "Muafiyetin 31 Aralık 2027 tarihine kadar uygulanacağı iletilmektedir.",
    "Son başvuru tarihi 20 Kasım 2026 olan çağrıya ilgi büyük olmuştur.",
    "Telefon: 0212 454 05 00, Faks: 0212 454 05 01",
    "15.15.15 gübre ve EN 10025 çelik için başvuru gerekmez.",
    "Toplam bütçe 1.250.000 avrodur ve başvurular çevrim içi alınmaktadır.",
    "24 Ekim 2026 tarihine kadar başvuru yapan firmalara teşekkür ederiz.",
]  # fmt: skip

RELATIVE = [
    ("İlgili tarafların Tebliğin yayımı tarihinden itibaren otuz gün içinde görüş bildirmeleri gerekmektedir.", "- relative"),
    ("20.11.2026 tarihli ve 33100 sayılı Resmî Gazete’de yayımlanan Tebliğ uyarınca soru formunun yayım tarihinden itibaren 37 gün içinde gönderilmesi gerekmektedir.", "2026-12-27 relative"),
    ("Görüşlerinizi işbu yazımızın tarihinden itibaren 10 gün içinde iletmenizi rica ederiz.", "2026-12-04 relative"),
    ("Bu sirküler tarihinden itibaren 15 gün içerisinde başvurmanız gerekmektedir.", "2026-12-09 relative"),
    ("Başvuruların bu ayın 27'sine kadar yapılması gerekmektedir.", "2026-11-27 relative"),
    ("Görüşlerinizi bu ayın 30’una kadar göndermenizi rica ederiz.", "2026-11-30 relative"),
    ("Tebliğin yayımını izleyen günden itibaren 30 gün içerisinde itiraz edilebilir.", "- relative"),
    ("Kayıtların fuarın başlangıcından en az 10 gün önce yapılması gerekmektedir. Fuar 5-8 Nisan 2027 tarihleri arasında düzenlenecektir.", "2027-03-26 relative"),
]  # fmt: skip

ENGLISH = [
    ("Please submit your application by 15 January 2027.", "2027-01-15"),
    ("Applications must be received no later than Friday 15 January 2027 at 17:00 CET.", "2027-01-15 17:00 Europe/Brussels"),
    ("Comments can be sent until 23:59 CET on 2 February 2027.", "2027-02-02 23:59 Europe/Brussels"),
    ("The call closes on 28 January 2027 at 17:00 (Brussels time).", "2027-01-28 17:00 Europe/Brussels"),
    ("The deadline for applications is 11 December 2026.", "2026-12-11"),
    ("Deadline: 11 December 2026, 12:00 Brussels time", "2026-12-11 12:00 Europe/Brussels"),
    ("Register before December 4, 2026.", "2026-12-04"),
    ("Replies are expected by close of business on 9 December 2026.", "2026-12-09"),
    ("The consultation is open for feedback from 1 December 2026 to 26 January 2027.", "2027-01-26"),
    ("The consultation runs until 26 January 2027.", "2027-01-26"),
    ("Interested companies should sign the declaration by 18 December.", "2026-12-18"),
    ("The deadline has been extended from 4 December 2026 to 18 December 2026.", "2026-12-18"),
    ("Bids are due on 21 January 2027 at 10.00.", "2027-01-21 10:00"),
    ("Closing date for applications: 22/01/2027", "2027-01-22"),
    ("Applications close on the 22nd of January 2027.", "2027-01-22"),
    ("Registration is open until 1 March 2027 inclusive.", "2027-03-01"),
    ("Stakeholders may respond up to and including 5 February 2027.", "2027-02-05"),
    ("Interested parties must make themselves known within 15 days of the date of publication of this notice.", "- relative"),
    ("Applications are accepted from 1 to 20 December 2026.", "2026-12-20"),
    ("Apply by 5 p.m. CET on 14 January 2027.", "2027-01-14 17:00 Europe/Brussels"),
    ("Send your comments to the mailbox by the end of January 2027.", "2027-01-31"),
    ("Registration closes at 12 noon on Thursday, 3 December 2026.", "2026-12-03"),
    ("Members are asked to return the questionnaire no later than 7 December 2026, 18:00 Istanbul time.", "2026-12-07 18:00 Europe/Istanbul"),
    ("Feedback period: 24 November 2026 - 22 December 2026", "2026-12-22"),
]  # fmt: skip

ENGLISH_NONE = [
    "The Regulation enters into force on 1 January 2027.",
    "The measure will remain in force until 30 June 2030.",
    "The Action Plan was adopted by the Commission on 8 July 2025.",
    "The Commission aims to cut emissions by 31 December 2030.",
    "The licences are valid until 31 March 2027.",
    "Regulation (EC) No 1907/2006 of 18 December 2006 applies.",
    "The alliance was launched on 28 October 2025.",
]


@pytest.mark.parametrize(("text", "expected"), TURKISH)
def test_a_turkish_last_day_is_found(text: str, expected: str) -> None:
    assert deadlines(text) == expected


@pytest.mark.parametrize("text", TURKISH_NONE)
def test_a_turkish_background_date_is_no_last_day(text: str) -> None:
    assert deadlines(text) == ""


@pytest.mark.parametrize(("text", "expected"), RELATIVE)
def test_a_day_counted_from_another_is_marked_relative(text: str, expected: str) -> None:
    assert deadlines(text) == expected


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_an_english_last_day_is_found(text: str, expected: str) -> None:
    assert deadlines(text, "Notice", "en") == expected


@pytest.mark.parametrize("text", ENGLISH_NONE)
def test_an_english_background_date_is_no_last_day(text: str) -> None:
    assert deadlines(text, "Notice", "en") == ""

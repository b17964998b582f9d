"""Whole circulars: sample letters with their facts, numbering styles, letter data."""

from __future__ import annotations

import json
from datetime import date, time
from pathlib import Path

import pytest

from bot.domain.notice import Document, Kind, LinkRole, Notice
from bot.understanding.extract import understand
from tests.unit.reading import topics

CIRCULARS = Path(__file__).parents[1] / "data" / "circulars"
SEED = Path(__file__).parents[3] / "shared" / "samples" / "seed-circular.txt"


def _line(*values: date | time | None) -> str:
    *days, hour = values
    told = [str(day) for day in days]
    return " ".join([*told, hour.strftime("%H:%M")] if isinstance(hour, time) else told)


def facts(notice: Notice) -> dict[str, object]:
    """The facts of a notice in the short form of the sample files."""
    return {
        "kind": notice.kind.value,
        "status": notice.status.value,
        "countries": sorted(notice.countries),
        "hs_codes": list(notice.hs_codes),
        "deadlines": [_line(one.date, one.time) for one in notice.deadlines],
        "meetings": [_line(one.start_date, one.end_date, one.time) for one in notice.meetings],
        "links": [f"{link.role.value} {link.url or 'lost'}" for link in notice.links],
        "emails": list(notice.emails),
    }


def read_circular(text: str) -> Document:
    return understand(text, topics=topics())


@pytest.mark.parametrize("name", ["genel-sirkuler", "alliance-notice", "gorus-talebi", "fuar-duyurusu"])
def test_a_sample_circular_gives_all_its_facts(name: str) -> None:
    document = read_circular((CIRCULARS / f"{name}.txt").read_text(encoding="utf-8"))
    expected = json.loads((CIRCULARS / f"{name}.json").read_text(encoding="utf-8"))
    assert {
        "language": document.language,
        "number": document.number,
        "date": str(document.date),
    } == expected["document"]
    assert [facts(notice) for notice in document.notices] == expected["notices"]


STYLES = [
    "{n}. ",
    "{n}- ",
    "{n}) ",
    "({n}) ",
    "{n}.- ",
    "{letter}) ",
    "{roman}. ",
    "{roman}- ",
    "Konu {n}: ",
    "► ",
]
ROMAN = ("I", "II", "III", "IV")
ITEMS = (
    ("Köln Plastik Fuarı Milli Katılımı",
     "Fuar 5-8 Nisan 2027 tarihleri arasında Almanya’da düzenlenecektir."),
    ("Etiket Tebliği Hakkında Görüş Talebi", "Görüşlerin en geç 15 Ocak 2027 tarihine kadar iletilmesi "
                                             "gerekmektedir."),
    ("2027 Yılı Üyelik Aidatı Duyurusu", "Aidatların 31 Mart 2027 tarihine kadar ödenmesi gerekmektedir."),
    ("SKDM Beyanı Webinarı Hakkında",
     "Webinar 9 Aralık 2026 günü saat 14.00’te Zoom üzerinden yapılacaktır."),
)  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("index", [False, True])
def test_items_are_told_apart_under_every_numbering(style: str, index: bool) -> None:
    heads = [
        style.format(n=number, letter=chr(96 + number), roman=ROMAN[number - 1]) + title
        for number, (title, _) in enumerate(ITEMS, 1)
    ]
    lines = ["Sirküler No: 12", "İstanbul, 24.11.2026", "", "Sayın Üyemiz,", ""]
    if index:
        lines += [*heads, "", "Konularını içeren duyurularımız aşağıda sunulmuştur.", ""]
    for head, (_, body) in zip(heads, ITEMS, strict=True):
        lines += [head, body, ""]
    document = read_circular("\n".join([*lines, "Bilgilerini rica ederim.", "Genel Sekreter"]))
    assert [notice.title for notice in document.notices] == [title for title, _ in ITEMS]
    assert [notice.kind for notice in document.notices] == [
        Kind.FAIR, Kind.CONSULTATION, Kind.MEMBERSHIP, Kind.TRAINING,
    ]  # fmt: skip


SECTIONED = """{head} - 14 Nisan 2027

Bu sayıda iki görüş talebi ve bir eğitim var.

GÖRÜŞ TALEPLERİ

Deterjan taslağı görüşe açıldı
Bakanlık, deterjan etiketlerine ilişkin taslağı görüşe açmıştır. Görüşlerin 30 Nisan 2027 tarihine
kadar birliğimize iletilmesi gerekmektedir.

Oyuncak boyaları anketi
Kurum, oyuncak boyalarında kullanılan maddelere ilişkin bir anket hazırlamıştır. Anket 7 Mayıs 2027
tarihine kadar doldurulabilir.

EĞİTİM VE FUAR

SKDM eğitimi
Birliğimiz, SKDM raporlarına ilişkin bir eğitimi 11 Mayıs 2027 tarihinde saat 14.00'te çevrim içi
düzenleyecektir.

--
Sonraki sayı 21 Nisan 2027 tarihinde çıkacaktır."""


def test_headings_below_the_sections_of_a_newsletter_are_notices_of_their_own() -> None:
    found = read_circular(SECTIONED.format(head="Haftalık Bülten"))
    assert [notice.title for notice in found.notices] == [
        "Deterjan taslağı görüşe açıldı",
        "Oyuncak boyaları anketi",
        "SKDM eğitimi",
    ]
    assert [one.date for notice in found.notices for one in notice.deadlines] == [
        date(2027, 4, 30),
        date(2027, 5, 7),
    ]
    assert [meeting.start_date for notice in found.notices for meeting in notice.meetings] == [
        date(2027, 5, 11)
    ]


def test_sections_of_another_letter_are_its_parts() -> None:
    assert len(read_circular(SECTIONED.format(head="Sayı 2027/14")).notices) == 1


def test_numbered_steps_inside_a_body_are_no_notices() -> None:
    document = read_circular(
        "Sayın Üyemiz,\n\nDestek başvurusunda izlenecek adımlar şöyledir:\n\n1. Sisteme girilmesi,\n"
        "2. Formun doldurulması,\n3. Formun onaylanması gerekmektedir.\n\nBilgilerini rica ederim."
    )
    assert len(document.notices) == 1


def test_numbered_parts_of_one_subject_are_no_notices() -> None:
    document = read_circular(
        "Subject: Initiation of an anti-dumping proceeding concerning imports of zinc oxide\n"
        "originating in India and Türkiye\n\nThe Commission has decided to open a proceeding.\n\n"
        "1. Product\nThe product falls within CN code 2817 00 00 and comes as powder or granules.\n\n"
        "2. Procedure and time limits\nReplies are due by 15 January 2027 at the latest, in writing.\n\n"
        "3. Where to send documents\nSubmissions go to the address that the notice of initiation gives.\n"
    )
    assert [notice.kind for notice in document.notices] == [Kind.TRADE_DEFENCE]
    assert document.title.endswith("originating in India and Türkiye")
    assert document.notices[0].hs_codes == ("28170000",)


def test_a_line_of_a_sentence_with_a_word_for_page_and_a_mail_is_no_foot() -> None:
    document = read_circular(
        "Sayın Üyemiz,\n\nKatılmak isteyen üyelerimizin tanıtım föyünü (en fazla iki\n"
        "sayfa) en geç 15 Ocak 2027 Cuma günü mesai bitimine kadar heyet@dernek.example\n"
        "adresine iletmeleri gerekmektedir.\n"
    )
    assert document.notices[0].emails == ("heyet@dernek.example",)


def test_the_code_that_a_table_of_corrections_replaces_is_not_listed() -> None:
    document = read_circular(
        "Sayın Üyemiz,\n\nDuyurumuzda değişen satırlar şöyledir:\n\nSatır       Yanlış              Doğru\n"
        "GTİP        3102.50.00.00.19    3102.30.90.00.00\nMiktar      12.000 ton          12.600 ton\n"
    )
    assert document.notices[0].hs_codes == ("310230900000",)


def test_a_letter_in_two_languages_is_in_the_one_that_greets_first() -> None:
    turkish = "Değerli Üyelerimiz,\n\nToplantımız 24 Mart 2027 tarihinde yapılacaktır.\n\n"
    english = "Dear Members,\n\nThe meeting of the association is on 24 March 2027, and is free.\n\n"
    assert read_circular(turkish + english).language == "tr"
    assert read_circular(english + turkish).language == "en"


def test_the_days_of_a_programme_are_no_notices() -> None:
    document = read_circular(
        "Sayın Üyemiz,\n\nEğitim 18-19 Mayıs 2027 tarihlerinde verilecektir.\n\nProgram\n\n"
        "1. gün\nZararlılık sınıfları, etiket unsurları ve uygulama\n2. gün\n"
        "Ölçme, değerlendirme ve sertifikaların verilmesi\n\nBilgilerini rica ederim."
    )
    assert len(document.notices) == 1


def test_a_site_and_mail_at_the_foot_of_a_page_are_no_part_of_the_sentence_that_it_cuts() -> None:
    foot = "Evrak Tarih ve Sayısı: 25.11.2026-20914\nwww.dernek.example   info@dernek.example\n"
    document = read_circular(
        "Sayın Üyemiz,\n\nKayıtlarımız yenilenmektedir. "
        "Firma yetkili ve adres bilgilerinizin Üye Portalı "
        "(https://uye.dernek.example) "
        f"üzerinden\n{foot}kontrol edilerek güncellenmesi rica olunur.\n{foot}"
    )
    assert [link.url for link in document.notices[0].links] == ["https://uye.dernek.example"]
    assert document.notices[0].emails == ()


@pytest.mark.parametrize(
    ("head", "number", "day"),
    [
        ("Duyuru No / Notice No: 2027-15\n9 Mart 2027", "2027-15", date(2027, 3, 9)),
        ("Tarih: 18.02.2027\nSirküler: TİB-2027/145", "TİB-2027/145", date(2027, 2, 18)),
        ("Sirküler Tarih/No: 04.11.2026/247", "247", date(2026, 11, 4)),
        ("SİRKÜLER: 2025-561\n24 Kasım 2026", "2025-561", date(2026, 11, 24)),
        ("SİRKÜLER 2026-042\n24.11.2026", "2026-042", date(2026, 11, 24)),
        ("SİRKÜLER (2026/212)\nMersin, 19/11/2026", "2026/212", date(2026, 11, 19)),
        ("Sayı : 35649853-1182\nTarih: 20.11.2026\nKonu : Aidat Hk.", "35649853-1182", date(2026, 11, 20)),
        ("Circular No: 57\n24 November 2026", "57", date(2026, 11, 24)),
        ("İstanbul,04.11.2026", None, date(2026, 11, 4)),
    ],
)
def test_number_and_day_of_the_letter_are_read(head: str, number: str | None, day: date) -> None:
    document = read_circular(
        f"{head}\n\nSayın Üyemiz,\n\n30.12.2025 tarihli ve 33200 sayılı Karar yayımlanmıştır.\n"
    )
    assert (document.number, document.date) == (number, day)


def test_a_wrapped_address_is_one_again_and_swallows_no_word() -> None:
    document = read_circular(
        "Sayın Üyemiz,\n\nAyrıntılı bilgiye ve başvuru formuna ulaşmak için lütfen şu adresi kullanınız: "
        "https://alliance.ex\n"
        "ample/events/first-general-assembly-2027-01-21_en adresinden ulaşılabilir. Soru ve görüşleriniz "
        "için bizi arayınız.\n"
        "Kılavuz da aynı yerdedir, ona da şu bağlantı üzerinden kolayca ulaşabilirsiniz "
        "https://alliance.example/guide\n"
        "adresinde yayımlanmıştır.\n"
    )
    assert [link.url for link in document.notices[0].links] == [
        "https://alliance.example/events/first-general-assembly-2027-01-21_en",
        "https://alliance.example/guide",
    ]


def test_the_chain_of_letters_is_told_from_sender_to_sender() -> None:
    document = read_circular(
        "Sayın Üyemiz,\n\nTicaret Bakanlığının yazısına atıfla Türkiye İhracatçılar Meclisinden iletilen "
        "yazıda, "
        "yeni bir tebliğ yayımlandığı bildirilmektedir.\n"
    )
    assert document.chain == ("Ticaret Bakanlığı", "Türkiye İhracatçılar Meclisi")


@pytest.mark.skipif(not SEED.is_file(), reason="the letter that the project began with is not public")
def test_the_seed_circular_has_no_deadline_and_one_undated_assembly() -> None:
    document = read_circular(SEED.read_text(encoding="utf-8"))
    (notice,) = document.notices
    assert (notice.kind, notice.status.value) == (Kind.ALLIANCE, "new")
    assert notice.deadlines == ()
    assert [one.start_date for one in notice.meetings] == [None]
    assert [(link.role, link.url) for link in notice.links] == [(LinkRole.APPLICATION, None)]
    assert notice.countries == ("EU",)

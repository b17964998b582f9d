"""Which earlier notice a new one belongs to, and which two tell the same news."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.notice import Deadline, Kind, Link, LinkRole, Meeting, Notice, Status
from bot.domain.relation import Relation
from bot.domain.same_news import Evidence, identifiers, merge_routes, same_news
from bot.understanding.references import references
from bot.understanding.relations import Known, Reason, related


@pytest.mark.parametrize(
    ("text", "number", "day"),
    [
        ("2026/331 sayılı sirkülerimiz ile duyurulan fuar", "2026/331", None),
        ("2026/331 no’lu sirkülerimizde belirtilen", "2026/331", None),
        ("331 numaralı duyurumuzda", "331", None),
        ("12.11.2026 tarihli ve 2026/331 sayılı duyurumuzda belirtilen", "2026/331", date(2026, 11, 12)),
        ("İlgi: 12 Kasım 2026 tarih ve 331 sayılı sirkülerimiz.", "331", date(2026, 11, 12)),
        ("Birliğimizin 3 Kasım 2026 tarihli ve 2026/12 sayılı sirkülerinde", "2026/12", date(2026, 11, 3)),
        ("3 Kasım 2026 tarihli duyurumuz ile", None, date(2026, 11, 3)),
        ("5 Kasım 2026 tarihli yazımızda", None, date(2026, 11, 5)),
        ("Sirküler No: 2026/331 ile duyurulan fuar", "2026/331", None),
        ("Our circular No. 57 of 12 October 2026 announced", "57", date(2026, 10, 12)),
        ("As said in our notice dated 5 November 2026, applications", None, date(2026, 11, 5)),
    ],
)
def test_a_reference_is_read_as_letters_write_it(text: str, number: str | None, day: date | None) -> None:
    (found,) = references(text)
    assert (found.number, found.date) == (number, day)


@pytest.mark.parametrize(
    "text",
    [
        "Ticaret Bakanlığının 20.11.2026 tarihli ve 4821573 sayılı yazısına atfen",
        "21.11.2026 tarihli ve 33121 sayılı Resmî Gazete’de yayımlanan Tebliğ",
        "2020/740 sayılı AB Tüzüğüne uyum amacıyla",
        "Konularını içeren duyurularımız aşağıda bilgilerinize sunulmuştur.",
        "Bu duyuru üyelerimize iletilmiştir.",
        "",
    ],
)
def test_letters_of_others_and_laws_are_no_references(text: str) -> None:
    assert references(text) == ()


def test_the_subject_of_an_earlier_circular_is_read_by_its_words() -> None:
    (found,) = references("“Cezayir Sektörel Ticaret Heyeti” konulu sirkülerimizde belirtilen")
    assert found.words == {"cezay", "sekt", "ticar", "heyet"}


def known(
    notice_id: int, title: str, number: str | None = None, *, kind: Kind = Kind.FAIR, **facts: object
) -> Known:
    sent = date(2026, 11, 1 + notice_id)
    return Known(notice_id, Notice(title, kind=kind, **facts), number, sent, sent)  # type: ignore[arg-type]


MISSION = known(
    1, "Cezayir Sektörel Ticaret Heyeti", "2026/331",
    kind=Kind.TRADE_MISSION, countries=("DZ",), deadlines=(Deadline(date(2027, 1, 5)),),
)  # fmt: skip
FAIR = known(2, "Dubai Boya Fuarı", "2026/340", countries=("AE",))
OTHER_MISSION = known(
    3, "Brezilya Sektörel Ticaret Heyeti", "2026/350", kind=Kind.TRADE_MISSION, countries=("BR",)
)
TRAINING = known(4, "KKDİK Uygulama Eğitimi", "2026/360", kind=Kind.TRAINING)
ALL = (MISSION, FAIR, OTHER_MISSION, TRAINING)


def extension(title: str, text: str = "", **facts: object) -> Notice:
    usual: dict[str, object] = {"kind": Kind.TRADE_MISSION, "status": Status.EXTENSION}
    return Notice(title, text=text, **(usual | facts))  # type: ignore[arg-type]


def test_an_extension_belongs_to_the_notice_whose_number_it_names() -> None:
    found = related(
        extension("Süre Uzatımı", "2026/331 sayılı sirkülerimizde belirtilen başvuru süresi uzatılmıştır."),
        ALL,
    )
    assert found is not None
    assert (found.id, found.relation, found.reason) == (1, Relation.EXTENSION, Reason.NUMBER)


def test_an_extension_without_number_belongs_to_the_notice_of_its_rare_words() -> None:
    found = related(extension("Cezayir Ticaret Heyeti Son Başvuru Tarihi Uzatıldı", countries=("DZ",)), ALL)
    assert found is not None
    assert (found.id, found.reason) == (1, Reason.TITLE)


def test_a_former_date_in_the_text_tips_the_scales() -> None:
    text = "Heyete son başvuru tarihi 5 Ocak 2027’den 19 Ocak 2027’ye uzatılmıştır."
    found = related(extension("Sektörel Ticaret Heyeti", text), (MISSION, OTHER_MISSION))
    assert found is not None
    assert found.id == 1


def test_a_circulars_own_number_is_no_reference() -> None:
    text = "2026/331 sayılı sirkülerimiz ekte sunulmuştur."
    assert related(extension("Aidat", text, kind=Kind.MEMBERSHIP), ALL, number="2026/331") is None


@pytest.mark.parametrize(
    "notice",
    [
        extension("Sektörel Ticaret Heyeti"),  # two are as likely
        extension("Kauçuk Sempozyumu", kind=Kind.MEETING),
        extension("2025/331 sayılı", "2025/331 sayılı sirkülerimiz", kind=Kind.MEETING),  # another year's
        Notice("Cezayir Sektörel Ticaret Heyeti", kind=Kind.TRADE_MISSION),  # changes nothing, names nothing
    ],
)
def test_where_it_is_not_clear_nothing_is_suggested(notice: Notice) -> None:
    assert related(notice, ALL) is None


def test_an_extension_of_an_extension_belongs_to_the_newest() -> None:
    again = replace(MISSION, id=9, number="2026/399", sent_on=date(2026, 11, 20))
    found = related(extension("Cezayir Sektörel Ticaret Heyeti", countries=("DZ",)), (*ALL, again))
    assert found is not None
    assert found.id == 9


def test_a_notice_that_names_an_earlier_one_goes_on_from_it() -> None:
    notice = Notice(
        "Dubai Boya Fuarı Katılım Bedeli",
        kind=Kind.FAIR,
        text="2026/340 sayılı sirkülerimizde duyurulan fuar",
    )
    found = related(notice, ALL)
    assert found is not None
    assert (found.id, found.relation) == (2, Relation.FOLLOW_UP)


def test_of_a_circular_with_several_subjects_the_right_one_is_found() -> None:
    siblings = (
        known(5, "Etilen Glikol Tarife Kontenjanı", "2026/731", kind=Kind.TARIFF_QUOTA),
        known(6, "Ürdün Gübre Alım İhalesi", "2026/731", kind=Kind.TENDER),
    )
    text = "2026/731 sayılı sirkülerimizde duyurulan ihalenin son teklif tarihi uzatılmıştır."
    found = related(extension("Ürdün Gübre İhalesi", text, kind=Kind.TENDER), siblings)
    assert found is not None
    assert found.id == 6


PRESS = "https://ec.europa.eu/commission/presscorner/detail/en/ip_26_1799"


@pytest.mark.parametrize(
    ("circular", "url", "news", "news_url", "evidence"),
    [
        (
            Notice("Bir duyuru metni", links=(Link(f"{PRESS}?utm_source=x", LinkRole.SOURCE),)), None,
            Notice("A press release", language="en"), PRESS, Evidence.ADDRESS,
        ),
        (
            Notice("CELEX:32026R2001 sayılı Tüzük"), None,
            Notice("Regulation on imports", language="en"),
            "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX%3A32026R2001", Evidence.REFERENCE,
        ),
        (
            Notice("Tebliğ", text="21.11.2026 tarihli ve 33121 sayılı Resmî Gazete’de Tebliğ (No: 2026/15)"),
            None,
            Notice("Karar", text="33121 sayılı Resmî Gazete’de yayımlanan Tebliğ (Tebliğ No: 2026/15)"), None,
            Evidence.REFERENCE,
        ),
        (
            Notice("Kritik Kimyasallar İttifakı Genel Kurulu"), None,
            Notice("Kritik Kimyasallar  İttifakı – Genel Kurulu"), None, Evidence.TITLE,
        ),
        (
            Notice("İttifak toplantısı", kind=Kind.ALLIANCE,
                   text="Kritik Kimyasallar İttifakının Genel Kurulu",
                   meetings=(Meeting(date(2027, 2, 3)),)), None,
            Notice("General Assembly", kind=Kind.ALLIANCE, text="The Critical Chemicals Alliance meets",
                   meetings=(Meeting(date(2027, 2, 3)),)), None, Evidence.FACTS,
        ),
    ],
)  # fmt: skip
def test_the_same_news_is_known_by_address_number_title_or_facts(
    circular: Notice, url: str | None, news: Notice, news_url: str | None, evidence: Evidence
) -> None:
    assert same_news(circular, url, news, news_url) is evidence
    assert same_news(news, news_url, circular, url) is evidence


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Notice("CELEX:32026R2001: act"), Notice("CELEX:32026R2001(01)")),  # its corrigendum
        (Notice("A", text="CELEX:32006R1907"), Notice("B", text="CELEX:32006R1907")),  # both only mention it
        (
            Notice("Bir", links=(Link("https://www.ticaret.gov.tr/", LinkRole.SOURCE),)),
            Notice("İki", links=(Link("https://ticaret.gov.tr", LinkRole.SOURCE),)),
        ),
        (Notice("Aynı Başlıklı Duyuru Metni"), Notice("Aynı Başlıklı Duyuru Metni", status=Status.EXTENSION)),
        (Notice("A", text="33121 sayılı Resmî Gazete"), Notice("B", text="33121 sayılı Resmî Gazete")),
        (Notice("A", links=(Link("https://[", LinkRole.SOURCE),)), Notice("B")),
    ],
)
def test_other_news_are_not_taken_for_the_same(one: Notice, other: Notice) -> None:
    assert same_news(one, None, other, None) is None


def test_a_corrigendum_has_a_number_of_its_own() -> None:
    assert identifiers(Notice("CELEX:32026R2001(01)")) == {"celex:32026r2001(01)"}


def test_routes_are_merged_in_order_each_station_once() -> None:
    merged = merge_routes(("Press Corner",), ("Ticaret Bakanlığı", "TİM"), ("press  corner", "TİM", "Birlik"))
    assert merged == ("Press Corner", "Ticaret Bakanlığı", "TİM", "Birlik")

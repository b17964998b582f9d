"""The message a member reads of a notice: right in both languages, within the limits whatever comes."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.association import Association
from bot.domain.glossary import parse_glossary
from bot.domain.notice import Deadline, Kind, Link, LinkRole, Meeting, Notice, Status
from bot.domain.topic import parse_topics
from bot.rendering.catalog import LOCALES, load_catalogs
from bot.rendering.kit import RenderingKit
from bot.rendering.markup import WORD_JOINER, untrusted
from bot.rendering.messages import NoticeView, Rendered, notice_message
from bot.rendering.when import date_range, relative_day
from bot.sandbox.text.html import parse_html

KIT = RenderingKit(
    load_catalogs(),
    Association("Örnek Birlik"),
    parse_topics(tomllib.loads((LOCALES / "topics.toml").read_text(encoding="utf-8"))),
    parse_glossary(tomllib.loads((LOCALES / "glossary.toml").read_text(encoding="utf-8"))),
)
TR, EN = KIT.catalogs["tr"], KIT.catalogs["en"]
TOKEN = "Ab3_-xyz"
FRIDAY = date(2026, 10, 23)
NOTICE = Notice("Başlık", language="tr", summary="Türkçe özet.", text="Türkçe metnin tamamı.")


def message(notice: Notice, language: str = "tr", **around: object) -> Rendered:
    view = NoticeView(notice, 42, **around)  # type: ignore[arg-type]
    return notice_message(view, KIT, language, token=TOKEN)


def read(rendered: Rendered) -> str:
    """What stands on the phone's screen. Fails for markup that Telegram refuses."""
    return parse_html(str(rendered.text))[0]


def said(notice: Notice, language: str = "tr", **around: object) -> str:
    return read(message(notice, language, **around))


def buttons(rendered: Rendered) -> dict[str, str]:
    return {button.text: button.data or button.url or "" for row in rendered.keyboard for button in row}


@pytest.mark.parametrize(
    ("deadline", "turkish", "english"),
    [
        (
            Deadline(FRIDAY, time(17)),
            "23 Ekim 2026 Cuma, saat 17.00",
            "Friday, 23 October 2026, 17:00",
        ),
        (Deadline(FRIDAY), "23 Ekim 2026 Cuma", "Friday, 23 October 2026"),
        (
            Deadline(FRIDAY, time(17), time_zone="Europe/Istanbul"),
            "23 Ekim 2026 Cuma, saat 17.00",
            "Friday, 23 October 2026, 17:00",
        ),
        (
            Deadline(FRIDAY, time(12), time_zone="Europe/Brussels"),
            "23 Ekim 2026 Cuma, saat 13.00 (Brüksel saatiyle 12.00)",
            "Friday, 23 October 2026, 13:00 (12:00 in Brussels)",
        ),
        (
            Deadline(date(2026, 12, 31), time(23, 59), time_zone="Europe/Brussels"),
            "1 Ocak 2027 Cuma, saat 01.59 (Brüksel saatiyle 31 Aralık 23.59)",
            "Friday, 1 January 2027, 01:59 (31 December 23:59 in Brussels)",
        ),
        (
            Deadline(date(2026, 8, 20), time(9, 5), time_zone="Europe/London"),
            "20 Ağustos 2026 Perşembe, saat 11.05 (Londra saatiyle 09.05)",
            "Thursday, 20 August 2026, 11:05 (09:05 in London)",
        ),
        (
            Deadline(None, quote="yayım tarihinden itibaren 15 gün içinde"),
            "«yayım tarihinden itibaren 15 gün içinde» (başlangıç günü metinde yok)",
            "“yayım tarihinden itibaren 15 gün içinde” (the text does not give the day it counts from)",
        ),
    ],
)
def test_a_deadline_in_words(deadline: Deadline, turkish: str, english: str) -> None:
    notice = replace(NOTICE, deadlines=(deadline,))
    assert f"Son tarih: {turkish}\n" in said(notice, "tr")
    assert f"Deadline: {english}\n" in said(notice, "en")


@pytest.mark.parametrize(
    ("kind", "turkish", "english"),
    [
        (Kind.ALLIANCE, "Son başvuru", "Apply by"),
        (Kind.CONSULTATION, "Görüş bildirme son günü", "Send views by"),
        (Kind.FAIR, "Son başvuru", "Apply by"),
        (Kind.FUNDING, "Son başvuru", "Apply by"),
        (Kind.TENDER, "Son teklif", "Bids due"),
        (Kind.TRADE_DEFENCE, "Son tarih", "Deadline"),
        (Kind.LEGISLATION, "Son tarih", "Deadline"),
    ],
)
def test_the_label_says_what_must_be_done_by_then(kind: Kind, turkish: str, english: str) -> None:
    notice = replace(NOTICE, kind=kind, deadlines=(Deadline(FRIDAY),))
    assert f"\n{turkish}: 23 Ekim" in said(notice, "tr")
    assert f"\n{english}: Friday" in said(notice, "en")


@pytest.mark.parametrize(
    ("meeting", "turkish", "english"),
    [
        (
            Meeting(date(2026, 12, 15), None, time(10), "Europe/Brussels", "Brüksel", quote="Genel Kurul"),
            "Genel Kurul: 15 Aralık 2026 Salı, saat 12.00 (Brüksel saatiyle 10.00) · Brüksel",
            "General Assembly: Tuesday, 15 December 2026, 12:00 (10:00 in Brussels) · Brussels",
        ),
        (
            Meeting(None, quote="genel kurul daha sonra"),
            "Genel Kurul: tarihi daha sonra duyurulacaktır.",
            "General Assembly: date to be announced.",
        ),
        (
            Meeting(date(2027, 3, 9), date(2027, 3, 12), place="Köln, Almanya"),
            "Toplantı: 9-12 Mart 2027 · Köln, Almanya",
            "Meeting: 9-12 March 2027 · Cologne, Germany",
        ),
        (
            Meeting(date(2026, 12, 2), online=True),
            "Toplantı: 2 Aralık 2026 Çarşamba · çevrim içi",
            "Meeting: Wednesday, 2 December 2026 · online",
        ),
    ],
)
def test_a_meeting_in_words(meeting: Meeting, turkish: str, english: str) -> None:
    notice = replace(NOTICE, meetings=(meeting,))
    assert turkish + "\n" in said(notice, "tr")
    assert english + "\n" in said(notice, "en")


@pytest.mark.parametrize(
    ("start", "end", "turkish", "english"),
    [
        (date(2026, 3, 30), date(2026, 4, 3), "30 Mart - 3 Nisan 2026", "30 March - 3 April 2026"),
        (
            date(2026, 12, 30),
            date(2027, 1, 2),
            "30 Aralık 2026 - 2 Ocak 2027",
            "30 December 2026 - 2 January 2027",
        ),
        (date(2026, 5, 4), date(2026, 5, 4), "4 Mayıs 2026 Pazartesi", "Monday, 4 May 2026"),
        (date(2026, 5, 4), None, "4 Mayıs 2026 Pazartesi", "Monday, 4 May 2026"),
    ],
)
def test_days_from_to(start: date, end: date | None, turkish: str, english: str) -> None:
    assert date_range(start, end, "tr") == turkish
    assert date_range(start, end, "en") == english


def test_every_turkish_month_is_written_as_turks_write_it() -> None:
    months = (
        *("Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran"),
        *("Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"),
    )
    for number, name in enumerate(months, start=1):
        notice = replace(NOTICE, deadlines=(Deadline(date(2027, number, 1)),))
        assert f"Son tarih: 1 {name} 2027 " in said(notice)


@pytest.mark.parametrize(
    ("days", "turkish", "english"),
    [
        (0, "bugün", "today"),
        (1, "yarın", "tomorrow"),
        (3, "3 gün sonra", "in 3 days"),
        (15, None, None),
        (-1, None, None),
    ],
)
def test_how_far_a_day_is(days: int, turkish: str | None, english: str | None) -> None:
    day = date.fromordinal(FRIDAY.toordinal() + days)
    assert relative_day(day, FRIDAY, TR) == turkish
    assert relative_day(day, FRIDAY, EN) == english


def test_lists_and_numbers_are_the_languages_own() -> None:
    assert TR.list(["A", "B", "C"]) == "A, B ve C"
    assert EN.list(["A", "B", "C"]) == "A, B and C"
    assert (TR.number(1284), EN.number(1284)) == ("1.284", "1,284")
    notice = replace(NOTICE, countries=("DE", "MA", "EU"), hs_codes=("730630", "28369900"))
    assert "Ülke/bölge: Almanya, Fas ve Avrupa Birliği\nGTİP: 7306.30, 2836.99.00" in said(notice)
    assert "Country/region: Germany, Morocco and European Union\nTariff codes: 7306.30, 2836.99.00" in said(
        notice, "en"
    )


def test_the_application_link_stands_in_the_text_and_on_a_button() -> None:
    url = "https://ittifak.example/basvuru?a=1&b=<2>".replace("<2>", "2")
    notice = replace(
        NOTICE, links=(Link(url, LinkRole.APPLICATION), Link("https://x.example", LinkRole.SOURCE))
    )
    rendered = message(notice)
    assert f"Başvuru formu: {url}\n" in read(rendered)
    assert buttons(rendered)["Başvuru formu"] == url
    assert buttons(message(notice, "en"))["Application form"] == url


def test_a_lost_link_is_said_and_no_button_made_of_it() -> None:
    rendered = message(replace(NOTICE, links=(Link(None, LinkRole.APPLICATION, "Başvuru Formu"),)))
    assert "Başvuru formu: adresi henüz elimize ulaşmamıştır." in read(rendered)
    assert "Başvuru formu" not in buttons(rendered)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a", "https://a.b/<i>", "http://a.b/ c", "tg://x.y"]
)
def test_no_address_but_a_web_address_is_passed_on(url: str) -> None:
    rendered = message(replace(NOTICE, links=(Link(url, LinkRole.APPLICATION),)))
    assert url not in read(rendered)
    assert url not in buttons(rendered).values()


def test_reminders_are_offered_where_there_is_a_day_and_the_file_where_there_is_one() -> None:
    assert set(buttons(message(NOTICE))) == {"Bana neden geldi?"}
    dated = message(replace(NOTICE, deadlines=(Deadline(FRIDAY),)), file_id="file")
    assert buttons(dated) == {
        "Sirkülerin aslı": f"dc:{TOKEN}:42",
        "Bana hatırlat": f"rm:{TOKEN}:42",
        "Bana neden geldi?": f"wy:{TOKEN}:42",
    }


def test_the_other_language_says_what_templates_can_and_quotes_the_original() -> None:
    notice = Notice(
        "Critical Chemicals Alliance: call for members",
        kind=Kind.ALLIANCE,
        language="en",
        deadlines=(Deadline(FRIDAY, time(17)),),
        topics=("alliance", "cbam"),
        summary="Organisations may apply.",
        text="The European Commission invites organisations to apply by 23 October 2026.",
    )
    rendered = message(notice, "tr", source_name="Basın", source_url="https://basin.example/1")
    text = read(rendered)
    assert text.splitlines()[1] == "AB İttifakı · SKDM (sınırda karbon)"
    assert "Son başvuru: 23 Ekim 2026 Cuma, saat 17.00" in text
    assert "Metnin aslı İngilizcedir." in text
    assert "Critical Chemicals Alliance = Kritik Kimyasallar İttifakı" in text
    quoted = [e for e in parse_html(str(rendered.text))[1] if e["type"] == "expandable_blockquote"]
    assert len(quoted) == 1
    assert notice.text in text
    own = message(notice, "en")
    assert not [e for e in parse_html(str(own.text))[1] if "blockquote" in e["type"]]
    assert "Organisations may apply." in read(own)


def test_a_corrected_day_is_said_where_the_original_is_quoted() -> None:
    wording = "görüşlerin 30 Kasım 2026 gününe kadar iletilmesi"
    notice = replace(NOTICE, text=wording, deadlines=(Deadline(date(2026, 11, 30), quote=wording),))
    sentence = EN("notice.corrected").unescape()
    assert sentence not in said(notice, "en")
    assert sentence in said(replace(notice, deadlines=(Deadline(date(2026, 12, 4), quote=wording),)), "en")


def test_the_chain_of_letters_is_named_in_the_readers_language() -> None:
    around = {
        "number": "2026/331",
        "chain": ("Ticaret Bakanlığı", "Türkiye İhracatçılar Meclisi", "Örnek Birlik"),
    }
    turkish, english = said(NOTICE, "tr", **around), said(NOTICE, "en", **around)
    assert (
        "Sirküler No: 2026/331 · İletim: Ticaret Bakanlığı → Türkiye İhracatçılar Meclisi → Örnek Birlik"
        in turkish
    )
    assert (
        "Circular No. 2026/331 · Forwarded by: Ministry of Trade → Turkish Exporters Assembly → Örnek Birlik"
        in english
    )


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.NEW])
def test_what_changes_something_announced_says_so_first(status: Status) -> None:
    first = said(replace(NOTICE, status=status)).splitlines()[0]
    assert first == TR(f"status.{status.value}").striptags()
    assert first.isupper()


def test_an_extension_names_the_new_date() -> None:
    notice = replace(NOTICE, status=Status.EXTENSION, kind=Kind.TENDER, deadlines=(Deadline(FRIDAY),))
    assert "Son teklif (yeni tarih): 23 Ekim 2026 Cuma" in said(notice)


# Whatever comes:

HOSTILE = (
    *("<b>&\"'", "</b>", "&amp;", "&#0;", "/stop", "@birlik", "{title}", "%s", "🧪👩\u200d🔬", "\u202eters"),
    *("العربية", "\x00", "\ud7ff", "İıŞş", "\n\n", "https://a.example/<x>"),
    *("a" * 5_000, "kelime " * 1_500, "<" * 4_096, "&" * 10_000),
)
texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=400),
    st.lists(st.sampled_from(HOSTILE), max_size=4).map(" ".join),
)
days = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
hours = st.one_of(st.none(), st.times().map(lambda at: at.replace(second=0, microsecond=0)))
zones = st.sampled_from([None, "Europe/Istanbul", "Europe/Brussels", "America/New_York", "Asia/Kolkata"])
deadlines = st.builds(Deadline, days, hours, st.booleans(), texts, zones)
meetings = st.builds(
    Meeting, days, days, hours, zones, st.one_of(st.none(), texts), st.booleans(), texts, label=st.none()
)
addresses = st.one_of(
    st.none(),
    texts,
    st.integers(0, 990).map(lambda n: "https://form.example/" + "ş" * n),
    st.just("https://form.example/?a=1&b='2'&c=<3>"),
)
links = st.builds(Link, addresses, st.sampled_from(LinkRole), st.one_of(st.none(), texts))
notices = st.builds(
    Notice,
    title=texts,
    kind=st.sampled_from(Kind),
    status=st.sampled_from(Status),
    language=st.sampled_from(["tr", "en"]),
    countries=st.lists(st.sampled_from(["DE", "MA", "EU", "XX", "TR"]), max_size=60).map(tuple),
    hs_codes=st.lists(st.sampled_from(["730630", "283699900011", "28"]), max_size=300).map(tuple),
    deadlines=st.lists(deadlines, max_size=50).map(tuple),
    meetings=st.lists(meetings, max_size=20).map(tuple),
    links=st.lists(links, max_size=40).map(tuple),
    emails=st.lists(texts, max_size=5).map(tuple),
    topics=st.lists(st.sampled_from([*KIT.topics.keys(), "unknown"]), max_size=25).map(tuple),
    summary=texts,
    text=texts,
)
views = st.builds(
    NoticeView,
    notices,
    st.integers(1, 10**12 - 1),
    number=st.one_of(st.none(), texts),
    chain=st.lists(texts, max_size=8).map(tuple),
    source_name=st.one_of(st.none(), texts),
    source_url=addresses,
    file_id=st.sampled_from([None, "file"]),
)


def bare(text: str) -> str:
    """Without what is taken out of or put into other people's words, and blanks as they come."""
    return " ".join(untrusted(text).unescape().replace(WORD_JOINER, "").split())


@settings(max_examples=150, deadline=None)
@given(views, st.sampled_from(["tr", "en"]))
def test_any_notice_gives_a_message_that_telegram_takes(view: NoticeView, language: str) -> None:
    rendered = notice_message(view, KIT, language, token="t" * 16)
    text = read(rendered)
    assert 0 < len(text) <= 4096
    assert len(str(rendered.text)) < 100_000
    wanted = bare(view.notice.title[:250])
    assert wanted[:200] in bare(text)
    assert "\x00" not in text
    for row in rendered.keyboard:
        for button in row:
            assert 0 < len(button.text) <= 40
            assert len((button.data or "").encode()) <= 64
            assert button.url is None or button.url.startswith("http")


@settings(max_examples=100, deadline=None)
@given(views, st.sampled_from(["tr", "en"]))
def test_no_dated_fact_gives_way_to_free_text(view: NoticeView, language: str) -> None:
    short = replace(view.notice, deadlines=(Deadline(FRIDAY, time(17)),), meetings=(Meeting(FRIDAY),))
    text = read(notice_message(replace(view, notice=short), KIT, language, token="t" * 16))
    when = "23 Ekim 2026 Cuma, saat 17.00" if language == "tr" else "Friday, 23 October 2026, 17:00"
    assert text.count(when) >= 1
    assert text.count(when.split(", saat")[0].removesuffix(", 17:00")) >= 2


def test_what_does_not_fit_is_counted() -> None:
    facts = tuple(Deadline(date.fromordinal(FRIDAY.toordinal() + n), time(17)) for n in range(120))
    text = said(replace(NOTICE, deadlines=facts, summary="Özet " * 100))
    listed = text.count("Son tarih: ")
    assert 40 < listed < 120
    assert f"… ve {120 - listed} bilgi daha" in text
    assert "Özet Özet" in text


def test_an_endless_fact_does_not_cost_the_others() -> None:
    text = said(replace(NOTICE, hs_codes=("730630",) * 400, emails=("a@b.example",)))
    assert "GTİP" not in text
    assert "E-posta: a@b.example\n… ve 1 bilgi daha" in text

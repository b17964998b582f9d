from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checks import Doubt, open_checks
from bot.domain.corrections import correct
from bot.domain.draft_tap import DraftTap, parse_draft_tap
from bot.domain.entry import parse_address, parse_deadline, parse_meeting, written_days
from bot.domain.notice import Deadline, Link, LinkRole, Meeting, Notice
from bot.errors import Refused
from bot.rendering.reports import csv_file, harmless

TODAY = date(2026, 11, 24)
NOTICE = Notice("Başlık", topics=("cbam",))


@pytest.mark.parametrize(
    "text",
    [
        "30.11.2026",
        "30/11/2026",
        "2026-11-30",
        "30 Kasım 2026",
        "30 KASIM 2026",
        "30 kasim 2026 tarihinde",
        "30 Nov 2026",
        "November 30, 2026",
        "30th November 2026",
    ],
)
def test_a_day_is_understood_however_staff_write_it(text: str) -> None:
    assert parse_deadline(text) == Deadline(date(2026, 11, 30), quote=" ".join(text.split()))


@pytest.mark.parametrize(
    ("text", "hour", "zone"),
    [
        ("30.11.2026 17.00", time(17), None),
        ("30 Kasım 2026 saat 17.30", time(17, 30), None),
        ("30 Nov 2026 at 9:05", time(9, 5), None),
        ("30.11.2026 12:00 CET", time(12), "Europe/Brussels"),
        ("30.11.2026 Brüksel saatiyle 12.00", time(12), "Europe/Brussels"),
    ],
)
def test_an_hour_is_local_unless_it_says_brussels(text: str, hour: time, zone: str | None) -> None:
    deadline = parse_deadline(text)
    assert (deadline.time, deadline.time_zone) == (hour, zone)


@pytest.mark.parametrize(
    "text",
    ["", "yarın", "30 Kasım", "31.02.2026", "32.1.2026", "1.1.2026 2.1.2026", "30.11.26", "\x00", "9" * 5000],
)
def test_what_is_no_single_date_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_deadline(text)
    assert refused.value.key == "draft.bad_date"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "15.12.2026 10.00, Brüksel",
            Meeting(date(2026, 12, 15), None, time(10), None, "Brüksel"),
        ),
        (
            "15.12.2026 - 17.12.2026 İzmir Fuar Alanı",
            Meeting(date(2026, 12, 15), date(2026, 12, 17), place="İzmir Fuar Alanı"),
        ),
        ("15 Aralık 2026 10.00 çevrim içi", Meeting(date(2026, 12, 15), None, time(10), online=True)),
        ("15 Dec 2026, online", Meeting(date(2026, 12, 15), online=True)),
    ],
)
def test_a_meeting_is_read_with_hour_place_and_range(text: str, expected: Meeting) -> None:
    assert replace(parse_meeting(text), quote="") == expected


@pytest.mark.parametrize("text", ["", "Brüksel", "17.12.2026 - 15.12.2026"])
def test_a_meeting_without_a_sensible_day_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_meeting(text)


@pytest.mark.parametrize(
    "text",
    [
        "form.example",
        "http://form.example",
        "https://localhost",
        "https://form.example:99999/",
        "https://form.example/<b>",
        "https://[::1",
        "bakınız https://form.example",
        "https://form.example/" + "a" * 1000,
    ],
)
def test_only_a_whole_https_address_is_taken(text: str) -> None:
    with pytest.raises(Refused):
        parse_address(text)


def test_an_address_may_have_turkish_letters_and_a_query() -> None:
    address = "https://birlik.example/başvuru?a=1&b=2#form"
    assert parse_address(f"  {address}\n") == address


def test_uncertain_facts_come_first_and_the_least_certain_first_of_all() -> None:
    notice = replace(
        NOTICE,
        topics=(),
        deadlines=(
            Deadline(date(2026, 12, 1), confidence=0.7, quote="a"),
            Deadline(date(2026, 12, 2), confidence=0.3, quote="b"),
            Deadline(date(2026, 12, 3), confidence=0.95, quote="c"),
        ),
        links=(Link(None, LinkRole.APPLICATION),),
    )
    found = open_checks(notice, False, (), TODAY)
    assert [(check.doubt, check.field) for check in found] == [
        (Doubt.UNCERTAIN, "dl1"),
        (Doubt.UNCERTAIN, "dl0"),
        (Doubt.NO_TOPIC, "topics"),
        (Doubt.NO_LINK, "link"),
    ]


def test_a_date_in_the_past_is_asked_about_and_another_value_asks_again() -> None:
    past = replace(NOTICE, deadlines=(Deadline(date(2026, 11, 1)),))
    (check,) = open_checks(past, False, (), TODAY)
    assert check.doubt is Doubt.PAST
    assert open_checks(past, False, (check.path,), TODAY) == ()
    other = replace(NOTICE, deadlines=(Deadline(date(2026, 11, 2)),))
    assert len(open_checks(other, False, (check.path,), TODAY)) == 1


CIRCULAR = "Görüşlerin 30 Kasım 2026 Pazartesi gününe kadar iletilmesi gerekmektedir."


@pytest.mark.parametrize(
    ("field", "value", "doubted"),
    [
        ("dl0", "4 Aralık 2026", ["summary"]),
        ("dl0", "30.11.2026 17.00", []),
        ("mt0", "16.12.2026", ["title"]),
        ("mt0", "15 Aralık 2026 10.00", []),
    ],
)
def test_where_the_old_day_still_stands_is_asked_about(field: str, value: str, doubted: list[str]) -> None:
    read = Notice(
        "Webinar (15 Aralık)",
        topics=("cbam",),
        summary=CIRCULAR,
        deadlines=(Deadline(date(2026, 11, 30), quote="30 Kasım 2026 Pazartesi gününe kadar"),),
        meetings=(Meeting(date(2026, 12, 15), quote="15.12.2026 tarihinde"),),
    )
    assert open_checks(read, False, (), TODAY) == ()
    found = open_checks(correct(read, field, value), False, (), TODAY)
    assert [(check.doubt, check.field) for check in found] == [(Doubt.STALE, one) for one in doubted]
    assert all("30 Kasım 2026" in check.quote or "15 Aralık" in check.quote for check in found)


def test_the_old_day_is_asked_about_until_it_is_gone_or_left_so() -> None:
    read = replace(NOTICE, summary=CIRCULAR, deadlines=(Deadline(date(2026, 11, 30), quote=CIRCULAR),))
    corrected = correct(read, "dl0", "4.12.2026")
    (check,) = open_checks(corrected, False, (), TODAY)
    assert open_checks(corrected, False, (check.path,), TODAY) == ()
    assert len(open_checks(correct(corrected, "dl0", "7.12.2026"), False, (check.path,), TODAY)) == 1
    assert open_checks(correct(corrected, "summary", "Görüş bekleniyor."), False, (), TODAY) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9-12 Mart 2027", [(2027, 3, 9), (2027, 3, 12)]),
        ("30 Kasım Pazartesi", [(None, 11, 30)]),
        ("by 4 December 2026", [(2026, 12, 4)]),
        ("on December 4th, 2026", [(2026, 12, 4)]),
        ("05.12.2026 ile 2026-12-06", [(2026, 12, 6), (2026, 12, 5)]),
        ("7306.30 tarife pozisyonu, 15 gün içinde, 20 marka", []),
    ],
)
def test_the_days_that_a_text_names(text: str, expected: list[tuple[int | None, int, int]]) -> None:
    assert [(one.year, one.month, one.day) for one in written_days(text)] == expected


def test_a_missing_topic_cannot_be_confirmed_away_but_all_subscribers_answer_it() -> None:
    notice = replace(NOTICE, topics=())
    (check,) = open_checks(notice, False, (), TODAY)
    assert open_checks(notice, False, (check.path,), TODAY) == (check,)
    assert open_checks(notice, True, (), TODAY) == ()


def test_a_lost_application_link_is_filled_in_and_not_doubled() -> None:
    notice = replace(NOTICE, links=(Link(None, LinkRole.APPLICATION, "form"),))
    fixed = correct(notice, "link", "https://form.example")
    assert fixed.links == (Link("https://form.example", LinkRole.APPLICATION, "form"),)
    assert correct(fixed, "link", "yok").links == ()


@pytest.mark.parametrize(("field", "text"), [("title", " \n "), ("title", "x" * 301), ("summary", "x" * 901)])
def test_titles_and_summaries_are_neither_empty_nor_endless(field: str, text: str) -> None:
    with pytest.raises(Refused):
        correct(NOTICE, field, text)


@pytest.mark.parametrize("field", ["dl", "dl10", "text", "", "topics", "mt-1"])
def test_an_unknown_field_is_refused(field: str) -> None:
    with pytest.raises(Refused):
        correct(NOTICE, field, "x")


@given(st.text(max_size=80))
def test_no_callback_data_but_our_own_is_taken(data: str) -> None:
    tap = parse_draft_tap(data)
    assert tap is None or tap.data() == data


@pytest.mark.parametrize(
    "data", ["sd:1:1:view:0", "sd:１:1:view:0:", "sd:1:1:view:0:\n", "sd:-1:1:view:0:", "sd:1:1:VIEW:0:"]
)
def test_forged_callback_data_is_refused(data: str) -> None:
    assert parse_draft_tap(data) is None


def test_callback_data_survives_the_way_there_and_back() -> None:
    tap = DraftTap(123456789, 99, "everyone", 40, "reach_clp")
    assert parse_draft_tap(tap.data()) == tap
    assert len(tap.data().encode()) <= 64


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_cell_that_would_be_a_formula_is_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_the_list_is_what_a_turkish_spreadsheet_expects() -> None:
    raw = csv_file(["Ad", "Durum"], [["Şahin; A.Ş.", 'a"b']])
    assert raw == '\ufeffAd;Durum\r\n"Şahin; A.Ş.";"a""b"\r\n'.encode()

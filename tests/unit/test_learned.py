"""What the reader learned from labelled letters judges words that no rule knows, and its data is sound."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bot.domain.notice import Kind, Status
from bot.understanding.dates import dates_of
from bot.understanding.fold import fold
from bot.understanding.sorting import log_shares
from bot.understanding.terms import terms
from bot.understanding.weighing import TERM_WEIGHTS, WEIGHTS, weigh, weigh_terms
from tests.unit.reading import LETTER_DATE

PASSAGES = sorted((Path(__file__).parents[1] / "data" / "passages").glob("*.jsonl"))


@pytest.mark.parametrize(
    ("sentence", "is_last_day"),
    [
        ("Masanızı ayırtmak için 15 Ocak 2027 akşamına dek vaktiniz var.", True),
        ("Listeye adını yazdıranların belgelerini 15 Ocak 2027 öğlenine yetiştirmesi beklenir.", True),
        ("Sipariş defteri 15 Ocak 2027 Cuma günü saat 16.00’da kapanıyor.", True),
        ("Say yes by replying to this mail before Friday, 15 January 2027.", True),
        ("Anılan yönetmelik 15 Ocak 2027 tarihinde yürürlüğe girecektir.", False),
        ("Değerlendirme sonuçları 15 Ocak 2027 tarihinde internet sayfamızda yayımlanacaktır.", False),
        ("Licences issued this year remain valid until 15 January 2027.", False),
    ],
)
def test_the_words_around_a_day_tell_a_last_day_from_others(sentence: str, is_last_day: bool) -> None:
    (odds,) = weigh(fold(sentence), "", "", Status.NEW, LETTER_DATE)
    assert (odds.last_day > 0) is is_last_day


@pytest.mark.parametrize(
    ("sentence", "is_event"),
    [
        ("Bilgilendirme toplantısı 15 Ocak 2027 Cuma günü saat 14.00’te Zoom üzerinden yapılacaktır.", True),
        ("Join us for the info session on 15 January 2027 at 10:00 CET.", True),
        ("Başvuruların 15 Ocak 2027 tarihine kadar yapılması gerekmektedir.", False),
    ],
)
def test_the_words_around_a_day_tell_an_event_from_others(sentence: str, is_event: bool) -> None:
    (odds,) = weigh(fold(sentence), "", "", Status.NEW, LETTER_DATE)
    assert (odds.event > 0) is is_event


@pytest.mark.parametrize(
    ("sentence", "is_the_readers"),
    [
        ("İtirazların kararın tebliğinden itibaren on beş gün içinde yapılması gerekmektedir.", True),
        ("Interested parties may submit comments within 30 days of publication.", True),
        ("Bakanlık başvuruları 30 gün içinde sonuçlandırır.", False),
    ],
)
def test_the_words_around_a_term_tell_whose_it_is(sentence: str, is_the_readers: bool) -> None:
    (odds,) = weigh_terms(fold(sentence), "", "")
    assert (odds > 0) is is_the_readers


def test_the_words_of_a_notice_tell_its_kind() -> None:
    shares = log_shares(
        fold("Bursa'da iki günlük ihracat kursu"), fold("Kurs sonunda sertifika verilecektir.")
    )
    assert max(shares, key=lambda kind: shares[kind]) is Kind.TRAINING


def test_no_date_and_no_term_give_no_odds() -> None:
    assert weigh("bilgilerinize sunariz.", "", "", Status.NEW, LETTER_DATE) == ()
    assert weigh_terms("bilgilerinize sunariz.", "", "") == ()


@pytest.mark.parametrize(("path", "columns"), [(WEIGHTS, 2), (TERM_WEIGHTS, 1)])
def test_weights_are_numbers_for_each_feature_once(path: Path, columns: int) -> None:
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    assert len({line[0] for line in lines}) == len(lines) > 10_000
    assert all(len([float(one) for one in line[1:]]) == columns for line in lines)


@pytest.mark.parametrize("path", PASSAGES, ids=lambda path: path.stem)
def test_a_passage_tells_days_that_stand_in_its_text(path: Path) -> None:
    """What teaches is right in itself: quotes stand in the text, and it holds a date or a term."""
    for line in path.read_text("utf-8").splitlines():
        told = json.loads(line)
        text = " ".join(told["text"].split())
        quotes = [one["quote"] for one in (*told["deadlines"], *told["events"])]
        assert all(" ".join(quote.split()) in text for quote in quotes), line
        for one in told["deadlines"]:
            assert one["date"] is None or date.fromisoformat(one["date"]) >= date.fromisoformat(
                told["reference"]
            )


def test_most_passages_hold_a_date_or_a_term_that_is_found() -> None:
    texts = [json.loads(line) for path in PASSAGES for line in path.read_text("utf-8").splitlines()]
    found = [
        told
        for told in texts
        if dates_of(fold(told["text"]), date.fromisoformat(told["reference"])) or terms(fold(told["text"]))
    ]
    assert len(texts) > 1_000
    assert len(found) > 0.97 * len(texts)

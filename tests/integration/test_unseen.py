"""Circulars written before the reader was tried on them: how much of their facts is read."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.domain.notice import Deadline
from bot.understanding.extract import understand
from tests.scoring import Score, facts_meant, facts_read
from tests.unit.reading import topics

UNSEEN = Path(__file__).parents[1] / "data" / "unseen"
# What was reached, minus a little: a change that reads worse is to be noticed here.
FLOORS = {
    "kind": 0.98,
    "status": 0.98,
    "last days": 0.98,
    "last days and hours": 0.98,
    "events": 0.98,
    "events and hours": 0.96,
    "codes": 0.98,
    "countries": 0.98,
    "links": 0.98,
    "emails": 0.98,
}


@cache
def reading() -> Score:
    score = Score()
    for path in sorted(UNSEEN.glob("*.txt")):
        document = understand(path.read_text(encoding="utf-8"), topics=topics())
        meant = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        score.add(path.stem, facts_read(document), facts_meant(meant))
    return score


@pytest.mark.parametrize("name", FLOORS)
def test_a_field_of_unseen_circulars_is_read_as_well_as_before(name: str) -> None:
    score = reading()
    assert score.fields[name].f1 >= FLOORS[name], "\n".join(score.differences)


def test_every_unseen_circular_has_as_many_notices_as_its_facts() -> None:
    assert not [line for line in reading().differences if " notices, meant " in line]


def test_a_wrong_last_day_is_rare() -> None:
    assert reading().fields["last days"].precision >= 0.97, "\n".join(reading().differences)


def test_the_score_counts_what_is_wrong_and_what_is_missed() -> None:
    letter = UNSEEN / "u05_alim_heyeti"
    document = understand(letter.with_suffix(".txt").read_text(encoding="utf-8"), topics=topics())
    meant = json.loads(letter.with_suffix(".json").read_text(encoding="utf-8"))
    meant["notices"][0]["deadlines"] = [
        {"date": str(day), "time": None} for day in (date(2026, 11, 30), date(2031, 1, 1), date(2031, 1, 2))
    ]
    meant["notices"][0]["emails"] = []
    score = Score()
    score.add("letter", facts_read(document), facts_meant(meant))
    assert isinstance(document.notices[0].deadlines[0], Deadline)
    assert (score.fields["last days"].right, score.fields["last days"].missed) == (1, 2)
    assert score.fields["emails"].wrong == 2
    score.add("letter", [], facts_meant(meant))
    assert score.fields["countries"].missed == 4
    assert 0 < score.macro_f1 < 1

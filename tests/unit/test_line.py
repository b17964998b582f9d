"""The line of leased rows: whose turn it is."""

from __future__ import annotations

from bot.delivery.limiter import Limiter
from bot.delivery.line import Line, Waiting
from bot.store.answers import AnswerRow
from bot.store.leases import Claim


def claim(chat_id: int) -> Waiting:
    return Waiting(Claim(1, chat_id, chat_id, 1, 1, False), "sendMessage", {}, 0.0)


def answer(chat_id: int) -> Waiting:
    return Waiting(AnswerRow(chat_id, chat_id, "sendMessage", {}, 1), "sendMessage", {}, 0.0)


def in_line(*rows: Waiting) -> Line:
    line = Line()
    for row in rows:
        line.add(row)
    return line


def order(line: Line, limiter: Limiter, now: float = 0.0) -> list[Waiting]:
    """The rows in the order they leave when nothing is late."""
    left = []
    while (ready := line.take_ready(limiter, now)) is not None:
        if isinstance(ready, Waiting):
            limiter.take(ready.row.chat_id, now)
            left.append(ready)
        else:
            now = ready
    return left


def test_answers_go_first_and_each_kind_keeps_its_order() -> None:
    one, two, three, four = claim(1), claim(2), answer(3), answer(4)
    assert order(in_line(one, three, two, four), Limiter(30)) == [three, four, one, two]


def test_a_closed_chat_holds_up_nobody_behind_it() -> None:
    limiter = Limiter(30)
    limiter.close(3.0, 1)
    limiter.close(4.0, 2)
    shut, asked, free, last = claim(1), answer(2), claim(3), claim(4)
    assert order(in_line(shut, asked, free, last), limiter) == [free, last, shut, asked]


def test_an_empty_line_has_no_next_moment_and_a_full_one_tells_it() -> None:
    limiter = Limiter(10)
    assert in_line().take_ready(limiter, 5.0) is None
    limiter.close(9.0)
    assert in_line(claim(1)).take_ready(limiter, 5.0) == 9.0
    limiter.close(12.0, 1)
    assert in_line(claim(1)).take_ready(limiter, 9.0) == 12.0


def test_rows_are_taken_out_by_what_makes_them_unfit() -> None:
    one, two, three = claim(1), claim(2), answer(1)
    line = in_line(one, two, three)
    assert line.take_out(lambda waiting: waiting.row.chat_id == 1) == [three, one]
    assert (len(line), line.claims) == (1, 1)
    assert line.take_out(lambda _: False) == []

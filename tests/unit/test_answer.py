"""Reading an HTTP answer as it comes: whole, in pieces, cut off, and what is none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.answer import BODY_LIMIT, HEAD_LIMIT, Answer, AnswerReader, Malformed, whole

BODY = b'{"ok":true,"result":{"message_id":7}}'
WHOLE = b"HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: %d\r\n\r\n%b" % (len(BODY), BODY)
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"5\r\n" + BODY[:5] + b"\r\n%X;a=b\r\n" % len(BODY[5:]) + BODY[5:] + b"\r\n0\r\nX-Trailer: 1\r\n\r\n"
)
UNTIL_THE_END = b"HTTP/1.0 502 Bad Gateway\r\n\r\n<html>502</html>"


def read(*pieces: bytes) -> Answer | None:
    reader, answer = AnswerReader(), None
    for piece in pieces:
        assert answer is None
        answer = reader.feed(piece)
    return answer


@pytest.mark.parametrize("answer", [WHOLE, CHUNKED], ids=["length", "chunks"])
def test_an_answer_is_read_and_its_connection_kept(answer: bytes) -> None:
    assert read(answer) == Answer(200, BODY, True)


@settings(deadline=None)
@given(answer=st.sampled_from([WHOLE, CHUNKED]), cuts=st.sets(st.integers(1, len(CHUNKED) - 1), max_size=12))
def test_it_does_not_matter_how_an_answer_is_cut(answer: bytes, cuts: set[int]) -> None:
    ends = sorted({cut for cut in cuts if cut < len(answer)} | {0, len(answer)})
    pieces = [answer[start:end] for start, end in pairwise(ends)]
    assert read(*pieces) == Answer(200, BODY, True)


HEADS = st.lists(
    st.sampled_from(
        [
            b"HTTP/1.1 200 OK", b"HTTP/1.0 403 Forbidden", b"HTTP/1.1 204 None",
            b"HTTP/1.1 100 Continue",
            b"Server: x", b"Connection: close", b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip",
            b"Content-Length: 0", b"Content-Length: 4", b"Content-Length: 37", b"Content-Length: -1",
            b"nothing",
        ]
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip
BODIES = st.one_of(st.sampled_from([b"", BODY, BODY[:4], b"4\r\nabcd\r\n0\r\n\r\n"]), st.binary(max_size=6))


@given(head=HEADS, body=BODIES)
def test_the_short_way_tells_what_the_long_one_does(head: list[bytes], body: bytes) -> None:
    data = b"\r\n".join(head) + b"\r\n\r\n" + body
    quick = whole(data)
    try:
        slow = read(data)
    except Malformed:
        slow = None
    assert quick is None or quick == slow


@pytest.mark.parametrize("answer", [WHOLE, CHUNKED, WHOLE + b"x", WHOLE[:-1]])
def test_the_short_way_is_for_an_answer_with_a_length_and_nothing_else(answer: bytes) -> None:
    assert whole(answer) == (Answer(200, BODY, True) if answer is WHOLE else None)


@pytest.mark.parametrize("answer", [WHOLE, CHUNKED], ids=["length", "chunks"])
def test_an_answer_that_is_cut_off_is_none_anywhere(answer: bytes) -> None:
    for end in range(len(answer)):
        reader = AnswerReader()
        assert reader.feed(answer[:end]) is None
        assert reader.end() is None


def test_a_body_without_a_length_lasts_until_the_end() -> None:
    reader = AnswerReader()
    assert reader.feed(UNTIL_THE_END) is None
    assert reader.end() == Answer(502, b"<html>502</html>", False)


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2",
        b"HTTP/1.0 200 OK\r\nContent-Length: 2",
    ],
)
def test_a_connection_that_ends_is_not_kept(head: bytes) -> None:
    assert read(head + b"\r\n\r\n{}") == Answer(200, b"{}", False)


def test_more_than_was_announced_ends_the_connection() -> None:
    assert read(WHOLE + b"HTTP/1.1 200 OK\r\n") == Answer(200, BODY, False)
    assert read(CHUNKED + b"x") == Answer(200, BODY, False)


def test_a_length_beside_chunks_is_not_believed_and_the_connection_not_kept() -> None:
    both = CHUNKED.replace(b"\r\n\r\n", b"\r\nContent-Length: 3\r\n\r\n", 1)
    assert read(both) == Answer(200, BODY, False)


def test_news_before_the_answer_are_passed_over() -> None:
    assert read(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + WHOLE) == read(WHOLE)


@pytest.mark.parametrize("status", [204, 304])
def test_some_answers_have_no_body(status: int) -> None:
    assert read(b"HTTP/1.1 %d X\r\n\r\n" % status) == Answer(status, b"", True)


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x00\xff garbage\r\n\r\n",
        b"HTTP/2 200 OK\r\n\r\n",
        b"HTTP/1.1 20 OK\r\n\r\n",
        b"HTTP/1.1 101 Switching\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n folded: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (BODY_LIMIT + 1),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % (BODY_LIMIT + 1),
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (BODY_LIMIT + 1),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1" * (HEAD_LIMIT + 1),
        b"x" * (HEAD_LIMIT + 1),
    ],
)
def test_what_is_no_answer_is_refused(garbage: bytes) -> None:
    with pytest.raises(Malformed):
        read(garbage)


@settings(deadline=None)
@given(noise=st.binary(max_size=300))
def test_noise_never_does_anything_else(noise: bytes) -> None:
    reader = AnswerReader()
    try:
        reader.feed(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + noise)
    except Malformed:
        return
    assert reader.end() is None

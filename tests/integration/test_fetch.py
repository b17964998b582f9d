"""Fetching over real HTTP: limits of size, time and redirects, and no way into the own network."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.errors import FetchError
from bot.sources.fetch import Fetched, Fetcher, FetchLimits, NotChanged
from bot.sources.guard import public_address
from tests.feed_server import FeedServer, feed_server

PLAYED_PUBLIC = "127.0.0.2"
"""Stands for the open internet: a loopback address that these tests' guard lets through."""


def only_played_public(address: str) -> bool:
    return address == PLAYED_PUBLIC or public_address(address)


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with feed_server() as running:
        yield running


async def problem(url: str, fetcher: Fetcher | None = None, *, allow_private: bool = True) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await (fetcher or Fetcher()).fetch(url, allow_private=allow_private)
    return caught.value


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "192.0.0.8", "192.88.99.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::1", "::", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "fe80::1", "fe80::1%eth0",
        "fc00::1", "fec0::1", "ff02::1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001::1",
        "2001:db8::1", "localhost", "",
    ],
)  # fmt: skip
def test_an_address_that_leads_inside_or_nowhere_is_not_public(address: str) -> None:
    assert not public_address(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "147.67.34.45", "2a00:1450::1", "::ffff:8.8.8.8"])
def test_an_address_on_the_open_internet_is_public(address: str) -> None:
    assert public_address(address)


async def test_an_answer_comes_with_what_asks_for_changes_next_time(server: FeedServer) -> None:
    server.body, server.etag = b"<rss/>", '"v1"'
    server.headers = {"Last-Modified": "Tue, 24 Nov 2026 07:00:00 GMT"}
    answer = await Fetcher().fetch(f"{server.url}/feed.xml", allow_private=True)
    assert answer == Fetched(
        b"<rss/>", "text/xml", '"v1"', "Tue, 24 Nov 2026 07:00:00 GMT", f"{server.url}/feed.xml"
    )
    again = await Fetcher().fetch(
        f"{server.url}/feed.xml", etag='"v1"', last_modified=answer.last_modified, allow_private=True
    )
    assert again == NotChanged()
    first, second = server.requests
    assert "If-None-Match" not in first
    assert second["If-Modified-Since"] == "Tue, 24 Nov 2026 07:00:00 GMT"
    assert second["Accept-Encoding"] == "identity"
    assert second["User-Agent"].startswith("Sirkuler/")


async def test_validators_that_are_no_plain_text_are_not_kept(server: FeedServer) -> None:
    server.headers = {"ETag": '"' + "x" * 600 + '"', "Last-Modified": "dün\u202e"}
    answer = await Fetcher().fetch(f"{server.url}/feed.xml", allow_private=True)
    assert isinstance(answer, Fetched)
    assert (answer.etag, answer.last_modified) == (None, None)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "0x7f.1", "[::ffff:127.0.0.1]"])
async def test_the_own_machine_is_refused_however_it_is_written(server: FeedServer, host: str) -> None:
    port = server.url.rpartition(":")[2]
    refused = await problem(f"http://{host}:{port}/feed.xml", allow_private=False)
    # aiohttp itself takes some of these forms for no address; none of them may reach the server.
    assert refused.key in ("source.private_address", "source.address")
    assert server.requests == []


async def test_a_redirect_into_the_own_network_is_refused(server: FeedServer) -> None:
    async with feed_server(PLAYED_PUBLIC) as outside:
        outside.targets = {"inside": f"{server.url}/feed.xml", "here": "/feed.xml"}
        fetcher = Fetcher(allowed=only_played_public)
        answer = await fetcher.fetch(f"{outside.url}/to/here")
        assert isinstance(answer, Fetched)
        assert answer.url == f"{outside.url}/feed.xml"
        refused = await problem(f"{outside.url}/to/inside", fetcher, allow_private=False)
    assert refused.key == "source.private_address"
    assert server.requests == []


class FlipFlop(AbstractResolver):
    """A name server that answers with a public address first and with the own machine's after that."""

    def __init__(self) -> None:
        self.asked = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked += 1
        address = PLAYED_PUBLIC if self.asked == 1 else "127.0.0.1"
        return [ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)]

    async def close(self) -> None: ...


async def test_a_name_that_changes_its_address_between_two_hops_is_refused(server: FeedServer) -> None:
    port = int(server.url.rpartition(":")[2])
    async with feed_server(PLAYED_PUBLIC) as outside:
        outside.targets = {"self": f"http://news.example:{port}/feed.xml"}
        fetcher = Fetcher(resolver=FlipFlop(), allowed=only_played_public)
        name = outside.url.replace(PLAYED_PUBLIC, "news.example")
        refused = await problem(f"{name}/to/self", fetcher, allow_private=False)
    assert refused.key == "source.private_address"
    assert server.requests == []


async def test_three_redirects_are_followed_and_a_fourth_is_not(server: FeedServer) -> None:
    server.targets = {"1": "/to/2", "2": "/to/3", "3": "/feed.xml", "0": "/to/1", "round": "/to/round"}
    assert isinstance(await Fetcher().fetch(f"{server.url}/to/1", allow_private=True), Fetched)
    assert (await problem(f"{server.url}/to/0")).key == "source.redirects"
    assert (await problem(f"{server.url}/to/round")).key == "source.redirects"


@pytest.mark.parametrize(
    ("target", "key"),
    [
        ("file:///etc/hostname", "source.address"),
        ("ftp://127.0.0.1/x", "source.address"),
        ("http://user:secret@127.0.0.1/", "source.credentials"),
    ],
)
async def test_other_schemes_and_credentials_are_refused_also_after_a_redirect(
    server: FeedServer, target: str, key: str
) -> None:
    server.targets = {"there": target}
    assert (await problem(target)).key == key
    after = await problem(f"{server.url}/to/there")
    assert after.key == key
    assert "secret" not in after.sentence


async def test_an_endless_body_and_a_bomb_end_at_the_limit(server: FeedServer) -> None:
    assert (await problem(f"{server.url}/endless")).key == "source.too_large"
    assert (await problem(f"{server.url}/bomb")).key == "source.too_large"


async def test_a_body_of_just_the_limit_passes(server: FeedServer) -> None:
    fetcher = Fetcher(FetchLimits(body=1000))
    server.body = b"x" * 1000
    assert isinstance(await fetcher.fetch(f"{server.url}/feed.xml", allow_private=True), Fetched)
    server.body = b"x" * 1001
    assert (await problem(f"{server.url}/feed.xml", fetcher)).key == "source.too_large"


async def test_gzip_that_was_not_asked_for_is_read_and_other_packings_are_refused(
    server: FeedServer,
) -> None:
    server.body = "Sirküler".encode() * 1000
    answer = await Fetcher().fetch(f"{server.url}/packed", allow_private=True)
    assert isinstance(answer, Fetched)
    assert answer.body == server.body
    assert (await problem(f"{server.url}/odd")).key == "source.encoding"


async def test_a_dripping_answer_ends_at_the_deadline(server: FeedServer) -> None:
    fetcher = Fetcher(FetchLimits(seconds=0.5))
    async with asyncio.timeout(10):
        assert (await problem(f"{server.url}/slow", fetcher)).key == "source.too_slow"


@pytest.mark.parametrize(
    ("wait", "understood"),
    [("120", timedelta(minutes=2)), ("999999999", timedelta(days=1)), ("soon", None), ("-5", None)],
)
async def test_a_busy_server_says_how_long_to_wait(
    server: FeedServer, wait: str, understood: timedelta | None
) -> None:
    busy = await problem(f"{server.url}/busy?wait={wait}")
    assert (busy.key, busy.retry_after) == ("source.busy", understood)


async def test_errors_and_silence_are_one_sentence_each(server: FeedServer) -> None:
    missing = await problem(f"{server.url}/nowhere")
    assert (missing.key, missing.arguments) == ("source.status", {"status": 404})
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert (await problem(f"http://127.0.0.1:{port}/")).key == "source.unreachable"

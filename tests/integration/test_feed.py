"""Feeds through the parsing child: what single publishers do, what hostile ones do, what is no feed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.errors import FeedError
from bot.rendering.catalog import load_catalogs
from bot.sources.feed import Feed, FeedLimits, parse_feed

FEEDS = Path(__file__).parent.parent / "data" / "feeds"


async def read(name: str, base_url: str = "https://news.example/feeds/all.xml") -> Feed:
    return await parse_feed((FEEDS / name).read_bytes(), base_url)


def rss(items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> bytes:
    return f'{head}<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'.encode()


async def test_press_releases_have_brussels_days_and_no_boilerplate() -> None:
    feed = await read("press_office.xml")
    assert (feed.title, feed.language, feed.quarantined) == ("Press releases - RSS", "en", 0)
    winter, summer = feed.entries
    assert winter.published_on == date(2026, 11, 20)
    assert winter.published == datetime(2026, 11, 19, 23, tzinfo=UTC)
    assert winter.text == "Views can be sent until 15 January 2027."
    assert (summer.published_on, summer.text) == (date(2026, 7, 7), "Said in Strasbourg.")


async def test_the_day_of_the_news_is_the_one_in_its_address_else_the_publishers_own() -> None:
    moved, late = (await read("directorate.xml")).entries
    assert moved.published_on == date(2026, 3, 5)
    assert moved.text == "First & bold.\n• one\n• two"
    assert (late.identity, late.published_on) == ("late", date(2026, 11, 24))


async def test_journal_titles_lose_their_number_and_bare_numbers_become_words() -> None:
    act, corrigendum = (await read("journal.xml")).entries
    assert act.title == "Commission Regulation (EU) 2026/9001 on sample substances"
    assert act.identity == "CELEX:32026R9001"
    assert act.published_on is None
    assert corrigendum.title == "Corrigendum 2 to Directive 2019/904 (CELEX 32019L0904R(02))"


@pytest.mark.parametrize(
    "base_url", ["https://www.tobb.org.tr/Sayfalar/RssFeeder.php?List=X", "file:///a/chamber.xml"]
)
async def test_relative_links_are_resolved_where_the_feed_lives(base_url: str) -> None:
    (entry,) = (await read("chamber.xml", base_url)).entries
    assert entry.url == "https://www.tobb.org.tr/Sayfalar/Detay.php?rid=1&lst=X"
    assert entry.identity == entry.url


async def test_atom_titles_are_taken_as_their_type_says() -> None:
    feed = await read("atom.xml")
    (entry,) = feed.entries
    assert (feed.language, entry.title, entry.text) == ("tr", "1 < 2 &amp; 3", "Metin")
    assert (entry.identity, entry.url) == ("urn:1", "https://news.example/1")
    assert entry.published_on == date(2026, 11, 20)


async def test_hostile_entries_are_plain_text_and_broken_ones_keep_nobody_else_out() -> None:
    feed = await read("hostile.xml")
    assert [entry.identity for entry in feed.entries] == ["one", "two", "three"]
    assert feed.quarantined == 4
    script, markup, last = feed.entries
    assert script.title == 'A < B && C > "D" <script>alert(1)</script> /stop @everyone'
    assert (script.url, script.text) == (None, "Fish &amp; chips")
    assert (markup.title, markup.url) == ("Rules for REACH & CLP", None)
    assert last.url == "https://news.example/relative/3"
    assert (last.published, last.published_on) == (None, None)


async def test_the_identity_stays_and_the_hash_changes_when_an_entry_is_edited() -> None:
    (before,) = (await parse_feed(rss("<item><title>a</title><guid>g</guid></item>"), "")).entries
    (after,) = (await parse_feed(rss("<item><title>b</title><guid>g</guid></item>"), "")).entries
    (same,) = (await parse_feed(rss("<item><title>a</title><guid>g</guid></item>"), "")).entries
    assert before.identity == after.identity == "g"
    assert before.content_hash == same.content_hash != after.content_hash


async def test_one_guid_for_everything_is_no_identity() -> None:
    items = "".join(
        f"<item><title>{n}</title><link>https://news.example/{n}</link><guid>same</guid></item>"
        for n in (1, 2, 2)
    )
    feed = await parse_feed(rss(items), "https://news.example/")
    assert [entry.identity for entry in feed.entries] == ["https://news.example/1", "https://news.example/2"]


async def test_an_entry_without_guid_and_link_is_known_by_its_content() -> None:
    (entry,) = (await parse_feed(rss("<item><title>a</title></item>"), "")).entries
    assert entry.identity == entry.content_hash


async def test_turkish_text_that_says_nothing_of_its_encoding_is_read() -> None:
    text = "İhracatçılara çağrı: Şubat’a kadar ğ ı"
    head = '<?xml version="1.0" encoding="utf-8"?>'
    data = rss(f"<item><title>{text}</title></item>", head).decode().encode("windows-1254")
    assert (await parse_feed(data, "")).entries[0].title == text
    declared = head.replace("utf-8", "windows-1254")
    data = rss(f"<item><title>{text}</title></item>", declared).decode().encode("windows-1254")
    assert (await parse_feed(data, "")).entries[0].title == text


async def test_one_broken_letter_spoils_no_other() -> None:
    data = rss("<item><title>İhracatçılara çağrı</title></item>").replace("ğ".encode(), b"\xc4")
    assert (await parse_feed(data, "")).entries[0].title == "İhracatçılara ça\ufffdrı"


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"<!DOCTYPE html><html><head><title>x</title></head></html>", "not_a_feed_html"),
        (b'<div class="archive"><a href="/x">x</a></div>', "not_a_feed_html"),
        (b"\xef\xbb\xbf\n<html><body><rss></body></html>", "not_a_feed_html"),
        (b'{"items": []}', "not_a_feed_json"),
        (b" \n", "not_a_feed_empty"),
        (b"/etc/hostname", "not_a_feed_other"),
        (b'<?xml version="1.0"?><sitemap><url>x</url></sitemap>', "not_a_feed_other"),
        (b"\x00\x01\x02\xff", "not_a_feed_other"),
        (
            b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title>'
            b"</item></channel></rss>",
            "feed_entities",
        ),
    ],
)
async def test_what_is_no_feed_is_one_sentence_in_every_language(data: bytes, key: str) -> None:
    with pytest.raises(FeedError) as caught:
        await parse_feed(data, "https://news.example/")
    assert caught.value.key == f"source.{key}"
    catalogs = load_catalogs()
    sentences = {str(catalogs[language].error(caught.value)) for language in catalogs.languages}
    assert len(sentences) == len(catalogs.languages)
    assert not sentences & {str(catalogs[language]("member.failure")) for language in catalogs.languages}


async def test_a_feed_without_entries_is_a_feed() -> None:
    assert await parse_feed(rss(""), "") == Feed("t", None, ())


async def test_a_feed_that_eats_memory_or_time_ends_with_its_child() -> None:
    many = rss("<item><title>a</title></item>" * 60_000)
    for limits in (FeedLimits(seconds=0.2), FeedLimits(cpu_seconds=1)):
        with pytest.raises(FeedError) as caught:
            await parse_feed(many, "", limits)
        assert caught.value.key == "source.feed_too_heavy"


async def test_no_more_entries_are_read_than_allowed() -> None:
    items = "".join(f"<item><title>{n}</title></item>" for n in range(30))
    assert len((await parse_feed(rss(items), "", FeedLimits(entries=20))).entries) == 20

"""The picture of a sending: every part is seen, and words fit in both languages."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.domain.notice import Status
from bot.rendering.catalog import load_catalogs
from bot.rendering.chart import COLOURS, FONTS, SLIVER, widths
from bot.rendering.report_chart import Bar, report_chart
from bot.rendering.reports import SendingReport, report_lines

CATALOGS = load_catalogs()
NAMES = ("audience", "sent", "blocked", "failed", "unknown", "skipped", "open", "held")
LETTERS = "abcçdefgğhıijklmnoöprsştuüvyzABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZâîûÂÎÛéß–…·%₺"


def report(title: str, **more: object) -> SendingReport:
    counts = dict.fromkeys(NAMES, 0)
    return SendingReport(1, title, True, False, 1, counts, **more)  # type: ignore[arg-type]


@given(st.dictionaries(st.sampled_from(list(COLOURS)), st.integers(0, 100_000)))
def test_a_bar_is_filled_and_one_in_a_hundred_thousand_is_still_seen(counts: dict[str, int]) -> None:
    found = widths(counts, 1088)
    if not sum(counts.values()):
        assert found == {}
        return
    assert sum(found.values()) == 1088
    assert all(found[key] >= SLIVER for key, count in counts.items() if count)


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize(
    ("title", "bars"),
    [
        ("", [Bar("Türkçe", {})]),
        ("SKDM", [Bar("Türkçe", {"sent": 1278, "failed": 1}), Bar("İngilizce", {"sent": 94})]),
        ("Ğ" * 900, [Bar(f"{n}. " + "uzun başlık " * 30, {"sent": n}) for n in range(1, 40)]),
    ],
)
def test_a_picture_is_a_small_png_that_telegram_takes(language: str, title: str, bars: list[Bar]) -> None:
    png = report_chart(report(title), bars, "24 Kasım 2026 Salı, saat 10.05", CATALOGS[language])
    with Image.open(io.BytesIO(png)) as image:
        assert image.format == "PNG"
        width, height = image.size
        colours = {tuple(colour) for _, colour in image.convert("RGB").getcolors(1_000_000) or []}
    # https://core.telegram.org/bots/api#sendphoto: width and height at most 10,000 together.
    assert width + height <= 10_000
    assert len(png) < 200_000
    there = {key for bar in bars for key, count in bar.counts.items() if count}
    for key in there:  # quantized: near enough is the same
        assert min(sum(abs(a - b) for a, b in zip(COLOURS[key], c, strict=True)) for c in colours) < 12, key


@pytest.mark.parametrize("name", ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"])
def test_the_fonts_have_every_turkish_letter(name: str) -> None:
    from PIL import ImageFont

    font = ImageFont.truetype(FONTS / name, 40)
    missing = font.getmask("\uffff").getbbox(), bytes(font.getmask("\uffff"))
    for letter in LETTERS:
        mask = font.getmask(letter)
        assert (mask.getbbox(), bytes(mask)) != missing, letter


def test_a_share_is_never_rounded_to_all_or_nothing() -> None:
    from bot.rendering.report_chart import _share

    assert _share(1283, 1284, CATALOGS["tr"]) == "%99,92"
    assert _share(1, 1284, CATALOGS["en"]) == "0.08%"
    assert _share(1, 2, CATALOGS["tr"]) == "%50,0"
    assert _share(0, 0, CATALOGS["en"]) == "–"


def test_a_report_says_what_kind_of_change_went_out() -> None:
    lines = [
        str(line) for line in report_lines(report("Genel Kurul", status=Status.POSTPONED), CATALOGS["tr"])
    ]
    assert lines[0] == "<b>ERTELENDİ</b>\n<b>Gönderim tamamlandı:</b> Genel Kurul"

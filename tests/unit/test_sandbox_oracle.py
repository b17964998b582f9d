"""The sandbox reads generated texts as TDLib itself does (PyPI ``tdjson``; skipped without it)."""

from __future__ import annotations

import json
import os
import random
from typing import Any

import pytest

from bot.sandbox.problems import ApiError
from bot.sandbox.text.automatic import automatic
from bot.sandbox.text.entities import Entity, normalized
from bot.sandbox.text.message import PARSERS, cleaned

tdjson = pytest.importorskip("tdjson", reason="TDLib is not installed.")
tdjson.td_execute(b'{"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}')

TEXTS = int(os.environ.get("ORACLE_TEXTS", "2500"))  # in each mode; 10,000 when somebody has a minute
WORDS = ("a", "Çelik", "b c", "👩‍🏭", "İ", "\n", " ", "x_y", "1", "ab-cd", ".", "é", "\n\n", "\u200d")
TAGS = ("b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler")
HTML = (
    *(f"<{tag}>" for tag in (*TAGS, "strong", "ins")),
    *(f"</{tag}>" for tag in (*TAGS, "strong", "ins", "a")),
    "</>", "<a href='https://e.org/x'>", '<a href="e.org">', "<a>", "<span class='tg-spoiler'>", "</span>",
    "<blockquote expandable>", '<pre><code class="language-py">', "</code></pre>", "&lt;", "&amp;", "&#8364;",
    "&#x20AC;", "&nbsp;", "&quot", "&", "<", ">", "<br>", "<tg-emoji emoji-id='5368324170671202286'>",
    "</tg-emoji>", "<B>", "</B >", "<a href=e.org>", "<tg-time unix='1700000000'>", "</tg-time>", "< b>",
)  # fmt: skip
MARKDOWN = (
    "*", "_", "__", "~", "||", "`", "```", "```py\n", "[", "](https://e.org)", "](e.org)", "]", "(", ")", ">",
    "\n>", "\n**>", "\\", "\\*", "\\_", "!", "![👍](tg://emoji?id=5368324170671202286)", "#", "+", "-", "=",
    "{", "}", "\r", "**>", "||\n",
)  # fmt: skip
KINDS = {
    "PreCode": "pre", "TextUrl": "text_link", "MentionName": "text_mention", "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote", "CustomEmoji": "custom_emoji", "DateTime": "date_time",
    "EmailAddress": "email", "BotCommand": "bot_command",
}  # fmt: skip
KEPT = ("type", "offset", "length", "url", "language", "custom_emoji_id")
MODES = {"HTML": HTML, "MarkdownV2": MARKDOWN}


SAFE = ("a", "Çelik", "b c", "👩‍🏭", "İş", "\n", " ", "1", "é", "x\ny", " a ", "")
PAIRS = {
    "HTML": [
        *((f"<{tag}>", f"</{tag}>") for tag in TAGS),
        ("<a href='https://e.org/x'>", "</a>"), ("<a href='e'>", "</a>"),
        ("<blockquote expandable>", "</blockquote>"),
        ('<pre><code class="language-py">', "</code></pre>"), ("<tg-emoji emoji-id='53683'>", "</tg-emoji>"),
    ],
    "MarkdownV2": [
        ("*", "*"), ("_", "_"), ("__", "__"), ("~", "~"), ("||", "||"), ("`", "`"), ("```", "```"),
        ("```py\n", "```"), ("[", "](https://e.org/x)"), ("[", "](e)"), ("![", "](tg://emoji?id=53683)"),
        ("\n>", "\n"), ("\n**>", "||\n"), (">", "\n"),
    ],
}  # fmt: skip


def execute(query: dict[str, Any]) -> dict[str, Any]:
    """A synchronous request of TDLib."""
    answer: dict[str, Any] = json.loads(tdjson.td_execute(json.dumps(query).encode()))
    return answer


def oracle(mode: str, text: str) -> tuple[str, list[Entity]] | str:
    """What TDLib makes of a text: text and entities, or the error's words."""
    kind = {
        "HTML": {"@type": "textParseModeHTML"},
        "MarkdownV2": {"@type": "textParseModeMarkdown", "version": 2},
    }
    answer = execute({"@type": "parseTextEntities", "text": text, "parse_mode": kind[mode]})
    if answer["@type"] == "error":
        return str(answer["message"])
    return str(answer["text"]), [shown(one) for one in answer["entities"]]


def shown(given: dict[str, Any]) -> Entity:
    """The Bot API's MessageEntity of TDLib's."""
    name = given["type"]["@type"].removeprefix("textEntityType")
    entity: Entity = {"type": KINDS.get(name, name.lower())}
    entity |= {"offset": given["offset"], "length": given["length"]}
    for theirs, ours in (("url", "url"), ("language", "language"), ("custom_emoji_id", "custom_emoji_id")):
        if theirs in given["type"]:
            entity[ours] = given["type"][theirs]
    return entity


def read(mode: str, text: str) -> tuple[str, list[Entity]] | str:
    """What the sandbox makes of a text, in the oracle's words."""
    try:
        found, entities = PARSERS[mode.lower()](text)
    except ApiError as error:
        return error.description.removeprefix("Bad Request: ").replace("can't", "Can't", 1)
    return found, [{key: one[key] for key in KEPT if key in one} for one in entities]


def order(entities: list[Entity]) -> list[str]:
    return sorted(json.dumps(one, sort_keys=True) for one in entities)


def comparable(found: tuple[str, list[Entity]] | str) -> object:
    return found if isinstance(found, str) else (found[0], order(found[1]))


def generated(chance: random.Random, mode: str) -> str:
    """Half of the texts nest their marks as they should, the others are pieces in any order."""
    if chance.random() < 0.5:
        return "".join(
            chance.choice(chance.choice((WORDS, MODES[mode]))) for _ in range(chance.randint(1, 9))
        )
    return nested(chance, mode, 3)


def nested(chance: random.Random, mode: str, depth: int) -> str:
    """Words and pairs of marks around nested texts; now and then one letter is lost."""
    parts = []
    for _ in range(chance.randint(1, 3)):
        word = chance.choice(SAFE)
        inside = nested(chance, mode, depth - 1) if depth and chance.random() < 0.6 else word
        opening, closing = chance.choice(PAIRS[mode])
        parts += [chance.choice((word, " ", "\n", "")), opening, inside, closing]
    text = "".join(parts)
    cut = chance.randrange(len(text) or 1)
    return text[:cut] + text[cut + 1 :] if chance.random() < 0.03 else text


FOUND = (
    "a", "Çelik", "@ornek", "@ab", "@Ornek_Birlik!", "#etiket", "#SKDM_2026", "#çelik", "#1", "$TRY", "$abc",
    "$EUR.", "/takvim", "/start@sirkuler_bot", "e.org", "https://e.org/x?y=1", "ab.gov.tr",
    "http://localhost",
    "www.e.gov.tr/duyuru.", "a@b.org", "bilgi@e.org.tr", "user@e.org.", "+90 212 454 0000", "5000", "14:30",
    "01.12.2026", "10.30", "tg://resolve?domain=x", "t.me/x", "madde 3.a", "AB'nin", "https://e.org/a_(b)",
    "dosya.pdf", "v1.2.3", "2026/1234", "7318.15", "İstanbul.com", "örnek.com.tr", "ftp://e.org", "x@y",
    "e.org:8080/x", "https://e.org.", "m.Ve", "AB/2023/956", "mailto:a@b.org", "5555 5555 5555 4444",
)  # fmt: skip
BETWEEN = (" ", "\n", ", ", ". ", ") ", " (", "; ", "! ", " – ")


def places(entities: list[Entity]) -> list[tuple[str, int, int]]:
    renamed = {"bankcardnumber": "bank_card_number", "phonenumber": "phone_number"}
    return sorted((renamed.get(one["type"], one["type"]), one["offset"], one["length"]) for one in entities)


def test_what_telegram_finds_by_itself_is_found_as_tdlib_finds_it() -> None:
    chance = random.Random("automatic")
    for _ in range(TEXTS):
        words = [chance.choice(FOUND) + chance.choice(BETWEEN) for _ in range(chance.randint(1, 6))]
        text = "a ".join(words).strip()
        answer = execute({"@type": "getTextEntities", "text": text})
        theirs = [one for one in map(shown, answer["entities"]) if one["type"] != "mediatimestamp"]
        assert places(automatic(text, [])) == places(theirs), repr(text)


def test_a_text_is_kept_as_tdlib_keeps_it() -> None:
    """Normalised: TDLib does it in passing when it looks for Markdown in a text that has none."""
    chance = random.Random("kept")
    for _ in range(TEXTS):
        text = nested(chance, "HTML", 3)
        found = oracle("HTML", text)
        if isinstance(found, str) or not found[0].strip() or set("*_~`|[") & set(found[0]):
            continue
        if "<blockquote expandable><blockquote>" in text:
            continue  # of two quotations in one place the order is open: TDLib's std::sort is not stable
        parsed = execute(
            {"@type": "parseTextEntities", "text": text, "parse_mode": {"@type": "textParseModeHTML"}}
        )
        answer = execute({"@type": "parseMarkdown", "text": parsed})
        clean, entities = cleaned(*PARSERS["html"](text))
        ours = (clean, order([{k: v for k, v in one.items() if k in KEPT} for one in normalized(entities)]))
        assert ours == (answer["text"], order([shown(one) for one in answer["entities"]])), repr(text)


@pytest.mark.parametrize("mode", MODES)
def test_generated_texts_are_read_as_tdlib_reads_them(mode: str) -> None:
    chance = random.Random(mode)
    for _ in range(TEXTS):
        text = generated(chance, mode)
        assert comparable(read(mode, text)) == comparable(oracle(mode, text)), repr(text)

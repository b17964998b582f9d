"""Both languages say the same, in their own words, and nothing that nobody asks for."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from bot.domain.checks import Doubt
from bot.domain.glossary import parse_glossary
from bot.domain.member import LANGUAGES
from bot.domain.notice import Kind, LinkRole, Nature, Status
from bot.domain.permissions import Role
from bot.domain.relation import Amend, Relation
from bot.domain.schedule import Frequency, Quiet
from bot.domain.topic import parse_topics
from bot.flows.amend import Change
from bot.rendering.catalog import LOCALES, load_catalogs
from bot.rendering.chart import COLOURS
from bot.sandbox.text.html import parse_html
from bot.sources import document, feed
from bot.store.members import ASKED_APART
from bot.store.tables import DeliveryState, NoticeState
from handlers.commands import COMMANDS, NAMES

ROOT = LOCALES.parent
TEMPLATE = LOCALES / "sirkuler.pot"
FILES = {language: LOCALES / language / "LC_MESSAGES" / "sirkuler.po" for language in LANGUAGES}
CODE = sorted(path for folder in ("bot", "handlers", "jobs") for path in (ROOT / folder).rglob("*.py"))
TAGS = re.compile(r"</?([a-z-]+)[^>]*>")
BUTTON = re.compile(
    r"^(draft\.(button|field)|living\.button|staff\.choice|member\.start|member\.forget|member\.topics|notice\.button)\."
)
Entries = dict[str, tuple[str, ...]]


def entries(path: Path) -> Entries:
    """Every key of a catalog file, in the file's order, with its one or two texts."""
    with path.open("rb") as file:
        catalog = read_po(file)
    found: Entries = {}
    for message in catalog:
        if message.id:
            keys = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
            texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
            found[str(keys[0])] = tuple(map(str, texts))
    return found


TR, EN = entries(FILES["tr"]), entries(FILES["en"])
KEY = re.compile(
    rf"({'|'.join(sorted({key.split('.')[0] for key in TR}))})"
    r"\.(?!id$)[a-z_]+(\.[a-z_0-9]+)*"  # ``notice.id`` is a column
)
BOTH = [
    (language, key, text)
    for language, found in (("tr", TR), ("en", EN))
    for key in found
    for text in found[key]
]


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in CODE:
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def docstrings(tree: ast.Module) -> set[int]:
    """The strings that stand as statements of their own."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def literal_keys() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path, tree in trees():
        prose = docstrings(tree)
        inside = {
            id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in prose | inside
            ) and KEY.fullmatch(node.value):
                found[node.value] = path
    return found


def templates() -> dict[str, Path]:
    """The f-strings that a key is built by, with ``{}`` for what is filled in."""
    found: dict[str, Path] = {}
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                text = "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values)
                if KEY.fullmatch(text.replace("{}", "x")) and text.endswith("{}"):
                    found[text] = path
    return found


def error_keys() -> set[str]:
    """The first words of ``_error(…)`` in the module that fetches."""
    tree = ast.parse((ROOT / "bot/sources/fetch.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "_error"]
    return {str(call.args[0].value) for call in named if isinstance(call.args[0], ast.Constant)}


def words_given(function: str, position: int, *modules: str) -> set[str]:
    """The literal arguments at ``position`` of every call of ``function`` in ``modules``."""
    found = set()
    for module in modules:
        for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == function:
                argument = node.args[position]
                if isinstance(argument, ast.Constant):
                    found.add(str(argument.value))
    return found


def noted() -> set[str]:
    """The actions that the code writes into the audit log by name."""
    found = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            call = node if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else None
            if call is None or not isinstance(call.func, ast.Attribute):
                continue
            place = {"note": 0, "write": 3}.get(call.func.attr, 99)
            argument = call.args[place] if place < len(call.args) else None
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                found.add(argument.value)
    return found


def lower(names: Any) -> set[str]:
    return {member.name.lower() for member in names}


SENDINGS = {"pause", "resume", "end", "resend"}
TROUBLES = {"updates", "sending", "failing", "silent"}
DRAWN = "bot/rendering/drafts.py"
FAMILIES: dict[str, Callable[[], Collection[str]]] = {
    "command.{}": lambda: {command.key for command in COMMANDS},
    "document.{}": lambda: set(document._SENTENCES),
    "draft.amend.{}": lambda: set(Amend),
    "draft.ask.{}": lambda: {"title", "summary", "link"},
    "draft.button.{}": lambda: (
        words_given("_button", 1, DRAWN) | {"include", "exclude", "leave", "enter_link", "right", "change"}
    ),
    "draft.doubt.{}": lambda: set(Doubt) - {Doubt.UNCERTAIN},
    "draft.field.{}": lambda: {"title", "summary", "link", "deadline", "meeting"},
    "draft.head.{}": lambda: lower(NoticeState),
    "control.button.{}": lambda: {"pause", "resume", "stop", "end", "resend", "back"},
    "control.done.{}": lambda: SENDINGS,
    "consents.button.{}": lambda: {nature.value for nature in ASKED_APART},
    "hours.frequency.{}": lambda: lower(Frequency),
    "hours.quiet.{}": lambda: lower(Quiet),
    "kind.{}": lambda: set(Kind),
    "living.button.{}": lambda: set(Change),
    "label.language.{}": lambda: set(LANGUAGES),
    "label.link.{}": lambda: set(LinkRole),
    "label.nature.{}": lambda: set(Nature),
    "label.zone.{}": lambda: {"istanbul", "utc"},  # the others are called by their city
    "log.action.{}": lambda: noted() | {f"{action}_sending" for action in SENDINGS},
    "member.role.{}": lambda: set(Role),
    "member.said.{}": lambda: {"stop", "thanks", "greeting"},
    "notice.original_in.{}": lambda: set(LANGUAGES),
    "relation.{}": lambda: set(Relation),
    "report.{}": lambda: {"finished", "paused", "running", "stopped"},
    "report.button.{}": lambda: {"csv", "chart"},
    "report.chart.{}": lambda: set(COLOURS),
    "report.chart.correction.{}": lambda: {"sent", "failed"},
    "report.csv.{}": lambda: {"item", "member", "chat", "language", "state", "error"},
    "report.state.{}": lambda: lower(DeliveryState),
    "source.{}": lambda: error_keys() | set(feed._SENTENCES),
    "staff.choice.{}": lambda: {"announce", "question"},
    "staff.state.{}": lambda: {"draft", "submitted", "returned"},
    "watch.{}": lambda: TROUBLES | {"failing.never"},
    "watch.over.{}": lambda: TROUBLES,
    "status.{}": lambda: set(Status) - {Status.NEW},
}
"""What may be filled into each template, from the enum or list that the code takes it from."""


def built_keys() -> set[str]:
    return {family.format(value) for family, values in FAMILIES.items() for value in values()}


def test_the_catalogs_have_the_same_keys_in_order_and_no_empty_text() -> None:
    assert list(TR) == list(EN) == list(entries(TEMPLATE)) == sorted(TR)
    assert [(language, key) for language, key, text in BOTH if not text.strip()] == []
    assert {key for key in TR if len(TR[key]) != len(EN[key])} == set()


def test_every_key_in_the_code_is_in_the_catalogs() -> None:
    missing = {key: path.name for key, path in literal_keys().items() if key not in TR}
    assert missing == {}
    assert built_keys() - set(TR) == set()


def test_every_built_key_is_known_to_this_test() -> None:
    assert set(templates()) == set(FAMILIES)


def test_every_key_in_the_catalogs_is_used() -> None:
    assert set(TR) - set(literal_keys()) - built_keys() == set()


@pytest.mark.parametrize("key", TR)
def test_a_key_has_the_same_placeholders_in_both_languages(key: str) -> None:
    def names(text: str) -> list[str]:
        return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})

    assert len({tuple(names(text)) for text in (*TR[key], *EN[key])}) == 1
    assert all(name.isidentifier() for text in TR[key] for name in names(text))


@pytest.mark.parametrize("key", TR)
def test_tags_are_telegrams_and_the_same_in_both_languages(key: str) -> None:
    for text in (*TR[key], *EN[key]):
        parse_html(re.sub(r"\{\w+\}", "x", text))  # raises for a tag that is unknown or not closed
        assert set(TAGS.findall(text)) <= {"b", "i", "s", "code", "blockquote"}
    counts = [len(TAGS.findall(text)) for text in (*TR[key], *EN[key])]
    assert len(set(counts)) == 1


def test_plural_forms_agree_with_the_header() -> None:
    for path in (*FILES.values(), TEMPLATE):
        assert "nplurals=2; plural=(n != 1);" in path.read_text(encoding="utf-8")
    assert [key for key, texts in TR.items() if len(set(texts)) > 1] == []  # Turkish keeps the singular


def test_every_command_has_a_description_that_fits_a_menu() -> None:
    for command in COMMANDS:
        for language in LANGUAGES:
            text = load_catalogs()[language].plain(f"command.{command.key}")
            assert 3 <= len(text) <= 40, text
            assert re.fullmatch(r"[a-z0-9_]{1,32}", command.names[language])


def test_every_command_named_in_a_text_is_one_of_that_language() -> None:
    for language, key, text in BOTH:
        for name in re.findall(r"(?<![\w/:<.])/([a-z]+)", text):
            assert name == "start" or NAMES[name].names[language] == name, (language, key, name)


def test_buttons_are_short_and_toasts_fit() -> None:
    shown_on_buttons = {key for key in TR if BUTTON.match(key) and "{" not in TR[key][0]}
    longer = {
        "member.start.welcome",
        "member.start.declined",
        "member.start.needed",
        "member.start.done_none",
    }
    longer |= {"member.forget.ask", "member.forget.done", "member.forget.kept", "member.forget.nothing"}
    longer |= {"member.topics.choose", "staff.choice.gone"}
    found = [(key, text) for _, key, text in BOTH if key in shown_on_buttons - longer and len(text) > 40]
    assert found == []
    toasts = (
        "draft.",
        "living.",
        "staff.",
        "member.button.",
        "report.none",
        "member.no_file",
        "member.start.needed",
    )
    refused = {key for key in literal_keys() if key.startswith(toasts) and not TAGS.search(TR[key][0])}
    asked = ("draft.ask", "draft.choose", "draft.preview", "staff.new")
    too_long = [
        key for _, key, text in BOTH if key in refused and not key.startswith(asked) and len(text) > 200
    ]
    assert too_long == []


ENGLISH = "the of and is are your you for this that with was were not from has have will please it its here"
TURKISH = (
    "ve bir bu için ile olan değil var yok lütfen gönderilmedi abone konu duyuru size daha yeni toplantı"
)


def words(text: str) -> set[str]:
    plain = re.sub(r"\{\w+\}|</?\w+>|/\w+|https?://\S*", " ", text)
    return set(re.findall(r"[^\W\d_]+", plain.replace("İ", "i").lower()))


@pytest.mark.parametrize(("language", "foreign"), [("tr", ENGLISH), ("en", TURKISH)])
def test_no_text_has_a_word_of_the_other_language(language: str, foreign: str) -> None:
    found = {key: words(text) & set(foreign.split()) for one, key, text in BOTH if one == language}
    assert {key: hits for key, hits in found.items() if hits} == {}


def test_no_english_text_has_turkish_letters() -> None:
    letters = re.compile(r"[çğıöşİÇĞÖŞ]")
    assert [key for one, key, text in BOTH if one == "en" and letters.search(text)] == []


def test_signs_are_set_as_the_language_sets_them() -> None:
    for language, key, text in BOTH:
        bare = re.sub(r"<[^>]*>", "", text)
        assert "'" not in bare, (language, key)
        assert '"' not in bare, (language, key)
        assert "..." not in bare, (language, key)
        assert bare.count("“") == bare.count("”"), (language, key)
        assert bare.count("«") == bare.count("»"), (language, key)
        assert not re.search(r"[.,;:!?]{2}|\s[.,;:!?](?!\w)| {2}|^\s|\s$", bare.replace("no.:", "no:")), (
            language,
            key,
            bare,
        )
    assert "«" not in "".join(text for one, _, text in BOTH if one == "en")


def test_sentences_end_and_headings_do_not() -> None:
    for language, key, text in BOTH:
        last = re.sub(r"<[^>]*>", "", text.splitlines()[-1]).strip()
        if len(last.split()) > 12 and not re.search(r"\{\w+\}$|: ?\S+$", last):
            assert last[-1] in ".?", (language, key, last)


def test_no_number_or_date_stands_between_a_placeholder_and_a_suffix() -> None:
    # A suffix behind a placeholder would have to follow the vowels of what is filled in.
    for key, texts in TR.items():
        for text in texts:
            assert not re.search(r"\}['’]", text), key
            assert not re.search(r"\}[a-zçğıöşü]", text), key


def test_the_code_formats_no_date_by_hand() -> None:
    # Days and months are Babel's; the one place that knows patterns is rendering/when.py.
    for path in (ROOT / "bot/rendering").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.name != "when.py":
            assert "strftime" not in text, path.name
            assert "format_date" not in text, path.name
    for path in [*(ROOT / "handlers").rglob("*.py"), *(ROOT / "bot/flows").glob("*.py")]:
        assert "strftime" not in path.read_text(encoding="utf-8"), path.name


def test_no_word_for_people_stands_in_the_code_that_writes_to_them() -> None:
    spoken = re.compile(r"[çğıöşüİÇĞÖŞÜ]")
    for path, tree in trees():
        if path.is_relative_to(ROOT / "handlers") or path.parent.name in ("flows", "rendering"):
            prose = docstrings(tree)
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
                    assert not spoken.search(node.value) or "Sirküler" in node.value, (path.name, node.value)


def test_topics_and_glossary_speak_both_languages() -> None:
    topics = parse_topics(tomllib.loads((LOCALES / "topics.toml").read_text(encoding="utf-8")))
    for topic in topics.topics:
        assert all(2 <= len(topic.labels[language]) <= 34 for language in LANGUAGES), topic.key
    glossary = parse_glossary(tomllib.loads((LOCALES / "glossary.toml").read_text(encoding="utf-8")))
    for pairs in (glossary.pairs, glossary.places):
        english = [one for _, one in pairs]
        assert len(set(english)) == len(english)
    assert [pair for pair in (*glossary.pairs, *glossary.places) if min(map(len, pair)) < 3] == []
    assert [one for _, one in glossary.pairs if re.search(r"[çğışİÇĞŞ]", one)] == []
    assert [one for one, _ in glossary.pairs if words(one) & set(ENGLISH.split())] == []

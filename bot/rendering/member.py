"""What members read besides notices: welcome, topics, lists, the agenda, why something came."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.domain.member import LANGUAGES
from bot.domain.outgoing import Button, Keyboard
from bot.rendering.catalog import Texts
from bot.rendering.hours import TICK, hours_words
from bot.rendering.kit import RenderingKit
from bot.rendering.markup import LIMIT, length, shorten, untrusted
from bot.rendering.messages import NoticeView, Rendered, deadline_label
from bot.rendering.when import deadline_words, long_date

COLUMNS = 2


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A date to come: in words, what it is, and of which notice; the store's id of the event."""

    when: str
    label: str
    title: str
    event_id: int


def welcome(kit: RenderingKit, language: str) -> Rendered:
    """What a stranger reads first. The language stands in the buttons: nothing is kept before consent."""
    texts = kit.catalogs[language]
    other = next(one for one in LANGUAGES if one != language)
    keyboard: Keyboard = (
        (Button(texts.plain("member.start.subscribe"), data=f"st:yes:{language}"),),
        (
            Button(texts.plain("member.start.privacy"), data=f"st:privacy:{language}"),
            Button(texts.plain("member.start.not_now"), data=f"st:no:{language}"),
        ),
        (Button(kit.catalogs[other].plain(f"label.language.{other}"), data=f"st:in:{other}"),),
    )
    return Rendered(texts("member.start.welcome", association=kit.association.name), keyboard)


def privacy(kit: RenderingKit, language: str, *, stranger: bool) -> Rendered:
    """The privacy notice; a stranger can subscribe right below it."""
    texts = kit.catalogs[language]
    keyboard: Keyboard = ()
    if stranger:
        keyboard = (
            (Button(texts.plain("member.start.subscribe"), data=f"st:yes:{language}"),),
            (
                Button(texts.plain("member.start.back"), data=f"st:in:{language}"),
                Button(texts.plain("member.start.not_now"), data=f"st:no:{language}"),
            ),
        )
    return Rendered(_privacy_text(kit, language), keyboard)


def privacy_version(kit: RenderingKit, language: str) -> str:
    """Names the wording that was shown, so that a consent can be traced to it: ``tr-1a2b3c4d5e6f``."""
    digest = hashlib.sha256(str(_privacy_text(kit, language)).encode()).hexdigest()
    return f"{language}-{digest[:12]}"


def choose_start(kit: RenderingKit, language: str) -> Rendered:
    """Right after subscribing: the recommended topics in one tap, or an own choice."""
    texts = kit.catalogs[language]
    labels = kit.topics.labels(kit.topics.recommended(), language)
    keyboard = (
        (Button(texts.plain("member.start.recommended"), data="tp:start"),),
        (Button(texts.plain("member.start.own"), data="tp:own"),),
    )
    return Rendered(texts("member.start.subscribed", topics=texts.list(labels)), keyboard)


def topic_sheet(kit: RenderingKit, language: str, chosen: Iterable[str]) -> Rendered:
    """Every topic as a button, the chosen ones ticked."""
    texts, mine = kit.catalogs[language], frozenset(chosen)
    buttons = [
        Button(
            (TICK if topic.key in mine else "") + kit.topics.label(topic.key, language),
            data=f"tp:t:{topic.key}",
        )
        for topic in kit.topics.topics
    ]
    rows = [tuple(buttons[start : start + COLUMNS]) for start in range(0, len(buttons), COLUMNS)]
    rows.append(
        (
            Button(texts.plain("member.topics.recommended"), data="tp:all"),
            Button(texts.plain("member.topics.none"), data="tp:none"),
        )
    )
    rows.append((Button(texts.plain("member.topics.done"), data="tp:done"),))
    return Rendered(texts("member.topics.choose"), tuple(rows))


def topics_chosen(kit: RenderingKit, language: str, chosen: Iterable[str]) -> Rendered:
    """The choice in words, with the way to change it."""
    texts, mine = kit.catalogs[language], frozenset(chosen)
    keyboard = (_after_choice(texts),)
    if not mine:
        return Rendered(texts("member.start.done_none"), keyboard)
    hours = hours_words(texts, kit.association)
    return Rendered(texts("member.start.done", topics=topic_words(kit, language, mine), **hours), keyboard)


def already(kit: RenderingKit, language: str, chosen: Iterable[str], key: str) -> Rendered:
    """``key`` (member.start.already, member.resume.done) with the topics chosen."""
    texts = kit.catalogs[language]
    words = topic_words(kit, language, frozenset(chosen))
    return Rendered(texts(key, topics=words), (_after_choice(texts),))


def topic_words(kit: RenderingKit, language: str, chosen: frozenset[str]) -> str:
    """``REACH/CLP, SKDM ve gümrük``; the honest word when nothing is chosen."""
    texts = kit.catalogs[language]
    labels = kit.topics.labels(chosen, language)
    return texts.list(labels) if labels else texts.plain("member.start.no_topics")


def language_choice(kit: RenderingKit, language: str) -> Rendered:
    row = tuple(
        Button(kit.catalogs[one].plain(f"label.language.{one}"), data=f"lg:{one}") for one in LANGUAGES
    )
    return Rendered(kit.catalogs[language]("member.language.choose"), (row,))


def latest_list(views: Sequence[NoticeView], kit: RenderingKit, language: str) -> Rendered:
    """Notices, newest first, each with its deadline and a button that shows it whole."""
    texts = kit.catalogs[language]
    parts = [texts("member.latest.head")]
    numbers: list[Button] = []
    for number, view in enumerate(views, start=1):
        lines = [texts("member.latest.item", n=number, title=untrusted(shorten(view.notice.title, 160)))]
        details = _details(view, texts, kit)
        if details:
            lines.append(details)
        part = Markup("\n").join(lines)
        if sum(length(one) + 2 for one in [*parts, part]) > LIMIT - 200:
            break
        parts.append(part)
        numbers.append(Button(str(number), data=f"nt:{view.notice_id}"))
    parts.append(texts("member.latest.open"))
    rows = tuple(tuple(numbers[start : start + 5]) for start in range(0, len(numbers), 5))
    return Rendered(Markup("\n\n").join(parts), rows)


def agenda(lines: Sequence[AgendaLine], page: int, before: int, texts: Texts, *, more: bool) -> Rendered:
    """A page of deadlines and meetings to come, soonest first; ``before`` stand on earlier pages, ``more``
    on later ones. Every number gives its date as a calendar file, another button all of them."""
    if not lines:
        return Rendered(texts("reminder.agenda_empty"), ())
    parts = [texts("reminder.agenda")]
    for number, line in enumerate(lines, start=before + 1):
        title = untrusted(shorten(line.title, 160))
        parts.append(texts("reminder.agenda_line", n=number, when=line.when, label=line.label, title=title))
    parts.append(texts("reminder.agenda_hint"))
    numbers = [
        Button(str(number), data=f"ic:{line.event_id}") for number, line in enumerate(lines, start=before + 1)
    ]
    rows = [tuple(numbers[start : start + 4]) for start in range(0, len(numbers), 4)]
    turn: list[Button] = []
    if page:
        turn.append(Button(texts.plain("reminder.agenda_earlier"), data=f"ag:{page - 1}"))
    if more:
        turn.append(Button(texts.plain("reminder.agenda_later"), data=f"ag:{page + 1}"))
    if turn:
        rows.append(tuple(turn))
    rows.append((Button(texts.plain("reminder.agenda_file"), data="cal"),))
    return Rendered(Markup("\n\n").join(parts), tuple(rows))


def why(
    kit: RenderingKit,
    language: str,
    *,
    everyone: bool,
    matching: frozenset[str],
    topics: Iterable[str],
) -> Rendered:
    """Why a notice came: the topics chosen, each with a button that mutes it."""
    texts = kit.catalogs[language]
    if everyone:
        return Rendered(texts("member.why.everyone"), ())
    if not matching:
        words = texts.list(kit.topics.labels(frozenset(topics), language))
        return Rendered(texts("member.why.changed", topics=words), ())
    shown = [topic.key for topic in kit.topics.topics if topic.key in matching]
    rows = tuple((_mute_button(texts, key, kit.topics.label(key, language)),) for key in shown)
    return Rendered(texts("member.why.topics", topics=topic_words(kit, language, matching)), rows)


def muted(kit: RenderingKit, language: str, topic: str) -> Rendered:
    texts = kit.catalogs[language]
    undo = Button(texts.plain("member.mute.undo"), data=f"mu:u:{topic}")
    return Rendered(texts("member.mute.done", topic=kit.topics.label(topic, language)), ((undo,),))


def forget_question(texts: Texts) -> Rendered:
    row = (
        Button(texts.plain("member.forget.yes"), data="fg:yes"),
        Button(texts.plain("member.forget.no"), data="fg:no"),
    )
    return Rendered(texts("member.forget.ask"), (row,))


def _privacy_text(kit: RenderingKit, language: str) -> Markup:
    texts = kit.catalogs[language]
    contact = kit.association.privacy_contact or texts.plain("privacy.no_contact")
    return texts("privacy.text", association=kit.association.name, contact=contact)


def _mute_button(texts: Texts, topic: str, label: str) -> Button:
    return Button(texts.plain("member.why.mute", topic=label), data=f"mu:{topic}")


def _after_choice(texts: Texts) -> tuple[Button, ...]:
    return (
        Button(texts.plain("member.start.change_topics"), data="tp:open"),
        Button(texts.plain("member.start.latest"), data="nt:latest"),
    )


def _details(view: NoticeView, texts: Texts, kit: RenderingKit) -> Markup:
    parts: list[str] = []
    if view.document_date is not None:
        parts.append(long_date(view.document_date, texts.language))
    dated = next((deadline for deadline in view.notice.deadlines if deadline.date), None)
    if dated is not None:
        label = texts.plain(deadline_label(view.notice.kind))
        parts.append(f"{label}: {deadline_words(dated, texts, kit.association)}")
    return untrusted(" · ".join(parts)) if parts else Markup("")

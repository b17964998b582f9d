"""Plain questions: where one applies, when something is; answered honestly, also when it is not known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.member import Member
from bot.domain.notice import Kind, LinkRole
from bot.domain.outgoing import Button, Keyboard, Send
from bot.rendering.catalog import Texts
from bot.rendering.kit import RenderingKit
from bot.rendering.markup import safe_url, shorten, untrusted
from bot.rendering.messages import application_link, deadline_label
from bot.rendering.when import deadline_words
from bot.store import link_requests, notices
from bot.store.notices import StoredNotice
from bot.understanding.fold import fold

SHOWN = 6


class Question(StrEnum):
    STOP = "stop"
    APPLICATION = "application"
    DATES = "dates"
    LATEST = "latest"
    OFTEN = "often"
    TOPICS = "topics"
    LANGUAGE = "language"
    SUBSCRIBE = "subscribe"
    THANKS = "thanks"
    GREETING = "greeting"


_STOP = re.compile(
    r"abonelig?k?\w*.*(?:iptal|sonlandir|bitir|cik|ayril)|listeden\b.*(?:cik|sil)|"
    r"(?:mesaj|duyuru|bildirim)\w*\b.*(?:istemiyor|gonderme(?:yin\w*)?\b|atma(?:yin\w*)?\b|durdur|kapat)|"
    r"unsubscribe|opt.?out|remove me|stop (?:sending|messag|notif|these)|"
    r"no more (?:messages|notices|notifications)|cancel my subscription"
)


_APPLICATION = re.compile(
    r"basvur|kayit form|\bform\w*|\blink|baglanti|nereden katil|nasil katil|\bappl(?:y|ication)|\bregist|"
    r"sign up|\bjoin\b|uye ol"
)
_DATES = re.compile(
    r"ne zaman|hangi (?:gun|tarih)|son gun|son tarih|takvim|tarihi? ne|\bwhen\b|deadline|\bdates?\b|"
    r"genel kurul|toplanti|general assembly"
)
_LATEST = re.compile(r"\byeni\b.*(?:var mi|ne)|son duyuru|duyurular|neler var|latest|what.?s new|\bnews\b")
_OFTEN = re.compile(
    r"cok (?:sik|fazla|mesaj)|daha (?:az|seyrek)|\bseyrek|\bsiklik|how often|less often|too (?:many|often)"
)
_TOPICS = re.compile(r"\bkonular|\bkonu (?:sec|degis|ekle)|\btercih|\btopics?\b|\bpreferences?\b")
_LANGUAGE = re.compile(
    r"^(?:ingilizce|turkce|english|turkish)\W*$|dil\w* degis|change (?:the |my )?language|in english"
)
_SUBSCRIBE = re.compile(r"\babone ol|\bsubscribe\b")
_THANKS = re.compile(r"\btesekkur|^sag ?ol|\bthanks?\b|^(?:tamam|peki|ok|okay)\W*$")
_GREETING = re.compile(r"^(?:merhaba|selam|gunaydin|iyi (?:gun|aksam|calisma)|hello|hi|hey|good (?:m|a|e))")
_ALLIANCE = re.compile(r"ittifak|alliance|\bcca\b")
_COMMON = frozenset(
    [
        "basvuru",
        "formu",
        "linki",
        "nedir",
        "nerede",
        "nereden",
        "nasil",
        "hangi",
        "icin",
        "olan",
        "where",
        "apply",
        "application",
        "form",
        "link",
        "the",
        "how",
        "can",
        "what",
        "bir",
        "bana",
    ]
)


def classify(text: str) -> Question | None:
    """What a plain text asks, Turkish letters or not; None for anything else."""
    folded = fold(text[:400])
    for pattern, question in (
        (_STOP, Question.STOP),
        (_APPLICATION, Question.APPLICATION),
        (_DATES, Question.DATES),
        (_LATEST, Question.LATEST),
        (_OFTEN, Question.OFTEN),
        (_LANGUAGE, Question.LANGUAGE),
        (_TOPICS, Question.TOPICS),
        (_SUBSCRIBE, Question.SUBSCRIBE),
        (_THANKS, Question.THANKS),
        (_GREETING, Question.GREETING),
    ):
        if pattern.search(folded):
            return question
    return None


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks where; ``member`` None for a stranger, of whom nothing is kept."""

    chat_id: int
    member: Member | None


async def application(
    connection: AsyncConnection,
    asker: Asker,
    words: str,
    now: datetime,
    kit: RenderingKit,
    texts: Texts,
    *,
    about: int | None = None,
) -> Send:
    """The application link asked for: of the notice answered to (``about``), of one the words name, of the
    Alliance; else all that are open. Who asks for one that is not known is told when it comes."""
    open_ones = await _open(connection, now, kit)
    named = next((one for one in open_ones if one.id == about), None) or _named(open_ones, words)
    if named is not None:
        return await _one(connection, asker, named, now, texts, kit)
    alliance = next((one for one in open_ones if one.facts.kind is Kind.ALLIANCE), None)
    association = kit.association
    setting = safe_url(association.alliance_application_url)
    only_alliance = bool(_ALLIANCE.search(fold(words)))
    if setting and (alliance is None or not _url(alliance)):
        title = untrusted(association.alliance(texts.language) or texts.plain("member.apply.alliance"))
        return _known(asker.chat_id, title, setting, texts, "")
    if only_alliance or not any(_url(one) for one in open_ones):
        if alliance is not None:
            return await _one(connection, asker, alliance, now, texts, kit)
        return await _unknown(connection, asker, None, association.alliance(texts.language), now, texts)
    return await _list(connection, asker, open_ones, alliance, now, texts, kit)


async def _open(connection: AsyncConnection, now: datetime, kit: RenderingKit) -> list[StoredNotice]:
    today = now.astimezone(kit.association.zone).date()
    found = await notices.with_application(connection)
    return [
        one
        for one in found
        if not one.facts.deadlines
        or any(deadline.date is None or deadline.date >= today for deadline in one.facts.deadlines)
    ]


def _named(found: list[StoredNotice], words: str) -> StoredNotice | None:
    asked = set(re.findall(r"\w{4,}", fold(words))) - _COMMON
    best, most = None, 0
    for one in found:
        title = fold(one.facts.title)
        hits = sum(1 for word in asked if word[:6] in title)
        if hits > most:
            best, most = one, hits
    return best


def _url(one: StoredNotice) -> str | None:
    link = application_link(one.facts)
    return safe_url(link.url) if link else None


async def _one(
    connection: AsyncConnection,
    asker: Asker,
    one: StoredNotice,
    now: datetime,
    texts: Texts,
    kit: RenderingKit,
) -> Send:
    url = _url(one)
    if url is None:
        return await _unknown(connection, asker, one.id, one.facts.title, now, texts)
    dated = next((deadline for deadline in one.facts.deadlines if deadline.date), None)
    until = ""
    if dated is not None:
        words = deadline_words(dated, texts, kit.association)
        until = texts("notice.fact", label=texts(deadline_label(one.facts.kind)), value=words)
    role = link.role if (link := application_link(one.facts)) else LinkRole.APPLICATION
    title = untrusted(shorten(one.facts.title, 200))
    return _known(asker.chat_id, title, url, texts, until, role)


def _known(
    chat_id: int,
    title: object,
    url: str,
    texts: Texts,
    until: object,
    role: LinkRole = LinkRole.APPLICATION,
) -> Send:
    label = texts.plain(f"label.link.{role.value}")
    text = texts("member.apply.known", title=title, label=label, url=url)
    if until:
        text += "\n" + until  # type: ignore[operator]
    return Send(chat_id, text, ((Button(label, url=url),),))


async def _unknown(
    connection: AsyncConnection,
    asker: Asker,
    notice_id: int | None,
    name: str,
    now: datetime,
    texts: Texts,
) -> Send:
    title = untrusted(shorten(name or texts.plain("member.apply.alliance"), 200))
    if asker.member is None:
        return Send(asker.chat_id, texts("member.apply.unknown_stranger", name=title))
    await link_requests.ask(connection, asker.member.id, notice_id, now)
    return Send(asker.chat_id, texts("member.apply.unknown", name=title))


async def _list(
    connection: AsyncConnection,
    asker: Asker,
    found: list[StoredNotice],
    alliance: StoredNotice | None,
    now: datetime,
    texts: Texts,
    kit: RenderingKit,
) -> Send:
    with_link = [one for one in found if _url(one)]
    if len(with_link) == 1 and (alliance is None or alliance is with_link[0]):
        return await _one(connection, asker, with_link[0], now, texts, kit)
    text = texts("member.apply.list")
    rows: list[tuple[Button, ...]] = []
    for one in sorted(with_link, key=lambda one: one is not alliance)[:SHOWN]:
        url = _url(one)
        assert url is not None
        text += "\n\n" + texts("member.apply.item", title=untrusted(shorten(one.facts.title, 160)), url=url)
        rows.append((Button(shorten(one.facts.title, 40), url=url),))
    if alliance is not None and _url(alliance) is None:
        lost = await _unknown(connection, asker, alliance.id, alliance.facts.title, now, texts)
        text += "\n\n" + lost.text
    keyboard: Keyboard = tuple(rows)
    return Send(asker.chat_id, text, keyboard)

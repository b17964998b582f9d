"""Machine translation, outside every transaction; what does not say the same is discarded."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from bot.domain.draft_tap import DraftTap
from bot.domain.glossary import Glossary
from bot.domain.notice import Notice, Translation
from bot.domain.permissions import Action
from bot.errors import Refused, TranslationError
from bot.flows.desk import Desk, Reply
from bot.flows.drafts import load_current, view
from bot.store import notices
from bot.store.db import Database
from bot.store.notices import StoredNotice
from bot.store.tables import NoticeState
from bot.understanding.translation import mask, unmask

LONGEST = 900
"""Letters of a summary handed out, or of the text where there is none."""
AT_ONCE = 10

log = logging.getLogger(__name__)


class Translator(Protocol):
    """A service that translates."""

    async def translate(self, text: str, source: str, target: str) -> str:
        """``text`` (XML, ``<x id="…"/>`` stays) in another language. Raises ``TranslationError``."""
        ...


@dataclass(frozen=True, slots=True)
class Translating:
    """A translator with the association's words and languages."""

    translator: Translator
    glossary: Glossary
    languages: Sequence[str]

    async def translated(self, notice: Notice) -> Notice:
        """The notice with what could be translated: title and summary, for each language it lacks.

        A translation whose numbers, dates, links, e-mails or codes differ is discarded, and noted as tried.
        While the service fails, the notice stays as it is.
        """
        added: list[Translation] = []
        for language in lacking(notice, self.languages):
            try:
                title = await self._one(notice.title, notice.language, language)
                body = notice.summary or notice.text[:LONGEST]
                summary = await self._one(body, notice.language, language) if body.strip() else ""
            except TranslationError as error:
                log.warning("A notice was not translated: %s", error.sentence)
                continue
            if title is None or summary is None:
                added.append(Translation(language))
            else:
                added.append(Translation(language, title, summary))
        return replace(notice, translations=(*notice.translations, *added)) if added else notice

    async def _one(self, text: str, source: str, target: str) -> str | None:
        masked = mask(text, self.glossary, source, target)
        return unmask(await self.translator.translate(masked.text, source, target), masked)


def lacking(notice: Notice, languages: Sequence[str]) -> tuple[str, ...]:
    """The languages of readers that a notice has not been translated to, nor tried."""
    known = {notice.language, *(one.language for one in notice.translations)}
    return tuple(language for language in languages if language not in known)


async def translate_drafts(db: Database, translating: Translating, now: datetime) -> int:
    """Translate what waits as a draft; returns how many items got an answer. Nothing handed in is touched:
    what an approver has read is what is sent."""
    async with db.read() as connection:
        waiting: list[tuple[StoredNotice, StoredNotice]] = []
        for root in await notices.drafts(connection, (NoticeState.DRAFT,)):
            for item in await notices.items(connection, root):
                if not item.excluded and lacking(item.facts, translating.languages):
                    waiting.append((root, item))
    done = 0
    for root, item in waiting[:AT_ONCE]:
        facts = await translating.translated(item.facts)
        if facts is not item.facts:
            done += await _store(db, root.id, item, facts, now)
    return done


async def accept(desk: Desk, tap: DraftTap) -> Reply:
    """``Çeviri doğru``: staff have read the translation; members read it without the warning."""
    return await _decide(desk, tap, lambda one: replace(one, checked=True))


async def drop(desk: Desk, tap: DraftTap) -> Reply:
    """``Çeviriyi çıkar``: the original only, and not to be tried again."""
    return await _decide(desk, tap, lambda one: Translation(one.language))


class _Change(Protocol):
    def __call__(self, one: Translation, /) -> Translation: ...


async def _decide(desk: Desk, tap: DraftTap, change: _Change) -> Reply:
    desk.require(Action.EDIT_DRAFT)
    draft = await load_current(desk, tap)
    item = draft.item(tap.position)
    if item.facts.translation(tap.argument) is None:
        raise Refused("No such translation.", key="draft.gone")
    changed = tuple(change(one) if one.language == tap.argument else one for one in item.facts.translations)
    if not await notices.claim_edit(desk.connection, tap.root_id, tap.version, desk.now):
        raise Refused("The draft has changed.", key="draft.outdated")
    facts = replace(item.facts, translations=changed)
    await notices.update_facts(desk.connection, item.id, facts, desk.now)
    await desk.note("edit_draft", tap.root_id, item=item.position, field=f"translation {tap.argument}")
    return await view(desk, tap.root_id)


async def _store(db: Database, root_id: int, item: StoredNotice, facts: Notice, now: datetime) -> int:
    """Keep the translations unless the item was changed, handed in or sent meanwhile."""
    async with db.write() as connection:
        root, fresh = await notices.get(connection, root_id), await notices.get(connection, item.id)
        if root is None or fresh is None or root.state is not NoticeState.DRAFT or fresh.facts != item.facts:
            return 0
        # The version rises: a draft looked at before has another text now.
        if not await notices.claim_edit(connection, root_id, root.version, now):
            return 0
        await notices.update_facts(connection, item.id, facts, now)
    return 1

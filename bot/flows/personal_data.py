"""``/verilerim``: everything kept of a person as one file that programs read (Law 6698, Art. 11)."""

from __future__ import annotations

import json
from typing import Any

from bot.domain.outgoing import Outgoing, SendDocument
from bot.flows.membership import Visitor
from bot.store import consents, notices, personal


async def export(visitor: Visitor) -> Outgoing:
    """The rows of every table that names the chat, with the words behind their numbers; one sentence for
    whom nothing is kept."""
    member = visitor.member
    rows = await personal.rows_of(visitor.connection, visitor.chat_id, member.id if member else None)
    kept = {table: found for table, found in rows.items() if table not in ("inbox", "answer")}
    if not kept:
        return visitor.say("member.mydata.nothing")
    data: dict[str, Any] = {
        "format": "sirkuler-personal-data-1",
        "controller": visitor.kit.association.name,
        "contact": visitor.kit.association.privacy_contact,
        "made_at": visitor.now.isoformat(),
        "chat_id": visitor.chat_id,
    }
    if member is not None:
        data["subscriber"] = {
            "language": member.language,
            "state": member.state.name.lower(),
            "subscribed_at": member.subscribed_at.isoformat(),
            "topics": {key: visitor.kit.topics.label(key, visitor.language) for key in sorted(member.topics)},
        }
    data["consent_texts"] = await _consent_texts(visitor, rows)
    data["notices"] = await _titles(visitor, rows)
    data["rows"] = rows
    content = json.dumps(data, ensure_ascii=False, indent=2).encode()
    texts = visitor.kit.catalogs[visitor.language]
    return SendDocument(
        visitor.chat_id,
        content=content,
        file_name=texts.plain("member.mydata.file"),
        caption=texts("member.mydata.caption"),
    )


async def _consent_texts(visitor: Visitor, rows: dict[str, list[dict[str, Any]]]) -> dict[str, str | None]:
    versions = sorted({str(row["text_version"]) for row in rows.get("consent", ())})
    return {version: await consents.text_of(visitor.connection, version) for version in versions}


async def _titles(visitor: Visitor, rows: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """What the notices that the rows name are called."""
    numbers = {row["notice_id"] for found in rows.values() for row in found if row.get("notice_id")}
    broadcasts = {row["broadcast_id"] for row in rows.get("delivery", ())}
    numbers |= await notices.of_broadcasts(visitor.connection, broadcasts)
    titles = {}
    for number in sorted(numbers):
        stored = await notices.get(visitor.connection, number)
        if stored is not None:
            titles[str(number)] = stored.facts.title
    return titles

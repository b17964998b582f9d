"""An office to test with: a real database, two staff languages, subscribers and a sample circular."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import epoch
from bot.domain.association import Association
from bot.domain.draft_tap import DraftTap, parse_draft_tap
from bot.domain.glossary import Glossary
from bot.domain.member import LANGUAGES
from bot.domain.notice import Deadline, Document, Kind, Link, LinkRole, Meeting, Notice
from bot.domain.permissions import Staff
from bot.domain.topic import Topic, TopicTable
from bot.flows.desk import Desk, Reply
from bot.rendering.catalog import load_catalogs
from bot.rendering.kit import RenderingKit
from bot.store import staff_people
from bot.store.db import Database, open_database
from bot.store.migrate import upgrade
from bot.store.tables import answer, member, member_topic

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
VIEWER, EDITOR, APPROVER, OTHER_APPROVER, STRANGER = 900, 901, 902, 903, 999
STAFF = Staff(
    viewers=frozenset({VIEWER}),
    editors=frozenset({EDITOR}),
    approvers=frozenset({APPROVER, OTHER_APPROVER}),
)
TOPICS = TopicTable(
    tuple(
        Topic(key, {"tr": tr, "en": en}, (), True)
        for key, tr, en in (
            ("cbam", "SKDM", "CBAM"),
            ("reach_clp", "REACH/CLP", "REACH/CLP"),
            ("alliance", "İttifak", "Alliance"),
        )
    )
)
KIT = RenderingKit(load_catalogs(), Association("Örnek Birlik"), TOPICS, Glossary())

CBAM = Notice(
    title="SKDM bilgilendirme toplantısı",
    kind=Kind.TRAINING,
    deadlines=(Deadline(date(2026, 11, 30), quote="30 Kasım 2026 tarihine kadar", confidence=0.5),),
    meetings=(Meeting(date(2026, 12, 3), time=time(11), quote="3 Aralık 2026 saat 11.00"),),
    topics=("cbam",),
    summary="Bilgilendirme toplantısı yapılacaktır.",
)
REACH = Notice(title="REACH kısıtlama önerisi <b>&", kind=Kind.CONSULTATION, topics=("reach_clp",))
ALLIANCE = Notice(
    title="Kritik Kimyasallar İttifakı",
    kind=Kind.ALLIANCE,
    topics=("alliance",),
    links=(Link(None, LinkRole.APPLICATION, "başvuru formu"),),
)
CIRCULAR = Document("tr", "2026/377", date(2026, 11, 20), (CBAM, REACH, ALLIANCE), title="Kasım sirküleri")


@dataclass(frozen=True, slots=True)
class Office:
    db: Database
    staff: Staff = STAFF

    @asynccontextmanager
    async def desk(self, user_id: int, *, message_id: int | None = None) -> AsyncIterator[Desk]:
        """The desk of a staff member in a write transaction."""
        async with self.db.write() as connection:
            language = await staff_people.language(connection, user_id)
            yield Desk(connection, NOW, KIT, self.staff, user_id, user_id, language, message_id)

    def with_staff(self, staff: Staff) -> Office:
        return replace(self, staff=staff)


@asynccontextmanager
async def office(folder: Path, url: str | None = None) -> AsyncIterator[Office]:
    """An office with an empty database (at ``url``, else SQLite in ``folder``) whose staff have written
    before: the second approver in English."""
    db = open_database(url or f"sqlite+aiosqlite:///{folder / 'office.db'}")
    try:
        await upgrade(db)
        async with db.write() as connection:
            for user_id, name, language in (
                (EDITOR, "Elif Kaya", "tr"),
                (APPROVER, "Murat Şahin", "tr"),
                (OTHER_APPROVER, "Ann Smith", "en"),
                (VIEWER, "Can Öz", "tr"),
            ):
                await staff_people.seen(connection, user_id, name, language, NOW)
        yield Office(db)
    finally:
        await db.close()


async def subscribe(
    connection: AsyncConnection, chat_id: int, language: str = "tr", topics: Iterable[str] = ()
) -> int:
    """A subscriber; returns the member's id."""
    at = epoch(NOW)
    values = {"chat_id": chat_id, "language": LANGUAGES.index(language), "created_at": at, "state_at": at}
    member_id = (
        await connection.execute(insert(member).values(**values).returning(member.c.id))
    ).scalar_one()
    rows = [{"member_id": member_id, "topic": topic} for topic in topics]
    if rows:
        await connection.execute(insert(member_topic), rows)
    return int(member_id)


def raw_bytes(folder: Path) -> bytes:
    """Everything in the SQLite databases of a folder, their logs and indexes included."""
    return b"".join(file.read_bytes() for file in folder.glob("*.db*"))


async def answers_to(connection: AsyncConnection, chat_id: int) -> list[str]:
    """The texts queued for a chat, oldest first."""
    rows = await connection.execute(
        select(answer.c.body).where(answer.c.chat_id == chat_id).order_by(answer.c.id)
    )
    return [row.body.get("text", "") for row in rows]


def text_of(reply: Reply) -> str:
    """The text of a reply's last message."""
    return str(reply.answers[-1].body().get("text", ""))


def taps(reply: Reply) -> dict[str, DraftTap]:
    """The draft buttons under a reply's last message by their label."""
    markup = reply.answers[-1].body().get("reply_markup", {"inline_keyboard": []})
    found = {}
    for row in markup["inline_keyboard"]:
        for button in row:
            tap = parse_draft_tap(button.get("callback_data", ""))
            if tap:
                found[button["text"]] = tap
    return found

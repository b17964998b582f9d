"""The people of the demo: who can be spoken as, and a crowd of simulated subscribers."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

CROWD = 1_284
CROWD_IN_ENGLISH = 94
FIRST_CROWD_ID = 7_000_000_000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to speak as in the chat page; ``topics`` None: not subscribed yet."""

    id: int
    first_name: str
    last_name: str
    username: str
    language: str
    tag: str
    topics: tuple[str, ...] | None = None


AYSE = Person(
    501_001, "Ayşe", "Demir", "aysedemir", "tr", "member", ("alliance", "cbam", "reach_clp", "trade_defence")
)
OLIVER = Person(501_002, "Oliver", "Brandt", "obrandt", "en", "member", ("alliance", "cbam", "consultation"))
ZEYNEP = Person(501_003, "Zeynep", "Aydın", "zeynepaydin", "tr", "newcomer")
ELIF = Person(502_001, "Elif", "Kaya", "elifkaya", "tr", "editor")
MURAT = Person(502_002, "Murat", "Şahin", "muratsahin", "tr", "approver")
EVERYBODY = (AYSE, OLIVER, ZEYNEP, ELIF, MURAT)


def crowd(topics: tuple[str, ...], recommended: frozenset[str], size: int = CROWD) -> list[dict[str, Any]]:
    """The simulated subscribers, the same at every start: ``chat_id``, ``language`` and ``topics``."""
    chance = random.Random(1284)
    favoured = sorted(recommended)  # a set's order changes with every start
    others = [topic for topic in topics if topic not in recommended]
    people = []
    for number in range(size):
        chosen = {topic for topic in favoured if chance.random() < 0.55}
        chosen |= {topic for topic in others if chance.random() < 0.15}
        people.append(
            {
                "chat_id": FIRST_CROWD_ID + number,
                "language": "en" if number < CROWD_IN_ENGLISH else "tr",
                "topics": sorted(chosen or favoured),
            }
        )
    return people


async def subscribe(
    connection: AsyncConnection, people: list[dict[str, Any]], now: datetime, text_version: str
) -> None:
    """Write ``people`` as subscribers who have seen and accepted the privacy notice."""
    from bot.store.members import subscribe_many

    await subscribe_many(connection, people, now, text_version)

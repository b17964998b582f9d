"""What every rendering needs, in one value."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.association import Association
from bot.domain.glossary import Glossary
from bot.domain.topic import TopicTable
from bot.rendering.catalog import Catalogs


@dataclass(frozen=True, slots=True)
class RenderingKit:
    """``paid_rate`` is the rate of paid broadcasts in messages a second, None without them."""

    catalogs: Catalogs
    association: Association
    topics: TopicTable
    glossary: Glossary
    paid_rate: float | None = None

"""What a job has in hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.domain.permissions import Staff
from bot.flows.translate import Translating
from bot.metrics import Metrics
from bot.rendering.kit import RenderingKit
from bot.sources.fetch import Fetcher
from bot.sources.registry import SourceSpec
from bot.store.db import Database


@dataclass(frozen=True, slots=True)
class JobContext:
    """``wake`` tells the dispatcher that rows wait; ``kept`` is how long updates and answers stay."""

    db: Database
    clock: Clock
    kit: RenderingKit
    staff: Staff
    sources: tuple[SourceSpec, ...]
    fetcher: Fetcher
    wake: Callable[[], None]
    metrics: Metrics
    kept: timedelta
    translating: Translating | None = None

"""What a job has in hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.permissions import Staff
from bot.domain.retention import Retention
from bot.flows.translate import Translating
from bot.metrics import Metrics
from bot.rendering.kit import RenderingKit
from bot.sources.fetch import Fetcher
from bot.sources.registry import SourceSpec
from bot.store.db import Database


@dataclass(frozen=True, slots=True)
class JobContext:
    """``wake`` tells the dispatcher that rows wait; ``retention`` how long what is kept."""

    db: Database
    clock: Clock
    kit: RenderingKit
    staff: Staff
    sources: tuple[SourceSpec, ...]
    fetcher: Fetcher
    wake: Callable[[], None]
    metrics: Metrics
    retention: Retention
    translating: Translating | None = None

"""What the watch calls a trouble."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """From when on something is a trouble. ``source_silent`` None: silence is none."""

    updates: timedelta = timedelta(minutes=5)
    sending: timedelta = timedelta(minutes=10)
    source_failing: timedelta = timedelta(hours=24)
    source_silent: timedelta | None = timedelta(days=14)

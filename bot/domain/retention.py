"""How long what is kept: set by the operator, told in the settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Retention:
    """None: for ever. ``inbox``: what people wrote and what they were answered. ``inactive``: members who
    stopped, blocked the bot or left. ``deliveries``: who got what. ``audit``: what staff did."""

    inbox: timedelta = timedelta(hours=24)
    inactive: timedelta | None = None
    deliveries: timedelta | None = None
    audit: timedelta | None = None

"""What a source is: where news comes from and what happens with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

Kind = Literal["feed", "page", "json"]
Policy = Literal["review", "auto"]


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """A source as the operator set it up.

    ``policy`` ``review`` makes drafts, ``auto`` sends what has a topic. ``digest``: what is sent goes into
    the members' digest instead of at once. ``topics`` are added to those found
    in an item's text. ``interval`` is the time between two polls. ``allow_private`` permits addresses
    inside the association's own network (off: loopback and private ranges are refused).
    """

    name: str
    url: str
    kind: Kind = "feed"
    policy: Policy = "review"
    language: str = "en"
    topics: tuple[str, ...] = ()
    interval: timedelta = timedelta(hours=1)
    allow_private: bool = False
    digest: bool = False

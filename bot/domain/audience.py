"""Who is concerned by a notice, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.notice import Kind, Nature

EVERYONE_KINDS = frozenset({Kind.MEMBERSHIP, Kind.MEETING})
"""Fees and assemblies of the association concern every subscriber (reference: words, defaults)."""


@dataclass(frozen=True, slots=True)
class Audience:
    """All subscribers, or those who chose at least one of ``topics``; of them only those who consented to
    the notice's ``nature`` when it is not informational."""

    everyone: bool
    topics: frozenset[str] = frozenset()
    nature: Nature = Nature.INFORMATIONAL


def audience_of(kind: Kind, topics: Iterable[str]) -> Audience:
    """The audience a notice gets when staff say nothing else; without a topic it is nobody's."""
    if kind in EVERYONE_KINDS:
        return Audience(everyone=True)
    return Audience(everyone=False, topics=frozenset(topics))


def why(audience: Audience, chosen: Iterable[str]) -> frozenset[str]:
    """The chosen topics that bring a notice to a member; empty when all subscribers get it."""
    return frozenset() if audience.everyone else audience.topics & frozenset(chosen)

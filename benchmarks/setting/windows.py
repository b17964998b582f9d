"""How evenly calls came: pure figures of their times in seconds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def worst_window(times: Sequence[float], seconds: float = 1.0) -> int:
    """The most calls in any span of so many seconds; ``times`` ascend."""
    return max((bisect_left(times, at + seconds) - n for n, at in enumerate(times)), default=0)


def mean_rate(times: Sequence[float]) -> float:
    """Calls a second between the first and the last."""
    return (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else 0.0


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which so great a share of ``values`` lies; 0 without any."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0

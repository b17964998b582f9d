"""How often a large sending is counted and a long one is shown. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

ROWS_A_LOOK = 30_000
"""So many rows are counted at every look (20 to 30 ms of CPU), twice as many at every second one."""
LONGER = timedelta(seconds=30)
RAREST = 3
"""A sending is shown at every look for so long, then at every second, at last at every third one."""


def its_turn(now: datetime, every: timedelta, rows: int) -> bool:
    """Whether a look that comes ``every`` so often counts ``rows`` rows ``now``."""
    return _every_so_many(now, every, rows // ROWS_A_LOOK)


def shown_again(now: datetime, every: timedelta, rows: int, since: datetime) -> bool:
    """Whether such a look also shows how a sending of ``rows`` rows goes, which began ``since``: what takes
    longer is shown more rarely."""
    looks = min(RAREST, 1 + (now - since) // LONGER)
    return _every_so_many(now, every, max(looks, rows // ROWS_A_LOOK))


def _every_so_many(now: datetime, every: timedelta, looks: int) -> bool:
    return int(now.timestamp() // every.total_seconds()) % max(1, looks) == 0

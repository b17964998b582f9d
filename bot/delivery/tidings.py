"""What others are told of broadcasts: that one is complete, or that a fault of its content paused it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable

from bot.delivery.ledger import STORE_TROUBLE, Finished, News, Paused

log = logging.getLogger(__name__)

OnFinished = Callable[[list[int]], Awaitable[None]]
OnTrouble = Callable[[int, str], Awaitable[None]]


class Tidings:
    """News in order; what cannot be told is told again, and sending goes on meanwhile."""

    def __init__(self, on_finished: OnFinished | None, on_trouble: OnTrouble | None) -> None:
        self._on_finished = on_finished
        self._on_trouble = on_trouble
        self._untold: list[News] = []

    def add(self, news: Iterable[News]) -> None:
        self._untold += news

    async def tell(self) -> None:
        """Tell what the store has taken note of."""
        try:
            while self._untold:
                news = self._untold[0]
                if isinstance(news, Paused) and self._on_trouble:
                    await self._on_trouble(news.broadcast_id, news.text)
                if isinstance(news, Finished) and self._on_finished:
                    await self._on_finished(list(news.broadcast_ids))
                del self._untold[0]
        except STORE_TROUBLE as error:
            log.warning("A broadcast's state could not be told yet: %s", getattr(error, "orig", error))

"""When calls leave: never more than the rate in any second, whatever the machine does meanwhile."""

from __future__ import annotations

import time
from bisect import bisect_left
from pathlib import Path

import pytest

from bot.delivery.limiter import Limiter
from tests.integration.post import post, until


class Recording(Limiter):
    """A limiter that remembers when calls left."""

    def __init__(self, rate_per_second: float) -> None:
        super().__init__(rate_per_second)
        self.left: list[float] = []

    def take(self, chat_id: int, now: float) -> None:
        self.left.append(now)
        super().take(chat_id, now)


@pytest.mark.parametrize(("rate", "members"), [(30, 70), (1000, 2500)])
async def test_no_second_has_more_than_the_rate_and_a_stall_is_not_made_up_for(
    tmp_path: Path, rate: int, members: int
) -> None:
    limiter = Recording(rate)
    async with post(tmp_path) as office:
        chats = await office.members(members)
        broadcast_id = await office.broadcast()
        async with office.sending(limiter=limiter, in_flight=256):
            await until(lambda: len(limiter.left) > members // 3, 60)
            time.sleep(0.4)  # noqa: ASYNC251 - the whole loop stalls
            await until(lambda: broadcast_id in office.finished, 120)
        assert office.copies() == dict.fromkeys(chats, 1)
    most = max(bisect_left(limiter.left, at + 1.0) - n for n, at in enumerate(limiter.left))
    assert most <= rate

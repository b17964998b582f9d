"""What a paid broadcast costs: Telegram charges 0.1 Star for each message above 30 a second
(https://core.telegram.org/bots/faq#how-can-i-message-all-of-my-bot-39s-subscribers-at-once)."""

from __future__ import annotations

import math

from markupsafe import Markup

from bot.rendering.catalog import Texts

FREE_A_SECOND = 30.0
STARS_A_MESSAGE = 0.1


def stars(messages: int, rate_per_second: float) -> int:
    """Stars for so many messages at a rate (above zero), rounded up; 0 at Telegram's free rate."""
    charged = messages * max(0.0, 1.0 - FREE_A_SECOND / rate_per_second)
    return math.ceil(round(charged * STARS_A_MESSAGE, 6))


def cost_line(messages: int, paid_rate: float | None, texts: Texts) -> list[Markup]:
    """The estimate as a line for staff; none without paid broadcasts or when it costs nothing."""
    if paid_rate is None or (cost := stars(messages, paid_rate)) == 0:
        return []
    return [texts("draft.cost", stars=texts.number(cost), rate=texts.number(round(paid_rate)))]

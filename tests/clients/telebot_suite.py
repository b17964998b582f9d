"""A pytest plugin that points pyTelegramBotAPI's own live tests at a sandbox, their files unchanged.

In the ``tests`` directory of an unpacked source distribution, with pytest, aiohttp and Pillow installed::

    PYTHONPATH=…/sirkuler/tests/clients:.. python -m pytest -p telebot_suite .
"""

from __future__ import annotations

import os
from typing import Any

from running import GROUP, USER, started, usual

from bot.sandbox.world import DEFAULT_TOKEN


def pytest_load_initial_conftests() -> None:
    """Before the tests read from the environment which bot they are to use."""
    os.environ |= {"TOKEN": DEFAULT_TOKEN, "CHAT_ID": str(USER), "GROUP_ID": str(GROUP)}


def pytest_configure(config: Any) -> None:
    import telebot.apihelper

    address = started(usual())
    telebot.apihelper.API_URL = f"{address}/bot{{0}}/{{1}}"
    telebot.apihelper.FILE_URL = f"{address}/file/bot{{0}}/{{1}}"

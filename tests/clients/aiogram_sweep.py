"""Every call of a list, made by aiogram and its answer read into aiogram's own types."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

Kept = dict[str, Any]


def filled(given: Any, kept: Kept) -> Any:
    """``given`` with each "$name.field" as the field of a former answer."""
    if isinstance(given, dict):
        return {key: filled(value, kept) for key, value in given.items()}
    if isinstance(given, list):
        return [filled(one, kept) for one in given]
    if not (isinstance(given, str) and given.startswith("$")):
        return given
    name, field = given[1:].split(".")
    return getattr(kept[name], field)


async def main(url: str, token: str, calls: str) -> None:
    bot, kept = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url))), Kept()
    made = 0
    for method, parameters, name in json.loads(await asyncio.to_thread(Path(calls).read_text, "utf-8")):
        call = getattr(bot, re.sub(r"(?<!^)([A-Z])", r"_\1", method).lower())
        try:
            kept[name] = await call(**filled(parameters, kept))
        except Exception as error:
            raise SystemExit(f"{method}: {error}") from error
        made += 1
    await bot.session.close()
    sys.stdout.write(f"{made}\n")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))

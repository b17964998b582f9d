"""Programs of the tests in processes of their own, killed at the end if they still run."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


@asynccontextmanager
async def program(module: str, *arguments: str, stderr: int = PIPE) -> AsyncIterator[Process]:
    """``python -m MODULE ARGUMENTS…``."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, cwd=ROOT, stderr=stderr
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def bot_process(
    folder: Path,
    token: str,
    api_url: str,
    database_url: str,
    *,
    ahead: float = 0.0,
    stderr: int = PIPE,
    **delivery: Any,
) -> AbstractAsyncContextManager[Process]:
    """The whole bot, its clock ``ahead`` by so many seconds."""
    settings = {
        "telegram": {"token": token, "api_base_url": api_url},
        "database": {"url": database_url},
        "association": {"name": "Örnek Birlik"},
        "delivery": {"rate_per_second": 100, **delivery},
        "privacy": {"contact": "kvkk@ornek.example"},
    }
    arguments = (str(folder), json.dumps(settings), str(ahead))
    return program("tests.programs.bot_process", *arguments, stderr=stderr)

"""A child process for what strangers sent: bytes in, one JSON object out, within limits."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from typing import Any

KILLED_BY_LIMIT = (-9, -24)  # SIGKILL, SIGXCPU


class ChildOverrun(Exception):
    """It took longer than it may, on the clock or of the processor."""


class ChildBroken(Exception):
    """It ended without an answer."""


async def ask_child(module: str, settings: Mapping[str, Any], data: bytes, seconds: float) -> dict[str, Any]:
    """What ``python -m MODULE SETTINGS`` answers to ``data`` within so many seconds; it is killed at the end.

    Raises ``ChildOverrun`` and ``ChildBroken``.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        json.dumps(settings),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        out, _ = await asyncio.wait_for(process.communicate(data), seconds)
    except TimeoutError:
        raise ChildOverrun from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    try:
        answer = json.loads(out)
    except ValueError:
        raise (ChildOverrun if process.returncode in KILLED_BY_LIMIT else ChildBroken) from None
    if not isinstance(answer, dict):
        raise ChildBroken
    return answer

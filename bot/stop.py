"""When a long-running command is to end."""

from __future__ import annotations

import asyncio
import contextlib
import signal


def stop_asked() -> asyncio.Event:
    """Set by SIGINT and SIGTERM from now on, in the running loop; by nothing on Windows, where loops have no
    signal handlers and Ctrl+C ends the loop itself."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(name, stop.set)
    return stop

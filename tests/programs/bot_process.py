"""The whole bot in a process of its own, to be killed.

``python -m tests.programs.bot_process FOLDER SETTINGS [SECONDS]`` runs it until SIGTERM; SETTINGS is the
configuration as one JSON object, file names in it are relative to FOLDER; its clock is so many SECONDS ahead.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import run_until_stopped
from bot.clock import ShiftedClock
from bot.config import build_settings
from bot.errors import SirkulerError

if __name__ == "__main__":
    try:
        ahead = timedelta(seconds=float(sys.argv[3])) if len(sys.argv) > 3 else timedelta()
        clock = ShiftedClock(datetime.now(UTC) + ahead)
        asyncio.run(run_until_stopped(build_settings(json.loads(sys.argv[2]), Path(sys.argv[1])), clock))
    except SirkulerError as error:
        sys.exit(error.sentence)

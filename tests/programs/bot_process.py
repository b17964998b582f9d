"""The whole bot in a process of its own, to be killed.

``python -m tests.programs.bot_process FOLDER SETTINGS`` runs it until SIGTERM; SETTINGS is the configuration
as one JSON object, file names in it are relative to FOLDER.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from bot.app import run_until_stopped
from bot.config import build_settings
from bot.errors import SirkulerError

if __name__ == "__main__":
    try:
        asyncio.run(run_until_stopped(build_settings(json.loads(sys.argv[2]), Path(sys.argv[1]))))
    except SirkulerError as error:
        sys.exit(error.sentence)

"""What a process has used, read from /proc (Linux)."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_HEAD = 2  # pid and name come before the fields that are counted from the state on


def cpu_seconds(pid: int) -> float:
    """User and system time so far, of all threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13 - _HEAD]) + int(fields[14 - _HEAD])) / _TICKS


def memory_mb(pid: int, field: str = "VmRSS") -> float:
    """Resident memory now, or with ``VmHWM`` at its highest, in MB (10⁶ bytes)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise LookupError(field)

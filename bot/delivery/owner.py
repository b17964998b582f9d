"""One process per SQLite database: a lock that the kernel lets go of when its process dies.

Telegram turns away a second poller but not a second sender: two processes on one database would send
messages twice (docs of the Bot API: only getUpdates answers 409).
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bot.errors import DatabaseError
from bot.store.db import Database


@contextmanager
def own(db: Database) -> Iterator[int]:
    """Own ``db`` as long as the context lasts; gives the owner's number for leases (1 to 2³¹ - 1, random).

    Raises ``DatabaseError`` when another process owns it or the lock's file cannot be made. The lock is
    an ``flock`` on ``<database file>.lock``; the file stays, the lock goes with the process, also with
    one that was killed. A database in memory cannot be shared and gets no lock. PostgreSQL gets none
    either: several workers are welcome there, rows are claimed with SKIP LOCKED and only leases that
    have run out are taken over.
    """
    number = secrets.randbelow(2**31 - 1) + 1
    path = _lock_path(db)
    if path is None:
        yield number
        return
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise DatabaseError(f"The lock {path} cannot be made: {error.strerror}.") from error
    try:
        if not _lock(handle):
            raise DatabaseError(f"Another process uses the database already: {path} is locked.")
        yield number
    finally:
        os.close(handle)


def _lock_path(db: Database) -> Path | None:
    url = db.engine.url
    name = url.database
    if not db.is_sqlite or not name or name == ":memory:" or url.query.get("mode") == "memory":
        return None
    if name.startswith("file:"):
        name = unquote(urlsplit(name).path)
    # The file itself, however many names it has: a link to the database must not be a second lock.
    return Path(os.path.realpath(name) + ".lock")


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

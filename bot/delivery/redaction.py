"""The token in no log line: a filter on every handler (a logger's filter misses its children)."""

from __future__ import annotations

import asyncio
import logging
import re

TOKEN = re.compile(r"\d{6,}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)
MASK = "<token>"


class Redaction(logging.Filter):
    """Masks what looks like a bot token in messages, arguments and exception texts."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except Exception:  # a mistaken call: logging's own report would print the arguments as they are
            message = f"{record.msg!r} {record.args!r}"
            record.msg, record.args = message, ()
        if TOKEN.search(message):
            record.msg, record.args = TOKEN.sub(MASK, message), ()
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
            record.exc_info = None
        if record.exc_text:
            record.exc_text = TOKEN.sub(MASK, record.exc_text)
        if record.stack_info:
            record.stack_info = TOKEN.sub(MASK, record.stack_info)
        return True


class Cancelled(logging.Filter):
    """Drops what the pool says, with a stack trace, of a connection whose task was cancelled in the middle of
    a statement: it closes that one, and nothing is wrong
    (https://github.com/sqlalchemy/sqlalchemy/issues/8145). Our own stops wait until the database is quiet;
    a library's task, or one that a deadline ends, may still be caught there."""

    def filter(self, record: logging.LogRecord) -> bool:
        kind = record.exc_info[0] if record.exc_info else None
        cancelled = kind is not None and issubclass(kind, asyncio.CancelledError)
        return not (cancelled and record.name.startswith("sqlalchemy.pool"))


def install_redaction() -> None:
    """Put the filters on every handler of the root logger; call after logging is set up."""
    for handler in logging.getLogger().handlers:
        if not any(isinstance(one, Redaction) for one in handler.filters):
            handler.addFilter(Cancelled())  # before the other one, which turns exceptions into text
            handler.addFilter(Redaction())

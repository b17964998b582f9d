"""The token in no log line: a filter on every handler (a logger's filter misses its children)."""

from __future__ import annotations

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


def install_redaction() -> None:
    """Put the filter on every handler of the root logger; call after logging is set up."""
    for handler in logging.getLogger().handlers:
        if not any(isinstance(one, Redaction) for one in handler.filters):
            handler.addFilter(Redaction())

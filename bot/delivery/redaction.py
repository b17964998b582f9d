"""The token in no log line: a filter on every handler (a logger's filter misses its children)."""

from __future__ import annotations

import logging
import re

TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
MASK = "<token>"


class Redaction(logging.Filter):
    """Masks what looks like a bot token in messages, arguments and exception texts."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if TOKEN.search(message):
            record.msg, record.args = TOKEN.sub(MASK, message), ()
        if record.exc_info and record.exc_info[1] is not None:
            text = logging.Formatter().formatException(record.exc_info)
            record.exc_text, record.exc_info = TOKEN.sub(MASK, text), None
        return True


def install_redaction() -> None:
    """Put the filter on every handler of the root logger; call after logging is set up."""
    for handler in logging.getLogger().handlers:
        if not any(isinstance(one, Redaction) for one in handler.filters):
            handler.addFilter(Redaction())

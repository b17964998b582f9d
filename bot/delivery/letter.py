"""A broadcast's message as the bytes that are posted, made once: only the chat's number differs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


class Letter:
    """The JSON object of a call without its ``chat_id``; ``body`` are the parameters it was made of."""

    __slots__ = ("_rest", "_silent", "body")

    def __init__(self, body: Mapping[str, Any], *, paid: bool = False) -> None:
        self.body = body
        shared = dict(body)
        if paid:
            shared["allow_paid_broadcast"] = True
        self._rest = _rest(shared)
        self._silent = _rest(shared | {"disable_notification": True})

    def to(self, chat_id: int, *, silent: bool = False) -> bytes:
        return b'{"chat_id":%d%b' % (chat_id, self._silent if silent else self._rest)


def _rest(parameters: dict[str, Any]) -> bytes:
    text = json.dumps(parameters, ensure_ascii=False, separators=(",", ":"))
    return ("," + text[1:] if parameters else "}").encode()

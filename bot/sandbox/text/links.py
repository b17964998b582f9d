"""Addresses as Telegram keeps them."""

from __future__ import annotations

import re

from bot.sandbox.text.entities import Entity

_USER = re.compile(r"tg:(?://)?user\?id=(\d+)", re.IGNORECASE)
_OWN = re.compile(
    r"(?:(tg|ton):(?://)?([a-z0-9_-]+)|(tonsite):(?://)?([a-z0-9_.-]+))([/?#].*)?", re.IGNORECASE | re.DOTALL
)
_WEB = re.compile(
    r"(?:(https?)://)?([^/?#@]*@)?(\[[0-9a-fA-F:.]+\]|[^\x00- \"#/:<>?@\[\\\]^`{|}\x7f]+)(:\d+)?([/?#].*)?",
    re.IGNORECASE | re.DOTALL,
)


def link_entity(url: str) -> Entity | None:
    """The entity of an address; None where Telegram silently drops it."""
    user = _USER.fullmatch(url)
    if user:
        return {"type": "text_mention", "user_id": int(user[1])}
    address = normal_url(url)
    return {"type": "text_link", "url": address} if address else None


def normal_url(url: str) -> str | None:
    """An address as Telegram keeps it: ``http://`` added, ``/`` after a bare host; None if it is none.

    A host needs a dot, so ``http://localhost`` is none; TDLib's LinkManager says "Wrong HTTP URL" to it.
    """
    own = _OWN.fullmatch(url)
    if own:
        scheme, host = own[1] or own[3], own[2] or own[4]
        path = _path(own[5])
        return f"{scheme.lower()}://{host.lower()}{path.removeprefix('/') if path[:2] == '/?' else path}"
    web = _WEB.fullmatch(url)
    if not web or ("." not in web[3] and not web[3].startswith("[")):
        return None
    return f"{(web[1] or 'http').lower()}://{web[2] or ''}{web[3].lower()}{web[4] or ''}{_path(web[5])}"


def _path(given: str | None) -> str:
    rest = re.sub(r"[\x00-\x20]", lambda found: f"%{ord(found[0]):02X}", given or "/")
    return rest if rest.startswith("/") else f"/{rest}"

"""Calls to the Bot API on the shared aiohttp session: prepared bodies out, outcomes back."""

from __future__ import annotations

import base64
import json
from typing import Any

import aiohttp

from bot.delivery.outcomes import NotSent, Outcome, Unknown, classify

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 30.0


class Sender:
    """One bot at one Bot API server. Its token stands in no error and no log line."""

    def __init__(
        self, session: aiohttp.ClientSession, api_base_url: str, token: str, proxy: str | None = None
    ) -> None:
        self._session = session
        self._base = f"{api_base_url}/bot{token}/"
        self._proxy = proxy

    async def call(self, method: str, body: dict[str, Any], seconds: float = ANSWER_SECONDS) -> Outcome:
        """Call ``method``; never raises for what the network or the server does."""
        timeout = aiohttp.ClientTimeout(total=seconds + CONNECT_SECONDS, sock_connect=CONNECT_SECONDS)
        try:
            async with self._session.post(
                self._base + method, timeout=timeout, proxy=self._proxy, **_payload(body)
            ) as response:
                return classify(response.status, await response.read())
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return NotSent(type(error).__name__)
        except aiohttp.ClientHttpProxyError as error:
            return NotSent(f"proxy answered {error.status}")
        except TimeoutError:
            return Unknown("no answer in time")
        except (aiohttp.ClientError, OSError) as error:
            return Unknown(type(error).__name__)


def _payload(body: dict[str, Any]) -> dict[str, Any]:
    kind = next((key for key in ("document", "photo") if isinstance(body.get(key), dict)), None)
    if kind is None:
        return {"data": json.dumps(body, ensure_ascii=False).encode(), "headers": _JSON}
    upload, form = body[kind], aiohttp.FormData()
    for key, value in body.items():
        if key == kind:
            form.add_field(
                kind,
                base64.b64decode(upload["base64"]),
                filename=upload["file_name"],
                content_type="application/octet-stream",
            )
        else:
            form.add_field(key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return {"data": form}


_JSON = {"Content-Type": "application/json"}

"""Translation services over HTTP: one POST, limited in time and size, no redirects, nothing kept.

The address is the operator's own setting, so it may lie in the own network, as LibreTranslate's often does.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.errors import TranslationError

_LONGEST_ANSWER = 256 * 1024
_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class DeepL:
    """DeepL's API, version 2 (https://developers.deepl.com/api-reference/translate).

    Keys of the free plan end in ``:fx`` and have an address of their own.
    """

    key: str
    url: str = ""
    seconds: float = _SECONDS

    async def translate(self, text: str, source: str, target: str) -> str:
        """``text`` (XML) of ``source`` in ``target``; ``<x/>`` stays. Raises ``TranslationError``."""
        usual = "https://api-free.deepl.com" if self.key.endswith(":fx") else "https://api.deepl.com"
        body = {
            "text": [text],
            "source_lang": source.upper(),
            "target_lang": {"en": "EN-GB"}.get(target, target.upper()),
            "tag_handling": "xml",
            "ignore_tags": ["x"],
        }
        headers = {"Authorization": f"DeepL-Auth-Key {self.key}"}
        answer = await _post(f"{(self.url or usual).rstrip('/')}/v2/translate", body, headers, self.seconds)
        try:
            return str(answer["translations"][0]["text"])
        except (KeyError, IndexError, TypeError):
            raise _wrong() from None


@dataclass(frozen=True, slots=True)
class LibreTranslate:
    """LibreTranslate, usually one's own (https://docs.libretranslate.com); a key where it asks."""

    url: str
    key: str = ""
    seconds: float = _SECONDS

    async def translate(self, text: str, source: str, target: str) -> str:
        """``text`` (as HTML) of ``source`` in ``target``; ``<x/>`` stays. Raises ``TranslationError``."""
        body = {"q": text, "source": source, "target": target, "format": "html"}
        if self.key:
            body["api_key"] = self.key
        answer = await _post(f"{self.url.rstrip('/')}/translate", body, {}, self.seconds)
        found = answer.get("translatedText")
        if not isinstance(found, str):
            raise _wrong()
        return found


async def _post(
    url: str, body: Mapping[str, Any], headers: Mapping[str, str], seconds: float
) -> dict[str, Any]:
    timeout = aiohttp.ClientTimeout(total=None)
    try:
        async with (
            asyncio.timeout(seconds),
            aiohttp.ClientSession(timeout=timeout, trust_env=False, headers=headers) as session,
            session.post(url, json=body, allow_redirects=False) as response,
        ):
            if response.status != 200:
                raise TranslationError(f"The translation service answers with an error ({response.status}).")
            raw = await response.content.read(_LONGEST_ANSWER + 1)
            while len(raw) <= _LONGEST_ANSWER and not response.content.at_eof():
                raw += await response.content.read(_LONGEST_ANSWER + 1 - len(raw))
    except TimeoutError:
        raise TranslationError("The translation service takes too long to answer.") from None
    except (aiohttp.ClientError, OSError, ValueError) as error:
        # The cause may hold the request with its key: only its kind is passed on.
        raise TranslationError(
            f"The translation service cannot be reached ({type(error).__name__})."
        ) from None
    if len(raw) > _LONGEST_ANSWER:
        raise TranslationError("The translation service's answer is too long.")
    try:
        answer = json.loads(raw)
    except ValueError:
        raise _wrong() from None
    if not isinstance(answer, dict):
        raise _wrong()
    return answer


def _wrong() -> TranslationError:
    return TranslationError("The translation service's answer cannot be understood.")

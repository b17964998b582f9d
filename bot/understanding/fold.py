"""Turkish-aware folding for comparison: ı, İ, I and i are one letter, marks are dropped. Same length."""

from __future__ import annotations

from functools import lru_cache

_TABLE = str.maketrans(
    "İIıŞşĞğÜüÖöÇçÂâÎîÛûÉéÈèÊêÁáÀàÓóÑñ’‘`´“”«»–—\u00a0",
    "iiissgguuooccaaiiuueeeeeeaaaaoonn''''\"\"\"\"-- ",
)


SHORT = 300
"""Letters; the several passes over a letter ask for its lines and paragraphs again."""


def fold(text: str) -> str:
    """``text`` in lower case without marks, letter for letter, so that offsets stay the same.

    Only "İ" would become two letters in ``lower()``, and the table has it.
    """
    return _line(text) if len(text) < SHORT else _text(text)


def _fold(text: str) -> str:
    if text.isascii():  # of the table's letters only the accent is one
        return text.lower().replace("`", "'")
    return text.translate(_TABLE).lower()


_line = lru_cache(maxsize=8192)(_fold)
_text = lru_cache(maxsize=8)(_fold)

"""Turkish-aware folding for comparison: ı, İ, I and i are one letter, marks are dropped. Same length."""

from __future__ import annotations

_TABLE = str.maketrans(
    "İIıŞşĞğÜüÖöÇçÂâÎîÛûÉéÈèÊêÁáÀàÓóÑñ’‘`´“”«»–—\u00a0",
    "iiissgguuooccaaiiuueeeeeeaaaaoonn''''\"\"\"\"-- ",
)


def fold(text: str) -> str:
    """``text`` in lower case without marks, letter for letter, so that offsets stay the same.

    Only "İ" would become two letters in ``lower()``, and the table has it.
    """
    return text.translate(_TABLE).lower()

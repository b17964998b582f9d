"""When two items of different sources are the same news: by address or by title, as written loosely."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit

SHORTEST_TITLE = 15
"""Letters a title needs before it can identify anything: "Daily news" does not."""

_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|mc_[ce]id|pk_\w+|at_\w+)$")


def url_key(url: str | None) -> str | None:
    """The address without scheme, ``www.``, fragment, tracking parameters, last slash and parameter order."""
    if not url:
        return None
    parts = urlsplit(url)
    host = parts.netloc.lower().removeprefix("www.")
    pairs = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
    query = urlencode(sorted(pair for pair in pairs if not _TRACKING.match(pair[0])))
    return f"{host}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


def title_key(title: str) -> str | None:
    """The letters and digits of a title, Turkish and accented letters folded; None when there are too few."""
    folded = title.translate(_TURKISH).lower()
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", folded) if letter.isalnum())
    return plain if len(plain) >= SHORTEST_TITLE else None


_TURKISH = str.maketrans("ıİI", "iii")

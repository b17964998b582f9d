"""When two notices tell the same news though they came by different routes. Pure; a hint, or a duplicate."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from bot.domain.identity import title_key, url_key
from bot.domain.notice import LinkRole, Notice


class Evidence(StrEnum):
    """Why two notices are taken for the same news, the strongest first."""

    ADDRESS = "address"
    REFERENCE = "reference"
    TITLE = "title"
    FACTS = "facts"


STRONG = frozenset((Evidence.ADDRESS, Evidence.REFERENCE))
"""Enough for a program to keep the second one back."""

# Official numbers of a text. CELEX with a corrigendum's (01) is another text
# (https://eur-lex.europa.eu/content/tools/eur-lex-celex-infographic-A3.pdf).
_CELEX = re.compile(r"\b([1-9]\d{4}[A-Z]{1,2}\d{4})(\(\d{2}\))?", re.IGNORECASE)
_ELI = re.compile(r"/eli/([a-z_]+/\d{4}/\d+)(?:/corrigendum/([\d-]+))?", re.IGNORECASE)
_PRESS = re.compile(
    r"\b(ip|mex|statement|speech|qanda|memo|daily|read|wm|ac)[_/](\d{2})[_/](\d{2,5})\b", re.IGNORECASE
)
_GAZETTE = re.compile(r"\b(\d{5})(?: \((\d\. )?m[uü]kerrer\))? sayılı Resm[iîÎ] Gazete", re.IGNORECASE)
_COMMUNIQUE = re.compile(r"Tebliğ[^()]{0,30}\((?:Tebliğ )?No: ?(\d{4}/\d{1,3})\)", re.IGNORECASE)

# Bodies in both languages, so that a circular can be told from the press text it passes on.
_BODIES = {
    "alliance": r"kritik kimyasallar ittifak|critical chemicals alliance",
    "commission": r"avrupa komisyon|european commission",
    "parliament": r"avrupa parlamento|european parliament",
    "council": r"avrupa birliği konsey|council of the (?:eu|european union)",
    "echa": r"\becha\b|avrupa kimyasallar ajans|european chemicals agency",
    "efsa": r"\befsa\b|avrupa gıda güvenliği|european food safety",
    "cefic": r"\bcefic\b",
    "trade": r"ticaret bakanlı[ğk]|ministry of trade",
    "industry": r"sanayi ve teknoloji bakanlı[ğk]|ministry of industry",
    "environment": r"çevre, şehircilik|ministry of environment",
    "tim": r"türkiye ihracatçılar meclis|turkish exporters.? assembly",
    "tobb": r"\btobb\b|türkiye odalar ve borsalar",
}
_ORGANISATIONS = {name: re.compile(form, re.IGNORECASE) for name, form in _BODIES.items()}
_HEAD = 1_500


def same_news(notice: Notice, url: str | None, other: Notice, other_url: str | None) -> Evidence | None:
    """The strongest evidence that both tell the same news; None without any.

    A notice that extends, corrects or cancels is never the same news as the one it changes.
    """
    if notice.status is not other.status:
        return None
    if _addresses(notice, url) & _addresses(other, other_url):
        return Evidence.ADDRESS
    if identifiers(notice, url) & identifiers(other, other_url):
        return Evidence.REFERENCE
    title = title_key(notice.title)
    if title is not None and title == title_key(other.title):
        return Evidence.TITLE
    if notice.kind is not other.kind or not _days(notice) & _days(other):
        return None
    return Evidence.FACTS if organisations(notice) & organisations(other) else None


def identifiers(notice: Notice, url: str | None = None) -> frozenset[str]:
    """Official numbers of the news itself: those in its title and addresses, not those it mentions.

    The Official Gazette's number counts only together with a communiqué's: an issue holds many texts.
    """
    where = [notice.title, unquote(url or "")]
    where += [unquote(link.url) for link in notice.links if link.url and link.role in _SOURCES]
    found: set[str] = set()
    for text in where:
        found |= {f"celex:{a.lower()}{b or ''}" for a, b in _CELEX.findall(text)}
        found |= {f"eli:{a.lower()}:{b}" for a, b in _ELI.findall(text)}
        found |= {f"press:{a.lower()}/{b}/{c}" for a, b, c in _PRESS.findall(text)}
    head = f"{notice.title}\n{notice.text[:_HEAD]}"
    issues = {issue for issue, _ in _GAZETTE.findall(head)}
    communiques = set(_COMMUNIQUE.findall(head))
    if len(issues) == 1 and len(communiques) == 1:
        found.add(f"gazette:{issues.pop()}:{communiques.pop()}")
    return frozenset(found)


def organisations(notice: Notice) -> frozenset[str]:
    """The bodies named at a notice's beginning, the same key in both languages."""
    head = f"{notice.title}\n{notice.text[:_HEAD]}".replace("İ", "i").replace("I", "ı").lower()
    plain = f"{notice.title}\n{notice.text[:_HEAD]}"
    return frozenset(name for name, form in _ORGANISATIONS.items() if form.search(head) or form.search(plain))


def merge_routes(*routes: Iterable[str]) -> tuple[str, ...]:
    """Several routes as one, in order, each station once (case and blanks apart)."""
    seen: dict[str, str] = {}
    for route in routes:
        for name in route:
            seen.setdefault(" ".join(name.split()).casefold(), name)
    seen.pop("", None)
    return tuple(seen.values())


_SOURCES = (LinkRole.SOURCE, LinkRole.OTHER)


def _addresses(notice: Notice, url: str | None) -> frozenset[str]:
    """The pages a notice passes on; a site's front page identifies nothing."""
    urls = [url, *(link.url for link in notice.links if link.role in _SOURCES)]
    return frozenset(key for key in map(_deep_key, urls) if key)


def _deep_key(url: str | None) -> str | None:
    try:
        parts = urlsplit(url or "")
        return url_key(url) if parts.path.strip("/") or parts.query else None
    except ValueError:  # "https://[…" is no address
        return None


def _days(notice: Notice) -> frozenset[date]:
    days = {one.date for one in notice.deadlines} | {one.start_date for one in notice.meetings}
    return frozenset(day for day in days if day is not None)

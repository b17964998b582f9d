"""Words in the reader's language: gettext catalogs read by Babel, without a compile step."""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from markupsafe import Markup

import bot
from bot.domain.member import LANGUAGES
from bot.errors import SirkulerError

LOCALES = Path(bot.__file__).resolve().parent.parent / "locales"


class Texts:
    """The catalog of one language. Templates are trusted, every argument is escaped."""

    def __init__(self, language: str, translations: gettext.GNUTranslations) -> None:
        self.language = language
        self._translations = translations

    def __call__(self, key: str, **arguments: object) -> Markup:
        """The text of ``key`` as Telegram HTML. Raises ``KeyError`` for a key that is not there."""
        return Markup(self._template(key)).format(**arguments)

    def plural(self, key: str, n: int, **arguments: object) -> Markup:
        """The text of ``key`` for ``n`` things; ``{n}`` is the number as the language writes it."""
        template = self._translations.ngettext(key, key, n)
        if template == key:
            raise KeyError(key)
        return Markup(template).format(n=self.number(n), **arguments)

    def plain(self, key: str, **arguments: object) -> str:
        """The text of ``key`` for places without markup: buttons, toasts, command descriptions, CSV."""
        return self._template(key).format(**arguments)

    def has(self, key: str) -> bool:
        return self._translations.gettext(key) != key

    def error(self, problem: SirkulerError) -> Markup:
        """What a person reads of an error: its catalog text, else one general sentence."""
        if problem.key and self.has(problem.key):
            return self(problem.key, **problem.arguments)
        return self("member.failure")

    def number(self, value: float) -> str:
        """``1284`` as ``1.284`` or ``1,284``."""
        return format_decimal(value, locale=self.language)

    def list(self, parts: Iterable[object]) -> str:
        """``A, B ve C`` or ``A, B and C``; plain text."""
        return format_list(
            [str(part) for part in parts], locale=_LIST_LOCALES.get(self.language, self.language)
        )

    def _template(self, key: str) -> str:
        template = self._translations.gettext(key)
        if template == key:
            raise KeyError(key)
        return template


# British English: no comma before "and", day before month, as EU texts are written.
_LIST_LOCALES = {"en": "en_GB"}


class Catalogs:
    """All languages of the product."""

    def __init__(self, texts: dict[str, Texts]) -> None:
        self._texts = texts

    def __getitem__(self, language: str) -> Texts:
        return self._texts[language]

    @property
    def languages(self) -> Sequence[str]:
        return tuple(self._texts)


def load_catalogs(folder: Path | None = None) -> Catalogs:
    """The catalogs ``<folder>/<language>/LC_MESSAGES/sirkuler.po`` of every language."""
    return Catalogs({language: _load(folder or LOCALES, language) for language in LANGUAGES})


def _load(folder: Path, language: str) -> Texts:
    with (folder / language / "LC_MESSAGES" / "sirkuler.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    compiled = BytesIO()
    # Babel's Turkish has one plural form; ours writes both, so that every tool agrees on the file.
    setattr(catalog, "_num_plurals", 2)  # noqa: B010 - Babel has no public setter
    setattr(catalog, "_plural_expr", "(n != 1)")  # noqa: B010
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Texts(language, gettext.GNUTranslations(compiled))

"""Every error a person may see, as one tree.

::

    SirkulerError
    ├── ConfigError            settings are wrong (all mistakes together)
    ├── DatabaseError          the database cannot be used as it is
    │   └── SchemaVersionError another schema version
    ├── SourceError            a source could not be polled
    │   ├── FetchError         no usable answer
    │   └── FeedError          an answer that is no feed
    ├── DocumentError          a document could not be read
    ├── NotAllowed             a role lacks a right
    ├── Refused                a request that cannot be met as things stand
    └── TelegramFatal          the token is refused: nothing more can be sent

An error carries a catalog ``key`` with its arguments for people, and its own text for logs
and terminals. Language is applied at the edge (``rendering.catalog``).
"""

from __future__ import annotations

from datetime import timedelta


class SirkulerError(Exception):
    """Something went wrong that one sentence can explain."""

    def __init__(self, sentence: str, *, key: str | None = None, **arguments: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.key = key
        self.arguments = arguments


class ConfigError(SirkulerError):
    """The settings are wrong; ``problems`` holds one sentence for each mistake."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class DatabaseError(SirkulerError):
    """The database cannot be used as it is."""


class SchemaVersionError(DatabaseError):
    """The database has another schema version than this program."""


class SourceError(SirkulerError):
    """A source could not be polled."""


class FetchError(SourceError):
    """A source gave no usable answer; ``retry_after`` is the wait the server asks for."""

    def __init__(
        self,
        sentence: str,
        *,
        key: str | None = None,
        retry_after: timedelta | None = None,
        **arguments: object,
    ) -> None:
        super().__init__(sentence, key=key, **arguments)
        self.retry_after = retry_after


class FeedError(SourceError):
    """An answer arrived that is no feed."""


class TranslationError(SirkulerError):
    """A translation service gave no usable answer."""


class DocumentError(SirkulerError):
    """A document could not be read."""


class NotAllowed(SirkulerError):
    """A person asked for what their role does not permit."""


class Refused(SirkulerError):
    """A request that cannot be met as things stand (an outdated draft, a full list, …)."""


class TelegramFatal(SirkulerError):
    """Telegram refuses the token."""

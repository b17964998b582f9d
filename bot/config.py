"""The settings: one frozen value from a TOML file and the environment, all mistakes at once.

Environment variables win over the file: ``SIRKULER_TELEGRAM__TOKEN`` sets ``[telegram] token``. A
secret may also stand in a file of its own (``token_file``), as systemd and Docker hand it over.
"""

from __future__ import annotations

import re
import tomllib
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from bot.domain.association import Association
from bot.domain.limits import Limits
from bot.domain.permissions import Staff
from bot.domain.retention import Retention
from bot.errors import ConfigError

TOKEN_FORM = re.compile(r"^\d{5,20}:[A-Za-z0-9_-]{30,}$")


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TelegramSettings(_Section):
    token: SecretStr | None = None
    token_file: Path | None = None
    api_base_url: str = "https://api.telegram.org"
    proxy: str | None = None
    mode: Literal["polling"] = "polling"

    @field_validator("api_base_url")
    @classmethod
    def _address(cls, value: str) -> str:
        return _http_address(value).rstrip("/")

    @field_validator("proxy")
    @classmethod
    def _proxy(cls, value: str | None) -> str | None:
        if not value:
            return None
        # aiohttp speaks to HTTP proxies only; a SOCKS address would be a stack trace at the first message.
        if urlsplit(value).scheme != "http" or not urlsplit(value).hostname:
            raise ValueError("must be an HTTP proxy like http://proxy.example:3128")
        return value

    @field_validator("token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value().strip():
            return None
        if not TOKEN_FORM.match(value.get_secret_value().strip()):
            raise ValueError("is not a bot token; @BotFather gives one that looks like 123456789:AAE…")
        return SecretStr(value.get_secret_value().strip())


class DatabaseSettings(_Section):
    url: str = "sqlite+aiosqlite:///sirkuler.db"

    @field_validator("url")
    @classmethod
    def _known(cls, value: str) -> str:
        if not value.startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
            raise ValueError("must begin with sqlite+aiosqlite:// or postgresql+asyncpg://")
        try:
            _ = urlsplit(value).port
        except ValueError:
            raise ValueError("has a port that is no number from 0 to 65535") from None
        return value


class AssociationSettings(_Section):
    name: str = Field(default="Birlik", min_length=1, max_length=200)
    time_zone: str = "Europe/Istanbul"
    office_opens: time = time(8, 30)
    office_closes: time = time(18, 30)
    digest_at: time = time(17, 30)
    languages: tuple[Literal["tr", "en"], ...] = Field(default=("tr", "en"), min_length=1)
    topics_file: Path | None = None
    glossary_file: Path | None = None
    alliance_name: str = ""
    alliance_name_en: str = ""
    alliance_application_url: str = ""

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError("is not a time zone; write it like Europe/Istanbul") from None
        return value

    @field_validator("alliance_application_url")
    @classmethod
    def _link(cls, value: str) -> str:
        return _http_address(value) if value else value

    @model_validator(mode="after")
    def _hours(self) -> AssociationSettings:
        if self.office_opens >= self.office_closes:
            raise ValueError("office_opens must be earlier than office_closes")
        return self


class SourceSettings(_Section):
    name: str = Field(min_length=1, max_length=100)
    url: str
    kind: Literal["feed", "page", "json"] = "feed"
    policy: Literal["review", "auto", "digest"] = "review"
    delivery: Literal["at_once", "digest"] | None = None
    language: Literal["tr", "en"] = "en"
    topics: tuple[str, ...] = ()
    interval: timedelta = timedelta(hours=1)
    allow_private: bool = False
    enabled: bool = True

    @model_validator(mode="after")
    def _agree(self) -> SourceSettings:
        if self.policy == "digest" and self.delivery == "at_once":
            raise ValueError('policy = "digest" and delivery = "at_once" contradict each other')
        return self

    @property
    def in_digest(self) -> bool:
        """Whether its news goes into the digest: what is sent by itself does unless the settings say so."""
        return self.delivery == "digest" if self.delivery else self.policy != "review"

    @field_validator("url")
    @classmethod
    def _address(cls, value: str) -> str:
        return _http_address(value)

    @field_validator("interval", mode="before")
    @classmethod
    def _minutes(cls, value: object) -> object:
        return timedelta(minutes=value) if isinstance(value, int) and not isinstance(value, bool) else value

    @field_validator("interval")
    @classmethod
    def _not_too_often(cls, value: timedelta) -> timedelta:
        if value < timedelta(minutes=5):
            raise ValueError("must be at least 5 (minutes)")
        return value


class DeliverySettings(_Section):
    rate_per_second: float = Field(default=28.0, gt=0, le=1000)
    in_flight: int = Field(default=32, ge=1, le=512)
    after_crash: Literal["probe", "resend", "hold"] = "probe"
    allow_paid_broadcast: bool = False


PersonId = Annotated[int, Field(gt=0, lt=2**52)]
"""Telegram's user ids fit into 52 bits (https://core.telegram.org/bots/api#user); a group's is negative."""


class StaffSettings(_Section):
    viewers: tuple[PersonId, ...] = ()
    editors: tuple[PersonId, ...] = ()
    approvers: tuple[PersonId, ...] = ()
    admins: tuple[PersonId, ...] = ()
    second_person: bool = True
    silent_source_days: int = Field(default=14, ge=0, le=3650)


class PrivacySettings(_Section):
    contact: str = ""
    inbox_hours: int = Field(default=24, ge=1, le=24)
    inactive_days: int = Field(default=365, ge=0, le=36_500)
    delivery_days: int = Field(default=730, ge=0, le=36_500)
    audit_days: int = Field(default=0, ge=0, le=36_500)


class TranslationSettings(_Section):
    provider: Literal["off", "deepl", "libretranslate"] = "off"
    url: str = ""
    key: SecretStr | None = None
    key_file: Path | None = None

    @field_validator("url")
    @classmethod
    def _address(cls, value: str) -> str:
        return _http_address(value) if value else value

    @model_validator(mode="after")
    def _complete(self) -> TranslationSettings:
        if self.provider == "deepl" and not self.the_key():
            raise ValueError('provider "deepl" needs a key or a key_file')
        if self.provider == "libretranslate" and not self.url:
            raise ValueError('provider "libretranslate" needs a url')
        return self

    def the_key(self) -> str:
        """The key, empty when there is none."""
        return self.key.get_secret_value().strip() if self.key else ""


class WebSettings(_Section):
    host: str = "127.0.0.1"
    port: int = Field(default=0, ge=0, le=65535)


class Settings(BaseSettings):
    """All settings, frozen. ``load_settings`` is the only way to make one."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix="SIRKULER_", env_nested_delimiter="__"
    )

    telegram: TelegramSettings = TelegramSettings()
    database: DatabaseSettings = DatabaseSettings()
    association: AssociationSettings = AssociationSettings()
    sources: tuple[SourceSettings, ...] = ()
    delivery: DeliverySettings = DeliverySettings()
    staff: StaffSettings = StaffSettings()
    privacy: PrivacySettings = PrivacySettings()
    web: WebSettings = WebSettings()
    translation: TranslationSettings = TranslationSettings()

    @model_validator(mode="after")
    def _names_differ(self) -> Settings:
        names = [source.name for source in self.sources]
        for name in sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"two sources are named {name!r}; each needs a name of its own")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings

    def token(self) -> str | None:
        """The bot token, from the settings or its own file; None when there is none."""
        return self.telegram.token.get_secret_value() if self.telegram.token else None

    def the_association(self) -> Association:
        a = self.association
        return Association(
            name=a.name,
            time_zone=a.time_zone,
            office_opens=a.office_opens,
            office_closes=a.office_closes,
            digest_at=a.digest_at,
            languages=a.languages,
            privacy_contact=self.privacy.contact,
            alliance_name=a.alliance_name,
            alliance_name_en=a.alliance_name_en,
            alliance_application_url=a.alliance_application_url,
        )

    def the_retention(self) -> Retention:
        p = self.privacy

        def days(number: int) -> timedelta | None:
            return timedelta(days=number) if number else None

        return Retention(
            inbox=timedelta(hours=p.inbox_hours),
            inactive=days(p.inactive_days),
            deliveries=days(p.delivery_days),
            audit=days(p.audit_days),
        )

    def the_limits(self) -> Limits:
        days = self.staff.silent_source_days
        return Limits(source_silent=timedelta(days=days) if days else None)

    def the_staff(self) -> Staff:
        s = self.staff
        return Staff(
            viewers=frozenset(s.viewers),
            editors=frozenset(s.editors),
            approvers=frozenset(s.approvers),
            admins=frozenset(s.admins),
            second_person=s.second_person,
        )


def load_settings(path: Path) -> Settings:
    """The settings of the TOML file at ``path`` with the environment over it.

    Raises ``ConfigError`` with one sentence per mistake, each naming its place.
    """
    return build_settings(_read(path), path.parent)


def build_settings(data: dict[str, Any], folder: Path) -> Settings:
    """Settings from plain ``data``; relative file names count from ``folder``."""
    problems: list[str] = []
    data = _with_secret_files(data, folder, problems)
    try:
        settings = Settings(**data)
    except ValidationError as error:
        raise ConfigError(problems + [_sentence(dict(entry)) for entry in error.errors()]) from None
    except SettingsError as error:
        # An environment variable that stands for a list or a section is read as JSON.
        field = re.search(r'field "(\w+)"', str(error))
        where = f"SIRKULER_{field[1].upper()}" if field else "SIRKULER_…"
        sentence = (
            f"The environment variable {where} (or one that begins so) is no JSON, like [12345, 67890]."
        )
        raise ConfigError([*problems, sentence]) from None
    if problems:
        raise ConfigError(problems)
    return settings


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise ConfigError([f"There is no settings file {path}; copy config.example.toml and edit it."])
    try:
        # Windows editors put a byte order mark before the text.
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise ConfigError([f"{path} is not written in UTF-8; save it as UTF-8."]) from None
    except (ValueError, OSError) as error:
        raise ConfigError([f"{path} cannot be read: {error}."]) from error


_SECRETS = (("telegram", "token"), ("translation", "key"))
"""Settings that may stand in a file of their own: ``token_file`` for ``token``."""


def _with_secret_files(data: dict[str, Any], folder: Path, problems: list[str]) -> dict[str, Any]:
    for name, secret in _SECRETS:
        section = data.get(name)
        if not isinstance(section, dict) or not section.get(f"{secret}_file") or section.get(secret):
            continue
        file = folder / str(section[f"{secret}_file"])
        try:
            found = file.read_text(encoding="utf-8").strip()
        except OSError as error:
            problems.append(f"[{name}] {secret}_file: {file} cannot be read ({error.strerror}).")
        else:
            data = {**data, name: {**section, secret: found}}
    return data


def _http_address(value: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:
        raise ValueError("is not an address") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an address that begins with https:// or http://")
    return value


_SENTENCES = {
    "extra_forbidden": "is not a setting; see config.example.toml for the names",
    "missing": "is missing",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "float_parsing": "must be a number",
    "bool_parsing": "must be true or false",
    "string_type": "must be a text in quotes",
    "tuple_type": "must be a list in square brackets",
    "model_type": "must be a section",
    "time_delta_parsing": "must be a whole number (minutes)",
    "time_delta_type": "must be a whole number (minutes)",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "time_parsing": 'must be an hour like "18:30"',
}


_BOUNDS = {
    "less_than_equal": "at most",
    "greater_than_equal": "at least",
    "greater_than": "more than",
    "less_than": "less than",
}


def _sentence(error: dict[str, Any]) -> str:
    """One sentence for a mistake, never with the value: it might be a secret."""
    place = error["loc"]
    where = (
        f"[{place[0]}] "
        + " ".join(f"no. {part + 1}" if isinstance(part, int) else str(part) for part in place[1:])
        if place
        else ""
    )
    kind, context = str(error["type"]), error.get("ctx") or {}
    if kind == "value_error":
        what = str(context.get("error", "is wrong"))
    elif kind == "literal_error":
        what = f"must be {context.get('expected')}"
    elif kind in _SENTENCES:
        what = _SENTENCES[kind]
    elif kind in _BOUNDS:
        what = f"must be {_BOUNDS[kind]} {next(iter(context.values()), '')}"
    else:
        message = str(error["msg"])
        what = message[:1].lower() + message[1:]
    return f"{where.strip()}: {what}.".replace("….", "…").replace("..", ".").lstrip(": ")

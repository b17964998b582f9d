"""The association the bot speaks for, as plain values from the settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Association:
    """Name as members read it, zone and office hours of its letters, the hour of the digest of news,
    languages it writes in."""

    name: str
    time_zone: str = "Europe/Istanbul"
    office_opens: time = time(8, 30)
    office_closes: time = time(18, 30)
    digest_at: time = time(17, 30)
    languages: tuple[str, ...] = ("tr", "en")
    privacy_contact: str = ""
    alliance_name: str = ""
    alliance_name_en: str = ""
    alliance_application_url: str = ""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def alliance(self, language: str) -> str:
        """The Alliance the association joins, as readers of ``language`` know it; empty when none is set."""
        return (self.alliance_name_en if language == "en" else "") or self.alliance_name

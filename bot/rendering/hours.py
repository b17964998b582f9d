"""What members and staff read of hours: how often, quiet hours, consents, when a notice leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime

from markupsafe import Markup

from bot.domain.association import Association
from bot.domain.notice import Nature
from bot.domain.outgoing import Button
from bot.domain.schedule import Departure, Frequency, Preferences, Quiet
from bot.rendering.catalog import Texts
from bot.rendering.kit import RenderingKit
from bot.rendering.messages import Rendered
from bot.rendering.when import hour, instant_words, relative_day

TICK = "✓ "
ASKED_APART = (Nature.PAID_ACTIVITY, Nature.COMMERCIAL)


def hours_words(texts: Texts, association: Association) -> dict[str, str]:
    """The arguments ``opens``, ``closes`` and ``digest`` of catalog texts."""
    return {
        "opens": hour(association.office_opens, texts.language),
        "closes": hour(association.office_closes, texts.language),
        "digest": hour(association.digest_at, texts.language),
    }


def frequency_sheet(kit: RenderingKit, language: str, chosen: Preferences) -> Rendered:
    """How often notices may come, the present choice ticked."""
    texts = kit.catalogs[language]
    rows = tuple(
        (_choice(frequency_label(one, texts), one is chosen.frequency, f"hq:f:{int(one)}"),)
        for one in Frequency
    )
    quiet = Button(texts.plain("hours.button.quiet"), data="hq:quiet")
    return Rendered(texts("hours.frequency", **hours_words(texts, kit.association)), (*rows, (quiet,)))


def quiet_sheet(kit: RenderingKit, language: str, chosen: Preferences) -> Rendered:
    """The quiet hours to choose from, the present choice ticked."""
    texts = kit.catalogs[language]
    row = tuple(_choice(quiet_label(one, texts), one is chosen.quiet, f"hq:q:{int(one)}") for one in Quiet)
    often = Button(texts.plain("hours.button.change"), data="hq:often")
    return Rendered(texts("hours.quiet"), (row, (often,)))


def frequency_label(frequency: Frequency, texts: Texts) -> str:
    return texts.plain(f"hours.frequency.{frequency.name.lower()}")


def quiet_label(quiet: Quiet, texts: Texts) -> str:
    return texts.plain(f"hours.quiet.{quiet.name.lower()}")


def consent_sheet(kit: RenderingKit, language: str, given: Collection[Nature]) -> Rendered:
    """The consents beyond information, none ticked unless given."""
    texts = kit.catalogs[language]
    rows = tuple(
        (
            _choice(
                texts.plain(f"consents.button.{one.value}"),
                one in given,
                f"cs:{one.value}:{0 if one in given else 1}",
            ),
        )
        for one in ASKED_APART
    )
    return Rendered(_consent_text(kit, language), rows)


def consent_version(kit: RenderingKit, language: str) -> str:
    """Names the wording that was shown, as ``member.privacy_version`` does: ``tr-1a2b3c4d5e6f``."""
    digest = hashlib.sha256(str(_consent_text(kit, language)).encode()).hexdigest()
    return f"{language}-{digest[:12]}"


def leaves_line(
    departure: Departure, now: datetime, texts: Texts, association: Association, *, urgent: bool
) -> Markup:
    """``Gidiş: yarın 08.30``: when a draft would leave if it were released ``now``."""
    if urgent:
        return texts("draft.leaves.urgent")
    if departure.at <= now:
        return texts("draft.leaves.now")
    key = "draft.leaves.digest" if departure.digest else "draft.leaves.at"
    return texts(key, when=near_words(departure.at, now, texts, association))


def near_words(instant: datetime, now: datetime, texts: Texts, association: Association) -> str:
    """``bugün 17.30``, ``yarın 08.30``; further away the whole date."""
    there, here = instant.astimezone(association.zone), now.astimezone(association.zone)
    if (there.date() - here.date()).days > 1:
        return instant_words(instant, texts, association)
    day = relative_day(there.date(), here.date(), texts) or ""
    return texts.plain("time.day_hour", day=day, hour=hour(there.time(), texts.language))


def _consent_text(kit: RenderingKit, language: str) -> Markup:
    return kit.catalogs[language]("consents.text", association=kit.association.name)


def _choice(label: str, on: bool, data: str) -> Button:
    return Button((TICK if on else "") + label, data=data)

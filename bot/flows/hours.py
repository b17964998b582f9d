"""A member's hours and consents: how often notices come, when not, and which need a consent apart."""

from __future__ import annotations

from bot.domain.member import Member
from bot.domain.notice import Nature
from bot.domain.outgoing import Outgoing
from bot.domain.schedule import Frequency, Preferences, Quiet, next_daily
from bot.flows.membership import Visitor
from bot.rendering import hours as words
from bot.rendering.messages import Rendered
from bot.store import digests, members


async def choose_frequency(visitor: Visitor, member: Member, frequency: Frequency) -> Outgoing:
    """Write how often notices come. What waits for the week's digest comes with the day's, unless the
    member wants the week's from now on."""
    chosen = Preferences(frequency, member.preferences.quiet)
    await members.set_preferences(visitor.connection, member.id, chosen)
    if frequency is not Frequency.WEEKLY:
        soon = next_daily(visitor.now, visitor.kit.association)
        await digests.bring_forward(visitor.connection, member.id, soon)
    texts = visitor.kit.catalogs[visitor.language]
    text = texts("hours.frequency.set", choice=words.frequency_label(frequency, texts))
    return visitor.show(Rendered(text, ()))


async def choose_quiet(visitor: Visitor, member: Member, quiet: Quiet) -> Outgoing:
    """Write the member's quiet hours."""
    chosen = Preferences(member.preferences.frequency, quiet)
    await members.set_preferences(visitor.connection, member.id, chosen)
    texts = visitor.kit.catalogs[visitor.language]
    text = texts("hours.quiet.set", choice=words.quiet_label(quiet, texts))
    return visitor.show(Rendered(text, ()))


async def consent(visitor: Visitor, member: Member, nature: Nature, given: bool) -> tuple[Outgoing, ...]:
    """Give or take back a consent: written down with the text's version; what waits is skipped when it is
    taken back. A tap that changes nothing writes nothing."""
    kit, language = visitor.kit, visitor.language
    texts = kit.catalogs[language]
    consents = member.consents
    if given != (nature in consents):
        version = words.consent_version(kit, language)
        await members.set_consent(visitor.connection, member.id, nature, given, visitor.now, version)
        if not given:
            await digests.withdraw_consent(visitor.connection, member.id, nature)
        consents ^= {nature}
    key = "consents.given" if given else "consents.withdrawn"
    sheet = visitor.show(words.consent_sheet(kit, language, consents))
    return sheet, visitor.say(key, what=texts.plain(f"consents.button.{nature.value}"))

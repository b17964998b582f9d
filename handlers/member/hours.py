"""``/siklik``, ``/sessiz``, ``/izinler``: how often, when not, and which notices need a consent apart."""

from __future__ import annotations

import re

from telegram import Update

from bot.domain.member import Member
from bot.domain.notice import Nature
from bot.domain.outgoing import Outgoing
from bot.domain.schedule import Frequency, Quiet
from bot.errors import Refused
from bot.flows import hours
from bot.flows.membership import Visitor
from bot.rendering import hours as words
from handlers.command import Command, Run
from handlers.context import Context
from handlers.member.door import serve_member
from handlers.staff.words import callback_data

_HOURS = re.compile(r"^hq:(?:(often|quiet)|f:([0-3])|q:([0-2]))$", re.ASCII)
_CONSENT = re.compile(r"^cs:(paid_activity|commercial):([01])$", re.ASCII)


async def frequency(update: Update, context: Context) -> None:
    async def work(visitor: Visitor, member: Member) -> Outgoing:
        return visitor.send(words.frequency_sheet(visitor.kit, visitor.language, member.preferences))

    await serve_member(context, work)


async def quiet(update: Update, context: Context) -> None:
    async def work(visitor: Visitor, member: Member) -> Outgoing:
        return visitor.send(words.quiet_sheet(visitor.kit, visitor.language, member.preferences))

    await serve_member(context, work)


async def hours_tapped(update: Update, context: Context) -> None:
    found = _HOURS.fullmatch(callback_data(update))

    async def work(visitor: Visitor, member: Member) -> Outgoing:
        if found is None:
            raise Refused("Not a button of ours.", key="member.button.old")
        sheet, often, silent = found.groups()
        if often:
            return await hours.choose_frequency(visitor, member, Frequency(int(often)))
        if silent:
            return await hours.choose_quiet(visitor, member, Quiet(int(silent)))
        show = words.quiet_sheet if sheet == "quiet" else words.frequency_sheet
        return visitor.show(show(visitor.kit, visitor.language, member.preferences))

    await serve_member(context, work)


async def consents(update: Update, context: Context) -> None:
    async def work(visitor: Visitor, member: Member) -> Outgoing:
        return visitor.send(words.consent_sheet(visitor.kit, visitor.language, member.consents))

    await serve_member(context, work)


async def consent_tapped(update: Update, context: Context) -> None:
    found = _CONSENT.fullmatch(callback_data(update))

    async def work(visitor: Visitor, member: Member) -> Outgoing:
        if found is None:
            raise Refused("Not a button of ours.", key="member.button.old")
        sheet, said = await hours.consent(visitor, member, Nature(found[1]), found[2] == "1")
        context.say(sheet)
        return said

    await serve_member(context, work)


COMMANDS = (
    Command("frequency", {"tr": "siklik", "en": "frequency"}, frequency, aliases=("ozet", "digest")),
    Command("quiet", {"tr": "sessiz", "en": "quiet"}, quiet, aliases=("sessizsaatler",)),
    Command("consents", {"tr": "izinler", "en": "consents"}, consents),
)
CALLBACKS: dict[str, Run] = {"hq": hours_tapped, "cs": consent_tapped}

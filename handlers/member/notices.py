"""Notices from the member's side: latest, agenda, and the buttons under a notice."""

from __future__ import annotations

import re

from telegram import Update

from bot.domain.member import Member
from bot.domain.outgoing import Outgoing
from bot.errors import Refused
from bot.flows import inquiries
from bot.flows.inquiries import NoticeTap, parse_notice_tap
from bot.flows.membership import Visitor
from handlers.command import Command, Run
from handlers.context import Context
from handlers.member.door import serve, serve_member
from handlers.staff.words import callback_data

_SHOW = re.compile(r"^nt:(\d{1,12}|latest)$", re.ASCII)
_PAGE = re.compile(r"^ag:(\d{1,4})$", re.ASCII)
_EVENT = re.compile(r"^ic:(\d{1,12})$", re.ASCII)
_APPLIED = re.compile(r"^ap:(\d{1,12})$", re.ASCII)
_MUTE = re.compile(r"^mu:(u:)?([a-z][a-z0-9_]{0,23})$", re.ASCII)


async def latest(update: Update, context: Context) -> None:
    await serve(context, inquiries.latest)


async def calendar(update: Update, context: Context) -> None:
    await serve(context, inquiries.agenda, anew=True)


async def calendar_tapped(update: Update, context: Context) -> None:
    await serve(context, inquiries.agenda_file)


async def page_tapped(update: Update, context: Context) -> None:
    """Earlier or later dates of the agenda."""
    found = _PAGE.fullmatch(callback_data(update))

    async def work(visitor: Visitor) -> Outgoing:
        if found is None:
            raise Refused("Not a button of ours.", key="member.button.old")
        return await inquiries.agenda(visitor, int(found[1]))

    await serve(context, work)


async def event_tapped(update: Update, context: Context) -> None:
    """A number under the agenda: the date as a calendar file."""
    found = _EVENT.fullmatch(callback_data(update))

    async def work(visitor: Visitor) -> Outgoing:
        if found is None:
            raise Refused("Not a button of ours.", key="member.button.old")
        return await inquiries.event_file(visitor, int(found[1]))

    await serve(context, work, anew=True)


async def show_tapped(update: Update, context: Context) -> None:
    """A number under the list of notices, or the button that opens the list."""
    found = _SHOW.fullmatch(callback_data(update))

    async def work(visitor: Visitor) -> Outgoing:
        if found is None:
            raise Refused("Not a button of ours.", key="member.button.old")
        if found[1] == "latest":
            return await inquiries.latest(visitor)
        return await inquiries.show(visitor, int(found[1]))

    await serve(context, work, anew=True)


async def remind_tapped(update: Update, context: Context) -> None:
    tap = parse_notice_tap(callback_data(update))

    async def work(visitor: Visitor, member: Member) -> Outgoing:
        return await inquiries.set_reminders(visitor, member, _known(tap))

    await serve_member(context, work)


async def why_tapped(update: Update, context: Context) -> None:
    tap = parse_notice_tap(callback_data(update))

    async def work(visitor: Visitor, member: Member) -> Outgoing:
        return await inquiries.explain(visitor, member, _known(tap))

    await serve_member(context, work)


async def original_tapped(update: Update, context: Context) -> None:
    tap = parse_notice_tap(callback_data(update))

    async def work(visitor: Visitor) -> Outgoing:
        return await inquiries.original(visitor, _known(tap))

    await serve(context, work)


async def applied_tapped(update: Update, context: Context) -> None:
    found = _APPLIED.fullmatch(callback_data(update))

    async def work(visitor: Visitor, member: Member) -> Outgoing:
        if found is None:
            raise Refused("Not a button of ours.", key="member.button.old")
        return await inquiries.applied(visitor, member, int(found[1]))

    await serve_member(context, work)


async def mute_tapped(update: Update, context: Context) -> None:
    found = _MUTE.fullmatch(callback_data(update))

    async def work(visitor: Visitor, member: Member) -> Outgoing:
        if found is None:
            raise Refused("Not a button of ours.", key="member.button.old")
        return await inquiries.mute(visitor, member, found[2], undo=bool(found[1]))

    await serve_member(context, work)


def _known(tap: NoticeTap | None) -> NoticeTap:
    if tap is None:
        raise Refused("Not a button of ours.", key="member.button.old")
    return tap


COMMANDS = (
    Command(
        "latest", {"tr": "duyurular", "en": "latest"}, latest, aliases=("news", "sonduyurular"), menu=True
    ),
    Command(
        "calendar",
        {"tr": "takvim", "en": "calendar"},
        calendar,
        aliases=("toplantilar", "meetings", "deadlines", "sontarihler"),
        menu=True,
    ),
)
CALLBACKS: dict[str, Run] = {
    "nt": show_tapped,
    "cal": calendar_tapped,
    "ag": page_tapped,
    "ic": event_tapped,
    "rm": remind_tapped,
    "wy": why_tapped,
    "dc": original_tapped,
    "ap": applied_tapped,
    "mu": mute_tapped,
}

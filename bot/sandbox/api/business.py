"""Methods that act for a person's business account. Nobody in the sandbox lets a bot act for them."""

from __future__ import annotations

from bot.sandbox.problems import bad_request
from bot.sandbox.requests import Parameters
from bot.sandbox.world import World

NAMES = (
    "getbusinessconnection",
    "sendchecklist",
    "editmessagechecklist",
    "readbusinessmessage",
    "deletebusinessmessages",
    "setbusinessaccountname",
    "setbusinessaccountusername",
    "setbusinessaccountbio",
    "setbusinessaccountprofilephoto",
    "removebusinessaccountprofilephoto",
    "setbusinessaccountgiftsettings",
    "getbusinessaccountstarbalance",
    "transferbusinessaccountstars",
    "getbusinessaccountgifts",
    "convertgifttostars",
    "upgradegift",
    "transfergift",
    "poststory",
    "repoststory",
    "editstory",
    "deletestory",
)


async def for_nobody(_: World, __: Parameters) -> bool:
    """What Telegram answers for a connection that does not exist."""
    raise bad_request("business connection not found")

"""How updates reach the bot: getUpdates, the webhook, and answers to taps."""

from __future__ import annotations

import contextlib
import re
from urllib.parse import urlsplit

from bot.sandbox.problems import ApiError, bad_request, flood
from bot.sandbox.records import Json
from bot.sandbox.requests import Parameters
from bot.sandbox.webhook import USUAL_CONNECTIONS
from bot.sandbox.world import World

CERTIFICATE_LIMIT = 3 << 20
CALLBACK_LIFE = 15 * 60
LONGEST_POLL = 50
TERMINATED = {
    "poll": "terminated by other getUpdates request; make sure that only one bot instance is running",
    "webhook": "terminated by setWebhook request",
    "active": (
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    ),
}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def _allow(world: World, p: Parameters) -> None:
    if "allowed_updates" in p.values:
        with contextlib.suppress(ApiError):  # invalid JSON is silently ignored, as Telegram does
            world.updates.allow(p.json("allowed_updates", "allowed_updates"))


async def get_updates(world: World, p: Parameters) -> list[Json]:
    if world.webhook.url:
        raise ApiError(409, f"Conflict: {TERMINATED['active']}")
    _allow(world, p)
    limit = min(max(p.number("limit", 100), 1), 100)
    timeout = min(max(p.number("timeout"), 0), LONGEST_POLL)
    found = await world.updates.get(p.number("offset"), limit, timeout, patient=world.limits.on)
    if found is None:
        raise ApiError(409, f"Conflict: {TERMINATED['webhook' if world.webhook.url else 'poll']}")
    return found


async def set_webhook(world: World, p: Parameters) -> bool:
    """Like a server of one's own started with ``--local``: plain HTTP and any port, but this machine only."""
    url, secret = p.text("url").strip(), p.text("secret_token")
    if not url:
        return await delete_webhook(world, p)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    certificate = p.files.get("certificate")
    if certificate is not None and len(certificate.content) > CERTIFICATE_LIMIT:
        raise bad_request(f"certificate size is too big ({len(certificate.content)} bytes)")
    if parts.hostname not in LOOPBACK:
        raise ApiError(501, "Not Implemented: the sandbox posts updates to this machine only")
    if world.limits.too_soon("setWebhook", 1.0):
        raise flood(1)
    connections = p.number("max_connections", USUAL_CONNECTIONS)
    _allow(world, p)
    if p.flag("drop_pending_updates"):
        world.updates.drop()
    world.updates.take_over()
    await world.webhook.set(url, secret, min(max(connections, 1), 100), certificate=certificate is not None)
    return True


async def delete_webhook(world: World, p: Parameters) -> bool:
    if p.flag("drop_pending_updates"):
        world.updates.drop()
    await world.webhook.remove()
    return True


async def get_webhook_info(world: World, _: Parameters) -> Json:
    info: Json = {
        "url": world.webhook.url,
        "has_custom_certificate": world.webhook.certificate,
        "pending_update_count": world.updates.pending,
    }
    if world.webhook.url:
        info |= {"max_connections": world.webhook.max_connections, "ip_address": "127.0.0.1"}
    if world.updates.allowed is not None:
        info["allowed_updates"] = sorted(world.updates.allowed)
    if world.webhook.last_error:
        info["last_error_date"], info["last_error_message"] = world.webhook.last_error
    return info


async def answer_callback_query(world: World, p: Parameters) -> bool:
    query_id, text = p.text("callback_query_id"), p.text("text")
    query = world.callbacks.get(query_id)
    if query is None or world.clock() - query["at"] > CALLBACK_LIFE:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(text) > 200:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    del world.callbacks[query_id]
    world.emit(
        {
            "type": "callback_answer",
            "callback_query_id": query_id,
            "chat_id": query["chat_id"],
            "person_id": query["person_id"],
            "text": text,
            "url": p.text("url"),
            "show_alert": p.flag("show_alert"),
        }
    )
    return True


async def log_out(world: World, _: Parameters) -> bool:
    """Leave this server: from now on it answers "Logged out", until the sandbox starts anew."""
    await world.webhook.remove()
    world.updates.take_over()
    world.logged_out = True
    return True


async def close(world: World, _: Parameters) -> bool:
    """Close the bot before it moves to another server; its next call opens it again."""
    if world.closed:
        raise bad_request("the bot has already been closed")
    await world.webhook.remove()
    world.updates.take_over()
    world.closed = True
    return True

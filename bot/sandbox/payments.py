"""Payments as persons make them: the bot is asked, and when it agrees the money is there. No money moves."""

from __future__ import annotations

import secrets

from bot.sandbox.records import Json
from bot.sandbox.world import World

QUERY_LIFE = 150  # seconds that the bot has to answer


def pay(world: World, person_id: int, chat_id: int, message_id: int, address: Json | None = None) -> str:
    """A person pays an invoice; the id of the query that the bot must answer.

    With a flexible invoice and an ``address`` the shipping is asked first. Raises ``LookupError``,
    ``ValueError`` for a message that is no invoice.
    """
    invoice = world.chats[chat_id].messages[message_id].get("_invoice")
    if invoice is None:
        raise ValueError("The message is no invoice.")
    order = {"person_id": person_id, "chat_id": chat_id, "invoice": invoice}
    if invoice["is_flexible"] and address is not None:
        return _ask(world, "shipping", order | {"address": address})
    return _ask(world, "checkout", order)


def _ask(world: World, kind: str, order: Json) -> str:
    query_id = str(secrets.randbelow(10**18))
    world.payments[query_id] = {**order, "kind": kind, "at": world.clock()}
    invoice = order["invoice"]
    asked: Json = {
        "id": query_id,
        "from": world.persons[order["person_id"]].user(),
        "invoice_payload": invoice["payload"],
    }
    if kind == "shipping":
        world.updates.put("shipping_query", {**asked, "shipping_address": order["address"]})
    else:
        amount = {"currency": invoice["currency"], "total_amount": invoice["total_amount"]}
        world.updates.put("pre_checkout_query", asked | amount)
    return query_id


def settle(world: World, query_id: str, *, refusal: str = "", options: list[Json] | None = None) -> None:
    """The bot's answer: a refusal is shown to the person, shipping options lead on, a yes is the payment."""
    query = world.payments.pop(query_id)
    shown = {key: query[key] for key in ("person_id", "chat_id")}
    if refusal:
        world.emit({"type": "payment", **shown, "refusal": refusal})
    elif query["kind"] == "shipping":
        world.emit({"type": "payment", **shown, "shipping_options": options})
        _ask(world, "checkout", {key: query[key] for key in ("person_id", "chat_id", "invoice")})
    else:
        _paid(world, query)


def _paid(world: World, query: Json) -> None:
    invoice, charge = query["invoice"], secrets.token_urlsafe(16)
    user = world.persons[query["person_id"]].user()
    payment = {
        "currency": invoice["currency"],
        "total_amount": invoice["total_amount"],
        "invoice_payload": invoice["payload"],
        "telegram_payment_charge_id": charge,
        "provider_payment_charge_id": charge if invoice["currency"] == "XTR" else secrets.token_hex(8),
    }
    if invoice["currency"] == "XTR":
        source = {"type": "user", "transaction_type": "invoice_payment", "user": user}
        source["invoice_payload"] = invoice["payload"]
        row = {"id": charge, "amount": invoice["total_amount"], "date": int(world.clock()), "source": source}
        world.stars.append(row)
    message = world.store(world.chats[query["chat_id"]], user, {"successful_payment": payment})
    world.updates.put("message", message)

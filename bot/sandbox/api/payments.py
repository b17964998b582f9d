"""Invoices and stars: asking for money, answering the checkout, and what was paid."""

from __future__ import annotations

import re
import secrets

from bot.sandbox.api.addressing import chat_id_of
from bot.sandbox.api.keyboards import reply_markup
from bot.sandbox.api.sending import deliver
from bot.sandbox.payments import QUERY_LIFE, settle
from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.records import Json
from bot.sandbox.requests import Parameters, whole
from bot.sandbox.world import World

STARS = "XTR"
CURRENCIES = re.findall(
    r"\w+",
    "AED AFN ALL AMD ARS AUD AZN BAM BDT BGN BHD BND BOB BRL BYN CAD CHF CLP CNY COP CRC CZK DKK DOP "
    "DZD EGP ETB EUR GBP GEL GHS GTQ HKD HNL HRK HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KRW "
    "KZT LBP LKR MAD MDL MMK MNT MOP MUR MVR MXN MYR MZN NGN NIO NOK NPR NZD PAB PEN PHP PKR PLN PYG "
    "QAR RON RSD RUB SAR SEK SGD SYP THB TJS TRY TTD TWD TZS UAH UGX USD UYU UZS VEF VND YER ZAR XTR",
)
LONGEST = {"title": 32, "description": 255, "payload": 128}


async def send_invoice(world: World, p: Parameters) -> Json:
    invoice = _invoice(p)
    markup = reply_markup(p)
    chat_id = chat_id_of(world, p)
    pay = {
        "inline_keyboard": [[{"text": f"Pay {invoice['total_amount']} {invoice['currency']}", "pay": True}]]
    }
    shown = {key: invoice[key] for key in ("title", "description", "currency", "total_amount")}
    shown["start_parameter"] = p.text("start_parameter")
    content: Json = {"invoice": shown, "_invoice": invoice}
    return deliver(world, p, "sendInvoice", chat_id, content, markup or pay, invoice["title"])


async def create_invoice_link(world: World, p: Parameters) -> str:
    slug = secrets.token_urlsafe(12)
    world.invoices[slug] = _invoice(p)
    return f"https://t.me/${slug}"


def _invoice(p: Parameters) -> Json:
    """An invoice by its fields; a Bot API refusal for one that no payment system would take."""
    words = {}
    for key, longest in LONGEST.items():
        words[key] = p.text(key).strip()
        if not words[key]:
            raise bad_request(f"invoice {key} must be non-empty")
        if len(words[key].encode() if key == "payload" else words[key]) > longest:
            raise ApiError(400, f"Bad Request: INVOICE_{key.upper()}_INVALID")
    currency = p.text("currency").upper()
    if currency not in CURRENCIES:
        raise ApiError(400, "Bad Request: CURRENCY_INVALID")
    if currency != STARS and not re.fullmatch(r"\d+:(?:TEST|LIVE):.+", p.text("provider_token")):
        raise ApiError(400, "Bad Request: PAYMENT_PROVIDER_INVALID")
    prices = p.json("prices", "invoice prices")
    if not isinstance(prices, list) or not prices or (currency == STARS and len(prices) != 1):
        raise bad_request(
            "expected an Array of LabeledPrice"
            if not isinstance(prices, list)
            else "CURRENCY_TOTAL_AMOUNT_INVALID"
        )
    for one in prices:
        if not isinstance(one, dict) or "label" not in one or "amount" not in one:
            raise bad_request(
                "can't parse labeled price: LabeledPrice must be an Object with label and amount"
            )
    total = sum(whole(one["amount"]) for one in prices)
    if total <= 0:
        raise ApiError(400, "Bad Request: CURRENCY_TOTAL_AMOUNT_INVALID")
    return {**words, "currency": currency, "total_amount": total, "is_flexible": p.flag("is_flexible")}


async def answer_shipping_query(world: World, p: Parameters) -> bool:
    _open(world, p, "shipping_query_id", "shipping")
    if p.flag("ok"):
        options = p.json("shipping_options", "shipping options")
        if not isinstance(options, list) or not options:
            raise bad_request("expected an Array of shipping options")
        settle(world, p.text("shipping_query_id"), options=options)
    else:
        settle(world, p.text("shipping_query_id"), refusal=_reason(p))
    return True


async def answer_pre_checkout_query(world: World, p: Parameters) -> bool:
    _open(world, p, "pre_checkout_query_id", "checkout")
    settle(world, p.text("pre_checkout_query_id"), refusal="" if p.flag("ok") else _reason(p))
    return True


def _reason(p: Parameters) -> str:
    if not p.text("error_message"):
        raise bad_request("error message must be non-empty")
    return p.text("error_message")


def _open(world: World, p: Parameters, key: str, kind: str) -> None:
    query = world.payments.get(p.text(key))
    if query is None or query["kind"] != kind or world.clock() - query["at"] > QUERY_LIFE:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")


async def get_my_star_balance(world: World, _: Parameters) -> Json:
    return {"amount": sum(one["amount"] if "source" in one else -one["amount"] for one in world.stars)}


async def get_star_transactions(world: World, p: Parameters) -> Json:
    offset, limit = max(p.number("offset"), 0), min(max(p.number("limit", 100), 1), 100)
    return {"transactions": world.stars[::-1][offset : offset + limit]}


async def refund_star_payment(world: World, p: Parameters) -> bool:
    charge, person_id = p.text("telegram_payment_charge_id"), p.number("user_id")
    paid = next((one for one in world.stars if one["id"] == charge and "source" in one), None)
    if paid is None or paid["source"]["user"]["id"] != person_id:
        raise ApiError(400, "Bad Request: CHARGE_NOT_FOUND")
    if any(one["id"] == charge and "receiver" in one for one in world.stars):
        raise ApiError(400, "Bad Request: CHARGE_ALREADY_REFUNDED")
    back = {"id": charge, "amount": paid["amount"], "date": int(world.clock()), "receiver": paid["source"]}
    world.stars.append(back)
    fields = {
        "currency": STARS,
        "total_amount": paid["amount"],
        "invoice_payload": paid["source"]["invoice_payload"],
    }
    message = world.new_message(
        person_id, {"refunded_payment": {**fields, "telegram_payment_charge_id": charge}}
    )
    world.updates.put("message", message)
    return True

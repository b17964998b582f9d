"""Places, contacts and dice."""

from __future__ import annotations

import random

from bot.sandbox.api.addressing import chat_id_of
from bot.sandbox.api.editing import editable, edited
from bot.sandbox.api.keyboards import reply_markup
from bot.sandbox.api.sending import deliver
from bot.sandbox.problems import bad_request
from bot.sandbox.records import Json
from bot.sandbox.requests import Parameters
from bot.sandbox.world import World

FARTHEST = 1500.0  # metres, TDLib's bound of a location's accuracy
LIVE_FOR_EVER = 0x7FFFFFFF
SIDES = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}
VENUE = ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type")


async def send_location(world: World, p: Parameters) -> Json:
    content: Json = {"location": location_of(p)}
    markup = reply_markup(p)
    return deliver(world, p, "sendLocation", chat_id_of(world, p), content, markup, "")


def location_of(p: Parameters) -> Json:
    """The Bot API's Location of a call. Raises ``ApiError`` for a place off the globe."""
    place: Json = {}
    for key, most in (("latitude", 90), ("longitude", 180)):
        if not p.text(key).strip():
            raise bad_request(f"{key} is empty")
        place[key] = p.real(key)
        if abs(place[key]) > most:
            raise bad_request("can't parse location: invalid coordinates specified")
    if p.text("horizontal_accuracy"):
        place["horizontal_accuracy"] = min(max(p.real("horizontal_accuracy"), 0.0), FARTHEST)
    for key, most in (("live_period", 86400), ("heading", 360), ("proximity_alert_radius", 100_000)):
        if p.number(key):
            if not 1 <= p.number(key) <= most and p.number(key) != LIVE_FOR_EVER:
                raise bad_request(f"wrong {key.replace('_', ' ')} specified")
            place[key] = p.number(key)
    if place.get("live_period", 60) < 60:
        raise bad_request("wrong live location period specified")
    return place


async def edit_message_live_location(world: World, p: Parameters) -> Json | bool:
    place, markup = location_of(p), reply_markup(p)
    chat, message = editable(world, p)
    period = message.get("location", {}).get("live_period")
    if not period:
        raise bad_request("message can't be edited")
    if world.clock() > message["date"] + period:
        raise bad_request("message can't be edited")
    return edited(world, p, chat, message, {"location": {"live_period": period} | place}, markup)


async def stop_message_live_location(world: World, p: Parameters) -> Json | bool:
    markup = reply_markup(p)
    chat, message = editable(world, p)
    if "live_period" not in message.get("location", {}):
        raise bad_request("message can't be edited")
    live = ("live_period", "heading", "proximity_alert_radius")
    place = {key: value for key, value in message["location"].items() if key not in live}
    return edited(world, p, chat, message, {"location": place}, markup)


async def send_venue(world: World, p: Parameters) -> Json:
    place = location_of(p)
    for key in ("title", "address"):
        if not p.text(key):
            raise bad_request(f"venue {key} must be non-empty")
    venue: Json = {"location": place, "title": p.text("title"), "address": p.text("address")}
    venue |= {key: p.text(key) for key in VENUE if p.text(key)}
    markup = reply_markup(p)
    content: Json = {"location": place, "venue": venue}
    return deliver(world, p, "sendVenue", chat_id_of(world, p), content, markup, venue["title"])


async def send_contact(world: World, p: Parameters) -> Json:
    number = p.text("phone_number")
    if not number:
        raise bad_request("contact phone number must be non-empty")
    if not p.text("first_name"):
        raise bad_request("contact first name must be non-empty")
    contact: Json = {"phone_number": number}
    contact |= {key: p.text(key) for key in ("first_name", "last_name", "vcard") if p.text(key)}
    markup = reply_markup(p)
    return deliver(world, p, "sendContact", chat_id_of(world, p), {"contact": contact}, markup, number)


async def send_dice(world: World, p: Parameters) -> Json:
    emoji = p.text("emoji").strip().rstrip("\ufe0f") or "🎲"
    if emoji not in SIDES:
        raise bad_request("emoji is not supported for dice")
    markup = reply_markup(p)
    content: Json = {"dice": {"emoji": emoji, "value": random.randint(1, SIDES[emoji])}}
    return deliver(world, p, "sendDice", chat_id_of(world, p), content, markup, emoji)

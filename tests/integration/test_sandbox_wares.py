"""Sticker sets, games, invoices, and pictures in their sizes: what is made stays and is seen."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from PIL import Image

from bot.sandbox import payments
from bot.sandbox.records import StoredFile
from tests.integration.telegram_call import AYSE, NOW, OLIVER, TOKEN, Telegram, telegram

SET = "dernek_by_sirkuler_bot"


@pytest.fixture
async def tg() -> AsyncIterator[Telegram]:
    async with telegram() as running:
        yield running


def picture(width: int, height: int, form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, form)
    return out.getvalue()


async def post(tg: Telegram, method: str, files: dict[str, bytes], **fields: str) -> Any:
    form = aiohttp.FormData(fields)
    for name, content in files.items():
        form.add_field(name, content, filename=f"{name}.png")
    async with tg.session.post(f"{tg.url}/bot{TOKEN}/{method}", data=form) as response:
        body = await response.json()
    assert body["ok"], body
    return body["result"]


async def test_a_photo_is_offered_in_real_sizes(tg: Telegram) -> None:
    sent = await post(tg, "sendPhoto", {"photo": picture(2000, 1000)}, chat_id=str(AYSE))
    assert [(one["width"], one["height"]) for one in sent["photo"]] == [
        (90, 45), (320, 160), (800, 400), (1280, 640),
    ]  # fmt: skip
    for one in sent["photo"]:
        path = (await tg.call("getFile", file_id=one["file_id"]))["file_path"]
        async with tg.session.get(f"{tg.url}/file/bot{TOKEN}/{path}") as response:
            content = await response.read()
        assert len(content) == one["file_size"]
        assert Image.open(io.BytesIO(content)).size == (one["width"], one["height"])
    again = await tg.call("sendPhoto", chat_id=OLIVER, photo=sent["photo"][0]["file_id"])
    assert again["photo"] == sent["photo"]


async def test_a_sticker_set_lives_from_its_first_sticker_to_its_last(tg: Telegram) -> None:
    def sticker(emoji: str) -> str:
        return json.dumps({"sticker": "attach://s", "format": "static", "emoji_list": [emoji]})

    owner, file = str(AYSE), {"s": picture(512, 512)}
    stickers = f"[{sticker('👍')}]"
    await post(tg, "createNewStickerSet", file, user_id=owner, name=SET, title="Dernek", stickers=stickers)
    await post(tg, "addStickerToSet", file, user_id=owner, name=SET.upper(), sticker=sticker("🎉"))
    found = await tg.call("getStickerSet", name=SET)
    assert [(one["emoji"], one["set_name"]) for one in found["stickers"]] == [("👍", SET), ("🎉", SET)]
    first, second = (one["file_id"] for one in found["stickers"])
    await tg.call("setStickerPositionInSet", sticker=second, position=0)
    await tg.call("setStickerEmojiList", sticker=second, emoji_list=["📣"])
    await tg.call("setStickerSetTitle", name=SET, title="Birlik")
    found = await tg.call("getStickerSet", name=SET)
    assert (found["title"], [one["emoji"] for one in found["stickers"]]) == ("Birlik", ["📣", "👍"])
    assert (await tg.call("sendSticker", chat_id=AYSE, sticker=second))["sticker"]["set_name"] == SET
    for file_id in (first, second):
        await tg.call("deleteStickerFromSet", sticker=file_id)
    assert await tg.refusal("getStickerSet", name=SET) == "400 Bad Request: STICKERSET_INVALID"
    refused = await tg.refusal("createNewStickerSet", user_id=AYSE, name="x", title="X", stickers=[])
    assert refused == "400 Bad Request: invalid sticker set name is specified"


async def test_a_game_keeps_its_scores(tg: Telegram) -> None:
    shown = tg.world.store_file(StoredFile("g.png", "image/png", picture(160, 160), "photo"))
    tg.world.games["yarış"] = {"title": "Yarış", "description": "Bir oyun", "photo": shown}
    game = await tg.call("sendGame", chat_id=AYSE, game_short_name="yarış")
    assert game["reply_markup"]["inline_keyboard"][0][0]["text"] == "Play Yarış"
    place = {"chat_id": AYSE, "message_id": game["message_id"], "user_id": AYSE}
    assert "Ayşe – 7" in (await tg.call("setGameScore", **place, score=7))["game"]["text"]
    lower = await tg.refusal("setGameScore", **place, score=7)
    assert lower == "400 Bad Request: BOT_SCORE_NOT_MODIFIED"
    await tg.call("setGameScore", **place, score=3, force=True)
    table = await tg.call("getGameHighScores", **place)
    assert [(one["position"], one["user"]["id"], one["score"]) for one in table] == [(1, AYSE, 3)]


async def test_stars_are_paid_asked_about_and_given_back(tg: Telegram) -> None:
    bill = {"title": "Aidat", "description": "2027", "payload": "p1", "currency": "XTR"}
    sent = await tg.call("sendInvoice", chat_id=AYSE, **bill, prices=[{"label": "Aidat", "amount": 50}])
    payments.pay(tg.world, AYSE, AYSE, sent["message_id"])
    (asked,) = await tg.updates()
    query = {"pre_checkout_query_id": asked["pre_checkout_query"]["id"], "ok": True}
    assert await tg.call("answerPreCheckoutQuery", **query) is True
    (told,) = await tg.updates()
    paid = told["message"]["successful_payment"]
    assert (paid["total_amount"], paid["invoice_payload"]) == (50, "p1")
    assert await tg.call("getMyStarBalance") == {"amount": 50}
    charge = {"user_id": AYSE, "telegram_payment_charge_id": paid["telegram_payment_charge_id"]}
    assert await tg.call("refundStarPayment", **charge) is True
    assert await tg.call("getMyStarBalance") == {"amount": 0}
    again = await tg.refusal("refundStarPayment", **charge)
    assert again == "400 Bad Request: CHARGE_ALREADY_REFUNDED"
    assert len((await tg.call("getStarTransactions"))["transactions"]) == 2
    late = payments.pay(tg.world, AYSE, AYSE, sent["message_id"])
    tg.time[0] = NOW + 151
    refused = await tg.refusal("answerPreCheckoutQuery", pre_checkout_query_id=late, ok=True)
    assert "query is too old" in refused


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"currency": "XXX"}, "CURRENCY_INVALID"),
        ({"currency": "TRY"}, "PAYMENT_PROVIDER_INVALID"),
        ({"title": ""}, "invoice title must be non-empty"),
        ({"prices": [{"label": "a", "amount": 0}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
    ],
)
async def test_an_invoice_that_nobody_could_pay_is_refused(
    tg: Telegram, change: dict[str, Any], words: str
) -> None:
    bill: dict[str, Any] = {"title": "A", "description": "B", "payload": "p", "currency": "XTR"}
    bill |= {"prices": [{"label": "A", "amount": 5}], **change}
    assert await tg.refusal("sendInvoice", chat_id=AYSE, **bill) == f"400 Bad Request: {words}"

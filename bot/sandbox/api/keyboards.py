"""The ``reply_markup`` of a call by Telegram's rules."""

from __future__ import annotations

from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.records import Json
from bot.sandbox.requests import Parameters
from bot.sandbox.text.links import normal_url

IN_A_ROW = 12
IN_ALL = 300
STYLES = ("", "default", "primary", "success", "danger")
PRIVATE_ONLY = {
    "request_contact": "phone number can be requested",
    "request_location": "location can be requested",
    "request_poll": "poll can be requested",
    "request_users": "users can be requested",
    "request_chat": "chats can be requested",
    "web_app": "Web App buttons can be used",
}
ACTIONS = (
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)


def reply_markup(p: Parameters) -> Json | None:
    """The keyboard of a call; None when there is none or it holds no button.

    At most 12 buttons a row and 300 in all, the rest is dropped, as is a button with an empty text.
    """
    markup = p.json("reply_markup", "reply keyboard markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in markup:
        return _reply_keyboard(markup) if "keyboard" in markup else markup or None
    if not isinstance(markup["inline_keyboard"], list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    rows: list[list[Json]] = []
    total = 0
    for row in markup["inline_keyboard"]:
        if not isinstance(row, list):
            raise bad_request(
                'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
            )
        buttons = [button for button in map(_button, row) if button["text"]]
        buttons = buttons[: max(0, min(IN_A_ROW, IN_ALL - total))]
        total += len(buttons)
        if buttons:
            rows.append(buttons)
    return {"inline_keyboard": rows} if rows else None


def _reply_keyboard(markup: Json) -> Json | None:
    if not isinstance(markup["keyboard"], list):
        raise bad_request('field "keyboard" must be of type Array')
    rows: list[list[Json]] = []
    total = 0
    for row in markup["keyboard"]:
        if not isinstance(row, list):
            raise bad_request('field "keyboard" must be an Array of Arrays')
        buttons = [button for button in map(_key, row) if button["text"]]
        buttons = buttons[: max(0, min(IN_A_ROW, IN_ALL - total))]
        total += len(buttons)
        if buttons:
            rows.append(buttons)
    return {**markup, "keyboard": rows} if rows else None


def _key(button: object) -> Json:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    if "text" not in button:
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    return {**button, "text": str(button["text"])}


def check_place(markup: Json | None, kind: str) -> None:
    """Raises ``ApiError`` for a keyboard that a chat of ``kind`` (private, group, …) cannot show."""
    if not markup or kind == "private":
        return
    if "inline_keyboard" in markup:
        if any("web_app" in button for row in markup["inline_keyboard"] for button in row):
            raise ApiError(400, "Bad Request: BUTTON_TYPE_INVALID")
        return
    if kind == "channel":
        raise bad_request("inline keyboard expected")
    for button in (one for row in markup.get("keyboard", []) for one in row):
        for asked, refusal in PRIVATE_ONLY.items():
            if button.get(asked):
                raise bad_request(f"{refusal} in private chats only")


def _button(button: object) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    shown: Json = {"text": str(button["text"])}
    style = str(button.get("style", ""))
    if style not in STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    if style not in ("", "default"):
        shown["style"] = style
    if button.get("url"):
        return {**shown, "url": _address(str(button["url"]))}
    if button.get("callback_data"):
        data = str(button["callback_data"])
        if len(data.encode()) > 64:
            raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
        return {**shown, "callback_data": data}
    for action in ACTIONS:
        if action in button:
            return {**shown, action: _checked(action, button[action])}
    raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")


def _address(url: str) -> str:
    """The address of a button; the client library's refusal, or the server's for what it lets through."""
    address = normal_url(url)
    if address is None:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if len(address) > 2048:
        raise ApiError(400, "Bad Request: BUTTON_URL_INVALID")
    return address


def _checked(action: str, value: object) -> object:
    if action == "web_app":
        url = str(value.get("url", "")) if isinstance(value, dict) else ""
        if not url.lower().startswith("https://"):
            raise bad_request(
                f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed"
            )
    if action == "copy_text":
        text = str(value.get("text", "")) if isinstance(value, dict) else ""
        if not 1 <= len(text) <= 256:
            raise ApiError(400, "Bad Request: BUTTON_COPY_TEXT_INVALID")
    return value

"""The Bot API's methods that the sandbox has; each takes the world and the arguments."""

from __future__ import annotations

import copy
import re
from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.html_entities import automatic, message_text, normal_url
from bot.sandbox.problems import ApiError, bad_request, flood
from bot.sandbox.requests import Parameters
from bot.sandbox.world import Chat, StoredFile, World

Json = dict[str, Any]
Method = Callable[[World, Parameters], Awaitable[Any]]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
DOWNLOAD_LIMIT = 20 << 20
CALLBACK_LIFE = 15 * 60
DELETE_LIFE = 48 * 3600


async def get_me(world: World, _: Parameters) -> Json:
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(world: World, p: Parameters) -> list[Json]:
    if "allowed_updates" in p.values:
        try:
            world.updates.allow(p.json("allowed_updates", "allowed_updates"))
        except ApiError:
            pass  # invalid JSON is silently ignored, as Telegram does
    limit = min(max(p.number("limit", 100), 1), 100)
    timeout = min(max(p.number("timeout"), 0), 50)
    found = await world.updates.get(p.number("offset"), limit, timeout)
    if found is None:
        raise ApiError(
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        )
    return found


async def send_message(world: World, p: Parameters) -> Json:
    source = p.text("text")
    if not source.strip():
        raise bad_request("message text is empty")
    if len(source.encode()) > 32768:
        raise bad_request("text is too long")
    if world.ledger_only:
        return _to_ledger(world, p, source)
    text, entities = message_text(source, p.text("parse_mode"))
    markup = reply_markup(p)
    if not text:
        raise bad_request("message text is empty")
    chat_id = _chat(world, p)
    if len(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    content: Json = {"text": text}
    found = automatic(text, entities)
    if found:
        content["entities"] = found
    return _deliver(world, p, "sendMessage", chat_id, content, markup, text)


def _to_ledger(world: World, p: Parameters, text: str) -> Json:
    chat_id = p.number("chat_id")
    message_id = world.next_message_id(None)
    world.ledger.add(world.clock(), "sendMessage", chat_id, message_id, text)
    return {
        "message_id": message_id,
        "date": int(world.clock()),
        "chat": {"id": chat_id, "type": "private"},
        "text": text,
    }


async def send_document(world: World, p: Parameters) -> Json:
    upload = p.files.get("document")
    reference = p.text("document")
    if upload is None and reference.startswith("attach://"):
        upload = p.files.get(reference.removeprefix("attach://"))
    if upload is None and reference not in world.files:
        raise bad_request(
            "wrong file identifier/HTTP URL specified" if reference else "there is no document in the request"
        )
    caption, entities = (
        message_text(p.text("caption"), p.text("parse_mode")) if p.text("caption") else ("", [])
    )
    markup = reply_markup(p)
    chat_id = _chat(world, p)
    if len(caption) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        reference = world.store_file(StoredFile(upload.name, upload.mime, upload.content))
    content: Json = {"document": world.document(reference)}
    if caption:
        content["caption"] = caption
        found = automatic(caption, entities)
        if found:
            content["caption_entities"] = found
    return _deliver(
        world, p, "sendDocument", chat_id, content, markup, caption or content["document"]["file_name"]
    )


def _deliver(
    world: World, p: Parameters, method: str, chat_id: int, content: Json, markup: Json | None, text: str
) -> Json:
    _within_limits(world, chat_id)
    if markup and "inline_keyboard" in markup:
        content["reply_markup"] = markup
    elif markup:
        content["_reply_keyboard"] = True
    reply = _reply(world, p, chat_id)
    if reply is not None:
        content["reply_to_message"] = reply
    if p.flag("disable_notification"):
        content["_silent"] = True
    if chat_id in world.chats:
        message = world.new_message(chat_id, content)
    else:  # one of the crowd: only the ledger remembers it
        message = {
            "message_id": world.next_message_id(None),
            "from": world.bot,
            "chat": {"id": chat_id, "type": "private"},
            "date": int(world.clock()),
            **content,
        }
    world.ledger.add(world.clock(), method, chat_id, message["message_id"], text)
    return public(message)


def public(message: Json) -> Json:
    """A message as the API shows it: without the sandbox's own marks."""
    return {key: value for key, value in message.items() if not key.startswith("_")}


def _reply(world: World, p: Parameters, chat_id: int) -> Json | None:
    wanted = p.json("reply_parameters", "reply parameters")
    target = wanted.get("message_id") if isinstance(wanted, dict) else p.number("reply_to_message_id")
    lenient = (
        wanted.get("allow_sending_without_reply")
        if isinstance(wanted, dict)
        else p.flag("allow_sending_without_reply")
    )
    if not target:
        return None
    chat = world.chats.get(chat_id)
    found = chat.messages.get(int(target)) if chat else None
    if found is None:
        if lenient:
            return None
        raise bad_request("message to be replied not found")
    return public({key: value for key, value in found.items() if key != "reply_to_message"})


def _within_limits(world: World, chat_id: int) -> None:
    wait = world.limits.refuse(chat_id)
    if wait is not None:
        raise flood(wait)


def _chat(world: World, p: Parameters) -> int:
    """The chat a call is for, if the bot may write there."""
    given = p.text("chat_id").strip()
    if not given:
        raise bad_request("chat_id is empty")
    if not re.fullmatch(r"-?\d{1,19}", given):
        raise bad_request("chat not found")
    chat_id = int(given)
    if chat_id in world.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    if chat_id in world.crowd:
        return chat_id
    chat = world.chats.get(chat_id)
    if chat is None:
        raise bad_request("chat not found")
    if chat.moved_to is not None:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": chat.moved_to},
        )
    return chat_id


def reply_markup(p: Parameters) -> Json | None:
    """The keyboard of a call by Telegram's rules: at most 12 buttons a row and 300 in all, the rest dropped."""
    markup = p.json("reply_markup", "reply keyboard markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in markup:
        return markup
    rows: list[list[Json]] = []
    total = 0
    for row in markup["inline_keyboard"] if isinstance(markup["inline_keyboard"], list) else []:
        if not isinstance(row, list):
            raise bad_request("can't parse inline keyboard button: expected an array of buttons")
        buttons = [_button(button) for button in row if not isinstance(button, dict) or button.get("text")]
        buttons = buttons[: max(0, min(12, 300 - total))]
        total += len(buttons)
        if buttons:
            rows.append(buttons)
    return {"inline_keyboard": rows} if rows else None


def _button(button: object) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    shown: Json = {"text": str(button["text"])}
    if button.get("url"):
        address = normal_url(str(button["url"]))
        if address is None:
            raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
        return {**shown, "url": address}
    if "callback_data" in button:
        data = str(button["callback_data"])
        if not 1 <= len(data.encode()) <= 64:
            raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
        return {**shown, "callback_data": data}
    for action in (
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "web_app",
        "copy_text",
        "login_url",
    ):
        if action in button:
            return {**shown, action: button[action]}
    raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")


def _own_message(world: World, p: Parameters, missing: str) -> tuple[Chat, Json]:
    chat_id = _chat(world, p)
    chat = world.chats.get(chat_id)
    message = chat.messages.get(p.number("message_id")) if chat else None
    if chat is None or message is None:
        raise bad_request(missing)
    return chat, message


async def edit_message_text(world: World, p: Parameters) -> Json:
    source = p.text("text")
    if not source.strip():
        raise bad_request("message text is empty")
    text, entities = message_text(source, p.text("parse_mode"))
    markup = reply_markup(p)
    chat, message = _own_message(world, p, "message to edit not found")
    if message["from"]["id"] != world.bot["id"] or "text" not in message or message.get("_reply_keyboard"):
        raise bad_request("message can't be edited")
    if len(text) > TEXT_LIMIT:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    return _edited(world, chat, message, {"text": text, "entities": automatic(text, entities)}, markup)


async def edit_message_reply_markup(world: World, p: Parameters) -> Json:
    markup = reply_markup(p)
    chat, message = _own_message(world, p, "message to edit not found")
    if message["from"]["id"] != world.bot["id"] or message.get("_reply_keyboard"):
        raise bad_request("message can't be edited")
    return _edited(world, chat, message, {}, markup)


def _edited(world: World, chat: Chat, message: Json, content: Json, markup: Json | None) -> Json:
    new = copy.deepcopy(message) | content
    if not new.get("entities"):
        new.pop("entities", None)
    new.pop("reply_markup", None)
    if markup and "inline_keyboard" in markup:
        new["reply_markup"] = markup
    if all(new.get(key) == message.get(key) for key in ("text", "entities", "reply_markup")):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    _within_limits(world, chat.id)
    new["edit_date"] = int(world.clock())
    chat.messages[message["message_id"]] = new
    world.emit({"type": "edit", "chat_id": chat.id, "message": new})
    return public(new)


async def delete_message(world: World, p: Parameters) -> bool:
    chat, message = _own_message(world, p, "message to delete not found")
    if chat.type in ("private", "group") and world.clock() - message["date"] > DELETE_LIFE:
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message["message_id"]]
    world.emit({"type": "delete", "chat_id": chat.id, "message_ids": [message["message_id"]]})
    return True


async def answer_callback_query(world: World, p: Parameters) -> bool:
    query = world.callbacks.pop(p.text("callback_query_id"), None)
    if query is None or world.clock() - query["at"] > CALLBACK_LIFE:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = p.text("text")
    if len(text) > 200:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    world.emit(
        {
            "type": "callback_answer",
            "callback_query_id": p.text("callback_query_id"),
            "chat_id": query["chat_id"],
            "person_id": query["person_id"],
            "text": text,
            "show_alert": p.flag("show_alert"),
        }
    )
    return True


async def send_chat_action(world: World, p: Parameters) -> bool:
    chat_id = _chat(world, p)
    action = p.text("action")
    if action.lower() not in ("typing", "upload_document", "upload_photo", "find_location", "choose_sticker"):
        raise bad_request("wrong parameter action in request")
    world.emit({"type": "chat_action", "chat_id": chat_id, "action": action})
    return True


async def get_file(world: World, p: Parameters) -> Json:
    file_id = p.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    if file_id not in world.files:
        raise bad_request("invalid file_id")
    file = world.files[file_id]
    if len(file.content) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": file_id,
        "file_unique_id": file_id[4:16],
        "file_size": len(file.content),
        "file_path": f"documents/{file_id}",
    }


def _scope(p: Parameters) -> str:
    scope = p.json("scope", "BotCommandScope") or {"type": "default"}
    if not isinstance(scope, dict):
        raise bad_request("can't parse BotCommandScope: expected an Object")
    kind = str(scope.get("type", ""))
    if kind == "chat":
        return f"chat:{scope.get('chat_id')}"
    if kind not in ("default", "all_private_chats", "all_group_chats", "all_chat_administrators"):
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    return kind


async def set_my_commands(world: World, p: Parameters) -> bool:
    commands = p.json("commands", "commands") or []
    if len(commands) > 100:
        raise ApiError(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    kept: list[Json] = []
    for entry in commands:
        name = str(entry.get("command", "")).strip().removeprefix("/")
        if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        description = str(entry.get("description", "")).strip()
        if not 1 <= len(description) <= 256:
            raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        kept.append({"command": name, "description": description})
    world.commands[_scope(p), p.text("language_code")] = kept
    world.emit({"type": "commands"})
    return True


async def get_my_commands(world: World, p: Parameters) -> list[Json]:
    return world.commands.get((_scope(p), p.text("language_code")), [])


async def delete_my_commands(world: World, p: Parameters) -> bool:
    world.commands.pop((_scope(p), p.text("language_code")), None)
    world.emit({"type": "commands"})
    return True


async def get_chat(world: World, p: Parameters) -> Json:
    chat_id = _chat(world, p)
    chat = world.chats.get(chat_id)
    if chat is None:
        return {"id": chat_id, "type": "private", "accent_color_id": 0, "max_reaction_count": 11}
    return {**chat.json(world.persons.get(chat_id)), "accent_color_id": 0, "max_reaction_count": 11}


async def get_webhook_info(world: World, _: Parameters) -> Json:
    return {"url": "", "has_custom_certificate": False, "pending_update_count": world.updates.pending}


async def delete_webhook(world: World, p: Parameters) -> bool:
    if p.flag("drop_pending_updates"):
        await world.updates.get(-1, 1, 0)
    return True


METHODS: dict[str, Method] = {
    "getme": get_me,
    "getupdates": get_updates,
    "sendmessage": send_message,
    "senddocument": send_document,
    "editmessagetext": edit_message_text,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "answercallbackquery": answer_callback_query,
    "sendchataction": send_chat_action,
    "getfile": get_file,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "getchat": get_chat,
    "getwebhookinfo": get_webhook_info,
    "deletewebhook": delete_webhook,
}

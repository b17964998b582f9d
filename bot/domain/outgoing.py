"""Answers as data: what handlers and flows return; only the dispatcher sends.

``text`` and ``caption`` are Telegram HTML that is already escaped (``markupsafe.Markup``).
``body()`` gives the Bot API parameters; the store keeps it as JSON until it is sent.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any, ClassVar

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: ``data`` (1 to 64 bytes) calls back, ``url`` opens an address."""

    text: str
    data: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if (self.data is None) == (self.url is None):
            raise ValueError("a button needs either data or url")
        if self.data is not None and not 1 <= len(self.data.encode()) <= 64:
            raise ValueError(f"callback data must be 1 to 64 bytes: {self.data!r}")

    def json(self) -> dict[str, str]:
        if self.url is not None:
            return {"text": self.text, "url": self.url}
        return {"text": self.text, "callback_data": self.data or ""}


Keyboard = tuple[tuple[Button, ...], ...]


def keyboard_json(keyboard: Keyboard) -> dict[str, Any]:
    """The Bot API's InlineKeyboardMarkup."""
    return {"inline_keyboard": [[button.json() for button in row] for row in keyboard]}


@dataclass(frozen=True, slots=True)
class Send:
    """A text message; previews of links are off."""

    chat_id: int
    text: Markup
    keyboard: Keyboard = ()
    silent: bool = False
    reply_to: int | None = None
    method: ClassVar[str] = "sendMessage"

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "chat_id": self.chat_id,
            "text": str(self.text),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        if self.keyboard:
            body["reply_markup"] = keyboard_json(self.keyboard)
        if self.silent:
            body["disable_notification"] = True
        if self.reply_to is not None:
            body["reply_parameters"] = {"message_id": self.reply_to, "allow_sending_without_reply": True}
        return body


@dataclass(frozen=True, slots=True)
class Edit:
    """New text and buttons for a message of ours."""

    chat_id: int
    message_id: int
    text: Markup
    keyboard: Keyboard = ()
    method: ClassVar[str] = "editMessageText"

    def body(self) -> dict[str, Any]:
        return {
            "chat_id": self.chat_id,
            "message_id": self.message_id,
            "text": str(self.text),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
            "reply_markup": keyboard_json(self.keyboard),
        }


@dataclass(frozen=True, slots=True)
class SendDocument:
    """A file: one Telegram already has (``file_id``) or one of ours (``content``, ``file_name``)."""

    chat_id: int
    file_id: str | None = None
    content: bytes | None = None
    file_name: str = ""
    caption: Markup | None = None
    keyboard: Keyboard = ()
    method: ClassVar[str] = "sendDocument"

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {"chat_id": self.chat_id}
        if self.file_id is not None:
            body["document"] = self.file_id
        else:
            body["document"] = _upload(self.file_name, self.content or b"")
        if self.caption:
            body["caption"] = str(self.caption)
            body["parse_mode"] = "HTML"
        if self.keyboard:
            body["reply_markup"] = keyboard_json(self.keyboard)
        return body


@dataclass(frozen=True, slots=True)
class SendPhoto:
    """A picture of ours, shown in the chat: PNG or JPEG, at most 10 MB."""

    chat_id: int
    content: bytes
    file_name: str
    caption: Markup | None = None
    method: ClassVar[str] = "sendPhoto"

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {"chat_id": self.chat_id, "photo": _upload(self.file_name, self.content)}
        if self.caption:
            body["caption"] = str(self.caption)
            body["parse_mode"] = "HTML"
        return body


@dataclass(frozen=True, slots=True)
class ChatCommands:
    """The command menu of one chat: ``commands`` are (name, description)."""

    chat_id: int
    commands: tuple[tuple[str, str], ...]
    method: ClassVar[str] = "setMyCommands"

    def body(self) -> dict[str, Any]:
        return {
            "commands": [{"command": name, "description": text} for name, text in self.commands],
            "scope": {"type": "chat", "chat_id": self.chat_id},
        }


Outgoing = Send | Edit | SendDocument | SendPhoto | ChatCommands


def _upload(file_name: str, content: bytes) -> dict[str, str]:
    """What the sender turns into a multipart upload; JSON rows hold no raw bytes."""
    return {"file_name": file_name, "base64": base64.b64encode(content).decode()}


@dataclass(frozen=True, slots=True)
class Toast:
    """The short answer to a tap on a button (answerCallbackQuery); sent at once, never retried."""

    callback_id: str
    text: str = ""
    alert: bool = False

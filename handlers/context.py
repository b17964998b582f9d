"""What a handler has in hand: the services, the update's transaction and who is writing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncConnection
from telegram import Bot
from telegram.ext import CallbackContext, ExtBot

from bot.clock import Clock
from bot.domain.association import Association
from bot.domain.glossary import Glossary
from bot.domain.member import Member
from bot.domain.notice import Document
from bot.domain.outgoing import Outgoing, Toast
from bot.domain.permissions import Role, Staff
from bot.domain.topic import TopicTable
from bot.rendering.catalog import Catalogs, Texts
from bot.rendering.kit import RenderingKit
from bot.store.db import Database


class CircularReader(Protocol):
    """Understands what staff hand in."""

    async def from_file(self, content: bytes, file_name: str) -> Document:
        """What a PDF, DOCX or text file says, read in a child process.

        Raises ``DocumentError`` with a catalog key (a scan, an empty text, an unreadable file).
        """
        ...

    def from_text(self, text: str) -> Document:
        """What a text says; at least one notice."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """What lives as long as the program. ``toast`` answers a tap at once and is not retried."""

    db: Database
    association: Association
    staff: Staff
    topics: TopicTable
    glossary: Glossary
    catalogs: Catalogs
    kit: RenderingKit
    clock: Clock
    bot: Bot
    wake: Callable[[], None]
    toast: Callable[[Toast], Awaitable[None]]
    circulars: CircularReader


@dataclass(slots=True)
class Frame:
    """One update at work. Answers and toasts are collected: nothing is sent inside the transaction."""

    services: Services
    conn: AsyncConnection
    now: datetime
    update_id: int
    user_id: int
    chat_id: int
    message_id: int | None
    callback_id: str | None
    private: bool
    member: Member | None
    role: Role | None
    language: str
    prepared: object | None = None
    answers: list[Outgoing] = field(default_factory=list)
    toasts: list[Toast] = field(default_factory=list)
    menu_language: str | None = None
    handled: bool = False
    error: Exception | None = None


FRAME: ContextVar[Frame] = ContextVar("frame")
"""The update this task is working on; the intake sets it around ``process_update``."""


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """PTB's context with ours behind it."""

    @property
    def frame(self) -> Frame:
        return FRAME.get()

    @property
    def services(self) -> Services:
        return self.frame.services

    @property
    def conn(self) -> AsyncConnection:
        """The open write transaction of this update."""
        return self.frame.conn

    @property
    def now(self) -> datetime:
        return self.frame.now

    @property
    def update_id(self) -> int:
        return self.frame.update_id

    @property
    def user_id(self) -> int:
        return self.frame.user_id

    @property
    def chat_id(self) -> int:
        return self.frame.chat_id

    @property
    def message_id(self) -> int | None:
        """The message whose button was tapped; None when the person wrote."""
        return self.frame.message_id

    @property
    def private(self) -> bool:
        return self.frame.private

    @property
    def member(self) -> Member | None:
        return self.frame.member

    @property
    def role(self) -> Role | None:
        return self.frame.role

    @property
    def language(self) -> str:
        return self.frame.language

    @property
    def texts(self) -> Texts:
        return self.services.catalogs[self.language]

    @property
    def prepared(self) -> object | None:
        """What was fetched for this update before the transaction began."""
        return self.frame.prepared

    def say(self, *outgoing: Outgoing) -> None:
        """Answer; stored with the update's done mark, sent after the commit."""
        self.frame.answers.extend(outgoing)

    def toast(self, text: str, alert: bool = False) -> None:
        """Answer a tap; shown after the commit, never retried."""
        if self.frame.callback_id is not None:
            self.frame.toasts.append(Toast(self.frame.callback_id, text, alert))

    def refresh_menu(self, language: str | None = None) -> None:
        """Show the command menu in a language (None: the person's) in this chat from now on."""
        self.frame.menu_language = language or self.language
